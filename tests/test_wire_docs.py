"""docs/wire.md against the types that the wire form is made of."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ForwardRef, get_args, is_typeddict

import pytest

from onrecord.records import NARRATION, article, entity, event, statement, when, wire, wire_types

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "wire.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
FORMS = {name.removeprefix("Wire").lower(): form for name, form in vars(wire_types).items() if is_typeddict(form)}
WORDS = {"str": "string", "int": "number", "float": "number", "None": "null", "list[Any]": "empty list"}


def as_told(annotation: str) -> str:
    """A type as the page words it: "list of span", "string or null"."""
    if " | " in annotation:
        return " or ".join(map(as_told, annotation.split(" | ")))
    if annotation in WORDS:
        return WORDS[annotation]
    if inner := re.fullmatch(r"list\[(.*)]", annotation):
        return f"list of {as_told(inner[1])}"
    assert annotation.startswith("Wire"), annotation
    return annotation.removeprefix("Wire").lower()


def as_written(kept: object) -> str:
    """The source of an annotation, whether it was kept as one or, in a form that is written as a call, as the type itself."""
    if isinstance(kept, ForwardRef):
        return kept.__forward_arg__
    return kept.__name__ if isinstance(kept, type) else str(kept)


def test_every_form_has_a_section():
    assert set(SECTIONS) == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_every_field_is_told_with_its_type(name):
    annotations = {field: as_written(kept) for field, kept in FORMS[name].__annotations__.items()}
    told = re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", SECTIONS[name], re.MULTILINE)
    assert told == [(field, as_told(annotation)) for field, annotation in annotations.items()]


@pytest.mark.parametrize(
    "section, values",
    [
        ("published", article.DateBasis),
        ("unread", article.UnreadReason),
        ("article", article.Status),
        ("statement", statement.Form),
        ("statement", wire_types.Standing),
        ("speaker", statement.NoSpeaker),
        ("speaker", statement.SpeakerKind),
        ("speaker", statement.SpeakerBasis),
        ("mention", entity.MentionKind),
        ("mention", entity.LinkMethod),
        ("entity", entity.EntityKind),
        ("when", when.WhenBasis),
        ("when", when.NoDay),
        ("event", event.EventStatus),
        ("figure", event.Counted),
        ("prediction", event.PredictionKind),
    ],
)
def test_every_value_is_told(section, values):
    assert [value for value in get_args(values) if f"`{value}`" not in SECTIONS[section]] == []


def test_the_narration_is_told():
    assert f"`{NARRATION}`" in SECTIONS["event"]


def test_the_schema_is_told():
    assert f"version of this form: {wire.SCHEMA} |" in SECTIONS["record"]
