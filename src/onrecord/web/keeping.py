"""What is kept of answers: those that are still right, while articles are added those that were a moment ago, and a few that take
long and may be a minute old.

All of it is in this process's memory, and bounded.
"""

from __future__ import annotations

from asyncio import Event
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any, TypeVar
from weakref import WeakValueDictionary

MOST_BYTES = 32_000_000
"""Of answers that are kept, with what they are kept by: some thousand pages."""
LARGEST = 500_000
"""Bytes of an answer that is kept at most: what is longer is asked for seldom."""
EACH = 1_000
"""Bytes that one takes beside its body and names: a short answer is not for nothing."""
YOUNG_S = 5.0
"""While articles are added each batch of them, every few seconds, would have all answers made anew. One that is older than this
is, behind whoever asks for it."""
OLD_S = 30.0
"""And one that is older than this is given no more."""
BEHIND = 1
"""Answers that are made anew at once behind those who have the old ones: whoever waits for one goes before."""
MINUTE_S = 60.0
"""So old may be what tells of the whole record at a glance (who is quoted most), while articles are added: to count a record of
170,000 statements takes half a second, and whoever adds changes it every few seconds."""

TWICE = 2.0
"""So many times its age may one have that is being made anew, so that not all wait for it: after a quiet night they do."""

GLANCES = 64
"""That are kept at most, those made last."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer that was given: its body, and the headers that were its own."""

    body: bytes
    media_type: str
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """Bytes that it takes, nearly."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers) + EACH


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that is there. `age`: seconds since it was last known to be right; None where it is right."""

    answer: KeptAnswer
    age: float | None = None


class Answers:
    """The last answer to each question, with the version of the store that it was given of, those last asked for.

    Any thread may use it.
    """

    def __init__(self, most: int = MOST_BYTES, *, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._kept = OrderedDict[str, tuple[str, float, KeptAnswer]]()
        self._bytes = 0
        self._lock = Lock()

    def get(self, version: str, asked: str, *, old: float = 0.0) -> Kept | None:
        """The answer, if it is of this version, or was right less than `old` seconds ago."""
        with self._lock:
            found = self._kept.get(asked)
            if found is None:
                return None
            of, right, answer = found
            if of == version:
                self._kept[asked], age = (of, self._clock(), answer), None
            elif (age := self._clock() - right) >= old:
                return None
            self._kept.move_to_end(asked)
            return Kept(answer, age)

    def keep(self, version: str, asked: str, answer: KeptAnswer) -> None:
        """Keep an answer in the place of the one before, and of those that were asked for longest ago."""
        if len(answer.body) > LARGEST or answer.size + len(asked) > self._most:
            return
        with self._lock:
            self._forget(asked)
            self._kept[asked] = (version, self._clock(), answer)
            self._bytes += len(asked) + answer.size
            while self._bytes > self._most:
                self._forget(next(iter(self._kept)))

    def clear(self) -> None:
        """Keep nothing of what was answered."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _forget(self, asked: str) -> None:
        gone = self._kept.pop(asked, None)
        if gone is not None:
            self._bytes -= len(asked) + gone[2].size


class Makers:
    """Which answers are being made: whoever asks for one of them meanwhile waits for it, and makes no second one.

    Of one event loop, so that none of it needs a lock.
    """

    def __init__(self) -> None:
        self._making: dict[str, Event] = {}
        self._behind = 0

    async def made(self, asked: str) -> bool:
        """Wait for whoever makes it; False where nobody does."""
        if (making := self._making.get(asked)) is None:
            return False
        await making.wait()
        return True

    @contextmanager
    def making(self, asked: str) -> Iterator[None]:
        """While it is being made."""
        done = self._making[asked] = Event()
        try:
            yield
        finally:
            done.set()
            if self._making.get(asked) is done:
                del self._making[asked]

    @contextmanager
    def behind(self, asked: str) -> Iterator[bool]:
        """Whether it may be made anew behind whoever has the old one: where nobody makes it yet, nor too many others."""
        if may := self._behind < BEHIND and asked not in self._making:
            self._behind += 1
        try:
            yield may
        finally:
            self._behind -= may


class Glances:
    """A few answers about the whole record, by name. Each is made by one thread at a time; meanwhile others have the last one,
    up to TWICE as old, else they wait.
    """

    def __init__(self, longest: float = MINUTE_S, *, clock: Callable[[], float] = monotonic) -> None:
        self._longest = longest
        self._clock = clock
        self._kept = OrderedDict[str, tuple[str, float, Any]]()
        self._making = WeakValueDictionary[str, Lock]()  # as long as anybody makes or waits
        self._lock = Lock()

    def get(self, name: str, version: str, make: Callable[[], T]) -> tuple[T, bool]:
        """What `make` gives of this version of the store, or gave of an earlier one not longer ago than may be; and whether it
        is of this one. While another thread makes it, it may have been TWICE as long ago.
        """
        with self._lock:
            making = self._making.setdefault(name, Lock())
            found = self._kept.get(name)
        if found is not None and self._holds(found, version, TWICE if making.locked() else 1.0):
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
                self._kept.popitem(last=False)

    def _holds(self, found: tuple[str, float, Any], version: str, times: float = 1.0) -> bool:
        return found[0] == version or self._clock() - found[1] < times * self._longest
