"""Whom the subject of a sentence before makes "he" or "she", and the verbs that share one subject."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from onrecord.codebook.names import name_words
from onrecord.extract.agents import is_passive
from onrecord.extract.deedverbs import own_act
from onrecord.extract.initials import OFFICES
from onrecord.extract.page import GENDER, Page, PageStatement, Thing
from onrecord.extract.patients import patient_of
from onrecord.records import Span

_SUBJECT = re.compile(
    r"[“\"‘']?(?:(?:The|the) (?P<office>[a-z]+(?: [a-z]+)??)"
    r"|(?P<name>(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})) "
    r"(?:has|had|was|is|did|does|never|always|told|said|came|went|wanted|knew|asked|would|will|could)\b"
)
NEAR = 2
"""Sentences from a described subject to the pronoun that takes it up: a quotation may stand between."""
_OPENS = re.compile(r"(?:(?:But|And|Yet|However|Meanwhile|Later|Then|On \w+),? )?")
_ADDING = re.compile(
    r"(?:adding|saying|noting|insisting|arguing|stressing|explaining|claiming|warning|admitting)\b", re.IGNORECASE
)
_THEN = re.compile(r"[,”\"’'.!?]*(?: (?:and|but|before|while))? ")
ASKED = re.compile(r"(?:Asked|Pressed|Questioned|Quizzed|Told)\b")
"""With which a sentence begins that tells first what its subject was asked."""
_BESIDE = re.compile(r"\b(?:flanked|accompanied|escorted|assisted) by |, who spoke through (?:his|her) ")
"""What stands before those who were only there with whom a sentence tells of, or spoke for him."""
_OPENED = re.compile(
    r"\W*(?:(?:On|In|At|After|Before|Later|Earlier|Then|Also|Yesterday|Today|Last|This|But|And|Meanwhile|(?:[\w-]+ ){1,2}later)\b"
    r"[^,]*, )?"
)
"""What stands before them where they open a sentence: "On Monday, flanked by guards, Lane left"."""
_NO_MORE = re.compile(r"\b(?:as|when|while|after|before|but|who|whom|whose|where)\b|;")
"""At which those beside somebody end, and others may be told of."""
_HIM = re.compile(
    r" (?:(?P<he>him)\b|(?P<she>her)\b"
    r"(?= (?:why|what|how|who|whom|where|when|which|whether|if|to|about|for|again|on)\b|[\W_]*$|[,:.]))"
)
_REPLYING = re.compile(r"(?:repl(?:ied|ies)|answer(?:ed|s)|respond(?:ed|s))\b")
_POSTS = OFFICES | frozenset("DGP SSP DIG SHO CJI DCP ACP AGP".split())
"""Letters of posts that one person holds."""


def subject_before(page: Page, number: int, answers: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The described person who is the subject of the sentence before: "The port's DG denied it. “…,” he said".

    Nobody of the pronoun's gender is named between the two.
    """
    said = page.said[number]
    gender = GENDER.get(said.pronoun or "", 0)
    if not gender or said.source is None or said.held.quoted or said.inside is not None:
        return ()
    for k in range(number - 1, max(-1, number - 4), -1):
        other = page.said[k]
        away = said.held.sentence - other.held.sentence
        if other.held.paragraph != said.held.paragraph or away > NEAR:
            return ()
        if away < 1 or other.source is None or other.held.quoted or other.inside is not None:
            continue
        if other.own is None or answers[k] != (other.own,) or not _opens(page, other):
            return ()
        between = _between(other.source, said.source)
        fits = _is_somebody(page.things[other.own]) and page.things[other.own].gender * gender >= 0
        return (other.own,) if fits and not _named(page, between, gender) else ()
    return ()


