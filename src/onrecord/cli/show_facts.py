"""Days, numbers and witnesses in words: how lists tell them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from onrecord.cli.marks import SAID_AS
from onrecord.cli.terminal import one_line
from onrecord.query.days import in_words
from onrecord.records import NARRATION, Due, Figure, Record, When, words_of


def in_a_row(facts: Iterable[Text]) -> Text:
    """Facts parted by dots; an empty text where there are none."""
    return Text.assemble((" · ", "dim")).join(facts)  # assembled: a style of the whole would be that of the row


def day_of(when: When | None) -> str | None:
    """The day, or a longer time in words, with what it is known by unless the words state it: "2024-05-01 (dateline)"."""
    known = when and (when.date or (when.edtf and in_words(when.edtf)))
    return f"{known}{_basis(when.basis)}" if when and known else None


def due_of(due: Due) -> str:
    """As in "by 2024-05-03", "on 2024-05-03" and "2024-05-01 to 2024-05-03 (published)"."""
    if due.earliest is None:
        days = f"by {due.latest}"
    else:
        days = f"on {due.latest}" if due.earliest == due.latest else f"{due.earliest} to {due.latest}"
    return days + _basis(due.basis)


def number_of(figure: Figure) -> str:
    """The number with its bounds: "40", "≥ 40", "≤ 10", "20–30"; nothing where the words give none ("dozens")."""
    value, low, high = figure.value, figure.low, figure.high
    if low is not None and high is not None:
        bounds = _plain(low) if low == high else f"{_plain(low)}–{_plain(high)}"
    elif low is not None:
        bounds = f"≥ {_plain(low)}"
    else:
        bounds = f"≤ {_plain(high)}" if high is not None else ""
    if value is None or value in (low, high):
        return bounds
    return f"{_plain(value)} ({bounds})" if bounds else _plain(value)


def witnesses(record: Record) -> dict[str | None, Text]:
    """Whose word it is, by what `asserted_by` and `claimed_by` may hold; a statement's speaker comes with its number."""
    told: dict[str | None, Text] = {NARRATION: Text("told by the narration", "dim")}
    for number, s in enumerate(record.statements, 1):
        printed = words_of(record.article.text, s.source)
        name = s.speaker.name or ("the writer" if s.speaker.kind == "author" else printed)
        who = (("told by ", "dim"), (one_line(name), SAID_AS)) if name else (("told in statement", "dim"),)
        told[s.id] = Text.assemble(*who, (f" ({number})", "dim"))
    return told


def _basis(basis: str) -> str:
    return "" if basis in ("stated", "none") else f" ({basis})"


def _plain(number: float) -> str:
    return f"{number:,.12g}"
