"""Names of bodies whole that were found in part, and persons with a nickname."""

import pytest
from tests.extract.naming import read


def names(source: str) -> list[str]:
    return [e.name for e in read(source)[2]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The {o:Tide Commission} of {c:Velmark} met.", ["Tide Commission of Velmark"]),
        ("The {o:University of} the {l:Quays} grew.", ["University of the Quays"]),
        ("The {o:Joint Panel} on Harbour {w:Tides} met.", ["Joint Panel on Harbour Tides"]),
        ("A Commission on {o:Audit} report came.", ["Commission on Audit"]),
        ("The Ministry {o:of Tides} spoke.", ["Ministry of Tides"]),
        ("The harbourmaster {o:of Tides} spoke.", ["Tides"]),
        ("{o:Quay University} on {l:Harrow Island} grew.", ["Quay University", "Harrow Island"]),
        ("The {o:Tide Commission} of {p:Ada Lane} met.", ["Tide Commission", "Ada Lane"]),
        ("The {o:Tide Fund} of {c:Velmark} met.", ["Tide Fund", "Velmark"]),
    ],
)
def test_what_a_body_is_of(source, expected):
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The Harbour {g:Democrats} lost.", ["Harbour Democrats"]),
        ("It rained. Foreign {o:Ministry} staff left.", ["Foreign Ministry"]),
        ("It rained. Meanwhile {o:Congress} met.", ["Congress"]),
        ("He met Former {o:Council} members.", ["Council"]),
        ("It rained. The Quick Support {o:Forces} left.", ["Quick Support Forces"]),
        ("She rang the Regional {o:Health Office} twice.", ["Regional Health Office"]),
        ("They lay at {l:Brell} {o:District Hospital} then.", ["Brell District Hospital"]),
        ("The Fairness in {o:Public Life Commission} met.", ["Fairness in Public Life Commission"]),
        ("The Minister for {o:Public Life Commission} met.", ["Public Life Commission"]),
        ("He met Mayor {p:Ada Lane}.", ["Ada Lane"]),
        ("The {c:Velmarkish} {o:Ministry} spoke.", ["Velmarkish", "Ministry"]),
    ],
)
def test_the_word_before_it(source, expected):
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{o:Quayside} {c:Ireland} voted.", ["Quayside Ireland"]),
        ("{o:Quayside} {c:Irish} crews left.", ["Quayside", "Irish"]),
        ("{o:QFA} {c:Ireland} talks began.", ["QFA", "Ireland"]),
        ("{o:Congress} {c:Ireland} talks began.", ["Congress", "Ireland"]),
        ("{o:Quayside}, {c:Ireland}, voted.", ["Quayside", "Ireland"]),
    ],
)
def test_the_country_after_it(source, expected):
    assert names(source) == expected


def test_no_word_before_it_in_a_headline():
    assert [e.name for e in read("Lane Slams Harsh {o:Council}\n\nIt rained.", headline=True)[2]] == ["Council"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{o:QLP}-{o:N} chief {p:Ada Lane} left.", ["QLP-N", "Ada Lane"]),
        ("{o:TFER}-{l:West} runs it.", ["TFER-West"]),
        ("{o:QLP}-Harbour talks began.", ["QLP"]),
        ("{o:QLP}-NBX talks began.", ["QLP"]),
        ("{c:US}-UK talks began.", ["US"]),
    ],
)
def test_the_letters_after_a_hyphen(source, expected):
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('Then {p:Oto} "{p:Bo}" {p:Brandt} spoke.', ['Oto "Bo" Brandt']),
        ("Then {p:Oto} “Bo” {p:Brandt} spoke.", ["Oto “Bo” Brandt"]),
        ('Then {p:Oto Brandt} said "no" {p:Ada Lane} left.', ["Oto Brandt", "Ada Lane"]),
    ],
)
def test_a_nickname_between_the_names(source, expected):
    assert names(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Opposition leader {p:Karim} Said said the wells at the port were dry.", ["Karim Said"]),
        ("{p:Karim} Said, a deputy of the port, left.", ["Karim Said"]),
        ("{p:Karim} said so.", ["Karim"]),
        ("Mayor {p:Karim} Said To Sell Harbour", ["Karim"]),
    ],
)
def test_a_surname_that_is_a_verb(source, expected):
    assert names(source) == expected


def test_what_a_script_has_before_a_name_is_none_of_it():
    assert names("The chief is {p:RON HALE}.\n\n{p:SOT HALE} spoke.") == ["RON HALE"]
