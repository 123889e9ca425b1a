"""What the words of a cue tell of its source and its content, whatever the model took for them.

Who denies having done a thing has not said it, who is told is not who tells, and "issued by" names the messenger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.nouns import claims, one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.deedverbs import DENIALS, forms_of, own_act, refused
from onrecord.records import Span

_DEED = re.compile(
    r"(?:[\w’']+ ){0,4}?(?:den(?:y|ies|ied|ying)|(?:admit|confess|own)(?:s|es|t?ed|t?ing)?(?: (?:up )?to)?"
    r"|acknowledg(?:es?|ed|ing)|regret(?:s|ted|ting)?|apologi[sz](?:es?|ed|ing) for|rul(?:es?|ed|ing) out)"
    r"(?P<deed> (?:(?:ever|even|also|personally|\w+ly) )?(?:having (?:ever )?\w+|(?!\w*thing\b)\w+ing)\b)",
    re.IGNORECASE,
)
"""A verb of owning to a deed or not, and the deed: "denied | ordering", "has admitted | having told"."""
_TO_SOMEBODY = re.compile(
    r"(?:[\w’']+ ){0,4}?(?:is|are|was|were|be|been|being|get|got)"
    r"(?: (?:also|now|not|then|later|first|once|again|\w+ly))* "
    r"(?:(?P<told>told|informed|warned|asked|ordered|urged|advised|assured|notified|briefed|instructed|reminded|questioned)|accused"
    r"|blamed|charged|convicted|acquitted|cleared|sentenced|found (?:not )?guilty)(?! by\b)",
    re.IGNORECASE,
)
"""Verbs in the passive whose subject is whom it is said to or of: "the court was told", "has been found guilty"."""
_FIRST_WORD = re.compile(r"(\w+(?:ed|id|ld)) (?=\w+ \w)")
_HEARD = re.compile(
    r"(?:has |have |had )?(?:also |previously |earlier |later |first |then |\w+ly )?heard(?: (?P<how>from|that|how))?",
    re.IGNORECASE,
)
_HEARERS = re.compile(
    r"(?:.* )?(?:court|jury|jurors|judge|bench|inquest|inquiry|enquiry|tribunal|hearing|trial|commission|committee|panel|council"
    r"|parliament|mps|lawmakers|peers|senators|councillors|conference|meeting|coroner)",
    re.IGNORECASE,
)
_FROM = re.compile(r" (?:on \w+day |yesterday |today |also )?(?:evidence )?from (?P<who>[^.;:?!“”\"]{2,80}?),? $")
_AUXILIARY = re.compile(r"(?:has|have|had|is|are|was|were|been|being|be|did|does|do)", re.IGNORECASE)
_DONE = re.compile(
    rf"[\"“‘']?(?:(?:never|not|also|already|\w+ly) )*(?:\w+ed|{one_of(verb_forms().participle)})\b",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r".*\b(?:statement|letter|e-?mail|message|post|note|video|recording|apology|tweet|press release|release)s? "
    r"(?:issued|released|read|read out|sent|put out|published|posted|distributed|passed on|relayed|shared|provided)(?: by)?",
    re.IGNORECASE,
)
_SPEAKER_BEFORE = re.compile(
    r"(?:\b(?:he|she|they|it|I|we|He|She|They|It|We)|(?:(?:Mr|Mrs|Ms|Dr)\.? )?(?<![\w’'-])[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}) $"
)
_BY = re.compile(r" ?(?:by )?")
_RELATIVE = re.compile(
    rf"(?:{one_of(claims('relative'))}) that "
    r"(?:[\w’'.-]+ ){1,6}?(?:(?:has|have|had|also|later|since|promptly|\w+ly) )*"
    r"(?:(?:called|calls|termed|terms|branded|brands|labelled|labeled|dubbed) [\"“‘']"
    r"|(?:described|describes|dismissed|dismisses|rejected|rejects) as\b"
    rf"|(?:{one_of(f for v in DENIALS for f in forms_of(v) if f != v and not f.endswith('ing'))}|repeated)(?:[,.;]|\s*$))",
    re.IGNORECASE,
)
"""A relative clause, in which nothing is alleged: "an allegation that the captain called “a lie”"."""
_ANYONE = re.compile(r" (?:for )?(?P<head>anyone|anybody|those) ")
_WHO = re.compile(r"who (?!(?:he|she|it|they|we|you|I|the) )[^.;:?!“”\"]{2,120} to ")
A_MOVE = (
    r"(?:an?|the|another) (?:[a-z-]+ )?"
    r"(?:move|step|decision|plan|measure|proposal|tactic|policy|change|deal|cut|rise|ban|law|rule) "
)
"""What takes up a deed on which somebody is heard: "…, a move the union says is illegal"."""
_MOVE = re.compile(rf"{A_MOVE}(?=[^,]+$)")
_WAS_DENIED = re.compile(
    r"(?:.* )?(?:is|are|was|were|been|being)(?: (?:also|then|again|later|twice|\w+ly))? denied", re.IGNORECASE
)
_DENIED = re.compile(r"(?:.* )?den(?:y|ies|ied|ying)", re.IGNORECASE)
_THING = r"(?:(?:an?|another|his|her|its|their|any)|the (?!(?:same|next|following|previous)\b)) ?(?!\w+ing\b)[\w“\"-]+"
_A_THING = re.compile(rf" (?:(?:only|even|what) )?{_THING}", re.IGNORECASE)
_NAME = r"(?:(?:the )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,4})"
_NAMED = re.compile(_NAME)
_SOMEBODY_A_THING = re.compile(
    rf" (?:him|her|them|us|me|{_NAME}) (?:another|(?:an?|his|her|their|its) (?!(?:own|day|week|month|year|few|second time)\b))"
    r"(?!.*\b(?:is|are|was|were|had|has|have|would|could|did|said)\b)"
)
"""Somebody is denied a thing, whatever it be: no claim of his is."""
_LIVES = re.compile(
    r"(?:[\w,.-]+ ){1,5}?(?:life|lives|victims?|casualties)"
    r"(?=\W*$|[.,;:]| (?:in|on|at|across|since|and|of|near|off|over|this|last|during|after|around)\b)",
    re.IGNORECASE,
)
"""What a storm or a war claims without saying a word: "23 lives", "the life of Ada Lane"."""
_CLAIMS = re.compile(r"(?:.* )?claim(?:s|ed|ing)?", re.IGNORECASE)
_APOLOGISING = re.compile(r"\bapologi[sz]\w*$", re.IGNORECASE)
REACH, CLAUSE = 60, 160
"""Characters before a cue in which a name ends, and after one within which a relative clause has its verb."""


def without_deed(text: str, source: Sequence[Span], cue: Span, content: Sequence[Span]) -> tuple[Span, list[Span]]:
    """Cue and content, a deed that is denied or admitted being content: "denied", "ordering staff to lie"."""
    found = _DEED.fullmatch(text, cue.start, cue.end)
    after = next((n for n, c in enumerate(content) if c.start >= cue.end), None)
    if found is None or after is None or re.search(r"[.?!;:]\s", text[cue.end : content[after].start]):
        return cue, list(content)
    if any(cue.end <= s.start < content[after].start for s in source):
        return cue, list(content)
    start = found.start("deed") + 1
    whole = Span(start, content[after].end)
    return Span(cue.start, start - 1), [*content[:after], whole, *content[after + 1 :]]


def is_to_somebody(text: str, cue: Span) -> bool:
    """Whether a cue tells whom something is said to or of, and not by whom: "was told", "has been found guilty"."""
    return _TO_SOMEBODY.match(text, cue.start, cue.end) is not None


def is_told(text: str, cue: Span) -> bool:
    """Whether a cue's subject is told or asked something, or hears it: "was told", "heard"."""
    found = _TO_SOMEBODY.match(text, cue.start, cue.end)
    return is_hearing(text, cue) if found is None else found["told"] is not None


