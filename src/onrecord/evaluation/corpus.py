"""A corpus with its complete gold record, in the form of the invented stories: ``articles/NN.json``, ``gold/NN.json``.

Every statement is marked, those inside others too. Gold gives ranges (``at``), or exact words of a paragraph (paragraphs
stand a blank line apart), which are then looked for. ``gold/corpus.json`` has what is not of one article alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.evaluation.matching import Roles
from onrecord.evaluation.names import KnownNames
from onrecord.evaluation.polnear import GoldArticle
from onrecord.evaluation.reading import read_text
from onrecord.records import MalformedError, NotFoundError, RawDocument, Span, VerbatimError

_NARRATOR = "narrator"
_BETWEEN_PARAGRAPHS = "\n\n"


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """What gold tells of a statement besides its roles. `inside` is the index of the statement that reports it.

    Any of `acts` is right. The `speaker` does not count where the article's own writer speaks (`by_author`).
    """

    form: str
    inside: int | None
    speaker: str | None
    by_author: bool
    acts: tuple[str, ...]
    target: str | None
    said_on: str | None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event. `asserted_by` is the index of the statement that tells of it, or None for the article's own words."""

    type: str
    start: int  # of its paragraph
    end: int
    trigger: Span
    actor: str | None
    recipient: str | None
    asserted_by: int | None
    date: str | None


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure. `claimed_by` names who says so, or is None for the article's own words."""

    span: Span
    value: float | None
    what: str
    claimed_by: str | None


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """An article with its gold. `due`: indices of statements that foretell something, and the day by which."""

    gold: GoldArticle
    statements: tuple[GoldStatement, ...]
    events: tuple[GoldEvent, ...]
    figures: tuple[GoldFigure, ...]
    due: tuple[tuple[int, str], ...]


def corpus_documents(directory: Path) -> Iterator[RawDocument]:
    """The articles of a corpus, ready to be read, with what their outlets tell of them."""
    for path in _files(directory):
        row = _object(path, "id", "text")
        told: dict[str, Any] = {name: row.get(name) for name in ("title", "url", "outlet", "byline", "published")}
        yield RawDocument(origin=str(path), source_id=row["id"], text=row["text"], **told)


def load_corpus(directory: Path) -> Iterator[CorpusArticle]:
    """The articles of a corpus with their gold. Raises InputError where a file is missing or malformed."""
    whole = directory / "gold" / "corpus.json"
    due = _due(whole)
    for path in _files(directory):
        row, gold_path = _object(path, "id", "text"), directory / "gold" / path.name
        gold = _object(gold_path)
        try:
            yield _article(row, gold, str(path), due.get(row["id"], {}))
        except (KeyError, IndexError, TypeError, VerbatimError) as error:
            raise MalformedError(str(gold_path), f"not a gold record of {path.name} ({error!r})") from error


def load_names(directory: Path) -> KnownNames:
    """The names that a corpus gives its entities; none where it has no ``gold/corpus.json``."""
    path = directory / "gold" / "corpus.json"
    names: dict[str, set[str]] = {}
    try:
        for entity in _whole(path, "entities"):
            for name in (entity["name"], *entity["aliases"]):
                names.setdefault(name.casefold(), set()).add(entity["name"])
    except (KeyError, TypeError, AttributeError) as error:
        raise MalformedError(str(path), f"no names and aliases of entities ({error!r})") from error
    return KnownNames({name: frozenset(entities) for name, entities in names.items()})


def _due(path: Path) -> dict[str, dict[int, list[str]]]:
    """By article and number of a statement, the days by which gold has that what it foretells is due."""
    days: dict[str, dict[int, list[str]]] = {}
    try:
        for prediction in _whole(path, "predictions"):
            article, number = prediction["statement"]
            if prediction.get("due"):
                days.setdefault(article, {}).setdefault(number, []).append(prediction["due"])
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedError(str(path), f"no predictions ({error!r})") from error
    return days


def _whole(path: Path, name: str) -> list[dict[str, Any]]:
    """A list of the corpus's own file, empty without one."""
    found: list[dict[str, Any]] = _object(path).get(name, []) if path.is_file() else []
    return found


