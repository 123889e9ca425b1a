"""Who and what an article names, for people: a short list under its statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.terminal import one_line
from onrecord.records import Entity, Record

MOST = 12
"""Entities shown: those who speak first, then those named most. The rest are counted."""
MOST_ROLES, MOST_ALIASES = 2, 4
NARROW = 60
"""Columns of a terminal below which a table has no room: what is told of an entity stands under its name."""


def entity_list(record: Record, width: int) -> Iterator[RenderableType]:
    """The article's entities for a terminal of `width` columns; nothing where there are none."""
    shown = most_telling(record)
    told = [(Text(one_line(e.name), "bold"), e.kind, facts(e, record.article.text)) for e in shown]
    if width < NARROW:
        for name, kind, rest in told:
            facts_line = Text(" · ".join([kind, *rest]), "dim")
            yield Padding(name, (0, 0, 0, 2))
            yield Padding(facts_line, (0, 0, 0, 4))
    elif told:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(max_width=width // 3)
        table.add_column(no_wrap=True, style="dim")
        table.add_column(style="dim")
        for name, kind, rest in told:
            table.add_row(name, kind, Text(" · ".join(rest)))
        yield Padding(table, (0, 0, 0, 2))
    if more := len(record.entities) - len(shown):
        yield Text(f"  and {more:,} more", "dim")


def most_telling(record: Record) -> list[Entity]:
    """MOST entities in text order: of those who speak the ones with most statements, then those with most mentions."""
    speaks = Counter(id_ for s in record.statements for id_ in s.speaker.entities)
    named = Counter(m.entity for m in record.mentions)
    best = sorted(record.entities, key=lambda e: (-speaks[e.id], -named[e.id]))[:MOST]
    kept = {e.id for e in best}
    return [e for e in record.entities if e.id in kept]


def facts(entity: Entity, text: str) -> list[str]:
    """What is known of an entity besides name and kind: its roles, other names and country."""
    roles = _some(_distinct(one_line(r.span.of(text)) for r in entity.roles), MOST_ROLES)
    aliases = _some(_distinct((one_line(a) for a in entity.aliases), but=one_line(entity.name)), MOST_ALIASES)
    return [
        *([", ".join(roles)] if roles else []),
        *([f"also {', '.join(aliases)}"] if aliases else []),
        *([entity.country] if entity.country else []),
    ]


def _distinct(words: Iterable[str], but: str = "") -> list[str]:
    """Each once, whatever its letter case."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(word.casefold(), word)
    first.pop(but.casefold(), None)
    return list(first.values())


def _some(words: Sequence[str], most: int) -> list[str]:
    return [*words[:most], "…"] if len(words) > most else list(words)
