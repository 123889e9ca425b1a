"""When what is foretold or promised falls due, and what it is made to depend on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cache

from onrecord.codebook.nouns import one_of
from onrecord.extract.calendar import Stretch
from onrecord.extract.clauses import Bounds
from onrecord.extract.countwords import DONE
from onrecord.extract.dating import (
    FAR,
    RELATION,
    Timeline,
    deadline_of,
    distance,
)
from onrecord.extract.editions import RELATIVE
from onrecord.extract.times import Anchor, TimeMention, stretch_of
from onrecord.extract.timetable import until_over
from onrecord.extract.timewords import compiled
from onrecord.records import Due, Span, Statement, When

_BY = re.compile(r"\bat\s+the\s+latest\b|\bor\s+sooner\b", re.IGNORECASE)


YEAR = timedelta(days=365)


def due_of(line: Timeline, statement: Statement, said: When, *, taken: Collection[Span] = ()) -> Due | None:
    """The days by which what a statement foretells or promises is to have come about; None where its words set no last day.

    Counted from the day of saying. Of one that is known to the month or year, both ends count: a term that is shorter than
    what is not known of that day sets no day; where nothing is known of it, only one that is printed with its year does.
    The first time of the content counts; with "at the latest" its last one ends it. `taken`: times known to be days of
    saying, of any statement: these set no day.
    """
    if (told := deadline_of(line, statement.cue[0])) is not None:
        return Due(None, told.isoformat(), "stated")
    if said.edtf is None and statement.inside is not None:  # "he said they had told him": they "have told me"
        said = line.day()
    bounds = _days_of_saying(line, said)
    if bounds is None:
        return None
    least, most = bounds
    taken = {*taken, *([said.span] if said.span else [])}
    late = _set_by(line, statement, most, taken)
    early = late if least == most else _set_by(line, statement, least, taken)
    if early is None or late is None or early.last is None or late.last is None:
        return None
    if early != late and (said.edtf is None or late.last - most < most - least):
        return None
    first = early.first
    if (first is None or first < least <= late.last) and said.edtf is not None:
        first = least
    if first and first > late.last:
        first = None
    return Due(first.isoformat() if first else None, late.last.isoformat(), "stated")


def _days_of_saying(line: Timeline, said: When) -> tuple[date, date] | None:
    """The first and the last day on which a statement may have been made; a year back where nothing tells."""
    today = line.anchor.date
    if said.date:
        day = date.fromisoformat(said.date)
        return day, day
    if today is None:
        return None
    if said.edtf is None:
        return today - YEAR, today
    mention = next((line.mentions[k] for k in line.within(said.span)), None) if said.span else None
    found = stretch_of(mention, line.anchor, "past") if mention else None
    if found is None or found.first is None or found.first > today:
        return None
    return found.first, min(found.last or today, today)


def _set_by(line: Timeline, statement: Statement, day: date, taken: Collection[Span]) -> Stretch | None:
    """What a statement's words set for it, seen from a day."""
    anchor = Anchor(day.isoformat(), "dateline")
    found = [d for span in statement.content for d in _dues(line, span, anchor)]
    if not found:
        found = [d for d in _beside(line, statement, anchor, taken) if d.first is None or d.first > day]
    if len(found) > 1 and any(_BY.search(span.of(line.article.text)) for span in statement.content):
        return Stretch(found[0].first, found[-1].last)
    return found[0] if found else None


_OF_THE_PAST = re.compile(r"\b(?!need)\w+ed(?:\s+\w+)?\s+(?:(?:on|in|at|over|during|since)\s+)?$", re.IGNORECASE)


def _beside(line: Timeline, statement: Statement, anchor: Anchor, taken: Collection[Span]) -> Iterator[Stretch]:
    """What times of a statement's sentences leave that stand outside of it, and in no clause or statement of their own."""
    text = line.article.text
    spans = (*statement.cue, *statement.content)
    taken_up = all(_IT.fullmatch(text, span.start, span.end) for span in statement.content)
    for sentence in dict.fromkeys(s for span in spans for s in line.sentences(span)):
        for k in line.within(sentence):
            place = line.mentions[k].span
            if place in taken or any(c.holds(place) for c in statement.content):
                continue
            others = line.held[k] - line.holding(statement.cue[0]) - {statement.id}
            near = min(distance(text, sentence, place, span, ()) for span in spans)
            if not taken_up and _SUBORDINATE.search(text, place.end, statement.cue[0].start):
                continue
            if others or near >= FAR or _OF_THE_PAST.search(text, sentence.start, place.start):
                continue
            if not RELATIVE.search(
                text, max(text.rfind(",", sentence.start, place.start), sentence.start), place.start
            ):
                yield from _dues(line, place, anchor)


