"""What people see: the list of statements, and the text with its marks."""

from __future__ import annotations

import re

import pytest

from onrecord.cli.entity_list import MOST, facts, most_telling
from onrecord.cli.marks import bracketed, nested
from onrecord.cli.record_view import show_record
from onrecord.cli.terminal import Screen, count, safe
from onrecord.records import Article, Entity, Mention, Record, Role, Run, Span, Speaker, Statement

STYLE = re.compile(r"\x1b\[[0-9;]*m")


def test_statements_in_reading_order(run, scripted, dispatch):
    out = run("read", "--format", "pretty", dispatch).stdout
    assert out.splitlines()[0] == "Bridge reopens after repairs"
    places = [
        out.index(words) for words in ("Lane", "the bridge was safe.", "Ortiz", '"We were never asked."', "Baker")
    ]
    assert places == sorted(places)
    assert "\x1b" not in out
    assert "not told who (passive)" in out
    assert "direct 0.90" in out
    assert "5 statements" in out
    assert not any(line.endswith(" ") for line in out.splitlines())


def test_a_nested_statement_stands_further_in(run, scripted, dispatch):
    lines = run("read", "--format", "pretty", dispatch).stdout.splitlines()
    (baker,) = (line for line in lines if line.startswith(" 4  Baker  said"))
    (marsh,) = (line for line in lines if line.startswith(" 5      Marsh  said"))
    assert marsh.index("Marsh") == baker.index("Baker") + 4


def test_the_head_tells_what_is_known(run, scripted, tmp_path):
    path = tmp_path / "row.jsonl"
    path.write_text(
        '{"id": "a", "title": "Bridge safe", "outlet": "The Post", "byline": "Ann Reed", "published": "2024-05-01",'
        ' "text": "Lane said that the bridge over the river was safe on Monday."}\n'
    )
    first, second, *_ = run("read", "--format", "pretty", path).stdout.splitlines()
    assert first == "Bridge safe"
    for fact in ("The Post", "Ann Reed", "2024-05-01 (metadata)"):
        assert fact in second


@pytest.mark.parametrize("marked", [(), ("--marked",)])
def test_why_an_article_was_not_read(run, scripted, marked):
    german = "Der Minister sagte am Montag, dass die Brücke über den Fluss wieder sicher sei und bald geöffnet werde."
    result = run("read", "-", "--format", "pretty", *marked, stdin=german)
    assert result.exit_code == 0
    assert "not read: not in English (de)" in result.stdout
    assert "not read: no text in it" in run("read", "-", "--format", "pretty", *marked, stdin=" \n").stdout


def test_colours_on_a_terminal(run, scripted, dispatch, terminal):
    out = run("read", dispatch).stdout
    assert re.search(r"\x1b\[1;36mLane", out)
    assert "5 statements" in STYLE.sub("", out)


def test_no_colours_where_they_are_not_wanted(run, scripted, dispatch, terminal):
    out = run("read", dispatch, env={"NO_COLOR": "1"}).stdout
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", out)


def test_marked_in_brackets_when_piped(run, scripted, dispatch):
    out = run("read", "--marked", dispatch).stdout
    assert "[Lane]₁ {said}₁ that «the bridge was safe.»₁" in out
    assert "[Baker]₄ {said}₄ that «[Marsh]₅ {said}₅ «the money was gone.»₅»₄" in out
    assert "after a year of repairs by the city." in out.splitlines()[5]  # lines are the text's own
    assert "\x1b" not in out


def test_marked_in_brackets_without_colours(run, scripted, dispatch, terminal):
    assert "[Lane]₁ {said}₁" in STYLE.sub("", run("read", "--marked", dispatch, env={"NO_COLOR": "1"}).stdout)


def test_marked_in_colours_on_a_terminal(run, scripted, dispatch, terminal):
    out = run("read", "--marked", dispatch).stdout
    assert "[Lane]" not in STYLE.sub("", out)
    assert re.search(r"\x1b\[1;36mLane\x1b\[0m \x1b\[33msaid\x1b\[0m that \x1b\[32mthe bridge was safe\.", out)


