"""How `onrecord serve` bears many readers at once while `onrecord add` writes, and how long each question takes alone.

    python benchmarks/serve_load.py --db onrecord.db                  # 50 readers for a minute, while articles are added
    python benchmarks/serve_load.py --db onrecord.db --each           # each address alone: ms of one core

The store is copied first and the copy thrown away. Readers are locust's (serve_readers.py), in an environment of its own in
build/venv-load: each asks for a page or an answer, thinks for a second (--think), and asks for the next. All come from one
address, so that what one client may ask for is lifted here. The articles that are added are made up, and are read with the
model, which takes what it can of the cores. Memory: `RssAnon` is the server's own; what it has of the store's file mapped is
the system's, and `Pss` counts its share of it. `cpu_ms_a_look` is what the server took of the cores, whoever else wanted them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / "build" / "venv-load"
REQUIREMENTS = HERE / "requirements-load.txt"
REPEATS = 9
MIX = {  # in a hundred looks
    "page today": 10, "page search": 15, "page article": 20, "page person": 10,
    "search": 15, "who": 5, "statement": 5, "article": 5, "entity": 3, "events": 5, "stats": 2, "clashes": 3, "feed": 2,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--each", action="store_true", help="each address alone, without load")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--think", type=float, default=1.0, help="seconds between two looks of one reader")
    parser.add_argument("--no-writer", action="store_true", help="nothing is added meanwhile")
    parser.add_argument("--locust", type=Path, help="another locust than that of build/venv-load")
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        return serve(options.db, options.serve)
    with tempfile.TemporaryDirectory() as folder:
        db = copied(options.db, Path(folder) / "copy.db")
        result = each(db) if options.each else loaded(db, Path(folder), options)
    if options.output:
        options.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return None


def copied(source: Path, target: Path) -> Path:
    """The store with its last changes, in the present form."""
    import sqlite3

    from onrecord.store import Store

    with sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()
    Store.open(target, write=True).close()
    return target


def application(db: Path):
    from onrecord.web.api.desk import desk_of
    from onrecord.web.api.limits import Buckets
    from onrecord.web.app import create_app

    app = create_app(db, hosts=("*",))
    desk_of(app).buckets = Buckets(1e9, 1e9)
    return app


def serve(db: Path, port: int) -> None:
    import uvicorn

    uvicorn.run(application(db), port=port, log_level="warning", limit_concurrency=200)


def addresses(db: Path) -> dict[str, list[str]]:
    """Of each kind some addresses, made of what is in the store."""
    import onrecord

    with onrecord.open(db) as library:
        hits = [hit.utterance.said for hit in library.search("", size=40).items]
        people = [choice.identity for choice in library.entities(kind="person", size=40).items]
    words = sorted({max(said.content.split(), key=len).strip(".,“”\"'") for said in hits if said.content})[:40]
    articles, statements = sorted({said.article.id for said in hits}), [said.id for said in hits]
    return {
        "page today": ["/"],
        "page search": [f"/search?q={word}" for word in words],
        "page article": [f"/articles/{id_}" for id_ in articles],
        "page person": [f"/who/{id_}" for id_ in people],
        "search": [f"/api/search?q={word}" for word in words] + ["/api/search"],
        "facets": [f"/api/facets?q={word}" for word in words],
        "who": [f"/api/who?name={id_}" for id_ in people],
        "statement": [f"/api/statements/{id_}" for id_ in statements],
        "article": [f"/api/articles/{id_}" for id_ in articles],
        "entities": ["/api/entities"],
        "entity": [f"/api/entities/{id_}" for id_ in people],
        "stats": ["/api/stats?by=speaker", "/api/stats?by=month"],
        "events": ["/api/events"],
        "figures about": [f"/api/figures?about={word}" for word in words],
        "figures": ["/api/figures"],
        "predictions": ["/api/predictions"],
        "clashes": ["/api/clashes"],
        "feed": [f"/feeds/who/{id_}.atom" for id_ in people] + [f"/feeds/search.atom?q={word}" for word in words],
    }


def each(db: Path) -> list[dict[str, object]]:
    """Time of a core that each kind of address takes, asked in this process, with nothing kept from one time to the next."""
    from fastapi.testclient import TestClient

    from onrecord.web.api.desk import desk_of

    lines = []
    with TestClient(application(db)) as client:
        for name, some in addresses(db).items():
            times, size = [], 0
            for k in range(-1, REPEATS):
                address = some[k % len(some)]
                desk_of(client.app).answers.clear()
                begin = time.process_time()
                response = client.get(address)
                if k >= 0:  # the first one warms up
                    times.append(1000 * (time.process_time() - begin))
                size = max(size, len(response.content))
                assert response.status_code == 200, (address, response.text[:500])
            line = {"what": name, "ms": round(statistics.median(times), 1), "most_ms": round(max(times), 1)}
            lines.append({**line, "kB": round(size / 1000, 1)})
            print(
                f"{name:15} {lines[-1]['ms']:7} ms, at most {lines[-1]['most_ms']:7} ms {lines[-1]['kB']:9} kB",
                flush=True,
            )
    return lines


def loaded(db: Path, folder: Path, options: argparse.Namespace) -> dict[str, object]:
    """Readers and a writer at once; what they met."""
    locust = options.locust or installed()
    looks = [
        (MIX[name] / len(some), name, address)
        for name, some in addresses(db).items()
        if name in MIX
        for address in some
    ]
    port = free_port()
    host = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([sys.executable, __file__, "--db", db, "--serve", str(port)])
    writer = None
    try:
        awake(host)
        before = counted(db)
        if not options.no_writer:
            articles = made_up(folder / "more.jsonl")
            add = [sys.executable, "-m", "onrecord", "add", "--db", db, articles]
            writer = subprocess.Popen(add, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with Watching(server.pid) as memory:
            environment = {**os.environ, "READERS": json.dumps(looks), "THINK": str(options.think)}
            command = [
                locust, "-f", HERE / "serve_readers.py", "--headless", "--host", host, "--only-summary",
                "-u", str(options.readers), "-r", str(max(1, options.readers // 5)),
                "-t", f"{options.seconds}s", "--reset-stats", "--csv", folder / "stats",
            ]  # fmt: skip
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if not (folder / "stats_stats.csv").exists():
            raise SystemExit(done.stderr)
        alive = writer is not None and writer.poll() is None
    finally:
        for process in filter(None, (server, writer)):
            ended(process)
    lines = list(told(folder / "stats_stats.csv"))
    added = counted(db) - before
    result = {
        "readers": options.readers, "seconds": options.seconds, "think_s": options.think, "load": os.getloadavg()[0],
        "added": added, "writing_to_the_end": alive, "anonymous_mb": memory.told("RssAnon"), "share_mb": memory.told("Pss"),
        "cpu_ms_a_look": round(1000 * memory.cpu_s / max(1, lines[-1]["looks"]), 1), "looks": lines,
    }  # fmt: skip
    for line in lines:
        print("{what:15} {looks:6} looks, {failed} failed, p50 {p50} ms, p95 {p95} ms, most {most} ms".format(**line))
    print(f"added {added} articles meanwhile{'' if alive else ' (the writer was not at it to the end)'}")
    print(f"memory of its own, MB: {result['anonymous_mb']}; with its share of what is mapped: {result['share_mb']}")
    print(f"{result['cpu_ms_a_look']} ms of a core a look")
    return result


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started here: asked to at first."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def told(path: Path) -> Iterator[dict[str, object]]:
    """locust's figures, a line for each kind of look and one for all."""
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {
                "what": "all" if row["Name"] == "Aggregated" else row["Name"],
                "looks": int(row["Request Count"]),
                "failed": int(row["Failure Count"]),
                "p50": float(row["50%"]),
                "p95": float(row["95%"]),
                "most": float(row["100%"]),
            }


