"""From an Article to an Analysis. Every model call is here, and this is the only room that knows onnxruntime.

- `analyzer` leads through the first model: `words` (with `quotes`) are what it sees, `heads` its sessions, `cues` and `mentions`
  what comes of its scores; `values` is what all that is handed on as.
- `deeds` is the second model, which is shown the statements; `speakers` and `parties` are what two small heads are asked.
- `sentences` are vectors for search by meaning; `loading` loads all of it beside the imports.
"""

from onrecord.analysis.analyzer import Analyzer, Pending
from onrecord.analysis.deeds import DeedAnalyzer, Deeds, OnnxSecondHeads, Parts, PendingDeeds, SecondHeads
from onrecord.analysis.heads import (
    WEIGHTS,
    ArgumentQuestions,
    Encoded,
    Heads,
    ModelFiles,
    OnnxHeads,
    Settings,
    load_weights,
)
from onrecord.analysis.loading import load_beside, load_models
from onrecord.analysis.mentions import mentions_of
from onrecord.analysis.parties import AskParties, PartyQuestions
from onrecord.analysis.quotes import Quotation
from onrecord.analysis.speakers import AskSpeakers, Questions
from onrecord.analysis.values import KINDS, Analysis, Candidate, Chain, Spotted
from onrecord.analysis.words import Window, Words

__all__ = [
    "KINDS",
    "WEIGHTS",
    "Analysis",
    "Analyzer",
    "ArgumentQuestions",
    "AskParties",
    "AskSpeakers",
    "Candidate",
    "Chain",
    "DeedAnalyzer",
    "Deeds",
    "Encoded",
    "Heads",
    "ModelFiles",
    "OnnxHeads",
    "OnnxSecondHeads",
    "Parts",
    "PartyQuestions",
    "Pending",
    "PendingDeeds",
    "Questions",
    "Quotation",
    "SecondHeads",
    "Settings",
    "Spotted",
    "Window",
    "Words",
    "load_beside",
    "load_models",
    "load_weights",
    "mentions_of",
]
