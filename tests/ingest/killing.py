"""Adding in a process of its own that is killed and taken up again, and a corpus for it: invented, and the same for a seed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from onrecord.store import Store, differences, verify

FIRST = "Ada Bruno Cilla Dorian Edda Falk Greta Hanno Ilse Jorn Kaja Lennart Mira Nils Oda Pavel Runa Sten Tilda Ulf".split()
LAST = "Varn Holm Petrak Osric Quillon Marrek Tolvan Brandt Sorrow Velle Askvik Dornan Reeve Kestel Lund Farro".split()
ROLES = "harbour master,mayor,school principal,union leader,foreign minister,ferry captain,chief engineer".split(",")
PLACES = "Vintmark Oststrand Port Calder Ravensholm Lathe Torrin Ilvensund Dreskau".split()
VERBS = "said,told reporters,warned,claimed,promised,denied,argued,insisted".split(",")
THINGS = "ferry bridge tunnel harbour school clinic budget quarry library railway lighthouse pier market dam".split()
DEEDS = "reopen,close,be sold,be rebuilt,cost twice as much,stand empty,be safe,fail,be moved north".split(",")
WHEN = "by spring,next week,within a year,before the vote,after the inquiry,this winter,at dawn,in two stages".split(
    ","
)

# Tells after each batch, in a line that is on the disk at once, what is reported done.
DRIVER = """
import os, sys
from onrecord.ingest import Models, add, adding
adding.BATCH = 4  # more often between two batches, and within one
store, corpus, told = sys.argv[1:]
out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
tally = add(store, [corpus], on_progress=lambda t: os.write(out, f"{t.added} {t.known}\\n".encode()))
print(tally.added, tally.known, tally.failed)
"""


def article(r: random.Random, n: int) -> dict[str, str]:
    people = [(f"{r.choice(FIRST)} {r.choice(LAST)}", r.choice(ROLES)) for _ in range(3)]
    place = r.choice(PLACES)

    def claim() -> str:
        return f"the {r.choice(THINGS)} of {r.choice(PLACES)} would {r.choice(DEEDS)} {r.choice(WHEN)}"

    paragraphs = [f"{place.upper()}, May {1 + n % 28} - The council of {place} met for {r.randint(2, 9)} hours."]
    for name, role in people:
        paragraphs.append(f"{name}, the {role}, {r.choice(VERBS)} that {claim()}.")
        paragraphs.append(f'"We know that {claim()}," {name.split()[1]} said. "And {claim()}."')
    url = f"https://news{n % 7}.example/{n if n % 20 else n - 1}"  # now and then another version of the one before
    text = "\n\n".join(paragraphs)
    return {
        "id": f"k{n}",
        "url": url,
        "outlet": f"Outlet {n % 7}",
        "published": f"2031-05-{1 + n % 28:02d}",
        "text": text,
    }


def write_corpus(path: Path, number: int, *, seed: int = 1) -> None:
    r = random.Random(seed)
    rows: list[dict[str, str]] = []
    for n in range(number):
        row = article(r, n)
        if rows and n % 11 == 0:  # a wire copy
            row |= {"text": r.choice(rows)["text"]}
        rows.append(row)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def start(store: Path, corpus: Path, told: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", DRIVER, str(store), str(corpus), str(told)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def reported(told: Path) -> int:
    """Articles that the last run said are in the store."""
    lines = told.read_text().splitlines() if told.exists() else []
    whole = [line.split() for line in lines if len(line.split()) == 2]
    return sum(map(int, whole[-1])) if whole else 0


def stored(store: Path) -> int:
    with Store.open(store) as opened:
        return sum(1 for _ in opened.articles())


def killed_again_and_again(folder: Path, corpus: Path, kills: int, *, seed: int) -> list[int]:
    """Add a corpus, killed at `kills` random moments; returns how many articles were there after each kill.

    The moments are spread over the whole of the work: a run is left alone until it has reported so many more articles, drawn so
    that about all are there with the last kill, and then for up to a fifth of a second, in which anything may be under way.
    """
    r, store, after = random.Random(seed), folder / "killed.db", [0]
    number = len(corpus.read_text(encoding="utf-8").splitlines())
    for kill in range(kills):
        told = folder / f"told-{kill}"
        goal = after[-1] + r.randint(0, 2 * (number - after[-1]) // (kills - kill + 1))
        run = start(store, corpus, told)
        deadline = time.monotonic() + 600
        while reported(told) < goal and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(r.uniform(0, 2.0 if goal == after[-1] else 0.2))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        there = stored(store) if told.exists() else after[-1]  # else killed before the store was open
        assert there >= reported(told), f"kill {kill}: {reported(told)} reported done, {there} stored"
        assert there >= after[-1], f"kill {kill}: fewer articles than after the one before"
        after.append(there)
    return after[1:]


def finish(store: Path, corpus: Path, folder: Path) -> list[int]:
    """Run to the end; what it tells: added, known, failed."""
    run = start(store, corpus, folder / f"told-end-{os.urandom(4).hex()}")
    out, _ = run.communicate(timeout=3600)
    assert run.returncode == 0
    return [int(part) for part in out.split()]


def prove_same(one: Path, other: Path) -> None:
    with Store.open(one) as a, Store.open(other) as b:
        apart, findings = list(differences(a.connection, b.connection)), list(verify(a))
        assert not apart, apart
        assert not findings, findings
        assert list(a.without_vectors()) == []
        counts = [s.connection.execute("SELECT count(*) FROM vectors").fetchone()[0] for s in (a, b)]
    assert counts[0] == counts[1] > 0
