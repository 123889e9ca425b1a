"""How an article is laid out: its paragraphs in pieces, with notes on the statements and events that begin in each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from onrecord.query.collisions import Collision, CollisionSide
from onrecord.query.inside import Inside
from onrecord.query.pages import Named, Utterance
from onrecord.records import NARRATION, Event, Figure, Prediction, Record, Span, Statement
from onrecord.records.statement import Party
from onrecord.web.marking import Mark, Piece, cut

T = TypeVar("T")
LONGEST = 60_000
"""Characters of an article that one page shows, to the end of a paragraph: some 10,000 words."""


@dataclass(frozen=True, slots=True)
class OtherSide:
    """What stands against a statement: the clash, and the account on its other side."""

    clash: Collision
    other: CollisionSide


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin of a statement. `inside` and `reports`: numbers of the statements around and within it."""

    number: int
    statement: Statement
    speakers: tuple[Named, ...]
    target: Named | None
    addressee: Named | None
    utterance: Utterance | None
    inside: int | None
    reports: tuple[int, ...]
    prediction: Prediction | None
    condition: str | None
    clashes: tuple[OtherSide, ...]
    lit: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """What stands in the margin of an event. `witness`: number of the statement that asserts it; `narrated`: the article does."""

    number: int
    event: Event
    words: str
    actor: Named | None
    recipient: Named | None
    witness: int | None
    narrated: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, with the notes on what begins in it."""

    kind: Literal["text", "headline", "furniture"]
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page of an article. `next`: where the next page begins. `lit`: the number of the statement that was asked for."""

    blocks: tuple[Block, ...]
    next: int | None
    statements: int
    events: int
    lit: int | None


def lay_out(
    record: Record,
    known: Inside,
    *,
    start: int = 0,
    length: int = LONGEST,
    lit: str | None = None,
    clashes: Sequence[Collision] = (),
) -> ArticlePage:
    """The paragraphs of a record's article from a character on, up to `length` characters further.

    `lit`: the id of a statement to be lit. `clashes`: those that the article's accounts are in.
    """
    text, end = record.article.text, start + length
    notes = tuple(_notes(record, known, lit, _against(clashes)))
    deeds = tuple(_deeds(record, known))
    marks = sorted(_marks(record, known, notes, deeds), key=lambda m: (m.span.start, -m.span.end))
    kinds = _blocks(record)
    shown = [(s, kind) for s, kind in kinds if start <= s.start < end and not _is_title(record, s, kind, marks)]
    begun, done = _by_block(notes, kinds, _cue), _by_block(deeds, kinds, _trigger)
    blocks, k = list[Block](), 0
    for span, kind in shown:
        while k < len(marks) and marks[k].span.end <= span.start:
            k += 1
        here = [m for m in marks[k : _until(marks, span.end)] if m.span.end > span.start]
        blocks.append(Block(kind, cut(text, span, here), tuple(begun[span.start]), tuple(done[span.start])))
    following = next((span.start for span, _ in kinds if span.start >= end), None)
    chosen = next((n.number for n in notes if n.lit), None)
    return ArticlePage(tuple(blocks), following, len(notes), len(deeds), chosen)


def _is_title(record: Record, span: Span, kind: str, marks: Sequence[Mark]) -> bool:
    """Whether a headline is what stands over the page already, and nothing is said in it."""
    article = record.article
    if kind != "headline" or span.of(article.text).split() != (article.title or "").split():
        return False
    return not any(m.owner is not None and m.span.overlaps(span) for m in marks)


def _by_block(some: Sequence[T], blocks: Sequence[tuple[Span, str]], place: Callable[[T], int]) -> dict[int, list[T]]:
    """By the start of the block that each stands in."""
    starts = [span.start for span, _ in blocks]
    found = defaultdict[int, list[T]](list)
    for one in some:
        if at := bisect_right(starts, place(one)):
            found[starts[at - 1]].append(one)
    return found


def _cue(note: Note) -> int:
    return note.statement.cue[0].start


def _trigger(deed: Deed) -> int:
    return deed.event.trigger.start


def _until(marks: list[Mark], end: int) -> int:
    return bisect_left(marks, end, key=lambda m: m.span.start)


