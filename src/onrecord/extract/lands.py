"""Which mentions of countries and places mean the same one, and which capital stands for which government."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from onrecord.codebook.countries import countries
from onrecord.codebook.gazetteer import gazetteer, place_key
from onrecord.codebook.nouns import bodies, offices, one_of, people
from onrecord.extract.linking import Group, Owners, Printed
from onrecord.extract.names import fold
from onrecord.records import Article, Entity, Mention

# A demonym of a country that no table knows shares so many first letters with its name ("Velmark", "Velmarkers").
SHORTEST_STEM = 5
_ENDING = re.compile(r"(?:i?ans?|ish|ese|is?|ers?)")
_LONGEST_ENDINGS = 3  # letters of the name that the demonym gives up ("Calderre", "Calderran")
# Of a shorter name the demonym must say of something what country it is of.
SHORT_STEM = 3
_SHORT_ENDING = re.compile(r"(?P<stem>\w+?)(?:i?ans?|ish|ese|is?|ers?)")
_VOWELS = "aeio"
NATIONAL = one_of(bodies("national") | offices("national") | people("national"))
"""What words for a people stand before."""
_OF_A_COUNTRY = re.compile(
    rf" (?:[\w-]+ ){{0,2}}?(?:{NATIONAL}|border|capital|constitution|economy|people|soil|territory|waters)\b",
    re.IGNORECASE,
)

OF_A_STATE = re.compile(
    r"(?:['’]s?)? (?:Republican |Democratic )?(?:Lieutenant |Lt\. )?(?:Governor|Gov\.|Senator|Sen\.|Secretary of State)",
    re.IGNORECASE,
)
"""Of a state of a federation, not of a country that bears its name: "Georgia Governor"."""

_CAPITAL = re.compile(r"\bcapital\b(?! (?:punishment|gains?|markets?|investment|controls?|crimes?|letters?|murder)\b)")
_IN_TONGUE = re.compile(
    r"\b(?:in|into|from|of|spoke|speaks?|speaking) (?:(?:fluent|broken|halting) )?(?:[A-Z][\w-]*,? (?:and |or )?){0,2}$"
)
_NOUN_AFTER = re.compile(r" (?!(?:and|or|on|to|at|by|for|with|that|when|while|as|during|before|after|from)\b)[\w’'-]+")
REACH = 48
"""Characters before a word for a people that tell that a language is meant."""
_NO_NOUN = ("sh", "ch", "se", "ic", "s", "men", "women")
"""Endings of adjectives of nations and of words for several, none of which calls one: "the British", "the Swiss"."""
_NEAR = 24  # characters between "capital" and the names that it joins


def codes_of(name: str) -> tuple[str, ...]:
    """The codes that a printed name or demonym may mean; none where the table does not know it."""
    word = " ".join(name.split())
    table = countries()
    return table.named(word) or table.named(f"{word}.")


def is_demonym(name: str) -> bool:
    """Whether it is a word for a country's people or things, and no country's name."""
    return countries().is_demonym(" ".join(name.split()))


def is_one_of_a_nation(word: str) -> bool:
    """Whether a word calls one person by nation or region: "Irishman", "Scot", "German"."""
    known = bool(codes_of(word)) and is_demonym(word) and not word.endswith(_NO_NOUN)
    return known or word.lower() in people("nation")


def capital_codes(name: str) -> tuple[str, ...]:
    """The countries whose capital or seat of government is called so."""
    word = " ".join(name.split())
    return countries().capitals.get(word) or countries().capitals.get(word.removeprefix("the "), ())


def is_known_place(name: str) -> bool:
    """Whether the codebook or the gazetteer knows a name for a country, a capital, a city, a state or a region."""
    table, key = gazetteer(), place_key(name)
    known = key in table.own or key in table.states or key in table.regions
    return known or bool(codes_of(name) or capital_codes(name))


def group_lands(text: str, printed: Sequence[Printed]) -> tuple[list[Group], list[Group]]:
    """The groups of countries, and those of other places."""
    known: dict[str, Group] = {}
    strange: list[Printed] = []
    places: list[Printed] = []
    named = {code for p in printed for code in codes_of(p.text) if len(codes_of(p.text)) == 1}
    for one in printed:
        state = _is_a_state(text, one)
        code = None if state else _code(one, named)
        if code is not None:
            group = known.setdefault(code, Group(country=code))
            group.add(one, "demonym" if is_demonym(one.text) else None)
        else:
            (strange if one.kind == "country" and not state else places).append(one)
    return [*known.values(), *_strange_countries(text, strange)], _group_places(places)


def _is_a_state(text: str, one: Printed) -> bool:
    return one.text in countries().homonyms and OF_A_STATE.match(text, one.span.end) is not None


def _code(one: Printed, named: set[str]) -> str | None:
    if one.kind == "place" and one.text in countries().homonyms:
        return None
    codes = codes_of(one.text)
    # "Congolese" is told by the Congo that the article names.
    fit = codes if len(codes) == 1 else tuple(code for code in codes if code in named)
    return fit[0] if len(fit) == 1 else None


def _strange_countries(text: str, printed: Sequence[Printed]) -> list[Group]:
    """Countries that the table does not know: by their words, demonyms joined to the name that they are made from."""
    groups: dict[tuple[str, ...], Group] = {}
    for one in printed:
        groups.setdefault(one.words, Group()).add(one)
    for words in list(groups):
        single = (*words[:-1], words[-1][:-1])
        if words[-1].endswith("s") and single in groups:
            groups[single].absorb(groups.pop(words))
    singles = {words[0] for words in groups if len(words) == 1}
    for word in sorted(singles):
        if (land := name_in_land(word, singles)) is not None:
            groups[(land,)].absorb(groups.pop((word,)), "demonym")
    stems: dict[str, list[str]] = {}
    for words in groups:
        if len(words) == 1 and len(words[0]) >= SHORTEST_STEM:
            stems.setdefault(words[0][:SHORTEST_STEM], []).append(words[0])
    for stem in stems.values():
        for word in stem:
            name = name_of_demonym(word, stem)
            # The name may be taken for a demonym itself: "Waldor", "Waldoran", "Waldoraners".
            if name is not None and (name,) in groups:
                groups[(name,)].absorb(groups.pop((word,)), "demonym")
    for words in list(groups):
        name = _short_name(words[0], groups) if len(words) == 1 else None
        if name and any(_OF_A_COUNTRY.match(text, one.span.end) for one in groups[words].members):
            groups[(name,)].absorb(groups.pop(words), "demonym")
    return list(groups.values())


def _short_name(demonym: str, groups: Mapping[tuple[str, ...], Group]) -> str | None:
    """The only country of a name of few letters that a word may be the demonym of: "Besk" of "Beskan", "Tarvo" of "Tarvan"."""
    ending = _SHORT_ENDING.fullmatch(demonym)
    stem = ending["stem"] if ending else ""
    if not SHORT_STEM <= len(stem) < SHORTEST_STEM:
        return None
    names = [name for name in (stem, *(stem + vowel for vowel in _VOWELS)) if (name,) in groups and name != demonym]
    return names[0] if len(names) == 1 else None


def name_of_demonym(word: str, others: Sequence[str]) -> str | None:
    """Which of `others` is the country's name that `word` is the demonym of. All are folded, and begin alike."""
    # With more of one stem no country is told from another; and the pairs would be many.
    if len(others) > 8:
        return None
    names = [
        other for other in others if other != word and _is_made_from(word, other) and not _is_made_from(other, word)
    ]
    # "Velmarkers" is made from "Velmark" and, by its letters, from "Velmarkish" as well: the shortest is the name.
    return min(names, key=lambda n: (len(n), n)) if names else None


