"""Sources and contents as the sentence around them makes them whole: a shared subject, a second "that", what "as" refers to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.codebook.nouns import one_of
from onrecord.codebook.tables import load
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.attribution import Attribution
from onrecord.extract.deedverbs import own_act
from onrecord.extract.holding import Contents
from onrecord.records import Article, Span

_VERB = rf"(?:(?:also|then|later|again|never|\w+ly) )?(?:\w+ed|has|is|{one_of(verb_forms().past)})\b"
_NO_NAME = (
    r"(?!(?:On|In|At|By|For|From|After|Before|When|While|As|If|But|And|Yet|So|Then|Later|Earlier|Since|Until|Although|Though|However"
    r"|Meanwhile|Yesterday|Today|Last|Next|This|That|These|Those|There|Here|Both|Asked|Pressed|What|Why|How|Who"
    rf"|{'|'.join(load().weekday_names)})\b)"
)
_SUBJECT = re.compile(
    rf"(?P<subject>he|she|they|it|we|I|He|She|They|It|We|{_NO_NAME}[A-Z][\w’'-]*(?:\.? [A-Z][\w’'-]*){{0,3}}"
    rf"|(?:The|the|An?|an?)(?: (?!(?:that|who|which|whom|whose|what)\b)[\w’'-]+){{1,6}}?) {_VERB}"
)
"""A clause's subject and its verb, with nothing between them."""
_JOINED = re.compile(r"\b(?:and|but) (?:(?:also|then|later|again|instead|even|yesterday|once|\w+ly) )*$")
_ANOTHER = re.compile(
    r"[.;:?!](?:\s|$)|[“”\"]|\b(?:while|whereas) "
    r"|, (?:he|she|they|it|we|I|and|but|while|who|which|whose|where|when|after|as|because|although) "
    rf"|, (?:[A-Z]|(?:the|an?) )[\w’'.-]*(?: [\w’'.-]+){{0,5}}? {_VERB}"
)
"""What parts a verb from a subject before it."""
_AND_THAT = re.compile(
    r",? (?=(?:and|or) that (?!(?:of|is|was|has|had|will|would|could|should|may|might|must|does|did|means|day|night|week"
    r"|month|year|same|\w+n[’']t)\b))"
)
_AND_DONE = re.compile(r" (?=and (?:(?:then|later|also) )?(?P<verb>\w+ed) by )")
_IS_DONE = re.compile(r"\b(?:is|are|was|were|been|being|be) (?:\w+ly )?\w+(?:ed|en|wn|ne|ght|ld|de|nt|ut)\b")
_DONE = rf"(?:\w+ed|{one_of(verb_forms().participle & verb_forms().past)})"
_GONE = rf"(?:\w+ed|{one_of(verb_forms().participle)})"
_HAD_DONE = re.compile(
    rf"that (?:[\w’'.-]+ ){{1,8}}?had (?:(?:also|already|not|never|\w+ly) )?{_GONE}\b(?!.*[“”\"])", re.DOTALL
)
_AND_TOO = re.compile(rf" (?=and (?:(?:then|later|also|\w+ly) )?(?P<verb>{_DONE}) (?!by\b))")
"""A second participle after "had", of no verb of saying: of such in PolNeAR, 17 are content and none is not."""
_TAIL = re.compile(
    r",? (?:while|but|as|after|although|though|when|because|whereas|according to|prompting|\w+ing (?=that\b))\b"
)
"""What may be the writer's again."""
_ADVERB = re.compile(r" (?:[a-z]+ly|soon|again|together|early|alone)(?=[.,;]|\s*$)")
_CLAUSE = re.compile(r"(?:to|that) ")
_WHOM_TO = re.compile(r"[^,.]{1,80}? to [a-z]+\b")
"""Contents that are clauses, the latter after a verb of demanding: an adverb right after them is theirs, not so of "them"."""
_OBJECT = re.compile(r" (?P<object>him|her|them|me|us)\b")
_AND_BEFORE = re.compile(r" and (?:(?:also|then|later|again|once|\w+ly) )?$")
_AS = re.compile(r", (?:just )?as $")
_THAT = re.compile(r"(?:that|whether|if)\s+", re.IGNORECASE)
_RIGHT_AFTER = re.compile(
    r",? (?P<that>that) (?!(?:same|very|day|night|morning|afternoon|evening|week|weekend|month|year|time)\b)"
)
_TOLD = re.compile(r"(?:.* )?(?:told|tells?)", re.IGNORECASE)
"""After these "that" is of who is told: "told that meeting: “…”"."""
_STOP = re.compile(r"[\s.?!…]+$")
MOST, REACH = 400, 60
"""Characters of a clause that are looked through, and before a verb within which "and" stands that joins it."""


