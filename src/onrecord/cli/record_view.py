"""Records for people: statements, events and figures as a list, or marked in the text that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.entity_list import entity_list
from onrecord.cli.marks import CONTENT, CUE, SAID_AS, SOURCE, STYLES, bracketed, legend, nested, styled
from onrecord.cli.show_events import event_list, figure_list
from onrecord.cli.show_facts import day_of, due_of, in_a_row
from onrecord.cli.telling import sure
from onrecord.cli.terminal import Screen, count, one_line, safe
from onrecord.records import JOINT, Article, Prediction, Record, Speaker, Statement, words_of

INDENT = 4
DEEPEST = 4
"""Steps that a nested statement stands further in at most: what is left of a narrow terminal must hold its words."""
_NOT_TOLD = {
    "passive": "not told who (passive)",
    "generic": "nobody in particular",
    "unclear": "not clear who",
    None: "not told who",
}
_NOT_PRINTED = {"continued": "continued", "context": "from context"}


def show_record(screen: Screen, record: Record) -> None:
    """Head of the article, its statements in reading order, nested ones under the one that reports them, then events, figures
    and entities.
    """
    screen.show(head(record.article))
    if record.article.unread:
        return
    numbers = {s.id: number for number, s in enumerate(record.statements, 1)}
    foretold = {p.statement: p for p in record.predictions}
    for statement, depth in nested(record.statements):
        screen.show(
            "", *_told(record.article.text, statement, numbers[statement.id], depth, foretold.get(statement.id))
        )
    width = screen.console.width
    _show_part(screen, "events", list(event_list(record, width, coloured=screen.coloured)))
    _show_part(screen, "figures", list(figure_list(record, width)))
    _show_part(screen, "entities", list(entity_list(record, width)))
    counts = [count(len(record.statements), "statement")]
    parts = (("event", record.events), ("figure", record.figures), ("prediction", record.predictions))
    counts += [count(len(part), noun) for noun, part in parts if part]
    counts += [count(len(record.entities), "entity", "entities")] if record.entities else []
    screen.show("", Text(", ".join(counts), "dim"))


def show_marked(screen: Screen, record: Record) -> None:
    """Head of the article, then its text with every source, cue, content, event and figure marked in place."""
    screen.show(head(record.article))
    if record.article.unread:
        return
    if screen.coloured:
        screen.show(legend(record, coloured=True), "", styled(record))
    else:
        screen.show(legend(record, coloured=False), "", Text(safe(bracketed(record))), wrap=False)


def head(article: Article) -> Text:
    """Title, and in a line under it what is known of the article."""
    text = Text(one_line(article.title or article.source_id or article.url or article.id), "bold")
    facts = [article.outlet, article.agency, article.byline]
    if article.published:
        facts.append(f"{article.published.date} ({article.published.basis})")
    if article.dateline:
        facts.append(article.dateline.place)
    if known := dict.fromkeys(one_line(fact) for fact in facts if fact):  # once each: an agency's own outlet, say
        text.append("\n" + " · ".join(known), "not bold dim")
    if article.unread:
        text.append(f"\nnot read: {_why_unread(article)}", "not bold red")
    return text


def _show_part(screen: Screen, name: str, parts: list[RenderableType]) -> None:
    if parts:
        screen.show("", Text(name, "bold"), *parts)


def _told(
    text: str, statement: Statement, number: int, depth: int, foretold: Prediction | None
) -> Iterator[RenderableType]:
    """Who said it, the words, and what is known of it, a line or more each."""
    further = min(depth, DEEPEST) * INDENT
    who = Text.assemble(
        _who(text, statement.speaker, statement), "  ", (one_line(words_of(text, statement.cue)), STYLES[CUE])
    )
    line = Table.grid(expand=True, padding=(0, 2))
    line.add_column(no_wrap=True, style="dim")
    line.add_column(ratio=1)
    line.add_column(justify="right", no_wrap=True)
    line.add_row(f"{number:>2}{' ' * further}", who, Text(f"{statement.form} {statement.score:.2f}", "dim"))
    yield line
    content = Text(one_line(words_of(text, statement.content)), STYLES[CONTENT])
    below = (0, 0, 0, further + INDENT + 2)
    yield Padding(content if statement.content else Text("(its words are not here)", "dim"), below)
    if facts := in_a_row(_facts(statement)):
        yield Padding(facts, below)
    if foretold:
        yield Padding(Text.assemble(("↳ ", "dim"), in_a_row(_foretold(text, foretold))), below)


def _facts(statement: Statement) -> Iterator[Text]:
    """What was done by saying it, to whom it was said, and when: as far as that is known."""
    if act := statement.act:
        yield Text.assemble((act.code, STYLES[CUE]), (f" {act.score:.2f}", "dim"))
    for how, party in (("target", statement.target), ("to", statement.addressee)):
        if party:
            yield Text.assemble((f"{how} ", "dim"), (one_line(party.name), SAID_AS))
    if day := day_of(statement.said_on):
        yield Text(f"said {day}", "dim")


def _foretold(text: str, foretold: Prediction) -> Iterator[Text]:
    yield Text(f"{foretold.kind} due {due_of(foretold.due)}" if foretold.due else foretold.kind, STYLES[CUE])
    if foretold.condition:
        yield Text(one_line(foretold.condition.of(text)), STYLES[CONTENT])


def _who(text: str, speaker: Speaker, statement: Statement) -> Text:
    """The speaker as printed, whom that means where the print does not say it, and the chance of that: "he → Ann Lane 0.87"."""
    who = _named(text, speaker, statement)
    if speaker.name is None or speaker.score is None or speaker.basis == "corrected":
        return who
    return Text.assemble(who, " ", sure(speaker.score))


def _named(text: str, speaker: Speaker, statement: Statement) -> Text:
    printed = one_line(words_of(text, statement.source))
    if speaker.name is None:
        nobody = "the writer" if speaker.kind == "author" else _NOT_TOLD[speaker.reason]
        return Text.assemble((printed, SAID_AS), (f" ({nobody})" if printed else nobody, "italic dim"))
    name = one_line(speaker.name)
    if not printed:
        how = _NOT_PRINTED.get(speaker.basis or "")
        return Text.assemble((name, STYLES[SOURCE]), (f" ({how})" if how else "", "dim"))
    who = Text(printed, SAID_AS)
    for one in name.split(JOINT):
        if not who.highlight_regex(rf"(?i)(?<!\w){re.escape(one)}(?!\w)", STYLES[SOURCE]):
            return Text.assemble((printed, SAID_AS), (" → ", "dim"), (name, STYLES[SOURCE]))
    return who


def _why_unread(article: Article) -> str:
    unread = article.unread
    assert unread is not None  # asked only of articles that were not read
    if unread.reason == "language":
        return f"not in English ({unread.detail})" if unread.detail else "not in English"
    return "no text in it"
