"""Which words are no part of what a verb attributes: the narrator's, another verb's, a question's, a name's."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from onrecord.analysis.quotes import DOUBLE, SINGLE
from onrecord.extract.boundaries import Marks
from onrecord.extract.holding import span_at
from onrecord.extract.phrases import WORKS
from onrecord.records import Article, Span

_MARKS = DOUBLE | SINGLE
_ENDS = frozenset(".?!…")
_PARTICIPLE = re.compile(
    r"(?:saying|adding|arguing|claiming|insisting|noting|stressing|explaining|stating)", re.IGNORECASE
)
_MANNER = re.compile(r",? (?:[a-z]+ly )?[a-z]+ing")
_ASKS = re.compile(
    r"(?:Will|Would|Can|Could|Does|Do|Did|Has|Have|Had|Is|Are|Was|Were|Should|May|Might|Must|Isn[’']t|Aren[’']t|Won[’']t|Don[’']t"
    r"|Doesn[’']t|Didn[’']t|Hasn[’']t|Haven[’']t)\b"
)
_CLAUSE = re.compile(r"(?:[:;]|[–—-](?= )|[\"“‘])\s*[\"“‘]?")
_DOING = re.compile(r"(?:[A-Z]\w+ing|Asked|Pressed|Questioned)\b")
_CAPITAL = re.compile(r"[A-Z][\w’'-]*[a-z] $")
_HYPHENED = re.compile(r"(?<=\w)(?:-[A-Z][\w’']*)+(?![\w-])")
_PASSED_ON = re.compile(
    rf"\s(?:(?:has|had|have|also|later|then) )*(?:liked|shared|retweeted|reposted|received|saw|read|found"
    rf"|forwarded|cited) (?P<work>(?:a|an|the|one|another|some) (?:[\w’'-]+ ){{0,3}}?(?:{'|'.join(sorted(WORKS))})) (?:that )?",
    re.IGNORECASE,
)
REACH, LINE, QUESTION = 40, 200, 400
"""Characters around a verb in which a name before it, its line, and its question's beginning and end are looked for."""


MOST_BEFORE = 8
"""Verbs of a paragraph that are looked at, whose a quotation may be before one side by side with it."""
Entry = tuple[Span, tuple[Span, ...]]


def is_narrators(text: str, first: Span, told: Span, second: Span) -> bool:
    """Whether a content's first fragment is the narrator's, what is said being quoted after a colon.

    "Closing the case, the judge told him: “…”". `told`: from source to cue.
    """
    if first.end > told.start or _DOING.match(text, first.start, first.end) is None or text[second.start] not in _MARKS:
        return False
    return text[told.end : second.start].rstrip().endswith(":")


def before_participle(text: str, cue: Span, content: Sequence[Span]) -> list[Span]:
    """The fragments without those that are the object of the verb before a participle: "She denied that …, saying that …"."""
    if _PARTICIPLE.fullmatch(text, cue.start, cue.end) is None or text[max(0, cue.start - 2) : cue.start] != ", ":
        return list(content)
    after = [c for c in content if c.start > cue.start]
    unquoted = [c for c in content if c.end <= cue.start and text[c.start] not in _MARKS]
    return [c for c in content if not after or c not in unquoted]


def is_name(text: str, cue: Span) -> bool:
    """Whether a verb of saying is somebody's surname: a capital, a name before it, and no headline around ("Karim Said said")."""
    if cue.of(text) != "Said" or _CAPITAL.search(text, max(0, cue.start - REACH), cue.start) is None:
        return False
    lo, hi = max(0, cue.start - LINE), min(len(text), cue.end + LINE)
    line = text[max(lo, text.rfind("\n", lo, cue.start) + 1) : hi].split("\n")[0]
    words = [w for w in line.split() if len(w) > 3 and w[0].isalpha()]
    return 2 * sum(w[0].isupper() for w in words) <= len(words) or len(words) < 2


def with_surname(text: str, source: Span, cue: Span) -> Span:
    """A source with what was left out of its name: "Said" of "Karim Said said", "-Orr" of "Lane-Orr said"."""
    if rest := _HYPHENED.match(text, source.end):
        return Span(source.start, rest.end())
    return Span(source.start, source.end + 5) if text[source.end : cue.start] == " Said " else source


def passed_on(text: str, source: Span, cue: Span) -> tuple[Span, Span] | None:
    """Source and verb of what somebody only read or passed on: "a post", "saying" in "Lane liked a post saying “…”"."""
    found = _PASSED_ON.match(text, source.end, cue.end)
    if found is None or found.end() >= cue.end:
        return None
    return Span(*found.span("work")), Span(max(found.end(), cue.start), cue.end)


def is_question(article: Article, source: Sequence[Span], cue: Span, content: Sequence[Span]) -> bool:
    """Whether a verb is that of a question, whose words were taken for a source, or whose content lies beyond it.

    "Will the mayor tell us why?", "Is it not time that the council apologised? The mayor promised that …".
    """
    text = article.text
    at = bisect_right(article.sentences, cue.start, key=lambda s: s.start) - 1
    if at < 0:
        return False
    sentence = article.sentences[at]
    end = text.find("?", cue.end, min(sentence.end, cue.end + QUESTION))
    start = sentence.start
    if end < 0 or cue.start - start > QUESTION:
        return False
    for edge in _CLAUSE.finditer(text, start, cue.start):
        start = edge.end()
    start += len(text[start : cue.start]) - len(text[start : cue.start].lstrip("\"“‘' "))
    if _ASKS.match(text, start) is None:
        return False
    taken = bool(source) and source[0].start == start
    return taken or all(c.start > end for c in content)


