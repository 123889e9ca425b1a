"""A shelf in memory: the accounts of a few articles, for tests, training and measuring. A store has one of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from onrecord.clashes.accounts import Account, FigureTally, KnownArticle
from onrecord.clashes.counts import days_between
from onrecord.clashes.readings import reading_of
from onrecord.link import alike


class ListShelf:
    """The accounts of some articles, looked through one by one."""

    def __init__(self, articles: Iterable[KnownArticle]) -> None:
        import numpy as np

        self._accounts: list[Account] = []
        self._tallies: dict[str, list[FigureTally]] = defaultdict(list)
        self._by_key: dict[str, list[Account]] = defaultdict(list)
        for known in articles:
            self._accounts += known.accounts
            for tally in known.tallies:
                self._tallies[tally.what].append(tally)
        self._told = [a for a in self._accounts if a.vector is not None]
        self._vectors = np.array([reading_of(a).unit for a in self._told])
        for account in self._accounts:
            for key in account.speakers | account.target | account.names:
                self._by_key[key].append(account)

    def sharing(self, key: str, day: str | None, *, within: int, most: int) -> Sequence[Account]:
        """Accounts whose speaker, target or content is `key`."""
        found = [(_apart(day, a.day), a.article, a.at, n) for n, a in enumerate(self._by_key[key])]
        return [self._by_key[key][n] for days, _, _, n in sorted(found) if days <= within][:most]

    def near(self, vector: bytes, day: str | None, *, within: int, most: int) -> Sequence[Account]:
        """Accounts with the nearest vectors."""
        import numpy as np

        if not len(self._vectors):
            return ()
        cosines = self._vectors @ np.frombuffer(vector, np.int8).astype(np.float32)
        order = np.argsort(-cosines, kind="stable")
        found = (self._told[n] for n in order if _apart(day, self._told[n].day) <= within)
        return list(islice(found, most))

    def printed(self, statement: str) -> Sequence[Account]:
        """Accounts whose words are alike a statement's."""
        this = next((a for a in self._accounts if a.statement == statement), None)
        if this is None or this.saying is None:
            return ()
        saying = this.saying
        return [a for a in self._accounts if a.saying is not None and alike(saying, a.saying) is not None]

    def counting(self, what: str, day: str | None, *, within: int, most: int) -> Sequence[FigureTally]:
        """Figures of the same kind."""
        found = [(_apart(day, t.day), t.article, t.at, n) for n, t in enumerate(self._tallies[what])]
        return [self._tallies[what][n] for days, _, _, n in sorted(found) if days <= within][:most]


def _apart(a: str | None, b: str | None) -> int:
    days = days_between(a, b)
    return abs(days) if days is not None else 0 if a == b else 10**6
