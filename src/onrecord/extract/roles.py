"""What an article calls its persons: the words of office that stand before a name, or beside it between commas."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.countries import countries
from onrecord.codebook.names import name_words
from onrecord.extract.holding import holder_of
from onrecord.extract.lands import OF_A_STATE, codes_of
from onrecord.extract.names import LONGEST_SHORT, without_possessive
from onrecord.records import Article, Role, Span

LONGEST = 12  # words of a role
REACH = 120  # characters beside a name in which one is looked for
MOST_LOOKS = 200  # mentions of one person that are looked at
LOOSE_WORDS = 3  # words of unknown sort that may stand before what somebody is ("oil and gas" is cut to what is sure)

_ITEM = re.compile(r"[^\s,;:()\[\]\"“”‘—–]+|[,;:()\[\]\"“”‘—–]|\n\s*\n")
_PLAIN_TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady dame hrm hrh excellency haji hajj hajjah cde alh mzee mheshimiwa pandit swami ratu".split()
)
_ARTICLES = frozenset({"the", "a", "an"})
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})
_SUBJECTS = frozenset({"he", "she", "they", "we", "i", "it", "who", "you"})
_LINKS = frozenset({"of", "for", "at", "to", "in", "from", "with", "on", "and", "the", "a", "an", "&"})
_FOR_A_MATTER = frozenset(
    {"minister", "secretary", "state", "commissioner", "envoy", "representative", "rapporteur", "director"}
)
"""Offices that are for a matter and not for somebody: "Minister for Tides", but "a spokesman for Mayor Lane"."""
_PREPOSITIONS = frozenset({"of", "for", "at", "to", "in", "from", "with", "on"})
# Titles and words in "-ist" that do not say what somebody is.
_NO_NOUNS = frozenset(
    {"then", "former", "vice", "prime", "exist", "insist", "assist", "resist", "persist", "consist", "enlist"}
)
_ROLE_ENDINGS = ("woman", "person", "ologist", "maker", "holder", "keeper", "-general", "-elect", "master")
_VOICES = (
    "spokes",
    "lawyer",
    "attorney",
    "aide",
    "adviser",
    "advisor",
    "solicitor",
    "assistant",
    "secretary",
    "deputy",
)
"""What those are called who speak or act for somebody else."""
_TELLS = frozenset("said says told tells confirmed confirms added declined denied replied wrote announced".split())
_AGE = re.compile(r"\s*,\s*(?:\d{1,3}|[A-Z]-[A-Z][\w.]*)(?=\s*,)")
_ASKED = re.compile(r"(?:^|[.?!”\"\n]\s*)[A-Z][a-z]+(?: [a-z]+){0,3} (?:by|to|with|from|in) (?:the )?$")
"""How a sentence opens with a phrase that ends in a name: "Contacted by X"."""
_OPENS = re.compile(r"\s*,\s+(?=[\w“‘])")
_ABBREVIATED = re.compile(
    r"(?:[A-Z]\.)+$|(?:^|-)(?:Hon|Engr|Atty|Cllr|Supt|Insp|Cpl|Brig|Amb|Pres|Sen|Rep|Gov|Gen|Col|Lt|Maj|Capt|Cmdr|Adm|Sgt|Prof|Rev|Dr|Mr|Mrs|Ms|Jr|Sr|St|Inc|Corp|Co)s?\.$"
)


class _Piece:
    """A word or mark of the text, and where it stands."""

    __slots__ = ("end", "low", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.end = text, start, start + len(text)
        self.low = text.casefold().strip(".'’")

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] in "'’&"

    @property
    def ends(self) -> bool:
        """Whether a sentence ends with it."""
        return self.text[-1] in ".?!" and not _ABBREVIATED.search(self.text)


def roles_of(article: Article, spans: Sequence[Span]) -> tuple[Role, ...]:
    """The different roles that stand with the mentions of one person, in text order.

    A role is verbatim text without the name, a leading article and commas ("US defence chief"); `as_of` is the article's day.
    """
    day = article.published.date if article.published else article.dateline.date if article.dateline else None
    found: dict[str, Role] = {}
    for span in spans[:MOST_LOOKS]:
        bounds = _paragraph(article, span)
        for role in (_before(article.text, span, bounds), _after(article.text, span, bounds)):
            if role is not None:
                found.setdefault(" ".join(role.of(article.text).casefold().split()), Role(role, day))
    return tuple(sorted(found.values(), key=lambda role: role.span))


def office_before(article: Article, span: Span) -> Span | None:
    """The words of office right before a name: "Minister for Tides" in "Minister for Tides Ada Lane"."""
    role = _before(article.text, span, _paragraph(article, span))
    return role if role is not None and article.text[role.end : span.start].isspace() else None


def country_in(role: str) -> str | None:
    """The country that a role's words name: before what somebody is ("Russian minister"), or as all that follows "of"."""
    front, _, back = role.partition(" of ")
    places = (m.end() for name in countries().homonyms for m in re.finditer(rf"\b{re.escape(name)}\b", role))
    if any(OF_A_STATE.match(role, end) for end in places):
        return None
    words = [without_possessive(w).strip(",") for w in re.split(r" (?:to|for|at|in|from|with|on) ", front)[0].split()]
    for start in range(len(words)):
        for size in (3, 2, 1):
            codes = codes_of(" ".join(words[start : start + size])) if start + size <= len(words) else ()
            # New Mexico is none.
            if len(codes) == 1 and words[start - 1 : start] != ["New"]:
                return codes[0]
    codes = codes_of(back)
    return codes[0] if len(codes) == 1 else None


