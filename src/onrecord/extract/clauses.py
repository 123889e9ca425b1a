"""Where clauses begin and end, and whose deed a verb is by the grammar of its own clause.

What stands in another sentence has no part in it unless a pronoun, or a subject that is left out, refers back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.codebook.nouns import one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.players import PartyPlace
from onrecord.records import Span

Kind = Literal["named", "pronoun", "other", "unknown"]

_KINDS = {
    "mark": r"[;—–]|:(?!\d)",
    "dash": r"\s-{1,2}\s",
    "stop": r"[!?\n]|[.](?=\s|$)",
    "quote": r"[\"“”]|(?<=, )‘",
    "single": r"(?<!\w)[‘’']|[’'](?=\W)",
    "bracket": r"\(",
    "coordinate": r", (?:and|but|as|so|then)\b",
    "who": r"(?:, )?\b(?:who|which|where)\b",
    "aside": r", whose\b",
    "whose": r"\b(?:whose|whom)\b",
    "that": r"(?:, )?\bthat\b",
    "as": r"(?<!early )(?<!late )(?<!recently )\bas\b(?! (?:early|late|recently) as\b)|\bonce\b",
    "opener": r"(?:, )?\b(?:when|while|because|although|though|if|unless|whether)\b",
    "time": r"(?:, )?\b(?:after|before|until|since)\b",
    "joint": r"\b(?:and|but|or|then)\b",
    "said": r"\b(?:said|says|saying|told)\b",
    "comma": r",(?!\d)",
}
"""What parts clauses, by kind; where two begin at one place the first is taken. A colon or comma within a number is none.

