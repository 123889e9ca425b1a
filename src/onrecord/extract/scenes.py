"""Where the possible parties of an event stand beside its trigger: in its clause, before or after it, by which preposition."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from onrecord.codebook.nouns import bodies, offices, one_of, people
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.asides import aside_only, only_describes, told_of
from onrecord.extract.clauses import BOUNDS, UNKNOWN, Subject, clause_end, opening_end, subject_of, without_opening
from onrecord.extract.players import PartyPlace, Player, players_of
from onrecord.records import Article, Entity, Mention, Span, Statement

Voice = Literal["active", "passive", "noun"]
_AND = re.compile(r",? (?:and|but) ")
_STOP = re.compile(
    rf"\)|, (?:killing|wounding|injuring)\b| and (?:(?:then|also|later) )?(?:[a-z]+ed|{one_of(verb_forms().past)})\b"
)
"""What ends the objects of a verb besides the end of its clause: a second verb of its subject."""
_PRONOUN = re.compile(r"\b(we|they|he|she|it|I|our|their|his|her|its)\b", re.IGNORECASE)
_OBJECT = re.compile(
    r"(?: (?:on|at|against|to|with|up|down|for|of|from|out|back|into))? (them|it|him|her|us|me|its|their|his|our|my|both|each)\b"
)
_WHO_WAS = re.compile(r", who (?:(?:was|were|had been|has been|have been) )?(?:(?:later|also|then|[a-z]+ly) )*$")
_PASSIVE = re.compile(
    r"(?:\b(?:was|were|been|being|be|is|are|got)|\w[’'](?:s|re))"
    r"(?: (?:\w+ly|also|then|later|not|all|both|never|already|again|still|to be|\w+ed and))*\s*$"
)
_UNDERGONE = re.compile(
    r"(?:charged|jailed|sentenced|beaten|killed|tortured|detained|arrested|questioned|interrogated|deported|expelled|fined|executed"
    r"|robbed|stabbed|hanged|flogged|imprisoned|abducted|kidnapped|wounded|injured|convicted|acquitted|indicted|evicted|sacked"
    r"|extradited|handcuffed|blindfolded|murdered|hospitali[sz]ed|disarmed|banned|barred|stripped|taken)"
    r"(?= (?:with|by|for|in|from|over|after|before|during|without|near|outside|under|to|as|when|while|and|or|there|on \w+day)\b"
    r"|[.,;:]|$)"
)
"""What is done to somebody, with nobody after it: that is its subject ("was held on Monday and [charged] with fraud")."""
_WAS_DONE = re.compile(
    rf"\b(?P<first>(?:was|were|been|being|be|is|are|got) (?:\w+ly )?(?:\w+ed|{one_of(verb_forms().participle)}))\b"
    r"(?:(?! (?:but|who|which|that|he|she|it|they|we|I|had|has|have)\b)[^.;:!?“”\"\n]){0,80}?,? and"
    r"(?: (?:then|later|also|\w+ly))* $"
)
_WAS_DONE_REACH = 140
_SO_MANY = re.compile(
    r"\b(?:was|were) [^.;:!?“”\"\n]{1,100}?,? and (?:(?:at least|more than|about|some|nearly|another) )?"
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen|dozens|scores|hundreds)(?: of)?(?: [\w’-]+){0,3} $"
)
"""What is left out is "were": "41 were hurt and 63 marchers [arrested]"."""
_AUXILIARY = re.compile(r"(?:was|were|been|being|be|is|are|had been|has been|have been) (?!(?!being\b)\w+ing\b)\w+")
"""A passive verb, not "is suing", "were shelling"."""
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|of|in|on|for|after|before|by|from|with|its|their|his|her|our|this|that|these|two|three|four|first|second|new"
    r"|no|any|another|during|over|at|against)|[’']s|s[’'])\s+(?:(?:\w+al|\w+ous|\w+ive|air|joint|new|first|armed|deadly|overnight)\s+)?$"
)
_NOUN = re.compile(
    r"(?:\w*(?:tion|sion|ment|ade|ance|ence|age|ship|ings)s?|attacks?|strikes?|raids?|talks|visits?|marche?s?|rall(?:y|ies)|protests?"
    r"|bans?|embargo|sanctions|truce|cease-?fire|aid|rounds?|fire|siege|coup|walkout|deal|pact|treaty|tariffs?)$"
)
_VERB_BEFORE = re.compile(r"\b(?:to|will|would|had|has|have|could|may|might|must|did|not|never)(?: \w+ly)? $")
_PREPOSITION = re.compile(
    r"\b(by|of|on|upon|at|against|to|with|from|for|in|into|over|between|across|near|about|through|towards?|inside|outside|among)"
    r"(?: [a-z’'-]+){0,4}? ?$"
)
_APART = re.compile(r"[^\w\s’'-]|\b(?:and|or|but|by)\b")
_BESIDES = r"(?:,[^.;:]{0,90},|,|\s*\([^)]*\))?"
_UNDERGOES = re.compile(
    rf"{_BESIDES}(?P<noun>(?:\s+(?!(?:was|were|been|is|are|had|has|have|will)\b)[\w’'-]+){{0,3}}){_BESIDES}"
    r"(?:\s+(?:had|has|have|will|would|could|may|might|must|can|should|to))?(?:\s+(?:not|also|then|later|never|\w+ly))?"
    r"\s+(?:was|were|been|being|be|is|are|got|gets|get)\b[\w\s’-]{0,40}"
)
"""From the last name before a passive verb to the end of that verb; `noun`: what the name only tells more of."""
_MEANS = re.compile(
    r"(?:air-?)?(?:strikes?|attacks?|raids?|missiles?|rockets?|shells?|drones?|bombs?|bombings?|shots?|fire|planes?|jets?|aircraft|warplanes"
    r"|warships?|ships?|tanks?|artillery|weapons?|troops|forces|offers?|proposals?|plans?|sanctions|aid|talks|votes?|operations?)$",
    re.IGNORECASE,
)
"""What is used, sent or made, not harmed: "Velmarkish missiles were fired"."""
_STATES_OWN = re.compile(
    rf"['’]s? (?:[a-z-]+ )?(?:{one_of(bodies('national') | offices('national') | people('national'))})\b"
)
"""Who is so much a country's own that what is done to them is done to it: "Norvia's ambassador was called in"."""
_TRIED = re.compile(r"\b(?:go(?:es|ing|ne)?|went|stand(?:s|ing)?|stood) (?:on )?trial\b")
_AND_LAST = re.compile(r",? (?:and|&)(?: [a-z]\S*){0,2} ")
_LISTED = re.compile(r", (?:the )?")
_MOST_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """How one place of a party stands to a trigger: `part` of the clause, `tie`: the preposition before it, or ""."""

    part: str
    tie: str


