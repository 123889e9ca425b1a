"""Writes src/onrecord/web/world.json: the world's outline and borders as SVG paths, out of Natural Earth's at 1:110 million.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/make_world.py package/countries-110m.json

The npm package world-atlas (ISC) has Natural Earth's shapes (public domain) as TopoJSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.web.earth import SOUTH, project

OUT = Path(__file__).resolve().parent.parent / "src" / "onrecord" / "web" / "world.json"
Arc = list[tuple[float, float]]


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [list(decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    land = [ring for shape in topology["objects"]["land"]["geometries"] for ring in rings(shape)]
    used = Counter(
        n if n >= 0 else ~n
        for shape in topology["objects"]["countries"]["geometries"]
        for ring in rings(shape)
        for n in ring
    )
    shared = [[n] for n, times in used.items() if times > 1]
    told = {
        "source": "Natural Earth, 1:110 million, public domain; Equal Earth projection",
        "land": path((joined(ring, arcs) for ring in land), closed=True),
        "borders": path((joined(ring, arcs) for ring in shared), closed=False),
    }
    OUT.write_text(json.dumps(told, indent=0) + "\n", encoding="utf-8")
    print(f"{OUT}: {OUT.stat().st_size:,} bytes")


def decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    """Longitude and latitude of an arc's points, which are told as steps."""
    x = y = 0
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    """Rings of a shape as numbers of arcs."""
    if shape["type"] == "GeometryCollection":
        for part in shape["geometries"]:
            yield from rings(part)
        return
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for polygon in polygons:
        yield from polygon


def joined(ring: list[int], arcs: list[Arc]) -> Arc:
    points: Arc = []
    for n in ring:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points += arc[1:] if points else arc
    return unwound(points)


def unwound(points: Arc) -> Arc:
    """A line that crosses the antimeridian goes on beyond it: drawn back at the other edge, it would cross the whole map."""
    turn, before = 0, points[0][0]
    out: Arc = []
    for lon, lat in points:
        turn += 360 if lon - before < -180 else -360 if lon - before > 180 else 0
        before = lon
        out.append((lon + turn, lat))
    return [(lon + 360, lat) for lon, lat in out] if min(lon for lon, _ in out) < -181 else out


def path(lines: Iterable[Arc], *, closed: bool) -> str:
    """The lines as one path of whole units, without points that fall together."""
    parts = []
    for line in lines:
        if max(lat for _, lat in line) < SOUTH:
            continue  # Antarctica
        points: list[tuple[int, int]] = []
        for lon, lat in line:
            x, y = project(lat, lon)
            if not points or points[-1] != (round(x), round(y)):
                points.append((round(x), round(y)))
        if len(points) > 1:
            (x, y), *rest = points
            steps = []
            for a, b in rest:
                steps.append(f"{a - x} {b - y}")
                x, y = a, b
            parts.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}{'z' if closed else ''}")
    return "".join(parts).replace(" -", "-")


if __name__ == "__main__":
    main()
