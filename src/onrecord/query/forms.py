"""The forms of an English word that a question may be asked in: who asks for "meeting" finds "met" and "meets".

Rules of spelling, and the codebook's irregular verbs. A form that no text has finds nothing and does no harm.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from onrecord.codebook.verbs import verb_forms

_AUXILIARIES: Final = frozenset({"be", "have", "do"})
_MORE: Final = {
    "fly": "flight flights", "go": "goes", "grow": "growth", "know": "knowledge", "lie": "lying", "lose": "loss losses",
    "pay": "payment payments", "quit": "quitting", "sell": "sale sales", "shoot": "shots", "speak": "speech speeches",
    "steal": "theft", "undergo": "undergoes", "withdraw": "withdrawal withdrawals",
}  # fmt: skip
"""Forms of irregular verbs that no rule makes, and their nouns."""
_OTHERS: Final = """
    bid bids bidding
    bind binds bound binding
    bite bites bit bitten biting
    deny denies denied denying denial denials
    die dies died dying dead death deaths kill kills killed killing killings
    phone phones phoned phoning telephone telephones telephoned
    man men
    woman women
    child children
    """
_VOWELS: Final = "aeiou"
SHORTEST: Final = 4
"""Letters of a word that rules of spelling are applied to: shorter ones are names and small words."""


@lru_cache(maxsize=1024)
def forms_of(word: str) -> frozenset[str]:
    """A folded word and what else it may be in a sentence."""
    if word in _irregular():
        return _irregular()[word]
    if len(word) < SHORTEST or not word.isalpha():
        return frozenset({word})
    bases = {word, *_bases(word)}
    return frozenset(form for base in bases if len(base) >= SHORTEST - 1 for form in _inflected(base)) | {word}


@cache
def _irregular() -> Mapping[str, frozenset[str]]:
    """What a word is a form of that rules do not tell."""
    groups = [line.split() for line in _OTHERS.strip().splitlines()]
    for base, verb in verb_forms().verbs.items():
        if base not in _AUXILIARIES:
            by_rule = (form for form in _inflected(base) if not form.endswith("ed"))
            groups.append([base, *by_rule, *verb.past, *verb.participle, *_MORE.get(base, "").split()])
    return {word: frozenset(group) for group in groups for word in group}


def _bases(word: str) -> set[str]:
    """What a word may be a form of; not all are words."""
    found = set[str]()
    for ending in ("ings", "ing", "ed", "ations", "ation"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST - 1:
            stem = word.removesuffix(ending)
            found |= {stem, f"{stem}e"}
            if len(stem) > SHORTEST - 1 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
            break
    for ending, instead in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss"):
            found.add(word.removesuffix(ending) + instead)
    return found


def _inflected(base: str) -> set[str]:
    stem = base.removesuffix("e")
    ing = base if base.endswith("ee") else stem
    found = {base, f"{base}s", f"{stem}ed", f"{ing}ing", f"{ing}ings"}
    if base.endswith(("s", "x", "ch", "sh")):
        found.add(f"{base}es")
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        found |= {f"{base[:-1]}ies", f"{base[:-1]}ied"}
    if base[-1] not in f"{_VOWELS}wxy" and base[-2] in _VOWELS and base[-3] not in _VOWELS:
        found |= {f"{base}{base[-1]}ed", f"{base}{base[-1]}ing"}
    return found
