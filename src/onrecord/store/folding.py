"""Words as the store's indexes know them: lower case, without marks, cut at whatever is neither letter nor digit.

SQLite's tokenizer (unicode61) cuts and folds so, and what is typed has to meet what it has stored. Names are folded further, as
`onrecord.link` does: who types "Rondal" finds "Røndal".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from onrecord.codebook.letters import PLAIN

# Letters and digits; \w also takes the underscore, which the tokenizer cuts at.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, and where it stands."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, folded, in order."""
    return [Token(_folded(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The words of a name, folded, a space between; letters such as "ø" as their nearest without a stroke."""
    return " ".join(_folded(word).translate(PLAIN) for word in _WORD.findall(name))


def _folded(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()
