"""Who says it by the grammar around a verb: whom "by" tells of, whose object only looks like a source, who is only asked.

"Lane was urged by Brandt to go" is what Brandt says, "rejected accusations by Brandt that" what is said of Brandt's words, and
in "Lane, asked whether it leaked, said" it is not Lane who asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.analysis.quotes import DOUBLE, SINGLE
from onrecord.codebook.nouns import bodies, claims, offices, one_of, people
from onrecord.extract.clauses import subject_of
from onrecord.extract.deedverbs import own_act
from onrecord.extract.holding import span_at
from onrecord.records import Article, Span

_PASSIVE = re.compile(
    r"(?:[\w’']+ ){0,4}?(?:is|are|was|were|be|been|being)(?: (?:also|now|not|then|later|first|once|again|\w+ly))* "
    r"(?P<verb>told|\w+ed)(?P<by> by)?",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?P<verb>Asked|Pressed|Questioned|Quizzed|Challenged)(?P<by> by)?")
"""Opening a sentence: "Asked by Quell Radio whether it leaked, Lane said"."""
_ACCUSED = re.compile(
    r"(?:(?:has|have|had) )?(?:is|are|was|were|been)(?: (?:also|widely|long|now|then|\w+ly))? accused(?P<of> of)?",
    re.IGNORECASE,
)
_DONE_TO = frozenset(
    "told asked urged warned accused blamed charged criticised criticized condemned denounced praised thanked commended hailed "
    "congratulated ordered advised informed reminded instructed mocked attacked rebuked challenged pressed questioned "
    "assured".split()
)
_BY = re.compile(r"(?: (?:on \w+day|yesterday|today|last \w+|this \w+|later|\w+ly))* by ")
_WHOM = re.compile(
    r"(?P<who>[^.;:?!“”\"]{2,80}?),? (?=(?P<how>to|not to|that|for|over|whether|as|about|on|of (?!(?:the )?[A-Z])))\b"
)
_LAST = re.compile(r",?(?: (?:to|of|that|for|over|as|on|about|with|into|from|whether))?\s*$")
_CLOSING = frozenset("”\"’'")
_UNNAMED = re.compile(
    r" (?P<who>(?:an?|one|another|someone) (?:(?!(?:who|as|when|while|after|before|that|which)\b)[\w’'-]+ ){0,7}?[\w’'-]+)"
    r"(?=[.,;?!]|$| (?:who|as|when|while|after|before)\b)"
)
_BARE = re.compile(r"(?P<what>(?!\w+ing\b)(?:[a-z-]+ ){0,2}(?!\w+(?:ed|en)\b)[a-z-]+) by (?P<who>[^.;:?!“”\"]{2,80})")
"""What somebody is accused of, without article or verb, so that "by" can only tell who accuses: "of fraud by the auditor"."""
_OF_DOING = re.compile(r",? (?=of (?:[a-z]+ly )?(?!during\b)[a-z]{2,}ing\b)")
MOST = 10
"""Words of whom "by" tells."""
_REJECTED = re.compile(
    r"(?:(?:has|have|had|also|again|\w+ly) )*(?:reject|den[yi]|dismiss|disput|refut|rebut|rebuff|brush|play|repudiat|deflect"
    r"|face|answer|counter|contest)\w*(?: (?:aside|off|away|down))?(?: (?:a|an|the|any|all|new|fresh|\w+(?:al|ed|ing|less)))* "
    rf"(?:{one_of(claims('rejected'))})",
    re.IGNORECASE,
)
"""What somebody makes of another's words, whom "by" or "from" tells of."""
_OWNER = re.compile(r" (?:by|from|of) (?:the )?")
_ADDRESSING = frozenset("accuse criticize demand praise ask warn".split())
_AIMED = frozenset("accuse criticize praise".split())
_MARKS = DOUBLE | SINGLE
_CHALLENGES = frozenset("challenged dared told".split())
_PUT = re.compile(r"asked|told|pressed|questioned|quizzed|warned|informed", re.IGNORECASE)
_WHAT = re.compile(
    r"\W*(?:(?:about|on|by|over) |(?:whether|if|why|how|what|when|who|which|where|that)\b)", re.IGNORECASE
)
_ASIDE = re.compile(r", (?:(?:when|if|once|after being|on being) )?$")
_OPENS = re.compile(r"\W*(?:(?:When|Once|If|After being|On being) )?")
_GOES_ON = re.compile(r"[”\"’']?,[”\"’']? (?!(?:and|but|or|then)\b)")