def _article(
    row: Mapping[str, Any], gold: Mapping[str, Any], origin: str, due: Mapping[int, list[str]]
) -> CorpusArticle:
    text = row["text"]
    paragraphs = _paragraphs(text)
    index = {s["n"]: k for k, s in enumerate(gold["statements"])}
    roles = tuple(_roles(text, paragraphs, s) for s in gold["statements"])
    return CorpusArticle(
        gold=GoldArticle(row["id"], origin, text, roles),
        statements=tuple(_statement(s, index) for s in gold["statements"]),
        events=tuple(_event(e, text, paragraphs, index) for e in gold.get("events", ())),
        figures=tuple(_figure(f, text, paragraphs) for f in gold.get("figures", ())),
        due=tuple((index[number], day) for number, days in due.items() for day in days),
    )


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each paragraph starts and ends; the same place where it is empty."""
    ranges, start = [], 0
    for paragraph in text.split(_BETWEEN_PARAGRAPHS):
        ranges.append((start, start + len(paragraph)))
        start += len(paragraph) + len(_BETWEEN_PARAGRAPHS)
    return ranges


def _statement(gold: Mapping[str, Any], index: Mapping[int, int]) -> GoldStatement:
    return GoldStatement(
        form=gold["form"],
        inside=None if gold["inside"] is None else index[gold["inside"]],
        speaker=gold["speaker"],
        by_author=gold["kind"] == "author",
        acts=(*((gold["act"],) if gold.get("act") else ()), *gold.get("act_also", ())),
        target=gold.get("target"),
        said_on=gold.get("said_on"),
    )


def _event(
    gold: Mapping[str, Any], text: str, paragraphs: list[tuple[int, int]], index: Mapping[int, int]
) -> GoldEvent:
    witness = gold["asserted_by"]
    start, end = paragraphs[gold["p"]]
    return GoldEvent(
        type=gold["type"],
        start=start,
        end=end,
        trigger=_first(text, gold["trigger"], start),
        actor=gold["actor"],
        recipient=gold["recipient"],
        asserted_by=None if witness == _NARRATOR else index[witness],
        date=gold.get("date"),
    )


def _figure(gold: Mapping[str, Any], text: str, paragraphs: list[tuple[int, int]]) -> GoldFigure:
    claimant = gold["claimed_by"]
    return GoldFigure(
        span=_first(text, gold["words"], paragraphs[gold["p"]][0]),
        value=gold["value"],
        what=gold["what"],
        claimed_by=None if claimant == _NARRATOR else claimant,
    )


def _first(text: str, words: str, start: int) -> Span:
    """The first place of the words from `start` on."""
    place = text.find(words, start)
    if place < 0:
        raise VerbatimError(f"{words!r} does not stand there")
    return Span(place, place + len(words))


def _files(directory: Path) -> list[Path]:
    files = sorted((directory / "articles").glob("*.json"))
    if not files:
        raise NotFoundError(str(directory), "no articles there (a corpus has articles/*.json and gold/*.json)")
    return files


def _object(path: Path, *strings: str) -> dict[str, Any]:
    """A file's JSON object, which has these strings."""
    try:
        row = json.loads(read_text(path))
    except ValueError as error:
        raise MalformedError(str(path), f"not JSON ({error})") from error
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in strings):
        raise MalformedError(str(path), "not a JSON object" + "".join(f", with a string {name!r}" for name in strings))
    return row


def _roles(text: str, paragraphs: list[tuple[int, int]], statement: Mapping[str, Any]) -> Roles:
    """Where a gold statement stands. Of several places with the same words, those nearest to one another are meant."""
    if at := statement.get("at"):
        one = {role: (Span(*at[role]),) if at.get(role) else () for role in ("source", "cue")}
        return Roles(one["source"], one["cue"], tuple(Span(*pair) for pair in at.get("content") or ()))
    start, end = paragraphs[statement["p"]]
    content: list[Span] = []
    for words in statement["content"]:
        place = text.find(words, content[-1].end if content else start)
        place = place if place >= 0 else text.find(words, start)
        if place >= 0:
            content.append(Span(place, place + len(words)))
    edges = [edge for span in content for edge in (span.start, span.end)] or [start]
    within = text[start:end]
    cue = _nearest(within, start, statement["cue"], content, edges)
    near = cue[0].start if cue else edges[0]
    return Roles(_nearest(within, start, statement.get("source"), content, [near]), cue, tuple(content))


def _nearest(paragraph: str, start: int, words: str | None, content: list[Span], places: list[int]) -> tuple[Span, ...]:
    """The words in a paragraph: outside the content rather than in it, and then as near to one of the places as may be."""
    if not words:
        return ()
    spans = [Span(start + m.start(), start + m.end()) for m in re.finditer(re.escape(words), paragraph)]
    by_nearness = sorted(
        spans, key=lambda s: (any(c.holds(s) for c in content), min(abs(s.start - place) for place in places))
    )
    return tuple(by_nearness[:1])
