"""Adding without weights: a reader that finds "NAME said …", and vectors that are hashes of their words."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from onrecord.pipeline import ReadFailure
from onrecord.records import Record, Run, Span, Speaker, Statement, statement_id

RUN = Run("run-scripted", "0.1.0", "sha256:0", "0")
SAYING = re.compile(r"(?P<source>[A-Z]\w+) (?P<cue>said) (?:that )?(?P<content>[^.]+\.)")


class ScriptedReader:
    """Texts with the word BREAKS break it. `most`: how many characters it ever held at once."""

    def __init__(self, run: Run = RUN) -> None:
        self.run = run
        self.executor = ThreadPoolExecutor(2)
        self.read_ids: list[str] = []
        self.most = 0
        self.on_read = lambda article: None

    def read(self, article):
        self.on_read(article)
        self.read_ids.append(article.source_id)
        if "BREAKS" in article.text:
            raise ValueError("the model broke")
        said = tuple(self._statement(article, match) for match in SAYING.finditer(article.text))
        return Record(self.run, article, said)

    def read_many(self, articles):
        started = deque()
        for article in articles:
            started.append(article)
            self.most = max(self.most, sum(len(a.text) for a in started))
            if len(started) > 3:
                yield self._outcome(started.popleft())
        yield from map(self._outcome, started)

    def _outcome(self, article):
        try:
            return self.read(article)
        except ValueError as error:
            return ReadFailure(article.id, article.source_id, f"ValueError: {error}")

    def _statement(self, article, match):
        source, cue, content = (Span(*match.span(role)) for role in ("source", "cue", "content"))
        id_ = statement_id(article.id, [source], [cue], [content])
        return Statement(
            id_, "indirect", (source,), (cue,), (content,), Speaker(match["source"]), inside=None, score=0.9
        )


class ScriptedEmbedder:
    """`embedded`: every text that it was given."""

    def __init__(self, hash_: str = "sha256:words") -> None:
        self.hash = hash_
        self.embedded: list[str] = []

    def embed(self, texts):
        self.embedded += texts
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        return np.stack([np.random.default_rng(seed).integers(-99, 99, 384).astype(np.int8) for seed in seeds])


SYLLABLES = "an bel cor dar el fen gar hol is jor kel lan mir nor os pel quar ros sen tol ul vor wen yar zin".split()


def sentences(n):
    """An article of its own for each number, in words of its own: no two are copies, or say the same."""
    r = random.Random(n)
    who, other = r.sample(("Lane", "Ortiz", "Baker", "Marsh", "Quill"), 2)

    def things():
        return " and the ".join("".join(r.choices(SYLLABLES, k=3)) for _ in range(5))

    return (
        f"The council met on Monday to talk about the {things()}, and later about the {things()}.\n\n"
        f"{who} said that the {things()} would close. {other} said that nobody had seen the {things()}.\n"
    )


def rows(numbers, **more):
    return "".join(json.dumps({"id": f"n{n}", "text": sentences(n), **more}) + "\n" for n in numbers)
