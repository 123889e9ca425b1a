"""Who may act in an article: its entities, by all they are called; capitals and ships as their countries; unnamed bodies."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.codebook.nouns import bodies, matters, offices, one_of, people
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.peoples import folks, land_of, listed_with_lands, printed_again, single_names
from onrecord.records import Article, Entity, Mention, Span

_OWNS = re.compile(r"['’](?:s\b|(?=\s))")
_IN_MARKS = frozenset({"//", "()"})
_THING = re.compile(
    r"(?:[A-Z]\w+ )?(?:[Ss]hells?|[Mm]issiles?|[Rr]ockets?|[Bb]ombs?|[Dd]rones?|[Mm]ines?|[Mm]ortars?|[Bb]ullets?|[Ff]ires?"
    r"|[Ff]loods?|[Ee]arthquakes?|[Ss]torms?|[Hh]eat ?wave)|(?:Tropical Storm|Storm|Hurricane|Cyclone|Typhoon) [A-Z]\w+"
)
_STORM = re.compile(r"\b(?:Storm|Hurricane|Cyclone|Typhoon) $")
"""What is no party though it may be taken for a name: weapons and natural causes ("Shells struck", "Hurricane Ada")."""
_SUM = re.compile(
    r"(?:[A-Z]{1,3}\$|[$£€¥₦₹₱₩₽₺]|(?:K|U|T)?[Ss]h\.?|Rs\.?|RM|[NRPK]|[A-Z]{3}) ?\d[\d,.]*(?: ?(?:k|m|bn|tn|million"
    r"|billion|lakh|crore))?"
)
"""A sum of money with the sign of a currency before it ("Sh2", "Rs 50,000"): nobody."""


def _either_case(words: Iterable[str]) -> str:
    """A pattern for any of the words, with a capital or not."""
    return one_of(form for word in words for form in (word, word[0].upper() + word[1:]))


_BODY = re.compile(
    r"\b(?P<the>[Tt]he )?(?:(?P<of>[A-Z]\w+(?:an|ish|ese|[nl]i|'s|’s) )(?:(?:state|riot|federal|national|military|border) )?)?"
    rf"(?P<noun>{_either_case(bodies('acts') | people('acts'))})\b"
    r"(?! (?:station|officer|chief|director|convoy|minister|spokes|commissioner|headquarters|plan|car|cars|said (?:he|she|it))\b)"
    rf"(?! (?:[A-Z]\w+ ){{0,3}}(?:Minister|Secretary|Chief|Commissioner|Officer|Judge|Justice|Spokes\w+|Station"
    rf"|Department|Ministry)\b)"
)
"""Bodies that act in the news without a name, and the country that they are said to be of."""


@dataclass(frozen=True, slots=True)
class PartyPlace:
    """A place of a party. `owns`: it is followed by "'s"; `within`: it names a town or ship of the party, a country."""

    span: Span
    party: str
    owns: bool
    within: bool = False


@dataclass(frozen=True, slots=True)
class Player:
    """One who may act: an entity, or a body without a name ("police"), known by its `noun`, and by the party of its `land`."""

    name: str
    kind: str
    entity: str | None
    noun: str | None = None
    land: str | None = None


def players_of(
    article: Article, mentions: Sequence[Mention], entities: Mapping[str, Entity], metonyms: Mapping[str, str]
) -> tuple[list[PartyPlace], dict[str, Player]]:
    """All places of all parties in text order, and the parties by key.

    Works act for nobody, news agencies only report, and a dateline's place is where that is done.
    """
    named: list[PartyPlace] = []
    players: dict[str, Player] = {}
    taken: list[Span] = []
    lands = lands_of(article.text, mentions, entities)
    things = {m.entity for m in mentions if _is_thing(article.text, m.span)}
    line = article.dateline.span if article.dateline else None
    more = listed_with_lands(article.text, mentions, entities)
    for m in mentions:
        if m.entity is None or m.entity in things or entities[m.entity].kind == "work" or (line and line.holds(m.span)):
            continue
        if article.text[max(0, m.span.start - 1) : m.span.start] + article.text[
            m.span.end : m.span.end + 1
        ] in _IN_MARKS or _SUM.fullmatch(m.span.of(article.text)):
            continue
        own = entities[lands.get(m.entity) or metonyms.get(m.entity, m.entity)]
        named.append(PartyPlace(m.span, own.id, _OWNS.match(article.text, m.span.end) is not None, m.entity in lands))
        players[own.id] = Player(own.name, "country" if own.id in more else own.kind, own.id)
        taken.append(m.span)
    _add_lands(article.text, [m.span for m in mentions if m.entity is not None], entities, named, players)
    taken = [n.span for n in named]
    bodies = _bodies(article.text, taken, named, players)
    before = {n.span.start - 1 for n in bodies if players[n.party].kind == "body"}
    # "Norvian police" are one party, not two.
    named = [n for n in named if players[n.party].kind != "country" or n.span.end not in before] + bodies
    named += _offices(article.text, entities, named)
    named += _members(article, sorted(named, key=lambda n: n.span), players)
    named += _seated(article.text, sorted(named, key=lambda n: n.span), players)
    return sorted(named, key=lambda n: n.span), players


def _add_lands(
    text: str,
    found: Sequence[Span],
    entities: Mapping[str, Entity],
    named: list[PartyPlace],
    players: dict[str, Player],
) -> None:
    """Add the places of lands where no name was found, and make one land of a name and the word for its people."""
    singles = {name: id_ for name, id_ in single_names(entities).items() if id_ in players}
    peoples = folks(text, found)
    for span in peoples:
        word = span.of(text)
        land = land_of(word, singles)
        key = land if land is not None else f"people {word}"
        players[key] = replace(players[key], kind="country") if land is not None else Player(word, "country", None)
        named.append(PartyPlace(span, key, False))
    spans = sorted([*found, *peoples])
    for key, player in [(k, p) for k, p in players.items() if p.kind == "country" and p.entity is not None]:
        for name in dict.fromkeys((player.name, *entities[key].aliases)):
            more = [
                PartyPlace(span, key, _OWNS.match(text, span.end) is not None)
                for span in printed_again(text, name, spans)
            ]
            named.extend(more)
            spans = sorted([*spans, *(n.span for n in more)]) if more else spans
    named.sort(key=lambda n: n.span)


def _is_thing(text: str, span: Span) -> bool:
    return bool(_THING.fullmatch(span.of(text)) or _STORM.search(text, max(0, span.start - 12), span.start))


_AT = re.compile(
    rf"(?:['’]s)? (?:(?!(?:{one_of(verb_forms().past)}|in|at|on|to|has|have|is|are)\b)(?![a-z-]+(?:ed|ing) )"
    r"[a-z-]+ ){1,4}(?:at|in|near|of) (?:the )?"
)
"""From a country to a place of it, with no verb between."""
_UNIT = re.compile(rf"(?:['’]s)? (?:[a-z-]+ ){{0,2}}(?:{one_of(bodies('craft', 'unit'))}) [\"“‘']?")
_COMMA = re.compile(r", ")
_ASIDE = re.compile(r"[,.()]|\s+[-–—(]|$")


def lands_of(text: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> dict[str, str]:
    """Places, ships and units that an article ties to one country.

    "The Velmarkish frigate Gull", "the Velmarkish customs post at Harrow", "HARROW, Velmark".
    """
    tied: dict[str, set[str]] = {}
    for first, second in zip(mentions, mentions[1:], strict=False):
        if first.entity is None or second.entity is None:
            continue
        kinds, between = (
            (entities[first.entity].kind, entities[second.entity].kind),
            text[first.span.end : second.span.start],
        )
        unit = kinds[0] == "country" and kinds[1] not in ("country", "person") and _UNIT.fullmatch(between)
        if unit or (kinds == ("country", "place") and _AT.fullmatch(between)):
            tied.setdefault(second.entity, set()).add(first.entity)
        elif kinds == ("place", "country") and _COMMA.fullmatch(between) and _ASIDE.match(text, second.span.end):
            tied.setdefault(first.entity, set()).add(second.entity)
    known = {place: next(iter(lands)) for place, lands in tied.items() if len(lands) == 1}
    return {**_lands_of_craft(text, mentions, entities), **known}


_CRAFT = rf"(?P<sort>{one_of(bodies('craft'))})"
_CRAFTS_NAME = re.compile(rf"{_CRAFT},? [\"“‘']?$")
_LANDS_CRAFT = re.compile(rf"(?:['’]s?)? (?:[a-z-]+ )??{_CRAFT}\b")


def _lands_of_craft(text: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> dict[str, str]:
    """Ships and their countries, where an article speaks of the ships of a sort of one country alone.

    "A Norvian patrol boat sank. The patrol boat Heron …": the Heron is Norvia's.
    """
    owners: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    for m in mentions:
        if m.entity is None:
            continue
        kind = entities[m.entity].kind
        if kind == "country" and (found := _LANDS_CRAFT.match(text, m.span.end)):
            owners.setdefault(found["sort"], set()).add(m.entity)
        elif kind != "person" and (found := _CRAFTS_NAME.search(text, max(0, m.span.start - 24), m.span.start)):
            names.setdefault(m.entity, set()).add(found["sort"])
    lands = {ship: {land for sort in sorts for land in owners.get(sort, ())} for ship, sorts in names.items()}
    return {ship: next(iter(some)) for ship, some in lands.items() if len(some) == 1}


_MEMBERS = re.compile(
    r"(?:(?<=[.”\"] )|(?<=\n)|\b[Tt]he |\b[Ii]ts )(?P<noun>[Mm]embers|[Dd]elegates|[Mm]ember states)\b(?! (?:of|that|who)\b)"
    r"(?=,? [a-z])"
)
_ASSEMBLY = re.compile(rf"\b(?:{one_of(bodies('members'))})\b", re.IGNORECASE)
_HOUSE = re.compile(rf"\b(?:{one_of(bodies('house'))})\b", re.IGNORECASE)
_HOUSES = dict.fromkeys(offices("house"), _HOUSE) | {
    "senators": re.compile(r"\bsenate\b", re.IGNORECASE),
    "commissioners": re.compile(r"\bcommission\b", re.IGNORECASE),
    "councillors": re.compile(r"\bcouncil\b", re.IGNORECASE),
}
"""Who sits in which bodies."""
_SEATED = re.compile(
    rf"(?:(?<=[.”\"] )|(?<=\n)|\b[Tt]he |, |\b(?:and|that|as|when|after|by) )(?P<noun>{_either_case(_HOUSES)})\b"
    r"(?! (?:of|from|who)\b)(?=,? [a-z])"
)
NEAR = 6
"""Sentences in which the body was named whose members vote."""
_THE = re.compile(r"\b[Tt]he $")
_FORCES = bodies("force") | people("force")
_MEN = _FORCES | {"rebels", "gunmen", "officers"}
_OF_WHOM = re.compile(r" (?:of|from|loyal to) (?:the )?")
"""Between men and whose they are, who then act themselves: "rebels of the Upland Front"."""
_POLICE = re.compile(r"\bpolice\b"), re.compile(r"\bPolice\b")
_ARMED = re.compile(
    r"\b(?:army|naval|navy|military|customs|prison|immigration|loan|intelligence|court|election) $", re.IGNORECASE
)
"""Before "officers", who else are the police of an article that names such."""
FIRMS = frozenset({"company", "movement"})


def _called(
    text: str, span: Span, noun: str, bodies: Sequence[PartyPlace], words: Mapping[str, set[str]]
) -> str | None:
    """The organisation that "the commission" means: the only one so called, or the last one named where the noun is "company".

    `bodies`: the places of organisations, in text order; `words`: which of them have a word in their name.
    """
    if not _THE.search(text, max(0, span.start - 4), span.start):
        return None
    fit = words.get(noun, ())
    if len(fit) == 1:
        return next(iter(fit))
    last = bisect_left(bodies, span.start, key=lambda n: n.span.start) if noun in FIRMS else 0
    return next((n.party for n in bodies[last - 1 :: -1] if n.span.end < span.start), None) if last else None


_MATTERS = matters() | {"prime", "chief"}
_OFFICE = re.compile(
    r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) "
    rf"(?i:(?P<of>(?:prime|chief|{one_of(matters())}) )?(?P<noun>{one_of(offices('alone'))}))\b"
    r"(?!,? [A-Z])"
)


_WHOSE = re.compile(r"^.*['’]s (?=.)| (?:of|for|to) .*$", re.DOTALL)
"""Of a role whose it is: "the president's spokesman", "spokesman for the president"."""


def _offices(text: str, entities: Mapping[str, Entity], named: Sequence[PartyPlace]) -> list[PartyPlace]:
    """Places where a person is called by office alone: the last before it who has that office, or the only one who has."""
    holders: dict[str, list[PartyPlace]] = {}
    for n in named:
        for role in entities[n.party].roles if n.party in entities else ():
            words = {w.strip(",.").lower() for w in _WHOSE.sub("", role.span.of(text)).split()}
            for word in {*words, *(f"{of} {word}" for of in words & _MATTERS for word in words)}:
                holders.setdefault(word, []).append(n)
    out = []
    for m in _OFFICE.finditer(text):
        some = holders.get(f"{m['of'] or ''}{m['noun'].split()[-1]}".lower(), [])
        before = bisect_right(some, m.start(), key=lambda n: n.span.end)
        if before or len({n.party for n in some}) == 1:
            party = some[max(before - 1, 0)].party
            out.append(PartyPlace(Span(m.start(), m.end()), party, _OWNS.match(text, m.end()) is not None))
    return out


def _bodies(
    text: str, taken: Sequence[Span], named: Sequence[PartyPlace], players: dict[str, Player]
) -> list[PartyPlace]:
    """Bodies without a name. They are one by their noun throughout an article, called by the longest words."""
    starts = [t.start for t in taken]
    out, police = [], next(filter(None, (word.search(text) for word in _POLICE)), None)
    bodies = [n for n in named if players[n.party].kind in ("organization", "group")]
    several = sum(p.kind == "country" for p in players.values()) > 1
    words: dict[str, set[str]] = {}
    for party in {n.party for n in bodies}:
        for word in players[party].name.lower().split():
            words.setdefault(word, set()).add(party)
    for m in _BODY.finditer(text):
        span = Span(*m.span("noun"))
        at = bisect_right(starts, span.start) - 1
        if at >= 0 and taken[at].end > span.start:
            continue
        noun = m["noun"].lower()
        if noun in _MEN and (of := _OF_WHOM.match(text, span.end)) and _is_body_at(of.end(), taken, named, players):
            continue
        owns = _OWNS.match(text, span.end) is not None
        beside = at >= 0 and taken[at].end + 1 == span.start and players[named[at].party].kind == "country"
        if noun in _FORCES and (m["of"] or beside):
            continue
        if noun == "officers" and police and not (m["of"] or beside) and _are_police(text, span):
            key = "noun police"
            players.setdefault(key, Player(police[0], "body", None, "police"))
            out.append(PartyPlace(span, key, owns))
            continue
        known = None if m["of"] else _called(text, span, noun, bodies, words)
        if known is not None:
            out.append(PartyPlace(span, known, owns))
            continue
        key, called = f"noun {noun}", m[0] if m["of"] else (m["the"] or "") + m["noun"]
        if several and (m["of"] or beside):
            key += " of a land"  # "Norvian police" abroad are not whoever "police" are here
        elif several and m["the"] and f"{key} of a land" in players:
            key += " of a land"
        land = named[at].party if beside else None
        if beside and not m["of"]:
            called = text[taken[at].start : span.end]
        if key not in players or len(called) > len(players[key].name):
            players[key] = Player(called, "body", None, noun, land)
        out.append(PartyPlace(span, key, owns))
    return out


def _is_body_at(at: int, taken: Sequence[Span], named: Sequence[PartyPlace], players: Mapping[str, Player]) -> bool:
    """Whether a country or an organisation is named at a place."""
    k = bisect_right(taken, at, key=lambda t: t.start) - 1
    return k >= 0 and taken[k].start == at and players[named[k].party].kind in ("country", "organization", "group")


def _are_police(text: str, span: Span) -> bool:
    """Whether "officers" are the police: none of an army, and of no body that is named after them."""
    return not (text.startswith(" of ", span.end) or _ARMED.search(text, max(0, span.start - 16), span.start))


def _members(article: Article, named: Sequence[PartyPlace], players: Mapping[str, Player]) -> list[PartyPlace]:
    """Places where the members of a body are called so alone: of the one that was named last."""
    out = []
    for m in _MEMBERS.finditer(article.text):
        here = max(0, bisect_right(article.sentences, m.start(), key=lambda s: s.start) - 1)
        first = article.sentences[max(0, here - NEAR)].start if article.sentences else 0
        body = body_before(article.text, first, m.start(), named, players)
        if body is not None:
            out.append(PartyPlace(Span(*m.span("noun")), body, False))
    return out


def _seated(text: str, named: Sequence[PartyPlace], players: Mapping[str, Player]) -> list[PartyPlace]:
    """Places where those who sit in a body are called so alone: "lawmakers" are the one parliament that was named before."""
    out = []
    ended: dict[re.Pattern[str], dict[str, int]] = {}
    for m in _SEATED.finditer(text):
        house = _HOUSES[m["noun"].lower()]
        if house not in ended:
            fit = [n for n in named if _is_assembly(text, n, players) and house.search(n.span.of(text))]
            ended[house] = {n.party: n.span.end for n in sorted(fit, key=lambda n: -n.span.end)}
        before = [party for party, end in ended[house].items() if end < m.start()]
        if len(before) == 1:
            out.append(PartyPlace(Span(*m.span("noun")), before[0], False))
    return out


def body_before(
    text: str, start: int, end: int, named: Sequence[PartyPlace], players: Mapping[str, Player]
) -> str | None:
    """The body of members that is named last within some words."""
    lo, hi = (bisect_left(named, edge, key=lambda n: n.span.start) for edge in (start, end))
    near = reversed(named[lo:hi])
    return next((n.party for n in near if n.span.end <= end and _is_assembly(text, n, players)), None)


def _is_assembly(text: str, one: PartyPlace, players: Mapping[str, Player]) -> bool:
    return players[one.party].kind in ("organization", "body") and _ASSEMBLY.search(one.span.of(text)) is not None
