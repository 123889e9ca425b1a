"""Figures of charts, in SVG's coordinates: the templates draw them, with no style in them that the policy would refuse."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.query.pages import Count, Ledger
from onrecord.records import NARRATION

WIDTH, HEIGHT = 640, 96
WIDEST = 28
"""Of one bar, so that two months do not look like a wall."""
GAP = 0.25
YEAR, DAY = 52.0, 180.0
"""How wide "2025" and "17 September 2025" are at most, in the letters of a small screen, which are drawn large."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, with what it counts."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars over time. `extent`: where they end. `ticks`: bars and their names, a year or a day, and whether the name
    ends at its bar, for want of room to begin there.
    """

    width: int
    extent: float
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str, bool], ...]
    most: int


def bars(counts: Sequence[tuple[str, int]], *, width: int = WIDTH, height: int = HEIGHT) -> Bars:
    """Bars of counts by month or day (ISO 8601), in order. Months and days without any have their place too."""
    filled = _filled(counts)
    most = max((n for _, n in filled), default=0)
    step = min(width / len(filled), WIDEST) if filled else 0.0
    drawn = tuple(
        Bar(
            round(k * step, 2),
            round(height - height * n / most, 2),
            round(step * (1 - GAP), 2),
            round(height * n / most, 2),
            day,
            n,
        )
        for k, (day, n) in enumerate(filled)
    )
    return Bars(width, round(step * len(filled), 1), height, drawn, _ticks(drawn, width), most)


def _ticks(drawn: Sequence[Bar], width: int) -> tuple[tuple[float, str, bool], ...]:
    """The first bar of each year, or of one year bars that count something; never closer than their names are wide."""
    years = len({bar.label[:4] for bar in drawn}) > 1
    length, wide = (4, YEAR) if years else (10, DAY)
    found, last, free = list[tuple[float, str, bool]](), "", 0.0
    for bar in drawn:
        name = bar.label[:length]
        ends = bar.x + wide > width
        begins = bar.x + bar.width - wide if ends else bar.x
        if name != last and (years or bar.count) and begins >= free:
            found.append((round(bar.x + bar.width, 2) if ends else bar.x, name, ends))
            free = begins + wide
        last = name
    return tuple(found)


def _filled(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The same with what lies between at nought: months between months, days between days; as they are, if these are too many."""
    told = [(day, n) for day, n in counts if len(day) in (7, 10)]
    if len(told) < 2:
        return told
    known, keys = dict(told), _between(told[0][0], told[-1][0])
    return [(key, known.get(key, 0)) for key in keys] if len(keys) <= WIDTH // 2 else told


def _between(first: str, last: str) -> list[str]:
    if len(first) == 7:
        a, b = (int(day[:4]) * 12 + int(day[5:]) - 1 for day in (first, last))
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(a, b + 1)]
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(begin + timedelta(days=k)) for k in range((end - begin).days + 1)]


KINDS = 6
"""Claimants that have a mark of their own; the others share the last."""
MOST_DOTS = 60
"""Figures of one chart and of the table below it, the newest: more would lie over one another."""
TALL, LEFT, FOOT = 220, 44, 26
"""Height of a chart of figures; room for the numbers at its left, and for days below."""
STEP, LINE, WIDE, LETTER = 11.0, 13.0, 40.0, 7.5
"""Between dots that would lie on one another; of a label its height, how wide it may be, and how wide a letter of it is."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure: where it stands, whose mark it has (`kind`), and how far the words allow it to reach: `top` to `bottom`, which
    are the chart's own where they set no bound ("more than forty"). `beside`: where its `label` stands, which is empty if that of
    another says the same.
    """

    x: float
    y: float
    top: float
    bottom: float
    kind: int
    beside: float
    label: str
    count: Count


