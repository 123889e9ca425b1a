import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.articles import build_article
from onrecord.records import MalformedError, Published, RawDocument, Unread, article_id
from onrecord.sources import open_source

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

PAGE = """Ferry to stay in port for a week

By Ada Brun and Leo Stahl
Monday, May 4, 2020

, Comments 3 comments

PORT ELDER, May 4 (Reuters) - The ferry will stay in port for a week, Harbour Master J. R. Voss said on Monday.

"Is it safe?" he asked. "It is not."

Read more: Divers find the anchor

© 2020 AFP

0 Comments To This Article
"""


def build(text, published=None, **fields):
    return build_article(RawDocument(origin="x", text=text, **fields), published=published)


def words(article, spans):
    return [span.of(article.text) for span in spans]


def test_a_page_saved_as_text_is_told_apart():
    article = build(PAGE, source_id="7")
    assert article.text == PAGE
    assert article.id == article_id(None, None, PAGE)
    assert article.source_id == "7"
    assert article.headline.of(PAGE) == article.title == "Ferry to stay in port for a week"
    assert article.byline == "Ada Brun and Leo Stahl"
    assert article.agency == "Reuters"
    assert article.published == Published("2020-05-04", "text")
    assert (article.dateline.place, article.dateline.date) == ("PORT ELDER", "2020-05-04")
    assert article.dateline.span.of(PAGE) == "PORT ELDER, May 4 (Reuters) -"
    assert (article.language, article.unread) == ("en", None)
    assert words(article, article.furniture) == [
        "By Ada Brun and Leo Stahl",
        "Monday, May 4, 2020",
        ", Comments 3 comments",
        "Read more: Divers find the anchor",
        "© 2020 AFP",
        "0 Comments To This Article",
    ]
    assert words(article, article.sentences) == [
        "Ferry to stay in port for a week",
        "PORT ELDER, May 4 (Reuters) - The ferry will stay in port for a week, Harbour Master J. R. Voss said on Monday.",
        '"Is it safe?" he asked.',
        '"It is not."',
    ]


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("Ferry to stay in port", True),
        ("Will the ferry sail?", True),
        ("‘We will sail’, says Voss", True),
        ("The ferry will stay in port.", False),
        ('"We will not sail."', False),
        ("The following was said:", False),
        ("word " * 40 + "end", False),
        ("***", False),
    ],
)
def test_a_headline_is_short_and_no_sentence(first, told):
    article = build(f"{first}\n\nThe ferry will stay in port for a week.")
    assert (article.headline is not None) == told
    assert article.paragraphs[0].of(article.text) == first.strip()


def test_a_single_line_is_no_headline_unless_it_is_the_title():
    assert build("Ferry to stay in port").headline is None
    assert build("It stays in port.\nIt does.", title="It stays in port.").headline is not None


def test_a_title_that_is_given_apart_does_not_change_the_text():
    article = build("It stays in port.\nIt does.", title="Ferry stays")
    assert (article.title, article.headline, article.text) == ("Ferry stays", None, "It stays in port.\nIt does.")


@pytest.mark.parametrize(
    ("fields", "given", "day", "basis"),
    [
        ({"published": "2020-05-04T23:59:00-05:00"}, "2021-01-02", "2021-01-02", "given"),
        ({"published": "2020-05-04T23:59:00-05:00"}, None, "2020-05-04", "metadata"),
        ({"published": "Mon, 04 May 2020 10:00:00 GMT"}, None, "2020-05-04", "metadata"),
        ({"published": "May 4, 2020"}, None, "2020-05-04", "metadata"),
        ({"published": "4 May 2020, 10.30am"}, None, "2020-05-04", "metadata"),
        ({"published": "20200504"}, None, "2020-05-04", "metadata"),
        ({}, "2020-05-04T10:00:00Z", "2020-05-04", "given"),
    ],
)
def test_the_day_given_comes_before_metadata(fields, given, day, basis):
    article = build_article(RawDocument(origin="x", text="It is so.", **fields), published=given)
    assert (article.published.date, article.published.basis) == (day, basis)


