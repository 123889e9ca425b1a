"""A quotation in a paragraph of its own, which the one before announces: "Mayor Lane wrote on Friday:", then what she wrote.

The model looks for a statement within a paragraph, and so finds neither half. Nor does it find what somebody goes on with there
whose words the paragraph before tells: "Mayor Lane stood by the plan.", then "“It has to go somewhere.”".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from onrecord.analysis.quotes import DOUBLE, SINGLE
from onrecord.extract.attribution import Attribution
from onrecord.extract.boundaries import Marks
from onrecord.extract.deedverbs import own_act
from onrecord.extract.holding import span_at
from onrecord.extract.phrases import is_work
from onrecord.records import Article, Mention, Span, Statement

_VERBS = (
    "said|says|added|adds|told|tells|wrote|writes|posted|posts|tweeted|tweets|explained|explains|continued|continues|concluded"
    "|concludes|replied|replies|responded|responds|asked|asks|recalled|recalls|warned|warns|declared|declares|insisted|insists"
    "|commented|comments|stated|states|remarked|remarks|admitted|admits|announced|announces"
)
_PRINTED = r"statement|letter|note|notice|post|message|e-?mail|tweet|caption|sign|text|report|resolution|motion|memo"
_CUE = re.compile(
    rf"(?<![\w’'-])(?:{_VERBS}|(?P<read>read|reads|ran|runs))(?![\w’'-])(?=[^\"“”‘:]{{0,120}}:\s*$)",
)
_OF_PRINTED = re.compile(rf"\b(?:{_PRINTED})\b", re.IGNORECASE)
_LEADING = re.compile(r"(?:(?:and|but|then|so|later|earlier|meanwhile|still|yet)\b,?\s+)+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:\s+(?:also|then|later|now|once|has|have|had|who|\w+ly))+$", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:and|but|or|as|while|when|before|after|if)$", re.IGNORECASE)
MOST_WORDS = 14
"""Words of a source; what is longer is no subject alone."""
MOST_PARAGRAPHS = 20
"""Of one quotation."""
NEAR = 40
"""Characters of a paragraph in which the name begins of whom it is about: "Harbour master Bo Orr"."""
LEAST_RESUMED = 3
"""Words of a quotation that goes on by itself; fewer may be a sign or a cry."""
_SOMEBODYS = re.compile(
    r"(?:That|Those|These|So|Such|Thus|The|With (?:that|those|these)) (?:was|were|is|are|said|says|words?|message|view|verdict"
    r"|plea|quote|quotation|comments?|remarks?)\b"
)
"""With which a paragraph begins that tells whose the quotation before it was."""


def announced(article: Article, marks: Marks, taken: bytearray) -> Iterator[Attribution]:
    """Quotations that the sentence before announces with a colon. `taken`: 1 for each character that is somebody's already.

    The source is empty where the subject cannot be told apart.
    """
    text = article.text
    for k, before in enumerate(article.paragraphs[:-1]):
        if not text[before.start : before.end].rstrip().endswith(":"):
            continue
        content = _quoted(article, marks, k + 1)
        found = _announcing(article, before) if content else None
        if found is not None and not any(any(taken[s.start : s.end]) for s in (found[1], *content)):
            yield Attribution(found[0], (found[1],), content)


def resumed(
    article: Article, marks: Marks, taken: bytearray, statements: Sequence[Statement], mentions: Sequence[Mention]
) -> Iterator[tuple[Statement, tuple[Span, ...]]]:
    """Statements of whoever alone speaks in a paragraph that ends in narration, each with the quotations that are the next ones.

    `taken`: 1 for each character that is somebody's already.
    """
    told: dict[int, list[Statement]] = {}
    starts = [p.start for p in article.paragraphs]
    for statement in statements:
        if statement.inside is None:
            told.setdefault(bisect_right(starts, statement.cue[0].start) - 1, []).append(statement)
    for k, said in told.items():
        paragraph = article.paragraphs[k]
        if article.headline is not None and article.headline.overlaps(paragraph):
            continue
        content = _alone(article, marks, taken, k + 1, mentions)
        if content and _goes_on_speaking(article, paragraph, said):
            yield said[-1], content


def _alone(article: Article, marks: Marks, taken: bytearray, k: int, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """Quotations that are whole paragraphs, and nobody's, from a paragraph on."""
    text, out = article.text, list[Span]()
    for p in article.paragraphs[k : k + MOST_PARAGRAPHS]:
        quotation = marks.around(p.start) if text[p.start] in DOUBLE | SINGLE else None
        if quotation is None or quotation.open != p.start or quotation.close is None or any(taken[p.start : p.end]):
            break
        span = Span(p.start, min(quotation.close + 1, p.end))
        closed = text[span.end - 1] in DOUBLE | SINGLE and text[span.end - 2] in ".?!…"
        if not closed or text[span.end : p.end].strip() or len(span.of(text).split()) < LEAST_RESUMED:
            break
        out.append(span)
    after = article.paragraphs[k + len(out)].start if out and k + len(out) < len(article.paragraphs) else None
    if after is not None and (_SOMEBODYS.match(text, after) or _introduces(text, after, mentions)):
        return ()
    return tuple(out)


