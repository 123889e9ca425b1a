"""Whether an event happened."""

from __future__ import annotations

import pytest
from tests.extract.saying import marked

from onrecord.extract.happening import status_of


def status(source: str, code: str | None = None):
    page = marked(source, code=code)
    trigger = page.triggers[0]
    witness = next((s for s in page.statements if any(c.holds(trigger) for c in s.content)), None)
    return status_of(page.article, trigger, witness)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Marrish jets (bombed) the port on Monday.", "happened"),
        ("The port was (bombed).", "happened"),
        ("The army had opened an (investigation) years before.", "happened"),
        ("Marrow's delegates (will not sign) the paper.", "happened"),
        ("The rebels failed to prevent the (killings).", "happened"),
        ("Marrish jets are (bombing) the port.", "ongoing"),
        ("The (siege) is under way.", "ongoing"),
        ("Marrish jets (struck) the port for a fourth day.", "ongoing"),
        ("The army has launched an (investigation) into the fire.", "ongoing"),
        ("The army continued its (attacks) on the port.", "ongoing"),
        ("The minister (will visit) Sollen on Friday.", "planned"),
        ("The minister will (visit) Sollen on Friday.", "planned"),
        ("The minister plans to (visit) Sollen.", "planned"),
        ("The minister is due to (meet) the bishop.", "planned"),
        ("The rebels said they (will hand over) the hostages.", "planned"),
        ("The judge ordered the (arrest) of two clerks.", "planned"),
        ("The army did not (attack) the port.", "denied"),
        ("The army never (attacked) the port.", "denied"),
        ("There was no (attack) on the port.", "denied"),
        ("Not one jet (had bombed) the port.", "denied"),
        ("None of the Marrish jets (bombed) the port.", "denied"),
        ("The port burned, and nobody was (beaten).", "denied"),
        ("No sailors on the two ships were (arrested).", "denied"),
        ("No fewer than nine sailors were (arrested).", "happened"),
        ("No. 3 Squadron (bombed) the port.", "happened"),
        ("Sailors who harmed nobody were (arrested).", "happened"),
        ("No one who saw the port (bombed) it.", "happened"),
        ("No ship sank when jets (bombed) the port.", "happened"),
        ("No one doubted jets (bombed) the port.", "happened"),
        ("Marrow denied (shelling) the port.", "denied"),
        ("Marrow had (fired at) nobody.", "denied"),
        ("Its jets (hit) no civilians.", "denied"),
        ("The troops (fired) on no one.", "denied"),
        ("The shells (killed) no fewer than nine sailors.", "happened"),
        ("The guns (fired) with no warning.", "happened"),
        ("The envoy (met) with none other than Ada Lane.", "happened"),
        ("The guns (fired) none the less.", "happened"),
        ("Marrow (attacked) no later than Monday.", "happened"),
        ("Marrow would (strike) the port if the ships came back.", "hypothetical"),
        ("Marrow could (attack) the port.", "hypothetical"),
        ("If Marrow (attacked) the port, ships would sail.", "hypothetical"),
        ("He was jailed for ordering the (massacre) at Sollen.", "happened"),
        ("Sailors feared an (attack) on the port.", "hypothetical"),
        ("Marrow threatened to (bomb) the port.", "hypothetical"),
        ("The bishop called for a (withdrawal) from the port.", "hypothetical"),
        ("Marrow might have (bombed) the port.", "hypothetical"),
    ],
)
def test_narration(source, expected):
    assert status(source) == expected


@pytest.mark.parametrize(
    ("source", "code", "expected"),
    [
        ("[Marrow] {said} <its jets had (bombed) the port>.", "state", "happened"),
        ("[Marrow] {said} on Monday <that not a single shell had been (fired) at the port>.", "state", "denied"),
        ("[Marrow] {accused} the army of <(bombing) the port>.", "accuse", "happened"),
        ("[A clerk] {asked} <whether its jets had (bombed) the port>.", "ask", "hypothetical"),
        ("{Asked} <about reports that its jets had (bombed) the port>, he coughed.", "ask", "hypothetical"),
        ("[A clerk] {asked} <why its jets had (bombed) the port>.", "ask", "happened"),
        ("[Marrow] {denied} <(shelling) the port>.", "deny", "denied"),
        ("[Marrow] {denied} <that its jets had (bombed) the port>.", "deny", "denied"),
        ("[Marrow] {did not deny} <that its jets had (bombed) the port>.", "admit", "happened"),
        ("[Marrow] {denied} <responsibility for the (attack)>.", "deny", "happened"),
        ("[Marrow] {denied} <it was at sea when the port was (bombed)>.", "deny", "happened"),
        ("[Marrow] {said} <it had not (bombed) the port>.", "deny", "denied"),
        ("[Marrow] {demanded} <the (release) of the crew>.", "demand", "hypothetical"),
        ("[Marrow] {promised} <a swift (withdrawal)>.", "promise", "planned"),
        ("[Marrow] {warned} <those who (bombed) the port>.", "warn", "happened"),
    ],
)
def test_by_a_witness(source, code, expected):
    assert status(source, code) == expected
