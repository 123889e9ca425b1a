"""Accounts of two articles: by which of their numbers they are judged, and which pairs are less likely a clash than they look.

Hardly any clash of two articles is labelled, so the numbers are few, and bound to what they mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.clashes.features import FEATURES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TWO_ARTICLES: Mapping[str, int] = {
    "claims turned": 1, "denied words": 1, "denied rarity": 1, "denier named": 1, "denier aims": 1, "claim blames": 1,
    "denial of claim": 1, "any denial": 0, "group a": 0, "group b": 0, "common rarity": 1, "common rarest": 1, "cosine": 1,
    "cover a": 1, "cover b": 1, "shared names": 1, "share of names": 1, "target is other": 1, "other targets this": 1,
    "same target": 1, "names other": 1, "other names this": 1, "opposed": 1, "negation differs": 1, "numbers apart": 1,
    "both deny": 0, "one side": -1, "fewest words": 0, "most words": -1, "deny cue b": 0, "oppose cue b": 0, "retreat cue b": 0,
    "stance product": -1, "tone difference": 0, "denial formal": 0, "denial soft": 0, "denial turned": 0, "claims alike": 0,
    "denial": 0, "answer cue b": 0, "target in names": 1, "soft a": 0, "soft b": 0, "back b": 0, "matter rarity": 1,
    "matter share": 1,
}  # fmt: skip
"""Numbers by which accounts of two articles are judged, and whether more of one only speaks for a clash (1) or against (-1)."""
ACROSS = [FEATURES.index(name) for name in TWO_ARTICLES]
ONE_SPEAKER: Mapping[str, int] = {
    "claims turned": 1, "cover a": 1, "cover b": 1, "common rarity": 1, "common rarest": 1, "cosine": 1, "shared names": 1,
    "share of names": 1, "negation differs": 1, "opposed": 1, "group a": 0, "group b": 0, "retreat cue b": 1, "deny cue a": 0,
    "deny cue b": 0, "days": 0, "matter rarity": 1, "matter share": 1, "numbers apart": 1, "denied words": 1, "denied rarity": 1,
    "denial turned": 0, "same target": 1, "fewest words": 0, "most words": 0, "stance difference": 0, "tone difference": 0,
    "negations a": 0, "negations b": 0, "claims alike": 0, "denial": 0, "contrast b": 0, "answer b": 0, "same article": 0,
}  # fmt: skip
"""The same of a speaker against a word in another article."""
OWN = [FEATURES.index(name) for name in ONE_SPEAKER]
COVERED, ALIKE, RARE_WORD = 0.34, 0.15, 5.0
"""Shares of a statement's stems, and of both's, that are in common where they clash; the rarity of a word that tells."""


def turned_round(rows: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(N,) whether the words of a pair themselves clash: a denial of what is said, the same negated, an opposite, another number.

    `rows`: with the numbers that are asked of two articles alone.
    """
    import numpy as np

    def of(name: str) -> NDArray[np.float32]:
        return np.nan_to_num(rows[:, FEATURES.index(name)])

    # "Denied that the club was for sale" is not of all that is said of the club.
    told = (of("denied words") >= COVERED) & (of("denied alone") == 0)
    denied = told & (of("denied rarity") >= RARE_WORD) | (of("denied rarity") >= 2 * RARE_WORD)
    opposite = (of("opposed") > 0) & (np.maximum(of("cover a"), of("cover b")) >= COVERED)
    apart = (of("numbers apart") >= ALIKE) & (of("days") <= 1)
    found: NDArray[np.bool_] = (of("claims turned") >= ALIKE) & (of("shared stems") > 1) | denied | opposite | apart
    return found


def restraint(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """(N,) times as likely a pair of two speakers is a clash as its other numbers say; `rows` as of `turned_round`.

    Of 268 pairs of the labels in which both deny something and neither means the other, 4 are clashes; of 96 in which one denies
    "the charges" and the other blames nobody, or not him, 3. Half of the targets are wrong as a reader has them: that one deny is
    aimed at the other is less than that it names him.
    """
    import numpy as np

    def of(name: str) -> NDArray[np.bool_]:
        return np.nan_to_num(rows[:, FEATURES.index(name)]) > 0

    named = of("names other") | of("other names this")
    aimed = of("target is other") | of("other targets this")
    factors = np.where(of("both deny") & ~named, np.where(aimed, 0.5, 0.2), 1.0)
    factors = np.where(of("denial formal") & ~(of("claim blames") & (named | aimed)), 0.3, factors)
    factors = np.where(of("one side"), np.minimum(factors, 0.3), factors)
    found: NDArray[np.float64] = np.where(of("unit alone"), 0.3 * factors, factors)
    return found
