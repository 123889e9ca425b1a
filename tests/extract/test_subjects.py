"""Whom the subject of a sentence before makes "he" or "she"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.scripted import page_of

from onrecord.extract.asking import Answer
from onrecord.extract.subjects import (
    going_on,
    is_anothers_participle,
    participle_of,
    subject_before,
    subject_within,
    told_of,
)
from onrecord.extract.wording import by_wording
from onrecord.records import Span

NAMES = {"person": ["Ada Lane", "Oto Brandt"]}


def in_one_paragraph(marked: str):
    """The page of a text whose attributions stand in paragraphs of their own, these being one paragraph."""
    page = page_of(marked, NAMES)
    said = tuple(replace(s, held=replace(s.held, paragraph=0)) for s in page.said)
    return replace(page, said=said)


def named(page, things: tuple[int, ...]) -> list[str]:
    return [page.things[n].name for n in things]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[The port DGP] {denied} <it>.\n\n“<Only water was used>,” [he] {said}.", ["port DGP"]),
        (
            "[The harbour master’s spokesman] {denied} <it>.\n\n<It was late>, [he] {said}.",
            ["harbour master’s spokesman"],
        ),
        ("[The harbour master’s spokesman] {denied} <it>.\n\n<It was late>, [she] {said}.", []),
        ("[The port] {denied} <it>.\n\n<It was late>, [he] {said}.", []),
        ("[The port DGP] {denied} <that Mr Oto Brandt was hit>.\n\n<It was late>, [he] {said}.", []),
        ("[The port DGP] {denied} <that Ms Ada Lane was hit>.\n\n<It was late>, [he] {said}.", ["port DGP"]),
    ],
)
def test_a_described_subject_is_taken_up(marked: str, names: list[str]) -> None:
    page = in_one_paragraph(marked)
    own = page.said[0].own
    assert named(page, subject_before(page, 1, [() if own is None else (own,), ()])) == names


def test_not_one_who_was_known_by_name() -> None:
    page = in_one_paragraph("[The port DGP] {denied} <it>.\n\n<It was late>, [he] {said}.")
    assert subject_before(page, 1, [(), ()]) == ()


@pytest.mark.parametrize(
    ("marked", "goes_on"),
    [
        ("[Ms Ada Lane] {said} <it was late>.\n\n“<Too late>,” [she] {said}.", True),
        ("[Ms Ada Lane] {said} <it was late>.\n\n“<Too late>,” [he] {said}.", False),
        ("[Oto Brandt] {said} <it was late>.\n\nAda Lane left. “<Too late>,” [she] {said}.", False),
        ("[Ms Ada Lane] {said} <it was late>.\n\nIt rained.\n\n“<Too late>,” [she] {said}.", False),
    ],
)
def test_who_spoke_last_goes_on_where_nobody_else_may_be_meant(marked: str, goes_on: bool) -> None:
    page = page_of(marked, NAMES)
    first = "Oto Brandt" if marked.startswith("[Oto") else "Ada Lane"
    speaker = next(n for n, thing in enumerate(page.things) if thing.name == first)
    assert going_on(page, 1, [(speaker,), ()]) == ((speaker,) if goes_on else ())


def test_a_source_after_the_pronoun_is_no_fault() -> None:
    page = page_of("[Ms Ada Lane] {said} <it was late>.\n\n“<Too late>,” [she] {said}. Ms Ada Lane left.", NAMES)
    last = page.article.text.rindex("Ada Lane")
    page = replace(page, said=(replace(page.said[0], source=Span(last, last + 8)), page.said[1]))
    speaker = next(n for n, thing in enumerate(page.things) if thing.name == "Ada Lane")
    assert going_on(page, 1, [(speaker,), ()]) == (speaker,)


def within(before: str, marked: str):
    """The page of something said within the quotation of the statement after it."""
    page = page_of(f"{before}\n\n“{marked},” Oto Brandt {{testified}} <so>.", NAMES)
    inner, outer = page.said[0], page.said[-1]
    content = (Span(page.article.text.index("“"), page.article.text.index("”")),)
    outer = replace(outer, statement=replace(outer.statement, content=content))
    return replace(page, said=(replace(inner, inside=1, held=replace(inner.held, quoted=True)), outer))


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("The mayor never knew.\n\n[She] {said} <so>", ["Ada Lane"]),
        ("Ada Lane was late.\n\n[She] {said} <so>", ["Ada Lane"]),
        ("The mayor never knew.\n\n[He] {said} <so>", []),
        ("The boats were late.\n\n[She] {said} <so>", []),
    ],
)
def test_the_subject_within_a_quotation(marked: str, names: list[str]) -> None:
    page = within("Mayor Mrs Ada Lane left.", marked)
    assert named(page, subject_within(page, 0)) == names


def test_a_participle_goes_with_the_verb_before() -> None:
    page = page_of("<It was late>, [she] {said}.\n\n{adding} <that it rained>.", NAMES)
    said = page.said
    one = replace(page, said=(said[0], replace(said[1], held=replace(said[1].held, sentence=said[0].held.sentence))))
    gap = Span(said[0].statement.cue[0].end, said[1].statement.cue[0].start)
    text = page.article.text
    joined = text[: gap.start] + ", ".ljust(len(gap)) + text[gap.end :]
    one = replace(one, article=replace(page.article, text=joined.replace(",  ", ", ")))
    assert participle_of(page, 1) is None
    assert participle_of(one, 1) in (None, 0)


def test_one_source_has_one_speaker() -> None:
    page = page_of("Ada Lane met Oto Brandt.\n\n<It was late>, [he] {said}.\n\n<It rained>, [he] {added}.", NAMES)
    shared = page.said[0]
    second = replace(
        page.said[1], statement=replace(page.said[1].statement, source=shared.statement.source), pronoun="who"
    )
    page = replace(page, said=(replace(shared, pronoun="who"), second))
    lane, brandt = (next(n for n, t in enumerate(page.things) if t.name == name) for name in ("Ada Lane", "Oto Brandt"))
    given = [
        Answer((brandt,), False, (2.0, 0.7, 0.0, 1.0, 0.0, 0.0)),
        Answer((lane,), False, (1.0, 0.4, 0.0, 1.0, 0.0, 0.0)),
    ]
    assert [a.things for a in by_wording(page, given, lambda number, none: given[number])] == [(brandt,), (brandt,)]


@pytest.mark.parametrize(
    ("told", "opening", "noun"),
    [
        ("the captain had locked it", "[He] {told} us <so>", "captain"),
        ("that her former husband was late", "[He] {said} <so>", "husband"),
        ("it had been locked", "[He] {told} us <so>", None),
        ("the captain had locked it", "It was late. [He] {told} us <so>", None),
    ],
)
def test_whom_the_sentence_before_a_quotation_tells_of(told: str, opening: str, noun: str | None) -> None:
    page = page_of(f"[Survivors] {{said}} <{told}>.\n\n“{opening},”\n\n[Ada Lane] {{added}} <it>.", NAMES)
    first, inner, outer = page.said
    text, before = page.article.text, first.held
    content = (Span(text.index("“"), text.index("”")),)
    outer = replace(outer, statement=replace(outer.statement, content=content))
    held = replace(inner.held, quoted=True, paragraph=before.paragraph, sentence=before.sentence + 1)
    page = replace(page, said=(first, replace(inner, inside=2, held=held), outer))
    assert told_of(page, 1) == noun


@pytest.mark.parametrize(
    ("marked", "anothers"),
    [
        ("<Two ships sank>, [he] {told} crews at the port, {warning} <it rained>.", False),
        ("Ada Lane slept. Two ships sank at the port, {warning} <it rained>.", True),
    ],
)
def test_a_participle_is_nobodys_anew_where_its_sentence_has_who_tells_it(marked: str, anothers: bool) -> None:
    page = page_of(marked, NAMES)
    page = replace(page, said=(*page.said[:-1], replace(page.said[-1], source=None)))
    assert is_anothers_participle(page, len(page.said) - 1, (0,)) is anothers
