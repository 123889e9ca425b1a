"""What the speaker head is asked: who may be meant, what is told of each, the same every time, and not too many."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scripted import page_of

from onrecord.extract.asking import (
    AUTHOR,
    COMING,
    COMMONEST,
    FEATURES,
    MOST,
    NEAREST,
    NOBODY,
    Asker,
)
from onrecord.extract.page import Occurrence, Page, PageStatement, Thing
from onrecord.records import Article, Span, Speaker, Statement

WIDTH = 4
FEW = settings(max_examples=40)  # pages take longer to draw than to ask


def told(page: Page, statement: int, name: str | int) -> dict[str, float]:
    """The features of one candidate of a statement that are not nought, by name."""
    questions, answers = Asker(page).questions()
    wanted = name if isinstance(name, int) else next(n for n, t in enumerate(page.things) if t.name == name)
    row = int(np.flatnonzero(questions.of == statement)[0]) + answers[statement].index(wanted)
    return {FEATURES[k]: round(float(questions.features[row, k]), 4) for k in np.flatnonzero(questions.features[row])}


# ---------------------------------------------------------------- what is told


NAMES = {"person": ["Mary Lane", "Lane", "John Brandt", "Brandt"], "organization": ["Harbour Union"]}
PAGE = """Mary Lane, mayor of Brell, met John Brandt of the Harbour Union on Monday.

[Lane] {said} <the harbour was shut>.

[He] {denied} <it>.

“<Never,>” {was the answer}.

[Brandt’s spokesman] {said} <Lane was late>.

[Mary Lane and John Brandt] {agreed} <on it>.

