"""What sort of thing a name is: one for the whole article, by the summed evidence of its mentions and of the words around them.

The model sees one place at a time; a name that it does not know from elsewhere it may take for a country here and for a person
there. A name that the tables know, and one that belongs to a person's full name, is left to the model's own votes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeAlias

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, matters, offices, one_of, people
from onrecord.extract.firms import FIRMS_LAST
from onrecord.extract.houses import (
    ASKED,
    ITS_SPOKESMAN,
    WORKS_AT,
    bodies_taken_for_persons,
    sign_of_a_body,
    sign_of_a_firm,
)
from onrecord.extract.lands import (
    NATIONAL,
    SHORTEST_STEM,
    codes_of,
    is_demonym,
    is_known_place,
    is_one_of_a_nation,
    name_in_land,
    name_of_demonym,
)
from onrecord.extract.linking import Printed
from onrecord.extract.names import person_name, titles_before
from onrecord.records import MentionKind, Span

SETTLED = 2 / 3
"""A name that the model took for several kinds of thing is of the kind that it took it for so often, if it did."""
LEAST_LEAD = 1.5
"""A name that no words around it tell of is settled by votes this much more than those of the next kind."""
SIGN = 1.0
"""What one place whose words tell is worth, beside the model's votes, each of a chance."""
BARE = 0.6
"""Worth of a vote for a person who is named by one word alone and never with title or forename, as newspapers do not."""
RULED = 0.3
"""Worth of that where the words around the name have an office of state as its own."""
ALWAYS = 2
"""Of a name printed so often, and each time where somebody is, comes from or goes, it is told that it is a place."""
_OPEN: frozenset[MentionKind] = frozenset(("country", "place", "person", "organization"))
_Votes: TypeAlias = defaultdict[MentionKind, float]
_NEAR = 48
_LONGEST_ACRONYM = 5

