"""One name is one kind of thing throughout an article."""

from dataclasses import replace

import pytest
from tests.extract.naming import grouped, marked, read

from onrecord.extract import build_entities
from onrecord.records import Dateline, Span


def kinds(source: str) -> dict[str, str]:
    _, _, entities = read(source)
    return {e.name: e.kind for e in entities}


@pytest.mark.parametrize(
    "source",
    [
        "{p:Orvania} fired. The {l:Orvanian} guns fell silent.",
        "{c:Orvania} fired. {l:Orvania} stopped. {p:Orvanian} gunners slept.",
        "The {l:Orvanian} guns and the {c:Orvanians}; {o:Orvania} fired.",
    ],
)
def test_a_country_and_its_demonym_are_one_whatever_they_were_taken_for(source):
    assert kinds(source) == {"Orvania": "country"}


def test_a_land_in_land_and_its_people_in_ish_are_one():
    assert kinds("{o:Orvaland} fired. The {c:Orvish} guns fell silent.") == {
        "Orvaland": "organization",
        "Orvish": "country",
    }
    assert kinds("{o:Dolland} fired. The {c:Dollish} guns fell silent.") == {"Dolland": "country"}
    assert kinds("{o:Orvland} fired. {c:Orvish} guns fell silent.") == {"Orvland": "country"}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("The foreign minister of {p:Brask} spoke.", "country"),
        ("{p:Brask}'s army halted.", "country"),
        ("{l:Brask} expelled two diplomats.", "country"),
        ("Fighting spread in {p:Brask}. The town of {p:Brask} burned.", "place"),
        ("They reached the port of {c:Brask}. {c:Brask} burned.", "place"),
        ("They sailed to {c:Brask}. They stayed in {c:Brask}.", "place"),
        ("They sailed to {c:Brask}. The army of {c:Brask} woke. They stayed at {c:Brask}.", "country"),
        ("They patrol {c:Brask}'s coast. They stayed near {c:Brask}.", "country"),
        ("The ship lies on the {c:Brask}, where it sank.", "place"),
        ("They fired at a base near the capital, {p:Brask}, at dawn.", "place"),
        ("The cell maker {c:Brask} denied it. {c:Brask} accused the mayor. {c:Brask} will vote.", "organization"),
        ("{c:Brask}'s CEO denied it. {c:Brask} accused the mayor.", "organization"),
        ("{c:Brask}'s army denied it. {c:Brask}'s shares are few.", "country"),
        ("Shares in {c:Brask} fell. {c:Brask} denied it. {c:Brask} left.", "organization"),
        ("{l:Brask} slid 4.5%. {c:Brask} denied it.", "organization"),
        ("{c:Brask} has cut its full-year outlook. {c:Brask} left.", "organization"),
        ("{c:Brask} cut its growth forecast. {c:Brask} left.", "country"),
        ("{c:Brask} filed for insolvency. {c:Brask} left.", "organization"),
        ("{c:Brask} recalled 300 cars. {p:Brask} left.", "organization"),
        ("{c:Brask} recalled three envoys. {c:Brask} left.", "country"),
        ("{l:Brask} CEO Ada Lane spoke. {l:Brask} slept.", "organization"),
        ("Airline {l:Brask} stopped. {p:Brask} left.", "organization"),
        ("It agreed to a merger with {l:Brask}. {c:Brask} left.", "organization"),
        ("A {c:Brask} spokesman denied it. {c:Brask} left.", "organization"),
        ("The spokesman of {c:Brask} denied it. {c:Brask} left.", "country"),
        ("{c:Brask} declined to comment. {c:Brask} left.", "organization"),
        ("{c:Brask}'s army was late. {c:Brask} declined to comment.", "country"),
        ("{p:Brask} declined to comment. {p:Brask} left.", "person"),
        ("The Superintendent of Police ({o:Brask}) left.", "place"),
        ("Prices in {l:Brask} rose 3 per cent. {l:Brask} slept.", "place"),
        ("{p:Brask} said Tuesday it would buy Quell for $3 billion.", "organization"),
        ("{c:Brask} will buy Quell jets for $3 billion.", "country"),
        ("Analysts at {p:Brask Hale} were glad.", "organization"),
        ("They met at {p:Ada Brask}'s house.", "person"),
        ("The patrol boat RVS {p:Brask} fired.", "organization"),
        ("The master of the HMAS {p:Brask} waved.", "organization"),
        ("He took aim at {o:Brask} for it.", "organization"),
        ("The {l:Brask Front} met. It left the {o:Brask Front} alone.", "organization"),
        ("The correspondent of {c:Braskpress} asked. An editor at {c:Braskpress} nodded.", "organization"),
        ("Mr {l:Brask} left.", "person"),
        ("{p:Brask} lifted its ban. {p:Brask} denied it.", "country"),
        ("{p:Brask} smiled. {p:Brask} left.", "person"),
        ("The {p:Brask} captain left.", "organization"),
        ("The tabloid {p:Brask} said so.", "organization"),
        ("Sailors died on the frigate {p:Brask}. They swam from {p:Brask}.", "organization"),
        ("The cutter “{l:Brask}” sank.", "organization"),
        ("It lies at the river {l:Brask}.", "place"),
        ("{p:Brask} midfielder spoke.", "organization"),
        ("{p:Brask} MP spoke.", "place"),
        ("{o:Brask} MP spoke.", "organization"),
        ("The {o:Brasti} health ministry spoke.", "country"),
        ("The {o:Brasti} government spoke.", "organization"),
    ],
)
def test_words_around_an_unknown_name_tell_what_it_is(source, kind):
    assert list(kinds(source).values()) == [kind]


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("{p:Ada Brask} spoke in {l:Brask}. {p:Brask}'s government fell.", "Ada Brask", "person"),
        ("{p:Paris} and {l:Parisian} cafés in {l:Paris}", "Paris", "place"),
        ("The {o:NRA}'s president left. {o:NRA} members stayed.", "NRA", "organization"),
        ("The office, {p:QRSA}, spoke.", "QRSA", "organization"),
        ("{p:Quin Rus Stig} met {p:QRS}.", "Quin Rus Stig", "person"),
        ("{p:ADA} left.", "ADA", "organization"),
        ("Warden ({p:Cork}) {p:Ola Brandt} came to {l:Cork}.", "Cork", "place"),
        ("{p:Ada Brask} spoke. {c:Brask} left, {c:Brask} said.", "Ada Brask", "person"),
        ("{p:Ada Brask} spoke. {c:Brask} left, the army of {c:Brask} said.", "Brask", "country"),
        ("{p:Ada Brask} left. {p:BRASK} FLED.", "Ada Brask", "person"),
    ],
)
def test_known_names_and_surnames_are_left_to_the_votes(source, name, kind):
    assert kinds(source)[name] == kind


