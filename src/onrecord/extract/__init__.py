"""From an Analysis to the values of a record. No model call, no reading or writing of files."""

from onrecord.extract.entities import build_entities
from onrecord.extract.lands import metonym_of, metonyms_of
from onrecord.extract.page import lay_out
from onrecord.extract.scoring import Calibration, calibration_of
from onrecord.extract.speakers import SpeakerCalibration, answers_of, speaker_calibration_of, speakers_of, with_metonyms
from onrecord.extract.statements import extract_statements

__all__ = [
    "Calibration",
    "SpeakerCalibration",
    "answers_of",
    "build_entities",
    "calibration_of",
    "extract_statements",
    "lay_out",
    "metonym_of",
    "metonyms_of",
    "speaker_calibration_of",
    "speakers_of",
    "with_metonyms",
]
