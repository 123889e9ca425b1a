"""Parties that a verb's words stand for: the land of a place that is struck, and what "the raids" were before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from onrecord.codebook.nouns import bodies, offices, people
from onrecord.extract.acting import AskedEvent
from onrecord.extract.holding import span_at
from onrecord.extract.outsiders import NO_STATE
from onrecord.extract.players import Player
from onrecord.extract.scenes import Scene, Stage
from onrecord.extract.sides import Sides
from onrecord.records import Span

_AGAIN = re.compile(
    r"\W*(?:(?:But|Yet|And|but|yet|and),? )?(?:[Tt]he|[Tt]hese|[Tt]hose|[Tt]his|[Tt]hat) (?:air |night |first |new |latest )?"
    r"(?:raids?|strikes?|air ?strikes?|attacks?|assaults?|bombings?|bombardment|shelling|offensive|barrage|onslaught)"
    r"(?: (?:also|then|later|had|has|have|on \w+day))*\s*"
)
"""A subject that means what was told before."""


MOST = 80
"""Characters from a verb to the name of whose people it tells."""
_OF_STATES = frozenset(
    "army,navy,air force,troops,soldiers,government,ministry,cabinet,military,armed forces".split(",")
)
"""Bodies that a country has one of."""


def state_of(stage: Stage, sides: Sides, party: str, trigger: Span, asked: AskedEvent) -> str | None:
    """The country whose army or government a body without a name is: that of who speaks, else the only one that its
    paragraph names before it. None where the words do not tell.
    """
    player = stage.players[party]
    if (player.noun or player.name.lower().removeprefix("the ")) not in _OF_STATES or player.land is not None:
        return None
    lands = {home for s in asked.speaker if (home := sides.home(s) or s) in stage.players}
    if asked.witness is not None and not lands:
        lands = {n.party for s in asked.witness.source for n in stage.within(s.start, s.end)}
    lands = {land for land in lands if stage.players[land].kind == "country"}
    if not lands:
        start = (span_at(stage.article.paragraphs, trigger.start) or trigger).start
        lands = {n.party for n in stage.within(start, trigger.start) if stage.players[n.party].kind == "country"}
    return lands.pop() if len(lands) == 1 else None


def is_own_land(stage: Stage, scene: Scene, actor: str, land: str) -> bool:
    """Whether a country may be the one whose army or government strikes: its town is named, and neither country beside it."""
    player = stage.players[actor]
    if (player.noun or player.name.lower().removeprefix("the ")) not in _OF_STATES or player.land is not None:
        return False
    places = [n for n in stage.within(scene.opened, scene.closed) if n.party == land]
    return bool(places) and all(n.within for n in places)


_STAFF = re.compile(
    r" (?:(?:an?|the|its|one|two|three|four|five|six|\d+|several|some|former|senior|local) ){1,3}"
    r"(?:accountant|banker|boss|cashier|chair(?:man|woman)?|chief executive|clerk|director|driver|employee|engineer|executive"
    r"|founder|manager|owner|technician|trader|worker)s? (?:of|at|from|for) (?:the )?"
)
"""From a verb to the firm whose people are its object: "arrested two managers of"."""


def only_employs(stage: Stage, party: str, trigger: Span) -> bool:
    """Whether a body is only named as whose people undergo what a verb tells: "arrested a manager of Quayside"."""
    first = next(iter(stage.within(trigger.end, trigger.end + MOST)), None)
    if first is None or first.party != party or stage.players[party].kind not in ("organization", "group"):
        return False
    return _STAFF.fullmatch(stage.article.text, trigger.end, first.span.start) is not None


def means_again(text: str, opened: int, trigger: Span) -> bool:
    """Whether the subject of a trigger is what was told before: "The raids hit the harbour"."""
    return _AGAIN.fullmatch(text, opened, trigger.start) is not None


_OWN = bodies("own") | offices("own") | people("own")
_APART = (
    r"(?:by|with|in|at|after|before|near|over|under|during|through|into|and|or|but|that|which|who|whose|whom|as|when|while"
    r"|where|if|it|them|him|her|us|me|what)\b"
)
_WORD = rf" (?!{_APART}|(?:of|to|on|for|from|against)\b)[\w,.’'-]+"
_COUNTED = re.compile(
    rf"(?:(?:{_WORD}){{0,3}} (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen|dozens|scores|hundreds"
    rf"|thousands|some|most|many|all|several|half|members) of(?: (?:the|its|their|his|her))?|(?:{_WORD}){{0,4}}) "
)
"""From a verb to its object, or to those of whom so many are: "freed two captured", "arrested dozens of the"."""
_AGAINST = re.compile(rf" (?:(?!{_APART}(?! (?:aid|loans?|funds?|help)\b))[\w,.$€£’'-]+ ){{0,8}}")
"""From a verb to those whom a sanction is against: "froze the accounts of 19", "cut 3 million crowns in aid to the"."""
_NOUN = re.compile(r" [a-z]")


_OFFICIALS = frozenset({"officer", "officers", "official", "officials", "guards", "diplomat", "diplomats"})


def land_of(stage: Stage, asked: AskedEvent, party: str, home: Set[str | None]) -> str:
    """The country of a recipient that is a body of it ("Norvian officers"); of one that acts for itself in sanctions alone."""
    player = stage.players[party]
    if player.land is None or player.land in home:
        return party
    return player.land if asked.type == "SANCTION" or player.noun in _OFFICIALS else party


def nationals(stage: Stage, scene: Scene, asked: AskedEvent, home: Set[str | None]) -> str | None:
    """The country whose people are the object of an active verb: "freed two Norvian pilots", "fined 9 Norvian clerks".

    `home`: who acts, and of what country he is. None where they act for themselves, as rebels do.
    """
    text, end = stage.article.text, asked.trigger.end
    first = next(iter(stage.within(end, min(scene.closed, end + MOST))), None)
    if scene.voice != "active" or first is None or first.owns or first.within:
        return None
    player, start = stage.players[first.party], first.span.start
    if player.land is not None:
        land, start = player.land, text.rfind(" ", 0, start - 1) + 1
        himself = player.noun in _OWN
    elif player.kind == "country" and _NOUN.match(text, first.span.end):
        land, himself = first.party, NO_STATE.match(text, first.span.end) is not None
    else:
        return None
    if land in home or (himself and asked.type != "SANCTION"):
        return None
    between = _AGAINST if asked.type == "SANCTION" else _COUNTED
    return land if between.fullmatch(text, end, start) else None


def struck(scene: Scene, actor: str, players: Mapping[str, Player], lands: Mapping[str, str]) -> str | None:
    """The one country that the object of a verb is of or lies in: "hit depots along Norland's coast", "hit a depot in Harrow"."""
    near = [
        p
        for p, some in scene.standings.items()
        if any(s.part in ("object", "second", "after", "object joined") for s in some)
    ]
    found = {lands.get(p, p) for p in near if p in lands or players[p].kind == "country"} - {actor}
    return found.pop() if len(found) == 1 else None