def test_an_initial_and_a_known_surname_are_that_person():
    assert grouped("{p:Ada Lane} spoke. {l:A. Lane} left.") == [("Ada Lane", "Ada Lane", "A. Lane")]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("{p:Quell Front}’s {p:Ada Lane} left.", "organization"),
        ("{p:Quell Front} party chief {p:Ada Lane} left.", "organization"),
        ("{p:Quell} captain {p:Ada Lane} left.", "organization"),
        ("{p:Quell Ward} MP {p:Ada Lane} left.", "place"),
        ("{p:Quell Ward} assemblywoman {p:Ada Lane} left.", "place"),
        ("{p:Quell Ward} Councilman {p:Ada Lane} left.", "place"),
        ("{p:Quell Front} backbencher {p:Ada Lane} left.", "organization"),
        ("{p:Quell Front} aide {p:Ada Lane} left.", "person"),
        ("{p:Donald Front}’s {p:Ada Lane} left.", "person"),
        ("Mr. {p:Front}’s {p:Ada Lane} left.", "person"),
        ("{p:Quell Front} met {p:Ada Lane}. {p:Quell Front} chief {p:Oto Brandt} left.", "person"),
    ],
)
def test_whom_other_persons_are_said_to_be_of(source, kind):
    assert next(iter(kinds(source).values())) == kind


@pytest.mark.parametrize(
    ("source", "kinds_"),
    [
        ("{p:Varga Privatbank} said so.", {"Varga Privatbank": "organization"}),
        (
            "{p:Varga Quell}, which owns the ferry, fell. {p:Varga}'s chief executive left.",
            {"Varga Quell": "organization"},
        ),
        ("{p:Varga Quell} left. {p:Varga}'s depositors wept.", {"Varga Quell": "organization"}),
        ("{p:Anna Privatbank} said so.", {"Anna Privatbank": "person"}),
        ("The biggest owner of the bank, {p:Varga Quell}, left.", {"Varga Quell": "person"}),
        ("An official with the federation, {p:Varga Quell}, left.", {"Varga Quell": "person"}),
        ("{p:Varga Quell}, the central bank governor, left.", {"Varga Quell": "person"}),
        ("{p:Varga Quell}, an old lender with debts, fell.", {"Varga Quell": "organization"}),
        ("The bank, {p:Varga Quell} said, fell.", {"Varga Quell": "person"}),
        ("{p:Dane} slept.", {"Dane": "person"}),
        ("The state weather bureau, {p:Quell}, spoke.", {"Quell": "organization"}),
        ("{p:Quell} said it issued a warning.", {"Quell": "organization"}),
        ("{p:Quell} said it was late.", {"Quell": "person"}),
        ("They told the {c:Quell} that it rained.", {"Quell": "organization"}),
        ("They told the {l:Quell} court that it rained.", {"Quell": "place"}),
        ("The opposition party {p:Quell} lost.", {"Quell": "organization"}),
        ("{p:Orvania}, the desert state that paid, left. {p:Orvania} slept.", {"Orvania": "country"}),
        ("{p:Orvania}'s water resources minister spoke. {p:Orvania} slept.", {"Orvania": "country"}),
        ("Envoys of {c:Velmark} and {p:Orvania} met.", {"Velmark": "country", "Orvania": "country"}),
        ("{c:Eldoret} slept.", {"Eldoret": "place"}),
        ("{p:Fiji} slept.", {"Fiji": "country"}),
        ("{p:Chad} slept.", {"Chad": "person"}),
        ("{p:Cork} hurler {p:Ola Brandt} left.", {"Cork": "place", "Ola Brandt": "person"}),
        ("{p:Cork} spokesman {p:Ola Brandt} left.", {"Cork": "organization", "Ola Brandt": "person"}),
        ("{p:Fidesz} lost.", {"Fidesz": "organization"}),
    ],
)
def test_what_is_no_person(source, kinds_):
    assert kinds(source) == kinds_


