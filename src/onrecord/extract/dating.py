"""When something was said, happened or falls due: the times of an article, given to its statements and events."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.codebook.nouns import one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.calendar import Stretch
from onrecord.extract.clauses import Bounds
from onrecord.extract.editions import DAWN, DAY, MORNING, RELATIVE, opening_of, told_of_eve
from onrecord.extract.holding import Contents, span_at
from onrecord.extract.times import Anchor, TimeMention, anchor_of, stretch_of, times_in
from onrecord.records import Article, EventStatus, Span, Statement, When, words_of

FAR = 3.0
"""A time that so many boundaries part from a word is none of its clause; weighed on ten of the invented stories."""
_OTHER_CUE = 1.5
"""What another cue between them adds."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The times of an article and where its statements stand, found once.

    `held`: for each mention the statements in whose content it stands. `told`: the day that the opening tells of, where it is
    the eve of publication: papers print today what was done yesterday.
    """

    article: Article
    anchor: Anchor
    mentions: tuple[TimeMention, ...]
    held: tuple[frozenset[str], ...]
    statements: tuple[Statement, ...]
    cues: tuple[Span, ...]
    told: TimeMention | None
    contents: Contents

    def within(self, span: Span) -> Iterator[int]:
        """Numbers of the mentions inside a span."""
        for k in range(bisect_left(self.mentions, span.start, key=lambda m: m.span.start), len(self.mentions)):
            if self.mentions[k].span.end > span.end:
                return
            yield k

    def sentences(self, span: Span) -> Sequence[Span]:
        """The sentences that a span touches."""
        every = self.article.sentences
        first = max(bisect_right(every, span.start, key=lambda s: s.start) - 1, 0)
        after = bisect_left(every, span.end, key=lambda s: s.start)
        return [s for s in every[first:after] if s.overlaps(span)]

    def cues_in(self, span: Span) -> Sequence[Span]:
        """Cues of statements that begin inside a span."""
        first, after = (bisect_left(self.cues, edge, key=lambda c: c.start) for edge in (span.start, span.end))
        return self.cues[first:after]

    def holding(self, place: Span) -> frozenset[str]:
        """The statements in whose content a place stands."""
        return frozenset(self.statements[n].id for n in self.contents.holding(place))

    def day(self) -> When:
        """The day that an article tells of: the dateline's, the one that its opening tells, or that of publication or its eve."""
        if self.told is not None:
            told = stretch_of(self.told, self.anchor, "past")
            if told and told.day:
                return told.when("context", self.told.span)
        return self.eve() or self.own_day()

    def eve(self) -> When | None:
        """The day before that of publication, where a paper comes out so early that it can tell of no other day."""
        if self.anchor.date is None or self.anchor.hour not in DAWN:
            return None
        day = (self.anchor.date - DAY).isoformat()
        return When(day, day, self.anchor.basis)

    def own_day(self) -> When:
        """The day of the dateline, or that of publication."""
        if self.anchor.basis == "none":
            return When(None, None, "none", None, "no-anchor")
        return When(self.anchor.day, self.anchor.day, self.anchor.basis)


def timeline_of(article: Article, statements: Sequence[Statement] = ()) -> Timeline:
    """The times of `article`, whose statements are `statements`."""
    mentions = tuple(
        m
        for sentence in article.sentences
        for m in times_in(article, sentence)
        if not (article.dateline and article.dateline.span.overlaps(m.span))
    )
    anchor, contents = anchor_of(article), Contents.of(statements)
    return Timeline(
        article,
        anchor,
        mentions,
        tuple(frozenset(statements[n].id for n in contents.holding(m.span)) for m in mentions),
        tuple(statements),
        tuple(sorted(c for s in statements for c in s.cue)),
        told_of_eve(article, anchor, mentions),
        contents,
    )


# What parts a time from the word that it belongs to, and how far; a comma before another bound counts too.
_WEIGHTS = {
    "stop": 3.0, "mark": 3.0, "quote": 1.5, "single": 1.5, "who": 1.5, "whose": 1.5, "that": 1.5, "as": 1.5, "opener": 1.5,
    "time": 1.5, "joint": 1.2, "comma": 0.6,
}  # fmt: skip
_BOUNDS = Bounds(*_WEIGHTS)
_PER_CHARACTER = 0.004
_PAST_KINDS = frozenset(("day", "relative", "period", "month", "year", "range"))
RELATION = re.compile(r"\b(after|before)$", re.IGNORECASE)


