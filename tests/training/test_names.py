"""Which names of GUM are gold, and what counts for and against a tagger."""

import re

import pytest

from onrecord.records import Span
from training.gum import GumDocument, Mention
from training.names import Figures, names, score, trim, verdicts

ENTITIES = {"P": "person", "O": "organization", "L": "place", "A": "abstract"}


def made(marked: str) -> GumDocument:
    """A document whose mentions are written ``[P Ada Marn]``, one in another as well; a ``*`` after the letter: with identity."""
    text, open_, mentions = "", [], []
    for part in re.findall(r"\[[POLA]\*? |\]|[^\[\]]+", marked):
        if part.startswith("["):
            open_.append((len(text), part))
        elif part == "]":
            start, mark = open_.pop()
            identity = "Thing" if "*" in mark else None
            mentions.append(Mention(Span(start, len(text)), ENTITIES[mark[1]], "new", identity, len(mentions)))
        else:
            text += part
    sentences = tuple(Span(m.start(), m.end()) for m in re.finditer(r"\S[^.!?]*(?:[.!?]|$)", text))
    return GumDocument("GUM_news_sample", "news", text, sentences, tuple(sorted(mentions, key=lambda m: m.span)))


def gold(marked: str) -> list[str]:
    doc = made(marked)
    return [n.span.of(doc.text) for n in names(doc) if not n.inner]


def judged(marked: str, *found: tuple[str, str]) -> list[tuple[str, str, str]]:
    doc = made(marked)
    predicted = [(doc.text.index(words), doc.text.index(words) + len(words), kind) for words, kind in found]
    return [(t, verdict, span.of(doc.text)) for t, verdict, span in verdicts(doc, predicted)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("They met [P Ada Marn 's]", ["Ada Marn"]),
        ("They met [P Mr Marn].", ["Marn"]),
        ("They met [P the Velm Ambassador to [L the Isles] Ada de Marn , who left].", ["Isles", "Ada de Marn"]),
        ("They met [P [L Orlo] mayor Ada Marn of [O the Civic Party]].", ["Orlo", "Ada Marn", "Civic Party"]),
        ("They met [P the President].", []),
        ("They met [P a Libertarian].", []),
        ("They met [P the Democrats] and [P Italians].", []),
        ("They met [P [P Ada Marn] and [P Bo Lind]].", ["Ada Marn", "Bo Lind"]),
        ("They met [P him].", []),
        ("They joined [O the Ministry of Trade and Industry].", ["Ministry of Trade and Industry"]),
        ("They joined [O the team].", []),
        ("They read [O The Orlo Times, which closed].", ["Orlo Times"]),
        ("They asked [O this Court].", []),
        ("They saw [L [L Orlo's] Grand Bridge].", ["Orlo", "Grand Bridge"]),
        ("They saw [L southern Velmark].", ["Velmark"]),
        ("They saw [L the US].", ["US"]),
        ("They saw [L the state of Orlo].", ["Orlo"]),
    ],
)
def test_gold_is_the_name_within_the_phrase(marked: str, expected: list[str]) -> None:
    assert gold(marked.replace(" 's", "'s").replace(" ,", ",")) == expected


def test_a_word_that_opens_a_sentence_needs_a_sign_that_it_is_a_name() -> None:
    assert gold("[O Customs] closed.") == []
    assert gold("[O* Scala] closed.") == ["Scala"]
    assert gold("[O Scala] closed. They left [O Scala].") == ["Scala", "Scala"]
    assert gold("[P Marn] left.") == ["Marn"]
    assert gold("[P Hackers] left.") == []


def test_a_longer_name_is_accepted_too() -> None:
    marked = "They left [O the Museum of Art at [L Orlo]]."
    assert judged(marked, ("Museum of Art", "organization"), ("Orlo", "place")) == [
        ("organization", "right", "Museum of Art"),
        ("place", "right", "Orlo"),
    ]
    assert judged(marked, ("the Museum of Art at Orlo", "organization"))[0][1] == "right"


def test_trimming_is_the_same_for_gold_and_prediction() -> None:
    text = "the President Ada Marn's"
    assert trim(text, Span(0, len(text)), "person") == Span(14, 22)
    assert trim("the President", Span(0, 13), "person") is None
    assert judged("They met [P Mr Marn].", ("Mr Marn", "person")) == [("person", "right", "Marn")]


def test_right_wrong_and_missed() -> None:
    marked = "They met [P Ada Marn] of [O the Civic Party] in [L Orlo]."
    assert judged(marked, ("Ada", "person"), ("Civic Party", "person"), ("Orlo", "country")) == [
        ("person", "wrong", "Ada"),
        ("person", "wrong", "Civic Party"),
        ("place", "right", "Orlo"),
        ("person", "missed", "Ada Marn"),
        ("organization", "missed", "Civic Party"),
    ]


def test_countries_may_be_governments_and_papers_organizations() -> None:
    marked = "They say [O Velmark] told [O the Orlo Times] so at [L the Orlo Museum]."
    found = ("Velmark", "country"), ("Orlo Times", "work"), ("Orlo Museum", "organization")
    assert [v for _, v, _ in judged(marked, *found)] == ["right"] * 3


def test_what_gum_cannot_tell_counts_neither_way() -> None:
    assert judged("They met Velmarkian sailors.", ("Velmarkian", "nationality"))[0][1] == "neither"
    assert judged("They met Velmarkian sailors.", ("Velmarkian", "country"))[0][1] == "neither"
    assert judged("They met [P the Joker].", ("Joker", "person"))[0][1] == "neither"
    assert judged("They met [P the Joker].", ("Joker", "place"))[0][1] == "wrong"
    assert judged("They read Dark Tides.", ("Dark Tides", "work"))[0][1] == "neither"
    assert judged("They read Dark Tides.", ("Dark Tides", "organization"))[0][1] == "wrong"
    assert judged("They read of [L Orlo].", ("Orlo", "nationality"))[0][1] == "wrong"


def test_a_name_within_a_name_need_not_be_found() -> None:
    marked = "They joined [O the [L United Isles] Navy] after [A the [L Orlo] War]."
    assert judged(marked, ("United Isles Navy", "organization")) == [("organization", "right", "United Isles Navy")]
    assert [v for _, v, _ in judged(marked, ("United Isles", "country"), ("Orlo", "place"))] == [
        "neither",
        "neither",
        "missed",
    ]


def test_score_adds_up_and_a_document_without_predictions_misses_all() -> None:
    doc = made("They met [P Ada Marn] in [L Orlo].")
    figures = score([doc], {doc.id: [(9, 17, "person"), (9, 17, "person"), (0, 4, "date")]})
    assert figures["person"] == Figures(1, 0, 0) and figures["place"] == Figures(0, 0, 1)
    assert (figures["all"].precision, figures["all"].recall) == (1.0, 0.5)
    assert score([doc], {})["all"] == Figures(0, 0, 2)
    assert Figures(0, 0, 0).f1 == 0.0
