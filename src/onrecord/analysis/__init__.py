"""From an Article to an Analysis. Every model call is here, and this is the only room that knows onnxruntime."""

from onrecord.analysis.analyzer import Analyzer, Pending
from onrecord.analysis.heads import WEIGHTS, Asked, Encoded, Heads, OnnxHeads, Settings, Weights, load_weights
from onrecord.analysis.mentions import mentions_of
from onrecord.analysis.quotes import Quotation
from onrecord.analysis.speakers import AskSpeakers, Questions
from onrecord.analysis.values import KINDS, Analysis, Candidate, Chain, Spotted
from onrecord.analysis.words import Window, Words

__all__ = [
    "KINDS",
    "WEIGHTS",
    "Analysis",
    "Analyzer",
    "AskSpeakers",
    "Asked",
    "Candidate",
    "Chain",
    "Encoded",
    "Heads",
    "OnnxHeads",
    "Pending",
    "Questions",
    "Quotation",
    "Settings",
    "Spotted",
    "Weights",
    "Window",
    "Words",
    "load_weights",
    "mentions_of",
]
