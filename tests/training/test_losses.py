"""What is minimised, and what the argument head is shown. Needs torch."""

import random
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is in the training environment only (make train)")

from tests.scripted import tokenizer, unmark  # noqa: E402

from onrecord.evaluation.matching import Roles  # noqa: E402
from training.candidates import false_targets, gold_targets  # noqa: E402
from training.data import Document, document, windows  # noqa: E402
from training.losses import loss_of  # noqa: E402
from training.model import Attributor, Shape  # noqa: E402

SMALL = Shape(layers=1, width=48, heads=4, vocabulary=30522, argument_heads=4, argument_hidden=64, dropout=0.0)
TEXT = "[Lane] {said} <that the guard told her so>.\n\n“<We will mend it>,” [the mayor] {didn’t say}."


def made(*, nested: bool) -> Document:
    plain = unmark(TEXT)
    roles = [Roles(tuple(a["source"]), tuple(a["cue"]), tuple(a["content"])) for a in plain.attributions]
    return document("test", plain.text, roles, tokenizer(), nested=nested)


def test_gold_is_learned() -> None:
    student = Attributor(SMALL)
    optimizer = torch.optim.AdamW(student.parameters(), lr=5e-3)
    losses = []
    for step in range(60):
        loss, parts = loss_of(student, windows([made(nested=True)], None), random.Random(step))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.1 * losses[0]
    assert set(parts) == {"cue", "valid", "chain", "mention", "link"}


@pytest.mark.parametrize(("nested", "count"), [(True, 1), (False, 0)])
def test_a_cue_inside_a_content_is_false_only_where_nested_ones_are_marked(nested: bool, count: int) -> None:
    d = made(nested=nested)
    [(_, window)] = windows([d], None)
    chances = np.tile([0.99, 0.005, 0.005], (len(window.word), 1)).astype(np.float32)
    chances[5] = (0.2, 0.7, 0.1)  # "told"
    assert len(false_targets(d, window, window.at, chances)) == count


def test_the_cue_of_a_question_is_its_words_without_marks() -> None:
    d = made(nested=True)
    [(_, window)] = windows([replace(d)], None)
    asked = gold_targets(d, window, window.at)[1].asked
    lo = d.segments[1][0]
    assert [int(k) + lo for k in asked.cue] == [k for k in np.flatnonzero(d.cue_tags) if k >= lo]
    assert len(asked.cue) == 3  # didn, t, say
