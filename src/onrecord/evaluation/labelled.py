"""Speakers, acts, targets and clashes of paired articles, measured by their labels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.evaluation.labels import NOBODY, ArticleLabels, Label
from onrecord.evaluation.names import name_words, same_speaker, source_form
from onrecord.evaluation.pairing import PairedArticle
from onrecord.evaluation.predicted import PredictedStatement
from onrecord.evaluation.scores import ActScores, ClashScores, Counts, LabelScores, Share, SpeakerScores

FIRST_OF_ARTICLE = 8  # as many clashes as the labels give an article at most
BEST = 50
ALL_FORMS = "all"
_WORDS_FOR_THE_AUTHOR = (("author",), ("writer",))


def score_labels(articles: Iterable[PairedArticle], labels: Mapping[str, ArticleLabels]) -> LabelScores:
    """Figures over the articles that have labels."""
    tally = _Sums()
    for article in articles:
        if article.gold.id in labels:
            tally.add(article, labels[article.gold.id])
    return tally.scores()


@dataclass(slots=True)
class _Sums:
    """Sums over articles, while they are being counted."""

    speakers: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    matched: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    given: Share = field(default_factory=Share)
    acts: list[tuple[str, str | None]] = field(default_factory=list)  # gold, predicted
    target: Counts = field(default_factory=Counts)
    ranked: list[tuple[float, bool]] = field(default_factory=list)  # score, found
    gold_clashes: int = 0
    first: Share = field(default_factory=Share)
    kinds: Share = field(default_factory=Share)

    def add(self, article: PairedArticle, labels: ArticleLabels) -> None:
        statements, people = dict(article.in_pairs()), labels.people()
        for number, label in labels.rows.items():
            if number < len(article.gold.attributions):
                self._add_statement(article, number, statements.get(number), label, people)
        self._add_clashes(article, labels)

    def _add_statement(
        self,
        article: PairedArticle,
        number: int,
        found: PredictedStatement | None,
        label: Label,
        people: frozenset[str],
    ) -> None:
        right = found is not None and label.speaker_known and same_speaker(found.speaker, label.speaker, people)
        if label.speaker_known:
            form = source_form(article.gold.text, article.gold.attributions[number], label.speaker)
            for key in (form, ALL_FORMS):
                self.speakers[key] += Share(right, 1)
                if found is not None:
                    self.matched[key] += Share(right, 1)
        if found is None:
            return
        if found.speaker and not _names_the_author(found.speaker, label):
            self.given += Share(right, 1)
        self.acts.append((label.act, found.act))
        wanted = label.target != NOBODY
        hit = wanted and same_speaker(found.target, label.target)
        self.target += Counts(hit, bool(found.target), wanted)

    def _add_clashes(self, article: PairedArticle, labels: ArticleLabels) -> None:
        """Clashes best first. A clash found twice counts once; statements without a gold pair are nobody's clash."""
        gold_of = {s.id: number for number, s in article.in_pairs()}
        kinds: Mapping[frozenset[int | str], str] = {frozenset(pair): kind for pair, kind in labels.clashes.items()}
        seen: set[frozenset[int | str]] = set()
        hits = 0
        for place, clash in enumerate(sorted(article.predicted.clashes, key=lambda c: -c.score)):
            pair = frozenset((gold_of.get(clash.a, clash.a), gold_of.get(clash.b, clash.b)))
            kind = kinds.get(pair) if pair not in seen else None
            seen.add(pair)
            self.ranked.append((clash.score, kind is not None))
            if kind is not None:
                self.kinds += Share(clash.kind == kind, 1)
                hits += place < FIRST_OF_ARTICLE
        self.gold_clashes += len(labels.clashes)
        self.first += Share(hits, min(FIRST_OF_ARTICLE, len(labels.clashes)))

    def scores(self) -> LabelScores:
        return LabelScores(
            speaker=SpeakerScores(dict(sorted(self.speakers.items())), dict(sorted(self.matched.items())), self.given),
            act=_act_scores(self.acts),
            target=self.target,
            clash=_clash_scores(self.ranked, self.gold_clashes, self.first, self.kinds),
        )


def _names_the_author(name: str, label: Label) -> bool:
    """A reader may say "the author" where the article's writer speaks: neither right nor wrong as a name."""
    return label.kind == "author" and name_words(name) in _WORDS_FOR_THE_AUTHOR


def _act_scores(acts: Sequence[tuple[str, str | None]]) -> ActScores:
    gold, predicted = Counter(g for g, _ in acts), Counter(p for _, p in acts)
    right = Counter(g for g, p in acts if g == p)
    by_act = {act: Counts(right[act], predicted[act], gold[act]) for act in sorted(gold)}
    return ActScores(Share(right.total(), len(acts)), by_act)


def _clash_scores(ranked: Sequence[tuple[float, bool]], gold: int, first: Share, kinds: Share) -> ClashScores:
    # Among equal scores the wrong ones come first, so that ties never flatter.
    order = [found for _, found in sorted(ranked, key=lambda pair: (-pair[0], pair[1]))]
    found, precisions = 0, 0.0
    for place, hit in enumerate(order, 1):
        found += hit
        precisions += found / place if hit else 0.0
    best = order[:BEST]
    return ClashScores(
        found=Counts(found, len(order), gold),
        average_precision=precisions / gold if gold else 0.0,
        first_of_article=first,
        best=Share(sum(best), len(best)),
        kind=kinds,
    )
