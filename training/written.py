"""What was written for this project to learn from: statements with their acts, dispatches with their events.

`labels/said.tsv`: act, target, and a paragraph with one statement, its parts marked ``[[source]] {{cue}} <<content>>``.
`labels/done.txt`: a paragraph a line, its statements marked in the same way, its events as ``*trigger*{TYPE|actor|recipient}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from onrecord.analysis.values import ACTS, DEEDS
from onrecord.evaluation.labels import NOBODY
from onrecord.evaluation.matching import Roles
from onrecord.records import Span
from training.data import Aim, Deed, Document, document
from training.links import Link

_MARK = re.compile(r"\[\[|\]\]|\{\{|\}\}|<<|>>|\*\{(?P<deed>[^}]*)\}|\*")
_OPENS = {"[[": "source", "{{": "cue", "<<": "content", "*": "trigger"}
_CLOSES = {"]]": "source", "}}": "cue", ">>": "content"}
_NAME = re.compile(r"\b[A-Z][\w.’'-]*(?:\s+(?:(?:of|the|and)\s+)*[A-Z][\w.’'-]*)*")


@dataclass(frozen=True)
class Marked:
    """A paragraph without its marks: places of each part in text order, and ``TYPE|actor|recipient`` of each trigger."""

    text: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    trigger: tuple[Span, ...]
    deeds: tuple[str, ...]


def unmarked(marked: str) -> Marked:
    """Take the marks out of a paragraph. Raises ValueError where one is not closed."""
    spans: dict[str, list[Span]] = {role: [] for role in _OPENS.values()}
    deeds, opened, text, at = [], {}, "", 0
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        at = m.end()
        if m["deed"] is not None:
            spans["trigger"].append(Span(opened.pop("trigger"), len(text)))
            deeds.append(m["deed"])
        elif m[0] in _OPENS:
            opened[_OPENS[m[0]]] = len(text)
        else:
            spans[_CLOSES[m[0]]].append(Span(opened.pop(_CLOSES[m[0]]), len(text)))
    if opened:
        raise ValueError(f"a mark is not closed: {marked}")
    return Marked(text + marked[at:], *(tuple(spans[r]) for r in ("source", "cue", "content", "trigger")), tuple(deeds))


def said_documents(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """Each statement's paragraph an article of its own. Its other names are what a target may be, beside the target."""
    out = []
    for n, line in enumerate(path.read_text(encoding="utf8").splitlines()):
        act, target, paragraph = line.split("\t")
        m = unmarked(paragraph)
        links = _links(m.text, () if target == NOBODY else (target,))
        aim = Aim(ACTS.index(act), _cluster(target, links, m.text))
        roles = Roles(m.source, m.cue, m.content)
        out.append(document(f"said-{n}", m.text, [roles], tokenizer, nested=False, links=links, aims=[aim]))
    return [d for d in out if d.cues]


def done_documents(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """Each dispatch an article of its own, all its events known."""
    out = []
    for n, line in enumerate(path.read_text(encoding="utf8").splitlines()):
        m = unmarked(line)
        told = [d.split("|") for d in m.deeds]
        links = _links(m.text, [name for _, *names in told for name in names if name != NOBODY])
        deeds = [
            Deed(s.start, s.end, DEEDS.index(type_), *(_cluster(x, links, m.text) for x in (actor, recipient)))
            for s, (type_, actor, recipient) in zip(m.trigger, told, strict=True)
        ]
        roles = list(_statements(m))
        out.append(document(f"done-{n}", m.text, roles, tokenizer, nested=False, links=links, deeds=deeds, silence=1.0))
    return out


def _statements(m: Marked) -> Iterator[Roles]:
    """Each cue with the source and the contents that are nearest to it."""
    for k, cue in enumerate(m.cue):
        nearest = lambda span: min(range(len(m.cue)), key=lambda c: abs(m.cue[c].start - span.start))  # noqa: E731
        source, content = (tuple(s for s in spans if nearest(s) == k) for spans in (m.source, m.content))
        yield Roles(source, (cue,), content)


def _links(text: str, names: Iterable[str]) -> list[Link]:
    """Every printing of the parties, a number for each, and the other names of the paragraph, each on its own."""
    out: list[Link] = []
    for number, name in enumerate(sorted({*names}, key=lambda n: (-len(n), n))):
        for m in re.finditer(rf"(?<!\w){re.escape(name)}", text):
            if all(m.end() <= link.start or link.end <= m.start() for link in out):
                out.append(Link(m.start(), m.end(), frozenset([number]), 0.0))
    for m in _NAME.finditer(text):
        if all(m.end() <= link.start or link.end <= m.start() for link in out):
            out.append(Link(m.start(), m.end(), frozenset([1000 + len(out)]), 0.0))
    return sorted(out, key=lambda link: (link.start, link.end))


def _cluster(name: str, links: Sequence[Link], text: str) -> frozenset[int]:
    if name == NOBODY:
        return frozenset()
    return frozenset(c for link in links if text[link.start : link.end] == name for c in link.clusters)
