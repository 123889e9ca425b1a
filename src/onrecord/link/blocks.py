"""Blocks: entities that may be one are in the same block, whatever their spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from onrecord.codebook.names import name_words
from onrecord.extract.lands import codes_of
from onrecord.extract.names import SMALL_IN_NAMES, PersonName, fold, person_name, words_in
from onrecord.link.sounds import LONGEST_SKELETON, skeleton
from onrecord.link.values import KnownEntity
from onrecord.records import EntityKind, Record

MOST_BESIDE = 60  # other names of an article that are kept with an entity: they show company, and more shows no more

# Surnames that stand before the forename, and are no forename elsewhere; and those that are one, unless two syllables follow.
_FAMILY_FIRST = frozenset(
    "xi hu zhang wang li liu zhou zhao wu xu zhu deng jiang wen yang huang sun guo ma lin zheng xie tang feng cao peng zeng"
    " nguyen tran pham hoang vo dang bui".split()
)
_FAMILY_FIRST_BEFORE_TWO = frozenset(
    "kim lee park moon yoon choi ban han cho jung chung kang lim shin kwon hong".split()
)
_PEOPLE_ENDING = re.compile(r"(?:ians?|ans?|ish|ese|ers?|is?|ns?)$")
_AMERICAN = {
    "defense": "defence", "labor": "labour", "center": "centre", "harbor": "harbour", "theater": "theatre",
    "organization": "organisation", "program": "programme", "labors": "labours",
}  # fmt: skip
# Words of which many countries and towns have a body each: a name of nothing else tells whose only with its country.
_GENERIC = frozenset(
    "ministry department army navy police force forces air parliament senate house chamber assembly congress"
    " cabinet government council court supreme constitutional high appeals national central federal state"
    " public bank treasury committee commission electoral election authority agency office bureau union party"
    " front league federation defence foreign interior justice finance health education labour affairs internal"
    " external trade economy energy transport agriculture environment emergencies intelligence security guard"
    " coast border customs hospital university institute college board club association ombudsman prosecutor"
    " prosecutors general staff command military opposition administration service services safety audit of for"
    " and the city town regional provincial district county ledger gazette courier herald examiner post journal"
    " times news".split()
)
LONGEST_ACRONYM = 6


def known_of(record: Record) -> tuple[KnownEntity, ...]:
    """What is known of each entity of a record."""
    article = record.article
    day = article.published.date if article.published else article.dateline.date if article.dateline else None
    names = {e.id: " ".join(words_in(e.name)) for e in record.entities}
    company = sorted({n for n in names.values() if n}, key=lambda n: (-n.count(" "), n))[: MOST_BESIDE + 1]
    return tuple(
        KnownEntity(
            id=e.id,
            article=article.id,
            day=day,
            kind=e.kind,
            name=e.name,
            aliases=e.aliases,
            roles=tuple(" ".join(role.span.of(article.text).split()) for role in e.roles),
            country=e.country,
            beside=frozenset(n for n in company if n != names[e.id]),
        )
        for e in record.entities
    )


def block_key(known: KnownEntity) -> str:
    """The block of an entity: a function of its kind, name and country, whatever its spelling.

    Countries by their code; whoever and whatever has one word, and persons by their surname, by how it sounds; bodies by
    their initials, in which acronyms meet them; places of several words by these.
    """
    if known.kind == "country" and known.country is not None:
        return f"country {known.country}"
    return _key(known.kind, known.name)


@lru_cache(maxsize=65536)
def _key(kind: EntityKind, name: str) -> str:
    if kind == "person":
        return _sound_key(surname(name))
    codes = codes_of(name)
    if kind in ("country", "place") and len(codes) == 1:
        return f"country {codes[0]}"
    words = body_words(name)
    if len(words) == 1 and not (kind in ("organization", "group") and is_acronym(name)):
        return _sound_key(without_ending(words[0]) if kind in ("country", "place") else words[0])
    if kind in ("country", "place"):
        return "place " + " ".join(words)
    return "initials " + "".join(sorted(initials(name)))


def _sound_key(word: str) -> str:
    return "sound " + skeleton(word)[:LONGEST_SKELETON]


def without_ending(word: str) -> str:
    """`word` without what makes it the word for a country's people ("Sarovian", "Sarovia" and "Sarovians" give "sarov")."""
    stem = _PEOPLE_ENDING.sub("", word)
    return (stem if len(stem) >= 4 else word).rstrip("aeiouy") or word


@lru_cache(maxsize=65536)
def read_name(name: str) -> PersonName:
    """A person's printed name, read."""
    return person_name(name)


@lru_cache(maxsize=65536)
def surname(name: str) -> str:
    """The folded surname of a person's printed name: its last word, or the first where surnames come first."""
    words = read_name(name).words
    if not words:
        return fold(name) or name
    pieces = name.split()
    if 2 <= len(words) <= 3 and words[0] in _FAMILY_FIRST:
        return words[0]
    if words[0] in _FAMILY_FIRST_BEFORE_TWO and len(words) in (2, 3):
        hyphenated = len(words) == 2 and "-" in pieces[-1]
        if hyphenated or (len(words) == 3 and all(len(w) <= 5 for w in words[1:])):
            return words[0]
    return words[-1]


@lru_cache(maxsize=65536)
def body_words(name: str) -> tuple[str, ...]:
    """Folded words of a body's or a place's name: without articles and what sort of company it is, in British spelling."""
    table = name_words()
    words = words_in(name)
    usual = table.same.get(" ".join(words))
    words = tuple(usual.split()) if usual else words
    while len(words) > 1 and words[0] in {"the", "al", "el"}:
        words = words[1:]
    words = tuple(_AMERICAN.get(w, w) for w in words)
    named = tuple(w for w in words if w not in table.sorts)
    return named or words or (fold(name) or name,)


def initials(name: str) -> str:
    """The initials of a body's large words; of an acronym its letters."""
    words = body_words(name)
    if len(words) == 1:
        return words[0]
    return "".join(w[0] for w in words if w not in SMALL_IN_NAMES) or "".join(w[0] for w in words)


def is_acronym(name: str) -> bool:
    """Whether a name is nothing but initials ("QTA", "U.N.")."""
    letters = name.replace(".", "").replace(" ", "")
    return (
        letters.isalpha() and letters.isupper() and 2 <= len(letters) <= LONGEST_ACRONYM and len(body_words(name)) == 1
    )


def is_generic(form: Sequence[str]) -> bool:
    """Whether a name says what sort of body it is and not which."""
    return all(w in _GENERIC or w in name_words().heads for w in form)
