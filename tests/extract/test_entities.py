"""From mentions to entities: who is one person, which body is which, names as printed."""

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.extract.naming import grouped, marked, methods, read

from onrecord.extract import build_entities
from onrecord.records import Span


@pytest.mark.parametrize(
    "source",
    [
        "{p:Ann Lane} spoke. Later {p:Lane} left.",
        "{p:Lane} spoke before {p:Ann Lane} left.",
        "{p:Ann Lane} spoke. {p:Ann} was tired.",
        "{p:Ann E. Lane} spoke. {p:Ann Lane} left.",
        "{p:A. Lane} spoke. {p:Ann Lane} left.",
        "{p:Ann Lane}, mayor. {p:Mayor Lane} left.",
        "{p:Mrs. Lane} left. {p:Ann Lane} stayed.",
        "{p:Ann Lane} spoke. It was {p:Lane's} day, {p:Lane’s} alone.",
        "{p:Michael A. (Mike) Brun} spoke. {p:Mike Brun} left, then {p:Michael Brun}.",
        "{p:Siv Røndal} spoke. {p:Rondal} left.",
        "{p:Bill de Groot} spoke. {p:De Groot} left with {p:Groot}.",
        "{p:Hassan al-Tirawi} spoke. {p:Tirawi} left.",
        "{p:Pak Sun Il} spoke. {p:Pak} left.",
        "{p:Pak Sun-il} spoke. {p:Pak Sun Il} left.",
        "{p:Anna Wassermann Brun} spoke. {p:Wassermann Brun} left.",
        "{p:Carla Acosta Febra} spoke. {p:Acosta} left.",
        "{p:William Harker} spoke. {p:Bill Harker} left.",
        "{p:Timothy Harker} spoke. {p:Tim Harker} left.",
        "{p:Ann Lane Jr.} spoke. {p:Lane} left.",
        "{p:John Fenwick Karlsen} spoke. {p:JFK} left.",
    ],
)
def test_one_person(source):
    assert len(grouped(source)) == 1


def named_by(source):
    _, _, entities = read(source)
    return [e.name for e in entities]


@pytest.mark.parametrize(
    "source",
    [
        "{p:Ann Harker}, a pilot, has died. {p:Ann Elin Brun} was born in Brell.",
        "{p:Ann Brun-Harker} died on Monday. {p:Ann Elin Brun} was born in Brell in 1931.",
    ],
)
def test_the_dead_keep_their_last_name(source):
    assert named_by(source) in (["Ann Harker"], ["Ann Brun-Harker"])


@pytest.mark.parametrize(
    "source",
    [
        "{p:Ann Harker}, a pilot, has won. {p:Ann Elin Brun} was born in Brell.",
        "{p:Ann Harker} died. {p:Ann Elin Brun} was there.",
        "{p:Ann Harker} died. {p:Ann Voss} wept. {p:Ann Elin Brun} was born in Brell.",
        "{p:Ann Elin Brun} was born in Brell. {p:Ann Harker} has died.",
        "{p:Ann Harker} died. {p:Ola Brun} was born in Brell.",
    ],
)
def test_others_of_a_forename_are_others(source):
    assert len(named_by(source)) == source.count("{p:")


@pytest.mark.parametrize(
    "source",
    [
        "{p:Ann Lane} met {p:Bob Lane}.",
        "{p:Robert Lane} met {p:Robert Lane Jr.} on Monday.",
        "{p:John A. Harker} met {p:John B. Harker}.",
        "{p:Jorund Askeby} met {p:Pelle Askerby}.",
        "{p:Ann Lane} met {p:Ann Brun}.",
        "{p:Ann Lane} met the {p:Lanes}.",
        "{p:Ann Lane} met {p:Land}.",
        "{p:Bernard Lane} spoke. {p:Mrs. Lane} left.",
    ],
)
def test_two_persons(source):
    assert len(grouped(source)) == 2


