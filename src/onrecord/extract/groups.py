"""Groups and people that an article tells of without a name: "white people", "the police", "local election officials"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.nouns import bodies, offices, people
from onrecord.codebook.small import small_words
from onrecord.records import Span

HEADS = (
    bodies("aimed")
    | offices("aimed")
    | people("aimed")
    | frozenset(
        """left right states countries nations nation country city region world deal agreement treaty bill law laws legislation
        ban wall plan plans proposal proposals policy policies program system tax budget ruling decision order report study book
        film movie ad ads video speech tweet tweets letter article rally debate ceasefire sanctions regulations strikes attack
        attacks bombing war""".split()
    )
)
"""What those who are aimed at are called, and what else is blamed or praised; from the labels of the training articles."""
_BEFORE = frozenset(
    """white black brown young old older poor rich wealthy other local state city county federal foreign domestic fellow senior
    top key low-level high-level working middle-class working-class ordinary regular real good bad big small many few several law
    election campaign party police government union college university tax security business bank health war trade news press
    school church street street-level prison border drug gun oil coal energy opposition rival undecided independent elected career
    second first former current new future late mainstream corrupt crooked illegal undocumented legal peaceful violent armed
    innocent hardworking super debate talk television tv radio web internet ethics oversight budget house senate
    chief prime deputy vice acting interim""".split()
)
_SIDES = frozenset(
    {"left", "right", "public", "ban", "film", "book", "attack", "report", "study", "wall", "plan", "order"}
)
"""Heads only after a determiner: they are more often something else."""
_DETERMINER = re.compile(r"\b(?:the|this|that|his|her|their|its|our|my|your)\s+(?:\w+\s+)?$|['’]s?\s+$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"[a-z-]{2,}(?:al|ic|ive|ish|ian|ern|ous|ful|ary|ist|-wing|-born|-class|-based|-level)$")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_BACK = re.compile(r"([^\W_][\w.-]*(?:['’]s)?)[ ]$")
_CAPITAL = re.compile(r"[A-Z][\w.-]*(?:['’]s)?$")
LONGEST = 4
"""Words before the head that may belong to it."""


def group_phrases(text: str, named: Sequence[Span]) -> list[Span]:
    """Where such phrases are printed, in text order. `named`: names in text order; a head within one is no group of its own."""
    out: list[Span] = []
    at = 0
    for match in _WORD.finditer(text):
        word = match[0].lower()
        end = match.end()
        if word not in HEADS and word.endswith(("'s", "’s")):
            word, end = word[:-2], end - 2
        if word not in HEADS:
            continue
        while at < len(named) and named[at].end <= match.start():
            at += 1
        if at < len(named) and named[at].start < end:
            continue
        if word in _SIDES and not _DETERMINER.search(text, max(0, match.start() - 30), match.start()):
            continue
        out.append(Span(_start(text, match.start()), end))
    return out


def _start(text: str, start: int) -> int:
    """Where a phrase begins whose head begins at `start`."""
    for _ in range(LONGEST):
        match = _BACK.search(text, max(0, start - 40), start)
        if match is None:
            break
        word = match[1]
        if not (_CAPITAL.match(word) and word.lower() not in _FUNCTION) and not _describes(word):
            break
        start = match.start()
    return start


def _describes(word: str) -> bool:
    return word in _BEFORE or word in HEADS or (_ADJECTIVE.match(word) is not None and word not in _FUNCTION)


_FUNCTION = small_words("group")
