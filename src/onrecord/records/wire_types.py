"""The types of the wire form: each a JSON object, its fields in the order in which they are written.

What the fields mean is told in docs/wire.md, which a test holds against these types.
"""

from __future__ import annotations

from typing import Literal, TypedDict

Standing = Literal["current", "superseded", "withdrawn"]
"""Of a statement in a store: it stands; a later version or reading of its article replaced it; its publisher took it back."""

WireSpan = list[int]


class WireRun(TypedDict):
    id: str
    weights: str
    codebook: str


class WirePublished(TypedDict):
    date: str
    basis: str
    time: str | None
    hour: int | None


class WireDateline(TypedDict):
    place: str
    date: str | None
    span: WireSpan


class WireUnread(TypedDict):
    reason: str
    detail: str | None


class WireArticle(TypedDict):
    id: str
    source_id: str | None
    url: str | None
    outlet: str | None
    title: str | None
    byline: str | None
    agency: str | None
    published: WirePublished | None
    updated: str | None
    retrieved: str | None
    status: str
    revision: int | None
    dateline: WireDateline | None
    language: str | None
    unread: WireUnread | None
    text: str
    headline: WireSpan | None
    paragraphs: list[WireSpan]
    sentences: list[WireSpan]
    furniture: list[WireSpan]
    copy_of: str | None
    version_of: str | None


class WireWords(TypedDict):
    spans: list[WireSpan]
    text: str


class WireSpeaker(TypedDict):
    name: str | None
    reason: str | None
    kind: str | None
    basis: str | None
    entities: list[str]
    score: float | None
    identity: str | None
    printed: str | None


# Written as a call: `class` is no name that Python allows for a field.
WireAct = TypedDict("WireAct", {"code": str, "class": str, "plover": str | None, "score": float})


class WireParty(TypedDict):
    name: str
    entity: str | None
    identity: str | None
    printed: str | None


class WireWhen(TypedDict):
    date: str | None
    edtf: str | None
    basis: str
    span: WireSpan | None
    reason: str | None


class WireCorrection(TypedDict):
    field: str
    was: str | None
    score: float | None
    decision: str
    by: str | None
    note: str | None
    made: str


class WireStatement(TypedDict):
    id: str
    form: str
    source: WireWords | None
    cue: WireWords
    content: WireWords | None
    speaker: WireSpeaker
    act: WireAct | None
    target: WireParty | None
    addressee: WireParty | None
    inside: str | None
    said_on: WireWhen | None
    score: float
    standing: str
    corrected: list[WireCorrection]


class WireMention(TypedDict):
    id: str
    span: WireSpan
    text: str
    kind: str
    entity: str | None
    method: str | None
    score: float


class WireRole(TypedDict):
    text: str
    span: WireSpan
    as_of: str | None


class WireEntity(TypedDict):
    id: str
    name: str
    kind: str
    aliases: list[str]
    roles: list[WireRole]
    country: str | None
    code: str | None
    identity: str | None


class WirePlace(TypedDict):
    name: str
    country: str | None
    lat: float | None
    lon: float | None


class WireEvent(TypedDict):
    id: str
    type: str
    mode: str | None
    trigger: WireSpan
    text: str
    actor: WireParty | None
    recipient: WireParty | None
    place: WirePlace | None
    date: WireWhen | None
    status: str
    asserted_by: str | None
    score: float


class WireFigure(TypedDict):
    id: str
    span: WireSpan
    text: str
    value: float | None
    low: float | None
    high: float | None
    what: str
    counted: WireSpan | None
    claimed_by: str | None
    as_of: str | None


class WireDue(TypedDict):
    earliest: str | None
    latest: str
    basis: str


class WirePrediction(TypedDict):
    statement: str
    kind: str
    due: WireDue | None
    condition: WireSpan | None


class WireClash(TypedDict):
    id: str
    a: str
    b: str
    figures: list[str] | None
    kind: str
    about: str
    why_a: WireWords | None
    why_b: WireWords | None
    score: float


class WireRecord(TypedDict):
    onrecord: str
    schema: int
    run: WireRun
    article: WireArticle
    entities: list[WireEntity]
    mentions: list[WireMention]
    statements: list[WireStatement]
    events: list[WireEvent]
    figures: list[WireFigure]
    predictions: list[WirePrediction]
    clashes: list[WireClash]
