"""How long each question takes on a store's file: python benchmarks/questions.py FILE [--turns N] [--json].

Whom, what words and which outlet to ask for is taken from the store itself: its most frequent ones, which take longest, and
rare ones.
The first turn and the median of the others are told, in milliseconds of the clock, and of the processor, which a busy machine
leaves alone. Limits are those of the project: 200 ms, 500 ms where the meaning of words is asked for.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import onrecord
from onrecord import Library
from onrecord.store.folding import tokens

LIMIT, LIMIT_OF_MEANING = 200, 500
SAMPLE = 2_000

Question = tuple[str, int, Callable[[], object]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with onrecord.open(options.file) as library:
        size = {
            t: library.connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("articles", "statements")
        }
        lines = [measure(*question, turns=options.turns) for question in questions(library)]
    if options.json:
        print(json.dumps({"store": size, "questions": lines}, indent=2))
    else:
        print(f"{size['articles']:,} articles, {size['statements']:,} statements")
        print(f"{'':36}{'first':>10}{'median':>10}{'processor':>12}{'limit':>8}  ms")
        for line in lines:
            late = " " if line["median"] <= line["limit"] else "!"
            print(
                f"{line['question']:36}{line['first']:>10.1f}{line['median']:>10.1f}{line['processor']:>12.1f}{line['limit']:>8}{late}"
            )
    return int(any(line["processor"] > line["limit"] for line in lines))


def measure(name: str, limit: int, question: Callable[[], object], *, turns: int) -> dict[str, object]:
    clock, processor = [], []
    for _ in range(1 + turns):
        started, used = time.perf_counter(), time.process_time()
        question()
        clock.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (time.process_time() - used))
    middle = statistics.median(clock[1:]), statistics.median(processor[1:])
    return {"question": name, "limit": limit, "first": clock[0], "median": middle[0], "processor": middle[1]}


def questions(library: Library) -> Iterator[Question]:
    often, seldom = people(library)
    common, usual, rare = words(library)
    outlets = [r[0] for r in library.connection.execute(
        "SELECT outlet FROM articles WHERE outlet IS NOT NULL GROUP BY outlet ORDER BY count(*) DESC")]  # fmt: skip
    statement = library.connection.execute("SELECT id FROM statements ORDER BY n DESC LIMIT 1").fetchone()[0]
    kinds = "SELECT speaker_kind FROM statements WHERE speaker_kind IS NOT NULL GROUP BY 1 ORDER BY count(*) LIMIT 1"
    ((rare_kind,),) = library.connection.execute(kinds).fetchall()
    second, last = library.who(often, size=50).cursor, last_page(library, often)
    by_words: dict[str, Callable[[], object]] = {
        "who, speaks most": lambda: library.who(often),
        "who, second page": lambda: library.who(often, size=1, cursor=second),
        "who, last page": lambda: library.who(often, size=50, cursor=last),
        "who, of a year": lambda: library.who(often, since="2031", until="2031"),
        "who, speaks seldom": lambda: library.who(seldom),
        "who, about (words)": lambda: library.who(often, about=usual, meaning=False),
        "search, a common word": lambda: library.search(common, meaning=False),
        "search, a usual word": lambda: library.search(usual, meaning=False),
        "search, a rare word": lambda: library.search(rare, meaning=False),
        "search, two words": lambda: library.search(f"{common} {usual}", meaning=False),
        "search, of a speaker": lambda: library.search(common, speaker=often, meaning=False),
        "search, of an outlet": lambda: library.search(common, outlet=outlets[0], meaning=False),
        "search, of a year": lambda: library.search(common, since="2020", until="2020", meaning=False),
        "newest": lambda: library.search(""),
        "newest, of an act": lambda: library.search("", act="deny"),
        "newest, of a large outlet": lambda: library.search("", outlet=outlets[0]),
        "newest, of a small outlet": lambda: library.search("", outlet=outlets[-1]),
        "newest, of a rare kind": lambda: library.search("", kind=rare_kind),
        "newest, of much at once": lambda: library.search(
            "", kind=rare_kind, form="direct", act="deny", outlet=outlets[0]
        ),
        "facets, of a rare kind": lambda: library.facets("", kind=rare_kind),
        "newest, of a speaker": lambda: library.search("", speaker=often),
        "newest, aimed at": lambda: library.search("", target=often),
        "show": lambda: library.show(statement),
        "cite": lambda: library.cite(statement),
        "entities": lambda: library.entities(),
        "entities, of a kind": lambda: library.entities(kind="person"),
        "entity": lambda: library.entity(often),
        "a name that nobody bears": lambda: nobody(library),
        "stats, of a speaker": lambda: library.stats("act", speaker=often),
        "stats by speaker, of an act": lambda: library.stats("speaker", act="deny"),
        "stats by speaker, of a form": lambda: library.stats("speaker", form="direct"),
        "stats by outlet, of a year": lambda: library.stats("outlet", since="2031", until="2031"),
        "stats by day, of an outlet": lambda: library.stats("day", outlet=outlets[0]),
        "stats by act, of a rare kind": lambda: library.stats("act", kind=rare_kind),
        "stats by month, published since": lambda: library.stats("month", published_since="2031-03"),
        "stats by speaker": lambda: library.stats("speaker"),
        "stats by outlet": lambda: library.stats("outlet"),
        "stats by day": lambda: library.stats("day"),
        "stats by act": lambda: library.stats("act"),
        "events": lambda: library.events(),
        "events, of an actor": lambda: library.events(actor=often),
        "events, of a place with none": lambda: library.events(country="FRA"),
        "figures": lambda: library.figures(),
        "figures, of a place": lambda: library.figures(place=usual),
        "figures, of the narration": lambda: library.figures(claimant="narration"),
        "figures, about": lambda: library.figures(usual),
        "predictions": lambda: library.predictions(meaning=False),
        "predictions, of an act": lambda: library.predictions(act="deny", meaning=False),
        "predictions, of an outlet": lambda: library.predictions(outlet=outlets[-1], meaning=False),
    }
    yield from ((name, LIMIT, question) for name, question in by_words.items())
    if library.connection.execute("SELECT 1 FROM vectors LIMIT 1").fetchone():
        library.search(usual)  # loads the embedder
        yield "search by meaning", LIMIT_OF_MEANING, lambda: library.search(f"{common} {usual} {rare}")
        yield "search by meaning, of a speaker", LIMIT_OF_MEANING, lambda: library.search(usual, speaker=often)
        yield "who, about", LIMIT_OF_MEANING, lambda: library.who(often, about=usual)


def last_page(library: Library, person: str) -> str | None:
    """The cursor of the last of their pages."""
    cursor = None
    while (page := library.who(person, size=1_000, cursor=cursor)).cursor is not None:
        cursor = page.cursor
    return cursor


def people(library: Library) -> tuple[str, str]:
    """Whoever speaks most, and one of those who speak once."""
    sql = """SELECT i.id FROM statement_speakers p JOIN links l ON l.entity = p.entity JOIN identities i ON i.n = l.identity
             GROUP BY i.n ORDER BY count(*) {} LIMIT 1"""
    most, least = (library.connection.execute(sql.format(order)).fetchone()[0] for order in ("DESC", "ASC"))
    return most, least


def words(library: Library) -> tuple[str, str, str]:
    """Of a sample of statements a common word, one of the middle, and a rare one."""
    sample = library.connection.execute("SELECT content FROM statements WHERE content IS NOT NULL LIMIT ?", (SAMPLE,))
    counted = Counter(t.word for (content,) in sample for t in tokens(content) if len(t.word) > 4).most_common()
    return counted[0][0], counted[min(len(counted) - 1, 40)][0], counted[-1][0]


def nobody(library: Library) -> None:
    try:
        library.who("Zzyzx Qqanaaq")
    except onrecord.OnrecordError:
        return


if __name__ == "__main__":
    sys.exit(main())
