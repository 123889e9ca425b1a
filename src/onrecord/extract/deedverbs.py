"""What speech verbs do by themselves: the act that a cue's verb names, where it names one."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from onrecord.codebook.verbs import verb_forms

_VERBS = {
    "state": "say tell add state mention note report explain remark comment address specify disclose reveal announce confirm "
    "identify discuss describe speak talk elaborate clarify claim argue repeat reiterate",
    "predict": "predict forecast foresee expect anticipate",
    "deny": "deny refute rebut dispute contradict disavow belie",
    "admit": "admit concede acknowledge confess",
    "believe": "believe think feel know hope fear doubt suspect consider see wonder understand",
    "praise": "praise endorse support welcome defend thank commend hail applaud back congratulate",
    "criticize": "criticize criticise condemn denounce mock slam attack rebuke berate deplore lambast complain",
    "accuse": "accuse blame allege charge",
    "apologize": "apologize apologise regret",
    "demand": "demand urge order call request recommend propose insist require",
    "ask": "ask inquire enquire question",
    "warn": "warn",
    "threaten": "threaten",
    "promise": "promise vow pledge offer commit guarantee",
    "refuse": "refuse decline reject rule dismiss",
    "agree": "agree accept approve concur consent",
    "decide": "decide declare nominate",
}
DENIALS = ("deny", "dismiss", "dispute", "refute", "reject")
"""Verbs that take up what somebody else said, and have it untrue."""
_DOUBLED = frozenset("admit slam regret commit rebut concur hit beg dub kidnap rob stab".split())
"""Verbs whose last letter is written twice before -ed and -ing."""


def forms_of(verb: str) -> Iterator[str]:
    """The forms of a verb, itself among them."""
    yield verb
    if irregular := verb_forms().verbs.get(verb):
        yield from (
            f"{verb}s",
            f"{verb[:-1] if verb.endswith('e') else verb}ing",
            *irregular.past,
            *irregular.participle,
        )
    elif verb in _DOUBLED:
        yield from (f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")
    elif verb.endswith("e"):
        yield from (f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    elif verb.endswith("y"):
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
    else:
        yield from (f"{verb}s", f"{verb}es", f"{verb}ed", f"{verb}ing")


@cache
def _acts() -> dict[str, str]:
    return {form: act for act, verbs in _VERBS.items() for verb in verbs.split() for form in forms_of(verb)}


_PLAIN = (
    "accuse allege belie deny dispute promise pledge predict forecast criticize criticise urge decline refuse admit concede"
    " praise endorse hail thank threaten apologize apologise".split()
)
_REFUSED = re.compile(
    r"(?!(?:that|any|all|having|there|he|she|it|they|we|ever)\b)"
    r"(?P<whom>(?:(?!(?:of|for|to|from|by|in|on|with|about|that|was|were|had|has|is|are)\b|[\w’'-]+ing\b)[\w’'.-]+ ){0,5}?)"
    r"(?:access|visas?|entry|permission|permits?|bail|parole|asylum|requests?|appeals?|applications?|petitions?|leave|licen[cs]es?|motions?|injunctions?|clemency"
    r"|pardons?|extensions?)"
    r"(?=\W*$|[.,;:!?\"”]|\s(?:to|for|in|on|at|from|by|because|over|after|before|until|when|while|without|and|or|pending|as"
    r"|despite|again|yesterday|today|this|last|next|unless|since|under|with|\w+day)\b)",
    re.IGNORECASE,
)
"""What is refused where it is "denied", and `whom`: "the crew entry", "bail to Lane"; not "any request", "visa fraud"."""
_DENIED = re.compile(
    r"(?P<passive>\b(?:was|were|been|being|is|are)\s+(?:\w+ly\s+)?)?\bden(?:y|ies|ied|ying)\b", re.IGNORECASE
)
_PLEA = re.compile(r"\bplea(?:d|ds|ded|ding)\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_GUILTY = re.compile(r"\W*(?P<no>not )?guilty\b", re.IGNORECASE)


_CONCEDES = re.compile(r"accept(?:s|ed)?|agreed?s?", re.IGNORECASE)
_OF_HIMSELF = re.compile(r"(?:that (?:he|she|they) (?:had|has|have|did|should have)|having \w+)\b", re.IGNORECASE)
_QUESTIONED = re.compile(
    r"\b(?:under|in|during) (?:cross-examination|questioning)|\bin (?:court|the witness box|the dock)|\bon the (?:witness )?stand"
)
"""What somebody accepts of himself, or agrees to when he is questioned, he admits: "accepted that she had not rung"."""
_QUESTIONS = re.compile(r"(?:(?:has|have|had|also|again|\w+ly|is|are) )*question(?:s|ed|ing)?", re.IGNORECASE)
_THING = re.compile(
    r"(?!(?:whether|if|how|why|what|who|whom|which|when|where|about|over|on|by|him|her|them|me|us)\b|[\"“‘'])[A-Za-z]",
    re.IGNORECASE,
)
"""Who questions a thing disapproves of it: in 13 of 15 labels of PolNeAR and the stories."""
_HARM = re.compile(
    r"\W*(?:to (?:retaliate|avenge|hit back|strike back|sue|punish)\b"
    r"|(?:(?:an?|the) )?(?:[a-z-]+ )?(?:retaliation|reprisals?|revenge|vengeance|retribution)\b"
    r"|an? (?:tough|harsh|crushing|firm|strong|severe|decisive|swift|painful) (?:[a-z-]+ )?(?:response|answer)\b)",
    re.IGNORECASE,
)
_WILL_HARM = re.compile(
    r"\b(?:(?:will|shall|would) (?:not|never)|won['’]t|wouldn['’]t) go (?:unanswered|unpunished|unavenged)\b"
    r"|\b(?:I|we)(?: will|['’]ll| shall)(?: be)? (?:su(?:e|ing)|retaliat(?:e|ing))\b",
    re.IGNORECASE,
)
"""What is a threat whatever the verb: "vowed revenge", "will not go unanswered"."""


@cache
def _plain() -> dict[str, str]:
    return {form: act for act, verbs in _VERBS.items() for v in verbs.split() if v in _PLAIN for form in forms_of(v)}


def plain_act(cue: str, content: str, between: str = "") -> str | None:
    """The act that a cue does whatever is said by it; None where the words leave it open. `between`: the
    words from the one to the other.

    In the labels of PolNeAR and the invented corpora these verbs have their own act in 97 of 100 places, "denied" but for what is
    refused ("denied bail"), which is a refusal. A plea is what is pleaded, and who asks a question asks.
    """
    words = re.findall(r"[a-z’']+", cue.lower())
    if (plea := _PLEA.search(cue)) is not None:
        found = _GUILTY.match(plea["rest"]) or _GUILTY.match(content)
        return None if found is None else "deny" if found["no"] else "admit"
    if "asked" in words and content.rstrip("\"”’'").endswith("?"):
        return "ask"
    acts = {own_act(w) for w in words} - {None}
    if len(acts) != 1:
        return None
    act = next((_plain()[w] for w in words if w in _plain()), None)
    if _QUESTIONS.fullmatch(cue) and _THING.match(content):
        return "criticize"
    if _threatens(acts, content):
        return "threaten"
    if words and _CONCEDES.fullmatch(words[-1]) and content.startswith(("that ", "having ")):
        himself = words[-1].startswith("accept") and _OF_HIMSELF.match(content)
        return "admit" if himself or _QUESTIONED.search(between) else None
    return "refuse" if act == "deny" and refused(cue, content) is not None else act


def _threatens(acts: Container[str | None], content: str) -> bool:
    if "promise" in acts and _HARM.match(content):
        return True
    return ("promise" in acts or "state" in acts) and _WILL_HARM.search(content) is not None


def refused(cue: str, content: str) -> tuple[int, int] | None:
    """Of what is turned down by "denied", where the words stand in it that tell to whom; None where it is no such thing."""
    denied = _DENIED.search(cue)
    if denied is None:
        return None
    if (found := _REFUSED.match(content)) is not None:
        return found.span("whom")
    subject, parted, rest = content.partition(" … ")
    return (0, len(subject)) if denied["passive"] and parted and _REFUSED.match(rest) else None


def own_act(word: str) -> str | None:
    """The act that a verb names; None for a word that names none."""
    return _acts().get(word.lower())
