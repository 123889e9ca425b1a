"""What statements foretell and promise: their kind, when they are due, and what they depend on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.codebook.nouns import one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.clauses import Bounds
from onrecord.extract.dating import Timeline, said_on
from onrecord.extract.dues import clause_end, condition_of, due_of
from onrecord.extract.modality import HAD_DONE
from onrecord.records import Prediction, PredictionKind, Span, Statement

_ALWAYS: dict[str, PredictionKind] = {"predict": "prediction", "promise": "promise", "threaten": "promise"}
"""Acts that are about what is yet to come whatever their words; a threat promises harm."""
_IF_AHEAD: dict[str, PredictionKind] = {
    "warn": "prediction",
    "believe": "prediction",
    "state": "prediction",
    "admit": "prediction",
    "decide": "promise",
    "agree": "promise",
}
"""Acts that are so where their content is. The others judge, ask or deny what others do, though it lie ahead."""
_AHEAD = re.compile(
    r"\b(?:(?<!\b[Tt]he )(?<!\b[Aa] )(?<!\bfree )(?<!\bown )(?<!\bgood )(?<!\bill )(?<!\bpolitical )will|shall|wo(?=n[’']t))\b"
    r"|(?<=\w)[’']ll\b|\b(?:is|are)\s+(?:\w+ly\s+)?(?:going|due(?!\s+to\s+the\b)|set|bound|about|likely|expected"
    r"|scheduled)\s+to\b|\b(?:is|are)\s+to\s+\w+|\b(?:expects?|foresees?|forecasts?|anticipates?)\b"
)
_WOULD = re.compile(
    rf"(?:\bwould|[’']d(?!{HAD_DONE}))\s+(?!have\b|like\b|rather\b|prefer\b|never\s+have\b|not\s+have\b)|\b(?:was|were)\s+to\s+\w+"
)
_LOOKING = re.compile(
    r"\b(?:expect(?:s|ed|ing)?|predict\w*|foresee\w*|forecast\w*|anticipat\w+|hop(?:es?|ed|ing)|fear(?:s|ed)?|estimat\w+|projects?|confident"
    r"|confidence|likely)\b",
    re.IGNORECASE,
)
"""Cues that look ahead: what follows them may have no future of its own ("expects a truce by Friday")."""
_TO_DO = re.compile(
    r"[\"“‘']?to\s+(?!(?:the|a|an|this|that|these|those|it|its|his|her|their|both|all|two|three)\b)\w", re.IGNORECASE
)
_TOLD = re.compile(
    r"\b(?:had|has|have)\s+(?:\w+ly\s+)?(?:been\s+)?(?:told|said|warned|assured|promised|confirmed|informed|stated|announced)\b"
    r"|\b(?:was|were)\s+(?:told|warned|assured|promised)\b"
)
"""What opens a report inside the content: the future after it is of that report's speaker, who has a statement of his own."""
_OWN = re.compile(r"(?:that\s+)?[\"“‘']?(?:I|we)(?:\s+(?:will|shall|are\s+going\s+to)\b|[’']ll\b)", re.IGNORECASE)
_QUESTION = re.compile(r"(?:whether|if|who|why|how)\b|.*\?[\"”’']?$", re.IGNORECASE | re.DOTALL)


def predictions_of(line: Timeline, statements: Iterable[Statement]) -> tuple[Prediction, ...]:
    """The statements about what is yet to come, in their order, each as a prediction or a promise.

    Where no act is known the words alone decide, and only plain ones count. A due day is given where the words set one.
    """
    out = []
    statements = tuple(statements)
    days = {s.said_on.span for s in statements if s.said_on and s.said_on.span}
    within = defaultdict[str | None, list[Statement]](list)
    for one in statements:
        within[one.inside].append(one)
    kinds = {s.id: _kind(line, s, [c for one in within[s.id] for c in one.content]) for s in statements}
    for statement in statements:
        foretelling = [c for one in within[statement.id] if kinds[one.id] for c in one.content]
        kind, due = None if _only_tells_of(line.article.text, statement, foretelling) else kinds[statement.id], None
        if kind is not None or _looks_ahead(line, statement) or _warns(line.article.text, statement):
            due = due_of(line, statement, statement.said_on or said_on(line, statement), taken=days)
        if kind is not None or due is not None:  # "expects 35 by Friday": no future, but a day
            out.append(Prediction(statement.id, kind or "prediction", due, condition_of(line, statement)))
    return tuple(out)


def _looks_ahead(line: Timeline, statement: Statement) -> bool:
    """Whether a cue looks ahead, and its content names a time."""
    if statement.act is not None and statement.act.code not in ("state", "believe"):
        return False
    text = line.article.text
    return any(_LOOKING.search(text, c.start, c.end) for c in statement.cue) and any(
        True for c in statement.content for _ in line.within(c)
    )


_COULD = re.compile(r"\b(?:could|may|might)\s+(?!have\b)")


def _warns(text: str, statement: Statement) -> bool:
    """Whether a warning tells what could come: that foretells it, if it sets a day."""
    warned = statement.act is not None and statement.act.code == "warn"
    return warned and any(_COULD.search(text, c.start, c.end) for c in statement.content)


