"""Makes the sample articles of examples/ that have a form of their own, out of the demo corpus: the same bytes every time.

The agency's texts and the Courier's pages lie there as they were laid out; the feed, the agency's items, the crawl's archive
and the rows are written here. Ids are the corpus's own in each form, so that records can be scored against its gold.
"""

from __future__ import annotations

import argparse
import json
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
FEED = ("03", "09", "11", "17")
NINJS_1 = ("01", "07", "10")
NINJS_2 = ("12",)
ARCHIVE = ("05", "06")  # two captures of one page: a report, and its correction
ROWS = ("14", "18")

Article = dict[str, Any]


def made(articles: dict[str, Article]) -> dict[str, bytes]:
    """Every file by its name."""
    return {
        "herald.rss": feed([articles[n] for n in FEED]),
        **{f"halyard-{n}.json": ninjs_1(articles[n]) for n in NINJS_1},
        **{f"halyard-{n}.json": ninjs_2(articles[n]) for n in NINJS_2},
        "gazette.warc": b"".join(captured(articles[n]) for n in ARCHIVE),
        "gazette.jsonl": b"".join(_json(articles[n]) for n in ROWS),
    }


def feed(articles: list[Article]) -> bytes:
    """RSS 2.0 with the articles in full."""
    items = "".join(
        f"""  <item>
    <title>{escape(a["title"])}</title>
    <link>{escape(a["url"])}</link>
    <guid isPermaLink="false">{a["id"]}</guid>
    <dc:creator>{escape(a["byline"])}</dc:creator>
    <pubDate>{format_datetime(datetime.fromisoformat(a["published"]))}</pubDate>
    <description>{escape(_paragraphs(a)[0].split(". ")[0])}.</description>
    <content:encoded>{escape(_marked_up(a))}</content:encoded>
  </item>
"""
        for a in articles
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
  <title>{escape(articles[0]["outlet"])}</title>
  <link>https://tarveskherald.example/</link>
  <description>News of Ostrania</description>
{items}</channel>
</rss>
""".encode()


def ninjs_1(a: Article) -> bytes:
    """IPTC ninjs of generation 1."""
    return _json(
        {
            "uri": a["id"],
            "type": "text",
            "version": "1",
            "pubstatus": "usable",
            "versioncreated": a["published"],
            "language": "en",
            "headline": a["title"],
            "byline": a["byline"],
            "copyrightholder": a["outlet"],
            "body_text": a["text"],
        },
        indent=1,
    )


def ninjs_2(a: Article) -> bytes:
    """IPTC ninjs of generation 2."""
    return _json(
        {
            "uri": a["id"],
            "type": "text",
            "version": "1",
            "pubstatus": "usable",
            "firstcreated": a["published"],
            "versioncreated": a["published"],
            "language": "en",
            "headlines": [{"role": "main", "value": a["title"]}],
            "by": a["byline"],
            "copyrightholder": {"name": a["outlet"]},
            "bodies": [{"role": "main", "contenttype": "text/plain", "value": a["text"]}],
        },
        indent=1,
    )


def captured(a: Article) -> bytes:
    """A WARC response record: the page as the outlet's server gave it to a crawler, ten minutes after it appeared."""
    body = page(a).encode()
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
    moment = datetime.fromisoformat(a["published"]).replace(microsecond=0)
    offset = moment.utcoffset() or timedelta()
    crawled = (moment.replace(tzinfo=None) - offset + timedelta(minutes=10)).isoformat() + "Z"
    head = [
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Record-ID: <{a['id']}>",
        f"WARC-Date: {crawled}",
        f"WARC-Target-URI: {a['url']}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(answer)}",
    ]
    return "".join(f"{line}\r\n" for line in head).encode() + b"\r\n" + answer + b"\r\n\r\n"


def page(a: Article) -> str:
    """A page with the furniture that pages have."""
    day = datetime.fromisoformat(a["published"])
    stamp = f"{day:%A} {day.day} {day:%B %Y}, {day:%H.%M}"
    title, outlet, byline = escape(a["title"]), escape(a["outlet"]), escape(a["byline"])
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{title} - {outlet}</title>
<meta name="author" content="{byline}">
<meta name="date" content="{a["published"]}">
<meta property="og:site_name" content="{outlet}">
<meta property="og:title" content="{title}">
<link rel="canonical" href="{escape(a["url"])}">
</head>
<body class="story world">
<div id="top-bar"><a href="/">{outlet}</a> <span class="motto">On the tide since 1871</span></div>
<ul id="menu" class="menu"><li><a href="/world">World</a></li><li><a href="/council">Council</a></li><li><a
href="/shipping">Shipping</a></li><li><a href="/weather">Weather</a></li></ul>
<div id="wrapper">
<div id="story" class="post-content">
<h1 class="headline">{title}</h1>
<div class="meta"><span class="author">{byline}</span> <span class="date">{stamp}</span></div>
<div class="entry-content">
{_marked_up(a)}
</div>
</div>
<div id="sidebar">
<div class="ad">Advertisement</div>
<h3>Most read</h3>
<div class="teaser"><a href="https://callisgazette.example/world/calderre-offers-talks">Calderre offers talks</a></div>
</div>
</div>
<div id="footer">Copyright © 2025 {outlet}. All rights reserved. | <a href="/terms">Terms of use</a></div>
</body>
</html>
"""


def _paragraphs(a: Article) -> list[str]:
    return [str(paragraph) for paragraph in a["text"].split("\n\n")]


def _marked_up(a: Article) -> str:
    return "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in _paragraphs(a))


def _json(value: Article, indent: int | None = None) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode()


def corpus(data: Path) -> dict[str, Article]:
    """The articles of the demo corpus by id."""
    files = sorted((data / "demo" / "articles").glob("*.json"))
    return {a["id"]: a for a in (json.loads(path.read_text(encoding="utf-8")) for path in files)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    for name, data in made(corpus(parser.parse_args().data)).items():
        (EXAMPLES / name).write_bytes(data)
        print(f"wrote {name}, {len(data):,} bytes")


if __name__ == "__main__":
    main()
