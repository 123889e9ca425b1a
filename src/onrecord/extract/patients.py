"""Whom a statement is aimed at by the grammar of its own sentence, whatever the party head holds likeliest.

Who is the subject of its passive ("Lane was urged by Brandt to go"), who is asked ("Lane, asked whether it leaked, said"; see
`questions`), and whose words a relative clause denies ("the union says so, which the company denies").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.nouns import claims, one_of
from onrecord.extract.agents import is_passive, is_put, sentence_start
from onrecord.extract.clauses import subject_of
from onrecord.extract.deedverbs import own_act
from onrecord.extract.page import Page, PageStatement, Thing
from onrecord.extract.players import PartyPlace
from onrecord.extract.questions import put_to
from onrecord.records import Span

_WHICH = re.compile(
    r"(?:which|something"
    rf"|(?:an?|the) (?:[\w-]+ )?(?:{one_of(claims('denied'))})(?: which| that)?)"
)
"""What takes up the words before it: "the union says so, which the company denies"."""
_WHOM = re.compile(r",? whom $")
REACH = 80
"""Characters before a source in which a name of "whom" begins."""
_AIMED = frozenset("accuse criticize demand praise warn ask".split())
_HANGS = re.compile(r"\b(?:of|for|to|from|by|at|in|on|with|and|or|against)\b|['’]s?\s", re.IGNORECASE)
_OVER = re.compile(r"\s*(?:,|$)")


def patients_of(page: Page, speakers: Sequence[tuple[int, ...]]) -> list[Thing | None]:
    """Of each statement, whom grammar makes it aimed at. `speakers`: numbers of things, by statement as `page.said`."""
    asked = put_to(page, speakers)
    out = list[Thing | None]()
    for k, said in enumerate(page.said):
        number = patient_of(page, said)
        number = _whom(page, said) if number is None else number
        before = denied_before(page, k)
        if number is None and before is not None and len(speakers[before]) == 1:
            number = speakers[before][0]
        out.append(asked[k] if number is None or number in speakers[k] else page.things[number])
    return out


def _whom(page: Page, said: PageStatement) -> int | None:
    """Whom a relative clause is about: "Lane" of "Brandt met Lane, whom he accused of lying"."""
    source, cue = said.source, said.statement.cue[0]
    if source is None or cue.start - source.end > 1 or own_act(cue.of(page.article.text).split()[-1]) not in _AIMED:
        return None
    whom = relative_before(page, source)
    return next(iter(whom)) if len(whom) == 1 else None


def relative_before(page: Page, source: Span) -> frozenset[int]:
    """Whom "whom" means right before a source: "Lane" of "Brandt met Lane, whom he accused of lying"."""
    text, start = page.article.text, max(0, source.start - len(", whom "))
    found = _WHOM.search(text, start, source.start)
    if found is None:
        return frozenset()
    near = page.between(max(0, source.start - REACH), found.start())
    return frozenset(n for n, places in near.items() if any(p.span.end == found.start() for p in places))


def patient_of(page: Page, said: PageStatement) -> int | None:
    """Who is told or asked, accused or praised in the passive, or in a participle: the one thing that is the subject."""
    text, cue, content = page.article.text, said.statement.cue[0], said.statement.content
    if said.source is not None and said.source.start < cue.end:
        return None
    if not is_passive(text, cue) and not (said.source is None and is_put(page.article, cue, content)):
        return None
    start = sentence_start(page.article, cue.start)
    places = page.between(start, cue.start)
    named = [
        PartyPlace(p.span, str(n), False)
        for n, some in places.items()
        for p in some
        if page.things[n].entity is not None
    ]
    words = subject_of(text, start, cue.start, sorted(named, key=lambda n: n.span)).words
    return None if words is None else _meant(text, words, named)


def _meant(text: str, words: Span, named: Sequence[PartyPlace]) -> int | None:
    """The one that a subject names, titles before it and what it is after a comma: "the mayor's deputy" names nobody."""
    whole = [
        n.party
        for n in named
        if words.start <= n.span.start
        and n.span.end <= words.end
        and _OVER.match(text, n.span.end, words.end)
        and not _HANGS.search(text, words.start, n.span.start)
    ]
    return int(whole[0]) if len(set(whole)) == 1 else None


def denied_before(page: Page, number: int) -> int | None:
    """The statement whose content a relative clause denies: "Lane said it leaked, which Brandt denies"."""
    said, text = page.said[number], page.article.text
    cue, content = said.statement.cue[0], said.statement.content
    verb = cue.of(text).split()[-1].lower()
    if (
        not number
        or own_act(verb) not in ("deny", "refuse")
        or not _WHICH.fullmatch(text, content[0].start, content[0].end)
    ):
        return None
    before = page.said[number - 1].statement
    joined = before.cue[0].start < content[0].start and before.content[-1].end <= content[0].start
    return number - 1 if joined and text[before.content[-1].end : content[0].start] in (", ", ",” ", '," ') else None
