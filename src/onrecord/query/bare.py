"""Contents that do not tell by themselves what was said: "denied the claim", "which she rejected" are shown with their sentence,
all whose sense hangs on the cue ("denied ever seeing the memo") with that.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping

from onrecord.codebook.clashes import clash_words
from onrecord.codebook.taking_up import is_bare
from onrecord.query.rows import Readable, listed, rows
from onrecord.records import Span

_PLAIN_ACTS = (None, "state", "believe", "predict")
_GERUND = re.compile(r"[\W_]*[a-z]{2,}ing\b")


def cue_before(form: str, act: str | None, cue: str, content: str) -> str:
    """The cue, where its content alone would read otherwise than was meant: of a denial, of praise, of "admitted seeing it";
    "according to" tells nothing, and reads as no verb.
    """
    words = cue.lower().replace("\u2019", "'").split()
    if form == "direct" or not content or words[:1] == ["according"]:
        return ""
    negated = not clash_words().negation.isdisjoint(words) or any(word.endswith("n't") for word in words)
    return cue if act not in _PLAIN_ACTS or negated or _GERUND.match(content) else ""


def sentences_of(store: Readable, contents: Mapping[int, str]) -> dict[int, str]:
    """The sentence of each statement whose content is bare, by the statement's row."""
    bare = [n for n, content in contents.items() if is_bare(content)]
    found = rows(store, _SENTENCES, listed(bare)) if bare else []
    return {
        row["n"]: told for row in found if (told := _sentence(row["text"], row["sentences"], row["at"])) is not None
    }


def _sentence(text: str, sentences: str, at: int) -> str | None:
    spans = [Span(*pair) for pair in json.loads(sentences)]
    number = bisect_right([s.start for s in spans], at) - 1
    return spans[number].of(text) if number >= 0 and at < spans[number].end else None


_SENTENCES = """SELECT s.n, a.text, json_extract(a.layout, '$.sentences') AS sentences,
        json_extract(s.cue_spans, '$[0][0]') AS at
    FROM json_each(?) j CROSS JOIN statements s ON s.n = j.value JOIN articles a ON a.n = s.article"""
