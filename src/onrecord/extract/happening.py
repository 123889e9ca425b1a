"""Whether an event happened: read from the words of its trigger's clause, and from who tells of it."""

from __future__ import annotations

import re

from onrecord.codebook.nouns import claims, one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.clauses import Bounds, adverbs
from onrecord.records import Article, EventStatus, Span, Statement, words_of

REACH = 110
"""Characters to the left in which the auxiliaries and the governing verb of a trigger stand, if it has any."""
_BOUNDS = Bounds("stop", "mark", "dash", "quote", "single", "coordinate")
_GAPS = adverbs(r"later|not|never|on\s+\w+|this\s+\w+|next\s+\w+|today|tomorrow|yesterday|reportedly")

_WILL = re.compile(
    rf"(?:\b(?:will|shall)|(?<=\w)[’']ll|\bwo(?=n[’']t\b)){_GAPS}(?:\s+be(?:\s+\w+ing)?|\s+have(?:\s+been)?)?{_GAPS}\s*$"
)
_WOULD = re.compile(rf"(?:\bwould|(?<=\w)[’']d){_GAPS}(?:\s+be(?:\s+\w+ing)?)?{_GAPS}\s*$")
_WOULD_HAVE = re.compile(rf"\b(?:would|could|might|should){_GAPS}\s+have(?:\s+been)?{_GAPS}\s*$")
_MAY = re.compile(
    rf"\b(?:could|can|may|might|should|must|ought\s+to){_GAPS}(?:\s+be|\s+have|\s+have\s+been)?{_GAPS}\s*$"
)
_NOT = re.compile(
    rf"(?:\b(?:not|never|neither|nor)|n[’']t)(?:\s+(?:be|been|being|yet|even|ever|have|\w+ly))*\s*$"
    rf"|\b(?:fail(?:s|ed)?\s+to|without|instead\s+of|rather\s+than){_GAPS}\s*$",
    re.IGNORECASE,
)
_NONE = re.compile(r"\bno\s+(?:\w+\s+)?$", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"(?:^|\b(?:that|and|but|as|since|because|although|though|while|yet|where|when)\s|[,:“\"‘])\s*"
    r"(?:nobody|no\s+one|none|neither|not\s+(?:one|a\s+single)"
    r"|no(?!\s+(?:doubt|fewer|less|more|longer|sooner|matter|wonder)\b|\.?\s*\d))\b"
    rf"(?:\s+(?!(?:that|who|which|whose|where|when|but|before|after|was|were|is|are|\w+ed|{one_of(verb_forms().past)})\b)[\w’'-]+){{0,6}}"
    rf"(?:\s+(?:was|were|is|are|has|have|had|did|does|do)(?:\s+been)?)?{_GAPS}\s*$",
    re.IGNORECASE,
)
"""A subject that there is none of: "not one shell had been fired", "none of the soldiers crossed"."""
_TO_NOBODY = re.compile(
    r"\s+(?:(?:(?:on|at|upon|against|with|to|from)\s+)?(?:nobody|no\s+one|none(?!\s+(?:other|the)\b)|neither)"
    r"|no\s+(?!(?:doubt|fewer|less|more|longer|sooner|matter|wonder|later|earlier|further|better|time)\b)[a-z]{2,})\b",
    re.IGNORECASE,
)
"""After a trigger, to whom it was done: "fired at nobody", "took no prisoners"."""
_NOT_ONLY = re.compile(r"\b(?:not|never)\s+(?:only|just|merely|fail|stop|cease)", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|unless|in\s+case|lest|should\s+(?:the|a|an|it|they|he|she))\b[^,]*$", re.IGNORECASE)
_ONLY_IF = re.compile(r"\b(?:if|unless)\b(?!\s+(?:not\b|any\b|only\b))[^,]*$", re.IGNORECASE)
_PLANNING = (
    r"plan(?:s|ned|ning)?|due|set|scheduled|prepar(?:e[sd]?|ing)|expected|expects?|about|ready|poised|intend(?:s|ed|ing)?|agree(?:s|d)?"
    r"|promis(?:e[sd]?|ing)|vow(?:s|ed|ing)?|pledg(?:e[sd]?|ing)|decid(?:e[sd]?|ing)|order(?:s|ed|ing)?|authori[sz](?:e[sd]?|ing)"
    r"|approv(?:e[sd]?|ing)|announc(?:e[sd]?|ing)\s+(?:that|plans|it)|going|committed|determined|hop(?:e[sd]?|ing)|seek(?:s|ing)?"
)
_WISHING = (
    r"offer(?:s|ed|ing)?|willing|threaten(?:s|ed|ing)?|call(?:s|ed|ing)?\s+(?:up)?on|urg(?:e[sd]?|ing)|ask(?:s|ed|ing)?|demand(?:s|ed|ing)?"
    r"|want(?:s|ed|ing)?|propos(?:e[sd]?|ing)|press(?:es|ed|ing)?|invit(?:e[sd]?|ing)|need(?:s|ed)?|likely|able|free|wish(?:es|ed)?"
    r"|appeal(?:s|ed|ing)?|consider(?:s|ed|ing)?|warn(?:s|ed|ing)?|tell(?:s|ing)?|told|request(?:s|ed|ing)?|require[sd]?|tr(?:y|ies)|attempts?"
)
_TO = re.compile(rf"\bto{_GAPS}(?:\s+be|\s+have)?{_GAPS}\s*$")
_BETWEEN = r"(?:\s+(?!to\b)[\w’',.-]+){0,10}?"
_PLANNED_TO = re.compile(
    rf"\b(?:{_PLANNING}){_BETWEEN}\s+to\b[^,]{{0,20}}$|\b(?:is|are|was|were)\s+to\b[^,]{{0,20}}$", re.IGNORECASE
)
_WISHED_TO = re.compile(rf"\b(?:{_WISHING}){_BETWEEN}\s+to\b[^,]{{0,20}}$", re.IGNORECASE)
_PURPOSE = re.compile(
    r"\b(?:send|sends|sent|sending|travel\w*|fly|flies|flew|depart\w*|left|leav\w+|head\w*|en\s+route|bound)\b",
    re.IGNORECASE,
)
_ONGOING = re.compile(
    rf"(?:\b(?:is|are|am|was\s+still|were\s+still)|(?<=\w)[’'](?:re|m)|\b(?:has|have)\s+been|(?<=\w)[’']ve\s+been"
    rf"|\b(?:continue[sd]?|continuing|keeps?|(?:has|have)\s+begun))(?:\s+to)?{_GAPS}\s*$"
)
_BEING = re.compile(rf"(?:\b(?:is|are)|(?<=\w)[’']re)\s+being{_GAPS}\s*$")
_GOING_ON = re.compile(
    r"\b(?:continu(?:e[sd]?|ing)|intensif(?:y|ies|ied|ying)|step(?:s|ped|ping)?\s+up|prolong(?:s|ed|ing)?|extend(?:s|ed|ing)?"
    r"|ongoing|escalat(?:e[sd]?|ing)|widen(?:s|ed|ing)?|maintain(?:s|ed|ing)?|remain(?:s|ed)?)"
    r"(?:\s+(?!that\b)[\w’'-]+){0,4}\s*$",
    re.IGNORECASE,
)
_INQUIRY = re.compile(
    r"(?:investigation|probe|inquir(?:y|ies)|enquiry|offensive|siege|crackdown|manhunt|search|hunger\s+strike|campaign)s?$",
    re.IGNORECASE,
)
_OPENED = re.compile(
    r"\b(?:launch(?:es|ed|ing)?|open(?:s|ed|ing)?|beg[au]n|begins?|start(?:s|ed|ing)?|join(?:s|ed|ing)?|head(?:s|ing)?"
    r"|under|face[sd]?|facing|(?:has|have)\s+gone\s+on)\b(?:\s+[\w’'-]+){0,4}\s*$",
    re.IGNORECASE,
)
_AFTER_ONGOING = re.compile(
    r"\s*(?:\w+\s+){0,4}?(?:is|are|remains?)\s+(?:still\s+)?(?:under\s*way|ongoing|going\s+on|continuing|in\s+progress)"
    r"|[^.,;\"“”]{0,60}?\bfor\s+an?\s+(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+th)\s+(?:straight\s+|consecutive\s+)?"
    r"(?:day|night|week|month|year)\b|\s+(?:continues?|goes\s+on|rages?)\b",
    re.IGNORECASE,
)
_PLANNED_NOUN = re.compile(
    r"\b(?:plan(?:s|ned|ning)?(?:\s+for)?|order(?:s|ed|ing)|approv(?:e[sd]|ing|al\s+of)|announc(?:e[sd]|ing)\s+plans\s+for|schedul(?:e[sd]|ing)"
    r"|upcoming|forthcoming|next|future|prepar(?:e[sd]?|ing|ations?)\s+for|ahead\s+of|on\s+the\s+eve\s+of|authori[sz](?:e[sd]|ing)|will\s+\w+)"
    r"(?:\s+(?:a|an|the|its|their|his|her|of|for|[\w’'-]+)){0,3}\s*$",
    re.IGNORECASE,
)
_HAVING_ORDERED = re.compile(
    r"\b(?:for|of|after|had|has|have)\s+(?:ordering|ordered|authori[sz]ing|authori[sz]ed|approving)\b(?:\s+[\w’'-]+){0,3}\s*$",
    re.IGNORECASE,
)
"""Whoever is tried "for ordering" a deed: it was done."""
_WISHED_NOUN = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+for|demand(?:s|ed|ing)?|threat(?:s|en\w*)?(?:\s+of)?|propos(?:e[sd]?|ing|als?\s+for)|fear(?:s|ed|ing)?(?:\s+of)?"
    r"|possib(?:le|ility\s+of)|potential|urg(?:e[sd]|ing)|warn(?:s|ed|ing)?\s+of|risk\s+of|hypothetical|considering|(?<!failed\sto\s)(?<!fail\sto\s)prevent(?:s|ed|ing)?|avert\w*"
    r"|avoid(?:s|ed|ing)?|seek(?:s|ing)?|sought|hop(?:e[sd]?|ing)\s+for|rul\w+\s+out|request(?:s|ed|ing)?|appeal\w*\s+for|deter(?:s|red)?)"
    r"(?:\s+(?:a|an|the|any|its|their|his|her|of|for|[\w’'-]+)){0,2}\s*$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:e[sd]?|ing)|refut(?:e[sd]?|ing)|reject(?:s|ed)?\s+(?:claims|reports|allegations)\s+that)\b"
    r"(?P<what>(?:\s+(?!(?:where|when|after|before|who|which|while|because|of|for|in|about)\b)[\w’',.-]+){0,9})\s*$",
    re.IGNORECASE,
)
_ING = re.compile(r"\w+ing\b", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|disput\w+|refut\w+|reject\w*|dismiss\w*|rebut\w*)\b", re.IGNORECASE
)
_LATER = re.compile(
    r"\b(?:where|when|after|before|who|which|whose|while|because|responsib\w+|involve\w*|role|part|hand|knowledge|link\w*)\b",
    re.IGNORECASE,
)
_PAST = re.compile(rf"^(?:\w+ed|{one_of(verb_forms().past)})\b", re.IGNORECASE)
_IS_PAST = re.compile(rf"\b(?:had|have|has|was|were|did){_GAPS}(?:\s+been)?{_GAPS}\s*$", re.IGNORECASE)