def _is_nearer(sentence: Callable[[int], int], cue: Span, other: Span, part: Span) -> bool:
    """Whether another verb, of a sentence after a verb's own, stands before what follows both, or in one sentence with it.

    What stands before both is that one's in whose sentence it is.
    """
    if part.end <= cue.start:
        return sentence(part.start) == sentence(other.start) < sentence(cue.start)
    if cue.end > part.start:
        return False
    if sentence(other.start) <= sentence(cue.start):
        return False
    return other.start < part.start or sentence(other.start) == sentence(part.start)


def nearest(article: Article, entries: Sequence[tuple[Span, tuple[Span, ...]]]) -> list[tuple[Span, ...]]:
    """The contents of (cue, content) entries, without what a verb of a later sentence has that stands nearer.

    "She apologised. “…,” she told them. “It failed.”": the last is what she told them.
    """
    starts = [s.start for s in article.sentences]

    def sentence(at: int) -> int:
        return bisect_right(starts, at)

    by_edge: dict[tuple[str, int], list[int]] = {}  # a first fragment has its "that", which another's later one has not
    for n, (_, content) in enumerate(entries):
        for part in content:
            by_edge.setdefault(("start", part.start), []).append(n)
            by_edge.setdefault(("end", part.end), []).append(n)
    out = []
    for n, (cue, content) in enumerate(entries):
        theirs = {
            part
            for part in content
            for k in (*by_edge["start", part.start], *by_edge["end", part.end])
            if k != n and _is_nearer(sentence, cue, entries[k][0], part)
        }
        out.append(tuple(part for part in content if part not in theirs))
    return _without_seconds(article, entries, out)


def _without_seconds(
    article: Article, entries: Sequence[Entry], contents: Sequence[tuple[Span, ...]]
) -> list[tuple[Span, ...]]:
    """`contents` without what lies in another's of whom the verb stands between: "denied | this | , calling | it “a lie”", and
    without the sentence before a verb's own that has a verb itself: "Lane said so. It rained, according to Brandt".
    """
    text, out = article.text, list(contents)
    order = sorted(range(len(entries)), key=lambda n: entries[n][0])
    for at, n in enumerate(order):
        cue, content = entries[n][0], out[n]
        later = [part for part in content[1:] if part.start > cue.end]
        for k in order[at + 1 : at + 1 + MOST_BEFORE] if later and content[0].start > cue.end else ():
            between = entries[k][0]
            if any(part.holds(between) for part in content):
                continue
            second = [p for p in later if between.end <= p.start and any(c.holds(p) for c in contents[k])]
            out[n] = tuple(part for part in out[n] if part not in second)
        if at and content == out[order[at - 1]] and _MANNER.fullmatch(text, entries[order[at - 1]][0].end, cue.end):
            out[n] = ()  # "“…,” she said, weeping"
            continue
        first = content[0] if content else cue
        if first.end > cue.start or text[first.start] in _MARKS:
            continue
        begin = article.sentences[bisect_right(article.sentences, first.end - 1, key=lambda s: s.start) - 1].start
        if first.start < begin and any(
            first.start <= entries[k][0].start < begin for k in order[max(0, at - MOST_BEFORE) : at]
        ):
            out[n] = (Span(begin, first.end), *content[1:])
    return out


def apart(article: Article, marks: Marks, entries: Sequence[Entry]) -> list[tuple[Span, ...]]:
    """The contents of (cue, content) entries, two quotations side by side being two speakers' where both have a verb.

    "… Lane said. “We go on.” “Liar!” shouted a man": what stands next to a verb after it is that one's alone.
    """
    out = [content for _, content in entries]
    joints = _joints(article.text, marks)
    if not joints:
        return out
    order = sorted(range(len(entries)), key=lambda n: entries[n][0])
    cues = [entries[k][0].start for k in order]
    for n, (cue, content) in enumerate(entries):
        for part in content:
            at = bisect_right(joints, part.end, key=lambda j: j.end) - 1
            if part.end > cue.start or at < 0 or joints[at].start <= part.start:
                continue
            paragraph = span_at(article.paragraphs, part.start)
            first = bisect_left(cues, paragraph.start) if paragraph else len(cues)
            before = order[first : bisect_left(cues, part.start)][-MOST_BEFORE:]
            if before:
                last = Span(joints[at].end, part.end)
                out[n] = tuple(last if p == part else p for p in out[n])
                for k in before:
                    out[k] = tuple(_but(p, joints[at], last) for p in out[k])
    return out


def _but(part: Span, joint: Span, last: Span) -> Span:
    """A fragment without the quotation after a joint, if it ends with that."""
    return Span(part.start, joint.start) if part.start < joint.start and part.end == last.end else part


def _joints(text: str, marks: Marks) -> list[Span]:
    """What parts two quotations between which there is nothing but a blank, the first of whole sentences."""
    out = []
    for one, other in zip(marks.quotations, marks.quotations[1:], strict=False):
        if one.close is None or other.open is None or not 1 < other.open - one.close < 4:
            continue
        if text[one.close - 1] in _ENDS and not text[one.close + 1 : other.open].strip(" \u00a0"):
            out.append(Span(one.close + 1, other.open))
    return out