def test_who_sent_a_dispatch_is_no_place():
    article, mentions = marked("BRASK ({l:AP}) — It rained.")
    line = replace(article, dateline=Dateline("BRASK", None, Span(0, 10)))
    linked, entities = build_entities(line, mentions)
    assert [(e.name, e.kind) for e in entities] == [("AP", "organization")]
    assert [m.kind for m in linked] == ["organization"]
    article, mentions = marked("BRASK ({l:Quellwire}) — {p:Ada Lane} told {l:Quellwire} that it rained.")
    line = replace(article, dateline=Dateline("BRASK", None, Span(0, 17)))
    assert [(e.name, e.kind) for e in build_entities(line, mentions)[1]] == [
        ("Quellwire", "organization"),
        ("Ada Lane", "person"),
    ]


def test_where_an_article_is_datelined_is_a_place():
    source = "{c:BRASK}, Nov 2 — It rained in {c:Velmark}."
    article, mentions = marked(source)
    line = replace(article, dateline=Dateline("BRASK", None, Span(0, 12)))
    assert [(e.name, e.kind) for e in build_entities(line, mentions)[1]] == [("BRASK", "place"), ("Velmark", "country")]
    article, mentions = marked(source + " {c:Brask} shelled it.")
    line = replace(article, dateline=Dateline("BRASK", None, Span(0, 12)))
    assert {e.kind for e in build_entities(line, mentions)[1]} == {"country"}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("BRASK — It rained. {p:Brask} has asked for help.", "place"),
        ("BRASK — It rained. Mayor {p:Brask} has asked for help.", "person"),
        ("BRASK — It rained. {p:Ada Brask} has asked for help.", "person"),
        ("{o:BRASK} — It rained.", "place"),
    ],
)
def test_whoever_is_called_as_the_dateline_is_that_place(source, kind):
    article, mentions = marked(source)
    line = replace(article, dateline=Dateline("BRASK", None, Span(0, 7)))
    assert [e.kind for e in build_entities(line, mentions)[1]] == [kind]


@pytest.mark.parametrize(
    ("source", "town", "names"),
    [
        ("{l:PORT} {l:BRASK}, Nov 2 — It rained.", "PORT BRASK", ["PORT BRASK"]),
        ("{l:LAS} PENNAS, Nov 2 — It rained in {l:Las Pennas}.", "LAS PENNAS", ["Las Pennas"]),
        ("RIO DE {p:BRASK} — It rained.", "RIO DE BRASK", ["RIO DE BRASK"]),
        ("{l:BRASK SAINT JOHN} — It rained.", "BRASK SAINT JOHN", ["BRASK SAINT JOHN"]),
        ("THE {l:BRASK} — It rained.", "THE BRASK", ["BRASK"]),
        ("{l:BRASK} and {l:IMSEL} — It rained.", "BRASK and IMSEL", ["BRASK", "IMSEL"]),
        ("PORT BRASK — It rained.", "PORT BRASK", []),
        ("{l:NORTH} {l:KOREA} — It rained.", "NORTH KOREA", ["NORTH KOREA"]),
    ],
)
def test_the_town_of_a_dateline_is_one_name(source, town, names):
    article, mentions = marked(source)
    line = replace(article, dateline=Dateline(town, None, Span(0, article.text.index("—") + 1)))
    assert [e.name for e in build_entities(line, mentions)[1]] == names


def test_an_agency_in_a_dateline_is_no_place():
    article, mentions = marked("{l:BRASK}, Ostrania ({l:HNA}) — Rain fell on {l:Imsel}.")
    line = replace(article, dateline=Dateline("BRASK, Ostrania", None, Span(0, 23)))
    _, entities = build_entities(line, mentions)
    assert [(e.name, e.kind) for e in entities] == [("BRASK", "place"), ("HNA", "organization"), ("Imsel", "place")]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Ann Lane won, and the {p:Irishman} lost.", "country"),
        ("It rained. The {p:Dane} slept. A {p:Dane} woke.", "country"),
        ("It rained. The 29-year-old {p:Finn} slept.", "country"),
        ("It rained. The {p:Scot} slept.", "group"),
        ("It rained. {p:Dane} slept. {p:Dane} woke.", "person"),
        ("It rained. The {p:Bergman} slept.", "person"),
    ],
)
def test_one_of_a_nation_is_no_person_of_that_name(source, kind):
    assert set(kinds(source).values()) == {kind}
