"""Denials: which of the statements around it a denial is of, by its words.

"Rejected that" takes up what was said right before; "the charge" an accusation; "the figures" what had numbers; all else is told
by its own words. The chances are of 13,000 pairs of a denial with another statement in labelled articles, and of what the judge
gave them: it does not see which other pairs a denial has.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from onrecord.clashes.accounts import Account
from onrecord.clashes.readings import CUES, SHORT, Reading, reading_of
from onrecord.clashes.weights import rarity_at_large
from onrecord.clashes.words import meaningful
from onrecord.codebook.clashes import clash_words
from onrecord.codebook.taking_up import AROUND, is_bare, plain_words
from onrecord.extract.names import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Taken = Literal["words", "noun", "figures", "that"]
"""By what a denial takes up what it denies."""

AFTERWARDS = 0.1
"""Times as likely what was said after "rejected that" is denied by it: of 512 such pairs none is a clash."""
PASSED_OVER = 0.4
"""The same of what stands before it and is not what it takes up: of 90 that the judge gives .05 and more 17."""
REFERRED = 0.5
"""Chance of a claim that a denial takes up, by a pronoun or noun, right after it: of 84 such pairs 59 are clashes."""
FAR_OFF = 0.3
"""The same of the last accusation before "the charge", however far: of 5 such pairs 4 are clashes."""
NEAREST = 2
"""Statements back that a pronoun reaches."""
NOTICED = 0.05
"""Chance from which a pair is thought likelier for what is denied: below it none is a clash."""
TOLD_RARITY, TOLD_SHARE = 5.0, 0.34
"""Rarity and share of the words of a denial that are in another statement, from which they tell that it is of that one."""
LIKELIER, ELSEWHERE, ALSO = 1.6, 0.5, 0.7
"""Times the odds of the statement whose words are denied (182 pairs: 115 clashes for 91 expected); where that one is not much
the less likely, times the chance of what has none of these words and of what has half as telling ones.
"""
UNTIED = 0.4
"""Chance at most of a pair that has no words in common, of which one blames nobody and nobody names the other: of 181 right after
it 70 are clashes.
"""
_FIGURES = frozenset(
    "figure figures toll tolls number numbers count counts estimate estimates statistics total totals data".split()
)
_SEVERAL = frozenset("both all these those claims allegations accusations".split())


def taken_up(content: str) -> Taken:
    """By what a denial takes up what it denies: a pronoun, a noun for a claim or for numbers, or words of its own."""
    words, table = set(plain_words(content)), clash_words()
    if words & _FIGURES and words <= _FIGURES | AROUND | {"official"}:
        return "figures"
    if not is_bare(content):
        return "words"
    return "noun" if words & ((table.back | table.formal) - AROUND) else "that"


def weighed(pairs: Sequence[tuple[Account, Account]], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N,) the chances of pairs of one article each, of two speakers, by what its denials take up."""
    out = scores.copy()
    around = defaultdict[str, list[tuple[int, Reading, Reading]]](list)
    for n, (a, b) in enumerate(pairs):
        x, y = reading_of(a), reading_of(b)
        if x.denies != y.denies:
            no, yes = (x, y) if x.denies else (y, x)
            around[no.account.statement].append((n, no, yes))
    for found in around.values():
        denial = found[0][1].account
        how = taken_up(" ".join(denial.content))
        if how == "words":
            _by_words(found, out)
        else:
            _by_place(found, how, out)
    return out


def is_of_another_deed(a: Account, b: Account) -> bool:
    """Whether one denies a deed of his own ("denied breaking the truce"), and the other tells of no such deed, does not speak of
    him, and blames nobody: "both want the truce to hold".
    """
    x, y = reading_of(a), reading_of(b)
    if x.denies == y.denies:
        return False
    no, yes = (x, y) if x.denies else (y, x)
    words = plain_words(" ".join(no.account.content))
    if not no.cues[CUES.index("deny")] or len(words) <= 1 or not words[0].endswith("ing"):
        return False
    named = no.account.speakers & (yes.account.names | yes.account.target)
    return not named and not _blames(yes) and meaningful(words[0]).isdisjoint(yes.said)


OF_ANOTHER_DEED = 0.3
"""Times as likely a clash of two articles is where one is `is_of_another_deed`: of 3 in the first forty of a store none was."""