_IT = re.compile(r"(?:it|this|that|so|as much)", re.IGNORECASE)
"""What is foretold in the main clause: "was silent by dawn, two days after Lane forecast it"."""
_SUBORDINATE = re.compile(
    r"\b(?:after|before|when|since|because|although|though|while|whereas)\s+[^,;:.]{1,80}$", re.IGNORECASE
)
"""What opens the clause of a cue behind a time of the main one: "will close by May, a week after Lane promised that"."""
_NEGATED = re.compile(r"\b(?:no|not|never|nobody|none|without|n['’]t)\b|n['’]t\b", re.IGNORECASE)
_BEFORE_THAT = re.compile(
    r"\bbefore\s+(?:the|an?|its|his|her|their)\s+(?:[\w’'-]+\s+){2,3}(?:for|on|at|in)\s+$", re.IGNORECASE
)
"""What is to be done before something that happens at a time: "before the House rises for Easter"."""
_UNTIL = re.compile(r"\b(?:until|till)\s+at\s+least\s+$", re.IGNORECASE)
_RATE = re.compile(
    r"(?:\d|%|\b(?!(?:takes|lasts|needs|requires|gives|was|is)\b)\w{3,}s|million|billion|thousand|cent)\s+$",
    re.IGNORECASE,
)
_IS = re.compile(r"\s+(?:is|was|are|were|seems?|seemed|feels?|felt)\b")
"""After a length: it is what is spoken of ("Five years is a long time")."""
_DONE_ASIDE = re.compile(
    r",\s+(?!(?:need|expect|schedul|plann|propos|suppos)\w*)\w+ed\s+(?:[\w’'-]+\s+){0,3}?(?:(?:on|in|at|over|during)\s+)?$"
)
"""A participle between commas, in which a time is of what was done: "the rise, announced on 3 May, is withdrawn"."""
_EACH = re.compile(r"an?\s", re.IGNORECASE)
"""After a number or a plural, "a year" is each year: how much, not how long ("loses four million crowns a year")."""
_LASTS = re.compile(r"\b(?:last|survive|outlast|outlive|see\s+out)\s+the\s+(day|week|month|year)\b", re.IGNORECASE)


@cache
def _length() -> re.Pattern[str]:
    return compiled(r"(?:the\s+)?<amount>\s+(?:more\s+|further\s+)?(?P<unit><unit>)\b")


_WHO_DID = re.compile(
    r"\bwho\s+(?:(?:had|have|has|were|was)\s+)?(?!need)\w+ed\b(?:(?!\b(?:will|would|shall|must|to|who|that)\b)[^,;:.])*$",
    re.IGNORECASE,
)
"""A clause of who did something, in which a time is of that: "those who attacked the port on 9 May"."""
_BEFALLEN = one_of(
    {*(w for w, what in DONE.items() if what in ("killed", "wounded", "detained")), "destroyed", "damaged", "stolen"}
)
_WHO_SUFFERED = re.compile(
    rf"(?<!\bbe\s)(?<!\bget\s)(?<!\bbeing\s)\b(?:{_BEFALLEN})\b(?:(?!\b(?:will|would|shall|must|to|who|that|and|but)\b)[^,;:.])*$",
    re.IGNORECASE,
)
"""The same of whom something befell, in a participle: "pensions for the crew killed at the port on 9 May"."""


_BOUNDS = Bounds("stop", "mark", "quote", "joint", "comma")
_HAS_BEEN = re.compile(r"\b(?:had|has been|have been|was|were)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:will|would|shall|should|must|may|might|could|can|to|due|until|till|expect\w*|plan\w*|set)\b", re.IGNORECASE
)


def _is_told_back(text: str, span: Span, place: Span) -> bool:
    """Whether a time is of a clause that only tells what has been: "40 had been brought in by noon and the number would rise"."""
    start = _BOUNDS.opened(text, span.start, place.start)
    return _HAS_BEEN.search(text, start, place.start) is not None and _TO_COME.search(text, start, place.start) is None


