"""Articles with gold attributions as words, segments and tags; windows and batches of them.

A gold span is brought to whole words and trimmed: a content loses the marks and a leading "that" at its edges, which
`onrecord.extract` puts back by rule. So corpora whose conventions differ there teach the same thing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.analysis.values import KINDS
from onrecord.analysis.words import Window, Words, is_solid, pack, segments, split_words
from onrecord.evaluation.matching import Roles
from onrecord.records import Span
from training.links import Link
from training.mentions import Name

Array = NDArray[np.int64]
SOURCE, CONTENT = 1, 3  # indices of B-source and B-content in model.ROLE_TAGS
ELSEWHERE = 0.25
"""Weight of a word without a cue inside a content of a corpus that marks no statement inside another."""


@dataclass(frozen=True)
class Cue:
    """One gold attribution. `words`: indices of its cue in the article; `tags`: (S,) role tags over its segment's words.

    `act`: index of its speech act, None where it is not labelled; `target`: as in `Aim`.
    """

    segment: int
    words: Array
    tags: Array
    act: int | None = None
    target: frozenset[int] | None = None


@dataclass(frozen=True)
class Aim:
    """What the labels say of an attribution: its act (index), and whom it is aimed at: clusters of names, none if empty.

    None where it is not known, or the name is not one of the article's.
    """

    act: int | None
    target: frozenset[int] | None


@dataclass(frozen=True)
class Deed:
    """An event: its trigger's characters, index of its type, and clusters of who did it and to whom (see `Aim`)."""

    start: int
    end: int
    type: int
    actor: frozenset[int] | None
    recipient: frozenset[int] | None


@dataclass(frozen=True)
class Given:
    """A coded sentence: the characters of who did it and to whom, and the index of the event's type."""

    actor: tuple[int, int]
    recipient: tuple[int, int]
    type: int


@dataclass(frozen=True)
class DeedMark:
    """An event in words. `words`: indices of its trigger in the article."""

    segment: int
    words: Array
    type: int
    actor: frozenset[int] | None
    recipient: frozenset[int] | None


@dataclass(frozen=True)
class Meant:
    """Words lo … hi - 1 of the article mean one of `clusters`, none in sight if empty; asked of nothing at `weight` 0."""

    lo: int
    hi: int
    clusters: frozenset[int]
    weight: float

    def is_whole_in(self, window: Window) -> bool:
        """Whether its words stand together in a window."""
        k, last = int(np.searchsorted(window.word, self.lo)), self.hi - self.lo - 1
        return k + last < len(window.word) and window.word[k] == self.lo and window.word[k + last] == self.hi - 1


@dataclass(frozen=True)
class Document:
    """One article for training. `cue_tags`, `weight`: (n,) over its words. `nested`: its gold marks nested statements.

    `covered`, `solid`: (n,) whether a word lies in a gold content, and whether it holds a letter or digit. `mention_tags`,
    `mention_weight`: (n,) tags of `model.MENTION_TAGS`. `links`: what means what, in text order. `deeds`: its events, and
    `trigger_weight`: (n,) how sure it is of each word whether it is a trigger. `given`: of a coded sentence, of which nothing
    else is known, the words of who did it and to whom, and the event's type.
    """

    id: str
    words: Words
    segments: tuple[tuple[int, int], ...]
    cues: tuple[Cue, ...]
    cue_tags: Array
    weight: NDArray[np.float32]
    nested: bool
    covered: Array
    solid: NDArray[np.bool_]
    mention_tags: Array
    mention_weight: NDArray[np.float32]
    links: tuple[Meant, ...]
    deeds: tuple[DeedMark, ...]
    trigger_tags: Array
    trigger_weight: NDArray[np.float32]
    given: tuple[Array, Array, int] | None = None


