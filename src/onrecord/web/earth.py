"""The map: the Equal Earth projection, the outline of the world, and circles on it.

The outline is Natural Earth's (1:110 million, public domain), made into paths by tools/make_world.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from onrecord.query.spots import Spot

SCALE = 1_000
"""Units of the drawing for one of the projection, whose width is about 5.4 of them."""
# Šavrič, Patterson and Jenny, "The Equal Earth map projection" (2018), equations 1 to 3: areas are true to one another.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
SOUTH, NORTH = -56.0, 80.0
"""What of the world is shown: the ice has no news."""
LEAST_WIDTH = 700
"""Narrowest view, some 45 degrees at the equator: the outline is too coarse for less."""
LARGEST, SMALLEST = 0.022, 0.0045
"""Radii of circles, as a share of the view's width."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A place on the map. `conflict`: the share of its events that are conflict."""

    x: float
    y: float
    r: float
    spot: Spot
    conflict: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A map: its view box, the outlines, the circles with the largest first. `whole`: whether all of the world is shown."""

    box: str
    land: str
    borders: str
    circles: tuple[Circle, ...]
    whole: bool
    width: float


def project(lat: float, lon: float) -> tuple[float, float]:
    """Where a place (degrees) stands on the drawing; y grows southwards."""
    t = asin(_M * sin(radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = radians(lon) * cos(t) / (_M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)))
    y = t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    return round(x * SCALE, 1), round(-y * SCALE, 1)


def chart_of(spots: Sequence[Spot], *, whole: bool, conflict: frozenset[str]) -> Chart:
    """The spots on the part of the world where they lie, or on all of it. `conflict`: the types of events that are."""
    places = [(project(spot.lat, spot.lon), spot) for spot in spots]
    box = _all() if whole or not places else _around([place for place, _ in places])
    most = max((spot.events for spot in spots), default=1)
    circles = tuple(
        Circle(
            x,
            y,
            round(box[2] * max(SMALLEST, LARGEST * sqrt(spot.events / most)), 2),
            spot,
            sum(n for kind, n in spot.types if kind in conflict) / spot.events,
        )
        for (x, y), spot in sorted(places, key=lambda p: -p[1].events)
    )
    outline = _outline()
    shown = " ".join(f"{value:.0f}" for value in box)
    return Chart(shown, outline["land"], outline["borders"], circles, box == _all(), box[2])


def _all() -> tuple[float, float, float, float]:
    left, right = project(0, -180)[0], project(0, 180)[0]
    top, bottom = project(NORTH, 0)[1], project(SOUTH, 0)[1]
    return left, top, right - left, bottom - top


def _around(places: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """A view of the places with room around them, in the shape of the whole map, and within it."""
    left, top, wide, high = _all()
    xs, ys = [x for x, _ in places], [y for _, y in places]
    width = max(1.3 * (max(xs) - min(xs)), 1.3 * (max(ys) - min(ys)) * wide / high, LEAST_WIDTH)
    if width >= wide:
        return _all()
    height = width * high / wide
    x = (min(xs) + max(xs) - width) / 2
    y = (min(ys) + max(ys) - height) / 2
    return min(max(x, left), left + wide - width), min(max(y, top), top + high - height), width, height


@lru_cache(maxsize=1)
def _outline() -> dict[str, str]:
    found: dict[str, str] = json.loads((Path(__file__).parent / "world.json").read_text(encoding="utf-8"))
    return found
