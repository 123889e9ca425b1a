"""Bodies that an article calls by letters alone, where the model passed them over."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.codebook.names import name_words
from onrecord.extract.lands import codes_of
from onrecord.extract.trimming import changed, with_wholes
from onrecord.records import Article, Mention, MentionKind, Span, mention_id

_LETTERS = re.compile(r"(?<![\w’'.&@#$/-])[A-Z]{2,6}(?![\w.&@/-])")
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,5}(?!\w)")
_SPEAKS = re.compile(
    r" (?:has |have |had |since |also |later |now |then |earlier |on \w+ )*(?:said|says|say|told|tells|added|adds|alleged|alleges"
    r"|claimed|claims|denied|denies|warned|warns|announced|announces|welcomed|welcomes|rejected|rejects|condemned|condemns|accused|accuses"
    r"|confirmed|confirms|reported|reports|insisted|insists|argued|argues|urged|urges|demanded|demands|noted|notes|stated|states"
    r"|believes|expects|estimates|predicted|predicts|criticised|criticized)\b"
)
OFFICES = frozenset("PM CM CEO CFO COO CTO AG IG IGP DG CS PS DC VP MD FM PRO PPRO".split())
"""Letters that are short for an office in many lands; others are where the article writes the office with capitals."""
_THE = re.compile(r"\b[Tt]he $")
LEAST = 3
"""Letters of a name that is known from another place of the article; of one that is not, two will do, since it speaks."""
MOST_NAMES = 50
"""Names of letters of which it is looked up whether they are short for an office."""
CAPITALS = 0.5
"""Share of a paragraph's letters that are large from which large letters tell nothing."""


def dotted(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart), letters with full stops whole that are known: "U" and "N" of "U.N."."""
    text, wholes = article.text, []
    for match in _DOTTED.finditer(text):
        span, name = Span(*match.span()), match[0]
        lo = bisect_right(mentions, span.start, key=lambda m: m.span.end)
        hi = bisect_left(mentions, span.end, key=lambda m: m.span.start)
        touched = mentions[lo:hi]
        if not touched or not all(span.holds(m.span) and len(m.span) < len(span) - 1 for m in touched):
            continue
        kind: MentionKind = "country" if codes_of(name) else "organization"
        if kind == "organization" and name.replace(".", "").casefold() not in name_words().same:
            continue  # somebody's initials
        wholes.append((lo, hi, changed(article, touched[0], span, kind, min(m.score for m in touched))))
    return with_wholes(mentions, wholes)


def lettered(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart), with every other place of names of letters, and those that speak: "The QFA said"."""
    text = article.text
    kinds: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    scores: dict[str, float] = {}
    for m in mentions:
        name = m.span.of(text)
        if m.kind in ("organization", "group") and _LETTERS.fullmatch(name):
            kinds[name][m.kind] += 1
            scores[name] = max(scores.get(name, 0.0), m.score)
    starts = [m.span.start for m in mentions]
    loud = _loud(article)
    louds = [p.start for p in loud]
    bodies: dict[str, bool] = {}
    added, least = [], min((m.score for m in mentions), default=1.0)
    for match in _LETTERS.finditer(text):
        span, name = Span(match.start(), match.end()), match[0]
        at = bisect_right(starts, span.end - 1) - 1
        inside = bisect_right(louds, span.start) - 1
        if (
            (at >= 0 and mentions[at].span.end > span.start)
            or (inside >= 0 and loud[inside].holds(span))
            or _is_no_body(name)
        ):
            continue
        known = kinds[name].most_common(1)[0][0] if name in kinds and len(name) >= LEAST else None
        if known is None and not (_speaks(text, span) and _is_body(text, name, bodies)):
            continue
        kind: MentionKind = known or "organization"
        score = scores.get(name, least)
        added.append(Mention(mention_id(article.id, span, kind), span, kind, None, None, score))
    return sorted([*mentions, *added], key=lambda m: m.span) if added else list(mentions)


def _loud(article: Article) -> list[Span]:
    """Paragraphs in capitals, and furniture."""
    out = list(article.furniture)
    for p in article.paragraphs:
        words = p.of(article.text)
        letters = sum(map(str.isalpha, words))
        if letters and sum(map(str.isupper, words)) >= CAPITALS * letters:
            out.append(p)
    return sorted(out)


def _speaks(text: str, span: Span) -> bool:
    the = _THE.search(text, max(0, span.start - 4), span.start)
    return the is not None and _SPEAKS.match(text, span.end) is not None


def _is_body(text: str, name: str, known: dict[str, bool]) -> bool:
    """Whether letters are of no office, as `known` has it; of more than MOST_NAMES no more is asked, which bounds the time."""
    if name not in known and len(known) < MOST_NAMES:
        known[name] = not _is_office(text, name)
    return known.get(name, False)


def _is_no_body(name: str) -> bool:
    low = name.casefold()
    table = name_words()
    return bool(codes_of(name)) or low in table.titles | table.degrees | table.generations | table.role_nouns


def _is_office(text: str, letters: str) -> bool:
    """Whether letters are short for what somebody is: known to be, or spelt out in the article ("Press Officer", PO)."""
    if letters in OFFICES:
        return True
    words = r"[\s-]+(?:of\s+)?".join(rf"{c}[\w’']*" for c in letters)
    nouns = name_words().role_nouns
    return any(match[0].casefold().split()[-1] in nouns for match in re.finditer(rf"\b{words}", text))
