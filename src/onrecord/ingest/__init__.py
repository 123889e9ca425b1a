"""From inputs to a store: everything that is read is written by one writer, in batches, and told only when it is written."""

from onrecord.ingest.adding import Adder, add
from onrecord.ingest.models import Models
from onrecord.ingest.stopping import Stop
from onrecord.ingest.tally import ArticleTally

__all__ = ["Adder", "ArticleTally", "Models", "Stop", "add"]