_TO_HAVE = re.compile(r"\bto\s+have\s*$")
_DEPENDS = re.compile(r"[^.;]*?\b(?:if|unless|as\s+long\s+as|as\s+soon\s+as|provided)\b")
_REPORTED = re.compile(r"\b(?:said|says|announced|that|it|he|she|they|will|would)\b")
_DET = r"(?:a|an|the|its|their|his|her|this|fresh|new|further|more|on|for|in|of)"
_WILL_NOUN = re.compile(rf"\b(?:will|shall)(?:\s+[\w’',-]+){{1,9}}?\s+{_DET}(?:\s+[\w-]+){{0,2}}\s*$")
_MAY_NOUN = re.compile(r"\b(?:may|might|could)(?:\s+(?!not\b)[\w’'-]+){1,3}\s+$")

DENIED_WORDS = 9
"""Words of what is denied before the word that denies it holds no longer: what comes later is told by the way."""

NEXT: dict[str, EventStatus] = {
    "promise": "planned",
    **dict.fromkeys(("demand", "ask", "threaten", "warn", "predict"), "hypothetical"),
}
"""What becomes of the content of an act that is about what is yet to come, where its words do not tell otherwise."""


def status_of(article: Article, trigger: Span, witness: Statement | None) -> EventStatus:
    """Whether the event of a trigger happened, goes on, is planned, is said not to have been, or is only thought of.

    `witness`: the statement whose content holds the trigger, None in narration. It is believed: "X said they had bombed" is
    happened, by X's word.
    """
    text = article.text
    words, left = trigger.of(text), _left(text, trigger)
    head = _HEAD.match(words)
    start = head.end() if head else 0
    # A trigger with its auxiliary in it ("will meet"): that is read as if it stood before.
    verb, rest = left + words[:start], words[start:]
    over = _is_over(verb, rest)
    found = _denied(text, left, trigger, witness, over=over) or _to_come(text, left, verb, rest, trigger)
    if found is not None:
        return found
    if witness is not None and _in_question(text, trigger, witness):
        return "hypothetical"
    if _ONLY_IF.search(left):  # "if they attacked": no past, a condition
        return "hypothetical"
    if _going_on(text, left, verb, rest, trigger, over=over):
        return "ongoing"
    if witness is not None and witness.act is not None and witness.act.code in NEXT and not over:
        return NEXT[witness.act.code]
    return "happened"


