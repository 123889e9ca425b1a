"""What people see: the list of statements, and the text with its marks."""

from __future__ import annotations

import re

import pytest

from onrecord.cli.show import bracketed, nested
from onrecord.cli.terminal import safe
from onrecord.records import Article, Record, Run, Span, Speaker, Statement

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
    (baker,) = (line for line in lines if line.lstrip().startswith("Baker  said"))
    (marsh,) = (line for line in lines if line.lstrip().startswith("Marsh  said"))
    assert len(marsh) - len(marsh.lstrip()) == len(baker) - len(baker.lstrip()) + 4


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
