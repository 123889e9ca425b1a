"""Wire copies: articles that print the same text, whole, shortened or edited.

Candidates come from MinHash (Broder 1997) over shingles of words, indexed by single hashes: two articles that share LEAST_BANDS
of their bands are compared, and the exact sets of shingles decide. A shortened copy is one too, so shares are counted of the
shorter text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.analysis.quotes import pair_marks
from onrecord.extract.names import fold
from onrecord.link.hashing import bits_set, least_hashes, shingle_hashes, word_hashes
from onrecord.records import Article, tagged_hash

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]

# Chosen by benchmarks/copies.py on the invented stories and the demo, where 30 of 1,239 pairs of a story are copies.
SHINGLE = 4  # words of a shingle of the signature
BANDS = 96
LEAST_BANDS = 2  # of a copy's 96 bands at least two agree in more than 99 cases of 100, of unrelated texts' once in 200
WHOLE_SHINGLE, LEAST_WHOLE = 3, 0.13  # of all words, marks aside
NARRATION_SHINGLE, LEAST_NARRATION = (
    2,
    0.2,
)  # outside quotation marks: two reporters quote one speech in their own words
LEAD, LEAST_LEAD = (
    100,
    0.13,
)  # first words of one found in the other: a follow-up repeats the background, a copy the news
MOSTLY = 0.5  # from this share on a copy may have another beginning
LEAST_NAMES = 0.4  # names of the shorter found in the other
FEW_NUMBERS, LEAST_NUMBERS = 6, 0.4  # and numbers, where there are many: reports of one mould have their own
LEAST_SHARED = 20  # shingles of all words: a handful of common turns is no copy
LEAST_WORDS = 20  # a shorter text tells too little
LEAST_NARRATED = 30  # words outside quotation marks from which narration is compared
SLACK = 0.9  # of what a copy must share by exact sets: two shingles of one 32-bit hash count once

_ROOM = 24  # times as many bits as hashes, or more: hardly two unrelated texts in a thousand seem alike by them
_FLAGS = 1 << 22  # bits that are laid out together, a byte each
_AT_ONCE = 1_000  # pairs that are compared together

_PARAGRAPH = re.compile(r"\n\s*\n")
_WORD = re.compile(r"\S+")
_SENTENCE_START = re.compile(r"[.?!:]['\"’”»)]*$")
_LAST_DAY = "9999"
# A shingle of these alone is every text's.
_EMPTY = frozenset(
    "a an the and or but of to in on at for by with from as that this it its is was were be been has had have he she they his her"
    " their not who which said says will would after before".split()
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Of an article's words. `bands`: whole numbers below 2^48; articles that share LEAST_BANDS of them are candidates.

    `shingles`: hashes of its shingles of words, 32 bits each, sorted; by them `may_be_copies` tells which candidates are worth
    comparing. A text of fewer words than a copy needs has neither.
    """

    words: int
    bands: tuple[int, ...]
    shingles: bytes


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts share (0 to 1), by exact sets. Each share is of the smaller set.

    `shared`: how many shingles of all words they have in common; `jaccard`: of both together; `whole`: of the shorter text;
    `narration`: outside quotation marks, None where one text has hardly any; `lead`: the first words of one in the other, the
    better way round; `names`: capitalised words within sentences; `numbers`: None where there are few.
    """

    shared: int
    jaccard: float
    whole: float
    narration: float | None
    lead: float
    names: float
    numbers: float | None


@dataclass(frozen=True, slots=True)
class Printing:
    """What tells which of several copies is the origin. `day` is the outlet's own, `moment` in UTC."""

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


@dataclass(frozen=True, slots=True)
class _Shape:
    """A text as it is compared."""

    words: tuple[str, ...]
    whole: frozenset[tuple[str, ...]]
    narration: frozenset[tuple[str, ...]]
    lead: frozenset[tuple[str, ...]]
    names: frozenset[str]
    numbers: frozenset[str]


def signature(text: str) -> Signature:
    """Of a text's words, whatever its marks, case and line breaks. A text's signature never changes: it is stored."""
    words = _words(text)
    if len(words) < LEAST_WORDS:
        return Signature(len(words), (), b"")
    hashes = word_hashes(words)
    bands = least_hashes([shingle_hashes(hashes, SHINGLE)], BANDS)[0]
    return Signature(len(words), tuple(bands.tolist()), _short(shingle_hashes(hashes, WHOLE_SHINGLE)).tobytes())