`single`: a single quotation mark, or an apostrophe that ends a word. `coordinate`: a conjunction after a comma; `joint`: one
anywhere. `aside`, `whose`: relative words that are no subject. `as` and `time` are prepositions too.
"""


_ADVERBS = r"[\w’'-]+ly|also|even|still|now|then|again|once|soon|just|ever|further|yet|all|both|first|always|already"


def adverbs(more: str = "") -> str:
    """A pattern for the adverbs, if any, between an auxiliary and its verb. `more`: what else may stand among them."""
    one = rf"(?:{_ADVERBS}|{more})" if more else f"(?:{_ADVERBS})"
    # A comma between two of them has one place to go: with two the ways to read a row of them double with each.
    return rf"(?:,?\s+{one}(?:,?\s+{one})*,?)?"


class Bounds:
    """Bounds of clauses of some kinds: a rule names those that part what it looks at."""

    def __init__(self, *kinds: str) -> None:
        in_order = sorted(kinds, key=[*_KINDS].index)
        self._pattern = re.compile("|".join(f"(?P<{kind}>{_KINDS[kind]})" for kind in in_order))

    def within(self, text: str, lo: int, hi: int) -> Iterator[re.Match[str]]:
        """The bounds between two places; the last group of each is its kind."""
        return self._pattern.finditer(text, lo, hi)

    def opened(self, text: str, lo: int, at: int) -> int:
        """Where the clause of a place begins, at `lo` at the earliest."""
        return max((found.end() for found in self.within(text, lo, at)), default=lo)

    def closed(self, text: str, at: int, hi: int) -> int:
        """Where the clause of a place ends, at `hi` at the latest."""
        found = self._pattern.search(text, at, hi)
        return found.start() if found else hi


_PARTING = ("mark", "dash", "quote", "bracket", "coordinate", "who", "that", "opener", "time", "said")
BOUNDS = Bounds(*_PARTING)
"""What parts a verb from subjects and objects that are not its own."""
_WITH_ASIDES = Bounds(*_PARTING, "aside")
_RELATIVE = re.compile(r"(?:, )?(?:who|which|that)$")
_ASIDES = frozenset({", whose", ", where"})
_PIED = re.compile(r", (?:to|in|of|by|for|from|on|at|with|under|over|among|between|through) $")
"""Before a relative pronoun that hangs on a preposition: "the league, to which both belong, met"."""
_LONGEST_PIED = 12
_ARTICLE = re.compile(r"\b(?:an?|the) $")
"""Before what looks like a verb and is none: "an armed band"."""
_ANEW = re.compile(r", (?:and|but)$")
"""After these a verb goes on with the subject of the main clause: "freed guards who had surrendered, but held their captain"."""
_AND = re.compile(
    r",? (?:and|but) (?=(?:the|an?|its|their|his|her|two|three|some|several|[A-Z][\w’'-]*)\b|(?:it|they|he|she|we|I)\b)"
)
_LIGHT = re.compile(
    r"(?:\b(?:will|would|shall|may|might|could|can|must|should|has|have|had|been|being|be|is|are|was|were|did|does|do|not|never|also"
    r"|even|still|now|then|again|once|soon|just|ever|yet|all|both|later|already|allegedly|to|reportedly|in turn|at once"
    r"|on \w+day|this \w+|last \w+|early|late|n[’']t|\w+ly)\b|[’'](?:s|ll|d|ve|re)\b|[\s,])+$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"(?:,|\b(?:and|or|but))$")
_PRONOUN = re.compile(
    r"\W*(?:but |yet |and |meanwhile,? )?(we|they|he|she|it|I|our|their|his|her|its|my)\b", re.IGNORECASE
)
_WHEN = (
    r"(?:exchange|return|response|reply|turn|retaliation|protest|addition|its terms|dawn|noon|midnight|nightfall"
    r"|(?:the |that |this )?(?:(?:early|late) )?(?:morning|afternoon|evening|night|weekend|meantime|day|week|month|year"
    r"|road|way|end)"
    r"|\w+day(?: (?:morning|evening|night))?|(?:a|two|three|four|a few|several) (?:hours?|days?|weeks?|months?))"
)
_LAST = re.compile(r"\b(we|they|he|she|it|I)\s*$", re.IGNORECASE)
"""A pronoun right before its verb, after an opening without a comma: "On Friday they fled"."""
_OPENING = re.compile(
    r"\s*(?:(?:In|At|From|Near|Outside)\b[^,]*\b(?:capital|city|town|port|village|province|region|district|island|suburb|resort"
    r"|stronghold),\s+[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?,\s+"
    r"|(?:In|At|On|From|Near|Outside|After|Before|Since|During|Under|With|Within|By|For|As|Of|Late|Early|Earlier"
    r"|Later|Elsewhere)\b[^,]*,\s*|(?:But|Yet|And|Then|Meanwhile|However|Also|Separately),?\s+"
    rf"|(?:[Ii]n|[Oo]n|[Aa]t|[Bb]y|[Ww]ithin|[Uu]nder|[Aa]fter|[Bb]efore|[Oo]ver) {_WHEN} (?=\S))"
)
_FINITE = one_of(verb_forms().past.union("has have is are will would may might could can must".split()))
_VERB = re.compile(rf"\b(?:[a-z]{{2,}}ed|{_FINITE})\b|(?<=[\w,] )[a-z]{{2,}}s(?= (?:[A-Z]|(?:an?|the|\d[\d,]*)\b))")
_CLAUSE = re.compile(
    rf" (?:and|but) (?:(?:the|its|their|his|her) )?(?:[A-Z][\w’'-]+ )(?:[A-Z][\w’'-]+ )?(?:[a-z]+ )?(?:[a-z]{{2,}}ed|{_FINITE})\b"
)
"""After "and" a clause begins with a subject of its own: "… and Norvia closed the strait"."""
_BEGUN = re.compile(rf"\s*(?:(?:had|has|have|also|then|later|\w+ly|not) )*(?:{_VERB.pattern})")
_PREPOSITION = re.compile(
    r"\b(by|of|from|in|on|upon|at|against|to|with|for|into|onto|over|between|across|near|about|through|towards?|inside|outside|among"
    r"|around|off|along|amid|behind|under|throughout|via|within|beyond|below|above|like|than|despite)\b",
    re.IGNORECASE,
)
_OWNING = frozenset({"by", "of", "from"})
_BY = re.compile(r"\bby\s+(?!\d|[a-z]+ing\b|(?:then|now|noon|dawn|night|midnight|\w+day|the (?:time|end))\b)")
_NEXT = re.compile(r"[,;:]|\w\s+(?:the|an?|its|their|his|her|two|three|four|several|some)\s")
"""Between a preposition and a name: the phrase of the preposition is over ("In Harrow the police")."""
_SEEN = re.compile(
    r"\b(?:see(?:s|n|ing)?|saw|watch(?:es|ed|ing)?|hear(?:s|d|ing)?) "
    r"(?P<whom>(?:(?!(?:that|what|how|who|which|to|and|or|but|it)\b)[\w’'-]+ ){1,5})$"
)
_REACH_SEEN = 60
_PAST = re.compile(rf"(?:[a-z]+ed|{one_of(verb_forms().past - verb_forms().verbs.keys())})\b")
"""Whom somebody saw or heard do what the verb after him tells: "she saw one of them kick a boy"."""
_MOST_BETWEEN = 6
"""Words between a name and the relative pronoun that means it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb: `kind`, `parties` that it names, `words`: where it stands, `pronoun` in small letters."""

    kind: Kind
    parties: tuple[str, ...] = ()
    words: Span | None = None
    pronoun: str | None = None


UNKNOWN = Subject("unknown")


def subject_of(text: str, lo: int, at: int, named: Sequence[PartyPlace]) -> Subject:
    """The subject of the verb at `at`, within a sentence or content that begins at `lo`. `named`: the parties in between."""
    seen = _SEEN.search(text, max(lo, at - _REACH_SEEN), at)
    if seen is not None and not _PAST.match(text, at):
        return _named_in(text, Span(*seen.span("whom")), named)
    end, elided, main = at, False, False
    bounds = list(_WITH_ASIDES.within(text, lo, end))
    while True:
        last = bounds[-1] if bounds else None
        start = last.end() if last else lo
        stop = _without_light(text, start, end)
        joins = _JOINS.search(text, start, stop)
        if stop > start and joins:
            # What is left out after "and" is the subject of the words before it.
            elided, stop = True, _without_light(text, start, joins.start())
        elif text[stop : stop + 1] == "," and _VERB.search(text, start, stop):
            elided = True
        begun = stop > start and _BEGUN.match(text, start, stop) is not None
        if last is not None and last.lastgroup == "time" and _is_time(text, start, stop):
            bounds.pop()
            continue
        if last is not None and _is_relative(text, last, start, stop, begun=begun) and not main:
            who, opened = last[0].endswith("who"), _pied(text, last)
            before = opened.start() if opened else last.start()
            return _antecedent(text, bounds[-2].end() if len(bounds) > 1 else lo, before, named, who=who)
        if stop > start and not begun and (not elided or _VERB.search(text, start, stop)):
            return _named_in(text, _own(text, start, stop, elided=elided), named)
        if last is None:
            return UNKNOWN
        main = (main and stop > start) or (stop == start and _ANEW.match(text, last.start(), last.end()) is not None)
        end, elided = last.start(), True
        bounds.pop()


def _is_relative(text: str, bound: re.Match[str], start: int, stop: int, *, begun: bool) -> bool:
    """Whether a bound is one whose clause holds the verb, or ends before it: "Norvia, which is small, shelled"."""
    if not _RELATIVE.search(text, bound.start(), bound.end()):
        return bound[0] in _ASIDES and stop > start and text[stop : stop + 1] == ","
    if begun or stop == start:
        return True
    if text[stop : stop + 1] != ",":
        return False
    if not bound[0].startswith(","):
        return _pied(text, bound) is not None
    # Of ", which the guards, an armed band, blocked" the guards are the subject.
    return text.find(",", start, stop) == -1 or any(
        not _ARTICLE.search(text, max(start, m.start() - 5), m.start()) for m in _VERB.finditer(text, start, stop)
    )


def _pied(text: str, bound: re.Match[str]) -> re.Match[str] | None:
    return _PIED.search(text, max(0, bound.start() - _LONGEST_PIED), bound.start())


def _is_time(text: str, start: int, stop: int) -> bool:
    """Whether the words after "since" are a time, up to the comma that ends an aside: "which led it since May, quit"."""
    return stop > start and text[stop : stop + 1] == "," and not _VERB.search(text, start, stop)


def clause_end(text: str, start: int, end: int) -> int:
    """Where the words that follow a verb go over into another clause."""
    joined = _CLAUSE.search(text, start, end)
    return BOUNDS.closed(text, start, joined.start() if joined else end)


_SUBORDINATE = re.compile(
    r"[\"“‘']?(?:As|When|While|After|Before|Once|If|Although|Though|Because|Since|Until|Unless)\b"
    r"(?! (?:of|midnight|dawn|noon|nightfall|dusk|sunset|sunrise|dark|\d+|[A-Z][a-z]+day|last|yesterday)\b)"
)


def opening_end(text: str, lo: int, at: int, end: int) -> int:
    """Where the clause of a verb that ends at `at` is over, if it opens the sentence at `lo`: at its comma, else at `end`.

    "As the envoys sat down, guns shelled the port".
    """
    if not _SUBORDINATE.match(text, lo, at) or text.find(",", lo, at) != -1:
        return end
    comma = text.find(", ", at, end)
    return end if comma == -1 else comma


def _without_light(text: str, start: int, end: int) -> int:
    """Where words end, but for auxiliaries and adverbs."""
    found = _LIGHT.search(text, start, end)
    return found.start() if found else end


def without_opening(text: str, start: int, end: int) -> int:
    """Where a clause begins after what opens it: after "In Harrow, ", "On Friday "."""
    while (opening := _OPENING.match(text, start, end)) and opening.end() < end:
        start = opening.end()
    return start


def _own(text: str, start: int, end: int, *, elided: bool) -> Span:
    """The words of a clause that are its subject: up to its first verb where that is not the verb asked about."""
    for found in _AND.finditer(text, start, end):
        # Of a verb that goes on after "and" the subject has a verb of its own: "seized the Gull and the Heron, and freed one".
        goes_on = _VERB.search(text, found.end(), end) is not None
        if goes_on == elided and _VERB.search(text, start, found.start()):
            start = found.end()
            break
    start = without_opening(text, start, end)
    if elided:
        verb = _VERB.search(text, start, end)
        if verb is not None and text[start : verb.start()].strip():
            end = verb.start()
    return Span(start, end)


def _named_in(text: str, words: Span, named: Sequence[PartyPlace]) -> Subject:
    inside = [n for n in named if words.start <= n.span.start and n.span.end <= words.end]
    parties = tuple(dict.fromkeys(n.party for n in inside if not is_place_of(text, words.start, n.span.start)))
    if parties:
        return Subject("named", parties, words)
    pronoun = _PRONOUN.match(text, words.start, words.end) or _LAST.search(text, words.start, words.end)
    if pronoun is not None:
        return Subject("pronoun", (), words, pronoun[1].lower())
    return Subject("other", (), words)


def _antecedent(text: str, lo: int, end: int, named: Sequence[PartyPlace], *, who: bool) -> Subject:
    """What a relative pronoun means: the words right before it; `who`: somebody, on whatever preposition his name hangs."""
    stop = end
    while stop > lo and text[stop - 1] in " ,":
        stop -= 1
    verbs = [m.end() for m in _VERB.finditer(text, lo, stop)]
    start = verbs[-1] if verbs else lo
    if stop <= start:
        return UNKNOWN
    before = [n for n in named if start <= n.span.start and n.span.end <= stop]
    parties = tuple(
        n.party
        for n in before[-1:]
        if len(text[n.span.end : stop].split()) <= _MOST_BETWEEN
        and ((who and n.span.end == stop) or not is_place_of(text, start, n.span.start))
    )
    return Subject("named", parties, Span(start, stop)) if parties else Subject("other", (), Span(start, stop))


def is_place_of(text: str, lo: int, at: int) -> bool:
    """Whether a name at `at` hangs on a preposition that makes it no owner or doer: "a storm in Fiji", "a march on Delhi"."""
    found = list(_PREPOSITION.finditer(text, lo, at))
    if not found:
        return False
    last = found[-1]
    return last[1].lower() not in _OWNING and not _NEXT.search(text, last.end(), at)


def agents_of(text: str, start: int, end: int, named: Sequence[PartyPlace]) -> tuple[str, ...] | None:
    """Parties by whom something is done, of the words after a passive verb; None where no "by" tells of anybody."""
    by = _BY.search(text, start, end)
    if by is None:
        return None
    return tuple(_agents(text, by.end(), end, named))


def _agents(text: str, start: int, end: int, named: Sequence[PartyPlace]) -> Iterator[str]:
    for n in named:
        if start <= n.span.start and n.span.end <= end and not is_place_of(text, start, n.span.start):
            yield n.party
