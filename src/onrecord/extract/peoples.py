"""Lands where no name was found: an adjective of their people before a state's word, a land's name printed once more."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from onrecord.extract.lands import NATIONAL, SHORTEST_STEM, codes_of, name_in_land, name_of_demonym
from onrecord.extract.names import fold
from onrecord.records import Entity, Mention, Span

_PEOPLES = re.compile(
    rf"\b(?P<word>[A-Z]\w{{2,}}?(?:an|ish|ese|[nrtlsqd]i)) (?:[a-z]+ ){{0,2}}?(?:{NATIONAL}|capital|soil|territory|waters)\b"
)
"""A word for a people, by its ending and what it is said to have: "Sarlandish troops", "the Sarlandish foreign ministry"."""
_OF_WORD = re.compile(r"[\w-]")
_LISTED = re.compile(r"(?:,|,? and|,? or) (?:the )?")
_NO_LANDS = frozenset(
    (
        "american african european asian christian roman urban suburban human veteran republican democratic lesbian "
        "guardian median italian civilian british irish english spanish turkish polish danish swedish finnish scottish "
        "welsh jewish kurdish muslim chinese japanese islamist taliban partisan metropolitan ottoman norman german "
        "publican artisan"
    ).split()
)
"""Words so formed that mean no land, or one that the tables know."""


def folks(text: str, taken: Sequence[Span]) -> list[Span]:
    """Places of words for peoples that are no part of a name found (`taken`, in text order), and that no table knows."""
    out = []
    for m in _PEOPLES.finditer(text):
        span = Span(*m.span("word"))
        if span.of(text).lower() not in _NO_LANDS and not codes_of(span.of(text)) and not _overlaps(span, taken):
            out.append(span)
    return out


def printed_again(text: str, name: str, taken: Sequence[Span]) -> Iterator[Span]:
    """Further places of a land's name, outside of names found."""
    if len(name) > 3 and name[0].isupper():
        # Found as plain characters first: a pattern that looks back is tried at each of the text's, for each name.
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            whole = not (at and _OF_WORD.match(text, at - 1)) and not _OF_WORD.match(text, end)
            if whole and not _overlaps(Span(at, end), taken):
                yield Span(at, end)
            at = text.find(name, end if whole else at + 1)


def land_of(word: str, names: Mapping[str, str]) -> str | None:
    """Whose people a word means. `names`: ids of what may be a land, by folded name of one word."""
    own = fold(word)
    if (land := name_in_land(own, names)) is not None:
        return names[land]
    near = [n for n in names if n[:SHORTEST_STEM] == own[:SHORTEST_STEM]]
    name = name_of_demonym(own, [own, *near]) if len(own) >= SHORTEST_STEM else None
    return names[name] if name is not None else None


def single_names(entities: Mapping[str, Entity]) -> dict[str, str]:
    """Ids of entities by their folded names of one word, those of countries first."""
    out: dict[str, str] = {}
    for entity in sorted(entities.values(), key=lambda e: e.kind != "country"):
        if entity.kind in ("country", "place", "person", "organization", "group") and len(entity.name.split()) == 1:
            out.setdefault(fold(entity.name), entity.id)
    return out


def listed_with_lands(text: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> set[str]:
    """What is no country by its kind, but stands in a list of such: "Norvia, Sarland and Dorrim"."""
    out = set()
    for first, second in zip(mentions, mentions[1:], strict=False):
        if (
            first.entity is None
            or second.entity is None
            or not _LISTED.fullmatch(text, first.span.end, second.span.start)
        ):
            continue
        pair = entities[first.entity], entities[second.entity]
        for one, other in (pair, pair[::-1]):
            if one.kind == "country" and other.kind in ("person", "organization") and len(other.name.split()) == 1:
                out.add(other.id)
    return out


def _overlaps(span: Span, taken: Sequence[Span]) -> bool:
    at = bisect_right(taken, span.end - 1, key=lambda t: t.start) - 1
    return at >= 0 and taken[at].end > span.start
