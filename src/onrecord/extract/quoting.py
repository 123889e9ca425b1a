"""Whose words somebody passes on: "Lane" in "Quell Radio quoted Lane as saying that …", "Lane was cited by it as saying …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.attribution import Attribution
from onrecord.extract.boundaries import Marks
from onrecord.records import Span

_QUOTES = re.compile(
    r"(?:[\w’']+ ){0,4}?(?:quot(?:e|es|ed|ing)|cit(?:e|es|ed|ing)|(?P<reports>report(?:s|ed|ing)?))(?: by)?",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?:.* )?(?:is|are|was|were|be|been|being) (?:(?:also|later|\w+ly) )?\w+(?: by)?", re.IGNORECASE)
_SAYING = (
    r"(?:saying|telling|warning|adding|insisting|stating|claiming|arguing|declaring|confirming|admitting|denying|calling|describing"
    r"|having (?:\w+ly )?(?:said|told|warned|added|denied|confirmed|admitted|promised|called|described))"
)
_QUOTED_AS = re.compile(
    r"(?:(?:is|was|were|has been|have been|had been) )(?:(?:also|later|\w+ly) )?(?:quoted|cited|reported) as saying(?: by)?"
)
_BEHIND = re.compile(r"(?<=[,.?!])[”\"’'] (?P<who>[^\s“”\"][^“”\"\n]{0,80})$")
_AS = re.compile(rf",? as (?:also |later )?(?P<verb>{_SAYING})\b ?")
_TO = re.compile(r" (?P<verb>to have (?:\w+ly )?(?:said|told|warned|denied|confirmed|admitted|promised))\b ?")
_WHO = re.compile(r"[^.;:?!“”\"\n]{2,120}?")
REACH = 160
"""Characters after a verb of quoting within which it is told that the one quoted says something."""


def quoted_in(text: str, cue: Span, content: Sequence[Span]) -> Attribution | None:
    """What a statement passes on of somebody's: who is quoted, the verb of his, and what he says.

    None where it passes on nothing, or does not say whose words.
    """
    found = _saying(text, cue, content)
    if found is None:
        return None
    passive, last = _PASSIVE.fullmatch(text, cue.start, cue.end), content[-1]
    who = (content[0].start, content[0].end) if passive else (cue.end + 1, found.start())
    if (passive and who[1] > cue.start) or _WHO.fullmatch(text, *who) is None or found.end() >= last.end:
        return None
    return Attribution((Span(*who),), (Span(*found.span("verb")),), (Span(found.end(), last.end),))


def after_quotation(
    text: str, marks: Marks, source: Sequence[Span], cue: Span, content: Sequence[Span]
) -> tuple[tuple[Span, ...], list[Span]]:
    """Source and content of whoever is quoted right behind his words, these being the content, whoever quotes him.

    "“It is late,” | Lane | was quoted as saying by Quell Radio."
    """
    if _QUOTED_AS.fullmatch(text, cue.start, cue.end) is None or content[-1].end + 1 != cue.start:
        return tuple(source), list(content)
    who = _BEHIND.search(text, max(0, content[-1].start - 2), content[-1].end)
    mark = who.start() if who else 0
    quotation = marks.around(mark) if who else None
    if who is None or quotation is None or quotation.open is None or quotation.close != mark:
        return tuple(source), list(content)
    return (Span(*who.span("who")),), [Span(quotation.open, mark + 1)]


def is_quoted_by(text: str, cue: Span, content: Sequence[Span]) -> bool:
    """Whether a statement does nothing but pass on another's words."""
    return _saying(text, cue, content) is not None


def _saying(text: str, cue: Span, content: Sequence[Span]) -> re.Match[str] | None:
    """Where a verb of quoting goes on with what the one quoted does: "as saying", "to have said"."""
    quotes = _QUOTES.fullmatch(text, cue.start, cue.end)
    after = next((c for c in content if c.start >= cue.end), None)
    if quotes is None or after is None or after.start - cue.end > REACH:
        return None
    pattern = _TO if quotes["reports"] else _AS
    return pattern.search(text, cue.end, min(after.end, cue.end + REACH))
