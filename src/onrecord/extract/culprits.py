"""Whom an accusation or a demand is aimed at that is told as a fact or a duty: who has done it, or is to do it, in its words."""

from __future__ import annotations

import re

from onrecord.codebook.nouns import bodies, offices, one_of, people
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.aims import AimAsker
from onrecord.extract.clauses import adverbs
from onrecord.extract.deedverbs import forms_of
from onrecord.extract.objects import described_at, is_called, object_at
from onrecord.extract.page import Thing
from onrecord.extract.selves import is_own

_HARMING = (
    "abduct arrest assault attack beat behead bomb burn detain execute harass hit jail kick kidnap kill murder rape rob shell"
    " shoot stab torture"
)
_HARM = one_of(form for verb in _HARMING.split() for form in forms_of(verb))
_HAD = rf"(?: (?:had|has|have)\b)?{adverbs('twice|later|deliberately')}"
_WAS = frozenset({"was", "were", "been", "had", "did"})
_NO_WRONG = one_of(
    form
    for verb in "beg bleed collapse cry deserve die drown earn endure expect fall faint fear feel fight flee hope live lose need"
    " perish resign sleep starve struggle suffer survive wait want weep work".split()
    for form in forms_of(verb)
)
"""What nobody is accused of, but may be told of those who were wronged."""
_DID = re.compile(
    rf"(?:{_HAD} (?!(?:{_NO_WRONG})\b)(?:(?!been\b)[a-z]+ed|{one_of(verb_forms().past - _WAS)})"
    rf"| (?:had|has|have){adverbs()} (?!(?:{_NO_WRONG})\b)(?:{one_of(verb_forms().participle - _WAS)}))\b"
)
_MUST = re.compile(
    r" (?:now |first )?(?:must|should|ought to|ha(?:s|ve|d) to|need(?:s|ed)? to)\b(?! (?:not )?(?:have|be)\b)"
)
_HARMED = re.compile(rf"{_HAD} (?:{_HARM})\b")
_THAT = re.compile(r"(?:that )?(?=[A-Za-z])(?!an? )")
_PEOPLE = bodies("acts", "aimed") | offices() | people()


def doer_aimed_at(asker: AimAsker, k: int, act: str, aimed: Thing | None) -> Thing | None:
    """The target of statement `k`: the subject of its words, where `aimed` is not in them, or is only harmed there.

    "Lane said gunmen had shot at the ambulance", "he added that the mayor had lied", "she said the army must withdraw".
    """
    verb = {"accuse": _DID, "demand": _MUST}.get(act)
    text, content = asker.page.article.text, asker.page.said[k].statement.content[0]
    that = _THAT.match(text, content.start, content.end)
    if verb is None or that is None or that.end() == 0:
        return aimed
    subject = object_at(asker, that.end() - 1)
    if subject is None or subject.his or subject.words.end >= content.end or not verb.match(text, subject.words.end):
        return aimed
    if aimed is not None and (place := aimed.within(content)) is not None:
        harmed = _HARMED.match(text, subject.words.end)
        if harmed is None or place.span.start < harmed.end():
            return aimed
    named = [asker.things[n] for n in subject.heads[:1]]
    some = named or ([described_at(asker, subject)] if subject.last in _PEOPLE and not subject.owners else [])
    if not some or is_own(asker, k, some[0]) or (aimed is not None and _may_be(aimed, some[0])):
        return aimed
    return some[0]


def _may_be(aimed: Thing, other: Thing) -> bool:
    """Whether a description may be of who is held to be meant: "the general" of any man."""
    if other.kind != "phrase":
        return False
    return is_called(aimed, [other]) or (aimed.kind == "person" and other.name.split()[-1].lower() in offices())
