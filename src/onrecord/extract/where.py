"""Where an event took place: the place that a preposition ties to its trigger, or the only one that its paragraph names.

Wrong is worse than unknown. The dateline is not asked: of 302 events of the invented stories
whose sentence names no other place, it was where they happened for 100.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from onrecord.extract.clauses import Bounds, opening_end
from onrecord.extract.holding import span_at
from onrecord.extract.places import beside, place_of
from onrecord.extract.players import lands_of
from onrecord.records import Article, Entity, Mention, Place, Span

_INSERTED: Final = (
    r"(?:the\s+)?(?P<inserted>(?:[\w-]+['’]s?\s+)?(?:(?:an?\s+)?(?:[\w'’-]+\s+){0,3}(?:of|in|at|near|from)\s+(?:the\s+)?)?(?:(?:central|north\w*|"
    r"south\w*|east\w*|west\w*|downtown|nearby|neighbou?ring|rural|occupied|besieged|city|town|port|village|capital|district|"
    r"province|region|island|valley|state|remote|mountainous|coastal|Point|Cape|Mount|Lake|Fort|Camp)\s+)*)$"
)
"""What may stand between a preposition and the name: "at [a depot in] Corran", "in [northern] Corran"."""
_AFTER: Final = re.compile(
    r"\b(?P<word>in|at|near|outside|inside|behind|to|into|from|of|(?<!win )over|across|around|throughout|off)\s+"
    + _INSERTED,
    re.IGNORECASE,
)
"""What ties a place to a trigger that stands before it."""
_BEFORE: Final = re.compile(r"\b(?P<word>in|at|near|outside|inside|behind)\s+" + _INSERTED, re.IGNORECASE)
"""The same, to one after it: "to" and "from" belong to the verb that they follow, "of" to a noun."""
_WITHIN: Final = re.compile(
    r"\b(?:in|at|near|outside|inside|to|into|off|over|across|around)\s+(?:[\w'’-]+\s+){0,4}$|\b(?:air|sea)?(?:ports?|cit(?:y|ies)|"
    r"towns?|villages?|suburbs?|outskirts|cent(?:re|er)|districts?|quarters?|streets?|coasts?|shores?|regions?|provinces?|hills?|"
    r"valleys?|islands?|north|south|east|west)\s+$"
)
"""What must stand before "of", unless the trigger does itself: "in the harbour of", "the port of", not "sales of"."""
_LAND: Final = frozenset({"in", "inside", "over", "across", "throughout", "near", "off"})
"""What makes a country a place. "From" and "to" a country, and what is "of" it, tell of a party."""
_BOUNDS: Final = Bounds("mark", "quote", "coordinate", "who", "whose", "that", "as", "opener", "time", "said")
"""What begins another clause, whose place is its own."""
_OTHER: Final = re.compile(
    r"\b(?:than|but)\b|\bto\s+(?!the\b|it|his\b|her\b|their\b|our\b|my\b)[a-z]+\s+(?:the|an?|all|its|his|her|their)\b"
)
"""The same within a clause; an infinitive is known by what it takes ("to close the port")."""
_PRONOUN: Final = re.compile(r"\b(?:they|he|she|we|I)\b")
"""A subject of its own, which begins another clause with no mark ("freed the men they had seized in Corran")."""
_ACCOUNTS: Final = Bounds("mark", "quote", "that", "said")
"""What begins somebody's account: "in Corran, the minister said that" tells where the minister was."""
_PART: Final = re.compile(r"['’]s?(?!\w)|[ -](?=[A-Z])")
"""What tells that a name owns what comes, or is only the beginning of another ("Corran's", "Corran Steel")."""
_LONGER: Final = re.compile(
    r"\b(?!(?:City|Town|Village|Port|Province|State|Region|District|County|Island|Isle|Governorate|Republic|Kingdom|Emirate)\b)"
    r"[A-Z][\w’'-]+ of (?:the )?$"
)
"""What makes a name the end of a longer one: "the Line of Control", "the Gulf of Aden"."""
_NO_NOUN: Final = re.compile(
    r"\W*$|[^\w\s]|\s+(?:[\W\d]|(?:and|or|on|in|at|for|after|before|by|to|with|without|from|was|were|is|are|has|have|had|will|"
    r"would|since|until|as|while|when|where|who|which|that|but|against|over|during|last|this|next|early|late|again|today|"
    r"yesterday|tomorrow|near|under|into|if|\w+ly|\w+ed|\w+ing)\b)"
)
"""What may follow a country that is no adjective: "in Mali on Monday", not "in Malian waters"."""
_THERE: Final = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE"})
"""What is done in a town that is its object; of others a town may be named for its government ("accused Moscow")."""
_STRUCK: Final = re.compile(
    r"\s+(?:the\s+)?(?:(?:central|north\w*|south\w*|east\w*|west\w*|besieged|occupied|disputed|nearby|neighbou?ring|frontier"
    r"|border|strategic|rebel-held)\s+)*(?:(?:capital|city|town|port|village|suburb|district|province|region|island|district),?\s+(?:city\s+)?(?:of\s+)?)?"
)
"""Between a verb and a place that is its object."""
_WHERE: Final = re.compile(r"(?P<comma>,\s+where)\b[^.;:!?“”\"]*$")
_OPENS: Final = 24
"""A place within so many characters of its sentence's beginning, and then a comma, holds for all its clauses."""