[The mayor] {added} <that was all>."""
LANE, HE, ANSWER, SPOKESMAN, BOTH, MAYOR = range(6)


@pytest.fixture(scope="module")
def page() -> Page:
    return page_of(PAGE, NAMES)


def test_of_the_statement(page: Page) -> None:
    he, answer, first = told(page, HE, NOBODY), told(page, ANSWER, NOBODY), told(page, LANE, NOBODY)
    assert {"asked he", "opens paragraph", "last away", "is nobody"} <= set(he)
    assert {"asked absent", "quoted", "inverted"} <= set(answer)
    assert {"asked named", "first"} <= set(first) and "last away" not in first
    assert "plural" in told(page, BOTH, NOBODY) and "plural" not in he
    assert "is author" in told(page, HE, AUTHOR)


def test_of_the_place_in_the_source(page: Page) -> None:
    lane = told(page, LANE, "Mary Lane")
    assert lane["in source"] == lane["starts source"] == lane["ends source"] == lane["share of source"] == 1
    brandt, own = told(page, SPOKESMAN, "John Brandt"), told(page, SPOKESMAN, "Brandt’s spokesman")
    assert "in source" not in brandt  # he only owns the spokesman
    assert own["own words"] == own["in source"] == own["is phrase"] == 1
    left, right = told(page, BOTH, "Mary Lane"), told(page, BOTH, "John Brandt")
    assert left["joined"] == right["joined"] == left["first in source"] == right["last in source"] == 1
    assert "first in source" not in right and "last in source" not in left


def test_of_apposition_and_prepositions() -> None:
    names = {"person": ["Ann Lane"], "country": ["Ostrania"]}
    page = page_of("[The mayor, Ann Lane,] {said} <so>.\n\n[the envoy of Ostrania] {said} <more>.", names)
    assert told(page, 0, "Ann Lane")["apposed"] == 1
    assert told(page, 1, "Ostrania")["after preposition"] == 1


def test_of_distance_and_rank(page: Page) -> None:
    lane, brandt, union = (told(page, HE, name) for name in ("Mary Lane", "John Brandt", "Harbour Union"))
    assert lane["before"] == brandt["before"] == 1
    assert lane["words before"] > brandt["words before"] and lane["paragraphs before"] == 0.5
    assert lane["rank before"] == 1 and union["rank before"] == 0.5 and brandt["rank before"] == 0.3333
    assert brandt["rank of kind before"] == 0.5 and union["rank of kind before"] == 1
    assert lane["after"] == brandt["after"] == 1 and "after" not in union


def test_of_prominence(page: Page) -> None:
    lane, union = told(page, MAYOR, "Mary Lane"), told(page, MAYOR, "Harbour Union")
    assert lane["count"] > union["count"] and lane["share"] > union["share"] and lane["order"] > union["order"]
    assert lane["in lead"] == union["in lead"] == 1


def test_of_agreement(page: Page) -> None:
    assert told(page, HE, "John Brandt")["agrees"] == 1
    assert told(page, HE, "Mary Lane")["disagrees"] == 1
    assert {"agrees", "disagrees"}.isdisjoint(told(page, LANE, "Mary Lane"))
    many = page_of("Harbour Union members met Ann Lane.\n\n[They] {said} <so>.", {**NAMES, "person": ["Ann Lane"]})
    assert told(many, 0, "Harbour Union")["number agrees"] == 1 and "number agrees" not in told(many, 0, "Ann Lane")


def test_of_likeness(page: Page) -> None:
    assert told(page, SPOKESMAN, "Brandt’s spokesman")["name words"] > 0
    assert told(page, LANE, "Mary Lane")["same head"] == 1
    lane = told(page, MAYOR, "Mary Lane")
    assert lane["role words"] == lane["role head"] == 1


def test_of_who_spoke(page: Page) -> None:
    lane = told(page, HE, "Mary Lane")
    assert lane["last speaker"] == lane["was source before"] == lane["statements since"] == 1
    assert told(page, ANSWER, "Mary Lane")["speaker before last"] == 1
    assert told(page, ANSWER, "Brandt’s spokesman")["next speaker"] == 1
    assert told(page, SPOKESMAN, "Mary Lane")["in content"] == 1


def test_of_quotations_and_sentences() -> None:
    page = page_of(
        "“Ask Ann Lane,” he cried. Oto Brandt and [she] {said} <so>.", {"person": ["Ann Lane", "Oto Brandt"]}
    )
    assert told(page, 0, "Ann Lane")["quoted before"] == 1
    brandt = told(page, 0, "Oto Brandt")
    assert brandt["same sentence before"] == brandt["opens sentence"] == 1
    between = page_of("[She] {told} Ann Lane <it was late>.", {"person": ["Ann Lane"]})
    assert told(between, 0, "Ann Lane")["between"] == told(between, 0, "Ann Lane")["same sentence after"] == 1


def test_a_relative_pronoun_follows_its_noun() -> None:
    page = page_of("They met Ann Lane, [who] {said} <so>.", {"person": ["Ann Lane"]})
    assert told(page, 0, "Ann Lane")["right before"] == 1


# ---------------------------------------------------------------- whoever is named


@st.composite
def pages(draw) -> Page:
    """Pages of numbered words, with things and statements anywhere in them; nothing of them is news."""
    size = draw(st.integers(1, 120))
    text = " ".join(f"w{n % 10}" for n in range(size))
    span = lambda lo, hi: Span(3 * lo, 3 * hi - 1)  # noqa: E731

    def place(lo: int) -> Occurrence:
        return Occurrence(span(lo, lo + 1), lo, lo + 1, lo // 7, lo // 20, lo % 5 == 0)

    words = st.integers(0, size - 1)
    things = []
    for n in range(draw(st.integers(0, 60))):
        at = sorted(draw(st.sets(words, min_size=1, max_size=4)))
        kind = draw(st.sampled_from(["person", "organization", "country", "phrase"]))
        vectors = np.zeros((len(at), WIDTH), np.float32)
        entity = None if kind == "phrase" else f"e{n}"
        named = frozenset({f"w{n % 10}"})
        gender, plural = draw(st.integers(-1, 1)), draw(st.booleans())
        things.append(
            Thing(kind, f"N{n}", entity, tuple(map(place, at)), vectors, gender, plural, named, named, frozenset())
        )
    said = []
    for n, at in enumerate(sorted(draw(st.sets(words, max_size=8)))):
        form = draw(st.sampled_from(["absent", "pronoun", "nominal", "named"]))
        source = span(at, at + 1) if form != "absent" else None
        inner = tuple(k for k, t in enumerate(things) if source and any(source.holds(p.span) for p in t.places))
        content = (span(at + 1, min(at + 4, size)),) if at + 1 < size else ()
        nobody = Speaker(None, reason="unclear")
        statement = Statement(
            f"s{n}", "direct", (source,) if source else (), (span(at, at + 1),), content, nobody, None, 1
        )
        pronoun = draw(st.sampled_from(["he", "she", "they", "it", "one"])) if form == "pronoun" else None
        inside = draw(st.none() | st.integers(0, n - 1)) if n else None
        own = draw(st.none() | st.sampled_from(range(len(things)))) if things and form == "nominal" else None
        vector = np.zeros(WIDTH, np.float32)
        written = ("w0",) if source else ()
        said.append(
            PageStatement(
                statement, form, source, place(at), vector, pronoun, written, inside, own, inner, (), frozenset()
            )
        )
    edges = range(0, size, 7)
    sentences = tuple(span(lo, min(lo + 7, size)) for lo in edges)
    return Page(Article("art-0", text, sentences=sentences), tuple(said), tuple(things), 0)


@FEW
@given(pages())
def test_candidates_are_things_of_the_page_and_no_more_than_most(page: Page) -> None:
    for said in page.said:
        found = Asker(page).candidates(said)
        assert len(found) == len(set(found)) <= MOST
        assert set(found) <= set(range(len(page.things)))


@FEW
@given(pages())
def test_whoever_stands_in_the_source_is_a_candidate(page: Page) -> None:
    for said in page.said:
        own = {*said.inner, *(() if said.own is None else (said.own,))}
        if said.joined or (said.form == "named" and said.own is None):
            named = {*said.joined, *said.inner}  # a name means whom it names
            assert set(Asker(page).candidates(said)) <= named
            assert len(Asker(page).candidates(said)) == min(len(named), MOST)
            continue
        assert own <= set(Asker(page).candidates(said)) or len(own) > MOST


@FEW
@given(pages())
def test_whoever_was_named_before_is_a_candidate_up_to_the_bound(page: Page) -> None:
    """What a learned head chooses cannot be promised; that it could have chosen the last ones named can."""
    for said in page.said:
        own = {*said.inner, *(() if said.own is None else (said.own,))}
        if said.joined or (said.form == "named" and said.own is None):
            named = {*said.joined, *said.inner}  # a name means whom it names
            assert set(Asker(page).candidates(said)) <= named
            assert len(Asker(page).candidates(said)) == min(len(named), MOST)
            continue
        last = {
            n: max(p.lo for p in t.places if p.lo < said.held.lo)
            for n, t in enumerate(page.things)
            if n not in own and any(p.lo < said.held.lo for p in t.places)
        }
        nearest = sorted(last.values(), reverse=True)[:NEAREST]
        room = MOST - len(own)
        must = {n for n, lo in last.items() if nearest and lo > nearest[-1]} if room >= NEAREST else set()
        assert must <= set(Asker(page).candidates(said))
        if len(page.things) <= min(NEAREST, COMMONEST):
            assert set(last) <= set(Asker(page).candidates(said))


@FEW
@given(pages())
def test_the_same_page_gives_the_same_questions(page: Page) -> None:
    one, answers = Asker(page).questions()
    two, again = Asker(replace(page)).questions()
    assert answers == again
    for name in ("asked", "of", "features", "places", "there"):
        assert np.array_equal(getattr(one, name), getattr(two, name))
    assert np.isfinite(one.features).all()
    assert one.of.tolist() == [k for k, own in enumerate(answers) for _ in own]
    assert all(own[-2:] == [NOBODY, AUTHOR] for own in answers)


def test_who_comes_next_is_a_candidate() -> None:
    """The name may come after: "He was tired, said Ann Lane"."""
    page = page_of("[He] {said} <so>.\n\nAnn Lane was there.", {"person": ["Ann Lane"]})
    assert Asker(page).candidates(page.said[0]) == [0]
    assert COMING >= 1


# ---------------------------------------------------------------- how long it takes


@pytest.mark.parametrize("alike", [False, True])
def test_two_thousand_names_and_three_hundred_statements(alike: bool) -> None:
    """Time and room grow with the statements, whether everybody has a name of their own or all share one."""
    firsts = [f"{a}{b}l" for a in "Ab Ced Dro Fen Gri Hol Jun Kar".split() for b in "aeiou"]
    lasts = [f"{a}{b}sk" for a in "Bor Cal Dun Ert Fos Gel Har Ist Jor Kel".split() for b in "aeiou"]
    names = ["Bora Lenk"] * 2000 if alike else [f"{a} {b}" for a in firsts for b in lasts]
    assert len(names) == 2000
    lines = [f"[{names[n]}] {{said}} <item {n} was agreed>." for n in range(0, 2000, 7)]
    lines += ["[He] {said} <so>."] * (300 - len(lines))
    rest = [", ".join(names[n : n + 10]) + " were there." for n in range(0, 2000, 10)]
    page = page_of("\n\n".join([*rest, *lines]), {"person": sorted(set(names))})
    assert len(page.said) == 300
    started = time.process_time()
    _, answers = Asker(page).questions()
    assert time.process_time() - started < 15
    assert max(map(len, answers)) <= MOST + 2
