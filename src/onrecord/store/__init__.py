"""One file with all that was read: SQLite, one writer, any number of readers.

>>> with Store.open("onrecord.db", write=True) as store, Writer(store) as writer:
...     writer.add(records, origins=origins, started="2024-05-01T12:00:00Z")
>>> with Store.open("onrecord.db") as store:
...     record = store.record(article_id)
"""

from onrecord.store.deciding import Decided
from onrecord.store.store import Store
from onrecord.store.values import Added, Difference, Failure, Forgotten, Stage, Vectors
from onrecord.store.writer import Writer

__all__ = ["Added", "Decided", "Difference", "Failure", "Forgotten", "Stage", "Store", "Vectors", "Writer"]
