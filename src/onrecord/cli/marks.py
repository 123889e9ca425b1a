"""Marks for the words of an article by what they are in its record: colours, or brackets where there are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rich.text import Text

from onrecord.cli.terminal import safe
from onrecord.records import Record, Span, Statement

SOURCE, CUE, CONTENT, EVENT, FIGURE = "source", "cue", "content", "event", "figure"
# Events and figures keep the colour of what they stand in: green says that it is somebody's word, none that it is the article's.
STYLES = {SOURCE: "bold cyan", CUE: "yellow", CONTENT: "green", EVENT: "reverse", FIGURE: "bold"}
SAID_AS = "cyan"  # of a source that is not itself the speaker's name
# Without colours each role has brackets of its own, and a small number after them tells whose they are. From inner to outer.
BRACKETS = {FIGURE: ("|", "|"), EVENT: ("‹", "›"), SOURCE: ("[", "]"), CUE: ("{", "}"), CONTENT: ("«", "»")}
_SUBSCRIPT = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")


def legend(record: Record, *, coloured: bool) -> Text:
    """What the marks mean, without those that the record has no use for."""
    roles = [SOURCE, CUE, CONTENT, *([EVENT] if record.events else []), *([FIGURE] if record.figures else [])]
    if coloured:
        return Text(" ").join(Text(role, STYLES[role]) for role in roles)
    shown = [role.join(BRACKETS[role]) for role in roles]
    return Text(", ".join([f"{' '.join(shown[:3])} with the number of the statement", *shown[3:]]), "dim")


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
    """The text with brackets for all roles; those of statements are numbered in reading order."""
    owners: dict[tuple[Span, str], list[int]] = defaultdict(list)
    for number, statement in enumerate(record.statements, 1):
        for role, spans in _roles(statement):
            for span in spans:
                owners[span, role].append(number)
    owners |= {(span, role): [] for role, span in _deeds(record)}
    opening: dict[int, str] = defaultdict(str)
    closing: dict[int, str] = defaultdict(str)
    order = list(BRACKETS)
    # Longer spans open first and close last; of equal ones the outer role holds the others.
    for (span, role), numbers in sorted(owners.items(), key=lambda i: (-len(i[0][0]), -order.index(i[0][1]))):
        left, right = BRACKETS[role]
        opening[span.start] += left
        closing[span.end] = right + ",".join(map(str, numbers)).translate(_SUBSCRIPT) + closing[span.end]
    text, parts, done = record.article.text, [], 0
    for place in sorted(opening.keys() | closing.keys()):
        parts += [text[done:place], closing.get(place, ""), opening.get(place, "")]
        done = place
    return "".join((*parts, text[done:]))


def styled(record: Record) -> Text:
    """The text with a style for each role; what stands inside another statement is underlined."""
    text = Text(safe(record.article.text))
    for span in record.article.furniture:
        text.stylize("dim", span.start, span.end)
    depths = {s.id: depth for s, depth in nested(record.statements)}
    # Reporting statements first, so that the roles of those that they report stay in sight.
    for statement in sorted(record.statements, key=lambda s: depths[s.id]):
        for role, spans in reversed(_roles(statement)):
            for span in spans:
                text.stylize(STYLES[role] + (" underline" if depths[statement.id] else ""), span.start, span.end)
    for role, span in _deeds(record):
        text.stylize(STYLES[role], span.start, span.end)
    return text


def _roles(statement: Statement) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    return (SOURCE, statement.source), (CUE, statement.cue), (CONTENT, statement.content)


def _deeds(record: Record) -> Iterator[tuple[str, Span]]:
    """Triggers and figures, each place once: two events may have one trigger."""
    yield from dict.fromkeys((EVENT, event.trigger) for event in record.events)
    yield from dict.fromkeys((FIGURE, figure.span) for figure in record.figures)
