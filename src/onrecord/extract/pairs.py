"""Whom words for two mean: "the couple", "both men", "the two leaders", "the sisters", "the former" and "the latter"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, offices, people
from onrecord.extract.page import Occurrence, Page, PageStatement, ThingKind

_TWO = re.compile(
    r"(?:(?:the|this|that) (?:(?!two\b)[a-z-]+ )?(?P<pair>couple|pair|duo|newlyweds|spouses|twins)"
    r"|(?:the two|both)(?: of them)?(?: the)?(?: [a-z-]+)? (?P<noun>[a-z-]+)"
    r"|(?:the two|both)(?: of them)?"
    r"|the (?:[a-z-]+ )?(?P<kin>brothers|sisters|siblings))",
    re.IGNORECASE,
)
_ONE_OF_TWO = re.compile(r"the (?P<which>former|latter)", re.IGNORECASE)
_MEN = frozenset("men brothers boys".split())
_WOMEN = frozenset("women sisters girls actresses".split())
_LANDS = frozenset("countries nations states governments neighbours neighbors".split())
_ALONE = ("couple", "pair", "duo", "newlyweds", "spouses", "twins", "")
_AND = re.compile(
    r"(?: \([^)]{1,40}\))?(?:, \d{1,3},?)? and (?:(?:his|her) (?:[a-z-]+ )?[a-z]+,? )?"
    r"(?:(?!(?:his|her|the|an?)\b)[\w.’'-]+ ){0,5}"
)
"""Between the two that "and" joins, the second with titles, or told of as kin: "Ada Lane and her sister, Ida Lane"."""
_WITH_ANOTHER = re.compile(
    r"(?:, \d{1,3},?)?,? (?:and|with|to|of) (?:(?:an?|another|his|her|their|the|one|two|three|several|other) )"
    r"(?:[a-z-]+ ){0,3}(?:brother|sister|wife|husband|partner|son|daughter|mother|father|friend|colleague|man|woman|men|women"
    r"|boyfriend|girlfriend|fianc[ée]e?|others?|teenagers?|boys?|girls?|associates?|accomplices?)\b(?!,? [A-Z])"
)
"""Somebody without a name beside a name: the two are not told by names alone."""
_INTRODUCED = re.compile(
    r"(?<![Tt]he )\b(?:[Tt]wo (?:other |more )?[a-z]|[Aa]n?(?:other)? (?:[a-z-]+ )?(?:couple|pair|duo)\b(?! of\b))"
)
NEAR = 3
"""Sentences back in which the two are named."""
REACH = 90
"""Characters between two names that "and" joins."""


def two_of(page: Page, number: int, answer: tuple[int, ...]) -> tuple[int, ...]:
    """The two whom a description of two means, where the sentences before name no others; else itself, if it was taken for one.

    `answer`: whom it was taken for.
    """
    said = page.said[number]
    if said.source is None or said.joined or said.held.quoted or said.pronoun is not None:
        return ()
    words = said.source.of(page.article.text)
    if one := _ONE_OF_TWO.fullmatch(words):
        two = _named_before(page, said, "person") or _named_before(page, said, None)
        return () if len(two) != 2 else (two[one["which"].lower() == "latter"],)
    found = _TWO.fullmatch(words)
    noun = (found["noun"] or found["kin"] or found["pair"] or "").lower() if found else ""
    kind = _kind_of(noun)
    if found is None or kind is None:
        return ()
    sex = (noun in _MEN) - (noun in _WOMEN)
    two = _named_before(page, said, kind)
    if not two and not noun and kind == "person":
        two = _named_before(page, said, "country") or _named_before(page, said, "organization")
    if len(two) == 2 and all(page.things[n].gender * sex >= 0 for n in two):
        return two
    alone = len(answer) == 1 and said.own is not None and page.things[answer[0]].kind == kind
    return (said.own,) if alone and said.own is not None else ()


def _kind_of(noun: str) -> ThingKind | None:
    """What sort of things a noun in the plural is said of; None for those of which nothing is known."""
    if noun in _LANDS:
        return "country"
    single = f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")
    if single in bodies("beside", "name", "called") - {"party"}:  # "both parties" may be anybody in a dispute
        return "organization"
    known = {noun, single} & (people() | offices() | name_words().role_nouns)
    return "person" if noun in _ALONE or known or noun.endswith(("men", "women", "people", "siblings")) else None


def _named_before(page: Page, said: PageStatement, kind: ThingKind | None) -> tuple[int, ...]:
    """The only two of a kind that are named before a source, in its sentence, else in those before, or the two that "and" joins.

    `kind`: None for all that have names.
    """
    assert said.source is not None
    text, at = page.article.text, said.source.start
    seen: dict[int, Occurrence] = {}
    for k in range(said.held.sentence, max(-1, said.held.sentence - NEAR - 1), -1):
        start = page.article.sentences[k].start
        here = _named_in(page, start, at, kind)
        if here and said.held.paragraph - here[0][1].paragraph > 1:
            return ()
        if any(_WITH_ANOTHER.match(text, place.span.end) for _, place in here):
            return ()
        joined = _joined(text, here)
        seen |= {n: place for n, place in here if n not in seen}
        if joined is not None or len(seen) >= 2:
            two = joined or tuple(sorted(seen, key=lambda n: seen[n].span.start))
            free = len(two) == 2 and not _INTRODUCED.search(text, seen[two[0]].span.start, said.source.start)
            return two if free else ()
        at = start
    return ()


def _named_in(page: Page, start: int, end: int, kind: ThingKind | None) -> list[tuple[int, Occurrence]]:
    """Things of a kind with their first places in a stretch, in text order, outside quotations."""
    wanted = ("person", "organization", "country") if kind is None else (kind,)
    found = [
        (n, places[0])
        for n, places in page.between(start, end).items()
        if page.things[n].kind in wanted and not places[0].quoted
    ]
    return sorted(found, key=lambda f: f[1].span.start)


def _joined(text: str, here: Sequence[tuple[int, Occurrence]]) -> tuple[int, ...] | None:
    """The two that "and" joins where it joins but two in a stretch, and no third stands in their list; None without such."""
    pairs = []
    for k, ((a, left), (b, right)) in enumerate(zip(here, here[1:], strict=False)):
        between = text[left.span.end : right.span.start]
        if len(between) > REACH or not _AND.fullmatch(between):
            continue
        if k and text[here[k - 1][1].span.end : left.span.start].strip() == ",":
            return ()
        pairs.append((a, b))
    return None if not pairs else pairs[0] if len(pairs) == 1 else ()
