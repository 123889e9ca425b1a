"""One file with all that was read: SQLite, one writer, any number of readers.

>>> with Store.open("onrecord.db", write=True) as store, Writer(store) as writer:
...     writer.add(records, origins=origins, started="2024-05-01T12:00:00Z")
>>> with Store.open("onrecord.db") as store:
...     record = store.record(article_id)
"""

from onrecord.store.backup import backup
from onrecord.store.comparing import differences
from onrecord.store.deciding import Decided
from onrecord.store.doctor import Check, check_installation, check_store
from onrecord.store.readying import Ready, ready
from onrecord.store.store import Store
from onrecord.store.values import Added, Difference, Failure, Feed, Forgotten, Stage, Vectors
from onrecord.store.verify import Finding, verify
from onrecord.store.writer import Writer

__all__ = [
    "Added",
    "Check",
    "Decided",
    "Difference",
    "Failure",
    "Feed",
    "Finding",
    "Forgotten",
    "Ready",
    "Stage",
    "Store",
    "Vectors",
    "Writer",
    "backup",
    "check_installation",
    "check_store",
    "differences",
    "ready",
    "verify",
]
