"""From what the heads say to statements: boundaries, forms, nesting, quotations that run on, absent speakers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scripted import ScriptedHeads, ScriptedSecond, article_of, quoted_words, read_marked, weights

from onrecord.extract.statements import parents_of
from onrecord.records import Span, check, from_wire, to_wire

FILL = "The harbour town of Brell lies on the northern coast and has some nine thousand inhabitants."


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Marks and a leading "that" belong to the content, stops and commas do not.
        (
            '<"The bridge is safe,"> [Mayor Ann Lane] {said}.',
            ("Mayor Ann Lane", "said", '"The bridge is safe,"', "direct"),
        ),
        (
            '"<The bridge is safe>," [Mayor Ann Lane] {said}.',
            ("Mayor Ann Lane", "said", '"The bridge is safe,"', "direct"),
        ),
        ("‘<The bridge is safe>’, [Ann Lane] {said}.", ("Ann Lane", "said", "‘The bridge is safe’", "direct")),
        ("[Lane] {said} that <the bridge was safe>.", ("Lane", "said", "that the bridge was safe", "indirect")),
        ("[Lane] {said} <that the bridge was safe.>", ("Lane", "said", "that the bridge was safe", "indirect")),
        (
            '[Lane] {said} <the bridge was "perfectly safe">.',
            ("Lane", "said", 'the bridge was "perfectly safe"', "mixed"),
        ),
        ("[Lane] {called} the bridge <“a disgrace”>.", ("Lane", "called", "“a disgrace”", "mixed")),
        ("« <Le pont est sûr> », [Lane] {said}.", ("Lane", "said", "« Le pont est sûr »", "direct")),
        ("„<Die Bahn ist sicher>“, [Lane] {said}.", ("Lane", "said", "„Die Bahn ist sicher“", "direct")),
        # The full stop of an abbreviation stays with it.
        ("<The bridge was safe>, {said} [the U.S].", ("the U.S.", "said", "The bridge was safe", "indirect")),
        (
            "[the agency (AFP)] {said} <sales (of tea) rose 5%>.",
            ("the agency (AFP)", "said", "sales (of tea) rose 5%", "indirect"),
        ),
        ("“<$5m was lost>,” [@lane] {said}.", ("@lane", "said", "“$5m was lost,”", "direct")),
        ("[She] {said} <it was plan B>.", ("She", "said", "it was plan B", "indirect")),
        (
            "‘<The “red”, “blue”, “green” and “white” lines are drawn>,’ [he] {said}.",
            ("he", "said", "‘The “red”, “blue”, “green” and “white” lines are drawn,’", "direct"),
        ),
        ("“<Špela is safe>,” [Jose\u0301] {said}.", ("Jose\u0301", "said", "“Špela is safe,”", "direct")),
        ("“That <bridge is safe>,” [Lane] {said}.", ("Lane", "said", "“That bridge is safe,”", "direct")),
        ("“That’<s the bridge>,” [Lane] {said}.", ("Lane", "said", "“That’s the bridge,”", "direct")),
        ("[Lane] {said} it was Ann'<s bridge>.", ("Lane", "said", "s bridge", "indirect")),
        ("<and it was safe>,” [Lane] {said}.", ("Lane", "said", "and it was safe,”", "indirect")),
        # A mark that closes somebody else's quotation is his.
        ("“[Lane] {promised} <us June 1>,” the pilot told the council.", ("Lane", "promised", "us June 1", "mixed")),
        # The time of day that a line of a live page opens with.
        ("09:14 [Harbour pilots] {say} <the wall leaks>.", ("Harbour pilots", "say", "the wall leaks", "indirect")),
        ("09:[14 Harbour pilots] {say} <the wall leaks>.", ("Harbour pilots", "say", "the wall leaks", "indirect")),
        ("[7.45pm Pilots] {say} <the wall leaks>.", ("Pilots", "say", "the wall leaks", "indirect")),
        ("[14 pilots] {say} <the wall leaks>.", ("14 pilots", "say", "the wall leaks", "indirect")),
        # Discontinuous contents.
        (
            "<The bridge>, [Lane] {said}, <was safe>.",
            ("Lane", "said", "The bridge … was safe", "indirect"),
        ),
        # When it was said is none of it.
        (
            "<In 2019>, [she] {told} the same paper: “<Our bridge is safe.>”",
            ("she", "told", "“Our bridge is safe.”", "direct"),
        ),
        (
            "<In March> [Lane] {told} the council <the bridge was safe>.",
            ("Lane", "told", "the bridge was safe", "indirect"),
        ),
        (
            "<In March>, [Lane] {said}, <the bridge would open>.",
            ("Lane", "said", "In March … the bridge would open", "indirect"),
        ),
        (
            "Replying to Smt. <Brandt (Quay Front)>, [Lane] {said} <it was safe>.",
            ("Lane", "said", "it was safe", "indirect"),
        ),
        (
            "Of Brandt's St. “<House is safe>,” [Lane] {said}, “<and dry>.”",
            ("Lane", "said", "“House is safe,” … “and dry.”", "direct"),
        ),
        ("<In 2019>, [Lane] {said}, “<It is safe.>”", ("Lane", "said", "“It is safe.”", "direct")),
        (
            "<On Friday>, [Lane] {told} the council, <the bridge would open>.",
            ("Lane", "told", "On Friday … the bridge would open", "indirect"),
        ),
        (
            "<By 2099>, [Lane] {told} the council <the bridge would open>.",
            ("Lane", "told", "By 2099 … the bridge would open", "indirect"),
        ),
        (
            "“<In March>,” [Lane] {told} the council, “<it will open.>”",
            ("Lane", "told", "“In March,” … “it will open.”", "direct"),
        ),
        (
            '"<We built it>," [he] {said}. "<We will mend it.>"',
            ("he", "said", '"We built it," … "We will mend it."', "direct"),
        ),
    ],
)
def test_boundaries_and_forms(marked: str, expected: tuple[str, str, str, str]) -> None:
    record = read_marked(f"{FILL}\n\n{marked}\n\n{FILL}")
    check(record)
    assert quoted_words(record) == [expected]


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("[TARVEN - The harbour board] {said} <the bridge was safe>.", "The harbour board"),
        ("[TARVEN, May 4 (Halyard) - Ann Lane] {said} <the bridge was safe>.", "Ann Lane"),
        ("TARVEN - [The harbour board] {said} <the bridge was safe>.", "The harbour board"),
        ("[The board of Tarven - a small one] {said} <the bridge was safe>.", "The board of Tarven - a small one"),
    ],
)
def test_a_dateline_is_none_of_a_source(marked: str, source: str) -> None:
    record = read_marked(f"{marked}\n\n{FILL}")
    check(record)
    assert [words[0] for words in quoted_words(record)] == [source]


@pytest.mark.parametrize(
    "marked",
    [
        "[Lane] {orally} remarked <it was safe>.",
        "[Lane] {was hearing} <an appeal of the crew>.",
        "<The bishop, at home>, on Sunday {berated} [the police].",
    ],
)
def test_what_attributes_nothing(marked: str) -> None:
    assert read_marked(f"{FILL}\n\n{marked}").statements == ()


@pytest.mark.parametrize(
    "marked",
    [
        "[Lane] {reportedly} remarked <it was safe>.",
        "[The papers] {imply} support <for the plan>.",
        "[Lane] {was hearing} <that it was safe>.",
        "“<He lied>,” {blasted} [Lane].",
    ],
)
def test_what_looks_like_it_and_does(marked: str) -> None:
    assert len(read_marked(f"{FILL}\n\n{marked}").statements) == 1


def test_statements_are_told_apart_from_their_speakers() -> None:
    """The source stays as it is printed, whoever it is found to mean."""
    record = read_marked(f"[Mayor Ann Lane] {{said}} <the bridge was safe>. {FILL}", {"person": ["Ann Lane"]})
    [statement] = record.statements
    assert [s.of(record.article.text) for s in statement.source] == ["Mayor Ann Lane"]
    assert statement.speaker.name == "Ann Lane" and statement.speaker.reason is None


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("<The bridge> {was reported} <safe>.", "passive"),
        ("<It> {is evident} <to all>.", "unclear"),
        ("<The bridge is safe>, {according} to talk.", "unclear"),
    ],
)
def test_an_absent_speaker_has_a_reason(marked: str, reason: str) -> None:
    [statement] = read_marked(f"{FILL}\n\n{marked}").statements
    assert statement.speaker.name is None and statement.speaker.reason == reason


def test_a_quotation_that_runs_on_stays_with_its_speaker() -> None:
    record = read_marked(
        f"{FILL}\n\n“<We built it>,” [Lane] {{said}}. “<We built it well>.\n\n“We will mend it.\n\n“And that is all.”\n\n{FILL}"
    )
    check(record)
    [(source, _, content, form)] = quoted_words(record)
    assert source == "Lane" and form == "direct"
    assert content.split(" … ")[-2:] == ["“We will mend it.", "“And that is all.”"]


def test_a_mark_in_the_next_paragraph_is_not_taken_in() -> None:
    record = read_marked(f"{FILL}\n\n[Lane] {{said}} <the bridge was safe>.\n\n” was all that stood there.")
    assert quoted_words(record) == [("Lane", "said", "the bridge was safe", "indirect")]


def test_a_new_quotation_after_a_closed_one_is_nobodys() -> None:
    text = f"{FILL}\n\n[Lane] {{left}} <the sea>, “and we built it.”\n\n“We will mend it.”"
    assert quoted_words(read_marked(text)) == [("Lane", "left", "the sea", "indirect")]


@pytest.mark.parametrize("following", ["“No,” was the answer of the guard.", "“Crisis” is the word that guards used."])
def test_a_word_quoted_in_the_next_paragraph_is_not_taken_in(following: str) -> None:
    record = read_marked(f"{FILL}\n\n“<We built it>,” [Lane] {{said}}. “<We built it well>.\n\n{following}")
    assert quoted_words(record)[0][2] == "“We built it,” … “We built it well."


def test_one_statement_inside_another() -> None:
    text = f"{FILL}\n\nLane said the guard had told her that the bridge was shut."
    article = article_of(text)
    at = lambda words: Span(text.index(words), text.index(words) + len(words))  # noqa: E731
    outer = {
        "source": [at("Lane")],
        "cue": [at("said")],
        "content": [at("the guard had told her that the bridge was shut")],
    }
    inner = {"source": [at("the guard")], "cue": [at("had told")], "content": [at("that the bridge was shut")]}
    from onrecord.pipeline import Reader

    record = Reader.of(weights(), ScriptedHeads(article, [outer, inner]), ScriptedSecond(article), threads=1).read(
        article
    )
    check(record)
    first, second = record.statements
    assert first.inside is None and second.inside == first.id
    assert from_wire(to_wire(record)) == record


def test_an_unlikely_candidate_is_no_statement() -> None:
    assert read_marked(f"{FILL}\n\n[Lane] {{left}} <the room>.", valid=-4.0).statements == ()


spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1]))


@settings(max_examples=200)
@given(st.lists(st.tuples(st.tuples(spans), st.lists(spans, min_size=1, max_size=3).map(tuple)), max_size=8))
def test_nesting_is_a_forest(entries: list[tuple[tuple[Span, ...], tuple[Span, ...]]]) -> None:
    parents = parents_of(entries)
    for n in range(len(entries)):
        seen, up = {n}, parents[n]
        while up is not None:
            assert up not in seen
            seen.add(up)
            up = parents[up]
