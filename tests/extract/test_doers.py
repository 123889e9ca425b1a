"""Who did it, and to whom: sentences as newspapers write them, of two sides and of others."""

import pytest
from tests.extract.acting import cast_of, doers

from onrecord.codebook.doers import doer_weights
from onrecord.extract.acting import AskedEvent, Course
from onrecord.extract.doers import doers_of
from onrecord.records import Span, Speaker, Statement

TWO = "{c:Norvia} and {c:Sarland} are at odds. {c:Norvia} closed the strait. {c:Sarland} protested. "


@pytest.mark.parametrize(
    ("source", "type_", "expected"),
    [
        (TWO + "{c:Norvia} [[shelled]] a {c:Sarland} post.", "ASSAULT", ("Norvia", "Sarland")),
        (TWO + "A {c:Sarland} post was [[shelled]] by {c:Norvia}.", "ASSAULT", ("Norvia", "Sarland")),
        (TWO + "{c:Norvia} [[expelled]] two {c:Sarland} diplomats.", "SANCTION", ("Norvia", "Sarland")),
        (TWO + "{c:Norvia} [[put its fleet on alert]].", "MOBILIZE", ("Norvia", None)),
        (TWO + "{c:Norvia} [[shelled]] the barracks.", "ASSAULT", ("Norvia", "Sarland")),
        (TWO + "{c:Norvia} accused {c:Sarland} of [[shelling]] a {c:Norvia} post.", "ASSAULT", ("Sarland", "Norvia")),
        (TWO + "The firm was accused by {p:Ada Lane} of [[poisoning]] the well.", "ASSAULT", (None, None)),
        (TWO + "{c:Norvia} accuses the army of {c:Sarland} of [[shelling]] a post.", "ASSAULT", ("Sarland", "Norvia")),
        (TWO + "{c:Sarland} blamed {c:Norvia} for the [[attack]].", "ASSAULT", ("Norvia", "Sarland")),
        ("The [[invasion]] of the valley by {c:Norvia} began in May.", "ASSAULT", ("Norvia", None)),
        (
            TWO + "The [[shelling]] of the {c:Sarland} port by the {c:Norvian} fleet went on.",
            "ASSAULT",
            ("Norvia", "Sarland"),
        ),
        ("The captain, {p:Ada Lane}, was held in {l:Harrow} and [[charged]] with fraud.", "ACCUSE", (None, "Ada Lane")),
        (
            "{p:Ada Lane}, a {c:Norvian} clerk whose men fled, was held and [[charged]] with fraud.",
            "ACCUSE",
            (None, "Ada Lane"),
        ),
        ("{p:Ada Lane} is mayor. The mayor of {l:Harrow}, {p:Ada Lane}, [[resigned]].", "CONCEDE", ("Ada Lane", None)),
        ("The mayor of {l:Harrow}, {p:Ada Lane}, [[resigned]] on Monday.", "RETREAT", ("Ada Lane", None)),
        ("The {c:Norvian} retailer {o:Lindal} [[suspended]] its orders.", "SANCTION", ("Lindal", None)),
        (
            TWO + "The boat was also [[hit]] with water cannon by two {c:Norvian} ships.",
            "ASSAULT",
            ("Norvia", "Sarland"),
        ),
        (
            "{p:Tam Redfern} [[telephoned]] Prime Minister {p:Ada Lane} on Monday.",
            "CONSULT",
            ("Tam Redfern", "Ada Lane"),
        ),
        ("{o:Lane Bank} [[sued]] {o:Harrow Steel} on Monday.", "ACCUSE", ("Lane Bank", "Harrow Steel")),
        ("{o:Lane Bank} [[sued]] two directors of {o:Harrow Steel}.", "ACCUSE", ("Lane Bank", None)),
        ("The police [[detained]] the former owner of {o:Harrow Steel}.", "COERCE", ("The police", None)),
        ("{c:Norvia} [[barred]] nine {c:Sarland} judges from entry.", "SANCTION", ("Norvia", "Sarland")),
        ("{c:Norvia} [[froze]] the accounts of 19 {c:Sarland} officers.", "SANCTION", ("Norvia", "Sarland")),
        ("{c:Norvia} [[cut]] 3 million crowns in aid to the {c:Sarland} police.", "SANCTION", ("Norvia", "Sarland")),
        ("{c:Norvia} [[freed]] two captured {c:Sarland} airmen.", "CONCEDE", ("Norvia", "Sarland")),
        ("{c:Norvia} [[detained]] dozens of {c:Sarland} fishermen.", "COERCE", ("Norvia", "Sarland")),
        ("{c:Norvia} [[freed]] two {c:Norvia} pilots.", "CONCEDE", ("Norvia", None)),
        ("{c:Norvia} [[jailed]] nine {c:Sarland} rebels.", "COERCE", ("Norvia", "Sarland rebels")),
        ("{c:Norvia} [[detained]] nine {c:Sarland} officers.", "COERCE", ("Norvia", "Sarland")),
        ("{c:Sarland}'s ambassador was [[called in]].", "REQUEST", (None, "Sarland")),
        ("Three {c:Sarland} airmen [[went on trial]] on Monday.", "ACCUSE", (None, "Sarland")),
        ("{o:Harrow League} [[met]] on Friday at {c:Sarland}'s request.", "CONSULT", ("Harrow League", None)),
    ],
)
def test_narration(source, type_, expected):
    assert doers(source, type_) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The police came to {l:Harrow}. Officers [[arrested]] {p:Tam Redfern}.", "The police"),
        ("Harrow Police are calm. Officers [[arrested]] {p:Tam Redfern}.", "Police"),
        ("The police came to {l:Harrow}. Army officers [[arrested]] {p:Tam Redfern}.", "Army"),
        ("{c:Norvia} wrote to {c:Sarland}. {c:Norvian} police slept. Police [[arrested]] {p:Tam Redfern}.", "Police"),
        (
            "{c:Norvia} wrote to {c:Sarland}. {c:Norvian} police slept. The police [[arrested]] {p:Tam Redfern}.",
            "Norvian police",
        ),
        ("The {o:Sejm} met in {l:Harrow}. Lawmakers [[arrested]] {p:Tam Redfern}.", "Sejm"),
        ("The {o:Calder Parliament} met. Lawmakers [[impeached]] {p:Tam Redfern}.", "Calder Parliament"),
        ("{c:Norvia} closed its border. The army [[seized]] a ferry.", "Norvia"),
        ("{c:Norvia} wrote to {c:Sarland}. The army [[seized]] a ferry.", "The army"),
    ],
)
def test_who_is_meant_by_a_body_without_a_name(source, expected):
    assert doers(source, "COERCE")[0][0] == expected


