"""``who``: everything that somebody said, oldest first, with what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Unpack

from onrecord.query.about import about_of
from onrecord.query.against import against
from onrecord.query.cursors import page_size, read_cursor, write_cursor
from onrecord.query.filters import SPOKEN_BY, Narrowing, Where, narrowed
from onrecord.query.firsts import uncopied
from onrecord.query.fitting import LAST_DAY, fitting
from onrecord.query.names import identity_number, namesakes, speaking, spelt_alike
from onrecord.query.options import strict
from onrecord.query.pages import Who
from onrecord.query.rows import Readable
from onrecord.query.statements import utterances
from onrecord.store.coding import CURRENT, UNDATED, day_code, day_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from onrecord.analysis.sentences import EmbedTexts
    from onrecord.store.columns import Statements

    Numbers = NDArray[np.int64]

_CURSOR = "who"
"""Where statements without a day stand: after all days."""


@strict(Narrowing)
def who(
    store: Readable,
    name: str,
    *,
    about: str | None = None,
    embedder: EmbedTexts | None = None,
    size: int = 50,
    cursor: str | None = None,
    **options: Unpack[Narrowing],
) -> Who:
    """Everything that `name` (or the identity with that id) said, oldest first, an entry for each utterance.

    `about` leaves what has its words (as in a search) or, with an `embedder`, means something near it. An utterance stands where
    the first of its printings that the options fit stands. What it turns from that was said before is
    told with it. Raises UnclearError where nobody or several are called `name`.
    """
    page_size(size)
    after = read_cursor(_CURSOR, cursor, str | None, int)
    person, others = speaking(store, name)
    withdrawn = bool(options.get("withdrawn"))
    where = _spoken(store, identity_number(store, person.identity), options)
    said = fitting(store, where, standing=False)
    if about is not None:
        said = said.only(about_of(store, about, embedder, said.numbers))
    stands = said.rows["standing"] == CURRENT
    left = said if withdrawn else said.only(stands)
    order = _order(left)
    page = order.after(after, size + 1)
    among = None if about is None else set(said.numbers.tolist())
    shown = uncopied(store, where, page[:size], among=among)
    before = against(store, shown, ("self-reversal",), side="b")
    told = utterances(store, shown, withdrawn=withdrawn)
    return Who(
        items=tuple(replace(u, against=turned) for u, turned in zip(told, before, strict=True)),
        cursor=write_cursor(_CURSOR, *order.place(page[size - 1][0])) if len(page) > size else None,
        total=len(order.numbers),
        withdrawn=len(said.numbers) - len(left.numbers),
        who=person,
        statements=len(left.numbers),
        others=(*others, *namesakes(store, name, (person.identity, *(c.identity for c in others)))),
        alike=spelt_alike(store, person),
    )


def _spoken(store: Readable, identity: int, options: Narrowing) -> Where:
    """The conditions of the options, and that the identity speaks."""
    where = narrowed(store, **options)
    return replace(where, few=((SPOKEN_BY, identity), *where.few), wanted=replace(where.wanted, speaker=identity))


@dataclass(frozen=True, slots=True)
class _Order:
    """The first statement of each utterance, by day, those without one last, then by when they were stored.

    Shapes: (utterances,). `origins`: 0 where it is printed once.
    """

    numbers: Numbers
    days: Numbers
    origins: Numbers

    def after(self, place: list[Any] | None, size: int) -> list[tuple[int, int | None]]:
        """The next statements after a place, each with its utterance."""
        start = 0
        if place is not None:
            day = day_code(place[0]) if place[0] is not None else LAST_DAY
            later = (self.days > day) | ((self.days == day) & (self.numbers > int(place[1])))
            start = len(later) - int(later.sum())
        some = slice(start, start + size)
        return [
            (n, origin or None)
            for n, origin in zip(self.numbers[some].tolist(), self.origins[some].tolist(), strict=True)
        ]

    def place(self, number: int) -> tuple[str | None, int]:
        """What the cursor is told of a statement."""
        day = int(self.days[self.numbers == number][0])
        return None if day == LAST_DAY else day_text(day), number


def _order(said: Statements) -> _Order:
    import numpy as np

    days = said.rows["day"].astype(np.int64)
    days[days == UNDATED] = LAST_DAY
    order = np.lexsort((said.numbers, days))
    _, first = np.unique(said.utterances[order], return_index=True)
    kept = order[np.sort(first)]
    return _Order(said.numbers[kept], days[kept], said.rows["utterance"][kept].astype(np.int64))
