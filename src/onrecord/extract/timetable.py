"""From words of time to days: the codebook's rules, with what is made of times around which other words stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal, cast

from onrecord.codebook.times import time_rules
from onrecord.extract import calendar as cal
from onrecord.extract import timerules as mean
from onrecord.extract.calendar import DAY, Stretch, one_day
from onrecord.extract.timerules import Found, Frame, Meaning
from onrecord.extract.timewords import compiled

TimeKind = Literal["day", "period", "month", "year", "relative", "range", "open", "clock", "duration", "vague"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What words of one form mean. `written`: its pattern; that, `bare` and `around` as in the codebook."""

    name: str
    kind: TimeKind
    written: str
    meaning: Meaning
    bare: bool
    around: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first asked for: all of them take longer than reading a page, which has need of few."""
        return compiled(self.written)


def night_to(found: Found, frame: Frame) -> Stretch | None:
    """The night from one day to the next is the first one's: nights are told by the day they begin on."""
    inner = read(found["second"], Frame(frame.anchor, frame.tense or "past", frame.context))
    if inner is None or inner.first is None:
        return None
    return one_day(inner.first - DAY)


def night_of(found: Found, frame: Frame) -> Stretch | None:
    """As in "overnight on Sunday", "the night of 6 October": the day that it begins on."""
    return read(found["inner"], frame)


def into(found: Found, frame: Frame) -> Stretch | None:
    """As in "overnight into Tuesday": that day and the one before it."""
    inner = read(found["inner"], frame)
    return Stretch(inner.first - DAY, inner.first) if inner and inner.first else None


def from_then(found: Found, frame: Frame) -> Stretch | None:
    """As in "a day after", "two weeks before" something: its day is the one spoken of, or is told."""
    start = frame.then if not found["inner"] else None
    if start is None:
        inner = read(found["inner"], frame)
        start = inner.first if inner else None
    back = found["how"].lower().split()[0] in ("before", "ahead", "prior")
    return mean.moved(start, -1 if back else 1, found) if start else None


_UP_TO_ITS_END = re.compile(
    r"\b(?:end|close|middle|dark|midnight|night\w*|out|over|dawn|noon|evening|morning|[ap]\.?m|\d+[:.]\d\d)\b", re.I
)
_END = re.compile(r"\b(?:end|close|out|over)\b", re.IGNORECASE)


def opened(found: Found, frame: Frame) -> Stretch | None:
    """Words before a day that open it to one side: "since", "by", "until", "before", "after"."""
    word, words = " ".join(found["open"].lower().split()), found["inner"]
    back = word.startswith(("since", "after", "following", "as of"))
    inner = read(words, Frame(frame.anchor, frame.tense or ("past" if back else "future"), frame.context))
    if inner is None or inner.first is None or inner.last is None:
        return None
    if word.startswith(
        (
            "since",
            "from",
            "starting",
            "as of",
            "beginning",
            "no earlier",
            "not before",
            "not earlier",
            "not until",
            "no sooner",
        )
    ):
        return Stretch(inner.first, None, inner.about)
    if back:
        return Stretch(inner.last + DAY, None, inner.about)
    if word.startswith(("before", "ahead", "prior")) and not _UP_TO_ITS_END.search(words):
        return Stretch(None, inner.first - DAY, inner.about)
    return Stretch(None, inner.last, inner.about and not _END.search(words))


def ranged(found: Found, frame: Frame) -> Stretch | None:
    """As in "from 9 to 12 March", "between Monday and Wednesday": what the second part tells, the first takes over."""
    second = read(found["second"], frame)
    if second is None or second.first is None:
        return None
    words = found["first"]
    if words.isdigit() and len(words) < 3:
        first = mean.exact(second.first.year, second.first.month, int(words))
    else:
        first = read(words, Frame(second.first, "past")) or read(words, frame)
        if first and first.first and first.first == second.first:
            first = None
    if frame.tense == "future" and (ahead := read(words, frame)) and ahead.first and ahead.first > second.first:
        first, second = ahead, read(found["second"], Frame(ahead.first, "future")) or second  # "from Monday to Friday"
    return cal.joined(first, second) if first else None


def ranged_days(found: Found, frame: Frame) -> Stretch | None:
    """As in "March 9-12": two days of one month."""
    last = read(f"{found['month']} {found['b']}" + (f", {found['year']}" if found["year"] else ""), frame)
    if last is None or last.first is None:
        return None
    first = mean.exact(last.first.year, last.first.month, int(found["a"]))
    return cal.joined(first, last) if first else None


_COMPOUND: Mapping[str, Meaning] = {
    meaning.__name__: meaning for meaning in (night_to, night_of, into, from_then, opened, ranged, ranged_days)
}


@cache
def rules() -> tuple[Rule, ...]:
    """The codebook's rules, with what their words mean."""
    return tuple(
        Rule(
            rule.name,
            cast(TimeKind, rule.kind),
            rule.pattern,
            _COMPOUND.get(rule.means) or getattr(mean, rule.means),
            rule.bare,
            rule.around,
        )
        for rule in time_rules()
    )


_PREPOSITION = re.compile(r"(?:on|in|at|during|over|of|for|around|about|come)\s+", re.IGNORECASE)


@lru_cache(maxsize=4096)  # the words are of articles, of which a server reads without end
def rule_of(words: str) -> Rule | None:
    """The rule that words as a whole follow."""
    return next((rule for rule in rules() if rule.pattern.fullmatch(words)), None)


def until_over(length: Found, today: date) -> Stretch | None:
    """The days from `today` until a length of time is over ("48 hours", "the next two weeks"); None beyond the calendar."""
    try:
        return mean.within(length, Frame(today, "future"))
    except (ValueError, OverflowError):
        return None


def read(words: str, frame: Frame) -> Stretch | None:
    """The days that words of time mean; None where they name none. Raises NoAnchorError where they count from a day unknown."""
    rule = rule_of(words)
    if rule is None:
        bare = _PREPOSITION.sub("", words, count=1)
        return read(bare, frame) if bare != words else None
    found = rule.pattern.fullmatch(words)
    assert found is not None
    try:
        return rule.meaning(found, frame)
    except (ValueError, OverflowError):  # a day that no calendar has
        return None
