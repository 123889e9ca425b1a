"""Atom feeds (RFC 4287): entries with ids that do not change, moments that are told, and text that is only text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
"""When a feed without an entry was updated: the format wants a moment, and nothing has happened yet."""
LONGEST_TITLE = 120

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z")
# What XML 1.0 has no way to write: controls, halves of characters, and two that are none.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """`moment`: at which it was said or found, or the day (ISO 8601); `about`: the page to open, its own
    here or whose article it is; `via`: where it was printed. What is no web address is shown nowhere as a link.
    """

    id: str
    title: str
    text: str
    moment: str | None
    authors: tuple[str, ...]
    about: str | None
    via: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """`address`: of the feed itself; `about`: of the page that has the same. Addresses are absolute; None where there is none.
    `since`: when a feed without an entry was updated.
    """

    id: str
    title: str
    address: str | None
    about: str | None
    entries: Sequence[Entry]
    since: str = NEVER


def as_atom(feed: AtomFeed) -> bytes:
    """The feed as a document in UTF-8."""
    root = Element("feed", {"xmlns": NAMESPACE})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", max((_moment(e.moment) for e in feed.entries), default=feed.since))
    if feed.address:
        _link(root, "self", feed.address, "application/atom+xml")
    if feed.about:
        _link(root, "alternate", feed.about, "text/html")
    _add(root, "generator", "onrecord")
    # Every entry needs an author, its own or the feed's.
    _add(SubElement(root, "author"), "name", "onrecord")
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), entry)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(node: Element, entry: Entry) -> None:
    _add(node, "id", entry.id)
    _add(node, "title", _short(entry.title))
    _add(node, "updated", _moment(entry.moment))
    for name in entry.authors:
        _add(SubElement(node, "author"), "name", name)
    for rel, address, kind in (("alternate", entry.about, "text/html"), ("via", entry.via, None)):
        if address and address.lower().startswith(("https://", "http://")):
            _link(node, rel, address, kind)
    if entry.category:
        SubElement(node, "category", {"term": entry.category})
    _add(node, "content", entry.text).set("type", "text")


def _add(node: Element, name: str, text: str) -> Element:
    child = SubElement(node, name)
    child.text = _writable(text)
    return child


def _link(node: Element, rel: str, href: str, kind: str | None) -> None:
    SubElement(node, "link", {"rel": rel, "href": _writable(href)} | ({"type": kind} if kind else {}))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _short(title: str) -> str:
    words = " ".join(title.split())
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1].rstrip()}…"


def _moment(told: str | None) -> str:
    """A day as the moment at which it begins."""
    moment = f"{told}T00:00:00Z" if told and len(told) == len("2024-05-01") else told or NEVER
    return moment if _MOMENT.fullmatch(moment) else NEVER
