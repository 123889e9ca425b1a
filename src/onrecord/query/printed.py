"""Altered words as they are printed: the store keeps them folded, by which they are compared."""

from __future__ import annotations

import re

from onrecord.store.folding import tokens

_EDGES = re.compile(r"^[^\w$€£¥#@(]+|[^\w%)]+$")


def as_printed(folded: str, content: str | None) -> str:
    """The words as `content` prints them, without the marks at their ends; as they are where it does not have them in a row."""
    wanted, there = [t.word for t in tokens(folded)], tokens(content or "")
    size = len(wanted)
    for k in range(len(there) - size + 1) if wanted else ():
        if [t.word for t in there[k : k + size]] == wanted:
            printed = (content or "")[there[k].start : there[k + size - 1].end]
            return _EDGES.sub("", " ".join(printed.split())) or folded
    return folded