_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|question(?:s|ed|ing)|wonder(?:s|ed|ing)?|inquir(?:es?|ed|ing)|press(?:es|ed|ing))\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\W*(?:(?:whether|if)\b|(?:about|on|over) (?:the |these |those |any )?(?:\w+ )?"
    rf"(?:{one_of(claims('asked'))}) (?:that|of)\b)",
    re.IGNORECASE,
)


def _in_question(text: str, trigger: Span, witness: Statement) -> bool:
    """Whether somebody asks whether it was: "asked if they had fired". Who asks why it was takes it that it was."""
    held = next((c for c in witness.content if c.holds(trigger)), None)
    if held is None or not _ASKED.search(words_of(text, witness.cue)):
        return False
    return _WHETHER.match(text, held.start, trigger.start) is not None


_HEAD = re.compile(
    r"(?:(?:will|would|shall|may|might|could|can|must|should|not|never|has|have|had|been|being|be|is|are|was|were|to|won[’']t"
    r"|did|does|do)\s+)+(?=\w)"
)


def _left(text: str, trigger: Span) -> str:
    """The words before a trigger in its clause."""
    return text[_BOUNDS.opened(text, max(0, trigger.start - REACH), trigger.start) : trigger.start]


def _denied(text: str, left: str, trigger: Span, witness: Statement | None, *, over: bool) -> EventStatus | None:
    """Denied: by a negation before the trigger (one inside it is what is told of: "would not sign"), or by the witness."""
    negated = _NOT.search(left) or (_NONE.search(left) and not over) or (over and _NO_SUBJECT.search(left))
    negated = negated or _TO_NOBODY.match(text, trigger.end)
    if negated and not _NOT_ONLY.search(left):
        return "hypothetical" if re.search(r"\b(?:will|would|wo|wouldn)\b", left) else "denied"
    if witness is None:
        found = _DENIED.search(left)
        return "denied" if found and not _LATER.search(found["what"]) else None
    cue = words_of(text, witness.cue)
    if not _DENIAL.search(cue) or re.search(r"\b(?:not|nor|never)\b|n[’']t\b", cue):
        return None
    held = next((c for c in witness.content if c.holds(trigger)), None)
    before = text[held.start : trigger.start] if held else left
    far = len(before.split()) > DENIED_WORDS or _LATER.search(before) or re.search(r"[,;.]", before)
    return None if far else "denied"


