"""Whom words mean that tell of nothing but a seat, a nation or children: "the Quay Front MP", "the Scot", "the mother of two"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.nouns import offices, one_of
from onrecord.extract.lands import is_one_of_a_nation
from onrecord.extract.page import Page, PageStatement

_MEMBER_OF = re.compile(
    rf"[Tt]he (?P<body>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){{0,3}}) (?P<noun>{one_of(offices('seat', 'party'))}|deputy)"
)
_RANKS = frozenset("Deputy Vice Former Senior Junior Prime First".split())
_OF_A_NATION = re.compile(r"[Tt]he (?:[a-z0-9-]+ ){0,2}(?P<noun>[A-Z][\w-]*)")
_PARENT = re.compile(
    r"the (?:[a-z0-9-]+ ){0,2}(?P<noun>(?:mother|mum|mom|father|dad|parent|grandmother|grandfather|gran|grandad)"
    r"[ -]of[ -](?:\w+|\d+))",
    re.IGNORECASE,
)


def epithet_of(page: Page, number: int, answers: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Whom an epithet means that was taken for nobody else: the only person of the paragraph who may be, or who spoke before it.

    "Ada Lane said she had not. “I never met him,” the Quay Front MP said." One of a nation is not the nation itself.
    """
    said, things = page.said[number], answers[number]
    if said.source is None or said.own is None or said.held.quoted or said.inside is not None:
        return ()
    noun = _epithet(page, said)
    nation = len(things) == 1 and things[0] in said.inner and page.things[things[0]].kind in ("country", "group")
    if noun is None or not (things == (said.own,) or nation):
        return ()
    meant = _meant(page, number, noun, answers)
    return meant if meant or not nation else (said.own,)


def _epithet(page: Page, said: PageStatement) -> str | None:
    """The noun of a source that is such a word, None for all others."""
    assert said.source is not None
    text, source = page.article.text, said.source
    found = _MEMBER_OF.fullmatch(text, source.start, source.end)
    if found is not None:
        return None if found["body"].split()[-1] in _RANKS else found["noun"]
    if (found := _PARENT.fullmatch(text, source.start, source.end)) is not None:
        return found["noun"]
    found = _OF_A_NATION.fullmatch(text, source.start, source.end)
    return found["noun"] if found is not None and is_one_of_a_nation(found["noun"]) else None


def _meant(page: Page, number: int, noun: str, answers: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    said = page.said[number]
    assert said.source is not None and said.own is not None
    if page.first_anew(noun) <= said.source.start:
        return ()  # "a Quay Front MP" was told of before
    sex = page.things[said.own].gender
    opens = page.article.paragraphs[said.held.paragraph].start
    here = [
        n
        for n, places in page.between(opens, said.source.start).items()
        if page.things[n].may_be(sex) and not all(p.quoted for p in places)
    ]
    if here:
        return (here[0],) if len(here) == 1 else ()
    before = next(
        (k for k in range(number - 1, -1, -1) if page.said[k].source is not None and page.said[k].inside is None), None
    )
    if before is None or said.held.paragraph - page.said[before].held.paragraph > 1 or len(answers[before]) != 1:
        return ()
    return answers[before] if page.things[answers[before][0]].may_be(sex) else ()
