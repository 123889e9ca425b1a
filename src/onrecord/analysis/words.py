"""Words and word pieces of an article, and the windows that the encoder sees.

The tokenizer is BERT's uncased WordPiece; since names matter and its vocabulary has no case, each piece carries the letter
case of its word beside it, and whether it stands in quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.analysis.quotes import Quotation, QuotedParagraph, pair_marks
from onrecord.records import Span

Ints = NDArray[np.int64]

WINDOW = 256
"""Longest window in pieces, [CLS] and [SEP] included: fits every paragraph but a few."""
CLS, SEP, PAD = 101, 102, 0
CASES = ("none", "lower", "title", "upper", "mixed")
OUTSIDE, INSIDE, AT_MARK = 0, 1, 2
ENDING = frozenset(".?!\"”’'»)")
OPENING = frozenset("\"“‘'«(")
LETTERS = "\u02ff"  # no mark on letters comes before it
# Halves of a character that stand alone; the tokenizer takes none, and the text itself is left as it is.
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some paragraphs, in order; n words, p pieces.

    `start`, `end`, `paragraph`, `first`: (n,) half-open range of code points in the text, index of the paragraph, index of the
    word's first piece. `piece`, `case`, `quoted`: (p,) ids. `quotations`: pairs of marks, positions in the text.
    `solid`: of each word whether it holds a letter or digit.
    """

    start: Ints
    end: Ints
    paragraph: Ints
    first: Ints
    piece: Ints
    case: Ints
    quoted: Ints
    quotations: tuple[Quotation, ...]
    solid: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.start)

    def span(self, lo: int, hi: int) -> Span:
        """The characters of words lo … hi - 1."""
        return Span(int(self.start[lo]), int(self.end[hi - 1]))


@dataclass(frozen=True, slots=True)
class Window:
    """Segments of words (lo, hi), each within one paragraph, that go through the encoder together.

    `piece`, `case`, `quoted`: (L,) with [CLS] in front and a [SEP] after each segment. `at`: for each word of the segments in
    order, the position of its first piece in the window; `word`: the index of that word in the article.
    """

    segments: tuple[tuple[int, int], ...]
    piece: Ints
    case: Ints
    quoted: Ints
    at: Ints
    word: Ints


def letter_case(word: str) -> int:
    """Index into CASES."""
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if not any(c.isalpha() for c in word):
        return 0
    return 2 if word[0].isupper() and word[1:].islower() else 4


def is_solid(word: str) -> bool:
    """Whether a word holds a letter or digit, and is not a mark."""
    return word.isalnum() or any(c.isalnum() for c in word)


def split_words(text: str, paragraphs: Sequence[Span], tokenizer: Tokenizer) -> Words:
    """Words of the paragraphs. Punctuation marks are words of their own."""
    quoted = [pair_marks(_SURROGATES.sub("\ufffd", p.of(text))) for p in paragraphs]
    encodings = tokenizer.encode_batch([q.text for q in quoted], add_special_tokens=False)
    words: list[tuple[int, int, int, int]] = []  # start, end, paragraph, first piece
    piece: list[int] = []
    inside: list[int] = []
    for number, (span, marks, encoding) in enumerate(zip(paragraphs, quoted, encodings, strict=True)):
        state = _quoted_state(marks)
        previous = None
        for token, (lo, hi), word in zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True):
            start, end = span.start + lo, span.start + hi
            if end < span.end and text[end] > LETTERS:
                end = _with_marks_on_letters(text, end, span.end)
            if word == previous:
                words[-1] = (words[-1][0], end, number, words[-1][3])
            else:
                words.append((start, end, number, len(piece)))
                previous = word
            piece.append(token)
            inside.append(state[lo] if state else OUTSIDE)
    table = np.array(words, np.int64).reshape(-1, 4)
    printed = [text[s:e] for s, e, _, _ in words]
    cases = np.array(list(map(letter_case, printed)), np.int64)
    return Words(
        start=table[:, 0],
        end=table[:, 1],
        paragraph=table[:, 2],
        first=table[:, 3],
        piece=np.array(piece, np.int64),
        case=np.repeat(cases, np.diff(np.append(table[:, 3], len(piece)))),
        quoted=np.array(inside, np.int64),
        quotations=tuple(_shifted(q, s.start) for m, s in zip(quoted, paragraphs, strict=True) for q in m.quotations),
        solid=tuple(map(is_solid, printed)),
    )


