"""A shared subject, a second "that", and what "as" refers to."""

from __future__ import annotations

import pytest
from tests.scripted import quoted_words, read_marked

from onrecord.extract.attribution import Attribution
from onrecord.extract.wholes import made_whole
from onrecord.records import Article, Span


def sources(marked: str) -> list[str]:
    return [source for source, *_ in quoted_words(read_marked(marked))]


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("Ada Lane met the crew and {told} them <to go>.", "Ada Lane"),
        ("The harbour pilot left early but later {said} <the wall held>.", "The harbour pilot"),
        ("She rang the crew and {told} them <to go>.", "She"),
        ("Velmark recalled its envoy and {accused} <its neighbour of theft>.", "Velmark"),
        ("Yesterday Lane met the crew and {told} them <to go>.", ""),
        ("Ada Lane left, Brandt stayed and {told} them <to go>.", ""),
        ("Ada Lane left, and while Brandt slept and {told} them <to go>.", ""),
        ("The polls that fell and {said} <so>.", ""),
        ("<the wall held>, Ada Lane met the crew and {said}.", ""),
        ("Ada Lane met the crew. {told} them <to go>.", ""),
    ],
)
def test_a_verb_joined_to_another_has_its_subject(marked: str, source: str) -> None:
    assert sources(marked) == [source]


def whole(text: str, *roles: tuple[str, str, str]) -> list[tuple[str, str]]:
    """(source, content) of each, in words; roles as (source, cue, content), which stand in the text once."""
    article = Article("art-1", text, paragraphs=(Span(0, len(text)),), sentences=(Span(0, len(text)),))
    at = lambda words: (Span(text.index(words), text.index(words) + len(words)),) if words else ()  # noqa: E731
    out = made_whole(article, [Attribution(at(s), at(c), at(x)) for s, c, x in roles])
    return [(" … ".join(s.of(text) for s in r.source), " … ".join(s.of(text) for s in r.content)) for r in out]


def test_what_is_told_of_a_call_is_by_the_caller() -> None:
    text = "Oto Brandt told the court that Ada Lane rang him and ordered him to “mend the logs”."
    outer = ("Oto Brandt", "told", "that Ada Lane rang him and ordered him to “mend the logs”")
    [_, inner] = whole(text, outer, ("Oto Brandt", "ordered", "to “mend the logs”"))
    assert inner[0] == "Ada Lane"


def test_a_participle_keeps_the_outer_subject() -> None:
    text = "Oto Brandt contradicted the board by saying the logs were mended."
    outer = ("Oto Brandt", "contradicted", "the board by saying the logs were mended")
    assert whole(text, outer, ("Oto Brandt", "saying", "the logs were mended"))[1][0] == "Oto Brandt"


@pytest.mark.parametrize(
    ("text", "inner", "content"),
    [
        (
            "Lane denied that the wall leaked, as alleged by Brandt.",
            ("Lane", "denied", "that the wall leaked"),
            "the wall leaked",
        ),
        (
            "Lane knew whether the wall leaked, as alleged by Brandt.",
            ("Lane", "knew", "whether the wall leaked"),
            "the wall leaked",
        ),
    ],
)
def test_as_refers_to_what_was_said_not_to_its_denial(text: str, inner: tuple[str, str, str], content: str) -> None:
    outer = ("Brandt", "alleged", text.partition(", as")[0])
    assert whole(text, inner, outer)[1] == ("Brandt", content)


def test_without_another_statement_as_refers_to_the_sentence() -> None:
    text = "The wall leaked, as alleged by Brandt."
    assert whole(text, ("Brandt", "alleged", "The wall leaked")) == [("Brandt", "The wall leaked")]


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("the wall had held", " and that the pilots would stay"),
        ("the wall had held", ", and that “nobody” would pay"),
        ("the wall was mended by hand", " and approved by nine votes to two"),
    ],
)
def test_a_content_goes_on_to_its_second_clause(said: str, rest: str) -> None:
    assert whole(f"Lane said {said}{rest}.", ("Lane", "said", said)) == [("Lane", f"{said}{rest}")]


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("the wall had held", " and that was all"),
        ("the wall had held", " and left by the gate"),
        ("the pilots mended it", " and approved by nine votes to two"),
        ("the wall had held", " and that “nobody would pay"),
        ("the wall had held", ", but that wasn’t so"),
    ],
)
def test_but_not_to_another_clause(said: str, rest: str) -> None:
    assert whole(f"Lane said {said}{rest}.", ("Lane", "said", said)) == [("Lane", said)]


