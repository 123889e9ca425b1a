"""What each stage of `onrecord bulk`, `add` and `link` costs, in processor time of one core: the numbers behind docs/bulk.md.

Every stage is measured alone, in this process, by `time.process_time`, so that other work on the machine counts little:

- opening: a gzipped WARC archive of pages, walked through and cut into parts (what the one process does that hands them out);
- building: a page becomes an article (text out of HTML, language, paragraphs), in English and in another language;
- reading: articles become records, as a worker does on its one thread;
- keeping and finishing: outcomes into Parquet, and from there into the tables of each day;
- taking in: a record out of its JSON, made ready for a store, with the vectors of its statements.

How fast ready records go into a store, which grows with it, is `store_growth.py`'s matter.

    python benchmarks/bulk.py --data $DATA -o benchmarks/bulk.json
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from onrecord.bulk import finishing, parquet
from onrecord.bulk.inputs import Input, Opened
from onrecord.bulk.reading import Worker
from onrecord.bulk.values import Outcome, cut
from onrecord.ingest import Models
from onrecord.records import RawDocument, Record, from_wire
from onrecord.store import ready
from worker import text_files

PAGE_BYTES = 100_000
"""Of a made page: a news page's markup is some twenty times its text."""
FOREIGN = "Der Rat der Stadt hat am Montag beschlossen, die Brücke über den Fluss bis zum Frühjahr zu sperren. "


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora: reads its polnear/dev")
    parser.add_argument("--articles", type=int, default=80)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    files = text_files(options.data / "polnear" / "dev")[: options.articles]
    texts = [Path(file).read_text(encoding="utf-8") for file in files]
    if not texts:
        print(f"{options.data}: no polnear/dev in it", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        told = measured(texts, Path(folder), options.repeats)
    print(json.dumps(told, indent=1))
    if options.output:
        options.output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


def measured(texts: Sequence[str], folder: Path, repeats: int) -> dict[str, object]:
    words = sum(len(text.split()) for text in texts)
    worker, models = Worker(), Models(jobs=1)
    worker.run()
    documents = [
        RawDocument(f"a:{n}", str(n), text=text, published=f"2031-05-{1 + n % 5:02d}") for n, text in enumerate(texts)
    ]
    archive = folder / "a.warc.gz"
    archive.write_bytes(packed([page(text) for text in texts]))
    pages = [item for item in Opened(Input(str(archive)), {}).items() if isinstance(item, RawDocument)]
    foreign = [
        RawDocument(f"b:{n}", str(n), html=page(FOREIGN * (len(t) // len(FOREIGN)))) for n, t in enumerate(texts)
    ]
    outcomes = worker.read(documents, None)
    records = [from_wire(json.loads(o.record or "")) for o in outcomes]
    said = sum(len(r.statements) for r in records)
    part = folder / "part.parquet"
    timed = {
        "opening": lambda: [len(p.items) for p in cut(0, Opened(Input(str(archive)), {}).items(), [])],
        "building_english": lambda: build(pages),
        "building_foreign": lambda: build(foreign),
        "reading": lambda: worker.read(documents, None),
        "keeping": lambda: parquet.keep(part, outcomes),
        "finishing": lambda: finish(part, folder),
        "from_json": lambda: [from_wire(json.loads(o.record or "")) for o in outcomes],
        "making_ready": lambda: [ready(record) for record in records],
        "vectors": lambda: vectors(models, records),
    }
    seconds = {name: spent(call, repeats) for name, call in timed.items()}
    each = {name: round(1000 * value / len(texts), 3) for name, value in seconds.items()}
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "repeats": repeats,
        "articles": len(texts),
        "words_per_article": round(words / len(texts)),
        "statements_per_article": round(said / len(texts), 1),
        "milliseconds_per_article": each,
        "words_per_second": round(words / seconds["reading"]),
        "archive": {
            "bytes_per_page": PAGE_BYTES,
            "packed_bytes_per_page": round(archive.stat().st_size / len(texts)),
            "pages_per_second": round(len(texts) / seconds["opening"]),
        },
        "bytes_per_article": sizes(part, outcomes, folder),
    }


def spent(call: Callable[[], object], repeats: int) -> float:
    """Median processor seconds."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)


def build(documents: Sequence[RawDocument]) -> list[object]:
    from onrecord.articles import build_article

    return [build_article(document) for document in documents]


def finish(part: Path, folder: Path) -> None:
    """All days' tables, as the program writes them, one process."""
    with tempfile.TemporaryDirectory(dir=folder) as into:
        finishing.write_days(finishing.days_of([part]), Path(into), 1)


def vectors(models: Models, records: Sequence[Record]) -> None:
    models._remembered.clear()  # else the second time none is made
    models.vectors_of(records)


def sizes(part: Path, outcomes: Sequence[Outcome], folder: Path) -> dict[str, int]:
    """Bytes an article: as JSON, kept, and in each table."""
    into = folder / "sizes"
    days = finishing.days_of([part])
    finishing.write_days(days, into, 1)
    found = {"json": sum(len((o.record or "").encode()) for o in outcomes), "kept": part.stat().st_size}
    for path in into.glob("*/*.parquet"):
        found[path.stem] = found.get(path.stem, 0) + path.stat().st_size
    return {name: round(size / len(outcomes)) for name, size in found.items()}


def page(text: str) -> str:
    """A page around a text: navigation, scripts and styles as news sites have them, up to its usual size."""
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in text.split("\n") if paragraph.strip())
    links = "".join(
        f'<li class="nav-{n % 9}"><a href="/section/{n * 7919 % 4999}">Section {n}</a></li>' for n in range(300)
    )
    script = "".join(f"window.q{n}=function(a){{return a*{n * 104729 % 99991}+{n}}};" for n in range(1200))
    head = f"<!doctype html><html lang='en'><head><title>News</title><script>{script}</script></head>"
    made = f"{head}<body><nav><ul>{links}</ul></nav><article><h1>News</h1>{body}</article></body></html>"
    return made.replace("</body>", f"<div hidden>{'x' * max(PAGE_BYTES - len(made), 0)}</div></body>")


def packed(pages: Sequence[str]) -> bytes:
    """A WARC archive, each record gzipped by itself, as crawlers write them."""
    records = []
    for number, html in enumerate(pages):
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://pier.example/{number}\r\n"
            f"WARC-Date: 2031-05-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + body + b"\r\n\r\n", mtime=0))
    return b"".join(records)


if __name__ == "__main__":
    sys.exit(main())
