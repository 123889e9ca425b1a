"""Which entities of different articles are one country or place, within a block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.codebook.countries import countries
from onrecord.extract.lands import codes_of, is_demonym
from onrecord.link.blocks import body_words, without_ending
from onrecord.link.sounds import CLOSE_LETTERS, is_spelling
from onrecord.link.traces import ENOUGH, Linked, Trace, support, trace_of
from onrecord.link.values import KnownEntity


@dataclass(slots=True, eq=False)
class _Land:
    linked: list[Linked] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    trace: Trace = field(default_factory=Trace)

    @property
    def rank(self) -> tuple[int, str]:
        return -len(self.linked), min(one.known.id for one in self.linked)


def group_lands(block: Sequence[KnownEntity]) -> list[list[Linked]]:
    """One list for each country or place of a block. A word that is read now as a country, now as a place is one land."""
    by_name: dict[str, list[KnownEntity]] = {}
    for known in sorted(block, key=lambda k: k.id):
        by_name.setdefault(_land_key(known), []).append(known)
    lands = []
    for key, members in sorted(by_name.items()):
        land = _Land()
        names = {" ".join(body_words(k.name)) for k in members}
        shortest = min(names, key=lambda n: (len(n), n))
        for known in members:
            name = " ".join(body_words(known.name))
            people = is_demonym(known.name) if key.startswith("code ") else name != shortest
            land.linked.append(Linked(known, "demonym" if people else "same-name", 0.85 if people else 0.95))
            land.trace.add(trace_of(known))
        land.names = names
        lands.append(land)
    return [land.linked for land in _with_spellings(lands)]


def _land_key(known: KnownEntity) -> str:
    code = known.country if known.kind == "country" else _code(known.name)
    if code is not None:
        return f"code {code}"
    words = body_words(known.name)
    return "name " + " ".join((*words[:-1], without_ending(words[-1])))


def _code(name: str) -> str | None:
    codes = codes_of(name)
    # "Georgia" as a place is more likely the other one.
    return codes[0] if len(codes) == 1 and name not in countries().homonyms else None


def _with_spellings(lands: Sequence[_Land]) -> list[_Land]:
    """Join lands of which one is a spelling of the other and the company is the same (Kharkiv, Kharkov)."""
    kept: list[_Land] = []
    for land in sorted(lands, key=lambda one: one.rank):
        fit = [k for k in kept if k.trace.articles.isdisjoint(land.trace.articles) and _is_spelling(k, land)]
        if len(fit) == 1:
            fit[0].linked.extend(Linked(one.known, "spelling", 0.7) for one in land.linked)
            fit[0].trace.add(land.trace)
        else:
            kept.append(land)
    return kept


def _is_spelling(a: _Land, b: _Land) -> bool:
    return support(a.trace, b.trace) >= ENOUGH and any(
        min(len(x), len(y)) >= CLOSE_LETTERS and is_spelling(x, y) for x in a.names for y in b.names
    )
