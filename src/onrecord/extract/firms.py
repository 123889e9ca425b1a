"""Firms by the first word of their name, where the model passed it over or took it for something else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, one_of
from onrecord.extract.holding import holder_of
from onrecord.extract.lands import capital_codes, codes_of, is_demonym, is_known_place
from onrecord.extract.names import titles_before
from onrecord.extract.trimming import changed, with_wholes
from onrecord.records import Article, Mention, Span, mention_id

_CORPORATE = bodies("short") | name_words().sorts
"""Words that say what sort of firm it is, of which its short name is rid."""
_COMMON = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'-])")
_NO_SURNAMES = bodies("short") - {"steel", "cement", "gas", "mining"}
"""Last words of firms' names that are nobody's surname."""
FORMS = frozenset("plc ltd limited inc incorporated corp llc llp gmbh bhd pty".split())
"""Legal forms: what ends in one is a firm, whatever its other words are."""
_FORM = rf"(?:{one_of(FORMS, capital=True)}|PLC|LTD|GmbH|LLC|LLP|INC)\b"
_CAPITAL = rf"(?!{_FORM})[A-Z][\w’'-]*(?<!['’]s)"
_FORMED = re.compile(rf"(?<![\w’'&.-]){_CAPITAL}(?: (?:& |of )?{_CAPITAL}){{0,6}} {_FORM}")
FIRMS_LAST = FORMS | _CORPORATE
"""Last words of firms' names, of which the first may stand for the whole."""
SHORTEST = 4
MOST_FIRMS = 50
"""Firms of an article whose first words are looked for: it bounds the time."""
_OPEN = frozenset({"person", "country", "place", "work"})


def shortened(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart), with every place at which a firm goes by its first word: "Quell" for "Quell Foods"."""
    text = article.text
    mentions = [changed(article, m, m.span, "organization") if _is_firm(text, m) else m for m in mentions]
    firms = _firms(article, mentions)
    if not firms:
        return mentions
    ends = [m.span.end for m in mentions]
    out, added = list(mentions), []
    for match in re.finditer(
        rf"(?<![\w’'&@-])(?:{'|'.join(map(re.escape, sorted(firms)))})(?![\w&@-])(?! [A-Z])", text
    ):
        span = Span(*match.span())
        at = bisect_left(ends, span.start + 1)
        if holder_of(article.furniture, span) is not None:
            continue
        if at == len(mentions) or mentions[at].span.start >= span.end:
            if not _is_corporate(firms[match[0]].span.of(text).split()[1:]):
                continue  # "Western" of "Western Tide Salvage Plc" may be a word
            score = firms[match[0]].score
            added.append(Mention(mention_id(article.id, span, "organization"), span, "organization", None, None, score))
        elif mentions[at].span == span and mentions[at].kind in _OPEN:
            out[at] = changed(article, mentions[at], span, "organization")
    return sorted([*out, *added], key=lambda m: m.span)


def formed(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart), with firms whole up to their legal form: "Quell Bay" and "Plc" of "Quell Bay Tide Plc".

    A form alone is no name. A firm begins with the first name found among the capitals that run to its form, but for persons
    and words for a people.
    """
    text, wholes = article.text, []
    for match in _FORMED.finditer(text):
        lo = bisect_left(mentions, match.start(), key=lambda m: m.span.start)
        hi = bisect_left(mentions, match.end(), key=lambda m: m.span.start)
        while lo < hi and not _may_open(text, mentions[lo]):
            lo += 1
        found = mentions[lo:hi]
        if found and {m.kind for m in found} <= _OPEN | {"organization", "group"}:
            span = Span(found[0].span.start, max(match.end(), found[-1].span.end))
            firm = changed(article, found[0], span, "organization", min(m.score for m in found))
            wholes.append((lo, hi, firm))
    whole = with_wholes(mentions, wholes)
    return [m for m in whole if m.span.of(text).casefold().strip(".") not in FORMS]


def _may_open(text: str, mention: Mention) -> bool:
    name = mention.span.of(text)
    return not ((mention.kind == "person" and " " in name) or (mention.kind == "country" and is_demonym(name)))


def _is_firm(text: str, mention: Mention) -> bool:
    """Whether a name that was taken for a person's ends as firms' do: "Quell Energy"."""
    words = mention.span.of(text).split()
    if mention.kind != "person" or len(words) < 2 or words[-1].casefold() not in _NO_SURNAMES:
        return False
    table, first = name_words(), words[0].casefold()
    return first not in table.his_names | table.her_names and not titles_before(text, mention.span.start)


def _firms(article: Article, mentions: Sequence[Mention]) -> dict[str, Mention]:
    """The first words that mean one firm of the article, and nothing that the tables know or the article writes small."""
    text = article.text
    found: dict[str, Mention] = {}
    others: set[str] = set()
    doubted = {m.span.of(text) for m in mentions if m.kind in ("person", "organization")}
    for mention in mentions:
        words = mention.span.of(text).split()
        first, rest = words[0], [w.casefold().strip(".,") for w in words[1:]]
        firm = mention.kind == "organization" and rest and (_is_corporate(words[1:]) or rest[-1] in FORMS)
        if firm and _is_own(first, doubted):
            if len(found) < MOST_FIRMS:
                found.setdefault(first, mention)
        elif len(words) > 1:
            others.update(words)
    if not found:
        return {}
    small = set(_COMMON.findall(text))
    return {first: m for first, m in found.items() if first not in others and first.casefold() not in small}


def _is_corporate(words: Sequence[str]) -> bool:
    """Whether words after a name tell only what sort of firm it is, and of which country: "Foods Norway Ltd", "& Co"."""
    sorts = [w == "&" or w.casefold().strip(".,") in _CORPORATE for w in words]
    return any(sorts) and all(sort or codes_of(w) for w, sort in zip(words, sorts, strict=True))


def _is_own(word: str, doubted: set[str]) -> bool:
    """Whether a word can be a firm's own: no title or sort of body, no abbreviation, and no place that the tables know.

    A town of the gazetteer can, where the article has its name for something else.
    """
    names, low = name_words(), word.casefold()
    if len(word) < SHORTEST or not word.istitle() or not word.isalpha():
        return False
    if (
        low
        in names.heads
        | names.wholes
        | names.sorts
        | names.titles
        | names.role_modifiers
        | names.role_nouns
        | names.role_stops
    ):
        return False
    town = word in doubted and not (codes_of(word) or capital_codes(word))
    return not ((is_known_place(word) and not town) or low in names.his_names or low in names.her_names)
