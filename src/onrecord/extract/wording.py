"""Who a source means by its own wording, where that is plain: over whatever the speaker head holds likeliest."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, claims, offices, one_of, people
from onrecord.extract.agents import is_put, sentence_start
from onrecord.extract.asking import Answer
from onrecord.extract.barring import is_barred, is_for_another, is_only_cited
from onrecord.extract.cueing import is_hearing, is_to_somebody
from onrecord.extract.deedverbs import own_act
from onrecord.extract.following import MOST_LOOKS, by_grammar, called_only, is_open
from onrecord.extract.initials import OFFICES
from onrecord.extract.labels import in_own_words, speakers_by_label, spoken_to
from onrecord.extract.page import Occurrence, Page, PageStatement, Thing
from onrecord.extract.phrases import is_work, people_before
from onrecord.extract.questions import PUT
from onrecord.extract.roles import roles_of
from onrecord.extract.scoring import PLAIN, log_odds
from onrecord.extract.subjects import is_anothers_participle, never_meant, told_of
from onrecord.records import Span

Again = Callable[[int, frozenset[int]], Answer]

_THIRD = frozenset({"he", "she", "him", "her"})
_FIRST = frozenset({"i", "my", "me"})
_WE = frozenset({"we", "our", "us"})
_SECOND = frozenset({"you", "your"})
_UNNAMED = re.compile(
    rf"(?:[\w’'-]+ ){{0,4}}?(?:{one_of(people() | offices('anothers', 'house'))}) "
    r"(?:(?:familiar|acquainted) with|(?:close|privy) to|at|in|inside|within|near|from|outside) ",
    re.IGNORECASE,
)
# What is known by who gathered it ("data published by X") goes by that name.
_DATA = re.compile(r"\b(?:data|figures|records|statements?)\b", re.IGNORECASE)
_COUNTS = re.compile(r"(?:[\w’'&.-]+ )*(?:data|figures|numbers|estimates)(?: (?:by|from|of) .*)?")
"""What is no "it", as there are many of them."""
_STATEMENT = re.compile(
    r"(?:(?:a|an|the|another|one|this|that) )?(?:[\w’'-]+ ){0,2}?statements? (?:[\w’'-]+ ){0,3}?(?:by|from|of) (?:the )?",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[Tt]he (?P<letters>[A-Z]{2,5})")
_ROLE = re.compile(r"(?:['’]s)? (?:[\w’'&./-]+ ){1,6}")
_NO_ROLE = frozenset(
    "and or & of for by with to at in on from the a an his her their its said whose who which as".split()
)
_LED = re.compile(
    r",? (?:which is |\w+ )?(?:chaired|led|headed|run|founded|owned|chosen|represented|backed) by (?:\S+ ){0,4}$"
)
_FOR = re.compile(
    rf"(?:[\w’'-]+ ){{0,3}}?(?P<noun>{one_of(offices('anothers'))}) (?:for|of|to|close to) ", re.IGNORECASE
)
_OWN = re.compile(r"(?:his|her|its|their) (?P<words>[\w’' -]+)$", re.IGNORECASE)
_BODY = re.compile(rf"(?P<words>(?:[a-z][\w-]* ){{0,2}})(?P<noun>{one_of(bodies('called'))})")
_ANY_BODY = frozenset(
    "allied joint national state central federal local regional same whole new electoral international".split()
)
_NOUN = re.compile(rf"(?:many |several |conflicting |repeated )?(?:{one_of(claims('many'))})\b", re.IGNORECASE)
_OF_MANY = re.compile(
    r"\b(?:the|a|an|any|some|such|these|those|many|more|no|mounting|growing|rising|fresh|new|renewed|repeated|widespread|public"
    r"|despite|amid|following|over|of|by|with|to|after|ignored|rejected|dismissed) $",
    re.IGNORECASE,
)
_ONE_OF_NAME = re.compile(r"[Tt]he (?:younger|elder|older|other) (?P<name>[A-Z][\w’'-]*)")
"""One of two of a name: the words do not tell which."""
_ADJECTIVE_BEFORE = re.compile(
    r"(?:[Aa]n?|[Tt]he) (?:[a-z]+ly )?(?!younger|elder|older|other)[a-z-]+ (?P<name>[A-Z][\w’'-]*)"
)
_SOMEBODY = re.compile(r" (?:a|an|one|another|some|several|two|three|many) [a-z]")
_OWNING_UP = frozenset({"deny", "admit", "apologize", "agree"})
"""What one does by a verb for oneself."""
_HUMAN = frozenset({"person", "phrase"})
_BODIES = frozenset({"organization", "group"})


def by_wording(page: Page, answers: Sequence[Answer], again: Again) -> list[Answer]:
    """The answers, each of a speaker that its wording allows. `again(number, none)`: the head's answer without some things.

    A statement within another is looked at after that: "he" in somebody's own words is not that one, and "I" is. Nobody but a
    person is "he" or "she".
    """
    out = list(answers)
    sizes = [sum(map(len, said.statement.content)) for said in page.said]
    bodies: dict[str, list[int]] = {}
    for number, thing in enumerate(page.things):
        if thing.kind == "organization" and len(name := thing.name.lower().split()) > 1:
            bodies.setdefault(name[-1], []).append(number)
    others = frozenset(n for n, thing in enumerate(page.things) if not _is_human(thing))
    cited = frozenset(n for n, thing in enumerate(page.things) if _is_count(page, thing))
    labels = speakers_by_label(page)
    you = spoken_to(page, labels)
    for number in sorted(range(len(out)), key=lambda n: (-sizes[n], n)):
        said, answer = page.said[number], out[number]
        if number in labels:
            out[number] = _plain(replace(answer, things=(), author=False), labels[number])
            continue
        told_in = in_own_words(page, number, labels)
        around = () if told_in is None else out[told_in].things
        if around and said.pronoun in _THIRD:
            itself = frozenset(around) | _called(page, out, around)
            answer = again(number, itself) if not itself.isdisjoint(answer.things) else answer
        elif _is_own(said, answer) and told_in is not None and (around or told_in in labels):
            answer = (
                _plain(replace(answer, author=False), around) if around else replace(answer, things=(), author=False)
            )
        elif said.pronoun in _SECOND and told_in is not None and told_in in labels:
            answer = _plain(replace(answer, things=(), author=False), you.get(labels[told_in], ()))
        if said.pronoun in _THIRD and not others.isdisjoint(answer.things):
            answer = again(number, others | frozenset(around))
        if not (never := never_meant(page, number, lambda k: out[k].things)).isdisjoint(answer.things):
            answer = again(number, never | frozenset(around) | (others if said.pronoun in _THIRD else frozenset()))
        if said.pronoun == "it" and not cited.isdisjoint(answer.things):
            answer = again(number, cited)
        if said.form == "nominal" and _is_told_by(page, said, out, answer.things):
            answer = _but(page, number, answer, again)
        if _is_nobodys(page, said, answer.things) or is_open(page, number) or _is_another(page, number, out, answer):
            answer = replace(answer, things=(), author=False)
        answer = _allowed(page, number, answer, again)
        before = out[number - 1].things if number else ()
        out[number] = _plain(answer, _worded(page, said, answer.things, before, bodies))
    return _of_one_mind(page, _as_grammar_tells(page, out, labels))


def _is_another(page: Page, number: int, answers: Sequence[Answer], answer: Answer) -> bool:
    """Whether a speaker without a name of his own was taken for somebody that he is not, and whom he is cannot be told."""
    said, things = page.said[number], answer.things
    if said.pronoun in _THIRD and (_is_of_client(page, said, answers, things) or _is_told_of(page, number, things)):
        return True
    return is_anothers_participle(page, number, things)


def _as_grammar_tells(page: Page, answers: Sequence[Answer], but: Container[int]) -> list[Answer]:
    """The answers, those of whom grammar makes somebody the speaker that one. `but`: numbers of statements that are settled."""
    out = list(answers)
    chosen = [answer.things for answer in out]
    called: dict[tuple[int, ...], tuple[int, ...]] = {
        (said.own,): named
        for said in page.said
        if said.own is not None and said.pronoun is None and (named := called_only(page, said))
    }
    for number in (n for n in range(len(out)) if n not in but and not is_open(page, n)):
        things = by_grammar(page, number, chosen)
        if things and out[number].features[0] < log_odds(PLAIN):
            out[number] = replace(out[number], things=())  # what grammar tells is no guess, be it the same
        out[number] = _plain(out[number], things or called.get(chosen[number], ()))
        chosen[number] = out[number].things
    return out


def _is_own(said: PageStatement, answer: Answer) -> bool:
    """Whether a pronoun means whoever speaks: "I", and "we" where the head holds it to be the writer's."""
    return said.pronoun in _FIRST or (said.pronoun in _WE and answer.author)


