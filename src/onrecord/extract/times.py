"""Times in an article: the words that tell them, and the days they mean seen from the article's own day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from onrecord.codebook.times import time_words
from onrecord.extract.calendar import Stretch
from onrecord.extract.timerules import Frame, NoAnchorError, Tense
from onrecord.extract.timetable import TimeKind, read, rule_of, rules
from onrecord.extract.timewords import any_of, compiled, pieces, unnamed, weekday
from onrecord.records import Article, Span, When

AnchorBasis = Literal["dateline", "published", "none"]
A_LINE = 60
"""A first paragraph no longer than this, in characters, may be a place and a weekday and nothing else."""
LONGEST_JOINT = 6
"""Characters of the words that join two times to one (" into ")."""
LONGEST_LEAD = 40
"""No words that belong to a time and stand before it are longer, in characters."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What "today" is in an article, and what tells it. `hour`: of the outlet's clock, where it was published then."""

    day: str | None
    basis: AnchorBasis
    hour: int | None = None

    @property
    def date(self) -> date | None:
        return date.fromisoformat(self.day) if self.day else None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that tell a time, without a preposition that only joins them ("on")."""

    span: Span
    words: str
    kind: TimeKind


def anchor_of(article: Article) -> Anchor:
    """The dateline's day, else that of publication: a paper that prints a dispatch the next day keeps its "on Tuesday"."""
    line, published = article.dateline, article.published
    if line and line.date:
        return Anchor(line.date, "dateline")
    if published is None:
        return Anchor(None, "none")
    first = article.paragraphs[0] if article.paragraphs else None
    opening = line.span.of(article.text) if line else first.of(article.text) if first and len(first) <= A_LINE else ""
    if found := _place_and_weekday().search(opening):
        day = date.fromisoformat(published.date)
        back = (day.weekday() - weekday(found[1])) % 7
        return Anchor((day - timedelta(days=back)).isoformat(), "dateline")
    return Anchor(published.date, "published", published.hour)


def times_in(article: Article, span: Span) -> tuple[TimeMention, ...]:
    """Every time expression in `span`, in text order and apart. Words that only look like one ("Friday prayers") are none."""
    text = article.text
    if not _head().search(text, span.start, span.end):
        return ()
    out: list[TimeMention] = []
    for found in _plain_times(text, span):
        if (
            out
            and found.start - out[-1].span.end <= LONGEST_JOINT
            and (night := _made(text, out[-1].span.start, found.end))
        ):
            out[-1] = night  # "overnight into Tuesday"
            continue
        since = out[-1].span.end if out else span.start
        if out and _to().fullmatch(text, since, found.start):
            before = out[-2].span.end if len(out) > 1 else span.start
            made = _made(text, _lead(text, before, out[-1].span.start), found.end)
            if made is not None and made.kind == "range":
                out[-1] = made
                continue
        lead = found.start if _owns(text, found) else _lead(text, since, found.start)
        made = _made(text, lead, found.end) or _made(text, found.start, found.end)
        if made is not None:
            out.append(made)
    return tuple(_with_befores(text, span, out))


def _owns(text: str, time: Span) -> bool:
    """Whether something follows that is named by the time ("after Saturday's vote"): then the lead is none of the time."""
    return text[time.end : time.end + 2] in ("'s", "’s") and not text.endswith("by ", 0, time.start)


def _plain_times(text: str, within: Span) -> list[Span]:
    """Times that stand for themselves, in a sentence that has a head."""
    out, at = [], within.start
    while found := _any().search(text, at, within.end):
        at = found.end()
        if _is_time(text, found, within):
            out.append(Span(found.start(), found.end()))
        if not (_head().search(text, at, within.end) or _DECADE.search(text, at, within.end)):
            break  # most often what follows has no other time
    return out


def _made(text: str, start: int, end: int) -> TimeMention | None:
    rule = rule_of(text[start:end])
    return TimeMention(Span(start, end), text[start:end], rule.kind) if rule else None


def _lead(text: str, since: int, start: int) -> int:
    """Where the words before a time that belong to it begin ("since", "a day after"); its own start where none do."""
    at = max(since, start - LONGEST_LEAD)
    found = _leads().search(text, at, start)
    return found.start() if found else start


def _with_befores(text: str, within: Span, times: list[TimeMention]) -> list[TimeMention]:
    """With "a day after" and its like where what follows has no time of its own."""
    befores = [
        made
        for found in _befores().finditer(text, within.start, within.end)
        if (made := _made(text, found.start(), found.end())) and not any(t.span.overlaps(made.span) for t in times)
    ]
    return sorted((*times, *befores), key=lambda t: t.span) if befores else times


def resolve(
    mention: TimeMention | str, anchor: Anchor, *, tense: Tense | None = None, context_day: str | None = None
) -> When:
    """The day or interval that words of time mean.

    `tense`: of their clause; it tells on which side of the anchor a weekday or a day without a year lies. `context_day`: the
    day spoken of before, which "a day later" counts from; without one they count from the anchor.
    """
    words, span = (mention, None) if isinstance(mention, str) else (mention.words, mention.span)
    frame = Frame(anchor.date, tense, date.fromisoformat(context_day) if context_day else None)
    try:
        found = read(words, frame)
    except NoAnchorError:
        return When(None, None, "none", span, "no-anchor")
    return found.when("stated", span) if found else When(None, None, "none", span, "vague")


