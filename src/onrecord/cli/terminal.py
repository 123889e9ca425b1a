"""What all commands share: where words go, what ends a command and how, and text that is safe to show."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import click

from onrecord.records import OnrecordError, Record

if TYPE_CHECKING:
    # Imported where they are used: an answer that is piped on needs none of them.
    from rich.console import RenderableType
    from rich.progress import Progress

DONE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
FINISHED_WITH_FAILURES: Final = 3
INTERRUPTED: Final = 130  # what a shell reports for a program ended by Ctrl-C


def exit_code(read: int, failed: int) -> int:
    """How a command ends that read some articles and failed on others."""
    if not failed:
        return DONE
    return FINISHED_WITH_FAILURES if read else FAILED


# Escape sequences in an article would otherwise steer the reader's terminal; half a surrogate pair cannot be encoded.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def safe(text: str) -> str:
    """`text` with U+FFFD for what must not reach a terminal, character for character."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """`text` made safe, in one line: a paragraph's end inside somebody's words is a space here."""
    return " ".join(safe(text).split())


def count(number: int, noun: str, plural: str | None = None) -> str:
    """As in "1 statement" and "1,200 statements"."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def complain(message: str) -> None:
    """One line on standard error."""
    click.echo(f"onrecord: {one_line(message)}", err=True)


class Screen:
    """Standard output for people: styled on a terminal, plain elsewhere."""

    def __init__(self) -> None:
        from rich.console import Console

        self.console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)

    @property
    def coloured(self) -> bool:
        """Whether colours can tell roles apart here."""
        return self.console.is_terminal and not self.console.no_color

    def show(self, *parts: RenderableType, wrap: bool = True) -> None:
        """Write one part under the other."""
        # Captured and echoed, so that a closed pipe is met in one place (rich would end the program itself).
        with self.console.capture() as captured:
            for part in parts:
                self.console.print(part, soft_wrap=not wrap)
        text = captured.get()
        if wrap and not self.console.is_terminal:  # rich fills lines up with spaces, which a file has no use for
            text = re.sub(r" +$", "", text, flags=re.MULTILINE)
        click.echo(text, nl=False, color=True)


class Progression:
    """A line on standard error that tells how far a long reading is: where it is wanted, and only on a terminal."""

    def __init__(self, *, wanted: bool) -> None:
        self._progress: Progress | None = None
        if wanted and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._articles = self._statements = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def saw(self, record: Record) -> None:
        """Count a record that was read."""
        self._articles += 1
        self._statements += len(record.statements)
        if self._progress:
            counts = f"{count(self._articles, 'article')}, {count(self._statements, 'statement')}"
            if self._articles == 2:  # only now: a single article needs none
                self._progress.add_task(counts, total=None)
                self._progress.start()
            for task in self._progress.task_ids:
                self._progress.update(task, description=counts)


@contextmanager
def ending_well() -> Iterator[None]:
    """Turn what may end a command into one clear line and an exit code."""
    try:
        yield
    except OnrecordError as error:
        complain(str(error))
        raise click.exceptions.Exit(FAILED) from error
    except BrokenPipeError as error:
        # Whoever was reading has seen enough, as in `onrecord read … | head`.
        _close_output()
        raise click.exceptions.Exit(DONE) from error
    except OSError as error:
        # Inputs' own are told one by one where they are read. What names no file is standard output, on a full disk say.
        if error.filename is None:
            _close_output()
        complain(f"{error.filename or 'standard output'}: {error.strerror or error}")
        raise click.exceptions.Exit(FAILED) from error
    except KeyboardInterrupt as error:
        complain("interrupted")
        raise click.exceptions.Exit(INTERRUPTED) from error


def _close_output() -> None:
    """Send what is still buffered nowhere: Python would flush it at exit, and complain of the closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (io.UnsupportedOperation, AttributeError):
        return  # no file stands behind it
