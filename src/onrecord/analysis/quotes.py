"""Quotation marks: paired by rule within a paragraph, and written one way for the model.

Outlets write “curly”, "straight", ‘British single’, „German“ and « French » marks, and forget some. The model sees one
mark for them all, one character for one character, so that it reads outlets alike whose marks it never saw in training.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MARK = '"'
APOSTROPHE = "'"
DOUBLE = frozenset('"“”„‟«»〝〞＂')
SINGLE = frozenset("'‘’‚‛‹›`´＇")
_OPENS = frozenset("“„‟«〝")
_CLOSES = frozenset("”»〞")
# What may stand between an opening mark and the space before it: brackets, dashes, an outer mark.
_BEFORE_OPENING = frozenset("([{-–—/…")
_STOPS = frozenset(",.?!…;:—–-")
LOOK_AHEAD = 64
"""Single marks looked at for the one that closes a quotation: keeps the pairing linear on a text of nothing but marks."""
_SINGLE_OPENS = frozenset("‘‚‛'‹`")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of marks: positions of the opening mark and of the closing one.

    `close` is None where no mark closes (the quotation then runs to the paragraph's end), `open` is None where none opens.
    """

    open: int | None
    close: int | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A paragraph with its marks written one way. `text` has the length of the original; `quotations` lie in order."""

    text: str
    quotations: tuple[Quotation, ...]


def pair_marks(text: str) -> Quoted:
    """Pair the marks of one paragraph. Linear in its length; never raises."""
    if not any(c in DOUBLE or c in SINGLE for c in text):
        return Quoted(text, ())
    doubles = _pair_doubles(text)
    singles = _pair_singles(text, doubles)
    marks = {p for q in (*doubles, *singles) for p in (q.open, q.close) if p is not None}
    written = "".join(
        MARK if i in marks or c in DOUBLE else APOSTROPHE if c in SINGLE else c for i, c in enumerate(text)
    )
    ordered = sorted((*doubles, *singles), key=lambda q: q.open if q.open is not None else -1)
    return Quoted(written, tuple(ordered))


def _side(text: str, i: int) -> Literal["open", "close", "either"]:
    """Which side of a quotation the characters around a mark speak for."""
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    opening = (before.isspace() or before in _BEFORE_OPENING or before in SINGLE) and not after.isspace()
    closing = (after.isspace() or not after.isalnum()) and not before.isspace()
    if opening and not closing:
        return "open"
    if closing and not opening:
        return "close"
    return "either"


def _pair_doubles(text: str) -> list[Quotation]:
    pairs: list[Quotation] = []
    opened: int | None = None
    for i, c in enumerate(text):
        if c not in DOUBLE:
            continue
        side = _side(text, i)
        if c in "«»" and opened is not None and text[opened] in "«»":
            # French and reversed guillemets alike: whichever came first opens, the other closes.
            closes = text[opened] != c
        elif c in _OPENS:
            closes = opened is not None and (text[opened] in "„‟" or side == "close")
        elif c in _CLOSES:
            closes = opened is not None or side == "close"
        else:
            closes = side == "close" or (side == "either" and opened is not None)
        if closes:
            pairs.append(Quotation(opened, i))
            opened = None
        else:
            if opened is not None:
                pairs.append(Quotation(opened, None))
            opened = i
    if opened is not None:
        pairs.append(Quotation(opened, None))
    return _closed_before_next(pairs)


def _closed_before_next(pairs: list[Quotation]) -> list[Quotation]:
    """Drop unclosed quotations that another one follows: a forgotten mark must not quote the rest of the paragraph."""
    last = len(pairs) - 1
    return [q for i, q in enumerate(pairs) if q.close is not None or i == last]


def _pair_singles(text: str, doubles: list[Quotation]) -> list[Quotation]:
    """British single quotations outside double ones; apostrophes left alone."""
    quoted = _covered(len(text), doubles)
    spots = [i for i, c in enumerate(text) if c in SINGLE and not quoted[i]]
    pairs: list[Quotation] = []
    k = 0
    while k < len(spots):
        i = spots[k]
        if not _opens_single(text, i):
            k += 1
            continue
        close = _closing_single(text, spots, k + 1)
        if close is not None:
            pairs.append(Quotation(i, spots[close]))
            k = close + 1
            continue
        if text[i] == "‘" and not text[:i].strip():
            pairs.append(Quotation(i, None))  # a quotation that goes on in the next paragraph
        k += 1
    return pairs


def _covered(size: int, pairs: list[Quotation]) -> bytearray:
    """For each character, whether a pair of marks holds it. A mark that nothing opens covers nothing."""
    covered = bytearray(size)
    for q in pairs:
        if q.open is not None:
            end = size if q.close is None else q.close
            covered[q.open : end] = b"\1" * (end - q.open)
    return covered


def _opens_single(text: str, i: int) -> bool:
    if text[i] not in _SINGLE_OPENS:
        return False
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    # A straight mark before a figure is an apostrophe ("the '90s").
    quotes = after.isalpha() or after in "([…" or (after.isdigit() and text[i] == "‘")
    return (before.isspace() or before in _BEFORE_OPENING) and quotes


def _closing_single(text: str, spots: list[int], k: int) -> int | None:
    """Index into `spots` of the mark that closes, or None.

    A mark after a stop closes; one after a letter closes too, but after an s it may be a plural's genitive ("the workers’
    rights"), and then a later mark goes before it.
    """
    genitive: int | None = None
    for n in range(k, min(k + LOOK_AHEAD, len(spots))):
        i = spots[n]
        before, after = text[i - 1], text[i + 1] if i + 1 < len(text) else " "
        if after.isalnum():
            if not before.isalnum():
                break  # another quotation opens
            continue  # an apostrophe within a word
        if before in _STOPS or (before.isalnum() and before not in "sS") or (before.isalnum() and not after.isspace()):
            return n
        if before.isalnum() and genitive is None:
            genitive = n
    return genitive
