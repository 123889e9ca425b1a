"""Who did an event and to whom: each party of the article weighed by where it stands, what it is, and who tells of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import offices, people
from onrecord.extract.acting import HOSTILE, AskedEvent, Cast, Course, DoerRole
from onrecord.extract.meant import NOMINATIVE, may_be, person_meant
from onrecord.extract.outsiders import agent_by, outsiders
from onrecord.extract.owning import is_own_land, land_of, means_again, nationals, only_employs, state_of, struck
from onrecord.extract.players import body_before
from onrecord.extract.scenes import Scene, Standing
from onrecord.extract.weighing import features, nobody_features

_MUTUAL = re.compile(r"(?:exchang|trad|clash|fought|skirmish|collid|swap)")
_VOTED_ALONE = re.compile(r"vot(?:ed|ing|es?) against[,.;]")
_AGAINST = re.compile(r"(?:vot(?:ed|ing|es?)|spoke) against$|abstained$")


_CHARGED = re.compile(
    r"\b(?:accus(?:e[sd]?|ing)|suspect(?:s|ed|ing)?) (?P<accused>(?!by )[^.;:\"“”]{2,80}?) of "
    r"(?:\w+ly |\w+ing (?:[\w’'-]+ ){0,6}?and )?$"
    r"|\bblam(?:e[sd]?|ing) (?P<blamed>[^.;:\"“”]{2,80}?) for (?:the |an? )?(?:[\w’-]+ ){0,2}$"
)
"""What stands before the deed that somebody is accused of."""
_ACCUSERS = re.compile(r"\baccused by (?P<who>[^.;:\"“”]{2,80}?) of (?:\w+ly |\w+ing (?:[\w’'-]+ ){0,6}?and )?$")
_BY = re.compile(
    r"(?: (?:of|on|against) (?:(?! (?:by|was|were|is|are|has|have|had|will|would|that|who|which|when|after|before|and|but)\b)"
    r"[^.;:,!?“”\"\n]){1,80})? by "
)
"""From a noun to by whom it was done, with no verb between."""
_WHO = re.compile(r"(?:the |an? )?(?:[a-z]+ )?")
_NEAR_BY = 40
REACH = 120
_GOES_ON = re.compile(r"[^.;:!?\n,\"“”]{0,80} and (?:(?:then|also|later|even|\w+ly|had|has|have) )?")
"""From one verb to the next that shares its subject."""
_IT = re.compile(r"(?:that )?it\b")
_TAKEN_UP = frozenset({"it", "its", "them", "their"})
_SHORT = re.compile(r"[Tt]he [A-Z][\w’'-]+")
"""A body by its name cut short."""
_OPENS = re.compile(r"(?:[Tt]he |[Ii]ts )?")
_SAYS_IT = frozenset({"country", "organization", "group", "body"})
_ITS = re.compile(r"\b(?:its|our) (?:[a-z]+ )?$")
FLOOR = 600
"""Characters before a vote in which the body was named that held it."""
LEAD = 0.8
"""By how much a recipient must be likelier than nobody: a third of the stories' events have one that has no name of its own, and
none is better than a wrong one. Of 0, .3, .6, .8, 1 and 1.3 the best on stories held out: both parties are right in .283, .285,
.290, .291, .285 and .278 of their events, and 240, 196, 166, 147, 136 and 119 recipients are wrong.
"""


_OBJECT = re.compile(
    r" (?:(?:the|an?|its|his|her|their|our|former|Mr|Mrs|Ms|Dr|[A-Z][a-z]+)\.? ){0,3}(?P<title>(?:[a-z-]+ ){0,2})"
)
"""Between a verb and the name of its object."""
_TITLES = name_words().role_nouns | people("home") | offices()
_SOMEBODY = re.compile(r"\b(?:we|our|us|i|my|me|it|its|they|their|them|he|his|him|she|her)\b", re.IGNORECASE)
"""Words by which whoever speaks may be meant."""

FACING = frozenset({"ASSAULT", "SANCTION", "COERCE", "RETREAT", "ACCUSE"})
"""Done to the other of two sides where nobody else is named."""
MUTUAL = frozenset({"CONSULT", "AGREE", "CONCEDE", "COOPERATE"})
"""What two do with each other: "Velmark and Ostrania met"."""


DONE_TO = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "REJECT", "REQUEST", "THREATEN", "AID", "CONCEDE"})
"""What the subject of a passive verb undergoes: "the envoy was detained". Of troops that "were deployed" it is not told so."""
TO_NOBODY = frozenset({"CONSULT", "AGREE", "COOPERATE", "AID", "SUPPORT", "RETREAT", "CONCEDE"})
"""Done to nobody by a verb whose clause names nobody and has no pronoun: "the envoys met in Harrow". Were it so for other
types, the stories held out would lose right recipients.
"""
MET = frozenset({"CONSULT", "AGREE"})
_WITH = frozenset({"", "with", "to", "of", "between", "on"})
OBJECTS = frozenset({"object", "object joined", "second", "after"})
CLAUSE = frozenset(
    {"subject", "last", "before", "first of two", "second of two", "object", "object joined", "second", "after"}
)
"""Parts of the clause itself."""
BEFORE = frozenset({"subject", "last", "before", "first of two", "second of two"})
"""Parts of the clause before its verb."""


def doers_of(
    cast: Cast, asked: AskedEvent, weights: Mapping[str, float], course: Course
) -> list[tuple[str | None, str | None]]:
    """The likeliest actor and recipient, None for nobody. `course` goes on with them."""
    scene = cast.stage.scene(asked.trigger, asked.witness)
    undergoes = scene.undergoes if asked.type in DONE_TO else None
    tells = only_tells(cast, asked) | scene.described
    never, spared = outsiders(cast, scene, asked)
    barred = tells | (not_actors(cast, scene, undergoes) if asked.type in DONE_TO else frozenset())
    agent = agent_by(cast, scene, asked) if asked.type in DONE_TO else None
    actor = agent or agent_of_noun(cast, scene, asked)
    actor = actor or _likeliest("actor", cast, scene, asked, weights, course, None, barred)
    if actor in never:
        actor = _likeliest("actor", cast, scene, asked, weights, course, None, barred | never)
    if scene.voice == "passive" and agent is None and asked.witness is not None and asked.type in DONE_TO:
        actor = None  # "the six had been detained, he said": it is left open by whom
    recipient = undergoes or _likeliest("recipient", cast, scene, asked, weights, course, actor, tells | {actor})
    recipient = None if recipient in spared else recipient
    if recipient is not None and _VOTED_ALONE.match(
        cast.stage.article.text, asked.trigger.start, asked.trigger.end + 1
    ):
        recipient = None if cast.stage.players[recipient].kind == "person" else recipient
    recipient = recipient or object_named(cast, scene, asked, {actor, *spared, *tells})
    if recipient is not None and scene.voice == "active" and only_employs(cast.stage, recipient, asked.trigger):
        recipient = None
    if recipient is not None and asked.type in MET and not meets(scene, recipient):
        recipient = None
    actor = office_holder(cast, scene, actor)
    if scene.voice == "active" and not scene.together and {actor, recipient} <= set(scene.subject.parties):
        recipient = None  # "the mayor of Harrow, Ada Lane, resigned": both stand in the subject
    actor, recipient = himself(cast, scene, asked, actor, recipient)
    if goes_on(cast, scene, asked, course):
        actor = course.last[0]
        recipient = None if recipient == actor else recipient
        if recipient is None and asked.type in ("ASSAULT", "COERCE") and scene.object in _TAKEN_UP:
            recipient = course.last[1]  # "seized a trawler and held its crew"
    if recipient is None and goes_on_undergoing(cast, scene, asked, course):
        recipient = course.last[1]
    actor, recipient = as_before(cast, scene, asked, actor, recipient, course)
    found = [
        _parted(own(cast, scene, asked, who), own(cast, scene, asked, whose(cast, scene, asked, who, whom)))
        for who, whom in settled_by_rule(cast, scene, asked, actor, recipient)
    ]
    course.add(asked.type, *found[0])
    course.at = (asked.trigger, scene.voice)
    if len(found) > 1 and course.struck is not None:
        course.struck = (None, course.struck[1])  # several did it
    return found


def _parted(actor: str | None, recipient: str | None) -> tuple[str | None, str | None]:
    """Nobody does something to himself: a country's troops that are told of beside it may be either's."""
    return actor, None if recipient == actor else recipient


def settled_by_rule(
    cast: Cast, scene: Scene, asked: AskedEvent, actor: str | None, recipient: str | None
) -> list[tuple[str | None, str | None]]:
    """The events that come of a likeliest actor and recipient."""
    words = asked.trigger.of(cast.stage.article.text)
    if scene.together and scene.voice == "active":
        return _of_some(cast, scene, asked, words, actor, recipient)
    if (
        asked.type in DONE_TO
        and recipient is not None
        and (recipient,) == scene.together[-1:]
        and scene.undergoes == recipient
    ):
        return [(actor, one) for one in scene.together]  # "Lane and Brandt were arrested"
    told, accused = by_pronoun(cast, scene, asked), accused_of(cast, asked)
    if (itself := _itself(cast, scene, asked)) is not None:
        actor = next(iter(itself), None)
        recipient = None if recipient == actor else recipient
    if actor in accusers_of(cast, asked):
        actor = None
    if accused is not None:
        actor, recipient = accused, cast.sides.opponent(accused) if recipient == accused else recipient
    elif told is not None:
        actor, recipient = told
    elif (
        actor is not None
        and asked.type in FACING
        and (recipient is None or cast.stage.players[recipient].kind == "place")
    ):
        recipient = (None if _told_by_a_third(cast, asked) else cast.sides.opponent(actor)) or recipient
    elif recipient is None and actor is not None and _AGAINST.match(words):
        recipient = _voted_on(cast, asked, actor)
    return [(actor, recipient)]


def _told_by_a_third(cast: Cast, asked: AskedEvent) -> bool:
    """Whether a country that is none of two sides tells of it: what befell its own people, as like as not."""
    lands = {cast.sides.home(s) or s for s in asked.speaker}
    return any(
        land in cast.stage.players and cast.stage.players[land].kind == "country" and cast.sides.rank(land) is None
        for land in lands
    )


def meets(scene: Scene, party: str) -> bool:
    """Whether whoever is named behind "met" or "signed" may be who that was with: not "met at Norvia's request"."""
    if scene.voice != "active":
        return True
    first = {s.tie for some in scene.standings.values() for s in some if s.part == "object"}
    ties = {
        tie
        for s in scene.standings.get(party, ())
        for tie in (first if s.part == "object joined" else {s.tie})
        if s.part in OBJECTS
    }
    return not ties or not ties.isdisjoint(_WITH)


def goes_on(cast: Cast, scene: Scene, asked: AskedEvent, course: Course) -> bool:
    """Whether a verb has the subject of the event before: "marchers stormed the hall and [set fire to] a desk"."""
    if course.at is None or course.last[0] is None or (course.at[1], scene.voice) != ("active", "active"):
        return False
    start, text = course.at[0].end, cast.stage.article.text
    return start < asked.trigger.start and _GOES_ON.fullmatch(text, start, asked.trigger.start) is not None


def goes_on_undergoing(cast: Cast, scene: Scene, asked: AskedEvent, course: Course) -> bool:
    """Whether "they" undergo what they underwent in the sentence before: "Two envoys were held. They were charged"."""
    if course.at is None or (course.at[1], scene.voice) != ("passive", "passive") or asked.type not in DONE_TO:
        return False
    near = cast.stage.sentence(asked.trigger.start) - cast.stage.sentence(course.at[0].start) == 1
    return near and scene.subject.pronoun == "they"


def object_named(cast: Cast, scene: Scene, asked: AskedEvent, barred: Set[str | None]) -> str | None:
    """Who stands right after an active verb, or owns what does: "slashed Ada Lane's tyres"."""
    if asked.type not in DONE_TO | {"CONSULT", "SUPPORT"} or scene.voice != "active":
        return None
    text, end = cast.stage.article.text, asked.trigger.end
    first = next(iter(cast.stage.acting(end, min(scene.closed, end + REACH))), None)
    if first is None or first.party in barred or cast.stage.players[first.party].kind == "place":
        return None
    between = _OBJECT.fullmatch(text, end, first.span.start)
    titled = between is not None and set((between["title"] or "").split()) <= _TITLES
    return first.party if titled else None


def himself(
    cast: Cast, scene: Scene, asked: AskedEvent, actor: str | None, recipient: str | None
) -> tuple[str | None, str | None]:
    """Actor and recipient where "he" or "she" is the subject: a person."""
    subject = scene.subject
    if subject.pronoun not in NOMINATIVE or subject.words is None or scene.voice == "noun":
        return actor, recipient
    person = person_meant(cast, asked, subject.pronoun, subject.words.start)
    if (
        asked.type in DONE_TO
        and scene.voice == "passive"
        and recipient
        and not may_be(cast, recipient, subject.pronoun)
    ):
        recipient = None if cast.stage.players[recipient].kind == "person" else recipient
    if scene.voice == "active":
        actor = person or (None if actor and cast.stage.players[actor].kind != "person" else actor)
        return actor, None if recipient == actor else recipient
    if asked.type in DONE_TO and person is not None:
        return None if actor == person else actor, person
    return actor, recipient


def office_holder(cast: Cast, scene: Scene, actor: str | None) -> str | None:
    """The one who is named beside the office that he holds: of "Norvia's president, Ada Lane" the person, not the land."""
    subject, players = scene.subject.parties, cast.stage.players
    if len(subject) != 2 or actor != subject[0] or scene.voice != "active" or scene.together:
        return actor
    whose = players[actor].kind in ("country", "organization", "place", "body")
    return subject[1] if whose and players[subject[1]].kind == "person" else actor


def as_before(
    cast: Cast, scene: Scene, asked: AskedEvent, actor: str | None, recipient: str | None, course: Course
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


def whose(cast: Cast, scene: Scene, asked: AskedEvent, actor: str | None, recipient: str | None) -> str | None:
    """A recipient that is a place is its country, as far as the gazetteer knows it; nobody where that is the actor's own.

    So is that of what is struck somewhere.
    """
    if recipient is not None and asked.type in TO_NOBODY and scene.voice == "active" and scene.object is None:
        some = scene.standings.get(recipient, ())
        if not any(s.part in CLAUSE for s in some):
            return None
    home = {actor, cast.sides.home(actor) if actor else None}
    if actor is not None and recipient is not None and is_own_land(cast.stage, scene, actor, recipient):
        return None
    if actor is not None and recipient in home and cast.stage.players[actor].kind == "body":
        return None
    if recipient is not None and cast.stage.players[recipient].kind == "place":
        land = cast.lands.get(recipient, recipient)
        return None if land in home else land
    if recipient is None and asked.type == "ASSAULT" and actor is not None and scene.voice == "active":
        hit = struck(scene, actor, cast.stage.players, cast.lands)
        return None if hit in home else hit
    if recipient is None and actor is not None and asked.type in DONE_TO:
        return nationals(cast.stage, scene, asked, home)
    return recipient and land_of(cast.stage, asked, recipient, home)


def own(cast: Cast, scene: Scene, asked: AskedEvent, party: str | None) -> str | None:
    """A country's troops are that country, by who tells of them or what is told before.

    By "its" or "our" they are so in what it says: "Norvia said nine of its soldiers were killed".
    """
    if party is not None and (land := state_of(cast.stage, cast.sides, party, asked.trigger, asked)):
        return land
    if party is None or cast.stage.players[party].kind != "body" or len(asked.speaker) != 1 or asked.witness is None:
        return party
    speaker = cast.sides.home(asked.speaker[0]) or asked.speaker[0]
    if speaker not in cast.stage.players or cast.stage.players[speaker].kind != "country":
        return party
    text = cast.stage.article.text
    places = [n.span.start for n in cast.stage.within(scene.opened, scene.closed) if n.party == party]
    return speaker if any(_ITS.search(text, max(0, start - 24), start) for start in places) else party


def agent_of_noun(cast: Cast, scene: Scene, asked: AskedEvent) -> str | None:
    """By whom a noun says that something was done: "the invasion of the valley by Norvia"."""
    if scene.voice != "noun" or asked.type not in DONE_TO:
        return None
    text, end = cast.stage.article.text, asked.trigger.end
    by = _BY.match(text, end, scene.closed)
    if by is None:
        return None
    first = next(iter(cast.stage.acting(by.end(), min(scene.closed, by.end() + _NEAR_BY))), None)
    return first.party if first and _WHO.fullmatch(text, by.end(), first.span.start) else None


def accused_of(cast: Cast, asked: AskedEvent) -> str | None:
    """Who does what he is accused of: "Velmark accused Ostrania of shelling the port". None where it is nobody, or several."""
    start = asked.trigger.start
    found = _CHARGED.search(cast.stage.article.text, max(0, start - REACH), start)
    if found is None:
        return None
    some = {n.party for n in cast.stage.within(*found.span(found.lastgroup or 0))}
    named = {party for party in some if cast.stage.players[party].kind != "body"} or some
    return named.pop() if len(named) == 1 else None


def accusers_of(cast: Cast, asked: AskedEvent) -> frozenset[str]:
    """Who only accuses somebody of the deed: "Ostrania was accused by Velmark of shelling the port"."""
    start = asked.trigger.start
    found = _ACCUSERS.search(cast.stage.article.text, max(0, start - REACH), start)
    return frozenset() if found is None else frozenset(n.party for n in cast.stage.within(*found.span("who")))


def _voted_on(cast: Cast, asked: AskedEvent, actor: str) -> str | None:
    """The body in which somebody votes against: that named last before."""
    start = asked.trigger.start
    body = body_before(cast.stage.article.text, max(0, start - FLOOR), start, cast.stage.named, cast.stage.players)
    return body if body != actor else None


def by_pronoun(cast: Cast, scene: Scene, asked: AskedEvent) -> tuple[str, str] | None:
    """In an account of one of two sides "we" are that side, "they" who strike are the other. None where it tells nothing."""
    if asked.witness is None or asked.type not in FACING or scene.voice != "active":
        return None
    sides = {side for s in asked.speaker if cast.sides.rank(side := cast.sides.home(s) or s) is not None}
    own = next(iter(sides)) if len(sides) == 1 else None
    other = cast.sides.opponent(own) if own else None
    if own is None or other is None:
        return None
    if scene.pronoun in ("we", "our"):
        return own, other
    return (other, own) if scene.pronoun == "they" else None


def _itself(cast: Cast, scene: Scene, asked: AskedEvent) -> tuple[str, ...] | None:
    """Who says "it" did something, if a country or body: "Norvia said it had shelled the camp", "the Norvian army said it had".

    None where it is not told so; () where whoever says so is no party that is known ("the Front said it had shelled the camp").
    """
    if asked.witness is None or scene.voice != "active" or scene.pronoun != "it":
        return None
    text, players = cast.stage.article.text, cast.stage.players
    if _IT.match(text, asked.witness.content[0].start) is None:
        return None
    sources = [
        n.party
        for s in asked.witness.source
        for n in cast.stage.within(s.start, s.end)
        if _OPENS.fullmatch(text, s.start, n.span.start)
    ]
    some = tuple(dict.fromkeys(asked.speaker or sources))
    if not some and asked.witness.source and _SHORT.fullmatch(asked.witness.source[0].of(text)):
        return ()
    known = len(some) == 1 and some[0] in players and players[some[0]].kind in _SAYS_IT
    return some if known else None


def _of_some(
    cast: Cast, scene: Scene, asked: AskedEvent, words: str, actor: str | None, recipient: str | None
) -> list[tuple[str | None, str | None]]:
    """Two or more that act together: towards each other where that is what they do and nobody else is named as whom they met,
    else each for itself.
    """
    some = scene.together
    if (recipient is None or recipient in some) and _AGAINST.match(words):
        recipient = _voted_on(cast, asked, some[0])
    together = tuple(side_of(cast, p, some) for p in some)
    actor = together[some.index(actor)] if actor in some else actor
    if actor not in together:
        return [(actor, recipient)]
    met = recipient is not None and recipient not in some and cast.stage.players[recipient].kind == "person"
    met = met and any(s == Standing("object", "") for s in scene.standings.get(recipient or "", ()))
    if (asked.type in MUTUAL and not met) or (asked.type in HOSTILE and _MUTUAL.match(words)):
        return [(together[0], together[1])]
    whom = None if recipient in together else recipient
    return [(who, whom) for who in together]


def side_of(cast: Cast, party: str, together: tuple[str, ...]) -> str:
    """One of two sides that a ship of unknown land is of, as it acts beside the other: "the Gull and a Sarland cutter"."""
    ranks = [cast.sides.rank(p) for p in together]
    unknown = cast.stage.players[party].kind in ("organization", "group", "work") and cast.sides.home(party) is None
    if cast.sides.two is None or not unknown or len(together) != 2 or ranks.count(None) != 1:
        return party
    return next(cast.sides.opponent(p) or party for p in together if p != party)


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


def only_tells(cast: Cast, asked: AskedEvent) -> frozenset[str]:
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
    role: DoerRole,
    cast: Cast,
    scene: Scene,
    asked: AskedEvent,
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
