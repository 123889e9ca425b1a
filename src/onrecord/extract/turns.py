"""The turns of transcripts, interviews and calls: who stands before a colon or in a line of his own, and what follows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from onrecord.extract.attribution import Attribution
from onrecord.records import Article, Mention, Span, Statement

LEAST_TURNS = 3
"""Lines with labels from which a text is one of turns, if one of the labels comes twice."""
MOST_WORDS = 8
"""Words of a label, what stands in brackets left out."""
MOST_OF_HEAD = 160
"""Characters of a line that tells no more than who speaks."""
LABEL = re.compile(
    r"^[ \t]*(?:[-–—•*] ?)?(?P<label>[@\w(][^\n:?!\"“”]{0,79}?)(?P<cue>:)(?=[ \t\u00a0\n]|$)", re.MULTILINE
)
_LETTER = re.compile(r"^[ \t]*(?P<label>[QA])(?P<cue>\.)(?=[ \t\u00a0\n])", re.MULTILINE)
_NAME = r"[A-Z][\w’'-]*\.?(?: (?:[A-Z][\w’'-]*\.?|de|la|van|von|der|den|al|bin|el|di|da)){1,4}"
_HEAD = re.compile(
    rf"[ \t]*(?P<label>{_NAME})(?: ?(?P<cue>--|[—–])| (?P<hyphen>-)(?= )|(?P<comma>,)|(?=\n)) ?\s?"
    r"(?P<title>[A-Z][^\n.?!:;\"“”]{1,80})[ \t]*"
)
_BARE = re.compile(rf"[ \t]*(?P<label>{_NAME}|Operator|Moderator)[ \t]*")
_CALLS = frozenset({"operator", "moderator"})
_ANALYST = re.compile(r"\banalyst\b", re.IGNORECASE)
_LINE_START, _LINE_END = re.compile(r"(?:^|\n)[ \t]*$"), re.compile(r"[ \t]*(?:\n|$)")
BRACKETS = re.compile(r"\s*[(\[][^()\[\]\n]*[)\]]")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]\n]*[)\]]\s*")
_SECTION = re.compile(r"[A-Z][\w&’' -]{2,40}:(?: [^.?!\n]{1,30})?\s*")
"""What stands between turns and is nobody's: "(LAUGHTER)", "Questions and Answers:", "Duration: 40 minutes"."""
_SMALL = frozenset("of for the de da di van von der den al el bin bint ibn and la le du to".split())
ASKS, ANSWERS = frozenset({"q", "question"}), frozenset({"a", "answer"})


def is_label_cue(article: Article, statement: Statement) -> bool:
    """Whether a statement's cue is the mark after a label, or a label in a line of its own."""
    text, cue = article.text, statement.cue[0]
    if not any(c.isalnum() for c in cue.of(text)):
        return True
    return not statement.source and bool(
        _LINE_START.search(text, max(0, cue.start - 8), cue.start) and _LINE_END.match(text, cue.end)
    )


def key_of(label: str) -> str:
    """A label without what stands in brackets, in small letters."""
    return " ".join(BRACKETS.sub("", label).lower().split())


def turns_of(article: Article, mentions: Sequence[Mention] = ()) -> tuple[Attribution, ...]:
    """The turns of a transcript, a debate's record, an interview or a call; none of any other text.

    The source is the label, the cue the colon or dash after it; a label in a line of its own is the cue, and there is no source.
    """
    return _labelled(article) or _headed(article, mentions)


def _labelled(article: Article) -> tuple[Attribution, ...]:
    text = article.text
    letters = list(_LETTER.finditer(text))
    both = len({m["label"] for m in letters}) == 2
    found = [*(m for m in LABEL.finditer(text) if is_label(m["label"])), *(letters if both else ())]
    found = sorted((m for m in found if is_read(article, m.start("label"))), key=lambda m: m.start("label"))
    keys = Counter(key_of(m["label"]) for m in found)
    interview = not ASKS.isdisjoint(keys) and not ANSWERS.isdisjoint(keys)
    if not interview and (len(found) < LEAST_TURNS or max(keys.values()) < 2):
        return ()
    lines = sum(1 for p in article.paragraphs if not _ASIDE.fullmatch(text, p.start, p.end))
    spans = [(Span(*m.span("label")), Span(*m.span("cue"))) for m in found]
    return _with_contents(article, spans, [m.end("cue") for m in found], wholly=2 * len(found) >= lines)