_STATE = (
    rf"(?:(?:prime|{one_of(matters())}) )?(?:{one_of(bodies('state') | offices('state') | people('state'))}|borders?|capital"
    r"|frontier|sovereignty|territory)"
)
_STATE_OF = re.compile(
    rf"\b(?:{_STATE} (?:of|to|with|from|for)|(?:government|authorities|regime|citizens|embassy|ambassador) in) (?:the )?$",
    re.IGNORECASE,
)
_STATES_OWN = re.compile(
    rf"['’]s? (?:(?!(?:as|against|and|for|from|in|of|on|to|with)\b)[a-z]+ ){{0,2}}"
    rf"(?:{_STATE}|coast(?:line)?|waters|airspace|shores|soil|aircraft|jets|forces)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r" (?:has |had |have |will |would )?(?:expel(?:s|led)?|recall(?:s|ed)?|clos(?:es|ed)|fr(?:eezes|oze)|grant(?:s|ed)"
    r"|sign(?:s|ed)|sen(?:ds|t)|voted?|accept(?:s|ed)|reject(?:s|ed)|accus(?:es|ed)|blam(?:es|ed)|den(?:ies|ied)|summon(?:s|ed)|bann(?:s|ed)|suspend(?:s|ed)"
    r"|lift(?:s|ed)|withdr(?:aws|ew)|ratif(?:ies|ied)|mobili[sz](?:es|ed)|annex(?:es|ed)|invad(?:es|ed)|abstain(?:s|ed)|vetoe[sd]"
    r"|impos(?:es|ed)|return(?:s|ed)|deploy(?:s|ed)|shell(?:s|ed)|bomb(?:s|ed)|recogni[sz](?:es|ed)|extradit(?:es|ed)|affirms?|demand(?:s|ed))\b"
)
_ADJECTIVE = re.compile(rf" (?:[a-z]+ )?(?:{_STATE}|{NATIONAL}|counterpart|grain|people|soil|waters)\b")
_NATIONAL = re.compile(r".{3,}(?:an|ish|ese)")
_NATIONAL_I = re.compile(r".{3,}[nrtlsqd]i(?:s)?")
_ARMED = re.compile(
    r" (?:(?:foreign|health|defen[cs]e|interior|information|finance) ministry|(?:foreign|defen[cs]e|interior) minister|army"
    r"|military|forces|air ?strikes?|air force|troops|soldiers|warplanes|tanks|delegation|embassy|ambassador)\b"
)
"""What a country's people are said to have; a politician of a name in "-i" has a government."""
_ITS = re.compile(r" (?:(?:has|had|have|will|would|was|is) )?[a-z]+ (?:[a-z]+ ){0,2}its\b")
_STATE_APPOSED = re.compile(
    r", (?:a|an|the) (?:[\w-]+ ){0,2}(?:state|country|nation|kingdom|republic|sultanate|emirate|monarchy)\b(?!['’])"
)
_TOWN_IN = re.compile(r"\b(?:town|city|village|port|resort|spa|province|region) in $")
_HOUSE = re.compile(
    r"\b(?:correspondent|spokes(?:man|woman|person)|editor|chief executive|shares|employees|founder|subsidiary|reporter)s?"
    r" (?:of|for|at|in) (?:the )?$"
)
_AIMED_AT = re.compile(
    r"\b(?:aim|aimed|anger|angry|dig|directed|furious|hits? out|hitting out|jibe|lash(?:ed|es)? out|lashing out|laughed"
    r"|shout(?:ed|s|ing)|swipes?|yelled) at $"
)
"""What is said of somebody who is blamed, not of where something is."""
_SORT_BEFORE = re.compile(rf"\b(?:{one_of(bodies('beside'))}|developer|group) $")
_SITE = re.compile(
    r"\b(?:town|city|village|port|station|post|camp|hospital|district|province|region|valley|island|bridge|airport|crossing|harbou?r"
    r"|outskirts|suburb|square|streets?|mayor|residents|road) (?:of|at|near|to) (?:the )?$"
    r"|\b(?:collector|commissioner|magistrate|police|superintendent) \($"
    r"|\b(?:at|near|outside) $",
    re.IGNORECASE,
)
_SITES_OWN = re.compile(
    r"(?:['’]s?)? (?:[a-z]+ )?(?:side|mayor|outskirts|harbou?r|airport|hospital|station|road|bank|bridge|district)\b"
    r"|, (?:a|the) (?:[a-z]+ )?(?:town|city|village|port|district|suburb)\b"
)
_TEAM = re.compile(rf"['’]?s? (?:[a-z]+ )?(?:{one_of(people('team'))}|shares|stock)\b")
_SEAT = re.compile(rf" (?:{one_of(offices('place', 'seat'))}|residents?|farmers?)\b")
_SOMEWHERE = re.compile(r"\b(?:in|into|across|through|throughout|inside|around) $", re.IGNORECASE)
_LOCAL = re.compile(
    r"\b(?:at|near|off|outside|into|reached|towards) $|\b[Tt]he $|\b(?:Point|Cape|Port|Mount|Lake) $"
    r"|\b(?:port|town|city|village|hospital|station|side|bank|valley|depot|harbou?r|camp|suburb) (?:of|in|at|near) (?:the )?$"
)
"""What stands before a place, a river or a ship, hardly before a country."""
_PEOPLE = re.compile(
    r" (?!(?:and|or|on|in|at|for|by|to|from|was|were|is|are|has|had|have|said|after|before|since|until|as)\b)[a-z]"
)
"""A word after what may be the adjective of a country."""
_CALLING = re.compile(rf" (?:[a-z-]+ )?(?:{one_of(people('home') | offices('seat'))}) ")
"""What somebody of a town is called; aides and spokesmen are those of a person."""
_POSTED = re.compile(r"\([A-Z][\w’'-]*\) [A-Z]")
"""A place in brackets in the middle of what somebody is called: "Superintendent of Police (Cork) Ola Brandt"."""
_IN = re.compile(r"\b(?:in|into|at|near|off|outside|to|from|between|reached|left) $", re.IGNORECASE)
_CAPITAL = re.compile(r"\bcapital(?: city)?(?:,| of) $")
_CRAFT = re.compile(
    rf"\b(?:(?i:{one_of(bodies('craft'))}) (?:[A-Z]{{2,4}} )?|(?:BRP|HMAS|HMCS|HMNZS|HMS|INS|KRI|MT|MV|SS|USNS|USS) )[\"“‘']?$"
)
_WATER = re.compile(r"\b(?:rig|river|lake) $", re.IGNORECASE)
_ENDS_BODY = re.compile(rf" (?:{one_of(bodies('name'), capital=True)})$")
_LETTERS = re.compile(r"[A-Z]{3,6}")
_AGED = re.compile(r", \d{1,3}\b ?,")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?) (?:[a-z0-9-]+ )?$")


