"""Speakers that the words around a source tell, whatever the head holds likeliest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.scripted import feature, page_of, read_marked

from onrecord.extract.following import by_grammar, is_open
from onrecord.records import Span

NAMES = {
    "person": ["Ada Lane", "Oto Brandt", "Ula Ferrin", "Ferrin"],
    "country": ["Norland", "Sunder"],
    "organization": ["Harbour Command"],
}
FIRST = ("in source", "first in source")


def told(marked: str, *features: str) -> list[str | None]:
    """The speakers where the head goes by some features alone."""
    rule = lambda q: sum((9 - n) * feature(q, f) for n, f in enumerate(features or FIRST)).astype(np.float32)  # noqa: E731
    return [s.speaker.name for s in read_marked(marked, NAMES, rule=rule).statements]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[Ada Lane] {demanded} <an end> and {warned} <that boats would sink>.", ["Ada Lane", "Ada Lane"]),
        ("Oto Brandt slept. [Norland’s count] {stands at} <31>.", ["Norland"]),
        ("[The Norland side] {affirms} <it>.", ["Norland"]),
        ("[the captain of the fleet], Ms Ada Lane, {said} <so>.", ["Ada Lane"]),
        ("[a statement by Norland’s minister, Oto] {Brandt} <that boats sank>.", ["Oto Brandt"]),
        ("The Harbour Command met. The allied command, [which], {said} <so>.", ["Harbour Command"]),
        ("{According to} [a statement from the embassy], <boats sank>.", ["a statement from the embassy"]),
    ],
)
def test_who_is_meant(marked: str, names: list[str | None]) -> None:
    assert told(marked) == names


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Mayor Ada Lane met General Oto Brandt. [The mayor] {said} <so>.", "Ada Lane"),
        ("President Ada Lane met General Oto Brandt. [The head of state] {said} <so>.", "Ada Lane"),
        ("General Ada Lane met General Oto Brandt. [The general] {said} <so>.", "The general"),
        ("General Oto Brandt slept. [The mayor] {said} <so>.", "The mayor"),
        ("Director Oto Brandt met Mr Justice Ferrin. [The judge] {said} <so>.", "Ferrin"),
        ("Leader Oto Brandt slept. [The Taoiseach] {said} <so>.", "The Taoiseach"),
        ("Taoiseach Oto Brandt slept. [The Taoiseach] {said} <so>.", "Oto Brandt"),
        ("Director Oto Brandt slept. [The captain] {said} <so>.", "The captain"),
        ("Captain Oto Brandt slept. [The captain] {said} <so>.", "Oto Brandt"),
    ],
)
def test_offices_alone(marked: str, name: str) -> None:
    assert told(marked, "own words", *FIRST)[0] == name


def test_a_paragraph_that_opens_with_one_woman_means_her() -> None:
    text = "Mr Oto Brandt slept.\n\nMs Ada Lane smiled. On Monday [she] {promised} <a truce>."
    assert told(text) == ["Ada Lane"]
    other = "Ms Ula Ferrin slept.\n\nMr Oto Brandt smiled. On Monday [she] {promised} <a truce>."
    assert told(other) != ["Oto Brandt"]


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Mayor Ada Lane faced questions. ", "Ada Lane"),
        ("[Mayor Ada Lane] {denied} <it>.\n\n", "Ada Lane"),
        ("Mayor Ada Lane met Oto Brandt. ", "the Quay Front MP"),
        ("Mayor Ada Lane met a Quay Front MP. ", "the Quay Front MP"),
        ("Mayor Ada Lane faced questions.\n\n", "the Quay Front MP"),
    ],
)
def test_the_member_of_a_body_is_the_one_spoken_of(before: str, name: str) -> None:
    assert told(f"{before}“<I never met him>,” [the Quay Front MP] {{said}}.", *FIRST, "own words")[-1] == name


@pytest.mark.parametrize(
    ("said", "cue", "content", "open_"),
    [
        ("that Ada Lane had met Ula Ferrin", "threatened", "to sue him", True),
        ("that Ada Lane had met Ula Ferrin", "threatened", "to sue", False),
        ("that Ada Lane had met Ula Ferrin", "denied", "knowing him", False),
        ("that the talks were over", "threatened", "to sue him", False),
    ],
)
def test_a_verb_that_may_be_anothers_is_nobodys(said: str, cue: str, content: str, open_: bool) -> None:
    page = page_of(f"[Oto Brandt] {{said}} <{said}> and {cue} {content}.", NAMES)
    text, first = page.article.text, page.said[0]
    at = lambda words: (Span(text.index(words), text.index(words) + len(words)),)  # noqa: E731
    statement = replace(first.statement, source=(), cue=at(cue), content=at(content))
    second = replace(first, statement=statement, source=None, form="absent")
    assert is_open(replace(page, said=(first, second)), 1) == open_


def test_who_is_somebodys_counterpart_is_not_that_one() -> None:
    marked = "[Ada Lane] {said} <she had met>.\n\nThere was her Sunder counterpart, [who] {promised} <help>."
    told_of = page_of(marked, NAMES)
    lane = next(n for n, thing in enumerate(told_of.things) if thing.name == "Ada Lane")
    second = told_of.said[1]
    one = replace(second, held=replace(second.held, sentence=told_of.said[0].held.sentence))
    answers = [(lane,), (lane,)]
    assert by_grammar(replace(told_of, said=(told_of.said[0], one)), 1, answers) == (second.own,)
    assert by_grammar(replace(told_of, said=(told_of.said[0], one)), 1, [(lane,), (lane + 1,)]) != (second.own,)


def test_whoever_was_asked_answers() -> None:
    text = "[Ms Ada Lane] {said} <so>.\n\nAsked whether it was over, [she] {replied} <that it was>."
    assert told(text) == ["Ada Lane", "Ada Lane"]


def test_what_it_called_is_the_outer_speakers() -> None:
    text = "[Norland] {demanded} <that Sunder go> or face what [it] {called} <measures>."
    assert told(text) == ["Norland", "Norland"]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Ada Lane slept. Asked about Oto Brandt’s debts, [he] {said} <so>.", "Ada Lane"),
        ("[Ada Lane] {said} <so>.\n\nAsked whether Oto Brandt had lied to Ula Ferrin, [he] {said} <so>.", "Ada Lane"),
        ("Ada Lane slept. Asked about Oto Brandt’s debts, Ula Ferrin smiled and [he] {said} <so>.", "Ula Ferrin"),
        ("Ada Lane met Ula Ferrin. Asked about Oto Brandt’s debts, [he] {said} <so>.", "Oto Brandt"),
    ],
)
def test_who_is_asked_about_is_not_who_answers(marked: str, name: str) -> None:
    assert told(marked, "words before", "before")[-1] == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[A sailor], who identified himself only as Ferrin, {said} <so>.", "Ferrin"),
        ("[A sailor, who gave her name as Ula Ferrin], {said} <so>.", "Ula Ferrin"),
        ("[A sailor], who came as Ferrin left, {said} <so>.", "A sailor"),
        ("The boss, who spoke through his aide, Oto Brandt, slept. [He] {said} <so>.", None),
        ("The boss, who spoke of his aide, Oto Brandt, slept. [He] {said} <so>.", "Oto Brandt"),
    ],
)
def test_who_gives_a_name_and_who_speaks_for_another(marked: str, name: str | None) -> None:
    assert told(marked, "own words", "words before", "before")[-1] == name


@pytest.mark.parametrize(
    ("question", "answer", "name"),
    [
        ("[Oto Brandt] {asked} him <why>.", "[he] {said} <so>.", "Ada Lane"),
        ("[Oto Brandt] {asked} <why>.", "[he] {replied} <so>.", "Ada Lane"),
        ("[Oto Brandt] {asked} <why>.", "[he] {said} <so>.", "Oto Brandt"),
        ("[Oto Brandt] {asked} her <why>.", "[he] {said} <so>.", "Oto Brandt"),
        ("[Oto Brandt] {told} him <why>.", "[he] {replied} <so>.", "Oto Brandt"),
    ],
)
def test_who_asks_does_not_answer(question: str, answer: str, name: str) -> None:
    text = f"[Ada Lane] {{said}} <so>.\n\n{question}\n\n“It was late,” {answer}"
    assert told(text, "words before", "before")[-1] == name


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("The mayor was flanked by Oto Brandt and Ula Ferrin.", None),
        ("The mayor was seen by Oto Brandt and Ula Ferrin.", "Ula Ferrin"),
        ("The mayor, flanked by Oto Brandt, came.", "Ada Lane"),
        ("On Monday, flanked by guards, Oto Brandt came.", "Oto Brandt"),
        ("The mayor was flanked by guards as Oto Brandt came.", "Oto Brandt"),
    ],
)
def test_who_stood_beside_somebody_is_not_taken_up(before: str, name: str | None) -> None:
    assert told(f"Ada Lane slept. {before} [He] {{said}} <so>.", "words before", "before")[-1] == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Ada Lane quarrelled with her father, [who] {said} <so>.", "her father"),
        ("Ada Lane met the envoy, [who] {said} <so>.", "Ada Lane"),
        ("Engineers at Harbour Command met Ada Lane. [They] {said} <so>.", "Engineers at Harbour Command"),
        ("Engineers at Harbour Command met two pilots. [They] {said} <so>.", None),
        ("Harbour Command met Ada Lane. [They] {said} <so>.", "Harbour Command"),
    ],
)
def test_whom_a_pronoun_cannot_mean(marked: str, name: str | None) -> None:
    assert told(marked, "count", "opens sentence")[-1] == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[A guard], who asked to be identified only as Ferrin, {said} <so>.", "Ferrin"),
        ("[A guard, known as “Ferrin”], {said} <so>.", "Ferrin"),
        ("[The guard], who was identified by the initials Ferrin, {said} <so>.", "Ferrin"),
        ("[A guard], who asked not to be named, {told} Ferrin <so>.", "A guard"),
        ("[A guard] known to Ferrin {said} <so>.", "A guard"),
        ("[A guard], known by his first name, Ferrin, {said} <so>.", "Ferrin"),
        ("[A guard], identified by Harbour Command as Ferrin, {said} <so>.", "A guard"),
        ("[A guard], known by Oto Brandt, {said} <so>.", "A guard"),
        ("[A guard], who agreed to be quoted by Harbour Command, {said} <so>.", "A guard"),
        ("[A guard], known as Ferrin, {said} <so>.\n\n[The guard] {added} <it rained>.", "Ferrin"),
    ],
)
def test_who_is_told_to_have_a_name(marked: str, name: str) -> None:
    assert told(marked, "own words")[-1] == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Asked by Oto Brandt if it leaked, [the clerk] {said} <so>.", "the clerk"),
        ("Asked by Oto Brandt’s lawyer if it leaked, [he] {said} <so>.", "Oto Brandt"),
        ("Pressed by counsel for Oto Brandt about it, [he] {said} <so>.", "Oto Brandt"),
        ("Ms Ada Lane met Oto Brandt, whom [she] {accused} <of theft>.", "Ada Lane"),
        ("Ms Ada Lane met Ms Ula Ferrin, whom [she] {accused} <of theft>.", "Ada Lane"),
    ],
)
def test_who_asks_and_whom_it_is_about_do_not_speak(marked: str, name: str) -> None:
    assert told(marked, "before", "own words")[-1] == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        (
            "Coroner Ms Ada Lane came. [Oto Brandt] {put it to} the coroner <that it leaked>.\n\n“<No>,” [she] {replied}.",
            "Ada Lane",
        ),
        (
            "Coroner Ms Ada Lane came. [Oto Brandt] {asked} the coroner <why it leaked>.\n\n“<It did>,” [she] {replied}.",
            "Ada Lane",
        ),
        (
            "Coroner Ms Ada Lane came. [Oto Brandt] {told} the coroner <it leaked>.\n\n“<Badly>,” [he] {added}.",
            "Oto Brandt",
        ),
    ],
)
def test_who_was_asked_by_an_office_answers(marked: str, name: str) -> None:
    assert told(marked, "last speaker", "words before", "before")[-1] == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("The Harbour Command on Friday gave Oto Brandt a week, {warning} <that it would act>.", "Harbour Command"),
        ("Harbour Command has sent Oto Brandt a list, {saying} <so>.", "Harbour Command"),
        ("Harbour Command left as Oto Brandt gave in, {saying} <so>.", "Oto Brandt"),
        ("Harbour Command’s envoy sent Oto Brandt a list, {saying} <so>.", "Oto Brandt"),
        ("Oto Brandt slept. A doctor left him a note, {saying} <so>.", None),
        ("Oto Brandt slept. He left a note, {saying} <so>.", "Oto Brandt"),
    ],
)
def test_a_participle_has_the_subject_of_its_sentence(marked: str, name: str | None) -> None:
    assert told(marked, "is person")[-1] == name


def test_a_woman_who_is_known_by_a_name_is_she() -> None:
    text = (
        "[Oto Brandt] {said} <so>.\n\nIt began when a woman known as “Ferrin” posted it. [She] {claims} <it is hers>."
    )
    assert told(text, "last speaker", "before")[-1] == "Ferrin"
    text = "[Oto Brandt] {said} <so>.\n\nIt began when a man known as “Ferrin” posted it. [She] {claims} <it is hers>."
    assert told(text, "last speaker", "before")[-1] == "Oto Brandt"


def test_who_tells_of_himself_in_his_words_is_one() -> None:
    asked = "Coroner Ms Ada Lane came. [Oto Brandt] {put it to} the coroner <that it leaked>."
    text = f"{asked}\n\n<She did not know>, [she] {{replied}}."
    assert told(text, "last speaker", "before")[-1] == "Ada Lane"
