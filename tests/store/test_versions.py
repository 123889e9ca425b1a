"""Versions of one item: the newest is current, and what a publisher takes back is withdrawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from onrecord.records import Published
from onrecord.store import Store, Writer

from . import making

OUTLET = "The Halden Courier"


def article(said, **particulars):
    """An article in which Ann Lane, or another `who`, says each of the sentences `said`."""
    draft, marks, spans = making.Drafted(), [], []
    who = particulars.pop("who", "Ann Lane")
    for k, words in enumerate(said):
        if k:
            draft.add("\n\n")
        source, _ = draft.add(who), draft.add(" ")
        cue, _ = draft.add("said"), draft.add(": ")
        marks.append((source, cue, draft.add(f"“{words}.”"), who))
        spans.append(source)
    day = particulars.pop("day", "2031-05-01")
    given = {"outlet": OUTLET, "url": None, "source_id": None} | particulars
    return making.make_record(draft.text, marks, [(who, spans[0], spans)], day=day, **given)


def standings(path, *records):
    """Standing of each article and of its statements, in the order given, the same in any order of arrival."""
    found = []
    for number, order in enumerate(permutations(records)):
        file = path.with_name(f"{number}.db")
        with Store.open(file, write=True) as store, Writer(store) as writer:
            for record in order:
                writer.add([record], origins=["o"], started=making.STARTED)
            told = []
            for record in records:
                (standing,) = store.connection.execute(
                    "SELECT standing FROM articles WHERE id = ?", (record.article.id,)
                ).fetchone()
                query = """SELECT s.standing FROM statements s JOIN articles a ON a.n = s.article
                    WHERE a.id = ? ORDER BY s.position"""
                told.append((standing, [r[0] for r in store.connection.execute(query, (record.article.id,))]))
            found.append(told)
    assert all(one == found[0] for one in found), "the order of arrival decides nothing"
    return found[0]


def test_a_later_version_of_an_address_supersedes_and_withdraws(path):
    url = "https://news.example/lane"
    first = article(["The bridge is safe", "It will open in May"], url=url, day="2031-05-01")
    second = article(["THE BRIDGE  is safe", "It will open in June"], url=url, day="2031-05-02")
    assert standings(path, first, second) == [
        ("superseded", ["superseded", "withdrawn"]),
        ("current", ["current", "current"]),
    ]


def test_three_versions_name_the_one_before(path):
    url = "https://news.example/lane"
    records = [article([f"There are {n} of us"], url=url, updated=f"2031-05-01T0{n}:00:00Z") for n in (3, 1, 2)]
    with Store.open(path, write=True) as store:
        Writer(store).add(records, origins=["a", "b", "c"], started=making.STARTED)
        ids = [r.article.id for r in records]
        before = dict(store.connection.execute("SELECT article, version_of FROM v_articles"))
    assert [before[i] for i in ids] == [ids[2], None, ids[1]]


def test_a_number_goes_before_a_moment_and_a_moment_before_a_day(path):
    url = "https://news.example/lane"
    one = article(["One"], url=url, revision=2, day="2031-05-01")
    other = article(["Two"], url=url, revision=1, updated="2031-06-01T00:00:00Z", day="2031-06-01")
    assert [s for s, _ in standings(path, one, other)] == ["current", "superseded"]
    late = article(["One"], url=url, updated="2031-05-01T10:00:00Z", day="2031-05-01")
    early = article(["Two"], url=url, updated="2031-05-01T09:00:00Z", day="2031-05-03")
    assert [s for s, _ in standings(path.with_name("b"), late, early)] == ["current", "superseded"]


@pytest.mark.parametrize("status", ["withheld", "canceled"])
@pytest.mark.parametrize("numbered", [True, False])
def test_a_notice_withdraws_all_versions_of_the_item(path, status, numbered):
    """With a number or without, with another text, without the address."""
    url = "https://news.example/lane"
    first = article(["The bridge is safe"], url=url, source_id="urn:7", revision=1)
    second = article(["The bridge is quite safe"], url=url, source_id="urn:7", revision=2)
    notice = article(["Please kill this story"], source_id="urn:7", revision=3 if numbered else None, status=status)
    assert standings(path, first, second, notice) == [("withdrawn", ["withdrawn"])] * 3


def test_a_notice_with_the_same_text_changes_the_article_itself(path):
    record = article(["The bridge is safe"], source_id="urn:7")
    killed = replace(record, article=replace(record.article, status="canceled"))
    assert standings(path, record, killed) == [("withdrawn", ["withdrawn"])] * 2


def test_what_is_put_out_again_after_a_notice_stands(path):
    first = article(["The bridge is safe"], source_id="urn:7", revision=1)
    notice = article(["Kill"], source_id="urn:7", revision=2, status="canceled")
    again = article(["The bridge is safe", "As far as we know"], source_id="urn:7", revision=3)
    assert standings(path, first, notice, again) == [
        ("superseded", ["superseded"]),
        ("withdrawn", ["withdrawn"]),
        ("current", ["current", "current"]),
    ]


def test_another_outlets_copy_stays(path):
    words = [
        "The old bridge over the Karn is safe for everybody who has to cross it in winter",
        "We have looked at it twice",
    ]
    ours = article(words, source_id="urn:7", status="canceled")
    theirs = article(words, outlet="The Morvane Courier")
    assert [s for s, _ in standings(path, ours, theirs)] == ["withdrawn", "current"]


def test_plain_files_of_one_name_are_no_versions(path):
    records = [article([words], source_id="index") for words in ("One", "Two")]
    assert [s for s, _ in standings(path, *records)] == ["current", "current"]
    nowhere = [article([words], source_id="urn:7", outlet=None, revision=n) for n, words in enumerate(("One", "Two"))]
    assert [s for s, _ in standings(path.with_name("b"), *nowhere)] == ["current", "current"]


def test_a_date_that_is_given_goes_before_one_in_the_text(path):
    record = article(["The bridge is safe"])
    told = [Published("2031-04-01", "text"), Published("2031-05-02", "given"), Published("2031-05-01", "given"), None]
    versions = [replace(record, article=replace(record.article, published=p)) for p in told]
    with Store.open(path, write=True) as store:
        for version in versions:
            Writer(store).add([version], origins=["o"], started=making.STARTED)
        assert store.record(record.article.id).article.published == told[2]
