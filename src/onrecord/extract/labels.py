"""Who speaks by a label before a colon: the turns of transcripts, and a name right before a quotation.

"MS LANE: We will not pay." in a text of such turns; "Ada Lane: “We will not pay.”" anywhere. Its cue is the colon.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.analysis import Analysis
from onrecord.analysis.quotes import DOUBLE, SINGLE
from onrecord.extract.announcing import announced
from onrecord.extract.boundaries import Marks, marks_of
from onrecord.extract.page import Page, Said
from onrecord.extract.statements import UNASKED, parents_of
from onrecord.records import Article, Mention, Span, Statement, statement_id

LABELLED = 0.9
"""The chance that is told of a statement by its label alone, as of a speaker by wording (`wording.PLAIN`)."""
LEAST_TURNS = 3
"""Lines with labels from which a text is one of turns, if one of the labels comes twice."""
MOST_WORDS = 8
"""Words of a label, what stands in brackets left out."""
_LABEL = re.compile(
    r"^[ \t]*(?:[-–—•*] ?)?(?P<label>[@\w(][^\n:?!\"“”]{0,79}?)(?P<colon>:)(?=[ \t\u00a0\n]|$)", re.MULTILINE
)
_LATER = re.compile(r"(?<=[.?!][\"”’' )])(?:[\"”’')] ?)?(?P<label>[@A-Z][^\n:?!\"“”]{0,59}?)(?P<colon>:) (?=[\"“‘'])")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]\n]*[)\]]")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]\n]*[)\]]\s*")
_SMALL = frozenset("of for the de da di van von der den al el bin bint ibn and la le du to".split())
ASKS, ANSWERS = frozenset({"q", "question"}), frozenset({"a", "answer"})
_SPEAKING = frozenset({"person", "organization", "group", "country"})
_TOLD = r"said|says|asked|asks|replied|answered|shouted|yelled|wrote|whispered|told (?:me|him|her|us|them)"
_QUOTING = re.compile(
    rf"\b(?P<source>I|[Hh]e|[Ss]he|[Ww]e|[Tt]hey) (?:(?:[a-z]+ ){{1,6}}and )?(?:just |then )?(?P<cue>{_TOLD})[,:] "
    r"(?P<content>(?:‘[^‘’\n]*(?:\b’\b[^‘’\n]*)*[,.?!…—–]’|'[^'\n]*(?:\b'\b[^'\n]*)*[,.?!…—–]'))(?!\w)"
)
"""Somebody's words within those of another: "“He said, ‘Go,’ and I went.”"."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A label with its colon, and what is said after it."""

    label: Span
    colon: Span
    content: tuple[Span, ...]


def key_of(label: str) -> str:
    """A label without what stands in brackets, in small letters."""
    return " ".join(_BRACKETS.sub("", label).lower().split())


def turns_of(article: Article) -> tuple[Turn, ...]:
    """The turns of a transcript, a debate's record or an interview; none of any other text."""
    text = article.text
    found = [m for m in _LABEL.finditer(text) if _is_label(m["label"]) and _is_read(article, m.start("label"))]
    keys = Counter(key_of(m["label"]) for m in found)
    if len(found) < LEAST_TURNS or max(keys.values()) < 2:
        return ()
    lines = sum(1 for p in article.paragraphs if not _ASIDE.fullmatch(text, p.start, p.end))
    wholly = 2 * len(found) >= lines
    ends = [m.start("label") for m in found[1:]] + [None]
    turns = []
    for match, end in zip(found, ends, strict=True):
        label, colon = Span(*match.span("label")), Span(*match.span("colon"))
        if content := _content(article, colon.end, end, wholly=wholly):
            turns.append(Turn(label, colon, content))
    return tuple(turns)


def _is_read(article: Article, at: int) -> bool:
    k = bisect_right(article.paragraphs, at, key=lambda p: p.start) - 1
    return k >= 0 and at < article.paragraphs[k].end


def _is_label(label: str) -> bool:
    """Whether words before a colon name somebody: in capitals, each with a capital, or the letters of question and answer."""
    words = _BRACKETS.sub("", label).split()
    if not words or len(words) > MOST_WORDS:
        return False
    if label.lower() in ASKS | ANSWERS:
        return True
    if label.endswith(".") or not any(c.isalpha() for c in label):
        return False
    named = [w for w in words if w.lower() not in _SMALL]
    return bool(named) and all(w[0].isupper() or w[0] in "@(" for w in named) and len("".join(words)) > 1