def _dues(line: Timeline, span: Span, anchor: Anchor) -> Iterator[Stretch]:
    """What the times of a span leave for something to come about."""
    text, any_ = line.article.text, False
    for k in line.within(span):
        mention = line.mentions[k]
        if RELATION.search(mention.words):  # "a day after": of what lies back
            continue
        if _WHO_DID.search(text, span.start, mention.span.start) or _is_told_back(text, span, mention.span):
            continue
        if _DONE_ASIDE.search(text, span.start, mention.span.start):
            continue
        if mention.kind != "open" and _WHO_SUFFERED.search(text, span.start, mention.span.start):
            continue
        found = stretch_of(mention, anchor, "future", anchor.date)
        if found is None or (found.last or found.first) is None:
            continue
        if found.last is not None and anchor.date and found.last < anchor.date:
            continue
        if any(p.search(text, span.start, mention.span.start) for p in (_UNTIL, _BEFORE_THAT)):
            found = Stretch(None, found.last, found.about)
        if (
            found.last is None and found.first is not None
        ):  # to be judged on its first day, where it says what is not before
            negated = _NEGATED.search(text, span.start, mention.span.end) or mention.words.lower().startswith(
                ("no", "from")
            )
            if not negated:
                continue
            found = Stretch(found.first, found.first)
        any_ = True
        yield found
    if any_ or anchor.date is None:
        return
    for whole in _LASTS.finditer(text, span.start, span.end):
        out = stretch_of(TimeMention(span, f"the {whole[1]} is out", "period"), anchor, "future")
        if out is not None:
            yield out
    for length in _length().finditer(text, span.start, span.end):
        if _IS.match(text, length.end()):
            return
        if _RATE.search(text, span.start, length.start()) and _EACH.match(length[0]):
            continue
        lasting = until_over(length, anchor.date)
        if lasting is not None:
            yield lasting


# A clause that makes what is foretold depend on something.
_CONDITION = re.compile(
    r"\b(?:once|if|unless|provided(?:\s+that)?|providing(?:\s+that)?|as\s+soon\s+as|as\s+long\s+as|so\s+long\s+as|only\s+after"
    r"|on\s+condition\s+that|in\s+case|should(?=\s+(?:the|a|an|any|they|it|he|she|we|you)\b)|until|assuming\s+that|except\s+if)\b",
    re.IGNORECASE,
)
_NO_CONDITION = re.compile(r"\b(?:as|even|what|only\s+at|at)\s+$|\b(?:at)\s*$", re.IGNORECASE)
_ENDS = Bounds("stop", "mark", "comma")
_ASIDE = re.compile(r",\s[^,.;:\"“”]{1,80},\s(?=(?:is|are|was|were|has|have|had|does|do|did)(?:\s+not)?\s)")
"""Between a subject and its verb: "if the rise, announced in May, is withdrawn"."""
_GOES_ON = re.compile(r"[\"”’'](?=\s|$)|(?<!\w)[’']|\b(?:but|and\s+(?:that|would|will)|then)\b")
"""What ends a condition besides: its quotation is over, or what is foretold goes on."""


def condition_of(line: Timeline, statement: Statement) -> Span | None:
    """The clause inside a statement's content that it depends on: "once the bridge is open", "if talks fail"."""
    text = line.article.text
    for span in statement.content:
        for opened in _CONDITION.finditer(text, span.start, span.end):
            if opened[0].lower() == "until" and _until_a_time(line, opened):
                continue
            if _NO_CONDITION.search(text, span.start, opened.start()):
                continue
            end = clause_end(line, _ENDS, opened.end(), span.end)
            if aside := _ASIDE.match(text, end, span.end):
                end = clause_end(line, _ENDS, aside.end(), span.end)
            end = goes_on.start() if (goes_on := _GOES_ON.search(text, opened.end(), end)) else end
            others = "".join(c.of(text) for c in statement.content if c != span)
            whole = not re.search(r"\w", text[span.start : opened.start()] + text[end : span.end] + others)
            if len(text[opened.end() : end].split()) > 1 and not whole:  # a content that is nothing else asks "if"
                return Span(opened.start(), end)
    return None


def clause_end(line: Timeline, bounds: Bounds, at: int, hi: int) -> int:
    """Where the clause of a place ends, at `hi` at the latest: the full stop of "Gov." or "Oct. 1" ends none."""
    text = line.article.text
    while (end := bounds.closed(text, at, hi)) < hi and text[end] == ".":
        if not any(s.end > end + 1 for s in line.sentences(Span(end, end + 1))):
            break
        at = end + 1
    return end


_ABOUT = re.compile(r"\s+(?:(?:at\s+least|about|around|roughly|well\s+into|some\s*time(?:\s+in)?)\s+)?")


def _until_a_time(line: Timeline, until: re.Match[str]) -> bool:
    """Whether what follows "until" is a time, which is when something falls due and no condition."""
    text = line.article.text
    at = bisect_left(line.mentions, until.end(), key=lambda m: m.span.start)
    if at and until.start() < line.mentions[at - 1].span.end:
        return True
    return at < len(line.mentions) and bool(_ABOUT.fullmatch(text, until.end(), line.mentions[at].span.start))