def distance(text: str, sentence: Span, mention: Span, word: Span, cues: Sequence[Span]) -> float:
    """How far a time stands from a word, in boundaries of clauses between them."""
    lo, hi = (mention.end, word.start) if mention.start < word.start else (word.end, mention.start)
    if hi <= lo:
        return 0.0
    # The stop of a short form ends no clause: "said in St. Orren on Monday".
    bounds = [one for one in _BOUNDS.within(text, lo, hi) if one[0] != "." or one.end() >= sentence.end]
    parts = sum(_WEIGHTS[str(one.lastgroup)] + _WEIGHTS["comma"] * one[0].startswith(", ") for one in bounds)
    others = sum(_OTHER_CUE for cue in cues if lo <= cue.start and cue.end <= hi)
    return parts + others + _PER_CHARACTER * (hi - lo) + _shut_off(text, sentence, mention, word)


def _shut_off(text: str, sentence: Span, mention: Span, word: Span) -> float:
    """Whether a time stands in a relative clause that is over before the word, or tells since when: "X, who left on Monday,
    said", "has counted 58 dead since the raids began on March 8".
    """
    if mention.start > word.start:
        return (
            FAR
            if _SINCE_IT.search(text, word.end, mention.start) or _CONTACT.search(text, word.end, mention.start)
            else 0.0
        )
    if _RESTRICTIVE.search(text, sentence.start, mention.start):  # "a strike that began on Monday after they refused"
        return FAR
    if "," not in text[mention.end : word.start]:
        return 0.0
    opened = [m.start() for m in RELATIVE.finditer(text, sentence.start, mention.start)]
    return FAR if opened and "," not in text[opened[-1] : mention.start] else 0.0


_SINCE_IT = re.compile(r"\bsince\s+(?:the|an?|its|their|his|her|our|it|they|he|she|[A-Z]\w+)(?:\s+[\w’'-]+){1,7}\s+$")
_CONTACT = re.compile(
    r"\b(?!(?:as|when|while|after|before|because|if|that|where|and|but|or|since|until|said|says|once|which|whom|than|what|how|why"
    r"|though|although|unless|whether)\b)[a-z][\w’'-]+\s+(?:they|he|she|we)\s+(?:had\s+|have\s+)?(?:\w+ed|"
    rf"{one_of(verb_forms().past | verb_forms().participle)})\b"
)
"""A relative clause without its pronoun: "freed the men they had seized last week"."""
_FOR_MOST_OF = re.compile(
    r"\b(?:for|through(?:out)?|over|during)\s+(?:much|most|all|half|(?:a\s+large\s+)?parts?|the\s+(?:whole|better\s+part|best\s+part|bulk"
    r"|majority))\s+of\s+$",
    re.IGNORECASE,
)
_FOR_THE_PAST = re.compile(r"\bfor\s+$", re.IGNORECASE)


def _is_length(text: str, mention: TimeMention) -> bool:
    """Whether a time is how long something lasted: "for much of the past year", "for the last decade"."""
    start = max(0, mention.span.start - 40)
    if _FOR_MOST_OF.search(text, start, mention.span.start):
        return True
    past = mention.words.lower().startswith(("the past ", "the last "))
    return past and _FOR_THE_PAST.search(text, start, mention.span.start) is not None


_RESTRICTIVE = re.compile(
    r"(?<!said )(?<!says )\b(?:that|which|who)\s+(?:(?:was|were|had|has|been)\s+){0,2}"
    rf"(?:\w+ed|broke\s+out|took\s+place|{one_of(verb_forms().past | verb_forms().participle)})"
    r"(?:\s+(?:on|in|at|over|during|early|late))*\s*$"
)
"""A relative clause whose own verb a time stands right after."""


@dataclass(frozen=True, slots=True)
class _NearTime:
    """A time of a word's sentence, how far it stands from it, and those of the main clause that it may count from."""

    distance: float
    mention: TimeMention
    before: tuple[TimeMention, ...]


def _candidates(line: Timeline, word: Span) -> list[_NearTime]:
    """The times of a word's sentence in the same contents as the word, nearest first."""
    text, out, held = line.article.text, [], None
    for sentence in line.sentences(word):
        near = [k for k in line.within(sentence) if line.mentions[k].kind in _PAST_KINDS]
        if not near:
            continue
        held = line.holding(word) if held is None else held
        cues = [c for c in line.cues_in(sentence) if not c.overlaps(word)]
        same = [line.mentions[k] for k in near if line.held[k] == held and not _is_length(text, line.mentions[k])]
        for k, mention in enumerate(same):
            far = distance(text, sentence, mention.span, word, cues)
            if far < FAR:
                out.append(_NearTime(far, mention, tuple(same[:k])))
    return sorted(out, key=lambda told: told.distance)


