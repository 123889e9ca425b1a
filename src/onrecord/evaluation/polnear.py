"""PolNeAR: news articles with gold attributions, as brat standoff files.

A split is a folder with ``text/NAME.txt`` and ``attributions/NAME_XXXX.ann``, where XXXX tells the annotator. Where
several annotators read an article, the first file counts. An attribution without a cue is left out, and the others are
numbered by their cue's first character: the numbers that the labels use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.evaluation.matching import Roles
from onrecord.evaluation.reading import read_text
from onrecord.records import MalformedError, NotFoundError, RawDocument, Span

# Lines of other kinds are passed over: brat's notes and relations, and the tails of quoted words that hold a newline.
_TEXT_BOUND = re.compile(r"T\d+\t")
_EVENT = re.compile(r"E\d+\t")
_ANNOTATOR_MARK = 5  # "_" and four characters at the end of an annotation file's stem


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article's text, kept to the character, and its attributions in the order of their cues."""

    id: str
    origin: str
    text: str
    attributions: tuple[Roles, ...]


def polnear_documents(directory: Path) -> Iterator[RawDocument]:
    """The articles of a split, ready to be read. Their `source_id` is what `evaluate_polnear` knows them by."""
    for path in _text_files(directory):
        yield RawDocument(origin=str(path), source_id=path.stem, text=read_text(path))


def load_polnear(directory: Path) -> tuple[GoldArticle, ...]:
    """The articles of a split with their gold attributions. Raises InputError where a file is missing or malformed."""
    annotated = _first_annotations(directory / "attributions")
    articles = []
    for path in _text_files(directory):
        text = read_text(path)
        annotations = annotated.get(path.stem)
        attributions = _read_standoff(annotations, len(text)) if annotations else ()
        articles.append(GoldArticle(path.stem, str(path), text, attributions))
    return tuple(articles)


def _text_files(directory: Path) -> list[Path]:
    folder = directory / "text"
    if not folder.is_dir():
        raise NotFoundError(str(folder), "no such folder (a PolNeAR split has text/ and attributions/)")
    return sorted((p for p in folder.iterdir() if p.suffix == ".txt"), key=lambda p: p.name)


def _first_annotations(folder: Path) -> dict[str, Path]:
    """First annotation file of each article, by the article's name."""
    if not folder.is_dir():
        raise NotFoundError(str(folder), "no such folder (a PolNeAR split has text/ and attributions/)")
    first: dict[str, Path] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.suffix == ".ann" and path.stem[-_ANNOTATOR_MARK : -_ANNOTATOR_MARK + 1] == "_":
            first.setdefault(path.stem[:-_ANNOTATOR_MARK], path)
    return first


def _read_standoff(path: Path, length: int) -> tuple[Roles, ...]:
    """Attributions of one annotation file over a text of `length` characters."""
    bounds: dict[str, tuple[Span, ...]] = {}
    events: list[tuple[int, str]] = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if _TEXT_BOUND.match(line):
            name, _, rest = line.partition("\t")
            bounds[name] = _offsets(rest.partition("\t")[0], length, f"{path}:{number}")
        elif _EVENT.match(line):
            events.append((number, line.partition("\t")[2]))
    # Events may stand before the text-bounds that they name, so they are resolved last.
    found = [_roles(parts, bounds, f"{path}:{number}") for number, parts in events]
    return tuple(sorted((r for r in found if r.cue), key=lambda r: r.cue[0].start))


def _offsets(words: str, length: int, place: str) -> tuple[Span, ...]:
    """Spans of ``Type 3 9;12 20``."""
    _, _, numbers = words.strip().partition(" ")
    spans = []
    for fragment in numbers.split(";"):
        pair = fragment.split()
        if len(pair) != 2 or not all(p.isdecimal() for p in pair):
            raise MalformedError(place, f"expected a type and offsets such as 'Cue 3 9;12 20', got {words!r}")
        start, end = int(pair[0]), int(pair[1])
        if not start < end <= length:
            raise MalformedError(place, f"[{start}, {end}) is no span of a text of {length} characters")
        spans.append(Span(start, end))
    return tuple(spans)


def _roles(parts: str, bounds: dict[str, tuple[Span, ...]], place: str) -> Roles:
    """Roles of ``Attribution:T4 Source:T1 Cue:T2 Content:T3 Content2:T5``."""
    filled: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    for part in parts.split():
        role, colon, target = part.partition(":")
        if not colon or not target or ":" in target:
            raise MalformedError(place, f"expected Role:T1, got {part!r}")
        spans = filled.get(role.rstrip("0123456789").lower())
        if spans is None:
            continue
        if target not in bounds:
            raise MalformedError(place, f"{part} names nothing that the file marks")
        spans.extend(bounds[target])
    return Roles(tuple(filled["source"]), tuple(filled["cue"]), tuple(filled["content"]))
