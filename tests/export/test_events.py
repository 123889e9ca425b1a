"""Events for coders of events: GDELT's columns and PLOVER's JSON, each with its witness."""

from __future__ import annotations

import csv
import json

import polars
import pytest
from tests.export import cases

from onrecord import codebook
from onrecord.export import export
from onrecord.export.gdelt import COLUMNS, OURS


@pytest.fixture
def gdelt(store, tmp_path):
    export(store, "gdelt", tmp_path / "out.tsv")
    with (tmp_path / "out.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture
def plover(store, tmp_path):
    export(store, "plover", tmp_path / "out.jsonl")
    return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def in_siege(rows, key="SOURCEURL"):
    return [row for row in rows if row[key] == cases.URL]


def test_the_columns_are_gdelts_and_ours_come_last(gdelt):
    assert len(COLUMNS) == 58
    assert list(gdelt[0]) == [*COLUMNS, *OURS]
    # Where GDELT's own files have them (columns count from nought).
    places = {"SQLDATE": 1, "Actor1Code": 5, "Actor2Code": 15, "EventCode": 26, "QuadClass": 29, "GoldsteinScale": 30,
              "AvgTone": 34, "ActionGeo_Lat": 53, "SOURCEURL": 57}  # fmt: skip
    assert {name: COLUMNS.index(name) for name in places} == places
    assert len({row["GLOBALEVENTID"] for row in gdelt}) == len(gdelt) > 50


def test_what_was_done(gdelt):
    narrated, alleged = sorted(
        (row for row in in_siege(gdelt) if row["EventRootCode"] in ("18", "19")), key=lambda row: row["AssertedBy"]
    )
    assert (narrated["EventCode"], narrated["EventBaseCode"], narrated["EventRootCode"]) == ("195", "195", "19")
    assert narrated["EventCode"] == codebook.cameo_of("ASSAULT", "aerial")
    assert (narrated["SQLDATE"], narrated["MonthYear"], narrated["Year"]) == ("20240430", "202404", "2024")
    assert (narrated["Actor1Code"], narrated["Actor1Name"], narrated["Actor1CountryCode"]) == ("RUS", "RUSSIA", "RUS")
    assert (narrated["Actor2Name"], narrated["Actor2Code"]) == ("THE PORT", "")
    assert narrated["QuadClass"] == "4"
    assert narrated["GoldsteinScale"] == ""
    assert (narrated["ActionGeo_FullName"], narrated["ActionGeo_CountryCode"]) == ("KAZAN", "RS")  # FIPS 10-4
    assert (narrated["ActionGeo_Lat"], narrated["ActionGeo_Long"]) == ("55.79", "49.12")
    assert (narrated["DATEADDED"], narrated["AssertedBy"]) == ("20240504", "narration")
    assert (alleged["SQLDATE"], alleged["MonthYear"]) == ("", "202404")  # some day of April
    assert alleged["AssertedBySpeaker"] == "Siv Rondal"


def test_what_was_done_by_saying_it(gdelt):
    told = {row["EventCode"]: row for row in in_siege(gdelt) if row["GLOBALEVENTID"].startswith("stm-")}
    assert set(told) == {codebook.cameo_of("ACCUSE"), codebook.cameo_of("REJECT")}  # nobody is promised anything
    accused, denied = told[codebook.cameo_of("ACCUSE")], told[codebook.cameo_of("REJECT")]
    assert (accused["Actor1Name"], accused["Actor2Code"], accused["QuadClass"]) == ("SIV RONDAL", "RUS", "3")
    assert (denied["Actor1Code"], denied["Actor1CountryCode"], denied["Actor1Type1Code"]) == ("RUSMIL", "RUS", "MIL")
    assert accused["AssertedBy"] == "narration"
    assert accused["SQLDATE"] == "20240501"


def test_gdelt_leaves_out_what_has_not_happened(gdelt, plover):
    assert "MOBILIZE" in {event["event_type"] for event in in_siege(plover, "url")}
    assert {row["EventStatus"] for row in gdelt} <= {"happened", "ongoing"}
    statuses = {event["id"]: event["status"] for event in plover}
    assert {row["GLOBALEVENTID"] for row in gdelt} == {i for i, s in statuses.items() if s in ("happened", "ongoing")}


def test_no_cell_breaks_the_line(store, tmp_path, gdelt):
    frame = polars.read_csv(tmp_path / "out.tsv", separator="\t", quote_char=None, infer_schema=False)
    assert frame.shape == (len(gdelt), len(COLUMNS) + len(OURS))


def test_plover_tells_all_of_an_event(plover, store):
    (strike,) = [e for e in in_siege(plover, "url") if e["event_mode"] == "aerial"]
    assert strike["actors"] == [
        {"name": "Russia", "code": "RUS", "country": "RUS", "sector": None, "external": None,
         "identity": strike["actors"][0]["identity"]}
    ]  # fmt: skip
    assert strike["actors"][0]["identity"]
    assert [r["name"] for r in strike["recipients"]] == ["the port"]
    assert strike["date"] == {"date": "2024-04-30", "edtf": "2024-04-30", "basis": "stated"}
    assert strike["location"] == {"name": "KAZAN", "country": "RUS", "lat": 55.79, "lon": 49.12}
    assert (strike["event_type"], strike["quad_code"], strike["cameo"]) == ("ASSAULT", 4, "195")
    assert (strike["asserted_by"], strike["status"], strike["event_text"]) == ("narration", "happened", "struck")
    denied = next(e for e in in_siege(plover, "url") if e["verbal"] and e["event_type"] == "REJECT")
    assert denied["actors"][0]["sector"] == "MIL"
    assert {event["standing"] for event in plover} == {"current", "withdrawn"}


def test_every_event_is_of_the_codebook(plover):
    for event in plover:
        kind = codebook.event_types()[event["event_type"]]
        assert event["event_mode"] is None or event["event_mode"] in kind.modes
        assert (event["quad_code"], event["event_intensity"]) == (kind.quad, kind.score)


def test_one_witness(store, tmp_path):
    export(store, "plover", tmp_path / "hers", speaker="Siv Rondal", withdrawn=False, outlet=cases.OUTLET)
    found = [json.loads(line) for line in (tmp_path / "hers").read_text(encoding="utf-8").splitlines()]
    assert sorted((e["event_type"], e["verbal"]) for e in found) == [("ACCUSE", True), ("ASSAULT", False)]
    assert {e["asserted_by_speaker"] for e in found if not e["verbal"]} == {"Siv Rondal"}
