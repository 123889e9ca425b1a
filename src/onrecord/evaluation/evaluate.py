"""The evaluations as one calls them: a folder or file of gold, and records of its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord.evaluation.calibration import reliability
from onrecord.evaluation.labelled import score_labels
from onrecord.evaluation.labels import load_labels
from onrecord.evaluation.matching import Letters
from onrecord.evaluation.pairing import PairedArticle, pair_article, scored_statements
from onrecord.evaluation.polnear import load_polnear
from onrecord.evaluation.predicted import predicted_articles
from onrecord.evaluation.scores import Counts, PolnearScores, RoleScores
from onrecord.records import Record, Span, WireRecord


def evaluate_polnear(
    directory: Path, records: Iterable[Record | WireRecord], *, labels: Path | None = None
) -> PolnearScores:
    """Score records of a PolNeAR split; with `labels`, speakers, acts, targets and clashes too.

    Records belong to the article of their `source_id`. Raises InputError, naming file and line, where gold, labels or
    records are not as they should be.
    """
    known = load_labels(labels) if labels else None
    articles = _paired(directory, records)
    pairs = scored_statements(articles)
    return PolnearScores(
        articles=len(articles),
        unusable=sum(not a.usable for a in articles),
        roles=sum((_role_counts(a) for a in articles), RoleScores()),
        triple_exact=_triples(articles, [len(a.exact) for a in articles]),
        triple_relaxed=_triples(articles, [len(a.relaxed) for a in articles]),
        reliability=reliability([p.score for p in pairs], [p.right for p in pairs]) if pairs else None,
        labels=score_labels(articles, known) if known is not None else None,
        by_article={a.gold.id: _relaxed(a) for a in articles},
    )


def _paired(directory: Path, records: Iterable[Record | WireRecord]) -> list[PairedArticle]:
    gold = load_polnear(directory)
    predicted = predicted_articles(records)
    return [pair_article(article, predicted.get(article.id)) for article in gold]


def _relaxed(article: PairedArticle) -> Counts:
    return Counts(len(article.relaxed), len(article.counted), len(article.gold.attributions))


def _triples(articles: Sequence[PairedArticle], right: Sequence[int]) -> Counts:
    return Counts(sum(right), sum(len(a.counted) for a in articles), sum(len(a.gold.attributions) for a in articles))


def _role_counts(article: PairedArticle) -> RoleScores:
    mine = [s.roles for s in article.counted_statements()]
    theirs = article.gold.attributions
    letters = article.letters
    return RoleScores(
        source=_exact(letters, [r.source for r in mine], [r.source for r in theirs]),
        cue=_exact(letters, [r.cue for r in mine], [r.cue for r in theirs]),
        content=_exact(letters, [r.content for r in mine], [r.content for r in theirs]),
    )


def _exact(letters: Letters, mine: Sequence[tuple[Span, ...]], theirs: Sequence[tuple[Span, ...]]) -> Counts:
    """One role's sets of spans, as multisets: two statements may share a source."""
    predicted = Counter(t for spans in mine if (t := letters.trim(spans)))
    gold = Counter(t for spans in theirs if (t := letters.trim(spans)))
    return Counts((predicted & gold).total(), predicted.total(), gold.total())
