"""What keeps a cue from being its verb's act: negation, modality, condition, question.

Read from the words of one clause, by rules in the manner of hedge and factuality cues (Saurí and Pustejovsky 2009, FactBank).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from onrecord.codebook.nouns import claims, one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.clauses import Bounds, adverbs
from onrecord.extract.deedverbs import own_act
from onrecord.extract.holding import holder_of
from onrecord.records import Act, Article, Span, Statement, words_of

CueStanding = Literal["asserted", "negated", "hypothetical"]
"""Whether what a cue tells was done, is said not to have been done, or is only thought of, wanted or yet to come."""

REACH = 90
"""Characters to the left in which the auxiliaries and the governing verb of a word stand, if it has any."""
_BOUNDS = Bounds("stop", "mark", "quote", "single")
_GAPS = adverbs()
_FILL = rf"(?:{_GAPS}\s+(?:be|been|being|have|has|had|to\s+have|having))*{_GAPS}\s*$"
"""What may stand between an auxiliary and the verb that it belongs to."""

_NEGATED = re.compile(
    rf"(?:\b(?:not|never|no\s+longer|neither|nor|hardly)|n[’']t|\bcannot){_FILL}"
    r"|\b(?:fail(?:s|ed|ing)?\s+to|stop(?:s|ped|ping)?\s+short\s+of|short\s+of|without|instead\s+of|rather\s+than"
    rf"|(?:yet|has\s+yet|have\s+yet)\s+to|never\s+(?:once\s+)?){_GAPS}\s*$",
    re.IGNORECASE,
)
# Said with a negation, and yet said: "did not hesitate to accuse", "could not help saying", "not only accused".
_NO_NEGATION = re.compile(
    r"\b(?:not|never|cannot|n[’']t)\s+(?:only|just|merely|simply|hesitate[ds]?|help|resist|shy|tire[ds]?|cease[ds]?|stop(?:s|ped)?"
    r"|fail(?:s|ed)?|mince|needing?|even\s+needing)\b|n[’']t\s+(?:only|just|hesitate|help|resist|fail)\b",
    re.IGNORECASE,
)
HAD_DONE = (
    r"(?:\s+(?:\w+ly|never|not|already|also|just|only|always|often|once|since|both|all|long))*\s+"
    r"(?:(?!(?:need|feed|speed|heed|proceed|succeed|exceed|bleed|breed|shed|embed|weed)\b)\w+ed"
    rf"|{one_of(verb_forms().participle - verb_forms().verbs.keys())})\b"
)
"""What follows "’d" where that is "had": a participle whose base has another form ("he’d spoken", but "he’d put")."""
_MODAL = re.compile(  # small letters: May and Will are names
    rf"(?:\b(?:could|can|may|might|would|should|shall|will|must|ought\s+to)|(?<=\w)[’'](?:ll|d)){_FILL}"
)
_POLITE = re.compile(
    r"\b(?:I|we)\s+(?:would|must|should|might|could|can|will|may)\b"
    r"|(?:\bwould|[’']d)\s+(?:like|love|prefer|rather|welcome|appreciate|go\s+on|later|repeatedly)\b"
    r"|\b(?:can|could|may|might|will|would)\s+(?:only|be\s+(?:seen|heard|found|read|described|expected|told))\b"
    r"|\b(?:could|can)\s*(?:not|n[’']t)\s+(?:help|resist|stop)\b",
    re.IGNORECASE,
)
_WANTED = (
    r"urg(?:e[sd]?|ing)|ask(?:s|ed|ing)?|call(?:s|ed|ing)?\s+(?:up)?on|order(?:s|ed|ing)?|invit(?:e[sd]?|ing)|press(?:es|ed|ing)?"
    r"|beg(?:s|ged|ging)?|want(?:s|ed|ing)?|demand(?:s|ed|ing)?|expect(?:s|ed|ing)?|command(?:s|ed)?|instruct(?:s|ed)?"
    r"|requir(?:e[sd]?|ing)|request(?:s|ed)?|advis(?:e[sd]?|ing)|encourag(?:e[sd]?|ing)|implor(?:e[sd]?|ing)|plead(?:s|ed|ing)?"
    r"|t(?:ell|ells|old)|(?:un)?likely|due|set|scheduled|prepar(?:e[sd]?|ing)|plan(?:s|ned|ning)?|about|poised|hop(?:e[sd]?|ing)"
    r"|wait(?:s|ed|ing)?|intend(?:s|ed|ing)?|threaten(?:s|ed|ing)?|agree(?:s|d|ing)?|promis(?:e[sd]?|ing)|vow(?:s|ed|ing)?"
    r"|pledg(?:e[sd]?|ing)|offer(?:s|ed|ing)?|propos(?:e[sd]?|ing)|decid(?:e[sd]?|ing)|chance|opportunity|need(?:s|ed|ing)?|right"
)
_TO = re.compile(rf"\bto{_GAPS}\s*$")
_TO_DO = re.compile(
    rf"\b(?:{_WANTED})(?:\s+(?!(?:to|and|but|or|who|which|that|seem\w*|appear\w*|began|went)\b)[\w’'.-]+){{0,5}}\s+to{_GAPS}\s*$",
    re.IGNORECASE,
)
# "wanted to know" asks.
_WANTS_TO_KNOW = re.compile(
    r"\b(?:want|need|like|ask|demand|wish)\w*\s+to\s+(?:know|say|see|ask|stress|thank|hear|make)\b", re.IGNORECASE
)
_IF = re.compile(r"\b(?:if|unless|in\s+case|lest|whether|as\s+though|supposing|imagine)\b", re.IGNORECASE)
_HAD = re.compile(r"\W*(?:Had|Should|Were)\s")
"""With which a condition without "if" begins: "Had the minister said so"."""
_NOBODY = re.compile(
    r"(?:nobody|no\s+one|none|neither|no(?!\.?\s*\d)|nor)\b|(?:few|little|not\s+one|not\s+a\s+single|hardly\s+any)\s",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\s*[\"“‘']?(?:and|but|so|then)?\s*(?:did|does|do|has|have|had|is|was|were|are|will|would|could|can|should|may|who|what|why|when|how"
    r"|where|whom|which)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[A-Za-z’']+")


def standing_of_cue(article: Article, statement: Statement) -> CueStanding:
    """Whether a statement was made. "declined to say" is asserted: it is a refusal, and that was made."""
    text, cue = article.text, words_of(article.text, statement.cue)
    left = _left(text, statement.cue[0].start, statement.content)
    said = left + cue[: _verb(cue)]
    words = frozenset(_HEAD.findall(f"{left} {cue}".lower()))
    if _is_negated(text, statement, said, left + cue, words):
        return "negated"
    if _is_hypothetical(left, said, left + cue, words) or _is_question(article, statement):
        return "hypothetical"
    return "asserted"


def _verb(cue: str) -> int:
    """Where a cue's verb begins: its last word that has an act of its own ("is expected to announce"), else its last."""
    words = list(_HEAD.finditer(cue))
    own = [w for w in words if own_act(w[0]) is not None]
    return (own or words)[-1].start() if words else 0


