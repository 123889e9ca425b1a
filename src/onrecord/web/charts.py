"""Figures of charts, in SVG's coordinates: the templates draw them, with no style in them that the policy would refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 96
WIDEST = 28
"""Of one bar, so that two months do not look like a wall."""
GAP = 0.25


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
    """A chart of bars over time. `ticks`: where a year (or whatever labels share) begins, and its name."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
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
    return Bars(width, height, drawn, _ticks(drawn), most)


def _ticks(drawn: Sequence[Bar]) -> tuple[tuple[float, str], ...]:
    """The first bar of each year, or of each month where all are of one year; never closer than their names are wide."""
    length = 4 if len({bar.label[:4] for bar in drawn}) > 1 else 10
    found, last, free = list[tuple[float, str]](), "", 0.0
    for bar in drawn:
        name = bar.label[:length]
        if name != last and bar.x >= free:
            found.append((bar.x, name))
            free = bar.x + 7.5 * len(name) + 10
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
    from datetime import date, timedelta

    if len(first) == 7:
        a, b = (int(day[:4]) * 12 + int(day[5:]) - 1 for day in (first, last))
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(a, b + 1)]
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(begin + timedelta(days=k)) for k in range((end - begin).days + 1)]
