from __future__ import annotations

import pytest

from onrecord.query.names import candidates, resolve, speaking
from onrecord.query.who import who
from onrecord.records import UnclearError
from onrecord.store.folding import fold, tokens


@pytest.fixture
def people(world):
    world.identity("Siv Rondal", aliases=["Rondal", "S. Røndal-Åkesson"], roles=[{"text": "foreign minister"}])
    world.identity("Pavle Rondal")
    world.identity("Oksel Zhariv")
    world.identity("Velmark", kind="country", aliases=["Velmarkish"])
    world.identity("Velmark", kind="place")
    return world


def test_folding_leaves_letters_and_digits():
    assert fold("  S. Røndal-Åkesson's ") == "s rondal akesson s"
    assert fold("Łukasz Ðæ") == fold("Lukasz Dae")
    assert [t.word for t in tokens("A_b ÉCOLE 9")] == ["a", "b", "ecole", "9"]


@pytest.mark.parametrize("name", ["Siv Rondal", "siv  RONDAL", "Rondal", "s. røndal åkesson", "S Rondal Akesson"])
def test_a_name_or_alias_means_whoever_bears_it(people, name):
    assert resolve(people.store, name).name == "Siv Rondal"


def test_an_id_or_its_beginning_means_one(people):
    id_ = people.id_of("identities", people.identities["Oksel Zhariv"])
    assert resolve(people.store, id_).name == resolve(people.store, id_[:14]).name == "Oksel Zhariv"


def test_whole_words_of_a_name_are_enough_where_they_fit_one(people):
    assert resolve(people.store, "zhariv").name == "Oksel Zhariv"
    assert resolve(people.store, "Pavle").name == "Pavle Rondal"


def test_several_are_told_and_none_is_taken(people):
    with pytest.raises(UnclearError, match="several are called so") as caught:
        resolve(people.store, "velmark")
    assert caught.value.several
    assert {c.kind for c in caught.value.choices} == {"country", "place"}
    assert all(c.identity in str(caught.value) for c in caught.value.choices)


def test_a_slip_is_answered_with_names_alike_and_not_with_a_guess(people):
    with pytest.raises(UnclearError, match="alike are: Oksel Zhariv") as caught:
        resolve(people.store, "Oksel Zarif")
    assert caught.value.choices[0].name == "Oksel Zhariv"
    assert not caught.value.several


@pytest.mark.parametrize("name", ["", "  ", "%", "_", "'", "Nobody Whatsoever", "idn-00000000", "\x00"])
def test_nobody_is_nobody(people, name):
    with pytest.raises(UnclearError, match="nobody in the record"):
        resolve(people.store, name)


def test_of_several_the_only_one_who_spoke_answers_for_what_was_said(people):
    land = people.identities["Velmark"]
    people.article(("Velmark", "said", "that it would wait"))
    spoke, others = speaking(people.store, "Velmark")
    assert spoke.identity == people.id_of("identities", land)
    assert [o.kind for o in others] == ["country"]


def test_of_one_who_said_nothing_those_who_spoke_and_are_spelt_alike_are_told(people):
    people.identity("Ilya Baranow")
    silent = people.identity("Baranov")
    people.article(("Ilya Baranow", "said", "that it would wait"))
    answer = who(people.store, "Baranov")
    assert answer.who.identity == people.id_of("identities", silent)
    assert (answer.items, [c.name for c in answer.alike]) == ((), ["Ilya Baranow"])
    assert who(people.store, "Ilya Baranow").alike == ()


def test_choices_come_with_their_evidence(people):
    people.article(("Siv Rondal", "said", "yes"), ("Siv Rondal", "said", "no"))
    people.article(("Siv Rondal", "said", "maybe"), published="2024-05-02")
    (choice,) = candidates(people.store, "Siv Rondal")
    assert (choice.statements, choice.articles, choice.roles) == (3, 2, ("foreign minister",))
