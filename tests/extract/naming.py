"""Articles and mentions written with inline marks: ``{p:Ann Lane}`` is a mention of kind person."""

from __future__ import annotations

import re

from onrecord.extract import build_entities
from onrecord.records import Article, Entity, Mention, Published, Span, mention_id

KINDS = {
    "p": "person",
    "o": "organization",
    "c": "country",
    "l": "place",
    "g": "group",
    "w": "work",
    "d": "date",
    "n": "number",
}
_MARK = re.compile(r"\{(\w):([^}]*)\}")


def marked(source: str, *, headline: bool = False, id_: str = "art-1", published: str | None = None):
    """The article and its unlinked mentions; paragraphs are parted by blank lines, the first is the headline if so said."""
    text, found, at = "", [], 0
    for match in _MARK.finditer(source):
        text += source[at : match.start()]
        found.append((Span(len(text), len(text) + len(match[2])), KINDS[match[1]]))
        text += match[2]
        at = match.end()
    text += source[at:]
    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"(?:.|\n(?!\n))+", text))
    article = Article(
        id=id_,
        text=text,
        paragraphs=paragraphs,
        headline=paragraphs[0] if headline else None,
        published=Published(published, "given") if published else None,
    )
    mentions = [Mention(mention_id(id_, span, kind), span, kind, None, None, 0.9) for span, kind in found]
    return article, mentions


def read(source: str, **options) -> tuple[Article, tuple[Mention, ...], tuple[Entity, ...]]:
    article, mentions = marked(source, **options)
    return article, *build_entities(article, mentions)


def grouped(source: str, **options) -> list[tuple[str, ...]]:
    """The printed mentions of each entity, in order, the entity's name first."""
    article, mentions, entities = read(source, **options)
    return [(e.name, *(m.span.of(article.text) for m in mentions if m.entity == e.id)) for e in entities]


def methods(source: str, **options) -> list[tuple[str, str | None]]:
    article, mentions, _ = read(source, **options)
    return [(m.span.of(article.text), m.method) for m in mentions]
