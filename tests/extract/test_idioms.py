"""Words of deeds that tell of none."""

import pytest

from onrecord.extract.idioms import is_idle, is_test
from onrecord.records import Span


@pytest.mark.parametrize(
    ("text", "trigger", "idle"),
    [
        ("Nurses fired off an angry letter to the board.", "fired off", True),
        ("Reporters fired questions at the mayor.", "fired", True),
        ("The council fired up its boiler.", "fired", True),
        ("Troops fired at the crowd.", "fired", False),
        ("Troops fired off two rockets.", "fired off", False),
        ("The lads killed it today.", "killed", True),
        ("Lawmakers killed the bill.", "killed", True),
        ("A wolf killed the shepherd.", "killed", False),
        ("The board shot down the proposal.", "shot down", True),
        ("Rebels shot down a helicopter.", "shot down", False),
        ("Lane kicked the ball into the stand.", "kicked", True),
        ("Lane kicked two penalties.", "kicked", True),
        ("Guards kicked a young prisoner.", "kicked", False),
        ("Guards beat and kicked the captive.", "kicked", False),
        ("Guards kicked him.", "kicked", False),
        ("Wheat hit a record high.", "hit", True),
        ("Rockets hit the harbour.", "hit", False),
        ("She attacked the government's new budget.", "attacked", True),
        ("Rebels attacked the town.", "attacked", False),
    ],
)
def test_idle(text, trigger, idle):
    start = text.index(trigger)
    assert is_idle(text, Span(start, start + len(trigger))) is idle


@pytest.mark.parametrize(("text", "test"), [("They test-fired a missile.", True), ("They fired a missile.", False)])
def test_a_weapon_that_is_only_tried(text, test):
    start = text.index("fired")
    assert is_test(text, Span(start, start + 5)) is test
