"""The wire form comes back as it was read, with what the store knows filled in."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3

import pytest
from tests.export import cases

from onrecord.export import export, exported, records
from onrecord.export.jsonl import write_jsonl
from onrecord.records import JOINT, MalformedError, UnclearError, from_wire
from onrecord.store import Store, Writer


def lines(store, **options):
    out = io.StringIO()
    count = write_jsonl(exported(store, **options), out)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(found) == count
    return found


def ids(wires):
    return [wire["article"]["id"] for wire in wires]


def test_every_record_comes_back_as_the_store_has_it(store):
    wires = lines(store)
    assert ids(wires) == list(store.articles())
    assert all(from_wire(wire) == store.record(wire["article"]["id"]) for wire in wires)
    assert sum(len(wire["statements"]) for wire in wires) > 200
    assert all(wire["article"]["source_id"] for wire in wires)


def test_copies_versions_and_standing_are_filled_in(store):
    told = {wire["article"]["source_id"]: wire for wire in lines(store)}
    first, later = told["siege"], told["siege-2"]
    assert later["article"]["version_of"] == first["article"]["id"]
    assert told["copy"]["article"]["copy_of"] in {w["article"]["id"] for w in told.values()} - {
        told["copy"]["article"]["id"]
    }
    standings = lambda wire: {s["standing"] for s in wire["statements"]}  # noqa: E731
    assert standings(first) == {"superseded"}
    assert standings(later) == {"current"}
    assert standings(told["killed"]) == {"withdrawn"}


def test_names_are_those_of_identities(db, tmp_path):
    """Of a joint name, each part that is an entity; of a description, none."""
    path = tmp_path / "news.db"
    shutil.copy(db, path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE identities SET name = 'Siv Røndal' WHERE name = 'Siv Rondal'")
        connection.execute("UPDATE identities SET name = 'Russian Federation' WHERE name = 'Russia'")
    connection.close()
    with Store.open(path) as store:
        wire = next(w for w in records(store) if w["article"]["source_id"] == "siege-2")
        identities = dict(store.connection.execute("SELECT name, id FROM identities"))
        assert from_wire(wire) == store.record(wire["article"]["id"])
    by_cue = {s["cue"]["text"]: s for s in wire["statements"]}
    speaker = by_cue["accused"]["speaker"]
    assert (speaker["name"], speaker["printed"]) == ("Siv Røndal", "Siv Rondal")
    assert speaker["identity"] == identities["Siv Røndal"]
    assert by_cue["accused"]["target"]["name"] == "Russian Federation"
    assert by_cue["accused"]["target"]["printed"] == "Russia"
    assert by_cue["denied"]["speaker"]["printed"] is None  # the same name
    assert by_cue["denied"]["speaker"]["identity"] == identities["Oksel Zhariv"]
    assert by_cue["claimed"]["speaker"]["identity"] is None
    joint = by_cue["vowed"]["speaker"]
    assert joint["name"] == f"Siv Røndal{JOINT}relatives"
    assert joint["printed"] == f"Siv Rondal{JOINT}relatives"
    assert joint["identity"] == identities["Siv Røndal"]
    assert {e["name"]: e["identity"] for e in wire["entities"]}["Siv Rondal"] == identities["Siv Røndal"]
    assert {e["actor"]["name"] for e in wire["events"]} == {"Russian Federation"}


def test_what_was_taken_down_is_nowhere(db, tmp_path):
    path = tmp_path / "news.db"
    shutil.copy(db, path)
    with Store.open(path, write=True) as store:
        gone = cases.later().article.id
        Writer(store).forget(gone, reason="asked")
        assert gone not in ids(lines(store))
        for format in ("plover", "webannotation", "schemaorg", "gdelt"):
            export(store, format, tmp_path / format)
            assert gone not in (tmp_path / format).read_text(encoding="utf-8")


def test_filters_choose_articles(store):
    every = lines(store)
    outlet = {w["article"]["id"] for w in every if w["article"]["outlet"] == cases.OUTLET}
    assert set(ids(lines(store, outlet=cases.OUTLET))) == outlet
    one = every[5]["article"]
    assert ids(lines(store, articles=[one["id"][:14]])) == [one["id"]]
    assert ids(lines(store, articles=[one["source_id"], every[2]["article"]["id"]])) == sorted(
        [one["id"], ids(every)[2]]
    )
    said = {w["article"]["id"] for w in every if any(s["act"]["code"] == "deny" for s in w["statements"])}
    dropped = {w["article"]["id"] for w in every if all(s["standing"] == "superseded" for s in w["statements"])}
    assert set(ids(lines(store, act="deny"))) == said - dropped
    assert len(ids(lines(store, published_since="2031-02"))) == sum(
        w["article"]["published"]["date"] >= "2031-02" for w in every
    )


def test_what_is_withdrawn_can_be_left_out(store):
    assert {w["article"]["source_id"] for w in lines(store, withdrawn=False)} & {"siege", "killed"} == set()
    (killed,) = [e for e in exported(store) if e.record.article.source_id == "killed"]
    assert len(killed.statements) == 4
    (first,) = [e for e in exported(store) if e.record.article.source_id == "siege"]
    assert not first.statements
    assert not [*first.events(), *first.figures(), *first.predictions()]


def test_events_go_with_who_says_them(store):
    def chosen(**options):
        wanted = [e for e in exported(store, outlet=cases.OUTLET, **options) if e.record.article.source_id == "siege-2"]
        return [
            (sorted(v["type"] for v in e.events()), [f["value"] for f in e.figures()], len(e.statements))
            for e in wanted
        ]

    assert chosen() == [(["ASSAULT", "ASSAULT", "MOBILIZE"], [40], 4)]
    assert chosen(speaker="Siv Rondal") == [(["ASSAULT"], [], 2)]
    assert chosen(act="state") == [([], [40], 1)]
    # Said on the day of the dateline; the article's own words are of the day of publication.
    assert chosen(until="2024-05-02") == [(["ASSAULT"], [40], 4)]
    assert chosen(since="2024-05-02") == [(["ASSAULT", "MOBILIZE"], [], 0)]
    assert chosen(since="2024-06") == []
    assert chosen(target="Russia", form="direct") == []


@pytest.mark.parametrize("few", [{}, {"speaker": "Siv Rondal"}])
def test_articles_come_by_id_however_they_are_found(store, few):
    for options in ({"act": "accuse"}, {"since": "2024"}, {}):
        found = ids(lines(store, **options, **few))
        assert found and found == sorted(set(found))


def test_a_filter_that_fits_nothing_is_told(store):
    with pytest.raises(UnclearError, match="nowhere"):
        lines(store, articles=["nowhere"])
    with pytest.raises(UnclearError, match="Nobody"):
        lines(store, speaker="Nobody At All")
    with pytest.raises(MalformedError, match="since"):
        lines(store, since="soon")
    with pytest.raises(MalformedError, match="none of"):
        export(store, "pdf", None)
    with pytest.raises(MalformedError, match="no tables"):
        export(store, "jsonl", None, table="events")


@pytest.mark.parametrize("format", ["schemaorg", "webannotation", "gdelt", "jsonl"])
def test_of_a_name_that_is_unclear_nothing_is_written(store, format, capfdbinary):
    with pytest.raises(UnclearError, match="Nobody"):
        export(store, format, None, speaker="Nobody At All")
    assert capfdbinary.readouterr().out == b""


def test_an_export_is_of_one_moment(db, tmp_path):
    """What is added while it runs is not in it, and the reader's connection is free again afterwards."""
    path = tmp_path / "news.db"
    shutil.copy(db, path)
    with Store.open(path) as store:
        before = list(store.articles())
        running = records(store)
        first = next(running)
        with Store.open(path, write=True) as other:
            Writer(other).add(
                [cases.siege(tail=" It hailed.", url=None)], origins=["o"], started="2031-01-01T00:00:00Z"
            )
        assert [first["article"]["id"], *(w["article"]["id"] for w in running)] == before
        assert len(ids(lines(store))) == len(before) + 1
        next(records(store))  # left unfinished
        assert not store.connection.in_transaction
