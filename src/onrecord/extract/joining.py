"""One name for the pieces that a name was taken apart into."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, matters, offices, one_of
from onrecord.extract.lands import capital_codes, codes_of, is_demonym
from onrecord.extract.names import titles_before
from onrecord.extract.trimming import changed, with_wholes
from onrecord.records import Article, Mention, MentionKind, Span

_DANGLING = re.compile(r"\w (?:of|for|on|and|in|the|of the|for the)$")
_MEMBERS = re.compile(r"[A-Z]\w+s")
_MORE = r"(?: [A-Z][\w’'-]+){0,2}?"
"""Words of a name before the one that tells what it is of."""
_END = r"(?![\w’'-]| [A-Z][a-z])"
_TRADE = re.compile(rf"{_MORE} (?:{one_of(bodies('trade'), capital=True)}){_END}")
"""Firms: one is often called by a country or by somebody ("Kenya Airways", "Lane Foundation")."""
_SORT = re.compile(rf"(?:(?<=s)['’])?{_MORE} (?:{one_of(bodies('name'), capital=True)}){_END}")
_NATIONAL_TRADE = re.compile(rf"{_MORE} (?:{one_of(bodies('flag'), capital=True)}){_END}")
"""Of the tables' countries: "U.S. Media" are any."""
_NATIONAL = re.compile(r"\w{3,}(?:an|ish|ese)")
_UNFINISHED = frozenset({"organization", "place", "group", "work"})
_OFFICE_OF = re.compile(rf"\b(?:{one_of(offices('of'))}) (?P<link>of|for) $", re.IGNORECASE)
_SEAT_FOR = re.compile(
    r"\b(?:[Mm]ember(?: of [Pp]arliament)?|MP|MSP|MLA|MHA|MLC|TD|[Ss]enator|[Rr]epresentative) (?P<link>for) $"
)
"""Who stands for a place in a parliament: "Member for Harrow Ada Lane"."""
_SAINTS = re.compile(
    r"\b(?:St\.?|Saint) [A-Z][\w’'-]+['’]s? (?:[A-Z][\w-]+ ){0,2}"
    r"(?:Academy|Church|College|Hospice|Hospital|Infirmary|School|Seminary|University)\b"
)
_INSIDE = re.compile(r"\b[Ii]n $")
_INITIALS = re.compile(r"\.(?: ?[A-Z]\.){0,2} ")
_ENDS_BODY = re.compile(rf"\b(?:{one_of(bodies('name', 'called'), capital=True)})$")
_PARTS = frozenset({"organization", "country", "place", "group", "work"})


def joined(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart) with pieces of one name joined; the name takes the lower of their chances."""
    out: list[Mention] = []
    for mention in _after_saints(article, _completed(article, _apart(article, mentions))):
        kind = _joint_kind(article.text, out[-1], mention) if out else None
        if kind is None:
            out.append(mention)
            continue
        first = out.pop()
        span = Span(first.span.start, mention.span.end)
        score = min(first.score, mention.score)
        out.append(changed(article, first, span, kind, score))
    return out


def _apart(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Of three words that were taken for a person ("Prime Minister of Velmark Ada Lane") the first is the country."""
    text, out = article.text, []
    for mention in mentions:
        words = mention.span.of(text).split(" ") if mention.kind == "person" else ()
        before = text[max(0, mention.span.start - 16) : mention.span.start]
        seat = _SEAT_FOR.search(before)
        office = seat or _OFFICE_OF.search(before)
        if office is None or len(words) != 3:
            out.append(mention)
            continue
        cut = mention.span.start + len(words[0])
        pieces: list[tuple[Span, MentionKind]] = [(Span(cut + 1, mention.span.end), "person")]
        if seat or office["link"] == "of":  # "Minister for Tides Ada Lane": no land, nor any other name
            kind: MentionKind = "place" if seat or capital_codes(words[0]) else "country"
            pieces.insert(0, (Span(mention.span.start, cut), kind))
        out += [changed(article, mention, s, k) for s, k in pieces]
    return out


