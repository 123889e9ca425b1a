"""Ending a long run well: what is begun is finished and written, and nothing new is begun."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopped(BaseException):
    """Raised within `Stop.waiting` by `Stop.ask`, as KeyboardInterrupt is by Ctrl-C. Whoever waits there catches it."""


class Stop:
    """A wish to end. `ask` is what a signal's handler calls, in the thread that works.

    Work looks at `asked` between two steps. Where it may wait for long (for a server, a pipe, the next round) it does so within
    `waiting`, which a wish breaks off at once.
    """

    def __init__(self) -> None:
        self._asked = False
        self._waits = False

    @property
    def asked(self) -> bool:
        """Whether somebody wants it to end."""
        return self._asked

    def ask(self) -> None:
        """Wish it to end."""
        self._asked = True
        if self._waits:
            self._waits = False
            raise Stopped

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """What is done within may be broken off at any instruction: it holds nothing that needs an end."""
        if self._asked:
            raise Stopped
        try:
            self._waits = True
            yield
        finally:
            self._waits = False

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until somebody wants it to end."""
        try:
            with self.waiting():
                time.sleep(max(seconds, 0.0))
        except Stopped:
            return
