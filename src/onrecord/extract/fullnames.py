"""Persons' names of which words were passed over: initials, forenames that are words too, what a particle or a peerage adds."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.linking import NAMED
from onrecord.extract.names import titles_before
from onrecord.extract.trimming import LOUD, capitals_in, changed, with_wholes
from onrecord.records import Article, Mention, Span

_INITIALED = re.compile(r"(?<![\w.’'-])(?:[A-Z]\.[ \u00a0]?){1,3}(?P<last>[A-Z][\w’'-]+\w)(?<!['’]s)")
_INITIAL = re.compile(r"[A-Z]\.")
_WORD_NAME = re.compile(r"(?<![\w’'.&-])(?P<word>Are|Even|May|Odd|Per) $")
"""Forenames that are common words as well, to which the model is blind."""
_OPENS = re.compile(r"(?:^|[.?!:;\n“”\"‘(\[—–-])[ \u00a0]*$")
_OF_TIME = re.compile(
    r"(?:\d|\b(?i:after|and|before|by|during|early|for|from|in|last|late|mid|next|of|or|since|this|to|until))[ -]$"
)
"""What stands before the month."""
_ACTS = re.compile(
    rf" (?:(?:also|later|then) )?(?:\w+ed|\w+[^s]s|{one_of(verb_forms().past)})\b|, (?:who\b|\d|said\b|says\b)"
)
"""What follows a name that is no wish's ("May Lane rest") and no authority's ("Per Lane, it rained")."""
_REST = re.compile(r" (?P<word>[A-Z][\w’'-]*[a-z])(?<!['’]s)(?![\w’'-]*\w)")
_PEERAGE = re.compile(r"\b(?:Baron|Baroness|Lady|Lord|Viscount|Viscountess) $")
_SEATED = frozenset({"person", "country", "place"})
_LEADS_ON = (name_words().particles - {"ben", "le", "mac", "st", "ten"}) | frozenset(
    "dela delas della delos las los san santa".split()
)
"""Words in the middle of a name. Those left out are forenames and surnames too."""


def in_full(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart) with persons' names whole: "K. S. Brandt", "Per Brandt", "Ada de los Prados"."""
    return _peers(article, _led_on(article, _forenamed(article, _initialed(article, mentions))))


def _initialed(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Initials and a surname are one person's where a title says so, or where the name found begins with the second of them."""
    text, wholes = article.text, []
    for match in _INITIALED.finditer(text):
        span = Span(*match.span())
        lo = bisect_right(mentions, span.start, key=lambda m: m.span.end)
        hi = bisect_left(mentions, span.end, key=lambda m: m.span.start)
        found = mentions[lo:hi]
        if not found or found[0].span.start <= span.start or not {m.kind for m in found} <= NAMED:
            continue
        first, last = found[0], found[-1]
        second = first.kind == "person" and _INITIAL.match(text, first.span.start)
        if second or titles_before(text, span.start):
            whole = Span(span.start, max(span.end, last.span.end))
            wholes.append((lo, hi, changed(article, first, whole, "person", min(m.score for m in found))))
    return with_wholes(mentions, wholes)


def _forenamed(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Persons with the forename that reads like a word of no name: "Brandt" in "Per Brandt said"."""
    text, out = article.text, []
    loud: dict[int, bool] = {}
    least = 0
    for mention in mentions:
        start = mention.span.start
        word = _WORD_NAME.search(text, max(least, start - 5), start) if mention.kind in NAMED else None
        least = mention.span.end
        if word is not None and text[start].isupper() and not _is_loud(article, start, loud):
            at = word.start("word")
            if _is_forename(text, word["word"], at, mention):
                mention = changed(article, mention, Span(at, mention.span.end), "person")
        out.append(mention)
    return out


def _is_loud(article: Article, at: int, known: dict[int, bool]) -> bool:
    """Whether the paragraph around a place is set like a headline, as `known` has it."""
    number = bisect_right(article.paragraphs, at, key=lambda p: p.start) - 1
    if number >= 0 and number not in known:
        known[number] = capitals_in(article.paragraphs[number].of(article.text)) > LOUD
    return known.get(number, False)


def _is_forename(text: str, word: str, at: int, mention: Mention) -> bool:
    before, sure = text[max(0, at - 12) : at], mention.kind == "person"
    if _OPENS.search(before) or not before:
        return sure and word != "Even" and _ACTS.match(text, mention.span.end) is not None
    return word == "Per" or (sure and (word != "May" or not _OF_TIME.search(before)))


def _led_on(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Persons' names that broke off at a particle, with the next word: "Ada de los" in "Ada de los Prados"."""
    text = article.text
    out: list[Mention] = []
    last = 0
    for number, mention in enumerate(mentions):
        if mention.span.start < last:
            continue
        words = mention.span.of(text).split()
        if mention.kind == "person" and len(words) > 1 and words[-1].casefold() in _LEADS_ON:
            rest = _REST.match(text, mention.span.end)
            most = next(
                (m.span.end for m in mentions[number + 1 : number + 2] if rest and m.span.start < rest.end()), 0
            )
            if rest is not None and most <= rest.end():
                last = rest.end()
                mention = changed(article, mention, Span(mention.span.start, last))
        out.append(mention)
    return out


def _peers(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Peers with the place that their title is of, which is where nobody is: "Quell" and "Harrow" of "Lord Quell of Harrow"."""
    text, out = article.text, list(mentions[:1])
    for mention in mentions[1:]:
        peer = out[-1]
        joined = (
            peer.kind == "person" and mention.kind in _SEATED and text[peer.span.end : mention.span.start] == " of "
        )
        before = _PEERAGE.search(text, max(0, peer.span.start - 12), peer.span.start) if joined else None
        if before is None or " " in peer.span.of(text) or text.startswith(("'", "’"), mention.span.end):
            out.append(mention)
            continue
        span = Span(peer.span.start, mention.span.end)
        out[-1] = changed(article, peer, span, "person", min(peer.score, mention.score))
    return out
