"""Which entities of different articles are one organisation, group or work, within a block of the same initials or sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.codebook.names import name_words
from onrecord.link.blocks import body_words, initials, is_acronym, is_generic
from onrecord.link.sounds import edits, is_spelling
from onrecord.link.traces import Linked, Trace, support, trace_of
from onrecord.link.values import IdentityMethod, KnownEntity

GENERIC_COMPANY = 1.0  # support (see traces) by which generic bodies without a country are one: two names beside both
SPELLING_COMPANY = 0.4
LONG_NAME = 10  # letters of a name from which one edit is a slip


@dataclass(slots=True, eq=False)
class Body:
    """Entities that are taken for one body."""

    words: tuple[str, ...]
    linked: list[Linked] = field(default_factory=list)
    trace: Trace = field(default_factory=Trace)
    aliases: set[str] = field(default_factory=set)  # acronyms that an article says are it

    @property
    def rank(self) -> tuple[int, str]:
        return -len(self.linked), min(one.known.id for one in self.linked)

    def add(self, known: KnownEntity, trace: Trace, method: IdentityMethod, score: float) -> None:
        self.linked.append(Linked(known, method, score))
        self.trace.add(trace)
        self.aliases |= {_letters(a) for a in (known.name, *known.aliases) if is_acronym(a)}


def group_bodies(block: Sequence[KnownEntity]) -> list[list[Linked]]:
    """One list for each body of a block."""
    named: dict[tuple[str, ...], list[KnownEntity]] = {}
    acronyms: dict[str, list[KnownEntity]] = {}
    for known in sorted(block, key=lambda k: k.id):
        if is_acronym(known.name):
            acronyms.setdefault(_letters(known.name), []).append(known)
        else:
            named.setdefault(body_form(known.name), []).append(known)
    bodies = [body for form in sorted(named) for body in _of_one_name(form, named[form])]
    bodies = _with_spellings(bodies)
    for letters, members in sorted(acronyms.items()):
        bodies = _with_acronym(letters, members, bodies)
    return [body.linked for body in bodies]


def _letters(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


@lru_cache(maxsize=65536)
def body_form(name: str) -> tuple[str, ...]:
    """What two writings of one name have in common: "Ministry of Defence", "Defense Ministry"; "Herons", "Heron"."""
    words = body_words(name)
    large = [w for w in words if w not in ("of", "for", "and", "the")]
    if len(large) > 1 and set(large) & name_words().heads:
        return tuple(sorted(large))
    return tuple(large) or words


def _of_one_name(form: tuple[str, ...], members: Sequence[KnownEntity]) -> list[Body]:
    """The bodies of one name: one for each country that it is said to be of; a generic one only in the same company."""
    generic = is_generic(form)
    traced = sorted(((known, trace_of(known)) for known in members), key=lambda pair: (not pair[0].country, pair[0].id))
    bodies: list[Body] = []
    for known, trace in traced:
        fit = [b for b in bodies if _same_owner(b.trace, trace)]
        if generic:
            fit = [b for b in fit if (known.country and b.trace.codes) or support(b.trace, trace) >= GENERIC_COMPANY]
        if len(fit) > 1:
            fit = sorted(fit, key=lambda b: (-support(b.trace, trace), b.rank))
            if support(fit[0].trace, trace) <= support(fit[1].trace, trace):
                fit = []
        elif not fit or (generic and known.article in fit[0].trace.articles):
            fit = []
        if fit:
            fit[0].add(known, trace, "same-name", 0.6 if generic and not known.country else 0.9)
        else:
            body = Body(form)
            body.add(known, trace, "same-name", 0.9)
            bodies.append(body)
    return bodies


def _same_owner(a: Trace, b: Trace) -> bool:
    return not a.codes or not b.codes or not a.codes.isdisjoint(b.codes)


def _with_spellings(bodies: Sequence[Body]) -> list[Body]:
    """Join names that differ by one slip of spelling, where their company agrees, each to the one that it may be."""
    kept: list[Body] = []
    for body in sorted(bodies, key=lambda b: b.rank):
        fit = [b for b in kept if _is_slip(b, body)] if not is_generic(body.words) else []
        if len(fit) == 1:
            for one in body.linked:
                fit[0].linked.append(Linked(one.known, "spelling", 0.7))
            fit[0].trace.add(body.trace)
            fit[0].aliases |= body.aliases
        else:
            kept.append(body)
    return kept


def _is_slip(a: Body, b: Body) -> bool:
    if a.words == b.words or len(a.words) != len(b.words) or not a.trace.articles.isdisjoint(b.trace.articles):
        return False
    left, right = "".join(a.words), "".join(b.words)
    near = is_spelling(left, right) if len(a.words) == 1 else len(left) >= LONG_NAME and edits(left, right) <= 1
    return near and len(left) >= 5 and _same_owner(a.trace, b.trace) and support(a.trace, b.trace) >= SPELLING_COMPANY


def _with_acronym(letters: str, members: Sequence[KnownEntity], bodies: list[Body]) -> list[Body]:
    """Give an acronym to the one body that an article calls so, or else to the one that has these initials."""
    called = [b for b in bodies if letters in b.aliases]
    able = called or [b for b in bodies if any(initials(one.known.name) == letters for one in b.linked)]
    alone = Body((letters,))
    for known in members:
        trace = trace_of(known)
        fit = [b for b in able if _same_owner(b.trace, trace) and known.article not in b.trace.articles]
        if len(fit) > 1:
            fit = sorted(fit, key=lambda b: (-support(b.trace, trace), b.rank))
            if support(fit[0].trace, trace) <= support(fit[1].trace, trace):
                fit = []
        if fit:
            fit[0].linked.append(Linked(known, "acronym", 0.9 if called else 0.7))
        else:
            alone.add(known, trace, "same-name", 0.85)
    return [*bodies, alone] if alone.linked else bodies
