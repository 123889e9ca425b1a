"""Telling what is new on what somebody waits for: to a program on this network, and to a feed's file.

Nothing of a store leaves the reader's own network: an address is posted to only where it is given as such and is a private one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.export.atom import NEVER, AtomFeed, Entry, as_atom
from onrecord.export.entries import clash_entry, statement_entry
from onrecord.query import Library, as_plain
from onrecord.query.alerts import News
from onrecord.query.clashes import wire_clash
from onrecord.records import InputError, OutputError, RefusedError
from onrecord.sources.private import is_public, resolved
from onrecord.store import Store, Writer

if TYPE_CHECKING:
    import httpx

    from onrecord.query.collisions import Collision
    from onrecord.query.pages import Said

POST_SECONDS = 10.0
"""No longer is an answer waited for: what is added next waits for it too."""
ENTRIES = 100
"""Of a feed's file."""


def tell(
    path: Path, *, post: str | None = None, atom: Path | None = None, on_news: Callable[[News], None]
) -> tuple[News, ...]:
    """Tell all that is new on the alerts of the store at `path`, once: to `on_news`, and where wanted to an address and a file.

    An alert counts as told when all of them have it. Raises InputError where the address cannot be had or is no private one,
    OutputError for the file, StoreError.
    """
    with Library.open(path) as library:
        alerts = library.alerts()
        asked = [library.news(alert) for alert in alerts]
        found = tuple(news for news in asked if any(news.count))
        if atom is not None and (found or not atom.exists()):
            write_atom(atom, [library.news(alert, whole=True) for alert in alerts])
    for news in found:
        on_news(news)
    if post is not None and found:
        send(post, found)
    if asked:  # those without news too: what was looked through is not looked through again
        with Store.open(path, write=True) as store:
            Writer(store).mark_told([news.alert.id for news in asked], min(news.told for news in asked))
    return found


def program_at(url: str) -> httpx.URL:
    """The address of a program that is posted to, whether or not it can be had. Raises InputError."""
    import httpx

    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise InputError(url, f"no http or https address of a program ({error})") from error
    if address.scheme not in ("http", "https") or not address.host or address.userinfo:
        raise InputError(url, "no http or https address of a program")
    return address


def send(url: str, found: Iterable[News]) -> None:
    """POST what is new as one JSON object to a program of one's own network. Raises InputError."""
    import httpx

    address = program_at(url)
    port = address.port or (443 if address.scheme == "https" else 80)
    hosts = resolved(address.host, port, url, allow_private=True)
    if any(is_public(host) for host in hosts):
        raise InputError(url, "is no address of this machine or its own network: alerts are sent nowhere else")
    body = json.dumps({"alerts": [as_json(news) for news in found]}, ensure_ascii=False).encode()
    headers = {"Host": address.netloc.decode("ascii"), "Content-Type": "application/json", "User-Agent": "onrecord"}
    try:
        # To the very address that was checked; proxies would ask for the name themselves.
        with httpx.Client(trust_env=False, timeout=POST_SECONDS, follow_redirects=False) as client:
            answer = client.post(
                address.copy_with(host=hosts[0]),
                content=body,
                headers=headers,
                extensions={"sni_hostname": address.raw_host.decode("ascii")},
            )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputError(url, f"cannot be posted to ({error})") from error
    if not answer.is_success:
        raise RefusedError(url, f"the program answered HTTP {answer.status_code}", temporary=answer.status_code >= 500)


def as_json(news: News) -> dict[str, object]:
    """What is new on one alert, as it is posted (docs/questions.md)."""
    alert = news.alert
    return {
        "id": alert.id,
        "kind": alert.kind,
        "words": alert.words,
        "statements": [as_plain(said) for said in news.statements],
        "clashes": [wire_clash(clash) for clash in news.clashes],
        "count": {"statements": news.count[0], "clashes": news.count[1]},
    }


def write_atom(path: Path, found: Sequence[News]) -> None:
    """Write a feed of all that came on the alerts since they were made, newest first, in the place of an older one.

    Raises OutputError.
    """
    entries = sorted(_entries(found), key=lambda e: e.moment or "", reverse=True)[:ENTRIES]
    # Without an address: where it will be had is not known here, and the file's own tells strangers of this machine.
    since = max((news.alert.made for news in found), default=NEVER)
    feed = as_atom(AtomFeed("urn:onrecord:alerts", "onrecord: alerts", None, None, entries, since))
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(feed)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(path, error.strerror or str(error)) from error


def _entries(found: Iterable[News]) -> Iterator[Entry]:
    seen = dict[str, Entry]()
    for news in found:
        for entry in (*map(_said, news.statements), *map(_clash, news.clashes)):
            words, known = news.alert.words, seen.get(entry.id)
            category = words if known is None else f"{known.category}, {words}"
            seen[entry.id] = replace(entry, category=category)
    yield from seen.values()


def _said(said: Said) -> Entry:
    # The store has no page that whoever reads the feed could open: the article's own is it, where it has one.
    return statement_entry(said, said.id, said.article.url)


def _clash(clash: Collision) -> Entry:
    return clash_entry(clash, clash.b.article.url, clash.b.article.url)
