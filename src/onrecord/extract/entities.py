"""From an article's mentions to its entities: one for each person, organisation, country, place, group and work."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.codebook import load
from onrecord.codebook.countries import countries
from onrecord.extract.bodies import group_bodies
from onrecord.extract.firms import formed, shortened
from onrecord.extract.fullnames import in_full
from onrecord.extract.initials import dotted, lettered
from onrecord.extract.joining import joined
from onrecord.extract.kinds import settled
from onrecord.extract.lands import capital_codes, codes_of, group_lands
from onrecord.extract.lengthening import ended, lengthened, opened
from onrecord.extract.linking import NAMED, Group, Printed
from onrecord.extract.names import person_name, titles_before, words_in
from onrecord.extract.numerals import MONEY_NAME
from onrecord.extract.people import group_people
from onrecord.extract.pieces import pieced
from onrecord.extract.roles import country_in, roles_of
from onrecord.extract.runs import whole_runs
from onrecord.extract.trimming import changed, trim
from onrecord.records import Article, Entity, EntityKind, LinkMethod, Mention, Span, entity_id

_FORMAL = re.compile(r"\b(?:Republic|Kingdom|Federation|State|Union|Commonwealth) of ")
_NO_NAME = ("demonym", "part")  # the people's word of a land; what somebody was called before the name that he bore
_TOWN = re.compile(
    r"(?!(?:THE|The) )[A-ZÀ-Þ][\w’'.-]*(?: (?:(?:of|on|upon|sur|el|al|d[aeiou]|de[ils]|l[aeo]s?) )?[A-ZÀ-Þ][\w’'.-]*)+"
)
_NO_TOWN = frozenset({"country", "organization", "person"})


def build_entities(article: Article, mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Link an article's mentions: with `entity` and `method`, and the entities in order of first mention.

    `mentions` are unlinked and do not overlap. Other places of a longer name are added (see `consistency`). Dates and numbers
    stay unlinked. Titles, possessive endings and leading articles leave a mention's span (and so change its id). Names are
    verbatim in the text, and nothing is looked up: the same mentions give the same entities. No pair of names is compared
    that shares no key, so that time grows with length.
    """
    found = [_signed(article, _counted(article, m)) for m in sorted(mentions, key=lambda m: m.span)]
    found = _town_whole(article, found)
    found = in_full(article, lettered(article, dotted(article, found)))
    found = joined(article, lengthened(article, whole_runs(article, formed(article, pieced(article, found)))))
    found = ended(article, opened(article, found))
    trimmed = trim(article, shortened(article, found))
    printed = _printed(article, trimmed)
    printed = settled(article.text, printed, [trimmed[p.number].score for p in printed])
    printed = _with_dateline(article, printed)
    groups: list[tuple[EntityKind, Group]] = []
    groups.extend(("person", g) for g in group_people(article, [p for p in printed if p.kind == "person"]))
    lands, places = group_lands(article.text, [p for p in printed if p.kind in ("country", "place")])
    groups.extend(("country", g) for g in lands)
    groups.extend(("place", g) for g in places)
    bodies = group_bodies(article.text, [p for p in printed if p.kind in ("organization", "group", "work")])
    groups.extend((_body_kind(g), g) for g in bodies)
    return _valued(article, trimmed, groups)


def _counted(article: Article, mention: Mention) -> Mention:
    """A sum of money ("Sh2") that was taken for a name is a number."""
    found = MONEY_NAME.match(article.text, mention.span.start)
    if found is None or found.end() < mention.span.end:
        return mention
    return changed(article, mention, mention.span, "number")


def _signed(article: Article, mention: Mention) -> Mention:
    """Who sent a dispatch is no place: "AP" in "MANILA (AP) —"."""
    line = article.dateline
    if line is None or not line.span.holds(mention.span) or mention.span.of(article.text) not in load().agencies:
        return mention
    return changed(article, mention, mention.span, "organization")


def _town_whole(article: Article, mentions: list[Mention]) -> list[Mention]:
    """The town of a dateline is one name, where only words of it were found: "PORT" and "ELLERY" in "PORT ELLERY, May 4 -"."""
    line = article.dateline
    town = line.place.split(",")[0].strip() if line and line.place else ""
    if line is None or not _TOWN.fullmatch(town) or not article.text.startswith(town, line.span.start):
        return mentions
    span = Span(line.span.start, line.span.start + len(town))
    first, end = (bisect_left(mentions, edge, key=lambda m: m.span.start) for edge in (span.start, span.end))
    pieces = mentions[first:end]
    if not pieces or pieces[-1].span.end > span.end or pieces[0].span == span or codes_of(town):
        return mentions
    return [*mentions[:first], changed(article, pieces[0], span, "place"), *mentions[end:]]


