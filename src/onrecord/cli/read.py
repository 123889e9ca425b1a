"""``onrecord read``: who said what in each input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from textwrap import indent
from typing import Literal

import click

from onrecord.cli.inputs import input_options, why_not
from onrecord.cli.reading import UnreadInput, load_reader, read_all
from onrecord.cli.terminal import Progression, Screen, complain, ending_well, exit_code
from onrecord.records import STDIN, Record, to_wire

Format = Literal["pretty", "json", "ndjson"]


@click.command("read")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@input_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["pretty", "json", "ndjson"]),
    help="How to write records; default: pretty on a terminal, ndjson (one record a line) when piped.",
)
@click.option("--marked", is_flag=True, help="Show the text itself, with sources, cues and contents marked in place.")
def read_cmd(
    inputs: tuple[str, ...],
    published: str | None,
    columns: str | None,
    form: Format | None,
    marked: bool,
    allow_private: bool,
) -> None:
    """Tell who said what in each INPUT.

    INPUT is a file (plain text, HTML, an RSS or Atom feed, JSONL or CSV with one article a row, IPTC ninjs, a WARC archive;
    any of them gzipped), a folder or pattern of such, an http(s) address, or - for standard input, which is also read when
    no INPUT is given. An input that cannot be read is reported on standard error, and the rest
    is still read.
    """
    if marked and form not in (None, "pretty"):
        raise click.UsageError(f"--marked shows text: it does not go with --format {form}.")
    if not inputs:
        if sys.stdin is None or sys.stdin.isatty():
            raise click.UsageError("Nothing to read: give a file, an address, or - for standard input.")
        inputs = (STDIN,)
    write = _writer(form or ("pretty" if marked or sys.stdout.isatty() else "ndjson"), marked=marked)
    with ending_well():
        tally = _Reports()
        stdin = sys.stdin.buffer if STDIN in inputs else None
        # Records on the terminal are progress enough, and standard input is one text as a rule.
        with Progression(wanted=inputs != (STDIN,) and not sys.stdout.isatty()) as progression:
            outcomes = read_all(
                load_reader(), inputs, published=published, columns=columns, stdin=stdin, allow_private=allow_private
            )
            write(tally.reported(outcomes, progression))
        code = exit_code(tally.read, tally.failed)
    click.get_current_context().exit(code)


class _Reports:
    """Counts what was read and what was not."""

    def __init__(self) -> None:
        self.read = self.failed = 0

    def reported(self, outcomes: Iterable[Record | UnreadInput], progression: Progression) -> Iterator[Record]:
        """The records; failures are told as they come."""
        for outcome in outcomes:
            if isinstance(outcome, UnreadInput):
                self.failed += 1
                complain(why_not(outcome.origin, outcome.reason))
            else:
                self.read += 1
                progression.saw(outcome)
                yield outcome


def _writer(form: Format, *, marked: bool) -> Callable[[Iterable[Record]], None]:
    if form == "ndjson":
        return _write_ndjson
    if form == "json":
        return _write_json
    # Imported only here: a pipe is not to wait for what a terminal needs.
    from onrecord.cli.record_view import show_marked, show_record

    show = show_marked if marked else show_record

    def write_pretty(records: Iterable[Record]) -> None:
        screen = Screen()
        for number, record in enumerate(records):
            if number:
                screen.show("")
            show(screen, record)

    return write_pretty


def _write_ndjson(records: Iterable[Record]) -> None:
    for record in records:
        _write_line(_json(record, None))


def _write_json(records: Iterable[Record]) -> None:
    """An indented array, written as it grows."""
    before = "[\n"
    for record in records:
        _write_line(before + indent(_json(record, 2), "  "), end="")
        before = ",\n"
    _write_line("[]" if before == "[\n" else "\n]")


def _json(record: Record, spaces: int | None) -> str:
    separators = (",", ":") if spaces is None else (",", ": ")
    return json.dumps(to_wire(record), ensure_ascii=False, separators=separators, indent=spaces)


def _write_line(line: str, end: str = "\n") -> None:
    """UTF-8 whatever the locale. What UTF-8 cannot hold (a file's name may) is escaped as JSON has it."""
    data = (line + end).encode("utf-8", "backslashreplace")
    click.echo(data, nl=False)
