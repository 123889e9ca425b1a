"""A judge by rule in place of the trained one: what it finds hangs on ids alone, so that every pair is met in any order."""

from __future__ import annotations

import pytest

from onrecord.records import Clash, Span
from onrecord.store import clashing
from onrecord.store.shelving import draw


def of_pair(a, b, kind, about="the dam"):
    """The clash of two accounts or figures, the earlier first."""
    a, b = sorted((a, b), key=lambda x: (x.day or "", x.article, x.at))
    why = tuple((x.spans[0],) if x.spans else (Span(0, 1),) for x in (a, b))
    one, other = a.side(), b.side()
    score = 1 / (2 + (draw(one.entry) ^ draw(other.entry)) % 7)
    return Clash.of(one, other, kind=kind, about=about, why=why, score=score)


def compare(known, shelf):
    """Of speakers who say two things in different articles every third pair; figures that differ; what is printed twice."""
    for account in known.accounts:
        for key in sorted(account.speakers):
            for other in shelf.sharing(key, account.day, within=200, most=10_000):
                apart = account.article != other.article and key in other.speakers
                if apart and (draw(account.statement) ^ draw(other.statement)) % 3 == 0:
                    yield of_pair(account, other, "self-reversal")
        for other in shelf.printed(account.statement):
            if other.article != account.article:
                yield of_pair(account, other, "altered-quotation")
    for tally in known.tallies:
        for other in shelf.counting(tally.what, tally.day, within=200, most=10_000):
            if other.article != tally.article and other.value != tally.value:
                yield of_pair(tally, other, "figures")


@pytest.fixture
def judged(monkeypatch):
    """Stores that compare by the rule above."""
    monkeypatch.setattr(clashing, "_comparison", lambda: compare)