@dataclass(slots=True)
class Scene:
    """A trigger in its clause: `standings` of each party that is near, `pronoun`: the subject where it is one, `voice`.

    `opened`, `closed`: where its clause begins and its sentence ends; `subject`: whose deed it is by the grammar of its clause;
    `undergoes`: the party that a passive verb is done to, by grammar; `described`: those that only tell who
    somebody is; `together`: two or more that are the subject, by "and".
    """

    voice: Voice
    pronoun: str | None
    standings: dict[str, list[Standing]] = field(default_factory=dict)
    previous: str | None = None
    object: str | None = None
    opened: int = 0
    closed: int = 0
    together: tuple[str, ...] = ()
    undergoes: str | None = None
    subject: Subject = UNKNOWN
    described: frozenset[str] = frozenset()


@dataclass(slots=True)
class Stage:
    """The parties of an article, with all their places in text order. Capitals stand for their countries."""

    article: Article
    named: list[PartyPlace]
    players: Mapping[str, Player]
    starts: list[int] = field(init=False)
    sentences: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [n.span.start for n in self.named]
        self.sentences = [s.start for s in self.article.sentences]

    @staticmethod
    def of(
        article: Article, mentions: Sequence[Mention], entities: Mapping[str, Entity], metonyms: Mapping[str, str]
    ) -> Stage:
        named, players = players_of(article, mentions, entities, metonyms)
        return Stage(article, named, players)

    def within(self, start: int, end: int) -> list[PartyPlace]:
        return self.named[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def acting(self, start: int, end: int) -> list[PartyPlace]:
        """Those within some words that do not only tell what the person named next is: "the Norvian runner Ada Lane"."""
        lo, hi = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [n for k, n in enumerate(self.named[lo:hi], lo) if not self._only_describes(k)]

    def _described(self, start: int, end: int) -> frozenset[str]:
        """Parties that only tell who somebody is within some words."""
        acting = {n.party for n in self.acting(start, end)}
        return frozenset(n.party for n in self.within(start, end) if n.party not in acting)

    def _only_describes(self, k: int) -> bool:
        if k + 1 >= len(self.named):
            return False
        one, other = self.named[k], self.named[k + 1]
        kind, next_ = self.players[one.party].kind, self.players[other.party].kind
        body = kind == "country" and next_ in ("organization", "group")
        if not body and (kind not in ("country", "body") or next_ != "person"):
            return False
        return only_describes(self.article.text, one.span, other.span, body=body)

    def sentence(self, at: int) -> int:
        return max(0, bisect_right(self.sentences, at) - 1)

    def scene(self, trigger: Span, witness: Statement | None) -> Scene:
        """The scene of a trigger. What stands outside the content that tells of it is another's clause."""
        text, number = self.article.text, self.sentence(trigger.start)
        sentences = self.article.sentences
        whole = sentences[number] if sentences else Span(0, len(text))
        lo, hi = min(whole.start, trigger.start), max(whole.end, trigger.end)
        held = next((c for c in witness.content if c.holds(trigger)), None) if witness else None
        inner = (max(lo, held.start), min(hi, held.end)) if held else (lo, hi)
        left, opened = self._left(inner[0], trigger.start)
        right = opening_end(text, inner[0], trigger.end, _right(text, trigger.end, inner[1]))
        pronoun = self._pronoun(opened, trigger.start)
        found = _OBJECT.match(text, trigger.end, right)
        scene = Scene(
            _voice(text, trigger, opened), pronoun, object=found[1].lower() if found else None, opened=opened, closed=hi
        )
        before = self.acting(inner[0], trigger.start)
        scene.subject = subject_of(text, inner[0], trigger.start, before)
        told = told_of(text, inner[0], trigger.start, before)
        scene.described = self._described(lo, hi)
        if scene.object is None:
            scene.described |= aside_only(text, inner[0], trigger.start, before)
        self._subjects(scene, opened, left, trigger.start)
        if _is_tried(text, trigger, opened):
            scene.voice, scene.undergoes = "passive", next(iter(scene.subject.parties), None)
        elif scene.voice == "passive":
            first = _passive_before(text, trigger, opened)
            if first is not None:
                told = told or told_of(text, inner[0], first.start, before)
            scene.undergoes = told or self._undergoes(opened, first or trigger)
            if _WHO_WAS.search(text, inner[0], trigger.start) and len(scene.subject.parties) == 1:
                scene.undergoes = scene.subject.parties[0]
        self._objects(scene, trigger.end, right)
        self._around(scene, Span(lo, hi), (left, right))
        self._earlier(scene, number)
        return scene

    def _left(self, lo: int, end: int) -> tuple[int, int]:
        """Where the clause begins: at the last bound before the trigger that has a name or a pronoun after it. Then without
        what opens it ("In Harrow, …").
        """
        text = self.article.text
        bounds = [m.end() for m in BOUNDS.within(text, lo, end)]
        bounds += [m.end() for m in _AND.finditer(text, lo, end) if self._opens(m, end)]
        left = next((b for b in sorted(bounds, reverse=True) if self._has(b, end)), lo)
        opened = without_opening(text, left, end)
        return left, opened if self._has(opened, end) else left

    def _opens(self, conjunction: re.Match[str], end: int) -> bool:
        """Whether a clause with a subject of its own begins after "and": a name or pronoun right there, and a verb after it."""
        text, at = self.article.text, conjunction.end()
        if _PRONOUN.match(text, at):
            return True
        joined = text.index(" ", conjunction.start())
        if any(n.span.end == joined for n in self.within(max(0, joined - 60), joined)):
            return False
        first = next(iter(self.within(at, min(end, at + 24))), None)
        if first is None or len(text[at : first.span.start].split()) > 2:
            return False
        after = text[first.span.end : end].split()
        return bool(after) or first.span.end + 1 >= end

    def _has(self, start: int, end: int) -> bool:
        if self.within(start, end):
            return True
        found = _PRONOUN.search(self.article.text, start, end)
        return found is not None

    def _pronoun(self, start: int, end: int) -> str | None:
        names = self.within(start, end)
        found = _PRONOUN.search(self.article.text, start, names[0].span.start if names else end)
        return found[1].lower() if found else None

    def _subjects(self, scene: Scene, opened: int, left: int, end: int) -> None:
        text, names = self.article.text, self.acting(opened, end)
        scene.together = self._together(names)
        for k, n in enumerate(names):
            between = text[n.span.end : end]
            part = "subject" if k == 0 else "last" if k == len(names) - 1 else "before"
            if k == 0 and scene.together:
                part = "first of two"
            tie = _tie(text, opened, n.span.start)
            if 0 < k < len(scene.together):
                scene.standings.setdefault(n.party, []).append(Standing("second of two", tie))
                continue
            scene.standings.setdefault(n.party, []).append(Standing(part, tie))
            if k == len(names) - 1 and len(between.split()) <= 2 and not _APART.search(between):
                kind = "owner" if n.owns else "beside"
                scene.standings[n.party].append(Standing(kind, tie if k else ""))
        for n in self.within(left, opened):
            scene.standings.setdefault(n.party, []).append(Standing("opening", ""))

    def _undergoes(self, opened: int, trigger: Span) -> str | None:
        text, names = self.article.text, self.acting(opened, trigger.start)
        if not names or _tie(text, opened, names[-1].span.start) not in ("", "of"):
            return None
        end = names[-1].span.end
        if names[-1].owns and self.players[names[-1].party].kind == "country" and (own := _STATES_OWN.match(text, end)):
            end = own.end()
        found = _UNDERGOES.fullmatch(text, end, trigger.end)
        noun = found["noun"].split() if found else []
        return None if found is None or (noun and _MEANS.match(noun[-1])) else names[-1].party

    def _together(self, names: Sequence[PartyPlace]) -> tuple[str, ...]:
        """The names joined by "and" that are the subject: "Velmark and Ostrania", "Velmark, Ostrania and Calderre"."""
        out: list[str] = []
        for first, second in zip(names, names[1:], strict=False):
            between = self.article.text[first.span.end : second.span.start]
            out.append(first.party)
            if second.party in out:
                return ()
            if _AND_LAST.fullmatch(between):
                return (*out, second.party)
            if not _LISTED.fullmatch(between):
                return ()
        return ()

    def _objects(self, scene: Scene, start: int, right: int) -> None:
        text = self.article.text
        names = self.acting(start, right)
        for k, n in enumerate(names):
            part = "object" if k == 0 else "second" if k == 1 else "after"
            joined = k > 0 and text[names[k - 1].span.end : n.span.start].strip(" ,") in ("and", "&")
            at = start if k == 0 else names[k - 1].span.end
            scene.standings.setdefault(n.party, []).append(
                Standing("object joined" if joined and k == 1 else part, _tie(text, at, n.span.start))
            )

    def _around(self, scene: Scene, sentence: Span, clause: tuple[int, int]) -> None:
        for n in self.within(sentence.start, sentence.end):
            if n.span.end <= clause[0]:
                scene.standings.setdefault(n.party, []).append(Standing("sentence before", ""))
            elif n.span.start >= clause[1]:
                scene.standings.setdefault(n.party, []).append(Standing("sentence after", ""))

    def _earlier(self, scene: Scene, number: int) -> None:
        for back in range(1, _MOST_BEFORE + 1):
            if number - back < 0:
                return
            s = self.article.sentences[number - back]
            names = self.within(s.start, s.end)
            for k, n in enumerate(names):
                part = "first" if k == 0 else "other"
                scene.standings.setdefault(n.party, []).append(Standing(f"{part} {back} back", ""))
            if names and scene.previous is None:
                scene.previous = names[0].party


def _right(text: str, start: int, end: int) -> int:
    found = _STOP.search(text, start, end)
    return min(found.start() if found else end, clause_end(text, start, end))


def _tie(text: str, lo: int, start: int) -> str:
    found = _PREPOSITION.search(text, max(lo, start - 40), start)
    return found[1] if found else ""


def _passive_before(text: str, trigger: Span, left: int) -> Span | None:
    """The passive verb that a verb goes on with: "was held in Harrow and charged"."""
    if not _UNDERGONE.match(text, trigger.start):
        return None
    found = _WAS_DONE.search(text, max(left, trigger.start - _WAS_DONE_REACH), trigger.start)
    return Span(*found.span("first")) if found else None


def _is_gapped(text: str, trigger: Span) -> bool:
    if not _UNDERGONE.match(text, trigger.start):
        return False
    return _SO_MANY.search(text, max(0, trigger.start - _WAS_DONE_REACH), trigger.start) is not None


def _is_tried(text: str, trigger: Span, left: int) -> bool:
    """Whether a trigger is of "went on trial", which its subject undergoes."""
    found = _TRIED.search(text, max(left, trigger.start - 16), trigger.end + 16)
    return found is not None and found.start() < trigger.end and trigger.start < found.end()


def _voice(text: str, trigger: Span, left: int) -> Voice:
    words, before = trigger.of(text), text[max(left, trigger.start - 60) : trigger.start]
    first = words.split()[0] if words.split() else ""
    if (_PASSIVE.search(before) and not first.endswith("ing")) or _AUXILIARY.match(words):
        return "passive"
    if _passive_before(text, trigger, left) or _is_gapped(text, trigger):
        return "passive"
    if _VERB_BEFORE.search(before):
        return "active"
    last = words.split()[-1].lower() if words.split() else ""
    if (_NOUN_BEFORE.search(before) and not first.endswith("ed")) or (_NOUN.match(last) and len(words.split()) == 1):
        return "noun"
    return "active"
