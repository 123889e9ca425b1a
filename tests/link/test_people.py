"""Persons across articles."""

import pytest
from tests.link.knowing import known, linked, methods, parts

from onrecord.extract.names import person_name
from onrecord.link import block_key
from onrecord.link.people import name_closeness

COMPANY = ("anna lorne", "harbour league")


@pytest.mark.parametrize(
    "names",
    [
        ("Muammar Kadhafi", "Moammar Gaddafi", "Muammar al-Qaddafi", "Gadhafi", "Khadafy"),
        ("Serdyukov", "Serduykov"),
        ("Zharkov", "Jarkov", "Zharykov"),
        ("Siv Rondal", "Siv Røndal"),
        ("Corin Vasselby", "Vassleby"),
        ("Yeltsin", "Eltsin"),
        ("Kim Jong Un", "Kim Jong-un", "Kim"),
        ("Xi Jinping", "Xi"),
        ("Михаил Жарков", "Zharkov"),
    ],
)
def test_spellings_of_one_surname_share_a_block(names):
    assert len({block_key(known(1, name)) for name in names}) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Muammar Kadhafi", "Moammar Gaddafi"),
        ("Oksel Zhariv", "Oksel Jariv"),
        ("Siv Rondal", "Siv Røndal"),
        ("Jaro Minnik", "Jaro Minnick"),
    ],
)
def test_spellings_are_joined_where_the_role_is_the_same(a, b):
    assert len(linked(known(1, a, roles=["foreign minister"]), known(2, b, roles=["Foreign Minister"]))) == 1


def test_spellings_are_not_joined_where_nothing_speaks_for_it():
    assert len(linked(known(1, "Muammar Tavesh"), known(2, "Moammar Tavish"))) == 2


def test_a_near_spelling_of_a_common_surname_is_another_name():
    others = [known(n, f"{first} Larsen") for n, first in enumerate(("Ulla", "Bo", "Finn", "Gerd"), 10)]
    assert ["Erik Larsen 1"] in parts(known(1, "Erik Larsen"), known(2, "Erik Larson"), *others)


def test_one_full_name_is_one_person():
    assert parts(known(1, "Edda Tolvik"), known(2, "Edda Tolvik"), known(3, "EDDA TOLVIK")) == [
        ["EDDA TOLVIK 3", "Edda Tolvik 1", "Edda Tolvik 2"]
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"country": "USA", "roles": ["senator"]}, {"country": "GBR", "roles": ["painter"]}),
        ({"roles": ["striker"]}, {"roles": ["Defence Minister"]}),
        ({"roles": ["fisherman"]}, {"roles": ["health minister"]}),
    ],
)
def test_namesakes_are_kept_apart(a, b):
    assert len(linked(known(1, "Goran Lish", **a), known(2, "Goran Lish", **b))) == 2


def test_a_namesake_without_role_goes_where_his_company_is():
    striker = known(1, "Goran Lish", roles=["striker"], beside=["city rovers", "una dray"])
    minister = known(2, "Goran Lish", roles=["health minister"], beside=COMPANY)
    assert ["Goran Lish 2", "Goran Lish 3"] in parts(striker, minister, known(3, "Goran Lish", beside=COMPANY))
    assert ["Goran Lish 4"] in parts(striker, minister, known(4, "Goran Lish"))


def test_two_persons_of_one_surname_are_kept_apart():
    assert parts(
        known(1, "Ragna Felby", beside=COMPANY), known(1, "Eskil Felby", beside=COMPANY), known(2, "Eskil Felby")
    ) == [
        ["Eskil Felby 1", "Eskil Felby 2"],
        ["Ragna Felby 1"],
    ]


def test_two_ministers_of_one_office_and_surname_are_kept_apart():
    found = parts(
        known(1, "Jon Askeby", roles=["defence minister"], country="NOR"),
        known(2, "Per Askeby", roles=["defence minister"], country="DNK"),
        known(3, "Askeby", roles=["Danish defence minister"], country="DNK"),
    )
    assert found == [["Askeby 3", "Per Askeby 2"], ["Jon Askeby 1"]]


def test_a_bare_surname_needs_something_that_speaks_for_it():
    full = known(1, "Mira Stolven", roles=["Colonel"])
    assert len(linked(full, known(2, "Stolven"))) == 2
    assert len(linked(full, known(2, "Stolven", roles=["Colonel"]))) == 1
    assert len(linked(known(1, "Mira Stolven", beside=COMPANY), known(2, "Stolven", beside=COMPANY))) == 1


def test_a_bare_surname_that_fits_two_stays_alone():
    two = known(1, "Ann Lane", roles=["mayor"]), known(2, "Bo Lane", roles=["mayor"])
    assert ["Lane 3"] in parts(*two, known(3, "Lane", roles=["mayor"]))