def _with_marks_on_letters(text: str, end: int, limit: int) -> int:
    """End of a word with the combining marks and joiners after it, which the tokenizer drops."""
    while end < limit and text[end] > LETTERS and unicodedata.category(text[end]) in ("Mn", "Me", "Cf"):
        end += 1
    return end


def _shifted(q: Quotation, by: int) -> Quotation:
    return Quotation(None if q.open is None else q.open + by, None if q.close is None else q.close + by)


def _quoted_state(marks: QuotedParagraph) -> bytearray | None:
    """Per character: outside, inside, or at a mark. None where the paragraph has no marks."""
    if not marks.quotations:
        return None
    size = len(marks.text)
    state = bytearray(size)
    for q in marks.quotations:
        if q.open is None:
            continue
        lo = q.open
        hi = size if q.close is None else q.close
        state[lo + 1 : hi] = bytes([INSIDE]) * (hi - lo - 1)
    for q in marks.quotations:
        for mark in (q.open, q.close):
            if mark is not None:
                state[mark] = AT_MARK
    return state


def segments(words: Words, *, text: str, limit: int = WINDOW) -> list[tuple[int, int]]:
    """Ranges of words, each within one paragraph and of at most limit - 2 pieces; a long paragraph is cut after a sentence."""
    room = limit - 2
    ends = np.append(words.first[1:], len(words.piece))
    out: list[tuple[int, int]] = []
    if not len(words):
        return out
    edges = np.flatnonzero(np.diff(words.paragraph)) + 1
    for lo, hi in zip([0, *edges.tolist()], [*edges.tolist(), len(words)], strict=True):
        while lo < hi:
            fit = lo + int(np.searchsorted(ends[lo:hi], words.first[lo] + room, side="right"))
            cut = hi if fit >= hi else _sentence_cut(words, text, lo, max(fit, lo + 1))
            out.append((lo, cut))
            lo = cut
    return out


def _sentence_cut(words: Words, text: str, lo: int, fit: int) -> int:
    """The last word before `fit` that begins a sentence, if that leaves a third of the room used; else `fit`."""
    for k in range(fit - 1, lo + (fit - lo) // 3, -1):
        between = text[words.start[k - 1] : words.start[k]]
        begins = text[words.start[k]].isupper() or text[words.start[k]] in OPENING
        if between[:1] in ENDING and between[-1:].isspace() and begins and not _abbreviated(words, text, k - 1):
            return k
    return fit


def _abbreviated(words: Words, text: str, k: int) -> bool:
    """Whether a full stop follows a title or an initial ("Mr.", "J.") and so ends no sentence."""
    before = text[words.start[k - 1] : words.end[k - 1]] if k else ""
    return text[words.start[k]] == "." and before[:1].isupper() and len(before) <= 3


def pack(words: Words, parts: Sequence[tuple[int, int]], *, limit: int = WINDOW) -> Iterator[Window]:
    """Windows of whole segments, as many in each as fit within `limit` pieces."""
    ends = np.append(words.first[1:], len(words.piece))
    group: list[tuple[int, int]] = []
    used = 1
    for lo, hi in parts:
        size = int(ends[hi - 1] - words.first[lo]) + 1
        if group and used + size > limit:
            yield _window(words, group, ends)
            group, used = [], 1
        group.append((lo, hi))
        used += size
    if group:
        yield _window(words, group, ends)


def _window(words: Words, group: list[tuple[int, int]], ends: Ints) -> Window:
    piece, case, quoted = [np.array([CLS])], [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]
    at, index, used = [], [], 1
    for lo, hi in group:
        a, b = int(words.first[lo]), int(ends[hi - 1])
        piece += [words.piece[a:b], np.array([SEP])]
        case += [words.case[a:b], np.zeros(1, np.int64)]
        quoted += [words.quoted[a:b], np.zeros(1, np.int64)]
        at.append(words.first[lo:hi] - a + used)
        index.append(np.arange(lo, hi))
        used += b - a + 1
    joined = (np.concatenate(x) for x in (piece, case, quoted, at, index))
    return Window(tuple(group), *joined)
