"""What it costs to link the names of one article more, in a store that has 100,000 entities already.

Makes articles of people, bodies and places whose names come and go by Zipf's law: some by their surname alone, some with an
initial or in another spelling, some with their role. Only what linking reads is stored. Then single articles come, one by one:
`coming` is what their names cost as they come, `coming_and_settled_at_once` with what it costs to bring all to what the articles
together make them (which a writer does when it is closed). Processor time, in milliseconds.

    python benchmarks/link_one.py -o benchmarks/link_one.json
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from onrecord.records import Entity, EntityKind, Mention, Record, Span, entity_id, mention_id
from onrecord.store import Ready, Store, ready
from onrecord.store.identities import Identities
from onrecord.store.inserting import Inserter
from store import making

PEOPLE, BODIES, PLACES = 20_000, 4_000, 2_000
NAMES = 12  # of an article: seven people, three bodies, two places
BATCH = 100


class World:
    """Names of each kind, the commonest first. Forenames and surnames go by Zipf's law too, so that many share one."""

    def __init__(self, seed: int = 0) -> None:
        r = random.Random(seed)
        word = lambda n: "".join(r.choice(making.SYLLABLES) for _ in range(n)).capitalize()  # noqa: E731
        first, last = [word(2) for _ in range(400)], [word(r.choice((2, 2, 3))) for _ in range(6_000)]
        weights = [list(accumulate(1 / (k + 10) for k in range(len(names)))) for names in (first, last)]
        drawn = (r.choices(names, cum_weights=w, k=PEOPLE) for names, w in zip((first, last), weights, strict=True))
        self.people = [(f"{a} {b}", r.choice(making.ROLES)) for a, b in zip(*drawn, strict=True)]
        self.bodies = [
            f"{word(2)} {r.choice(('Council', 'Bank', 'Party', 'Institute', ''))}".strip() for _ in range(BODIES)
        ]
        self.places = [word(r.choice((2, 3))) for _ in range(PLACES)]
        self.often = {n: list(accumulate(1 / (k + 5) for k in range(n))) for n in (PEOPLE, BODIES, PLACES)}

    def names(self, r: random.Random) -> Iterator[tuple[EntityKind, str, str | None]]:
        """What an article names: kind, name as printed, role."""
        kinds: Sequence[tuple[EntityKind, int, int]] = (
            ("person", PEOPLE, 7),
            ("organization", BODIES, 3),
            ("place", PLACES, 2),
        )
        for kind, size, number in kinds:
            for k in dict.fromkeys(r.choices(range(size), cum_weights=self.often[size], k=number)):
                if kind == "person":
                    name, role = self.people[k]
                    yield kind, _printed(r, name), role if r.random() < 0.6 else None
                else:
                    yield kind, (self.bodies if kind == "organization" else self.places)[k], None


def _printed(r: random.Random, name: str) -> str:
    first, last = name.split()
    chance = r.random()
    if chance < 0.1:
        return last
    if chance < 0.13:
        return f"{first[0]}. {last}"
    return f"{first} {last.replace('k', 'c')}" if chance < 0.15 else name


def article(seed: int, world: World) -> Record:
    """The record of an article that does nothing but name."""
    r = random.Random(seed)
    text, people, others = making.Drafted(), [], []
    named = {(kind, name): role for kind, name, role in world.names(r)}
    for (kind, name), role in named.items():
        if kind == "person":
            span = text.add(role or "one")
            text.add(" ")
            people.append((name, span, [text.add(name)]))
        else:
            others.append((kind, name, text.add(name)))
        text.add(". ")
    day = f"{2021 + r.randrange(10)}-{1 + r.randrange(12):02d}-{1 + r.randrange(28):02d}"
    record = making.make_record(
        text.text, [], people, url=f"https://news.example/{seed}", outlet="The Halden Courier", day=day
    )
    id_ = record.article.id
    entities = [e if e.roles[0].span.of(text.text) != "one" else replace(e, roles=()) for e in record.entities]
    entities += [Entity(entity_id(id_, kind, name), name, kind, (), ()) for kind, name, _ in others]
    mentions = [*record.mentions, *(_mention(id_, *one) for one in others)]
    return replace(record, entities=tuple(entities), mentions=tuple(sorted(mentions, key=lambda m: m.span.start)))


def _mention(id_: str, kind: EntityKind, name: str, span: Span) -> Mention:
    return Mention(mention_id(id_, span, kind), span, kind, entity_id(id_, kind, name), "name", 0.9)


class Linker:
    """A store into which articles come for their names alone."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection
        self._identities = Identities(store.connection)
        self._inserter = Inserter(store.connection)
        self._run = 0

    def add(self, records: Sequence[Ready]) -> float:
        """Returns what linking cost."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        if not self._run:
            run = records[0].record.run
            values = (run.id, run.onrecord, run.weights, run.codebook, making.STARTED)
            command = "INSERT OR IGNORE INTO runs (id, onrecord, weights, codebook, started) VALUES (?, ?, ?, ?, ?)"
            execute(command, values)
            self._run = execute("SELECT n FROM runs").fetchone()[0]
        placed = self._inserter.insert([(r, "made", self._run) for r in records], making.STARTED)
        started = time.process_time()
        self._identities.link([n for p in placed for n in p.entities.values()])
        spent = time.process_time() - started
        execute("COMMIT")
        return spent

    def settle(self) -> float:
        """Returns what it cost."""
        self._connection.execute("BEGIN IMMEDIATE")
        started = time.process_time()
        self._identities.settle()
        spent = time.process_time() - started
        self._connection.execute("COMMIT")
        return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=200, help="that come one by one")
    parser.add_argument("--db", type=Path, help="keep the store here")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = measure(options.db or Path(folder) / "names.db", options)
    print(json.dumps(told, indent=1))
    if options.output:
        options.output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def measure(path: Path, options: argparse.Namespace) -> dict[str, object]:
    world = World(1)
    with Store.open(path, write=True) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        count = "SELECT count(*) FROM entities"
        seed = store.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        linker, filling = Linker(store), 0.0
        while store.connection.execute(count).fetchone()[0] < options.entities:
            filling += linker.add([ready(article(seed + k, world)) for k in range(BATCH)])
            seed += BATCH
        filled = linker.settle()
        entities = store.connection.execute(count).fetchone()[0]
        coming, both = [], []
        for k in range(options.articles):
            coming.append(linker.add([ready(article(seed + k, world))]))
            both.append(coming[-1] + linker.settle())
        seed += options.articles
        for k in range(options.articles):
            linker.add([ready(article(seed + k, world))])
        closing = linker.settle()
    return {
        "entities": entities,
        "identities": _identities(path),
        "filling_seconds": round(filling, 1),
        "settling_all_seconds": round(filled, 1),
        "coming": _told(coming),
        "coming_and_settled_at_once": _told(both),
        f"settling_after_{options.articles}_articles_seconds": round(closing, 2),
        "load": round(os.getloadavg()[0], 1),
    }


def _identities(path: Path) -> int:
    with Store.open(path) as store:
        return int(store.connection.execute("SELECT count(*) FROM identities").fetchone()[0])


def _told(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds of an article."""
    ranked = sorted(seconds)
    return {
        "median_ms": round(statistics.median(ranked) * 1000, 1),
        "p95_ms": round(ranked[int(0.95 * len(ranked))] * 1000, 1),
    }


if __name__ == "__main__":
    main()
