"""A store's file with all questions as methods: what ``onrecord.open`` gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

from onrecord.query import alerts as alerting
from onrecord.query import cite as citing
from onrecord.query import clashes as colliding
from onrecord.query import dealings as dealing
from onrecord.query import decisions as deciding
from onrecord.query import entities as naming
from onrecord.query import events as happening
from onrecord.query import facets as narrowing
from onrecord.query import figures as counting
from onrecord.query import foretold as looking
from onrecord.query import inside as containing
from onrecord.query import latest as arriving
from onrecord.query import predictions as foretelling
from onrecord.query import search as searching
from onrecord.query import show as showing
from onrecord.query import spots as placing
from onrecord.query import stats as tallying
from onrecord.query import who as asking
from onrecord.query.collisions import Collision, CollisionInFull
from onrecord.query.dealings import Dealings
from onrecord.query.decisions import Logged
from onrecord.query.filters import Asking, Narrowing
from onrecord.query.inside import Inside
from onrecord.query.latest import Dispatch
from onrecord.query.options import strict
from onrecord.query.pages import (
    Choice,
    Citation,
    EntityInFull,
    Facets,
    Foretold,
    Happening,
    Ledger,
    Page,
    Results,
    Shown,
    Tallies,
    Who,
)
from onrecord.query.rows import tuples
from onrecord.query.shortening import Table, short_ids
from onrecord.query.spots import Spots
from onrecord.records import StoreError
from onrecord.store import Alert, Store
from onrecord.store.tallying import By

if TYPE_CHECKING:
    from onrecord.analysis.sentences import EmbedTexts

P = TypeVar("P", bound=Page[Any])


class Library:
    """A store that is open to be asked. Close it, or use it in a `with`.

    Each question answers with a page of frozen values (onrecord.query.pages); its `cursor`, given to the same question, brings
    the next one, and `all_of` goes through them all. Names that fit several raise UnclearError, which has the choices; options
    that a question does not have raise TypeError; all questions raise StoreError once it is closed.

    >>> with onrecord.open("onrecord.db") as library:
    ...     for utterance in library.who("Siv Rondal", since="2024").items:
    ...         print(utterance.said.day, utterance.said.content, utterance.sources)
    """

    def __init__(self, store: Store, *, embedder: EmbedTexts | None = None) -> None:
        self._store = store
        self._embedder = embedder
        self._closed = False

    @classmethod
    def open(cls, path: str | PathLike[str]) -> Self:
        """Open a store's file to read. Raises NotFoundError, or StoreError where it is none that can be read."""
        return cls(Store.open(Path(path)))

    @property
    def connection(self) -> sqlite3.Connection:
        """SQLite's own, which cannot write. The views (``v_statements`` …) are made to be read. Raises StoreError once closed."""
        if self._closed:
            raise StoreError(self.path, "was closed: open it again to ask it")
        return self._store.connection

    @property
    def path(self) -> Path:
        """The store's file, as it was opened."""
        return self._store.path

    @strict(Narrowing)
    def who(
        self,
        name: str,
        *,
        about: str | None = None,
        meaning: bool = True,
        size: int = 50,
        cursor: str | None = None,
        **options: Unpack[Narrowing],
    ) -> Who:
        """Everything that somebody said, oldest first; `about`: what has these words or, with `meaning`, is near them."""
        embedder = self._meaning(wanted=meaning and about is not None)
        return asking.who(self, name, about=about, embedder=embedder, size=size, cursor=cursor, **options)

    @strict(Asking)
    def search(
        self,
        query: str,
        *,
        meaning: bool = True,
        size: int = 20,
        cursor: str | None = None,
        **options: Unpack[Asking],
    ) -> Results:
        """Statements by their words and, with `meaning`, what they mean, best first. Without words: all, newest first."""
        embedder = self._meaning(wanted=meaning and bool(query.strip()))
        return searching.search(self, query, embedder=embedder, size=size, cursor=cursor, **options)

    @strict(Asking)
    def facets(self, query: str = "", **options: Unpack[Asking]) -> Facets:
        """By what a search can be narrowed further: speakers, outlets, acts, forms, months of what has its words."""
        return narrowing.facets(self, query, **options)

    def show(self, name: str) -> Shown:
        """An article by id, address or its source's own id; or the one that a statement's id stands in."""
        return showing.show(self, name)

    def inside(self, article: str) -> Inside:
        """What the whole record knows of an article's entries, by its whole id: where statements are printed, who names are."""
        return containing.inside(self, article)

    def latest(self, *, size: int = 20, cursor: str | None = None) -> Page[Dispatch]:
        """Articles that stand, those published last first, those without a day behind them."""
        return arriving.latest(self, size=size, cursor=cursor)

    def entities(
        self, name: str | None = None, *, kind: str | None = None, size: int = 50, cursor: str | None = None
    ) -> Page[Choice]:
        """Who is in the record, those that most articles name first; or all whom a name may mean."""
        return naming.entities(self, name, kind=kind, size=size, cursor=cursor)

    def entity(self, name: str, *, size: int = 50, cursor: str | None = None) -> EntityInFull:
        """One of them in full, with the evidence of each link."""
        return naming.entity(self, name, size=size, cursor=cursor)

    @strict(Asking)
    def stats(
        self,
        by: By,
        *,
        corrected: bool = False,
        size: int = 50,
        cursor: str | None = None,
        **options: Unpack[Asking],
    ) -> Tallies:
        """Counts by speaker, outlet, day, month, year, act or form; with `corrected` what a perfect reader would have counted."""
        return tallying.stats(self, by, corrected=corrected, size=size, cursor=cursor, **options)

    @strict(happening.EventOptions)
    def events(
        self, *, size: int = 50, cursor: str | None = None, **options: Unpack[happening.EventOptions]
    ) -> Page[Happening]:
        """Who did what to whom, each with whoever asserts it, newest first."""
        return happening.events(self, size=size, cursor=cursor, **options)

    def spots(self, *, type: str | None = None, since: str | None = None, until: str | None = None) -> Spots:
        """Where events happened, as far as a place is known."""
        return placing.spots(self, type=type, since=since, until=until)

    def dealings(self, *, size: int = 12, since: str | None = None, until: str | None = None) -> Dealings:
        """Who acts on whom, by deeds and by what is said, among the `size` who do so most."""
        return dealing.dealings(self, size=size, since=since, until=until)

    @strict(counting.FigureOptions)
    def figures(
        self,
        about: str | None = None,
        *,
        size: int = 20,
        cursor: str | None = None,
        **options: Unpack[counting.FigureOptions],
    ) -> Page[Ledger]:
        """What was counted, a ledger for each matter."""
        return counting.figures(self, about, size=size, cursor=cursor, **options)

    @strict(Asking)
    def predictions(
        self,
        *,
        due_before: str | None = None,
        due_after: str | None = None,
        what: str | None = None,
        bearing: int = 3,
        meaning: bool = True,
        size: int = 20,
        cursor: str | None = None,
        **options: Unpack[Asking],
    ) -> Page[Foretold]:
        """What was foretold or promised, with what came later that bears on it."""
        return foretelling.predictions(
            self,
            due_before=due_before,
            due_after=due_after,
            what=what,
            bearing=bearing,
            embedder=self._meaning(wanted=meaning and bearing > 0),
            size=size,
            cursor=cursor,
            **options,
        )

    def foretold_on(self, words: str, *, size: int = 8, bearing: int = 2) -> tuple[Foretold, ...]:
        """What was foretold on a matter, by the words of a search, those due last first."""
        return looking.foretold_on(self, words, size=size, bearing=bearing)

    @strict(colliding.ClashOptions)
    def clashes(
        self,
        *,
        meaning: bool = True,
        size: int = 20,
        cursor: str | None = None,
        **options: Unpack[colliding.ClashOptions],
    ) -> Page[Collision]:
        """Where accounts differ, the surest first."""
        embedder = self._meaning(wanted=meaning and options.get("about") is not None)
        return colliding.clashes(self, embedder=embedder, size=size, cursor=cursor, **options)

    def clash(self, name: str) -> CollisionInFull:
        """One clash, by its id or the beginning of it, with both passages."""
        return colliding.clash(self, name)

    def decisions(self, *, what: str | None = None, size: int = 50, cursor: str | None = None) -> Page[Logged]:
        """What people decided, the last first, those undone too."""
        return deciding.decisions(self, what=what, size=size, cursor=cursor)

    def alerts(self) -> tuple[Alert, ...]:
        """What is waited for."""
        return alerting.alerts(self)

    def news(self, alert: Alert, *, whole: bool = False) -> alerting.News:
        """What came on an alert since it was last told of; with `whole` since it was made."""
        embedder = self._meaning(wanted=alert.kind == "topic")
        return alerting.news(self, alert, embedder=embedder, whole=whole)

    def cite(self, statement: str) -> Citation:
        """What a statement is cited by; `onrecord.query.cite` has it as text, HTML and CSL-JSON."""
        return citing.cite(self, statement)

    def short_ids(self, table: Table, ids: tuple[str, ...]) -> dict[str, str]:
        """For each id a beginning of it that is enough."""
        return short_ids(self, table, ids)

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _meaning(self, *, wanted: bool) -> EmbedTexts | None:
        """The embedder, loaded when it is first of use: a store without vectors has none for it."""
        if not wanted or not tuples(self, "SELECT 1 FROM vectors LIMIT 1"):
            return None
        if self._embedder is None:
            from onrecord.analysis.sentences import Embedder

            self._embedder = Embedder.load()
        return self._embedder


def all_of(question: Callable[[str | None], P]) -> Iterator[P]:
    """Every page of a question that takes a cursor: ``all_of(lambda cursor: library.who("Siv Rondal", cursor=cursor))``."""
    cursor = None
    while True:
        page = question(cursor)
        yield page
        cursor = page.cursor
        if cursor is None:
            return
