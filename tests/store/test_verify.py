"""A store that is damaged is told from one that is not, wherever the damage lies."""

from __future__ import annotations

import shutil
import sqlite3
import tomllib
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from onrecord.records import Span, StoreError, statement_id
from onrecord.store import Store, Vectors, Writer, backup, check_installation, check_store, verify
from onrecord.store.backup import copy_to

from . import making
from .test_versions import article

URL = "https://news.example/lane"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A store with copies, versions, utterances and vectors."""
    import numpy as np

    path = tmp_path_factory.mktemp("sound") / "sound.db"
    records = making.records(6, 20, statements=4, world=making.World(3, people=12))
    records += [article(["One", f"And {n}"], url=URL, day=f"2031-05-0{n}") for n in (1, 2)]
    ids = [s.id for r in records for s in r.statements]
    vectors = Vectors("sha256:one", {id_: np.full(384, 1 + k % 9, np.int8) for k, id_ in enumerate(ids)})
    with Store.open(path, write=True) as store, Writer(store) as writer:
        writer.add(records, origins=[r.article.id for r in records], started=making.STARTED, vectors=vectors)
    return path


@pytest.fixture
def path(sound, tmp_path):
    return shutil.copy(sound, tmp_path / "record.db")


def findings(path):
    with Store.open(path) as store:
        return list(verify(store))


def test_a_sound_store_has_nothing_to_tell(path):
    assert findings(path) == []
    with Store.open(path, write=True) as store:
        assert list(verify(store)) == [] and list(verify(store, quick=True)) == []


ONE = "(SELECT min({0}) FROM {1})"
DAMAGE = {
    "a letter of a text": ("entry", "UPDATE articles SET text = 'X' || substr(text, 2) WHERE n = 1"),
    "a text cut short": ("entry", "UPDATE articles SET text = substr(text, 1, 40) WHERE n = 1"),
    "another address": ("entry", "UPDATE articles SET url = 'https://news.example/x' WHERE n = 1"),
    "a span moved": ("entry", "UPDATE statements SET content_spans = '[[0,5]]' WHERE n = 1"),
    "a span that is none": ("entry", "UPDATE statements SET cue_spans = '[[9,2]]' WHERE n = 1"),
    "spans that are no JSON": ("entry", "UPDATE statements SET source_spans = '[[' WHERE n = 1"),
    "words put into a mouth": ("entry", "UPDATE statements SET content = 'I resign' WHERE n = 1"),
    "a speaker that is not printed": ("entry", "UPDATE statements SET speaker = 'Nobody Atall' WHERE n = 1"),
    "a mention moved": ("entry", 'UPDATE mentions SET "end" = "end" + 400 WHERE article = 1'),
    "an entity renamed": ("entry", "UPDATE entities SET name = substr(name, 1, 3) WHERE n = 1"),
    "an event moved": ("entry", 'UPDATE events SET "start" = "start" + 1, "end" = "end" + 1 WHERE n = 1'),
    "a figure moved": ("entry", 'UPDATE figures SET "start" = 0, "end" = 3 WHERE n = 1'),
    "a statement of no article": ("references", "UPDATE statements SET article = 999 WHERE n = 1"),
    "a speaker of no entity": ("references", "UPDATE statement_speakers SET entity = 999 WHERE statement = 1"),
    "keys of nobody": (
        "references",
        "UPDATE article_keys SET rest = randomblob(6 * size)",
    ),
    "keys lost": ("derived", "DELETE FROM wording_keys WHERE n = 1"),
    "words out of the index": (
        "words",
        """INSERT INTO statements_fts (statements_fts, rowid, content, speaker, target, source)
            SELECT 'delete', n, content, speaker, target, source FROM statements WHERE n = 2""",
    ),
    "words only in the index": ("words", "INSERT INTO articles_fts (rowid, title, text) VALUES (777, 'no', 'such')"),
    "a vector lost": ("vectors", "DELETE FROM vectors WHERE statement = 2"),
    "a vector of nobody": ("vectors", "UPDATE vectors SET statement = 9999 WHERE statement = 2"),
    "a chunk lost": ("vectors", "DELETE FROM vector_chunks"),
    "a link bent": ("derived", f"UPDATE links SET identity = {ONE.format('n', 'identities')}"),
    "an identity renamed": ("derived", "UPDATE identities SET name = 'Somebody Else' WHERE n = 1"),
    "a name not found by": ("derived", "DELETE FROM identity_names WHERE identity = 1"),
    "a copy lost": ("derived", "DELETE FROM copies WHERE article != origin"),
    "a copy invented": ("derived", "INSERT OR REPLACE INTO copies VALUES (1, 2, 0.9)"),
    "an appearance altered": ("derived", """UPDATE appearances SET altered = '[["a","b"]]'"""),
    "a withdrawn statement back": ("derived", "UPDATE statements SET standing = 'current'"),
    "an old version back": ("derived", "UPDATE articles SET standing = 'current'"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found(path, damage):
    part, command = DAMAGE[damage]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = connection.total_changes
        connection.execute(command)
        assert connection.total_changes > before, "the test damages something"
    found = findings(path)
    assert part in {f.part for f in found}, found


def test_a_torn_page_is_found(path):
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'mentions'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : (page - 1) * size + 64] = b"\xff" * 64
    path.write_bytes(content)
    assert "file" in {f.part for f in findings(path)}


def test_a_store_is_checked_while_another_writes(path):
    with Store.open(path, write=True):
        assert findings(path) == []


def test_another_may_write_while_a_store_is_checked(path, monkeypatch):
    """Each check runs beside a writer that comes after it has begun, and leaves nothing beside the store."""
    monkeypatch.setattr(import_module("onrecord.store.verify"), "_indexes", lambda copy: writes(copy, path))

    def writes(copy, path):
        assert copy.parent.parent == path.parent, "where there was room for the store"
        with Store.open(path, write=True) as store:
            Writer(store).clear_failures(["x"])
        yield from ()

    assert findings(path) == []
    assert not [p for p in path.parent.iterdir() if p.is_dir()]


def test_a_store_is_checked_where_no_folder_can_be_made_beside_it(path, monkeypatch):
    import tempfile

    make = tempfile.TemporaryDirectory

    def refuse(*, prefix, dir=None):
        if dir is not None:
            raise PermissionError(dir)
        return make(prefix=prefix)

    monkeypatch.setattr("onrecord.store.comparing.tempfile.TemporaryDirectory", refuse)
    assert findings(path) == []


def test_the_index_of_words_can_be_made_again(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(DAMAGE["words out of the index"][1])
    with Store.open(path, write=True) as store:
        assert {f.part for f in verify(store)} == {"words"}
        Writer(store).reindex()
        assert list(verify(store)) == []


def test_a_backup_is_a_store_of_its_own(path, tmp_path):
    copy = tmp_path / "backup.db"
    with Store.open(path, write=True) as store:
        Writer(store).add(making.records(8, 2), origins=["a", "b"], started=making.STARTED)
        backup(store, copy)
        with Store.open(copy) as copied:
            assert list(copied.records()) == list(store.records())
    assert sorted(p.name for p in tmp_path.iterdir() if "backup" in p.name) == ["backup.db"]
    with Store.open(path) as store, pytest.raises(StoreError, match="there already"):
        backup(store, copy)
    with Store.open(path) as store, pytest.raises(StoreError, match="no folder"):
        backup(store, tmp_path / "missing" / "backup.db")


def test_a_damaged_store_gives_no_backup(path, tmp_path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(DAMAGE["a statement of no article"][1])
    with Store.open(path) as store, pytest.raises(StoreError, match="damaged"):
        backup(store, tmp_path / "backup.db")
    assert not [p for p in tmp_path.iterdir() if "backup" in p.name]


def test_a_backup_ends_however_often_another_commits(path, tmp_path):
    """SQLite begins a copy in steps anew when another connection commits between two steps."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO meta VALUES ('room', hex(zeroblob(10000000)))")  # more than any sensible step
    commits = []

    class Watched(sqlite3.Connection):
        def backup(self, target, *, pages=-1, **options):
            def commit(*_):
                commits.append(1)
                assert len(commits) < 20, "begun anew at every commit"
                writer.execute("INSERT OR REPLACE INTO meta VALUES ('tick', ?)", (str(len(commits)),))

            super().backup(target, pages=pages, progress=commit, **options)

    with Store.open(path, write=True) as store, closing(sqlite3.connect(path, factory=Watched)) as reader:
        writer = store.connection
        copy_to(reader, tmp_path / "copy.db")
    assert len(commits) == 1