_FAR: Final = 240
"""Characters between trigger and place from which on they are not of one clause."""


@dataclass(frozen=True)
class Scenery:
    """An article whose events are to have places; what is the same for all of them is found once, when first asked for.

    `mentions` in text order; `entities`: by id.
    """

    article: Article
    mentions: Sequence[Mention]
    entities: Mapping[str, Entity]

    @cached_property
    def _lands(self) -> Mapping[str, str]:
        return lands_of(self.article.text, self.mentions, self.entities)

    @cached_property
    def _beside(self) -> frozenset[str]:
        return beside(self.entities.values())

    @cached_property
    def _has_land(self) -> bool:
        return any(e.kind == "country" for e in self.entities.values())

    def place(self, trigger: Span, type_: str) -> Place | None:
        """Where the event that `trigger` tells of took place, by its PLOVER type too: who bombs a town does it there.

        A place after the trigger goes before one that stands before it, and then the nearest. Where the sentence names none at
        all, it is the one place that its paragraph names, if that is said to be where something happened. None otherwise.
        """
        article, mentions = self.article, self.mentions
        sentence = span_at(article.sentences, trigger.start)
        if sentence is None:
            return None
        called = _called(article, sentence, mentions, self.entities)
        found = _struck(article.text, trigger, called) if type_ in _THERE else None
        found = found or _of_sentence(article, sentence, trigger, called)
        paragraph = span_at(article.paragraphs, sentence.start)
        if found is None and paragraph is not None and paragraph != article.headline:
            found = _of_paragraph(article, sentence, paragraph, _called(article, paragraph, mentions, self.entities))
        if found is None:
            return None
        own, name = self.entities.get(found.entity or ""), found.span.of(article.text)
        land = own.country if own else None
        tied = self.entities.get(self._lands.get(found.entity or "") or "")
        if tied is not None and tied.country is None:  # the gazetteer's place of that name is another
            return Place(name, None, None, None)
        if land is None and not self._beside and self._has_land:
            return Place(name, None, None, None)  # no land of the article is known: its towns have namesakes
        return place_of(name, country=land, beside=self._beside)


def _struck(text: str, trigger: Span, called: Sequence[Mention]) -> Mention | None:
    """The place that is the object of a trigger: "bombed Harrow", "seized the capital, Harrow"."""
    first = next((m for m in called if m.span.start >= trigger.end), None)
    if first is None or first.kind != "place" or _PART.match(text, first.span.end):
        return None
    return first if _STRUCK.fullmatch(text, trigger.end, first.span.start) else None


def _of_sentence(article: Article, sentence: Span, trigger: Span, called: Sequence[Mention]) -> Mention | None:
    text, named = article.text, [m for m in called if m.method != "demonym"]
    end = opening_end(text, sentence.start, trigger.end, sentence.end)
    after = (m for m in named if trigger.end <= m.span.start < end and _is_tied_after(text, trigger, m))
    before = (m for m in reversed(named) if m.span.end <= trigger.start and _is_tied_before(text, sentence, trigger, m))
    return next(after, None) or _antecedent(text, sentence, trigger, named) or next(before, None)


