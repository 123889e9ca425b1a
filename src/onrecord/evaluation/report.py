"""Results as a table for people and as plain values for machines."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.evaluation.calibration import Reliability
from onrecord.evaluation.scores import (
    CofenetScores,
    CorpusScores,
    Counts,
    LabelScores,
    PolnearScores,
    RoleScores,
    Share,
)

Json = dict[str, object]


Scores = PolnearScores | CofenetScores | CorpusScores


def as_table(scores: Scores) -> str:
    """The results as lines of text."""
    if isinstance(scores, CorpusScores):
        return "\n".join(_corpus_lines(scores))
    return "\n".join(_polnear_lines(scores) if isinstance(scores, PolnearScores) else _cofenet_lines(scores))


def as_dict(scores: Scores) -> Json:
    """The results as JSON values, counts beside each figure."""
    if isinstance(scores, CorpusScores):
        return _corpus_dict(scores)
    if isinstance(scores, CofenetScores):
        return {"sequences": scores.sequences, "unread": scores.unread, **_roles_dict(scores.roles)}
    return {
        "articles": scores.articles,
        "unusable": scores.unusable,
        **_roles_dict(scores.roles),
        "triple_exact": _counts_dict(scores.triple_exact),
        "triple_relaxed": _counts_dict(scores.triple_relaxed),
        "reliability": _reliability_dict(scores.reliability) if scores.reliability else None,
        "labels": _labels_dict(scores.labels) if scores.labels else None,
        "by_article": {
            name: {"right": c.right, "predicted": c.predicted, "gold": c.gold} for name, c in scores.by_article.items()
        },
    }


def _polnear_lines(scores: PolnearScores) -> Iterator[str]:
    yield f"{scores.articles} articles, {scores.unusable} of them without a usable record"
    yield _HEAD
    yield from _role_lines(scores.roles)
    yield _counts_line("triple exact", scores.triple_exact)
    yield _counts_line("triple relaxed", scores.triple_relaxed)
    if scores.labels:
        yield from _label_lines(scores.labels)
    if scores.reliability:
        yield from _reliability_lines(scores.reliability)


def _cofenet_lines(scores: CofenetScores) -> Iterator[str]:
    yield f"{scores.sequences} sequences, {scores.unread} of them without a record"
    yield _HEAD
    yield from _role_lines(scores.roles)


def _corpus_lines(scores: CorpusScores) -> Iterator[str]:
    yield f"{scores.articles} articles, {scores.unusable} of them without a usable record"
    yield _HEAD
    yield _counts_line("triple exact", scores.triple_exact)
    yield _counts_line("triple relaxed", scores.triple_relaxed)
    events, figures = scores.events, scores.figures
    yield _counts_line("event", events.type)
    yield _counts_line("event with its parties", events.parties)
    yield _counts_line("figure", figures.all)
    yield _counts_line("figure of people", figures.people)
    yield _share_line("form right", scores.form)
    yield _share_line("speaker right", scores.speaker)
    yield _share_line("speaker right, of all gold", scores.speaker_of_all)
    yield _share_line("act right", scores.act)
    yield _share_line("target right", scores.target)
    yield _share_line("inside the right one", scores.inside)
    yield _share_line("day said right", scores.said_on)
    yield _share_line("event asserted by the right one", events.asserted_by)
    yield _share_line("event on the right day", events.date)
    yield _share_line("figure claimed by the right one", figures.claimed_by)
    yield _share_line("due between the right days", scores.due)


_HEAD = f"{'':24}{'P':>7}{'R':>7}{'F1':>7}{'right':>8}{'given':>8}{'gold':>8}"


def _counts_line(name: str, c: Counts) -> str:
    return f"{name:24}{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}{c.right:8}{c.predicted:8}{c.gold:8}"


def _share_line(name: str, share: Share) -> str:
    return f"{name:34}{share.value:7.3f}   {share.right} of {share.total}"


def _role_lines(roles: RoleScores) -> Iterator[str]:
    yield _counts_line("source", roles.source)
    yield _counts_line("cue", roles.cue)
    yield _counts_line("content", roles.content)


def _label_lines(labels: LabelScores) -> Iterator[str]:
    yield _counts_line("target", labels.target)
    yield _counts_line("clash", labels.clash.found)
    for form, share in labels.speaker.by_form.items():
        yield _share_line(f"speaker, {form}", share)
        if form in labels.speaker.matched:
            yield _share_line(f"speaker, {form}, matched", labels.speaker.matched[form])
    yield _share_line("speaker given and right", labels.speaker.given)
    yield _share_line("act", labels.act.accuracy)
    yield f"{'act, macro-F1':34}{labels.act.macro_f1:7.3f}"
    for act, counts in labels.act.by_act.items():
        name = f"act {act}, F1"
        yield f"{name:34}{counts.f1:7.3f}   {counts.right} right, {counts.predicted} given, {counts.gold} gold"
    clash = labels.clash
    yield f"{'clash, average precision':34}{clash.average_precision:7.3f}"
    yield _share_line("clash, recall in an article's first", clash.first_of_article)
    yield _share_line("clash, precision of the best", clash.best)
    yield _share_line("clash, kind right", clash.kind)


def _reliability_lines(table: Reliability) -> Iterator[str]:
    yield f"{'expected calibration error':34}{table.expected_calibration_error:7.3f}   over {table.count} statements"
    yield f"{'Brier score':34}{table.brier:7.3f}"
    for b in table.bins:
        yield f"   scores {b.low:.3f} to {b.high:.3f}: mean {b.score:.3f}, right {b.right:.3f} of {b.count}"


def _counts_dict(c: Counts) -> Json:
    return {
        "precision": c.precision,
        "recall": c.recall,
        "f1": c.f1,
        "right": c.right,
        "predicted": c.predicted,
        "gold": c.gold,
    }


def _share_dict(share: Share) -> Json:
    return {"value": share.value, "right": share.right, "total": share.total}


def _roles_dict(roles: RoleScores) -> Json:
    return {
        "source": _counts_dict(roles.source),
        "cue": _counts_dict(roles.cue),
        "content": _counts_dict(roles.content),
    }


def _corpus_dict(scores: CorpusScores) -> Json:
    events, figures = scores.events, scores.figures
    return {
        "articles": scores.articles,
        "unusable": scores.unusable,
        "triple_exact": _counts_dict(scores.triple_exact),
        "triple_relaxed": _counts_dict(scores.triple_relaxed),
        "form": _share_dict(scores.form),
        "speaker": _share_dict(scores.speaker),
        "speaker_of_all": _share_dict(scores.speaker_of_all),
        "act": _share_dict(scores.act),
        "target": _share_dict(scores.target),
        "inside": _share_dict(scores.inside),
        "said_on": _share_dict(scores.said_on),
        "events": {
            "type": _counts_dict(events.type),
            "parties": _counts_dict(events.parties),
            "asserted_by": _share_dict(events.asserted_by),
            "date": _share_dict(events.date),
        },
        "figures": {
            "all": _counts_dict(figures.all),
            "people": _counts_dict(figures.people),
            "claimed_by": _share_dict(figures.claimed_by),
        },
        "due": _share_dict(scores.due),
    }


def _labels_dict(labels: LabelScores) -> Json:
    speaker, act, clash = labels.speaker, labels.act, labels.clash
    return {
        "speaker": {
            "by_form": {k: _share_dict(v) for k, v in speaker.by_form.items()},
            "matched": {k: _share_dict(v) for k, v in speaker.matched.items()},
            "given": _share_dict(speaker.given),
        },
        "act": {
            "accuracy": _share_dict(act.accuracy),
            "macro_f1": act.macro_f1,
            "by_act": {k: _counts_dict(v) for k, v in act.by_act.items()},
        },
        "target": _counts_dict(labels.target),
        "clash": {
            "found": _counts_dict(clash.found),
            "average_precision": clash.average_precision,
            "first_of_article": _share_dict(clash.first_of_article),
            "best": _share_dict(clash.best),
            "kind": _share_dict(clash.kind),
        },
    }


def _reliability_dict(table: Reliability) -> Json:
    return {
        "count": table.count,
        "expected_calibration_error": table.expected_calibration_error,
        "brier": table.brier,
        "bins": [
            {"count": b.count, "low": b.low, "high": b.high, "score": b.score, "right": b.right} for b in table.bins
        ],
    }