def _stated(line: Timeline, word: Span, told: Sequence[_NearTime], anchor: Anchor, day: date | None) -> When | None:
    """The day or interval that the nearest time gives; a day is taken before an interval. Nothing past lies ahead."""
    rest = None
    for one in told:
        relation = RELATION.search(one.mention.words)
        if relation and one.mention.kind == "relative":
            found = _from_main(line, one, word, anchor, day)
        else:
            found = stretch_of(one.mention, anchor, "past", _spoken_of(line, one.mention, anchor) or day)
        if found is None or (anchor.date and found.first and found.first > anchor.date):
            continue
        when = found.when("stated", one.mention.span)
        if when.date:
            return when
        rest = rest or when
    return rest


_TAKES_UP = re.compile(
    r"\b(?:that|the)\s+(?:very\s+)?(?:same\s+|next\s+|following\s+)?(?:day|night|evening|morning|afternoon)\b"
    r"|\b(?:days?|weeks?|months?)\s+later\b|\bthe\s+(?:next|following)\s+(?P<year>year)\b",
    re.I,
)


def _spoken_of(line: Timeline, mention: TimeMention, anchor: Anchor) -> date | None:
    """The day that "the next day" and its like take up: the last told before them in their paragraph."""
    takes_up = _TAKES_UP.search(mention.words)
    if takes_up is None:
        return None
    held = span_at(line.article.paragraphs, mention.span.start)
    if held is None:
        return None
    told = (line.mentions[k] for k in line.within(Span(held.start, mention.span.end)))
    before = [m for m in told if m.kind in ("day", "year") and m.span < mention.span]
    for m in reversed(before):
        found = stretch_of(m, anchor, "past")
        if found is None or (m.kind == "year" and not takes_up["year"]):
            continue
        return found.first if m.kind == "year" else found.day
    return None


def _from_main(line: Timeline, one: _NearTime, word: Span, anchor: Anchor, day: date | None) -> Stretch | None:
    """Of a clause that "a day after" opens, its day: so long before the main clause's. The main clause's own is not told so."""
    between = line.article.text[one.mention.span.end : word.start]
    # "a day after the vote, she said": when that was is not told
    if word.start < one.mention.span.start or "," in between:
        return None
    words = re.sub(r"after$", "earlier", re.sub(r"before$", "later", one.mention.words.lower()))
    days = (stretch_of(m, anchor, "past", day) for m in one.before)
    main = next((found.day for found in days if found and found.day), day)
    return stretch_of(TimeMention(one.mention.span, words, "relative"), anchor, "past", main)


def _matter(line: Timeline) -> When | None:
    """The day of the matter that an article is about: the first past day of its opening before its own."""
    own = _date(line.day())
    opening = opening_of(line.article)
    if own is None or not opening:
        return None
    for k in line.within(Span(opening[0].start, opening[-1].end)):
        mention = line.mentions[k]
        found = stretch_of(mention, line.anchor, "past", own) if mention.kind == "day" else None
        if found and found.day and found.day < own:
            return found.when("stated", mention.span)
    return None


AUXILIARY = 25
"""Characters before a trigger in which its auxiliary stands, if it has one."""
_ADVERBS = r"\b(?:\s+\w+ly|\s+(?:been|being|already|also|then|now))*\s+[\w’'-]+(?:\s+\w+)*$"
_LONG_BEFORE = re.compile(rf"(?:\bhad|['’]d){_ADVERBS}", re.IGNORECASE)
_NOW = re.compile(rf"(?:\b(?:has|have|is|are|am)|['’](?:ve|s|re|m)){_ADVERBS}", re.IGNORECASE)
_PLUPERFECT = re.compile(r"had\b|['’]d\b", re.IGNORECASE)


def _date(when: When | None) -> date | None:
    return date.fromisoformat(when.date) if when and when.date else None


_PRESENT = re.compile(r"(?:(?!was\b|has\s+long\b)\w+s|have|are|am)\b", re.IGNORECASE)


def _day_of_saying(line: Timeline, statement: Statement) -> When:
    """The day on which a statement was made of which no day is told: the article's own, in a paper of the morning the day before.

    Where no hour is told, the day that the opening tells counts for all that is told in the past tense.
    """
    hour, now = line.anchor.hour, _PRESENT.match(words_of(line.article.text, statement.cue))
    if line.told is not None:
        return line.day() if (hour < MORNING if hour is not None else not now) else line.own_day()
    return line.own_day() if now else line.day()