def made_whole(article: Article, roles: Sequence[Attribution]) -> list[Attribution]:
    """The same statements, in their order."""
    out = list(roles)
    ends: dict[int, list[int]] = {}
    for n, role in enumerate(out):
        ends.setdefault(role.content[-1].end, []).append(n)
    for n in range(len(out)):
        _take_in(article.text, out, n, ends)
    contents = Contents(role.content for role in out)
    starts = sorted((s.start, n) for n, role in enumerate(out) for s in (*role.cue, *role.source))
    out = [_with_subject(article, out, n, contents.innermost(out[n].cue[0], but=n), starts) for n in range(len(out))]
    out = [_of_other(article.text, out, n, starts) for n in range(len(out))]
    out = [_from_that(article, out, n, starts) for n in range(len(out))]
    return [_with_rest(article, out, n) for n in range(len(out))]


def _sentence(article: Article, at: int) -> Span:
    k = bisect_right(article.sentences, at, key=lambda s: s.start) - 1
    return article.sentences[max(k, 0)] if article.sentences else Span(0, len(article.text))


# ---------------------------------------------------------------- a subject that is shared


def _with_subject(
    article: Article,
    roles: Sequence[Attribution],
    number: int,
    around: int | None,
    starts: Sequence[tuple[int, int]],
) -> Attribution:
    """A statement whose verb is joined to one that is no statement's, with the subject of both.

    "Lane met the crew and told them …", "she said that Lane rang him and told him …": the outer verb's source is not the inner
    one's. `around`: the statement in whose content it stands; `starts`: of all cues and sources, with whose they are, in order.
    """
    role, text = roles[number], article.text
    cue = role.cue[0]
    outers = around is not None and role.source == roles[around].source
    if (role.source and not outers) or role.content[0].start < cue.end:
        return role
    start = _sentence(article, cue.start).start
    if around is not None:
        start = max(start, next(c.start for c in roles[around].content if c.holds(cue)))
        start = that.end() if (that := _THAT.match(text, start)) else start
    start += len(text[start : cue.start]) - len(text[start : cue.start].lstrip("\"“‘' "))
    found = _SUBJECT.match(text, start, cue.start)
    if found is None or cue.start - start > MOST or not _JOINED.search(text, start, cue.start):
        return role
    subject = Span(*found.span("subject"))
    between = starts[bisect_left(starts, (subject.end, -1)) : bisect_left(starts, (cue.start, -1))]
    if _ANOTHER.search(text[subject.end : cue.start]) or any(n not in (number, around) for _, n in between):
        return role
    return Attribution((subject,), role.cue, role.content)


def _take_in(text: str, roles: list[Attribution], number: int, ends: dict[int, list[int]]) -> None:
    """Give a verb that was taken for the outer speaker's to the subject of his clause, where both have one object.

    "Brandt said that Lane rang him and asked him to go": she asked, and all of it is what he said. `ends`: the statements whose
    content ends at a character, which this keeps.
    """
    role = roles[number]
    cue, rest = role.cue[0], text[role.cue[0].end : role.content[-1].end]
    pronoun = _OBJECT.match(rest)
    if pronoun is None or role.content[0].start < cue.end:
        return
    joint = _AND_BEFORE.search(text, max(0, cue.start - REACH), cue.start)
    for k in sorted(ends.get(joint.start(), ())) if joint else ():
        other, last = roles[k], roles[k].content[-1]
        if k == number:
            continue
        if role.source not in ((), other.source):
            continue
        that = _THAT.match(text, last.start)
        found = _SUBJECT.match(text, that.end() if that else last.start, last.end)
        one = re.search(rf"\b{pronoun['object']}\b", text[found.end() : last.end]) if found else None
        if found is None or one is None or found["subject"].lower() in ("he", "she", "they", "it", "i", "we"):
            continue
        whole = Span(last.start, role.content[-1].end)
        if any(s.overlaps(whole) for s in (*other.source, *other.cue)):
            continue
        ends[last.end].remove(k)
        ends.setdefault(whole.end, []).append(k)
        roles[k] = Attribution(other.source, other.cue, (*other.content[:-1], whole))
        roles[number] = Attribution((Span(*found.span("subject")),), role.cue, role.content)
        return