@dataclass(slots=True)
class _NameSigns:
    """What an article says of one name: votes by kind, and those of the signs around it."""

    votes: _Votes = field(default_factory=lambda: defaultdict(float))
    signs: _Votes = field(default_factory=lambda: defaultdict(float))
    demonym: bool = False
    somewhere: bool = False
    state: bool = False
    office: bool = False
    firm: bool = False
    asked: bool = False
    titled: bool = False
    bare: bool = False
    local: bool = False
    inside: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class _Persons:
    """The words of the names of an article's persons.

    `bearers`: how many mentions end in each; `full`: those of names of several words, `surnames`: that end these, `initials`:
    their letters; `tails`: what follows the first word of three or more.
    """

    bearers: Counter[str]
    full: frozenset[str]
    surnames: frozenset[str]
    initials: frozenset[str]
    tails: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, printed: Sequence[Printed]) -> _Persons:
        names = [person_name(one.text).words for one in printed if one.kind == "person"]
        whole = {words for words in names if len(words) > 1}
        return cls(
            Counter(words[-1] for words in names),
            frozenset(word for words in whole for word in words),
            frozenset(words[-1] for words in whole),
            frozenset("".join(w[0] for w in words) for words in whole),
            frozenset(words[1:] for words in whole if len(words) > 2),
        )


def settled(text: str, printed: Sequence[Printed], chances: Sequence[float]) -> list[Printed]:
    """The mentions, each of the kind that its name is of throughout. `chances`: of each, as the model gave them."""
    persons = _Persons.of(printed)
    family = _families(printed, persons.full)
    firms = {
        p.words[:1] for p in printed if p.kind == "organization" and len(p.words) > 1 and p.words[-1] in FIRMS_LAST
    }
    known: dict[tuple[str, ...], _NameSigns] = defaultdict(_NameSigns)
    counts: dict[tuple[str, ...], Counter[MentionKind]] = defaultdict(Counter)
    for one, chance in zip(printed, chances, strict=True):
        counts[one.words][one.kind] += 1
        own = known[family.get(one.words, one.words)]
        own.votes[one.kind] += chance
        own.demonym |= one.words in family
        if one.words[0] not in persons.full and _is_open(one):
            _signs(text, one, own)
        own.firm |= one.kind == "organization" and one.words in firms
        own.bare |= not _ARTICLE.search(text, max(0, one.span.start - _NEAR), one.span.start)
        own.titled |= one.kind == "person" and bool(titles_before(text, one.span.start))
        if one.kind in ("country", "place", "person") and not own.somewhere:
            if one.kind == "person":
                own.somewhere = len(one.words) == 1 and _is_attribute(text, one, printed)
                own.somewhere |= _POSTED.match(text, max(0, one.span.start - 1)) is not None
            elif one.words[-1] in persons.surnames:
                own.somewhere = _is_somewhere(text, one.span)
    for one, other in _coordinated(text, printed):
        known[family.get(one.words, one.words)].signs[other.kind] += SIGN
    kinds: dict[tuple[str, ...], MentionKind | None] = {**bodies_taken_for_persons(text, printed, persons.full)}
    out = []
    for one in printed:
        if one.words not in kinds:
            name = family.get(one.words, one.words)
            kinds[one.words] = _kind(one, counts[one.words], known[name], persons)
        kind = kinds[one.words]
        out.append(one if kind is None else replace(one, kind=kind))
    return out


def _coordinated(text: str, printed: Sequence[Printed]) -> Iterator[tuple[Printed, Printed]]:
    """Names of no known kind, each with the country beside it that "and" joins it to: like is joined to like."""
    for a, b in zip(printed, printed[1:], strict=False):
        if text[a.span.end : b.span.start] == " and ":
            for one, other in ((a, b), (b, a)):
                if other.kind == "country" and one.kind in ("person", "organization") and _is_open(one):
                    yield one, other


