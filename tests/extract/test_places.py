"""Where places are: sixty names and more, alone and among countries."""

from __future__ import annotations

import pytest

from onrecord.codebook.gazetteer import gazetteer, place_key
from onrecord.extract.places import beside, place_of
from onrecord.records import Entity, Place

# Name, country, degrees north and east to the nearest; all without any context.
ALONE = [
    ("Paris", "FRA", 49, 2),
    ("London", "GBR", 52, 0),
    ("Moscow", "RUS", 56, 38),
    ("Kyiv", "UKR", 50, 31),
    ("Kiev", "UKR", 50, 31),
    ("Beijing", "CHN", 40, 116),
    ("Peking", "CHN", 40, 116),
    ("Mumbai", "IND", 19, 73),
    ("Bombay", "IND", 19, 73),
    ("Benghazi", "LBY", 32, 20),
    ("Misrata", "LBY", 32, 15),
    ("Tripoli", "LBY", 33, 13),
    ("Homs", "SYR", 35, 37),
    ("Hama", "SYR", 35, 37),
    ("Aleppo", "SYR", 36, 37),
    ("Mosul", "IRQ", 36, 43),
    ("Gaza", "PSE", 32, 34),
    ("Goma", "COD", -2, 29),
    ("Donetsk", "UKR", 48, 38),
    ("Nairobi", "KEN", -1, 37),
    ("Mogadishu", "SOM", 2, 45),
    ("Kabul", "AFG", 35, 69),
    ("Tehran", "IRN", 36, 51),
    ("Baghdad", "IRQ", 33, 44),
    ("Pyongyang", "PRK", 39, 126),
    ("Athens", "GRC", 38, 24),
    ("Rome", "ITA", 42, 13),
    ("Vienna", "AUT", 48, 16),
    ("The Hague", "NLD", 52, 4),
    ("the Hague", "NLD", 52, 4),
    ("St. Petersburg", "RUS", 60, 30),
    ("Saint Petersburg", "RUS", 60, 30),
    ("São Paulo", "BRA", -24, -47),
    ("Sao Paulo", "BRA", -24, -47),
    ("Mexico City", "MEX", 19, -99),
    ("New York", "USA", 41, -74),
    ("Washington", "USA", 39, -77),
    ("WASHINGTON", "USA", 39, -77),
    ("Washington, D.C.", "USA", 39, -77),
    ("Chicago", "USA", 42, -88),
    ("Columbus", "USA", 40, -83),
    ("Hyderabad", "IND", 17, 78),
    ("Alexandria", "EGY", 31, 30),
    ("Portland, Maine", "USA", 44, -70),
    ("San Jose, Calif.", "USA", 37, -122),
    ("Paris, Texas", "USA", 34, -96),
    ("Springfield, Ill.", "USA", 40, -90),
    ("Tripoli, Lebanon", "LBN", 34, 36),
    ("Córdoba, Spain", "ESP", 38, -5),
]
LANDS = [
    ("Libya", "LBY"),
    ("the United States", "USA"),
    ("Texas", "USA"),
    ("Virginia", "USA"),
    ("Florida", "USA"),
    ("Nowhereville, Ohio", "USA"),
]
UNKNOWN = [
    "Springfield",
    "Cambridge",
    "Valencia",
    "Odessa",
    "San Jose",
    "Victoria",
    "Lincoln",
    "Georgia",
    "Asia",
    "Middle East",
    "the valley",
    "Nowhereville",
    "Derna",  # another name of a town of 100,000
    "Harrow Strait",
    "Gulf of Sidra",
    "Homs province",
    "Ada Otieno",
    "UPI",
    "Ashton",
    "",
]
AMONG = [
    ("Derna", {"LBY"}, "LBY"),
    ("Paris", {"USA"}, "FRA"),
    ("Portland", {"USA"}, "USA"),
    ("Alexandria", {"USA"}, "USA"),
    ("Alexandria", {"USA", "EGY"}, "EGY"),
    ("Cambridge", {"GBR"}, "GBR"),
    ("Valencia", {"ESP"}, "ESP"),
    ("Valencia", {"VEN"}, "VEN"),
    ("Hyderabad", {"PAK"}, "PAK"),
    ("Córdoba", {"ESP"}, "ESP"),
    ("St. Petersburg", {"USA"}, "USA"),
    ("Odessa", {"UKR"}, "UKR"),
    ("Georgia", {"USA"}, "USA"),
    ("Georgia", {"GEO", "RUS"}, "GEO"),
    ("N.C.", {"USA"}, "USA"),
    ("N.C.", {"GBR"}, None),
    ("London", {"CAN"}, None),
    ("Athens", {"USA"}, None),
    ("Springfield", {"USA"}, None),
]


@pytest.mark.parametrize(("name", "country", "north", "east"), ALONE)
def test_a_place_that_one_city_dominates_is_found(name, country, north, east):
    place = place_of(name)
    assert (place.name, place.country) == (name, country)
    assert place.lat is not None and place.lon is not None
    assert abs(place.lat - north) <= 1 and abs(place.lon - east) <= 1


@pytest.mark.parametrize(("name", "country"), LANDS)
def test_what_is_no_point_has_a_country_alone(name, country):
    assert place_of(name) == Place(name, country)


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_cannot_be_told_is_a_name_alone(name):
    assert place_of(name) == Place(name)


@pytest.mark.parametrize(("name", "around", "country"), AMONG)
def test_the_countries_of_the_article_tell_namesakes_apart(name, around, country):
    assert place_of(name, beside=around).country == country


def test_a_known_country_decides_and_stays_where_no_city_is_found():
    assert place_of("Tripoli", country="LBN").lat == pytest.approx(34.4, abs=0.3)
    assert place_of("Nowhereville", country="LBN") == Place("Nowhereville", "LBN")
    assert place_of("Springfield", country="USA") == Place("Springfield", "USA")


def test_the_countries_of_an_article_are_those_of_its_entities():
    entities = (Entity("ent-1", "Kenya", "country", country="KEN"), Entity("ent-2", "Ada Otieno", "person"))
    assert beside(entities) == {"KEN"}


def test_spellings_share_a_key():
    assert place_key("Saint-Étienne") == place_key("St. Etienne") == place_key("st etienne")


def test_the_gazetteer_is_read_once():
    assert gazetteer() is gazetteer()