def never_meant(page: Page, number: int, answers: Callable[[int], tuple[int, ...]]) -> frozenset[int]:
    """Whom "he" or "she" cannot mean: who has just asked him or her, and who only stood beside whom the sentence before tells of.

    "Brandt asked him why. “I was afraid,” he replied"; "Lane was flanked by Brandt and Orr. He said …". `answers`: who speaks,
    by number of the statement.
    """
    said = page.said[number]
    if not GENDER.get(said.pronoun or "", 0) or said.source is None or said.held.quoted or said.inside is not None:
        return frozenset()
    asker = frozenset(() if (k := _question_before(page, number)) is None else answers(k))
    before = said.held.sentence - 1
    sentence = page.article.sentences[before] if before >= 0 else None
    return asker | (_only_beside(page, sentence) if sentence else frozenset())


def _only_beside(page: Page, sentence: Span) -> frozenset[int]:
    """Whom a sentence names only as beside whom it has told of; nobody where these open it: "Flanked by guards, Lane left"."""
    text, line = page.article.text, page.article.dateline
    start = line.span.end if line and sentence.holds(line.span) else sentence.start
    beside = _BESIDE.search(text, start, sentence.end)
    if beside is None or _OPENED.fullmatch(text, start, beside.start()):
        return frozenset()
    end = next((m.start() for m in _NO_MORE.finditer(text, beside.end(), sentence.end)), sentence.end)
    return frozenset(n for n in page.between(beside.end(), end) if page.things[n].kind == "person")


def _question_before(page: Page, number: int) -> int | None:
    """The statement right before that asks "him", or that "he replied" answers."""
    said, text = page.said[number], page.article.text
    for k in range(number - 1, max(-1, number - 3), -1):
        other = page.said[k]
        if other.inside is not None or other.held.sentence == said.held.sentence:
            continue
        cue = other.statement.cue[0]
        near = said.held.paragraph - other.held.paragraph <= 1 and other.source is not None
        if not near or own_act(cue.of(text).split()[-1]) != "ask" or is_passive(text, cue):
            return None
        him = _HIM.match(text, cue.end)
        same = him is not None and him["he" if GENDER[said.pronoun or ""] > 0 else "she"] is not None
        return k if same or _REPLYING.match(text, said.statement.cue[0].start) else None
    return None