def test_two_that_meet_do_so_with_each_other():
    assert doers("{c:Norvia} and {c:Sarland} [[met]] on Monday.", "CONSULT") == [("Norvia", "Sarland")]


@pytest.mark.parametrize(
    ("source", "type_", "expected"),
    [
        ("{c:Norvia}, {c:Sarland} and {c:Calder} [[signed]] it.", "AGREE", [("Norvia", "Sarland")]),
        (
            "{c:Norvia}, {c:Sarland} and {c:Calder} [[left]] it.",
            "RETREAT",
            [(n, None) for n in ("Norvia", "Sarland", "Calder")],
        ),
        (TWO + "The frigate {o:Gull} and a {c:Sarland} cutter [[exchanged fire]].", "ASSAULT", [("Norvia", "Sarland")]),
    ],
)
def test_three_that_act_together_and_a_ship_of_the_other_side(source, type_, expected):
    assert doers(source, type_) == expected


@pytest.mark.parametrize(
    ("source", "type_", "expected"),
    [
        ("{p:Ada Lane} and {p:Oto Brandt} were [[arrested]].", "COERCE", [(None, "Ada Lane"), (None, "Oto Brandt")]),
        (
            "{p:Ada Lane} and skipper {p:Oto Brandt} were [[fined]].",
            "SANCTION",
            [(None, "Ada Lane"), (None, "Oto Brandt")],
        ),
        ("{p:Ada Lane}, the wife of {p:Oto Brandt}, was [[arrested]].", "COERCE", [(None, "Ada Lane")]),
        (
            "{p:Ada Lane} and {p:Oto Brandt} [[met]] {p:Ula Ferrin}.",
            "CONSULT",
            [(n, "Ula Ferrin") for n in ("Ada Lane", "Oto Brandt")],
        ),
        ("{p:Ada Lane} and {p:Oto Brandt} [[met]] on Monday.", "CONSULT", [("Ada Lane", "Oto Brandt")]),
    ],
)
def test_both_of_a_subject_take_part(source, type_, expected):
    assert doers(source, type_) == expected


