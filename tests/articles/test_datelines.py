import pytest

from onrecord.articles.datelines import opening
from onrecord.records import Span


def told(text, published=None):
    found = opening(text, Span(0, len(text)))
    if found is None:
        return None
    line = found.dateline(published)
    return (line.place if line else None, line.date if line else None, found.agency)


@pytest.mark.parametrize(
    ("text", "place", "agency"),
    [
        ("NAIROBI, May 4 (Reuters) - Rain fell.", "NAIROBI", "Reuters"),
        ("PARIS (AP) — Rain fell.", "PARIS", "AP"),
        ("PARIS — Rain fell.", "PARIS", None),
        ("WASHINGTON—Rain fell.", "WASHINGTON", None),
        ("ROME - Rain fell.", "ROME", None),
        ("Mexico City (AFP) – Rain fell.", "Mexico City", "AFP"),
        ("Oslo, 4 May – Rain fell.", "Oslo", None),
        ("Torvane, Friday — Rain fell.", "Torvane", None),
        ("TRENTON, N.J. (AP) — Rain fell.", "TRENTON, N.J.", "AP"),
        ("L'AQUILA, Italy (AP) -- Rain fell.", "L'AQUILA, Italy", "AP"),
        ("WASHINGTON/NEW YORK (Reuters) - Rain fell.", "WASHINGTON/NEW YORK", "Reuters"),
        ("VINTHOLM, March 3 (Halyard) - Rain fell.", "VINTHOLM", "Halyard"),
        ("MOSCOW, May 4. /TASS/. Rain fell.", "MOSCOW", "TASS"),
        ("HARBOUR TOWN, Elder (Feb. 5) — Rain fell.", "HARBOUR TOWN, Elder", None),
        ("Dec 29 (Reuters) - Rain fell.", None, "Reuters"),
        ("(Reuters) - Rain fell.", None, "Reuters"),
    ],
)
def test_dispatches_open_so(text, place, agency):
    found = told(text)
    assert found is not None
    assert (found[0], found[2]) == (place, agency)


@pytest.mark.parametrize(
    "text",
    [
        "NATO - which met on Monday - said no.",
        "POLL - Voters back the bridge.",
        "UPDATE 1 - Ferry sails",
        "Voss — who had left — said so.",
        "It was (AP) - no, it was not.",
        "The mayor (Voss) - a sailor - said so.",
        "“PARIS — it is over,” he said.",
        "Ferry stays in port.",
        "A — B",
        "20 killed - police",
        "",
        "-",
        "—",
        "/ / /",
    ],
)
def test_sentences_do_not(text):
    assert opening(text, Span(0, len(text))) is None if text else True


@pytest.mark.parametrize(
    ("text", "published", "date"),
    [
        ("OSLO, May 4 - Rain.", "2020-05-05", "2020-05-04"),
        ("OSLO, Dec. 31 - Rain.", "2021-01-01", "2020-12-31"),
        ("OSLO, Jan 1 - Rain.", "2020-12-31", "2021-01-01"),
        ("OSLO, May 4, 2019 - Rain.", None, "2019-05-04"),
        ("OSLO, Monday, 4 May 2020 - Rain.", "1999-01-01", "2020-05-04"),
        ("OSLO, May 4 - Rain.", None, None),
        ("OSLO, May 4 - Rain.", "2020-11-05", None),
        ("OSLO, Feb. 29 - Rain.", "2021-03-01", None),
        ("OSLO, Monday - Rain.", "2020-05-05", None),
    ],
)
def test_the_year_follows_from_the_day_of_publication_or_stays_open(text, published, date):
    assert told(text, published)[1] == date
