"""How a clash is told on a terminal: both sides under one another, the words that collide marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.padding import Padding
from rich.text import Text

from onrecord.cli.marks import STYLES
from onrecord.cli.telling import MOST_WORDS, WITHDRAWN, chance, cue_of, publisher
from onrecord.cli.terminal import Screen, count, one_line, safe
from onrecord.codebook import clash_kinds
from onrecord.query.collisions import Collision, CollisionInFull, CollisionSide, Passage
from onrecord.records import Span

__all__ = ["claimant", "publisher", "show_collision", "show_in_full"]

PARTED = " … "
"""Between the pieces of a cut statement (onrecord.records.words_of)."""
COLLIDES = "bold reverse"
BRACKETS = ("⟦", "⟧")
"""Around words that collide, where there are no colours."""
ALTERED = "altered-quotation"


def claimant(side: CollisionSide) -> str | None:
    """Who gives an account; the paper itself where the narration does."""
    if side.statement is None and side.figure is not None:
        return None if side.figure.claimed_by is None else "the article itself"
    said = side.statement
    return side.speaker or (said.source if said else None) or None


def show_collision(screen: Screen, one: Collision, short: str) -> None:
    """A clash in a few lines."""
    screen.show(_head(one, short))
    for side, verb in ((one.a, None), (one.b, clash_kinds()[one.kind].verb)):
        screen.show(Padding(_who(one, side, verb), (0, 0, 0, 2)), Padding(_said(screen, side), (0, 0, 0, 6)))
        if side.statement is not None and side.statement.sentence:
            screen.show(Padding(Text(f"in: {one_line(side.statement.sentence)}", "dim"), (0, 0, 0, 6)))
    if one.review:
        screen.show(Padding(_review(one), (0, 0, 0, 2)))
    screen.show("")


def show_in_full(screen: Screen, shown: CollisionInFull, short: str) -> None:
    """A clash with the paragraphs that both sides stand in."""
    one = shown.clash
    screen.show(_head(one, short))
    for side, passage, verb in ((one.a, shown.a, None), (one.b, shown.b, clash_kinds()[one.kind].verb)):
        article = side.article
        facts = [article.title, article.outlet, article.published, article.url, article.id]
        screen.show("", _who(one, side, verb), Text(" · ".join(one_line(f) for f in facts if f), "dim"))
        screen.show(Padding(_in_place(screen, passage, side), (0, 0, 0, 4)))
    how = "articles that are no copies of one another" if one.independent else "one article, or copies of one"
    screen.show("", Text(f"the two stand in {how}", "dim"))
    if one.review:
        screen.show(_review(one))


def _head(one: Collision, short: str) -> Text:
    facts = [
        chance(one.score),
        one.day or "no day",
        short,
        *([f"{one.others} more of the same two"] if one.others else []),
    ]
    return Text.assemble((one.kind, "bold"), "  ", one_line(one.matter), "  ", (" · ".join(facts), "dim"))


def _who(one: Collision, side: CollisionSide, verb: str | None) -> Text:
    """Who says it when, and where. How many print it is not told of an altered quotation: they are the same on both sides."""
    name = claimant(side)
    who = Text(one_line(name), STYLES["source"]) if name else Text("not told who", "italic dim")
    printed = f"{publisher(side.article)} {side.article.published or ''}".strip()
    more = (
        f" +{side.printed - 1:,} ({count(side.sources, 'source')})" if side.printed > 1 and one.kind != ALTERED else ""
    )
    line = Text.assemble((f"{side.told_day or 'no day'}  ", "dim"), who, (f"  {verb}" if verb else "", STYLES["cue"]))
    line.append(f"  {one_line(printed)}{more}", "dim")
    if side.standing != "current":
        line.append(f"  {side.standing}", WITHDRAWN)
    return line


def _said(screen: Screen, side: CollisionSide) -> Text:
    """The words of an account with those that collide marked, behind their cue where they would read otherwise without; of long
    ones a piece around the first of these.
    """
    text, at = Text(), 0
    first: int | None = None
    for span in side.spans:
        words = side.words[at : at + span.end - span.start]
        at += len(words) + len(PARTED)
        for piece, collides in _pieces(words, span, side.why):
            if collides and first is None:
                first = len(text)
            _add(screen, text, piece, collides=collides, said=True)
        text.append(PARTED)
    text.right_crop(len(PARTED))
    begin = max(0, min((first or 0) - MOST_WORDS // 2, len(text) - MOST_WORDS))
    shown = text[begin : begin + MOST_WORDS]
    cue = Text() if side.statement is None else cue_of(side.statement)
    return Text.assemble(cue, "… " if begin else "", shown, " …" if begin + MOST_WORDS < len(text) else "")


def _in_place(screen: Screen, passage: Passage, side: CollisionSide) -> Text:
    """A passage with the account in its colour, and what collides marked."""
    text, at = Text(), passage.span
    edges = {at.start, at.end, *(min(max(e, at.start), at.end) for s in side.spans for e in (s.start, s.end))}
    ordered = sorted(edges)
    for start, end in zip(ordered, ordered[1:], strict=False):
        part = Span(start, end)
        said = any(s.holds(part) for s in side.spans)
        for piece, collides in _pieces(passage.text[start - at.start : end - at.start], part, side.why):
            _add(screen, text, piece, collides=collides, said=said)
    return text


def _pieces(words: str, at: Span, why: Sequence[Span]) -> list[tuple[str, bool]]:
    """The words at a span, cut where those that collide begin and end, and which do."""
    edges = sorted({at.start, at.end, *(e for s in why for e in (s.start, s.end) if at.start < e < at.end)})
    parts = [Span(start, end) for start, end in zip(edges, edges[1:], strict=False)]
    return [(words[p.start - at.start : p.end - at.start], any(s.holds(p) for s in why)) for p in parts]


def _add(screen: Screen, text: Text, piece: str, *, collides: bool, said: bool) -> None:
    shown = safe(piece)
    if collides and not screen.coloured:
        shown = shown.join(BRACKETS)
    text.append(shown, f"{STYLES['content']} {COLLIDES}" if collides else STYLES["content"] if said else "")


def _review(one: Collision) -> Text:
    review = one.review
    assert review is not None  # asked only of what was reviewed
    note = f": {one_line(review.note)}" if review.note else ""
    return Text(f"{review.verdict} {review.made[:10]}{note} (--undo {review.decision})", "yellow")