@pytest.mark.parametrize(
    ("told", "time", "hour"),
    [
        ("2020-05-04T23:59:00-05:00", "2020-05-05T04:59:00Z", 23),
        ("2020-05-04T10:00:00.25Z", "2020-05-04T10:00:00Z", None),
        ("20200504T100000+0200", "2020-05-04T08:00:00Z", 10),
        ("Mon, 04 May 2020 10:00:00 GMT", "2020-05-04T10:00:00Z", None),
        ("Mon, 04 May 2020 23:30:00 -0500", "2020-05-05T04:30:00Z", 23),
        ("2020-05-04T10:00:00", None, 10),
        ("2020-05-04T00:30:00+02:00", "2020-05-03T22:30:00Z", 0),
        ("2020-05-04T00:00:00+02:00", "2020-05-03T22:00:00Z", None),
        ("2020-05-04", None, None),
        ("9999-12-31T23:59:59-05:00", None, 23),
    ],
)
def test_a_moment_is_told_in_utc_and_the_day_and_hour_stay_the_outlets_own(told, time, hour):
    article = build("It is so.", published=None, updated=told, retrieved=told)
    assert (article.updated, article.retrieved) == (time, time)
    article = build_article(RawDocument(origin="x", text="It is so.", published=told))
    assert article.published == Published(article.published.date, "metadata", time, hour)
    assert article.published.date in {"2020-05-04", "9999-12-31"}


def test_a_moment_that_the_user_gives_is_kept_too():
    assert build("It is so.", published="2020-05-04T10:00+02:00").published == Published(
        "2020-05-04", "given", "2020-05-04T08:00:00Z", 10
    )


def test_what_an_input_tells_of_agency_status_and_version_is_carried():
    article = build("LONDON (AFP) - It is so.", agency="Harbour Wire", status="canceled", revision=3)
    assert (article.agency, article.status, article.revision) == ("Harbour Wire", "canceled", 3)
    assert build("It is so.").status == "usable"


@pytest.mark.parametrize(
    "told", ["", "soon", "2020", "05/04/2020", "2020-02-31", "Monday", "May 2020", "0000-00-00", "9" * 70]
)
def test_a_day_is_never_guessed(told):
    assert build("It is so.\n\n© 2011 AFP", published=None).published is None
    assert build_article(RawDocument(origin="x", text="It is so.", published=told)).published is None


@pytest.mark.parametrize("given", ["", "soon", "22.3.2011", "2011-02-30", "2011"])
def test_a_bad_day_from_the_user_is_the_only_error(given):
    with pytest.raises(MalformedError, match="--published"):
        build_article(RawDocument(origin="x", text="x"), published=given)


@pytest.mark.parametrize("given", [date(2020, 5, 4), 20200504])
def test_a_day_that_is_no_text_is_told(given):
    with pytest.raises(TypeError, match="published is a day as text"):
        build("The ferry stays.", given)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: May 4, 2020", "2020-05-04"),
        ("Posted on 4 May 2020 at 10:30 GMT", "2020-05-04"),
        ("Mon., Sept. 7, 2020 | 9:15 p.m. EDT", "2020-09-07"),
        ("2020-05-04T10:00:00Z", "2020-05-04"),
        ("Updated 3:12 PM ET, Mon May 4, 2020", "2020-05-04"),
        ("By Jane Smith | May 4, 2020", "2020-05-04"),
        ("Published: 12:30 EST, 4 May 2020 | Updated: 13:30 EST, 6 May 2020", "2020-05-04"),
        ("Updated 1230 GMT (2030 HKT) May 4, 2020", "2020-05-04"),
        ("Source: Xinhua | 2020-05-04 12:30:01 | Editor: huaxia", "2020-05-04"),
    ],
)
def test_a_time_stamp_tells_the_day_and_is_furniture(line, day):
    article = build(f"Ferry stays\n{line}\nThe ferry will stay in port.")
    assert article.published == Published(day, "text")
    assert words(article, article.furniture) == [line]


def test_the_first_publication_counts_before_an_update():
    article = build("Ferry stays\nUpdated May 6, 2020\nPublished May 4, 2020\nThe ferry will stay in port.")
    assert article.published == Published("2020-05-04", "text")


def test_a_bare_day_further_down_is_no_day_of_publication():
    text = "Ferry stays\n\nIt will stay in port.\n\nVoss said so.\n\nCorrection: it was a barge.\n\nMonday, May 4, 2020"
    assert build(text).published is None
    assert build(text.replace("Monday,", "Published")).published == Published("2020-05-04", "text")