# ---------------------------------------------------------------- what "as" refers to


def _of_other(text: str, roles: Sequence[Attribution], number: int, starts: Sequence[tuple[int, int]]) -> Attribution:
    """What somebody says "as" well of another's words: those words. "Lane denied that it leaked, as Brandt had alleged".

    `starts`: as for `_with_subject`.
    """
    role = roles[number]
    opens = min(s.start for s in (*role.source, *role.cue))
    if len(role.content) != 1 or role.content[0].end > opens or not _AS.search(text, max(0, opens - 12), opens):
        return role
    whole = role.content[0]
    near = starts[bisect_left(starts, (whole.start, -1)) : bisect_left(starts, (whole.end, -1))]
    for other in (roles[n] for n in sorted({n for _, n in near} - {number})):
        inside = other.content and all(whole.holds(s) for s in other.spans)
        if inside and len(other.content) == 1 and other.content[0].end == whole.end:
            first = other.content[0]
            that = _THAT.match(text, first.start, first.end)
            return Attribution(role.source, role.cue, (Span(that.end() if that else first.start, first.end),))
    return role


# ---------------------------------------------------------------- what was cut off


def _from_that(
    article: Article, roles: Sequence[Attribution], number: int, starts: Sequence[tuple[int, int]]
) -> Attribution:
    """A content with all that follows on the "that" right after its verb: "lamented that his client, a diver, was lost".

    `starts`: where each source and cue begins, and whose it is, in order.
    """
    role, text = roles[number], article.text
    cue, first = role.cue[-1], role.content[0]
    that = _RIGHT_AFTER.match(text, cue.end)
    if that is None or first.start <= that.start("that") or first.start >= _sentence(article, cue.start).end:
        return role
    if _TOLD.fullmatch(text, cue.start, cue.end) or ":" in text[that.end() : first.start]:
        return role
    whole = Span(that.start("that"), first.end)
    if any(s.overlaps(whole) for s in (*role.source, *role.cue)):
        return role
    at = bisect_left(starts, (whole.start, 0))
    if at < len(starts) and starts[at][0] < first.start:
        return role  # what stands between is another's
    return Attribution(role.source, role.cue, (whole, *role.content[1:]))


def _with_rest(article: Article, roles: Sequence[Attribution], number: int) -> Attribution:
    """A content that goes on to the end of its sentence: "… and that they would pay", "… and approved by nine votes"."""
    role, text = roles[number], article.text
    last = role.content[-1]
    if last.start < role.cue[0].end:
        return role
    adverb = _ADVERB.match(text, last.end) if _is_clause(text, role.cue[-1], last) else None
    if adverb is not None and not any(s.overlaps(Span(*adverb.span())) for s in role.spans):
        return Attribution(role.source, role.cue, (*role.content[:-1], Span(last.start, adverb.end())))
    more = _AND_THAT.match(text, last.end) or _and_done(text, last)
    if more is None:
        return role
    end = _sentence(article, last.start).end
    stop = _STOP.search(text, more.end(), end)
    end = stop.start() if stop else end
    if more.re is _AND_TOO and (tail := _TAIL.search(text, more.end(), end)):
        end = tail.start()
    if end <= more.end():
        return role
    rest = Span(more.end(), end)
    if any(s.overlaps(rest) for s in role.spans):
        return role
    words = rest.of(text)
    if words.count("“") != words.count("”") or words.count('"') % 2:
        return role
    for n, other in enumerate(roles):
        if n == number or not any(s.overlaps(rest) for s in other.spans):
            continue
        if other.content[0].start < other.cue[0].start or not all(rest.holds(s) for s in other.spans):
            return role
    return Attribution(role.source, role.cue, (*role.content[:-1], Span(last.start, end)))


def _is_clause(text: str, cue: Span, last: Span) -> bool:
    if _CLAUSE.match(text, last.start, last.end):
        return True
    return own_act(cue.of(text).split()[-1]) == "demand" and _WHOM_TO.match(text, last.start, last.end) is not None


def _and_done(text: str, last: Span) -> re.Match[str] | None:
    """Where a content goes on with a second participle: "was heard and approved by …", "had gone there and counted …"."""
    if _IS_DONE.search(text, last.start, last.end) and (more := _AND_DONE.match(text, last.end)):
        return more
    if not _HAD_DONE.match(text, last.start, last.end):
        return None
    more = _AND_TOO.match(text, last.end)
    return None if more is None or own_act(more["verb"]) is not None else more
