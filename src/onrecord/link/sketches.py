"""Sketches of words: a few bits by which most pairs of sayings that share a band by chance are told apart unread.

Each word sets one of BITS bits, by its hash. A bit that only the shorter saying has is a word of it, at least, that the longer
has not: so there are no more words in common than are left, and where these are too few the two are not alike. Nothing that is
alike is ever passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.link.hashing import bits_set, word_hashes
from onrecord.link.utterances import ALONE, ROUNDING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bits = NDArray[np.uint64]
    Numbers = NDArray[np.int64]

BITS = 256
"""Of a sketch: a quotation of thirty words sets an eighth of them, and shares four with another by chance."""


def sketches_of(several: Sequence[Sequence[str]]) -> Bits:
    """A row of bits for the folded words of each saying. Shape: (sayings, BITS / 64)."""
    import numpy as np

    sizes = [len(words) for words in several]
    places = word_hashes([word for words in several for word in words]) % np.uint64(BITS)
    bits = np.zeros((len(several), BITS), np.uint8)
    bits[np.repeat(np.arange(len(several)), sizes), places.astype(np.int64)] = 1
    return np.packbits(bits, axis=1).view(np.uint64)


def may_be_alike(words: Numbers, bits: Bits, others: Numbers, their_bits: Bits) -> NDArray[np.bool_]:
    """Which pairs `onrecord.link.alike_words` may find alike: of each saying of a pair how many words it has, and its sketch.

    Shapes: (pairs,), (pairs, BITS / 64).
    """
    import numpy as np

    few = np.minimum(words, others)
    left = np.where(
        words == others,
        np.minimum(_only(bits, their_bits), _only(their_bits, bits)),
        np.where(words < others, _only(bits, their_bits), _only(their_bits, bits)),
    )
    common = few - left
    needed = np.zeros(len(few))
    for least, share in ALONE:
        needed[few >= least] = share
    enough: NDArray[np.bool_] = 2 * common >= needed * (few + common) - ROUNDING
    return enough & (few >= ALONE[0][0])


def _only(bits: Bits, others: Bits) -> Numbers:
    """How many bits of each row the other has not. Shape: (pairs,)."""
    return bits_set(bits & ~others)
