"""However large the corpus: no more of it is taken than is soon written."""

from __future__ import annotations

import json
import random

from onrecord.ingest import add
from onrecord.ingest.adding import BATCH

from .doubles import SYLLABLES, sentences

ROWS = 150
LONG = 12_000
AHEAD = 12
"""Articles that may be under way: those that a reader takes ahead, and what one chunk of the stream holds of them."""


class Stream:
    """Rows as they are asked for, never ending before their time. `given`: how many were."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.given = 0
        self.random = random.Random(1)

    def read(self, size: int = -1) -> bytes:
        if self.given == self.number:
            return b""
        self.given += 1
        words = " ".join("".join(self.random.choices(SYLLABLES, k=3)) for _ in range(LONG // 9))
        return json.dumps({"id": f"s{self.given}", "text": f"{sentences(self.given)}\n{words}."}).encode() + b"\n"


def test_a_stream_is_taken_no_faster_than_it_is_written(path, models):
    stream = Stream(ROWS)
    held = []
    tally = add(
        path, ["-"], stdin=stream, models=models, on_progress=lambda tally: held.append(stream.given - tally.seen)
    )
    assert tally.added == ROWS
    assert len(held) > ROWS / BATCH / 2
    # What is told is written, so what is taken and not told is what is held; a batch more may be under way.
    assert max(held) <= AHEAD + 8, held
    assert models.reader.most < AHEAD * (LONG + 2_000)