@pytest.mark.parametrize(
    ("source", "persons"),
    [
        (  # of two surnames the first is used before another who is called so comes in
            "{p:Oto Sarga Febra} was held. They say {p:Sarga} stole. Senator {p:Luc Sarga}, his brother, spoke. {p:Sarga} wept.",
            [("Oto Sarga Febra", "Sarga"), ("Luc Sarga",)],
        ),
        (
            "{p:Oto Sarga Febra} met {p:Ada Sarga}. {p:Sarga Febra} left. {p:Sarga} wept.",
            [("Oto Sarga Febra", "Sarga Febra", "Sarga"), ("Ada Sarga",)],
        ),
        (
            "{p:Oto Sarga Brun} left. {p:Luc Sarga} spoke. {p:Sarga} wept.",
            [("Oto Sarga Brun",), ("Luc Sarga", "Sarga")],
        ),
        (
            "They say {p:Sarga} stole. {p:Oto Sarga Brun} left. {p:Luc Sarga} spoke.",
            [("Luc Sarga", "Sarga"), ("Oto Sarga Brun",)],
        ),
        (
            "{p:F. Scott Brun} met {p:Tim Scott}. {p:Scott Brun} left. {p:Scott} wept.",
            [("F. Scott Brun", "Scott Brun"), ("Tim Scott", "Scott")],
        ),
        ("{p:Oto Vélez Sarga Brun} spoke. {p:Velez Sarga} left.", [("Oto Vélez Sarga Brun", "Velez Sarga")]),
        ("{p:Oto Bill Sarga Brun} spoke. {p:Bill Sarga} left.", [("Oto Bill Sarga Brun",), ("Bill Sarga",)]),
    ],
)
def test_whose_surname(source, persons):
    assert {frozenset(one) for one in grouped(source)} == {frozenset(one) for one in persons}


def test_the_name_is_the_fullest_printed_without_titles():
    assert grouped("{p:President Oduvar} spoke. {p:Hanna Oduvar} left. {p:Oduvar} returned.") == [
        ("Hanna Oduvar", "Oduvar", "Hanna Oduvar", "Oduvar")
    ]


def test_a_sum_of_money_is_nobody():
    assert grouped("{p:Sh2} million went to {p:Ann Lane}, {p:N50} million to her sister.") == [("Ann Lane", "Ann Lane")]
    assert grouped("A {o:Dh40} million gift, {o:QAR3} million of it {p:Ann Lane}'s.") == [("Ann Lane", "Ann Lane")]


def test_no_forename_is_invented():
    _, _, entities = read("{p:Gatling} arrived. {p:Gatling} left.")
    assert [(e.name, e.aliases) for e in entities] == [("Gatling", ())]


def test_a_trimmed_mention_is_another_mention():
    article, mentions = marked("{p:Mr. Lane} spoke.")
    (linked,), _ = build_entities(article, mentions)
    assert linked.span == Span(4, 8)
    assert linked.id != mentions[0].id


class TestBareSurnames:
    def test_they_mean_the_one_whom_the_article_is_about(self):
        source = "{p:Ann Lane} spoke. {p:Lane} left.\n\nHer husband, {p:Bob Lane}, stayed.\n\n{p:Lane} returned."
        assert grouped(source) == [("Ann Lane", "Ann Lane", "Lane", "Lane"), ("Bob Lane", "Bob Lane")]

    def test_a_title_tells_husband_and_wife(self):
        source = "{p:Bob Lane} and his wife, {p:Ann Lane}, came. {p:Mrs. Lane} spoke. {p:Mr. Lane} left."
        assert grouped(source) == [("Bob Lane", "Bob Lane", "Lane"), ("Ann Lane", "Ann Lane", "Lane")]

    def test_a_rank_tells_them_too(self):
        source = "{p:Sen. Kim Lane} met {p:Gov. Pat Lane}. {p:Gov. Lane} spoke."
        assert grouped(source)[1] == ("Pat Lane", "Pat Lane", "Lane")

    def test_in_doubt_they_stay_by_themselves(self):
        source = "{p:Kim Lane} met {p:Pat Lane}. {p:Lane} spoke."
        assert grouped(source)[2] == ("Lane", "Lane")

    def test_before_the_second_is_named_there_is_no_doubt(self):
        source = "{p:Lane} to speak\n\n{p:Kim Lane} met {p:Pat Lane}."
        assert grouped(source)[0] == ("Kim Lane", "Lane", "Kim Lane")


class TestSlips:
    def test_of_a_letter_or_two(self):
        source = "{p:Anatol Serdukin} spoke. {p:Serdukin} met {p:Sredukin}, {p:Serdukni} and {p:Anatol Serdukyn}."
        (person,) = grouped(source)
        assert person[0] == "Anatol Serdukin"
        assert dict(methods(source))["Sredukin"] == "slip"

    def test_short_names_are_other_names(self):
        assert len(grouped("{p:Ann Lane} met {p:Lone}.")) == 2

    def test_the_commonest_spelling_is_the_name(self):
        source = "{p:Oksel Zharev} spoke. {p:Oksel Zhariv} left. {p:Oksel Zhariv} returned."
        assert grouped(source)[0][0] == "Oksel Zhariv"


