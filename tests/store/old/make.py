"""Make the old store that migrations are tested from, of records that are made up: python tests/store/old/make.py

It is made anew only while its form has not been released; after that a form changes by a migration, and the file stays.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from onrecord.link import AuthorityRow, Decision, EntityAnchor
from onrecord.store import Failure, Feed, Store, Vectors, Writer
from onrecord.store.migrations import STEPS
from store import making

HERE = Path(__file__).resolve().parent
PAGE_BYTES = 512
"""The least that SQLite knows: most of its tables hold a few rows."""


def main() -> None:
    path = HERE / f"v{len(STEPS)}.db"
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / path.name
        fill(made)
        with closing(sqlite3.connect(made, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            connection.execute("VACUUM")
        path.write_bytes(made.read_bytes())


def fill(path: Path) -> None:
    """Something of everything that a store keeps."""
    records = making.records(6, 14, statements=2, world=making.World(3, people=6, words=300))
    said = [s.id for r in records for s in r.statements]
    with Store.open(path, write=True) as store, Writer(store) as writer:
        vectors = Vectors("sha256:scripted", {id_: np.full(384, k % 100 + 1, np.int8) for k, id_ in enumerate(said)})
        writer.add(records, origins=[f"{k}.txt" for k in range(len(records))], started=making.STARTED, vectors=vectors)
        one, other = [r for r in records if r.entities][:2]
        anchors = [EntityAnchor(r.article.id, r.entities[0].name) for r in (one, other)]
        writer.decide(Decision("split", *anchors), note="not the same")
        row = AuthorityRow(wikidata="Q1", name=other.entities[0].name, kind="person", aliases=(), role=None)
        writer.load_authority([row])
        writer.fail([Failure("gone.txt", "gone.txt", "source", "is not there", making.STARTED)])
        writer.keep_feed(Feed("https://news.example/feed"))
        writer.forget(records[-1].article.id, reason="asked for")


if __name__ == "__main__":
    main()
