import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.articles import build_article
from onrecord.articles.pages import letters, title_of
from onrecord.records import MalformedError, Published, RawDocument, Unread

BODY = [
    "PORT ELDER, May 4 (AFP) - The ferry will stay in port for a week while divers look at its hull, the harbour master said.",
    "“It is not safe,” Voss told reporters on the quay. “Nobody will sail before we know why the engine stopped.”",
    "Some 300 passengers spent the night in the town hall, where the Red Cross handed out blankets and tea.",
]
HEAD = """<meta property="og:site_name" content="The Pier Post"><meta name="author" content="Ada Brun">
<meta property="article:published_time" content="2020-05-04T23:30:00-05:00"><link rel="canonical" href="https://pier.example/a">"""


def page(head="", before="", after="", title="Ferry to stay in port - The Pier Post"):
    body = "".join(f"<p>{p}</p>" for p in BODY)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Ferry to stay in port</h1>{before}<div class='article-body'>{body}</div></article>{after}</body></html>"
    )


def build(html, **fields):
    return build_article(RawDocument(origin="x", html=html, **fields))


def test_a_page_gives_its_article_with_the_headline_first_and_what_its_head_tells():
    after = "<footer><p>Sign up for our newsletter</p><p>© 2021 The Pier Post</p></footer>"
    article = build(page(HEAD, after=after))
    assert article.text == "\n\n".join(["Ferry to stay in port", *BODY])
    assert article.headline.of(article.text) == article.title == "Ferry to stay in port"
    assert article.outlet == "The Pier Post"
    assert article.byline == "Ada Brun"
    assert article.url == "https://pier.example/a"
    assert article.published == Published("2020-05-04", "metadata", "2020-05-05T04:30:00Z", 23)
    assert article.updated is None
    assert article.agency == "AFP"
    assert article.dateline.date == "2020-05-04"
    assert len(article.paragraphs) == 4


def test_linked_data_tells_the_moments_of_publication_and_change():
    linked = """<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2020-05-04T23:30:00-05:00",
    "dateModified": "2020-05-06T01:00:00+02:00"}</script>"""
    article = build(page(linked))
    assert article.published == Published("2020-05-04", "metadata", "2020-05-05T04:30:00Z", 23)
    assert article.updated == "2020-05-05T23:00:00Z"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("1987-05-04T05:00:00Z", "1987-05-04"),
        ("1851-09-18", "1851-09-18"),
        ("2199-05-04T07:00:00+13:00", "2199-05-04"),
        ("1970-01-01T00:00:00Z", None),
        ("1900-01-01T00:00:00", None),
        ("0001-01-01", None),
    ],
)
def test_the_head_tells_days_of_archives_and_of_places_where_it_is_tomorrow(told, day):
    published = build(page(f'<meta property="article:published_time" content="{told}">')).published
    assert (published and published.date) == day
    if day:
        changed = '<meta property="article:modified_time" content="2017-02-03T04:05:06Z">'
        article = build(page(f'<meta property="article:published_time" content="{told}">{changed}'))
        assert (article.published.date, article.updated) == (day, "2017-02-03T04:05:06Z")


def test_what_the_input_tells_comes_before_the_page():
    article = build(
        page(HEAD), url="https://other.example/", outlet="Other", title="Another title", byline="By Leo Stahl"
    )
    assert (article.url, article.outlet, article.byline) == ("https://other.example/", "Other", "Leo Stahl")
    assert article.title == "Another title"
    assert "Another title" not in article.text


def test_a_title_that_the_page_does_not_show_stays_out_of_its_text():
    article = build(page("<meta property='og:title' content='You will not believe what happened to this ferry'>"))
    assert article.title == "You will not believe what happened to this ferry"
    assert article.text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    ("written", "byline"),
    [
        ("Ada Brun, Harbour Editor", "Ada Brun, Harbour Editor"),
        ("By Ada Brun and Leo Stahl, The Pier", "Ada Brun and Leo Stahl, The Pier"),
        ("Ada Brun (Reuters)", "Ada Brun (Reuters)"),
        ("J. R. Brun", "J. R. Brun"),
        ("ada brun", "Ada Brun"),
        ("https://pier.example/people/AdaBrun", None),
    ],
)
def test_authors_are_kept_as_the_head_writes_them(written, byline):
    assert build(page(f'<meta name="author" content="{written}">')).byline == byline


def test_authors_in_fields_of_their_own_are_joined():
    head = '<meta name="author" content="Ada Brun"><meta name="author" content="Leo Stahl">'
    assert build(page(head)).byline == "Ada Brun and Leo Stahl"


def test_a_headline_that_the_extractor_finds_again_below_is_read_once():
    lines = "<br><br>".join(BODY)
    above = "<h1>Ferry to stay in port</h1><div class='day'>Posted on 4 May 2020</div>"
    told = f"<div id='content'>{above}<div class='story'>{lines}</div></div>"
    article = build(f"<html><head><title>Ferry to stay in port</title></head><body>{told}</body></html>")
    assert article.text.startswith("Ferry to stay in port\n\nPORT ELDER")
    assert article.text.count("Ferry to stay in port") == 1