@pytest.mark.parametrize("office", ["The president", "The President"])
def test_an_office_alone_is_its_holder_and_not_his_spokesman(office):
    told = f"President {{p:Ada Lane}} slept. The secretary of the president, {{p:Oto Brandt}}, woke. {office} [[sued]] "
    told += "{o:Lane Bank}."
    assert doers(told, "ACCUSE") == [("Ada Lane", "Lane Bank")]


def test_two_that_do_the_same_to_a_third_do_it_each():
    found = doers("{c:Norvia} and {c:Calder} [[expelled]] diplomats from {c:Sarland}.", "SANCTION")
    assert [actor for actor, _ in found] == ["Norvia", "Calder"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("We [[fired]] back", ("Norvia", "Sarland")), ("They [[fired]] on the camp", ("Sarland", "Norvia"))],
)
def test_we_are_the_speakers_side_and_they_the_other(words, expected):
    source = TWO + f"“{words},” {{c:Norvia}} said."
    told = words.replace("[[", "").replace("]]", "")
    assert doers(source, "ASSAULT", told=told, by="Norvia") == [expected]


def test_speakers_of_both_sides_have_no_side():
    source = TWO + "“They [[fired]] on the camp,” {c:Norvia} and {c:Sarland} said."
    for by in (("Norvia", "Sarland"), ("Sarland", "Norvia")):
        ((actor, _),) = doers(source, "ASSAULT", told="They fired on the camp", by=by)
        assert actor is None


def test_nobody_is_the_other_side_of_one():
    assert doers("{c:Norvia} is large. {c:Norvia} [[shelled]] the barracks.", "ASSAULT") == [("Norvia", None)]


@pytest.mark.parametrize(
    ("source", "type_", "expected"),
    [
        ("{p:Tam Redfern}, 41, was [[arrested]] in {l:Oldmoor} on Monday.", "COERCE", (None, "Tam Redfern")),
        ("The clerk, {p:Tam Redfern}, was [[attacked]] outside his home.", "ASSAULT", (None, "Tam Redfern")),
        (
            "{p:Tam Redfern} was [[arrested]] at his mill by {o:Harrow Guards}.",
            "COERCE",
            ("Harrow Guards", "Tam Redfern"),
        ),
        ("Two reporters were [[detained]] in {l:Oldmoor}.", "COERCE", (None, None)),
    ],
)
def test_the_subject_of_a_passive_undergoes_it(source, type_, expected):
    assert doers(source, type_) == [expected]


@pytest.mark.parametrize(
    ("source", "by", "type_", "expected"),
    [
        ("A bomb [[exploded]] at a market in {l:Oldmoor}, the {o:Guards} said.", "Guards", "ASSAULT", (None, None)),
        ("A man [[killed]] two {c:Norvia} sailors in {l:Oldmoor}, the {o:Guards} said.", "Guards", "ASSAULT", (None, "Norvia")),
    ],
)  # fmt: skip
def test_who_only_tells_of_it_has_no_part_in_it(source, by, type_, expected):
    told = source[: source.index(", the")]
    for mark in ("[[", "]]", "{l:", "{c:", "}"):
        told = told.replace(mark, "")
    assert doers(source, type_, told=told, by=by) == [expected]


def test_the_object_of_an_active_verb_did_not_do_it():
    assert doers("A gunman [[killed]] nine {c:Norvia} soldiers in {l:Oldmoor}.", "ASSAULT") == [(None, "Norvia")]


