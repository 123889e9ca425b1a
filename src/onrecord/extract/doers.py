"""Who did an event and to whom: each party of the article weighed by where it stands, what it is, and who tells of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from onrecord.extract.outsiders import outsiders
from onrecord.extract.owning import lands_of, means_again, struck
from onrecord.extract.players import body_before
from onrecord.extract.scenes import Scene, Stage, Standing, Voice
from onrecord.extract.sides import Sides
from onrecord.records import Article, Entity, Mention, Party, Span, Statement

Role = Literal["actor", "recipient"]
ROLES: tuple[Role, ...] = ("actor", "recipient")
MOST = 24
"""Parties that are weighed: those of the clause and the sentences before it, then the commonest."""

_MUTUAL = re.compile(r"(?:exchang|trad|clash|fought|skirmish|collid|swap)")
_AGAINST = re.compile(r"(?:vot(?:ed|ing|es?)|spoke) against$|abstained$")


_CHARGED = re.compile(
    r"\b(?:accus(?:e[sd]?|ing)|suspect(?:s|ed|ing)?) (?P<accused>[^.;:\"“”]{2,80}?) of "
    r"(?:\w+ly |\w+ing (?:[\w’'-]+ ){0,6}?and )?$"
    r"|\bblam(?:e[sd]?|ing) (?P<blamed>[^.;:\"“”]{2,80}?) for (?:the |an? )?(?:[\w’-]+ ){0,2}$"
)
"""What stands before the deed that somebody is accused of."""
REACH = 120
_GOES_ON = re.compile(r"[^.;:!?\n,\"“”]{0,80} and (?:(?:then|also|later|even|\w+ly|had|has|have) )?")
"""From one verb to the next that shares its subject."""
_IT = re.compile(r"(?:that )?it\b")
_ITS = re.compile(r"\b(?:its|our) (?:[a-z]+ )?$")
FLOOR = 600
"""Characters before a vote in which the body was named that held it."""
LEAD = 0.8
"""By how much a recipient must be likelier than nobody: a third of the stories' events have one that has no name of its own, and
none is better than a wrong one. Of 0, .3, .6, .8, 1 and 1.3 the best on stories held out: both parties are right in .283, .285,
.290, .291, .285 and .278 of their events, and 240, 196, 166, 147, 136 and 119 recipients are wrong.
"""


_SOMEBODY = re.compile(r"\b(?:we|our|us|i|my|me|it|its|they|their|them|he|his|him|she|her)\b", re.IGNORECASE)
"""Words by which whoever speaks may be meant."""


@dataclass(slots=True)
class Cast:
    """The parties of an article: how often each is named, and how the countries of its persons are known."""

    stage: Stage
    sides: Sides
    lands: Mapping[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(init=False)
    common: list[str] = field(init=False)
    headline: set[str] = field(init=False)
    first: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = Counter(n.party for n in self.stage.named)
        self.common = [party for party, _ in self.counts.most_common(10)]
        self.first = {n.party: n.span.start for n in reversed(self.stage.named)}
        end = self.stage.article.headline.end if self.stage.article.headline else 0
        self.headline = {n.party for n in self.stage.named if n.span.end <= end}

    @staticmethod
    def of(
        article: Article, mentions: Sequence[Mention], entities: Mapping[str, Entity], metonyms: Mapping[str, str]
    ) -> Cast:
        stage = Stage.of(article, mentions, entities, metonyms)
        return Cast(stage, Sides.of(stage, entities), lands_of(stage.players, entities))

    def party(self, key: str | None) -> Party | None:
        """A party as an event has it."""
        if key is None:
            return None
        player = self.stage.players[key]
        return Party(player.name, player.entity)

    def candidates(self, scene: Scene) -> list[str]:
        known = [party for party in self.common if self.first[party] < scene.closed]
        return list(dict.fromkeys([*scene.standings, *known]))[:MOST]


HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "PROTEST", "REJECT", "THREATEN", "MOBILIZE"})

FACING = frozenset({"ASSAULT", "SANCTION", "COERCE", "RETREAT", "ACCUSE"})
"""Done to the other of two sides where nobody else is named."""
MUTUAL = frozenset({"CONSULT", "AGREE", "CONCEDE", "COOPERATE"})
"""What two do with each other: "Velmark and Ostrania met"."""


DONE_TO = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "REJECT", "THREATEN", "AID", "CONCEDE"})
"""What the subject of a passive verb undergoes: "the envoy was detained". Of troops that "were deployed" it is not told so."""
WITHIN = frozenset({"CONSULT", "AGREE", "COOPERATE", "AID", "SUPPORT", "RETREAT", "CONCEDE"})
"""Done to nobody by a verb whose clause names nobody and has no pronoun: "the envoys met in Harrow". Were it so for other
types, the stories held out would lose right recipients.
"""
CLAUSE = frozenset(
    {"subject", "last", "before", "first of two", "second of two", "object", "object joined", "second", "after"}
)
"""Parts of the clause itself."""
BEFORE = frozenset({"subject", "last", "before", "first of two", "second of two"})
"""Parts of the clause before its verb."""


@dataclass(slots=True)
class Course:
    """What the events before one tell of its parties: the last actor and recipient, and all, those of hostile ones apart."""

    last: tuple[str | None, str | None] = (None, None)
    struck: tuple[str | None, str | None] | None = None
    at: tuple[Span, Voice] | None = None
    actors: set[tuple[str, bool]] = field(default_factory=set)
    recipients: set[tuple[str, bool]] = field(default_factory=set)

    def add(self, type_: str, actor: str | None, recipient: str | None) -> None:
        self.last = (actor, recipient)
        if type_ == "ASSAULT":
            self.struck = (actor, recipient)
        if actor:
            self.actors.add((actor, type_ in HOSTILE))
        if recipient:
            self.recipients.add((recipient, type_ in HOSTILE))


def _course_features(role: Role, party: str, course: Course, type_: str, near: bool) -> Iterator[str]:
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


@dataclass(frozen=True, slots=True)
class Asked:
    """An event whose doers are asked for: its `trigger` and `type`, the statement that tells of it, and who speaks there."""

    trigger: Span
    type: str
    witness: Statement | None
    speaker: tuple[str, ...]


def nobody_features(role: Role, scene: Scene, asked: Asked, actor: str | None) -> Iterator[str]:
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
    role: Role, party: str, scene: Scene, cast: Cast, asked: Asked, actor: str | None, course: Course
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
    yield from _course_features(role, party, course, asked.type, near)
    yield from _count_features(role, party, cast, asked.type, near)
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
        yield from _facing_features(party, cast, asked.type, actor, near)


def _standing_features(role: Role, standings: Sequence[Standing], kind: str, voice: Voice, type_: str) -> Iterator[str]:
    """Where a party stands in the clause and before it."""
    seen: dict[str, None] = {}
    for s in standings:
        for tail in (f"{voice}", f"{s.tie} {voice}", kind, type_, s.tie):
            seen[f"{role} {s.part} {tail}"] = None
    yield from seen


def _count_features(role: Role, party: str, cast: Cast, type_: str, near: bool) -> Iterator[str]:
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
    role: Role, party: str, scene: Scene, standings: Sequence[Standing], kind: str, course: Course
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


def _facing_features(party: str, cast: Cast, type_: str, actor: str | None, near: bool) -> Iterator[str]:
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


def doers_of(
    cast: Cast, asked: Asked, weights: Mapping[str, float], course: Course
) -> list[tuple[str | None, str | None]]:
    """The likeliest actor and recipient, None for nobody. `course` goes on with them."""
    scene = cast.stage.scene(asked.trigger, asked.witness)
    undergoes = scene.undergoes if asked.type in DONE_TO else None
    tells = only_tells(cast, scene, asked)
    never, spared = outsiders(cast, scene, asked)
    barred = tells | (not_actors(cast, scene, undergoes) if asked.type in DONE_TO else frozenset())
    actor = _likeliest("actor", cast, scene, asked, weights, course, None, barred)
    if actor in never:
        actor = _likeliest("actor", cast, scene, asked, weights, course, None, barred | never)
    recipient = undergoes or _likeliest("recipient", cast, scene, asked, weights, course, actor, tells | {actor})
    recipient = None if recipient in spared else recipient
    if goes_on(cast, scene, asked, course):
        actor = course.last[0]
        recipient = None if recipient == actor else recipient
    actor, recipient = as_before(cast, scene, asked, actor, recipient, course)
    found = [
        (own(cast, scene, asked, who), own(cast, scene, asked, whose(cast, scene, asked, who, whom)))
        for who, whom in settled_by_rule(cast, scene, asked, actor, recipient, course)
    ]
    course.add(asked.type, *found[0])
    course.at = (asked.trigger, scene.voice)
    if len(found) > 1 and course.struck is not None:
        course.struck = (None, course.struck[1])  # several did it
    return found


def settled_by_rule(
    cast: Cast, scene: Scene, asked: Asked, actor: str | None, recipient: str | None, course: Course
) -> list[tuple[str | None, str | None]]:
    """The events that come of a likeliest actor and recipient."""
    if scene.pair is not None and scene.voice == "active":
        if (recipient is None or recipient in scene.pair) and _AGAINST.match(asked.trigger.of(cast.stage.article.text)):
            recipient = _voted_on(cast, asked, scene.pair[0])
        words = asked.trigger.of(cast.stage.article.text)
        return _of_two(scene.pair, asked.type, actor, recipient, mutual=_MUTUAL.match(words) is not None)
    told, accused = by_pronoun(cast, scene, asked), accused_of(cast, asked)
    if _says_of_itself(cast, scene, asked):
        actor = asked.speaker[0]
        recipient = None if recipient == actor else recipient
    if accused is not None:
        actor, recipient = accused, cast.sides.opponent(accused) if recipient == accused else recipient
    elif told is not None:
        actor, recipient = told
    elif (
        actor is not None
        and asked.type in FACING
        and (recipient is None or cast.stage.players[recipient].kind == "place")
    ):
        recipient = cast.sides.opponent(actor) or recipient
    elif recipient is None and actor is not None and _AGAINST.match(asked.trigger.of(cast.stage.article.text)):
        recipient = _voted_on(cast, asked, actor)
    return [(actor, recipient)]


def goes_on(cast: Cast, scene: Scene, asked: Asked, course: Course) -> bool:
    """Whether a verb has the subject of the event before: "marchers stormed the hall and [set fire to] a desk"."""
    if course.at is None or course.last[0] is None or (course.at[1], scene.voice) != ("active", "active"):
        return False
    start, text = course.at[0].end, cast.stage.article.text
    return start < asked.trigger.start and _GOES_ON.fullmatch(text, start, asked.trigger.start) is not None


def as_before(
    cast: Cast, scene: Scene, asked: Asked, actor: str | None, recipient: str | None, course: Course
) -> tuple[str | None, str | None]:
    """Of "the raids hit the harbour": who raided, and whom, was told before, where the clause does not say."""
    if asked.type != "ASSAULT" or scene.voice != "active" or course.struck is None:
        return actor, recipient
    if not means_again(cast.stage.article.text, scene.opened, asked.trigger):
        return actor, recipient
    whom = recipient if recipient and any(" back" not in s.part for s in scene.standings.get(recipient, ())) else None
    if whom is not None and cast.stage.players[whom].kind == "place":
        whom = cast.lands.get(whom)
    return course.struck[0], whom or course.struck[1]


def whose(cast: Cast, scene: Scene, asked: Asked, actor: str | None, recipient: str | None) -> str | None:
    """A recipient that is a place is its country, as far as the gazetteer knows it; nobody where that is the actor's own.

    So is that of what is struck somewhere.
    """
    if recipient is not None and asked.type in WITHIN and scene.voice == "active" and scene.object is None:
        some = scene.standings.get(recipient, ())
        if not any(s.part in CLAUSE for s in some):
            return None
    home = {actor, cast.sides.home(actor) if actor else None}
    if actor is not None and recipient in home and cast.stage.players[actor].kind == "body":
        return None
    if recipient is not None and cast.stage.players[recipient].kind == "place":
        land = cast.lands.get(recipient, recipient)
        return None if land in home else land
    if recipient is None and asked.type == "ASSAULT" and actor is not None and scene.voice == "active":
        hit = struck(scene, actor, cast.stage.players, cast.lands)
        return None if hit in home else hit
    return recipient


def own(cast: Cast, scene: Scene, asked: Asked, party: str | None) -> str | None:
    """A country's troops by "its" or "our" in what it says are that country: "Norvia said nine of its soldiers were killed"."""
    if party is None or cast.stage.players[party].kind != "body" or len(asked.speaker) != 1 or asked.witness is None:
        return party
    speaker = cast.sides.home(asked.speaker[0]) or asked.speaker[0]
    if speaker not in cast.stage.players or cast.stage.players[speaker].kind != "country":
        return party
    text = cast.stage.article.text
    places = [n.span.start for n in cast.stage.within(scene.opened, scene.closed) if n.party == party]
    return speaker if any(_ITS.search(text, max(0, start - 24), start) for start in places) else party


