import json
from datetime import UTC, datetime

import pytest
from tests.sources.samples import NINJS_1, NINJS_3

from onrecord.articles import build_article
from onrecord.records import InputError, MalformedError, RawDocument, TooLargeError
from onrecord.sources import open_source
from onrecord.sources.ninjs import is_item, item

NOW = datetime(2020, 5, 4, 12, tzinfo=UTC)


def make(base=NINJS_1, drop=(), **fields):
    changed = {name: value for name, value in {**base, **fields}.items() if name not in drop}
    return item(changed, "f", max_bytes=1000, now=NOW)


def test_an_item_of_the_first_generation():
    assert make() == RawDocument(
        origin="f",
        source_id="urn:wire:20200504:1",
        text="The ferry will stay.\n\n“It is not safe,” Voss said.",
        title="Ferry stays",
        outlet="Harbour Wire",
        byline="Ada Brun",
        agency="HW",
        published="2020-05-04T09:00:00+02:00",
        updated="2020-05-04T12:00:00+02:00",
        revision=3,
    )


def test_an_item_of_the_later_generations():
    document = make(NINJS_3)
    assert document.text is None  # its plain body has run the paragraphs into one
    assert build_article(document).text == "Ferry stays in port\n\nThe ferry will stay.\n\n“It is not safe,” Voss said."
    assert (document.title, document.byline, document.agency) == ("Ferry stays in port", "Leo Stahl", "Harbour Wire")
    assert document.url == document.source_id == "https://wire.example/items/1"
    assert (document.published, document.updated) == ("2020-05-03T12:00:00Z", "2020-05-04T12:00:00Z")


def camel(value):
    words = (
        "pub,status version,created content,created info,sources content,type copyright,holder first,created".split()
    )
    names = {word.replace(",", ""): word.partition(",")[0] + word.partition(",")[2].capitalize() for word in words}
    if isinstance(value, dict):
        return {names.get(name, name): camel(inside) for name, inside in value.items()}
    return [camel(one) for one in value] if isinstance(value, list) else value


def test_names_of_the_third_generation_are_written_in_camel_case():
    item_3 = camel(NINJS_3 | {"pubstatus": "withheld"})
    assert {"pubStatus", "versionCreated", "infoSources"} < set(item_3)
    assert is_item(item_3) and is_item({"uri": "urn:1", "versionCreated": "2020-05-04"})
    assert make(item_3) == make(NINJS_3, pubstatus="withheld")
    assert make(item_3).status == "withheld"
    assert make(camel(NINJS_1)) == make()
    assert make(NINJS_3, pubstatus="withheld", pubStatus="usable").status == "withheld"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "usable"),
        ({"pubstatus": None}, "usable"),
        ({"pubstatus": "withheld"}, "withheld"),
        ({"pubstatus": "canceled"}, "canceled"),
        ({"pubstatus": "stat:Cancelled"}, "canceled"),
        ({"embargoed": "2020-05-04T12:00:01Z"}, "withheld"),
        ({"embargoed": "2020-05-04T12:00:00Z"}, "usable"),
        ({"embargoed": "2020-05-04T14:30:00+02:00"}, "withheld"),
        ({"embargoed": "2020-05-04T01:00:00"}, "withheld"),  # it may be that place's clock
        ({"embargoed": "2020-05-03T23:00:00"}, "usable"),
        ({"embargoed": "until further notice"}, "withheld"),
        ({"embargoed": 5}, "withheld"),
        ({"embargoed": ""}, "usable"),
        ({"pubstatus": "canceled", "embargoed": "2030-01-01"}, "canceled"),
    ],
)
def test_what_the_publisher_says_of_its_use_is_honoured(fields, status):
    assert make(**fields).status == status


@pytest.mark.parametrize("word", ["draft", 1, ["usable"], {"usable": 1}])
def test_a_status_that_nobody_knows_is_no_leave(word):
    with pytest.raises(MalformedError, match="pubstatus"):
        make(pubstatus=word)


