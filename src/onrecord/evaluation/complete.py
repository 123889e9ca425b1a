"""Records measured against complete gold: statements with all that is told of them, events, figures and what is due.

Every statement of such a corpus is marked, so every predicted one counts. A record may be of a text that holds the gold's,
as the page that an article stood on does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.evaluation.corpus import CorpusArticle, GoldEvent, GoldFigure, GoldStatement, load_corpus, load_names
from onrecord.evaluation.names import KnownNames
from onrecord.evaluation.pairing import PairedArticle, pair_article
from onrecord.evaluation.predicted import (
    PredictedArticle,
    PredictedEvent,
    PredictedFigure,
    PredictedStatement,
    predicted_articles,
)
from onrecord.evaluation.scores import CorpusScores, Counts, EventScores, FigureScores, Share
from onrecord.records import NARRATION, Record, WireRecord

_OTHER = "other"  # what a figure counts that does not count people
_TRIGGER, _PARTY = 2, 1  # an overlapping trigger outweighs a party that is right, and two of them match it


def evaluate_corpus(directory: Path, records: Iterable[Record | WireRecord]) -> CorpusScores:
    """Score records of a corpus, as they were read or as a store exports them.

    Somebody is named rightly under any name that the corpus gives them (``gold/corpus.json``). Records belong to the article
    of their `source_id`. Raises InputError, naming the file, where gold or records are not as they should be.
    """
    predicted = predicted_articles(records)
    names = load_names(directory)
    return sum((_score(a, predicted.get(a.gold.id), names) for a in load_corpus(directory)), CorpusScores())


@dataclass(frozen=True, slots=True)
class _Compared:
    """One article's gold, what was predicted of it, and by gold index the statements that pair."""

    gold: CorpusArticle
    predicted: PredictedArticle
    statements: Mapping[int, PredictedStatement]
    names: KnownNames


def _score(article: CorpusArticle, predicted: PredictedArticle | None, names: KnownNames) -> CorpusScores:
    aligned = predicted.within(article.gold.text) if predicted is not None else None
    paired = pair_article(article.gold, aligned)
    found = _Compared(article, paired.predicted, dict(paired.in_pairs()), names)
    return _statement_scores(found, paired) + CorpusScores(
        events=_event_scores(found), figures=_figure_scores(found), due=_due(found)
    )


def _statement_scores(found: _Compared, paired: PairedArticle) -> CorpusScores:
    given, gold = len(found.predicted.statements), len(found.gold.statements)
    pairs = [(found.gold.statements[g], s) for g, s in found.statements.items()]
    spoken = [(g, s) for g, s in pairs if not g.by_author]
    named = sum(found.names.same(s.speaker, g.speaker) for g, s in spoken)
    aimed = [(g, s) for g, s in pairs if g.target]
    dated = [(g, s) for g, s in pairs if g.said_on]
    nested = [(g, s) for g, s in pairs if g.inside is not None]
    return CorpusScores(
        articles=1,
        unusable=int(not paired.usable),
        triple_exact=Counts(len(paired.exact), given, gold),
        triple_relaxed=Counts(len(paired.relaxed), given, gold),
        form=Share(sum(s.form == g.form for g, s in pairs), len(pairs)),
        speaker=Share(named, len(spoken)),
        speaker_of_all=Share(named, sum(not g.by_author for g in found.gold.statements)),
        act=Share(sum(s.act in g.acts for g, s in pairs), sum(bool(g.acts) for g, _ in pairs)),
        target=Share(sum(found.names.same(s.target, g.target) for g, s in aimed), len(aimed)),
        inside=Share(sum(_reported_rightly(found, g, s) for g, s in nested), len(nested)),
        said_on=Share(sum(s.said_on == g.said_on for g, s in dated), len(dated)),
    )


def _reported_rightly(found: _Compared, gold: GoldStatement, statement: PredictedStatement) -> bool:
    reporting = None if gold.inside is None else found.statements.get(gold.inside)
    return reporting is not None and reporting.id == statement.inside


def _event_scores(found: _Compared) -> EventScores:
    """Each gold event takes the best of the events that are left, and of equals the last."""
    events, total = found.predicted.events, EventScores()
    left = dict(enumerate(events))
    for gold in found.gold.events:
        likeness, number = max(((_likeness(gold, e, found.names), n) for n, e in left.items()), default=(0, -1))
        if not likeness:
            continue
        event = left.pop(number)
        parties = found.names.agree(event.actor, gold.actor) and found.names.agree(event.recipient, gold.recipient)
        total += EventScores(
            type=Counts(right=1),
            parties=Counts(right=int(parties)),
            asserted_by=Share(int(_asserted_rightly(found, gold, event)), 1),
            date=Share(int(event.date == gold.date), 1) if gold.date else Share(),
        )
    both = Counts(0, len(events), len(found.gold.events))
    return total + EventScores(type=both, parties=both)


def _likeness(gold: GoldEvent, event: PredictedEvent, names: KnownNames) -> int:
    """How well an event fits a gold one; 0 where it is another, of another type or told in another paragraph."""
    trigger = event.trigger
    if event.type != gold.type or trigger is None or not gold.start <= trigger.start < gold.end:
        return 0
    parties = names.same(event.actor, gold.actor) + names.same(event.recipient, gold.recipient)
    return _TRIGGER * trigger.overlaps(gold.trigger) + _PARTY * parties


def _asserted_rightly(found: _Compared, gold: GoldEvent, event: PredictedEvent) -> bool:
    if gold.asserted_by is None:
        return event.asserted_by == NARRATION
    witness = found.statements.get(gold.asserted_by)
    return witness is not None and witness.id == event.asserted_by


def _figure_scores(found: _Compared) -> FigureScores:
    """Each gold figure takes the first of those left that has its value and touches its words."""
    figures, left = found.predicted.figures, list(found.predicted.figures)
    speakers = {s.id: s.speaker for s in found.predicted.statements}
    right = people = 0
    claimed = Share()
    for gold in found.gold.figures:
        place = next((n for n, f in enumerate(left) if _is_figure(f, gold)), None)
        if place is None:
            continue
        figure = left.pop(place)
        right += 1
        people += gold.what != _OTHER
        by = figure.claimed_by
        told = by == NARRATION if gold.claimed_by is None else found.names.same(speakers.get(by or ""), gold.claimed_by)
        claimed += Share(int(told), 1)
    gold_people = sum(f.what != _OTHER for f in found.gold.figures)
    return FigureScores(
        all=Counts(right, len(figures), len(found.gold.figures)),
        people=Counts(people, sum(f.what != _OTHER for f in figures), gold_people),
        claimed_by=claimed,
    )


def _is_figure(figure: PredictedFigure, gold: GoldFigure) -> bool:
    return figure.value == gold.value and figure.span is not None and figure.span.overlaps(gold.span)


def _due(found: _Compared) -> Share:
    due = {p.statement: p for p in found.predicted.predictions}
    asked = [(due.get(s.id), day) for g, day in found.gold.due if (s := found.statements.get(g)) is not None]
    return Share(sum(p is not None and p.covers(day) for p, day in asked), len(asked))
