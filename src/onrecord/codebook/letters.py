"""Letters that are no others with a mark, so that taking marks off leaves them: what they are spelt as without."""

from __future__ import annotations

PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
"""Of lower-case letters, for `str.translate`."""
