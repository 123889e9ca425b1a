"""What is new on somebody who is waited for."""

from __future__ import annotations

import pytest

from onrecord.link import EntityAnchor
from onrecord.query.alerts import news
from onrecord.store import Alert


@pytest.mark.parametrize(
    ("before", "again", "new"),
    [
        (["that two of the four piers were unsafe"], "that three of the four piers were unsafe", True),
        (["that 1,200 tons were lost"], "that 1,300 tons were lost", True),
        (["that two of the four piers were unsafe"], "that 2 of the four piers were unsafe", False),
        (["that two of the four piers were unsafe"], "that two piers were unsafe", False),
        (["that two of the four piers were unsafe"], "that two of the four piers were not safe", False),
        (["that two piers were unsafe", "that three piers were unsafe"], "that three piers were unsafe", False),
    ],
)
@pytest.mark.parametrize("speaker", ["Ann Lane", "Bo Marsh"])
def test_a_printing_with_another_number_is_new_and_no_other(world, before, again, new, speaker):
    for name in ("Ann Lane", "Bo Marsh"):
        world.identity(name)
    told = [world.article((speaker, "said", words), outlet=f"Paper {k}") for k, words in enumerate(before)]
    article, (last,) = world.article((speaker, "said", again), outlet="The Quay")
    first = told[0][1][0]
    for statement in (*(s for _, (s,) in told), last):
        world.row("appearances", statement=statement, origin=first, similarity=0.9, altered="[]")
    printed = world.id_of("articles", told[0][0])
    world.entity(told[0][0], "Ann Lane")
    alerts = [
        Alert(
            "alr-0", "identity", "Ann Lane", EntityAnchor(printed, "Ann Lane"), "2024-06-01T00:00:00Z", (article - 1, 0)
        ),
        Alert("alr-1", "topic", "piers OR tons", None, "2024-06-01T00:00:00Z", (article - 1, 0)),
    ]
    found = [[said.content for said in news(world.store, alert).statements] for alert in alerts]
    assert found == [[again] * (new and speaker == "Ann Lane"), [again] * new]


def test_what_a_new_version_repeats_is_not_new(world):
    for name in ("Ann Lane", "Bo Marsh"):
        world.identity(name)
    kept, changed, denied = (
        ("Ann Lane", "said", "that the piers would hold"),
        ("Ann Lane", "said", "that the piers had given way"),
        ("Ann Lane", "denied", "that the piers had been built on sand"),
    )
    before = ("Ann Lane", "said", denied[2])
    item = {"item": "item Quay pier-1", "url": "https://quay.example/pier-1"}
    old, _ = world.article(kept, before, standing="superseded", **item)
    new, statements = world.article(kept, changed, denied, **item)
    for n in statements:
        world.row("account_keys", statement=n, identity=world.identities["Ann Lane"], day=0, draw=0)
        world.row("account_days", statement=n, day=0, draw=0)
    anchor = EntityAnchor(world.id_of("articles", new), "Ann Lane")
    alerts = [
        Alert("alr-0", "identity", "Ann Lane", anchor, "2024-06-01T00:00:00Z", (old, 0)),
        Alert("alr-1", "topic", "piers", None, "2024-06-01T00:00:00Z", (old, 0)),
    ]
    for alert in alerts:
        assert [said.content for said in news(world.store, alert).statements] == [denied[2], changed[2]]
