"""What stands against what somebody said: earlier words of theirs, later accounts of what was foretold."""

from __future__ import annotations

import pytest

from onrecord.query.predictions import predictions
from onrecord.query.who import who


@pytest.fixture
def turned(world):
    """Somebody who turns round, in a paper that another copies; and a promise that came to nothing."""
    world.identity("Ann Lane")
    world.identity("Bo Marsh")
    _, (held,) = world.article(("Ann Lane", "said", "the dam holds"), published="2024-05-01")
    origin, (gave,) = world.article(("Ann Lane", "said", "the dam gave way"), outlet="Wire", published="2024-05-03")
    _, (again,) = world.article(
        ("Ann Lane", "said", "the dam gave way"), outlet="Echo", published="2024-05-04", copy_of=origin
    )
    world.printed_again(gave, again)
    _, (denied,) = world.article(("Bo Marsh", "denied", "that it gave way"), published="2024-05-05")
    world.numbers = {
        "turn": world.clash(held, gave, "self-reversal", score=0.7),
        "denial": world.clash(gave, denied, "deny"),
        "broken": world.clash(held, denied, "broken-prediction", score=0.6),
    }
    world.row("predictions", statement=held, kind="prediction", due_latest="2024-05-02")
    world.said = {"held": held, "gave": gave, "denied": denied}
    return world


def test_a_self_reversal_is_marked_where_it_comes(turned):
    first, second = who(turned.store, "Ann Lane").items
    assert first.against == ()
    (one,) = second.against
    assert (one.kind, one.statement, one.words) == (
        "self-reversal", turned.id_of("statements", turned.said["held"]), "the dam holds",
    )  # fmt: skip
    assert (one.speaker, one.day, one.score, one.accepted) == ("Ann Lane", "2024-05-01", 0.7, False)


def test_what_was_rejected_or_withdrawn_is_not(turned):
    made = turned.row("decisions", id="dec-1", kind="reject", subject="[]", made="2024-07-01T00:00:00Z")
    turned.change("clashes", turned.numbers["turn"], review="rejected", decision=made)
    assert all(u.against == () for u in who(turned.store, "Ann Lane").items)
    turned.change("clashes", turned.numbers["turn"], review=None, decision=None)
    turned.change("statements", turned.said["held"], standing="withdrawn")
    assert all(u.against == () for u in who(turned.store, "Ann Lane").items)


def test_what_became_of_a_prediction_is_told(turned):
    (one,) = predictions(turned.store).items
    assert [(a.kind, a.speaker) for a in one.became] == [
        ("self-reversal", "Ann Lane"),
        ("broken-prediction", "Bo Marsh"),
    ]


def test_what_is_less_likely_a_clash_than_not_is_told_only_by_review(turned):
    turned.change("clashes", turned.numbers["broken"], score=0.49)
    (one,) = predictions(turned.store).items
    assert [a.kind for a in one.became] == ["self-reversal"]
    made = turned.row("decisions", id="dec-1", kind="accept", subject="[]", made="2024-07-01T00:00:00Z")
    turned.change("clashes", turned.numbers["broken"], review="accepted", decision=made)
    (one,) = predictions(turned.store).items
    assert [a.kind for a in one.became] == ["self-reversal", "broken-prediction"]
