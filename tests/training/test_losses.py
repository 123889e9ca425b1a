"""What is minimised: gold alone, or a teacher's word, from which a model that agrees learns nothing. Needs torch."""

import random
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is in the training environment only (make train)")

from tests.scripted import tokenizer, unmark  # noqa: E402

from onrecord.evaluation.matching import Roles  # noqa: E402
from training.candidates import gold_targets, taught_targets  # noqa: E402
from training.data import Document, document, windows  # noqa: E402
from training.losses import loss_of, teach  # noqa: E402
from training.model import Attributor, Shape  # noqa: E402

SMALL = Shape(layers=1, width=48, heads=4, vocabulary=30522, argument_heads=4, argument_hidden=64)
TEXT = "[Lane] {said} <that the bridge was safe>.\n\n“<We will mend it>,” [the mayor] {told} reporters."


@pytest.fixture
def article() -> Document:
    plain = unmark(TEXT)
    roles = [Roles(tuple(a["source"]), tuple(a["cue"]), tuple(a["content"])) for a in plain.attributions]
    return document("test", plain.text, roles, tokenizer(), nested=True)


def model(seed: int) -> Attributor:
    torch.manual_seed(seed)
    return Attributor(SMALL).eval()


def gradient(student: Attributor, article: Document, lessons, share: float) -> float:
    student.zero_grad()
    loss, _ = loss_of(student, windows([article], None), lessons, share, random.Random(1))
    loss.backward()
    return float(sum(p.grad.pow(2).sum() for p in student.parameters() if p.grad is not None) ** 0.5)


def test_gold_alone_is_learned(article: Document) -> None:
    student = Attributor(replace(SMALL, dropout=0.0))
    optimizer = torch.optim.AdamW(student.parameters(), lr=5e-3)
    losses = []
    for step in range(60):
        loss, parts = loss_of(student, windows([article], None), None, 0.0, random.Random(step))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss))
    assert losses[-1] < 0.1 * losses[0]
    assert set(parts) == {"cue", "valid", "chain"}


def test_nothing_is_learned_from_oneself(article: Document) -> None:
    unlabelled = replace(article, labelled=False, cues=(), cue_tags=np.zeros_like(article.cue_tags))
    same = gradient(model(1), unlabelled, teach(model(1), [unlabelled]), 0.5)
    other = gradient(model(1), unlabelled, teach(model(2), [unlabelled]), 0.5)
    assert same < 0.1 * other


def test_gold_and_teacher_share_what_is_learned(article: Document) -> None:
    lesson = teach(model(1), [article])["test"]
    [(_, window)] = windows([article], None)
    taught = [t for t in taught_targets(article, window, window.at, lesson, 0.25) if t.hard]
    assert [t.tags.tolist() for t in taught] == [t.tags.tolist() for t in gold_targets(article, window, window.at)]
    assert all(t.hard == 0.75 and t.soft == 0.25 and 0.75 <= t.valid <= 1 for t in taught)
