"""What the library warns of, told on standard error: few lines, and how many more there were."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.cli.terminal import complain, count

TOLD = 20
"""Warnings that are told in a line each: a table whose every row has a date that is not read is not to flood a terminal."""


class _Teller(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.met = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.met += 1
        if self.met <= TOLD:
            complain(record.getMessage())


@contextmanager
def telling_warnings() -> Iterator[None]:
    """Tell the library's warnings while a command runs, and at its end how many were not told."""
    teller, logger = _Teller(), logging.getLogger("onrecord")
    logger.addHandler(teller)
    try:
        yield
    finally:
        logger.removeHandler(teller)
        if teller.met > TOLD:
            complain(f"and {count(teller.met - TOLD, 'more warning')} like these")
