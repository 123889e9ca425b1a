"""An article laid out for telling who speaks: its statements, and the things that may be meant, with where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis import Analysis
from onrecord.analysis.values import Floats
from onrecord.codebook.names import name_words
from onrecord.extract.lands import is_one_of_a_nation
from onrecord.extract.phrases import (
    ANYBODY,
    PRONOUNS,
    article_before,
    is_office_of_body,
    phrase_key,
    phrase_of,
    relative_phrase,
    they_of,
)
from onrecord.extract.roles import office_before
from onrecord.extract.sexes import sex_of, sex_of_name
from onrecord.records import Article, Entity, EntityKind, Mention, Span, Statement

ThingKind = Literal["person", "organization", "country", "place", "group", "work", "phrase"]
# Words before a name by which the phrase is of somebody else: "a spokesman for Lane", "Lane's lawyer and Brandt".
_RELATED = re.compile(
    r"\b(?:of|for|to|from|by|at|in|on|with|and|or|against|among|between|near|about|than|as|including)\b|['’]s?\s",
    re.IGNORECASE,
)
# A name that only owns what the source is ("Lane's lawyer"), and what may stand after one name of a list and before the next.
_OWNS = re.compile(r"['’]s?\s+\w")
_AND = re.compile(r"\b(?:and)\b|&")
_NEXT = re.compile(r"(?:\s*\([^)]{1,40}\))?(?:,\s+(?:[^,\s]{1,12},\s+)?(?:and\s+|&\s+)?|\s+(?:and|&)\s+)")
_DETERMINED = re.compile(r"(?:a|an|its|his|her|their|whose|who|which)\b", re.IGNORECASE)
_ITEM_END = re.compile(r"(?:['’]s?)?\s*(?:[,(]|and\b|&|all\b|both\b|$)")
_LISTED = frozenset({"person", "organization", "country", "work"})
# "A bench of Justices" is those who sit on it.
_COMPANY_OF = re.compile(
    r"(?:a|the|an) (?:[\w-]+ ){0,2}?(?:bench|panel|pair|trio|duo|group|team|quartet) (?:of|comprising|consisting of)"
    r" (?:[\w’'.-]+ ){0,3}",
    re.IGNORECASE,
)
MOST_TITLES = 5
"""Words of title and role before a name of a list."""
_REFERRING = frozenset("who which that they".split())
GENDER = {"he": 1, "him": 1, "his": 1, "she": -1, "her": -1}
"""Pronouns of one person, as `Thing.gender`."""
SourceForm = Literal["absent", "pronoun", "nominal", "named"]


@dataclass(frozen=True, slots=True)
class Occurrence:
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
    `roles`: small words of what it is called; `words`: of its names; `lands`: ids of the countries that its roles name.
    `article`: what is printed before a description ("the"), which is no part of its `name`.
    """

    kind: ThingKind
    name: str
    entity: str | None
    places: tuple[Occurrence, ...]
    vectors: Floats
    gender: int
    plural: bool
    roles: frozenset[str]
    words: frozenset[str]
    lands: frozenset[str]
    article: str = ""

    @property
    def shown(self) -> str:
        """Its name, a description with its article."""
        return f"{self.article} {self.name}" if self.article else self.name

    def may_be(self, gender: int) -> bool:
        """Whether it is a person who may be meant by a pronoun of GENDER."""
        return self.kind == "person" and self.gender * gender >= 0

    def within(self, span: Span) -> Occurrence | None:
        """The first of its places that lies in `span`."""
        at = bisect_left(self.places, span.start, key=lambda p: p.span.start)
        while at < len(self.places) and self.places[at].span.start < span.end:
            if span.holds(self.places[at].span):
                return self.places[at]
            at += 1
        return None