def is_to_source(text: str, source: Span, cue: Span) -> bool:
    """Whether a source is whom something is said to or of: "the court was told", "the jury heard", "Lane was convicted"."""
    if source.end > cue.start:
        return False
    return is_to_somebody(text, cue) or hears(text, source, cue)


def is_hearing(text: str, cue: Span) -> bool:
    """Whether a cue is of who hears something: with nobody heard, nobody says it."""
    return _HEARD.fullmatch(text, cue.start, cue.end) is not None


def hears(text: str, source: Span, cue: Span) -> bool:
    """Whether a court, a council or the like hears what another says."""
    return is_hearing(text, cue) and _HEARERS.fullmatch(source.of(text)) is not None


def heard_from(text: str, cue: Span, content: Sequence[Span]) -> Span | None:
    """Who is heard: "the doctor" in "the inquest heard from the doctor that …"."""
    after = next((c for c in content if c.start >= cue.end), None)
    if after is None or not is_hearing(text, cue) or after.start - cue.start > CLAUSE:
        return None
    end = cue.end - len(" from") if cue.of(text).endswith(" from") else cue.end
    found = _FROM.fullmatch(text, end, after.start)
    return Span(*found.span("who")) if found else None


def with_verb(text: str, cue: Span, content: Sequence[Span]) -> tuple[Span, list[Span]]:
    """Cue and content, the verb of saying after its auxiliary being the cue's: "had proposed", not "had"."""
    first = content[0]
    verb = _FIRST_WORD.match(text, first.start, first.end)
    if verb is None or first.start != cue.end + 1 or not _AUXILIARY.fullmatch(text, cue.start, cue.end):
        return cue, list(content)
    if own_act(verb[1]) is None:
        return cue, list(content)
    return Span(cue.start, verb.end(1)), [Span(verb.end(), first.end), *content[1:]]