def _of_one_mind(page: Page, answers: Sequence[Answer]) -> list[Answer]:
    """The answers, those of verbs that share one source ("he said, adding …") the same: the likeliest of theirs."""
    out = list(answers)
    sharing: dict[tuple[Span, ...], list[int]] = {}
    for number, said in enumerate(page.said):
        if said.source is not None:
            sharing.setdefault(said.statement.source, []).append(number)
    for numbers in sharing.values():
        one = page.said[numbers[0]].pronoun in _THIRD
        able = [n for n in numbers if out[n].things and not (one and any(page.things[k].plural for k in out[n].things))]
        best = max(able, key=lambda n: out[n].features[0], default=None)
        if best is None:
            continue
        for n in numbers:
            if out[n].things != out[best].things:
                out[n] = replace(out[best], features=(*out[best].features[:2], *out[n].features[2:]))
    return out


def _called(page: Page, answers: Sequence[Answer], things: tuple[int, ...]) -> frozenset[int]:
    """The descriptions in whose source somebody is named, which are that one: "the envoy" of "the envoy, Ada Lane"."""
    own = (said.own for said, answer in zip(page.said, answers, strict=True) if answer.things == things)
    return frozenset(n for n in own if n is not None)


def _allowed(page: Page, number: int, answer: Answer, again: Again) -> Answer:
    """The answer where a description can mean it, else that of the others; or the description itself."""
    said = page.said[number]
    if said.own is None or said.joined or not any(is_barred(page, said, n) for n in answer.things):
        return answer
    barred = frozenset(n for n in range(len(page.things)) if is_barred(page, said, n))
    left = again(number, barred)
    named = left.things and all(n not in barred and _may_be_called(page, said, n) for n in left.things)
    return left if named else _plain(answer, (said.own,))


