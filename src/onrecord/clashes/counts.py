"""Figures compared: two sources give different numbers for the same thing at the same time, or one takes a number back.

What one source counts from day to day grows, and is no clash. A number of the same source that falls is a self-reversal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from onrecord.clashes.accounts import FigureTally
from onrecord.clashes.readings import matters_alike

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

APART = 1
"""Days between counts of one time: outlets print a day's toll on that day or on the next."""
LATER = 45
"""Days within which a source may take a number back."""
MOST_APART = 50.0
"""Times that one count of some other thing may be another: of the pairs in benchmarks/clashes_judged.tsv none that is a clash is
beyond 5.
"""
OF_ONE_MATTER = 12.0
"""Rarity of what the titles and first paragraphs of two articles share from which they tell of one matter, though their figures
name no common place. Of pairs of articles of different matters in the news 99 in 100 have less than 10.
"""
ON_ONE_DAY, NEXT_DAY = 0.5, 0.2
"""Chances of a clash of two articles that count the same dead, of one day and of two."""
TIMES = 3.0
"""Times that one count of the same dead is another, beyond which it is mostly of other dead."""
SUM = 1_000_000
"""A number from here on may be of money though no coin is told ("a bid worth 38 million")."""
_WHOLE = frozenset(
    """
    people person dead death deaths body bodie victim casualtie casualty live life civilian resident villager
    killed other injured wounded missing displaced inmate men man detained arrest arrested captive hostage
    prisoner soul injurie injury injure corpse grave
    """.split()
)
"""Words for all that is counted, not for a part of it ("women", "officers")."""
COUNT_FEATURES = (
    "same article", "paragraphs apart", "characters apart", "days", "same place", "places differ", "shared names", "shared words",
    "share of words", "ratio", "people", "claimed", "same thing", "things differ", "exact", "large", "matter rarity",
    "matter share",
)  # fmt: skip


def differ(a: FigureTally, b: FigureTally) -> bool:
    """Whether no number fits both: the least that one allows is more than the most of the other."""
    return _beyond(a, b) or _beyond(b, a)


def _beyond(a: FigureTally, b: FigureTally) -> bool:
    """Whether all that `a` allows is more than all that `b` does."""
    low, high = _bounds(a)[0], _bounds(b)[1]
    return low is not None and high is not None and low > high


def _bounds(tally: FigureTally) -> tuple[float | None, float | None]:
    """The least and the most that a count allows; "about 120" so much more or less."""
    if tally.low is None and tally.high is None and tally.value is not None:
        return tally.value / ABOUT, tally.value * ABOUT
    return tally.low, tally.high


ABOUT = 1.5
"""Times that what is told roughly may be more or less."""


def comparable(a: FigureTally, b: FigureTally) -> bool:
    """Whether two figures may be of one matter: they count the same, neither counts a part of it, and they share a place or their
    articles a matter.
    """
    if a.what != b.what or a.figure == b.figure or a.part or b.part:
        return False
    if a.article == b.article and a.statement == b.statement:
        return False
    if a.what == "other" and a.thing != b.thing and a.thing is not None and b.thing is not None:
        return False
    if a.what != "other" and not (is_whole(a) and is_whole(b)) and a.thing != b.thing:
        return False
    if a.what == "other" and (_ratio(a, b) > MOST_APART or _are_of_two_kinds(a, b)):
        return False
    if a.article == b.article and a.placed and b.placed and a.places.isdisjoint(b.places):
        return False
    if a.article == b.article or not a.places.isdisjoint(b.places):
        return True
    return matters_alike(a.matter, b.matter)[0] >= OF_ONE_MATTER


def _are_of_two_kinds(a: FigureTally, b: FigureTally) -> bool:
    """Whether one is a sum of money and the other none: "48,000 visits", "400"."""
    if a.money == b.money:
        return False
    other = b if a.money else a
    return other.thing is not None or _size(other) < SUM


