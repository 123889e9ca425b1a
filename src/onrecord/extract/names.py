"""How names are read: their words, titles, generations, and how near two spellings are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.codebook.letters import PLAIN
from onrecord.codebook.names import name_words
from onrecord.records import Span

MOST_WORDS = 8
"""Words of a name that count: no person's name has more, and a run of capitals does not stall the linking."""
# One letter wrong in a word of five, two in one of eight: shorter words are too often another real name.
ONE_SLIP, TWO_SLIPS = 5, 8
LONGEST_SLIP = 18  # letters of a word that are compared: the time grows with their square

_WORD = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"(?:['’´`]s?|['’][Ss])$")
_ARABIC_ARTICLE = re.compile(r"^(?:[Aa]l|[Ee]l|[Aa]sh?|[Aa]d|[Aa]r|[Aa]n)[-‑](?=\w{3})")
_NICKNAME = re.compile(r"[\"“”'‘’(]([^\W\d_]{2,})[\"“”'‘’)]")
_EDGES = ' \t\n.,;:!?"“”‘[]{}<>*_-–—/'
_GENERATION_AFTER = re.compile(r",?[ \u00a0](?:Jr|Sr)\b\.?|[ \u00a0](?:III|II|IV)\b")
_LEADING_ARTICLE = re.compile(r"(?:the|an?|The|THE|of|for|of the|for the)\s+(?=\S)")
_LEADING_SMALL = re.compile(r"(?:[a-z-]{3,} )*(?P<word>[a-z-]{3,}) (?=[A-Z][\w’'-]+ )")
"""Words before a name of several words that are none of it: "conservative" in "conservative Harbour Institute"."""
_TITLE_BEFORE = re.compile(r"([^\s,;:!?()\"“”]+)[ \u00a0\n]+$")
SMALL_IN_NAMES = frozenset("a an and at by de for from in of on or the to with &".split())
"""Words of a body's name that have no letter in its short form."""
LONGEST_SHORT = 5
"""Letters of a title that is abbreviated with a full stop ("Capt.", "Insp.")."""
_HONOUR = re.compile(r"H\.[EMHR]\.$")
"""Short for "Her Excellency" and its like, of which the last letter was taken for an initial."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as read: folded words without titles, generation ("jr") and degrees; a nickname in marks or brackets."""

    words: tuple[str, ...]
    generation: str | None = None
    nickname: str | None = None

    @property
    def last(self) -> str:
        return self.words[-1]

    @property
    def first(self) -> str:
        return self.words[0]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """`word` without case, diacritics and marks: "Røndal" is "rondal", "al-Assad" "alassad"."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(PLAIN))
    return "".join(c for c in plain if c.isalnum())


@lru_cache(maxsize=16384)
def words_in(name: str) -> tuple[str, ...]:
    """Folded words of `name`, parted by white space; a possessive ending and an Arabic article are none of it."""
    pieces = (_ARABIC_ARTICLE.sub("", without_possessive(piece)) for piece in name.split())
    return tuple(w for piece in pieces if (w := fold(piece)))[:MOST_WORDS]


def without_possessive(word: str) -> str:
    """`word` without "'s" or the bare apostrophe of a possessive."""
    return _POSSESSIVE.sub("", word)


@lru_cache(maxsize=16384)
def person_name(name: str) -> PersonName:
    """Read a person's printed name. One that is nothing but titles is read as it is printed."""
    table = name_words()
    nickname = _NICKNAME.search(name)
    if nickname is not None and nickname.start() > 0:
        formal = f"{name[: nickname.start()]} {name[nickname.end() :]}"
        name, nickname = (formal, nickname) if words_in(formal) else (name, None)
    words = list(words_in(name))
    generation = None
    while len(words) > 1 and (words[-1] in table.generations or words[-1] in table.degrees):
        last = words.pop()
        generation = last if last in table.generations else generation
    while len(words) > 1 and words[0] in table.kept_titles:
        del words[0]
    return PersonName(tuple(words), generation, fold(nickname[1]) if nickname and nickname.start() > 0 else None)


ON_AIR = frozenset("SOT VOSOT VO NATS NAT PKG SOUNDBITE ACTUALITY".split())
"""What a broadcast's script has before the name of who is heard ("sound on tape")."""