def is_somebody(words: str) -> bool:
    """Whether words may be somebody: a name is among them, or a word for people or a body."""
    small = {w.lower().removesuffix("s") for w in re.findall(r"[\w’-]+", words)} | {words.split()[-1].lower()}
    named = re.search(r"(?<![\w’'])[A-Z]", words) is not None
    return len(words.split()) <= MOST and (named or not small.isdisjoint(people() | offices() | bodies()))


def is_passive(text: str, cue: Span) -> bool:
    """Whether a cue tells in the passive what somebody says to or of its subject: "was urged", "has been accused by"."""
    found = _PASSIVE.fullmatch(text, cue.start, cue.end)
    return found is not None and found["verb"].lower() in _DONE_TO


def is_accused(text: str, cue: Span) -> bool:
    """Whether somebody is accused of something: "has been accused of"."""
    found = _ACCUSED.fullmatch(text, cue.start, cue.end)
    return found is not None and (found["of"] is not None or text.startswith(" of ", cue.end))


def with_agent(
    text: str, source: Sequence[Span], cue: Span, content: Sequence[Span]
) -> tuple[tuple[Span, ...], list[Span]]:
    """Source and content, whom "by" tells of after a passive verb being the source and no part of the content."""
    found = _PASSIVE.fullmatch(text, cue.start, cue.end) or _ASKED.fullmatch(text, cue.start, cue.end)
    after = next((n for n, c in enumerate(content) if c.start >= cue.end), None)
    agent = source[0] if source and found is not None and source[0].start >= cue.end else None
    if agent is not None and text.startswith("by ", agent.start, agent.end - 1):
        source = (Span(agent.start + len("by "), agent.end), *source[1:])
    if source and found is not None and own_act(found["verb"]) == "accuse":
        return _without_deed(text, source, cue, content)
    if source or found is None or after is None or (found.re is not _ASKED and own_act(found["verb"]) is None):
        return tuple(source), list(content)
    first = content[after]
    by = None if found["by"] else _BY.match(text, cue.end, first.end)
    start = cue.end + 1 if found["by"] else by.end() if by else None
    if start is None:
        return _at_the_end(text, found["verb"], content)
    if start < first.start:
        last = _LAST.search(text, start, first.start)
        end, begin = last.start() if last else first.start, first.start
    else:
        whom = _WHOM.match(text, start, first.end)
        if whom is None:
            return (), list(content)
        end, begin = whom.end("who"), whom.end() + (3 if whom["how"].startswith("of") else 0)
    who = text[start:end]
    if not who.strip() or begin >= first.end or re.search(r"[.;:?!“”\"]", who) or not is_somebody(who):
        return (), list(content)
    return (Span(start, end),), [*content[:after], Span(begin, first.end), *content[after + 1 :]]


def _without_deed(
    text: str, source: Sequence[Span], cue: Span, content: Sequence[Span]
) -> tuple[tuple[Span, ...], list[Span]]:
    """Source and content, the deed that somebody is accused of being content: "by a former chair | of hiding a report"."""
    first = source[0]
    cut = _OF_DOING.search(text, first.start, first.end)
    if len(source) > 1 or cut is None or not text[cue.start : first.start].rstrip().endswith(" by"):
        return tuple(source), list(content)
    deed = Span(cut.end(), first.end)
    return (Span(first.start, cut.start()),), sorted([*content, deed])


