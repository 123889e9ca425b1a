"""Keys by which copies and quotations find each other, whole numbers below 2^48, kept in order in blobs.

A batch's keys are a run of parts, in which they stand in order; RUNS runs of about one size become one. So each key is written
some four times, and found by a look at one part of each run. In a table of rows, where a key's place is anywhere among millions,
a page would be read and written for each.

What is taken out is noted (`keys_gone`) and passed over; `sweep` takes it out of the blobs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.store.rows import dump

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Heads = NDArray[np.uint32]

TAIL = 16
"""Bits of a key that stand with the numbers: the others, its head, are looked at first, and nearly always tell."""
TAILS = (1 << TAIL) - 1
PART = 1 << 11
"""Keys of a part: 8 kB of heads, and 12 of the rest. Of larger ones more is read for few keys, of smaller ones there are many."""
RUNS = 8
"""Runs of one size that are made one: with fewer each key is written more often, with more there is more to look at."""
TIER = 3
"""Bits of its size that runs of one size may differ by: RUNS of them together are of the next."""
LARGEST = 1 << 22
"""Keys of a run from which on it stays as it is, so that no batch waits long."""
AT_ONCE = 512
"""Parts that are looked at together."""
MIX = 0x9E3779B97F4A7C15
"""An odd number, by which keys are spread: sums of them tell sets of keys apart."""
MOST_KEPT = 20 << 20
"""Keys of one kind whose heads a writer keeps at hand, 80 MB: a million statements have 11 million, their articles 4."""
MOST_GONE = 100_000
"""Numbers that are passed over until their keys are taken out."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A run: the rows of its parts and the first head of each. Shapes: (parts,)."""

    size: int
    parts: Numbers
    firsts: Heads