class TestHeadlines:
    def test_what_capitals_glue_to_a_name_is_cut_off(self):
        source = "{p:Ted Lane Refuses} to Go\n\nThe mayor, {p:Ted Lane}, refuses to go."
        assert grouped(source, headline=True) == [("Ted Lane", "Ted Lane", "Ted Lane")]

    def test_a_name_that_the_body_has_in_parts_stays_whole(self):
        source = "{p:Hilda Lane} Refuses to Go\n\n{p:Hilda} refuses. {p:Lane} stays."
        assert grouped(source, headline=True)[0][0] == "Hilda Lane"

    def test_a_possessive_is_no_identity(self):
        source = "{p:Lane’s Son} Refuses\n\n{p:Ann Lane} refuses."
        assert grouped(source, headline=True) == [("Ann Lane", "Lane", "Ann Lane")]


class TestBodies:
    @pytest.mark.parametrize(
        "source",
        [
            "{o:Harbour Relief Fund} ({o:HRF}) spoke. The {o:HRF} left.",
            "{o:Harbour Relief Fund} spoke. {o:HRF} left.",
            "{o:Citizens for Order and Law at Sea} ({o:COLS}) spoke. {o:COLS} left.",
            "{o:Nordane Pharmaceuticals International} spoke. {o:Nordane} left.",
            "{o:The Port Callis Gazette} spoke. The {o:Gazette} left.",
            "the {o:U.S. Department of Justice} spoke. The {o:Justice Department} left.",
            "the {o:U.S. State Department} spoke. The {o:State Department} left.",
            "the {o:Republican Party} spoke. The {o:GOP} left.",
            "{g:Republicans} spoke. A {g:Republican} left.",
            "{o:Nordane Inc.} spoke. {o:Nordane} left.",
            "the {o:Nordane Institute} spoke. {o:The Nordane Institute} left.",
        ],
    )
    def test_one_body(self, source):
        assert len(grouped(source)) == 1

    @pytest.mark.parametrize(
        "source",
        [
            "{p:Ann Lane} spoke. The {o:Lane campaign} left.",
            "{o:Halyard News} spoke. A {w:Halyard News poll} showed it.",
            "{o:Senate Harbour Committee} spoke. The {o:Senate} left.",
            "{o:Council of Maritime States} met. {o:Council} rose.",
            "{o:Vintholm Gazette} and {o:Callis Gazette}.",
            "{l:Vintholm} slept. The {o:Vintholm Courier} woke.",
        ],
    )
    def test_two_bodies(self, source):
        assert len(grouped(source)) == 2

    def test_the_council_is_the_council_of_something(self):
        assert len(grouped("The {o:Council of Maritime States} met. The {o:Council} rose.")) == 1

    def test_a_short_form_that_fits_two_is_neither(self):
        source = "{o:Vintholm Gazette} and {o:Callis Gazette} wrote. The {o:Gazette} erred."
        assert grouped(source)[2] == ("Gazette", "Gazette")

    def test_letters_in_brackets_right_behind_a_body_are_its_own(self):
        assert len(grouped("The {o:Electoral Commission of Norland} ({o:IEC}) met. {o:IEC} staff left.")) == 1
        assert len(grouped("The {o:Electoral Commission of Norland} ({o:QFA}) met.")) == 2

    def test_an_excellency_is_no_initial(self):
        assert grouped("H.{p:E. Maryam Ansari} spoke. Later {p:E. M. Lane} left.")[0][0] == "Maryam Ansari"

    def test_acronyms_are_linked_as_such(self):
        assert methods("{o:Harbour Relief Fund} spoke. {o:HRF} left.")[1] == ("HRF", "acronym")

    def test_a_bodys_country(self):
        _, _, entities = read("the {o:U.S. Department of Justice}, the {o:White House} and the {o:Kremlin}")
        assert [(e.kind, e.country) for e in entities] == [
            ("organization", "USA"),
            ("organization", "USA"),
            ("organization", "RUS"),
        ]


def test_the_same_words_are_one_kind_of_thing():
    source = "{p:Lane} spoke. {p:Lane} left. {o:Lane} returned. {p:Lane} slept."
    _, mentions, entities = read(source)
    assert [e.kind for e in entities] == ["person"]
    assert [m.kind for m in mentions] == ["person", "person", "organization", "person"]


def test_dates_and_numbers_mean_no_entity():
    _, mentions, entities = read("{d:Monday}: {n:40} people saw {p:Ann Lane}.")
    assert [m.entity is None for m in mentions] == [True, True, False]
    assert len(entities) == 1


def test_a_name_over_a_line_break_is_kept_as_printed():
    assert grouped("{p:Ann\nLane} spoke.") == [("Ann\nLane", "Ann\nLane")]
    assert grouped("{p:Ann\nLane} met {p:Ann Lane}.")[0][0] == "Ann Lane"


