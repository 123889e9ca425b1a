"""Ids: tagged hashes of content, so that reading the same thing twice gives the same id.

Canonical form: the parts as a JSON array (no spaces, keys sorted, code points as they are), UTF-8, SHA-256; the id is the
tag, a hyphen and the first 20 hex digits (80 bits: no clash is expected below 10^11 entries).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from onrecord.records.spans import Span

ID_DIGITS = 20
# Made once: a record has hundreds of ids.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def tagged_hash(tag: str, *parts: object) -> str:
    """``tag-`` and a hash of `parts` (strings, numbers, None, lists of them)."""
    return f"{tag}-{hashlib.sha256(_CANONICAL(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:ID_DIGITS]}"


def article_id(outlet: str | None, url: str | None, text: str) -> str:
    """Same outlet, address and text: same article. The same story in another outlet is another article."""
    return tagged_hash("art", outlet, url, text)


def statement_id(article: str, source: Iterable[Span], cue: Iterable[Span], content: Iterable[Span]) -> str:
    """Where it stands decides, neither score nor run."""
    return tagged_hash("stm", article, *([[s.start, s.end] for s in role] for role in (source, cue, content)))


def mention_id(article: str, span: Span, kind: str) -> str:
    """A place and a kind: read again by other weights, the same name in the same place is the same mention."""
    return tagged_hash("men", article, [span.start, span.end], kind)


def entity_id(article: str, kind: str, name: str) -> str:
    """A name within an article: the same person in another article is another entity until a link joins them."""
    return tagged_hash("ent", article, kind, name)


def event_id(article: str, trigger: Span, type: str, actor: str | None, recipient: str | None) -> str:
    """A trigger, a type and the names of who did it to whom: one trigger may tell of several events."""
    return tagged_hash("evt", article, [trigger.start, trigger.end], type, actor, recipient)


def figure_id(article: str, span: Span) -> str:
    """The id of a figure by where it stands."""
    return tagged_hash("fig", article, [span.start, span.end])


def clash_id(kind: str, *sides: tuple[str, str | None, str | None]) -> str:
    """A kind and two sides (article, statement, figure), the earlier first: neither words nor score."""
    return tagged_hash("cls", kind, *(list(side) for side in sides))


def run_id(version: str, weights: str, codebook: str, options: dict[str, object]) -> str:
    """Same program, weights, codebook and options: same run, whenever it is started."""
    return tagged_hash("run", version, weights, codebook, options)
