"""What a speaker does by a statement: the act that the second model holds likeliest, with a calibrated chance."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from onrecord.analysis.cues import softmax
from onrecord.analysis.deeds import Deeds
from onrecord.analysis.values import ACTS, Floats
from onrecord.codebook import acts
from onrecord.extract.deedverbs import plain_act
from onrecord.extract.modality import act_allowed, is_by_nobody, is_denied, is_withdrawn, standing_of_cue
from onrecord.extract.quoting import is_quoted_by
from onrecord.extract.scoring import PLAIN, Calibration, log_odds
from onrecord.extract.turns import ANSWERS, is_label_cue, key_of
from onrecord.records import Act, Article, Statement, words_of

ACT_FEATURES = ("top", "margin", "statement")


def act_features(scores: Floats, statement: Statement) -> tuple[float, ...]:
    """In the order of ACT_FEATURES: log odds of the likeliest act, how far it is before the next, log odds of the statement."""
    chances = np.sort(softmax(scores))
    return log_odds(float(chances[-1])), float(chances[-1] - chances[-2]), log_odds(statement.score)


_QUESTION = re.compile(
    r"\W*(?:and |but |so )?(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had"
    r"|can|could|will|would|shall|should|may|might|must)(?:n[’']t)?\b[^.?!]*\?\W*"
    r"|[^.?!]*\b(?:whom?|what|which|when|where|why|how)\?\W*",
    re.IGNORECASE,
)


def _is_question(article: Article, statement: Statement) -> bool:
    """Whether a turn is one question and nothing else."""
    words = words_of(article.text, statement.content)
    return _QUESTION.fullmatch(words) is not None and is_label_cue(article, statement)


def _answering(article: Article, statement: Statement, scores: Floats) -> Floats:
    """The scores of acts, of an answer in an interview ("A: Never.") without that of asking, unless it asks back."""
    words = words_of(article.text, statement.content)
    answers = key_of(words_of(article.text, statement.source)) in ANSWERS and is_label_cue(article, statement)
    if answers and not words.endswith("?"):
        scores = scores.copy()
        scores[ACTS.index("ask")] = scores.min() - 1.0
    return scores


def acts_of(
    article: Article, deeds: Deeds, statements: Sequence[Statement], calibration: Calibration
) -> list[Act | None]:
    """The act of each statement; None where it is told that it was not said, only that it may be, is denied or was taken back."""
    out: list[Act | None] = []
    by_id = {s.id: s for s in statements}
    for number, statement in enumerate(statements):
        outer = by_id.get(statement.inside) if statement.inside else None
        unsaid = is_by_nobody(article.text, statement) or is_withdrawn(article.text, statement)
        if unsaid or (outer is not None and is_denied(article.text, outer)):
            out.append(None)
            continue
        scores = _answering(article, statement, deeds.said[number].acts)
        known = acts()[ACTS[int(scores.argmax())]]
        act = Act(known.code, known.searle, known.plover, calibration.score(act_features(scores, statement)))
        cue, standing = words_of(article.text, statement.cue), standing_of_cue(article, statement)
        plain = _plain(article.text, statement, cue) if standing == "asserted" else None
        plain = "ask" if _is_question(article, statement) else plain
        if plain is not None and plain != act.code:
            act = Act(plain, acts()[plain].searle, acts()[plain].plover, PLAIN)
        out.append(act_allowed(act, standing, cue))
    return out


def _plain(text: str, statement: Statement, cue: str) -> str | None:
    """The act that a statement's words tell by themselves; None where they leave it open."""
    if is_quoted_by(text, statement.cue[0], statement.content):
        return "state"  # what he is quoted as saying has an act of its own
    last, first = statement.cue[-1].end, statement.content[0].start
    between = text[last:first] if last < first else ""
    return plain_act(cue, words_of(text, statement.content), between)