def _content(article: Article, start: int, end: int | None, *, wholly: bool) -> tuple[Span, ...]:
    """What is said from a colon on: its paragraph's rest, and those after it until the next label where all the text is turns.

    The last turn ends with its paragraph: who knows what comes after.
    """
    text, out = article.text, list[Span]()
    first = bisect_right(article.paragraphs, start - 1, key=lambda p: p.start) - 1
    for p in article.paragraphs[first:]:
        if (end is not None and p.start >= end) or (p.start > start and (not wholly or end is None)):
            break
        lo, hi = max(p.start, start), min(p.end, end or p.end)
        if _ASIDE.fullmatch(text, lo, hi):
            continue
        words = text[lo:hi]
        lo, hi = lo + len(words) - len(words.lstrip()), lo + len(words.rstrip(" \t\n-–—•*"))
        if any(c.isalnum() for c in text[lo:hi]):
            out.append(Span(lo, hi))
    return tuple(out)


def with_labels(
    article: Article, analysis: Analysis, statements: Sequence[Statement], mentions: Sequence[Mention]
) -> tuple[Statement, ...]:
    """The statements in the order of their cues, with those that only a label, an announcement or another quotation tells."""
    marks = marks_of(analysis.words, [p.end for p in article.paragraphs])
    made = [_stated(article, (t.label,), t.colon, t.content) for t in turns_of(article)]
    if not made:
        made = _labelled(article, marks, statements, mentions)
        taken = _covered(article.text, (span for s in statements for span in (*s.cue, *s.content)))
        made += [_stated(article, a.source, a.cue, a.content) for a in announced(article, marks, taken)]
    made += _within(article, marks, statements)
    if not made:
        return tuple(statements)
    out = sorted([*statements, *made], key=lambda s: (s.cue[0], s.content))
    up = parents_of([(s.cue, s.content) for s in out])
    return tuple(replace(s, inside=None if n is None else out[n].id) for s, n in zip(out, up, strict=True))


def _stated(article: Article, source: tuple[Span, ...], cue: Span, content: tuple[Span, ...]) -> Statement:
    id_ = statement_id(article.id, source, (cue,), content)
    return Statement(id_, "direct", source, (cue,), content, UNASKED, None, LABELLED)


def _labelled(
    article: Article, marks: Marks, statements: Sequence[Statement], mentions: Sequence[Mention]
) -> list[Statement]:
    """Quotations that a name or handle and a colon stand right before, and that are nobody's yet."""
    text, out = article.text, list[Statement]()
    taken = _covered(text, (s for one in statements for s in one.spans()))
    for match in sorted([*_LABEL.finditer(text), *_LATER.finditer(text)], key=lambda m: m.start("label")):
        label, colon = Span(*match.span("label")), Span(*match.span("colon"))
        at = next((k for k in range(colon.end, min(colon.end + 3, len(text))) if text[k] not in " \u00a0"), len(text))
        quotation = marks.around(at) if at < len(text) and text[at] in DOUBLE | SINGLE else None
        if quotation is None or quotation.open != at or quotation.close is None or not _is_read(article, label.start):
            continue
        content = Span(at, quotation.close + 1)
        free = not any(taken[label.start : content.end])
        if free and any(c.isalnum() for c in content.of(text)) and _names_somebody(text, label, mentions):
            out.append(_stated(article, (label,), colon, (content,)))
            taken[label.start : content.end] = b"\1" * (content.end - label.start)
    return out


def _covered(text: str, spans: Iterable[Span]) -> bytearray:
    """For each character whether a span holds it."""
    covered = bytearray(len(text))
    for span in spans:
        covered[span.start : span.end] = b"\1" * len(span)
    return covered


def _names_somebody(text: str, label: Span, mentions: Sequence[Mention]) -> bool:
    """Whether a label is a handle, or a name with what somebody is before it."""
    words = label.of(text)
    if re.fullmatch(r"@\w{2,30}", words):
        return True
    if not _is_label(words):
        return False
    bare = label.start + len(_BRACKETS.sub("", words).rstrip()) if words.endswith((")", "]")) else label.end
    return any(m.kind in _SPEAKING and label.start <= m.span.start and m.span.end == bare for m in mentions)


def _within(article: Article, marks: Marks, statements: Sequence[Statement]) -> list[Statement]:
    """What somebody is quoted as having quoted, where the model found no statement."""
    text, out = article.text, list[Statement]()
    taken = _covered(text, (s for one in statements for s in (*one.cue, *one.source)))
    for one in statements:
        for part in one.content:
            if marks.around(part.start) is None:
                continue
            for match in _QUOTING.finditer(text, part.start, part.end):
                source, cue, content = (Span(*match.span(name)) for name in ("source", "cue", "content"))
                cue = Span(cue.start, cue.start + len(cue.of(text).split()[0]))
                if not any(taken[source.start : cue.end]):
                    out.append(_stated(article, (source,), cue, (content,)))
                    taken[source.start : cue.end] = b"\1" * (cue.end - source.start)
    return out


