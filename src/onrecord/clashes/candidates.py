"""Which accounts are worth judging together: by whom they are of and about, by meaning, by words, by what they count.

Whether two accounts are a pair is a function of the two alone, but for the numbers that a shelf is asked for: so what clashes
does not depend on what came first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from onrecord.clashes.accounts import Account, FigureTally, KnownArticle, Shelf
from onrecord.clashes.counts import LATER, count_clash, days_between
from onrecord.clashes.features import Setting
from onrecord.clashes.readings import CUES, reading_of
from onrecord.clashes.turning import disowned, owned_up
from onrecord.clashes.weights import rarity_at_large
from onrecord.clashes.wording import Altered, altered

# Chosen on the invented stories: no clash of theirs lies further apart but for words taken back.
BETWEEN = 14
"""Days between the accounts of two speakers on one matter."""
REVERSING = 60
"""Days within which a speaker is held against an earlier word."""
MOST = 40
"""Accounts that a shelf gives for one key."""
NEAREST = 20
"""Accounts that it gives for one vector."""
NEAR = 0.3
"""Cosine from which two statements are judged though they share no rare word (a clash in two of three stories' has more)."""
RARE = 4.0
"""Rarity from which the words that two statements share are enough: one word in fifty statements, or two common ones."""
RETOLD = 0.3
"""Share of the shorter statement's words from which headline and lead tell the same."""
HANDED_ON = 0.5
"""Share of the shorter statement's words from which it is in the other's."""
TURNING = ("deny", "criticize", "accuse", "refuse")
"""Acts by which a statement turns against one that it tells of."""
CLOSE = 2
"""Paragraphs within which statements are judged whatever their words."""
REACH = 100
"""Statements, or figures, after it that each is compared with in its own article: so a long page costs by its length, not by
the square of it. Of 686 labelled clashes of 336 articles the two furthest apart have 75 statements between them."""
_SAYS = re.compile(
    r"(?:(?:has|had|have|also|later)\s+)*(?:said|says|say|told|tells|tell|added|adds|recalled|recalls)", re.IGNORECASE
)
"""Cues by which a statement only hands on what it tells."""
_OURS = re.compile(r"(?:we|i|our|my|us)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to be judged, the earlier first. `settings`: of each article whose statements are paired among themselves."""

    statements: tuple[tuple[Account, Account], ...] = ()
    figures: tuple[tuple[FigureTally, FigureTally], ...] = ()
    printings: tuple[Altered, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=lambda: MappingProxyType({}))


def within(known: KnownArticle) -> Candidates:
    """Pairs of one article."""
    accounts = known.accounts
    told = {a.statement: a for a in accounts}
    pairs = [
        (a, b)
        for n, a in enumerate(accounts)
        for b in accounts[n + 1 : n + 1 + REACH]
        if worth_judging(a, b) and not (retold(a, b) or handed_on(a, b) or on_one_side(a, b, told))
    ]
    setting = {a.article: Setting.of(accounts) for a in accounts[:1]}
    tallies = known.tallies
    counted = [c for n, one in enumerate(tallies) for c in _counted((one,), tallies[n + 1 : n + 1 + REACH])]
    return Candidates(tuple(pairs), tuple(counted), (), MappingProxyType(setting))


def candidates(known: KnownArticle, shelf: Shelf) -> Candidates:
    """Pairs of an article's accounts with those of other articles."""
    pairs: dict[tuple[str, str], tuple[Account, Account]] = {}
    printings: dict[tuple[str, str], Altered] = {}
    shared: dict[tuple[str, str | None], Sequence[Account]] = {}
    for account in known.accounts:
        for other in _around(account, shelf, shared):
            a, b = in_order(account, other)
            if apart(a, b) and (worth_judging(a, b) or disowned(a, b) or owned_up(a, b)):
                pairs[a.statement, b.statement] = (a, b)
        if account.saying is None:
            continue
        for other in shelf.printed(account.statement):
            a, b = in_order(account, other)
            if other.article != account.article and (found := altered(a, b)) is not None:
                printings[a.statement, b.statement] = found
    ordered = tuple(pairs[key] for key in sorted(pairs))
    return Candidates(ordered, _across(known.tallies, shelf), tuple(printings[key] for key in sorted(printings)))


def in_order(a: Account, b: Account) -> tuple[Account, Account]:
    """The earlier first: by day, a copy after its origin, by article and place."""
    x, y = sorted((a, b), key=lambda c: (c.day or "9999", c.origin != c.article, c.article, c.at, c.statement))
    return x, y


def apart(a: Account | FigureTally, b: Account | FigureTally) -> bool:
    """Whether two accounts, or counts, are of articles of their own: neither is a copy, nor of the other's article."""
    return a.article != b.article and a.origin == a.article and b.origin == b.article


def worth_judging(a: Account, b: Account) -> bool:
    """Whether two statements may be of one matter."""
    x, y = reading_of(a), reading_of(b)
    if x.idle or y.idle:
        return False
    if a.article == b.article:
        if abs(a.paragraph - b.paragraph) <= CLOSE or not a.target.isdisjoint(b.speakers | b.target):
            return True
        if (
            not b.target.isdisjoint(a.speakers)
            or not a.names.isdisjoint(b.speakers)
            or not b.names.isdisjoint(a.speakers)
        ):
            return True
    if x.unit is not None and y.unit is not None and float(x.unit @ y.unit) >= NEAR:
        return True
    return math.fsum(map(rarity_at_large, x.said & y.said)) >= RARE


def retold(a: Account, b: Account) -> bool:
    """Whether the first lines of an article tell one statement twice: in the headline and in the paragraph after it."""
    if sorted((a.paragraph, b.paragraph)) != [0, 1]:
        return False
    x, y = reading_of(a), reading_of(b)
    shared = len(x.said & y.said)
    alike = (x.stance, x.cues) == (y.stance, y.cues)
    return alike and shared >= RETOLD * min(len(x.said), len(y.said)) > 0


def handed_on(a: Account, b: Account) -> bool:
    """Whether one statement is in the other's words, which neither deny nor blame it: "the envoy says the mill admits a leak".

    None of 686 labelled clashes of the news has a statement within the other's words; 14 of 560 of the invented stories have, and
    there the outer one denies or blames it. Who says that one told something blames him at most for the thing told.
    """
    shared = sum(min(x.end, y.end) - max(x.start, y.start) for x in a.spans for y in b.spans if x.overlaps(y))
    if not shared:
        return False
    lengths = [sum(map(len, c.spans)) for c in (a, b)]
    if shared <= min(lengths) * HANDED_ON:
        return False
    outer = a if lengths[0] >= lengths[1] else b
    turns = outer.act in TURNING and not (outer.act != "deny" and _SAYS.fullmatch(outer.cue))
    return not turns and not reading_of(outer).cues[CUES.index("deny")]


def on_one_side(a: Account, b: Account, statements: Mapping[str, Account]) -> bool:
    """Whether one tells what the other's own side said: her "our members told them in May" is hers."""
    return any(
        _OURS.match(x.source) and (outer := statements.get(x.inside or "")) and outer.speakers & y.speakers
        for x, y in ((a, b), (b, a))
    )


def _around(
    account: Account, shelf: Shelf, shared: dict[tuple[str, str | None], Sequence[Account]]
) -> Iterator[Account]:
    """Accounts of, to and about the same ones, and those with the nearest meaning."""
    for key in sorted(account.speakers | account.target | account.names):
        asked = (key, account.day)
        if asked not in shared:
            shared[asked] = shelf.sharing(key, account.day, within=REVERSING, most=MOST)
        yield from (o for o in shared[asked] if _in_time(account, o))
    if account.vector is not None:
        yield from shelf.near(account.vector, account.day, within=BETWEEN, most=NEAREST)


def _in_time(a: Account, b: Account) -> bool:
    days = days_between(a.day, b.day)
    return days is not None and abs(days) <= (REVERSING if a.speakers & b.speakers else BETWEEN)


def _across(tallies: Iterable[FigureTally], shelf: Shelf) -> tuple[tuple[FigureTally, FigureTally], ...]:
    found: dict[tuple[str, str], tuple[FigureTally, FigureTally]] = {}
    asked: dict[tuple[str, str | None], Sequence[FigureTally]] = {}
    for tally in tallies:
        if (tally.what, tally.day) not in asked:
            asked[tally.what, tally.day] = shelf.counting(tally.what, tally.day, within=LATER, most=MOST)
        others = [o for o in asked[tally.what, tally.day] if apart(tally, o)]
        found.update({(a.figure, b.figure): (a, b) for a, b in _counted((tally,), others)})
    return tuple(found[key] for key in sorted(found))


def _counted(some: Sequence[FigureTally], others: Sequence[FigureTally]) -> Iterator[tuple[FigureTally, FigureTally]]:
    seen = set()
    for one in some:
        for other in others:
            a, b = sorted((one, other), key=lambda t: (t.day or "9999", t.article, t.at, t.figure))
            if (a.figure, b.figure) not in seen and a.figure != b.figure and count_clash(a, b) is not None:
                seen.add((a.figure, b.figure))
                yield a, b