def _to_come(text: str, left: str, verb: str, rest: str, trigger: Span) -> EventStatus | None:
    if _NOT.search(verb):
        return None
    if _WOULD_HAVE.search(verb) or _MAY.search(verb):
        return "hypothetical"
    if _WILL.search(verb) or _WOULD.search(verb):
        depends = _IF.search(left) or _DEPENDS.search(text, trigger.end, min(len(text), trigger.end + REACH))
        bare = _WOULD.search(verb) and not _REPORTED.search(left)
        return "hypothetical" if depends or bare else "planned"
    if rest in ("willing", "ready"):
        return "hypothetical" if _DEPENDS.search(text, trigger.end, min(len(text), trigger.end + REACH)) else None
    if _TO.search(verb):
        if _TO_HAVE.search(verb):
            return None
        if _WISHED_TO.search(verb):
            return "hypothetical"
        return "planned" if _PLANNED_TO.search(verb) or _PURPOSE.search(left) else None
    return None if _PAST.search(rest) else _noun_to_come(left)


def _noun_to_come(left: str) -> EventStatus | None:
    """Of an event told by a noun ("a visit"): by what governs it."""
    if _WISHED_NOUN.search(left):
        return "hypothetical"
    planned = _PLANNED_NOUN.search(left) and not _HAVING_ORDERED.search(left)
    if planned or _WILL_NOUN.search(left):
        return "planned"
    if _MAY_NOUN.search(left):
        return "hypothetical"
    return "hypothetical" if _IF.search(left) and not re.search(r"\bthe\s+(?:\w+\s+)?$", left) else None


def _going_on(text: str, left: str, verb: str, rest: str, trigger: Span, *, over: bool) -> bool:
    if _BEING.search(verb) or (_ING.match(rest) and rest != "willing" and _ONGOING.search(verb)):
        return True
    begun = not over and not re.search(r"\bhad\b", left)
    if begun and (_GOING_ON.search(left) or (_INQUIRY.search(rest) and _OPENED.search(left))):
        return True
    return _AFTER_ONGOING.match(text, trigger.end, min(len(text), trigger.end + REACH)) is not None


def _is_over(verb: str, word: str) -> bool:
    """Whether a trigger stands in a past tense."""
    return _IS_PAST.search(verb) is not None or _PAST.search(word) is not None