def _kind(one: Printed, counts: Mapping[MentionKind, int], known: _NameSigns, persons: _Persons) -> MentionKind | None:
    """The one kind of a name, None where each of its places keeps its own."""
    if known.demonym:
        return "country"
    if len(one.words) == 2 and len(one.words[0]) == 1 and one.words[1] in persons.surnames:
        return "person"
    kind = max(counts, key=lambda k: counts[k])
    if kind in ("person", "country", "place") and " ".join(one.words) in name_words().bodies and not known.titled:
        return "organization"
    if kind in _OPEN and "organization" in counts and len(one.words) > 1 and _ENDS_BODY.search(one.text):
        return "organization"
    if kind in ("place", "organization", "country") and one.words in persons.tails and not is_known_place(one.text):
        return "person"
    total, word = sum(counts.values()), one.words[-1]
    in_full = word in persons.full
    if "person" in counts and not known.bare and not in_full and (nation := _of_a_nation(one)) is not None:
        return nation
    if kind in ("person", "country") and not in_full and (told := _by_tables(one, kind, known)) is not None:
        return told
    if kind == "person" and _LETTERS.fullmatch(one.text) and not in_full and word not in persons.initials:
        return "organization"
    if not in_full and _is_open(one):
        return _weighed(known)
    if known.somewhere and "place" in counts and not in_full and is_known_place(one.text):
        return "place"
    if kind in ("country", "place") and len(one.words) == 1 and word in persons.surnames and not known.somewhere:
        return None if is_known_place(one.text) else "person"
    if counts[kind] >= SETTLED * total:
        return kind
    if len(one.words) == 1 and word in persons.surnames and persons.bearers[word] >= total - counts.get("person", 0):
        return "person"
    if any(w in persons.full for w in one.words):
        return None
    best, *others = sorted(known.votes, key=lambda kind: (-known.votes[kind], kind))
    return best if not others or known.votes[best] >= LEAST_LEAD * known.votes[others[0]] else None


def _by_tables(one: Printed, kind: MentionKind, known: _NameSigns) -> MentionKind | None:
    """What a name that the tables know is, where it was taken for something that it is not."""
    codes, forenames = codes_of(one.text), name_words().his_names | name_words().her_names
    if kind == "country":
        return "place" if not codes and not known.state and is_known_place(one.text) else None
    if known.titled or one.text.casefold() in forenames or not one.text.istitle():
        return None
    if codes and not is_demonym(one.text):
        return "country"
    return "place" if known.somewhere and is_known_place(one.text) else None


def _of_a_nation(one: Printed) -> MentionKind | None:
    """What a word is that always has an article, and calls somebody by where he is from: "the Irishman", "the Scot"."""
    if not is_one_of_a_nation(one.text):
        return None
    return "country" if codes_of(one.text) else "group"


def _weighed(known: _NameSigns) -> MentionKind:
    """By votes and signs together. Who is never called by more than one word is hardly a person.

    A land that no table knows, that has no people or office of its own and does nothing, is a place.
    """
    weights = dict(known.votes)
    always = known.seen >= ALWAYS and known.inside == known.seen
    if (known.local or always) and not known.state:
        weights["place"] = weights.get("place", 0.0) + weights.pop("country", 0.0)
    firm = known.firm and not known.office
    if firm:
        weights["organization"] = sum(weights.pop(kind, 0.0) for kind in _OPEN)
    if known.asked and not known.office:
        lands = weights.pop("country", 0.0) + weights.pop("place", 0.0)
        weights["organization"] = weights.get("organization", 0.0) + lands
    if "person" in weights and not known.signs["person"]:
        person = weights.pop("person")
        weights = {kind: votes for kind, votes in weights.items() if kind in _OPEN or votes > person}
        weights["person"] = (RULED if known.office else BARE) * person
    for kind, signs in known.signs.items():
        kind = "organization" if firm and kind in ("country", "place") else kind  # a firm too denies, and is in a town
        weights[kind] = weights.get(kind, 0.0) + signs
    return max(weights, key=lambda kind: (weights[kind], kind))


def _is_open(one: Printed) -> bool:
    """Whether the words around a name may tell what it is: a single word, no acronym, and none that the tables know."""
    if len(one.words) > 1 or one.kind not in _OPEN or (one.text.isupper() and len(one.text) <= _LONGEST_ACRONYM):
        return False
    return one.words[0] not in _no_lands() and not is_known_place(one.text)