def _introduces(text: str, at: int, mentions: Sequence[Mention]) -> bool:
    """Whether a paragraph begins with somebody not named before: he may be whose words stand above."""
    k = bisect_left(mentions, at, key=lambda m: m.span.start)
    if k == len(mentions) or mentions[k].kind != "person" or mentions[k].span.start - at > NEAR:
        return False
    return text.find(mentions[k].span.of(text)) == mentions[k].span.start


def _goes_on_speaking(article: Article, paragraph: Span, said: Sequence[Statement]) -> bool:
    """Whether one alone speaks in a paragraph, to its end, and neither asks nor is asked: who answers is another."""
    text, last = article.text, said[-1]
    sentence = span_at(article.sentences, paragraph.end - 1)
    if not last.source or sentence is None or not sentence.holds(last.cue[0]):
        return False
    if any(s.source not in ((), last.source) for s in said) or text[paragraph.end - 1] != ".":
        return False
    if any(own_act(s.cue[0].of(text).split()[-1]) == "ask" or text[s.content[-1].end - 1] == "?" for s in said):
        return False
    verb = last.cue[0].of(text)
    told = verb[0].islower() and not verb.startswith(("asked", "was ", "were "))  # a capital is a headline's
    return told and not is_work(last.source[0].of(text))


def _quoted(article: Article, marks: Marks, k: int) -> tuple[Span, ...]:
    """The quotation with which a paragraph begins, and its pieces in those after it where nothing closes it before."""
    text, out = article.text, list[Span]()
    for p in article.paragraphs[k : k + MOST_PARAGRAPHS]:
        quotation = marks.around(p.start) if text[p.start] in DOUBLE | SINGLE else None
        if quotation is None or quotation.open != p.start or quotation.close is None:
            break
        out.append(Span(p.start, min(quotation.close + 1, p.end)))
        if quotation.close + 1 < p.end or text[quotation.close] in DOUBLE | SINGLE:
            break
    return tuple(out) if any(c.isalnum() for s in out for c in s.of(text)) else ()


def _announcing(article: Article, paragraph: Span) -> tuple[tuple[Span, ...], Span] | None:
    """Source and cue of a paragraph's last sentence, if that announces what somebody says."""
    sentence = span_at(article.sentences, paragraph.end - 1)
    if sentence is None:
        return None
    text, start = article.text, max(sentence.start, paragraph.start)
    for match in _CUE.finditer(text, start, paragraph.end):
        subject = _subject(text, start, match.start())
        if match["read"] and not (subject and _OF_PRINTED.search(subject.of(text))):
            continue
        return (subject,) if subject else (), Span(*match.span())
    return None


def _subject(text: str, start: int, end: int) -> Span | None:
    """What stands before a verb from its clause's start; None where that is more or less than a subject."""
    if leading := _LEADING.match(text, start, end):
        start = leading.end()
    words = text[start:end].rstrip()
    if words.endswith(","):  # "Ada Lane, the mayor, wrote"
        words = words[:-1]
    elif (comma := words.rfind(", ")) >= 0:  # "In a letter, Lane wrote"
        start, words = start + comma + 2, words[comma + 2 :]
    words = _TRAILING.sub("", words)
    if not words or len(words.split()) > MOST_WORDS or _JOINED.search(words):
        return None
    return Span(start, start + len(words))