def test_an_item_taken_back_needs_no_body():
    document = make(drop={"body_text", "body_xhtml"}, pubstatus="canceled")
    assert (document.text, document.status) == ("", "canceled")
    with pytest.raises(MalformedError, match="without a body"):
        make(drop={"body_text", "body_xhtml"})
    with pytest.raises(MalformedError, match='its type is "picture"'):
        make(drop={"body_text", "body_xhtml"}, type="picture")


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"version": 4}, "revision", 4),
        ({"version": "2.1"}, "revision", None),
        ({"byline": None, "bylines": [{"name": "A"}, "B"]}, "byline", "A and B"),
        ({"source": None, "provider": {"name": "P"}}, "agency", "P"),
        ({"source": [{"value": "V"}]}, "agency", "V"),
        ({"headline": None, "headlines": [{"value": "First"}]}, "title", "First"),
        ({"headline": None, "headlines": "no list"}, "title", None),
        ({"copyrightholder": 7}, "outlet", None),
        ({"firstcreated": 7, "versioncreated": None}, "published", None),
    ],
)
def test_fields_of_any_shape(fields, name, value):
    assert getattr(make(**fields), name) == value


@pytest.mark.parametrize(
    "body",
    [
        {"body_text": "<p>It held.</p><p>It leaked.</p>"},
        {"bodies": [{"role": "richtext", "value": " <div>It held.</div>"}]},
        {"bodies": [{"value": "<h2>It held.</h2>"}]},
    ],
)
def test_markup_is_markup_whatever_its_body_is_called(body):
    bare = {name: value for name, value in NINJS_1.items() if not name.startswith("body_")}
    document = make(bare, **body)
    assert document.text is None and "It held." in document.html
    assert make(bare, body_text="<3 is what he wrote.").text == "<3 is what he wrote."


def test_a_body_in_markup_alone_is_taken_and_the_cap_holds():
    assert "<p>The ferry" in make(drop={"body_text"}).html
    with pytest.raises(TooLargeError):
        make(body_text="x\n" * 501)


def test_rows_of_our_own_are_no_items():
    assert is_item(NINJS_1) and is_item(NINJS_3)
    for fields in ({}, [], None, "x", {"uri": "x"}, {"id": "1", "text": "x", "uri": "x", "headline": "x"}):
        assert not is_item(fields)


def test_items_come_alone_in_lists_and_in_lines(tmp_path):
    cases = {
        "one.json": (json.dumps(NINJS_1, indent=1), [""]),
        "list.json": (json.dumps([NINJS_1, {"x": 1}, NINJS_3]), [":1", ":2", ":3"]),
        "lines.jsonl": (json.dumps(NINJS_1) + "\nx\n" + json.dumps(NINJS_3), [":1", ":2", ":3"]),
        "rows.json": ('[{"id": "1", "text": "x"},\n{"id": "2", "text": "y"}]', [":1", ":2"]),
        "unknown": (json.dumps([NINJS_1, NINJS_3]), [":1", ":2"]),
    }
    for name, (data, origins) in cases.items():
        (tmp_path / name).write_text(data)
        outcomes = list(open_source(str(tmp_path / name)))
        assert [o.origin for o in outcomes] == [f"{tmp_path / name}{end}" for end in origins]
        assert sum(isinstance(o, InputError) for o in outcomes) == (len(origins) == 3)


def test_an_embargo_without_a_version_is_no_notice_that_takes_back():
    for when, status in (("2020-05-04T13:00:00Z", "withheld"), ("2020-05-04T11:00:00Z", "usable")):
        document = make(drop={"version"}, embargoed=when)
        assert (document.status, document.revision) == (status, 0)
    assert make(embargoed="2020-05-04T13:00:00Z").revision == 3
    assert make(drop={"version"}, pubstatus="withheld").revision is None
