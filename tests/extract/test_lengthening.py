import pytest
from tests.extract.naming import read


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