def test_several_articles_are_parted(run, scripted, dispatch, crawl):
    out = run("read", "--format", "pretty", dispatch, crawl).stdout
    assert out.count("1 statement\n\n") == 69  # and none after the last


def test_an_article_cannot_steer_the_terminal(run, scripted):
    text = "Lane said that \x1b[2J\x1b]0;owned\x07 the bridge over the river was safe on Monday."
    for words in (["--format", "pretty"], ["--marked"]):
        out = run("read", "-", *words, stdin=text).stdout
        assert "\x1b" not in out
        assert "\x07" not in out


def test_safe_keeps_every_place():
    text = "a\x1b[0m\u0085\ud800b\n\tc"
    assert safe(text) == "a�[0m��b\n\tc"


def _statement(name: str, source: tuple[int, int], content: tuple[int, int], cue: tuple[int, int], inside=None):
    spans = [(Span(*pair),) for pair in (source, cue, content)]
    return Statement(name, "indirect", *spans, Speaker("A"), inside, 0.5)


def test_brackets_of_crossing_and_shared_spans():
    article = Article(id="art-0", text="A says b and adds c d")
    run = Run("run-0", "0.1.0", "sha256:0", "0")
    one = _statement("s1", (0, 1), (7, 12), (2, 6))
    two = _statement("s2", (0, 1), (9, 21), (13, 17))
    assert bracketed(Record(run, article, (one,))) == "[A]₁ {says}₁ «b and»₁ adds c d"
    both = bracketed(Record(run, article, (one, two)))
    assert both.startswith(("[A]₁₂ ", "[A]₁,₂ "))
    assert both.count("«") == both.count("»") == 2


def test_nesting_is_told_by_depth():
    texts = [
        _statement(f"s{n}", (0, 1), (7, 8), (2, 6), inside) for n, inside in enumerate([None, "s0", "s1", None, "s0"])
    ]
    assert [(s.id, depth) for s, depth in nested(texts)] == [("s0", 0), ("s1", 1), ("s2", 2), ("s4", 1), ("s3", 0)]


# ---------------------------------------------------------------- speakers and entities


TEXT = "Mayor Ann Lane of Ostrania met Brandt. Lane said yes. He said no. It was said twice. I think so."
LANE, OSTRANIA, BRANDT = "e1", "e2", "e3"
ENTITIES = (
    Entity(LANE, "Ann Lane", "person", ("Lane", "LANE"), (Role(Span(0, 5), None),)),
    Entity(OSTRANIA, "Ostrania", "country", (), (), "OST"),
    Entity(BRANDT, "Brandt", "person"),
)


def at(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def says(source: Span | None, cue: Span, **speaker) -> Statement:
    who = Speaker(**{"name": None, **speaker})
    content = (at("yes"),) if cue.end < at("yes").start else ()
    return Statement(f"s{cue.start}", "indirect", (source,) if source else (), (cue,), content, who, None, 0.9)


def shown(capsys, *statements: Statement, entities=ENTITIES, mentions=()) -> list[str]:
    record = Record(Run("run-0", "0.1.0", "sha256:0", "0"), Article(id="art-0", text=TEXT, title="Talks"), statements)
    full = Record(record.run, record.article, statements, mentions, entities)
    show_record(Screen(), full)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("source", "speaker", "line"),
    [
        ("Lane said", {"name": "Ann Lane", "basis": "named"}, "Lane → Ann Lane  said"),
        ("Mayor Ann Lane of", {"name": "Ann Lane", "basis": "named"}, "Mayor Ann Lane  said"),
        ("Mayor Ann Lane of", {"name": "MAYOR", "basis": "nominal"}, "Mayor Ann Lane  said"),
        ("He said", {"name": "Brandt", "basis": "pronoun"}, "He → Brandt  said"),
        ("He said", {"name": "Brandt", "basis": "pronoun", "score": 0.444}, "He → Brandt 0.44  said"),
        ("He said", {"name": "Brandt", "basis": "corrected", "score": 1.0}, "He → Brandt  said"),
        ("He said", {"name": "Ann Lane + Brandt", "basis": "pronoun"}, "He → Ann Lane + Brandt  said"),
        ("He said", {"reason": "unclear"}, "He (not clear who)  said"),
        ("I think", {"kind": "author"}, "I (the writer)  said"),
        (None, {"name": "Brandt", "basis": "continued"}, "Brandt (continued)  said"),
        (None, {"name": "Brandt", "basis": "context"}, "Brandt (from context)  said"),
        (None, {"reason": "passive"}, "not told who (passive)  said"),
        (None, {"kind": "author"}, "the writer  said"),
    ],
)
def test_the_speaker_as_printed_and_whom_that_means(capsys, source, speaker, line) -> None:
    printed = Span(at(source).start, at(source).start + len(source.rsplit(" ", 1)[0])) if source else None
    lines = shown(capsys, says(printed, at("said", 1), **speaker))
    assert any(told.startswith(f" 1  {line} ") for told in lines), lines


