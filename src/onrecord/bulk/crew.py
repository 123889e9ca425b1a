"""Workers on Ray: actors that each hold the model, fed with parts, replaced when they die.

Plain actors rather than a Ray dataset: a part must come back whole under its own name, whatever Ray cuts blocks by; a dataset
tries a part whose actor died again for ever, or drops it, where an article that ends its reader is to be found and told.
"""

from __future__ import annotations

import logging
import os
import re
import socket
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol, Self

from onrecord.bulk.reading import Worker
from onrecord.bulk.values import Item, Outcome, Part
from onrecord.records import OutputError, Run

AHEAD = 2
"""Parts that a worker has at most: one that it reads, and one so that it need not wait. No more are held anywhere."""
BLAMED = 2
"""So many workers must have died of a part before it is given document by document, and of a document before it is left out."""
STILLBORN = 3
"""So many workers in a row that die before they can read anything: the fault is not the documents'."""
STARTS = 3
"""Tries to start Ray: it gives its own processes no more than some seconds, which a busy machine does not always have."""
STORE_BYTES = 128 << 20
"""Of Ray's shared memory on this machine, for parts and what comes of them: a few MB each."""
KNOCK_SECONDS = 10.0
LOOK_SECONDS = 30.0
"""After so long without a word from any worker, whether Ray itself still runs: without a node it would wait for ever for one."""

_PLACE = re.compile(r"([^/:]+):(\d{1,5})")
_log = logging.getLogger(__name__)


class PartReader(Protocol):
    """What reads parts: a Crew, or a test's stand-in."""

    @property
    def run(self) -> Run: ...

    def outcomes(self, parts: Iterator[Part], published: str | None) -> Iterator[tuple[Part, list[Outcome]]]: ...


@dataclass(slots=True)
class _Hand:
    """A worker, and the parts that it was given, in their order, by the promise of what comes of them."""

    actor: Any
    given: dict[Any, _Task] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Task:
    """A part, or one document of a part, by its place in it."""

    part: Part
    place: int | None = None

    @property
    def items(self) -> Sequence[Item]:
        return self.part.items if self.place is None else (self.part.items[self.place],)

    @property
    def name(self) -> tuple[str, int | None]:
        return self.part.key, self.place