def _is_made_from(demonym: str, name: str) -> bool:
    for kept in range(len(name), max(SHORTEST_STEM, len(name) - _LONGEST_ENDINGS) - 1, -1):
        if demonym.startswith(name[:kept]) and _ENDING.fullmatch(demonym[kept:]):
            return True
    # "Ostrania", "Ostranian": the name's own last letters are half of the ending.
    return demonym.startswith(name) and demonym[len(name) :] in {"n", "ns"}


def name_in_land(demonym: str, names: Collection[str]) -> str | None:
    """The name in "-land" that a word in "-ish" is of: "Tallish" of "Talland", "Finnish" of "Finland". All are folded."""
    stem = demonym.removesuffix("ish")
    if stem == demonym or len(stem) < SHORT_STEM:
        return None
    some = {f"{stem}land", f"{stem}and", f"{stem[:-1]}land"}
    fit = {name for name in some if name.endswith("land") and name in names}
    return fit.pop() if len(fit) == 1 else None


def _group_places(printed: Sequence[Printed]) -> list[Group]:
    groups: dict[tuple[str, ...], Group] = {}
    heads: Owners[tuple[str, ...], Group] = Owners()
    for one in printed:
        if one.words not in groups:
            groups[one.words] = Group()
            town, comma, _ = one.text.partition(",")
            if comma:
                heads.add(tuple(fold(w) for w in town.split()), groups[one.words])
        groups[one.words].add(one)
    for words in list(groups):
        longer = heads.only(words)
        if longer is not None and longer is not groups[words]:
            longer.absorb(groups.pop(words))
    return list(groups.values())