def _may_be_called(page: Page, said: PageStatement, thing: int) -> bool:
    """Whether somebody may be who a description means: a body, or a person who is called so or named there."""
    meant = page.things[thing]
    if meant.kind == "person":
        return not meant.roles.isdisjoint(said.words) or (
            said.source is not None and meant.within(said.source) is not None
        )
    return meant.kind != "phrase"


def _is_of_client(page: Page, said: PageStatement, answers: Sequence[Answer], things: tuple[int, ...]) -> bool:
    """Whether "he" who denies or admits something was taken for whoever speaks for him: "His lawyer said he denied it".

    His client is then nobody that the article names.
    """
    outer, text = page.said[said.inside] if said.inside is not None else None, page.article.text
    if outer is None or said.inside is None or outer.source is None or not is_for_another(outer.source.of(text)):
        return False
    if own_act(said.statement.cue[0].of(text).split()[-1]) not in _OWNING_UP:
        return False
    himself = frozenset(answers[said.inside].things) | {n for n in (outer.own,) if n is not None}
    return not himself.isdisjoint(things)


def _is_told_of(page: Page, number: int, things: tuple[int, ...]) -> bool:
    """Whether "he" is whoever was just told of, but was taken for somebody from paragraphs before who is known as another."""
    if len(things) != 1 or page.things[things[0]].kind != "person" or (noun := told_of(page, number)) is None:
        return False
    said, meant = page.said[number], page.things[things[0]]
    opens = page.article.paragraphs[said.held.paragraph].start
    known = bool(meant.roles) and noun not in meant.roles and things[0] not in page.between(opens, said.held.span.start)
    return known and noun in name_words().role_nouns | people()


def _is_count(page: Page, thing: Thing) -> bool:
    """Whether a thing is no "it": several figures, or whoever is only told of as having made them."""
    return is_only_cited(page.article.text, thing) or (
        thing.kind == "phrase" and _COUNTS.fullmatch(thing.name) is not None
    )


def _are_one_of(page: Page, said: PageStatement, things: tuple[int, ...]) -> bool:
    """Whether "they" was taken for one of a sentence that begins with several: "Pupils of Brell School wrote"."""
    before = said.held.sentence - 1
    if len(things) != 1 or before < 0 or page.things[things[0]].plural:
        return False
    sentence = page.article.sentences[before]
    subject = people_before(page.article.text, sentence)
    return subject is not None and page.things[things[0]].within(sentence) is not None


def _is_told_by(page: Page, said: PageStatement, answers: Sequence[Answer], things: tuple[int, ...]) -> bool:
    """Whether a description stands in the words of a person whom it was taken for: nobody calls himself "the minister" there.

    A body may be called so in its own: "Quayside said the company would pay".
    """
    outer = page.said[said.inside] if said.inside is not None else None
    if outer is None or said.inside is None or said.source is None or len(things) != 1:
        return False
    told = any(c.holds(said.source) for c in outer.statement.content)
    return told and things == answers[said.inside].things and page.things[things[0]].kind == "person"


