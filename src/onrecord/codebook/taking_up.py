"""Contents that only take up what another said: "that", "the allegation", "both claims"."""

from __future__ import annotations

from typing import Final

from onrecord.codebook.clashes import clash_words

AROUND: Final = frozenset(
    "a an the that which this it so these those them both any all such his her its their of him other latter no by".split()
)
"""Words that may stand beside such a noun, or alone for it."""
MOST_WORDS: Final = 6
"""Words of a content that may be bare."""


def is_bare(content: str) -> bool:
    """Whether a content is a pronoun, or a noun for what another said, and no more."""
    table = clash_words()
    plain = plain_words(content)
    return 0 < len(plain) <= MOST_WORDS and all(w in AROUND or w in table.back or w in table.formal for w in plain if w)


def plain_words(content: str) -> list[str]:
    """Its words in small letters, without marks and possessive endings."""
    words = content.lower().replace("\u2019", "'").replace("'s", " ").split()
    return [word.strip(".,;:!?()\"\u201c\u201d\u2018'") for word in words]