def _blocks(record: Record) -> list[tuple[Span, Literal["text", "headline", "furniture"]]]:
    """All of the text in order: paragraphs, furniture, and whatever lies between them."""
    article = record.article
    found: list[tuple[Span, Literal["text", "headline", "furniture"]]] = []
    for span in article.paragraphs:
        found.append((span, "headline" if article.headline and article.headline.overlaps(span) else "text"))
    found += [(span, "furniture") for span in article.furniture]
    found.sort(key=lambda block: block[0])
    between, done = list(found), 0
    for span, _ in [*found, (Span(len(article.text), len(article.text) + 1), "text")]:
        if span.start > done and not article.text[done : span.start].isspace():
            between.append((Span(done, span.start), "furniture" if found else "text"))
        done = max(done, span.end)
    return sorted(between, key=lambda block: block[0])


def _against(clashes: Sequence[Collision]) -> dict[str, list[OtherSide]]:
    """By the id of the statement on one side."""
    found = defaultdict[str, list[OtherSide]](list)
    for one in clashes:
        for this, other in ((one.a, one.b), (one.b, one.a)):
            if this.statement:
                found[this.statement.id].append(OtherSide(one, other))
    return found


def _notes(
    record: Record, known: Inside, lit: str | None, against: Mapping[str, Sequence[OtherSide]]
) -> Iterator[Note]:
    numbers = {s.id: k for k, s in enumerate(record.statements, 1)}
    foretold = {p.statement: p for p in record.predictions}
    reports: dict[str, list[int]] = {}
    for s in record.statements:
        if s.inside:
            reports.setdefault(s.inside, []).append(numbers[s.id])
    for s in record.statements:
        utterance, prediction = known.statements.get(s.id), foretold.get(s.id)
        speakers = tuple(known.people[e] for e in s.speaker.entities if e in known.people)
        yield Note(
            numbers[s.id],
            s,
            speakers or ((Named(s.speaker.name),) if s.speaker.name else ()),
            _named(s.target, known),
            _named(s.addressee, known),
            utterance,
            numbers.get(s.inside or ""),
            tuple(reports.get(s.id, ())),
            prediction,
            prediction.condition.of(record.article.text) if prediction and prediction.condition else None,
            tuple(against.get(s.id, ())),
            s.id == lit,
        )


def _deeds(record: Record, known: Inside) -> Iterator[Deed]:
    numbers = {s.id: k for k, s in enumerate(record.statements, 1)}
    for k, event in enumerate(record.events, 1):
        yield Deed(
            k,
            event,
            event.trigger.of(record.article.text),
            _named(event.actor, known),
            _named(event.recipient, known),
            numbers.get(event.asserted_by or ""),
            event.asserted_by == NARRATION,
        )


def _named(party: Party | None, known: Inside) -> Named | None:
    if party is None:
        return None
    return known.people.get(party.entity or "") or Named(party.name)


def _marks(record: Record, known: Inside, notes: tuple[Note, ...], deeds: tuple[Deed, ...]) -> Iterator[Mark]:
    for mention in record.mentions:
        named = known.people.get(mention.entity or "")
        if named and named.identity:
            yield Mark(mention.span, "name", href=f"/who/{named.identity}", title=named.name)
    for note in notes:
        yield from _said(note)
    for deed in deeds:
        title = f"{deed.event.type.lower()}, {deed.event.status}"
        yield Mark(deed.event.trigger, "event", title=title, anchor=f"event-{deed.number}")
    for figure in record.figures:
        yield Mark(figure.span, "figure", title=_told(figure))


def _said(note: Note) -> Iterator[Mark]:
    s, n = note.statement, note.number
    who = next((named.identity for named in note.speakers if named.identity), None)
    for span in s.content:
        yield Mark(span, "content", n, form=s.form, lit=note.lit)
    for span in s.source:
        yield Mark(span, "source", n, href=f"/who/{who}" if who else None, lit=note.lit)
    for k, span in enumerate(s.cue):
        yield Mark(span, "cue", n, href=f"#note-{n}", anchor=None if k else s.id, lit=note.lit)


def _told(figure: Figure) -> str:
    low, high = (f"{bound:,g}" if bound is not None else None for bound in (figure.low, figure.high))
    value = low if low == high else f"{low or 'any number'} to {high or 'any number'}"
    return f"{figure.what}: {value}"
