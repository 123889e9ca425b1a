"""The tables that reading goes by: agencies, page furniture, month names, words. Data files with a version and a lint."""

from onrecord.codebook.countries import countries
from onrecord.codebook.tables import (
    MAX_FURNITURE,
    VERSION,
    Agency,
    Codebook,
    FurnitureRule,
    agencies,
    lint,
    load,
)

__all__ = ["MAX_FURNITURE", "VERSION", "Agency", "Codebook", "FurnitureRule", "agencies", "countries", "lint", "load"]
