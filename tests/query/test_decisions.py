"""The log of what people decided, page by page."""

from __future__ import annotations

import json

from onrecord.query.decisions import decisions


def _decide(world, number, made):
    subject = json.dumps([["art-1", f"Ann {number}"], ["art-2", "Ann"]])
    world.row("decisions", id=f"dec-{number}", kind="merge", subject=subject, made=made)


def test_what_is_decided_meanwhile_repeats_nothing_on_the_next_page(world):
    for number in range(7):
        _decide(world, number, f"2024-05-0{number // 2 + 1}T00:00:00Z")
    first = decisions(world.store, size=3)
    _decide(world, 7, "2024-06-01T00:00:00Z")
    second = decisions(world.store, size=3, cursor=first.cursor)
    third = decisions(world.store, size=3, cursor=second.cursor)
    assert [one.id for page in (first, second, third) for one in page.items] == [
        f"dec-{number}" for number in reversed(range(7))
    ]
    assert third.cursor is None and third.total == 8
