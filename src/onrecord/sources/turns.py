"""Whose turn it is: no host is asked again too soon, whichever thread asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

SWEPT = 1_000
"""Hosts from which on those are forgotten whose turn has come: there is nothing to wait for."""


class Turns:
    """Hosts and the moments from which on each may be asked, by a clock that only goes forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free_from: dict[str, float] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._free_from)

    def take(self, host: str, seconds: float) -> float:
        """Take a host's next turn, which keeps it free for `seconds`; how long there is to wait for that."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free_from.get(host, now))
            if len(self._free_from) >= SWEPT:
                self._free_from = {host: free for host, free in self._free_from.items() if free > now}
            self._free_from[host] = turn + seconds
        return turn - now