def stretch_of(
    mention: TimeMention, anchor: Anchor, tense: Tense | None, context: date | None = None
) -> Stretch | None:
    """As `resolve`, as days to count with; None for either reason."""
    try:
        return read(mention.words, Frame(anchor.date, tense, context))
    except NoAnchorError:
        return None


@cache
def _place_and_weekday() -> re.Pattern[str]:
    """As in "BRANNOC, Monday –", "Oltrava, Friday 4 September, 6 p.m."."""
    return re.compile(rf"^[A-Z][^\n.!?]{{1,40}},\s+({pieces()['weekday']})\b(?:[^\n.!?]*|[^\n]*m\.)$")


_DECADE = re.compile(r"['’]\d0s")  # no word begins at its mark, so that it is no head
_HEADS = "month year decade quarter half weekend today yesterday tomorrow tonight overnight morning afternoon evening".split()


@cache
def _head() -> re.Pattern[str]:
    """A word that every time expression has one of: most sentences have none, and need no closer look."""
    words = time_words()
    heads = any_of(
        [*_HEADS, *words.units, *words.parts_alone, *words.seasons, *words.holidays, *words.easter, *words.vague]
    )
    months = pieces()["month"]
    figures = r"\d{4}|\d+(?:st|nd|rd|th)\b|\d+[:./]\d|\d+\s*[ap]\.?m\b|[QH][1-4]\b|['’]\d0s"
    others = rf"FY|fiscal|financial|tax\s|the\s+{any_of(words.ordinals)}\b"
    return re.compile(rf"\b(?:{heads}s?\b|{months}|{pieces()['shortday']}|{figures}|{others})", re.IGNORECASE)


@cache
def _any() -> re.Pattern[str]:
    each = "|".join(unnamed(rule.written) for rule in rules() if not rule.around)
    return re.compile(rf"(?<![\w$£€/-])(?<!\d[.,])(?:{each})(?![\w/]|-\w|[.,]\d|['’](?!s\b)\w)", re.IGNORECASE)


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{unnamed('<lead>')})$".replace("$", r"\Z"), re.IGNORECASE)


@cache
def _to() -> re.Pattern[str]:
    return compiled("<to>")


@cache
def _befores() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{unnamed('<while>')})", re.IGNORECASE)


_AT_LEAST = re.compile(r"\b(until|till|since|by)\s+at\s+least\s+$", re.IGNORECASE)
_AS_EARLY = re.compile(r"\bas\s+(?:early|late|recently)\s+as\s+$", re.IGNORECASE)
_BEFORE = re.compile(r"([\w'’.-]+)\s+[“\"‘']?$")
_NEXT = re.compile(r"['’]?s?[\s-]+([\w-]+)")
_JOINING = frozenset(
    "in on of since by until till before after from during to through for at over between and around about come".split()
)
_COUNTED = re.compile(
    r"\s+(?:people|men|women|votes?|voters|soldiers|troops|homes|houses|jobs|euros?|dollars|crowns|miles|km|kilomet\w+|met\w+|"
    r"tonnes|tons|points)\b"
)
_ENDS = re.compile(
    r"\s*(?:[,.;:!?)’'\"”—–]|$|(?:and|or|at|in|with|after|before|when|but|by|as|because|while|to|last|was|were|is|had|inst|instant|\w+ed)\b)"
)


def _is_time(text: str, found: re.Match[str], within: Span) -> bool:
    """Whether an expression is one, or its neighbours make it something else."""
    rule = rule_of(found[0])
    if rule is None:
        return False
    since = max(within.start, found.start() - 30)
    before = _AT_LEAST.search(text, since, found.start()) or _BEFORE.search(text, since, found.start())
    after = _NEXT.match(text, found.end(), min(len(text), found.end() + 30))
    previous, following = (before[1].lower() if before else ""), (after[1].lower() if after else "")
    if _AS_EARLY.search(text, since, found.start()):
        previous = "in"
    if rule.bare and not _stands_bare(rule.name, previous, text, found):
        return False
    words = time_words()
    if rule.name == "weekday" and (following in words.after_weekday or previous in words.before_weekday):
        return False
    if rule.name == "weekday" and previous == "the" and after and after[1][0].isupper():  # "the Friday Group"
        return False
    if rule.name in ("year", "years") and _COUNTED.match(text, found.end()):
        return False
    if rule.name == "vague" and following in ("before", "after"):
        return False
    decimal = rule.name == "clock" and re.fullmatch(r"\d{1,2}\.\d\d", found[0])
    return not decimal


@cache
def _ordinals_on() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:,|and|or|to)\s+{pieces()['ordinal']}\s+(?!of\b)[a-z]")


def _stands_bare(name: str, previous: str, text: str, found: re.Match[str]) -> bool:
    """Whether words that tell a time only in some company are in it."""
    if name == "slashed":
        return True
    if name == "part":
        return previous in ("by", "until", "this", "in") or found[0].lower().startswith("in the")
    if name == "the nth":
        if _ordinals_on().match(text, found.end()):  # "on the second and third floors"
            return False
        return previous in _JOINING - {"for", "and", "over"} and _ENDS.match(text, found.end()) is not None
    if name == "in days":
        return (
            "ahead" in found[0]
            or "come" in found[0]
            or found[0].lower().startswith(("in a matter", "in days", "in weeks", "in months", "in hours"))
        )
    if name == "season" and found[0].lower() != "fall" and re.search(r"\s|-", found[0]):
        return not found[0].lower().startswith("the ") or previous in _JOINING
    if name == "year" and not found[0].isdigit():
        return True
    return previous in _JOINING and not (name == "season" and found[0].lower() == "fall")
