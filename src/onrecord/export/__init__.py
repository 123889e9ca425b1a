"""A store's articles in the formats of others, each a file or a folder that is there as a whole or not at all.

>>> with Store.open("onrecord.db") as store:
...     export(store, "parquet", Path("tables"), since="2024")

Articles are written one after the other, by id: memory does not grow with the store. What the formats hold is told in
docs/export.md. `exported` has the same articles as values.
"""

from onrecord.export.exported import Exported
from onrecord.export.selecting import ExportOptions, exported
from onrecord.export.tables import TABLES
from onrecord.export.writing import FORMATS, Format, export, records

__all__ = ["FORMATS", "TABLES", "ExportOptions", "Exported", "Format", "export", "exported", "records"]
