"""MinHash: a few numbers of which two sets share about as many as the sets have in common.

Written here rather than taken from a library, because the numbers are stored and must never change with a library's version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED = 20110322
BITS = 48  # of a hash that is given out: SQLite keeps it in six bytes, and clashes stay rare among 10^9 of them


def hashes_of(shingles: Iterable[Sequence[str]]) -> NDArray[np.uint64]:
    """A 64-bit hash of each shingle, sorted. Shape: (shingles,)."""
    import numpy as np

    found = [int.from_bytes(blake2b("\0".join(s).encode(), digest_size=8).digest(), "little") for s in shingles]
    return np.array(sorted(found), dtype=np.uint64)


def least_hashes(hashes: NDArray[np.uint64], count: int) -> tuple[int, ...]:
    """The least of all hashes under each of `count` permutations. Nothing for no hashes.

    A permutation adds a number of its own and mixes by the finaliser of SplitMix64 (Steele, Lea and Flood 2014), which is one
    to one. The numbers differ from permutation to permutation, so that equal ones are of the same permutation.
    """
    import numpy as np

    if not len(hashes):
        return ()
    steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(SEED)
    with np.errstate(over="ignore"):
        z = hashes[None, :] + steps[:, None]  # (count, shingles)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return tuple(int(least) for least in (z.min(axis=1) >> np.uint64(64 - BITS)))
