"""Bodies that were taken for persons: a firm, a party or a newspaper by what it is said to have, to be and to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, offices, one_of, people
from onrecord.extract.linking import Printed
from onrecord.extract.names import titles_before
from onrecord.records import MentionKind

_NEAR = 48
_SEATS = offices("place", "seat")
_OF_SEAT = re.compile(rf" (?:{one_of(_SEATS)}|{one_of(_SEATS, capital=True)})\.? ")
_OF_HOUSE = re.compile(
    rf"['’]s |(?:['’]s?)? (?:[a-z-]+ ){{0,2}}(?:{one_of(offices('leads', 'party') | people('team'))}) "
)
_SORTS_OF_FIRM = frozenset(
    "automaker brewer builder carmaker chipmaker insurer lender maker manufacturer operator retailer startup start-up supermarket"
    " utility".split()
)
_BODY = rf"(?:{one_of(bodies('beside'))})"
_DESCRIBING = r"(?:(?!(?:an?|at|by|for|from|in|of|on|that|the|to|who|with)\b)[\w-]+ ){0,3}"
_GOES_ON = r" (?:that|which|whose|of|in|with|for|at|behind|based|owned|run|known|backed)"
"""What follows a noun that is the last of its phrase: "the central bank governor" is no bank."""
_APPOSED = re.compile(rf", (?:a|an|the|its|their|our) {_DESCRIBING}{_BODY}(?=$|[,.;)]|{_GOES_ON}\b)")
_INTRODUCED = re.compile(
    r"(?<!of )(?<!for )(?<!at )(?<!with )(?<!to )(?<!in )(?<!from )(?<!by )\b"
    rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur) {_DESCRIBING}{_BODY}, $"
)
_PARTY = re.compile(r"\bparty $")
_OWN = re.compile(
    rf"['’]s? (?:[a-z-]+ ){{0,2}}(?:{one_of(offices('firm'))}|shares|share price|shareholders|depositors|creditors|customers"
    r"|subsidiar(?:y|ies)|headquarters|supervisory board|balance sheet|fleet|takeover)\b"
    r"| (?:party|branch(?:es)?|newspaper|website|headquarters|shareholders|depositors|customers|takeover)\b"
)
_FIRM = rf"(?:{one_of(bodies('beside') & bodies('own') | _SORTS_OF_FIRM)})"
_MAKER = re.compile(rf"\b(?i:{_FIRM}) $")
_APPOSED_FIRM = re.compile(rf", (?:a|an|the|its|their|our) {_DESCRIBING}{_FIRM}\b")
_FIRMS_OWN = re.compile(
    rf"['’]s? (?:[a-z-]+ ){{0,2}}(?:{one_of(offices('firm'))}|share price|shareholders|creditors|customers|takeover)\b"
    rf"| (?:{one_of(offices('firm'))}) [A-Z]"
    r"|(?:['’]s?)? (?:shares|stock) (?:closed|fell|rose|slid|jumped|dropped|gained|lost|were|slumped|plunged|climbed)\b"
)
_HELD = re.compile(
    r"\b(?:[Ss]hare(?:holder)?s|[Ss]hareholding|[Ss]take|[Ss]tock) (?:in|of) $"
    rf"|\b(?i:{one_of(offices('firm'))}) (?:of|at) $|\b(?:merger?|merging) with $|\b(?:buyout|takeover bid) (?:of|for) $"
)
ASKED = re.compile(
    r" (?:(?:also|has|had|have) )?(?:(?:declin|refus)ed to comment|did not (?:immediately )?(?:respond|reply)"
    r"|(?:was|could) not (?:be )?(?:immediately )?(?:available|reached) for comment)\b"
)
"""What is said of persons and bodies that are asked, and of no land."""
ITS_SPOKESMAN = re.compile(r"\b[Aa]n? $"), re.compile(r" spokes(?:man|person|woman)\b")
"""What stands before and after a body or somebody who has a spokesman; a land's is its adjective's."""
_WITHIN = re.compile(r"\b(?:for|from|in|of|to|with) $")
_ITS = r"its (?:(?!budget|economic|gdp|growth|inflation)[a-z-]+ ){0,2}"
_TRADES = re.compile(
    r" (?:rose|fell|gained|lost|added|shed|slid|jumped|dropped|slumped|plunged|climbed|soared|tumbled|surged|sank|slipped)"
    r" (?:by |about |almost |as much as |more than |nearly )?\d[\d.]*(?: ?%| per ?cent\b| percent\b)(?! of\b| (?:[a-z]+ )?in )"
    rf"| (?:has )?(?:cut|raised|lifted|lowered|trimmed|reported|posted|missed|slashed|halved|scrapped) {_ITS}"
    r"(?:dividend|earnings|forecasts?|guidance|outlook|profits?|revenues?|sales)\b"
    r"| (?:has |had |have )?(?:posted an? (?:[a-z]+ ){0,2}(?:loss|profit)|filed for (?:administration|bankruptcy|insolvency)"
    r"|recalled (?:about |more than |nearly |some )?\d|employs (?:about |more than |nearly |some )?\d)"
    r"|(?:,? (?:said|announced|confirmed)(?: on)?(?: [A-Z][a-z]+day)?(?: that)? it)? (?:would|will|(?:had |has )?agreed to)"
    r" (?:(?:acquire|take over|merge with) |buy [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)? for [$€£¥\d])"
)
"""What is said of a firm whose shares are traded, and not of what is in a land: "inflation in Lane rose 3%"."""
_WHICH = re.compile(r", which\b")
_IT = re.compile(
    r",? (?:(?:also|later|has|had) )?(?:said|says|say|admitted|announced|confirmed|insisted|added|denied)"
    r"(?: on \w+| [A-Z][a-z]+day| in a statement)? (?:that )?it"
    r" (?:(?:had|has|would|will|could|did) (?:not |also |already |never )?)?"
    r"(?:was (?!raining|snowing|becoming|getting)\w+ing|issue|notif|support|back|suspend|launch|receiv|condemn|welcom|regret"
    r"|expect|plan|intend|investigat|publish|pa(?:y|id)|s[eo](?:nd|nt|ll|ld)|reject|hire|employ|ceas|deni|den(?:y|ies)|accept"
    r"|cooperat|table|vote|hold|held|buy|bought|check|monitor|consider|repl|appeal|challeng)"
)
"""What only a body says of itself: "it" would be nobody in "Lane said it was late"."""
_TOLD_THE = re.compile(r"\b(?:told|tells|informed) the $")
_NO_NOUN = re.compile(r"(?! [a-z])| (?:he|she|it|they|that|in|on|at|by|after|before|and|how|about|of)\b")
WORKS_AT = re.compile(
    r"\b(?:[Aa]nalysts?|[Aa]ssociates?|[Bb]rokers?|[Ee]conomists?|[Ee]xecutives?|[Ss]trategists?|[Tt]raders?) at $"
)
_HUMAN = re.compile(
    r", (?:who\b|aged \d|\d{1,3}\b ?,)"
    r"|,? (?:[a-z]+ )?(?:said|says|told \w+|added|denied|admitted) (?:that )?(?:he|she|his|her)\b"
)
_BANK = re.compile(r"\w{6,}bank")


def sign_of_a_body(before: str, after: str) -> bool:
    """Whether the words before and after a name tell that it is a body's."""
    if WORKS_AT.search(before) or (_TOLD_THE.search(before) and _NO_NOUN.match(after)):
        return True  # "told the Nation that", not "told the Harrow court"
    if after.startswith(",") and _INTRODUCED.search(before):
        return True  # not "the bank, Lane said, was safe"
    return bool(_APPOSED.match(after) or _PARTY.search(before) or _OWN.match(after) or _IT.match(after))


