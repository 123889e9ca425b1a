"""Organisations, groups, countries and places across articles."""

import pytest
from tests.link.knowing import known, linked, methods, parts

from onrecord.link import block_key

COMPANY = ("anna lorne", "harbour league")


def org(article, name, **more):
    return known(article, name, "organization", **more)


@pytest.mark.parametrize(
    "names",
    [
        ("United Nations", "UN", "U.N.", "the United Nations"),
        ("Ministry of Defence", "Defense Ministry"),
        ("Taliban", "Taleban"),
    ],
)
def test_writings_of_one_body_share_a_block(names):
    assert len({block_key(org(1, name)) for name in names}) == 1


def test_one_name_is_one_body():
    assert (
        len(
            linked(
                org(1, "Harrow Shipping League"), org(2, "Harrow Shipping League"), org(3, "the Harrow Shipping League")
            )
        )
        == 1
    )


def test_an_acronym_means_the_body_with_its_initials():
    assert methods(org(1, "Harrow Shipping League"), org(2, "HSL"))["HSL 2"] == "acronym"
    assert len(linked(org(1, "Harrow Shipping League"), org(2, "Health Service Laboratory"), org(3, "HSL"))) == 3


def test_an_article_tells_what_an_acronym_means():
    found = parts(
        org(1, "Harrow Shipping League", aliases=("HSL",)), org(2, "Health Service Laboratory"), org(3, "HSL")
    )
    assert ["HSL 3", "Harrow Shipping League 1"] in found


def test_generic_bodies_need_one_country_or_the_same_company():
    assert len(linked(org(1, "Defence Ministry", country="RUS"), org(2, "Ministry of Defence", country="RUS"))) == 1
    assert len(linked(org(1, "Defence Ministry", country="RUS"), org(2, "Defence Ministry", country="FRA"))) == 2
    assert len(linked(org(1, "Defence Ministry"), org(2, "Defence Ministry"))) == 2
    assert len(linked(org(1, "Defence Ministry", beside=COMPANY), org(2, "Defence Ministry", beside=COMPANY))) == 1


def test_countries_by_code_and_demonym():
    found = methods(known(1, "Russia", "country", country="RUS"), known(2, "Russian", "country", country="RUS"))
    assert found == {"Russia 1": "same-name", "Russian 2": "demonym"}
    assert len(linked(known(1, "Niger", "country", country="NER"), known(2, "Nigeria", "country", country="NGA"))) == 2


@pytest.mark.parametrize(
    ("name", "demonym"), [("Velmark", "Velmarkish"), ("Ostrania", "Ostranian"), ("Calderre", "Calderran")]
)
def test_an_invented_country_and_its_people(name, demonym):
    (one,) = linked(
        known(1, demonym, "country"), known(2, name, "country"), known(3, name, "place"), known(4, name, "country")
    )
    assert (one.name, one.kind) == (name, "country")


def test_a_state_of_a_country_s_name_is_no_country():
    assert len(linked(known(1, "Georgia", "country", country="GEO"), known(2, "Georgia", "place"))) == 2


def test_places_by_name_and_spelling_in_one_company():
    assert len(linked(known(1, "Kharkiv", "place", beside=COMPANY), known(2, "Kharkov", "place", beside=COMPANY))) == 1
    assert len(linked(known(1, "Kharkiv", "place"), known(2, "Kharkov", "place"))) == 2
    assert len(linked(known(1, "Harrow Strait", "place"), known(2, "HARROW STRAIT", "place"))) == 1