@dataclass(frozen=True, slots=True)
class PageStatement:
    """A statement as its speaker is asked for.

    `source`: hull of its source, or None; `held`: that, or its cue; `vector`: of the held words; `pronoun`: the source in
    small letters where it is one; `inside`: number of the statement that reports it; `own`: number of the thing that is the
    source's own description; `inner`: numbers of the things printed within the source, in text order.
    """

    statement: Statement
    form: SourceForm
    source: Span | None
    held: Occurrence
    vector: Floats
    pronoun: str | None
    words: tuple[str, ...]
    inside: int | None
    own: int | None
    inner: tuple[int, ...]
    joined: tuple[int, ...]
    lands: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """`said` in the order of their cues; `things`: entities in the order of their first mention, then descriptions.

    `printed`: where each thing stands, with its number, in text order; `_anew`: what `first_anew` found so far.
    """

    article: Article
    said: tuple[PageStatement, ...]
    things: tuple[Thing, ...]
    headline_end: int
    printed: tuple[tuple[Occurrence, int], ...] = field(init=False)
    _anew: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "printed", in_text_order(self.things))

    def between(self, start: int, end: int) -> dict[int, list[Occurrence]]:
        """The places of things that begin between two characters, by number of the thing, in order of both."""
        out: dict[int, list[Occurrence]] = {}
        for place, n in between(self.printed, start, end):
            out.setdefault(n, []).append(place)
        return out

    def first_anew(self, noun: str) -> int:
        """The end of the first words that tell of somebody anew by a noun ("a Quay Front MP"); past the text where none do."""
        if noun not in self._anew:
            found = re.search(rf"\b[Aa]n? (?:[\w’'-]+ ){{0,3}}?{re.escape(noun)}\b", self.article.text)
            self._anew[noun] = found.end() if found else len(self.article.text) + 1
        return self._anew[noun]


def in_text_order(things: Sequence[Thing]) -> tuple[tuple[Occurrence, int], ...]:
    """Where things stand, each with its number, in text order."""
    places = ((place, n) for n, thing in enumerate(things) for place in thing.places)
    return tuple(sorted(places, key=lambda p: (p[0].span, p[1])))


def between(printed: Sequence[tuple[Occurrence, int]], start: int, end: int) -> list[tuple[Occurrence, int]]:
    """Those of `in_text_order` that begin between two characters, in the order of the things, then of the text."""
    lo, hi = (bisect_left(printed, edge, key=lambda p: p[0].span.start) for edge in (start, end))
    return sorted(printed[lo:hi], key=lambda p: p[1])


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

    def place(self, span: Span) -> Occurrence:
        lo = min(bisect_right(self.ends, span.start), max(len(self.ends) - 1, 0))
        hi = max(lo + 1, bisect_right(self.starts, span.end - 1))
        sentence = bisect_right(self.sentences, span.start) - 1
        paragraph = bisect_right(self.paragraphs, span.start) - 1
        return Occurrence(span, lo, hi, sentence, paragraph, bool(self.quoted[lo]))

    def vectors(self, places: Sequence[Occurrence]) -> Floats:
        return mean_vectors(self.analysis.vectors, places)


def mean_vectors(vectors: NDArray[np.float16], places: Sequence[Occurrence]) -> Floats:
    """(P, V) means of the vectors (n, V) of the words of each place."""
    first = np.array([p.lo for p in places], np.int64)
    sizes = np.array([p.hi for p in places], np.int64) - first
    out = vectors[first].astype(np.float32)
    for more in range(1, sizes.max(initial=1)):
        longer = np.flatnonzero(sizes > more)
        out[longer] += vectors[first[longer] + more]
    out /= sizes[:, None].astype(np.float32)
    return out