def test_a_bare_surname_goes_to_the_bearer_of_its_time():
    old = known(1, "George Bramwell", day="1990-05-01", roles=["president"])
    young = known(2, "Henry Bramwell", day="2004-05-01", roles=["president"])
    assert ["Bramwell 3", "Henry Bramwell 2"] in parts(
        old, young, known(3, "Bramwell", day="2005-01-01", roles=["president"])
    )


def test_short_forenames_and_initials_join_where_only_one_bears_them():
    assert len(linked(known(1, "Timothy Crane"), known(2, "Tim Crane"), known(3, "T. Crane"))) == 1
    assert ["J. Crane 3"] in parts(known(1, "John Crane"), known(2, "James Crane"), known(3, "J. Crane"))


def test_no_chain_leads_past_a_difference():
    names = [known(1, "John Robert Crane"), known(2, "John Crane"), known(3, "John Peter Crane")]
    for identity in linked(*names):
        assert len({m.entity for m in identity.members} & {names[0].id, names[2].id}) < 2


def test_what_one_article_keeps_apart_stays_apart():
    a, b = known(1, "George Bush", beside=COMPANY), known(1, "George W. Bush", beside=COMPANY)
    assert len(linked(a, b)) == 2


def test_a_town_that_is_really_somebody_of_the_article_is_that_person():
    minister = known(1, "Ilka Dravets", roles=["defence minister"])
    assert methods(minister, known(1, "Dravets", "country"))["Dravets 1"] == "other-kind"


def test_a_country_read_as_a_person_once_is_the_country():
    lands = [known(n, "Velmark", "country") for n in (1, 2, 3)]
    assert len(linked(*lands, known(4, "Velmark"))) == 1
    # Somebody's surname is not.
    assert len(linked(*lands, known(4, "Velmark"), known(5, "Una Velmark"))) == 3


def test_an_identity_tells_names_roles_and_days():
    (one,) = linked(
        known(1, "Siv Rondal", day="2025-03-05", roles=["Foreign Minister"], aliases=("Rondal",)),
        known(2, "Siv Røndal", day="2025-03-06", roles=["foreign minister"]),
        known(3, "Siv Rondal", day="2025-03-14", roles=["foreign minister"]),
    )
    assert (one.name, one.aliases, one.kind) == ("Siv Rondal", ("Rondal", "Siv Røndal"), "person")
    (role,) = one.roles
    assert (role.text, role.since, role.until) == ("foreign minister", "2025-03-05", "2025-03-14")


def test_a_man_and_a_woman_of_like_names_are_two():
    assert name_closeness(person_name("Jan Kovar"), person_name("Jana Kovar")) is None
    assert name_closeness(person_name("Mario Dufort"), person_name("Maria Dufort")) is None
    assert name_closeness(person_name("Mohamed Saleh"), person_name("Mohammed Saleh")) is not None


def test_a_bare_surname_is_backed_by_another_surname_of_the_same_story():
    full = known(1, "Martin Grell", beside=["turki sadr", "marib"])
    assert parts(full, known(2, "Grell", beside=["sadr", "riyadh"])) == [["Grell 2", "Martin Grell 1"]]
    assert parts(full, known(2, "Grell", beside=["riyadh"])) == [["Grell 2"], ["Martin Grell 1"]]


def test_bare_surnames_of_two_printings_of_one_dispatch_are_one_person():
    company = ["marib", "riyadh", "sanaa", "sadr", "houthis"]
    assert parts(known(1, "Grell", beside=company), known(2, "Grell", beside=company)) == [["Grell 1", "Grell 2"]]
    other = ["marib", "riyadh", "cairo", "tunis", "amman"]
    assert parts(known(1, "Grell", beside=company), known(2, "Grell", beside=other)) == [["Grell 1"], ["Grell 2"]]


def test_a_vowel_that_the_script_leaves_out_is_no_other_name_where_more_speaks_for_it():
    speaks = {"roles": ["NHF spokesman"], "beside": COMPANY}
    assert parts(known(1, "Yasir al-Kadr", **speaks), known(2, "Yasser al-Kadir", **speaks)) == [
        ["Yasir al-Kadr 1", "Yasser al-Kadir 2"]
    ]
    assert len(parts(known(1, "Ola Horn"), known(2, "Ola Horan"))) == 2


def test_a_forename_with_a_letter_doubled_is_the_same():
    assert len(parts(known(1, "Camillus Ferro"), known(2, "Camilus Ferro"))) == 1
    assert len(parts(known(1, "Maria Ferro"), known(2, "Marie Ferro"))) == 2


def test_a_forename_in_two_languages_is_one():
    speaks = {"roles": ["Velmarkish president"], "beside": COMPANY}
    assert len(parts(known(1, "Volodymyr Ferro", **speaks), known(2, "Vladimir Ferro", **speaks))) == 1


def test_a_player_is_not_the_minister():
    assert len(parts(known(1, "Ola Ferro", roles=["Cork hurler"]), known(2, "Ola Ferro", roles=["Taoiseach"]))) == 2
