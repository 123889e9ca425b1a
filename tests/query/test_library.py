"""All questions on a store that the Writer made, against what its views say."""

from __future__ import annotations

import base64
import json
import sqlite3
from contextlib import closing
from datetime import date

import numpy as np
import pytest
from tests.store import making

import onrecord
from onrecord.export import export, exported, records
from onrecord.query import Library, all_of, as_plain
from onrecord.records import MalformedError, NotFoundError, StoreError, words_of
from onrecord.store import Store, Vectors, Writer


class Embedder:
    """A direction for each first letter."""

    hash = "sha256:letters"

    def embed(self, texts):
        vectors = np.zeros((len(texts), 384), np.int8)
        for row, text in enumerate(texts):
            vectors[row, sum(map(ord, text.strip('"“ ')[:1].lower())) % 384] = 127
        return vectors


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "news.db"
    records = making.records(7, 40)
    said = [(s.id, words_of(r.article.text, s.content)) for r in records for s in r.statements if s.content]
    vectors = dict(zip([id_ for id_, _ in said], Embedder().embed([words for _, words in said]), strict=True))
    with Store.open(path, write=True) as store, Writer(store) as writer:
        writer.add(
            records,
            origins=[r.article.id for r in records],
            started=making.STARTED,
            vectors=Vectors(Embedder.hash, vectors),
        )
    return path


@pytest.fixture
def library(path):
    with Library(Store.open(path), embedder=Embedder()) as library:
        yield library


def _rows(library, sql, *values):
    return library.connection.execute(sql, values).fetchall()


def test_a_torn_page_is_told_with_the_name_of_the_file(path, tmp_path):
    torn = tmp_path / "torn.db"
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        roots = "SELECT rootpage FROM sqlite_schema WHERE tbl_name IN ('statements', 'articles', 'events', 'figures', 'vectors')"
        for (page,) in connection.execute(f"{roots} AND rootpage > 0").fetchall():
            content[(page - 1) * size : (page - 1) * size + 64] = b"\xff" * 64
    torn.write_bytes(content)
    asked = (
        lambda library: library.who(library.entities(kind="person").items[0].identity),
        lambda library: library.search("people"),
        lambda library: library.show("art-0000"),
        lambda library: library.events(),
        lambda library: library.figures(),
    )
    with Library.open(torn) as library:
        for question in asked:
            with pytest.raises(StoreError, match=r"torn\.db.*damaged"):
                question(library)


def _cursor(*place):
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


@pytest.mark.parametrize("value", ["x", "\ud800", -1, 1.5, True, None, [], {}, 2**63, float("nan")])
def test_a_cursor_that_no_page_gave_is_told(library, value):
    """Neither place is of every kind: whatever the value, one of two is none that the question wrote."""
    person = library.entities(kind="person").items[0].identity
    asked = {
        "who": lambda at: library.who(person, cursor=at),
        "search": lambda at: library.search("people", cursor=at),
        "browse": lambda at: library.search("", cursor=at),
        "entities": lambda at: library.entities(cursor=at),
        "events": lambda at: library.events(cursor=at),
        "predictions": lambda at: library.predictions(cursor=at),
    }
    for question, ask in asked.items():
        with pytest.raises(MalformedError, match="cursor"):
            ask(_cursor(question, value, value))
    for question, ask in {
        "entities named": lambda at: library.entities("e", cursor=at),
        "entity": lambda at: library.entity(person, cursor=at),
        "figures": lambda at: library.figures(cursor=at),
        "stats": lambda at: library.stats("act", cursor=at),
    }.items():
        with pytest.raises(MalformedError, match="cursor"):
            ask(_cursor(question, value))


def test_open_gives_a_library(path, tmp_path):
    with onrecord.open(path) as library:
        assert isinstance(library, onrecord.Library)
        assert library.entities().items
    with pytest.raises(NotFoundError):
        onrecord.open(tmp_path / "none.db")


ASKED = {
    "who": lambda library, **options: library.who("anybody", **options),
    "search": lambda library, **options: library.search("people", **options),
    "facets": lambda library, **options: library.facets("people", **options),
    "stats": lambda library, **options: library.stats("month", **options),
    "events": lambda library, **options: library.events(**options),
    "figures": lambda library, **options: library.figures(**options),
    "predictions": lambda library, **options: library.predictions(**options),
    "clashes": lambda library, **options: library.clashes(**options),
    "records": lambda library, **options: records(library, **options),
    "exported": lambda library, **options: exported(library, **options),
}


@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize(("wrong", "right"), [("sinse", "since"), ("untill", "until"), ("foo", None)])
def test_a_misspelt_option_is_refused_with_what_there_is(library, question, wrong, right):
    with pytest.raises(
        TypeError, match=rf"^{question}\(\) has no option '{wrong}'.*it takes .*since, .*until"
    ) as error:
        ASKED[question](library, **{wrong: "2024"})
    assert (f"(is {right!r} meant?)" in str(error.value)) == (right is not None)


def test_an_export_with_a_misspelt_option_writes_nothing(library, tmp_path):
    with pytest.raises(TypeError, match="acts"):
        export(library, "csv", tmp_path / "tables", acts="accuse")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("question", [q for q in ASKED if q not in ("records", "exported", "who")])
def test_a_date_in_place_of_a_text_is_told(library, question):
    with pytest.raises(TypeError, match=r"since is a day as text, such as '2024-05-01', not date"):
        ASKED[question](library, since=date(2024, 1, 1))


