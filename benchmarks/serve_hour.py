"""What `onrecord serve` takes of memory in an hour of fifty readers: as many looks as they make, as fast as they go.

    python benchmarks/serve_hour.py --db onrecord.db -o benchmarks/serve_hour.json

The looks are mixed as in serve_load.py, over whatever is in the store: all articles, the last statements, those who are named
most, and the words that are said most. Some addresses are asked for often and most seldom, so that what is kept of answers is
filled, emptied, and asked in vain. Each of a few connections asks for something, waits for it, and asks for the next.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from serve_load import MIX, Watching, awake, copied, ended, free_port

HERE = Path(__file__).resolve().parent
LOOKS = 162_000
"""That fifty readers make in an hour: 2,704 a minute, each thinking for a second (serve_load.json)."""
STEEP = 3.0
"""The place of what is looked at is a chance to this power: a tenth of all addresses have nearly half of the looks."""
MOST = 20_000
"""Addresses of a kind."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--looks", type=int, default=LOOKS)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--every", type=int, default=10, help="seconds between two looks at its memory")
    parser.add_argument("--longest", type=int, default=3_600, help="seconds after which it ends, with fewer looks")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = watched(copied(options.db, Path(folder) / "copy.db"), options)
    if options.output:
        options.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def watched(db: Path, options: argparse.Namespace) -> dict[str, object]:
    port, found = free_port(), addresses(db)
    server = subprocess.Popen([sys.executable, HERE / "serve_load.py", "--db", db, "--serve", str(port)])
    try:
        awake(f"http://127.0.0.1:{port}")
        began = time.monotonic()
        with Watching(server.pid) as memory:
            told = asyncio.run(readers(port, found, options))
        seconds = time.monotonic() - began
    finally:
        ended(server)
    samples = memory.seen[:: options.every]
    result = {
        "looks": sum(told.values()), "seconds": round(seconds), "answers": {str(k): n for k, n in sorted(told.items())},
        "addresses": {name: len(some) for name, some in found.items()}, "connections": options.connections,
        "cpu_ms_a_look": round(1000 * memory.cpu_s / max(1, sum(told.values())), 1), "load": os.getloadavg()[0],
        "every_s": options.every,
        "anonymous_mb": [seen["RssAnon"] // 1000 for seen in samples],
        "resident_mb": [seen["VmRSS"] // 1000 for seen in samples],
        "share_mb": [seen["Pss"] // 1000 for seen in samples],
    }  # fmt: skip
    print({name: value for name, value in result.items() if name != "every_s" and not name.endswith("_mb")})
    print(f"memory of its own, MB: {memory.told('RssAnon')}; with its share of what is mapped: {memory.told('Pss')}")
    return result


def addresses(db: Path) -> dict[str, list[str]]:
    """Of each kind that is mixed as many as there are, in an order that has nothing to do with how they are asked for."""
    import onrecord

    with onrecord.open(db) as library:
        ask = library.connection.execute
        articles = [id_ for (id_,) in ask("SELECT id FROM articles LIMIT ?", (MOST,))]
        statements = [id_ for (id_,) in ask("SELECT id FROM statements ORDER BY n DESC LIMIT ?", (MOST,))]
        people = [
            id_
            for (id_,) in ask(
                "SELECT i.id FROM identities i JOIN links l ON l.identity = i.n GROUP BY i.n ORDER BY count(*) DESC LIMIT ?",
                (MOST // 10,),
            )
        ]
        said = Counter(
            word
            for (content,) in ask("SELECT content FROM statements ORDER BY n DESC LIMIT ?", (MOST,))
            for word in set(re.findall(r"[a-z]{4,}", content or ""))
        )
    words = [word for word, n in said.most_common(MOST // 10) if n > 1]
    pairs = [f"{a}+{b}" for a, b in zip(words, words[7:], strict=False)]
    found = {
        "page today": ["/"],
        "page search": [f"/search?q={word}" for word in (*words, *pairs)],
        "page article": [f"/articles/{id_}" for id_ in articles],
        "page person": [f"/who/{id_}" for id_ in people],
        "search": [f"/api/search?q={word}" for word in (*words, *pairs)],
        "who": [f"/api/who?name={id_}" for id_ in people],
        "statement": [f"/api/statements/{id_}" for id_ in statements],
        "article": [f"/api/articles/{id_}" for id_ in articles],
        "entity": [f"/api/entities/{id_}" for id_ in people],
        "events": ["/api/events", *(f"/api/events?since={year}" for year in range(1990, 2032))],
        "stats": [f"/api/stats?by={by}" for by in ("speaker", "month", "outlet", "act", "form", "day", "year")],
        "clashes": ["/api/clashes"],
        "feed": [f"/feeds/who/{id_}.atom" for id_ in people],
    }
    r = random.Random(2)
    for some in found.values():
        r.shuffle(some)
    return found


async def readers(port: int, found: dict[str, list[str]], options: argparse.Namespace) -> Counter[int]:
    """How many answers of each status they had."""
    told, r = Counter[int](), random.Random(3)
    kinds = list(MIX)

    end = time.monotonic() + options.longest

    def looks():
        for _ in range(options.looks):
            if time.monotonic() > end:
                return
            some = found[r.choices(kinds, [MIX[kind] for kind in kinds])[0]]
            yield some[int(len(some) * r.random() ** STEEP)]

    left = looks()

    async def reader() -> None:
        stream, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        for address in left:
            writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            head = await stream.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            if length:
                await stream.readexactly(int(length[1]))
            told[int(head[9:12])] += 1
        writer.close()

    await asyncio.gather(*(reader() for _ in range(options.connections)))
    return told


if __name__ == "__main__":
    main()
