"""Which news agency a dispatch comes from, by the ways agencies sign."""

from __future__ import annotations

import re
from functools import cache

from onrecord import codebook

_COPYRIGHT = re.compile(r"©|copyright|\(c\)", re.IGNORECASE)
_ROLE = re.compile(r"\s(?:correspondent|writer|editor|reporter|staff|chief)s?$", re.IGNORECASE)


def signed(words: str) -> str | None:
    """The agency whose sign `words` are as a whole, bracketed or not."""
    return codebook.load().agencies.get(words.strip().strip("()[]").strip())


def in_copyright(line: str) -> str | None:
    """The agency that a copyright line names as its holder."""
    found = _any_sign().search(line) if _COPYRIGHT.search(line) else None
    return codebook.load().agencies[found[0]] if found else None


def in_byline(byline: str) -> str | None:
    """The agency at the end of a byline: "Jo Smith, Associated Press Writer", "Jo Smith (Reuters)", "Jo Smith and AFP"."""
    last = re.split(r"[,|(/–—]|\s-\s|\sand\s", byline)[-1].strip()
    found = _any_sign().match(last)
    return (
        signed(byline) or signed(last) or (codebook.load().agencies[found[0]] if found and _ROLE.search(last) else None)
    )


def signs(words: str) -> bool:
    """Whether an agency signs so, capitals aside."""
    return words.casefold() in _folded()


@cache
def _folded() -> frozenset[str]:
    return frozenset(map(str.casefold, codebook.load().agencies))


@cache
def _any_sign() -> re.Pattern[str]:
    signs = sorted(codebook.load().agencies, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, signs))})\b")