def test_a_headline_is_compared_by_its_letters():
    article = build(page("<meta property='og:title' content='FERRY ‘to stay’ in-port'>"))
    assert article.text == "\n\n".join([article.title, *BODY])
    body_with_heading = page().replace(
        "<div class='article-body'>", "<div class='article-body'><h1>Ferry: “to stay” in port</h1>"
    )
    article = build(body_with_heading)
    assert article.text.count("port\n") == 1
    assert article.headline == article.paragraphs[0]


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Ferry to stay in port | World news | The Guardian", "The Guardian"),
        ("Ferry to stay in port | THE GUARDIAN", "The Guardian"),
        ("Ferry to stay in port - World - the guardian", "The Guardian"),
        ("Ferry to stay in port – The Pier Post", "Another name"),
    ],
)
def test_section_and_outlet_are_no_part_of_the_title(title, outlet):
    article = build(
        page(f'<meta property="og:site_name" content="{outlet}"><meta property="og:title" content="{title}">')
    )
    assert article.title == "Ferry to stay in port"


def test_without_a_heading_the_outlets_name_alone_tells_what_hangs_on_a_title():
    assert title_of("Ferry stays | World news | The Guardian", "the guardian", ()) == "Ferry stays"
    assert title_of("Ferry stays - no way out - The Guardian", "The Guardian", ()) == "Ferry stays - no way out"
    assert title_of("Ferry stays - no way out", "The Guardian", ()) == "Ferry stays - no way out"
    assert title_of("The Guardian", "The Guardian", ()) == "The Guardian"


@pytest.mark.parametrize("outlet", ["The Guardian", None])
def test_an_outlets_name_before_the_title_does_not_take_its_place(outlet):
    title = "The Guardian | Ferry to stay in port"
    assert title_of(title, outlet, {letters("The Guardian")}) == title


def test_list_items_lose_the_extractors_dash_and_tables_are_left_out():
    extra = (
        "<ul><li>The hull leaked for a week, Voss said.</li></ul><table><tr><td>Mon</td><td>shut</td></tr></table><p>"
    )
    article = build(page().replace(f"<p>{BODY[2]}", f"{extra}{BODY[2]}"))
    assert article.text.split("\n\n")[2:] == [BODY[1], "The hull leaked for a week, Voss said.", BODY[2]]


def test_a_page_that_breaks_the_parser_is_an_error_with_a_reason(monkeypatch):
    def broken(*_, **__):
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    with pytest.raises(MalformedError, match=r"^x: .*page reader cannot take \(RecursionError\)"):
        build(page())


def test_a_day_that_only_a_copyright_line_hints_at_is_not_taken():
    assert build(page(after="<footer>© 2019 The Pier Post</footer>")).published is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Mayor Ann Lane said no to the plan.</p>", "Mayor Ann Lane said no to the plan."),
        (
            "<html><body><nav><a href='/'>Home</a></nav><article><h1>Two held</h1><p>The chief said two were held.</p>"
            "</article><footer>© 2026 The Pier Post</footer></body></html>",
            "Two held\n\nThe chief said two were held.",
        ),
    ],
)
def test_a_brief_is_read_without_the_page_around_it(html, text):
    assert build(html).text == text


def test_an_xml_declaration_does_not_disturb():
    assert len(build("<?xml version='1.0' encoding='utf-8'?>\n" + page()).paragraphs) == 4


@pytest.mark.parametrize(
    "html",
    ["", " ", "<", "<<<>>><html", "<html><head><title>T</title></head><body></body></html>", "<div>" * 20_000 + "x",
     "\x00\x01<p>", "\ud800", "<!--" * 1000, "<script>var a = 'He said so.'</script>", "<p " + "a='b' " * 20_000],
    ids=["nothing", "blank", "bracket", "brackets", "no body", "deep", "control", "surrogate", "comments", "script",
         "attributes"],
)  # fmt: skip
def test_a_page_without_an_article_is_empty(html):
    article = build(html)
    assert article.unread == Unread("empty")
    assert article.sentences == ()


@settings(max_examples=50)
@given(
    st.text(st.characters())
    | st.lists(st.sampled_from(["<p>", "</p>", "<div", ">", "<!--", "He said so. ", "&#0;", "&amp"])).map("".join)
)
def test_any_markup_gives_an_article(html):
    article = build("<html><body><article>" + html)
    for span in (*article.paragraphs, *article.sentences, *article.furniture):
        span.of(article.text)


def test_a_page_of_thousands_of_paragraphs_takes_bounded_time():
    started = time.process_time()
    build("<html><body><article>" + "".join(f"<p>He said that pier {n} was shut.</p>" for n in range(3_000)))
    assert time.process_time() - started < 30