def _completed(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """A body's name goes on to the word that says what sort of body it is: "State Aviation" Inspectorate, "Hearth" Party.

    What was found of that word alone is taken over.
    """
    text, out = article.text, []
    last = 0
    for number, mention in enumerate(mentions):
        if mention.span.start < last:
            continue
        if text[mention.span.start].isupper() and not _NATIONAL.fullmatch(mention.span.of(text)):
            unfinished = mention.kind in _UNFINISHED or (
                mention.kind == "country" and not codes_of(mention.span.of(text))
            )
            found = _trade(article, mention) or (_SORT.match(text, mention.span.end) if unfinished else None)
            following = mentions[number + 1] if number + 1 < len(mentions) else None
            if found is not None and (
                following is None or not found.end() < following.span.end or following.span.start >= found.end()
            ):
                last = found.end()
                span = Span(mention.span.start, last)
                mention = changed(article, mention, span, "organization")
        out.append(mention)
    return out


def _after_saints(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Houses that are called after a saint, of whose names anything was found: "St Quell's Hospital"."""
    wholes = []
    for match in _SAINTS.finditer(article.text):
        lo = bisect_right(mentions, match.start(), key=lambda m: m.span.end)
        hi = bisect_left(mentions, match.end(), key=lambda m: m.span.start)
        span, found = Span(*match.span()), mentions[lo:hi]
        if found and all(span.holds(m.span) and m.kind in _PARTS | {"person"} for m in found):
            score = min(m.score for m in found)
            wholes.append((lo, hi, changed(article, found[0], span, "organization", score)))
    return with_wholes(mentions, wholes)


def _trade(article: Article, mention: Mention) -> re.Match[str] | None:
    """The rest of a firm's name after whatever its first word was taken for: "Bicol" in "Bicol Star Lines"."""
    text, span = article.text, mention.span
    if mention.kind not in _PARTS | {"person"} or (article.headline is not None and article.headline.holds(span)):
        return None
    if " " in span.of(text) and mention.kind == "person":
        return None
    if mention.kind == "country" and is_demonym(span.of(text)):
        return None
    if titles_before(text, span.start):
        return None
    return (_NATIONAL_TRADE if codes_of(span.of(text)) else _TRADE).match(text, span.end)


def _joint_kind(text: str, first: Mention, second: Mention) -> MentionKind | None:
    """What the two are together; None where they are two."""
    between = text[first.span.end : second.span.start]
    if len(between) > len(" of the "):
        return None
    if _is_initial(text, first, second, between):
        return "person"
    return "organization" if _is_body(text, first, second, between) or _is_lands(text, first, second, between) else None


def _is_initial(text: str, first: Mention, second: Mention, between: str) -> bool:
    """A letter that was taken for something else, and the name: "N. Lane"."""
    return (
        len(first.span) == 1
        and _INITIALS.fullmatch(between) is not None
        and second.kind == "person"
        and text[first.span.start].isupper()
    )


def _is_body(text: str, first: Mention, second: Mention, between: str) -> bool:
    """Two organisations side by side, one that ends in the middle of a phrase ("Union of"), or "Mothers" of something."""
    if first.kind != "organization" or not all(text[m.span.start].isupper() for m in (first, second)):
        return False
    name = first.span.of(text)
    if between in (" and ", " & "):
        return second.kind == "organization" and _goes_on(text, name, second.span.of(text))
    if between == " ":
        return second.kind == "organization" or (second.kind in _PARTS and _DANGLING.search(name) is not None)
    if between == " the ":
        return second.kind in _PARTS and name.endswith((" of", " for"))
    # "Mothers of Harrow": a word of people that is a name of its own.
    return (
        between in (" of ", " of the ") and second.kind in ("place", "country") and _MEMBERS.fullmatch(name) is not None
    )


def _is_lands(text: str, first: Mention, second: Mention, between: str) -> bool:
    """A land and its body of several words: "Kenya" and "Tea Growers Union", "Norvian" and "Foreign Ministry"."""
    land, name, start = first.span.of(text), second.span.of(text), first.span.start
    if (first.kind, second.kind, between) != ("country", "organization", " ") or " " not in name:
        return False
    if _NATIONAL.fullmatch(land) is None and (not codes_of(land) or _INSIDE.search(text, max(0, start - 4), start)):
        return False
    return name[0].isupper() and _ENDS_BODY.search(name) is not None


def _goes_on(text: str, first: str, second: str) -> bool:
    """Whether a name goes on after "and", since its first half ends in a matter and tells no sort of body: "Quay Security".

    Or the second half says so itself ("and Allied Workers' Union"), or the article has the letters of the whole: "QSCDC" for
    "Quay Security and Civil Defence Corps".
    """
    if second.startswith("Allied "):
        return True
    if " " not in first or _ENDS_BODY.search(second) is None or _ENDS_BODY.search(first) is not None:
        return False
    last, table = first.split()[-1].casefold(), name_words()
    if last in bodies() | table.heads | table.wholes | table.sorts:
        return False
    letters = "".join(w[0] for w in f"{first} {second}".split() if w[0].isupper())
    matter = last in table.portfolios | table.role_modifiers | matters()
    return matter or re.search(rf"\b{re.escape(letters)}\b", text) is not None
