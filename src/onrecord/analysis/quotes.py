"""Quotation marks: paired by rule within a paragraph, and written one way for the model.

Outlets write “curly”, "straight", ‘British single’, „German“ and « French » marks, and forget some. The model sees one
mark for them all, one character for one character, so that it reads outlets alike whose marks it never saw in training.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MARK = '"'
APOSTROPHE = "'"
DOUBLE = frozenset('"“”„‟«»〝〞＂')
SINGLE = frozenset("'‘’‚‛‹›`´＇")
_MARKS = re.compile(f"[{re.escape(''.join(sorted(DOUBLE | SINGLE)))}]")
_ONE_WAY = str.maketrans({**dict.fromkeys(SINGLE, APOSTROPHE), **dict.fromkeys(DOUBLE, MARK)})
_OPENS = frozenset("“„‟«〝")
_CLOSES = frozenset("”»〞")
# What may stand between an opening mark and the space before it.
_BEFORE_OPENING = frozenset("([{-–—/…")
_STOPS = frozenset(",.?!…;:—–-")
LOOK_AHEAD = 64
"""Single marks looked at for the one that closes a quotation: keeps the pairing linear on a text of nothing but marks."""
_SINGLE_OPENS = frozenset("‘‚‛'‹`")
# Apostrophes that stand for letters left out at the start of a word.
_ELISION = re.compile(r"(?:n|em|til|tis|twas|cause|bout|round|\d0s)\b", re.IGNORECASE)
_INCHES = re.compile(r"\d['’′]\d{1,2}\"$")
# Where a quotation may begin that goes on in the next paragraph: at the start, or after a stop.
_AFTER_STOP = re.compile(r"(?:^|[,:.?!]\s)$")


_SPACE_CAPITAL = re.compile(r"\s[A-Z0-9]")
_NEXT_DOUBLE = re.compile(f"[{re.escape(''.join(sorted(DOUBLE)))}]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of marks: positions of the opening mark and of the closing one.

    `close` is None where no mark closes (the quotation then runs to the paragraph's end), `open` is None where none opens.
    """

    open: int | None
    close: int | None


@dataclass(frozen=True, slots=True)
class QuotedParagraph:
    """A paragraph with its marks written one way. `text` has the length of the original; `quotations` lie in order."""

    text: str
    quotations: tuple[Quotation, ...]


def pair_marks(text: str) -> QuotedParagraph:
    """Pair the marks of one paragraph. Linear in its length; never raises."""
    if not _MARKS.search(text):
        return QuotedParagraph(text, ())
    doubles = _pair_doubles(text)
    singles = _pair_singles(text, doubles)
    marks = {p for q in (*doubles, *singles) for p in (q.open, q.close) if p is not None}
    written = list(text.translate(_ONE_WAY))
    for i in marks:
        written[i] = MARK
    ordered = sorted((*doubles, *singles), key=lambda q: q.open if q.open is not None else -1)
    return QuotedParagraph("".join(written), tuple(ordered))


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
        if c not in DOUBLE or (c == MARK and _INCHES.search(text, max(0, i - 4), i + 1)):
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
            closes = closes and not (opened is None and _strayed(text, i))
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


def _strayed(text: str, i: int) -> bool:
    """Whether a straight mark that nothing opens is an opening one on the wrong side of its space: ``he said," What now?"``.

    A capital follows, and the next mark closes: so is no end of a quotation that began in the paragraph before.
    """
    follows = _SPACE_CAPITAL.match(text, i + 1)
    after = _NEXT_DOUBLE.search(text, i + 1)
    return follows is not None and after is not None and _side(text, after.start()) == "close"


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
        if text[i] == "‘" and _AFTER_STOP.search(text, max(0, i - 2), i):
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
    if text[i] not in _SINGLE_OPENS or _ELISION.match(text, i + 1):
        return False
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    return (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()


def _closing_single(text: str, spots: list[int], k: int) -> int | None:
    """Index into `spots` of the mark that closes, or None.

    A mark after a word or stop closes. After an s it may be a plural's genitive ("the workers’ rights"): a later mark goes
    before it, if that one follows a stop and nothing opens in between.
    """
    genitive: int | None = None
    for n in range(k, min(k + LOOK_AHEAD, len(spots))):
        i = spots[n]
        before, after = text[i - 1], text[i + 1] if i + 1 < len(text) else " "
        if before.isspace() and not after.isspace():
            break  # another quotation opens
        if after.isalnum() or before.isspace():
            continue  # an apostrophe within a word, or a mark that stands alone
        if before in _STOPS:
            return n
        if before not in "sS":
            return n if genitive is None else genitive
        if genitive is None:
            genitive = n
    return genitive