def _printed(article: Article, mentions: Sequence[Mention]) -> list[Printed]:
    """The mentions that mean an entity. One without a letter or figure is no name; a country that acts is still a country."""
    found = []
    for number, m in enumerate(mentions):
        words = m.span.of(article.text)
        if m.kind in NAMED and (key := words_in(words)):
            kind = "country" if m.kind == "organization" and codes_of(words) else m.kind
            found.append(Printed(number, m.span, kind, words, key))
    return found


def _with_dateline(article: Article, printed: list[Printed]) -> list[Printed]:
    """Where an article is datelined is a place, if no table knows it for a country and the article names it nowhere else,
    and so is whoever is called the same.

    What stands in brackets there, or between slashes, is the agency, whatever it looks like, there and elsewhere.
    """
    if article.dateline is None:
        return printed
    text, line, counts = article.text, article.dateline.span, Counter(p.words for p in printed)

    def is_sender(p: Printed) -> bool:
        around = text[p.span.start - 1 : p.span.start] + text[p.span.end : p.span.end + 1]
        return line.holds(p.span) and around in ("()", "//")

    senders = {p.words for p in printed if is_sender(p)}

    town = words_in(article.dateline.place.split(",")[0]) if article.dateline.place else ()
    full = {word for p in printed if p.kind == "person" and len(p.words) > 1 for word in p.words}

    def seen(p: Printed) -> Printed:
        unknown = not codes_of(p.text) and p.text not in load().agencies
        if p.span.start == line.start and p.kind in _NO_TOWN and counts[p.words] == 1 and unknown:
            return replace(p, kind="place")
        if p.kind == "person" and p.words == town and full.isdisjoint(town) and not titles_before(text, p.span.start):
            return replace(p, kind="place")
        return replace(p, kind="organization") if p.words in senders and not codes_of(p.text) else p

    return [seen(p) for p in printed]


def _body_kind(group: Group) -> EntityKind:
    kind = Counter(p.kind for p in group.members).most_common(1)[0][0]
    return kind if kind in ("organization", "work") else "group"


def _valued(
    article: Article, mentions: Sequence[Mention], groups: Sequence[tuple[EntityKind, Group]]
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    linked = list(mentions)
    entities: dict[str, tuple[int, Entity]] = {}
    for kind, group in groups:
        members = sorted(group.members, key=lambda p: p.span)
        names = [m for m in members if group.methods.get(m.number) not in _NO_NAME] or members
        name = _name(kind, _usual(names) if kind == "country" else names)
        id_ = entity_id(article.id, kind, name)
        for one in members:
            method = _method(kind, one, name, group.methods.get(one.number))
            linked[one.number] = replace(linked[one.number], entity=id_, method=method)
        roles = roles_of(article, [one.span for one in members]) if kind == "person" else ()
        entity = Entity(
            id=id_,
            name=name,
            kind=kind,
            aliases=tuple(dict.fromkeys(one.text for one in members if one.text != name)),
            roles=roles,
            country=group.country or _country(kind, name, [role.span.of(article.text) for role in roles]),
        )
        entities[id_] = (members[0].span.start, entity)
    return tuple(linked), tuple(entity for _, entity in sorted(entities.values(), key=lambda pair: pair[0]))


def _usual(members: Sequence[Printed]) -> Sequence[Printed]:
    """A country's names but for the formal ones ("Republic of …") where it has a usual one, which is no acronym."""
    usual = [one for one in members if not _FORMAL.search(one.text)]
    return usual if any(any(c.islower() for c in one.text) for one in usual) else members


def _name(kind: EntityKind, members: Sequence[Printed]) -> str:
    """The fullest name printed: the most words, of these the commonest spelling, of these the first."""
    counts = Counter(one.text for one in members)
    spellings = Counter(one.words for one in members)

    def fullness(one: Printed) -> tuple[object, ...]:
        words = one.text.split()
        broken = "\n" in one.text or "  " in one.text
        plural = kind == "group" and one.text.endswith("s")
        # Initials are less than forenames.
        written = sum(len(word.strip(".")) > 1 for word in words)
        return (written, len(words), plural, spellings[one.words], not one.text.isupper(), not broken, counts[one.text])

    best = max(fullness(one) for one in members)
    return next(one.text for one in members if fullness(one) == best)


def _method(kind: EntityKind, one: Printed, name: str, special: LinkMethod | None) -> LinkMethod:
    words = words_in(name)
    if one.words == words or (kind == "person" and person_name(one.text) == person_name(name)):
        return "name"
    return special or "part"


def _country(kind: EntityKind, name: str, roles: Sequence[str]) -> str | None:
    """The country that a role ("Russian defence minister") or a name ("U.S. Senate", "Moscow") gives, if it is one."""
    if kind == "person":
        codes = [code for role in roles if (code := country_in(role))]
    elif kind == "place":
        codes = list(capital_codes(name))
    elif kind == "organization":
        codes = list(countries().offices.get(name, ()) or codes_of(name.split()[0]) or capital_codes(name))
    else:
        codes = []
    return codes[0] if len(set(codes)) == 1 else None
