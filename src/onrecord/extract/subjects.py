"""Whom the subject of a sentence before makes "he" or "she", and the verbs that share one subject."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.agents import is_passive
from onrecord.extract.deedverbs import own_act
from onrecord.extract.initials import OFFICES
from onrecord.extract.page import GENDER, Page, PageStatement, Thing
from onrecord.extract.patients import patient_of, relative_before
from onrecord.records import Span

_SUBJECT = re.compile(
    r"[“\"‘']?(?:(?:The|the) (?P<office>[a-z]+(?: [a-z]+)??)"
    r"|(?P<name>(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})) "
    r"(?:has|had|was|is|did|does|never|always|told|said|came|went|wanted|knew|asked|would|will|could)\b"
)
_TELLS_OF = re.compile(
    r"(?:that )?(?:the|an?|his|her|their|its) (?:[a-z-]+ ){0,2}?(?P<noun>[a-z-]+) "
    rf"(?:has|had|was|is|would|will|did|could|never|\w{{2,20}}ed|{one_of(verb_forms().past)})\b"
)
NEAR = 2
"""Sentences from a described subject to the pronoun that takes it up: a quotation may stand between."""
MOST_NEAR = 3
"""Statements before a participle of whose sentence they may be."""
_OPENS = re.compile(r"(?:(?:But|And|Yet|However|Meanwhile|Later|Then|On \w+),? )?")
_ADDING = re.compile(
    r"(?:adding|saying|noting|insisting|arguing|stressing|explaining|claiming|warning|admitting)\b", re.IGNORECASE
)
_TELLING = re.compile(r"telling\b", re.IGNORECASE)
_ANEW = re.compile(r"\W{0,2}(?:An?|One|Another|Two|Three|Some|Several) [a-zA-Z]")
_SUBJECT_OPENS = re.compile(r"[\s:–—-]{0,4}(?:[Tt]he )?")
_ACTS = frozenset({"person", "organization", "group", "country"})
_DOES = re.compile(
    r"(?: (?:party|government|group|union|firm|company|administration))?,?"
    r"(?: (?:on \w+day|yesterday|today|last \w+|earlier|later|also|\w{1,15}ly))*,?"
    rf" (?:(?:has|have|had) )?(?:\w{{2,20}}ed|{one_of(verb_forms().past | verb_forms().participle)})\b"
)
"""What stands behind a name that is the subject of its sentence, up to the verb."""
_CLAUSES = re.compile(
    r"[;:“”\"]|\b(?:who|whom|whose|which|that|where|when|while|as|because|since|if|whether|after|before|until|although|though"
    r"|but|said|says|told|and (?:he|she|it|they|the|its|his|her))\b"
)
"""By which another clause may begin, whose subject a participle at the end may have."""
_THEN = re.compile(r"[,”\"’'.!?]*(?: (?:and|but|before|while))? ")
ASKED = re.compile(r"(?:Asked|Pressed|Questioned|Quizzed|Told)\b")
"""With which a sentence begins that tells first what its subject was asked."""
_ASKED_BY = re.compile(
    r"\W{0,2}(?:When )?(?:Asked|Pressed|Questioned|Quizzed|Challenged|Told) by (?P<who>[^.;:?!“”\"]{2,100}?)"
    r",? (?:if|whether|why|how|what|when|where|who|which|about|on|over|to|that|for)\b"
)
"""Who asks, where a sentence begins with that: "Asked by Ada Lane if it leaked, the witness said"."""
_RELATED = re.compile(r"\b(?:for|of|from|at|to)\b")
_OWNS = re.compile(r"['’]s?\s")
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
_PUT_IT = re.compile(r"(?:[\w’']+ ){0,3}?put (?:it )?to\b|(?:[\w’']+ ){0,3}?put$")
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
    """Whom a source cannot mean: who asks it in the same sentence; and of "he" or "she" who has just asked him or her, and who
    only stood beside whom the sentence before tells of.

    "Asked by Brandt, the witness said …"; "Brandt asked him why. “I was afraid,” he replied"; "Lane was flanked by Brandt and
    Orr. He said …". `answers`: who speaks, by number of the statement.
    """
    said = page.said[number]
    if said.source is not None and said.form != "named" and (asking := _asking(page, said)):
        return asking
    if said.source is not None and (whom := relative_before(page, said.source)):
        return whom
    if not GENDER.get(said.pronoun or "", 0) or said.source is None or said.held.quoted or said.inside is not None:
        return frozenset()
    asker = frozenset[int]()
    if (k := question_before(page, number)) is not None:
        asker = frozenset(answers(k)) | frozenset(n for n in (page.said[k].own,) if n is not None)
    before = said.held.sentence - 1
    sentence = page.article.sentences[before] if before >= 0 else None
    return asker | (_only_beside(page, sentence) if sentence else frozenset())


def _asking(page: Page, said: PageStatement) -> frozenset[int]:
    """Who asks by the words that a source's sentence begins with."""
    assert said.source is not None
    text = page.article.text
    found = _ASKED_BY.match(text, page.article.sentences[said.held.sentence].start, said.source.start)
    start, end = found.span("who") if found else (0, 0)
    return frozenset(
        n
        for n, places in page.between(start, end).items()
        if not (_RELATED.search(text, start, places[0].span.start) or _OWNS.match(text, places[0].span.end))
    )


