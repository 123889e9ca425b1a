"""Whom the words around a source make the speaker.

A second verb's subject is the first's, "what he called" is the outer speaker's, "Velmark's count" is Velmark's, "the mayor" is
the only mayor, and "she" the only woman of her paragraph so far.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.nouns import matters, offices, one_of, titles_by_office
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.epithets import epithet_of
from onrecord.extract.names import titles_before
from onrecord.extract.page import GENDER, Page, PageStatement, Thing
from onrecord.extract.pairs import two_of
from onrecord.extract.patients import denied_before
from onrecord.extract.phrases import are_several
from onrecord.extract.sexes import sex_called
from onrecord.extract.subjects import (
    ASKED,
    asked_from,
    going_on,
    never_meant,
    participle_of,
    question_before,
    subject_before,
    subject_of_participle,
    subject_within,
)

_AND = re.compile(r",? (?:and|but)(?: (?:also|then|later|again|instead|\w+ly))? |, (?:then|later) ")
"""Between what somebody said and the verb of what he said next: "She demanded a halt and warned that …"."""
_TO_ANOTHER = re.compile(r"(?:told|asked|ordered|threatened|promised|begged|warned|urged|advised|offered)\b")
_OF_ANOTHER = re.compile(
    r"(?:that )?(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3} "
    rf"(?:had )?(?:\w+ed|{one_of(verb_forms().past | verb_forms().participle)}) "
)
_HIM = re.compile(r"\b(?:him|her|them)\b")
_HIS = re.compile(r"(?:his|her|their|its) ", re.IGNORECASE)
_WHAT = re.compile(r"\bwhat $")
_CALLS = re.compile(r"(?:has |had |have )?(?:call|term|describe|label|dub|see|saw)\w*\b", re.IGNORECASE)
_COUNT = re.compile(
    r"['’]s? (?:own |latest |official |first |last )?(?:count|tally|toll|figures?|estimates?|version|account)",
    re.IGNORECASE,
)
_SIDE = re.compile(r" side")
_OFFICE = re.compile(
    rf"the (?:presiding )?(?P<of>(?:prime|chief|deputy|state|attorney|{one_of(matters())}) )?"
    rf"(?P<noun>{one_of(offices('alone', 'one'))})",
    re.IGNORECASE,
)
_HEAD_OF_STATE = re.compile(r"the head of state", re.IGNORECASE)
_SINGLE = offices("one")
_TITLES = titles_by_office()
MOST_LOOKS = 8
"""Places of a person at which a title or an office is looked for: the first tell it."""
_APPOSED = re.compile(r", (?:[A-Z][\w.’'-]+ ){0,3}")
_ONLY = r"(?:(?:only|simply|merely|just) )?"
_BY_NAME = (
    r"by (?:(?:the|his|her|their) )?(?:initials?|(?:first |last |given )?name|surname|nickname|pseudonym),? (?:of )?"
)
_GIVEN = re.compile(
    rf",? (?:who (?:(?:gave|offered) (?:his|her|their) name|identified (?:him|her|them)sel(?:f|ves)) {_ONLY}as "
    rf"|who (?:asked|wanted|wished|chose|preferred|agreed) {_ONLY}to be (?:identified|named|known|called|quoted) {_ONLY}"
    rf"(?:as |{_BY_NAME})?"
    rf"|(?:who (?:is|was) )?(?:identified|known) {_ONLY}(?:as |{_BY_NAME}))[“\"‘']?(?=[A-Z])"
)
_ASKED_OF = re.compile(
    r"(?: it)?(?: to)? (?P<who>the [a-z]+(?: [a-z]+)?)(?=,? (?:that|if|whether|why|how|what|about|on|when|where)\b)"
)
_ASIDE = re.compile(r"[,.;:)”\"]|\s*$| (?:said|says|told|has|had|was|is)\b")
_CLOSED = re.compile(r"[.;)]|,(?! (?:\d|who\b|whose\b))|\s*$")
_OPENING = re.compile(r"(?:[A-Z][\w.’'-]*,? (?:of )?){0,4}")
"""Titles before a name that opens a paragraph."""


def by_grammar(page: Page, number: int, answers: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The things that grammar makes the speaker of a statement; none where it tells nothing. `answers`: of all statements."""
    said = page.said[number]
    if said.source is None:
        before = _verb_before(page, number)
        before = participle_of(page, number) if before is None else before
        return subject_of_participle(page, number) if before is None else answers[before]
    if said.pronoun is not None:
        if said.pronoun == "they" and said.own is not None:
            return (said.own,)
        if _is_his(page, number, answers):
            return () if said.own is None else (said.own,)
        around = _what(page, number)
        if around is not None and _agree(page, said, answers[around]):
            return answers[around]
        return (
            _echoed(page, number, answers)
            or _answering(page, number)
            or subject_before(page, number, answers)
            or subject_within(page, number)
            or _only_one(page, number, answers)
            or going_on(page, number, answers)
        )
    return (
        two_of(page, number, answers[number])
        or _apposed(page, said)
        or called_only(page, said)
        or _holder(page, said, answers[number])
        or _counter(page, said)
        or epithet_of(page, number, answers)
        or _other(page, number, answers)
    )


