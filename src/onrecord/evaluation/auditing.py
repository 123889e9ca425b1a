"""Auditing: a seeded sample judged by hand, and what it says of the whole, with its interval."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.query import Library
from onrecord.query.collisions import CollisionInFull
from onrecord.query.correcting import Interval, Z
from onrecord.records import MalformedError


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How many of the judged were right, and how many were left unjudged."""

    right: int
    judged: int
    left: int

    @property
    def precision(self) -> Interval:
        """Wilson's interval."""
        return wilson(self.right, self.judged)


def wilson(right: int, total: int) -> Interval:
    """The share of `total` that is right, with the score interval (Wilson 1927), which holds for small samples too.

    Of nothing the share is not known: from 0 to 1.
    """
    if not total:
        return Interval(0.0, 0.0, 1.0)
    share, square = right / total, Z * Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = Z / (1 + square / total) * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return Interval(share, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))


def sample(library: Library, number: int, *, seed: int, least: float = 0.0) -> list[CollisionInFull]:
    """Clashes to be judged, drawn at random from all that are listed and have at least a score; the same for the same seed."""
    found = list[str]()
    cursor = None
    while True:
        page = library.clashes(size=1_000, cursor=cursor, reviewed="any", least=least)
        found += [clash.id for clash in page.items if clash.score is not None]
        cursor = page.cursor
        if cursor is None:
            break
    drawn = random.Random(seed).sample(sorted(found), min(number, len(found)))
    return [library.clash(id_) for id_ in drawn]


def as_line(shown: CollisionInFull) -> str:
    """A clash as a line to be judged: `verdict` is to become true or false."""
    sides = {
        side: {
            "who": account.speaker, "day": account.day, "outlet": account.article.outlet, "words": account.words,
            "collides": list(account.colliding), "passage": passage.text,
        }
        for side, account, passage in (("a", shown.clash.a, shown.a), ("b", shown.clash.b, shown.b))
    }  # fmt: skip
    told = {"id": shown.clash.id, "kind": shown.clash.kind, "about": shown.clash.about, "verdict": None, **sides}
    return json.dumps(told, ensure_ascii=False)


def read_verdicts(lines: Iterable[str], name: str) -> Verdicts:
    """The verdicts of a file of such lines. Raises MalformedError, with the line's number."""
    right = judged = left = 0
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            verdict = json.loads(text)["verdict"]
        except (ValueError, KeyError, TypeError) as error:
            raise MalformedError(name, f"line {number} is no line of an audit") from error
        if verdict not in (True, False, None) or isinstance(verdict, int) != isinstance(verdict, bool):
            raise MalformedError(name, f"line {number}: the verdict is true, false or null, not {verdict!r}")
        right += verdict is True
        judged += verdict is not None
        left += verdict is None
    return Verdicts(right, judged, left)
