"""Firms by the first word of their name."""

import time

import pytest
from tests.extract.naming import grouped, marked, read

from onrecord.extract import build_entities


@pytest.mark.parametrize(
    "source",
    [
        "{o:Quellora Foods} grew. Quellora has hired.",
        "{o:Quellora Foods} grew. {c:Quellora} has hired, and so has {p:Quellora}.",
        "{c:Quellora} grows\n\n{o:Quellora Foods Ltd} grew. Quellora has hired.",
        "{o:Quellora Foods Norway Ltd} grew. {l:Quellora} has hired, and so has {p:Quellora}.",
        "{p:Quellora Foods} grew. {c:Quellora} has hired.",
    ],
)
def test_the_first_word_is_the_firm(source):
    article, mentions, entities = read(source)
    assert [(e.kind, "Quellora Foods" in e.name) for e in entities] == [("organization", True)]
    assert len(mentions) == article.text.count("Quellora")


@pytest.mark.parametrize(
    "source",
    [
        "{o:Quellora Council} met. Quellora slept.",  # no firm
        "{o:Harbour Foods} grew. Harbour dues rose, and the harbour closed.",  # a common word
        "{o:Paris Foods} grew. Paris slept.",  # a known place
        "{o:Quellora Foods} met {p:Ada Quellora}. Quellora slept.",  # somebody's name too
        "{o:Quellora Foods} grew. Quellora Road is long.",  # another name
        "{o:NBQX Foods} grew. NBQX-backed plans failed.",
    ],
)
def test_what_is_left_alone(source):
    _, mentions, _ = read(source)
    assert len(mentions) == len(marked(source)[1])


def test_who_is_called_so_elsewhere_keeps_it():
    assert [g[0] for g in grouped("{o:Quellora Foods} sued {p:Ada Quellora}. {p:Quellora} left.")] == [
        "Quellora Foods",
        "Ada Quellora",
    ]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("{o:Quellora} Tide Salvage {o:Plc} grew.", ["Quellora Tide Salvage Plc"]),
        ("{l:Quellora Bay} {o:Salvage Ltd} grew.", ["Quellora Bay Salvage Ltd"]),
        ("{c:Quellora} & Brandt LLC grew.", ["Quellora & Brandt LLC"]),
        ("Its head {p:Ada Lane} {o:Quellora} Inc grew.", ["Ada Lane", "Quellora Inc"]),
        ("The {c:French} {o:Quellora} Tide Inc grew.", ["French", "Quellora Tide Inc"]),
        ("{o:Quellora Inc} and {o:Brandt} Tide Inc grew.", ["Quellora Inc", "Brandt Tide Inc"]),
        ("{o:Quellora Tide}, {o:Inc}., grew.", ["Quellora Tide"]),
        ("{o:Quellora}'s Tide Inc grew.", ["Quellora"]),
        ("Quellora Tide Inc grew.", []),
        ("{o:Quellora & Co} grew. {c:Quellora} denied it.", ["Quellora & Co"]),
        ("{o:Quellora Tide Salvage Plc} grew. {c:Quellora} denied it.", ["Quellora Tide Salvage Plc"]),
        ("{o:Eastern Tide Salvage Plc} grew. Eastern banks did.", ["Eastern Tide Salvage Plc"]),
    ],
)
def test_a_legal_form_ends_a_firm(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names


def test_many_firms_take_no_time():
    names = [f"Q{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwxyzabcd'[n // 100]}" for n in range(1000)]
    article, mentions = marked(" ".join(f"{{o:{name} Foods}} grew. {name} hired." for name in names))
    started = time.process_time()
    build_entities(article, mentions)
    assert time.process_time() - started < 4