def _other(page: Page, number: int, answers: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The description that denies what another says, and so is not that one: "the union says so, which the firm denies"."""
    said, before = page.said[number], denied_before(page, number)
    same = before is not None and answers[before] == answers[number]
    return (said.own,) if same and said.own is not None and (said.own,) != answers[number] else ()


def _verb_before(page: Page, number: int) -> int | None:
    """The statement whose verb a cue without a subject is joined to."""
    said, text = page.said[number], page.article.text
    cue = said.statement.cue[0]
    for k in range(number - 1, max(-1, number - 4), -1):
        other = page.said[k]
        content = other.statement.content
        if other.held.sentence != said.held.sentence or not content or other.statement.cue[0].start > content[0].start:
            continue
        if content[-1].end <= cue.start and _AND.fullmatch(text, content[-1].end, cue.start):
            return k
    return None


def is_open(page: Page, number: int) -> bool:
    """Whether a joined verb may be the outer speaker's or that of the subject in his words: nobody can tell, so nobody is told.

    "Brandt said that Lane had met Ferrin and threatened to sue him."
    """
    said, text = page.said[number], page.article.text
    before = _verb_before(page, number) if said.source is None else None
    if before is None or not _TO_ANOTHER.match(text, said.statement.cue[0].start):
        return False
    other, last = page.said[before], page.said[before].statement.content[-1]
    his = text[said.statement.cue[0].end : said.statement.content[-1].end]
    return (
        other.source is not None
        and _OF_ANOTHER.match(text, last.start, last.end) is not None
        and _HIM.search(his) is not None
    )


def _is_his(page: Page, number: int, answers: Sequence[tuple[int, ...]]) -> bool:
    """Whether "who" means somebody that is the speaker's: "Lane said she had met her counterpart, who promised help"."""
    said = page.said[number]
    if (
        said.pronoun not in ("who", "which")
        or said.own is None
        or answers[number] == (said.own,)
        or said.source is None
    ):
        return False
    owned = any(
        _HIS.match(page.article.text, p.span.start)
        for p in page.things[said.own].places
        if p.span.end <= said.source.start <= p.span.end + 2
    )
    if owned and said.pronoun == "who" and _are_in(page, answers[number], said):
        return True  # "Lane quarrelled with her father, who called her a fool"
    before = page.said[number - 1] if number else None
    near = before is not None and before.held.sentence == said.held.sentence
    return owned and near and answers[number] == answers[number - 1]


def _are_in(page: Page, things: Sequence[int], said: PageStatement) -> bool:
    """Whether somebody is named in a source's sentence before it."""
    assert said.source is not None
    at = said.source.start
    near = page.between(page.article.sentences[said.held.sentence].start, at)
    return any(page.things[n].kind == "person" and any(p.span.end <= at for p in near.get(n, ())) for n in things)


def _what(page: Page, number: int) -> int | None:
    """The statement within which somebody is said to call a thing something, or that begins the sentence.

    "Velmark demanded that the crew be freed, or face what it called “measures at sea”."
    """
    said, text = page.said[number], page.article.text
    source, cue = said.source, said.statement.cue[0]
    if source is None or not _WHAT.search(text, max(0, source.start - 6), source.start):
        return None
    if not _CALLS.match(text, cue.start):
        return None
    holding = [
        (sum(map(len, other.statement.content)), k)
        for k, other in enumerate(page.said)
        if k != number and any(c.holds(source) for c in other.statement.content)
    ]
    if holding:
        return min(holding)[1]
    return number - 1 if number and page.said[number - 1].held.sentence == said.held.sentence else None


def _agree(page: Page, said: PageStatement, things: Sequence[int]) -> bool:
    """Whether a pronoun may stand for things."""
    some = [page.things[n] for n in things]
    if said.pronoun in GENDER:
        return len(some) == 1 and some[0].may_be(GENDER[said.pronoun])
    return said.pronoun == "it" and len(some) == 1 and some[0].kind not in ("person", "phrase")


def _counter(page: Page, said: PageStatement) -> tuple[int, ...]:
    """Whose count a figure is of: "Velmark's count stands at 31"; whose side a side is: "the Velmarkish side"."""
    source, text = said.source, page.article.text
    if source is None:
        return ()
    for number in page.between(source.start, source.end):
        thing = page.things[number]
        place = thing.within(source) if thing.kind != "phrase" else None
        if place is None or text[source.start : place.span.start].strip().lower() not in ("", "the", "by"):
            continue
        counts = _COUNT.fullmatch(text, place.span.end, source.end)
        if counts or (thing.kind == "country" and _SIDE.fullmatch(text, place.span.end, source.end)):
            return (number,)
    return ()


def _apposed(page: Page, said: PageStatement) -> tuple[int, ...]:
    """The person that a description is followed by: "the commander of the fleet, Admiral Ada Lane"."""
    source, text = said.source, page.article.text
    if source is None or not text[source.start : source.end].lower().startswith("the "):
        return ()
    if are_several(source.of(text).split(",")[0]):
        return ()
    aside = _ASIDE if source.end <= said.statement.cue[0].start else _CLOSED  # "According to the mayor, Lane had fled"
    last = text.rfind(",", source.start, source.end + 1)
    after = _APPOSED.match(text, last) if last >= 0 else None
    for number, places in page.between(source.start, max(source.end, after.end()) + 1 if after else 0).items():
        for place in places if page.things[number].kind == "person" else ():
            comma = text.rfind(",", source.start, place.span.start)
            if not source.start < comma <= source.end or not _APPOSED.fullmatch(text, comma, place.span.start):
                continue
            if text[text.rfind(" ", 0, comma) + 1 : comma].islower() and aside.match(text, place.span.end):
                return (number,)
    return ()


def called_only(page: Page, said: PageStatement) -> tuple[int, ...]:
    """Whose name a description gives: "a survivor, who asked to be identified only as Oto", "an aide known as Sika"."""
    source, text = said.source, page.article.text
    found = None if source is None else _GIVEN.match(text, source.end)
    if source is None or found is None:
        found = None if source is None else _GIVEN.search(text, source.start, source.end)
    if found is None:
        return ()
    named = page.between(found.end(), found.end() + 1)
    return tuple(n for n in named if page.things[n].kind != "phrase")[:1]


def _holder(page: Page, said: PageStatement, things: tuple[int, ...]) -> tuple[int, ...]:
    """The only person of the article who has the office that a source is called by alone."""
    source, text = said.source, page.article.text
    if source is None:
        return ()
    words = _office_alone(source.of(text))
    if not words:
        return ()
    noun = words[-1]
    if any(page.things[n].kind == "person" and _called(page, page.things[n], noun) for n in things):
        return ()
    holders = _holders(page, words)
    if len(holders) == 1:
        return (holders[0],)
    wrong = len(things) == 1 and page.things[things[0]].kind == "person" and _known(page, page.things[things[0]])
    return (said.own,) if wrong and not holders and noun in _SINGLE and said.own is not None else ()


def _echoed(page: Page, number: int, answers: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Who tells of himself, where his words begin with the pronoun that he has behind them: "She did not know, she said"."""
    said = page.said[number]
    k = said.inside
    if k is None or said.source is None or said.held.quoted or said.pronoun not in GENDER:
        return ()
    outer = page.said[k]
    content = outer.statement.content[0]
    same = outer.pronoun == said.pronoun and content.start == said.source.start
    if not same or outer.source is None or outer.source.start < content.end or outer.inside is not None:
        return ()
    return by_grammar(page, k, answers) or answers[k]


def _answering(page: Page, number: int) -> tuple[int, ...]:
    """The only holder of the office by which somebody was asked right before he replies: "put it to the coroner that …"."""
    k, text = question_before(page, number), page.article.text
    found = None if k is None else _ASKED_OF.match(text, page.said[k].statement.cue[0].end)
    words = _office_alone(found["who"]) if found else []
    holders = _holders(page, words) if words else []
    gender = GENDER.get(page.said[number].pronoun or "", 0)
    return tuple(holders) if gender and len(holders) == 1 and page.things[holders[0]].may_be(gender) else ()


def holder_of(page: Page, description: str) -> Thing | None:
    """The only person of the article who has the office that a description calls somebody by alone: "the mayor"."""
    words = _office_alone(description)
    holders = _holders(page, words) if words else []
    return page.things[holders[0]] if len(holders) == 1 else None


def _office_alone(description: str) -> list[str]:
    """The words of an office of which there is hardly another in the article, in small letters; none of another description."""
    found = _OFFICE.fullmatch(description)
    if found is None:
        return ["president"] if _HEAD_OF_STATE.fullmatch(description) else []
    return f"{found['of'] or ''}{found['noun']}".lower().split()


def _holders(page: Page, words: Sequence[str]) -> list[int]:
    return [
        n
        for n, thing in enumerate(page.things)
        if thing.kind == "person"
        and (thing.roles.issuperset(words) or (len(words) == 1 and _called(page, thing, words[0])))
    ]


def _called(page: Page, person: Thing, noun: str) -> bool:
    """Whether a person is called by an office, or has the title of who holds it."""
    if noun in person.roles:
        return True
    titles = _TITLES.get(noun)
    places = person.places[:MOST_LOOKS] if titles else ()
    return any(not titles.isdisjoint(titles_before(page.article.text, p.span.start)) for p in places if titles)


def _known(page: Page, person: Thing) -> bool:
    """Whether a person is told of as something: by a role or a title of office."""
    return bool(person.roles) or any(_called(page, person, noun) for noun in _TITLES)


def _only_one(page: Page, number: int, answers: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Whom "he" or "she" means by the words before it in its paragraph: whoever it opens with and names alone, or who spoke
    before that one was asked.
    """
    said, text = page.said[number], page.article.text
    gender = GENDER.get(said.pronoun or "", 0)
    if not gender or said.source is None or said.held.quoted or said.inside is not None:
        return ()
    opens, asked = page.article.paragraphs[said.held.paragraph].start, asked_from(page, number)
    some = {
        n: places[0]
        for n, places in page.between(opens, said.source.start if asked is None else asked).items()
        if page.things[n].kind in ("person", "phrase") and page.things[n].gender * gender >= 0
    }
    if len(some) == 1:
        n, place = next(iter(some.items()))
        told = (
            asked is not None
            or sex_called(text, place.span.start) * gender > 0
            or _OPENING.fullmatch(text, opens, place.span.start)
        )
        before = place.sentence < said.held.sentence and told
        meant = page.things[n].kind == "person" and n not in never_meant(page, number, answers.__getitem__)
        return (n,) if meant and before else ()
    first = page.article.sentences[said.held.sentence].start <= opens
    if some or not first or not ASKED.match(text, opens):
        return ()
    spoke = next((answers[k] for k in range(number - 1, -1, -1) if page.said[k].source is not None), ())
    return spoke if len(spoke) == 1 and page.things[spoke[0]].may_be(gender) else ()
