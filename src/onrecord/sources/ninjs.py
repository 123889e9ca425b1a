"""IPTC ninjs: an agency's item in JSON, of generation 1 (`body_text`) or of 2 and 3 (`bodies`).

Generation 3 writes its names in camel case ("pubStatus", "contentType"); here all are read in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from onrecord.records import MalformedError, RawDocument, Status, TooLargeError
from onrecord.sources.decoding import unify_newlines
from onrecord.sources.fields import required, told, whole_number
from onrecord.sources.limits import too_large
from onrecord.sources.markup import as_page

_MARKS = {
    "pubstatus", "versioncreated", "firstcreated", "contentcreated", "headline", "headlines", "body_text", "body_xhtml",
    "body_html", "bodies", "standard",
}  # fmt: skip
_STATUSES: dict[str, Status] = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
}
_LAST_ZONE = timezone(timedelta(hours=-12))  # where a day ends last: an embargo without an offset has passed everywhere
_WEB = re.compile(r"https?://", re.I)
_MARKUP = re.compile(r"\s*+<(?:p|div|section|article|html|body|!doctype|h[1-6])[\s/>]", re.I)


def is_item(fields: object) -> bool:
    """Whether a parsed object is a ninjs item rather than a row of onrecord's own."""
    if not isinstance(fields, dict) or "uri" not in fields or "text" in fields:
        return False
    return not _MARKS.isdisjoint(name.lower() for name in fields)


def item(fields: dict[str, Any], where: str, *, max_bytes: int, now: datetime | None = None) -> RawDocument:
    """The document of one item. Raises InputError.

    A body in plain text is kept to the character; one in markup is taken where there is no other, or where the plain one
    has run all paragraphs into one. An item under an embargo that is not over `now` (default: this moment) is withheld. One
    that is not usable may have no body.
    """
    fields = _small(fields)
    uri = required(fields, "uri", where)
    status = _status(fields, where, now or datetime.now(UTC))
    title = _main(fields, "headline")
    plain, markup = _bodies(fields)
    if plain is None and markup is None:
        if status == "usable":
            raise MalformedError(where, f"a ninjs item without a body in text{_type(fields)}")
        plain = ""
    if markup is not None and (plain is None or "\n" not in plain.strip()):
        plain, markup = None, as_page(markup, title)
    else:
        plain, markup = unify_newlines(plain or ""), None
    size = len((plain or markup or "").encode("utf-8"))
    if size > max_bytes:
        raise TooLargeError(where, too_large(size, max_bytes))
    created = [told(fields.get(name)) for name in ("firstcreated", "contentcreated", "versioncreated")]
    published = next(filter(None, created), None)
    revision = whole_number(fields.get("version"))
    if revision is None and fields.get("embargoed"):
        revision = (
            0  # so that it is no notice that takes the item back for good: when the embargo is over it counts anew
        )
    return RawDocument(
        origin=where,
        source_id=uri or None,
        text=plain,
        html=markup,
        title=title,
        url=uri if _WEB.match(uri) else None,
        outlet=_name(fields.get("copyrightholder")) or _name(fields.get("publisher")),
        byline=_name(fields.get("byline")) or _name(fields.get("by")) or _names(fields.get("bylines")),
        agency=_name(fields.get("source")) or _name(fields.get("provider")) or _name(fields.get("infosources")),
        published=published,
        updated=created[2] if created[2] != published else None,
        status=status,
        revision=revision,
    )


def _small(fields: dict[str, Any]) -> dict[str, Any]:
    """Names in small letters. What stands in these already goes before the same in others."""
    return {name.lower(): value for name, value in fields.items()} | {n: v for n, v in fields.items() if n == n.lower()}


def _status(fields: dict[str, Any], where: str, now: datetime) -> Status:
    """What the publisher says of it. A word that is none of the standard's is no leave to use it: MalformedError."""
    word = fields.get("pubstatus") or "usable"
    status = _STATUSES.get(word.lower().removeprefix("stat:")) if isinstance(word, str) else None
    if status is None:
        raise MalformedError(where, '"pubstatus" is none of usable, withheld and canceled')
    return "withheld" if status == "usable" and _embargoed(fields.get("embargoed"), now) else status


def _embargoed(told_time: object, now: datetime) -> bool:
    """Whether an embargo still holds. One whose end cannot be read holds."""
    if not told_time:
        return False
    try:
        end = datetime.fromisoformat(told_time.strip() if isinstance(told_time, str) else "")
        return (end if end.tzinfo else end.replace(tzinfo=_LAST_ZONE)) > now
    except (ValueError, OverflowError):
        return True


def _bodies(fields: dict[str, Any]) -> tuple[str | None, str | None]:
    """The bodies in plain text and in markup; None where there is none with anything in it."""
    found: dict[bool, str] = {}
    for kind, value in _told_bodies(fields):
        if value and value.strip():
            found.setdefault("html" in kind or "xml" in kind or _MARKUP.match(value) is not None, value)
    return found.get(False), found.get(True)


def _told_bodies(fields: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    for name in ("body_text", "body_xhtml", "body_html", "body_html5"):
        yield name, told(fields.get(name))
    bodies = fields.get("bodies")
    for body in bodies if isinstance(bodies, list) else []:
        if isinstance(body, dict):
            body = _small(body)
            kind = f"{told(body.get('contenttype')) or ''} {told(body.get('role')) or ''}".lower()
            if "text/plain" in kind or "html" in kind or "xml" in kind or not kind.strip() or "text" in kind:
                yield "text" if "text/plain" in kind else kind, told(body.get("value"))


def _main(fields: dict[str, Any], name: str) -> str | None:
    """A headline: the only one, the one in the role "main", or the first."""
    if single := told(fields.get(name)):
        return single
    several = fields.get(f"{name}s")
    several = [one for one in several if isinstance(one, dict)] if isinstance(several, list) else []
    several.sort(key=lambda one: one.get("role") != "main")  # keeps the order of the others
    return next(filter(None, (told(one.get("value")) for one in several)), None)


def _name(value: object) -> str | None:
    """A name, however it is wrapped: bare, in an object, the first of a list."""
    if isinstance(value, list):
        return next(filter(None, map(_name, value[:1])), None)
    if isinstance(value, dict):
        return told(value.get("name")) or told(value.get("value")) or None
    return told(value) or None


def _names(value: object) -> str | None:
    return " and ".join(filter(None, map(_name, value))) or None if isinstance(value, list) else _name(value)


def _type(fields: dict[str, Any]) -> str:
    kind = told(fields.get("type"))
    return f' (its type is "{kind[:40]}")' if kind and kind != "text" else ""
