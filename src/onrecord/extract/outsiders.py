"""Who can have no part in an event by the grammar of the words that tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.codebook.nouns import bodies, offices, one_of, people
from onrecord.extract.clauses import Subject, agents_of, clause_end, opening_end, subject_of
from onrecord.extract.players import PartyPlace
from onrecord.records import Span

if TYPE_CHECKING:
    from onrecord.extract.acting import AskedEvent, Cast
    from onrecord.extract.scenes import Scene

_PERSONS = frozenset({"he", "she", "his", "her", "i", "my"})
_FIRST = frozenset({"we", "our", "us", "i", "my", "me"})
_ONES = frozenset({"them", "it", "him", "her", "us", "me", "his", "our", "my", "both"})
"""Pronouns after a verb that mean somebody else than its subject."""
_BACK = 2
"""Sentences before its own in which a pronoun's meaning is looked for."""
_OUTSIDE = frozenset({"sentence before", "sentence after"})
_EARLIER = re.compile(r" \d back$")
_AIMED = re.compile(
    r"(?:fir|shoot|shot|aim|throw|threw|hurl|launch|sen[dt]|impos|slap|direct|deliver|lob|level|serv|hand|giv|gave|offer"
    r"|announc|lift"
    r"|plac|put|pass|made|mad|bann|present|pelt|detonat|drop)",
    re.IGNORECASE,
)
"""What is done at or on somebody in the passive: "shots were fired at the guards". Others are done at a place."""
_FOLK = re.compile(rf"(?:['’]s)? (?:[a-z]+ )?(?:{one_of(people('folk'))})\b")
NO_STATE = re.compile(
    rf"(?:['’]s?)? (?:[a-z-]+ ){{0,2}}?(?:{one_of(bodies('own') | offices('own') | people('own'))})\b(?! guards?\b)"
)
"""Who acts for himself, whatever country he is said to be of."""
_ARMS = re.compile(
    r"\W*(?:[Tt]he|[Tt]hose|[Tt]hese|[Oo]ther|[Aa]llied)\b.*\b(?:raids?|strikes?|attack(?:s|ers)?|missiles?|rockets?"
    r"|shells?|drones?|bombs?|planes?|jets?"
    r"|aircraft|warplanes|fighters?|helicopters?|gunboats?|warships?|ships?|boats?|vessels?|frigate|cutter|tanks?"
    r"|artillery|battery"
    r"|batteries|guns?|gunners|troops|soldiers|sailors|crews?|forces|fleet|squadrons?|launchers?|operation|offensive|repl(?:y|ies)|response|retaliation"
    r"|ministry|government"
    r"|capital|side|navy|army|commanders?|patrols?)\b",
    re.DOTALL | re.IGNORECASE,
)
"""Subjects that mean one of two sides that face each other."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb's own clause in an article: `subject`, `after`: the words behind the verb, as far as they are of it."""

    cast: Cast
    scene: Scene
    asked: AskedEvent
    lo: int
    subject: Subject
    after: tuple[int, int]

    @staticmethod
    def of(cast: Cast, scene: Scene, asked: AskedEvent) -> _Clause:
        stage, trigger = cast.stage, asked.trigger
        text, sentences = stage.article.text, stage.article.sentences
        whole = sentences[stage.sentence(trigger.start)] if sentences else Span(0, len(text))
        held = next((c for c in asked.witness.content if c.holds(trigger)), None) if asked.witness else None
        lo = max(whole.start, held.start) if held else whole.start
        hi = min(whole.end, held.end) if held else whole.end
        lo, hi = min(lo, trigger.start), max(hi, trigger.end)
        subject = subject_of(text, lo, trigger.start, stage.within(lo, trigger.start))
        hi = opening_end(text, lo, trigger.end, clause_end(text, trigger.end, hi))
        return _Clause(cast, scene, asked, lo, subject, (trigger.end, hi))

    def doers(self) -> frozenset[str]:
        """Who may have done it, by an active verb."""
        if self.subject.kind == "unknown":
            return self._near() | self._sides()
        if self.subject.kind == "pronoun":
            return self._meant(self.subject.pronoun or "")
        own = [p for p in self.subject.parties if not self._lends_name(p)]
        some, words = self._with_homes(own), self.subject.words
        again = words is not None and _ARMS.match(words.of(self.cast.stage.article.text))
        return some | self._sides() if again and not any(self._is_owned(p) for p in some) else some

    def _lends_name(self, party: str) -> bool:
        """Whether a name only tells which people act: "Harrow dockers", "Norvia's press council"."""
        text, words = self.cast.stage.article.text, self.subject.words
        kind = self.cast.stage.players[party].kind
        if words is None or kind == "body":
            return False
        places = [n for n in self.cast.stage.within(words.start, words.end) if n.party == party]
        apart = (_FOLK, NO_STATE) if kind == "country" else (_FOLK,)
        return bool(places) and all(any(other.match(text, n.span.end, words.end) for other in apart) for n in places)

    def _is_owned(self, party: str) -> bool:
        """Whether it is known whose somebody is: no ship or battery that the text has under its own name alone."""
        kind = self.cast.stage.players[party].kind
        return kind not in ("organization", "group", "work") or self.cast.sides.home(party) is not None

    def agents(self) -> frozenset[str]:
        """Who may have done it, by a passive verb: whom "by" names, else one of two sides."""
        named = agents_of(self.cast.stage.article.text, *self.after, self.named_after())
        return self._sides() if named is None else self._with_homes(named)

    def objects(self) -> frozenset[str]:
        """To whom it may have been done, by an active verb: who stands in its clause, or whom a pronoun there means."""
        meant = self._meant(self.scene.object) if self.scene.object in _ONES else frozenset()
        inside = {
            p
            for p, some in self.scene.standings.items()
            if any(s.part not in _OUTSIDE and not _EARLIER.search(s.part) for s in some)
        }
        inside -= {p for p in self.subject.parties if self._lends_name(p)}
        return frozenset(inside) | meant | self._sides() | self._with_homes(n.party for n in self.named_after())

    def undergoers(self) -> frozenset[str]:
        """To whom it may have been done, by a passive verb: its subject, or at whom it was aimed."""
        subject = self.subject
        some = {self.scene.undergoes} if self.scene.undergoes else set()
        if _AIMED.match(self.asked.trigger.of(self.cast.stage.article.text).split()[-1]):
            some |= {n.party for n in self.named_after()}
        if subject.kind == "pronoun":
            some |= self._meant(subject.pronoun or "")
        elif subject.kind == "named":
            some |= set(subject.parties)
        elif subject.kind == "unknown":
            some |= self._near()
        return self._with_homes(some) | self._sides()

    def named_after(self) -> list[PartyPlace]:
        return self.cast.stage.within(*self.after)

    def _near(self) -> frozenset[str]:
        """Who is named in the sentence, or in that before it."""
        return frozenset(
            p
            for p, some in self.scene.standings.items()
            if any(not _EARLIER.search(s.part) or " 1 " in s.part for s in some)
        )

    def _meant(self, pronoun: str) -> frozenset[str]:
        """Whom a pronoun may mean: who was named before it, near by; persons alone are "he" and "she"."""
        players, start = self.cast.stage.players, self.asked.trigger.start
        first = (
            self.cast.stage.article.sentences[max(0, self.cast.stage.sentence(start) - _BACK)].start
            if self.cast.stage.article.sentences
            else 0
        )
        near = {n.party for n in self.cast.stage.within(first, start)} | self._sides()
        witness = self.asked.witness
        if witness is not None and (witness.form != "direct" or pronoun in _FIRST):
            near |= set(self.asked.speaker)
        elif witness is not None:
            near -= set(self.asked.speaker)  # who is quoted calls himself "I"
        if pronoun in _PERSONS:
            owned = pronoun in ("his", "her", "my")  # "her volunteers" are her body's
            near = self._last_persons(near)
            return frozenset(p for p in self._with_homes(near) if owned or players[p].kind in ("person", "country"))
        if pronoun in ("it", "its"):
            near = {p for p in near if players[p].kind != "person"}
        return self._with_homes(near)

    def _last_persons(self, near: set[str]) -> set[str]:
        """The persons of the last words before that name any: "Lane spoke. Brandt came. He denied it"."""
        stage, end = self.cast.stage, self.asked.trigger.start
        persons = {p for p in near if stage.players[p].kind == "person"}
        start = self.lo
        for back in range(_BACK + 1):
            named = {n.party for n in stage.within(start, end)} & persons
            if named:
                return named | (persons & set(self.asked.speaker))
            here = stage.sentence(self.lo) - back - 1
            if here < 0:
                break
            start, end = stage.article.sentences[here].start, start
        return persons

    def _sides(self) -> frozenset[str]:
        """The two sides of an article that has such."""
        return frozenset(self.cast.sides.two or ())

    def _with_homes(self, parties: Iterable[str]) -> frozenset[str]:
        some = set(parties)
        return frozenset(some | {home for p in some if (home := self.cast.sides.home(p))})


