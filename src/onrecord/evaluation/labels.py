"""Labels of gold attributions: speaker, act, target, and which statements of an article clash.

Tab-separated lines: ``DOC id``; then ``S0 speaker kind act target`` for the attributions in the order of their cues;
then ``CLASH S0 S4 kind about``. "—" stands for nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.evaluation.reading import read_text
from onrecord.records import JOINT, MalformedError

NOBODY = "—"
_WITHOUT_A_NAME = ("author", "unknown")
_ROW_FIELDS, _CLASH_FIELDS = 5, 4


@dataclass(frozen=True, slots=True)
class Label:
    """What the labels say of one attribution."""

    speaker: str
    kind: str
    act: str
    target: str

    @property
    def speaker_known(self) -> bool:
        """Whether there is somebody to be named."""
        return self.kind not in _WITHOUT_A_NAME and self.speaker != NOBODY


@dataclass(frozen=True, slots=True)
class ArticleLabels:
    """Labels of one article: by attribution number, and clash kinds by unordered pairs of numbers."""

    rows: Mapping[int, Label] = field(default_factory=dict)
    clashes: Mapping[frozenset[int], str] = field(default_factory=dict)

    def people(self) -> frozenset[str]:
        """Every single person that speaks."""
        return frozenset(r.speaker for r in self.rows.values() if r.kind == "person" and JOINT not in r.speaker)


def load_labels(path: Path) -> dict[str, ArticleLabels]:
    """Labels by article id. Raises InputError, naming the line, where the file has not the form above."""
    rows: dict[str, dict[int, Label]] = {}
    clashes: dict[str, dict[frozenset[int], str]] = {}
    article: str | None = None
    for number, line in enumerate(read_text(path).split("\n"), 1):
        fields, place = line.rstrip("\r").split("\t"), f"{path}:{number}"
        if not fields[0]:
            continue
        if fields[0] == "DOC":
            article = _field(fields, 1, 2, place).strip()
            rows.setdefault(article, {})
            clashes.setdefault(article, {})
        elif article is None:
            raise MalformedError(place, "a label before the first DOC line")
        elif fields[0] == "CLASH":
            pair = frozenset(_number(_field(fields, k, _CLASH_FIELDS, place), place) for k in (1, 2))
            clashes[article][pair] = fields[3]
        else:
            _field(fields, 4, _ROW_FIELDS, place)
            rows[article][_number(fields[0], place)] = Label(*fields[1:_ROW_FIELDS])
    return {name: ArticleLabels(rows[name], clashes[name]) for name in rows}


def _field(fields: list[str], index: int, least: int, place: str) -> str:
    if len(fields) < least:
        raise MalformedError(place, f"expected at least {least} columns, got {len(fields)}")
    return fields[index]


def _number(name: str, place: str) -> int:
    if name[:1] != "S" or not name[1:].isdecimal():
        raise MalformedError(place, f"expected a statement such as S0, got {name!r}")
    return int(name[1:])
