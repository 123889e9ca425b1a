"""All that the store needs to know of a record and that the record alone tells: most of the work of adding it.

It may be done ahead of the one writer, on other threads or in other processes (`onrecord.ingest`).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.extract.names import fold
from onrecord.link import Saying, block_key, known_of, sayings_of, signature
from onrecord.link.copies import LEAST_SHARED, LEAST_WHOLE, WHOLE_SHINGLE
from onrecord.records import Record
from onrecord.store.proving import prove

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shingles = NDArray[np.uint32]

SLACK = 0.9
"""Of what a copy must share by `onrecord.link`: two shingles of one hash count once."""
_FACTORS = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)  # odd, of SplitMix64


@dataclass(frozen=True, slots=True)
class Ready:
    """A record that was proved, and what linking asks of it.

    `names`: folded, of its entities, all that linking looks at; of each entity by id `blocks` and which of the names is `own`.
    `bands`: of its text's signature. `shingles`: as `shingles_of`, in bytes. `sayings`: of its statements.
    """

    record: Record
    names: tuple[str, ...]
    blocks: dict[str, str]
    own: dict[str, int | None]
    bands: tuple[int, ...]
    shingles: bytes
    sayings: tuple[Saying, ...]


def ready(record: Record) -> Ready:
    """Make a record ready to be added. Raises VerbatimError where it is not what it should be."""
    prove(record)
    known = known_of(record)
    # What linking is told of an entity (Known.beside: all names but its own) is told again from these.
    names = sorted(frozenset().union(*(k.beside for k in known)))
    own = {k.id: next((i for i, name in enumerate(names) if name not in k.beside), None) for k in known}
    text = record.article.text
    blocks = {k.id: block_key(k) for k in known}
    bands = signature(text).bands
    shingles = shingles_of(text).tobytes() if bands else b""
    return Ready(record, tuple(names), blocks, own, bands, shingles, sayings_of(record))


def shingles_of(text: str) -> Shingles:
    """Hashes of a text's shingles of words, each once, sorted. Shape: (shingles,).

    `onrecord.link.likeness` counts the shingles themselves; their hashes tell quickly which texts it need not look at.
    """
    import numpy as np

    words = np.array([h for word in text.split() if (h := _hash(word))], np.uint64)
    size = len(words) - WHOLE_SHINGLE + 1
    if size < 1:
        return np.zeros(0, np.uint32)
    with np.errstate(over="ignore"):
        mixed = sum((words[k : k + size] * np.uint64(f) for k, f in enumerate(_FACTORS)), np.zeros(size, np.uint64))
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(_FACTORS[1])
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def may_be_copies(a: Shingles, b: Shingles) -> bool:
    """Whether two texts share so many shingles that they may be copies; where not, they are none."""
    import numpy as np

    few, many = (a, b) if len(a) <= len(b) else (b, a)
    if not len(few):
        return False
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    shared = int(np.count_nonzero(many[at] == few))
    return shared >= SLACK * LEAST_SHARED and shared >= SLACK * LEAST_WHOLE * len(few)


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    """Of a folded word; 0 for one that is nothing but marks."""
    folded = fold(word)
    return 1 + zlib.crc32(folded.encode()) if folded else 0