def checks(path):
    return {check.name: check for check in check_store(path)}


def test_the_doctor_finds_a_sound_store_sound(path):
    found = checks(path)
    assert all(c.ok and c.remedy is None for name, c in found.items() if name != "disk"), found
    assert set(found) >= {
        "disk",
        "permissions",
        "log",
        "writer",
        "opens",
        "contents",
        "failures",
        "linked",
        "structure",
    }


def test_the_doctor_tells_what_is_wrong_and_what_to_do(path, tmp_path):
    from onrecord.store import Failure

    with Store.open(path, write=True) as store:
        Writer(store).fail([Failure("a", "a", "reading", "b", making.STARTED)])
        store.connection.execute("INSERT INTO unsettled VALUES ('sound x', 1)")
        store.connection.execute("DELETE FROM vectors WHERE statement < 3")
        assert "process" in checks(path)["writer"].what
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(DAMAGE["a statement of no article"][1])
    wrong = {name: c for name, c in checks(path).items() if not c.ok}
    assert set(wrong) - {"disk"} == {"failures", "linked", "vectors", "structure"}
    assert all(c.remedy for c in wrong.values())
    path.write_bytes(b"nothing of the kind" * 100)
    assert not checks(path)["opens"].ok
    assert not checks(tmp_path / "none" / "record.db")["folder"].ok