def accused_of(cast: Cast, asked: Asked) -> str | None:
    """Who does what he is accused of: "Velmark accused Ostrania of shelling the port". None where it is nobody, or several."""
    start = asked.trigger.start
    found = _CHARGED.search(cast.stage.article.text, max(0, start - REACH), start)
    if found is None:
        return None
    some = {n.party for n in cast.stage.within(*found.span(found.lastgroup or 0))}
    named = {party for party in some if cast.stage.players[party].kind != "body"} or some
    return named.pop() if len(named) == 1 else None


def _voted_on(cast: Cast, asked: Asked, actor: str) -> str | None:
    """The body in which somebody votes against: that named last before."""
    start = asked.trigger.start
    body = body_before(cast.stage.article.text, max(0, start - FLOOR), start, cast.stage.named, cast.stage.players)
    return body if body != actor else None


def by_pronoun(cast: Cast, scene: Scene, asked: Asked) -> tuple[str, str] | None:
    """In an account of one of two sides "we" are that side, "they" who strike are the other. None where it tells nothing."""
    if asked.witness is None or asked.type not in FACING or scene.voice != "active":
        return None
    sides = {cast.sides.home(s) or s for s in asked.speaker}
    own = next((s for s in sides if cast.sides.rank(s) is not None), None)
    other = cast.sides.opponent(own) if own else None
    if own is None or other is None:
        return None
    if scene.pronoun in ("we", "our"):
        return own, other
    return (other, own) if scene.pronoun == "they" else None


