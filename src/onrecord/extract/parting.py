"""Contents cut before a second verb of the speaker's own: "said 40 ships were stuck | and has asked for help".

Past tenses go back by one in what "said" reports, so that a verb which stays in the perfect is the writer's; so is a denial
after what the speaker says of himself, or after a verb that it cannot be joined to ("the union was stalling and accused …").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.codebook.nouns import claims, one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.agents import is_somebody
from onrecord.extract.attribution import Attribution
from onrecord.extract.deedverbs import DENIALS, forms_of, own_act
from onrecord.records import Span

_DONE = rf"(?:\w+ed|{one_of(verb_forms().participle)})"
_SECOND = re.compile(
    r"(?P<and>,? (?:and|but) )(?:(?:also|then|later|again|instead|yesterday|\w+ly) )*"
    rf"(?:(?P<has>has|have) (?:(?:also|since|now|already|again|\w+ly) )*(?P<done>{_DONE})|(?P<past>\w+))\b(?= \S)"
)
_JOINS = re.compile(r",? (?:and|but) ")
_CUE = re.compile(r"(?:(?P<has>has|have) )?(?:(?:also|later|since|\w+ly) )*(?P<verb>\w+)", re.IGNORECASE)
_BACK = frozenset(
    "said told announced claimed insisted confirmed added stated explained warned argued alleged admitted".split()
)
"""Verbs after which tenses go back by one."""
_FIRST = re.compile(
    rf"(?:that )?(?P<subject>.{{1,120}}?) (?P<verb>was|were|had|would|could|{one_of(verb_forms().past)}|\w+ed)\b(?P<rest>.*)",
    re.DOTALL,
)
_HIMSELF = frozenset({"he", "she", "it", "they"})
_AS_IT_WAS = re.compile(rf" (?:(?:not|also|now|still|\w+ly) )*(?!{_DONE}\b)[\w“\"-]+", re.IGNORECASE)
"""After "was": no participle that "and" could join another to."""
_DENIES = frozenset({"deny", "refuse"})
_ADDRESSES = frozenset("challenged urged accused called warned demanded blamed criticised criticized condemned".split())
_ANEW = re.compile(r"\b(?:that|who|which|when|while|because|was|is|had|has)\b")
"""By which another verb than the first may be the last."""
LONGEST, REACH = 400, 60
"""Characters of a content that are looked through, and after one in which a verb joined to it ends."""
_REST = re.compile(r"[^.,;:?!“”\"\n]{3,160}?(?=[.,;:]|\s*$| (?:and|but|after|while|as)\b)")
_DENIED = re.compile(
    r",[”\"’']? (?P<what>which"
    rf"|(?:an?|the) (?:[a-z-]+ )?(?:{one_of(claims('denied'))}))"
    r" (?:(?:that|which) )?(?P<who>[^,.;:?!“”\"\n]{2,60}?(?:, [^,.;:?!“”\"\n]{2,60}(?=,))?),? "
    r"(?P<cue>(?:(?:has|have|had) )?(?:(?:also|always|since|long|again|\w+ly) )*"
    rf"(?:{one_of(f for v in (*DENIALS, 'contest') for f in forms_of(v) if not f.endswith('ing'))}))(?=[.,;]|\s*$)"
)
_NO_NAME = re.compile(r"\b(?:\w+ed|said|says|was|is|are|were|had|has|have|who|which|that|and|but|of which)\b")
_MARKS = re.compile(r"[“”\"]")


@dataclass(frozen=True, slots=True)
class Second:
    """A second verb of the speaker's own in a content, which ends at `end`, or right after it. `says`: it is one of saying."""

    end: int
    cue: Span
    content: Span
    says: bool


def second_verb(text: str, cue: Span, content: Span) -> Second | None:
    """The verb in a content that is its speaker's by grammar; None where none is."""
    outer = _CUE.fullmatch(text, cue.start, cue.end)
    if outer is None or content.start < cue.end:
        return None
    for found in _SECOND.finditer(text, content.start, min(content.end, content.start + LONGEST) + REACH):
        before = text[content.start : found.start()]
        first = _FIRST.match(before)
        if first is None or len(_MARKS.findall(before)) % 2 or re.search(r"[.;:?!]\s", before):
            continue
        if found.end() >= content.end and found.start() != content.end:
            break
        if not (_is_perfect(outer, first, found) if found["has"] else _is_past(outer, first, found["past"])):
            continue
        word = found["done"] or found["past"]
        act = own_act(word)
        verb = Span(found.start("has" if found["has"] else "past"), found.end())
        if found.end() < content.end:
            return Second(found.start(), verb, Span(verb.end + 1, content.end), act is not None or word in _ADDRESSES)
        rest = _REST.match(text, verb.end + 1)
        return Second(content.end, verb, Span(*rest.span()), says=True) if rest and act in _DENIES else None
    return None


def denied_after(text: str, content: Span) -> Attribution | None:
    """The relative clause right after a content that denies it, which its own content takes up; None without one.

    "…, a claim that Lane has denied".
    """
    found = _DENIED.match(text, content.end)
    if found is None or _NO_NAME.search(found["who"]) or not is_somebody(found["who"]):
        return None
    return Attribution(*((Span(*found.span(name)),) for name in ("who", "cue", "what")))


def _is_perfect(outer: re.Match[str], first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether a verb that stays in the perfect is the speaker's own, what he says being in tenses that went back."""
    if outer["has"]:
        return outer["has"].lower() == second["has"]
    if outer["verb"].lower() not in _BACK:
        return False
    many = first["verb"] == "were" and second["has"] == "has" and _ANEW.search(first["rest"]) is None
    return many or own_act(second["done"]) is not None


def _is_past(outer: re.Match[str], first: re.Match[str], verb: str) -> bool:
    act = own_act(verb)
    if outer["has"] or outer["verb"].lower() not in _BACK or not verb.endswith("ed"):
        return False
    if first["subject"].lower() in _HIMSELF:
        return act in _DENIES
    apart = first["verb"] in ("was", "were") and _AS_IT_WAS.match(first["rest"]) is not None
    return apart and (act in _DENIES or verb in _ADDRESSES)


def joined_after(text: str, cue: Span, content: Sequence[Span]) -> int | None:
    """Where a second verb of the speaker's stands if one follows "and" or "but" right after what he said; None without that."""
    found = _JOINS.match(text, content[-1].end) if content[-1].start >= cue.end else None
    return found.end() if found else None


def is_verb_of_saying(text: str, cue: Span) -> bool:
    """Whether a cue is a verb, in the past or perfect, that names an act of speech: "denied", "has asked"."""
    found = _CUE.fullmatch(text, cue.start, cue.end)
    return (
        found is not None
        and own_act(found["verb"]) is not None
        and re.search(r"(?:ed|id|ld)$", found["verb"]) is not None
    )