def _by_place(found: Sequence[tuple[int, Reading, Reading]], how: Taken, out: NDArray[np.float64]) -> None:
    """Of "that", "the charge", "the figures": what stands before it counts, and of that what it takes up."""
    denial = found[0][1].account
    before = [(n, yes) for n, _, yes in found if yes.account.at < denial.at]
    meant = _meant(denial, [yes for _, yes in before], how)
    kept = {o.statement for o in meant} | {o.inside for o in meant}
    for n, _, yes in found:
        other = yes.account
        if other.at >= denial.at:
            out[n] *= AFTERWARDS
        elif other.statement not in kept and other.inside not in {o.statement for o in meant}:
            out[n] *= PASSED_OVER
        elif how != "figures" and _is_claim(denial, yes, how) and out[n] >= NOTICED:
            out[n] = max(out[n], REFERRED if denial.number - other.number <= NEAREST else FAR_OFF)


def _meant(denial: Account, before: Sequence[Reading], how: Taken) -> list[Account]:
    """What a denial takes up of what was said before it."""
    if how == "figures":
        before = [yes for yes in before if yes.numbers]
    if not before:
        return []
    last = max(before, key=lambda y: y.account.number).account
    if how == "figures":
        return [y.account for y in before if _of_one(y.account, last)]

    def fit(yes: Reading) -> tuple[bool, bool, bool, int]:
        # What somebody claims is denied sooner than the quotation that goes with it.
        other = yes.account
        same = _of_one(other, last)
        claim = _is_claim(denial, yes, how) and (same or how == "noun")
        return claim, same, other.form != "direct", other.number

    near = [y for y in before if how == "noun" or denial.number - y.account.number <= NEAREST]
    if not near:
        return []
    meant = max(near, key=fit).account
    several = not _SEVERAL.isdisjoint(plain_words(" ".join(denial.content)))
    return [y.account for y in near if _of_one(y.account, meant)] if several else [meant]


def _of_one(a: Account, b: Account) -> bool:
    """Whether two statements are of one speaker, if by the last word of the name."""
    if a.statement == b.statement or a.speakers & b.speakers:
        return True
    last = [fold(c.speaker.split()[-1]) if c.speaker and c.speaker.split() else None for c in (a, b)]
    return last[0] is not None and last[0] == last[1]


def _is_claim(denial: Account, yes: Reading, how: Taken) -> bool:
    """Whether a statement blames somebody; for "that" it is enough that it names or is aimed at whoever denies it."""
    other = yes.account
    aimed = how == "that" and not denial.speakers.isdisjoint(other.target | other.names)
    return _blames(yes) or aimed


def _blames(yes: Reading) -> bool:
    return yes.account.act in ("accuse", "criticize") or yes.cues[CUES.index("blame")]


def _by_words(found: Sequence[tuple[int, Reading, Reading]], out: NDArray[np.float64]) -> None:
    """Of "denied that the gates were opened": what has these words, and all else less. What somebody only says has more words."""
    fits = [_fit(no, yes) for _, no, yes in found]
    best, share = max(fits, key=lambda f: f[0] * f[1])
    told = best >= TOLD_RARITY and share >= TOLD_SHARE and found[0][1].cues[CUES.index("deny")]
    likeliest = max(out[n] for n, *_ in found)
    sure = told and max(out[n] for (n, *_), f in zip(found, fits, strict=True) if f == (best, share)) >= likeliest / 2
    for (n, no, yes), (fit, of_all) in zip(found, fits, strict=True):
        if told and (fit, of_all) == (best, share):
            out[n] = LIKELIER * out[n] / (1 + (LIKELIER - 1) * out[n])
        elif sure:
            out[n] *= ALSO if fit >= best / 2 else ELSEWHERE
        elif not fit and not _tied(no, yes) and no.cues[CUES.index("deny")]:
            out[n] = min(out[n], UNTIED)


def _fit(no: Reading, yes: Reading) -> tuple[float, float]:
    """Of the words of a denial that the other statement has: how rare they are, and their share."""
    shared: Iterable[str] = no.claim & yes.said & (no.plain | yes.plain)
    told = list(shared)
    return math.fsum(map(rarity_at_large, told)), len(told) / max(len(no.claim), 1)


def _tied(no: Reading, yes: Reading) -> bool:
    """Whether more than nearness holds two together: blame, a name, words that take up another's, that all blame is denied."""
    named = no.account.speakers & (yes.account.names | yes.account.target) or yes.account.speakers & no.account.names
    wholly = not clash_words().formal.isdisjoint(plain_words(" ".join(no.account.content)))
    return bool(named) or wholly or _blames(yes) or _takes_up(no.account) or _takes_up(yes.account)


def _takes_up(account: Account) -> bool:
    """Whether a statement takes up words of another: not where "that" only opens what it says."""
    words = plain_words(" ".join(account.content))
    return not clash_words().back.isdisjoint(words[1 if words[:1] == ["that"] else 0 :][:SHORT])