class Keys:
    """The keys of one kind of thing ("article", "wording"), within the transaction at hand. Those of a number never change."""

    def __init__(self, connection: sqlite3.Connection, thing: str) -> None:
        self._connection = connection
        self._thing = thing
        self._table = f"{thing}_keys"
        self._read: tuple[dict[int, _Run], set[int]] | None = None
        self._kept: dict[int, tuple[Heads, Numbers]] = {}

    def add(self, keys: Numbers, numbers: Numbers) -> None:
        """Note the keys of numbers, in order, beside each its number. One that was taken out has again those that it had."""
        import numpy as np

        runs, gone = self._state()
        if back := gone.intersection(numbers.tolist()):
            gone -= back
            command = "DELETE FROM keys_gone WHERE thing = ? AND number = ?"
            self._connection.executemany(command, [(self._thing, n) for n in sorted(back)])
            new = ~np.isin(numbers, list(back))
            keys, numbers = keys[new], numbers[new]
        if len(keys):
            self._write(max(runs, default=0) + 1, keys, numbers)
            self._join()

    def drop(self, numbers: Iterable[int]) -> None:
        """Pass over the keys of numbers from now on."""
        _, gone = self._state()
        new = sorted(set(numbers) - gone)
        self._connection.executemany("INSERT INTO keys_gone VALUES (?, ?)", [(self._thing, n) for n in new])
        gone.update(new)
        if len(gone) > MOST_GONE:
            self.sweep()

    def sweep(self) -> None:
        """Take what is passed over out of the blobs."""
        runs, gone = self._state()
        for run in list(runs) if gone else ():
            self._rewrite([run])
        gone.clear()
        self._connection.execute("DELETE FROM keys_gone WHERE thing = ?", (self._thing,))

    def last(self) -> int:
        """The greatest number that is passed over: it must not be given to another thing."""
        return max(self._state()[1], default=0)

    def holding(self, asked: Numbers) -> Numbers:
        """Those of some keys, in order, that are there: the place of each among `asked`, and its number. Shape: (found, 2)."""
        import numpy as np

        runs, gone = self._state()
        heads = (asked >> TAIL).astype(np.uint32)
        found = [np.zeros((0, 2), np.int64)]
        for number, run in runs.items():
            if (kept := self._kept_heads(number, run)) is not None:
                found += self._found(run.parts, *kept, heads, asked, 0)
                continue
            at = np.searchsorted(run.firsts, heads, "right") - 1
            touched = changes(at)
            for k in range(int(at[touched[0]] < 0) if len(touched) else 0, len(touched), AT_ONCE):
                last = touched[k + AT_ONCE] if k + AT_ONCE < len(touched) else len(at)
                some, parts = slice(int(touched[k]), int(last)), run.parts[at[touched[k : k + AT_ONCE]]]
                found += self._found(parts, *self._heads(parts), heads[some], asked[some], some.start)
        met = np.concatenate(found)
        return met[~np.isin(met[:, 1], list(gone))] if gone and len(met) else met

    def _kept_heads(self, number: int, run: _Run) -> tuple[Heads, Numbers] | None:
        """The heads of a run and where each part begins, kept at hand while there is room: every batch asks for them."""
        runs = self._state()[0]
        for other in self._kept.keys() - runs.keys():
            del self._kept[other]
        if number not in self._kept and run.size + sum(len(heads) for heads, _ in self._kept.values()) <= MOST_KEPT:
            self._kept[number] = self._heads(run.parts)
        return self._kept.get(number)

    def _heads(self, parts: Numbers) -> tuple[Heads, Numbers]:
        """The heads of parts, side by side, and where each part begins. Shapes: (keys,), (parts + 1,)."""
        import numpy as np

        query = f"SELECT heads FROM {self._table} WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
        blobs = [blob for (blob,) in self._connection.execute(query, (dump(parts.tolist()),))]
        return np.frombuffer(b"".join(blobs), np.uint32), np.cumsum([0, *(len(blob) // 4 for blob in blobs)])

    def _found(
        self, parts: Numbers, there: Heads, starts: Numbers, heads: Heads, asked: Numbers, before: int
    ) -> Iterator[Numbers]:
        """The same of the keys that are, if anywhere, in some parts of a run, `before` which so many are asked for.

        `there`, `starts`: what `_heads` tells of the parts.
        """
        import numpy as np

        first = np.searchsorted(there, heads)
        hit = np.flatnonzero(there.take(first, mode="clip") == heads)
        if not len(hit):
            return
        within = np.searchsorted(starts, first[hit], "right") - 1  # all of one head are in one part
        sizes = np.searchsorted(there, heads[hit], "right") - first[hit]
        # The rest of the parts that were met is laid out side by side, and the places are told anew.
        met, place = np.unique(within, return_inverse=True)
        for k in range(0, len(met), AT_ONCE):
            low, high = np.searchsorted(place, [k, k + AT_ONCE]).tolist()
            told = self._rest(parts[met[k : k + AT_ONCE]].tolist())
            tails, numbers = (np.concatenate(those) for those in zip(*told, strict=True))
            ends = np.cumsum([0, *(len(those) for those, _ in told)])
            moved = ends[place[low:high] - k] - starts[within[low:high]]
            several = sizes[low:high]
            nth = np.arange(several.sum()) - np.repeat(np.cumsum(several) - several, several)
            at = np.repeat(first[hit[low:high]] + moved, several) + nth
            which = np.repeat(hit[low:high], several)
            same = np.flatnonzero(tails[at] == asked[which] & TAILS)
            yield np.stack([before + which[same], numbers[at[same]]], axis=1)

    def all(self) -> Iterator[tuple[Numbers, Numbers]]:
        """All keys that are not passed over, part by part, and the number of each."""
        import numpy as np

        _, gone = self._state()
        for (n,) in self._connection.execute(f"SELECT n FROM {self._table} ORDER BY n").fetchall():
            keys, numbers = self._part(n)
            stays = ~np.isin(numbers, list(gone))
            yield keys[stays], numbers[stays]

    def _state(self) -> tuple[dict[int, _Run], set[int]]:
        """The runs, and what is passed over: read once, since there is one writer."""
        if self._read is None:
            import numpy as np

            query = f"SELECT run, n, first, size FROM {self._table} ORDER BY run, n"
            rows = np.array(self._connection.execute(query).fetchall(), np.int64).reshape(-1, 4)
            runs = {}
            for part in np.split(rows, changes(rows[:, 0])[1:]) if len(rows) else ():
                runs[int(part[0, 0])] = _Run(int(part[:, 3].sum()), part[:, 1], part[:, 2].astype(np.uint32))
            query = "SELECT number FROM keys_gone WHERE thing = ?"
            self._read = runs, {n for (n,) in self._connection.execute(query, (self._thing,))}
        return self._read

    def _join(self) -> None:
        """Make one of the runs of a size, where there are many."""
        while True:
            sizes: dict[int, list[int]] = {}
            for number, run in self._state()[0].items():
                if run.size < LARGEST:
                    sizes.setdefault(run.size.bit_length() // TIER, []).append(number)
            many = [several for several in sizes.values() if len(several) >= RUNS]
            if not many:
                return
            self._rewrite(many[0])

    def _rewrite(self, several: Sequence[int]) -> None:
        """Put one run in the place of several, without what is passed over."""
        runs, _ = self._state()
        last, size, parts, firsts = max(runs) + 1, 0, list[int](), list[int]()
        for keys, numbers in self._merged([runs[run] for run in several]):
            size += len(keys)
            for first, part in self._write_parts(last, keys, numbers):
                firsts.append(first)
                parts.append(part)
        for run in several:
            rows = [(n,) for n in runs.pop(run).parts.tolist()]
            self._connection.executemany(f"DELETE FROM {self._table} WHERE n = ?", rows)
        self._note(last, size, parts, firsts)

    def _merged(self, several: Sequence[_Run]) -> Iterator[tuple[Numbers, Numbers]]:
        """The keys of runs in order, so many at once, without what is passed over."""
        import numpy as np

        gone = list(self._state()[1])
        firsts = np.unique(np.concatenate([run.firsts for run in several]))
        bounds = [*firsts[::AT_ONCE].tolist(), 1 << 32]
        for low, high in zip(bounds, bounds[1:], strict=False):
            told = []
            for run in several:
                start = max(int(np.searchsorted(run.firsts, low, "right")) - 1, 0)
                end = int(np.searchsorted(run.firsts, high, "left")) if high < 1 << 32 else len(run.firsts)
                told += [self._part(n) for n in run.parts[start:end].tolist()]
            keys, numbers = (np.concatenate(those) for those in zip(*told, strict=True))
            here = (keys >= low << TAIL) & (keys < high << TAIL)
            here &= ~np.isin(numbers, gone)
            keys, numbers = keys[here], numbers[here]
            order = np.argsort(keys, kind="stable")
            yield keys[order], numbers[order]

    def _write(self, run: int, keys: Numbers, numbers: Numbers) -> None:
        """Write keys, which are in order, as a run."""
        told = list(self._write_parts(run, keys, numbers))
        self._note(run, len(keys), [part for _, part in told], [first for first, _ in told])

    def _note(self, run: int, size: int, parts: Sequence[int], firsts: Sequence[int]) -> None:
        import numpy as np

        if parts:
            self._state()[0][run] = _Run(size, np.array(parts, np.int64), np.array(firsts, np.uint32))

    def _write_parts(self, run: int, keys: Numbers, numbers: Numbers) -> Iterator[tuple[int, int]]:
        """Write keys, which are in order, as parts; the first head and the row of each. All of one head are in one part."""
        import numpy as np

        heads = (keys >> TAIL).astype(np.uint32)
        tails, start = (keys & TAILS).astype(np.uint16), 0
        command = f"INSERT INTO {self._table} (run, first, size, heads, rest) VALUES (?, ?, ?, ?, ?)"
        while start < len(keys):
            end = min(start + PART, len(keys))
            end = start + int(np.searchsorted(heads[start:], heads[end - 1], "right"))
            some = slice(start, end)
            rest = tails[some].tobytes() + numbers[some].astype(np.int32).tobytes()
            first = int(heads[start])
            values = (run, first, end - start, heads[some].tobytes(), rest)
            yield first, self._connection.execute(command, values).lastrowid or 0
            start = end

    def _rest(self, parts: Sequence[int]) -> list[tuple[NDArray[np.uint16], NDArray[np.int32]]]:
        """The tails of parts in the order of their rows, and the number of each."""
        import numpy as np

        query = f"SELECT rest, size FROM {self._table} WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
        found = self._connection.execute(query, (dump(parts),)).fetchall()
        return [(np.frombuffer(r, np.uint16, size), np.frombuffer(r, np.int32, size, 2 * size)) for r, size in found]

    def _part(self, n: int) -> tuple[Numbers, Numbers]:
        """The keys of a part, and the number of each."""
        import numpy as np

        (blob,) = self._connection.execute(f"SELECT heads FROM {self._table} WHERE n = ?", (n,)).fetchone()
        ((tails, numbers),) = self._rest([n])
        return (np.frombuffer(blob, np.uint32).astype(np.int64) << TAIL) | tails, numbers.astype(np.int64)


def changes(numbers: Numbers) -> Numbers:
    """Places of those that differ from the one before, the first among them."""
    import numpy as np

    return np.flatnonzero(np.diff(numbers, prepend=numbers[:1] - 1)) if len(numbers) else np.zeros(0, np.int64)


def fingerprints(connection: sqlite3.Connection, thing: str, id_: str) -> Iterator[tuple[object, int, int]]:
    """Of every article or wording, in the order of a column that tells which it is: this, how many keys it has, and a number that
    tells these.
    """
    import numpy as np

    ((size,),) = connection.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {thing}s").fetchall()
    counts, sums = np.zeros(size, np.int64), np.zeros(size, np.uint64)
    for keys, numbers in Keys(connection, thing).all():
        here = (numbers > 0) & (numbers < size)
        np.add.at(counts, numbers[here], 1)
        np.add.at(sums, numbers[here], (keys[here].astype(np.uint64) + np.uint64(1)) * np.uint64(MIX))
    for n, told in connection.execute(f"SELECT n, {id_} FROM {thing}s ORDER BY {id_}"):
        yield told, int(counts[n]), int(sums[n])


def keys_of_nobody(connection: sqlite3.Connection, thing: str) -> int:
    """How many keys are of articles or wordings that are not there."""
    import numpy as np

    there = np.array([n for (n,) in connection.execute(f"SELECT n FROM {thing}s")], np.int64)
    return sum(int((~np.isin(numbers, there)).sum()) for _, numbers in Keys(connection, thing).all())
