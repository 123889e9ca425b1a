"""Gold articles beside what was predicted of them, statements paired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.evaluation.calibration import ScoredStatement
from onrecord.evaluation.matching import Letters, pair_up, right_by_exact_rule, right_by_relaxed_rule
from onrecord.evaluation.polnear import GoldArticle
from onrecord.evaluation.predicted import PredictedArticle, PredictedStatement


@dataclass(frozen=True, slots=True)
class PairedArticle:
    """One article's gold and predicted statements.

    `pairs` goes from gold number to predicted number; `relaxed` and `exact` hold the predicted numbers that are right
    by either rule; `counted` those that count as predicted. An article without a usable record has nothing predicted.
    """

    gold: GoldArticle
    predicted: PredictedArticle
    usable: bool
    letters: Letters
    pairs: Mapping[int, int]
    exact: frozenset[int]
    relaxed: frozenset[int]
    counted: tuple[int, ...]

    def in_pairs(self) -> Iterator[tuple[int, PredictedStatement]]:
        """Gold number and predicted statement of each pair."""
        return ((g, self.predicted.statements[p]) for g, p in self.pairs.items())

    def counted_statements(self) -> Iterator[PredictedStatement]:
        """The statements that count as predicted."""
        return (self.predicted.statements[p] for p in self.counted)


def pair_article(gold: GoldArticle, predicted: PredictedArticle | None) -> PairedArticle:
    """Pair one article. A record of another text is as good as none: its offsets mean nothing here."""
    usable = predicted is not None and predicted.text in (None, gold.text)
    found = predicted if predicted is not None and usable else PredictedArticle()
    letters = Letters(gold.text)
    mine = [letters.of_roles(s.roles) for s in found.statements]
    theirs = [letters.of_roles(r) for r in gold.attributions]
    pairs = pair_up(mine, theirs)
    paired = frozenset(pairs.values())
    return PairedArticle(
        gold=gold,
        predicted=found,
        usable=usable,
        letters=letters,
        pairs=pairs,
        exact=frozenset(
            p for g, p in pairs.items() if right_by_exact_rule(letters, found.statements[p].roles, gold.attributions[g])
        ),
        relaxed=frozenset(p for g, p in pairs.items() if right_by_relaxed_rule(mine[p], theirs[g])),
        # PolNeAR marks no statement inside another: to find one is no mistake, unless it pairs with a gold one.
        counted=tuple(p for p, s in enumerate(found.statements) if p in paired or s.inside is None),
    )


def scored_statements(articles: Iterable[PairedArticle]) -> tuple[ScoredStatement, ...]:
    """Score and rightness of every counted statement that has a score."""
    pairs = []
    for article in articles:
        for p in article.counted:
            statement = article.predicted.statements[p]
            if statement.score is not None:
                pairs.append(ScoredStatement(article.gold.id, statement.id, statement.score, p in article.relaxed))
    return tuple(pairs)