def going_on(page: Page, number: int, answers: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The person who spoke last, of this paragraph or the one before: "Mayor Ann Lane told the council … “We had to,” she said".

    Nobody else whom the pronoun may mean is named between the two.
    """
    said = page.said[number]
    gender = GENDER.get(said.pronoun or "", 0)
    if not gender or said.source is None or said.held.quoted or said.inside is not None:
        return ()
    never = never_meant(page, number, answers.__getitem__)
    for k in range(number - 1, max(-1, number - 5), -1):
        other = page.said[k]
        if other.held.paragraph < said.held.paragraph - 1 - bool(never):
            return ()
        if other.source is None or other.held.quoted or other.inside is not None or not never.isdisjoint(answers[k]):
            continue
        if other.held.sentence == said.held.sentence:
            continue
        spoke = answers[k]
        if is_passive(page.article.text, other.statement.cue[0]) and other.source.start >= other.statement.cue[0].end:
            accused = patient_of(page, other)  # "Lane was accused of fraud by Brandt. He denied it."
            spoke = () if accused is None else (accused,)
        fits = len(spoke) == 1 and page.things[spoke[0]].may_be(gender)
        between = _between(other.source, said.source)
        asked = asked_from(page, number)
        between = between if asked is None or asked <= between.start else Span(between.start, asked)
        return spoke if fits and not _named(page, between, gender, but=(*answers[k], *spoke, *never)) else ()
    return ()


def asked_from(page: Page, number: int) -> int | None:
    """Where a sentence begins that tells first what a pronoun was asked, which means nobody named there; None for any other.

    "Asked about Lane's debts, he said he knew of none."
    """
    said, text = page.said[number], page.article.text
    if said.source is None or said.pronoun is None:
        return None
    start = page.article.sentences[said.held.sentence].start
    if ASKED.match(text, start) is None or text[said.source.start - 2 : said.source.start] != ", ":
        return None
    before = (other for other in page.said[max(0, number - 4) : number] if other.source is not None)
    return None if any(other.held.sentence == said.held.sentence for other in before) else start


def _between(one: Span, other: Span) -> Span:
    """From where one source begins to where the other does: statements stand by their cues, so either may come first."""
    return Span(min(one.start, other.start), max(one.start, other.start))


def _opens(page: Page, said: PageStatement) -> bool:
    """Whether a source is the subject that its sentence begins with."""
    sentence = page.article.sentences[said.held.sentence]
    return (
        said.source is not None and _OPENS.fullmatch(page.article.text, sentence.start, said.source.start) is not None
    )


def _is_somebody(thing: Thing) -> bool:
    """Whether a description is of one person: by the word that it ends in, or by letters for an office."""
    if thing.kind != "phrase" or thing.plural:
        return False
    head = re.split(r" (?:of|for|to|at|in|from|on|with|who)\b", thing.name, maxsplit=1)[0].split()[-1]
    low = head.lower()
    return head in _POSTS or low in name_words().role_nouns or low.endswith(("man", "woman", "person"))


def subject_within(page: Page, number: int) -> tuple[int, ...]:
    """Whom "he" means in somebody's own words: the person or the only holder of an office that the sentence before opens with.

    "“The mayor never said so. He told me …,” the clerk said."
    """
    said, text = page.said[number], page.article.text
    gender = GENDER.get(said.pronoun or "", 0)
    outer = page.said[said.inside] if said.inside is not None and said.held.quoted else None
    if not gender or outer is None or said.source is None:
        return ()
    sentences = page.article.sentences
    own = [c for c in outer.statement.content if c.start < said.source.start]
    if not (own and sentences) or sentences[0].end > said.source.start:
        return ()
    part = own[-1] if len(own) == 1 or text[own[-1].start : said.source.start].strip("“\"‘' ") else own[-2]
    at = bisect_left(sentences, min(part.end, said.source.start), key=lambda s: s.start) - 1
    return _opening(page, Span(max(part.start, sentences[max(at, 0)].start), said.source.start), gender)


def _opening(page: Page, words: Span, gender: int) -> tuple[int, ...]:
    """The person whose name or office words open with."""
    text = page.article.text
    opened = _SUBJECT.match(text, words.start, words.end)
    if opened is None:
        return ()
    office = (opened["office"] or "").lower().split()
    holders = []
    for n, thing in enumerate(page.things):
        if not thing.may_be(gender):
            continue
        place = thing.within(words)
        named = (
            place is not None and not text[opened.start("name") : place.span.start].strip() if opened["name"] else False
        )
        if named or (office and office[-1] in thing.roles):
            holders.append(n)
    return (holders[0],) if len(holders) == 1 else ()


def _named(page: Page, between: Span, gender: int, *, but: Sequence[int] = ()) -> bool:
    """Whether a person of a gender is named in a stretch of text, outside quotations. `but`: things that do not count."""
    return any(
        thing.may_be(gender) and (place := thing.within(between)) is not None and not place.quoted
        for n, thing in enumerate(page.things)
        if n not in but
    )


def participle_of(page: Page, number: int) -> int | None:
    """The statement whose verb a participle without a subject follows: "…, she said, adding that …"."""
    said, text = page.said[number], page.article.text
    cue = said.statement.cue[0]
    if _ADDING.match(text, cue.start, cue.end) is None:
        return None
    for k in range(number - 1, max(-1, number - 4), -1):
        other = page.said[k]
        if other.held.sentence != said.held.sentence or other.source is None:
            continue
        end = max(s.end for s in other.statement.spans() if s.start < cue.start)
        if _THEN.fullmatch(text, end, cue.start):
            return k
    return None