def _antecedent(text: str, sentence: Span, trigger: Span, named: Sequence[Mention]) -> Mention | None:
    """The place whose relative clause tells of the trigger: "to Harrow, where doctors treated them"."""
    where = _WHERE.search(text, max(sentence.start, trigger.start - _FAR), trigger.start)
    if where is None or text.find(",", where.end("comma"), trigger.start) != -1:
        return None
    return next((m for m in named if m.span.end == where.start() and m.kind == "place"), None)


def _of_paragraph(article: Article, sentence: Span, paragraph: Span, named: Sequence[Mention]) -> Mention | None:
    """The only place of a paragraph, named before a sentence that names none."""
    if any(sentence.holds(m.span) for m in named):
        return None
    places = [m for m in named if m.kind == "place"]
    if len({m.span.of(article.text) for m in places}) != 1:
        return None
    tied = (m for m in reversed(places) if m.span.end <= sentence.start)
    return next((m for m in tied if _is_where(article.text, paragraph, m)), None)


def _called(
    article: Article, within: Span, mentions: Sequence[Mention], known: Mapping[str, Entity]
) -> Sequence[Mention]:
    """The places and countries within a sentence or paragraph, in text order, without the dateline's.

    Which of the two one is, its entity tells: by all that the article says of it, not here alone.
    """
    lo, hi = (bisect_left(mentions, edge, key=lambda m: m.span.start) for edge in (within.start, within.end))
    out = []
    for one in mentions[lo:hi]:
        in_dateline = article.dateline is not None and article.dateline.span.overlaps(one.span)
        own = known.get(one.entity or "")
        is_place = own is not None and own.kind == "place"
        nobody = own is None or own.kind != "person"  # else it is a surname that was taken for a town, here alone
        somewhere = is_place or (one.kind in ("place", "country") and nobody)
        if somewhere and within.holds(one.span) and not in_dateline:
            out.append(replace(one, kind="place") if is_place else one)
    return out


def _is_tied_after(text: str, trigger: Span, one: Mention) -> bool:
    between = text[trigger.end : min(one.span.start, trigger.end + _FAR)]
    tie = _AFTER.search(between) if one.span.start < trigger.end + _FAR else None
    if tie is None or _is_parted(text, trigger.end, min(one.span.start, trigger.end + _FAR)):
        return False
    if _PRONOUN.search(between):
        return False
    if tie["word"].lower() == "of" and between[: tie.start()].strip() and not _WITHIN.search(between[: tie.start()]):
        return False
    return _is_meant(text, tie, one)


def _is_tied_before(text: str, sentence: Span, trigger: Span, one: Mention) -> bool:
    if not _is_where(text, sentence, one):
        return False
    opens = one.span.start - sentence.start <= _OPENS and text.startswith(",", one.span.end)
    if trigger.start - one.span.end > _FAR:
        return False
    if opens:
        return _ACCOUNTS.closed(text, one.span.end, trigger.start) == trigger.start
    return not _is_parted(text, one.span.end, trigger.start)


def _is_parted(text: str, lo: int, hi: int) -> bool:
    return _BOUNDS.closed(text, lo, hi) < hi or _OTHER.search(text, lo, hi) is not None


def _is_where(text: str, within: Span, one: Mention) -> bool:
    """Whether the words before a name, from the beginning of `within`, make it the place of something."""
    tie = _BEFORE.search(text[max(within.start, one.span.start - _FAR) : one.span.start])
    return tie is not None and _is_meant(text, tie, one)


def _is_meant(text: str, tie: re.Match[str], one: Mention) -> bool:
    if _PART.match(text, one.span.end) or _LONGER.search(text, max(0, one.span.start - _OPENS), one.span.start):
        return False
    if one.kind == "place":
        return True
    return tie["word"].lower() in _LAND and not tie["inserted"] and _NO_NOUN.match(text, one.span.end) is not None