class Crew:
    """Workers on a Ray of this machine's own, or on the cluster at `address`; `jobs` of them, default one a core.

    Use it as a context. Raises OutputError where Ray is missing or cannot be had.
    """

    def __init__(
        self, *, jobs: int | None = None, address: str | None = None, worker: Callable[[], Any] = Worker
    ) -> None:
        self._own = address is None
        self._ray = _ray(own=self._own)
        self._start(jobs, address)
        self._remote = self._ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(worker)
        self._jobs = jobs or max(int(self._ray.cluster_resources().get("CPU", 1)), 1)
        self._coming: dict[Any, _Hand] = {}
        self._hands: list[_Hand] = []
        self._again: deque[_Task] = deque()
        self._blame: Counter[tuple[str, int | None]] = Counter()
        self._singles: dict[str, dict[int, Outcome]] = {}
        self._stillborn = 0
        self._run: Run | None = None

    def _start(self, jobs: int | None, address: str | None) -> None:
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if self._own:
            cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
            options |= {"num_cpus": jobs or cores, "include_dashboard": False, "object_store_memory": STORE_BYTES}
            address = "local"
        elif place := _PLACE.fullmatch(address or ""):
            _knock(place[1], int(place[2]))
        for tries in range(STARTS, 0, -1):
            try:
                self._ray.init(address=address, **options)
            except Exception as error:  # Ray's own are many, and some are bare
                self._ray.shutdown()
                if tries == 1 or not self._own:
                    raise OutputError("bulk", f"no Ray to work with ({_first_line(error)})") from error
            else:
                return

    def __enter__(self) -> Self:
        try:
            for _ in range(self._jobs):
                self._hire()
            while self._run is None:
                self._wait()
        except BaseException:
            self._ray.shutdown()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for hand in [*self._hands, *self._coming.values()]:
            self._ray.kill(hand.actor)
        self._ray.shutdown()

    @property
    def run(self) -> Run:
        """What the workers read with."""
        assert self._run is not None  # since __enter__
        return self._run

    def outcomes(self, parts: Iterator[Part], published: str | None) -> Iterator[tuple[Part, list[Outcome]]]:
        """What becomes of the parts, in whatever order they are done. No more parts are asked for than can be worked on."""
        more = True
        while True:
            while more and (hand := self._free()) is not None:
                task = self._again.popleft() if self._again else self._next(parts)
                more = task is not None
                if task is not None:
                    self._give(hand, task, published)
            if not (more or self._again or any(hand.given for hand in self._hands)):
                return
            yield from self._wait()
            more = more or bool(self._again)

    def _next(self, parts: Iterator[Part]) -> _Task | None:
        part = next(parts, None)
        return None if part is None else _Task(part)

    def _free(self) -> _Hand | None:
        """The worker with the least to do, if it may be given more.

        What may have ended a worker is read by one that has nothing else: what it had read before may not have arrived when it
        died, and would be blamed for it.
        """
        most = 1 if self._again else AHEAD
        hands = (hand for hand in self._hands if not any(map(self._suspect, hand.given.values())))
        hand = min(hands, key=lambda h: len(h.given), default=None)
        return hand if hand is not None and len(hand.given) < most else None

    def _suspect(self, task: _Task) -> bool:
        return task.place is not None or task.name in self._blame

    def _give(self, hand: _Hand, task: _Task, published: str | None) -> None:
        hand.given[hand.actor.read.remote(task.items, published)] = task

    def _hire(self) -> None:
        hand = _Hand(self._remote.remote())
        self._coming[hand.actor.run.remote()] = hand

    def _wait(self) -> Iterator[tuple[Part, list[Outcome]]] | tuple[()]:
        """Wait until a worker has something to say."""
        promises = [*self._coming, *(promise for hand in self._hands for promise in hand.given)]
        while not (ready := self._ray.wait(promises, num_returns=1, timeout=LOOK_SECONDS)[0]):
            if not any(node["Alive"] for node in self._ray.nodes()):
                raise OutputError("bulk", "Ray's own processes have ended; the same command goes on from here")
        promise = ready[0]
        if promise in self._coming:
            self._welcome(promise)
            return ()
        return self._taken(promise)

    def _welcome(self, promise: Any) -> None:
        """A worker has its model, or died before."""
        hand = self._coming.pop(promise)
        try:
            run: Run = self._ray.get(promise)
        except self._ray.exceptions.RayActorError as error:
            self._stillborn += 1
            if self._stillborn >= STILLBORN:
                raise OutputError("bulk", f"workers die before they can read ({_first_line(error)})") from error
            self._hire()
            return
        except self._ray.exceptions.RayTaskError as error:
            raise OutputError("bulk", f"a worker cannot read ({_first_line(error.cause)})") from error
        if self._run not in (None, run):
            raise OutputError("bulk", "the cluster's machines have different versions of onrecord: install one on all")
        self._run, self._stillborn = run, 0
        self._hands.append(hand)

    def _taken(self, promise: Any) -> Iterator[tuple[Part, list[Outcome]]]:
        hand = next(h for h in self._hands if promise in h.given)
        task = hand.given[promise]
        try:
            outcomes: list[Outcome] = self._ray.get(promise)
        except self._ray.exceptions.RayTaskError as error:
            raise OutputError("bulk", f"a worker failed ({_first_line(error.cause)})") from error
        except self._ray.exceptions.RayError as error:  # it died, its machine went, or what it gave is lost
            yield from self._lost(hand, error)
            return
        del hand.given[promise]
        yield from self._done(task, outcomes)

    def _lost(self, hand: _Hand, error: Exception) -> Iterator[tuple[Part, list[Outcome]]]:
        """A worker died, or what it gave is lost: its parts are others' now, and the one that it died of may be to blame."""
        _log.debug("a worker died: %s", error)
        self._hands.remove(hand)
        self._ray.kill(hand.actor)  # where it only seemed to have died
        left = []
        for promise, task in hand.given.items():
            try:
                outcomes: list[Outcome] = self._ray.get(promise, timeout=0)
            except self._ray.exceptions.RayError:
                left.append(task)
            else:  # what it had done before it died, but was not asked for yet, is to blame for nothing
                yield from self._done(task, outcomes)
        if left:  # else it gave all when it was asked again
            self._again.extend(left[1:])
            yield from self._blamed(left[0], died=isinstance(error, self._ray.exceptions.RayActorError))
        self._hire()

    def _blamed(self, first: _Task, *, died: bool) -> Iterator[tuple[Part, list[Outcome]]]:
        """Have what a worker was at when it was lost read again; where workers died of it, its documents alone, or not at all."""
        self._blame[first.name] += died
        if self._blame[first.name] < BLAMED:
            self._again.append(first)
        elif first.place is None and len(first.part.items) > 1:
            self._singles[first.part.key] = {}
            self._again.extend(_Task(first.part, place) for place in range(len(first.part.items)))
        else:
            one = first.items[0]
            failure = Outcome(one.origin, stage="reading", reason="ended the process that read it")
            yield from self._done(first, [one if isinstance(one, Outcome) else failure])

    def _done(self, task: _Task, outcomes: list[Outcome]) -> Iterator[tuple[Part, list[Outcome]]]:
        """Give a part's outcomes, once all of its documents', if they were read alone, are there."""
        if task.place is None:
            yield task.part, outcomes
            return
        singles = self._singles[task.part.key]
        singles[task.place] = outcomes[0]
        if len(singles) == len(task.part.items):
            del self._singles[task.part.key]
            yield task.part, [singles[place] for place in range(len(singles))]


def _knock(host: str, port: int) -> None:
    """See whether anything is there: Ray itself would go on asking for many minutes. Raises OutputError."""
    try:
        socket.create_connection((host, port), timeout=KNOCK_SECONDS).close()
    except OSError as error:
        raise OutputError("bulk", f"no Ray at {host}:{port} ({error.strerror or error})") from error


def _first_line(error: object) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), repr(error)).strip()


def _ray(*, own: bool) -> Any:
    """Ray, told to keep to itself: no usage statistics, and where it is this machine's own, no address but the loopback."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    if own:
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    try:
        import ray
    except ImportError as error:
        raise OutputError("bulk", 'needs Ray: pip install "onrecord[bulk]"') from error
    logging.getLogger("ray").setLevel(logging.ERROR)
    return ray
