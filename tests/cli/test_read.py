"""``onrecord read``: formats, exit codes, inputs that cannot be read."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import click
import pytest

from onrecord.cli.reading import PATIENCE, UnreadInput, read_all, read_documents
from onrecord.cli.terminal import Progression, ending_well
from onrecord.records import Article, WeightsError, check, from_wire, to_wire


def records(result):
    return [from_wire(json.loads(line)) for line in result.stdout.splitlines()]


def test_piped_output_is_one_record_a_line(run, scripted, dispatch):
    result = run("read", dispatch)
    assert result.exit_code == 0
    assert result.stderr == ""
    (record,) = records(result)
    check(record)
    assert record.article.source_id == "dispatch"
    assert [s.speaker.name for s in record.statements] == ["Lane", "Ortiz", None, "Baker", "Marsh"]
    compact = json.dumps(to_wire(record), ensure_ascii=False, separators=(",", ":"))
    assert result.stdout == compact + "\n"


def test_characters_stay_as_they_are(run, scripted):
    result = run("read", stdin="Müller said that the “Brücke” was not safe at all on Monday – 危.")
    assert "“Brücke” was not safe at all on Monday – 危" in result.stdout


def test_a_file_name_that_is_no_unicode(run, scripted, dispatch):
    path = dispatch.rename(dispatch.with_name("d\udcff.txt"))
    result = run("read", path)
    assert result.exit_code == 0
    assert '"source_id":"d\\udcff"' in result.stdout
    assert records(result)[0].article.source_id == "d\udcff"


def test_json_is_one_indented_array(run, scripted, dispatch, crawl):
    result = run("read", "--format", "json", dispatch, crawl)
    assert result.exit_code == 0
    wires = json.loads(result.stdout)
    assert len(wires) == 71
    assert result.stdout.startswith('[\n  {\n    "onrecord"')
    assert result.stdout == json.dumps(wires, ensure_ascii=False, indent=2) + "\n"


def test_json_of_nothing_is_an_empty_array(run, scripted, tmp_path):
    result = run("read", "--format", "json", tmp_path / "none.txt")
    assert json.loads(result.stdout) == []
    assert result.exit_code == 1


@pytest.mark.parametrize("words", [("read", "-"), ("read",)])
def test_standard_input(run, scripted, words):
    (record,) = records(run(*words, stdin="Lane said that the bridge over the river was safe on Monday.\n"))
    assert record.statements[0].speaker.name == "Lane"


def test_nothing_to_read_on_a_terminal_is_wrong_usage(run, scripted, terminal):
    result = run("read")
    assert result.exit_code == 2
    assert "Nothing to read" in result.stderr


def test_published(run, scripted, dispatch):
    (record,) = records(run("read", dispatch, "--published", "2024-05-01"))
    assert (record.article.published.date, record.article.published.basis) == ("2024-05-01", "given")


@pytest.mark.parametrize("date", ["yesterday", "2024-13-01", ""])
def test_a_bad_date_is_wrong_usage(run, scripted, dispatch, date):
    result = run("read", dispatch, "--published", date)
    assert result.exit_code == 2
    assert "--published" in result.stderr
    assert result.stdout == ""


def test_an_unknown_format_is_wrong_usage(run, scripted, dispatch):
    assert run("read", dispatch, "--format", "xml").exit_code == 2


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_marked_is_text(run, scripted, dispatch, form):
    result = run("read", dispatch, "--marked", "--format", form)
    assert result.exit_code == 2
    assert "--marked" in result.stderr


def test_a_bad_input_is_told_in_one_line_and_the_rest_goes_on(run, scripted, dispatch, tmp_path):
    binary = tmp_path / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    result = run("read", tmp_path / "none.txt", dispatch, binary)
    assert result.exit_code == 3
    assert [r.article.source_id for r in records(result)] == ["dispatch"]
    first, second = result.stderr.splitlines()
    assert first.startswith(f"onrecord: {tmp_path / 'none.txt'}: ")
    assert second.startswith(f"onrecord: {binary}: ")


@pytest.mark.parametrize("command", ["read", "add"])
def test_an_address_of_this_network_is_told_with_what_allows_it(run, scripted, tmp_path, command):
    options = ("--db", tmp_path / "x.db") if command == "add" else ()
    result = run(command, "http://127.0.0.1:9/a", *options)
    assert result.exit_code == 1
    assert "is a private address (--allow-private reads it all the same)" in result.stderr


def test_nothing_could_be_read(run, scripted, tmp_path):
    result = run("read", tmp_path / "none.txt", tmp_path / "nor-this.txt")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2
    assert result.stdout == ""


def test_bad_rows_of_a_file_leave_the_others(run, scripted, tmp_path):
    path = tmp_path / "rows.jsonl"
    good = json.dumps({"id": "good", "text": "Lane said that the bridge over the river was safe on Monday."})
    path.write_text(f"{good}\nno json\n{good.replace('good', 'more')}\n")
    result = run("read", path)
    assert result.exit_code == 3
    assert [r.article.source_id for r in records(result)] == ["good", "more"]
    assert len(result.stderr.splitlines()) == 1


def test_an_article_that_breaks_the_reader_leaves_the_others(run, scripted, tmp_path):
    path = tmp_path / "rows.jsonl"
    texts = [f"Lane said that item {n} of the list was agreed on Monday." for n in range(5)]
    texts[2] += " It BREAKS."
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)))
    result = run("read", path)
    assert result.exit_code == 3
    assert [r.article.source_id for r in records(result)] == ["0", "1", "3", "4"]
    (line,) = result.stderr.splitlines()
    assert "internal error (ValueError: the model broke)" in line


def test_many_articles_keep_their_order(run, scripted, crawl):
    result = run("read", crawl)
    assert result.exit_code == 0
    assert result.stderr == ""  # no progress where nobody looks
    assert [r.article.source_id for r in records(result)] == [f"n{n}" for n in range(70)]


def test_what_is_read_is_given_at_once(scripted, crawl):
    outcomes = read_all(scripted, [str(crawl)])
    next(outcomes)
    assert scripted.taken == scripted.ahead + 1


def test_failures_stand_where_their_articles_would(scripted, tmp_path):
    path = tmp_path / "rows.jsonl"
    told = {"good": "Lane said that the bridge over the river was safe on Monday.", "breaks": "It BREAKS the reader."}
    kinds = ["bad", "bad", "good", "breaks", "bad", "good", *["bad"] * 250, "good", "bad"]
    rows = [
        json.dumps({"id": str(n), "text": told[kind]}) if kind in told else "no json" for n, kind in enumerate(kinds)
    ]
    path.write_text("\n".join(rows))
    seen = []
    for outcome in read_all(scripted, [str(path)]):
        broke = isinstance(outcome, UnreadInput) and "internal error" in outcome.reason
        seen.append("breaks" if broke else "bad" if isinstance(outcome, UnreadInput) else "good")
    assert seen == kinds


def test_a_long_broken_input_is_not_gathered(scripted):
    taken = 0

    def documents():
        nonlocal taken
        for n in range(10_000):
            taken += 1
            yield UnreadInput(f"row {n}", "broken")

    assert next(read_documents(scripted, documents())).origin == "row 0"
    assert taken == PATIENCE


def test_missing_weights_are_told(run, monkeypatch, dispatch):
    from onrecord.pipeline import Reader

    def load(cls, threads=None):
        raise WeightsError("no model in the package")

    monkeypatch.setattr(Reader, "load", classmethod(load))
    result = run("read", dispatch)
    assert result.exit_code == 1
    assert result.stderr == "onrecord: no model in the package\n"


def test_interruption_is_quiet(run, monkeypatch, scripted, dispatch):
    def interrupted(self, articles):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(scripted), "read_many", interrupted)
    result = run("read", dispatch)
    assert result.exit_code == 130
    assert result.stderr == "onrecord: interrupted\n"


def test_a_closed_pipe_is_quiet(run, monkeypatch, scripted, dispatch):
    def closed(*args, **kwargs):
        raise BrokenPipeError

    monkeypatch.setattr("onrecord.cli.read._write_line", closed)
    result = run("read", dispatch)
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_full_disk_is_told(run, monkeypatch, scripted, dispatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("onrecord.cli.read._write_line", full)
    result = run("read", dispatch)
    assert (result.exit_code, result.stderr) == (1, "onrecord: standard output: No space left on device\n")


def test_a_file_that_stands_in_the_way_is_named(capfd, tmp_path):
    with pytest.raises(click.exceptions.Exit) as ended, ending_well():
        (tmp_path / "none").read_bytes()
    click.echo("what was still to be written")
    told = capfd.readouterr()
    assert ended.value.exit_code == 1 and told.err == f"onrecord: {tmp_path}/none: No such file or directory\n"
    assert told.out == "what was still to be written\n"


@pytest.mark.parametrize(
    "on_terminal, wanted, articles, shown",
    [(True, True, 2, True), (True, True, 1, False), (True, False, 2, False), (False, True, 2, False)],
)
def test_progress_only_where_it_helps(scripted, terminal, monkeypatch, on_terminal, wanted, articles, shown):
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return on_terminal

    monkeypatch.setattr(sys, "stderr", stream := Stream())
    with Progression(wanted=wanted) as progression:
        for _ in range(articles):
            progression.saw(scripted.read(Article(id="art-0", text="Lane said that it was over.")))
    assert ("2 articles, 2 statements" in stream.getvalue()) == shown
    assert shown or not stream.getvalue()


@pytest.mark.model
def test_the_program_itself(dispatch):
    """The console script's own module, with weights, over a real pipe."""
    command = [sys.executable, "-m", "onrecord", "read", str(dispatch), "missing.txt"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith("onrecord: missing.txt: ")
    record = from_wire(json.loads(done.stdout))
    check(record)
    assert record.statements


@pytest.mark.model
def test_the_same_alone_and_among_others(run, dispatch, crawl):
    alone = run("read", dispatch).stdout
    among = run("read", crawl, dispatch).stdout.splitlines(keepends=True)[-1]
    assert alone == among
