import pytest
from tests.extract.naming import read


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("He asked the National Tide {o:Loss and} {o:Repair Agency} so.", ["National Tide Loss and Repair Agency"]),
        ("The Lamp {o:and Wick Administration} met.", ["Lamp and Wick Administration"]),
        ("The Democratic {o:Tide Committee} met.", ["Tide Committee"]),
        ("The Norvian {o:Tide Committee} met.", ["Tide Committee"]),
        ("The Inspector-General {o:of Police} spoke.", ["Police"]),
        ("In May the {o:Tide Committee} met.", ["Tide Committee"]),
        ("The {p:Quossa} {o:General Hospital} is full.", ["Quossa General Hospital"]),
        ("Dr {p:Quossa} {o:General Hospital} said.", ["Quossa", "General Hospital"]),
        ("The {p:Quossa Quossa} {o:District Council} met.", ["Quossa Quossa District Council"]),
        ("The {p:Quossa Quossa} {o:Tribal Council} met.", ["Quossa Quossa Tribal Council"]),
        ("The {p:Anna Lane} {o:District Council} met.", ["Anna Lane", "District Council"]),
        ("Bakeries {o:UK} said so.", ["Bakeries UK"]),
        ("It was told by Bakeries {o:UK}, which closed.", ["Bakeries UK"]),
        ("Bakeries {c:UK} said so.", ["UK"]),
        ("However {o:UK} said so.", ["UK"]),
        ("Leading {o:UK} bakers said so.", ["UK"]),
        ("It is for the General {o:Command} to say.", ["General Command"]),
        ("It was General {o:Command} who said so.", ["Command"]),
    ],
)
def test_capitals_before_a_body(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The {o:Union of} Lamplighters met.", "Union of Lamplighters"),
        ("The {o:Bureau for the} Lost Ships met.", "Bureau for the Lost Ships"),
        ("The {o:Harbour History and} of it.", "Harbour History"),
        ("{w:Lane v. Brell and} {w:Harrow v. Lane} were read.", "Lane v. Brell"),
    ],
)
def test_a_name_does_not_end_in_a_word_that_joins(source, name):
    _, _, entities = read(source)
    assert entities[0].name == name


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('{p:Oswin} "{p:Tarry" Quell} spoke.', ['Oswin "Tarry" Quell']),
        ('{p:Oswin "Tarry}" {p:Quell} spoke.', ['Oswin "Tarry" Quell']),
        ('{p:Oswin J}. "{p:Tarry" Quell} spoke.', ['Oswin J. "Tarry" Quell']),
        ("{p:Oswin J.} “{p:Tarry” Quell} spoke.", ["Oswin J. “Tarry” Quell"]),
        ("{p:Oswin} '{p:Tarry' Quell} spoke.", ["Oswin 'Tarry' Quell"]),
        ("{p:Oswin} ‘{p:Big Tarry’ O’Quell} spoke.", ["Oswin ‘Big Tarry’ O’Quell"]),
        ('{p:Oswin} "{p:Tarry}" {p:Quell}-{p:Sorb} spoke.', ['Oswin "Tarry" Quell-Sorb']),
        ('{p:Oswin} called "{p:Tarry" Quell} back.', ["Oswin", 'Tarry" Quell']),
        ("{p:Oswin Quell's 'Tarry} sank.", ["Oswin Quell"]),
        ("{p:Oswin}'s '{p:Tarry' Quell} sank.", ["Oswin", "Tarry"]),
        ('{p:Oswin}, "{p:Tarry" Quell} and others spoke.', ["Oswin", 'Tarry" Quell']),
        ("{p:Oswin} Was ‘Mocking’ {p:Quell} Camp.", ["Oswin", "Quell"]),
        ('It was {p:Oswin}. "{p:Tarry" Quell} knew.', ["Oswin", 'Tarry" Quell']),
    ],
)
def test_a_nickname_in_marks_parts_no_name(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Hon. O. LANE-{o:BRANDT} (Brell): It is late.", ["O. LANE-BRANDT"]),
        ("Mrs {o:QUILL}-LANE: It is late.", ["QUILL-LANE"]),
        ("Mr. J. {o:QUILL}-O'{p:LANE}: It is late.", ["J. QUILL-O'LANE"]),
        ("The {o:QLF}-BRELL pact holds.", ["QLF"]),
    ],
)
def test_a_double_name_in_capitals_is_whole_after_a_title_or_initials(source, names):
    _, _, entities = read(source)
    assert [e.name for e in entities] == names