@pytest.mark.parametrize(
    ("source", "type_", "expected"),
    [
        ("{c:Norvia} jets [[bombed]] radars along {c:Sarland}'s coast.", "ASSAULT", ("Norvia", "Sarland")),
        ("{c:Ukraine} mourned. {c:Norvia} jets [[bombed]] a market in {l:Kharkiv}.", "ASSAULT", ("Norvia", "Ukraine")),
        ("{c:Ukraine} mourned. {c:Ukraine} troops [[raided]] a flat in {l:Kharkiv}.", "COERCE", ("Ukraine", None)),
        (TWO + "The {o:Tide Council} sat. Members [[threw out]] the plan.", "REJECT", ("Tide Council", None)),
        (TWO + "The {o:Tide Council} sat. {c:Norvia} [[voted against]].", "REJECT", ("Norvia", "Tide Council")),
        ("{c:Dutch} police [[raided]] a flat in {l:Rotterdam}.", "COERCE", ("Dutch police", None)),
        (
            TWO + "A {c:Sarland} cutter sailed. The cutter {l:Heron} [[fired]] at a {c:Norvia} ferry.",
            "ASSAULT",
            ("Sarland", "Norvia"),
        ),
        ("{c:Norvia} [[met]] for an hour and turned down a {c:Sarland} plan.", "CONSULT", ("Norvia", None)),
    ],
)
def test_whose_is_what_is_done_something_to(source, type_, expected):
    assert doers(source, type_) == [expected]


@pytest.mark.parametrize(
    ("source", "type_", "expected"),
    [
        ("{p:Hal Brook}, whose son {p:Tim}, 14, was hurt, [[is suing]].", "ACCUSE", ("Hal Brook", None)),
        ("{p:Hal Brook}, whose son {p:Tim} was hurt, [[sued]] {o:Lane Bank}.", "ACCUSE", ("Hal Brook", "Lane Bank")),
        (
            "{p:Hal Brook} met {p:Tim Stone}. {p:Hal Brook}, who [[voted against]], blamed {p:Tim Stone}.",
            "REJECT",
            ("Hal Brook", None),
        ),
        ("{o:Lane Bank} said in a complaint [[filed]] on Monday that it was robbed.", "ACCUSE", (None, None)),
        ("A suit was [[filed]] against {o:Lane Bank}.", "ACCUSE", (None, "Lane Bank")),
        ("Vandals [[slashed]] {p:Rosa Beck}'s tyres.", "ASSAULT", (None, "Rosa Beck")),
        ("A gunman [[shot dead]] farmer {p:Ole Vik}.", "ASSAULT", (None, "Ole Vik")),
        ("Youths [[pelted]] Mayor {p:Rosa Beck} with eggs.", "ASSAULT", (None, "Rosa Beck")),
        (
            "{c:Norvia} won. Government jets [[struck]] a market in {l:Corran}, {c:Sarland}, today.",
            "ASSAULT",
            ("Norvia", "Sarland"),
        ),
        (
            "{l:CORRAN}, {c:Sarland}, fell.\n\nGovernment jets [[struck]] a market in {l:Corran}.",
            "ASSAULT",
            ("Government", None),
        ),
    ],
)
def test_what_grammar_tells_of_the_parties(source, type_, expected):
    assert doers(source, type_) == [expected]


def answers(source: str, first: str, types: tuple[str, str]) -> list[tuple[str | None, str | None]]:
    """Names of the parties of an event told by `first`, and then of the one that is marked."""
    cast, second, text = cast_of(source)
    start, course = text.index(first), Course()
    triggers = (Span(start, start + len(first)), second)
    asked = [AskedEvent(trigger, type_, None, ()) for trigger, type_ in zip(triggers, types, strict=True)]
    pairs = [doers_of(cast, one, doer_weights(), course)[0] for one in asked]
    return [tuple(p and cast.stage.players[p].name for p in pair) for pair in pairs]  # type: ignore[misc]