def trimmed_person(text: str, span: Span, end: int) -> Span:
    """`span` without titles before the name and a possessive after it; with the generation that follows before `end`."""
    start, stop = _trimmed_edges(text, span)
    titles = name_words().titles
    pieces = list(_WORD.finditer(text, start, stop))
    if len(pieces) > 1 and _HONOUR.search(text, max(0, start - 2), pieces[0].end()):
        del pieces[0]
    pairs = name_words().paired_titles
    while len(pieces) > 1:
        if len(pieces) > 2 and f"{_title_word(pieces[0][0])} {_title_word(pieces[1][0])}" in pairs:
            del pieces[:2]
        elif _title_word(pieces[0][0]) in titles or pieces[0][0] in {"the", "The", "a", "an"} or pieces[0][0] in ON_AIR:
            del pieces[0]
        else:
            break
    start = pieces[0].start() if pieces else start
    while len(pieces) > 2 and pieces[-1][0].isupper() and _title_word(pieces[-1][0]) in name_words().degrees:
        del pieces[-1]
        stop = start + max(1, len(text[start : pieces[-1].end()].rstrip(" ,")))
    after = _GENERATION_AFTER.match(text, stop)
    if after is not None and after.end() <= end and len(pieces) > 1:
        stop = after.end()
    return Span(start, stop)


def trimmed_name(text: str, span: Span) -> Span:
    """`span` without marks at its edges, a possessive ending and a leading article."""
    start, stop = _trimmed_edges(text, span)
    article = _LEADING_ARTICLE.match(text, start, stop)
    small = _LEADING_SMALL.match(text, start, stop)
    if small is not None and small["word"] not in name_words().particles:
        start = small.end()
    return Span(max(start, article.end()) if article else start, stop)


def _trimmed_edges(text: str, span: Span) -> tuple[int, int]:
    start, stop = span.start, span.end
    while start < stop - 1 and text[start] in _EDGES + "'’)":
        start += 1
    while stop > start + 1 and text[stop - 1] in _EDGES + "(" and not _abbreviated(text, start, stop):
        stop -= 1
    possessive = _POSSESSIVE.search(text[start:stop])
    if possessive is not None and possessive.start() > 0:
        stop = start + possessive.start()
    return start, stop


def _abbreviated(text: str, start: int, stop: int) -> bool:
    # The full stop of "Jr.", "U.S." and "Inc." is part of the name.
    tail = text[max(start, stop - 5) : stop]
    return text[stop - 1] == "." and bool(re.search(r"(?:\b(?:Jr|Sr|Inc|Corp|Co|Ltd)|[A-Z])\.$", tail))


def _title_word(word: str) -> str:
    return word.casefold().strip(".,\"“‘'")


def titles_before(text: str, start: int, least: int = 0) -> tuple[str, ...]:
    """The titles that end where a name starts, nearest first, in small letters without full stops."""
    table, out = name_words(), []
    at = start
    # No title has more words ("former Deputy Prime Minister").
    for _ in range(5):
        found = _TITLE_BEFORE.search(text, max(least, at - 30), at)
        word = _title_word(found[1]) if found else ""
        if found is None or not (word in table.titles or word in table.kept_titles):
            break
        if found[1].endswith(".") and (len(word) > LONGEST_SHORT or found[1][0].islower()) and found[1].count(".") == 1:
            break  # the end of a sentence: "They saw the general. Lane was late."
        out.append(word)
        at = found.start(1)
    return tuple(out)


def families(forename: str) -> Iterator[str]:
    """What two forms of one forename have in common: itself, and the names that it is a usual short form of."""
    yield forename
    yield from sorted(name_words().nicknames.get(forename, ()))


SHORTEST_PAIRED = 3
"""Letters of his form of a forename to which hers may add an "a"."""


def paired(a: str, b: str) -> bool:
    """Whether two forenames are his and her form of one: Jan and Jana, Mario and Maria, Michel and Michelle."""
    his, hers = name_words().his_names, name_words().her_names
    for one, other in ((a, b), (b, a)):
        if len(one) < SHORTEST_PAIRED or one in hers or (other in his and other not in hers):
            continue
        if other in (f"{one}a", f"{one}{one[-1]}e") or (
            one.endswith("o") and other in (f"{one[:-1]}a", f"{one[:-1]}e")
        ):
            return True
        if one in his and (other == f"{one}e" or (one.endswith("er") and other == f"{one[:-2]}ra")):
            return True
    return False


def is_slip(a: str, b: str) -> bool:
    """Whether one word is the other misspelt: the same first letter, one edit in five letters or two in eight, no plural."""
    if a == b or a[:1] != b[:1] or f"{a}s" == b or f"{b}s" == a:
        return False
    shorter = min(len(a), len(b))
    allowed = 2 if shorter >= TWO_SLIPS else 1 if shorter >= ONE_SLIP else 0
    return abs(len(a) - len(b)) <= allowed and _distance(a[:LONGEST_SLIP], b[:LONGEST_SLIP]) <= allowed


def _distance(a: str, b: str) -> int:
    """Damerau's distance of adjacent letters (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
