"""Whom somebody speaks of, on which days, and who speaks of them: counts of utterances that stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from onrecord.query.filters import AIMED_AT, SPOKEN_BY, Wanted, Where
from onrecord.query.fitting import fitting_each
from onrecord.query.rows import Readable, listed, tuples
from onrecord.store.coding import UNDATED, day_text
from onrecord.store.connecting import translated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from onrecord.store.columns import Statements

    Numbers = NDArray[np.int64]

Counted = tuple[str | None, str | None, int | None, int]
"""An act, the name of somebody who has no identity, else the row of an identity, and how many utterances."""


def dealings_of(store: Readable, identity: int) -> tuple[tuple[tuple[str, int], ...], list[Counted], list[Counted]]:
    """How many utterances are somebody's by day, whom they are aimed at, and who speaks of them."""
    from onrecord.store.columns import all_entities

    said, aimed = _first_printings(store, identity)
    with translated(store.path):
        known = all_entities(store.connection)["identity"]
    return _days(said), _targets(store, said, known), _speakers(store, aimed, known)


def _first_printings(store: Readable, identity: int) -> tuple[Statements, Statements]:
    """What somebody said, and what is aimed at them; of an utterance the first printing."""
    spoken = Where((), (), False, ((SPOKEN_BY, identity),), False, wanted=Wanted(speaker=identity))
    aimed = Where((), (), False, ((AIMED_AT, identity),), False, wanted=Wanted(target=identity))
    said, of = fitting_each(store, spoken, aimed)
    return said.only(_is_first(said)), of.only(_is_first(of))


def _is_first(said: Statements) -> NDArray[np.bool_]:
    origins = said.rows["utterance"]
    first: NDArray[np.bool_] = (origins == 0) | (origins == said.numbers)
    return first


def _days(said: Statements) -> tuple[tuple[str, int], ...]:
    import numpy as np

    days, times = np.unique(said.rows["day"], return_counts=True)
    told = zip(days.tolist(), times.tolist(), strict=True)
    return tuple((day_text(day) or "", n) for day, n in told if day != UNDATED)


def _targets(store: Readable, said: Statements, known: NDArray[np.int32]) -> list[Counted]:
    import numpy as np

    aimed = np.flatnonzero(said.rows["target"])
    return _counted(store, "target", said, aimed, _identities(said.rows["target"][aimed], known))


def _speakers(store: Readable, said: Statements, known: NDArray[np.int32]) -> list[Counted]:
    import numpy as np

    from onrecord.store.columns import names_printed

    at = np.concatenate([np.arange(len(said.numbers)), np.searchsorted(said.numbers, said.more["statement"])])
    of = _identities(np.concatenate([said.rows["speaker"], said.more["speaker"]]), known)
    with translated(store.path):
        told = (of > 0) | (names_printed(store.connection, said.numbers)[at] > 0)
    return _counted(store, "speaker", said, at[told], of[told])


def _identities(entities: NDArray[np.int32], known: NDArray[np.int32]) -> Numbers:
    """The rows of identities, `known` of each entity; 0 of what is no entity, or not linked."""
    import numpy as np

    there = (entities > 0) & (entities < len(known))
    found = np.zeros(len(entities), np.int64)
    found[there] = known[entities[there]]
    return found


def _counted(store: Readable, party: str, said: Statements, at: Numbers, of: Numbers) -> list[Counted]:
    """How often each act is there with each party: statements at places, and the identity of the party to each, or 0."""
    import numpy as np

    words = said.words
    acts = said.rows["act"][at].astype(np.int64)
    known = of > 0
    pairs, times = np.unique((of[known] << 16) + acts[known], return_counts=True)
    told: list[Counted] = [
        (words[pair & 0xFFFF], None, pair >> 16, n) for pair, n in zip(pairs.tolist(), times.tolist(), strict=True)
    ]
    rest = said.numbers[at[~known]].tolist()
    sql = f"SELECT n, {party} FROM statements WHERE n IN (SELECT value FROM json_each(?))"
    names = dict(tuples(store, sql, listed(set(rest)))) if rest else {}
    named = Counter(zip(acts[~known].tolist(), (names[n] for n in rest), strict=True))
    return told + [(words[act], name, None, n) for (act, name), n in named.items()]
