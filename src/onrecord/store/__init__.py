"""One file with all that was read: SQLite, one writer, any number of readers.

>>> with Store.open("onrecord.db", write=True) as store, Writer(store) as writer:
...     writer.add(records, origins=origins, started="2024-05-01T12:00:00Z")
>>> with Store.open("onrecord.db") as store:
...     record = store.record(article_id)
"""

from importlib import import_module
from typing import TYPE_CHECKING

from onrecord.store.alerting import Alert, AlertKind
from onrecord.store.backup import backup
from onrecord.store.correcting import Corrected
from onrecord.store.corrections import AimedAt, Change, Correction, Does, Somebody, SpokenBy, Stands, somebody
from onrecord.store.deciding import Decided
from onrecord.store.reviewing import QuotedSide, Reviewed, Verdict
from onrecord.store.store import Store
from onrecord.store.values import Added, Difference, Failure, Feed, Forgotten, Stage, Vectors
from onrecord.store.verify import Finding, verify

if TYPE_CHECKING:
    from onrecord.store.comparing import differences
    from onrecord.store.doctor import Check, check_installation, check_store
    from onrecord.store.readying import Ready, ready
    from onrecord.store.writer import Writer

__all__ = [
    "Added",
    "AimedAt",
    "Alert",
    "AlertKind",
    "Change",
    "Check",
    "Corrected",
    "Correction",
    "Decided",
    "Difference",
    "Does",
    "Failure",
    "Feed",
    "Finding",
    "Forgotten",
    "QuotedSide",
    "Ready",
    "Reviewed",
    "Somebody",
    "SpokenBy",
    "Stage",
    "Stands",
    "Store",
    "Vectors",
    "Verdict",
    "Writer",
    "backup",
    "check_installation",
    "check_store",
    "differences",
    "ready",
    "somebody",
    "verify",
]

# Fetched when first asked for: whoever only reads a store needs nothing of what links articles.
_LATER = {
    "Check": "onrecord.store.doctor",
    "Ready": "onrecord.store.readying",
    "Writer": "onrecord.store.writer",
    "check_installation": "onrecord.store.doctor",
    "check_store": "onrecord.store.doctor",
    "differences": "onrecord.store.comparing",
    "ready": "onrecord.store.readying",
}

if not TYPE_CHECKING:  # else any name at all would seem to be there

    def __getattr__(name: str) -> object:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_LATER[name]), name)
