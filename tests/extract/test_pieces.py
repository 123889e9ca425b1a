"""Names whole that were taken apart, titles that name nobody, and pairs that stay two."""

import pytest
from tests.extract.naming import read


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("The whip, {p:Hon}. {p:Ola Brandt}, spoke.", ["Ola Brandt"]),
        ("{o:Engr}. {p:Ola Brandt} spoke.", ["Ola Brandt"]),
        ("Green {o:MEP} {p:Ola Brandt} spoke.", ["Ola Brandt"]),
        ("{p:Cllr} {p:Ola Brandt} spoke. {p:Cllr Brandt} left.", ["Ola Brandt"]),
        ("{p:Alhaji Ola Brandt} spoke.", ["Ola Brandt"]),
        ("The {o:Green Quay TD} spoke.", ["Green Quay"]),
        ("{p:Ola Brandt KC} spoke.", ["Ola Brandt"]),
        ("It was {o:Councilman} {p:Ola Brandt}.", ["Ola Brandt"]),
        ("The {o:Attorney} General met {p:Ola Brandt}.", ["Ola Brandt"]),
        ("The {o:Attorney}-General met {p:Ola Brandt}.", ["Ola Brandt"]),
        ("The {o:Council} {p:Ola Brandt} met.", ["Council", "Ola Brandt"]),
        ("{p:Tan Sri Ola Brandt} spoke.", ["Ola Brandt"]),
        ("{p:Menteri Besar Datuk Ola Brandt} spoke.", ["Ola Brandt"]),
        ("The Minister for {c:Tides} spoke to {p:Ola Brandt}.", ["Ola Brandt"]),
        ("The {o:Housing} Minister spoke to {p:Ola Brandt}.", ["Ola Brandt"]),
        ("The Minister of {o:Water Resources}, {p:Ola Brandt}, spoke.", ["Ola Brandt"]),
        ("Director of {o:Public Prosecutions} {p:Ola Brandt} spoke.", ["Ola Brandt"]),
        ("The Head, {o:Corporate Affairs} of it, Mrs {p:Ola Brandt}, spoke.", ["Ola Brandt"]),
        ("A head, {o:Quay Lamp}, spoke to {p:Ola Brandt}.", ["Quay Lamp", "Ola Brandt"]),
        ("The {o:Lodge Press} Officer, {p:Ola Brandt}, spoke.", ["Lodge", "Ola Brandt"]),
        ("The {o:Lodge Press} printed it for {p:Ola Brandt}.", ["Lodge Press", "Ola Brandt"]),
        ("The {o:Water} Resources Minister met {p:Ola Brandt}.", ["Ola Brandt"]),
        ("The {o:Treasury} Secretary met {p:Ola Brandt}.", ["Treasury", "Ola Brandt"]),
        ("The secretary of the {o:National Security Council} left.", ["National Security Council"]),
        ("The Minister for {o:Manpower Ola} {p:Brandt} spoke.", ["Ola Brandt"]),
        ("The Minister for {o:Quay Ola} {p:Brandt} spoke.", ["Quay Ola", "Brandt"]),
        ("{p:Usec} {p:Ola Brandt} met {p:Usec. Ada Lane}.", ["Ola Brandt", "Ada Lane"]),
        (
            "{p:Tan Sri} Dr {p:Ola Brandt} met {o:SP} {p:Ada Lane}. {p:Tan} left.",
            ["Ola Brandt", "SP", "Ada Lane", "Tan"],
        ),
        ("{p:Shaikha Ola Brandt} spoke to the {p:Ceann Comhairle}.", ["Ola Brandt"]),
        ("The {o:Comptroller} and {o:Auditor} General met {p:Lady} {p:Brandt}.", ["Brandt"]),
        ("The Minister for {l:Paris} met {p:Ola Brandt}.", ["Paris", "Ola Brandt"]),
        ("It named the {w:daily} and {p:Ola Brandt}.", ["Ola Brandt"]),
        ("{p:Sri Brandt} spoke.", ["Sri Brandt"]),
        ("{p:Cr Ola Brandt} spoke. {p:Cr Brandt} left.", ["Ola Brandt"]),
        ("{p:Coun}. {p:Ola Brandt} spoke. {p:MP Brandt} left.", ["Ola Brandt"]),
        ("{p:Trustee} {p:Ola Brandt} spoke.", ["Ola Brandt"]),
        ("{p:Rt Hon Ola Brandt} met {p:Rear-Admiral Ada Lane}.", ["Ola Brandt", "Ada Lane"]),
        ("{p:Ratu Ola Brandt} spoke. {p:Brandt} left.", ["Ratu Ola Brandt"]),
        ("{p:Bishop} left. {p:Ola Brandt} stayed.", ["Bishop", "Ola Brandt"]),
        ("The {o:MCA} said so. Each {o:MCA} voted.", ["MCA"]),
    ],
)
def test_titles_name_nobody(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("{p:Ada Lane}-{p:Brandt} spoke.", ["Ada Lane-Brandt"]),
        ("{p:Ada Lane}-{c:Brandt} spoke.", ["Ada Lane-Brandt"]),
        ("{p:Ola}-{p:Ada Brandt} spoke.", ["Ola-Ada Brandt"]),
        ("By {p:Ada Lane}-Brandt", ["Ada Lane-Brandt"]),
        ("{l:PORT}-OF-{c:SPAIN} was calm.", ["PORT-OF-SPAIN"]),
        ("The {p:Harrow}-i-{o:Quay} voted.", ["Harrow-i-Quay"]),
        ("The {p:Lane}-{p:Brandt} talks failed.", ["Lane", "Brandt"]),
        ("The {p:Ada Lane}-{p:Brandt} talks failed. {p:Brandt} left.", ["Ada Lane", "Brandt"]),
        ("The {c:France}-{c:Spain} border closed.", ["France", "Spain"]),
        ("The {p:Ada Lane}-era rules ended.", ["Ada Lane"]),
        ("{p:Ada Lane}-{p:Brandt} spoke. {p:Lane}-{p:Brandt} left.", ["Ada Lane-Brandt"]),
        ("{p:Ada Lane-Brandt} spoke. {l:Lane}-Brandt left.", ["Ada Lane-Brandt"]),
        ("{p:Ada Lane-Brandt} spoke. {p:Lane} left.", ["Ada Lane-Brandt", "Lane"]),
        ("{l:Bir al}-Harrow was calm.", ["Bir al-Harrow"]),
        ("{p:Ngaro Kahu}-o-{o:Quay} met.", ["Ngaro Kahu-o-Quay"]),
        ("It rained. Ana-{p:Luc Brandt} left.", ["Ana-Luc Brandt"]),
        ("Ex-{p:Luc Brandt} aides left.", ["Luc Brandt"]),
        ("{c:Velmark}-{p:Luc Brandt} talks failed.", ["Velmark", "Luc Brandt"]),
        ("{p:Oto Lane Wen}-ho left.", ["Oto Lane Wen-ho"]),
        ("{p:Oto Lane}-led talks failed.", ["Oto Lane"]),
        ("{l:Quell}-{o:Gaff Lifts} built it.", ["Quell-Gaff Lifts"]),
        ("{o:Pierre}-{p:Luc Brandt} left.", ["Pierre-Luc Brandt"]),
        ("{o:Quay}-{p:Luc Brandt} left.", ["Quay", "Luc Brandt"]),
        ("Mr {p:al}-{p:Harrow} spoke.", ["al-Harrow"]),
        ("{p:Ola al}-{p:Harrow} spoke.", ["Ola al-Harrow"]),
        ("{o:Quay}-{p:e}-{p:Harrow} fired.", ["Quay-e-Harrow"]),
        ("{p:Ada Lane}-Backed Plan Fails", ["Ada Lane"]),
        ("{p:Oto Wen}-{p:ho} spoke. {p:Oto} left.", ["Oto Wen-ho"]),
        ("{p:Oto Wen}-{c:led} talks failed.", ["Oto Wen"]),
        ("{l:Brellan}-Quoss was calm.", ["Brellan-Quoss"]),
        ("The {l:Brellan}-Quoss ferry sank.", ["Brellan"]),
        ("The {l:Brellan}-Backed plan failed.", ["Brellan"]),
    ],
)
def test_double_names(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Crews of {l:New} {c:Zealand} came.", ["New Zealand"]),
        ("{p:Quell} {o:Gaff} voted.", ["Quell Gaff"]),
        ("{p:Quell} {o:Gaff} voted. {o:Gaff} lost.", ["Quell", "Gaff"]),
        ("{l:Texas} {o:Senate} voted.", ["Texas", "Senate"]),
        ("{p:Quell} {o:QFA} voted.", ["Quell", "QFA"]),
        ("It rained. {p:Wen} {p:Abdul Lane} spoke.", ["Wen Abdul Lane"]),
        ("It rained. {p:Wen} {p:Ada Lane} spoke. {p:Ada Lane} left.", ["Wen", "Ada Lane"]),
        ("{o:Quell Tide} QTD.{p:O} said so.", ["Quell Tide"]),
        ("It rained. {p:Mohd}. {p:Oto Lane} spoke.", ["Mohd. Oto Lane"]),
        ("It rained on {p:Brandt}. {p:Oto Lane} spoke.", ["Brandt", "Oto Lane"]),
        ("It rained. {l:Mohd}. {p:Oto Lane} spoke.", ["Mohd. Oto Lane"]),
        ("It rained in {l:Jos}. {p:Oto Lane} spoke.", ["Jos", "Oto Lane"]),
    ],
)
def test_side_by_side(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("The Quay, {o:Dock} and {o:Ferry Hands Union} ({o:QDFHU}) voted.", ["Quay, Dock and Ferry Hands Union"]),
        ("The {o:Harbour} and {o:Tide Board} (HTB) met.", ["Harbour and Tide Board"]),
        ("The {p:Harbour Tide Lane}-N (HTL-N) met.", ["Harbour Tide Lane-N"]),
        ("{p:Ada Lane} (AL) met.", ["Ada Lane"]),
        ("She blamed Rowing {o:Quell} (RQ) for it.", ["Rowing Quell"]),
        ("She blamed {o:Rowing} {c:Kenya} (RK) for it.", ["Rowing Kenya"]),
        ("She blamed {c:Kenya} (RK) for it.", ["Kenya"]),
        ("The {o:Dock} and {o:Tide Board} (HTB) met.", ["Dock", "Tide Board"]),
        ("{p:Ada Lane} of the {o:Tide Board} (ATB) met.", ["Ada Lane", "Tide Board"]),
    ],
)
def test_spelt_out_before_a_short_form(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names


def test_a_country_keeps_its_first_word():
    _, _, entities = read("Crews of {l:Sri} {c:Lanka} came.")
    assert [(e.name, e.kind) for e in entities] == [("Sri Lanka", "country")]


def test_no_mentions():
    assert read("Nothing is named here.")[2] == ()