def sign_of_a_firm(before: str, after: str) -> bool:
    """Whether the words before and after a name tell that it is a firm's, and no land's: "the maker Quell", "Quell's CEO"."""
    return bool(
        _MAKER.search(before)
        or _HELD.search(before)
        or _FIRMS_OWN.match(after)
        or (_TRADES.match(after) and not _WITHIN.search(before))
        or (_APPOSED.match(after) and _APPOSED_FIRM.match(after))
    )


def bodies_taken_for_persons(
    text: str, printed: Sequence[Printed], full: Set[str]
) -> dict[tuple[str, ...], MentionKind]:
    """The kinds of names that were taken for persons, by their words. `full`: the words of persons' names of several words."""
    return {**_owned(text, printed, full), **_told(text, printed)}


def _owned(text: str, printed: Sequence[Printed], full: Set[str]) -> dict[tuple[str, ...], MentionKind]:
    """Names that other persons are said to be of: "Quay Front’s Ada Lane", "Quay Front chief Ada Lane".

    A person is owned or led by nobody's bare name; an aide or a lawyer may be. A name that is a land elsewhere is one.
    """
    forenames = name_words().his_names | name_words().her_names
    out: dict[tuple[str, ...], MentionKind] = {}
    known = Counter(one.words for one in printed)
    lands = {one.words for one in printed if one.kind in ("country", "place")}
    for one, other in zip(printed, printed[1:], strict=False):
        if one.kind != "person" or other.kind != "person" or len(other.words) < 2 or one.words[0] in forenames:
            continue
        own = one.words[0] not in full if len(one.words) == 1 else known[one.words] == 1
        between = text[one.span.end : other.span.start] if other.span.start - one.span.end < _NEAR else ""
        if own and not titles_before(text, one.span.start):
            if _OF_SEAT.fullmatch(between):
                out[one.words] = "place"
            elif _OF_HOUSE.fullmatch(between) and one.words not in lands:
                out[one.words] = "organization"
    return out


def _told(text: str, printed: Sequence[Printed]) -> dict[tuple[str, ...], MentionKind]:
    """Names of several words, and their first words alone, of which the words around them tell that they are bodies'."""
    table = name_words()
    forenames = table.his_names | table.her_names
    bodies: set[tuple[str, ...]] = set()
    humans: set[tuple[str, ...]] = set()
    longer: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for one in printed:
        if one.kind != "person":
            continue
        before, after = (
            text[max(0, one.span.start - _NEAR) : one.span.start],
            text[one.span.end : one.span.end + 2 * _NEAR],
        )
        if len(one.words) > 1:
            longer.setdefault(one.words[:1], set()).add(one.words)
        if one.words[0] in forenames or titles_before(text, one.span.start) or _HUMAN.match(after):
            humans.add(one.words)
        elif sign_of_a_body(before, after) or (
            len(one.words) > 1 and (_WHICH.match(after) or _BANK.fullmatch(one.words[-1]))
        ):
            bodies.add(one.words)
    out: dict[tuple[str, ...], MentionKind] = {}
    for first, wholes in longer.items():
        family = {first, *wholes}
        if bodies & family and not humans & family and len(wholes) == 1:
            out.update(dict.fromkeys(family, "organization"))
    return out