def test_who_asks_a_closed_store_is_told(path):
    library = Library.open(path)
    library.close()
    for ask in (*(ASKED[q] for q in ASKED if q not in ("records", "exported")), Library.latest, Library.spots):
        with pytest.raises(StoreError, match="was closed"):
            ask(library)
    with pytest.raises(StoreError, match="was closed"):
        list(records(library))


def test_everybody_said_what_the_view_says(library):
    everybody = [c for page in all_of(lambda at: library.entities(size=7, cursor=at)) for c in page.items]
    assert len({c.identity for c in everybody}) == len(_rows(library, "SELECT DISTINCT identity FROM links"))
    for choice in everybody:
        if not choice.statements:
            continue
        pages = list(all_of(lambda at, who=choice.identity: library.who(who, size=3, cursor=at)))
        told = _rows(
            library,
            """SELECT statement, coalesce(utterance, statement) FROM v_statements
               WHERE speaker_identity LIKE ? AND standing = 'current'""",
            f"%{choice.identity}%",
        )
        shown = [u for page in pages for u in page.items]
        assert pages[0].statements == len(told)
        assert pages[0].total == len(shown) == len({utterance for _, utterance in told})
        days = [u.said.day for u in shown if u.said.day]
        assert days == sorted(days)
        assert all(choice.name in u.said.speaker for u in shown)


def test_words_are_found_wherever_they_are(library):
    for (content,) in _rows(library, "SELECT content FROM statements WHERE standing = 'current' ORDER BY id LIMIT 12"):
        phrase = " ".join(content.split()[:3]).strip('"“”')
        hits = [
            h
            for page in all_of(lambda at, q=f'"{phrase}"': library.search(q, meaning=False, cursor=at))
            for h in page.items
        ]
        found = {a.statement for h in hits for a in h.utterance.appearances} | {h.utterance.said.id for h in hits}
        naive = {s for s, c in _rows(library, "SELECT statement, content FROM v_statements WHERE standing = 'current'")
                 if phrase.lower() in c.lower()}  # fmt: skip
        assert naive <= found, phrase
        for hit in hits:
            text = library.show(hit.utterance.said.article.id).record.article.text
            assert hit.snippet.span.of(text) == hit.snippet.text
            assert all(span.of(text) for span in hit.matches)


def test_meaning_is_found_through_the_stores_own_vectors(library):
    (content,), *_ = _rows(library, "SELECT content FROM statements WHERE standing = 'current' ORDER BY id")
    letter = content.strip('"“ ')[0]
    hits = library.search(f"{letter}zzz", size=100).items
    assert hits
    assert all(h.found == ("meaning",) for h in hits)
    assert {h.utterance.said.content.strip('"“ ')[0].lower() for h in hits} == {letter.lower()}
    assert library.search(f"{letter}zzz", meaning=False).items == ()
    speaker = hits[0].utterance.said.speakers[0].identity
    assert all(
        s.identity == speaker
        for h in library.search(f"{letter}zzz", speaker=speaker).items
        for s in h.utterance.said.speakers
    )
    assert letter.lower() in {
        u.said.content.strip('"“ ')[0].lower() for u in library.who(speaker, about=f"{letter}zzz").items
    }


def test_every_article_and_statement_is_shown_and_cited(library):
    for id_, text in _rows(library, "SELECT article, text FROM v_articles LIMIT 10"):
        record = library.show(id_).record
        assert record.article.text == text
        for statement in record.statements:
            citation = library.cite(statement.id)
            assert citation.words == words_of(text, statement.content)


def test_all_events_and_predictions_are_listed_once(library):
    listed = [e.id for page in all_of(lambda at: library.events(size=5, cursor=at)) for e in page.items]
    of_origins = """SELECT v.id FROM events v LEFT JOIN copies c ON c.article = v.article
        WHERE v.standing = 'current' AND (c.origin IS NULL OR c.origin = v.article)"""
    assert sorted(listed) == sorted(id_ for (id_,) in _rows(library, of_origins))
    foretold = [
        f.utterance.said.id for page in all_of(lambda at: library.predictions(size=3, cursor=at)) for f in page.items
    ]
    new = """SELECT s.id FROM predictions p JOIN statements s ON s.n = p.statement LEFT JOIN appearances a ON a.statement = s.n
        WHERE s.standing = 'current' AND (a.origin IS NULL OR a.origin = s.n)"""
    assert sorted(foretold) == sorted(id_ for (id_,) in _rows(library, new))


def test_all_figures_are_in_ledgers(library):
    ledgers = [g for page in all_of(lambda at: library.figures(size=4, cursor=at)) for g in page.items]
    current = _rows(library, "SELECT count(*) FROM figures WHERE standing = 'current'")[0][0]
    assert 0 < sum(c.printed for g in ledgers for c in g.counts) <= current
    assert sum(len(g.counts) for g in ledgers) > 0


def test_counts_agree_with_one_another(library):
    total = _rows(library, "SELECT count(*) FROM statements WHERE standing = 'current'")[0][0]
    for by in ("outlet", "day", "month", "year", "act", "form"):
        tallies = [t for page in all_of(lambda at, by=by: library.stats(by, size=9, cursor=at)) for t in page.items]
        assert sum(t.statements for t in tallies) == total, by
        assert all(t.statements >= t.utterances > 0 and t.articles >= t.sources > 0 for t in tallies)
    assert library.facets().statements == total


def test_answers_are_frozen(library):
    page = library.search("")
    with pytest.raises(AttributeError):
        page.items[0].score = 1
    assert as_plain(page)["items"]
