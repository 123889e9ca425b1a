"""Quotations that stand beside who says them with no verb: "Ada Lane: “…”", "Ada Lane, 90: “…”", "“…” — Ada Lane, baker"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.analysis.quotes import DOUBLE, SINGLE
from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.attribution import Attribution
from onrecord.extract.boundaries import Marks
from onrecord.extract.holding import span_at
from onrecord.extract.turns import BRACKETS, LABEL, is_label, is_read
from onrecord.records import Article, Mention, Span

_WORDS = (
    r"views?|verdict|opinion|message|advice|answer|reply|response|reaction|take|words|assessment|warning|plea|promise"
)
_LATER = re.compile(r"(?<=[.?!][\"”’' )])(?:[\"”’')] ?)?(?P<label>[@A-Z][^\n:?!\"“”]{0,59}?)(?P<cue>:) (?=[\"“‘'])")
_ASKED_FOR = re.compile(
    rf"(?:^|(?<=[.?!][\"”’' )]))(?P<label>[A-Z][^\n.:?!\"“”]{{0,40}}?['’]s? (?:[a-z]+ )?(?P<cue>{_WORDS}))\? (?=[\"“‘'])",
    re.MULTILINE,
)
"""Whose words follow on a question of one word for them: "Lane's response? “…”"."""
_AFTER = re.compile(
    r"(?<=[\"”’'»])[ \t\u00a0\n]{1,4}(?P<cue>--?|[—–―])[ \t\u00a0]?(?P<label>[A-Z][^\n:;?!\"“”]{1,79}?)(?=\.?[ \t]*$)",
    re.MULTILINE,
)
SPEAKING = frozenset({"person", "organization", "group", "country"})
_THE = re.compile(r"The (?=[A-Z])")
_HUMAN = frozenset({"person", "organization"})
_WORDS_OF = re.compile(rf"(?:The |A )?(?:[a-z]+ )?(?:{_WORDS}) (?:of|from) (?:the )?", re.IGNORECASE)
_OWN_WORDS = re.compile(rf"['’]s? (?:[a-z]+ )?(?:{_WORDS})(?: (?:on|to|for) [^,.]+)?", re.IGNORECASE)
_TOPIC = re.compile(r" (?:on|about|to|in|at|via|after|before|during) [^,.]+")
_APPOSITION = re.compile(r"(?: ?\([^()]+\))?(?:, [^,]+){0,4}")
_TOLD = re.compile(
    rf"\b(?:who|which|whose|that|is|are|has|have|had|{one_of(verb_forms().past)}"
    r"|\w+(?:ed|[^s\W]s) (?:an?|the|his|her|their|its|this|that|one|two))\b"
)
"""A verb, so that who says it is no mere name with what he is: "Lane, a baker, held a sign:"."""
_STOPS = frozenset(".,?!…")


def voices(article: Article, marks: Marks, taken: bytearray, mentions: Sequence[Mention]) -> Iterator[Attribution]:
    """The quotations that are nobody's yet, with who is printed beside each; the cue is the colon or dash, or a word for them.

    `taken`: 1 for each character that is somebody's, which this marks on.
    """
    text, starts = article.text, [m.span.start for m in mentions]
    found = [m for pattern in (LABEL, _LATER, _ASKED_FOR, _AFTER) for m in pattern.finditer(text)]
    for match in sorted(found, key=lambda m: m.start("label")):
        label, cue = Span(*match.span("label")), Span(*match.span("cue"))
        content = (
            _before(article, marks, match.start()) if match.re is _AFTER else _right_after(text, marks, match.end())
        )
        if content is None or not any(c.isalnum() for c in content.of(text)) or not is_read(article, label.start):
            continue
        whole = Span(min(label.start, content.start), max(label.end, content.end))
        if any(taken[whole.start : whole.end]):
            continue
        near = mentions[bisect_left(starts, label.start) : bisect_left(starts, label.end)]
        source = _described(text, label, near) if text[content.end - 2] in _STOPS else None
        if source is None and match.re is not _AFTER:
            source = _who(text, label, near)
        if source is not None:
            taken[whole.start : whole.end] = b"\1" * len(whole)
            yield Attribution((source,), (cue,), (content,))


def _right_after(text: str, marks: Marks, end: int) -> Span | None:
    """The quotation that begins right after a colon or a question."""
    at = next((k for k in range(end, min(end + 3, len(text))) if text[k] not in " \u00a0"), len(text))
    quotation = marks.around(at) if at < len(text) and text[at] in DOUBLE | SINGLE else None
    if quotation is None or quotation.open != at or quotation.close is None:
        return None
    return Span(at, quotation.close + 1)


def _before(article: Article, marks: Marks, end: int) -> Span | None:
    """The quotation that ends before a dash, if it begins its paragraph."""
    quotation = marks.around(end - 1)
    if quotation is None or quotation.open is None or quotation.close != end - 1:
        return None
    paragraph = span_at(article.paragraphs, quotation.open)
    return Span(quotation.open, end) if paragraph and paragraph.start == quotation.open else None


def _who(text: str, label: Span, mentions: Sequence[Mention]) -> Span | None:
    """A label that is a handle, or a name with what somebody is before it."""
    words = label.of(text)
    if re.fullmatch(r"@\w{2,30}", words):
        return label
    if not is_label(words.replace(",", " ")):
        return None
    bare = label.start + len(BRACKETS.sub("", words).rstrip()) if words.endswith((")", "]")) else label.end
    named = any(m.kind in SPEAKING and label.start <= m.span.start and m.span.end == bare for m in mentions)
    return label if named else None


def _described(text: str, label: Span, mentions: Sequence[Mention]) -> Span | None:
    """Whose words a line without a verb is about: "Ada Lane, 90, baker", "Ada Lane on tax", "The view of coach Ada Lane"."""
    opens = _WORDS_OF.match(text, label.start, label.end)
    the = _THE.match(text, label.start, label.end)
    start = opens.end() if opens else the.end() if the else label.start
    name = next((m for m in mentions if m.kind in _HUMAN and start <= m.span.start and m.span.end <= label.end), None)
    if name is None or not _is_office(text[start : name.span.start]):
        return None
    if name.span.end == label.end:
        return Span(start if opens else label.start, label.end)
    rest = Span(name.span.end, label.end)
    if opens or _TOLD.search(text, rest.start, rest.end):
        return None
    if _APPOSITION.fullmatch(text, rest.start, rest.end):
        return label
    about = _TOPIC.fullmatch(text, rest.start, rest.end) or _OWN_WORDS.fullmatch(text, rest.start, rest.end)
    return Span(start, rest.start) if about else None


def _is_office(words: str) -> bool:
    """Whether words before a name say what somebody is: "", "Mayor", "Harrow captain"."""
    table = name_words()
    known = [w.casefold().strip(".") in table.titles | table.kept_titles | table.role_nouns for w in words.split()]
    modifying = (w[0].isupper() or w.casefold() in table.role_modifiers for w in words.split())
    return not known or (known[-1] and all(k or m for k, m in zip(known, modifying, strict=True)))
