"""A corpus with its complete gold record, in the form of the invented stories: ``articles/NN.json``, ``gold/NN.json``.

Every statement is marked, those inside others too, so every predicted one counts. Gold gives ranges (``at``), or exact
words of a paragraph (paragraphs stand a blank line apart), which are then looked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.evaluation.matching import Roles
from onrecord.evaluation.names import same_speaker
from onrecord.evaluation.pairing import pair_article
from onrecord.evaluation.polnear import GoldArticle
from onrecord.evaluation.predicted import predicted_articles
from onrecord.evaluation.reading import read_text
from onrecord.evaluation.scores import CorpusScores, Counts, Share
from onrecord.records import MalformedError, NotFoundError, RawDocument, Record, Span, VerbatimError, WireRecord


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """An article with its gold: besides each statement's roles its form, and the index of the one that reports it.

    `speakers`: their names; None for the article's own writer.
    """

    gold: GoldArticle
    forms: tuple[str, ...]
    inside: tuple[int | None, ...]
    speakers: tuple[str | None, ...]


def corpus_documents(directory: Path) -> Iterator[RawDocument]:
    """The articles of a corpus, ready to be read, with what their outlets tell of them."""
    for path in _files(directory):
        row = _object(path, "id", "text")
        told: dict[str, Any] = {name: row.get(name) for name in ("title", "url", "outlet", "byline", "published")}
        yield RawDocument(origin=str(path), source_id=row["id"], text=row["text"], **told)


def load_corpus(directory: Path) -> Iterator[CorpusArticle]:
    """The articles of a corpus with their gold. Raises InputError where a file is missing or malformed."""
    for path in _files(directory):
        row, gold_path = _object(path, "id", "text"), directory / "gold" / path.name
        gold = _object(gold_path)
        try:
            paragraphs = [Span(*m.span()) for m in re.finditer(r"(?s).+?(?=\n\n|\Z)", row["text"])]
            roles = tuple(_roles(row["text"], paragraphs, s) for s in gold["statements"])
            index = {s["n"]: k for k, s in enumerate(gold["statements"])}
            inside = tuple(None if s["inside"] is None else index[s["inside"]] for s in gold["statements"])
            forms = tuple(s["form"] for s in gold["statements"])
            speakers = tuple(None if s["kind"] == "author" else s["speaker"] for s in gold["statements"])
        except (KeyError, IndexError, TypeError, VerbatimError) as error:
            raise MalformedError(str(gold_path), f"not a gold record of {path.name} ({error!r})") from error
        yield CorpusArticle(GoldArticle(row["id"], str(path), row["text"], roles), forms, inside, speakers)


def evaluate_corpus(directory: Path, records: Iterable[Record | WireRecord]) -> CorpusScores:
    """Score records of a corpus: statements, and of those that pair with a gold one their form, nesting and speaker.

    A speaker is right under any name that the corpus gives it (``gold/corpus.json``).
    """
    predicted = predicted_articles(records)
    aliases = _aliases(directory / "gold" / "corpus.json")
    scores = CorpusScores()
    for article in load_corpus(directory):
        paired = pair_article(article.gold, predicted.get(article.gold.id))
        given, gold = len(paired.predicted.statements), len(article.gold.attributions)
        found = dict(paired.in_pairs())
        nested = {g: up for g in found if (up := article.inside[g]) is not None}
        forms = sum(s.form == article.forms[g] for g, s in found.items())
        right = sum(up in found and found[up].id == found[g].inside for g, up in nested.items())
        people = {g: name for g in found if (name := article.speakers[g]) is not None}
        named = sum(_same(found[g].speaker, name, aliases) for g, name in people.items())
        scores += CorpusScores(
            articles=1,
            unusable=int(not paired.usable),
            triple_exact=Counts(len(paired.exact), given, gold),
            triple_relaxed=Counts(len(paired.relaxed), given, gold),
            form=Share(forms, len(found)),
            inside=Share(right, len(nested)),
            speaker=Share(named, len(people)),
        )
    return scores


def _aliases(path: Path) -> Mapping[str, frozenset[str]]:
    """The entities that a name, in small letters, is given to. None where the corpus has no such file."""
    out: dict[str, set[str]] = {}
    for entity in _object(path).get("entities", []) if path.is_file() else ():
        for name in (entity["name"], *entity["aliases"]):
            out.setdefault(name.casefold(), set()).add(entity["name"])
    return {name: frozenset(entities) for name, entities in out.items()}


def _same(given: str | None, gold: str, aliases: Mapping[str, frozenset[str]]) -> bool:
    mine, theirs = (aliases.get((n or "").casefold(), frozenset({n} if n else ())) for n in (given, gold))
    return not mine.isdisjoint(theirs) or same_speaker(given, gold)


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


def _roles(text: str, paragraphs: list[Span], statement: Mapping[str, Any]) -> Roles:
    """Where a gold statement stands. Of several places with the same words, those nearest to one another are meant."""
    if at := statement.get("at"):
        one = {role: (Span(*at[role]),) if at.get(role) else () for role in ("source", "cue")}
        return Roles(one["source"], one["cue"], tuple(Span(*pair) for pair in at.get("content") or ()))
    paragraph = paragraphs[statement["p"]]
    content: list[Span] = []
    for words in statement["content"]:
        start = text.find(words, content[-1].end if content else paragraph.start)
        start = start if start >= 0 else text.find(words, paragraph.start)
        if start >= 0:
            content.append(Span(start, start + len(words)))
    edges = [edge for span in content for edge in (span.start, span.end)] or [paragraph.start]
    cue = _nearest(text, paragraph, statement["cue"], content, edges)
    near = cue[0].start if cue else edges[0]
    return Roles(_nearest(text, paragraph, statement.get("source"), content, [near]), cue, tuple(content))


def _nearest(text: str, within: Span, words: str | None, content: list[Span], places: list[int]) -> tuple[Span, ...]:
    """The words in a paragraph: outside the content rather than in it, and then as near to one of the places as may be."""
    if not words:
        return ()
    shift = within.start
    spans = [Span(shift + m.start(), shift + m.end()) for m in re.finditer(re.escape(words), within.of(text))]
    by_nearness = sorted(
        spans, key=lambda s: (any(c.holds(s) for c in content), min(abs(s.start - place) for place in places))
    )
    return tuple(by_nearness[:1])
