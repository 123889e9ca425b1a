"""What is kept of answers is what would be answered, and is bounded."""

from __future__ import annotations

import shutil
import threading

import pytest
from tests.web.conftest import client_of

from onrecord.query import Library
from onrecord.store import Does, Store, Writer
from onrecord.web.api.desk import desk_of
from onrecord.web.keeping import Answer, Answers, Glances


def answer(size: int) -> Answer:
    return Answer(b"x" * size, "text/html", ())


def test_answers_are_of_their_version_and_bounded():
    answers = Answers(100)
    answers.keep("1", "/a", answer(60))
    answers.keep("1", "/b", answer(30))
    assert answers.get("1", "/a") and answers.get("2", "/a") is None
    answers.keep("1", "/c", answer(20))
    assert answers.get("1", "/b") is None, "what was asked for longest ago goes first"
    assert answers.get("1", "/a") and answers.get("1", "/c")
    answers.keep("1", "/d", answer(101))
    assert answers.get("1", "/d") is None
    for _ in range(9):
        answers.keep("1", "/c", answer(20))
    assert answers.get("1", "/a"), "the same answer again takes no more room"
    answers.keep("2", "/a", answer(10))
    assert answers.get("1", "/a") is None and answers.get("2", "/a")
    answers.clear()
    assert answers.get("2", "/a") is None


def test_while_the_store_grows_an_answer_may_be_young():
    now = [0.0]
    answers = Answers(100, clock=lambda: now[0])
    answers.keep("1", "/a", answer(10))
    now[0] = 4.0
    assert answers.get("2", "/a") is None and answers.get("2", "/a", young=5.0)
    now[0] = 5.0
    assert answers.get("2", "/a", young=5.0) is None and answers.get("1", "/a")


def test_a_glance_is_made_anew_when_it_is_old_and_the_store_another():
    now = [0.0]
    glances = Glances(60.0, clock=lambda: now[0])
    made = iter(range(9))
    look = lambda version: glances.get("most", version, lambda: next(made))  # noqa: E731
    assert look("1") == (0, True)
    assert look("1") == (0, True)
    assert look("2") == (0, False)
    now[0] = 61.0
    assert look("1") == (0, True), "of the same store it is right however old"
    assert look("2") == (1, True)


def test_whoever_asks_while_a_glance_is_made_has_the_last_one():
    now, making, may = [0.0], threading.Event(), threading.Event()
    glances = Glances(60.0, clock=lambda: now[0])
    glances.get("most", "1", lambda: "old")
    now[0] = 61.0

    def slowly():
        making.set()
        assert may.wait(10)
        return "new"

    found = []
    thread = threading.Thread(target=lambda: found.append(glances.get("most", "2", slowly)))
    thread.start()
    assert making.wait(10)
    assert glances.get("most", "2", lambda: pytest.fail("two make it")) == ("old", False)
    may.set()
    thread.join()
    assert found == [("new", True)]


@pytest.fixture
def db(hostile_db, tmp_path):
    path = tmp_path / "news.db"
    shutil.copy(hostile_db, path)
    return path