# ---------------------------------------------------------------- whom a label means

_OFFICE = r"(?:the|real|gov|governor|sen|senator|rep|mayor|president|pres|min|minister|mp|dr|prof|official)?"


def speakers_by_label(page: Page) -> Mapping[int, tuple[int, ...]]:
    """Of each statement whose cue is a colon the things that its label means; none where it means nobody who can be told."""
    numbers = [k for k, said in enumerate(page.said) if is_labelled(page, said)]
    if not numbers:
        return {}
    out = {k: _meant(page, page.said[k]) for k in numbers}
    keys = {k: key_of(_label(page, page.said[k])) for k in numbers}
    # "The Minister (Dr Ada Lane):" the first time, "The Minister:" from then on.
    known: dict[str, set[tuple[int, ...]]] = {}
    for k in numbers:
        if any(page.things[n].kind != "phrase" for n in out[k]):
            known.setdefault(keys[k], set()).add(out[k])
    for k in numbers:
        if len(known.get(keys[k], ())) == 1:
            out[k] = next(iter(known[keys[k]]))
        elif keys[k] in ASKS | ANSWERS:
            out[k] = _interviewee(page, page.said[numbers[0]]) if keys[k] in ANSWERS else ()
    return out


def is_labelled(page: Page, said: Said) -> bool:
    """Whether a statement is told by a label and a colon."""
    return said.statement.cue[0].of(page.article.text) == ":"


def _label(page: Page, said: Said) -> str:
    return said.source.of(page.article.text) if said.source else ""


def _meant(page: Page, said: Said) -> tuple[int, ...]:
    if said.source is None:
        return ()
    label = _label(page, said)
    if label.startswith("@"):
        return _by_handle(page, label[1:]) or (() if said.own is None else (said.own,))
    if said.joined:
        return said.joined
    bare = said.source.start + len(_BRACKETS.sub("", label).rstrip()) if label.endswith((")", "]")) else said.source.end
    ends: list[int] = []
    aside: list[int] = []
    for n in said.inner:
        place = page.things[n].within(said.source)
        if place is not None and page.things[n].kind in _SPEAKING and place.span.of(page.article.text)[0].isupper():
            (ends if place.span.end == bare else aside).append(n)
    aside = [n for n in aside if page.things[n].kind == "person"]
    if len(ends or aside) == 1:
        return ((ends or aside)[0],)
    return () if said.own is None else (said.own,)


def _by_handle(page: Page, handle: str) -> tuple[int, ...]:
    """The only person whose name a handle is, with or without forename and office."""
    fit = []
    for n, thing in enumerate(page.things):
        first, last = (re.sub(r"\W", "", w) for w in (thing.name.split()[0], thing.name.split()[-1]))
        named = rf"{_OFFICE}_?(?:{first}|{first[:1]})?_?{last}_?{_OFFICE}"
        if thing.kind == "person" and len(last) > 2 and re.fullmatch(named, handle, re.IGNORECASE):
            fit.append(n)
    return (fit[0],) if len(fit) == 1 else ()


def _interviewee(page: Page, first: Said) -> tuple[int, ...]:
    """Who answers in an interview: the only person named before the first question, or in its title."""
    start = first.source.start if first.source else 0
    before = [n for n, t in enumerate(page.things) if t.kind == "person" and t.places[0].span.start < start]
    title = page.article.title or ""
    titled = [n for n in before if page.things[n].name in title]
    return tuple(before if len(before) == 1 else titled if len(titled) == 1 else ())


def in_own_words(page: Page, number: int, labels: Mapping[int, tuple[int, ...]]) -> int | None:
    """The statement in whose speaker's own words a statement is told: "I" is that one, and "he" is not."""
    said = page.said[number]
    if said.inside is None or said.held.quoted:
        return said.inside
    above: int | None = said.inside
    while above is not None and above not in labels:
        above = page.said[above].inside
    return above


def spoken_to(page: Page, labels: Mapping[int, tuple[int, ...]]) -> Mapping[tuple[int, ...], tuple[int, ...]]:
    """Whom "you" means in a turn, by whose it is: the other one, where two speak and one of them at least is known."""
    keys = {key_of(_label(page, page.said[k])) for k in labels}
    known = list(dict.fromkeys(labels.values()))
    if len(keys) != 2 or len(known) != 2:
        return {}
    first, second = known
    return {first: second, second: first}