def lay_out(
    article: Article,
    analysis: Analysis,
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> Page:
    """The page of an article that has been read as far as its statements and entities."""
    layout = _Layout(article, analysis)
    kinds = {e.id: e.kind for e in entities}
    named = [_as_person(m, kinds[m.entity]) for m in mentions if m.entity is not None]
    things = _entity_things(layout, named, entities)
    numbers = {t.entity: n for n, t in enumerate(things)}
    starts = [m.span.start for m in named]
    lands = [
        frozenset(
            m.entity for m in _named_in(_hull(s.source), named, starts) if m.entity and kinds[m.entity] == "country"
        )
        for s in statements
    ]
    inner = [_within(article.text, _hull(s.source), named, starts, numbers) for s in statements]
    lists = [_listed(article.text, _hull(s.source), named, starts) for s in statements]
    phrases = [
        None if listed else phrase
        for listed, phrase in zip(lists, _phrases(layout, statements, named, starts), strict=True)
    ]
    rest = [part for listed in lists for part in listed if isinstance(part, Span)]
    things += _phrase_things(layout, [*(p for p in phrases if p), *rest])
    own = {phrase_key(t.name): n for n, t in enumerate(things) if t.kind == "phrase"}
    joined = [
        tuple(own[phrase_key(p.of(article.text))] if isinstance(p, Span) else numbers[p.entity] for p in listed)
        for listed in lists
    ]
    order = {s.id: n for n, s in enumerate(statements)}
    held = [layout.place(_hull(s.source) or s.cue[0]) for s in statements]
    described = [own.get(phrase_key(p.of(article.text))) if p else None for p in phrases]
    vectors = layout.vectors(held)
    said = tuple(
        _said(article.text, s, place, vector, inside, phrase, together, land, order)
        for s, place, vector, inside, phrase, together, land in zip(
            statements, held, vectors, inner, described, joined, lands, strict=True
        )
    )
    end = article.headline.end if article.headline else 0
    return Page(article, said, tuple(things), end)


def _as_person(mention: Mention, kind: EntityKind) -> Mention:
    """A mention of a person that was taken for something else in its place: "a tearful Lane"."""
    return replace(mention, kind="person") if kind == "person" != mention.kind else mention


def _hull(spans: Sequence[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


def _named_in(source: Span | None, named: Sequence[Mention], starts: Sequence[int]) -> list[Mention]:
    if source is None:
        return []
    inside = named[bisect_right(starts, source.start - 1) : bisect_right(starts, source.end - 1)]
    return [m for m in inside if m.span.end <= source.end]


def _within(
    text: str,
    source: Span | None,
    named: Sequence[Mention],
    starts: Sequence[int],
    numbers: Mapping[str | None, int],
) -> tuple[int, ...]:
    inside = _named_in(source, named, starts)
    end = source.end if source else 0
    return tuple(dict.fromkeys(numbers[m.entity] for m in inside if not _OWNS.match(text, m.span.end, end)))


def _listed(text: str, source: Span | None, named: Sequence[Mention], starts: Sequence[int]) -> list[Mention | Span]:
    """Those that a source lists: names, and after the last "and" perhaps a description; empty where it lists none.

    "Ada Lane, Oto Brandt and their lawyers". A people before "and" is none ("Velmark and Ostranian officials").
    """
    inside = [m for m in _named_in(source, named, starts) if m.kind in _LISTED and m.method != "demonym"]
    if source is None or not inside:
        return []
    before = text[source.start : inside[0].span.start]
    if _RELATED.search(before) and not (inside[0].kind == "person" and _COMPANY_OF.fullmatch(before)):
        return []
    out: list[Mention | Span] = [inside[0]]
    at, left = inside[0].span.end, inside[1:]
    while match := _NEXT.match(text, at, source.end):
        following = next((m for m in left if m.span.start >= match.end()), None)
        if following and _is_item(text, match.end(), following.span, source.end):
            out.append(following)
            left, at = [m for m in left if m.span.start > following.span.start], following.span.end
            continue
        if "and" in match[0] or "&" in match[0]:
            rest = phrase_of(text, Span(match.end(), source.end)) if match.end() < source.end else None
            return [*out, rest] if rest else []
        break
    return out if len(out) > 1 and _AND.search(text, source.start, source.end) else []


def _is_item(text: str, start: int, name: Span, end: int) -> bool:
    """Whether a name is what a list goes on with, titles before it, and no part of an apposition ("a Bank of Ohio lawyer")."""
    before = text[start : name.start]
    titled = len(before.split()) <= MOST_TITLES and not _RELATED.search(before) and not _DETERMINED.match(before)
    return titled and (name.end >= end or _ITEM_END.match(text, name.end, end) is not None)


def _said(
    text: str,
    statement: Statement,
    held: Occurrence,
    vector: Floats,
    inner: tuple[int, ...],
    own: int | None,
    joined: tuple[int, ...],
    lands: frozenset[str],
    order: Mapping[str, int],
) -> PageStatement:
    source = _hull(statement.source)
    words = tuple(re.findall(r"[\w'’-]+", source.of(text).lower())) if source else ()
    pronoun = words[0] if words and _is_pronoun(words) else None
    form: SourceForm = "absent" if source is None else "pronoun" if pronoun else "named" if inner else "nominal"
    inside = order.get(statement.inside) if statement.inside else None
    return PageStatement(statement, form, source, held, vector, pronoun, words, inside, own, inner, joined, lands)


def _is_pronoun(words: Sequence[str]) -> bool:
    return words[0] in PRONOUNS and (len(words) == 1 or words[-1].endswith(("self", "selves")))


# ---------------------------------------------------------------- things


def _entity_things(layout: _Layout, named: Sequence[Mention], entities: Sequence[Entity]) -> list[Thing]:
    places: dict[str, list[Occurrence]] = {e.id: [] for e in entities}
    for mention in named:
        if mention.entity is not None:
            places[mention.entity].append(layout.place(mention.span))
    text = layout.article.text
    starts = [m.span.start for m in named]
    countries = [e for e in entities if e.kind == "country"]
    vectors = layout.vectors([place for e in entities for place in places[e.id]])
    out = []
    at = 0
    for e in entities:
        own = places[e.id]
        if not own:
            continue
        roles = frozenset(w for r in e.roles for w in re.findall(r"[\w-]+", r.span.of(text).lower()))
        words = frozenset(w for n in (e.name, *e.aliases) for w in re.findall(r"[\w-]+", n.lower()))
        gender = sex_of_name(text, e.name, [p.span.start for p in own]) if e.kind == "person" else 0
        plural = e.kind == "group" or (e.kind == "country" and e.name.endswith("s"))
        lands = _lands(e, named, starts, countries)
        out.append(
            Thing(e.kind, e.name, e.id, tuple(own), vectors[at : at + len(own)], gender, plural, roles, words, lands)
        )
        at += len(own)
    return out


def _lands(
    entity: Entity, named: Sequence[Mention], starts: Sequence[int], countries: Sequence[Entity]
) -> frozenset[str]:
    """The countries of the article that a thing's roles name, or that its own code is of."""
    if entity.kind == "country":
        return frozenset()
    meant = {m.entity for r in entity.roles for m in _named_in(r.span, named, starts)}
    by_code = {e.id for e in countries if e.country is not None and e.country == entity.country}
    return frozenset(by_code | {e.id for e in countries if e.id in meant})


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
            relative = _meant_before(layout, s, source) if words[0] in _REFERRING else None
            relative = None if relative and _is_name(layout.article, relative, named, starts) else relative
            out.append(source if words[0] in ANYBODY else relative)
        else:
            span = phrase_of(text, source)
            out.append(None if _is_name(layout.article, span, named, starts) else span)
    return out


def _meant_before(layout: _Layout, statement: Statement, source: Span) -> Span | None:
    """The words before a pronoun that it stands for, where it can stand for no others: "the crew, who …", "Doctors …. They …"."""
    article = layout.article
    if source.of(article.text).lower() != "they":
        return relative_phrase(article.text, source)
    place = layout.place(source)
    sentences, paragraphs = article.sentences, article.paragraphs
    first = place.sentence < 1 or sentences[place.sentence].start != source.start
    if first or place.quoted or sentences[place.sentence - 1].start < paragraphs[place.paragraph].start:
        return None
    return they_of(article.text, sentences[place.sentence - 1], statement.cue[0])


def _is_name(article: Article, phrase: Span, named: Sequence[Mention], starts: Sequence[int]) -> bool:
    """Whether a phrase is a name with nothing but titles and roles before it, or several names and nothing else."""
    text, at = article.text, bisect_right(starts, phrase.end - 1) - 1
    if is_one_of_a_nation(text[phrase.start : phrase.end]) and article_before(text, [phrase]):
        return False
    if at >= 0 and named[at].kind == "person" and _is_degree(text[named[at].span.end : phrase.end]):
        if phrase.start >= named[at].span.end:
            return True  # "KC" alone in "Ada Lane KC said"
        phrase = Span(phrase.start, named[at].span.end)
    if at < 0 or named[at].span.end < phrase.end or named[at].span.start < phrase.start:
        return at >= 0 and named[at].span.holds(phrase)
    before = text[phrase.start : named[at].span.start]
    if not before and named[at].kind == "group" and text[phrase.end - 1] == "s":
        return True  # "the Democrat" may be anybody
    if named[at].kind in ("person", "organization") and not _RELATED.search(before):
        return True
    if named[at].kind == "person" and is_office_of_body(before) and not article_before(text, [phrase]):
        return True
    office = office_before(article, named[at].span) if named[at].kind == "person" else None
    if office is not None and office.start <= phrase.start:
        return True  # "Minister for Tides Ada Lane"
    first = bisect_left(starts, phrase.start)
    rest = list(text[phrase.start : phrase.end])
    for mention in named[first : at + 1]:
        lo, hi = (max(0, k - phrase.start) for k in (mention.span.start, mention.span.end))
        rest[lo:hi] = " " * (hi - lo)
    words = re.findall(r"[\w'’-]+", "".join(rest).lower())
    return "and" in words and all(w in ("and", "the", "or") or w in name_words().titles for w in words)


def _is_degree(words: str) -> bool:
    """Whether words are what stands after a name with no comma: "KC", "QC MP"."""
    table = name_words()
    low = [w.casefold().strip(".") for w in words.split()]
    return bool(low) and all(w in table.degrees or w in table.generations for w in low)


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
        name, gender = max((s.of(text) for s in spans), key=len), sex_of(words)
        article = article_before(text, (s for s in spans if s.of(text) == name))
        vectors = layout.vectors(places)
        out.append(Thing("phrase", name, None, places, vectors, gender, plural, words, words, frozenset(), article))
    return out
