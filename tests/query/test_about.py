"""What somebody said about something: words in whatever form, whom they name by role, and meaning."""

from __future__ import annotations

import json

import numpy as np
import pytest

from onrecord.query.forms import forms_of
from onrecord.query.who import who
from onrecord.store.vectors import add_vectors


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("meeting", {"meet", "met", "meets"}),
        ("resignation", {"resign", "resigned", "resigning"}),
        ("bombed", {"bomb", "bombs", "bombing"}),
        ("stopped", {"stop", "stops", "stopping"}),
        ("promises", {"promise", "promised", "promising"}),
        ("cities", {"city"}),
        ("city", {"cities"}),
        ("tax", {"tax"}),
    ],
)
def test_a_word_has_forms(word, others):
    assert others <= forms_of(word)


@pytest.mark.parametrize(
    ("word", "other"), [("station", "st"), ("met", "metal"), ("minister", "ministry"), ("n2", "n")]
)
def test_words_that_begin_alike_are_no_forms(word, other):
    assert other not in forms_of(word)


class Embedder:
    """Cosines told beforehand: of each text with what is asked."""

    hash = "sha256:0"

    def __init__(self, cosines):
        self.cosines = cosines

    def embed(self, texts):
        found = np.zeros((len(texts), 384), np.int8)
        for row, text in zip(found, texts, strict=True):
            cosine = self.cosines.get(text, 1.0)
            row[:2] = round(100 * cosine), round(100 * (1 - cosine**2) ** 0.5)
        return found


SAID = {
    "the dam was shut": 0.5,
    "I met Bo Marsh twice": 0.1,
    "they meet at the mill": 0.36,
    "he never met anyone": 0.2,
    "taxes would rise": 0.36,
}


@pytest.fixture
def told(world):
    """Ann Lane said all that, and Bo Marsh is the harbour minister."""
    world.identity("Ann Lane")
    world.identity("Bo Marsh", roles=[{"title": "harbour minister"}])
    for k, words in enumerate(SAID):
        article, (n,) = world.article(("Ann Lane", "said", words), outlet=f"Paper {k}")
        add_vectors(world.connection, [n], Embedder(SAID).embed([words]))
        if (at := words.find("Bo Marsh")) >= 0:
            entity, start = world.entity(article, "Bo Marsh"), len("Ann Lane said ") + at
            world.row("mentions", article=article, start=start, end=start + 8, kind="person", entity=entity, score=0.9)
            assert json.loads(
                world.connection.execute("SELECT roles FROM identities WHERE name = 'Bo Marsh'").fetchone()[0]
            )
    return world


def _about(world, words, **options):
    return {u.said.content for u in who(world.store, "Ann Lane", about=words, **options).items}


def test_what_names_somebody_is_about_what_he_is(told):
    found = _about(told, "meeting the minister", embedder=Embedder(SAID))
    assert found == {"the dam was shut", "I met Bo Marsh twice", "they meet at the mill"}


def test_a_word_in_another_form_needs_some_nearness_where_it_does_not_stand_alone(told):
    assert "he never met anyone" in _about(told, "meetings", embedder=Embedder(SAID))
    assert "he never met anyone" not in _about(told, "meetings abroad", embedder=Embedder(SAID))


def test_phrases_and_words_alone_are_as_typed(told):
    assert _about(told, '"meeting the minister"', embedder=Embedder(SAID)) == {"the dam was shut"}
    assert _about(told, "meeting", embedder=None) == set()
    assert _about(told, "met", embedder=None) == {"I met Bo Marsh twice", "he never met anyone"}
