"""Names as they are looked up: lower case, without marks, cut at whatever is neither letter nor digit."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters and digits; \w also takes the underscore, which the index of words cuts at.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The words of a name, folded, a space between."""
    plain = (unicodedata.normalize("NFKD", word) for word in _WORD.findall(name))
    return " ".join("".join(c for c in word if not unicodedata.combining(c)).casefold() for word in plain)
