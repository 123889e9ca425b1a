"""CofeNet's rule: PolNeAR cut into tokenised sequences, and tag spans that must be exact, role by role.

The sequences are turned into readable text first, as a reader of news expects it; each predicted span is then laid back
over the tokens that it touches. Tags cannot overlap: where roles do, a cue covers a source and a source a content.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.evaluation.matching import Roles
from onrecord.evaluation.predicted import PredictedArticle, predicted_articles
from onrecord.evaluation.reading import read_text
from onrecord.evaluation.scores import CofenetScores, Counts, RoleScores
from onrecord.records import MalformedError, RawDocument, Record, Span, WireRecord

_PENN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "`": "'"}
_OPENING_MARKS, _CLOSING_MARKS = ("``", "“"), ("''", "”")
_NO_SPACE_AFTER = tuple("([$“‘")
_NO_SPACE_BEFORE = frozenset(".,;:!?%)]…") | {
    mark + clitic for clitic in ("s", "re", "ve", "ll", "d", "m") for mark in "'’"
} | {"n't", "n’t"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TagSpan:
    """Tokens ``[first, end)`` of one role."""

    role: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class TaggedSequence:
    """A sequence as text, the span of each of its tokens (empty tokens have none), and its gold tag spans."""

    id: str
    origin: str
    text: str
    offsets: tuple[tuple[int, int], ...]
    gold: frozenset[TagSpan]


def cofenet_documents(path: Path) -> Iterator[RawDocument]:
    """The sequences of a CofeNet file as texts, ready to be read."""
    for sequence in load_cofenet(path):
        yield RawDocument(origin=sequence.origin, source_id=sequence.id, text=sequence.text)


def evaluate_cofenet(path: Path, records: Iterable[Record | WireRecord]) -> CofenetScores:
    """Score records of a CofeNet file by exact tag spans."""
    predicted = predicted_articles(records)
    total, sequences, unread = RoleScores(), 0, 0
    for sequence in load_cofenet(path):
        record = predicted.get(sequence.id)
        sequences += 1
        unread += record is None
        found = tag_spans(_tags(sequence, record or PredictedArticle()))
        total += RoleScores(*(_count(found, sequence.gold, role) for role in ("source", "cue", "content")))
    return CofenetScores(sequences, unread, total)


def load_cofenet(path: Path) -> Iterator[TaggedSequence]:
    """Sequences of a file with one JSON object a line: ``tokens`` and BIO ``labels``."""
    lines = read_text(path).split("\n")
    for number, line in enumerate(lines[:-1] if not lines[-1] else lines):
        place = f"{path}:{number + 1}"
        try:
            row = json.loads(line)
            tokens, labels = [str(t) for t in row["tokens"]], [str(t) for t in row["labels"]]
        except (KeyError, TypeError, ValueError) as error:
            raise MalformedError(place, f"expected tokens and labels ({error!r})") from error
        if len(tokens) != len(labels):
            raise MalformedError(place, f"{len(tokens)} tokens with {len(labels)} labels")
        text, offsets = readable(tokens)
        yield TaggedSequence(f"cofenet-{number}", place, text, tuple(offsets), tag_spans(labels))


def readable(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Text of a token sequence, spaced as it is printed, and the range of each token in it."""
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    length, last, quoting = 0, "", False
    for token in tokens:
        word = _PENN.get(token, token)
        if token in _CLOSING_MARKS:
            glued, quoting = True, False
        else:
            glued = not length or last in _NO_SPACE_AFTER or word.casefold() in _NO_SPACE_BEFORE
            if token in _OPENING_MARKS:
                quoting = True
            elif quoting and last == '"':  # just behind a straight mark that opens
                glued, quoting = True, False
        if not glued:
            pieces.append(" ")
            length, last = length + 1, " "
        pieces.append(word)
        offsets.append((length, length + len(word)))
        length, last = length + len(word), word[-1:] or last
    return "".join(pieces), offsets


def tag_spans(labels: Sequence[str]) -> frozenset[TagSpan]:
    """Spans of BIO labels such as ``B-cue``; an ``I-`` of another role opens a span too."""
    spans: set[TagSpan] = set()
    role, first = "", 0
    for place, label in enumerate((*labels, "O")):
        kind, _, this = label.partition("-")
        if role and (kind != "I" or this != role):
            spans.add(TagSpan(role, first, place))
            role = ""
        if kind != "O" and not role:
            role, first = this, place
    return frozenset(spans)


def _tags(sequence: TaggedSequence, record: PredictedArticle) -> list[str]:
    tags = ["O"] * len(sequence.offsets)
    for role in ("content", "source", "cue"):  # later ones cover earlier ones
        for statement in record.statements:
            for span in _spans_of(statement.roles, role):
                begin = "B-"
                for token, (start, end) in enumerate(sequence.offsets):
                    if start < span.end and end > span.start:
                        tags[token] = begin + role
                        begin = "I-"
    return tags


def _spans_of(roles: Roles, role: str) -> tuple[Span, ...]:
    return {"source": roles.source, "cue": roles.cue, "content": roles.content}[role]


def _count(found: frozenset[TagSpan], gold: frozenset[TagSpan], role: str) -> Counts:
    mine, theirs = {s for s in found if s.role == role}, {s for s in gold if s.role == role}
    return Counts(len(mine & theirs), len(mine), len(theirs))
