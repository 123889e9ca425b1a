from __future__ import annotations

import pytest

from onrecord.evaluation.matching import Roles
from onrecord.evaluation.names import KnownNames, name_words, same_speaker, source_form
from onrecord.records import Span


@pytest.mark.parametrize(
    ("given", "gold", "same"),
    [
        ("Ada Quill", "Ada Quill", True),
        ("Quill", "Ada Quill", True),
        ("Sen. Quill’s", "Ada Quill", True),
        ("Ada", "Ada Quill", False),
        ("Ada M. Quill", "Ada Quill", True),
        ("Jørgen Łącki", "jorgen lacki", True),
        ("C. Quill + Bob Ash", "Ash + Ada Quill", False),
        ("Quill + Bob Ash", "Ash + Ada Quill", True),
        ("Quill", "Ash + Ada Quill", False),
        (None, "Ada Quill", False),
        ("the", "the", False),
    ],
)
def test_same_speaker(given, gold, same):
    assert same_speaker(given, gold) is same


def test_a_name_that_fits_two_people_is_no_answer():
    people = {"Ada Quill", "Bob Quill"}
    assert not same_speaker("Quill", "Ada Quill", people)
    assert same_speaker("Ada Quill", "Ada Quill", people)
    assert same_speaker("Quill", "Ada Quill", {"Ada Quill", "Ada Maria Quill"})


def test_words_of_no_name():
    assert name_words(None) == name_words("Mr. the") == ()


@pytest.mark.parametrize(
    ("source", "form"),
    [("She", "pronoun"), ("he himself", "pronoun"), ("Mayor Quill", "named"), ("the mayor", "nominal"), ("", "absent")],
)
def test_source_form(source, form):
    roles = Roles((Span(0, len(source)),) if source else (), (), ())
    assert source_form(source, roles, "Ada Quill") == form


@pytest.mark.parametrize(
    ("given", "gold", "same", "agree"),
    [
        ("The Fliers", "Air Force", True, True),
        ("Planes", "the fliers", True, True),
        ("Quill", "Ada Quill", True, True),
        ("Planes", "Navy", False, False),
        ("Planes", None, False, False),
        (None, "Planes", False, False),
        (None, None, False, True),
        ("", None, False, True),
        ("the", "the", True, True),  # a name all the same, though no word of it tells
    ],
)
def test_names_of_a_corpus(given, gold, same, agree):
    known = KnownNames({name: frozenset({"Air Force"}) for name in ("air force", "planes", "the fliers")})
    assert (known.same(given, gold), known.agree(given, gold)) == (same, agree)
