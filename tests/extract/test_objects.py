"""Whom the printed object of a verb names, and what is turned down by "denied"."""

from __future__ import annotations

import numpy as np
import pytest
from tests.scripted import read_marked

from onrecord.extract import aims
from onrecord.extract.deedverbs import plain_act

NAMES = {
    "person": ["Ola Ness", "Ness", "Ada Lane", "Lane", "Olaf Brandt", "Brandt"],
    "organization": ["Quell Bank", "Brell Times"],
    "place": ["Brell"],
    "country": ["Norvia", "Norvian"],
}
BEFORE = "Olaf Brandt came.\n\n[Ola Ness] {said} <it rained>.\n\n"


def before(questions):
    """A head that always names whoever spoke before."""
    spoke = questions.features[:, aims.FEATURES.index("spoke before")]
    return np.asarray(np.where(spoke == 1.0, 5.0, -5.0), np.float32)


def target(text: str) -> str | None:
    found = read_marked(BEFORE + text, NAMES, parties_by=before).statements[1].target
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Ada Lane] {accused} Brandt <of theft>.", "Olaf Brandt"),
        ("[Ada Lane] {accused} the mayor <of theft>.", "the mayor"),
        ("[Ada Lane] {hit out at the chief} minister <for hiding it>.", "the chief minister"),
        ("[Ada Lane] {lashed out} <at the governor over the tax>.", "the governor"),
        ("[Ada Lane] {took aim} at Quell Bank <for closing branches>.", "Quell Bank"),
        ("[Ada Lane] {blasted} <harbour staff over the delay>.", "staff"),
        ("[Ada Lane] {blamed} <the flood on Brandt>.", "Olaf Brandt"),
        ("[Ada Lane] {accused} the mayor of Brell, Olaf Brandt, <of theft>.", "Olaf Brandt"),
        ("[Ada Lane] {praised} <Brandt's courage>.", "Olaf Brandt"),
        ("[Ada Lane] {slammed} <Brandt's plan>.", "Olaf Brandt"),
        ("[Ada Lane] {slammed} <Mr. Brandt's new plan for the port>.", "Olaf Brandt"),
        ("[Ada Lane] {slammed} <Brandt's campaign>.", "Brandt's campaign"),
        ("[Ada Lane] {criticised} <the mayor>.", "the mayor"),
        ("[Ada Lane] {branded} Brandt <a liar>.", "Olaf Brandt"),
        ("[Ada Lane] {rejected} <Brandt's claim>.", "Olaf Brandt"),
        ("[Ada Lane] {has rejected} <a claim by Quell Bank that it leaked>.", "Quell Bank"),
        ("[Ada Lane] {denied} <Brandt had left>.", "Ola Ness"),
        ("[Ada Lane] {called on} Quell Bank <to pay>.", "Quell Bank"),
        ("Brandt {was accused} <of theft> by [Ada Lane].", "Olaf Brandt"),
        ("Brandt, who {has been criticised} by [Ada Lane] <for it>, left.", "Olaf Brandt"),
        ("Brandt {was warned} by [Ada Lane] <that it would rain>.", "Olaf Brandt"),
        ("The charity {was accused} of <waste> by [Ada Lane].", "The charity"),
        ("The firm {has been accused} <of waste>.", "The firm"),
        ("[Ada Lane] {is criticising} Brandt <for it>.", "Olaf Brandt"),
        ("[Ada Lane] {berated} herself <for it>.", None),
        ("[Ada Lane] {condemned} <the shelling>.", None),
        ("[Ada Lane] {condemned} <the raiders>.", "the raiders"),
        ("[Ada Lane] {told} Brandt <to leave>.", "Olaf Brandt"),
        ("[Ada Lane] {ordered} Quell Bank <to pay>.", "Quell Bank"),
        ("[Ada Lane] {told} the Norvian consul, Olaf Brandt, <to leave>.", "Olaf Brandt"),
        ("[Ada Lane] {warned} Quell Bank <that it would rain>.", "Quell Bank"),
        ("[Ada Lane] {called on} the interior minister <to go>.", "the interior minister"),
        ("[Ada Lane] {called} the tribunal <a theatre>.", "the tribunal"),
    ],
)
def test_the_printed_object_is_aimed_at(text: str, name: str | None) -> None:
    assert target(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "[Ada Lane] {condemned} <the remarks>.",  # what was said before may be meant
        "[Ada Lane] {criticised} him <for it>.",
        "[Ada Lane] {criticised} <his aide>.",
        "[Ada Lane] {welcomed} <the offer>.",
        "[Ada Lane] {criticised} <having to pay Norvia>.",
        "[Ada Lane] {criticised} <relations between doctors and Quell Bank>.",
        "[Ada Lane] {said} <Brandt was late>.",
        "The plan was {criticised} by [Ada Lane] <as wasteful>.",
        "He {was accused} <of waste>.",
        "The fog {was blamed} <for the crash>.",
        "[Ada Lane] {dismissed the attack} on Brandt <as unfair>.",
        "[Ada Lane] {told} Brandt <that it rained>.",
        "[Ada Lane] {asked} him <to leave>.",
        "[Ada Lane] {warned} of floods <on Monday>.",
        "[Ada Lane] {asked} leave <to speak>.",
    ],
)
def test_elsewhere_the_head_decides(text: str) -> None:
    assert target(text) == "Ola Ness"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Norvia] {said} <it had aimed high>. General [Ada Lane] {added} <we hit nobody>.", None),
        ("[Norvia] {said} <it had aimed high>.\n\nGeneral [Ada Lane] {added} <we hit nobody>.", "Norvia"),
    ],
)
def test_who_is_first_named_after_a_land_spoke_goes_on_for_it(text: str, name: str | None) -> None:
    found = read_marked(BEFORE + text, NAMES, parties_by=before).statements[-1].target
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("bail to Olaf Brandt", "refuse"),
        ("leave for the motion", "refuse"),
        ("the crew a licence in May", "refuse"),
        ("the request", "refuse"),
        ("the motion on Friday", "refuse"),
        ("him entry", "refuse"),
        ("visa fraud", "deny"),
        ("that access was blocked", "deny"),
        ("having sought asylum", "deny"),
        ("the existence of a request", "deny"),
        ("any request", "deny"),
        ("bail was sought", "deny"),
        ("a rift", "deny"),
    ],
)
def test_what_is_turned_down_is_refused(content: str, act: str) -> None:
    assert plain_act("denied", content) == act


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("was denied", "Kurt Vane … bail", "refuse"),
        ("has been wrongly denied", "the firm … a permit by the council", "refuse"),
        ("was denied", "The report … by the council", "deny"),
        ("denied", "Kurt Vane … bail fraud", "deny"),
    ],
)
def test_who_is_denied_something_denies_nothing(cue: str, content: str, act: str) -> None:
    assert plain_act(cue, content) == act


def test_a_refusal_is_aimed_at_whom_something_is_denied() -> None:
    assert target("[Ada Lane] {denied} <leave for the motion>.") is None
    assert target("[Ada Lane] {denied} <Olaf Brandt entry>.") == "Olaf Brandt"
    assert target("[Ada Lane] {denied} <the tale>.") == "Ola Ness"
