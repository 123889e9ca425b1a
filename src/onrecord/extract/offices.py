"""What a minister is minister for, and other words with a capital that name nobody: no names of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, offices, one_of
from onrecord.extract.lands import is_known_place
from onrecord.extract.trimming import changed
from onrecord.records import Article, Mention, Span

_HOLDERS = one_of(offices("holds"))
_HELD = re.compile(rf"\b(?:under-?)?(?:{_HOLDERS})s?(?: of state)?,? (?P<link>for|of|on) (?:the )?$", re.IGNORECASE)
_HOLDS = re.compile(rf" (?:(?:and )?[A-Z][a-z]+ ){{0,2}}(?i:{_HOLDERS}|officer|spokes(?:man|woman|person))s?\b")
_LEADS = re.compile(r"\b(?:[Hh]ead|Chief|Commissioner|Director|Director[- ]General|Manager|President|Secretary), $")
"""Who leads what a comma parts from his office: "the Head, Corporate Affairs"."""
_SPEAKING = re.compile(r" (?:Communications?|Information|Media|Press|Public (?:Affairs|Relations))$")
_SPEAKER = re.compile(r" (?:[A-Z][a-z]+ )?(?:Attach[eé]|Chief|Director|Manager|Officer|Secretary|Undersecretary)\b")
_SMALL = frozenset({"and", "the", "of", "for", "&"})
_BODIES = bodies("called", "members") | {
    "campaign",
    "communist",
    "company",
    "exchange",
    "fund",
    "junta",
    "team",
    "treasury",
}
"""Modifiers that are bodies by themselves."""
_LOOSE = frozenset({"organization", "country", "place", "work"})
REACH = 40
"""Characters before a name in which the word for who holds the office begins."""


def without_portfolios(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` without the matters that an office is for ("Housing" in "the Minister for Housing") and words all in small."""
    whole = _parted(article, mentions)
    return [_bare(article, m) for m in whole if not (m.kind in _LOOSE and _is_none(article.text, m.span))]


def _parted(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` with forenames that were taken for a part of an office: "Health Ada" in "the Minister for Health Ada Lane"."""
    text, out = article.text, list[Mention]()
    for mention in mentions:
        first = out[-1] if out else None
        if mention.kind == "person" and first is not None and text[first.span.end : mention.span.start] == " ":
            matter = _held_before(text, first) if first.kind in _LOOSE else 0
            if matter:
                out[-1] = changed(article, mention, Span(first.span.start + matter, mention.span.end))
                continue
        out.append(mention)
    return out


def _held_before(text: str, mention: Mention) -> int:
    """Characters of a mention that tell what an office is for, the rest being one forename; 0 where it is none such."""
    matter, _, forename = mention.span.of(text).rpartition(" ")
    held = _HELD.search(text, max(0, mention.span.start - REACH), mention.span.start) if matter else None
    return len(matter) + 1 if held and forename.istitle() and is_portfolio(matter) and not is_portfolio(forename) else 0


def _bare(article: Article, mention: Mention) -> Mention:
    """A body without what its officer is for: "Palace" in "Palace Press Officer"."""
    name = mention.span.of(article.text)
    cut = _SPEAKING.search(name) if mention.kind == "organization" else None
    if cut is None or not _SPEAKER.match(article.text, mention.span.end):
        return mention
    return changed(article, mention, Span(mention.span.start, mention.span.start + cut.start()))


def is_portfolio(name: str) -> bool:
    """Whether words are those for what an office looks after: "Foreign Affairs", "Water Resources"."""
    table = name_words()
    words = [w.casefold().strip(",") for w in name.split()]
    if words[-1] in _BODIES | table.heads | table.wholes:
        return False
    return all(w in table.portfolios | table.role_modifiers | _SMALL for w in words)


def _is_none(text: str, span: Span) -> bool:
    name = span.of(text)
    if name.isalpha() and name.islower():
        return True
    held = _HELD.search(text, max(0, span.start - REACH), span.start)
    if held is None:
        leads = _LEADS.search(text, max(0, span.start - REACH), span.start)
        return (leads or _HOLDS.match(text, span.end)) is not None and is_portfolio(name)
    if is_portfolio(name):
        return True
    # An envoy for a land has one; a minister for one word that is no known place has a portfolio ("Minister for Tides").
    return (
        held["link"] == "for" and held[0][:8].casefold() == "minister" and " " not in name and not is_known_place(name)
    )
