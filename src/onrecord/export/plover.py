"""PLOVER events as JSON Lines, in the way of POLECAT and NGEC: an event a line, with whoever asserts it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from onrecord import codebook
from onrecord.export.coding import Actor, Coded, coded
from onrecord.export.exported import Exported
from onrecord.export.jsonl import line


def write_plover(articles: Iterable[Exported], out: TextIO) -> int:
    """Write the events; how many there were."""
    count = 0
    for article in articles:
        for event in coded(article):
            out.write(line(_event(event, article)))
            count += 1
    return count


def _event(event: Coded, article: Exported) -> dict[str, Any]:
    kind, printed = codebook.event_types()[event.type], article.wire["article"]
    return {
        "id": event.id,
        "event_type": event.type,
        "event_mode": event.mode,
        "event_intensity": kind.score,
        "quad_code": kind.quad,
        "cameo": event.cameo,
        "event_text": event.words,
        "verbal": event.verbal,
        "status": event.status,
        "date": event.date and {name: event.date[name] for name in ("date", "edtf", "basis")},
        "actors": [_actor(actor) for actor in event.actors],
        "recipients": [_actor(actor) for actor in event.recipients],
        "location": event.place,
        "asserted_by": event.asserted_by,
        "asserted_by_speaker": event.witness,
        "score": event.score,
        "standing": event.standing,
        "article": printed["id"],
        "source_id": printed["source_id"],
        "outlet": printed["outlet"],
        "headline": printed["title"],
        "url": printed["url"],
        "pub_date": printed["published"] and printed["published"]["date"],
        "run": article.wire["run"],
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "name": actor.name,
        "code": actor.code,
        "country": actor.country,
        "sector": actor.sector,
        "identity": actor.identity,
        "external": actor.external,
    }