_SPOKE = re.compile(
    r"\bwho\s+(?:(?:had|was|has|been)\s+)*(?:spoke|spoken|speaking|addressed|addressing|gave|briefed|briefing|held|testified|"
    r"appeared)\b(?:(?!\b(?:before|after|since|when|that|which|by)\b)[^,;:.])*$",
    re.IGNORECASE,
)
_ENDS_ASIDE = re.compile(r"[^,;:.]{0,40},\s+(?:\w+ly\s+|also\s+|has\s+|had\s+)*", re.IGNORECASE)


def _spoke_on(line: Timeline, cue: Span) -> TimeMention | None:
    """When somebody spoke of whom that is told by the way, right before the cue: "who spoke in Velm on Sunday, said"."""
    text = line.article.text
    for sentence in line.sentences(cue):
        for k in line.within(Span(sentence.start, cue.start) if sentence.start < cue.start else sentence):
            mention = line.mentions[k]
            if mention.kind not in _PAST_KINDS or line.held[k] != line.holding(cue):
                continue
            aside = _SPOKE.search(text, sentence.start, mention.span.start)
            if aside and _ENDS_ASIDE.fullmatch(text, mention.span.end, cue.start):
                return mention
    return None


def _said_beside(line: Timeline, statement: Statement) -> When | None:
    """The day that a time of the cue's own clause tells."""
    cue = statement.cue[0]
    told = [one for one in _candidates(line, cue) if not _is_deadline(line, one.mention, cue)]
    if (aside := _spoke_on(line, cue)) is not None:
        told.append(_NearTime(FAR, aside, ()))
    return _stated(line, cue, told, line.anchor, _date(_day_of_saying(line, statement)))


def said_on(line: Timeline, statement: Statement) -> When:
    """The day of saying: of a time in the cue's own clause, else of the article.

    What lies further back than its article, and no day is told of it ("had always said"), has none. A day told of one
    statement is not handed on to the next: on the invented stories that gave more wrong days than right ones. Only "at the
    time" takes up the time told before it.
    """
    found = _said_beside(line, statement)
    if found is not None:
        return found
    if _at_the_time(line, statement):
        return _time_before(line, statement) or When(None, None, "none", None, "vague")
    if _PLUPERFECT.match(statement.cue[0].of(line.article.text)):
        return When(None, None, "none", None, "vague")
    return _goes_on(line, statement) or _day_of_saying(line, statement)


GOING_ON = 4
"""Statements before one in which the day is looked for that its speaker goes on at."""


def _goes_on(line: Timeline, statement: Statement) -> When | None:
    """The day told of the sentence before, where the same speaker goes on in its paragraph: "I came," she said."""
    cue, who = statement.cue[0], statement.speaker
    if who.basis not in ("pronoun", "continued") or not who.entities or statement.form != "direct":
        return None
    at = bisect_left(line.statements, cue.start, key=lambda s: s.cue[0].start)
    held = span_at(line.article.paragraphs, cue.start)
    for last in reversed(line.statements[max(0, at - GOING_ON) : at]):
        if last.inside is not None:
            continue
        if held is None or not held.holds(last.cue[0]) or last.speaker.entities != who.entities:
            return None
        found = _said_beside(line, last)
        if found is not None:
            return replace(found, basis="context") if found.date else None
    return None


_TO_COME = frozenset(("planned", "hypothetical"))


def event_date(
    line: Timeline,
    trigger: Span,
    statement: Statement | None,
    *,
    said: When | None = None,
    status: EventStatus = "happened",
) -> When:
    """The day of an event: of a time in its trigger's own clause, else that its article tells of.

    `statement`: whose content holds it, if one does; `said`: the day of that. What is yet to come has the day that its
    clause sets, or none: it was not done on the day of the news.
    """
    if status in _TO_COME:
        return _day_to_come(line, trigger, said)
    if since := _since_when(line, trigger):
        return since
    base = line.day()
    anchor, day = line.anchor, _date(said) or _date(base)
    quoted = statement is not None and statement.form == "direct"
    if (
        quoted and said is not None and said.date and said.basis == "stated"
    ):  # "yesterday" in a quotation counts from there
        anchor = Anchor(said.date, line.anchor.basis)
    found = _stated(line, trigger, _candidates(line, trigger), anchor, day) or _since_when(line, trigger, _WHOLE)
    if found is not None:
        return found
    before = line.article.text[max(0, trigger.start - AUXILIARY) : trigger.end]
    if statement is None:
        return (_matter(line) or base) if _LONG_BEFORE.search(before) else base
    if _NOW.search(before):
        return said or base
    return _matter(line) or said or base


