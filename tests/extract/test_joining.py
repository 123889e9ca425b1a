"""Pieces of one name are joined; two names are left two."""

import pytest
from tests.extract.naming import read


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("The {o:Five} {o:Lakes Union} voted.", ["Five Lakes Union"]),
        ("The {o:Guild of} {o:Potters} voted.", ["Guild of Potters"]),
        ("The {o:Institute for Reform in} {c:Germany} asked.", ["Institute for Reform in Germany"]),
        ("The {o:Widows} of {l:Harrow} marched.", ["Widows of Harrow"]),
        ("{o:A}. {p:Lane} spoke.", ["A. Lane"]),
        ("Prime Minister of {p:Velmark Ada Lane} spoke.", ["Velmark", "Ada Lane"]),
        ("The Minister for {p:Tides Ada Lane} spoke.", ["Ada Lane"]),
        ("The Mayor of {p:Paris Ada Lane} spoke.", ["Paris", "Ada Lane"]),
        ("The boat of {l:Brell} Star Lines sank.", ["Brell Star Lines"]),
        ("The boat of {p:Brell} {w:Tide} {o:Lines} sank.", ["Brell Tide Lines"]),
        ("They fly with {c:Kenya} Airways.", ["Kenya Airways"]),
        ("The {c:U.S.} Media said so.", ["U.S."]),
        ("The {o:Quoss Security} and {o:Coast Guard Corps} met.", ["Quoss Security and Coast Guard Corps"]),
        ("The {o:Quoss Lamp} and {o:Wick Corps} met. {o:QLWC} men left.", ["Quoss Lamp and Wick Corps"]),
        ("The {o:Quoss Lamp} and {o:Wick Corps} met.", ["Quoss Lamp", "Wick Corps"]),
        ("The {o:White House} and {o:Justice Department} met.", ["White House", "Justice Department"]),
        ("The {o:Quoss Bank} and {o:Trade Ministry} met.", ["Quoss Bank", "Trade Ministry"]),
        ("She told {l:Quoss} {w:Weekly} so. {l:Quoss} is far.", ["Quoss Weekly", "Quoss"]),
        ("She told the {c:Quossland} Monitor so.", ["Quossland Monitor"]),
        ("The {c:Quossland} monitor said so.", ["Quossland"]),
        ("He trusts President {p:Lane} Holdings said.", ["Lane"]),
        ("Rep. {p:G}.K. {p:Brandt} spoke.", ["G.K. Brandt"]),
        ("{c:Kenya} {o:Lamp Makers Union} struck.", ["Kenya Lamp Makers Union"]),
        ("The {c:Russian} {o:Tide Ministry} spoke.", ["Russian Tide Ministry"]),
        ("The {c:Quellish} {o:Tide Board} met.", ["Quellish Tide Board"]),
        ("In {c:Kenya} {o:Quell University} leads.", ["Kenya", "Quell University"]),
        ("The {c:Russian} {o:Tide Lamp} spoke.", ["Russian", "Tide Lamp"]),
        ("{c:Quossa} Council met.", ["Quossa Council"]),
        ("The {c:Kenya} Council met.", ["Kenya"]),
        ("The {o:Lightermen} and {o:Allied Workers' Union} met.", ["Lightermen and Allied Workers' Union"]),
        ("The {o:Lightermen} and {o:Workers' Union} met.", ["Lightermen", "Workers' Union"]),
        ("He fled {l:Quoss} Grain then.", ["Quoss Grain"]),
        ("He sold {l:Quoss} grain then.", ["Quoss"]),
        ("Member for {p:Quoss Ada Lane} spoke.", ["Quoss", "Ada Lane"]),
        ("The MP for {p:Quoss Ada Lane} spoke.", ["Quoss", "Ada Lane"]),
        ("Member of {p:Quoss Ada Lane} spoke.", ["Quoss Ada Lane"]),
        ("{l:St} {o:Quell}'s Hospital said so.", ["St Quell's Hospital"]),
        ("{p:St. Quell}’s Teaching {o:Hospital} said so.", ["St. Quell’s Teaching Hospital"]),
        ("{l:St Quell}'s hospital said so.", ["St Quell"]),
        ("{p:Ada Quell}'s Hospital said so.", ["Ada Quell"]),
        ("The {o:Senate} and {o:Congress} voted.", ["Senate", "Congress"]),
        ("The {c:Velmarkish} {o:Senate} voted.", ["Velmarkish", "Senate"]),
        ("The {o:Bank} of {l:Harrow} closed.", ["Bank", "Harrow"]),
        ("The {o:federal} {o:Lane Commission} met.", ["Lane Commission"]),
        ("The son of {p:Anna Maria Lane} spoke.", ["Anna Maria Lane"]),
    ],
)
def test_pieces(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names