def test_a_name_within_another_word_is_not_the_name(capsys) -> None:
    lines = shown(capsys, says(at("Ostrania"), at("said"), name="Ost", basis="named"), entities=())
    assert any(line.startswith(" 1  Ostrania → Ost  said") for line in lines)


def test_entities_stand_under_the_statements(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = shown(capsys, says(at("He"), at("said", 1), name="Brandt", entities=(BRANDT,)))
    place = next(n for n, line in enumerate(lines) if line.startswith("  Ann Lane"))
    assert [re.split(r" {2,}", line.strip()) for line in lines[place : place + 3]] == [
        ["Ann Lane", "person", "Mayor · also Lane"],
        ["Ostrania", "country", "OST"],
        ["Brandt", "person"],
    ]
    assert lines[-1] == "1 statement, 3 entities"


def test_entities_on_a_narrow_terminal(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = shown(capsys, says(at("He"), at("said", 1), name="Brandt", entities=(BRANDT,)))
    place = lines.index("  Ann Lane")
    assert lines[place + 1 : place + 3] == ["    person · Mayor · also Lane", "  Ostrania"]
    assert all(len(line) <= 40 for line in lines)


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 300])
def test_nothing_is_wider_than_the_terminal(capsys, monkeypatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    long = Entity("e9", "The Very Long Name of a Very Long Body " * 4, "organization", ("A Very Long Alias " * 9,))
    lines = shown(capsys, says(at("He"), at("said", 1), name="Brandt"), entities=(*ENTITIES, long))
    assert all(len(line) <= columns for line in lines)
    assert "Ann Lane" in "".join(lines)


def test_the_entities_that_tell_most_are_shown_and_the_rest_counted(capsys) -> None:
    many = tuple(Entity(f"x{n}", f"Body {n}", "organization") for n in range(30))
    mentions = tuple(Mention(f"m{n}", Span(n, n + 1), "organization", "x20", "name", 0.9) for n in range(3))
    statement = says(at("He"), at("said", 1), name="Body 29", entities=("x29",))
    record = Record(Run("r", "0", "w", "0"), Article(id="art-0", text=TEXT), (statement,), mentions, many)
    names = [e.name for e in most_telling(record)]
    assert names == [*(f"Body {n}" for n in range(MOST - 2)), "Body 20", "Body 29"]
    lines = shown(capsys, statement, entities=many, mentions=mentions)
    assert "  and 18 more" in lines and lines[-1] == "1 statement, 30 entities"


def test_no_entities_no_list(capsys) -> None:
    assert shown(capsys, says(None, at("said"), reason="passive"), entities=())[-2:] == ["", "1 statement"]


def test_facts_are_told_once_and_not_all() -> None:
    roles = tuple(Role(at(words), None) for words in ("Mayor", "Mayor", "Ostrania", "Brandt"))
    some = Entity("e", "Ann Lane", "person", ("ANN LANE", "Lane", "A", "B", "C", "D"), roles, "OST")
    assert facts(some, TEXT) == ["Mayor, Ostrania, …", "also Lane, A, B, C, …", "OST"]


def test_counting() -> None:
    told = [
        count(n, *words) for n, words in ((1, ["entity", "entities"]), (2, ["entity", "entities"]), (1200, ["word"]))
    ]
    assert told == ["1 entity", "2 entities", "1,200 words"]