@pytest.mark.parametrize(
    ("line", "byline", "agency"),
    [
        ("By Ada Brun", "Ada Brun", None),
        ("BY ADA BRUN, Associated Press", "ADA BRUN, Associated Press", "AP"),
        ("By Ada Brun | Reuters", "Ada Brun | Reuters", "Reuters"),
        ("By Jane Smith, PA Political Correspondent", "Jane Smith, PA Political Correspondent", "PA"),
        ("By JANE SMITH, Associated Press Writer", "JANE SMITH, Associated Press Writer", "AP"),
        ("By Jane Smith and Agence France-Presse", "Jane Smith and Agence France-Presse", "AFP"),
        ("By Jane Smith, PAP Smear Campaign", "Jane Smith, PAP Smear Campaign", None),
        ("By Courier staff and Halyard", "Courier staff and Halyard", None),
        ("AFP", None, "AFP"),
        ("(Reuters)", None, "Reuters"),
        ("Reuters Staff", None, "Reuters"),
        ("By Reuters", "Reuters", "Reuters"),
        ("Source: Xinhua | 2020-05-04 12:30:01 | Editor: huaxia", None, "Xinhua"),
        ("By Jane Smith | May 4, 2020", "Jane Smith", None),
    ],
)
def test_bylines_and_lone_signatures_are_furniture(line, byline, agency):
    article = build(f"Ferry stays\n{line}\nThe ferry will stay in port.")
    assert (article.byline, article.agency) == (byline, agency)
    assert words(article, article.furniture) == [line]


def test_a_field_that_is_too_long_to_name_authors_is_no_byline():
    assert build("The ferry stays.", byline="By " + "Ada  Brun, " * 20).byline.startswith("Ada Brun, Ada")
    assert build("The ferry stays.", byline="Ada Brun, " * 200).byline is None


@pytest.mark.parametrize(
    "first", ["By the Numbers", "By Design", "By All Accounts", "BY THE BOOK", "By Monday", "By Sea and Air"]
)
def test_a_headline_that_opens_with_by_is_no_byline(first):
    article = build(f"{first}\n\nThe ferry will stay in port.")
    assert article.byline is None
    assert article.headline.of(article.text) == first


def test_a_byline_may_stand_above_the_headline():
    article = build("By Ada Brun\nFerry stays\nThe ferry will stay in port.")
    assert (article.byline, article.title) == ("Ada Brun", "Ferry stays")
    article = build("By Ada Brun\nMay 4, 2020\nFerry stays\nThe ferry will stay in port.")
    assert (article.byline, article.title, article.published.date) == ("Ada Brun", "Ferry stays", "2020-05-04")
    assert build("By Ada Brun\nThe ferry will stay in port.", title="Ferry stays").byline == "Ada Brun"


@pytest.mark.parametrize(
    "text",
    [
        "Today in history\nMarch 3, 1916\nThe ferry sank.",
        "Sept. 11, 2001\nThe ferry sank.",
        "Tuesday, Sept. 11, 2001\nThe ferry sank.",
    ],
)
def test_a_bare_day_is_no_day_of_publication(text):
    article = build(text)
    assert (article.published, article.furniture) == (None, ())


def test_a_bare_day_beside_a_byline_is_one():
    assert build("Ferry stays\nBy Ada Brun\nMay 4, 2020\nIt stays.").published == Published("2020-05-04", "text")


@pytest.mark.parametrize("line", ["By Monday the ferry had sailed", "By Ada Brun's own account it sank.", "By and by"])
def test_a_line_that_opens_with_by_may_be_a_sentence(line):
    assert build(f"Ferry stays\n{line}\nThe ferry will stay in port.").byline is None


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("Copyright 2020 The Associated Press. All rights reserved.", "AP"),
        ("© 2011 AFP", "AFP"),
        ("© 2020 The Pier Post", None),
        ("Copyright The Associated Press 2016", "AP"),
        ("Copyright © 2016 by Thomson Reuters", "Reuters"),
        ("Copyright 2020 by United Press International Inc.", "UPI"),
        ("© 2016 The Courier. Additional material from AFP", None),
    ],
)
def test_a_copyright_line_names_the_agency(line, agency):
    assert build(f"The ferry will stay in port.\n\n{line}").agency == agency


def test_an_outlet_that_is_an_agency_is_the_agency():
    assert build("It is so.", outlet="Reuters").agency == "Reuters"
    assert build("It is so.", outlet="The Pier Post").agency is None


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "😀 🎉\n\n😀", "12 34", "\ufeff\u200b", "© 2011 AFP\n0 comments", '"' * 10_000]
)
def test_what_has_no_words_is_kept_and_unread(text):
    article = build(text)
    assert article.unread == Unread("empty")
    assert (article.text, article.language, article.sentences) == (text, None, ())


def test_another_language_is_named_and_unread():
    article = build("Le ministre a dit que le gouvernement avait rejeté la proposition de paix.")
    assert article.unread == Unread("language", "fr")
    assert (len(article.paragraphs), article.sentences) == (1, ())


def test_every_kind_of_line_end_parts_paragraphs():
    article = build("One is so.\rTwo is so.\u2028Three is so.\x85\x0bFour is so.  ")
    assert words(article, article.paragraphs) == ["One is so.", "Two is so.", "Three is so.", "Four is so."]