def installed() -> Path:
    """locust, in an environment of its own."""
    if not (VENV / "bin" / "locust").exists():
        venv.create(VENV, with_pip=True)
        subprocess.run([VENV / "bin" / "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
    return VENV / "bin" / "locust"


def awake(host: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{host}/api/entities?size=1").close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def counted(db: Path) -> int:
    import onrecord

    with onrecord.open(db) as library:
        return library.connection.execute("SELECT count(*) FROM articles").fetchone()[0]


class Watching:
    """Looks at a process's memory once a second."""

    def __init__(self, pid: int) -> None:
        self.process = Path(f"/proc/{pid}")
        self.seen: list[dict[str, int]] = []
        self._over = threading.Event()
        self._begin = self._cpu()
        self.cpu_s = 0.0
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Watching:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu_s = self._cpu() - self._begin
        self._over.set()
        self._thread.join()

    def _cpu(self) -> float:
        fields = (self.process / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def told(self, name: str) -> list[int]:
        """MB at the beginning, after each quarter, and the most."""
        values = [seen[name] // 1000 for seen in self.seen] or [0]
        return [values[round(k * (len(values) - 1) / 4)] for k in range(5)] + [max(values)]

    def _watch(self) -> None:
        while not self._over.wait(1):
            try:
                lines = [
                    line
                    for name in ("status", "smaps_rollup")
                    for line in (self.process / name).read_text().splitlines()
                ]
            except OSError:  # it has ended
                return
            pairs = [line.partition(":") for line in lines]
            self.seen.append({name: int(rest.split()[0]) for name, _, rest in pairs if rest.endswith("kB")})


def made_up(path: Path, articles: int = 20_000) -> Path:
    """Articles of some hundred words, no two alike."""
    r = random.Random(1)
    people = [
        f"{a} {b}"
        for a in ("Ada", "Ilse", "Tomas", "Mara", "Otto")
        for b in ("Quill", "Brandt", "Okoro", "Lindqvist", "Varga")
    ]
    roles = ("mayor", "harbour master", "finance minister", "union leader", "spokeswoman")
    things = ("bridge", "budget", "ferry line", "water plant", "school", "railway", "power station")
    with path.open("w", encoding="utf-8") as file:
        for n in range(articles):
            lines = []
            for _ in range(5):
                who, thing, number = r.choice(people), r.choice(things), r.randint(2, 900)
                lines.append(
                    r.choice((
                        f'"The {thing} will open in {number} days," said {who}, the {r.choice(roles)}.',
                        f"{who} denied that {number} workers had been hurt at the {thing}.",
                        f"The {r.choice(roles)}, {who}, accused the council of wasting {number} million on the {thing}.",
                        f"Work on the {thing} went on, and {number} people came to see it on its first day.",
                    ))
                )  # fmt: skip
            row = {
                "id": f"made-{n}",
                "outlet": f"The Slate {n % 7}",
                "published": "2031-05-01",
                "text": "\n\n".join(lines),
            }
            file.write(json.dumps(row) + "\n")
    return path


if __name__ == "__main__":
    main()