def _says_of_itself(cast: Cast, scene: Scene, asked: Asked) -> bool:
    """Whether a country or body says "it" did something, with nobody named between: "Norvia said it had shelled the camp"."""
    if asked.witness is None or len(asked.speaker) != 1 or scene.voice != "active" or scene.pronoun != "it":
        return False
    kind = cast.stage.players[asked.speaker[0]].kind if asked.speaker[0] in cast.stage.players else None
    if kind not in ("country", "organization", "group"):
        return False
    return _IT.match(cast.stage.article.text, asked.witness.content[0].start) is not None


def _of_two(
    pair: tuple[str, str], type_: str, actor: str | None, recipient: str | None, *, mutual: bool
) -> list[tuple[str | None, str | None]]:
    """Two that act together: towards each other where that is what they do, else each for itself."""
    if actor not in pair:
        return [(actor, recipient)]
    if type_ in MUTUAL or (type_ in HOSTILE and mutual):
        return [pair]
    whom = None if recipient in pair else recipient
    return [(pair[0], whom), (pair[1], whom)]


def not_actors(cast: Cast, scene: Scene, undergoes: str | None) -> frozenset[str]:
    """Who cannot have done it by grammar: the object of an active verb; of a passive one whose subject is known whoever stands
    before the verb, unless "by" names him; and a place that neither is the subject nor stands after "by".
    """
    if scene.voice == "noun":
        return frozenset()
    out = set()
    for party, some in scene.standings.items():
        if any(s.tie == "by" for s in some):
            continue
        before = any(s.part in BEFORE and not s.tie for s in some)
        if scene.voice == "active":
            barred = Standing("object", "") in some and not before
        else:
            barred = undergoes is not None and any(s.part in BEFORE for s in some)
        if barred or (cast.stage.players[party].kind == "place" and not (before and scene.voice == "active")):
            out.add(party)
    return frozenset(out)


def only_tells(cast: Cast, scene: Scene, asked: Asked) -> frozenset[str]:
    """Whoever tells of the event and is not in it, neither by name nor by a pronoun: "a bomb exploded, police said"."""
    if asked.witness is None:
        return frozenset()
    text = cast.stage.article.text
    if any(_SOMEBODY.search(text, c.start, c.end) for c in asked.witness.content):
        return frozenset()
    named = {n.party for c in asked.witness.content for n in cast.stage.within(c.start, c.end)}
    sources = {n.party for s in asked.witness.source for n in cast.stage.within(s.start, s.end)}
    return frozenset({*asked.speaker, *sources} - named)


def _likeliest(
    role: Role,
    cast: Cast,
    scene: Scene,
    asked: Asked,
    weights: Mapping[str, float],
    course: Course,
    actor: str | None,
    barred: Set[str | None],
) -> str | None:
    best, top = None, sum(weights.get(n, 0.0) for n in nobody_features(role, scene, asked, actor))
    top += LEAD if role == "recipient" else 0.0
    for party in cast.candidates(scene):
        if party in barred:
            continue
        total = sum(weights.get(n, 0.0) for n in features(role, party, scene, cast, asked, actor, course))
        if total > top:
            best, top = party, total
    return best
