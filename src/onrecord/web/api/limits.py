"""How much one client may ask for: a token bucket each, in this process's memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

PER_SECOND, BURST = 50.0, 200.0
"""Requests that one client may go on with, and begin with: a reader who clicks or pages through answers stays far below; a crawl
that would keep a laptop from its other readers does not."""
CLIENTS = 10_000
"""Clients that are remembered, those seen last: a bucket that was forgotten is a full one."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """A bucket for each client. Any thread may take from it."""

    def __init__(
        self, per_second: float = PER_SECOND, burst: float = BURST, *, clock: Callable[[], float] = monotonic
    ) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._buckets = OrderedDict[str, _Bucket]()
        self._lock = Lock()

    def take(self, client: str, cost: float = 1.0) -> float:
        """Take `cost` tokens of a client's. 0, or the seconds after which there will be so many: then nothing was taken."""
        now = self._clock()
        with self._lock:
            bucket = self._buckets.setdefault(client, _Bucket(self._burst, now))
            self._buckets.move_to_end(client)
            if len(self._buckets) > CLIENTS:
                self._buckets.popitem(last=False)
            bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._per_second)
            bucket.at = now
            if bucket.tokens < cost:
                return (cost - bucket.tokens) / self._per_second
            bucket.tokens -= cost
            return 0.0
