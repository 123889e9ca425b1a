import pytest

from onrecord.articles import build_article
from onrecord.articles.datelines import opening
from onrecord.records import RawDocument, Span


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
        ("(CNN) — Rain fell.", None, "CNN"),
        ("(CNN)Rain fell.", None, "CNN"),
        ("New Delhi, March 3 (PTI) The minister said so.", "New Delhi", "PTI"),
        ("New Delhi [India], March 3 (ANI): The minister said so.", "New Delhi, India", "ANI"),
        ("Madrid, Mar 3 (EFE).- Rain fell.", "Madrid", "EFE"),
        ("GENEVA (AP) _ Rain fell.", "GENEVA", "AP"),
        ("BERLIN, 3 March (dpa/tca) - Rain fell.", "BERLIN", "DPA"),
        ("WASHINGTON-- Rain fell.", "WASHINGTON", None),
        ("Port-au-Prince (AFP) - Rain fell.", "Port-au-Prince", "AFP"),
        ("Dar es Salaam (AFP) - Rain fell.", "Dar es Salaam", "AFP"),
        ("Deir ez-Zor (AFP) - Rain fell.", "Deir ez-Zor", "AFP"),
        ("MOSCOW. March 3 (Interfax) - Rain fell.", "MOSCOW", "Interfax"),
        ("THE HAGUE, Netherlands (AP) — Rain fell.", "THE HAGUE, Netherlands", "AP"),
        ("LOS ANGELES — Rain fell.", "LOS ANGELES", None),
        ("LA CROSSE, Wisc. —Rain fell.", "LA CROSSE, Wisc.", None),
        ("ST. LOUIS — “Rain,” he said.", "ST. LOUIS", None),
        ("FLINT, Mich., Oct. 4 (UPI) -- eBay fell.", "FLINT, Mich.", "UPI"),
        ("Omdurman, Nov. 12 (NOVA) - Rain fell.", "Omdurman", "NOVA"),
        ("Omdurman, Sudan – Rain fell.", "Omdurman, Sudan", None),
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
        "-",
        "—",
        "/ / /",
        "Marine Le Pen (RN) – the candidate – said so.",
        "Human Rights Watch (HRW) – a New York group – said so.",
        "The World Health Organization (WHO) — which met — said so.",
        "John Boehner (R-Ohio) — the speaker — said so.",
        "Bob Casey (PA) - the senator - said so.",
        "Apple (AAPL) - the iPhone maker - said so.",
        "The Associated Press (AP) - The agency said so.",
        "Associated Press (AP) - The agency said so.",
        "On Monday, May 4 - The day of the vote - it rained.",
        "Monday, May 4 - The day of the vote.",
        "Kate Bush, March 3, 2015 - the singer said so.",
        "DONALD TRUMP — He said so.",
        "MR. LANE — He said so.",
        "KANYE WEST — He said so.",
        "TED CRUZ — He said so.",
        "QUESTION — Was it so?",
        "UNICEF - It said so.",
        "Hanne Voss, Denmark – She said so.",
        "Omdurman, Denmark – She said so.",
        "Kate Voss, March 3 (Greens) - She said so.",
        "UNESCO — It said so.",
        "MONDAY — It rained.",
        "POLLS NOT WRONG, JUST TOO VERY EARLY - It is so.",
        "Lane (PA) He said so.",
        "SIEGEL--Jerome, 80, who sailed.",
        "POLLS NOT NECESSARILY SO WRONG, JUST EARLY - It is so.",
    ],
)
def test_sentences_do_not(text):
    assert opening(text, Span(0, len(text))) is None


def test_a_day_beside_a_name_is_no_day_of_publication():
    article = build_article(
        RawDocument(origin="x", text="Bush sings\n\nKate Bush, March 3, 2015 - the singer said so.")
    )
    assert (article.dateline, article.published) == (None, None)


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
