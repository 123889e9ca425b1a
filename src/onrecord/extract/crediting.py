"""Whose a figure is, and of which day: not his who denies it, and of last year what an attack of last year did."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.codebook.nouns import claims, one_of
from onrecord.extract.holding import Contents
from onrecord.extract.numbered import Phrase
from onrecord.extract.numerals import Numeral, Word
from onrecord.extract.times import TimeMention, anchor_of, stretch_of
from onrecord.records import NARRATION, Article, Counted, Span, Statement


def claimant_of(
    text: str, sentence: Span, figure: Span, statements: Sequence[Statement], contents: Contents
) -> str | None:
    """Who claims a figure: the innermost statement whose content holds it, or NARRATION; of one that is denied whoever is said to
    have claimed it, else None; and so of one that is somebody's count by words that are no statement. `statements` in the order
    of their cues; `contents`: theirs.
    """
    holding = [statements[n] for n in contents.holding(figure)]
    held = min(holding, key=lambda s: (sum(len(part) for part in s.content), s.id), default=None)
    witness = held.id if held else NARRATION
    part = next((c for c in held.content if c.holds(figure)), sentence) if held else sentence
    scope = Span(max(sentence.start, part.start), min(sentence.end, part.end))
    denied = held is not None and _is_denied_by(text, held, part, figure)
    denied = denied or _NOT_THAT.search(text, scope.start, figure.start) is not None
    if not (denied or is_refuted(text, sentence, figure) or _is_untrue(text, scope, figure)):
        return None if witness == NARRATION and _BY_A_COUNT.match(text, figure.end, sentence.end) else witness
    first, after = (bisect_left(statements, at, key=lambda s: s.cue[0].start) for at in (figure.end, figure.end + NEAR))
    return next((s.id for s in statements[first:after] if _claims(text, s, figure)), None)


NEAR = 400
"""Characters after a figure in which the cue of whoever is said to have claimed it begins."""


_BY_A_COUNT = re.compile(
    r"(?:\s(?!(?:and|but)\b)[\w’'-]+){0,4}?,?\s+by\s+(?:(?:the\s+)?(?:[\w’'-]+\s+){0,4}?[\w-]+(?:['’]s|s['’])\s+(?:own\s+)?"
    r"(?:count|estimate|tally|reckoning|figures)\b|(?:the\s+(?:count|estimate|tally|reckoning)|that)\s+of\b)"
)
"""Whose count it is, where nobody is said to say so: "16 people by the ministry's count and 43 by that of the union"."""
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|rejected|rejects|dismiss(?:es|ed)|disput(?:es|ed)|refut(?:es|ed))\b", re.I
)
_TURNS = re.compile(r"[;:]|\b(?:but|although|though|instead|only)\b", re.IGNORECASE)
"""After these a denial goes no further."""


def _is_denied_by(text: str, statement: Statement, part: Span, figure: Span) -> bool:
    """Whether a statement's cue denies what it holds; what is quoted whole are the denier's own words."""
    if statement.form == "direct" or not any(_DENIES.search(text, c.start, c.end) for c in statement.cue):
        return False
    return not _TURNS.search(text, part.start, figure.start)


_NOT_SO = r"(?:not\s+(?:true|correct|so|the\s+case)|untrue|false|wrong|a\s+lie|nonsense|unfounded|invented|made\s+up)"
_IS = r"(?:(?:is|was|were|are)\s+|(?:is|was)n['’]t\s+(?=true|correct|so\b)|['’]s\s+)"
_UNTRUE = re.compile(rf"\b(?:it|that)\s*{_IS}(?:{_NOT_SO}|true|correct|so)\s+(?:to\s+say\s+)?that\b", re.IGNORECASE)
_NOT_TRUE = re.compile(r"not|n['’]t|untrue|false|wrong|lie|nonsense|unfounded|invented|made\s+up", re.IGNORECASE)
_CLAIM_THAT = re.compile(
    rf"\b(?:{one_of(claims('untrue'))})(?:\s+(?:by|from|in)\s+[\w’' -]{{1,40}}?)?\s+(?:that|of)\b", re.IGNORECASE
)
_IS_FALSE = re.compile(rf"[^.;:]*?\b{_IS}(?:\w+ly\s+)?{_NOT_SO}\b", re.IGNORECASE)


def _is_untrue(text: str, scope: Span, figure: Span) -> bool:
    """Whether a figure stands in what is called untrue ("it was not true that 300 died", "the claim that 300 died was false")."""
    for opened in _UNTRUE.finditer(text, scope.start, figure.start):
        if _NOT_TRUE.search(opened[0]) and not _TURNS.search(text, opened.end(), figure.start):
            return True
    for opened in _CLAIM_THAT.finditer(text, scope.start, figure.start):
        if not _TURNS.search(text, opened.end(), figure.start) and _IS_FALSE.match(text, figure.end, scope.end):
            return True
    return False


_NOT = re.compile(r"\b(?:not|rather\s+than|instead\s+of)\s+(?:(?:to|at|of|by|in|for)\s+)?(?:the\s+)?$", re.IGNORECASE)
_NOT_THAT = re.compile(r"\bnot\s+(?:(?:to|at|of|by)\s+)?(?:the\s+)?$", re.IGNORECASE)
_AS_CLAIMED = re.compile(
    r"(?:\s+[\w-]+){0,3}?(?:,?\s+as\s+|\s+(?:that\s+|which\s+)?)(?:[\w.’'-]+\s+){1,6}?(?:had\s+|has\s+|have\s+)?"
    r"(?:claimed|said|reported|stated|told|announced|alleged|maintained|put\s+it)\b",
    re.IGNORECASE,
)


def is_refuted(text: str, sentence: Span, figure: Span) -> bool:
    """Whether a figure is put aside as another's: "not to 26 as the union had claimed", "rather than the 26 they told"."""
    opened = _NOT.search(text, sentence.start, figure.start)
    return opened is not None and _AS_CLAIMED.match(text, figure.end, sentence.end) is not None


