"""What was written for this project to learn from: statements with their acts, dispatches with their events.

`labels/said.tsv`: act, target, and a paragraph with one statement, its parts marked ``[[source]] {{cue}} <<content>>``.
`labels/done.txt`: a dispatch a line, its paragraphs divided by ``¶``, its statements marked in the same way, its events as
``*trigger*{TYPE|actor|recipient}``.
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
from training.deeds import Event, Names, party_names
from training.links import Link
from training.quarrels import load_quarrels

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
        aim = Aim(ACTS.index(act), _clusters(() if target == NOBODY else (target,), links, m.text))
        roles = Roles(m.source, m.cue, m.content)
        out.append(document(f"said-{n}", m.text, [roles], tokenizer, nested=False, links=links, aims=[aim]))
    return [d for d in out if d.cues]


@dataclass(frozen=True)
class Dispatch:
    """A dispatch with its statements and events in text order."""

    id: str
    text: str
    statements: tuple[Roles, ...]
    events: tuple[Event, ...]


def dispatches(path: Path) -> Iterator[Dispatch]:
    """The dispatches of a file. Raises ValueError where a mark is not closed."""
    for n, line in enumerate(path.read_text(encoding="utf8").splitlines()):
        m = unmarked(re.sub(r"\s*¶\s*", "\n\n", line))
        told = (d.split("|") for d in m.deeds)
        events = tuple(
            Event(s.start, s.end, type_, *(() if name == NOBODY else (name,) for name in parties))
            for s, (type_, *parties) in zip(m.trigger, told, strict=True)
        )
        yield Dispatch(f"done-{n}", m.text, tuple(_statements(m)), events)


def done_documents(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """Each dispatch an article of its own, all its events known."""
    out = []
    for d in dispatches(path):
        links = _links(d.text, party_names(d.events))
        deeds = [
            Deed(e.start, e.end, DEEDS.index(e.type), *(_clusters(x, links, d.text) for x in (e.actor, e.recipient)))
            for e in d.events
        ]
        out.append(document(d.id, d.text, d.statements, tokenizer, nested=False, links=links, deeds=deeds, silence=1.0))
    return out


def quarrel_documents(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """Each article of the written quarrels, with the acts and targets of its statements."""
    out = []
    for n, piece in enumerate(piece for quarrel in load_quarrels(path) for piece in quarrel.pieces):
        text, roles = piece.laid_out()
        told = list(piece.statements.values())
        names = {name for t in told for name in (t.speaker, t.target) if name}
        links = _links(text, names)
        aims = [Aim(ACTS.index(t.act), _clusters((t.target,) if t.target else (), links, text)) for t in told]
        out.append(document(f"quarrel-{n}", text, roles, tokenizer, nested=False, links=links, aims=aims))
    return [d for d in out if d.cues]


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
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if all(m.end() <= link.start or link.end <= m.start() for link in out):
                out.append(Link(m.start(), m.end(), frozenset([number]), 0.0))
    for m in _NAME.finditer(text):
        if all(m.end() <= link.start or link.end <= m.start() for link in out):
            out.append(Link(m.start(), m.end(), frozenset([1000 + len(out)]), 0.0))
    return sorted(out, key=lambda link: (link.start, link.end))


def _clusters(names: Names, links: Sequence[Link], text: str) -> frozenset[int]:
    return frozenset(c for link in links if text[link.start : link.end] in (names or ()) for c in link.clusters)
