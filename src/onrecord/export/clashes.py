"""Clashes: as JSON Lines, and as nodes of JSON-LD by a vocabulary of onrecord's own, since schema.org has no such relation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, TextIO

from onrecord.export.annotations import urn
from onrecord.export.exported import Exported
from onrecord.export.jsonl import line
from onrecord.query.clashes import wire_clash
from onrecord.query.collisions import Collision, CollisionSide


def write_clashes(articles: Iterable[Exported], out: TextIO) -> int:
    """Write a clash a line, as `onrecord clashes --format ndjson` does; how many there were."""
    count = 0
    for article in articles:
        for clash in article.clashes():
            out.write(line(wire_clash(clash)))
            count += 1
    return count


@cache
def context() -> dict[str, Any]:
    """The terms of the vocabulary (docs/vocabulary.md)."""
    text = files("onrecord.export").joinpath("context.jsonld").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["@context"]
    return found


def nodes(article: Exported) -> Iterator[dict[str, Any]]:
    """An article's clashes as JSON-LD."""
    return map(_node, article.clashes())


def _node(clash: Collision) -> dict[str, Any]:
    review = clash.review
    return {
        "@type": "Clash",
        "@id": urn(clash.id),
        "clashKind": clash.kind,
        **_side("earlier", clash.a),
        **_side("later", clash.b),
        **({"sharedMatter": clash.about} if clash.about else {}),
        **({"clashScore": clash.score} if clash.score is not None else {}),
        **({"arose": clash.day} if clash.day else {}),
        "independentSources": clash.independent,
        **({"verdict": review.verdict} if review else {}),
        **({"verdictNote": review.note} if review and review.note else {}),
    }


def _side(which: str, side: CollisionSide) -> dict[str, Any]:
    return {
        # What the narration counts is said by no statement: by the article itself.
        which: urn(side.statement.id if side.statement else side.article.id),
        **({f"{which}Figure": urn(side.figure.id)} if side.figure else {}),
        **({f"{which}Words": list(side.colliding)} if side.colliding else {}),
    }
