"""What the questions answer with: frozen values that know no table and no interface.

Everything shown as somebody's words comes with its spans in the article. Ids are the store's. Absent is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from onrecord.records import Record, Span
from onrecord.records.wire_types import Standing
from onrecord.store.correcting import Overruled

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

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by the name that the whole record has for them (`identity`), or by what one article prints (None)."""

    name: str
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One statement as an article prints it.

    `speaker`: names across articles, of several joined by " + "; `printed`: what this article calls the speaker. `day`: the day
    said where it is told, of a month or a year its first, else that of publication. `corrected`: what a
    human's word has taken the place of (of one that was rejected, which no answer has: that it was). `told_by`: the speakers of
    the statements that this one stands inside, the next one first: by whom the article has it. `sentence`: that its cue stands
    in, where the content alone does not tell what it is about ("denied the claim"), else None.
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
    corrected: tuple[Overruled, ...] = ()
    told_by: tuple[str, ...] = ()
    sentence: str | None = None

    @property
    def told_day(self) -> str | None:
        """The day as it is told: a month or a year where the words say no more ("2024-05"), whose first is its `day`."""
        return self.said_edtf if self.said_edtf and self.said_date is None else self.day


@dataclass(frozen=True, slots=True)
class Appearance:
    """One article's printing of an utterance. `altered`: pairs of words of the first printing and words here."""

    statement: str
    article: ArticleRef
    similarity: float
    altered: tuple[tuple[str, str], ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Against:
    """What stands against an entry: the other side of a clash that it is in.

    `statement` and `figure`: ids of the other side. `cue`: where its words would read otherwise without it ("denied"), else
    empty. `score` is None where the clash stands by a human's word alone; `accepted`: whether a human called it one.
    """

    clash: str
    kind: str
    article: ArticleRef
    statement: str | None
    figure: str | None
    speaker: str | None
    words: str
    day: str | None
    score: float | None
    accepted: bool
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said, however many articles print it.

    `id`: the statement that it was first printed as. `said`: the printing that answers the question. `printed`: articles
    that print it, `outlets` and `sources` among them: sources are articles that are no copies of one another.
    `appearances`: the printings, earliest first, of very many the first. `against`: of what a person said, what they said before
    and turn from by this.
    """

    id: str
    said: Said
    printed: int
    outlets: int
    sources: int
    first: ArticleRef
    appearances: tuple[Appearance, ...] = ()
    against: tuple[Against, ...] = ()

    @property
    def altered(self) -> bool:
        """Whether some article prints other words."""
        return any(a.altered for a in self.appearances)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody whom a name may mean, with the evidence: how many articles name them and utterances are theirs.

    What stands is counted, copies once; of one of many up to 1,000 (onrecord.query.names.COUNTED).
    """

    identity: str
    name: str
    kind: str
    country: str | None
    roles: tuple[str, ...]
    articles: int
    statements: int

    def __str__(self) -> str:
        return f"{self.name} ({self.identity})"


@dataclass(frozen=True, slots=True)
class Who(Page[Utterance]):
    """All that somebody said, oldest first. `statements`: printings, where `total` counts utterances.

    `others`: those who bear the name as well but said nothing, and those who spoke and have it in a longer name. `alike`: of one
    who said nothing those who spoke and are spelt so.
    """

    who: Choice | None = None
    statements: int = 0
    others: tuple[Choice, ...] = ()
    alike: tuple[Choice, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as it was read. `statement`: the one that was asked for, where it was one. `copies`: its other printings
    (articles that are copies of one another), earliest first. `versions`: other versions of the same item, oldest first.
    `corrected`: what of the record is a human's word, and which statements, that are not in it, somebody rejected.
    """

    article: ArticleRef
    record: Record
    statement: str | None
    copies: tuple[ArticleRef, ...]
    versions: tuple[ArticleRef, ...]
    corrected: tuple[Overruled, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """What articles call somebody, and the first and last day on which one does."""

    text: str
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an entity of one article is taken for an identity: `printed` is its name there, `method` and `score` the link's."""

    entity: str
    printed: str
    roles: tuple[str, ...]
    method: str
    score: float
    article: ArticleRef


@dataclass(frozen=True, slots=True)
class About:
    """How often somebody's statements of one act are aimed at somebody."""

    act: str | None
    party: Named
    statements: int


@dataclass(frozen=True, slots=True)
class EntityInFull(Page[Evidence]):
    """All that is known of one identity; the entries are the links that it is made of, those stored first.

    `days`: those on which they said something that stands, in order, each with how many utterances.
    """

    who: Choice | None = None
    aliases: tuple[str, ...] = ()
    roles: tuple[RoleHeld, ...] = ()
    code: str | None = None
    external: str | None = None
    first: str | None = None
    last: str | None = None
    speaks_of: tuple[About, ...] = ()
    spoken_of_by: tuple[About, ...] = ()
    days: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the statements that a search found have a value. `identity`: of a speaker."""

    value: str
    statements: int
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """What the statements that a search found have, most first; months in order. `complete` as in Results."""

    speakers: tuple[Facet, ...]
    outlets: tuple[Facet, ...]
    acts: tuple[Facet, ...]
    forms: tuple[Facet, ...]
    months: tuple[Facet, ...]
    statements: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one speaker, outlet, day or act. `sources`: articles that are no copies of
    one another. `identity`: of a speaker. `corrected`, where it was asked for: the statements that a perfect reader would have
    counted, between `corrected_low` and `corrected_high` at 95% (onrecord.query.correcting).
    """

    key: str | None
    identity: str | None
    statements: int
    utterances: int
    articles: int
    sources: int
    corrected: float | None = None
    corrected_low: float | None = None
    corrected_high: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """By what counts were corrected. `other_weights`: whether the store has articles that others read than were measured."""

    corpus: str
    rule: str
    articles: int
    precision: float
    recall: float
    weights: str
    other_weights: bool


@dataclass(frozen=True, slots=True)
class Tallies(Page[Tally]):
    """Counts. `measured`: where they were corrected, by what."""

    measured: Measured | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """What a statement is cited by. `spans`: where its words stand in the article's text, whose UTF-8 has that `sha256`.

    `retrieved`: the moment at which an archive or a fetch took the article. `day`: the day, month or year of saying that the
    article tells, None where that is no more than the day of publication. `told_by`, `speaker_score` and `corrected` as of
    Said. `rejected`: somebody said that it is no statement.
    """

    statement: str
    speaker: str | None
    speaker_score: float | None
    form: str
    cue: str
    day: str | None
    told_by: tuple[str, ...]
    words: str
    outlet: str | None
    title: str | None
    byline: str | None
    published: str | None
    url: str | None
    retrieved: str | None
    article: str
    spans: tuple[Span, ...]
    sha256: str
    standing: Standing
    corrected: tuple[Overruled, ...] = ()
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with its witness. `asserted_by`: the id of a statement, "narration", or None where that cannot be told;
    `witness`: the speaker of that statement.
    """

    id: str
    article: ArticleRef
    span: Span
    trigger: str
    type: str
    mode: str | None
    actor: Named | None
    recipient: Named | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    date: str | None
    edtf: str | None
    basis: str | None
    status: str
    asserted_by: str | None
    witness: str | None
    score: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of a ledger: its words, and the least and most that they allow. `day`: that it is true of, else of
    publication. `claimed_by` and `claimant` as `asserted_by` and `witness` of a Happening. `printed`: articles that give it.
    """

    id: str
    article: ArticleRef
    span: Span
    words: str
    value: float | None
    low: float | None
    high: float | None
    counted: str | None
    as_of: str | None
    day: str | None
    claimed_by: str | None
    claimant: str | None
    printed: int
    sources: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Ledger:
    """The counts of one matter, by day: who was how many, by whom. `thing`: what is counted, where it is no person;
    `place`: where. `differ`: whether two counts exclude each other, at whatever time. `apart`: those of the first day on which
    different claimants gave counts that do; of a number that grows, counts of several days may differ and all be right.
    """

    what: str
    thing: str | None
    place: str | None
    counts: tuple[Count, ...]
    differ: bool
    apart: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Bearing:
    """A later statement or article that bears on something foretold, by what it has in common with it."""

    article: ArticleRef
    statement: str
    speaker: str | None
    snippet: Snippet
    day: str | None


@dataclass(frozen=True, slots=True)
class Foretold:
    """A prediction or promise: when it is due (`latest` None: no day is told), on what condition, and what came later.

    `became`: later accounts that differ from it.
    """

    utterance: Utterance
    kind: str
    earliest: str | None
    latest: str | None
    basis: str | None
    condition: str | None
    bearing: tuple[Bearing, ...]
    became: tuple[Against, ...] = ()