def test_a_content_without_a_word_needs_no_vector(path, tmp_path):
    import numpy as np

    record = making.records(1, 1)[0]
    first, *others = record.statements
    dot = Span(at := record.article.text.index("."), at + 1)
    first = replace(first, id=statement_id(record.article.id, first.source, first.cue, (dot,)), content=(dot,))
    record = replace(record, statements=(first, *others), events=(), figures=(), predictions=())
    vectors = Vectors("sha256:one", {s.id: np.ones(384, np.int8) for s in others})
    with Store.open(tmp_path / "dots.db", write=True) as store, Writer(store) as writer:
        assert writer.add([record], origins=["a"], started=making.STARTED, vectors=vectors).added
        assert not list(store.without_vectors())
    assert findings(tmp_path / "dots.db") == [] and checks(tmp_path / "dots.db")["vectors"].ok


def test_the_doctor_tells_of_articles_that_wait_to_be_compared(path):
    with Store.open(path, write=True) as store:
        store.connection.execute("INSERT INTO uncompared SELECT n FROM articles LIMIT 3")
    found = checks(path)["linked"]
    assert not found.ok and "3 articles" in found.what and found.remedy


def test_the_doctor_tells_of_a_damaged_table_and_goes_on(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'unsettled'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    found = checks(path)
    assert not found["structure"].ok and found["structure"].remedy
    assert not found["tables"].ok and "damaged" in found["tables"].what and found["contents"].ok


def test_the_doctor_looks_at_the_installation():
    found = {c.name: c for c in check_installation()}
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(found) == {"sqlite", "fts5", "weights", "sentences", *project["optional-dependencies"]}
    assert found["sqlite"].ok and found["fts5"].ok
