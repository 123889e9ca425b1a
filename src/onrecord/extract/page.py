"""An article laid out for telling who speaks: its statements, and the things that may be meant, with where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from onrecord.analysis import Analysis
from onrecord.analysis.values import Floats
from onrecord.codebook.names import name_words
from onrecord.extract.names import titles_before
from onrecord.extract.phrases import PRONOUNS, phrase_key, phrase_of, relative_phrase
from onrecord.records import Article, Entity, Mention, Span, Statement

ThingKind = Literal["person", "organization", "country", "place", "group", "work", "phrase"]
_HIS = frozenset("father son husband boy brother uncle nephew king".split())
_HER = frozenset("mother daughter wife girl sister aunt niece queen actress".split())
SourceForm = Literal["absent", "pronoun", "nominal", "named"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing is printed: words lo … hi - 1, its sentence and paragraph, whether it stands in quotation marks."""

    span: Span
    lo: int
    hi: int
    sentence: int
    paragraph: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """Somebody or something that may speak: an entity, or (kind phrase) a description that sources are written as.

    `places` in text order, `vectors` (k, V) of each; `gender` > 0 for a man, < 0 for a woman, 0 where nothing tells.
    `roles`: small words of what it is called; `words`: of its names.
    """

    kind: ThingKind
    name: str
    entity: str | None
    places: tuple[Place, ...]
    vectors: Floats
    gender: int
    plural: bool
    roles: frozenset[str]
    words: frozenset[str]
    country: str | None

    def within(self, span: Span) -> Place | None:
        """The first of its places that lies in `span`."""
        at = bisect_left(self.places, span.start, key=lambda p: p.span.start)
        while at < len(self.places) and self.places[at].span.start < span.end:
            if span.holds(self.places[at].span):
                return self.places[at]
            at += 1
        return None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as its speaker is asked for.

    `source`: hull of its source, or None; `held`: that, or its cue; `vector`: of the held words; `pronoun`: the source in
    small letters where it is one; `inside`: number of the statement that reports it; `own`: number of the thing that is the
    source's own description; `inner`: numbers of the things printed within the source, in text order.
    """

    statement: Statement
    form: SourceForm
    source: Span | None
    held: Place
    vector: Floats
    pronoun: str | None
    words: tuple[str, ...]
    inside: int | None
    own: int | None
    inner: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """`said` in the order of their cues; `things`: entities in the order of their first mention, then descriptions."""

    article: Article
    said: tuple[Said, ...]
    things: tuple[Thing, ...]
    headline_end: int


@dataclass(slots=True)
class _Layout:
    """Finds words, sentences and paragraphs of spans."""

    article: Article
    analysis: Analysis
    sentences: list[int] = field(init=False)
    paragraphs: list[int] = field(init=False)
    starts: list[int] = field(init=False)
    ends: list[int] = field(init=False)
    quoted: list[int] = field(init=False)

    def __post_init__(self) -> None:
        words = self.analysis.words
        self.sentences = [s.start for s in self.article.sentences]
        self.paragraphs = [p.start for p in self.article.paragraphs]
        self.starts, self.ends = words.start.tolist(), words.end.tolist()
        self.quoted = words.quoted[words.first].tolist() if len(words) else []

    def place(self, span: Span) -> Place:
        lo = min(bisect_right(self.ends, span.start), max(len(self.ends) - 1, 0))
        hi = max(lo + 1, bisect_right(self.starts, span.end - 1))
        sentence = bisect_right(self.sentences, span.start) - 1
        paragraph = bisect_right(self.paragraphs, span.start) - 1
        return Place(span, lo, hi, sentence, paragraph, bool(self.quoted[lo]))

    def vector(self, place: Place) -> Floats:
        return np.asarray(self.analysis.vectors[place.lo : place.hi].astype(np.float32).mean(0))


def lay_out(
    article: Article,
    analysis: Analysis,
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> Page:
    """The page of an article that has been read as far as its statements and entities."""
    layout = _Layout(article, analysis)
    named = [m for m in mentions if m.entity is not None]
    things = _entity_things(layout, named, entities)
    numbers = {t.entity: n for n, t in enumerate(things)}
    starts = [m.span.start for m in named]
    inner = [_within(_hull(s.source), named, starts, numbers) for s in statements]
    phrases = _phrases(layout, statements, named, starts)
    things += _phrase_things(layout, [p for p in phrases if p])
    own = {phrase_key(t.name): n for n, t in enumerate(things) if t.kind == "phrase"}
    order = {s.id: n for n, s in enumerate(statements)}
    said = tuple(
        _said(layout, s, inside, own.get(phrase_key(p.of(article.text))) if p else None, order)
        for s, inside, p in zip(statements, inner, phrases, strict=True)
    )
    end = article.headline.end if article.headline else 0
    return Page(article, said, tuple(things), end)


def _hull(spans: Sequence[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


def _within(
    source: Span | None, named: Sequence[Mention], starts: Sequence[int], numbers: Mapping[str | None, int]
) -> tuple[int, ...]:
    if source is None:
        return ()
    inside = named[bisect_right(starts, source.start - 1) : bisect_right(starts, source.end - 1)]
    return tuple(dict.fromkeys(numbers[m.entity] for m in inside if m.span.end <= source.end))


def _said(
    layout: _Layout, statement: Statement, inner: tuple[int, ...], own: int | None, order: Mapping[str, int]
) -> Said:
    text = layout.article.text
    source = _hull(statement.source)
    held = layout.place(source or statement.cue[0])
    words = tuple(re.findall(r"[\w'’-]+", source.of(text).lower())) if source else ()
    pronoun = words[0] if words and _is_pronoun(words) else None
    form: SourceForm = "absent" if source is None else "pronoun" if pronoun else "named" if inner else "nominal"
    inside = order.get(statement.inside) if statement.inside else None
    return Said(statement, form, source, held, layout.vector(held), pronoun, words, inside, own, inner)


def _is_pronoun(words: Sequence[str]) -> bool:
    return words[0] in PRONOUNS and (len(words) == 1 or words[-1].endswith(("self", "selves")))


# ---------------------------------------------------------------- things


def _entity_things(layout: _Layout, named: Sequence[Mention], entities: Sequence[Entity]) -> list[Thing]:
    places: dict[str, list[Place]] = {e.id: [] for e in entities}
    for mention in named:
        if mention.entity is not None:
            places[mention.entity].append(layout.place(mention.span))
    text = layout.article.text
    out = []
    for e in entities:
        own = places[e.id]
        if not own:
            continue
        roles = frozenset(w for r in e.roles for w in re.findall(r"[\w-]+", r.span.of(text).lower()))
        words = frozenset(w for n in (e.name, *e.aliases) for w in re.findall(r"[\w-]+", n.lower()))
        gender = _gender(text, e, own) if e.kind == "person" else 0
        plural = e.kind == "group" or (e.kind == "country" and e.name.endswith("s"))
        vectors = np.stack([layout.vector(p) for p in own])
        out.append(Thing(e.kind, e.name, e.id, tuple(own), vectors, gender, plural, roles, words, e.country))
    return out


def _gender(text: str, entity: Entity, places: Sequence[Place]) -> int:
    """What titles and the forename say."""
    table = name_words()
    total = 0
    for place in places:
        for title in titles_before(text, place.span.start):
            total += 3 * ((title in table.his_titles) - (title in table.her_titles))
    first = entity.name.split()[0].lower().strip(".") if " " in entity.name else ""
    total += (first in table.his_names) - (first in table.her_names)
    return max(-1, min(1, total))


def _phrases(
    layout: _Layout, statements: Sequence[Statement], named: Sequence[Mention], starts: Sequence[int]
) -> list[Span | None]:
    """For each statement the words of its source that describe its speaker, where they are more than a name."""
    text = layout.article.text
    out: list[Span | None] = []
    for s in statements:
        source = _hull(s.source)
        words = source.of(text).lower().split() if source else []
        if source is None or not words:
            out.append(None)
        elif _is_pronoun(words):
            out.append(relative_phrase(text, source) if words[0] in ("who", "which", "that") else None)
        else:
            span = phrase_of(text, source)
            at = bisect_right(starts, span.start) - 1
            covered = at >= 0 and named[at].span.holds(span)
            out.append(None if covered else span)
    return out


def _phrase_things(layout: _Layout, phrases: Sequence[Span]) -> list[Thing]:
    """One thing for each different description, however often it is printed."""
    text = layout.article.text
    groups: dict[str, list[Span]] = {}
    for span in phrases:
        groups.setdefault(phrase_key(span.of(text)), []).append(span)
    out = []
    for key, spans in groups.items():
        places = tuple(layout.place(s) for s in sorted(set(spans)))
        words = frozenset(key.split())
        plural = key.endswith("s") or " and " in key
        longest = max((s.of(text) for s in spans), key=len)
        vectors = np.stack([layout.vector(p) for p in places])
        out.append(Thing("phrase", longest, None, places, vectors, _phrase_gender(words), plural, words, words, None))
    return out


def _phrase_gender(words: frozenset[str]) -> int:
    his = any(w.endswith("man") and not w.endswith("woman") and w != "human" for w in words) or not _HIS.isdisjoint(
        words
    )
    her = any(w.endswith("woman") for w in words) or not _HER.isdisjoint(words)
    return his - her
