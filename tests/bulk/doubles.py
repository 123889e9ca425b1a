"""Workers in this very process, without weights and without Ray, and inputs for them."""

from __future__ import annotations

import gzip
import os
import random
import time
from pathlib import Path

from tests.ingest.doubles import RUN, ScriptedReader, rows, sentences

from onrecord.bulk.reading import Worker
from onrecord.records import Run, WeightsError


class ScriptedWorker(Worker):
    """Reads as the scripted reader of `ingest` does."""

    def __init__(self, run: Run = RUN) -> None:
        self._scripted = ScriptedReader(run)

    @property
    def _reader(self):
        return self._scripted


class Killed(BaseException):
    """As abrupt as a kill, as far as one process can tell."""


class Crew:
    """As many workers as there are `jobs`; what they are given comes back in an order drawn by `seed`.

    `kill_after`: so many parts are given back before it all ends. `read`: keys of the parts that were read.
    """

    def __init__(self, *, jobs: int = 2, seed: int = 0, kill_after: int | None = None, run: Run = RUN) -> None:
        self._worker = ScriptedWorker(run)
        self._jobs = jobs
        self._random = random.Random(seed)
        self._left = kill_after
        self.read: list[str] = []
        self.most = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    @property
    def run(self):
        return self._worker.run()

    def outcomes(self, parts, published):
        held = []
        for part in parts:
            held.append(part)
            self.most = max(self.most, len(held))
            if len(held) >= self._jobs:
                yield self._one(held, published)
        while held:
            yield self._one(held, published)

    def _one(self, held, published):
        if self._left == 0:
            raise Killed
        self._left = None if self._left is None else self._left - 1
        part = held.pop(self._random.randrange(len(held)))
        self.read.append(part.key)
        return part, self._worker.read(part.items, published)


def warc(texts: list[tuple[str, str]]) -> bytes:
    """A WARC archive of plain texts by their addresses."""
    records = []
    for number, (url, text) in enumerate(texts):
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-04T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        records.append(head.encode() + body + b"\r\n\r\n")
    return b"".join(records)


def write_inputs(folder: Path) -> list[str]:
    """A gzipped archive, rows of three days and of no day, a table in Parquet, a file that is none, one that is not there."""
    import pyarrow
    from pyarrow import parquet

    folder.mkdir()
    pages = [(f"https://pier.example/{n}", sentences(n)) for n in range(40)]
    (folder / "a.warc.gz").write_bytes(b"".join(gzip.compress(warc([page]), mtime=0) for page in pages))
    lines = "".join(rows(range(100 + 30 * d, 130 + 30 * d), published=f"2031-05-0{d + 1}") for d in range(3))
    bad = '{"id": "x", "text": 4}\nno JSON\n' + rows([999]).replace("The council", "BREAKS. The council")
    (folder / "b.jsonl").write_text(lines + bad + rows(range(200, 205), published="sometime"))
    columns = {
        "id": ["p1", "p2", "p3"],
        "body": [sentences(n) for n in (301, 302, 303)],
        "published": ["2031-05-02"] * 3,
    }
    parquet.write_table(pyarrow.table(columns), folder / "c.parquet")
    (folder / "d.bin").write_bytes(bytes(range(256)) * 40)
    return [str(folder), str(folder / "gone.jsonl")]


class DyingWorker(ScriptedWorker):
    """An article with the word KILLS ends the process that reads it."""

    def read(self, items, published):
        if any("KILLS" in getattr(item, "text", "") for item in items):
            os._exit(9)
        time.sleep(0.05)  # so that all workers have some
        return super().read(items, published)


class StillbornWorker(ScriptedWorker):
    """Dies before it can read."""

    def run(self):
        os._exit(9)


class BrokenWorker(ScriptedWorker):
    """Has no weights."""

    def run(self):
        raise WeightsError("encoder.onnx: the model's file is missing")
