"""What speaks for a party as the actor or recipient of an event, and what for nobody, as names of weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.extract.acting import HOSTILE, AskedEvent, Cast, Course, DoerRole
from onrecord.extract.scenes import Scene, Standing, Voice


def nobody_features(role: DoerRole, scene: Scene, asked: AskedEvent, actor: str | None) -> Iterator[str]:
    """What speaks for nobody."""
    type_ = asked.type
    parts = {s.part for some in scene.standings.values() for s in some}
    ties = {s.tie for some in scene.standings.values() for s in some if s.part == "object"}
    yield f"{role} nobody"
    yield f"{role} nobody {type_}"
    yield f"{role} nobody {scene.voice}"
    yield f"{role} nobody subject {'subject' in parts} {scene.voice}"
    yield f"{role} nobody object {'object' in parts} {scene.voice}"
    yield f"{role} nobody object {'object' in parts} {type_}"
    if "by" in ties:
        yield f"{role} nobody by"
    yield f"{role} nobody told {asked.witness is not None}"
    if scene.pronoun:
        yield f"{role} nobody pronoun {scene.pronoun}"
    yield f"{role} nobody pronouns {scene.object} {scene.voice}"
    if role == "recipient":
        yield f"{role} nobody actor {actor is not None}"


def features(
    role: DoerRole, party: str, scene: Scene, cast: Cast, asked: AskedEvent, actor: str | None, course: Course
) -> Iterator[str]:
    """What speaks for a party, as names of weights."""
    player = cast.stage.players[party]
    yield f"{role} {player.kind}"
    yield f"{role} {player.kind} {asked.type}"
    if player.noun:
        yield f"{role} noun {player.noun}"
    standings = scene.standings.get(party, ())
    near = any(" back" not in s.part for s in standings)
    yield f"{role} near {near}"
    yield from _standing_features(role, standings, player.kind, scene.voice, asked.type)
    yield from _course_features(role, party, course, asked.type, near=near)
    yield from _count_features(role, party, cast, asked.type, near=near)
    yield from _pronoun_features(role, party, scene, standings, player.kind, course)
    for relation in _told_relations(party, cast, asked.speaker if asked.witness else None):
        yield f"{role} {relation}"
        yield f"{role} {relation} {scene.pronoun or 'none'}"
        yield f"{role} {relation} {scene.pronoun or 'none'} {scene.voice}"
    side = cast.sides.rank(party)
    if side is not None:
        yield f"{role} side {side} {near}"
        yield f"{role} side {asked.type}"
    if role == "recipient":
        yield from _facing_features(party, cast, asked.type, actor, near=near)


def _standing_features(
    role: DoerRole, standings: Sequence[Standing], kind: str, voice: Voice, type_: str
) -> Iterator[str]:
    """Where a party stands in the clause and before it."""
    seen: dict[str, None] = {}
    for s in standings:
        for tail in (f"{voice}", f"{s.tie} {voice}", kind, type_, s.tie):
            seen[f"{role} {s.part} {tail}"] = None
    yield from seen


def _count_features(role: DoerRole, party: str, cast: Cast, type_: str, *, near: bool) -> Iterator[str]:
    """How much of the article is about a party."""
    rank = min(cast.common.index(party), 4) if party in cast.common else 4
    yield f"{role} rank {rank} {near}"
    yield f"{role} rank {rank} {type_ in HOSTILE}"
    yield f"{role} count {min(cast.counts[party], 4)} {near}"
    if cast.common and party == cast.common[0]:
        yield f"{role} commonest {near}"
    if party in cast.headline:
        yield f"{role} headline"


def _pronoun_features(
    role: DoerRole, party: str, scene: Scene, standings: Sequence[Standing], kind: str, course: Course
) -> Iterator[str]:
    """Whom the pronouns of the clause may mean."""
    pronoun = scene.pronoun or "none"
    if party == scene.previous:
        yield f"{role} previous {pronoun}"
        yield f"{role} previous {pronoun} {scene.voice}"
    if scene.object is None:
        return
    for s in standings:
        if " back" in s.part or s.part in ("subject", "before", "sentence before"):
            yield f"{role} object {scene.object} {s.part}"
    if party == course.last[1]:
        yield f"{role} object {scene.object} last recipient"
    if party == course.last[0]:
        yield f"{role} object {scene.object} last actor"
    yield f"{role} object {scene.object} {kind}"


def _facing_features(party: str, cast: Cast, type_: str, actor: str | None, *, near: bool) -> Iterator[str]:
    """What a recipient is to the actor."""
    if actor is None:
        if cast.sides.rank(party) is not None:
            yield "recipient side without actor"
        return
    if cast.sides.home(actor) == party or cast.sides.home(party) == actor:
        yield "recipient home of actor"
    if cast.sides.opponent(actor) == party:
        yield "recipient opponent of actor"
        yield f"recipient opponent of actor {type_}"
        yield f"recipient opponent of actor {near}"


def _told_relations(party: str, cast: Cast, speaker: tuple[str, ...] | None) -> Iterator[str]:
    """What a party is to whoever tells of the event."""
    if speaker is None:
        yield "narration"
        return
    if party in speaker:
        yield "speaks"
    homes = {cast.sides.home(s) for s in speaker} - {None}
    if party in homes:
        yield "speakers home"
    if any(cast.sides.opponent(h) == party for h in [*speaker, *homes] if h):
        yield "speakers opponent"
    if not speaker:
        yield "speaker unknown"


def _course_features(role: DoerRole, party: str, course: Course, type_: str, *, near: bool) -> Iterator[str]:
    hostile = type_ in HOSTILE
    if party == course.last[0]:
        yield f"{role} last actor {near}"
    if party == course.last[1]:
        yield f"{role} last recipient {near}"
    if (party, hostile) in course.actors:
        yield f"{role} was actor {hostile} {near}"
    if (party, hostile) in course.recipients:
        yield f"{role} was recipient {hostile} {near}"
    if (party, not hostile) in course.recipients:
        yield f"{role} was recipient of others {hostile} {near}"
