"""Accounts: statements and figures as they are compared, whoever keeps them.

Keys are strings that are equal where two accounts mean the same: an identity's id where a store knows it, else that of the
article's own entity. Somebody who is no entity ("a naval officer") has a key of this article alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from onrecord.link import Saying
from onrecord.records import Counted, Form, Side, Span, SpeakerKind

Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class Account:
    """One statement.

    `origin`: the article that this one is a copy of, itself where it is none. `day`: when it was said, else printed (ISO 8601).
    `number`: its place among the article's statements, `at`: where its cue begins, `paragraph`: the number of its paragraph.
    `speakers`, `target`: keys; empty where nobody is known. `content`: the words at each of `spans`. `names`: keys of the
    entities that its content mentions. `inside`: the statement that reports it. `due`: the last day by which what it foretells
    is to have come about. `frame`: the words of its cue's sentence that are none of its source, cue and content. `vector`: (384,)
    int8 of its content as bytes, None without one. `saying`: its words as utterances compare them. `behind`: stems of the names
    of whom its speaker speaks for, `matter`: of its article's title and first paragraph. `heads`: keys of the bodies of its
    article that its speaker leads or speaks for. `unsaid`: whether it is told as what nobody said ("did not repeat that").
    `until`: the day by which it was said, where no one day is told ("in May"): that of printing.
    """

    article: str
    origin: str
    statement: str
    day: str | None
    number: int
    at: int
    paragraph: int
    form: Form
    speakers: Keys
    speaker: str | None
    speaker_kind: SpeakerKind | None
    act: str | None
    target: Keys
    target_name: str | None
    source: str
    cue: str
    content: tuple[str, ...]
    spans: tuple[Span, ...]
    names: Keys
    frame: str = ""
    inside: str | None = None
    due: str | None = None
    vector: bytes | None = None
    saying: Saying | None = None
    behind: frozenset[str] = frozenset()
    matter: frozenset[str] = frozenset()
    heads: Keys = frozenset()
    unsaid: bool = False
    until: str | None = None

    def side(self) -> Side:
        """It as one side of a clash."""
        return Side(self.article, self.statement, None, self.spans)

    def known_as(
        self, keys: Mapping[str, str], origin: str | None, vector: bytes | None, saying: Saying | None
    ) -> Account:
        """The same where entities have other `keys` and its article is a copy. (`replace` takes three times as long.)"""
        return Account(
            self.article, origin or self.article, self.statement, self.day, self.number, self.at, self.paragraph, self.form,
            _known_as(self.speakers, keys), self.speaker, self.speaker_kind, self.act, _known_as(self.target, keys),
            self.target_name, self.source, self.cue, self.content, self.spans, _known_as(self.names, keys), self.frame,
            self.inside, self.due, vector, saying, self.behind, self.matter, _known_as(self.heads, keys), self.unsaid,
            self.until,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureTally:
    """One figure. `spans`: of the statement that claims it (its content), or its own; `words` stand at `span`.

    `part`: whether it counts some of what another figure counts ("six of the dead"), or what was counted before ("initially 34").
    `thing`: the last word of what is counted, folded. `places`: folded names of the places that its sentence names, else its
    article's title and first paragraph, else the dateline. `matter`: stems of that title and paragraph. `names`: keys of
    what its sentence mentions. `about`: stems of its sentence that carry meaning. `claimant`: keys of who gives it, of the
    article itself where the narration does. `day`: the day it is true of, else that of printing. `place_names`: the places as
    printed, `counted`: what is counted, `sentence`: the figure's own. `placed`: whether that sentence names the places. `risen`:
    whether it is told as what an older count has risen to. `money`: whether it is told in money.
    """

    article: str
    origin: str
    figure: str
    statement: str | None
    day: str | None
    at: int
    paragraph: int
    part: bool
    span: Span
    spans: tuple[Span, ...]
    words: str
    value: float | None
    low: float | None
    high: float | None
    what: Counted
    thing: str | None
    places: frozenset[str]
    names: Keys
    about: frozenset[str]
    claimant: Keys
    matter: frozenset[str] = frozenset()
    place_names: tuple[str, ...] = ()
    counted: str = ""
    sentence: str = ""
    placed: bool = False
    risen: bool = False
    money: bool = False

    def side(self) -> Side:
        """It as one side of a clash."""
        return Side(self.article, self.statement, self.figure, self.spans)

    def known_as(self, keys: Mapping[str, str], origin: str | None) -> FigureTally:
        """The same where entities have other `keys` and its article is a copy."""
        names, claimant = _known_as(self.names, keys), _known_as(self.claimant, keys)
        return replace(self, origin=origin or self.article, names=names, claimant=claimant)


def _known_as(those: Keys, keys: Mapping[str, str]) -> Keys:
    return frozenset([keys.get(key, key) for key in those]) if those else those


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """All that is compared of one article, its statements in the order of their cues and its figures in text order."""

    accounts: tuple[Account, ...]
    tallies: tuple[FigureTally, ...]


class Shelf(Protocol):
    """Where the accounts of other articles are found: a store, or a list. What it gives may hold the article's own: they are
    passed over.

    Each method answers from an index, and returns the `most` first by nearness in time to `day` (then by article and place), so
    that an article costs the same among a million statements.
    """

    def sharing(self, key: str, day: str | None, *, within: int, most: int) -> Sequence[Account]:
        """Accounts whose speaker, target or content is `key`, at most `within` days apart."""
        ...

    def near(self, vector: bytes, day: str | None, *, within: int, most: int) -> Sequence[Account]:
        """Accounts with the nearest vectors, nearest first."""
        ...

    def printed(self, statement: str) -> Sequence[Account]:
        """Accounts that print the same utterance as a statement does, itself included."""
        ...

    def counting(self, what: str, day: str | None, *, within: int, most: int) -> Sequence[FigureTally]:
        """Figures of the same kind, at most `within` days apart."""
        ...