def _day_to_come(line: Timeline, trigger: Span, said: When | None) -> When:
    """The day or days that the clause of an event sets for it, counted from the day on which it was told; else none."""
    start = _date(said) or _date(line.day())
    for one in _candidates(line, trigger):
        found = stretch_of(
            one.mention, Anchor(start.isoformat(), "dateline") if start else line.anchor, "future", start
        )
        if found is not None and (start is None or found.last is None or found.last >= start):
            return found.when("stated", one.mention.span)
    return When(None, None, "none", None, "vague")


_SINCE = re.compile(r"(?:since|from|until|till|before|by)\s+", re.IGNORECASE)


_WHOLE = Bounds("stop", "mark", "quote")


def _since_when(line: Timeline, trigger: Span, bounds: Bounds = _BOUNDS) -> When | None:
    """Of what a day is told by ("since 11 March, when rebels took the town"): that day. `bounds`: what ends its clause."""
    for sentence in line.sentences(trigger):
        for k in line.within(Span(sentence.start, trigger.end)):
            mention, text = line.mentions[k], line.article.text
            told = _SINCE.sub("", mention.words, count=1)
            between = text[mention.span.end : trigger.start]
            when = re.match(r",?\s+when\s", between)
            if when is None or bounds.closed(between, when.end(), len(between)) < len(between):
                continue
            found = stretch_of(TimeMention(mention.span, told, "day"), line.anchor, "past")
            if found is not None:
                return found.when("stated", mention.span)
    return None


_BY_WHICH = re.compile(r"(?:\s*,)?(?:\s+the\s+(?:date|day|deadline|time|hour|week|month|year))?\s+by\s+which\b[^,;]*")


def _is_deadline(line: Timeline, mention: TimeMention, cue: Span) -> bool:
    """Whether a time is that by which something was to be done ("the date by which she had promised to go"), not the cue's."""
    return mention.span.end <= cue.start and bool(_BY_WHICH.fullmatch(line.article.text, mention.span.end, cue.start))


def deadline_of(line: Timeline, cue: Span) -> date | None:
    """The day by which what a cue is about was to be done, where the sentence tells it before the cue."""
    for one in _candidates(line, cue):
        if _is_deadline(line, one.mention, cue):
            found = _stated(line, cue, [one], line.anchor, _date(line.day()))
            return _date(found)
    return None


_THE_TIME = r"(?:at\s+the\s+time|back\s+then)\b(?!\s+(?:of|when|he|she|they|it|the)\b)"
_AFTER_CUE = re.compile(rf"(?:\s+\w+){{0,3}}?,?\s+{_THE_TIME}", re.IGNORECASE)
_BEFORE_CUE = re.compile(rf"{_THE_TIME},?\s+(?:[\w.’'-]+\s+){{1,6}}", re.IGNORECASE)


def _at_the_time(line: Timeline, statement: Statement) -> bool:
    """Whether a cue's own clause says "at the time": of what the article told of before."""
    text, cue = line.article.text, statement.cue[-1]
    found = _AFTER_CUE.match(text, cue.end)
    if found is None:
        starts = [s.start for s in line.sentences(statement.cue[0])]
        found = next((m for at in starts if (m := _BEFORE_CUE.fullmatch(text, at, statement.cue[0].start))), None)
    return found is not None and not any(c.overlaps(Span(found.start(), found.end())) for c in statement.content)


def _time_before(line: Timeline, statement: Statement) -> When | None:
    """The last time told before a cue outside of what anybody said, in its paragraph or the one before it.

    What was said in between has its own time, and that is taken up: none, where nobody tells it.
    """
    cue = statement.cue[0]
    paragraphs = line.article.paragraphs
    own = bisect_right(paragraphs, cue.start, key=lambda p: p.start)
    if not own:
        return None
    start = paragraphs[max(0, own - 2)].start
    first, after = (bisect_left(line.statements, edge, key=lambda s: s.cue[0].start) for edge in (start, cue.start))
    last = next((s for s in reversed(line.statements[first:after]) if not _at_the_time(line, s)), None)
    since = last.cue[-1].end if last else start
    between = line.within(Span(since, cue.start)) if since < cue.start else ()
    for k in reversed(list(between)):
        mention = line.mentions[k]
        found = stretch_of(mention, line.anchor, "past") if mention.kind in _PAST_KINDS and not line.held[k] else None
        if found is not None and found.first and not (line.anchor.date and found.first > line.anchor.date):
            return found.when("stated", mention.span)
    return _stated(line, last.cue[0], _candidates(line, last.cue[0]), line.anchor, _date(line.day())) if last else None
