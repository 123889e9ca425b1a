"""The referee's figures from within: how well records agree with gold attributions."""

from onrecord.evaluation.calibration import (
    LogisticMap,
    Reliability,
    ScoredStatement,
    article_folds,
    cross_fit,
    fit_logistic,
    reliability,
)
from onrecord.evaluation.cofenet import cofenet_documents, evaluate_cofenet
from onrecord.evaluation.complete import evaluate_corpus
from onrecord.evaluation.corpus import corpus_documents
from onrecord.evaluation.evaluate import evaluate_polnear
from onrecord.evaluation.polnear import polnear_documents
from onrecord.evaluation.predicted import read_records
from onrecord.evaluation.report import Scores, as_dict, as_table
from onrecord.evaluation.scores import CofenetScores, CorpusScores, PolnearScores

__all__ = [
    "CofenetScores",
    "CorpusScores",
    "LogisticMap",
    "PolnearScores",
    "Reliability",
    "ScoredStatement",
    "Scores",
    "article_folds",
    "as_dict",
    "as_table",
    "cofenet_documents",
    "corpus_documents",
    "cross_fit",
    "evaluate_cofenet",
    "evaluate_corpus",
    "evaluate_polnear",
    "fit_logistic",
    "polnear_documents",
    "read_records",
    "reliability",
]