def test_no_mentions_no_entities():
    article, _ = marked("Nobody spoke.")
    assert build_entities(article, []) == ((), ())


# Properties: any mentions over a small stock of words that are hard to tell apart.

WORDS = [
    "Ann",
    "Bob",
    "Lane",
    "Lanes",
    "Laine",
    "Serdukin",
    "Sredukin",
    "Mr.",
    "Mrs.",
    "President",
    "Jr.",
    "de",
    "A.",
    "Fund",
    "HRF",
]
WORDS += [
    "Russia",
    "Russian",
    "US",
    "Velmark",
    "Velmarkish",
    "Moscow",
    "the",
    "of",
    "’s",
    "Harbour",
    "Relief",
    "-",
    "Ø",
    "1",
]
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
sources = st.lists(st.tuples(st.sampled_from("polcgwdn"), names), max_size=14).map(
    lambda found: " spoke.\n\n".join(f"{{{kind}:{name}}}" for kind, name in found)
)


def _is_small(article, mention) -> bool:
    name = mention.span.of(article.text)
    return name.isalpha() and name.islower()


@given(sources)
def test_every_mention_has_its_entity_and_every_name_is_printed(source):
    article, mentions = marked(source)
    linked, entities = build_entities(article, mentions)
    ids = [e.id for e in entities]
    assert len(set(ids)) == len(ids)
    mentions = [m for m in mentions if m.kind in ("person", "group", "date", "number") or not _is_small(article, m)]
    assert len(linked) == len(mentions)
    assert {m.entity for m in linked} - {None} == set(ids)
    for mention, given_ in zip(linked, mentions, strict=True):
        assert (mention.entity is None) == (mention.method is None)
        assert given_.span.holds(mention.span)
        assert mention.kind not in ("date", "number") or mention.entity is None
    for entity in entities:
        printed = [m.span.of(article.text) for m in linked if m.entity == entity.id]
        assert entity.name in printed
        assert set(entity.aliases) | {entity.name} == set(printed)
        assert entity.name not in entity.aliases
        assert all(role.span.of(article.text).strip() for role in entity.roles)
    first = {e.id: min(m.span.start for m in linked if m.entity == e.id) for e in entities}
    assert ids == sorted(ids, key=lambda id_: first[id_])


@given(sources, st.randoms(use_true_random=False))
def test_the_order_of_the_mentions_given_is_nothing(source, dice):
    article, mentions = marked(source)
    shuffled = list(mentions)
    dice.shuffle(shuffled)
    assert build_entities(article, shuffled) == build_entities(article, mentions) == build_entities(article, mentions)


@given(sources)
def test_entities_never_cross_an_article(source):
    one, other = read(source, id_="art-1"), read(source, id_="art-2")
    assert {e.id for e in one[2]}.isdisjoint(e.id for e in other[2])


def _many(count: int, kind: str) -> str:
    dice = random.Random(7)
    syllables = ["ba", "ke", "ri", "to", "mu", "la", "sen", "dor", "vik", "han"]
    made = ["".join(dice.choices(syllables, k=4)).title() for _ in range(2 * count)]
    return " spoke.\n\n".join(f"{{{kind}:{a} {b}}}" for a, b in zip(made[::2], made[1::2], strict=True))


@pytest.mark.parametrize(
    "source",
    [
        _many(2000, "p"),
        _many(2000, "o"),
        _many(2000, "c"),
        " and ".join(f"{{p:Ann{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n} Lane}}" for n in range(2000))
        + " {p:Lane}" * 2000,
        " spoke. ".join(["{p:Ann Lane}"] * 20_000),
        " spoke. ".join(["{p:Ann Lane}"] + ["{p:Lane}"] * 20_000),
        " and ".join(f"{{p:Serdukin{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}}}" for n in range(676)),
        " and ".join(f"{{c:Velmark{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}an}}" for n in range(676)),
    ],
    ids=["persons", "bodies", "countries", "one-surname", "one-name", "one-bare-name", "near-names", "near-countries"],
)
def test_many_names_take_no_time(source):
    article, mentions = marked(source)
    started = time.process_time()
    build_entities(article, mentions)
    assert time.process_time() - started < 4


def test_all_in_capitals():
    source = re.sub(
        r"(?<=:)[^}]*",
        lambda m: m[0].upper(),
        "{p:Ann Lane} OF {c:Russia} SPOKE. {p:Lane} LEFT {c:RUSSIAN} {l:Moscow}.",
    )
    assert grouped(source) == [
        ("ANN LANE", "ANN LANE", "LANE"),
        ("RUSSIA", "RUSSIA", "RUSSIAN"),
        ("MOSCOW", "MOSCOW"),
    ]