def agent_by(cast: Cast, scene: Scene, asked: AskedEvent) -> str | None:
    """The only party that "by" names after a passive verb: "was hit with water cannon by two Norvian ships"."""
    if scene.voice != "passive":
        return None
    text, clause = cast.stage.article.text, _Clause.of(cast, scene, asked)
    after = clause.named_after()
    named = set(agents_of(text, *clause.after, after) or ())
    places = [n for n in after if n.party in named]
    if len(named) != 1 or any(p.match(text, places[0].span.end) for p in (_FOLK, NO_STATE)):
        return None
    return places[0].party


_LODGED = re.compile(r"(?:fil|lodg)(?:e[sd]?|ing)\b")
"""Of a complaint: whom it is against is said by that word. Where it is filed is another matter."""
_NOUN = re.compile(r"\b(?:the|an?|this|that|its|their|his|her|our)\s$", re.IGNORECASE)


def outsiders(cast: Cast, scene: Scene, asked: AskedEvent) -> tuple[frozenset[str], frozenset[str]]:
    """The parties that cannot have done it, and those that it cannot have been done to; none where a noun tells of it."""
    if scene.voice == "noun" or _NOUN.search(
        cast.stage.article.text, max(0, asked.trigger.start - 12), asked.trigger.start
    ):
        return frozenset(), frozenset()
    clause, all_ = _Clause.of(cast, scene, asked), frozenset(cast.candidates(scene))
    if asked.type == "ACCUSE" and _LODGED.match(asked.trigger.of(cast.stage.article.text)):
        against = {p for p, some in scene.standings.items() if any(s.tie in ("against", "on", "upon") for s in some)}
        return all_ - clause.doers(), all_ - against
    if scene.voice == "passive":
        return all_ - clause.agents(), all_ - clause.undergoers()
    return all_ - clause.doers(), all_ - clause.objects()