def _signs(text: str, one: Printed, known: _NameSigns) -> None:
    """What the words beside one place tell of the sort of thing named there."""
    signs = known.signs
    before, after = text[max(0, one.span.start - _NEAR) : one.span.start], text[one.span.end : one.span.end + _NEAR]
    office = _STATE_OF.search(before) or _STATES_OWN.match(after) or _STATE_APPOSED.match(after)
    known.office |= office is not None
    known.firm |= sign_of_a_firm(before, after)
    opens, closes = ITS_SPOKESMAN
    known.asked |= bool(ASKED.match(after) or (opens.search(before) and closes.match(after)))
    if (
        office
        or _ACTS.match(after)
        or _TOWN_IN.search(before)
        or (_NATIONAL.fullmatch(one.text) and _ADJECTIVE.match(after))
        or (_NATIONAL_I.fullmatch(one.text) and _ARMED.match(after))
    ):
        signs["country"] += SIGN
        known.state = True
    if not _PEOPLE.match(after) and not _NATIONAL.fullmatch(one.text.removesuffix("s")):
        at = _AIMED_AT.search(before) or WORKS_AT.search(before)
        known.local |= at is None and any(sign.search(before) for sign in (_LOCAL, _CRAFT, _WATER))
    known.seen += 1
    known.inside += _IN.search(before) is not None
    at_site = _SITE.search(before) and not (_AIMED_AT.search(before) or WORKS_AT.search(before))
    if at_site or _SITES_OWN.match(after) or _CAPITAL.search(before):
        signs["place"] += SIGN
    elif _SOMEWHERE.search(before):
        signs["place"] += SIGN / 2
        signs["country"] += SIGN / 2
    if _ITS.match(after):
        signs["country"] += SIGN / 2
        signs["organization"] += SIGN / 2
    if _SEAT.match(after) and one.kind in ("person", "place", "country"):
        signs["place"] += SIGN
    if _HOUSE.search(before) or _TEAM.match(after) or _SORT_BEFORE.search(before) or sign_of_a_body(before, after):
        signs["organization"] += SIGN
    if _CRAFT.search(before):
        signs["organization"] += 2 * SIGN  # a ship acts like a body; no person or place follows the word for one
    if titles_before(text, one.span.start) or _AGED.match(after):
        signs["person"] += SIGN


def _is_somewhere(text: str, span: Span) -> bool:
    """Whether the words beside a name say that it is a land or place, and not somebody of that surname."""
    before, after = text[max(0, span.start - _NEAR) : span.start], text[span.end : span.end + _NEAR]
    told = (_STATE_OF, _TOWN_IN, _SITE, _SOMEWHERE)
    return any(sign.search(before) for sign in told) or bool(_STATES_OWN.match(after) or _SITES_OWN.match(after))


def _is_attribute(text: str, one: Printed, printed: Sequence[Printed]) -> bool:
    """Whether a name tells where somebody is of: "Cork hurler Ola Brandt"."""
    found = _CALLING.match(text, one.span.end)
    if found is None:
        return False
    at = bisect_left(printed, found.end(), key=lambda p: p.span.start)
    if at == len(printed) or printed[at].span.start != found.end():
        return False
    return printed[at].kind == "person" and " " in printed[at].text


def _families(printed: Sequence[Printed], full: Set[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Names of countries that no table knows, and their demonyms, each with the name: "Talvora", "Talvoran", "Talvorans".

    Told by their form alone: whatever the model took either for. A place of the gazetteer has demonyms too ("Parisian").
    """
    stems: dict[str, set[str]] = {}
    lands = {one.words for one in printed if one.kind in ("country", "place")}
    for one in printed:
        word = one.words[0]
        if len(one.words) > 1 or len(word) < SHORTEST_STEM or word in full or not one.text[0].isupper():
            continue
        if one.kind in _OPEN | {"group"} and word not in _no_lands() and not is_known_place(one.text):
            stems.setdefault(word[:SHORTEST_STEM], set()).add(word)
    out: dict[tuple[str, ...], tuple[str, ...]] = {}
    singles = {word for words in stems.values() for word in words}
    for word in sorted(singles):
        if (land := name_in_land(word, singles)) is not None:
            out[(word,)] = out[(land,)] = (land,)
    for words in stems.values():
        known = sorted(words)
        for word in known:
            name = name_of_demonym(word, known)
            if name is not None and ((word,) in lands or (name,) in lands):
                out[(word,)] = out[(name,)] = (name,)
    return out


@cache
def _no_lands() -> frozenset[str]:
    table = name_words()
    return table.heads | table.wholes | table.sorts | table.titles | table.kept_titles
