"""Words as the store's indexes know them: lower case, without marks, cut at whatever is neither letter nor digit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Letters and digits; \w also takes the underscore, which the store's tokenizer cuts at.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, and where it stands."""

    word: str
    start: int
    end: int


def fold_word(word: str) -> str:
    """Lower case, no marks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.casefold()


def tokens(text: str) -> list[Token]:
    """The words of a text, folded, in order."""
    return [Token(fold_word(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
