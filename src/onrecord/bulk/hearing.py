"""What the library warns of while a document is read, kept to be told of a run as a whole: a worker's own log nobody sees."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

ROOMS = ("onrecord.articles", "onrecord.sources")
"""Whose warnings are of a document."""


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def hearing() -> Iterator[list[str]]:
    """The warnings that come meanwhile, which nobody else is told. Loggers are a process's: for one of its threads alone."""
    ear, loggers = _Ear(), [logging.getLogger(room) for room in ROOMS]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(ear)
        logger.propagate = False
    try:
        yield ear.heard
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.removeHandler(ear)
            logger.propagate = was
