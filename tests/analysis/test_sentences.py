"""Sentence vectors: what they mean, that company does not change them, and that damage is told by name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.analysis.heads import FILES, WEIGHTS
from onrecord.analysis.sentences import FILE, LONGEST, SCALE, TOKENIZER, WIDTH, Embedder
from onrecord.records import WeightsError

TEXTS = (
    "The dam will hold, the engineer said.",
    "Nurses at the clinic want higher pay.",
    "“We shall appeal,” her lawyer told the court.",
    "Yes.",
    "The harbour closes at noon " + "and the boats go home " * 12,
)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder.load()


@pytest.fixture
def folder(tmp_path) -> Iterator[Path]:
    """Files of the right names: a tokenizer that is one, a graph that is none."""
    (tmp_path / FILE).write_bytes(b"no graph")
    shutil.copy(WEIGHTS / TOKENIZER, tmp_path)
    yield tmp_path


def cosine(a, b) -> float:
    a, b = a.astype(float), b.astype(float)
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.model
def test_vectors_have_one_form_and_one_length(embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), WIDTH) and vectors.dtype == np.int8
    assert np.allclose(np.linalg.norm(vectors.astype(float), axis=1), SCALE, rtol=0.01)
    assert np.abs(vectors.astype(int)).max() < 127  # nothing is cut off


@pytest.mark.model
def test_nothing_has_no_vectors(embedder) -> None:
    assert embedder.embed([]).shape == (0, WIDTH)


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("doctors demand a raise", TEXTS[1], TEXTS[0]),
        ("the barrage is safe", TEXTS[0], TEXTS[2]),
        ("the ruling will be contested", TEXTS[2], TEXTS[1]),
    ],
)
def test_other_words_for_the_same_thing_are_near(embedder, asked, near, far) -> None:
    question, right, wrong = embedder.embed([asked, near, far])
    assert cosine(question, right) > cosine(question, wrong) + 0.1


@pytest.mark.model
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(TEXTS))
def test_a_text_has_one_vector_in_any_company(embedder, order) -> None:
    together = embedder.embed(order)
    assert all(np.array_equal(embedder.embed([text])[0], vector) for text, vector in zip(order, together, strict=True))


@pytest.mark.model
def test_a_text_has_one_vector_on_any_thread(embedder) -> None:
    alone = embedder.embed(TEXTS)
    with ThreadPoolExecutor(4) as executor:
        assert all(np.array_equal(alone, vectors) for vectors in executor.map(embedder.embed, [TEXTS] * 8))


@pytest.mark.model
def test_letter_case_does_not_matter(embedder) -> None:
    lower, upper = embedder.embed(["The Dam will hold", "THE DAM WILL HOLD"])
    assert np.array_equal(lower, upper)


@pytest.mark.model
def test_only_the_beginning_of_a_long_text_counts(embedder) -> None:
    words = "harbour " * (LONGEST - 2)  # [CLS] and [SEP] take two
    whole, cut, shorter = embedder.embed([words, words + "and much else", words[: -len("harbour ")]])
    assert np.array_equal(whole, cut) and not np.array_equal(whole, shorter)


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " ", "\ud800", "the dam \udfff holds", "\0", "𝕏" * 300])
def test_any_text_has_a_vector(embedder, text) -> None:
    assert np.abs(embedder.embed([text]).astype(int)).sum() > 0


@pytest.mark.model
def test_the_hash_names_the_files(embedder, tmp_path) -> None:
    for name in (FILE, TOKENIZER):
        shutil.copy(WEIGHTS / name, tmp_path)
    assert Embedder.load(tmp_path).hash == embedder.hash
    assert embedder.hash.startswith("sha256:")
    (tmp_path / TOKENIZER).write_bytes((WEIGHTS / TOKENIZER).read_bytes() + b"\n")
    assert Embedder.load(tmp_path).hash != embedder.hash


def test_it_is_no_part_of_the_reader() -> None:
    """A run's id names the files that read: the same record with another search is the same record."""
    assert FILE not in FILES and TOKENIZER in FILES


@pytest.mark.parametrize("name", [FILE, TOKENIZER])
def test_every_file_is_needed(folder, name) -> None:
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=rf"{name}: the model's file is missing: install onrecord again"):
        Embedder.load(folder)


def test_a_damaged_graph(folder) -> None:
    with pytest.raises(WeightsError, match=rf"{FILE}: the model cannot be loaded"):
        Embedder.load(folder)


def test_a_damaged_tokenizer(folder) -> None:
    (folder / TOKENIZER).write_text("{}", encoding="utf8")
    with pytest.raises(WeightsError, match="tokenizer is damaged"):
        Embedder.load(folder)
