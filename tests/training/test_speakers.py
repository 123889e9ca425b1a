"""The speaker head: what is right, that it learns, and that its graph says what it says. Needs torch."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is in the training environment only (make train)")

from onrecord.analysis.speakers import PLACES, Questions  # noqa: E402
from onrecord.extract.asking import FEATURES  # noqa: E402
from training.speakers import SpeakerHead, chances, export, learn, log_chances  # noqa: E402

VECTOR = 8


def questions(seed: int, counts: list[int]) -> tuple[Questions, np.ndarray, np.ndarray]:
    """Statements whose right candidate is the one with the highest first feature."""
    rng = np.random.default_rng(seed)
    of = np.repeat(np.arange(len(counts)), counts)
    rows = rng.random((len(of), len(FEATURES)), np.float32)
    target = np.zeros(len(of), np.float32)
    for k in range(len(counts)):
        own = np.flatnonzero(of == k)
        target[own[rows[own, 0].argmax()]] = 1.0
    asked = rng.standard_normal((len(counts), VECTOR)).astype(np.float32)
    places = rng.standard_normal((len(of), PLACES, VECTOR)).astype(np.float32)
    there = np.ones((len(of), PLACES), np.float32)
    return Questions(asked, of, rows, places, there), target, np.ones(len(counts), np.float32)


def test_chances_are_shares_within_each_statement() -> None:
    q, _, _ = questions(1, [3, 2, 5])
    shares = chances([SpeakerHead(VECTOR).eval()], q)
    assert np.allclose([shares[q.of == k].sum() for k in range(3)], 1.0, atol=1e-5)


def test_log_chances_bear_large_scores() -> None:
    logs = log_chances(torch.tensor([900.0, -900.0, 0.0]), torch.tensor([0, 0, 1]), 2)
    assert logs[0] == 0.0 and logs[1] < -1000 and logs[2] == 0.0


def test_what_is_right_is_learned() -> None:
    head = learn([questions(n, [4] * 60) for n in range(16)], VECTOR, epochs=40, seed=1)
    untrained = SpeakerHead(VECTOR).eval()
    q, target, _ = questions(99, [4] * 200)
    given = {"before": chances([untrained], q), "after": chances([head], q)}
    right = {k: np.mean([target[q.of == n][c[q.of == n].argmax()] for n in range(200)]) for k, c in given.items()}
    assert right["after"] > 0.5 > right["before"]


def test_a_statement_without_weight_teaches_nothing() -> None:
    q, target, weight = questions(1, [3, 3])
    known = learn([(q, target, weight * [1, 0])], VECTOR, epochs=2, seed=3)
    spoilt = target.copy()
    spoilt[3:] = spoilt[3:][::-1]
    same = learn([(q, spoilt, weight * [1, 0])], VECTOR, epochs=2, seed=3)
    assert all(torch.equal(a, b) for a, b in zip(known.parameters(), same.parameters(), strict=True))


@pytest.mark.filterwarnings("ignore")  # torch's older export is the one that is measured
def test_the_graph_says_what_the_heads_say(tmp_path: Path) -> None:
    import onnxruntime as ort

    heads = [SpeakerHead(VECTOR).eval() for _ in range(2)]
    export(heads, tmp_path / "speakers.onnx")
    q, _, _ = questions(5, [2, 6])
    session = ort.InferenceSession(str(tmp_path / "speakers.onnx"), providers=["CPUExecutionProvider"])
    inputs = {"asked": q.asked, "of": q.of, "features": q.features, "places": q.places, "there": q.there}
    (scores,) = session.run(None, inputs)
    logs = log_chances(torch.from_numpy(scores), torch.from_numpy(q.of), 2)
    assert np.allclose(logs.exp().numpy(), chances(heads, q), atol=1e-5)
