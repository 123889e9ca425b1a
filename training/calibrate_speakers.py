"""Fit the score of a speaker, and the least score that names one, on development articles; write both into the weights.

    python -m training.calibrate_speakers --data $DATA --weights src/onrecord/weights

Over the statements that the reader itself finds and that match a gold one: a speaker is right by the referee's rule, and
naming somebody where nobody can be told is wrong. The least score is where as many of those named are right as of those
that could be named, so that neither is bought with the other.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.analysis import Analyzer, OnnxHeads, load_weights, mentions_of
from onrecord.articles import build_article
from onrecord.evaluation import cross_fit, fit_logistic, reliability
from onrecord.evaluation.matching import Letters, Roles, pair_up
from onrecord.evaluation.names import same_speaker
from onrecord.extract import (
    Calibration,
    answers_of,
    build_entities,
    calibration_of,
    extract_statements,
    lay_out,
    metonyms_of,
    speakers_of,
)
from onrecord.extract.speakers import SPEAKER_FEATURES
from onrecord.records import RawDocument
from training.calibrate import settings_of
from training.corpora import story_golds
from training.speakers import polnear_articles
from training.stories import story_folders
from training.train import LEFT_OUT

log = logging.getLogger("training")
GRID = np.arange(0.1, 0.8, 0.025)
ANY = Calibration(0.0, (0.0,) * len(SPEAKER_FEATURES), 0.0)


@dataclass(frozen=True)
class Judged:
    """One matched statement: the head's features, whether somebody is named, whether rightly, whether somebody is known."""

    article: str
    features: tuple[float, ...]
    named: bool
    right: bool
    known: bool


def judge(weights: Path, data: Path) -> Iterator[Judged]:
    """Every statement of the development articles and left-out stories that matches a gold one."""
    loaded = load_weights(weights)
    analyzer = Analyzer(OnnxHeads(weights), loaded.tokenizer, loaded.settings)
    calibration = calibration_of(loaded.settings.calibration)
    articles = [*polnear_articles(data, "dev"), *story_golds(story_folders(data), only=LEFT_OUT)]
    with ThreadPoolExecutor(2) as executor:
        for id_, text, gold, speakers in articles:
            article = build_article(RawDocument(origin=id_, text=text))
            analysis = analyzer.finish(analyzer.start(article, executor))
            statements = extract_statements(article, analysis, calibration)
            mentions, entities = build_entities(article, mentions_of(article, analysis))
            page = lay_out(article, analysis, statements, mentions, entities)
            answers = answers_of(page, analyzer.heads)
            given = speakers_of(page, answers, ANY, entities, metonyms_of(article, mentions, entities))
            letters = Letters(text)
            mine = [letters.of_roles(Roles(s.source, s.cue, s.content)) for s in statements]
            people = {n for s in speakers.values() if s.kind == "person" and len(s.names) == 1 for n in s.names}
            for g, p in pair_up(mine, [letters.of_roles(x) for x in gold]).items():
                if g in speakers:
                    name, who = given[p].name, speakers[g]
                    right = bool(who.names) and same_speaker(name, " + ".join(who.names), people)
                    yield Judged(id_, answers[p].features, name is not None, right, bool(who.names))


def fit(judged: Sequence[Judged]) -> dict[str, object]:
    """The settings' `speaker_calibration`, with its figures told in the log."""
    named = [j for j in judged if j.named]
    rows, right = np.array([j.features for j in named]), np.array([j.right for j in named], float)
    crossed = cross_fit(rows, right, [j.article for j in named])
    final = fit_logistic(rows, right)
    measured = reliability(crossed, right)
    known = sum(j.known for j in judged)
    best, gap = 0.0, 9.0
    for least in GRID:
        given = crossed >= least
        precision, recall = right[given].mean(), right[given].sum() / known
        log.info("least %.3f  given %.3f right, %.3f of those known", least, precision, recall)
        if abs(precision - recall) < gap:
            best, gap = float(least), abs(precision - recall)
    log.info(
        "cross-fitted: expected calibration error %.4f, Brier %.4f", measured.expected_calibration_error, measured.brier
    )
    return settings_of(final, best, measured, statements=len(named))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    path = args.weights / "model.json"
    settings = json.loads(path.read_text(encoding="utf8"))
    settings["speaker_calibration"] = fit(list(judge(args.weights, args.data)))
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