def may_be_copies(a: bytes, b: bytes) -> bool:
    """Whether texts with these `Signature.shingles` share so many that they may be copies; where not, they are none."""
    import numpy as np

    few, many = sorted((np.frombuffer(a, np.uint32), np.frombuffer(b, np.uint32)), key=len)
    if not len(few):
        return False
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    shared = int(np.count_nonzero(many[at] == few))
    return shared >= SLACK * LEAST_SHARED and shared >= SLACK * LEAST_WHOLE * len(few)


def those_like(new: Sequence[bytes], others: Sequence[bytes], pairs: Numbers) -> Mask:
    """`may_be_copies` of many pairs at once: each of a place among `new` and one among `others`. Shape: (pairs, 2), of what is
    returned (pairs,).
    """
    import numpy as np

    if not len(pairs):
        return np.zeros(0, np.bool_)
    several = [*new, *others]
    sizes = np.array([len(one) // 4 for one in several], np.int64)
    bits = _sketched(several, 1 << max(6, (_ROOM * int(sizes.mean())).bit_length()))
    own = bits_set(bits)
    a, b = pairs[:, 0], pairs[:, 1] + len(new)
    # A bit that only the fewer hashes set is one of theirs, at least, that the others lack: so no more are shared than are left.
    few, fewest = np.minimum(sizes[a], sizes[b]), np.where(sizes[a] <= sizes[b], a, b)
    most = few - own[fewest]
    for start in range(0, len(pairs), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        most[some] += bits_set(bits[a[some]] & bits[b[some]])
    found: Mask = (few > 0) & (most >= SLACK * LEAST_SHARED) & (most >= SLACK * LEAST_WHOLE * few)
    for k in np.flatnonzero(found).tolist():
        found[k] = may_be_copies(several[a[k]], several[b[k]])
    return found


def _sketched(several: Sequence[bytes], room: int) -> NDArray[np.uint64]:
    """A row of `room` bits for each text, set by the lower bits of its hashes. Shape: (texts, room / 64)."""
    import numpy as np

    rows = np.zeros((len(several), room // 64), np.uint64)
    at_once = max(1, _FLAGS // room)
    for start in range(0, len(several), at_once):
        some = several[start : start + at_once]
        owner = np.repeat(np.arange(len(some)), [len(one) // 4 for one in some])
        flags = np.zeros(len(some) * room, np.uint8)
        flags[owner * room + (np.frombuffer(b"".join(some), np.uint32) & np.uint32(room - 1))] = 1
        rows[start : start + at_once] = np.packbits(flags).view(np.uint64).reshape(len(some), -1)
    return rows


def likeness(a: str, b: str) -> Likeness:
    """Of two texts; exact, and the same either way round."""
    x, y = _shape(a), _shape(b)
    whole = len(x.whole & y.whole)
    few = min(len(x.numbers), len(y.numbers)) < FEW_NUMBERS
    bare = min(len(x.narration), len(y.narration)) < LEAST_NARRATED
    return Likeness(
        shared=whole,
        jaccard=whole / max(1, len(x.whole | y.whole)),
        whole=_share(x.whole, y.whole),
        narration=None if bare else _share(x.narration, y.narration),
        lead=max(_part(x.lead, y.whole), _part(y.lead, x.whole)),
        names=_share(x.names, y.names),
        numbers=None if few else _share(x.numbers, y.numbers),
    )


def is_copy(found: Likeness) -> bool:
    """Whether texts that are so alike are copies, one of the other or both of a third."""
    return (
        found.shared >= LEAST_SHARED
        and found.whole >= LEAST_WHOLE
        and (found.narration is None or found.narration >= LEAST_NARRATION)
        and (found.lead >= LEAST_LEAD or found.whole >= MOSTLY)
        and found.names >= LEAST_NAMES
        and (found.numbers is None or found.numbers >= LEAST_NUMBERS)
    )


def printing_of(article: Article) -> Printing:
    """What an article tells of its own printing."""
    published = article.published
    return Printing(
        article=article.id,
        day=published.date if published else article.dateline.date if article.dateline else None,
        moment=published.time if published else None,
        outlet=article.outlet,
        agency=article.agency,
        url=article.url,
    )


def copies_of(printings: Iterable[Printing], pairs: Iterable[tuple[str, str]]) -> tuple[Copies, ...]:
    """Clusters of the `pairs` (of article ids) that `is_copy` found, sorted by id.

    Versions of one url are no copies of each other: a pair of them joins nothing. Where another article is a copy of both,
    all three are one cluster. Pairs with an article that is not among `printings` are passed over.
    """
    known = {p.article: p for p in printings}
    joined = [(a, b) for a, b in pairs if a in known and b in known and not _versions(known[a], known[b])]
    clusters = []
    for members in components(joined):
        ranked = sorted((known[m] for m in members), key=lambda p: _rank(p, [known[m] for m in members]))
        origin = ranked[0].article
        clusters.append(Copies(tagged_hash("cpy", origin), origin, tuple(p.article for p in ranked[1:])))
    return tuple(sorted(clusters, key=lambda c: c.id))


def components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The connected parts of a graph, each sorted, in the order of their first members."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in pairs:
        x, y = sorted((root(a), root(b)))
        parent[y] = x
    parts: dict[str, list[str]] = {}
    for node in sorted(parent):
        parts.setdefault(root(node), []).append(node)
    return sorted(parts.values())


def _versions(a: Printing, b: Printing) -> bool:
    return a.url is not None and a.url == b.url


def _rank(printing: Printing, cluster: Sequence[Printing]) -> tuple[str, bool, str, str]:
    """Day first, since not all tell the hour; then the agency that others of the cluster name; then the hour."""
    named = {fold(p.agency) for p in cluster if p.agency}
    outlet = fold(printing.outlet or "")
    short = "".join(word[0] for word in _words((printing.outlet or "").replace("-", " ")))
    own = bool(outlet) and any(outlet.startswith(n) or n.startswith(outlet) or n == short for n in named)
    return printing.day or _LAST_DAY, not own, printing.moment or _LAST_DAY, printing.article


# Texts as sets.


def _words(text: str) -> tuple[str, ...]:
    return tuple(w for word in text.split() if (w := fold(word)))


def _short(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The upper half of each, each once, sorted. Shape: (distinct hashes,)."""
    import numpy as np

    return np.unique((hashes >> np.uint64(32)).astype(np.uint32))


def _shingles(words: Sequence[str], size: int) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(words[i:] for i in range(size)), strict=False))


@lru_cache(maxsize=256)
def _shape(text: str) -> _Shape:
    words = _words(text)
    narration = _narration(text)
    plain = frozenset(s for s in _shingles(narration, NARRATION_SHINGLE) if not _EMPTY.issuperset(s))
    return _Shape(
        words=words,
        whole=_shingles(words, WHOLE_SHINGLE),
        narration=plain,
        lead=_shingles(words[:LEAD], WHOLE_SHINGLE),
        names=frozenset(_names(text)),
        numbers=frozenset(w for w in words if w[0].isdigit()),
    )


def _narration(text: str) -> tuple[str, ...]:
    """The words outside quotation marks."""
    out: list[str] = []
    for paragraph in _PARAGRAPH.split(text):
        quoted = pair_marks(paragraph).quotations
        starts = [q.open if q.open is not None else 0 for q in quoted]
        ends = [q.close if q.close is not None else len(paragraph) for q in quoted]
        for match in _WORD.finditer(paragraph):
            before = bisect_right(starts, match.start()) - 1
            if (before < 0 or match.start() > ends[before]) and (word := fold(match[0])):
                out.append(word)
    return tuple(out)


def _names(text: str) -> Iterable[str]:
    """Capitalised words that do not begin a sentence."""
    before = "."
    for match in _WORD.finditer(text):
        if match[0][0].isupper() and not _SENTENCE_START.search(before) and (word := fold(match[0])):
            yield word
        before = match[0]


def _share(a: frozenset[object] | frozenset[str], b: frozenset[object] | frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def _part(part: frozenset[object], whole: frozenset[object]) -> float:
    return len(part & whole) / max(1, len(part))
