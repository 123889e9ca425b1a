"""What the commands that write to a store share: a bar that tells how far they are, and signals that end them well."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

import click

from onrecord.cli.formats import asking
from onrecord.cli.inputs import why_not
from onrecord.cli.terminal import INTERRUPTED, complain, count, one_line
from onrecord.records import NotFoundError, UnclearError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, ProgressColumn

    from onrecord.ingest import ArticleTally, Stop
    from onrecord.store import Failure, Store

NAMED = 3
"""Files that were passed over that the closing line names."""
TERMINATED = 143  # what a shell reports for a program ended by SIGTERM
NICE = 5
"""How nice a command is that reads for hours: on a machine with nothing else to do it is as fast as ever, and a page of `onrecord
serve` that somebody waits for goes before it. Of 50 readers beside it the slowest twentieth waited 380 ms or more with 0,
100 with 5, and as much was added; with 10 they waited no less, and a third was added (benchmarks/serve_load.py)."""


def give_way() -> None:
    """Let whatever else wants the cores go first, from now on and with all threads that are begun after."""
    if hasattr(os, "setpriority") and os.getpriority(os.PRIO_PROCESS, 0) < NICE:
        os.setpriority(os.PRIO_PROCESS, 0, NICE)


class ProgressBar:
    """A bar on standard error, where that is a terminal: articles dealt with, statements, rate, and the time that is left.

    `total` is asked in a thread of its own, since it may take its time; None: not known.
    """

    def __init__(self, total: Callable[[], int | None] | None = None) -> None:
        self._progress: Progress | None = _progress() if sys.stderr.isatty() else None
        self._total = total

    def __enter__(self) -> Self:
        if self._progress is not None:
            self._task = self._progress.add_task("", total=None, statements="", rate="")
            self._progress.start()
            if self._total is not None:
                threading.Thread(target=self._ask, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    @property
    def total(self) -> float | None:
        """How many articles are expected, as far as is known."""
        return self._progress.tasks[0].total if self._progress is not None else None

    def told(self, tally: ArticleTally) -> None:
        """Show how far it is."""
        if self._progress is not None:
            statements = count(tally.statements, "statement") if tally.statements else ""
            speed = self._progress.tasks[0].speed
            rate = f"{speed:,.1f}/s" if speed else ""
            self._progress.update(self._task, completed=tally.seen, statements=statements, rate=rate)

    def complain(self, message: str) -> None:
        """One line on standard error, above the bar."""
        if self._progress is None:
            complain(message)
        else:
            self._progress.console.print(f"onrecord: {one_line(message)}", markup=False, highlight=False)

    def _ask(self) -> None:
        if self._progress is not None and self._total is not None:
            self._progress.update(self._task, total=self._total())


def _progress() -> Progress:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    return Progress(
        SpinnerColumn(),
        _articles(),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[statements]}"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=_console(),
        transient=True,
        speed_estimate_period=60.0,
    )


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True)


def _articles() -> ProgressColumn:
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Articles(ProgressColumn):
        def render(self, task: Task) -> Text:
            done = f"{int(task.completed):,}"
            return Text(f"{done} of {int(task.total):,} articles" if task.total else f"{done} articles")

    return Articles()


@contextmanager
def stopping(stop: Stop) -> Iterator[Callable[[], int | None]]:
    """Let the first Ctrl-C or SIGTERM ask the work to end well, the second one end it at once.

    Gives a function that tells the exit code of the signal that came, None where none did.
    """
    came: list[int] = []

    def meet(number: int, frame: FrameType | None) -> None:
        came.append(number)
        if len(came) > 1:
            raise KeyboardInterrupt
        stop.ask()

    before = {number: signal.signal(number, meet) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: None if not came else INTERRUPTED if came[0] == signal.SIGINT else TERMINATED
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def summary(tally: ArticleTally, skipped: Sequence[str] = ()) -> str:
    """As in "412 articles added, 3 already there, 2 failed: see `onrecord doctor`". `skipped`: files that were passed over."""
    parts = [f"{count(tally.added, 'article')} added"]
    parts += [f"{tally.empty:,} of them without text"] if tally.empty else []
    parts += [f"{tally.foreign:,} of them not in English and so not read"] if tally.foreign else []
    parts += [f"{tally.updated:,} brought up to date"] if tally.updated else []
    parts += [f"{tally.known:,} already there"] if tally.known else []
    parts += [f"{tally.forgotten:,} left out, since taken down before"] if tally.forgotten else []
    parts += [f"{tally.failed:,} failed: see {asking('doctor')}"] if tally.failed else []
    return ", ".join(parts + passed_over(skipped))


def passed_over(skipped: Sequence[str]) -> list[str]:
    """As in "2 files of no kind that is read passed over (a.png, b.png)"; nothing where there are none."""
    if not skipped:
        return []
    names = ", ".join(one_line(os.path.basename(name)) for name in skipped[:NAMED])
    more = f" and {len(skipped) - NAMED:,} more" if len(skipped) > NAMED else ""
    return [f"{count(len(skipped), 'file')} of no kind that is read passed over ({names}{more})"]


def told_failure(bar: ProgressBar) -> Callable[[Failure], None]:
    """Tells each failure in a line, as it is met."""
    return lambda failed: bar.complain(why_not(failed.origin, failed.reason))


def one_article(store: Store, name: str) -> str:
    """The id of the article that `name` means. Raises NotFoundError (TakenDownError), and UnclearError where it means several."""
    from onrecord.store.forgetting import refuse_taken_down

    found = store.find(name)
    if not found:
        refuse_taken_down(store.connection, name)
        raise NotFoundError(name, f"no such article in {store.path}")
    if len(found) > 1:
        raise UnclearError(name, "several articles fit", found, several=True)
    return found[0]


_PERIOD = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(s|m|h|d)?")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def check_period(context: click.Context, parameter: click.Parameter, value: str) -> float:
    """A time like "90s", "10m", "2h", "1d" in seconds; a bare number is seconds."""
    match = _PERIOD.fullmatch(value.strip().lower())
    seconds = float(match[1]) * _SECONDS[match[2] or "s"] if match else 0.0
    if not 1 <= seconds <= 30 * 86400:
        raise click.BadParameter("not a time such as 90s, 10m or 2h")
    return seconds