@pytest.mark.parametrize("address", ["/", "/search", "/api/search", "/matter"])
def test_what_is_kept_is_what_would_be_answered(db, address):
    with client_of(db) as client:
        first = client.get(address)
        asked = []
        desk_of(client.app).shelf.lent = lambda: asked.append(1)
        again = client.get(address)
        assert asked == [], "the store is not asked a second time"
        assert (again.status_code, again.text) == (200, first.text)
        assert again.headers["content-type"] == first.headers["content-type"]
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
        known = client.get(address, headers={"if-none-match": first.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")


def test_nothing_is_kept_that_was_changed(db):
    with Library.open(db) as library:
        record = library.show(library.latest().items[0].article.id).record
    with client_of(db) as client:
        address = f"/articles/{record.article.id}"
        before = client.get(address)
        with Store.open(db, write=True) as store, Writer(store) as writer:
            writer.correct(record.statements[0].id, Does("warn"), note="seen since")
        after = client.get(address, headers={"if-none-match": before.headers["etag"]})
        assert after.status_code == 200
        assert "seen since" in after.text and "seen since" not in before.text


def test_while_articles_are_added_a_page_may_be_a_few_seconds_old_and_then_never(db):
    with Library.open(db) as library:
        record = library.show(library.latest().items[0].article.id).record
    address = f"/articles/{record.article.id}"
    with client_of(db) as client, Store.open(db, write=True) as store:
        writer = Writer(store)
        writer.correct(record.statements[0].id, Does("warn"), note="first")
        before = client.get(address)
        writer.correct(record.statements[0].id, Does("deny"), note="then")
        assert client.get(address).text == before.text
        assert (
            client.get(f"/api/articles/{record.article.id}").json()["record"]["statements"][0]["act"]["code"] == "deny"
        )
        writer.close()
        assert "then" in client.get(address).text


def test_forms_and_names_of_editors_are_not_kept(db):
    with client_of(db, write=True) as client:
        assert "etag" not in client.get("/").headers
        client.get("/")
        assert not desk_of(client.app).answers._kept


def test_readers_who_wait_hold_no_store(db):
    """As many as are answered at once, whoever else waits: each has a connection and its cache."""
    with client_of(db) as client:
        shelf, most, lent = client.app.state.shelf, [0, 0], client.app.state.shelf.lent
        lock = threading.Lock()

        class Counted:
            def __init__(self):
                self.inner = lent()

            def __enter__(self):
                with lock:
                    most[0] += 1
                    most[1] = max(most)
                return self.inner.__enter__()

            def __exit__(self, *error):
                with lock:
                    most[0] -= 1
                return self.inner.__exit__(*error)

        shelf.lent = Counted
        threads = [threading.Thread(target=client.get, args=(f"/search?q=number&size={k}",)) for k in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert most[0] == 0
        assert 0 < most[1] <= 8


def test_counts_of_the_whole_record_may_be_a_minute_old_and_then_have_no_tag(db):
    with Library.open(db) as library:
        said = library.show(library.latest().items[0].article.id).record.statements[0].id
    with client_of(db) as client:
        before = client.get("/api/stats?by=act")
        narrowed = client.get("/api/stats?by=act&form=direct").json()
        with Store.open(db, write=True) as store:
            writer = Writer(store)
            writer.correct(said, Does("warn"))
            one = client.get("/api/stats?by=act")
            assert "warn" in {t["key"] for t in one.json()["items"]}
            writer.correct(said, Does("deny"))
            two = client.get("/api/stats?by=act")
            assert two.json() == one.json()
            assert "etag" in one.headers and "etag" not in two.headers
            assert client.get("/api/stats?by=act&form=direct").json() != narrowed
            desk_of(client.app).glances._longest = 0.0
            three = client.get("/api/stats?by=act")
            assert three.json() != two.json() and "etag" in three.headers
            desk_of(client.app).glances._longest = 60.0
            writer.correct(said, Does("warn"))
            writer.close()
            assert client.get("/api/stats?by=act").json() == one.json(), "the writer has counted"
        assert "warn" not in {t["key"] for t in before.json()["items"]}


def test_a_page_with_an_old_glance_is_kept_while_it_is_young_alone(db):
    with Library.open(db) as library:
        said = library.show(library.latest().items[0].article.id).record.statements[0].id
    with client_of(db) as client, Store.open(db, write=True) as store:
        writer = Writer(store)
        writer.correct(said, Does("warn"))
        assert "etag" in client.get("/").headers
        desk_of(client.app).answers.clear()
        writer.correct(said, Does("deny"))
        passing = client.get("/")  # who is quoted most was told a moment ago
        assert "etag" not in passing.headers
        asked = []
        lent, desk_of(client.app).shelf.lent = desk_of(client.app).shelf.lent, lambda: asked.append(1)
        assert client.get("/").text == passing.text and not asked
        desk_of(client.app).shelf.lent = lent
        writer.close()
        assert "etag" in client.get("/").headers