@dataclass(frozen=True, slots=True)
class Dots:
    """Figures of one matter by day. No line joins them: two figures of one claimant may count different people."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    levels: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    claimants: tuple[tuple[int, str], ...]


def dots(ledger: Ledger, *, width: int = WIDTH) -> Dots | None:
    """A chart of a ledger's counts that have a number and a day; None where it would have one point alone, or none."""
    counts = [(c, v) for c in ledger.counts[-MOST_DOTS:] if c.day and (v := _middle(c)) is not None]
    if len({(c.day, v) for c, v in counts}) < 2:
        return None
    most = max(max(v, c.high or v) for c, v in counts) or 1.0
    known = [date.fromisoformat(c.day or "").toordinal() for c, _ in counts]
    first, last = min(known), max(known)
    # Of those who give as many the first to give one goes first: a claimant's mark is the same each time.
    names = [name for name, _ in Counter(_claimant(c) for c, _ in counts).most_common()]
    kinds = {name: min(k, KINDS - 1) for k, name in enumerate(names)}

    room = max(40, 9 + LETTER * max(len(_labelled(c, v)) for c, v in counts))

    def across(day: int) -> float:
        return round(LEFT + (width - LEFT - room) * ((day - first) / (last - first) if last > first else 0.5), 1)

    def up(value: float) -> float:
        return round(TALL - FOOT - (TALL - FOOT - 14) * min(value, most) / most, 1)

    drawn = _side_by_side(
        Dot(
            across(day),
            up(value),
            up(most if c.high is None else c.high),
            up(0.0 if c.low is None else c.low),
            kinds[_claimant(c)],
            up(value),
            _labelled(c, value),
            c,
        )
        for (c, value), day in zip(counts, known, strict=True)
    )
    levels = tuple((up(most * part), short(most * part)) for part in (0, 0.5, 1))
    days = tuple((across(day), str(date.fromordinal(day))) for day in dict.fromkeys((first, last)))
    return Dots(width, TALL, drawn, levels, days, tuple((kinds[name], name) for name in names))


def _side_by_side(placed: Iterable[Dot]) -> tuple[Dot, ...]:
    """The same with those of one place beside one another, and labels where none covers another."""
    places = defaultdict[tuple[float, float], list[Dot]](list)
    for dot in placed:
        same = places[dot.x, dot.y]
        if all(dot.kind != other.kind or dot.label != other.label for other in same):  # else the same again
            same.append(replace(dot, x=dot.x + STEP * len(same)))
    found, written = list[Dot](), list[tuple[float, float]]()
    for dots_there in sorted(places.values(), key=lambda some: (some[0].x, -some[0].y)):
        *others, last = dots_there
        labels = " / ".join(dict.fromkeys(dot.label for dot in dots_there))
        y = last.y
        while any(abs(last.x - x) < WIDE and abs(y - other) < LINE for x, other in written):
            y -= 2.0
        written.append((last.x, y))
        found += [replace(dot, label="") for dot in others]
        found.append(replace(last, beside=round(y, 1), label=labels))
    return tuple(found)


def _labelled(count: Count, value: float) -> str:
    """A number as a chart writes it: where the words set one bound, with that it is one."""
    if count.low is None and count.high is not None:
        return f"≤ {short(value)}"
    return f"≥ {short(value)}" if count.high is None and count.low is not None else short(value)


def short(value: float) -> str:
    """A number with as many figures as a chart has room for: 41,000, 705m, 1.1bn."""
    for scale, unit in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if value >= scale:
            return f"{value / scale:,.4g}{unit}"
    return f"{value:,.6g}"


def _middle(count: Count) -> float | None:
    """The number itself; of words that allow several the one bound that they set, or the middle."""
    bounds = [bound for bound in (count.low, count.high) if bound is not None]
    return count.value if count.value is not None else sum(bounds) / len(bounds) if bounds else None


def _claimant(count: Count) -> str:
    if count.claimed_by == NARRATION:
        return f"{count.article.outlet or count.article.agency or 'the article'} (own words)"
    return count.claimant or "not told who"
