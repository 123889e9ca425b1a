"""Two texts word by word: what one leaves out of the other, and what it adds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_WORDS = 6_000
"""Words of each text that are compared. The time grows with the product of what differs."""
_WORD = re.compile(r"\S+|\n\s*\n\s*")
_SAME = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’‚‹›", "'") | dict.fromkeys("–—−", "-"))


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words in a row that both have, or only one of them."""

    kind: Literal["same", "left-out", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Paragraphs of parts in order. `same`: the share of words that both have; `whole`: whether all words were compared."""

    paragraphs: tuple[tuple[WordRun, ...], ...]
    same: float
    left_out: int
    added: int
    whole: bool


def compared(before: str, after: str) -> Compared:
    """What happened to the words of `before` on the way to `after`.

    Space counts for nothing but paragraphs, and how a house draws its quotation marks and dashes for nothing at all.
    """
    old, new = (_WORD.findall(text) for text in (before, after))
    whole = max(len(old), len(new)) <= MOST_WORDS
    parts = list(_parts(old[:MOST_WORDS], new[:MOST_WORDS]))
    counts = {kind: sum(len(words) for k, words in parts if k == kind) for kind in ("same", "left-out", "added")}
    total = sum(counts.values()) or 1
    return Compared(tuple(_paragraphs(parts)), counts["same"] / total, counts["left-out"], counts["added"], whole)


_Run = tuple[Literal["same", "left-out", "added"], list[str]]


def _parts(old: list[str], new: list[str]) -> Iterator[_Run]:
    keys = [[" " if word.isspace() else word.translate(_SAME) for word in words] for words in (old, new)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=len(old) > 1_000)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield "same", new[k:m]
            continue
        if i < j:
            yield "left-out", [word for word in old[i:j] if not word.isspace()]
        if k < m:
            yield "added", new[k:m]


def _paragraphs(parts: list[_Run]) -> Iterator[tuple[WordRun, ...]]:
    paragraph = list[WordRun]()
    for kind, words in parts:
        run = list[str]()
        for word in words:
            if not word.isspace():
                run.append(word)
                continue
            paragraph += [WordRun(kind, " ".join(run))] if run else []
            if paragraph:
                yield tuple(paragraph)
            paragraph, run = [], []
        paragraph += [WordRun(kind, " ".join(run))] if run else []
    if paragraph:
        yield tuple(paragraph)
