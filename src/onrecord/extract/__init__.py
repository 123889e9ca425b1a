"""From an Analysis to the values of a record. No model call, no reading or writing of files."""

from onrecord.extract.acts import ACT_FEATURES, acts_of
from onrecord.extract.addressees import addressee_of
from onrecord.extract.aiming import target_of, targets_of
from onrecord.extract.aims import AimAsker
from onrecord.extract.coding import with_codes
from onrecord.extract.dating import said_on, timeline_of
from onrecord.extract.deeds import parts_of
from onrecord.extract.entities import build_entities
from onrecord.extract.events import EVENT_FEATURES, Told, drafts_of, events_of
from onrecord.extract.figures import figures_of
from onrecord.extract.labels import with_labels
from onrecord.extract.lands import metonyms_of
from onrecord.extract.page import Page, lay_out
from onrecord.extract.predictions import predictions_of
from onrecord.extract.questions import put_to
from onrecord.extract.scoring import Calibration, calibration_of
from onrecord.extract.speakers import SPEAKER_FEATURES, Answer, answers_of, speakers_of, with_metonyms
from onrecord.extract.statements import extract_statements

__all__ = [
    "ACT_FEATURES",
    "EVENT_FEATURES",
    "SPEAKER_FEATURES",
    "AimAsker",
    "Answer",
    "Calibration",
    "Page",
    "Told",
    "acts_of",
    "addressee_of",
    "answers_of",
    "build_entities",
    "calibration_of",
    "drafts_of",
    "events_of",
    "extract_statements",
    "figures_of",
    "lay_out",
    "metonyms_of",
    "parts_of",
    "predictions_of",
    "put_to",
    "said_on",
    "speakers_of",
    "target_of",
    "targets_of",
    "timeline_of",
    "with_codes",
    "with_labels",
    "with_metonyms",
]
