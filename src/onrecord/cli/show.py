"""Records for people: statements as a list, or marked in the text that they stand in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.entities import entity_list
from onrecord.cli.terminal import Page, count, one_line, safe
from onrecord.records import JOINT, Article, Record, Span, Speaker, Statement, words_of

SOURCE, CUE, CONTENT = "source", "cue", "content"
STYLES = {SOURCE: "bold cyan", CUE: "yellow", CONTENT: "green"}
SAID_AS = "cyan"  # of a source that is not itself the speaker's name
# Without colours each role has brackets of its own, and a small number after them tells whose they are.
BRACKETS = {SOURCE: ("[", "]"), CUE: ("{", "}"), CONTENT: ("«", "»")}
LEGEND = "[source] {cue} «content», with the number of the statement"
INDENT = 4
_SUBSCRIPT = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
_NOT_TOLD = {
    "passive": "not told who (passive)",
    "generic": "nobody in particular",
    "unclear": "not clear who",
    None: "not told who",
}
_NOT_PRINTED = {"continued": "continued", "context": "from context"}


def show_record(page: Page, record: Record) -> None:
    """Head of the article, its statements in reading order, nested ones under the one that reports them, its entities."""
    page.show(head(record.article))
    if record.article.unread:
        return
    for statement, depth in nested(record.statements):
        who, words = _told(record.article.text, statement)
        page.show("", Padding(who, (0, 0, 0, depth * INDENT + 2)), Padding(words, (0, 0, 0, depth * INDENT + 4)))
    if record.entities:
        page.show("", *entity_list(record, page.console.width))
    counts = [count(len(record.statements), "statement")]
    counts += [count(len(record.entities), "entity", "entities")] if record.entities else []
    page.show("", Text(", ".join(counts), "dim"))


def show_marked(page: Page, record: Record) -> None:
    """Head of the article, then its text with every source, cue and content marked in place."""
    page.show(head(record.article))
    if record.article.unread:
        return
    if page.coloured:
        page.show(Text.assemble(*((f"{role} ", style) for role, style in STYLES.items())), "", _styled(record))
    else:
        page.show(Text(LEGEND, "dim"), "", Text(safe(bracketed(record))), wrap=False)


def head(article: Article) -> Text:
    """Title, and in a line under it what is known of the article."""
    text = Text(one_line(article.title or article.source_id or article.url or article.id), "bold")
    facts = [article.outlet, article.agency, article.byline]
    if article.published:
        facts.append(f"{article.published.date} ({article.published.basis})")
    if article.dateline:
        facts.append(article.dateline.place)
    if known := [one_line(fact) for fact in facts if fact]:
        text.append("\n" + " · ".join(known), "not bold dim")
    if article.unread:
        text.append(f"\nnot read: {_why_unread(article)}", "not bold red")
    return text


def nested(statements: Sequence[Statement]) -> Iterator[tuple[Statement, int]]:
    """Statements in their order with their depth, each followed by those that it reports."""
    known = {s.id for s in statements}
    reported: dict[str | None, list[Statement]] = defaultdict(list)
    for statement in statements:
        reported[statement.inside if statement.inside in known else None].append(statement)
    stack = [(s, 0) for s in reversed(reported[None])]
    while stack:
        statement, depth = stack.pop()
        yield statement, depth
        stack.extend((s, depth + 1) for s in reversed(reported[statement.id]))


def bracketed(record: Record) -> str:
    """The text with brackets for sources, cues and contents, numbered by statement in reading order."""
    owners: dict[tuple[Span, str], list[int]] = defaultdict(list)
    for number, statement in enumerate(record.statements, 1):
        for role, spans in _roles(statement):
            for span in spans:
                owners[span, role].append(number)
    opening: dict[int, str] = defaultdict(str)
    closing: dict[int, str] = defaultdict(str)
    order = list(BRACKETS)
    # Longer spans open first and close last; of equal ones the content holds the others.
    for (span, role), numbers in sorted(owners.items(), key=lambda i: (-len(i[0][0]), -order.index(i[0][1]))):
        left, right = BRACKETS[role]
        opening[span.start] += left
        closing[span.end] = right + ",".join(map(str, numbers)).translate(_SUBSCRIPT) + closing[span.end]
    text, parts, done = record.article.text, [], 0
    for place in sorted(opening.keys() | closing.keys()):
        parts += [text[done:place], closing.get(place, ""), opening.get(place, "")]
        done = place
    return "".join((*parts, text[done:]))


def _told(text: str, statement: Statement) -> tuple[Table, Text]:
    who = Text.assemble(
        _who(text, statement.speaker, statement), "  ", (one_line(words_of(text, statement.cue)), STYLES[CUE])
    )
    line = Table.grid(expand=True, padding=(0, 1))
    line.add_column(ratio=1)
    line.add_column(justify="right", no_wrap=True)
    line.add_row(who, Text(f"{statement.form} {statement.score:.2f}", "dim"))
    content = Text(one_line(words_of(text, statement.content)), STYLES[CONTENT])
    return line, content if statement.content else Text("(its words are not here)", "dim")


def _who(text: str, speaker: Speaker, statement: Statement) -> Text:
    """The speaker as printed, and whom that means where the print does not say it: "he → Ann Lane"."""
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


def _styled(record: Record) -> Text:
    text = Text(safe(record.article.text))
    for span in record.article.furniture:
        text.stylize("dim", span.start, span.end)
    depths = {s.id: depth for s, depth in nested(record.statements)}
    # Reporting statements first, so that the roles of those that they report stay in sight.
    for statement in sorted(record.statements, key=lambda s: depths[s.id]):
        for role, spans in reversed(_roles(statement)):
            for span in spans:
                text.stylize(STYLES[role] + (" underline" if depths[statement.id] else ""), span.start, span.end)
    return text


def _roles(statement: Statement) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    return (SOURCE, statement.source), (CUE, statement.cue), (CONTENT, statement.content)


def _why_unread(article: Article) -> str:
    unread = article.unread
    assert unread is not None  # asked only of articles that were not read
    if unread.reason == "language":
        return f"not in English ({unread.detail})" if unread.detail else "not in English"
    return "no text in it"
