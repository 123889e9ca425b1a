"""From an Analysis to the values of a record. No model call, no reading or writing of files."""

from onrecord.extract.addressees import addressee_of
from onrecord.extract.coding import with_codes
from onrecord.extract.dating import said_on, timeline_of
from onrecord.extract.entities import build_entities
from onrecord.extract.figures import figures_of
from onrecord.extract.lands import metonyms_of
from onrecord.extract.page import lay_out
from onrecord.extract.predictions import predictions_of
from onrecord.extract.scoring import Calibration, calibration_of
from onrecord.extract.speakers import SPEAKER_FEATURES, answers_of, speakers_of, with_metonyms
from onrecord.extract.statements import extract_statements

__all__ = [
    "SPEAKER_FEATURES",
    "Calibration",
    "addressee_of",
    "answers_of",
    "build_entities",
    "calibration_of",
    "extract_statements",
    "figures_of",
    "lay_out",
    "metonyms_of",
    "predictions_of",
    "said_on",
    "speakers_of",
    "timeline_of",
    "with_codes",
    "with_metonyms",
]