def test_two_verbs_of_one_subject_have_one_actor():
    source = "The police slept. Earlier, demonstrators stormed the hall and [[set fire]] to a desk."
    assert [who for who, _ in answers(source, "stormed", ("ASSAULT", "ASSAULT"))] == ["demonstrators", "demonstrators"]


def test_who_was_jailed_is_whoever_is_named_before_who():
    source = TWO + "They held nine, among them {p:Ada Lane}, who was [[jailed]] for a year."
    assert doers(source, "COERCE")[0][1] == "Ada Lane"


def test_of_two_counted_the_second_undergoes_the_same():
    for source in (
        "Nine police were hurt, and 40 marchers [[arrested]].",
        "Nine were hurt and 40 marchers [[arrested]].",
    ):
        assert doers("{c:Norvia} slept. " + source, "COERCE")[0][0] is None


def test_its_crew_is_of_what_was_seized():
    source = TWO + "{c:Norvia} seized a {c:Calder} boat and [[held]] its crew."
    assert answers(source, "seized", ("COERCE", "COERCE")) == [("Norvia", "Calder")] * 2


def test_what_a_third_tells_of_is_not_done_to_the_other_side():
    source = TWO + "{c:Calder} said nine men had been [[detained]] by {c:Norvia}."
    told = "nine men had been detained by Norvia"
    assert doers(source, "COERCE", told=told, by="Calder")[0] != ("Norvia", "Sarland")


def test_after_and_another_country_has_a_verb_of_its_own():
    source = "{c:Norvia} closed the pass for six hours and {c:Calder} [[recalled]] its consul."
    assert answers(source, "closed", ("SANCTION", "SANCTION"))[1][0] == "Calder"


def test_two_that_are_named_once_are_no_sides():
    source = "{c:Norvia} jets [[bombed]] a market. {c:Sarland} condemned it."
    assert doers(source, "ASSAULT") == [("Norvia", None)]


def test_it_is_whoever_says_what_it_did():
    source = TWO + "{c:Sarland} slept. {c:Norvia} said it had [[shelled]] the barracks."
    assert doers(source, "ASSAULT", told="it had shelled the barracks", by="Norvia") == [("Norvia", "Sarland")]


@pytest.mark.parametrize(
    ("source", "by", "expected"),
    [
        ("{c:Sarland} wept. The {c:Norvian} army said it had [[shot down]] a jet.", "The Norvian army", "Norvian"),
        ("The army of {c:Sarland} slept. The Front said it had [[shot down]] a jet.", "The Front", None),
    ],
)
def test_it_is_a_body_that_no_other_name_is_known_of(source, by, expected):
    cast, trigger, _ = cast_of(source)
    text = cast.stage.article.text
    start, said = text.index(by), text.index("it had")
    source_, content = Span(start, start + len(by)), Span(said, len(text) - 1)
    cue = Span(content.start - 5, content.start - 1)
    witness = Statement("s", "indirect", (source_,), (cue,), (content,), Speaker(by), None, 1.0)
    found = doers_of(cast, AskedEvent(trigger, "ASSAULT", witness, ()), doer_weights(), Course())
    who = found[0][0]
    assert (cast.stage.players[who].name if who else None) == expected


def test_its_troops_are_the_country_that_speaks_of_them():
    source = TWO + "{c:Norvia} said nine of its soldiers were [[killed]] by {c:Sarland}."
    told = "nine of its soldiers were killed by Sarland"
    assert doers(source, "ASSAULT", told=told, by="Norvia") == [("Sarland", "Norvia")]


def test_whom_the_article_has_not_named_yet_has_no_part():
    source = "Gunmen [[attacked]] a bank. {c:Norvia} slept. {c:Norvia} wept. {c:Norvia} woke. {c:Norvia} rose."
    assert doers(source, "ASSAULT")[0][1] is None


def test_the_raids_are_those_told_before():
    source = TWO + "{c:Norvia} jets bombed {c:Sarland}. The raids [[hit]] a radar at {l:Oldmoor}."
    assert answers(source, "bombed", ("ASSAULT", "ASSAULT")) == [("Norvia", "Sarland")] * 2