def _at_the_end(text: str, verb: str, content: Sequence[Span]) -> tuple[tuple[Span, ...], list[Span]]:
    last = content[-1]
    found = _BARE.fullmatch(text, last.start, last.end)
    if found is None or own_act(verb) != "accuse" or not is_somebody(found["who"]):
        return (), list(content)
    return (Span(*found.span("who")),), [*content[:-1], Span(*found.span("what"))]


def with_subject(article: Article, source: Span, cue: Span, content: Sequence[Span]) -> tuple[Span, ...]:
    """The source, the verb's own subject where what was taken for it is whose words are rejected, or whom the verb has as object.

    "Norvia rejected accusations by Velmark that …", "… and challenged its leader to a debate"; none where no subject stands
    right before the verb.
    """
    text = article.text
    before = next((c for c in content if 0 <= cue.start - c.end <= 1), None)
    inverted = None if before is None else _inverted(text, source, cue, before)
    if inverted is not None and not any(c.overlaps(inverted) for c in content):
        return (inverted,)
    if source.start < cue.end or not content or content[0].start < source.end:
        return (source,)
    between = text[cue.end : source.start]
    if _OWNER.fullmatch(between) and _REJECTED.fullmatch(text, cue.start, cue.end):
        return _subject(article, cue)
    verb = cue.of(text).split()[-1].lower()
    addressed = own_act(verb) in _ADDRESSING or verb in _CHALLENGES
    if (
        between == " "
        and addressed
        and verb.endswith(("ed", "told"))
        and text[cue.start - 5 : cue.start] in (" and ", " but ")
    ):
        return ()
    return (source,)


def _inverted(text: str, source: Span, cue: Span, last: Span) -> Span | None:
    """Somebody unnamed after a verb right after a quotation, where the source was taken from a sentence before that."""
    if source.end > last.start or text[last.end - 1] not in _CLOSING or cue.of(text).lower() == "told":
        return None
    found = _UNNAMED.match(text, cue.end) if re.search(r"[.?!][”\"’']?\s", text[source.end : last.start]) else None
    return Span(*found.span("who")) if found and is_somebody(found["who"]) else None


def _subject(article: Article, cue: Span) -> tuple[Span, ...]:
    text = article.text
    words = subject_of(text, sentence_start(article, cue.start), cue.start, ()).words
    if words is None:
        return ()
    said = words.of(text)
    bare = said.strip(" ,")
    start = words.start + len(said) - len(said.lstrip(" ,"))
    return (Span(start, start + len(bare)),) if bare else ()


def is_put(article: Article, cue: Span, content: Sequence[Span]) -> bool:
    """Whether a verb is the participle of who is asked or told: "Lane, when asked whether it leaked, said", "Told it did, …".

    In "Lane met him, asked whether it leaked, and left" it is not.
    """
    text = article.text
    if not _PUT.fullmatch(text, cue.start, cue.end) or not content or content[0].start < cue.end:
        return False
    opens = _OPENS.fullmatch(text, sentence_start(article, cue.start), cue.start)
    if opens is None and not _ASIDE.search(text, max(0, cue.start - 12), cue.start):
        return False
    return _WHAT.match(text, cue.end) is not None and _GOES_ON.match(text, content[-1].end) is not None


def sentence_start(article: Article, at: int) -> int:
    """Where the sentence of a place begins."""
    found = span_at(article.sentences, at)
    return found.start if found else 0


def is_object(text: str, source: Span, cue: Span, content: Sequence[Span]) -> bool:
    """Whether a source is whom a verb is aimed at, right behind it: "the police" of "The bishop, on Sunday, berated the police".

    Behind what is quoted, or before a comma, the subject may follow on its verb.
    """
    if source.start != cue.end + 1 or own_act(cue.of(text).split()[-1]) not in _AIMED:
        return False
    before = all(c.end <= cue.start and text[c.start] not in _MARKS for c in content)
    return before and text[cue.start - 2 : cue.start] != ", "
