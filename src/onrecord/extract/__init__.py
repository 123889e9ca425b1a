"""From an Analysis to the values of a record. No model call, no reading or writing of files."""

from onrecord.extract.entities import build_entities
from onrecord.extract.lands import metonyms_of
from onrecord.extract.page import lay_out
from onrecord.extract.scoring import Calibration, calibration_of
from onrecord.extract.speakers import SPEAKER_FEATURES, answers_of, speakers_of, with_metonyms
from onrecord.extract.statements import extract_statements

__all__ = [
    "SPEAKER_FEATURES",
    "Calibration",
    "answers_of",
    "build_entities",
    "calibration_of",
    "extract_statements",
    "lay_out",
    "metonyms_of",
    "speakers_of",
    "with_metonyms",
]
