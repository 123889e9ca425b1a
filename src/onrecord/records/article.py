"""What is read: a document as its source gave it, and the article made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records.spans import Span

STDIN = "-"
"""What standard input is called where inputs are named."""

DateBasis = Literal["given", "metadata", "text"]
UnreadReason = Literal["empty", "language"]
Status = Literal["usable", "withheld", "canceled"]
"""What its publisher says of an item (IPTC ninjs `pubstatus`): it may be used, not yet or no longer, or never."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as a source gave it, before it is understood.

    `origin` names it in messages; `source_id` is the id that the input itself gives (a JSONL row's ``id``, a file's
    stem). Exactly one of `text` (newlines unified, else kept to the character) and `html` is set. `published` and `updated`
    are kept as the input wrote them. `retrieved`: when an archive or a fetch took it (ISO 8601, UTC). `revision`: the number
    that the publisher gives to this version of an item.
    """

    origin: str
    source_id: str | None = None
    text: str | None = None
    html: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    retrieved: str | None = None
    agency: str | None = None
    status: Status = "usable"
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Day of publication (ISO 8601), and whether it was given with the input, in a page's metadata, or in the text.

    `time`: the moment where it was told with its offset, in UTC ("2025-03-03T15:05:00Z"). The day is the outlet's own, and so is
    `hour` (0 to 23), where one is told.
    """

    date: str
    basis: DateBasis
    time: str | None = None
    hour: int | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place (and day, where told) that a dispatch opens with: "NAIROBI, May 4 (Reuters) -"."""

    place: str
    date: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Unread:
    """Why an article was kept but not read: it is empty, or in a language other than English (`detail`: ISO 639-1)."""

    reason: UnreadReason
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text, and where its parts lie in it.

    `paragraphs` and `sentences` cover what is to be read, in order: they leave out `furniture` (comment counters,
    copyright lines) but not the headline. No sentence crosses a paragraph's edge. Text and spans never change after this.
    `updated` and `retrieved` are moments in UTC; they, `status` and `revision` are as in RawDocument.
    """

    id: str
    text: str
    source_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    agency: str | None = None
    published: Published | None = None
    dateline: Dateline | None = None
    language: str | None = None
    headline: Span | None = None
    paragraphs: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    furniture: tuple[Span, ...] = ()
    unread: Unread | None = None
    updated: str | None = None
    retrieved: str | None = None
    status: Status = "usable"
    revision: int | None = None
