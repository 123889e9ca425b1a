"""Who speaks for whom: a lawyer for the client, a spokeswoman for the ministry, by the words of the article alone; and who heads
whom: "the agency's director", "its chief executive".

Those of one side do not clash by denying the same. Names are met by their stems, as an article prints them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from onrecord.clashes.accounts import Account, Keys
from onrecord.clashes.words import meaningful, stem
from onrecord.codebook.clashes import clash_words
from onrecord.codebook.nouns import offices, one_of
from onrecord.extract.names import fold

_NAME = r"(?:[A-Z][\w’'.-]*)(?:\s+(?:(?:of|for|and|the|de|al|bin|van|von)\s+){0,2}[A-Z][\w’'.-]*){0,4}"
_POSSESSIVE = re.compile(r"\b(?:his|her|its)\b", re.IGNORECASE)
_THEIR = re.compile(r"\btheir\b", re.IGNORECASE)
BEFORE = 240
"""Characters before "her lawyer" in which whoever is meant is looked for, and most words of an apposition."""
_FOR = re.compile(
    rf"\s+(?:for|of|representing|acting for)\s+((?:[a-z]\w*\s+){{0,4}}{_NAME}|(?:the|his|her|its|their)\s+[a-z]+)"
)
_WHOSE = re.compile(rf"({_NAME})['’]s?\s+(?:[\w-]+\s+){{0,3}}$")


def principals(text: str, speaker: str | None, source: tuple[tuple[int, int], ...]) -> frozenset[str]:
    """Stems of the names of whom a speaker speaks for, by what stands at its source and beside its name elsewhere."""
    found: set[str] = set()
    for start, end in source:
        found |= _of_phrase(text, max(0, start - 60), start, min(len(text), end + 60), end)
    if speaker:
        for start, end in _printed(text, speaker):
            found |= _of_phrase(text, max(0, start - 60), start, min(len(text), end + 60), end)
    return frozenset(found - meaningful(speaker or ""))


@lru_cache(maxsize=1024)
def _printed(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Where an article prints a name, the first times."""
    out: list[tuple[int, int]] = []
    at = text.find(name)
    while at >= 0 and len(out) < 3:
        out.append((at, at + len(name)))
        at = text.find(name, at + len(name))
    return tuple(out)


def _of_phrase(text: str, low: int, start: int, high: int, end: int) -> frozenset[str]:
    """Of "X's lawyer, NAME", "NAME, a spokesman for X", "her lawyer NAME" the stems of X; NAME stands from `start` to `end`."""
    agents = _agents()
    before, name, after = _last_clause(text[low:start]), text[start:end], _first_clause(text[end:high])
    for phrase, at in ((f"{before}{name}", start - len(before)), (after, end)):
        for match in agents.finditer(phrase):
            told = phrase[: match.start()]
            for_whom = _FOR.match(phrase, match.end())
            between = phrase[(for_whom or match).end() : len(before)] if phrase != after else ""
            if between.strip(" ,"):
                continue  # "her lawyer said the police ..."
            if for_whom:
                named = re.search(_NAME, for_whom[1])
                return meaningful(named[0]) if named else _named_before(text, at + match.start())
            of_whom = _WHOSE.search(told)
            if of_whom:
                return meaningful(of_whom[1])
            if _THEIR.search(told[-30:]):
                return frozenset()  # of several, who may not be named right before
            if _POSSESSIVE.search(told[-30:]):
                return _named_before(text, at + match.start() - len(told[-30:]))
            last = re.search(rf"({_NAME})\s*$", told)
            if last:
                return meaningful(last[1])
    return frozenset()


def _last_clause(text: str) -> str:
    return re.split(r"[.;:!?\n“”\"]", text)[-1]


def _first_clause(text: str) -> str:
    """An apposition after a name: ", a spokesman for the mill,"."""
    if not text.startswith((",", " (")):
        return ""
    return re.split(r"[.;:!?\n“”\"]", text)[0][:60]


