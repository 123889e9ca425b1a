"""What is kept of answers is what would be answered, and is bounded."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from tests.web.conftest import client_of

from onrecord.codebook import acts
from onrecord.query import Library
from onrecord.records import NoStoreError
from onrecord.store import Does, Store, Writer
from onrecord.web import keeping
from onrecord.web.api.desk import desk_of
from onrecord.web.api.versions import Version
from onrecord.web.keeping import EACH, OLD_S, YOUNG_S, Answers, Glances, Kept, KeptAnswer, Makers


def answer(size: int) -> KeptAnswer:
    return KeptAnswer(b"x" * size, "text/html", ())


def test_answers_are_of_their_version_and_bounded():
    answers = Answers(3 * EACH + 150)
    answers.keep("1", "/a", answer(60))
    answers.keep("1", "/b", answer(30))
    answers.keep("1", "/c", answer(20))
    assert answers.get("1", "/a") and answers.get("2", "/a") is None
    answers.keep("1", "/d", answer(20))
    assert answers.get("1", "/b") is None, "what was asked for longest ago goes first"
    assert answers.get("1", "/a") and answers.get("1", "/c")
    answers.keep("1", "/e", answer(4 * EACH))
    assert answers.get("1", "/e") is None
    for _ in range(9):
        answers.keep("1", "/d", answer(20))
    assert answers.get("1", "/a"), "the same answer again takes no more room"
    answers.keep("2", "/a", answer(10))
    assert answers.get("1", "/a") is None and answers.get("2", "/a")
    answers.clear()
    assert answers.get("2", "/a") is None
    for k in range(9):
        answers.keep("1", f"/{k}?{'x' * 2 * EACH}", answer(1))
    assert len(answers._kept) == 1, "what was asked takes room too"


def test_while_the_store_grows_an_answer_may_be_old():
    now = [0.0]
    answers = Answers(9 * EACH, clock=lambda: now[0])
    answers.keep("1", "/a", answer(10))
    now[0] = 4.0
    assert answers.get("1", "/a") == Kept(answer(10)), "and it was right then"
    now[0] = 8.0
    assert answers.get("2", "/a") is None
    assert answers.get("2", "/a", old=5.0) == Kept(answer(10), 4.0)
    now[0] = 9.0
    assert answers.get("2", "/a", old=5.0) is None and answers.get("1", "/a")


def test_whoever_asks_for_what_is_being_made_waits_and_one_is_made_behind():
    async def asked():
        makers, told = Makers(), []
        assert not await makers.made("/a")

        async def wait():
            told.append(await makers.made("/a"))

        with makers.making("/a"), makers.behind("/b") as one, makers.behind("/c") as other, makers.behind("/a") as made:
            waiting = [asyncio.create_task(wait()) for _ in range(3)]
            await asyncio.sleep(0)
            assert (one, other, made, told) == (True, False, False, [])
        await asyncio.gather(*waiting)
        assert told == [True] * 3
        assert not await makers.made("/a")
        with makers.behind("/c") as again:
            assert again

    asyncio.run(asked())


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


def test_of_glances_that_cannot_be_made_nothing_is_held():
    glances = Glances()
    for k in range(3):
        with pytest.raises(ZeroDivisionError):
            glances.get(f"cursor {k}", "1", lambda: 1 / 0)
    assert glances.get("most", "1", lambda: 1) == (1, True)
    assert not glances._making


def test_a_glance_is_made_by_one_at_a_time_though_others_fail():
    glances, making, may, working = Glances(), threading.Event(), threading.Event(), threading.Lock()

    def fails():
        making.set()
        assert may.wait(10)
        raise ZeroDivisionError

    def alone():
        assert working.acquire(blocking=False), "two make it"
        time.sleep(0.01)
        working.release()
        raise ZeroDivisionError

    with ThreadPoolExecutor(8) as threads:
        tries = [threads.submit(glances.get, "most", "1", fails)]
        assert making.wait(10)
        tries += [threads.submit(glances.get, "most", "1", alone) for _ in range(4)]
        may.set()
        tries += [threads.submit(glances.get, "most", "1", alone) for _ in range(20)]
        assert {type(one.exception(10)) for one in tries} == {ZeroDivisionError}


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
        desk_of(client.app).libraries.lent = lambda: asked.append(1)
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


@pytest.fixture
def growing(db):
    """A store to which articles are being added, somebody who asks, and a clock for how old answers are."""
    with Library.open(db) as library:
        record = library.show(library.latest().items[0].article.id).record
    with client_of(db) as client, Store.open(db, write=True) as store:
        now = [0.0]
        desk_of(client.app).answers._clock = lambda: now[0]
        writer = Writer(store)

        turns = iter(acts())

        def change():
            """Change what a statement of the article does, and tell what the page and the data have then."""
            act = next(turns)
            writer.correct(record.statements[0].id, Does(act), note=f"does {act}!")
            return f"does {act}!", act

        yield client, f"/articles/{record.article.id}", change, now, writer


def has(response, told):
    note, act = told
    if "html" in response.headers["content-type"]:
        return note in response.text
    return response.json()["record"]["statements"][0]["act"]["code"] == act


def test_while_articles_are_added_an_answer_may_be_seconds_old_says_so_and_then_never(growing):
    client, page, change, now, writer = growing
    for address in (page, f"/api{page}"):
        first = change()
        before = client.get(address)
        assert has(before, first) and "age" not in before.headers
        second = change()
        now[0] += YOUNG_S - 1
        after = client.get(address)
        assert (after.text, after.headers["age"]) == (before.text, "4")
        assert after.headers["etag"] == before.headers["etag"]
        known = client.get(address, headers={"if-none-match": before.headers["etag"]})
        assert (known.status_code, known.content, known.headers["age"]) == (304, b"", "4")
        insisting = client.get(address, headers={"cache-control": "no-cache"})
        assert has(insisting, second), "who insists has none that is kept"
        third = change()
        now[0] += OLD_S
        assert has(client.get(address), third), "nobody has one that is too old"
    last = change()
    writer.close()
    for address in (page, f"/api{page}"):
        after = client.get(address)
        assert has(after, last) and "age" not in after.headers


def test_an_old_answer_is_made_anew_behind_whoever_has_it(growing):
    client, page, change, now, _ = growing
    for address in (page, f"/api{page}"):
        change()
        before = client.get(address, headers={"cache-control": "max-age=0"})
        then = change()
        now[0] += YOUNG_S
        assert client.get(address).text == before.text
        after = client.get(address)
        assert has(after, then) and "age" not in after.headers


def test_what_cannot_be_made_anew_is_told_when_the_old_is_too_old(growing, monkeypatch):
    client, page, change, now, _ = growing
    change()
    before = client.get(page)
    change()
    now[0] += YOUNG_S
    monkeypatch.setattr(desk_of(client.app).libraries, "lent", lambda: 1 / 0)
    assert client.get(page).text == client.get(page).text == before.text
    now[0] += OLD_S
    assert client.get(page).status_code == 500


@pytest.mark.parametrize("address", ["/search?q=number", "/api/search?q=number"])
def test_many_who_ask_for_one_answer_have_it_made_once(db, address):
    with client_of(db) as client:
        libraries, lent, made = client.app.state.libraries, client.app.state.libraries.lent, []

        def slowly():
            made.append(1)
            time.sleep(0.2)
            return lent()

        libraries.lent = slowly
        with ThreadPoolExecutor(12) as readers:
            told = list(readers.map(lambda _: client.get(address), range(12)))
        assert {(one.status_code, one.text) for one in told} == {(200, told[0].text)}
        assert len(made) == 1


def test_an_answer_that_is_too_large_to_keep_is_made_by_one_at_a_time(db, monkeypatch):
    monkeypatch.setattr(keeping, "LARGEST", 0)
    with client_of(db) as client:
        libraries, lent, working = client.app.state.libraries, client.app.state.libraries.lent, threading.Lock()

        @contextmanager
        def alone():
            assert working.acquire(blocking=False), "two make it"
            with lent() as library:
                time.sleep(0.01)
                yield library
            working.release()

        libraries.lent = alone
        with ThreadPoolExecutor(6) as readers:
            told = list(readers.map(lambda _: client.get("/api/search?q=number"), range(6)))
        assert {(one.status_code, one.text) for one in told} == {(200, told[0].text)}


def test_forms_and_names_of_editors_are_not_kept(db):
    with client_of(db, write=True) as client:
        assert "etag" not in client.get("/").headers
        client.get("/")
        assert not desk_of(client.app).answers._kept


def test_readers_who_wait_hold_no_store(db):
    """As many as are answered at once, whoever else waits: each has a connection and its cache."""
    with client_of(db) as client:
        libraries, most, lent = client.app.state.libraries, [0, 0], client.app.state.libraries.lent
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

        libraries.lent = Counted
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

        def made(address):
            desk_of(client.app).answers.clear()
            return client.get(address)

        before = made("/api/stats?by=act")
        narrowed = made("/api/stats?by=act&form=direct").json()
        with Store.open(db, write=True) as store:
            writer = Writer(store)
            writer.correct(said, Does("warn"))
            one = made("/api/stats?by=act")
            assert "warn" in {t["key"] for t in one.json()["items"]}
            writer.correct(said, Does("deny"))
            two = made("/api/stats?by=act")
            assert two.json() == one.json()
            assert "etag" in one.headers and "etag" not in two.headers
            assert made("/api/stats?by=act&form=direct").json() != narrowed
            desk_of(client.app).glances._longest = 0.0
            three = made("/api/stats?by=act")
            assert three.json() != two.json() and "etag" in three.headers
            desk_of(client.app).glances._longest = 60.0
            writer.correct(said, Does("warn"))
            writer.close()
            assert made("/api/stats?by=act").json() == one.json(), "the writer has counted"
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
        lent, desk_of(client.app).libraries.lent = desk_of(client.app).libraries.lent, lambda: asked.append(1)
        assert client.get("/").text == passing.text and not asked
        desk_of(client.app).libraries.lent = lent
        writer.close()
        assert "etag" in client.get("/").headers


def test_nobody_has_a_glance_of_yesterday_while_a_new_one_is_made():
    now, making, may, asking = [0.0], threading.Event(), threading.Event(), threading.Event()
    glances = Glances(60.0, clock=lambda: now[0])
    glances.get("most", "1", lambda: "old")
    now[0] = 40_000.0

    def slowly():
        making.set()
        assert may.wait(10)
        return "new"

    def ask():
        asking.set()
        return glances.get("most", "2", lambda: pytest.fail("two make it"))

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(glances.get, "most", "2", slowly)
        assert making.wait(10)
        second = threads.submit(ask)
        assert asking.wait(10)
        may.set()
        assert first.result(10) == second.result(10) == ("new", True)


def test_a_store_that_is_taken_away_between_two_looks_is_none(db, monkeypatch):
    version = Version(db)
    assert version.now()
    db.unlink()
    monkeypatch.setattr(type(db), "exists", lambda _: True)  # as it was when it was looked at
    with pytest.raises(NoStoreError):
        version.now()
    version.close()
