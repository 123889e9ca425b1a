"""Figures: what counts, of what, and whose figure it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.figures import figures_of
from onrecord.records import NARRATION, Article, Dateline, Published, Span, Speaker, Statement, When


def article(text, **options):
    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"(?:.|\n(?!\n))+", text))
    sentences = tuple(
        Span(p.start + m.start(), p.start + m.end())
        for p in paragraphs
        for m in re.finditer(r"\S.*?(?:[.!?][\"”’]?(?=\s|$)|$)", p.of(text), re.DOTALL)
    )
    return Article("art-1", text, paragraphs=paragraphs, sentences=sentences, **options)


def figures(text, **options):
    return [(f.span.of(text), f.what, f.value) for f in figures_of(article(text, **options), (), ())]


PEOPLE = [
    ("A fifth person has died after the slide, the clinic said.", [("killed", 5)]),
    ("A 23rd miner was killed on Friday.", [("killed", 23)]),
    ("A third elderly passenger died of his wounds.", [("killed", 3)]),
    ("Six miners were killed and fourteen are missing.", [("killed", 6), ("missing", 14)]),
    ("Six miners have been killed.", [("killed", 6)]),
    ("Six dead, fourteen missing after the slide.", [("killed", 6), ("missing", 14)]),
    ("A shell hit the market, killing two traders and wounding five.", [("killed", 2), ("wounded", 5)]),
    ("The blast killed at least 24 people.", [("killed", 24)]),
    ("The raid killed 12 and wounded 30.", [("killed", 12), ("wounded", 30)]),
    ("Eleven people on the upper deck drowned.", [("killed", 11)]),
    ("The death toll rose to 53, the mayor said.", [("killed", 53)]),
    ("The death toll rose from 12 to 19, the mayor said.", [("killed", 12), ("killed", 19)]),
    ("The toll was raised from 12 to 19.", [("killed", 12), ("killed", 19)]),
    ("Each year from 12 to 19 people drown there.", [("other", 12)]),
    ("At least a dozen, but no more than 20, people were hurt.", [("wounded", 12)]),
    ("Nine died; two bodies had been counted twice.", [("killed", 9)]),
    ("Nine died, as clerks had counted two bodies twice.", [("killed", 9)]),
    ("Nine died: three men were wrongly listed.", [("killed", 9)]),
    ("Clerks had mistakenly counted nine bodies at the quay.", [("killed", 9)]),
    ("They raised their count of the dead in the valley to 31 from 17.", [("killed", 31), ("killed", 17)]),
    ("The clinic had confirmed 22 deaths.", [("killed", 22)]),
    ("Divers recovered three bodies.", [("killed", 3)]),
    ("Dead: 136.", [("killed", 136)]),
    ("She put the number of wounded at 43.", [("wounded", 43)]),
    ("Some 3,000 residents fled across the river.", [("displaced", 3000)]),
    ("The storm left 900 families homeless.", [("displaced", 900)]),
    ("Soldiers evacuated 40 islanders.", [("displaced", 40)]),
    ("Police arrested 17 dockers.", [("detained", 17)]),
    ("By midnight 86 were under arrest.", [("detained", 86)]),
    ("Not one of the 31 sailors survived.", [("killed", 31)]),
    ("Four of the nine wounded have since died.", [("killed", 4)]),
    ("Three of the nine wounded are in hospital.", [("wounded", 3)]),
    ("Two sailors remain unaccounted for.", [("missing", 2)]),
    ("There was no evidence of any civilian deaths.", [("killed", 0)]),
    ("No one on the quay was reported hurt.", [("wounded", 0)]),
    ("None of the ferry's crew is now listed as missing.", [("missing", 0)]),
    ("They counted 58 dead, 40 of them in the town.", [("killed", 58), ("killed", 40)]),
    ("Dozens were injured in the crush.", [("wounded", None)]),
    ("Nineteen survivors are in hospital.", [("wounded", 19)]),
    ("A further six were wounded.", [("wounded", 6)]),
    ("Six prisoners were killed in the fire.", [("killed", 6)]),
    ("Eight refugees were detained at the gate.", [("detained", 8)]),
    ("They hold 15 prisoners.", [("detained", 15)]),
    ("Her son was one of 26 pupils killed there.", [("killed", 26)]),
    ("The shooting left four guards dead.", [("killed", 4)]),
    ("Guards turned their guns on the crowd, killing 15.", [("killed", 15)]),
    ("Nine weavers died and eight others were hurt in the blaze.", [("killed", 9), ("wounded", 8)]),
    ("More than 3.1 lakh people were moved to shelters.", [("displaced", 310_000)]),
    ("Crashes on the coast road claimed 417 lives in May.", [("killed", 417)]),
    ("Twelve herders were hacked to death.", [("killed", 12)]),
    ("Seventeen weavers, nearly all of them young, died in the blaze.", [("killed", 17)]),
    ("Four pupils were among the dead.", [("killed", 4)]),
    ("Nine nurses were among those injured.", [("wounded", 9)]),
    ("Some 41 dockers were being treated, 12 of them in critical condition.", [("wounded", 41), ("wounded", 12)]),
    ("The toll rose on Monday to 53 from 41 a day earlier.", [("killed", 53), ("killed", 41)]),
    ("The army killed 40 raiders. The raiders say it lost 25.", [("killed", 40), ("killed", 25)]),
    ("Some 8,000 people fled, of whom around 3,100 sleep in barns.", [("displaced", 8000), ("displaced", 3100)]),
    ("The toll rose to reach 53.", [("killed", 53)]),
    ("She was tried for the massacre of 118 villagers.", [("killed", 118)]),
    ("The panel found that 118 people, 51 of them children, had been killed.", [("killed", 118), ("killed", 51)]),
    ("The mayor said 21 police officers and six marchers were injured.", [("wounded", 21), ("wounded", 6)]),
    ("He said two guards and a driver were shot dead.", [("killed", 2)]),
    ("They killed two men, three women and a boy.", [("killed", 2), ("killed", 3)]),
    ("At least 10 people died, including four children.", [("killed", 10), ("killed", 4)]),
    ("About 64,000 farmers are displaced, down from 1.2 million.", [("displaced", 64_000), ("displaced", 1_200_000)]),
    ("The siege has driven some 12,000 people from their homes.", [("displaced", 12_000)]),
    ("Sixteen riders were taken to hospital.", [("wounded", 16)]),
    ("There were 207 murders in June.", [("killed", 207)]),
    ("Several hundred people were arrested.", [("detained", None)]),
    ("The flood displaced tens of thousands.", [("displaced", None)]),
    ("The war of 2009-2011 killed 8,000 people.", [("killed", 8_000)]),
    ("The death toll is 2,719 and could exceed 3,000.", [("killed", 2_719)]),
    ("The slide may have killed 30 people.", [("killed", 30)]),
    ("Seven of the dead were pupils.", [("killed", 7)]),
    ("They put the number of people killed in Quell at 18, including 5 newborns.", [("killed", 18), ("killed", 5)]),
    ("The number of martyrs of the raid on the mill has risen to 27, the guild announced.", [("killed", 27)]),
    ("She put the number of those known to have drowned at 14.", [("killed", 14)]),
    ("The surgeon said she could confirm 31 deaths.", [("killed", 31)]),
    ("The guild spoke of 26 fatalities.", [("killed", 26)]),
    ("He said 44 pupils, parents and teachers had been injured.", [("wounded", 44)]),
    ("The guild said more than 70 of its members had been rounded up.", [("detained", 70)]),
    ("Police rounded up 35 dockers.", [("detained", 35)]),
    ("He was arrested on Friday along with 12 dockers.", [("detained", 12)]),
    ("She was detained alongside 17 supporters, police said.", [("detained", 17)]),
    ("Villagers buried 31 people on Sunday.", [("killed", 31)]),
    ("Two wounded miners died overnight.", [("killed", 2)]),
    ("The slide killed 12 riders and 40 horses.", [("killed", 12), ("other", 40)]),
    ("Ada said 51 divers were missing, out of a number of people on board of 90.", [("missing", 51), ("other", 90)]),
    ("The clinic treated 12 people for burns.", [("wounded", 12)]),
    ("Eight people were hospitalised after the crash.", [("wounded", 8)]),
    ("He was one of 31 people shot and killed by guards.", [("killed", 31)]),
    ("The flood took the lives of 40 men.", [("killed", 40)]),
    ("No one was hurt the day before.", [("wounded", 0)]),
    ("The slump led to the loss of 4,800 jobs.", [("other", 4800)]),
    ("Eight died and more than 60 had fallen ill, the clinic said.", [("killed", 8), ("other", 60)]),
]


NOT_PEOPLE = [
    "Around 16 villages were evacuated.",
    "Twelve men were sentenced to death.",
    "Up to 900 people would have to be evacuated.",
    "Some 80,000 Salonese had crossed the river.",
    "The nurses' plan saved 400 lives.",
    "Five of the thirteen deaths were there, where one hospital has 30 beds.",
    "The fire killed 40. Complaints have risen to 15,989 since, the mayor's figures show.",
    "On the quay, pupils lit 14 candles for those who drowned.",
    "Fifteen guards rounded up the goats.",
    "Twelve governing bodies backed the plan.",
    "The clerk listed 41 missing documents.",
    "The rebels freed 12 hostages.",
    "All 12 missing children were found alive.",
    "Around 90 patients were in hospital with the fever.",
    "Sixteen of the hostages' families met the mayor.",
    "The club captured 12 titles.",
    "She captured 1,944 delegates.",
    "Twelve riders are in a dead heat.",
    "He wants to detain 12,000 people.",
    "You should round up the 12,000 people.",
    "They traded 12 prisoners for one pilot.",
    "The clerk executed 14 orders.",
    "The army captured 11 tanks.",
    "The clinic treated 340 people for cholera.",
    "Some 40 people were hospitalised with food poisoning.",
    "Twelve robbers fled on mopeds.",
    "Some 900 children are missing out on lessons.",
    "The town has 12 homeless shelters.",
]


@pytest.mark.parametrize("text", NOT_PEOPLE)
def test_what_befell_nobody_is_no_figure_of_it(text):
    assert figures(text)[-1][1] == "other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One barge killed divers.", []),
        ("One diver was killed.", [("killed", 1)]),
        ("One later died.", [("killed", 1)]),
        ("Eleven bodies had been found by noon.", [("killed", 11)]),
        ("Eleven divers had been found by noon.", [("other", 11)]),
    ],
)
def test_who_kills_is_not_counted_and_bodies_that_are_found_are(text, expected):
    assert [(what, value) for _, what, value in figures(text)] == expected


def test_a_hospital_is_none_of_the_dead():
    found = figures("Five of the thirteen deaths were in Quell, where one hospital has 30 beds.")
    assert [value for _, what, value in found if what == "killed"] == [5]


@pytest.mark.parametrize(("text", "expected"), PEOPLE, ids=lambda x: x if isinstance(x, str) else "")
def test_people_are_told_by_the_words_around(text, expected):
    assert [(what, value) for _, what, value in figures(text)] == expected


OTHER = [
    ("The council backed the plan by eight votes to two.", [8]),
    ("The chamber rejected the motion, 61-48.", [61]),
    ("Aircraft flew 38 sorties.", [38]),
    ("A poll found 54 per cent in favour.", [54]),
    ("Sales saw a 10 percent drop.", [10]),
    ("The firm's losses in those years may have let it pay just 12 percent.", [12]),
    ("About 6,000 people marched.", [6000]),
    ("The grid left 640,000 homes dark.", [640_000]),
    ("Some 15,000 marched through the port.", [15_000]),
    ("Police put the crowd at 8,000. Organisers counted 60,000.", [8_000, 60_000]),
    ("Cracks were found in 11 of 240 blades.", [11]),
    ("The bacterium was in four out of sixty tins.", [4]),
    ("The fund lost 97 million, the auditor said.", [97_000_000]),
    ("The toll of the strike is 12 million crowns a day.", [12_000_000]),
    ("Sarland sent a team of 34 with pumps.", [34]),
    ("Some 52 pupils slept there; 31 were led out.", [52, 31]),
    ("They found nineteen of them behind the door.", [19]),
    ("She gave 40 million crowns, of which 12 have come.", [40_000_000, 12]),
]


@pytest.mark.parametrize(("text", "expected"), OTHER)
def test_other_counted_things_are_figures_too(text, expected):
    assert [(what, value) for _, what, value in figures(text)] == [("other", v) for v in expected]


@pytest.mark.parametrize(
    "text",
    [
        "It began at 11.40 p.m. on 4 March 2025.",
        "They met at 17:00 and again at 0640.",
        "A 61-year-old woman, Ada Lorne, 61, won.",
        "A man of 38 won the race.",
        "The train left after 14 hours and ran 60 kilometres.",
        "The 11-member board met in Room 12.",
        "In 1987 the bridge was closed.",
        "The F-16 and the AK-47 are weapons.",
        "One of them smiled.",
        "The two governments have two ways.",
        "One of the dead had a wound.",
        "It opened at 17.30 and closed at 23.05.",
        "In a poll of 1,204 voters she came first.",
        "Two lorries stood on the bridge.",
        "After the 9/11 raids it closed, and the raid killed 9/11 plotters.",
        "It is a Fortune 500 company.",
        "One in five voters agreed, or eight out of 10.",
        "It sells $4 of every $5 worth of tin.",
        "They slapped a 35 percent tariff on tin.",
        "It has a margin of error of 4 percent.",
        "Clerks there earn $12 an hour.",
        "Donors who give $200 or less are few.",
        "She has four children.",
        "A third of people died young.",
        "A second person was seen near the mine.",
        "A fifth person could have died.",
        "The second man died in March.",
        "No one has captured the mood of the town.",
        "She lost one debate.",
        "It hurt one rider.",
        "They put the lives of millions at risk.",
        "It told of one man's lonely death.",
        "After deaths there, the mill closed between 2002 and 2010.",
        "The report on the dead told of thousands of people on the road.",
        "The two women spoke.",
        "He was the one death row inmate.",
        "They have two tapes, one captured by a guard.",
        "Bonds fell to 71 cents.",
        "The dead were named by the port as Emil Harrow, 34, and Janek Wroblin, 51.",
        "The dead are Emil Harrow, 34 and Janek Wroblin, 51; no other is missed.",
    ],
)
def test_dates_ages_times_and_names_are_no_figures(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayor put losses at $3 billion.", 3e9),
        ("The dead man owed Rs 40,000.", 40_000),
        ("Clerks were bribed with Sh2 million each.", 2e6),
        ("It fined the mill N40,500.", 40_500),
        ("The toll road cost N3.1bn.", 3.1e9),
        ("Losses came to Rs. 2 crore.", 2e7),
        ("He was asked about the missing 2.4 million.", 2.4e6),
        ("Profit rose to 412 million pounds.", 412e6),
    ],
)
def test_money_is_a_sum_and_nobody(text, value):
    assert [(what, n) for _, what, n in figures(text)] == [("other", value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Customs men took 31 tonnes of cod and 12 kg of pearls.", [(31, "tonnes"), (12, "kg")]),
        ("They took 12kg of pearls.", [(12, "kg")]),
        ("She put the leak at between 700 and 900 litres.", [(700, "litres")]),
        ("Only some 90 barrels were lost.", [(90, "barrels")]),
        ("The blaze blackened 2,400 hectares of heath.", [(2400, "hectares")]),
        ("The flood tore up 14 kilometres of road.", [(14, "kilometres")]),
        ("Some 300 square miles lie under water.", [(300, "square miles")]),
        ("The well yields 20,000 barrels a day.", []),
        ("They came within 40 miles of Velm.", []),
        ("Two tonnes of sand lay there.", []),
        ("The mast is 40 metres high.", []),
        ("The fever killed nine people and infected 318 in Velm.", [(9, "people"), (318, None)]),
    ],
)
def test_how_much_there_is_of_something_is_a_figure_in_its_measure(text, expected):
    found = figures_of(article(text), (), ())
    assert [(f.value, f.counted.of(text) if f.counted else None) for f in found] == expected


def test_a_road_is_no_money():
    assert figures("It burned on the N2 and the R61.") == []


def test_who_kills_is_not_counted_with_the_killed():
    assert figures("Forty gunmen killed the judge.") == [("Forty", "other", 40)]


def test_a_lone_number_takes_up_what_was_counted():
    text = "The clinic has confirmed 24 deaths. The ministry's count stands at 31."
    assert figures(text) == [("24", "killed", 24), ("31", "killed", 31)]


def test_shares_that_are_captured_are_no_captives():
    assert figures("The north captured 58 percent of the votes.") == [("58", "other", 58)]


def test_schools_that_are_evacuated_are_no_people():
    assert figures("Soldiers evacuated two schools.") == [("two", "other", 2)]


def test_a_few_things_are_figures_where_they_are_lost_or_claimed():
    assert figures("Three jets were shot down.") == [("Three", "other", 3)]
    text = "The pilot said three jets took off."
    assert figures(text) == []
    assert [f.value for f in figures_of(article(text), (_statement(text, "stm-1", "three jets took off"),), ())] == [3]


def test_how_many_speak_is_no_figure():
    text = "Two officials said the dam held."
    said = _said(text, "stm-1", "Two officials", "said", "the dam held")
    assert figures_of(article(text), (said,), ()) == ()


def test_a_few_told_before_are_not_counted_again():
    text = "Six sailors were seized. Relatives of the six sailors wept, and three sailors swam home."
    assert [value for _, _, value in figures(text)] == [6, 3]
    assert [value for _, _, value in figures("Relatives of the six sailors wept.")] == [6]
    assert [value for _, _, value in figures("A slide killed 19 miners. The 19 dead miners were mourned.")] == [19]


def test_a_sum_that_is_a_part_of_another_is_a_sum():
    found = figures("He said they had paid only $61 billion of the $300 billion. The bank puts it at $137 billion.")
    assert [(what, value) for _, what, value in found] == [("other", 61e9), ("other", 300e9), ("other", 137e9)]


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("The mill will pay $250,000.", "$250,000", 250_000, 250_000),
        ("The mill paid about US$40 million.", "about US$40 million", None, None),
        ("The mill paid more than Rs 2 crore.", "more than Rs 2 crore", 2e7, None),
        ("The mill paid €5m to €6m.", "€5m to €6m", 5e6, 6e6),
        ("The mill lost between £4 million and £5 million.", "between £4 million and £5 million", 4e6, 5e6),
        ("The mill had a loss of $916 million.", "$916 million", 916e6, 916e6),
        ("The mill paid 40 million dollars.", "40 million", 4e7, 4e7),
    ],
)
def test_a_sum_keeps_its_coin_and_what_hedges_it(text, words, low, high):
    (figure,) = figures_of(article(text), (), ())
    assert (figure.span.of(text), figure.low, figure.high, figure.what) == (words, low, high, "other")


def test_a_part_belongs_to_whom_its_whole_belongs():
    text = "The island has counted 58 dead, 40 of them in the town."
    found = figures_of(article(text), (_statement(text, "stm-1", "58 dead"),), ())
    assert [(f.value, f.what, f.claimed_by) for f in found] == [(58, "killed", "stm-1"), (40, "killed", "stm-1")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The mill has never acknowledged more than 70 deaths.", None, 70),
        ("The clinic had not confirmed more than 70 deaths.", None, 70),
        ("The mill acknowledged more than 70 deaths.", 70, None),
        ("The mill did not say that more than 70 people died.", 70, None),
    ],
)
def test_what_nobody_owned_to_be_more_is_no_more(text, low, high):
    assert [(f.low, f.high) for f in figures_of(article(text), (), ())] == [(low, high)]


@pytest.mark.parametrize("text", ["He expected the toll to pass 300.", "The toll is likely to climb to 300."])
def test_what_a_count_may_come_to_is_no_count(text):
    assert figures(text) == []


def test_whose_count_it_is_may_be_nobodys_statement():
    text = "Guards killed 16 people by the ministry's count and 43 by that of the union, and fled by car."
    assert [f.claimed_by for f in figures_of(article(text), (), ())] == [None, None]
    assert [f.claimed_by for f in figures_of(article("Guards killed 16 people by the mill's gate."), (), ())] == [
        NARRATION
    ]


def test_a_label_tells_what_those_after_it_count():
    text = "Displaced. The ministry says 14,200. The town hall says 19,000."
    assert [what for _, what, _ in figures(text)] == ["displaced", "displaced"]


@given(st.text(alphabet=st.sampled_from(list("ab 0123456789,.-–:%$'\"")) | st.characters(), max_size=120))
def test_any_text_gives_figures_that_lie_in_it_apart(text):
    found = figures_of(article(text), (), ())
    assert all(f.span.of(text) for f in found)
    assert len({f.id for f in found}) == len(found)


def test_a_headline_is_left_out():
    text = "Six dead in slide\n\nSix miners were killed."
    assert figures(text, headline=Span(0, 17)) == [("Six", "killed", 6)]


def test_a_span_holds_the_hedge_and_the_counted_words_stand_apart():
    text = "A storm killed at least 40 river pilots."
    (figure,) = figures_of(article(text), (), ())
    assert figure.span.of(text) == "at least 40" and figure.counted and figure.counted.of(text) == "river pilots"
    assert (figure.low, figure.high) == (40, None)


def _statement(text, id_, content):
    at = text.index(content)
    return Statement(
        id_, "indirect", (), (Span(0, 1),), (Span(at, at + len(content)),), Speaker(None, "unclear"), None, 1.0
    )


def test_a_figure_is_claimed_by_the_innermost_statement():
    text = "He said that the clinic counted 22 deaths. Five people drowned."
    outer = _statement(text, "stm-1", "that the clinic counted 22 deaths")
    inner = _statement(text, "stm-2", "22 deaths")
    found = figures_of(article(text), (outer, inner), ())
    assert [f.claimed_by for f in found] == ["stm-2", NARRATION]


def _said(text, id_, source, cue, content):
    spans = [(Span(at, at + len(w)),) for w in (source, cue, content) for at in (text.index(w),)]
    return Statement(id_, "indirect", *spans, Speaker(None, "unclear"), None, 1.0)


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ("The union denied that 26 men had died.", "denied", "that 26 men had died", [None]),
        (
            "The union denied that 26 men had died but 12 were hurt.",
            "denied",
            "that 26 men had died but 12 were hurt",
            [None, "a"],
        ),
        ("The union rejected claims of 26 deaths.", "rejected", "claims of 26 deaths", [None]),
        ("The union said it was not true that 26 men died.", "said", "it was not true that 26 men died", [None]),
        ("The union said it isn't true that 26 men died.", "said", "it isn't true that 26 men died", [None]),
        ("The union said it is true that 26 men died.", "said", "it is true that 26 men died", ["a"]),
        (
            "The union said the claim that 26 men died was false.",
            "said",
            "the claim that 26 men died was false",
            [None],
        ),
        (
            "The union said a claim by the guild that 26 men died was false.",
            "said",
            "a claim by the guild that 26 men died was false",
            [None],
        ),
        ("The union said the claim that 26 men died was right.", "said", "the claim that 26 men died was right", ["a"]),
        ("The union said it was not true, and 26 men died.", "said", "it was not true, and 26 men died", ["a"]),
        (
            "The union said the toll had risen to 19 and not to 26 as the guild had claimed.",
            "said",
            "the toll had risen to 19 and not to 26 as the guild had claimed",
            ["a", None],
        ),
        ("The union said that 26 men died.", "said", "that 26 men died", ["a"]),
    ],
)
def test_a_figure_that_is_denied_is_not_the_deniers(text, cue, content, expected):
    found = figures_of(article(text), (_said(text, "a", "The union", cue, content),), ())
    assert [f.claimed_by for f in found] == expected


def test_a_figure_that_is_denied_is_whose_it_is_said_to_be():
    text = "The union put the toll at 19, rather than the 26 dead the guild had claimed."
    union = _said(text, "a", "The union", "put", "the toll at 19, rather than the 26 dead")
    guild = _said(text, "b", "the guild", "had claimed", "the 26 dead")
    assert [f.claimed_by for f in figures_of(article(text), (union, guild), ())] == ["a", "b"]
    guild = replace(guild, content=(Span(0, 3),))
    assert [f.claimed_by for f in figures_of(article(text), (union, guild), ())] == ["a", "b"]


def test_what_a_count_is_not_is_a_figure_of_who_claims_it():
    text = "The union said 40 men had died, not 12 as the guild claimed."
    union = _said(text, "a", "The union", "said", "40 men had died, not 12")
    guild = _said(text, "b", "the guild", "claimed", "not 12")
    told = [(f.value, f.what, f.claimed_by) for f in figures_of(article(text), (union, guild), ())]
    assert told == [(40, "killed", "a"), (12, "killed", "b")]


def test_who_tells_what_a_count_is_not_does_not_claim_it():
    text = "The toll was 19, not the 26 dead of before, the union said."
    union = _said(text, "a", "the union", "said", "The toll was 19, not the 26 dead of before")
    assert [f.claimed_by for f in figures_of(article(text), (union,), ())] == ["a", None]


def test_what_is_denied_in_ones_own_words_is_ones_own():
    text = 'The union denied it: "Only 12 men were killed."'
    own = replace(_said(text, "a", "The union", "denied", '"Only 12 men were killed."'), form="direct")
    assert [f.claimed_by for f in figures_of(article(text), (own,), ())] == ["a"]


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("Last year's fire killed 31 people.", "2030-01-01"),
        ("Some 31 people were killed in last year's fire.", "2030-01-01"),
        ("After last month's flood, which left 31 dead, the dyke was raised.", "2031-04-01"),
        ("A like fire last year killed 31 people.", "2030-01-01"),
        ("The 2029 fire killed 31 people.", "2029-01-01"),
        ("Some 31 people were killed in 2029.", "2029-01-01"),
        ("The 2031 fire killed 31 people.", "2031-05-04"),
        ("The fire killed 31 people.", "2031-05-04"),
        ("After last year's truce, shelling killed 31 people.", "2031-05-04"),
        ("Since last year's truce shells killed 31 people.", "2031-05-04"),
        ("The chief who left last year said shells killed 31 people.", "2031-05-04"),
        ("Last year's chief said 31 people were hurt on Friday.", "2031-05-04"),
        ("The blast killed 31, a year after last year's fire.", "2031-05-04"),
        ("In 2019, a fire at the mill killed 31 people.", "2019-01-01"),
        ("The wreck is the worst since 2019, when 31 people died in the strait.", "2019-01-01"),
        ("In 2019 the mill burned; shells killed 31 people there.", "2031-05-04"),
        ("In 2019, a pact was signed but raids killed 31 people.", "2031-05-04"),
        ("In 2019 the dam broke, and on Sunday 31 people died there.", "2031-05-04"),
        ("There was no peace since 2019, when Lane took office, and 31 people died.", "2031-05-04"),
    ],
)
def test_whom_a_deed_of_last_year_befell_is_counted_as_of_then(text, as_of):
    assert [f.as_of for f in figures_of(article(text, published=Published("2031-05-04", "given")), (), ())] == [as_of]


def test_an_older_count_has_no_day():
    found = figures_of(article("The toll rose from 12 to 19.", published=Published("2031-05-04", "given")), (), ())
    assert [(f.value, f.as_of) for f in found] == [(12, None), (19, "2031-05-04")]


def test_a_count_that_somebody_first_gave_has_no_day():
    text = "The guild, which initially spoke of 26 deaths, now counts 31 dead. It had first put the toll at 19."
    found = figures_of(article(text, published=Published("2031-05-04", "given")), (), ())
    assert [(f.value, f.as_of) for f in found] == [(26, None), (31, "2031-05-04"), (19, None)]


def test_a_figure_is_true_as_of_the_day_on_which_it_was_given():
    text = "The clinic had said on Saturday that it had confirmed 22 deaths. It raised its count to 31 from 17."
    said = replace(_statement(text, "stm-1", "22 deaths"), said_on=When("2031-05-02", "2031-05-02", "stated"))
    found = figures_of(article(text, published=Published("2031-05-04", "given")), (said,), ())
    assert [(f.value, f.as_of) for f in found] == [(22, "2031-05-02"), (31, "2031-05-04"), (17, None)]


def test_a_figure_is_true_as_of_the_dateline_or_publication():
    text = "Five people drowned."
    published = Published("2031-05-04", "given")
    dateline = Dateline("PORT LORN", "2031-05-03", Span(0, 4))
    as_of = lambda **o: [f.as_of for f in figures_of(article(text, **o), (), ())]  # noqa: E731
    assert as_of(published=published, dateline=dateline) == ["2031-05-03"]
    assert as_of(published=published) == ["2031-05-04"]
    assert as_of() == [None]


LEAD = "Police said that 14 people died in the flood at Orrin.\n\n"


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("Correction: This article gave the number of dead as 19. It is 14.", [14]),
        ("Correction, May 3: The headline on this story put the toll at 19. The number of dead is 14.", [14, 14]),
        ("* This report was amended on 3 May. The original said 19 people had died.", [14]),
        ("Clarification: Because of an editing error, the article said that 19 people had died, not 14.", [14]),
        ("Editor's note: This story has been corrected to say that 14 people died, not 19.", [14, 14]),
        ("Correction\n\nThe story said that 19 people died.", [14]),
        ("Correction: The mayor said that 19 people died.", [14, 19]),
        ("This article said that 19 people died.", [14, 19]),
        ("The report was amended by the council. The report says that 19 people died.", [14, 19]),
        ("Corrections officers said that 19 people died.", [14, 19]),
    ],
)
def test_what_a_note_says_was_printed_is_no_figure(note, kept):
    assert [f.value for f in figures_of(article(LEAD + note), (), ())] == kept


def test_whom_an_earlier_printing_let_speak_claims_no_figure():
    text = LEAD + "Clarification: An earlier dispatch stated that the harbour board had confirmed 19 deaths."
    outer = _said(text, "a", "An earlier dispatch", "stated", "that the harbour board had confirmed 19 deaths")
    inner = replace(_said(text, "b", "the harbour board", "had confirmed", "19 deaths"), inside="a")
    assert [f.value for f in figures_of(article(text), (outer, inner), ())] == [14]
