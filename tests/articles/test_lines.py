import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.articles import build_article
from onrecord.articles.lines import lines
from onrecord.records import RawDocument

PARAGRAPHS = [
    "Ferry to stay in port",
    "PORT ELDER, May 4 (Reuters) - The ferry will stay in port for a week, Harbour Master J. R. Voss said on Monday, "
    "after divers had found a crack in its hull. “Nobody will sail,” he said, “before we know why the engine stopped.”",
    "Some 300 passengers spent the night in the town hall, where the Red Cross handed out blankets, tea and dry clothes "
    "to all who asked for them.",
    "It is not known how long the repair will take. The U.S. maker of the engine sent two engineers, who arrived late on "
    "Sunday and told reporters that they had never seen the like of it in all their years.",
]


def words(text):
    return [span.of(text) for span in lines(text)]


def build(text):
    return build_article(RawDocument(origin="x", text=text))


@pytest.mark.parametrize("width", [60, 72, 76, 80, 100])
@pytest.mark.parametrize("indent", ["", "  "])
def test_a_wrapped_text_has_the_paragraphs_and_sentences_it_had_before(width, indent):
    whole = build("\n\n".join(PARAGRAPHS))
    text = "\n\n".join(textwrap.fill(p, width, subsequent_indent=indent) for p in PARAGRAPHS)
    article = build(text)
    assert article.text == text
    for kind in ("paragraphs", "sentences"):
        told = [" ".join(span.of(text).split()) for span in getattr(article, kind)]
        assert told == [span.of(whole.text) for span in getattr(whole, kind)]
    assert (article.title, article.agency, article.dateline.place) == (PARAGRAPHS[0], "Reuters", "PORT ELDER")


def test_a_long_headline_that_was_wrapped_is_one_title():
    head = "Ferry to stay in port for a week while divers look at its hull and engineers at its engine"
    text = "\n\n".join(textwrap.fill(p, 60) for p in [head, *PARAGRAPHS[1:]])
    assert build(text).title == head


def test_head_list_and_signature_of_a_wrapped_text_stay_lines():
    body = "\n\n".join(textwrap.fill(p, 72) for p in PARAGRAPHS[1:])
    head = ["Ferry to stay in port", "By Ada Brun", "May 4, 2020"]
    listed = [f"- {'so it is and so it was and so it will be for all of the year ' * 2}".strip()[:71] for _ in range(3)]
    text = "\n".join(head) + "\n\n" + body + "\n\n" + "\n".join(listed) + "\n\nAda\nBrun"
    assert words(text)[:3] == head
    assert words(text)[-5:] == [*listed, "Ada", "Brun"]
    assert len(words(text)) == 3 + 3 + 5
    assert build(text).byline == "Ada Brun"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "\n".join(textwrap.wrap(" ".join(PARAGRAPHS), 72)),  # without a blank line there is no telling
        "\n\n".join(PARAGRAPHS),
        "One is so.\n\n"
        + "\n".join("The ferry will stay in port for a week, the harbour master of it said." for _ in range(9)),
        "It is so.\n\nFerry to stay in port for a week, master says\nDivers find the anchor of a lost frigate off the pier"
        "\nCouncil backs no-fly zone by nine votes to one after debate\nNavy report puts the Sterna inside\nFour sailors dead",
    ],
)
def test_a_text_of_a_paragraph_a_line_stays_so(text):
    assert words(text) == [line for line in text.split("\n") if line]


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*PARAGRAPHS, "\n", "\n\n", " ", "x" * 70, "y " * 35, "\r", "\u2028"])).map("\n".join))
def test_lines_hold_every_printed_character_once(text):
    assert "".join("".join(words(text)).split()) == "".join(text.split())
