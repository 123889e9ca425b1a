"""What questions about clashes answer with: frozen values, as `onrecord.query.pages` has them of all else."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.query.pages import ArticleRef, Count, Said
from onrecord.records import Span
from onrecord.records.wire_types import Standing
from onrecord.store import Verdict


@dataclass(frozen=True, slots=True)
class CollisionSide:
    """One side of a clash: a statement, or a figure that the narration gives; a figure's clash has both where somebody claims it.

    `spans`: the statement's content (its cue, where it has none), else the figure. `words` stand there. `why`: where the words
    that collide stand. `day`: that the account is of. `printed`, `outlets`, `sources`: articles that print it, outlets among
    them, and articles that are no copies of one another.
    """

    article: ArticleRef
    statement: Said | None
    figure: Count | None
    speaker: str | None
    words: str
    spans: tuple[Span, ...]
    why: tuple[Span, ...]
    colliding: tuple[str, ...]
    day: str | None
    printed: int
    outlets: int
    sources: int
    standing: Standing

    @property
    def told_day(self) -> str | None:
        """The day as it is told: a month or a year, where what is said was said in one."""
        return self.day if self.figure is not None or self.statement is None else self.statement.told_day


@dataclass(frozen=True, slots=True)
class Review:
    """A human's verdict on a clash, with the note and the moment (UTC). `decision`: the id to undo it by."""

    verdict: Verdict
    note: str | None
    made: str
    decision: str


@dataclass(frozen=True, slots=True)
class Collision:
    """Two accounts that differ, the earlier first. Which one is right is not told.

    `score`: the calibrated chance that a reader would call it a clash; None where nothing finds it any more and it stands by its
    review. `day`: on which it arose, the later one's. `independent`: whether the two stand in articles that are no copies of one
    another. `found`: the moment (UTC) at which the store first had it. `others`: in a list, how many more clashes of the same two
    utterances it stands for, with the score of the surest of them all.
    """

    id: str
    kind: str
    about: str
    a: CollisionSide
    b: CollisionSide
    score: float | None
    day: str | None
    independent: bool
    found: str
    review: Review | None
    others: int = 0

    @property
    def matter(self) -> str:
        """`about`, with words that one side printed for the other's as they are printed: "Friday → Monday"."""
        before, arrow, after = self.about.partition(_ALTERED)
        if not arrow:
            return self.about
        return f"{_as_printed(before, self.a.colliding)}{arrow}{_as_printed(after, self.b.colliding)}"


_ALTERED = " → "


def _as_printed(words: str, colliding: tuple[str, ...]) -> str:
    """Words that were folded, as they stand in the article; as they are where they do not."""
    text = " ".join(colliding)
    at = text.lower().find(words) if len(text.lower()) == len(text) else -1
    return text[at : at + len(words)] if at >= 0 else words


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraphs of an article that an account stands in: ``text`` is the article's own, at `span`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class CollisionInFull:
    """A clash with both passages."""

    clash: Collision
    a: Passage
    b: Passage
