"""Acts, events, figures and what was foretold, as people see them: in the list, and marked in the text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from onrecord.cli.marks import bracketed, legend, styled
from onrecord.cli.record_view import show_marked, show_record
from onrecord.cli.show_events import in_place
from onrecord.cli.show_facts import day_of, due_of, number_of
from onrecord.cli.terminal import Screen
from onrecord.records import (
    NARRATION,
    Act,
    Article,
    Due,
    Event,
    Figure,
    Party,
    Place,
    Prediction,
    Record,
    Run,
    Span,
    Speaker,
    Statement,
    When,
    check,
)

TEXT = (
    "Ostrania freed six sailors on Tuesday, a day after its boats had shelled the harbour of Ravenskar.\n\n"
    "Askeby told reporters that Ostrania killed at least 40 people. Zhariv denied the attack. It was said that"
    " dozens fled.\n\n"
    '"We will strike unless the strait is opened," he warned.\n'
)


def at(words: str) -> Span:
    (found,) = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", TEXT)
    return Span(*found.span())


def within(words: str, part: str) -> Span:
    """`part` where it first stands in `words`."""
    start = at(words).start + words.index(part)
    return Span(start, start + len(part))


def says(id: str, source: str | None, cue: str, content: str, speaker: Speaker, **more) -> Statement:
    spans = [(at(words),) if words else () for words in (source, cue, content)]
    return Statement(id, "indirect", *spans, speaker, None, 0.93, **more)


STATED = When("2025-03-04", "2025-03-04", "stated")
DATELINE = When("2025-03-05", "2025-03-05", "dateline")
DAYS = When(None, "2025-03-05/2025-03-07", "published")
VAGUE = When(None, None, "none", None, "vague")
STATEMENTS = (
    says("s1", "Askeby", "told", "that Ostrania killed at least 40 people", Speaker("Askeby"),
         act=Act("accuse", "expressive", "ACCUSE", 0.87), target=Party("Ostrania"), addressee=Party("reporters"),
         said_on=DATELINE),
    says("s2", "Zhariv", "denied", "the attack", Speaker("Zhariv"), act=Act("deny", "assertive", "REJECT", 0.9)),
    says("s3", None, "was said", "that dozens fled", Speaker(None, "passive"), said_on=VAGUE),
    says("s4", "he", "warned", '"We will strike unless the strait is opened,"', Speaker("Askeby"), said_on=STATED),
)  # fmt: skip
EVENTS = (
    Event("v1", at("freed"), "RETREAT", "release", Party("Ostrania"), Party("sailors"), None, STATED, "happened", NARRATION, 0.9),
    Event("v2", at("shelled"), "ASSAULT", "heavy-weapons", None, None, Place("Ravenskar", "EST"), None, "happened", None, 0.5),
    Event("v3", at("killed"), "ASSAULT", None, Party("Ostrania"), None, None, None, "happened", "s1", 0.77),
    Event("v4", within("the attack", "attack"), "ASSAULT", None, None, Party("people"), None, None, "denied", "s2", 0.6),
    Event("v5", at("strike"), "ASSAULT", "aerial", None, None, None, DAYS, "planned", "s4", 0.7),
)  # fmt: skip
FIGURES = (
    Figure("f1", at("six"), 6, 6, 6, "other", at("sailors"), NARRATION, "2025-03-04"),
    Figure("f2", at("at least 40"), 40, 40, None, "killed", at("people"), "s1", None),
    Figure("f3", at("dozens"), None, None, None, "displaced", None, "s3", None),
)
FORETOLD = (Prediction("s4", "promise", Due(None, "2025-03-07", "stated"), at("unless the strait is opened")),)
BARE = Record(Run("run-0", "0.1.0", "sha256:0", "0"), Article(id="art-0", text=TEXT, title="Talks"), STATEMENTS)
WHOLE = replace(BARE, events=EVENTS, figures=FIGURES, predictions=FORETOLD)


@pytest.fixture
def shown(capsys, monkeypatch):
    """The lines that are shown of a record."""

    def shown(record: Record, *, columns: int = 80, show=show_record) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        show(Screen(), record)
        return capsys.readouterr().out.splitlines()

    return shown


def after(lines: list[str], beginning: str, number: int) -> list[str]:
    place = next(n for n, line in enumerate(lines) if line.startswith(beginning))
    return lines[place + 1 : place + 1 + number]


def test_the_record_by_hand_is_one():
    check(WHOLE)


def test_a_statement_tells_act_target_addressee_and_day(shown):
    lines = shown(WHOLE)
    assert after(lines, " 1  Askeby  told", 3) == [
        "      that Ostrania killed at least 40 people",
        "      accuse 0.87 · target Ostrania · to reporters · said 2025-03-05 (dateline)",
        "",
    ]


def test_what_is_not_known_of_a_statement_is_not_told(shown):
    lines = shown(WHOLE)
    assert after(lines, " 2  Zhariv  denied", 3) == ["      the attack", "      deny 0.90", ""]
    assert after(lines, " 3  not told who", 2) == ["      that dozens fled", ""]


def test_what_was_foretold_stands_under_its_statement(shown):
    assert after(shown(WHOLE), " 4  he → Askeby  warned", 4) == [
        '      "We will strike unless the strait is opened,"',
        "      said 2025-03-04",
        "      ↳ promise due by 2025-03-07 · unless the strait is opened",
        "",
    ]
    bare = replace(WHOLE, predictions=(Prediction("s4", "prediction", None, None),))
    assert "      ↳ prediction" in shown(bare)


def test_events_tell_deed_words_and_witness(shown):
    lines = shown(WHOLE)
    events = lines[lines.index("events") + 1 : lines.index("figures") - 1]
    assert [re.sub(r" {3,}", " | ", line) for line in events if "‹" not in line] == [
        "  RETREAT/release  Ostrania → sailors | 0.90",
        " | 2025-03-04 · told by the narration",
        "  ASSAULT/heavy-weapons | 0.50",
        " | Ravenskar (EST)",
        "  ASSAULT  Ostrania | 0.77",
        " | told by Askeby (1)",
        "  ASSAULT  → people | 0.60",
        " | denied · told by Zhariv (2)",
        "  ASSAULT/aerial | 0.70",
        " | planned · 2025-03-05 to 2025-03-07 (published) · told by Askeby (4)",
    ]
    triggers = [line for line in events if "‹" in line]
    assert [re.findall("‹(.*)›", line)[0] for line in triggers] == [event.trigger.of(TEXT) for event in EVENTS]
    assert all(line.startswith("      ") and len(line) <= 80 for line in triggers)


@pytest.mark.parametrize(
    ("event", "room", "words"),
    [
        (
            0,
            200,
            "Ostrania ‹freed› six sailors on Tuesday, a day after its boats had shelled the harbour of Ravenskar.",
        ),
        (0, 40, "Ostrania ‹freed› six sailors on …"),
        (1, 40, "… boats had ‹shelled› the harbour …"),
        (1, 61, "… day after its boats had ‹shelled› the harbour of Ravenskar."),
        (1, 60, "… after its boats had ‹shelled› the harbour of Ravenskar."),
        (1, 5, "… ‹shelled› …"),
        (4, 200, '"We will ‹strike› unless the strait is opened," he warned.'),
    ],
)
def test_a_trigger_stands_in_its_sentence(event, room, words):
    assert in_place(WHOLE, EVENTS[event], room, coloured=False).plain == words


def test_a_sentence_is_as_the_article_has_it():
    sentences = (at("Askeby told reporters that Ostrania killed at least 40 people"), at("Zhariv denied the attack"))
    record = replace(WHOLE, article=replace(WHOLE.article, sentences=sentences))
    assert in_place(record, EVENTS[3], 80, coloured=False).plain == "Zhariv denied the ‹attack›"
    assert in_place(record, EVENTS[4], 80, coloured=False).plain.endswith("he warned.")


def test_the_colour_of_a_trigger_tells_whose_word_it_is():
    styles = [in_place(WHOLE, event, 80, coloured=True).spans[0].style for event in EVENTS[:3]]
    assert styles == ["reverse", "reverse", "reverse green"]


def test_figures_tell_number_words_day_and_claimant(shown):
    lines = shown(WHOLE)
    assert [re.split(r" {2,}", line.strip()) for line in after(lines, "figures", 4)] == [
        ["6", "other", "six sailors", "2025-03-04", "told by the narration"],
        ["≥ 40", "killed", "at least 40 people", "told by Askeby (1)"],
        ["displaced", "dozens", "told in statement (3)"],
        [""],
    ]


def test_figures_on_a_narrow_terminal(shown):
    assert after(shown(WHOLE, columns=40), "figures", 6) == [
        "  6 · other · six sailors",
        "    2025-03-04 · told by the narration",
        "  ≥ 40 · killed · at least 40 people",
        "    told by Askeby (1)",
        "  displaced · dozens",
        "    told in statement (3)",
    ]


def test_what_is_counted_may_stand_apart_from_its_number(shown):
    parted = replace(FIGURES[0], span=at("at least 40"), counted=at("sailors"))
    within = replace(FIGURES[1], span=at("at least 40 people"), counted=at("people"))
    lines = "\n".join(shown(replace(WHOLE, figures=(parted, within))))
    assert "at least 40 … sailors" in lines
    assert "at least 40 people  " in lines and "people people" not in lines


def test_all_is_counted_in_the_end(shown):
    assert shown(WHOLE)[-1] == "4 statements, 5 events, 3 figures, 1 prediction"


def test_nothing_is_said_of_what_a_record_has_not(shown):
    lines = shown(BARE)
    assert not {"events", "figures", "entities"} & set(lines)
    assert lines[-1] == "4 statements"


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 120])
def test_nothing_is_wider_than_the_terminal(shown, columns):
    deep = [replace(s, id=f"d{n}", inside=f"d{n - 1}" if n else None) for n, s in enumerate(STATEMENTS[:1] * 9)]
    record = replace(WHOLE, statements=(*STATEMENTS, *deep))
    assert all(len(line) <= columns for line in shown(record, columns=columns))


# ---------------------------------------------------------------- marked in the text


def test_triggers_and_figures_are_marked_inside_what_they_stand_in():
    text = bracketed(WHOLE)
    for words in (
        "Ostrania ‹freed› |six| sailors",
        "[Askeby]₁ {told}₁ reporters «that Ostrania ‹killed› |at least 40| people»₁",
        "{denied}₂ «the ‹attack›»₂",
        '«"We will ‹strike› unless',
    ):
        assert words in text
    assert re.sub(r"[][{}«»‹›|₀-₉]", "", text) == TEXT


def test_a_trigger_that_is_a_whole_content_stands_inside_it():
    trigger = replace(EVENTS[3], trigger=at("the attack"))
    assert "«‹the attack›»₂" in bracketed(replace(WHOLE, events=(trigger, replace(trigger, id="v9"))))


def test_marks_in_colour_keep_the_colour_of_the_statement():
    spans = [(span.start, span.end, span.style) for span in styled(WHOLE).spans]
    content, trigger, figure = STATEMENTS[0].content[0], EVENTS[2].trigger, FIGURES[1].span
    green, reverse, bold = (
        spans.index((span.start, span.end, style))
        for span, style in ((content, "green"), (trigger, "reverse"), (figure, "bold"))
    )
    assert green < reverse < bold  # later styles are laid over earlier ones, and these two name no colour


def test_the_legend_tells_the_marks_that_are_there(shown):
    assert shown(WHOLE, show=show_marked)[1] == (
        "[source] {cue} «content» with the number of the statement, ‹event›, |figure|"
    )
    assert shown(BARE, show=show_marked)[1] == "[source] {cue} «content» with the number of the statement"
    assert legend(WHOLE, coloured=True).plain == "source cue content event figure"
    assert legend(replace(WHOLE, events=()), coloured=True).plain == "source cue content figure"


# ---------------------------------------------------------------- days and numbers


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (STATED, "2025-03-04"),
        (DATELINE, "2025-03-05 (dateline)"),
        (When("2025-03-05", "2025-03-05", "published"), "2025-03-05 (published)"),
        (When(None, "2025-03", "stated"), "2025-03"),
        (When(None, None, "none", None, "no-anchor"), None),
        (None, None),
    ],
)
def test_days(when, told):
    assert day_of(when) == told


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (Due(None, "2025-03-07", "stated"), "by 2025-03-07"),
        (Due("2025-03-07", "2025-03-07", "stated"), "on 2025-03-07"),
        (Due("2025-03-05", "2025-03-07", "published"), "2025-03-05 to 2025-03-07 (published)"),
    ],
)
def test_due_days(due, told):
    assert due_of(due) == told


@pytest.mark.parametrize(
    ("value", "low", "high", "told"),
    [
        (40, 40, 40, "40"),
        (40, 40, None, "≥ 40"),
        (10, None, 10, "≤ 10"),
        (20, 20, 30, "20–30"),
        (40, None, None, "40"),
        (40, 35, 45, "40 (35–45)"),
        (None, 24, None, "≥ 24"),
        (None, None, None, ""),
        (1_250_000, 1_250_000, 1_250_000, "1,250,000"),
        (2.5, 2.5, 2.5, "2.5"),
        (0, 0, 0, "0"),
    ],
)
def test_numbers(value, low, high, told):
    assert number_of(replace(FIGURES[0], value=value, low=low, high=high)) == told
