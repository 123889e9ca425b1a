"""What is kept of answers: those that are still right, and a few that take long and may be a minute old.

All of it is in this process's memory, and bounded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

MOST_BYTES = 32_000_000
"""Of answers that are kept: some thousand pages."""
LARGEST = 500_000
"""Bytes of an answer that is kept at most: what is longer is asked for seldom."""
YOUNG_S = 5.0
"""So old may be a page while articles are added: they come every few seconds, and each would have all pages made anew."""
MINUTE_S = 60.0
"""So old may be what tells of the whole record at a glance (who is quoted most), while articles are added: to count a record of
170,000 statements takes half a second, and whoever adds changes it every few seconds."""

GLANCES = 64
"""That are kept at most, those made last."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was given: its body, and the headers that were its own."""

    body: bytes
    media_type: str
    headers: tuple[tuple[str, str], ...]


class Answers:
    """The last answer to each question, with the version of the store that it was given of, those last asked for.

    Any thread may use it.
    """

    def __init__(self, most: int = MOST_BYTES, *, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._kept = OrderedDict[str, tuple[str, float, Answer]]()
        self._bytes = 0
        self._lock = Lock()

    def get(self, version: str, asked: str, *, young: float = 0.0) -> Answer | None:
        """The answer, if it was given of this version, or of an earlier one less than `young` seconds ago."""
        with self._lock:
            found = self._kept.get(asked)
            if found is None or (found[0] != version and self._clock() - found[1] >= young):
                return None
            self._kept.move_to_end(asked)
            return found[2]

    def keep(self, version: str, asked: str, answer: Answer) -> None:
        """Keep an answer in the place of the one before, and of those that were asked for longest ago."""
        if len(answer.body) > min(LARGEST, self._most):
            return
        with self._lock:
            before = self._kept.pop(asked, None)
            self._kept[asked] = (version, self._clock(), answer)
            self._bytes += len(answer.body) - (len(before[2].body) if before else 0)
            while self._bytes > self._most:
                _, (_, _, gone) = self._kept.popitem(last=False)
                self._bytes -= len(gone.body)

    def clear(self) -> None:
        """Keep nothing of what was answered."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0


class Glances:
    """A few answers about the whole record, by name. Each is made by one thread at a time; meanwhile others have the last one."""

    def __init__(self, longest: float = MINUTE_S, *, clock: Callable[[], float] = monotonic) -> None:
        self._longest = longest
        self._clock = clock
        self._kept = OrderedDict[str, tuple[str, float, Any]]()
        self._making: dict[str, Lock] = {}
        self._lock = Lock()

    def get(self, name: str, version: str, make: Callable[[], T]) -> tuple[T, bool]:
        """What `make` gives of this version of the store, or gave of an earlier one not longer ago than may be; and whether it
        is of this one.
        """
        with self._lock:
            making = self._making.setdefault(name, Lock())
            found = self._kept.get(name)
        if found is not None and (self._holds(found, version) or making.locked()):
            return found[2], found[0] == version
        with making:
            found = self._kept.get(name)
            if found is None or not self._holds(found, version):
                found = (version, self._clock(), make())
                self._keep(name, found)
            return found[2], found[0] == version

    def _keep(self, name: str, found: tuple[str, float, Any]) -> None:
        with self._lock:
            self._kept.pop(name, None)
            self._kept[name] = found
            while len(self._kept) > GLANCES:
                gone, _ = self._kept.popitem(last=False)
                self._making.pop(gone, None)

    def _holds(self, found: tuple[str, float, Any], version: str) -> bool:
        return found[0] == version or self._clock() - found[1] < self._longest
