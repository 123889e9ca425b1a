"""The tables that reading goes by, from agencies to acts and events: data files with a version and a lint.

A module gives what the file of its name has; `nouns` has those of bodies, claims, offices and people, `tables` the small ones of
agencies, datelines, furniture and language, and the lint of all. `reading` opens the files. `coins` needs no file,
`taking_up` and `versions` are rules of two rooms over such words; `deedwords` and `doers` are written by training.
"""

from onrecord.codebook.acts import SpeechAct, acts
from onrecord.codebook.clashes import ClashKindRow, clash_kinds
from onrecord.codebook.countries import countries
from onrecord.codebook.plover import EventMode, EventType, cameo_of, event_types
from onrecord.codebook.sectors import Sector, sector_of, sectors
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

__all__ = [
    "MAX_FURNITURE",
    "VERSION",
    "Agency",
    "ClashKindRow",
    "Codebook",
    "EventMode",
    "EventType",
    "FurnitureRule",
    "Sector",
    "SpeechAct",
    "acts",
    "agencies",
    "cameo_of",
    "clash_kinds",
    "countries",
    "event_types",
    "lint",
    "load",
    "sector_of",
    "sectors",
]
