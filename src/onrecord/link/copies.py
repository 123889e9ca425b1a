"""Wire copies: articles that print the same text, whole, shortened or lightly edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.records import Article

SHINGLE = 3  # words of a shingle
PERMUTATIONS = 128
ROWS = 2  # permutations of a band: two articles are candidates where all rows of one band agree
SEED = 20110322
LEAST_SHARED = 0.3


@dataclass(frozen=True, slots=True)
class Signature:
    """MinHash of an article's shingles, cut into bands. `bands`: 64-bit signed numbers; articles that share one are compared.

    `words`: how many words were read; of a text with fewer than a shingle there are no bands.
    """

    words: int
    bands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts share, by exact sets of shingles: of both together (`jaccard`), and of the shorter (`containment`)."""

    jaccard: float
    containment: float


@dataclass(frozen=True, slots=True)
class Printing:
    """What tells which of several copies is the origin. `moment`: of publication in UTC, `day` the outlet's own."""

    article: str
    day: str | None = None
    moment: str | None = None
    outlet: str | None = None
    agency: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Copies:
    """Articles that print one text: the origin and its copies, earliest first. `id` is a function of the origin."""

    id: str
    origin: str
    copies: tuple[str, ...]


def signature(text: str) -> Signature:
    """Of a text's words, whatever its marks, case and line breaks."""
    raise NotImplementedError


def likeness(a: str, b: str) -> Likeness:
    """Of two texts; exact."""
    raise NotImplementedError


def is_copy(found: Likeness) -> bool:
    """Whether texts that are so alike are copies, one of the other or both of a third."""
    raise NotImplementedError


def printing_of(article: Article) -> Printing:
    """What an article tells of its own printing."""
    raise NotImplementedError


def copies_of(printings: Iterable[Printing], pairs: Iterable[tuple[str, str]]) -> tuple[Copies, ...]:
    """Clusters of the `pairs` (article ids) that `is_copy` found. Versions of one url are no copies of each other."""
    raise NotImplementedError