def read_examples():
    names = sorted(str(path) for path in EXAMPLES.iterdir())
    return {d.source_id: build_article(d) for name in names for d in open_source(name)}


def test_the_examples_are_eighteen_articles_with_all_that_they_tell():
    articles = read_examples()
    assert sorted(articles) == [f"{n:02d}" for n in range(1, 19)]
    for article in articles.values():
        assert article.unread is None
        assert article.published is not None
        assert article.byline
        assert article.dateline.date is not None
        assert "\n\n" in article.text
        assert not any("omment" in words for words in words(article, article.sentences))
    assert articles["05"].url == articles["06"].url
    assert articles["05"].id != articles["06"].id
    assert articles["02"].outlet == "The Vintholm Courier"
    assert articles["01"].agency == "Halyard"


@pytest.mark.data
def test_the_examples_hold_the_corpus_word_for_word(data):
    articles = read_examples()
    for path in sorted((data / "demo" / "articles").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert gold["text"] in articles[gold["id"]].text
        assert articles[gold["id"]].title == gold["title"]


lines = st.sampled_from(
    ["By Ada Brun", "© 2011 AFP", "0 comments", "PARIS (AP) — He said so.", "“Is it?” Voss asked. No.", "May 4, 2020", "—",
     "Share", "U.S. officials said so. J. R. Voss left.", "\t", "", "\ufeff", "😀", "Ferry stays"]
)  # fmt: skip
texts = st.text(st.characters()) | st.lists(lines | st.text(max_size=20), max_size=12).map("\n".join)


@settings(max_examples=200)
@given(texts, st.none() | st.text(max_size=30))
def test_any_text_gives_an_article_whose_parts_lie_in_it_in_order(text, published):
    article = build_article(RawDocument(origin="x", text=text, published=published))
    assert article.text == text
    for spans in (article.paragraphs, article.sentences, article.furniture):
        for span in spans:
            assert span.of(text) == span.of(text).strip()
        assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert not any(p.overlaps(f) for p in article.paragraphs for f in article.furniture)
    assert all(any(p.holds(s) for p in article.paragraphs) for s in article.sentences)
    if article.headline is not None:
        assert article.headline in article.paragraphs
    if article.dateline is not None:
        assert any(p.holds(article.dateline.span) for p in article.paragraphs)


@settings(max_examples=50)
@given(texts, texts)
def test_every_character_of_a_sentence_or_none_of_a_paragraph_is_lost(text, more):
    article = build_article(
        RawDocument(origin="x", text=f"{text}\nHe said that it was so and they agreed with the plan.\n{more}")
    )
    if article.unread is None:
        parts = "".join(words(article, article.sentences))
        whole = "".join(words(article, article.paragraphs))
        assert "".join(parts.split()).replace("\u200b", "") == "".join(whole.split()).replace("\u200b", "")


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "word and " * 110_000, '" ' * 500_000, "😀" * 500_000, "مرحبا بالعالم. " * 60_000, "." * 1_000_000,
     "He said so. " * 80_000, "By " + "A " * 500_000, "(" * 100_000, "“Is it?” Voss asked. " * 20_000, "A/" * 100_000],
    ids=["no spaces", "no full stop", "quotation marks", "emoji", "right to left", "full stops", "short sentences", "byline",
         "brackets", "questions", "slashes"],
)  # fmt: skip
def test_a_megabyte_on_one_line_takes_bounded_time(text):
    started = time.process_time()
    build(text)
    assert time.process_time() - started < 20  # what takes its length squared takes hours


@pytest.mark.parametrize(
    "told",
    [
        "not a date",
        "2024-02-30",
        "05/06/2024",
        "09.07.2024",
        "7/9/2024",
        "2024-05",
        "1714953600",
        "0001-01-01",
        "0001-01-01T00:00:00",
        "00010101",
        "Mon, 01 Jan 0001 00:00:00 GMT",
    ],
)
def test_a_day_that_cannot_be_told_is_left_out_and_said(told, caplog):
    article = build_article(RawDocument(origin="rows.csv:3", text="Lane said so.", published=told))
    assert article.published is None
    (message,) = caplog.messages
    assert message.startswith(f"rows.csv:3: published {told!r} names no day")


def test_a_day_that_can_be_told_or_was_given_is_nothing_to_warn_of(caplog):
    for told in ("20240506", "2024-05-06", "6 May 2024", "2024-05-06T10:00:00Z", " ", None):
        build_article(RawDocument(origin="x", text="Lane said so.", published=told))
    build_article(RawDocument(origin="x", text="Lane said so.", published="05/06/2024"), published="2024-05-06")
    assert caplog.messages == []