def paragraphs_of(text: str) -> list[Span]:
    """Every line that is not blank, without the space at its edges."""
    return [Span(m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def document(
    id_: str,
    text: str,
    gold: Iterable[Roles],
    tokenizer: Tokenizer,
    *,
    nested: bool,
    names: Sequence[Name] = (),
    links: Sequence[Link] = (),
    aims: Sequence[Aim] = (),
    deeds: Sequence[Deed] = (),
    silence: float = 0.0,
    given: Given | None = None,
) -> Document:
    """Words, segments and tags of one article. Without `names`, its mentions are unknown and nothing is learned of them.

    `aims`: one for each of `gold`, or none at all. `silence`: how surely a word is no trigger where `deeds` name none.
    """
    words = split_words(text, paragraphs_of(text), tokenizer)
    parts = tuple(segments(words, text=text))
    cues, cue_tags, covered = _cues(words, text, parts, gold, aims)
    weight = np.full(len(words), given is None, np.float32)
    if not nested:
        weight[(covered == 1) & (cue_tags == 0)] = ELSEWHERE
    solid = np.array([_solid(words, text, k) for k in range(len(words))], bool)
    mentions = (
        mention_tags(words, names) if names else (np.zeros(len(words), np.int64), np.zeros(len(words), np.float32))
    )
    meant = tuple(m for link in links if (m := _meant(words, link)))
    marks = _deed_marks(words, text, parts, deeds)
    triggers = _trigger_tags(len(words), marks, silence)
    return Document(
        id_, words, parts, cues, cue_tags, weight, nested, covered, solid, *mentions, meant, marks, *triggers,
        given and (*(_words_of(words, text, [Span(*s)]) for s in (given.actor, given.recipient)), given.type),
    )  # fmt: skip


def _cues(
    words: Words, text: str, parts: Sequence[tuple[int, int]], gold: Iterable[Roles], aims: Sequence[Aim]
) -> tuple[tuple[Cue, ...], Array, Array]:
    """Gold attributions that have a cue, and of the article's words (n,) the tags of cues and which are covered."""
    starts = np.array([lo for lo, _ in parts])
    cue_tags, covered = np.zeros((2, len(words)), np.int64)
    cues = []
    for n, g in enumerate(gold):
        cue = _words_of(words, text, g.cue)
        if not len(cue):
            continue
        segment = int(np.searchsorted(starts, cue[0], side="right")) - 1
        lo, hi = parts[segment]
        cue = cue[(cue >= lo) & (cue < hi)]
        tags = np.zeros(hi - lo, np.int64)
        for first, spans in ((CONTENT, g.content), (SOURCE, g.source)):
            for fragment in _fragments(words, text, spans, content=first == CONTENT):
                covered[fragment] |= first == CONTENT
                inside = fragment[(fragment >= lo) & (fragment < hi)] - lo
                if len(inside):
                    tags[inside] = first + 1
                    tags[inside[0]] = first
        tags[cue - lo] = 0
        cue_tags[cue] = 2
        cue_tags[cue[0]] = 1
        aim = aims[n] if aims else Aim(None, None)
        cues.append(Cue(segment, cue, _legal(tags), aim.act, aim.target))
    return tuple(cues), cue_tags, covered


def _deed_marks(
    words: Words, text: str, parts: Sequence[tuple[int, int]], deeds: Sequence[Deed]
) -> tuple[DeedMark, ...]:
    """Events by the words of their triggers; one that runs over a segment's edge is cut there."""
    starts, out = np.array([lo for lo, _ in parts]), []
    for deed in sorted(deeds, key=lambda d: (d.start, d.end)):
        own = _words_of(words, text, [Span(deed.start, deed.end)])
        if len(own):
            segment = int(np.searchsorted(starts, own[0], side="right")) - 1
            own = own[own < parts[segment][1]]
            out.append(DeedMark(segment, own, deed.type, deed.actor, deed.recipient))
    return tuple(out)


def _trigger_tags(count: int, marks: Sequence[DeedMark], silence: float) -> tuple[Array, NDArray[np.float32]]:
    """0, and 1 or 2 on the first and the later words of a trigger; weights."""
    tags, weight = np.zeros(count, np.int64), np.full(count, silence, np.float32)
    for mark in marks:
        tags[mark.words] = 2
        tags[mark.words[0]] = 1
        weight[mark.words] = 1.0
    return tags, weight


def mention_tags(words: Words, names: Sequence[Name]) -> tuple[Array, NDArray[np.float32]]:
    """Tags (n,) and weights (n,) of words: 0 outside, else 1 + 2 * kind at a mention's first word and 2 + 2 * kind after it."""
    tags, weight = np.zeros(len(words), np.int64), np.ones(len(words), np.float32)
    for name in names:
        lo, hi = _touched(words, Span(name.start, name.end))
        if lo >= hi:
            continue
        weight[lo:hi] = name.weight
        if name.kind is not None:
            tags[lo:hi] = 2 + 2 * KINDS.index(name.kind)
            tags[lo] -= 1
    return tags, weight


def _meant(words: Words, link: Link) -> Meant | None:
    lo, hi = _touched(words, Span(link.start, link.end))
    return Meant(lo, hi, link.clusters, link.weight) if lo < hi else None


def _legal(tags: Array) -> Array:
    """Make the first word of every run a beginning, where a cue or another role cut it."""
    previous = np.concatenate([[0], tags[:-1]])
    broken = ((tags == 2) & (previous != 1) & (previous != 2)) | ((tags == 4) & (previous != 3) & (previous != 4))
    return np.where(broken, tags - 1, tags)


def _words_of(words: Words, text: str, spans: Sequence[Span]) -> Array:
    """Indices of the words that the spans touch and that hold a letter or digit."""
    out: list[int] = []
    for span in spans:
        lo, hi = _touched(words, span)
        out += [k for k in range(lo, hi) if _solid(words, text, k)]
    return np.array(sorted(set(out)), np.int64)


def _touched(words: Words, span: Span) -> tuple[int, int]:
    """Range of the words that a span touches."""
    lo = int(np.searchsorted(words.end, span.start, side="right"))
    return lo, int(np.searchsorted(words.start, span.end, side="left"))


def _solid(words: Words, text: str, k: int) -> bool:
    return is_solid(text[words.start[k] : words.end[k]])


def _fragments(words: Words, text: str, spans: Sequence[Span], *, content: bool) -> list[Array]:
    """Runs of whole words, trimmed; fragments parted by nothing but marks are one."""
    runs: list[list[int]] = []
    for span in sorted(spans):
        lo, hi = _touched(words, span)
        while lo < hi and not _solid(words, text, lo):
            lo += 1
        if content and not runs and hi - lo > 1 and text[words.start[lo] : words.end[lo]].lower() == "that":
            lo += 1
        while lo < hi and not _solid(words, text, lo):
            lo += 1
        while hi > lo and not _solid(words, text, hi - 1):
            hi -= 1
        if lo >= hi:
            continue
        if runs and not any(_solid(words, text, k) for k in range(runs[-1][1], lo)):
            runs[-1][1] = max(hi, runs[-1][1])
        else:
            runs.append([lo, hi])
    return [np.arange(lo, hi) for lo, hi in runs]


# ---------------------------------------------------------------- windows and batches

LIMITS = (96, 160, 256)
"""Windows are packed up to one of these, drawn anew for each article and epoch, so that no one length is learned."""


def windows(documents: Sequence[Document], rng: random.Random | None) -> list[tuple[Document, Window]]:
    """Windows of all articles; with `rng`, of lengths drawn at random, else full ones."""
    out = []
    for d in documents:
        limit = rng.choice(LIMITS) if rng else LIMITS[-1]
        out += [(d, w) for w in pack(d.words, d.segments, limit=limit)]
    return out


def batches(
    items: list[tuple[Document, Window]], pieces: int, rng: random.Random | None
) -> Iterator[list[tuple[Document, Window]]]:
    """Groups of windows of like length, at most `pieces` pieces each with padding, in random order."""
    jitter = (lambda: rng.random() * 24) if rng else (lambda: 0.0)
    ordered = sorted(items, key=lambda x: len(x[1].piece) + jitter())
    groups: list[list[tuple[Document, Window]]] = [[]]
    for item in ordered:
        if groups[-1] and len(item[1].piece) * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(item)
    if rng:
        rng.shuffle(groups)
    yield from groups


def epoch(documents: Sequence[Document], pieces: int, seed: int, number: int) -> list[list[tuple[Document, Window]]]:
    """The batches of one epoch of a run."""
    rng = random.Random(seed * 1000 + number)
    return list(batches(windows(documents, rng), pieces, rng))
