"""What follows from the articles of a store as a whole: versions, copies, identities, utterances, clashes, and counts.

Each is a function of the set of articles and of what people decided. When articles come or go, only what they touch is made
again, within the same transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.link import AuthorityRow, Decision
from onrecord.store.clashing import Clashes
from onrecord.store.copying import CopyClusters
from onrecord.store.deciding import write_authority, write_decision
from onrecord.store.identities import Identities
from onrecord.store.inserting import PlacedRecord
from onrecord.store.reading import article_number, read_record, statement_numbers
from onrecord.store.rows import dump
from onrecord.store.tallying import drop_tallies
from onrecord.store.uttering import Utterances
from onrecord.store.versions import item_of, update_versions

FEW = 8
"""Articles that others' coming or going changes are compared again at once up to here; more wait until the writer is closed."""


@dataclass(slots=True)
class Loose:
    """What articles that were taken out leave behind, to be arranged anew: rows, and blocks of entities."""

    versions: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    statements: set[int] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)


class Derived:
    """Keeps what follows from the articles, within the transaction at hand. After a rollback make a new one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._copies = CopyClusters(connection)
        self._identities = Identities(connection)
        self._utterances = Utterances(connection)
        self._clashes = Clashes(connection)

    def take_out(self, numbers: Iterable[int]) -> Loose:
        """Take articles out of all that was derived of them, while their rows are still as they were."""
        loose, gone, taken = Loose(), sorted(numbers), set[int]()
        self._clashes.remove(gone)
        for number in gone:
            record = read_record(self._connection, number)
            loose.versions.update(item_of(self._connection, number))
            query = "SELECT DISTINCT block FROM entities WHERE article = ?"
            loose.blocks.update(row[0] for row in self._connection.execute(query, (number,)))
            loose.articles |= self._copies.remove(number)
            numbered = statement_numbers(self._connection, number)
            loose.statements |= self._utterances.remove(record, numbered)
            taken.update(numbered.values())
        loose.statements -= taken
        loose.articles.difference_update(gone)
        return loose

    def sweep(self) -> None:
        """Leave nothing of what articles that are gone for good were found by."""
        self._copies.sweep()
        self._utterances.sweep()

    def take_in(self, placed: Sequence[PlacedRecord], loose: Loose) -> None:
        """Take articles in that were written, and arrange what others left behind."""
        numbers = {p.number for p in placed}
        if numbers or loose != Loose():
            drop_tallies(self._connection)
        items = update_versions(self._connection, numbers | loose.versions)
        if self._identities.anchored(p.ready.record.article.id for p in placed):
            loose.blocks |= self._identities.reload()
        moved = self._copies.add({p.number: p.ready for p in placed}, loose.articles)
        renamed = self._identities.link([n for p in placed for n in p.entities.values()], loose.blocks)
        touched = self._utterances.add((p.ready.sayings, p.statements) for p in placed) | loose.statements
        touched |= self._utterances.reconsider(moved.parted) | self._utterances.compare(moved.met)
        rearranged = self._utterances.arrange(touched | self._spoken_by(renamed))
        copied = moved.parted.union(*moved.met)
        versions = {v for item in items if len(item) > 1 or item[0] not in numbers for v in item}
        changed = copied | versions | self._printing_the_same(copied | versions) | loose.articles
        self._reconsider(renamed, rearranged | loose.statements, changed - numbers)

    def compare(self, placed: Sequence[PlacedRecord], found: str) -> None:
        """Compare articles that were taken in, with their vectors, with all others; and others that this changes, where they are
        few. `found`: the moment in UTC.
        """
        for p in placed:
            self._clashes.write(p.ready.record.clashes, found)
        self._clashes.add([p.number for p in placed], found, placed)
        if self._clashes.waiting(FEW + 1) <= FEW:
            self._clashes.again(found)

    def compare_again(self, found: str) -> bool:
        """Compare some of the articles that have changed by others' coming or going; whether more wait."""
        return self._clashes.again(found)

    def _reconsider(self, renamed: Iterable[int], rearranged: Iterable[int], articles: Iterable[int]) -> None:
        """Note what is to be compared again: articles of entities that are somebody else now, of statements, and others."""
        entities = "SELECT DISTINCT article FROM entities WHERE n IN (SELECT value FROM json_each(?))"
        statements = "SELECT DISTINCT article FROM statements WHERE n IN (SELECT value FROM json_each(?))"
        noted = set(articles)
        for query, rows in ((entities, renamed), (statements, rearranged)):
            noted.update(row[0] for row in self._connection.execute(query, (dump(sorted(rows)),)))
        self._clashes.note(noted)

    def decide(self, decision: Decision, note: str | None, by: str | None, made: str) -> str:
        """Keep a human's word and let it take effect. Returns its id."""
        id_ = write_decision(self._connection, decision, note, by, made)
        self._reapply([decision])
        return id_

    def undo(self, decision: Decision, id_: str, undone: str) -> None:
        """Let a decision hold no longer."""
        self._connection.execute("UPDATE decisions SET undone = ? WHERE id = ?", (undone, id_))
        self._reapply([decision])

    def authorize(self, rows: Iterable[AuthorityRow]) -> None:
        """Let `rows` be the authority, in place of what was, and link everything anew."""
        drop_tallies(self._connection)
        write_authority(self._connection, rows)
        self._identities.reload()
        blocks = {row[0] for row in self._connection.execute("SELECT DISTINCT block FROM entities")}
        blocks |= {row[0] for row in self._connection.execute("SELECT DISTINCT block FROM identities")}
        self._rename(self._identities.link([], blocks))

    def reload(self) -> set[str]:
        """Read decisions again, some of which are gone, and return the blocks that this joins or parts."""
        return self._identities.reload()

    def settle(self) -> None:
        """Link as a whole what was linked by name alone."""
        self._rename(self._identities.settle())

    def _reapply(self, decisions: Sequence[Decision]) -> None:
        drop_tallies(self._connection)
        blocks = self._identities.reload()
        for anchor in (anchor for d in decisions for anchor in (d.a, d.b)):
            if (number := article_number(self._connection, anchor.article)) is not None:
                query = "SELECT DISTINCT block FROM entities WHERE article = ?"
                blocks.update(row[0] for row in self._connection.execute(query, (number,)))
        self._rename(self._identities.link([], blocks))

    def _printing_the_same(self, articles: Iterable[int]) -> set[int]:
        """Articles that print what others do: where these stand no longer, theirs is the first printing that does."""
        query = """SELECT DISTINCT t.article FROM json_each(?) j CROSS JOIN statements s ON s.article = j.value
            JOIN appearances p ON p.statement = s.n JOIN appearances q ON q.origin = p.origin
            JOIN statements t ON t.n = q.statement"""
        return {row[0] for row in self._connection.execute(query, (dump(sorted(articles)),))}

    def _rename(self, renamed: set[int]) -> None:
        """Arrange anew what hangs on entities that are somebody else now."""
        self._reconsider(renamed, self._utterances.arrange(self._spoken_by(renamed)), ())

    def _spoken_by(self, entities: Iterable[int]) -> set[int]:
        """Statements of speakers, where they are paired with others."""
        query = "SELECT DISTINCT statement FROM statement_speakers WHERE entity IN (SELECT value FROM json_each(?))"
        return self._utterances.paired(row[0] for row in self._connection.execute(query, (dump(sorted(entities)),)))
