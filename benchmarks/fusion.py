"""Does a search find what was said in other words: questions in words of their own over two corpora, by the store's own search.

    .venv/bin/python benchmarks/fusion.py --data $DATA --json benchmarks/fusion.json

`paraphrases.tsv` asks for statements of the demo corpus, `paraphrases_stories.tsv` for those of the invented stories; each is
also asked among the other's statements. Told is the share of questions with a right statement among the first 1, 5 and 10, and
the mean of 1/rank: by *words* (any of them), by *meaning*, and by both, which is what a search does, for several weights of
meaning. The weight is chosen on the first set, and stands if it is no worse than the better of both on the second. Needs an
installed onrecord.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sqlite3
import statistics
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from onrecord.analysis.sentences import Embedder
from onrecord.query import search as searching
from onrecord.query.filters import narrowed
from onrecord.query.meaning import FAR, near
from onrecord.query.syntax import read_query
from onrecord.records import Span, article_id, statement_id
from onrecord.store.migrations import migrate
from onrecord.store.vectors import add_vectors
from vectors import statements, stories

HERE = Path(__file__).resolve().parent
WEIGHTS = (1, 2, 3, 4, 6, 10, 20)
PAGE = 100

Search = Callable[[str], list[str]]


def store_of(texts: dict[str, str], embedder: Embedder) -> Any:
    """A store in memory that holds each text as the one statement of an article, by row from 1 on."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, Path(":memory:"))
    connection.execute("BEGIN")
    connection.execute("INSERT INTO runs VALUES (1, 'run-1', '0', '0', '0', '2024-01-01T00:00:00Z')")
    for n, (name, text) in enumerate(texts.items(), 1):
        span, article = f"[[0, {len(text)}]]", article_id(None, name, text)
        connection.execute(
            """INSERT INTO articles (n, id, run, origin, title, status, standing, words, added, company, layout, text)
               VALUES (?, ?, 1, ?, ?, 'usable', 'current', 1, '2024-01-01T00:00:00Z', '[]', '{"sentences": []}', ?)""",
            (n, article, name, name, text),
        )
        connection.execute(
            """INSERT INTO statements (n, id, article, run, position, form, source_spans, cue_spans, content_spans, cue, content,
                   score, standing) VALUES (?, ?, ?, 1, 0, 'indirect', '[]', '[]', ?, '', ?, 1, 'current')""",
            (n, statement_id(article, [], [], [Span(0, len(text))]), n, span, text),
        )
        connection.execute("INSERT INTO statements_fts (rowid, content) VALUES (?, ?)", (n, text))
    add_vectors(connection, range(1, len(texts) + 1), embedder.embed(list(texts.values())))
    connection.execute("COMMIT")
    return SimpleNamespace(connection=connection, path=Path(":memory:"))


def ways(store: Any, embedder: Embedder) -> dict[str, Search]:
    """Contents in the order found: by words, by meaning, and by both."""
    contents: dict[int, str] = dict(store.connection.execute("SELECT n, content FROM statements"))

    def by_words(query: str) -> list[str]:
        found, _ = searching._by_words(store, read_query(query).some, narrowed(store))
        return [contents[n] for n, _ in found[:PAGE]]

    def by_meaning(query: str) -> list[str]:
        return [contents[n] for n, _ in near(store, embedder, query, count=PAGE, among=None, least=FAR)]

    def by_both(query: str) -> list[str]:
        page = searching.search(store, query, embedder=embedder, size=PAGE)
        return [hit.utterance.said.content for hit in page.items]

    return {"words": by_words, "meaning": by_meaning, "both": by_both}


def measure(questions: Path, texts: dict[str, str], embedder: Embedder) -> dict[str, Any]:
    """Of each way its figures; statements of the same words count once."""
    rows = list(csv.DictReader(questions.open(encoding="utf8"), delimiter="\t", quotechar="\0"))
    asked = [(row["query"], {plain(texts[name]) for name in row["answers"].split()}) for row in rows]
    by = ways(store_of(texts, embedder), embedder)
    figures = {way: told(asked, by[way]) for way in ("words", "meaning")}
    before = searching.MEANING
    for searching.MEANING in WEIGHTS:
        figures[f"both, {searching.MEANING}"] = told(asked, by["both"])
    searching.MEANING = before
    return {"questions": len(rows), "statements": len(texts), **figures}


def told(asked: list[tuple[str, set[str]]], search: Search) -> dict[str, float]:
    ranks = []
    for query, right in asked:
        distinct = dict.fromkeys(map(plain, search(query)))
        ranks.append(next((k for k, text in enumerate(distinct, 1) if text in right), None))
    shares = {f"recall@{n}": sum(k is not None and k <= n for k in ranks) / len(ranks) for n in (1, 5, 10)}
    return {name: round(share, 3) for name, share in shares.items()} | {
        "mrr": round(statistics.mean(1 / k if k else 0 for k in ranks), 3)
    }


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--json", type=Path, help="where the figures go beside the screen")
    options = parser.parse_args()
    embedder = Embedder.load()
    demo, others = statements(options.data / "demo" / "gold"), stories(options.data)
    chosen, confirmed = HERE / "paraphrases.tsv", HERE / "paraphrases_stories.tsv"
    figures = {
        "demo": measure(chosen, demo, embedder),
        "demo, among the stories": measure(chosen, demo | others, embedder),
        "stories": measure(confirmed, others, embedder),
        "stories, among the demo": measure(confirmed, others | demo, embedder),
    }
    for name, found in figures.items():
        print(f"{name}: {found['questions']} questions, {found['statements']:,} statements")
        for way, told_of in found.items():
            if isinstance(told_of, dict):
                print(f"  {way:10}" + "".join(f"{key:>11} {value:.3f}" for key, value in told_of.items()))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