def _paragraph(article: Article, span: Span) -> Span:
    return holder_of(article.paragraphs, span) or Span(0, len(article.text))


def _pieces(text: str, start: int, end: int) -> list[_Piece]:
    return [_Piece(m[0], m.start()) for m in _ITEM.finditer(text, start, end)]


def _is_role(piece: _Piece) -> bool:
    table = name_words()
    low = without_possessive(piece.low)
    if low in _PLAIN_TITLES or low != piece.low:
        return False
    # "then-Sen.", "ex-minister".
    noun = low.rsplit("-", 1)[-1]
    if noun in table.role_nouns or (noun in table.titles and noun not in _NO_NOUNS) or low.endswith(_ROLE_ENDINGS):
        return True
    return low.endswith("ist") and len(low) > 5 and low not in _NO_NOUNS


# Before the name: "Russian Defence Minister X", "the US defence chief, X,".


def _before(text: str, span: Span, bounds: Span) -> Span | None:
    pieces = _pieces(text, max(bounds.start, span.start - REACH), span.start)
    apposed = bool(pieces) and pieces[-1].text == ","
    if apposed:
        del pieces[-1]
    while pieces and pieces[-1].low in _PLAIN_TITLES:
        del pieces[-1]
    if not pieces or (pieces[-1].ends and (pieces[-1].text[0].islower() or len(pieces[-1].low) > LONGEST_SHORT)):
        return None  # "… the course of justice. Ada Lane was cleared"
    if _is_role(pieces[-1]):
        return _represented(pieces, apposed=apposed) or _phrase_to(pieces, apposed=apposed)
    return _office_of(pieces, apposed=apposed)


def _represented(pieces: Sequence[_Piece], *, apposed: bool) -> Span | None:
    """The whole phrase in which the last piece is only whom somebody speaks for: "a spokesman for the minister, X,"."""
    if not apposed or len(pieces) < 4 or pieces[-2].low not in _ARTICLES:
        return None
    if pieces[-3].low not in {"for", "of", "to"} or not pieces[-4].low.startswith(_VOICES):
        return None
    head = _phrase_to(pieces[:-3], apposed=apposed)
    return Span(head.start, pieces[-1].end) if head else None


def _phrase_to(pieces: Sequence[_Piece], *, apposed: bool) -> Span | None:
    """The noun phrase that ends with the last piece. Between commas it must open like one."""
    table = name_words()
    first = last = len(pieces) - 1
    loose = 0
    boundary: _Piece | None = None
    while first > 0:
        piece, right = pieces[first - 1], pieces[first]
        if not piece.is_word or piece.ends or piece.low in table.role_stops or last - first >= LONGEST - 1:
            boundary = piece
            break
        known = piece.text[0].isupper() or piece.low in table.role_modifiers or _is_role(piece)
        if piece.text[0].isupper() and loose and right.low not in table.role_modifiers and not _is_role(right):
            # A capital before a word of unknown sort: most likely a subject and its verb.
            first += 1
            boundary = right
            break
        if not known and right.text[0].isupper():
            # "pound President X", "followed Gov. X": no part of a title that is written with a capital.
            boundary = piece
            break
        if not known:
            loose += 1
            if loose > LOOSE_WORDS:
                break
        first -= 1
        if without_possessive(piece.low) != piece.low:
            break
    first = _without_verb(pieces, first, last, boundary)
    if apposed and not _opens(pieces, first, boundary):
        return None
    return Span(pieces[first].start, pieces[last].end)