def metonyms_of(article: Article, mentions: Sequence[Mention], entities: Sequence[Entity]) -> Mapping[str, str]:
    """Ids of capitals and seats, each with the id of the country that it stands for where it speaks or is blamed.

    By the table, and by what the article says ("the Ostranian capital, Tarvesk"). `mentions` are linked ones, in text order.
    """
    by_code: Owners[str, str] = Owners()
    tongues = _only_tongues(article.text, mentions)
    for entity in entities:
        if entity.kind == "country" and entity.country is not None and entity.id not in tongues:
            by_code.add(entity.country, entity.id)
    out: dict[str, str] = {}
    for entity in entities:
        if entity.kind in ("place", "organization"):
            codes = {code for name in (entity.name, *entity.aliases) for code in capital_codes(name)}
            fit = {owner for code in codes if (owner := by_code.only(code))}
            if len(fit) == 1:
                out[entity.id] = fit.pop()
    for capital, country in _said_capitals(article.text, mentions, entities):
        out.setdefault(capital, country)
    return MappingProxyType(out)


def _only_tongues(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Ids of the countries that are named only by a language: "in a mix of English and Filipino"."""
    spoken, lands = set[str](), set[str]()
    for m in mentions:
        if m.kind == "country" and m.entity is not None:
            before = _IN_TONGUE.search(text, max(0, m.span.start - REACH), m.span.start)
            name = m.span.of(text)
            spoken_in = before is not None and is_demonym(name) and not name.endswith("s")  # "in the hands of Russians"
            spoken_in = spoken_in and not _NOUN_AFTER.match(text, m.span.end)
            (spoken if spoken_in else lands).add(m.entity)
    return frozenset(spoken - lands)


def _said_capitals(text: str, mentions: Sequence[Mention], entities: Sequence[Entity]) -> list[tuple[str, str]]:
    kinds = {e.id: e.kind for e in entities}
    places = [m for m in mentions if m.entity and kinds.get(m.entity) == "place"]
    lands = [m for m in mentions if m.entity and kinds.get(m.entity) == "country"]
    found = []
    for match in _CAPITAL.finditer(text):
        place = _joined(text, match.start(), match.end(), places, r"(?:,? |, )", r",? the (?:[\w'’-]+ ){0,2}?")
        land = _joined(text, match.start(), match.end(), lands, r",? of (?:the )?", r"(?:['’]s?)? (?:[a-z]+ )?")
        if place and land:
            found.append((place, land))
    return found


def _joined(text: str, start: int, end: int, mentions: Sequence[Mention], after: str, before: str) -> str | None:
    """The entity that stands right after a word, or right before it, with nothing between but what the patterns allow."""
    following = bisect_left(mentions, end, key=lambda m: m.span.start)
    if following < len(mentions) and mentions[following].span.start - end <= _NEAR:
        between = text[end : mentions[following].span.start]
        if re.fullmatch(after, between):
            return mentions[following].entity
    last = bisect_right(mentions, start, key=lambda m: m.span.end) - 1
    between = text[mentions[last].span.end : start] if last >= 0 else ""
    if last >= 0 and len(between) <= _NEAR and re.fullmatch(before, between):
        return mentions[last].entity
    return None
