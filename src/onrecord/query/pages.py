"""What the questions answer with: frozen values that know no table and no interface.

Everything shown as somebody's words comes with its spans in the article. Ids are the store's. Absent is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from onrecord.records import Span
from onrecord.records.wire_types import Standing

T = TypeVar("T")
Found = Literal["words", "meaning"]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the entries, and the `cursor` that gives the next ones (None: there are none).

    `total`: how many there are on all pages, where that is cheap to tell. `withdrawn`: how many more there would be if
    withdrawn statements were not left out; 0 where they were asked for.
    """

    items: tuple[T, ...]
    cursor: str | None = None
    total: int | None = None
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article in one line. `copy_of`: the id of the article that it is a copy of."""

    id: str
    source_id: str | None
    title: str | None
    outlet: str | None
    agency: str | None
    byline: str | None
    published: str | None
    url: str | None
    standing: Standing
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by the name that the whole record has for them (`identity`), or by what one article prints (None)."""

    name: str
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as an article prints it.

    `speaker`: names across articles, of several joined by " + "; `printed`: what this article calls the speaker. `day`: the day
    said where it is told, else that of publication.
    """

    id: str
    article: ArticleRef
    form: str
    source: str
    cue: str
    content: str
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]
    speaker: str | None
    speakers: tuple[Named, ...]
    printed: str | None
    speaker_kind: str | None
    speaker_basis: str | None
    speaker_reason: str | None
    speaker_score: float | None
    act: str | None
    act_class: str | None
    act_plover: str | None
    act_score: float | None
    target: Named | None
    addressee: Named | None
    inside: str | None
    day: str | None
    said_date: str | None
    said_edtf: str | None
    said_basis: str | None
    score: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Appearance:
    """One article's printing of an utterance. `altered`: pairs of words of the first printing and words here."""

    statement: str
    article: ArticleRef
    similarity: float
    altered: tuple[tuple[str, str], ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said, however many articles print it.

    `id`: the statement that it was first printed as. `said`: the printing that answers the question. `printed`: articles
    that print it, `outlets` and `sources` among them: sources are articles that are no copies of one another.
    `appearances`: the printings, earliest first, of very many the first.
    """

    id: str
    said: Said
    printed: int
    outlets: int
    sources: int
    first: ArticleRef
    appearances: tuple[Appearance, ...] = ()

    @property
    def altered(self) -> bool:
        """Whether some article prints other words."""
        return any(a.altered for a in self.appearances)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody whom a name may mean, with the evidence: how many articles name them and statements they made."""

    identity: str
    name: str
    kind: str
    country: str | None
    roles: tuple[str, ...]
    articles: int
    statements: int


@dataclass(frozen=True, slots=True)
class Who(Page[Utterance]):
    """All that somebody said, oldest first. `statements`: printings, where `total` counts utterances.

    `others`: those who bear the name as well but said nothing.
    """

    who: Choice | None = None
    statements: int = 0
    others: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of an article around what was found: ``text`` is the article's own, at `span`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An utterance that a search found. `matches`: where in the article its words stand; none if found by meaning alone."""

    utterance: Utterance
    snippet: Snippet
    matches: tuple[Span, ...]
    found: tuple[Found, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Results(Page[Hit]):
    """What a search found, best first. `complete` is False where more statements hold the words than could be ranked."""

    complete: bool = True
