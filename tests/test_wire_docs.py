"""docs/wire.md against the types that the wire form is made of."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ForwardRef, get_args, is_typeddict

import pytest

from onrecord.codebook.acts import acts
from onrecord.codebook.plover import event_types
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


def rows_of(section: str, head: str) -> list[list[str]]:
    """The cells of the table under `head`, without the marks of code."""
    table = SECTIONS[section].partition(f"{head}\n")[2].partition("\n\n")[0].splitlines()[1:]
    return [[cell.strip().replace("`", "") for cell in row[1:-1].split("|")] for row in table]


def test_every_form_has_a_section():
    assert set(SECTIONS) == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_every_field_is_told_with_its_type(name):
    rows = rows_of(name, "| field | type | meaning |")
    kept = FORMS[name].__annotations__.items()
    assert [row[:2] for row in rows] == [[field, as_told(as_written(annotation))] for field, annotation in kept]
    assert all(len(row) == 3 and row[2] for row in rows)


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


def test_acts_are_told_as_in_the_codebook():
    told = rows_of("act", "| code | class | PLOVER | the speaker |")
    assert told == [[a.code, a.searle, a.plover or "", a.definition] for a in acts().values()]
    assert f"one of the {len(acts())} below" in SECTIONS["act"]


def test_event_types_are_told_as_in_the_codebook():
    told = rows_of("event", "| type | the actor | modes |")
    assert told == [[t.code, t.definition, ", ".join(t.modes)] for t in event_types().values()]
    assert f"one of PLOVER's {len(event_types())} below" in SECTIONS["event"]


def test_the_schema_is_told():
    assert f"version of this form: {wire.SCHEMA} |" in SECTIONS["record"]