def _claims(text: str, statement: Statement, figure: Span) -> bool:
    """Whether a statement's own words are those that a denied figure is put down to: its source and cue right after it."""
    if not statement.source or not figure.end <= statement.source[0].start < statement.cue[0].start:
        return False
    return _AS_CLAIMED.fullmatch(text, figure.end, statement.cue[-1].end) is not None


# ---------------------------------------------------------------- of which day

_TIME = r"(?P<time>last\s+(?:year|month|spring|summer|autumn|fall|winter)|(?<!since )(?:19|20)\d\d)"
_DEEDS_OF = re.compile(
    rf"(?P<after>\b(?:since|after|before|until|despite|following|under)\s+(?:the\s+)?)?\b{_TIME}"
    r"(?:(?:['’]s|(?<=\d))(?:\s+(?!said\b|says\b|told\b)[\w-]+){1,2})?(?P<which>,\s+(?:which|in\s+which|that))?"
    r"\s+(?:had\s+|has\s+|have\s+)?(?:killed|killing|left|leaving|wounded|injured|displaced|claimed|cost)\b[^.;:,“”\"]{0,30}$",
    re.IGNORECASE,
)
_THEN = (
    r"(?:(?!\b(?:now|since|until|while|but|said|says|today|yesterday|[A-Z][a-z]+day|(?:this|last) (?:week|month|year))\b)"
    r"[^.;:?!“”\"\n]){0,150}$"
)
_IN_DEEDS_BEFORE = re.compile(rf"(?:(?:But|And|Back) )?[Ii]n (?P<time>(?:19|20)\d\d),? {_THEN}")
_WHEN_DEEDS = re.compile(rf"\b(?:since|in|of) (?P<time>(?:19|20)\d\d),? when (?!.*, ){_THEN}")
"""What is of a year that opens its sentence or clause: "In 2017, a fire killed 31", "the worst since 2011, when 103 died"."""
_IN_DEEDS_OF = re.compile(rf"[^.;:,“”\"]{{0,50}}?\b(?:in|by|during)\s+(?:the\s+)?{_TIME}\b", re.IGNORECASE)


def day_of_deed(article: Article, sentence: Span, figure: Span, what: Counted) -> str | None:
    """The first day of the time that a deed is told to be of, if a figure counts whom it befell ("last year's fire killed 31").

    Only of times long past: a day told beside a figure is as a rule none that the count is of.
    """
    if what == "other":
        return None
    text = article.text
    found = _DEEDS_OF.search(text, sentence.start, figure.start)
    if found is not None and found["after"] and not found["which"]:  # "since last year's truce shells killed 31"
        return None
    found = found or _IN_DEEDS_OF.match(text, figure.end, sentence.end)
    found = found or _IN_DEEDS_BEFORE.match(text, sentence.start, figure.start)
    found = found or _WHEN_DEEDS.search(text, sentence.start, figure.start)
    if found is None:
        return None
    span = Span(found.start("time"), found.end("time"))
    anchor = anchor_of(article)
    told = stretch_of(TimeMention(span, found["time"], "period"), anchor, "past")
    is_over = told is not None and told.last is not None and anchor.date is not None and told.last < anchor.date
    return told.first.isoformat() if told and told.first and is_over else None


# ---------------------------------------------------------------- counted wrongly

_COUNTED = r"(?:counted|listed|registered|recorded|reported|included|entered|added|classed)"
_WRONGLY = r"(?:twice|wrongly|mistakenly|erroneously|in error|by mistake|in duplicate)"
_MISCOUNTED = re.compile(
    rf"(?:(?:had|have|has|was|were|been|being|got|is|are|already|also)\s)*"
    rf"(?:{_WRONGLY}\s(?:been\s)?{_COUNTED}|double - counted|{_COUNTED}(?:\s\w+){{0,3}}?\s{_WRONGLY})\b"
)
_COUNTS: frozenset[str] = frozenset("counted counting count counts listed registered recorded included".split())
_REACH = 10


def is_miscounted(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> bool:
    """Whether a number only tells how a count went wrong: "two bodies had been counted twice", "had counted two bodies twice"."""
    after = " ".join(w.lower for w in words[phrase.end : phrase.end + _REACH])
    if _MISCOUNTED.match(after):
        return True
    return (
        numeral.first > 0
        and words[numeral.first - 1].lower in _COUNTS
        and re.match(_WRONGLY + r"\b", after) is not None
    )
