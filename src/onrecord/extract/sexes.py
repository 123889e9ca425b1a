"""Whether words tell of a man or a woman: > 0 for a man, < 0 for a woman, 0 where nothing tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.codebook.names import name_words
from onrecord.extract.names import titles_before

_HIS = frozenset("father dad grandfather grandad son husband boy brother uncle nephew king".split())
_HER = frozenset("mother mum mom grandmother gran daughter wife girl sister aunt niece queen actress".split())
NO_MAN = frozenset("human german roman ottoman norman burman".split())
"""Words that end like one for a man and are none."""
_CALLED = re.compile(
    r"\b(?:an?|the|one|another) (?:[\w-]+ ){0,3}?(?P<noun>[a-z]+),? (?:who was |who is |whom \w+ )?"
    r"(?:known|named|called|identified|nicknamed)(?: (?:only|simply|locally|online))?(?: as| by)? [“\"‘']?$"
)
"""What somebody is, right before the name that he is told to have: "a woman known as “Sika”"."""
REACH = 60
"""Characters before a name in which it is told what somebody is who is called so."""


def sex_of(nouns: Iterable[str]) -> int:
    """Of whom nouns are said: "widow", "policeman", "mother-of-two"."""
    low = {part for word in nouns for part in word.lower().split("-")}
    her = any(w.endswith("woman") for w in low) or not _HER.isdisjoint(low)
    his = any(w.endswith("man") and not w.endswith("woman") and w not in NO_MAN for w in low)
    return (his or not _HIS.isdisjoint(low)) - her


def sex_called(text: str, start: int) -> int:
    """What the noun before a name tells that somebody is told to have: "a woman known as | Sika"."""
    called = _CALLED.search(text, max(0, start - REACH), start)
    return 0 if called is None else sex_of([called["noun"]])


def sex_of_name(text: str, name: str, starts: Sequence[int]) -> int:
    """What titles and the forename say of a person, and the noun before "known as". `starts`: where the person is named."""
    table = name_words()
    total = 3 * sex_called(text, starts[0])
    for start in starts:
        for title in titles_before(text, start):
            total += 3 * ((title in table.his_titles) - (title in table.her_titles))
    first = name.split()[0].lower().strip(".") if " " in name else ""
    total += (first in table.his_names) - (first in table.her_names)
    return max(-1, min(1, total))
