"""brat standoff: for each article a ``.txt`` with its text and an ``.ann``, and an ``annotation.conf`` for all.

A statement is an event ``Cue`` whose trigger is the cue and whose arguments are ``Source``, ``Content`` and, of one inside
another, ``Inside``. Attributes tell act, form, kind of speaker and standing, a note tells the speaker. Names, dates and
numbers are text-bound as well. Offsets are code points, as in brat, which allows no annotation across a line's end: such a
one is in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from onrecord import codebook
from onrecord.export.exported import Exported
from onrecord.records.wire_types import WireRecord, WireSpan, WireStatement

KINDS = "Person Organization Country Place Group Work Date Number".split()
SPEAKERS = "person group work unnamed author".split()

_LINES = re.compile(r"[^\n]+")


def write_brat(articles: Iterable[Exported], folder: Path) -> int:
    """Write the articles into a folder, under their ids; how many there were."""
    (folder / "annotation.conf").write_text(configuration(), encoding="utf-8")
    count = 0
    for article in articles:
        printed = article.wire["article"]
        (folder / f"{printed['id']}.txt").write_text(printed["text"], encoding="utf-8", newline="")
        lines = "".join(f"{line}\n" for line in standoff(article.wire))
        (folder / f"{printed['id']}.ann").write_text(lines, encoding="utf-8", newline="")
        count += 1
    return count


def configuration() -> str:
    """What brat must know of the types."""
    lines = ["[entities]", "Source", "Content", *KINDS, "", "[relations]", "", "[events]"]
    lines += ["Cue\tSource?:Source, Content?:Content, Inside?:Cue", "", "[attributes]"]
    values = {
        "Act": list(codebook.acts()),
        "Form": ["direct", "indirect", "mixed"],
        "Speaker": SPEAKERS,
        "Standing": ["current", "superseded", "withdrawn"],
    }
    lines += [f"{name}\tArg:Cue, Value:{'|'.join(known)}" for name, known in values.items()]
    # Contents hold sources, cues, names and one another.
    lines[lines.index("[relations]") + 1] = "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n"
    return "\n".join(lines) + "\n"


def standoff(wire: WireRecord) -> Iterator[str]:
    """The lines of an article's ``.ann``."""
    lines = _AnnLines(wire["article"]["text"])
    for mention in wire["mentions"]:
        yield lines.bound(mention["kind"].capitalize(), [mention["span"]])[1]
    events = {s["id"]: f"E{n}" for n, s in enumerate(wire["statements"], 1)}
    for s in wire["statements"]:
        yield from lines.statement(s, events)


class _AnnLines:
    """Lines of an ``.ann`` in the making: counts them by kind."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._bound = self._attributes = self._notes = 0

    def bound(self, kind: str, spans: Sequence[WireSpan]) -> tuple[str, str]:
        """A text-bound annotation: its name and its line."""
        self._bound += 1
        pieces = [piece for start, end in spans for piece in self._pieces(start, end)]
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(self._text[start:end] for start, end in pieces)
        return f"T{self._bound}", f"T{self._bound}\t{kind} {places}\t{words}"

    def statement(self, s: WireStatement, events: dict[str, str]) -> Iterator[str]:
        event, arguments = events[s["id"]], list[str]()
        for role, words in (("Cue", s["cue"]), ("Source", s["source"]), ("Content", s["content"])):
            if words is not None:
                name, line = self.bound(role, words["spans"])
                arguments.append(f"{role}:{name}")
                yield line
        if s["inside"] is not None:
            arguments.append(f"Inside:{events[s['inside']]}")
        yield f"{event}\t{' '.join(arguments)}"
        told = {"Act": s["act"] and s["act"]["code"], "Form": s["form"], "Speaker": s["speaker"]["kind"]}
        for attribute, value in (told | {"Standing": s["standing"]}).items():
            if value is not None:
                self._attributes += 1
                yield f"A{self._attributes}\t{attribute} {event} {value}"
        if (who := s["speaker"]["name"]) is not None:
            self._notes += 1
            yield f"#{self._notes}\tAnnotatorNotes {event}\t{' '.join(who.split())}"

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for line in _LINES.finditer(self._text, start, end):
            words = line[0].strip()
            if words:
                at = line.start() + line[0].index(words)
                yield at, at + len(words)
