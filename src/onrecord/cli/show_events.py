"""Events and figures for people: who did what to whom, how many, and whose word it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.entity_list import NARROW
from onrecord.cli.marks import BRACKETS, CONTENT, EVENT, SOURCE, STYLES
from onrecord.cli.show_facts import day_of, in_a_row, number_of, witnesses
from onrecord.cli.terminal import one_line
from onrecord.records import NARRATION, Event, Figure, Place, Record, Span

INDENT = 4
WORDS = 0.3
"""Share of a line that the words of a figure may have: at 80 columns the narration's figures then stand in one line."""
TYPE = "yellow"  # as an act's: both are what somebody does


def event_list(record: Record, width: int, *, coloured: bool) -> Iterator[RenderableType]:
    """The events for a terminal of `width` columns: type and parties, the trigger in its place, and what is known besides."""
    witness = witnesses(record)
    for event in record.events:
        line = Table.grid(expand=True, padding=(0, 2))
        line.add_column(ratio=1)
        line.add_column(justify="right", no_wrap=True)
        line.add_row(_deed(event), Text(f"{event.score:.2f}", "dim"))
        below = (0, 0, 0, INDENT + 2)
        yield Padding(line, (0, 0, 0, 2))
        yield Padding(in_place(record, event, width - INDENT - 2, coloured=coloured), below)
        if facts := in_a_row(_facts(event, witness)):
            yield Padding(facts, below)


def figure_list(record: Record, width: int) -> Iterator[RenderableType]:
    """The figures for a terminal of `width` columns: value, what befell those counted, the words, the day, and whose they are."""
    witness = witnesses(record)
    rows = [
        (
            Text(number_of(f), "bold"),
            Text(f.what, TYPE),
            _words(record.article.text, f),
            Text(f.as_of or "", "dim"),
            witness.get(f.claimed_by, Text()),
        )
        for f in record.figures
    ]
    if width < NARROW:
        for *figure, day, told in rows:
            yield Padding(in_a_row(filter(None, figure)), (0, 0, 0, 2))
            if below := in_a_row(filter(None, (day, told))):
                yield Padding(below, (0, 0, 0, 4))
    elif rows:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(max_width=int(width * WORDS))
        table.add_column(no_wrap=True)
        table.add_column()
        for row in rows:
            table.add_row(*row)
        yield Padding(table, (0, 0, 0, 2))


def in_place(record: Record, event: Event, room: int, *, coloured: bool) -> Text:
    """The trigger marked in its sentence, of which as much is shown as fits into `room` columns.

    It has the colour of contents where a statement tells of the event, and none where the article does.
    """
    text, trigger = record.article.text, event.trigger
    around = _sentence(record, trigger)
    left, right = ("", "") if coloured else BRACKETS[EVENT]
    word = left + one_line(trigger.of(text)) + right
    before = _line(text[around.start : trigger.start]).lstrip()
    after = _line(text[trigger.end : around.end]).rstrip()
    free = max(0, room - len(word))
    ahead = min(len(before), max(free // 2, free - len(after)))
    style = STYLES[EVENT] if event.asserted_by in (NARRATION, None) else f"{STYLES[EVENT]} {STYLES[CONTENT]}"
    return Text.assemble(_cut_left(before, ahead), (word, style), _cut_right(after, free - ahead))


def _deed(event: Event) -> Text:
    """As in "ASSAULT/aerial  Velmark → Ostrania"."""
    who = Text.assemble((f"{event.type}/{event.mode}" if event.mode else event.type, TYPE))
    if event.actor or event.recipient:
        who.append("  ")
    if event.actor:
        who.append(one_line(event.actor.name), STYLES[SOURCE])
    if event.recipient:
        who.append(" → " if event.actor else "→ ", "dim").append(one_line(event.recipient.name), STYLES[SOURCE])
    return who


def _facts(event: Event, witness: Mapping[str | None, Text]) -> Iterator[Text]:
    if event.status != "happened":
        yield Text(event.status, "bold")
    if event.place:
        yield _where(event.place)
    if day := day_of(event.date):
        yield Text(day)
    if told := witness.get(event.asserted_by):
        yield told


def _where(place: Place) -> Text:
    return Text.assemble(one_line(place.name), (f" ({place.country})" if place.country else "", "dim"))


def _words(text: str, figure: Figure) -> Text:
    """The figure's words, then what is counted: "at least 40 people", or "Nine … sailors" where other words part them."""
    words = Text(one_line(figure.span.of(text)), STYLES[CONTENT])
    counted = figure.counted
    if counted is None or figure.span.holds(counted):
        return words
    parted = counted.start < figure.span.end or bool(text[figure.span.end : counted.start].strip())
    return words.append(" … " if parted else " ", "dim").append(one_line(counted.of(text)), "default")


def _sentence(record: Record, trigger: Span) -> Span:
    """The sentence around a trigger; of a text without sentences, its line."""
    for span in (*record.article.sentences, *record.article.paragraphs):
        if span.holds(trigger):
            return span
    text = record.article.text
    end = text.find("\n", trigger.end)
    return Span(text.rfind("\n", 0, trigger.start) + 1, end if end >= 0 else len(text))


def _line(text: str) -> str:
    """As `one_line`, with a space kept where the text begins or ends with one."""
    words = one_line(text)
    if not words:
        return " " if text else ""
    return " " * text[0].isspace() + words + " " * text[-1].isspace()


def _cut_left(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return "… " + text[len(text) - max(0, room - 1) :].partition(" ")[2]


def _cut_right(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    return text[: max(0, room - 1)].rpartition(" ")[0] + " …"
