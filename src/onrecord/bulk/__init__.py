"""Crawls that no one machine reads in a night: inputs → a directory of Parquet tables, by many workers on Ray.

>>> bulk(["s3://crawl/2031-05/*.warc.gz"], Path("may"), address="10.0.0.5:6379")

A run that was broken off, however it ended, is taken up by the same call, and what it ends in is the same to the byte, however
many workers there were. `take_in` puts such a directory into a store, `link` links it as a whole. docs/bulk.md tells the rest.
"""

from onrecord.bulk.linking import LINKED, STORE, add, link, take_in
from onrecord.bulk.manifest import Manifest, is_bulk
from onrecord.bulk.running import Progress, bulk

__all__ = ["LINKED", "STORE", "Manifest", "Progress", "add", "bulk", "is_bulk", "link", "take_in"]