@pytest.mark.parametrize(
    ("text", "said", "content"),
    [
        ("Lane said that her client, a pilot, was ill.", "was ill", "that her client, a pilot, was ill"),
        ("Lane said of that the wall was ill.", "was ill", "was ill"),
        ("Lane said that. It was ill.", "It was ill", "It was ill"),
        ("Lane said that night “it was ill”.", "“it was ill”", "“it was ill”"),
        ("Lane said that for all: “It was ill.”", "“It was ill.”", "“It was ill.”"),
    ],
)
def test_a_content_begins_with_the_that_after_its_verb(text: str, said: str, content: str) -> None:
    assert whole(text, ("Lane", "said", said)) == [("Lane", content)]


def test_a_that_of_who_is_told_is_left() -> None:
    text = "Lane told that crowd “it was ill”."
    assert whole(text, ("Lane", "told", "“it was ill”")) == [("Lane", "“it was ill”")]


def test_a_that_with_words_of_another_is_left() -> None:
    text = "Lane said that Brandt says it leaks and was ill."
    roles = (("Lane", "said", "was ill"), ("Brandt", "says", "it leaks"))
    assert whole(text, *roles)[0] == ("Lane", "was ill")


def test_nor_to_words_of_another() -> None:
    text = "Lane said the wall held and that it leaked, Brandt said."
    roles = (("Lane", "said", "the wall held"), ("Brandt", "Brandt said", "that it leaked"))
    assert whole(text, *roles)[0] == ("Lane", "the wall held")


def test_one_object_makes_two_verbs_one_persons() -> None:
    text = "Oto Brandt told the court that Ada Lane rang him and asked him to go."
    outer = ("Oto Brandt", "told", "that Ada Lane rang him")
    assert whole(text, outer, ("", "asked", "to go")) == [
        ("Oto Brandt", "that Ada Lane rang him and asked him to go"),
        ("Ada Lane", "to go"),
    ]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("that Ada Lane had left", "him to go"),
        ("that he rang him", "him to go"),
        ("that Ada Lane rang her", "him to go"),
        ("that Ada Lane rang him", "for more"),
    ],
)
def test_else_the_second_verb_stays_the_outer_ones(said: str, asked: str) -> None:
    text = f"Oto Brandt said {said} and asked {asked}."
    [outer, inner] = whole(text, ("Oto Brandt", "said", said), ("", "asked", asked.removeprefix("him ")))
    assert outer == ("Oto Brandt", said) and inner[0] == ""


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        (
            "[Lane] {said} <that her crew had gone to the camp on Tuesday> and counted 38 graves, 11 of them small.",
            "that her crew had gone to the camp on Tuesday and counted 38 graves, 11 of them small",
        ),
        (
            "[Lane] {said} <that the firm had sold the yard> and kept the crane, while Brandt wept.",
            "that the firm had sold the yard and kept the crane",
        ),
        ("[Lane] {urged} <both firms to mend the wall> quickly, and left.", "both firms to mend the wall quickly"),
        ("[Lane] {promised} <to mend the wall> soon.", "to mend the wall soon"),
        ("[Lane] {said} <that Brandt had met the crew> and asked for help.", "that Brandt had met the crew"),
        ("[Lane] {said} <that it was over> and counted the graves.", "that it was over"),
        ("[Lane] {said} <that they had gone home> and, sighing, counted the graves.", "that they had gone home"),
        ("[Lane] {attacked} <them> repeatedly.", "them"),
        ("[Lane] {condemned} <the reply to critics> strongly.", "the reply to critics"),
        ("[Lane] {promised} <to mend the wall>, finally.", "to mend the wall"),
    ],
)
def test_a_content_goes_on_to_a_second_participle_and_an_adverb(marked: str, content: str) -> None:
    assert [c for _, _, c, _ in quoted_words(read_marked(marked))] == [content]