def _but(page: Page, number: int, answer: Answer, again: Again) -> Answer:
    """The likeliest of the others, if it is a person's name; else the description itself."""
    said = page.said[number]
    left = again(number, frozenset(answer.things))
    if len(left.things) == 1 and page.things[left.things[0]].kind == "person":
        return left
    return replace(answer, things=()) if said.own is None else _plain(answer, (said.own,))


def _is_human(thing: Thing) -> bool:
    return thing.kind in _HUMAN and not (thing.kind == "phrase" and is_work(thing.name))


def _is_nobodys(page: Page, said: PageStatement, things: tuple[int, ...]) -> bool:
    """Whether words leave open who says what has no source ("mounting calls for …", "“…,” muttered a sailor"), or "they"."""
    cue, text = said.statement.cue[0], page.article.text
    if said.source is not None and (one := _ONE_OF_NAME.fullmatch(text, said.source.start, said.source.end)):
        return sum(one["name"].lower() in t.words for t in page.things if t.kind == "person") > 1
    if said.source is not None:
        return said.pronoun == "they" and said.own is None and _are_one_of(page, said, things)
    if cue.start < page.headline_end:
        return True  # nobody spoke before
    if is_to_somebody(text, cue) or is_hearing(text, cue) or _is_put(page, said):
        return True
    if _NOUN.match(text, cue.start, cue.end):
        return _OF_MANY.search(text, max(0, cue.start - 24), cue.start) is not None
    after = said.statement.content[-1].end <= cue.start
    return after and _SOMEBODY.match(text, cue.end) is not None


def _is_put(page: Page, said: PageStatement) -> bool:
    """Whether a cue is a question, or news, that nobody is said to put or to bring: "Asked whether he would go, …"."""
    cue, text = said.statement.cue[0], page.article.text
    if is_put(page.article, cue, said.statement.content):
        return True
    if cue.of(text).split()[0].lower() not in PUT:
        return False
    return not text[sentence_start(page.article, cue.start) : cue.start].strip(' “"')


def _plain(answer: Answer, things: tuple[int, ...]) -> Answer:
    if things == answer.things or not things:
        return answer
    features = (log_odds(PLAIN), 2 * PLAIN - 1, *answer.features[2:])
    return replace(answer, things=things, author=False, features=features)


def _worded(
    page: Page,
    said: PageStatement,
    things: tuple[int, ...],
    before: tuple[int, ...],
    bodies: Mapping[str, Sequence[int]],
) -> tuple[int, ...]:
    """The things that a source's wording makes plain; `things` where it makes none so."""
    if said.source is None or said.joined or len(things) > 1:
        return things
    text = page.article.text
    source = said.source.of(text)
    by = _stated_by(page, said)
    by = _by_letters(page, source) if by is None else by
    by = _by_surname(page, said, source) if by is None else by
    if by is not None:
        return (by,)
    if not things:
        return things
    if said.own is not None and things[0] in said.inner and _is_description(page, said, things[0]):
        return (said.own,)
    if said.own is not None and said.pronoun == "which" and things == (said.own,):
        body = _body(page, f"the {page.things[said.own].name}", bodies)
        return things if body is None else (body,)
    if said.own is not None and said.form == "nominal":
        if things == (said.own,):
            body = _body(page, source, bodies)
            return things if body is None else (body,)
        if things == before and _is_anothers(page, source, things[0]):
            return (said.own,)
        if page.things[things[0]].kind == "person" and _speaks_for(page, source, things[0]):
            return (said.own,)
    other = _beside(page, said, things[0])
    return things if other is None else (other,)


def _is_description(page: Page, said: PageStatement, thing: int) -> bool:
    """Whether a name only tells where unnamed people or a piece of writing are from: "sources at X", "a study ordered by X"."""
    place = _place(page, thing, said.source) if said.source else None
    if said.source is None or place is None:
        return False
    before = page.article.text[said.source.start : place.span.start]
    apposed = before.endswith(", ") and page.things[thing].kind == "person"  # "a woman in the third row, Ada Lane"
    return (_UNNAMED.match(before) is not None and not apposed) or (is_work(before) and _DATA.search(before) is None)


def _stated_by(page: Page, said: PageStatement) -> int | None:
    """Whose statement is quoted: the body named right after "a statement by", or the only person named there."""
    text = page.article.text
    start = _STATEMENT.match(text, said.source.start, said.source.end) if said.source else None
    if start is None or said.source is None:
        return None
    inside = [n for n in said.inner if (place := _place(page, n, said.source)) and place.span.start >= start.end()]
    people = [n for n in inside if page.things[n].kind == "person"] or _begun(page, said, start.end())
    if len(people) == 1:
        return people[0]
    first = inside[0] if inside else None
    place = _place(page, first, said.source) if first is not None else None
    return first if place and place.span.start == start.end() and page.things[first or 0].kind in _BODIES else None