def _left(text: str, start: int, contents: Sequence[Span]) -> str:
    """The words before a place in its clause, outside the contents."""
    floor = max([0, start - REACH, *(c.end for c in contents if c.end <= start)])
    return text[_BOUNDS.opened(text, floor, start) : start]


_NEVER_QUOTED = re.compile(r"[“\"‘'](?:never|not)\b[^“”\"‘’'.,;:]*[”\"’'] $", re.IGNORECASE)
"""A negation that is quoted by itself before the verb: "he had “never in my life” told anyone"."""
NEVER_REACH = 40
_NEGATIVES = frozenset(
    "not never no neither nor hardly cannot without instead rather short yet fail fails failed failing".split()
)
_MODALS = frozenset("could can may might would should shall will must ought".split())
_IFS = frozenset("if unless case lest whether though supposing imagine".split())
_HAD_CLIPPED = re.compile(rf"(?<=\w)[’']d(?={HAD_DONE})")
_CLIPPED = re.compile(r"[’'](?:ll|d|t)\b")


def _is_negated(text: str, statement: Statement, said: str, whole: str, words: frozenset[str]) -> bool:
    if any(_NOBODY.match(text, s.start, s.end) for s in statement.source):
        return True
    start = statement.cue[0].start
    if _NEVER_QUOTED.search(text, max(0, start - NEVER_REACH), start):
        return True
    if words.isdisjoint(_NEGATIVES) and not any(w.endswith(("n't", "n’t")) for w in words):
        return False
    if _NO_NEGATION.search(whole):
        return False
    return _NEGATED.search(said) is not None


_NEITHER = re.compile(
    r"\b(?:neither|nor|no\s+one|nobody|none\s+of|few(?:\s+of)?|not\s+one\s+of)\s+(?:the\s+)?$", re.IGNORECASE
)
_NEITHER_REACH = 20
_WOULD = re.compile(r"(?:would|could|will|can|dared?|agreed|believe[sd]?|th(?:ink|inks|ought))\b", re.IGNORECASE)


