"""What every format is handed: an article with its record, and what only the store knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.query.collisions import Collision
from onrecord.records import Record, Standing, WireRecord
from onrecord.records.wire_types import WireEvent, WireFigure, WirePrediction, WireStatement
from onrecord.store import Corrected


@dataclass(frozen=True, slots=True)
class Origin:
    """The first printing of an utterance: the statement, and the article that it stands in."""

    statement: str
    article: str
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class ExportedIdentity:
    """Who an entity is across articles. `external`: an authority's identifier (Wikidata's, of ``--authority``)."""

    id: str
    name: str
    kind: str
    country: str | None
    code: str | None
    external: str | None


@dataclass(frozen=True, slots=True)
class Exported:
    """One article. `record` is as it was read, `wire` the same with what the store knows filled in.

    `standing` is the article's, `standings` those of entries that differ from it, by id. `statements` are the ids of those that
    the options fit, `witnesses` the same and, where the article's own words fit, "narration" and None; `stands` the standings
    that are asked for. `origins`: of statements printed more than once, by their ids. `identities`: by id of entity. `colliding`:
    clashes whose earlier side stands in it, those rejected too. Where somebody corrected a statement,
    `reading` is the record as it was read, and `corrections` are the words that hold.
    """

    record: Record
    wire: WireRecord
    standing: Standing
    standings: Mapping[str, Standing]
    statements: frozenset[str]
    witnesses: frozenset[str | None]
    stands: frozenset[str]
    origins: Mapping[str, Origin]
    identities: Mapping[str, ExportedIdentity]
    colliding: tuple[Collision, ...] = ()
    reading: Record | None = None
    corrections: tuple[Corrected, ...] = ()

    def standing_of(self, id_: str) -> Standing:
        """Of a statement, event or figure."""
        return self.standings.get(id_, self.standing)

    def said(self) -> Iterator[WireStatement]:
        """The statements that fit."""
        return (s for s in self.wire["statements"] if s["id"] in self.statements)

    def events(self) -> Iterator[WireEvent]:
        """The events that fit."""
        return (e for e in self.wire["events"] if e["asserted_by"] in self.witnesses and self._stands(e["id"]))

    def figures(self) -> Iterator[WireFigure]:
        """The figures that fit."""
        return (f for f in self.wire["figures"] if f["claimed_by"] in self.witnesses and self._stands(f["id"]))

    def predictions(self) -> Iterator[WirePrediction]:
        """The predictions whose statements fit."""
        return (p for p in self.wire["predictions"] if p["statement"] in self.statements)

    def clashes(self) -> Iterator[Collision]:
        """The clashes whose earlier side fits, where both stand as is asked for."""
        for clash in self.colliding:
            own = (
                clash.a.statement.id
                if clash.a.statement
                else None
                if clash.a.figure is None
                else clash.a.figure.claimed_by
            )
            if own in self.witnesses and clash.a.standing in self.stands and clash.b.standing in self.stands:
                yield clash

    def _stands(self, id_: str) -> bool:
        return self.standing_of(id_) in self.stands
