"""What people corrected, as labels to train by: a record a line, in the wire form, with what somebody said of its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from onrecord.export.exported import Exported
from onrecord.export.jsonl import line
from onrecord.records import Record, WireRecord, to_wire
from onrecord.store import AimedAt, Corrected, Does, Somebody, SpokenBy, Stands
from onrecord.store.corrections import places


def write_corrections(articles: Iterable[Exported], out: TextIO) -> int:
    """Write the records of which somebody corrected a statement; how many labels they have."""
    count = 0
    for article in articles:
        if article.reading is not None:
            labels = list(labels_of(article.reading, article.corrections))
            out.write(line({**article.wire, "labels": labels}))
            count += len(labels)
    return count


def labels_of(reading: Record, corrections: Sequence[Corrected]) -> Iterator[dict[str, Any]]:
    """A label for each statement of a reading of which a word holds, in their order. See docs/export.md."""
    words: dict[str, list[Corrected]] = {}
    for one in corrections:
        if one.statement is not None:
            words.setdefault(one.statement, []).append(one)
    wire: WireRecord = to_wire(reading)
    for s in wire["statements"]:
        if (said := words.get(s["id"])) is None:
            continue
        yield {
            "statement": s["id"],
            **{name: s[name] for name in ("source", "cue", "content")},
            "label": _label(reading, said),
            "read": {name: s[name] for name in ("speaker", "act", "target", "score")},
            "decisions": [
                {"id": d.id, "field": d.correction.field, "by": d.by, "note": d.note, "made": d.made} for d in said
            ],
        }


def _label(reading: Record, said: Sequence[Corrected]) -> dict[str, Any]:
    """What somebody said, and no more: whoever corrects anything of a statement says that it is one."""
    label: dict[str, Any] = {"statement": True}
    for one in said:
        match one.correction.change:
            case Stands(right):
                label["statement"] = right
            case Does(act):
                label["act"] = act
            case AimedAt(who):
                label["target"] = _named(reading, [who]) if who else None
            case SpokenBy(who, reason):
                label["speaker"] = {**_named(reading, who), "reason": reason, "author": not (who or reason)}
    return label


def _named(reading: Record, who: Sequence[Somebody]) -> dict[str, Any]:
    """Names, what they are of, and where the article first prints each."""
    text = reading.article.text
    first = [next(iter(places(text, one.name)), None) for one in who]
    return {
        "names": [one.name for one in who],
        "kinds": [one.kind for one in who],
        "spans": [[span.start, span.end] if span else None for span in first],
    }