def _kind(line: Timeline, statement: Statement, told: Sequence[Span]) -> PredictionKind | None:
    """Whether a statement foretells or promises. `told`: what others say within it, whose future is theirs."""
    text = line.article.text
    code = statement.act.code if statement.act is not None else None
    if code in _ALWAYS:
        if _is_over(text, statement) or _is_given(text, statement):
            return None
        return "prediction" if _may_only_be(text, statement) else _ALWAYS[code]
    if code is not None and code not in _IF_AHEAD:
        return None
    if not statement.content or _QUESTION.match(text, statement.content[0].start, statement.content[-1].end):
        return None
    kind = _IF_AHEAD[code] if code is not None else "prediction"
    if kind == "promise":
        ahead = _is_ahead(line, statement.content, told, said=True) or _TO_DO.match(text, statement.content[0].start)
        return kind if ahead else None
    if not _is_ahead(line, statement.content, told, said=code is not None):
        return None
    return "promise" if _OWN.match(text, statement.content[0].start) else kind


_FORETELLS = re.compile(
    r"\b(?:predict|promis|pledg|vow|threat|sw[eo]re?\b|guarant|assur|commit|undert|warn|foresee|forecast|expect|bet\b)",
    re.IGNORECASE,
)
_PAST = rf"(?:\w{{2,}}[^e\W]ed|{one_of(verb_forms().past - verb_forms().verbs.keys())})"
_TOLD_AS_OVER = re.compile(
    rf"[\"“‘']?(?:that\s+)?(?:(?:I|we|you|he|she|it|they|this|that)|(?:the|our|my|his|her|their|its)\s+\w+(?:\s+\w+)?)"
    rf"(?:\s+(?:\w+ly|never|all|both|just))?\s+{_PAST}\b(?!\s+to\b)",
    re.IGNORECASE,
)


_GIVEN = re.compile(
    r"\b(?:condolences|sympath(?:y|ies)|apolog(?:y|ies)|congratulations|felicitations|thanks|gratitude|praise|prayers|greetings"
    r"|respects)\b",
    re.IGNORECASE,
)
_OPENS = 40
"""Characters of a content in which it is told what is offered."""


def _is_given(text: str, statement: Statement) -> bool:
    """Whether a statement gives by its words what it offers: "offered condolences" promises nothing."""
    if any(_FORETELLS.search(text, c.start, c.end) for c in statement.cue):
        return False
    first = [Span(c.start, min(c.end, c.start + _OPENS)) for c in statement.content[:1]]
    future = any(p.search(text, c.start, c.end) for c in statement.content for p in (_AHEAD, _WOULD))
    return not future and any(_GIVEN.search(text, c.start, c.end) for c in (*statement.cue, *first))


def _only_tells_of(text: str, statement: Statement, told: Sequence[Span]) -> bool:
    """Whether a plain verb reports what another plans, within it, and no future besides: "Lane plans to sue, he said"."""
    if not told or any(_FORETELLS.search(text, c.start, c.end) for c in statement.cue):
        return False
    ahead = (m for c in statement.content for p in (_AHEAD, _WOULD) for m in p.finditer(text, c.start, c.end))
    left = sum(len(c.of(text).split()) for c in statement.content) - sum(len(c.of(text).split()) for c in told)
    return left <= _TELLING_WORDS and not any(not _is_within(m, told) for m in ahead)


_TELLING_WORDS = 10
"""Words of a content, beside what is told in it, that name no more than who tells it."""


def _is_within(found: re.Match[str], told: Iterable[Span]) -> bool:
    return any(t.start <= found.start() < t.end for t in told)


def _may_only_be(text: str, statement: Statement) -> bool:
    """Whether a plain verb reports what could come: nobody promises so ("the firm could face a fine")."""
    if any(_FORETELLS.search(text, c.start, c.end) for c in statement.cue):
        return False
    if any(p.search(text, c.start, c.end) for c in statement.content for p in (_AHEAD, _WOULD)):
        return False
    return any(_COULD.search(text, c.start, c.end) for c in statement.content)


_HAD_BEEN = re.compile(rf"[\"“‘']?(?:that\s+)?(?:\S+\s+){{0,4}}?(?:\S+[’']d|had)(?={HAD_DONE})", re.IGNORECASE)


def _is_over(text: str, statement: Statement) -> bool:
    """Whether words that a plain verb reports tell of what is past and of nothing to come ("We lost," he said)."""
    if not statement.content or any(_FORETELLS.search(text, c.start, c.end) for c in statement.cue):
        return False
    if any(p.search(text, c.start, c.end) for c in statement.content for p in (_AHEAD, _WOULD)):
        return False
    first = statement.content[0]
    return any(p.match(text, first.start, first.end) for p in (_TOLD_AS_OVER, _HAD_BEEN))


QUOTES = "\"“‘'"
_BOUNDS = Bounds("stop", "mark", "who", "opener", "comma")


def _is_ahead(line: Timeline, contents: Iterable[Span], told: Sequence[Span], *, said: bool) -> bool:
    """Whether what is said first lies ahead: in its opening clause, not in one by the way, nor in what another says within it.

    `said`: "would" counts as well.
    """
    text = line.article.text
    for content in contents:
        end = clause_end(line, _BOUNDS, content.start + 2, content.end)
        ahead = _AHEAD.search(text, content.start, end)
        if ahead is None and said and text[content.start] not in QUOTES:  # in a quotation "would" is no reported "will"
            ahead = _WOULD.search(text, content.start, end)
        if ahead is None or _is_within(ahead, told):
            continue
        if not _TOLD.search(text, content.start, ahead.start()):
            return True
    return False
