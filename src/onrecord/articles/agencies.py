"""Which news agency a dispatch comes from, by the ways agencies sign."""

from __future__ import annotations

import re
from functools import cache

from onrecord import codebook

_AROUND = re.compile(r"^(?:source:\s*)?[(\[\s]+|^source:\s*|[\s)\]]+$|\s+staff$", re.IGNORECASE)
_HOLDER = re.compile(
    r"(?:©|copyright|\(c\))(?:\s*(?:©|\(c\)|by\b|\d{4}|[-–,]))*\s*"
    r"([^\d.,;|/(]*?[^\W\d_])(?=\s*(?:[\d.,;|/(]|$)|\s+(?:inc|ltd|limited|llc|all rights)\b)",
    re.IGNORECASE,
)
_SIGN_CHARACTERS = 80  # no sign is longer
_ROLE = re.compile(r"\s(?:correspondent|writer|editor|reporter|staff|chief)s?$", re.IGNORECASE)


def signed(words: str) -> str | None:
    """The agency whose sign `words` are as a whole, bracketed or not: "AFP", "(Reuters)", "Reuters Staff", "Source: AP"."""
    return codebook.load().agencies.get(_AROUND.sub("", words.strip())) if len(words) <= _SIGN_CHARACTERS else None


def in_copyright(line: str) -> str | None:
    """The agency that a copyright line names as its holder: not one that it thanks further on."""
    found = _HOLDER.search(line)
    return signed(found[1]) if found else None


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