def is_by_nobody(text: str, statement: Statement) -> bool:
    """Whether it is told that nobody said it, or hardly anybody: "Neither Lane nor Brandt said so", "few ministers said so".

    "No official would comment" is not meant, which is a refusal, nor "few believe it".
    """
    if _WOULD.match(text, statement.cue[0].start):
        return False
    return any(
        _NOBODY.match(text, s.start, s.end) or _NEITHER.search(text, max(0, s.start - _NEITHER_REACH), s.start)
        for s in statement.source
    )


def is_unsaid(article: Article, statement: Statement) -> bool:
    """Whether it is told as what nobody said, or somebody did not: "no officer told her", "she did not repeat that"."""
    if is_by_nobody(article.text, statement):
        return True
    words = _HEAD.findall(words_of(article.text, statement.cue))
    return own_act(words[-1] if words else "") == "state" and standing_of_cue(article, statement) == "negated"


_WITHDRAWN = re.compile(
    r"\b(?:withdr[ae]w(?:s|n|ing)?|retract(?:s|ed|ing)?|recant(?:s|ed|ing)?|disown(?:s|ed|ing)?|disavow(?:s|ed|ing)?"
    r"|rescind(?:s|ed|ing)?|(?:t[ao]kes?|took|taken|taking|walk(?:s|ed|ing)?|row(?:s|ed|ing)?) back(?: on)?"
    r"|back(?:s|ed|ing)? away from|backtrack(?:s|ed|ing)? (?:on|from))"
    r" (?:his|her|its|their|my|our|an|the|that|those|earlier|previous)(?: [\w-]+){0,2}?"
    rf" (?:{one_of(claims('withdrawn'))})\b",
    re.IGNORECASE,
)
_WITHDRAWN_REACH = 60


def is_withdrawn(text: str, statement: Statement) -> bool:
    """Whether it tells that a claim was taken back, or what was claimed by it: "withdrew her claim that"."""
    cue = statement.cue[0]
    lo, hi = max(0, cue.start - _WITHDRAWN_REACH), cue.end + _WITHDRAWN_REACH
    return any(cue.overlaps(Span(*found.span())) for found in _WITHDRAWN.finditer(text, lo, hi))


def is_denied(text: str, outer: Statement) -> bool:
    """Whether what is said within a statement is only told as what was not: "Lane denied that Brandt had asked her"."""
    if outer.form == "direct" or outer.content[0].start < outer.cue[-1].end:
        return False
    return any(own_act(word) == "deny" for word in _HEAD.findall(words_of(text, outer.cue))[-1:])


def _is_hypothetical(left: str, said: str, whole: str, words: frozenset[str]) -> bool:
    clipped = _CLIPPED.search(whole) is not None and _HAD_CLIPPED.search(whole) is None
    modal = not words.isdisjoint(_MODALS) or clipped
    to = "to" in words and _TO.search(said) is not None
    if (modal or to) and (_POLITE.search(whole) or _WANTS_TO_KNOW.search(whole)):
        return False
    if (modal and _MODAL.search(said)) or (to and _TO_DO.search(said)):
        return True
    if _HAD.match(left):
        return True
    return not words.isdisjoint(_IFS) and _IF.search(left.rsplit(",", 1)[-1]) is not None


def _is_question(article: Article, statement: Statement) -> bool:
    """Whether the cue's own sentence asks: "Did he say so?"; not where only its content does."""
    text, cue = article.text, statement.cue[0]
    sentence = holder_of(article.sentences, cue)
    if sentence is None or "?" not in text[sentence.end - 2 : sentence.end]:
        return False
    if any(s.end >= sentence.end - 1 and text[s.start] in "\"“‘'" for s in statement.content):
        return False
    opened = _ASKED.match(text, sentence.start, cue.end)
    return opened is not None and not any(c.start <= sentence.start < c.end for c in statement.content)


_TELL = re.compile(r"\b(?:tell|tells|told|telling)\b", re.IGNORECASE)
_UNDER_NEGATION = frozenset(("believe",))
"""Acts that a negated cue may have though they are its verb's own: doubts are beliefs."""
_UNDER_MODALITY = frozenset(("believe",))
"""What one can or would think is a leaning that one has: no words are put into anybody's mouth."""


def act_allowed(act: Act | None, standing: CueStanding, cue: str) -> Act | None:
    """The act, unless it is that of a verb that is negated ("did not accuse") or of a cue that tells only what may be said.

    "did not deny" may be an admission, "would not say" a refusal: a negation takes away the verb's own act alone.
    `cue`: the cue's words.
    """
    if act is None or standing == "asserted":
        return act
    if standing == "hypothetical":
        return act if act.code in _UNDER_MODALITY else None
    own = {own_act(word) for word in _HEAD.findall(cue)}
    if _TELL.search(cue):
        own.add("demand")  # "never told anyone to lie"
    return None if act.code in own - _UNDER_NEGATION else act