_MANNER = re.compile(
    r"(?!reported|alleged|suppos|purported|apparent|according|(?:im|re|ap|com|multi|sup)ply|rely)[a-z]+ly$"
)
_VERB_AFTER = re.compile(r" (?P<verb>[a-z]+)\b")
_SITTING = re.compile(r"(?:(?:has|have|had) been|is|are|was|were) hearing")
_CASE = re.compile(r"(?:an?|the|his|her|its|their|two|three|several) ")
"""What a court hears, and nobody says: "was hearing an appeal"."""


_LISTED = re.compile(r"(?:.* )?(?:confirmed|feared|presumed|reported|pronounced|declared|listed)")
_FATE = re.compile(r" (?:as )?(?:dead|missing|killed|injured|wounded|drowned|safe)\b(?! (?:that|by)\b)")
"""How those fared of whom something is known: "with 41 people confirmed dead"."""


_PER = re.compile(r"(?<=[,\"”’'] )Per (?:[A-Z][\w’'-]+,? ){1,3}(?P<verb>[a-z]+)")
"""A forename that looks like a cue: "Per Halden told them"."""


def is_no_verb(text: str, cue: Span, content: Sequence[Span]) -> bool:
    """Whether a cue is a deed or its mere auxiliary, or the noun before a relative clause: none attributes anything."""
    if _AUXILIARY.fullmatch(text, cue.start, cue.end):
        return _DONE.match(text, content[0].start, content[0].end) is not None
    if _MANNER.match(text, cue.start, cue.end) and (verb := _VERB_AFTER.match(text, cue.end)) and own_act(verb["verb"]):
        return True  # "orally" of "orally remarked", a cue itself
    if _SITTING.fullmatch(text, cue.start, cue.end) and _CASE.match(text, content[0].start, content[0].end):
        return True
    if (named := _PER.match(text, cue.start)) and cue.end - cue.start == len("Per") and own_act(named["verb"]):
        return True
    if _LISTED.fullmatch(text, cue.start, cue.end) and _FATE.match(text, cue.end, content[0].end):
        return True
    claims = _CLAIMS.fullmatch(text, cue.start, cue.end) and _LIVES.match(text, content[0].start, content[0].end)
    if claims or _is_deprived(text, cue, content):
        return True
    return content[0].start >= cue.end and _RELATIVE.match(text, cue.start, cue.end + CLAUSE) is not None


def _is_deprived(text: str, cue: Span, content: Sequence[Span]) -> bool:
    """Whether "denied" keeps something from somebody, as in a match: "was denied a penalty", "denied Lane a third goal".

    What is turned down that one asks for, such as bail, is a refusal, and is said.
    """
    if not _DENIED.fullmatch(text, cue.start, cue.end):
        return False
    after = next((c for c in content if c.start >= cue.end), None)
    before = content[0].of(text) if content[0].end <= cue.start else None
    if refused(cue.of(text), " … ".join(c.of(text) for c in content)) is not None:
        return False
    passive = _WAS_DENIED.fullmatch(text, cue.start, cue.end) is not None
    if after is None:
        return passive and before is not None and _NAMED.fullmatch(before) is not None
    if after.start != cue.end + 1:
        return False
    return (_A_THING if passive else _SOMEBODY_A_THING).match(text, cue.end, after.end) is not None


def without_move(
    text: str, source: Sequence[Span], cue: Span, content: Sequence[Span]
) -> tuple[tuple[Span, ...], list[Span]]:
    """Source and content, the deed that is judged being content: "…, | a move | hauliers | say will ruin them"."""
    after = [c for c in content if c.start >= cue.end]
    found = _MOVE.match(text, source[0].start, source[0].end) if source and after else None
    if found is None or text[source[0].end : cue.start] != " " or text[found.start() - 2 : found.start()] != ", ":
        return tuple(source), list(content)
    return (Span(found.end(), source[0].end),), [Span(found.start(), found.end() - 1), *after]


def speaker_before(text: str, source: Span, cue: Span) -> Span:
    """Who says what another only issues: "she" of "she said in a statement issued by her agent"."""
    if source.start < cue.end or not _ISSUED.fullmatch(text, cue.start, cue.end):
        return source
    if not _BY.fullmatch(text, cue.end, source.start):
        return source
    found = _SPEAKER_BEFORE.search(text, max(0, cue.start - REACH), cue.start)
    return Span(found.start(), found.end() - 1) if found else source


def with_addressee(text: str, cue: Span, content: Sequence[Span]) -> list[Span]:
    """The content, "to" included where it is nothing but whom an apology is made to ("to the families"), and so the word that
    its relative clause belongs to: "anyone" in "asked anyone who saw it to call".
    """
    anyone = _ANYONE.match(text, cue.end)
    if anyone is not None and anyone.end() == content[0].start and _WHO.match(text, anyone.end(), content[0].end):
        return [Span(anyone.start("head"), content[0].end), *content[1:]]
    if len(content) != 1 or text[cue.end : content[0].start] != " to " or not _APOLOGISING.search(cue.of(text)):
        return list(content)
    return [Span(cue.end + 1, content[0].end)]
