"""MinHash: a few numbers of which two sets share about as many as the sets have in common.

Written here rather than taken from a library, because the numbers are stored and must never change with a library's version.
A word is hashed once, whatever text it stands in, and a shingle is made of its words' hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

SEED = 20110322
BITS = 48  # of a hash that is given out: SQLite keeps it in six bytes, and clashes stay rare among 10^9 of them
STEP = 0x9E3779B97F4A7C15  # odd, of SplitMix64 (Steele, Lea and Flood 2014)


def word_hashes(words: Iterable[str]) -> Hashes:
    """A 64-bit hash of each word. Shape: (words,)."""
    import numpy as np

    return np.array([_hash(word) for word in words], np.uint64)


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def shingle_hashes(words: Hashes, size: int) -> Hashes:
    """A 64-bit hash of each `size` words in a row, of their hashes: a polynomial of them. Shape: (words - size + 1,)."""
    count = max(0, len(words) - size + 1)
    mixed = words[:count].copy()
    for k in range(1, size):
        mixed *= mixed.dtype.type(STEP)
        mixed += words[k : k + count]
    return mixed


def least_hashes(groups: Sequence[Hashes], count: int) -> Hashes:
    """The least hash of each group, of which none is empty, under each of `count` permutations. Shape: (groups, count).

    A permutation adds a number of its own and mixes by the finaliser of SplitMix64, which is one to one. The numbers differ from
    permutation to permutation, so that equal ones are of the same permutation.
    """
    import numpy as np

    starts = np.cumsum([0, *(len(group) for group in groups)])[:-1]
    hashes = np.concatenate(groups)
    z = hashes[None, :] + np.arange(1, count + 1, dtype=np.uint64)[:, None] * np.uint64(STEP) + np.uint64(SEED)
    z ^= z >> np.uint64(30)  # (count, hashes)
    z *= np.uint64(0xBF58476D1CE4E5B9)
    z ^= z >> np.uint64(27)
    z *= np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return np.minimum.reduceat(z, starts, axis=1).T >> np.uint64(64 - BITS)


def bits_set(rows: Hashes) -> NDArray[np.int64]:
    """How many bits of each row are set. Shapes: (rows, words of 64 bits), (rows,)."""
    import numpy as np

    if hasattr(np, "bitwise_count"):
        count: NDArray[np.int64] = np.bitwise_count(rows).sum(axis=1, dtype=np.int64)
        return count
    count = np.unpackbits(rows.view(np.uint8), axis=1).sum(axis=1, dtype=np.int64)  # numpy before 2
    return count
