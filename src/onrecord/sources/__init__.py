"""Inputs of every kind, as documents: texts, pages, feeds, JSON, tables, agency items, archives, folders, addresses."""

from onrecord.sources.address import Fetched, Fetcher, NotModified
from onrecord.sources.decoding import decode, unify_newlines
from onrecord.sources.feeds import feed_entries
from onrecord.sources.limits import MAX_TEXT_BYTES
from onrecord.sources.opening import open_sent, open_source

__all__ = [
    "MAX_TEXT_BYTES",
    "Fetched",
    "Fetcher",
    "NotModified",
    "decode",
    "feed_entries",
    "open_sent",
    "open_source",
    "unify_newlines",
]
