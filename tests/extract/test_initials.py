"""Bodies called by letters alone, where they were passed over."""

import time

import pytest
from tests.extract.naming import grouped, marked, read

from onrecord.extract import build_entities


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("The {c:U}.{o:N}. envoy left.", [("U.N.", "organization")]),
        ("The {o:U}.S. envoy left.", [("U.S.", "country")]),
        ("The {c:U.N}. envoy left.", [("U.N", "country")]),
        ("It was {o:U}.N.{p:Lane} who left.", [("U", "organization"), ("Lane", "person")]),
        ("It was {o:A}.{o:B}. {p:Lane} who left.", [("A.B. Lane", "person")]),
    ],
)
def test_letters_with_full_stops_are_whole(source, names):
    assert [(e.name, e.kind) for e in read(source)[2]] == names


@pytest.mark.parametrize(
    "source",
    [
        "The {o:QFA} met. Later QFA sources left.",
        "QFA rejects plan\n\nThe {o:Quay Ferry Alliance} ({o:QFA}) met.",
    ],
)
def test_they_are_the_same_wherever_they_stand(source):
    article, mentions, entities = read(source)
    assert len(entities) == 1
    assert [m.span.of(article.text) for m in mentions].count("QFA") == 2


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("{p:Ada Lane} left. The QA said so.", ["Ada Lane", "QA"]),
        ("{p:Ada Lane} left. The QA has since denied it.", ["Ada Lane", "QA"]),
        ("{p:Ada Lane} is a quay advocate. The QA said so.", ["Ada Lane", "QA"]),
        # The letters of an office, of a degree, a country, in a word, in capitals all around.
        ("{p:Ada Lane} left. The PM said so.", ["Ada Lane"]),
        ("{p:Ada Lane} is the Quay Press Officer. The QPO said so.", ["Ada Lane"]),
        ("{p:Ada Lane} left. The UAE said so.", ["Ada Lane"]),
        ("{p:Ada Lane} left. The QA-9 said so.", ["Ada Lane"]),
        ("{p:Ada Lane} left. THE QA SAID SO.", ["Ada Lane"]),
        ("{p:Ada Lane} left. The QA rate fell.", ["Ada Lane"]),
        ("{p:Ada Lane} left, QA said.", ["Ada Lane"]),
    ],
)
def test_those_that_speak(source, names):
    assert [e.name for e in read(source)[2]] == names


def test_two_letters_elsewhere_are_left_alone():
    assert grouped("The {o:QA} met. It was QA at last.") == [("QA", "QA")]


def test_many_letters_take_no_time():
    names = [f"Q{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676)}" for n in range(4000)]
    article, mentions = marked(" ".join(f"The {name} said so, ah well." for name in names) + " {p:Ada Lane}")
    started = time.process_time()
    build_entities(article, mentions)
    assert time.process_time() - started < 4