def _named_before(text: str, at: int) -> frozenset[str]:
    """Stems of the last name before a possessive pronoun."""
    names = list(_names(text[max(0, at - BEFORE) : at]))
    return meaningful(names[-1]) if names else frozenset()


def _names(text: str) -> Iterator[str]:
    """Words in capitals that carry meaning: "The" is none."""
    return (m[0] for m in re.finditer(_NAME, text) if meaningful(m[0]))


@lru_cache(maxsize=1)
def _agents() -> re.Pattern[str]:
    words = "|".join(sorted(clash_words().agents))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


# ---------------------------------------------------------------- who heads whom

BACK = 2
"""Paragraphs from a body that speaks to "its director"."""


def heads_of(accounts: Sequence[Account]) -> Mapping[str, Keys]:
    """Of each speaker of an article, by key, the keys of the bodies that speak there and that he leads or speaks for."""
    bodies = [a for a in accounts if a.speakers and a.speaker and a.speaker_kind not in ("person", "author")]
    found = defaultdict[str, set[str]](set)
    for account in accounts if bodies else ():
        for key in account.speakers:
            found[key] |= {k for k in _headed(account, bodies) if k not in account.speakers}
    return {key: frozenset(keys) for key, keys in found.items() if keys}


OF_ONE_SIDE = 0.3
"""Times as likely a clash is between a body and who leads or speaks for it: of 15 such pairs of one article that the judge gives
.03 and more none is one, but for those in which one admits what the other denied.
"""
_OWNS_UP = "admit"


def is_of_one_side(a: Account, b: Account) -> bool:
    """Whether one leads or speaks for the other, as an article tells that has both, and neither admits anything.

    Of accounts that a store holds of other articles it is not known: it takes all that their article says.
    """
    if a.article != b.article or _OWNS_UP in (a.act, b.act):
        return False
    return not (a.heads.isdisjoint(b.speakers) and b.heads.isdisjoint(a.speakers))


def _headed(account: Account, bodies: Sequence[Account]) -> Iterator[str]:
    by_pronoun, named = _told_of(account.source)
    if by_pronoun:
        before = [b for b in bodies if b.number < account.number and account.paragraph - b.paragraph <= BACK]
        yield from before[-1].speakers if before else ()
    for body in bodies if named else ():
        if any(_is(stems, body.speaker or "") for stems in named):
            yield from body.speakers


@lru_cache(maxsize=4096)
def _told_of(source: str) -> tuple[bool, tuple[frozenset[str], ...]]:
    """Whether a source says that its speaker is the head of "its" body, and stems of the bodies that it names as his."""
    office, formerly, its, *others = _patterns()
    if not office.search(source) or formerly.search(source):
        return False, ()
    found = (meaningful(_MORE.split(match[1])[0]) for pattern in others for match in pattern.finditer(source))
    return its.search(source) is not None, tuple(stems for stems in found if stems)


def _is(stems: frozenset[str], body: str) -> bool:
    """Whether words that have these stems mean a body: "the agency" the civil protection agency."""
    own = _MORE.split(body)[0].split()
    return bool(own) and stems <= meaningful(body) and stem(fold(own[-1])) in stems


_MORE = re.compile(r"\s+(?:of|from|in|at|on|by|with|for|to|who|that|shown|seen)\s")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    office = rf"(?:{one_of(offices('leads', 'holds', 'state') | {'head', 'boss'})})"
    sort = r"(?:[\w-]+\s+){0,3}?"
    words = r"[\w&’'-]+(?:\s+[\w&’'-]+){0,4}"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b{office}\b",
            rf"\b(?:former|ex|onetime|one-time|ousted|sacked|fired|dismissed|exiled|rebel|shadow)[\s-]+{sort}{office}\b",
            rf"\b(?:its|their)\s+{sort}{office}\b",
            rf"\b{office}\s+(?:of|for|at)\s+({words})",
            rf"(?<![\w&’'-])({words}?)(?:['’]s?)\s+{sort}{office}\b",
            rf"^({words}?)\s+{office}\b",
        )
    )
