"""Neighbouring sentences make no wars."""

import pytest
from tests.extract.acting import doers


@pytest.mark.parametrize(
    ("source", "type_", "expected"),
    [
        ("{c:Norvia} opened a fair. A wolf [[killed]] two shepherds.", "ASSAULT", (None, None)),
        ("{c:Norvia} lit a beacon. {c:Sarland} [[dismissed]] its coach.", "SANCTION", ("Sarland", None)),
        ("{o:Harrow Guards} held a briefing. A robber [[shot]] a driver.", "ASSAULT", (None, None)),
        ("A gale crossed {c:Norvia}, [[killed]] nine people.", "ASSAULT", (None, None)),
        ("Heat [[kills]] 19 in {l:Harrow}.", "ASSAULT", (None, None)),
        ("{c:Norvia} left. Two miners were [[beaten]] by a mob in {l:Harrow}.", "ASSAULT", (None, None)),
        ("A nurse has been [[jailed]] at {o:Harrow Crown Court}.", "COERCE", (None, None)),
        ("{p:Ada Lane} was [[jailed]] at {o:Harrow Crown Court}.", "COERCE", (None, "Ada Lane")),
        ("{p:Ada Lane} left. {p:Olaf Brandt} came. He [[rejected]] a truce.", "REJECT", ("Olaf Brandt", None)),
        ("{o:Harrow Steel} workers [[blocked]] a road.", "PROTEST", (None, None)),
        ("The {p:Sh20} that was [[stolen]] was his.", "COERCE", (None, None)),
        ("Union Farm Minister {p:Ada Lane} [[rejected]] a truce.", "REJECT", ("Ada Lane", None)),
        ("Hurricane {p:Ada} came. {p:Ada} [[killed]] nine people.", "ASSAULT", (None, None)),
        ("{o:Shells} [[struck]] a mill.", "ASSAULT", (None, None)),
        ("{p:Ada Lane} of the {o:Growers Union} spoke. He [[rejected]] a truce.", "REJECT", ("Ada Lane", None)),
        ("{c:Norvia} hosiery workers [[blocked]] a road.", "PROTEST", (None, None)),
        ("{c:Norvia}'s press council [[fined]] a daily.", "SANCTION", ("Norvia", None)),
        ("{c:Norvia}'s egg regulator [[fined]] a daily.", "SANCTION", (None, None)),
        ("{c:Norvia} [[evacuated]] forty tourists.", "AID", ("Norvia", None)),
        ("{c:Norvia}'s premier, {p:Ada Lane}, [[resigned]].", "CONCEDE", ("Ada Lane", None)),
        ("Rebels of the {o:Upland League} [[ambushed]] a bus.", "ASSAULT", ("Upland League", None)),
        ("{p:Ada Lane} of {c:Norvia} spoke. She [[signed]] it.", "AGREE", ("Ada Lane", None)),
        ("{c:Norvia} spoke to {p:Alice Lane}. He was [[arrested]].", "COERCE", (None, None)),
        ("{c:Norvia} let {p:Oto Brandt} go. He was [[arrested]] at noon.", "COERCE", (None, "Oto Brandt")),
        ("In the evening {c:Norvia} [[shelled]] a reef.", "ASSAULT", ("Norvia", None)),
        ("{c:Norvia} closed the port. It then [[expelled]] {p:Ada Lane}.", "SANCTION", ("Norvia", "Ada Lane")),
    ],
)
def test_parties_are_of_the_clause(source, type_, expected):
    assert doers(source, type_) == [expected]


def test_who_is_quoted_is_not_they():
    source = "A boat came. “They [[seized]] six of us,” {p:Ada Lane} said."
    assert doers(source, "COERCE", told="They seized six of us", by="Ada Lane") == [(None, None)]


def test_a_page_of_news_in_brief_has_no_sides():
    brief = "{c:Norvia} [[shelled]] a reef. {c:Norvia} lit a beacon. {c:Sarland} sold wheat. {c:Sarland} sold rye."
    assert doers(brief, "ASSAULT") == [("Norvia", None)]