def _without_verb(pieces: Sequence[_Piece], first: int, last: int, boundary: _Piece | None) -> int:
    """Leave out what is no part of the phrase: the verb after "he", and words of unknown sort that no boundary vouches for."""
    table = name_words()

    def known(piece: _Piece) -> bool:
        return piece.text[0].isupper() or piece.low in table.role_modifiers or _is_role(piece)

    vouched = boundary is None or not boundary.is_word or boundary.low in table.role_stops - _SUBJECTS
    while (
        first < last
        and not known(pieces[first])
        and not (vouched and not pieces[first].low.endswith(("ed", "ing", "ly", "s")))
    ):
        first += 1
    return first


def _opens(pieces: Sequence[_Piece], first: int, boundary: _Piece | None) -> bool:
    """Whether a phrase opens as one in apposition does: with an article, an owner, or where a sentence or clause begins."""
    if without_possessive(pieces[first].low) != pieces[first].low:
        return True
    if boundary is None or not boundary.is_word or boundary.ends:
        return True
    return boundary.low in _ARTICLES | _OWNERS | {"and"}


def _office_of(pieces: Sequence[_Piece], *, apposed: bool) -> Span | None:
    """The phrase whose head has something of its own: "the director of the harbour fund, X,", "Secretary of State X".

    Without a comma, all of it must be written with capitals.
    """
    table = name_words()
    for at in range(len(pieces) - 1, 0, -1):
        piece = pieces[at]
        if not piece.is_word or piece.ends or len(pieces) - at > LONGEST:
            return None
        of = piece.low == "of" or (piece.low == "for" and pieces[at - 1].low in _FOR_A_MATTER)
        if not apposed and not piece.text[0].isupper() and not of:
            return None
        if piece.low in _PREPOSITIONS and _is_role(pieces[at - 1]) and at + 1 < len(pieces):
            head = _phrase_to(pieces[:at], apposed=apposed)
            return Span(head.start, pieces[-1].end) if head else None
        if piece.low in table.role_stops and piece.low not in _LINKS and piece.low not in _OWNERS:
            return None
    return None


# After the name: "X, a spokesman for Y", "X, prime minister of Velmark,".


def _after(text: str, span: Span, bounds: Span) -> Span | None:
    age = _AGE.match(text, span.end)
    opens = _OPENS.match(text, age.end() if age else span.end)
    if opens is None:
        return None
    pieces = _pieces(text, opens.end(), min(bounds.end, span.end + REACH))
    while pieces and pieces[0].low in _ARTICLES | _OWNERS:
        del pieces[0]
    head = _head(pieces)
    if head is None:
        return None
    last = _end(pieces, head)
    following = pieces[last + 1] if last + 1 < len(pieces) and not pieces[last].ends else None
    if following is not None and following.is_word and following.text[0].isupper():
        # The next person's title in a row of names: "Gov. X, Gov. Y".
        return None
    if (
        following is not None
        and following.low in _TELLS
        and _ASKED.search(text, max(0, span.start - REACH), span.start)
    ):
        # "Reached by X, a spokesman for Y said": he is another.
        return None
    return Span(pieces[0].start, _stop(text, pieces[last]))


def _stop(text: str, piece: _Piece) -> int:
    """Where a role ends: the full stop of a sentence is none of it."""
    end = piece.end
    while (
        end > piece.start + 1
        and text[end - 1] in ".?!'’"
        and not (text[end - 1] == "." and _ABBREVIATED.search(piece.text))
    ):
        end -= 1
    return piece.start + len(without_possessive(piece.text[: end - piece.start]))


def _head(pieces: Sequence[_Piece]) -> int | None:
    """The word that says what somebody is: the last of the noun phrase that the apposition opens with."""
    table = name_words()
    head = None
    for number, piece in enumerate(pieces[:LONGEST]):
        inside = head is None and piece.low == "of" and number > 0 and pieces[number - 1].text[0].isupper()
        if not piece.is_word or (piece.low in table.role_stops and piece.low != "and" and not inside):
            break
        if _is_role(piece):
            head = number
        elif head is not None and piece.low != "and" and piece.low not in table.role_modifiers:
            # "minister Velmark trusts" goes on as a clause; "director emeritus" as a phrase.
            break
        if piece.ends:
            break
    return head


def _end(pieces: Sequence[_Piece], head: int) -> int:
    """The last piece of an apposition: over "of", "for" and their nouns, to a mark or a word that begins a clause."""
    table = name_words()
    last = head
    for number in range(head + 1, min(len(pieces), LONGEST)):
        piece = pieces[number]
        if pieces[number - 1].ends or not piece.is_word:
            break
        if piece.low in table.role_stops and piece.low not in _LINKS:
            break
        if number == head + 1 and piece.low not in _LINKS:
            break
        if piece.text[0].islower() and piece.low.endswith(("ed", "ing")):
            break
        if piece.low not in _LINKS:
            last = number
    return last
