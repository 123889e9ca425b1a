"""What is wrong with an installation or a store, and what to do about it."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of_package
from pathlib import Path

from onrecord.records import BusyError, OnrecordError, StoreError
from onrecord.store.connecting import LOG_BYTES, translated
from onrecord.store.locking import WriterLock
from onrecord.store.migrations import STEPS
from onrecord.store.store import UPGRADE, Store
from onrecord.store.verify import verify

LEAST_SQLITE = (3, 37, 0)
"""The first with STRICT tables (SQLite, "STRICT Tables")."""
LEAST_FREE = 1 << 30
"""Bytes of disk that are to be free beside a store, or as many as it has: `forget` and `backup` write it once more."""


EXTRAS = (
    ("web", "fastapi", "for the pages and the API of `onrecord serve`"),
    ("parquet", "pyarrow", "for export to Parquet"),
    ("spacy", "spacy", "for the component of spaCy pipelines"),
    ("bulk", "ray", "for crawls, by `onrecord bulk`"),
)
"""Each extra, the package that it brings, and what that is for."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it is as it should be, what was found, and what to do where it is not."""

    name: str
    ok: bool
    what: str
    remedy: str | None = None


def check_installation() -> Iterator[Check]:
    """What a store needs of this machine's Python, and the weights."""
    version = sqlite3.sqlite_version
    new = "use a Python with a newer SQLite (python.org's, conda's and uv's have one)"
    yield _check(
        "sqlite", sqlite3.sqlite_version_info >= LEAST_SQLITE, f"SQLite {version}", f"3.37 or newer is needed: {new}"
    )
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5 (words)")
            found = True
        except sqlite3.OperationalError:
            found = False
    yield _check("fts5", found, "full-text search is built in" if found else "SQLite was built without FTS5", new)
    yield _weights()
    yield _sentences()
    for extra, package, what in EXTRAS:
        yield _extra(extra, package, what)


def _weights() -> Check:
    from onrecord.analysis import WEIGHTS, load_weights

    try:
        weights = load_weights(WEIGHTS)
    except OnrecordError as error:
        return Check("weights", False, str(error), "install onrecord again")
    return Check("weights", True, weights.hash)


def _sentences() -> Check:
    from onrecord.analysis.sentences import Embedder

    try:
        embedder = Embedder.load()
    except OnrecordError as error:
        return Check("sentences", False, str(error), "install onrecord again")
    return Check("sentences", True, embedder.hash)


def _extra(extra: str, package: str, what: str) -> Check:
    """An extra that is not there is nothing wrong: few need it."""
    try:
        return Check(extra, True, f"{package} {version_of_package(package)}, {what}")
    except PackageNotFoundError:
        return Check(extra, True, f'not installed; {what}: pip install "onrecord[{extra}]"')


def check_store(path: str | Path) -> Iterator[Check]:
    """What can be told of a store without reading all of it; `verify` does that."""
    path = Path(path)
    yield from _place(path)
    try:
        store = Store.open(path, older=True)
    except OnrecordError as error:
        yield Check("opens", False, str(error), "see the reason; a backup can take its place")
        return
    with store:
        form = store.form
        yield _check("opens", form == len(STEPS), f"form {form} of {len(STEPS)}", UPGRADE.format(path))
        if form < len(STEPS):
            return
        findings = list(verify(store, quick=True))
        told = "; ".join(f"{f.entry}: {f.reason}" for f in findings[:3]) or "structure and references hold"
        mend = "restore a backup, or add the articles to a new store"
        yield _check("structure", not findings, told, mend)
        try:
            with translated(path):
                yield from _contents(store)
        except StoreError as error:
            yield Check("tables", False, str(error), mend)


def _place(path: Path) -> Iterator[Check]:
    folder = path.resolve().parent
    if not folder.is_dir():
        yield Check("folder", False, f"there is no folder {folder}", "make it, or name another store")
        return
    size = path.stat().st_size if path.is_file() else 0
    free, needed = shutil.disk_usage(folder).free, max(LEAST_FREE, size)
    told = f"{free / 1e9:,.1f} GB free, the store has {size / 1e9:,.1f} GB"
    yield _check(
        "disk", free >= needed, told, "free some, or move the store: forgetting and backing up write it once more"
    )
    writable = os.access(folder, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    yield _check(
        "permissions", writable, "can be written" if writable else "read-only", "to add articles, allow writing"
    )
    real = path.resolve()
    log = real.with_name(real.name + "-wal")
    pending = log.stat().st_size if log.is_file() else 0
    told = f"{pending / 1e6:,.0f} MB of changes wait in {log.name}"
    yield _check("log", pending <= 2 * LOG_BYTES, told, "a reader that stays open keeps them there: end it")
    if writable and path.exists():
        yield _writer(path)


def _writer(path: Path) -> Check:
    try:
        WriterLock(path).release()
    except BusyError as error:
        return Check("writer", True, error.reason)
    except OnrecordError as error:
        return Check("writer", False, str(error), "allow writing to the folder")
    return Check("writer", True, "nobody is writing")


def _contents(store: Store) -> Iterator[Check]:
    def count(query: str) -> int:
        return int(store.connection.execute(query).fetchone()[0])

    articles, statements = count("SELECT count(*) FROM articles"), count("SELECT count(*) FROM statements")
    yield Check("contents", True, f"{articles:,} articles, {statements:,} statements")
    failures = count("SELECT count(*) FROM failures")
    polls = count("SELECT count(*) FROM failures WHERE origin IN (SELECT url FROM feeds)")
    db = f"--db {shlex.quote(str(store.path))}"
    remedies = [f"`onrecord add --retry-failed {db}` tries them again"] if failures > polls else []
    remedies += ["`onrecord watch` asks a feed again when it is due"] if polls else []
    told = f"{failures:,} input{'' if failures == 1 else 's'} failed"
    yield _check("failures", not failures, told, "; ".join(remedies))
    unsettled, uncompared = (count(f"SELECT count(*) FROM {table}") for table in ("unsettled", "uncompared"))
    told = (
        f"{unsettled:,} names wait to be linked with what they may be one with, {uncompared:,} articles to be compared"
    )
    yield _check(
        "linked", not unsettled and not uncompared, told, "an `onrecord add` was cut off: run it again, to its end"
    )
    if count("SELECT count(*) FROM (SELECT 1 FROM vectors LIMIT 1)"):
        missing = sum(1 for _ in store.without_vectors())
        yield _check(
            "vectors", not missing, f"{missing:,} statements have no vector", f"`onrecord reread {db}` makes them"
        )


def _check(name: str, ok: bool, what: str, remedy: str) -> Check:  # noqa: FBT001, as Check has it
    return Check(name, ok, what, None if ok else remedy)
