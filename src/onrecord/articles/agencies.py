"""Which news agency a dispatch comes from, by the ways agencies sign."""

from __future__ import annotations

import re
from functools import cache

from onrecord import codebook

_COPYRIGHT = re.compile(r"©|copyright|\(c\)", re.IGNORECASE)


def signed(words: str) -> str | None:
    """The agency whose sign `words` are as a whole, bracketed or not."""
    return codebook.load().agencies.get(words.strip().strip("()[]").strip())


def in_copyright(line: str) -> str | None:
    """The agency that a copyright line names as its holder."""
    found = _any_sign().search(line) if _COPYRIGHT.search(line) else None
    return codebook.load().agencies[found[0]] if found else None


def in_byline(byline: str) -> str | None:
    """The agency at the end of a byline: "Jo Smith, Associated Press", "Jo Smith (Reuters)", "AFP"."""
    return signed(byline) or signed(re.split(r"[,|(/–—]|\s-\s", byline)[-1])


@cache
def _any_sign() -> re.Pattern[str]:
    signs = sorted(codebook.load().agencies, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, signs))})\b")
