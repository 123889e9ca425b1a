"""Gold spans as words and tags: trimmed alike whatever a corpus's convention. Needs torch."""

import random

import pytest

pytest.importorskip("torch", reason="torch is in the training environment only (make train)")

from tests.scripted import tokenizer, unmark

from onrecord.evaluation.matching import Roles
from training.data import ELSEWHERE, batches, document, windows
from training.model import ROLE_TAGS


def made(marked: str, *, nested: bool = True):
    plain = unmark(marked)
    roles = [Roles(tuple(a["source"]), tuple(a["cue"]), tuple(a["content"])) for a in plain.attributions]
    return plain.text, document("test", plain.text, roles, tokenizer(), nested=nested)


def tagged(text: str, doc) -> list[tuple[str, str]]:
    [cue] = doc.cues
    lo, hi = doc.segments[cue.segment]
    words = [text[doc.words.start[k] : doc.words.end[k]] for k in range(lo, hi)]
    return [(w, ROLE_TAGS[t]) for w, t in zip(words, cue.tags, strict=True) if t]


@pytest.mark.parametrize(
    "marked", ['[Lane] {said} <that "the bridge" is safe.>', '[Lane] {said} that "<the bridge" is safe>.']
)
def test_marks_and_that_are_trimmed(marked: str) -> None:
    text, doc = made(marked)
    words = [w for w, _ in tagged(text, doc)]
    assert words == ["Lane", "the", "bridge", '"', "is", "safe"]
    assert [t for _, t in tagged(text, doc)] == ["B-source", "B-content", *["I-content"] * 4]


def test_fragments_parted_by_marks_are_one_and_others_begin_anew() -> None:
    text, doc = made('<"We go."> <"We stay,"> {said} [Lane], <"if paid">.')
    tags = [t for _, t in tagged(text, doc)]
    assert tags.count("B-content") == 2 and tags.count("B-source") == 1


def test_words_inside_a_content_weigh_less_where_nothing_nested_is_marked() -> None:
    _, doc = made("[Lane] {said} <the guard told her so>.", nested=False)
    assert doc.weight.tolist() == [1.0, 1.0, *[ELSEWHERE] * 5, 1.0]


def test_every_window_is_in_one_batch() -> None:
    docs = [made(f"[Lane] {{said}} <item {n} was fine>.\n\nAnd more.")[1] for n in range(20)]
    items = windows(docs, random.Random(1))
    groups = list(batches(items, 64, random.Random(2)))
    assert sorted(id(w) for g in groups for _, w in g) == sorted(id(w) for _, w in items)
    assert all(max(len(w.piece) for _, w in g) * len(g) <= 64 or len(g) == 1 for g in groups)