def exchange(article: Article, taken: bytearray, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
    """A question and its answer in a report, each in a paragraph, by two whom it names: "Lane: Who paid? / Orr: I did."

    `taken`: 1 for each character that is somebody's already.
    """
    text = article.text
    found = [m for m in LABEL.finditer(text) if is_label(m["label"]) and is_read(article, m.start("label"))]
    if len(found) < 2:
        return ()
    named = {m.span.of(text) for m in mentions if m.kind == "person"}
    spans = [(Span(*m.span("label")), Span(*m.span("cue"))) for m in found]
    turns = _with_contents(article, spans, [m.end("cue") for m in found], wholly=False)
    for one, two in zip(turns, turns[1:], strict=False):
        labels = {one.source[0].of(text), two.source[0].of(text)}
        start, end = one.source[0].start, one.content[-1].end
        asked = text[end - 1] == "?" and not text[end : two.source[0].start].strip()
        if asked and len(labels) == 2 and labels <= named and not any(taken[start : two.content[-1].end]):
            return one, two
    return ()


def _headed(article: Article, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
    """Turns under lines of nothing but who speaks, "Ada Lane -- Chief Executive", "Ada Lane", where these are those of a call.

    An operator or analyst tells it, or two who each come twice: one name again and again is a photographer's.
    """
    text, persons = article.text, {m.span.end: m.span for m in mentions if m.kind == "person"}
    heads: list[tuple[Span, Span]] = []
    ends, called = [], False
    for p in article.paragraphs:
        short = len(p) <= MOST_OF_HEAD
        found = (_HEAD.fullmatch(text, p.start, p.end) or _BARE.fullmatch(text, p.start, p.end)) if short else None
        if found is None:
            continue
        label = Span(*found.span("label"))
        mark = next((Span(*found.span(n)) for n in ("cue", "hyphen", "comma") if found.re is _HEAD and found[n]), label)
        known = label.end in persons and persons[label.end].start >= label.start
        operator = label.of(text).lower() in _CALLS
        if not (known or operator or (found.re is _HEAD and found["cue"])):
            continue
        called = called or operator or (found.re is _HEAD and _ANALYST.search(found["title"]) is not None)
        heads.append((label, mark))
        ends.append(p.end)
    twice = sum(n > 1 for n in Counter(key_of(label.of(text)) for label, _ in heads).values())
    if len(heads) < 2 or not (called or twice > 1):
        return ()
    return _with_contents(article, heads, ends, wholly=True)


def _with_contents(
    article: Article, heads: Sequence[tuple[Span, Span]], starts: Sequence[int], *, wholly: bool
) -> tuple[Attribution, ...]:
    ends = [label.start for label, _ in heads[1:]] + [None]
    turns = []
    for (label, cue), start, end in zip(heads, starts, ends, strict=True):
        if content := _content(article, start, end, wholly=wholly):
            turns.append(Attribution((label,) if label != cue else (), (cue,), content))
    return tuple(turns)


def is_read(article: Article, at: int) -> bool:
    """Whether a place lies in a paragraph."""
    k = bisect_right(article.paragraphs, at, key=lambda p: p.start) - 1
    return k >= 0 and at < article.paragraphs[k].end


def is_label(label: str) -> bool:
    """Whether words before a colon name somebody: in capitals, each with a capital, or the letters of question and answer.

    What somebody is may follow in small letters: "Ada Lane, analyst".
    """
    words = BRACKETS.sub("", label).split()
    if not words or len(words) > MOST_WORDS:
        return False
    if label.lower() in ASKS | ANSWERS:
        return True
    if label.endswith(".") or not any(c.isalpha() for c in label):
        return False
    named = [w for w in BRACKETS.sub("", label).partition(",")[0].split() if w.lower() not in _SMALL]
    return bool(named) and all(w[0].isupper() or w[0] in "@(" for w in named) and len("".join(words)) > 1


def _content(article: Article, start: int, end: int | None, *, wholly: bool) -> tuple[Span, ...]:
    """What is said from a place on: its paragraph's rest, or else the next one, and those after it until the next label where
    all the text is turns.

    The last turn ends with its paragraph: who knows what comes after.
    """
    text, out = article.text, list[Span]()
    first = bisect_right(article.paragraphs, start - 1, key=lambda p: p.start) - 1
    for k in range(first, len(article.paragraphs)):
        p = article.paragraphs[k]
        if (end is not None and p.start >= end) or (p.start > start and (not wholly or (end is None and out))):
            break
        lo, hi = max(p.start, start), min(p.end, end or p.end)
        if _ASIDE.fullmatch(text, lo, hi) or (wholly and _SECTION.fullmatch(text, lo, hi)):
            continue
        words = text[lo:hi]
        lo, hi = lo + len(words) - len(words.lstrip()), lo + len(words.rstrip(" \t\n-–—•*"))
        if any(c.isalnum() for c in text[lo:hi]):
            out.append(Span(lo, hi))
    return tuple(out)
