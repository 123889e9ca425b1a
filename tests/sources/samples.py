"""A small valid input of every kind, for tests that bend them."""

import gzip
import json

PAGE = (
    "<!doctype html><html><head><title>Ferry stays</title></head><body><article><h1>Ferry stays</h1>"
    "<p>The ferry will stay in port, Harbour Master J. R. Voss said on Monday.</p></article></body></html>"
)
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Pier &amp; Post</title><link>https://pier.example/</link>
<item><title>Ferry &lt;i&gt;stays&lt;/i&gt; &amp;amp; waits</title><link>/a/1</link><guid isPermaLink="false">tag:1</guid>
<pubDate>Mon, 04 May 2020 23:30:00 -0500</pubDate><dc:creator>Ada Brun</dc:creator><description>A teaser</description>
<content:encoded><![CDATA[<p>The ferry will stay, Voss said.</p><p>“It is not safe.”</p>]]></content:encoded></item>
<item><title>Two</title><link>https://pier.example/2</link><description>Only a &lt;b&gt;teaser&lt;/b&gt;.</description>
<author>desk@pier.example (Leo Stahl)</author></item>
<item><title>A title alone</title></item>
<item></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">A &amp;amp; B</title>
<entry><title>T</title><id>urn:1</id><link rel="alternate" href="x/1"/><updated>2020-05-04T10:00:00Z</updated>
<published>2020-05-03T10:00:00Z</published><author><name>Ada Brun</name></author><author><name>Leo Stahl</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A body &lt; one</p></div></content><summary>s</summary></entry>
<entry><title>T2</title><summary type="text">Plain &lt; text
on two lines</summary><updated>2020-05-04T10:00:00Z</updated>
<source><title>Elsewhere</title></source></entry></feed>"""
NINJS_1 = {
    "uri": "urn:wire:20200504:1",
    "type": "text",
    "pubstatus": "usable",
    "versioncreated": "2020-05-04T12:00:00+02:00",
    "firstcreated": "2020-05-04T09:00:00+02:00",
    "version": "3",
    "headline": "Ferry stays",
    "byline": "Ada Brun",
    "copyrightholder": "Harbour Wire",
    "source": "HW",
    "body_text": "The ferry will stay.\n\n“It is not safe,” Voss said.",
    "body_xhtml": "<p>The ferry will stay.</p><p>“It is not safe,” Voss said.</p>",
}
NINJS_3 = {
    "uri": "https://wire.example/items/1",
    "standard": {"name": "ninjs", "version": "3.0"},
    "versioncreated": "2020-05-04T12:00:00Z",
    "contentcreated": "2020-05-03T12:00:00Z",
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry stays in port"}],
    "by": "Leo Stahl",
    "infosources": [{"role": "provider", "name": "Harbour Wire"}],
    "bodies": [
        {"role": "text", "contenttype": "text/plain", "value": "The ferry will stay. “It is not safe,” Voss said."},
        {
            "role": "xhtml",
            "contenttype": "text/html",
            "value": "<p>The ferry will stay.</p><p>“It is not safe,” Voss said.</p>",
        },
    ],
}
ROWS = b'{"id": "r1", "text": "It is so."}\n{"id": "r2", "text": "It is not.", "title": "T"}\n'
CSV = (
    'ID,Text,Title,URL,Outlet,Published,Byline\n1,"It is so,\nhe said.",T,https://e.example/1,The Pier,2020-05-04,Ada\n'
    "2,Two,,,,,\n"
)


def http(body, status="200 OK", content_type="text/html; charset=iso-8859-2", **headers):
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def record(block, number=1, kind="response", content_type="application/http; msgtype=response"):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2020-05-04T10:00:00Z\r\n"
        f"WARC-Target-URI: https://pier.example/{number}\r\nContent-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


WARC = (
    record(b"software: none\r\n", 1, "warcinfo", "application/warc-fields")
    + record(http(PAGE.encode()), 2)
    + record(http(gzip.compress(PAGE.encode(), mtime=0), Content_Encoding="gzip"), 3)
    + record(b"plain words", 4, "resource", "text/plain")
)

ALL = {
    "a.txt": "“It is so,” he said.\r\nÀ bientôt.".encode(),
    "a.html": PAGE.encode(),
    "a.jsonl": ROWS,
    "a.json": json.dumps([NINJS_1, NINJS_3]).encode(),
    "b.json": json.dumps(NINJS_3).encode(),
    "ninjs.jsonl": (json.dumps(NINJS_1) + "\n" + json.dumps(NINJS_3)).encode(),
    "a.csv": CSV.encode(),
    "a.tsv": b"id\ttext\n1\tIt is so.\n",
    "a.rss": RSS.encode(),
    "a.xml": ATOM.encode(),
    "a.warc": WARC,
    "a.warc.gz": b"".join(
        gzip.compress(b"WARC/" + part, mtime=0) for part in WARC.split(b"WARC/1.0")[1:] for part in [b"1.0" + part]
    ),
    "a.txt.gz": gzip.compress(b"It is so.", mtime=0),
    "a.jsonl.gz": gzip.compress(ROWS, mtime=0),
    "a.csv.gz": gzip.compress(CSV.encode("utf-16"), mtime=0),
    "a": gzip.compress(RSS.encode(), mtime=0),
}
