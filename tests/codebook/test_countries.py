import sys

import pytest

from onrecord.codebook.countries import Country, countries, country_rows, lint_countries
from onrecord.codebook.names import lint_names, name_words


def test_the_tables_are_sound() -> None:
    assert list(lint_countries()) == []
    assert list(lint_names()) == []


def test_every_state_is_there() -> None:
    rows = country_rows()
    assert len(rows) == 250  # 249 of ISO 3166-1 and Kosovo
    # What has no people of its own has no demonym.
    assert sum(bool(row.demonyms) for row in rows) > 215


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("United States", ("USA",)),
        ("the U.S.", ("USA",)),
        ("US", ("USA",)),
        ("us", ()),
        ("Russians", ("RUS",)),
        ("RUSSIA", ("RUS",)),
        ("Chinese", ("CHN",)),
        ("Frenchmen", ("FRA",)),
        ("Dominicans", ("DMA", "DOM")),
        ("Velmark", ()),
    ],
)
def test_words_that_name_a_country(word: str, codes: tuple[str, ...]) -> None:
    assert countries().named(word) == codes


def test_demonyms_are_told_from_names() -> None:
    assert countries().is_demonym("Russian") and not countries().is_demonym("Russia")


def test_capitals_and_seats() -> None:
    assert countries().capitals["Moscow"] == countries().capitals["Kremlin"] == ("RUS",)
    assert "White House" not in countries().capitals
    assert countries().offices["White House"] == ("USA",)


def test_the_lint_finds_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = (Country("ZZ", ("lower",)), Country("AAA", ()))
    # The room hands on a function of the module's own name.
    monkeypatch.setattr(sys.modules["onrecord.codebook.countries"], "country_rows", lambda: bad)
    found = " ".join(lint_countries())
    assert "sorted" in found and "no alpha-3" in found and "no name" in found and "'lower'" in found


def test_titles_tell_men_from_women() -> None:
    words = name_words()
    assert "mr" in words.his_titles and "mrs" in words.her_titles
    assert words.nicknames["bill"] == {"william"}