def _only_beside(page: Page, sentence: Span) -> frozenset[int]:
    """Whom a sentence names only as beside whom it has told of; nobody where these open it: "Flanked by guards, Lane left"."""
    text, line = page.article.text, page.article.dateline
    start = line.span.end if line and sentence.holds(line.span) else sentence.start
    beside = _BESIDE.search(text, start, sentence.end)
    if beside is None or _OPENED.fullmatch(text, start, beside.start()):
        return frozenset()
    end = next((m.start() for m in _NO_MORE.finditer(text, beside.end(), sentence.end)), sentence.end)
    return frozenset(n for n in page.between(beside.end(), end) if page.things[n].kind == "person")


def question_before(page: Page, number: int) -> int | None:
    """The statement right before that asks "him", or that "he replied" answers."""
    said, text = page.said[number], page.article.text
    for k in range(number - 1, max(-1, number - 3), -1):
        other = page.said[k]
        if other.inside is not None or other.held.sentence == said.held.sentence:
            continue
        cue = other.statement.cue[0]
        near = said.held.paragraph - other.held.paragraph <= 1 and other.source is not None
        asks = own_act(cue.of(text).split()[-1]) == "ask" or _PUT_IT.match(text, cue.start, cue.end)
        if not near or not asks or is_passive(text, cue):
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
    if thing.kind != "phrase":
        return False
    head = re.split(r" (?:of|for|to|at|in|from|on|with|who|and)\b", thing.name, maxsplit=1)[0].split()[-1]
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


def told_of(page: Page, number: int) -> str | None:
    """The noun for whoever the sentence before opens with in what is told, where "he" opens a quotation of who tells it.

    "Survivors said the captain had locked it. “He told us …,” Lane said": "captain".
    """
    said, text = page.said[number], page.article.text
    outer = page.said[said.inside] if said.inside is not None and said.held.quoted else None
    if (
        outer is None
        or said.source is None
        or text[outer.statement.content[0].start : said.source.start].strip("“\"‘' ")
    ):
        return None
    for other in page.said[max(0, number - 3) : number]:
        cue, content = other.statement.cue[0], other.statement.content
        near = other.held.paragraph == said.held.paragraph and other.held.sentence == said.held.sentence - 1
        if near and other.inside is None and content[0].start > cue.end:
            found = _TELLS_OF.match(text, content[0].start, content[0].end)
            return found["noun"] if found else None
    return None


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


def subject_of_participle(page: Page, number: int) -> tuple[int, ...]:
    """Who does what a sentence begins with, of a participle that ends its only clause: "Lane gave them a week, warning that"."""
    said, text = page.said[number], page.article.text
    cue = said.statement.cue[0]
    if said.source is not None or said.inside is not None or _ADDING.match(text, cue.start, cue.end) is None:
        return ()
    start = page.article.sentences[said.held.sentence].start
    line = page.article.dateline
    start = line.span.end if line and start <= line.span.start < cue.start else start
    opens = _SUBJECT_OPENS.match(text, start, cue.start)
    if opens is None:
        return ()
    first = page.between(opens.end(), opens.end() + 1)
    for n, places in first.items():
        end = places[0].span.end
        if (
            page.things[n].kind in _ACTS
            and _DOES.match(text, end, cue.start)
            and not _CLAUSES.search(text, end, cue.start)
        ):
            return (n,) if text[cue.start - 2 : cue.start] == ", " else ()
    return ()


def is_anothers_participle(page: Page, number: int, things: Sequence[int]) -> bool:
    """Whether a participle without a subject is in a sentence about somebody new, who is none of `things`: "A doctor left,
    saying that …". Of "Two ships sank, she told them at the port, warning that …" it may be she.
    """
    said, text = page.said[number], page.article.text
    cue = said.statement.cue[0]
    near = page.said[max(0, number - MOST_NEAR) : number]
    if any(other.held.sentence == said.held.sentence and other.source is not None for other in near):
        return False
    participle = any(words.match(text, cue.start) for words in (_ADDING, _TELLING))
    if said.source is not None or text[cue.start - 2 : cue.start] != ", " or not participle:
        return False
    start = page.article.sentences[said.held.sentence].start
    return (
        bool(things)
        and _ANEW.match(text, start) is not None
        and page.between(start, cue.start).keys().isdisjoint(things)
    )


def participle_of(page: Page, number: int) -> int | None:
    """The statement whose verb a participle without a subject follows: "…, she said, adding that …"."""
    said, text = page.said[number], page.article.text
    cue = said.statement.cue[0]
    telling = _TELLING.match(text, cue.start, cue.end) is not None
    if not telling and _ADDING.match(text, cue.start, cue.end) is None:
        return None
    for k in range(number - 1, max(-1, number - 1 - MOST_NEAR), -1):
        other = page.said[k]
        if other.held.sentence != said.held.sentence or other.source is None:
            continue
        end = max(s.end for s in other.statement.spans() if s.start < cue.start)
        if _THEN.fullmatch(text, end, cue.start) and not (telling and _has_clause(text, other)):
            return k
    return None


def _has_clause(text: str, said: PageStatement) -> bool:
    """Whether somebody else may be the subject in what is said last before a participle."""
    verb, first = said.statement.cue[0].of(text).split()[-1], said.statement.content[0]
    return own_act(verb) in (None, "state", "believe") or text.startswith("that ", first.start)