def _begun(page: Page, said: PageStatement, start: int) -> list[int]:
    """The person whose name goes on beyond a source into its cue: what is read as a verb there is a surname."""
    cue = said.statement.cue[0]
    if said.source is None or not 0 <= cue.start - said.source.end <= 1:
        return []
    both = Span(start, cue.end)
    people = [(n, thing.within(both)) for n, thing in enumerate(page.things) if thing.kind == "person"]
    return [n for n, place in people if place and place.span.end > said.source.end]


def _by_surname(page: Page, said: PageStatement, source: str) -> int | None:
    """The only person of a surname that an adjective stands before, where no name was found: "a tearful Lane"."""
    found = _ADJECTIVE_BEFORE.fullmatch(source) if said.own is not None and not said.inner else None
    if found is None:
        return None
    name = found["name"]
    bearers = [n for n, t in enumerate(page.things) if t.kind == "person" and t.name.endswith(f" {name}")]
    return bearers[0] if len(bearers) == 1 else None


def _by_letters(page: Page, source: str) -> int | None:
    """The only person who has the office that a source has the letters of: "the CS" for "Cabinet Secretary Ada Lane"."""
    found = _LETTERS.fullmatch(source)
    if found is None:
        return None
    holders = [
        number
        for number, thing in enumerate(page.things)
        if thing.kind == "person"
        and any(_is_short_for(found["letters"], r.of(page.article.text)) for r in _roles(page, thing))
    ]
    return holders[0] if len(holders) == 1 else None


def _roles(page: Page, thing: Thing) -> list[Span]:
    return [role.span for role in roles_of(page.article, [place.span for place in thing.places[:MOST_LOOKS]])]


def _is_short_for(letters: str, role: str) -> bool:
    large = [w for w in re.findall(r"[A-Za-z]+", role) if w.casefold() not in _NO_ROLE]
    short = "".join(w[0] for w in large)
    return short.endswith(letters) or (letters in OFFICES and short.upper().endswith(letters))


def _beside(page: Page, said: PageStatement, thing: int) -> int | None:
    """Who is meant where a name only says of which body: "Quay Front chief Ada Lane", "the Quay Front, led by Ada Lane"."""
    source, text = said.source, page.article.text
    chosen = _place(page, thing, source) if source and thing in said.inner else None
    if source is None or chosen is None:
        return None
    for number in said.inner:
        place = _place(page, number, source) if number != thing else None
        if place is None:
            continue
        if place.span.start >= chosen.span.end and page.things[number].kind == "person":
            between = text[chosen.span.end : place.span.start]
            if _ends(text, place.span, source) and _ROLE.fullmatch(between) and _is_role(between):
                return number
        elif place.span.end <= chosen.span.start and _LED.fullmatch(text[place.span.end : chosen.span.start]):
            return number if page.things[number].kind in _BODIES else None
    return None


def _place(page: Page, number: int, source: Span) -> Occurrence | None:
    return page.things[number].within(source)


def _ends(text: str, span: Span, source: Span) -> bool:
    return span.end >= source.end or text[span.end] in ",("


def _is_role(words: str) -> bool:
    table = name_words()
    low = [w.casefold().strip(".") for w in words.split()]
    nouns = table.role_nouns | table.titles
    return _NO_ROLE.isdisjoint(low) and any(w in nouns or w.rpartition("-")[2] in nouns for w in low)


def _is_anothers(page: Page, source: str, thing: int) -> bool:
    """Whether a thing only owns who is meant ("her solicitor", said after her own words): nobody is called its own."""
    own = _OWN.fullmatch(source)
    return own is not None and own["words"].lower().split()[-1] not in page.things[thing].roles


def _speaks_for(page: Page, source: str, thing: int) -> bool:
    """Whether a source speaks for somebody, as the one it was taken for is not known to: "a spokesman for the chancellor"."""
    found = _FOR.match(source)
    return found is not None and found["noun"].lower() not in page.things[thing].roles


def _body(page: Page, source: str, bodies: Mapping[str, Sequence[int]]) -> int | None:
    """The only organisation of the article whose name ends in what the source calls it: "the allied command"."""
    the, _, rest = source.partition(" ")
    called = _BODY.fullmatch(rest) if the in ("the", "The") else None
    fit = bodies.get(called["noun"], ()) if called else ()
    if called is None or len(fit) != 1:
        return None
    words = set(called["words"].split()) - _ANY_BODY
    return fit[0] if words <= set(page.things[fit[0]].name.lower().split()) else None