def is_whole(tally: FigureTally) -> bool:
    """Whether all that is counted is meant, not a part of it ("officers")."""
    return tally.thing is None or tally.thing in _WHOLE


def count_clash(a: FigureTally, b: FigureTally) -> str | None:
    """Which clash two figures are ("figures", "self-reversal"), None where they are none. `a` is the earlier."""
    if not comparable(a, b) or not differ(a, b) or (a.origin == b.origin and a.article != b.article):
        return None
    days = days_between(a.day, b.day)
    if b.risen and days is not None and days > 0 and _beyond(b, a):
        return None
    if a.claimant & b.claimant:
        if (a.placed or b.placed) and a.places.isdisjoint(b.places):
            return None
        # What is counted up grows; what was counted does not shrink, unless the count was wrong.
        fallen = a.what != "missing" and a.what != "detained" and _beyond(a, b)
        return "self-reversal" if fallen and days is not None and 0 <= days <= LATER else None
    if a.statement is None and b.statement is None and a.article == b.article:
        return None
    near = a.article == b.article if days is None else abs(days) <= APART
    return "figures" if near and (a.claimant and b.claimant) else None


def days_between(a: str | None, b: str | None) -> int | None:
    """Days from `a` to `b`, None where either is not known."""
    return None if a is None or b is None else (date.fromisoformat(b) - date.fromisoformat(a)).days


def least_chance(a: FigureTally, b: FigureTally) -> float:
    """The chance that two articles of one matter differ, at least, where both count all whom the same befell in one place.

    Too few such clashes are labelled to be learned: read in the invented stories, 7 of 8 of one day are some, of two days 3 of
    15, for what is counted grows.
    """
    days = days_between(a.day, b.day)
    if (
        a.article == b.article
        or a.what == "other"
        or not (is_whole(a) and is_whole(b))
        or a.places.isdisjoint(b.places)
    ):
        return 0.0
    if days is None or _ratio(a, b) > TIMES or matters_alike(a.matter, b.matter)[0] < OF_ONE_MATTER:
        return 0.0
    return ON_ONE_DAY if days == 0 else NEXT_DAY if abs(days) <= APART else 0.0


def count_features(pairs: Sequence[tuple[FigureTally, FigureTally]]) -> NDArray[np.float32]:
    """Numbers of each pair, (N, len(COUNT_FEATURES)), from which its chance follows."""
    import numpy as np

    rows = [_row(a, b) for a, b in pairs]
    return np.array(rows, np.float32).reshape(len(pairs), len(COUNT_FEATURES))


def _row(a: FigureTally, b: FigureTally) -> list[float]:
    here = a.article == b.article
    shared = a.about & b.about
    days = days_between(a.day, b.day)
    return [
        float(here),
        min(abs(a.paragraph - b.paragraph), 10) if here else 10.0,
        math.log1p(min(abs(a.at - b.at), 3000)) if here else math.log1p(3000),
        0.0 if days is None else min(abs(days), 10),
        float(not a.places.isdisjoint(b.places)),
        float(bool(a.places and b.places) and a.places.isdisjoint(b.places)),
        min(len(a.names & b.names), 3),
        min(len(shared), 6),
        len(shared) / max(1, min(len(a.about), len(b.about))),
        math.log(_ratio(a, b)),
        float(a.what != "other"),
        (a.statement is not None) + (b.statement is not None),
        float(a.thing is not None and a.thing == b.thing),
        float(a.thing != b.thing and a.thing is not None and b.thing is not None),
        float(a.low == a.high) + float(b.low == b.high),
        math.log1p(max(_size(a), _size(b))),
        *((math.nan, math.nan) if here else matters_alike(a.matter, b.matter)),
    ]


def _ratio(a: FigureTally, b: FigureTally) -> float:
    less, more = sorted((_size(a), _size(b)))
    return (more + 1) / (less + 1)


def _size(tally: FigureTally) -> float:
    return next((v for v in (tally.value, tally.low, tally.high) if v is not None), 0.0)
