"""Words of deeds that tell of none."""

import pytest

from onrecord.extract.idioms import is_idle, is_mishap, is_outcome, is_test, is_walkout
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
        ("The garrison held its fire.", "held", True),
        ("The garrison held two clerks.", "held", False),
        ("The clinic needs two tonnes of lint.", "needs", True),
        ("The mail boat called at Oldmoor.", "called at", True),
        ("The council received the invitation.", "received", True),
        ("The council received the envoy.", "received", False),
        ("The chamber stood in silence.", "stood in", True),
        ("She broke off a tour of the coast.", "broke off", True),
        ("She broke off the truce.", "broke off", False),
        ("The envoys signed a lease on a villa.", "signed", True),
        ("The envoys signed a truce.", "signed", False),
        ("Lane was denied by the crossbar.", "was denied", True),
        ("A save denied Lane a second goal.", "denied", True),
        ("Lane was denied a penalty.", "denied", True),
        ("Lane was denied a visa.", "denied", False),
        ("The claim was denied by the goat.", "denied", False),
    ],
)
def test_idle(text, trigger, idle):
    start = text.index(trigger)
    assert is_idle(text, Span(start, start + len(trigger))) is idle


@pytest.mark.parametrize(("text", "test"), [("They test-fired a missile.", True), ("They fired a missile.", False)])
def test_a_weapon_that_is_only_tried(text, test):
    start = text.index("fired")
    assert is_test(text, Span(start, start + 5)) is test


@pytest.mark.parametrize(
    ("text", "trigger", "walkout"),
    [
        ("The envoys walked out of the hall.", "walked", True),
        ("The envoys walked out.", "walked out", True),
        ("The envoys walked to the hall.", "walked", False),
        ("The envoys spoke out.", "spoke", False),
    ],
)
def test_who_walks_out_does_not_meet(text, trigger, walkout):
    start = text.index(trigger)
    assert is_walkout(text, Span(start, start + len(trigger))) is walkout


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("They [shelled] the quay, killing two.", True),
        ("They [shelled] the quay, killing two and wounding four.", True),
        ("They [shelled] the quay. A mob came, killing two.", False),
        ("They [shelled] the quay, and a mob was killing sheep.", False),
    ],
)
def test_harm_that_an_attack_led_to_is_no_event_of_its_own(text, outcome):
    start, end = text.index("["), text.index("]") - 1
    text = text.replace("[", "").replace("]", "")
    at = max(text.find("killing"), text.find("wounding"))
    assert is_outcome(text, Span(at, at + text[at:].index("ing") + 3), Span(start, end)) is outcome
    assert not is_outcome(text, Span(at, at + 7), None)


@pytest.mark.parametrize(
    ("text", "trigger", "mishap"),
    [
        ("Some 12 weavers were killed in a fire at the mill.", "were killed", True),
        ("Nine were killed and wounded in last week's ferry collision.", "killed", True),
        ("The slide and the flood have killed nine.", "killed", True),
        ("An outbreak in northern Sarland has killed 12.", "killed", True),
        ("The guards killed nine in the fire fight.", "killed", False),
        ("Nine were killed in a fire set by rebels.", "killed", False),
        ("Nine were killed in a raid.", "killed", False),
        ("A fire in the mill killed nine.", "killed", True),
        ("Nine were killed in the heavy artillery fire.", "killed", False),
        ("Nine were killed in the outbreak of fighting.", "killed", False),
        ("The rifle fire killed nine.", "killed", False),
        ("At dawn Norvian fire killed nine.", "killed", False),
        ("Who lit the fire in Harrow? Rebels killed nine.", "killed", False),
        ("A fire in Harrow and rebels killed nine.", "killed", False),
        ("The storm passed and rebels killed nine.", "killed", False),
        ("Nine were arrested in the storm.", "arrested", False),
    ],
)
def test_what_a_fire_or_a_flood_did_is_nobodys_deed(text, trigger, mishap):
    start = text.index(trigger)
    assert is_mishap(text, Span(start, start + len(trigger))) is mishap
