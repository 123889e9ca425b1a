"""From an Analysis to the values of a record. No model call, no reading or writing of files."""

from onrecord.extract.entities import build_entities
from onrecord.extract.lands import metonym_of, metonyms_of
from onrecord.extract.scoring import Calibration, calibration_of
from onrecord.extract.statements import extract_statements

__all__ = ["Calibration", "build_entities", "calibration_of", "extract_statements", "metonym_of", "metonyms_of"]
