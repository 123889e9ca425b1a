"""From an Analysis to the values of a record. No model call, no reading or writing of files."""

from onrecord.extract.scoring import Calibration, calibration_of
from onrecord.extract.statements import extract_statements

__all__ = ["Calibration", "calibration_of", "extract_statements"]
