"""Inputs of every kind, as documents: text, HTML, JSON Lines, standard input, an address."""

from onrecord.sources.decoding import decode, unify_newlines
from onrecord.sources.limits import MAX_TEXT_BYTES
from onrecord.sources.opening import open_source

__all__ = ["MAX_TEXT_BYTES", "decode", "open_source", "unify_newlines"]
