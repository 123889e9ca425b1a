"""The questions' commands, on a store of a few articles."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from tests.query.world import World

from onrecord.cli.formats import Column, as_csv
from onrecord.store.migrations import APPLICATION_ID, STEPS

COMMANDS = (
    ("who", "Ann Lane"), ("search", "dam"), ("search",), ("entities",), ("entities", "Ann Lane"), ("stats",),
    ("stats", "--by", "day"), ("events",), ("figures",), ("predictions",),
)  # fmt: skip


@pytest.fixture
def db(tmp_path, monkeypatch):
    """A store, named by ONRECORD_DB, and the world that it is made of; others may be added before it is asked."""
    path = tmp_path / "news.db"
    world = World(path)
    world.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    world.connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    world.identity("Ann Lane", aliases=["Lane"], roles=[{"text": "mayor", "from": "2024-05-01", "to": "2024-05-03"}])
    world.identity("Bo Marsh")
    world.identity("Cy Marsh")
    first, (a, b) = world.article(
        ("Ann Lane", "said", '"We will hold the dam"'),
        ("Bo Marsh", "denied", "=SUM(1) that | <b>it</b> broke"),
        outlet="Meridian Wire",
        title="Dam holds",
        source_id="wire-1",
    )
    _, (c,) = world.article(
        ("Ann Lane", "said", '"We shall hold the dam"'), outlet="Courier", published="2024-05-02", copy_of=first
    )
    world.article(("Ann Lane", "said", "never mind"), published="2024-05-03", standing="withdrawn")
    world.printed_again(a, c, altered=[["will", "shall"]])
    world.row("predictions", statement=a, kind="promise", due_latest="2024-06-01", condition="if it rains")
    apart, _ = world.article(("It", "said", "three died"), outlet="Tribune")
    numbers = {"article": apart, "run": world.run, "start": 0, "end": 3, "standing": "current"}
    world.row("figures", **numbers, id="fig-1", value=3.0, what="killed", narrated=1, counted="people")
    world.row(
        "events",
        **numbers,
        id="evt-1",
        type="AID",
        status="planned",
        narrated=0,
        asserted_by=b,
        score=0.5,
        date="2024-05-01",
    )
    world.connection.commit()
    monkeypatch.setenv("ONRECORD_DB", str(path))
    world.statement = world.id_of("statements", a)
    yield world
    world.connection.close()


def seen(result):
    """What is seen of a table: without styles, and one space for many."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", result.stdout).split())


@pytest.fixture
def plain(terminal, monkeypatch):
    """A terminal without colours."""
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_answer_is_written_in_every_form(db, run, command):
    for form in ("table", "ndjson", "csv", "json", "md"):
        result = run(*command, "--format", form)
        assert result.exit_code == 0, result.output
        assert result.stdout, (command, form)
        if form == "ndjson":
            assert [json.loads(line) for line in result.stdout.splitlines()]
        elif form == "json":
            assert json.loads(result.stdout)["items"]
        elif form == "csv":
            heading, *rows = csv.reader(io.StringIO(result.stdout))
            assert rows
            assert all(len(row) == len(heading) for row in rows)
        elif form == "md":
            assert len({line.replace(r"\|", "").count("|") for line in result.stdout.splitlines()}) == 1


def test_through_a_pipe_it_is_ndjson_and_on_a_terminal_a_table(db, run):
    assert json.loads(run("who", "lane").stdout.splitlines()[0])["said"]["speaker"] == "Ann Lane"


def test_who_on_a_terminal(db, run, plain):
    out = seen(run("who", "lane"))
    for words in (
        "Ann Lane",
        "mayor",
        "1 utterance · printed 2 times",
        "2024-05-01",
        "We will hold the dam",
        "Meridian Wire +1",
    ):
        assert words in out
    assert "Courier 2024-05-02 prints “shall” for “will”" in out
    assert db.statement[:10] in out


def test_what_was_left_out_is_told_and_can_be_asked_for(db, run):
    result = run("who", "Ann Lane")
    assert "1 withdrawn entry left out" in result.stderr
    assert "never mind" not in result.stdout
    result = run("who", "Ann Lane", "--withdrawn")
    assert "never mind" in result.stdout
    assert result.stderr == ""


def test_a_name_that_fits_several_lists_them_and_ends_with_an_error(db, run):
    _, (n,) = db.article(("Cy Marsh", "said", "so"))
    db.connection.commit()
    result = run("who", "marsh")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "several are called so" in result.stderr
    assert "nothing was written: ask for each by its id (`idn-" in result.stderr
    assert "`onrecord entities --merge idn-" in result.stderr
    for name in ("Bo Marsh", "Cy Marsh"):
        assert f"{db.id_of('identities', db.identities[name])} {name}" in result.stderr
    assert db.id_of("statements", n) in run("who", db.id_of("identities", db.identities["Cy Marsh"])).stdout


def test_nobody_is_told_with_who_is_alike(db, run):
    result = run("who", "An Laine")
    assert result.exit_code == 1
    assert "nobody in the record is called so, alike are:" in result.stderr
    assert run("entities", "An Laine").exit_code == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("show", "nothing"), "no article"),
        (("cite", "stm-00000000"), "no statement"),
        (("who", "lane", "--db", "nowhere.db"), "nowhere.db"),
    ],
)
def test_what_cannot_be_answered_is_one_line(db, run, words, reason):
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("who", "lane", "--since", "soon"), "--since: 'soon' is no year, month or day"),
        (("who", "lane", "--cursor", "x"), "--cursor"),
        (("who", "lane", "--act", "sing"), "--act: 'sing' is none of"),
        (("predictions", "--due-before", "soon"), "--due-before"),
        (("who", "lane", "--since", "2024-10", "--until", "2024-05"), "--until: '2024-05' lies before '2024-10'"),
        (("search", "--published-since", "2024", "--published-until", "2023-05"), "--published-until"),
    ],
)
def test_an_option_that_is_none_is_wrong_usage(db, run, words, reason):
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [("who", "lane"), ("search",), ("events",), ("figures",)])
def test_an_outlet_that_printed_nothing_is_no_empty_answer(db, run, command):
    result = run(*command, "--outlet", "Nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Nowhere: no outlet in the record is called so" in result.stderr
    assert "Meridian Wire" in run(*command, "--outlet", "Meridian").stderr
    assert run(*command, "--since", "2024-05", "--until", "2024-05-01").exit_code == 0


def test_a_speaker_without_a_name_of_its_own_is_searched_for(db, run):
    _, (n,) = db.article(("coast guard", "said", "that the ship had sunk"))
    db.change("statements", n, speaker="coast guard", speaker_kind="unnamed")
    db.connection.execute("INSERT INTO statements_fts (statements_fts) VALUES ('rebuild')")
    db.connection.commit()
    for words in (
        ("who", "Coast Guard"),
        ("search", "--speaker", "coast guard"),
        ("figures", "--claimant", "coast guard"),
    ):
        result = run(*words)
        assert result.exit_code == 1
        assert 'it has 1 statement: search speaker:"coast guard"' in result.stderr
    assert "the ship had sunk" in run("search", 'speaker:"coast guard"').stdout
    assert "search speaker" not in run("who", "Nobody Whatsoever").stderr


@pytest.mark.parametrize("typed", ['"', "(", "dam)", "a:b", "*", "NOT", "-x", "dam AND", "'"])
def test_whatever_is_typed_into_a_search_is_no_error(db, run, typed):
    assert run("search", "--", typed).exit_code == 0


def test_search_shows_words_in_context(db, run, plain):
    out = seen(run("search", "dam", "--speaker", "Ann Lane"))
    assert "2024-05-01" in out
    assert "Meridian Wire +1 (1 source)" in out


def test_limit_and_cursor_go_through_it_all(db, run):
    first = run("entities", "--limit", "1")
    assert "1 entry shown" in first.stderr
    cursor = first.stderr.split("--cursor ")[1].split()[0]
    rest = run("entities", "--cursor", cursor)
    names = [json.loads(line)["name"] for line in (first.stdout + rest.stdout).splitlines()]
    assert names == ["Ann Lane", "Bo Marsh"]


def test_csv_is_safe_in_a_spreadsheet(db, run):
    rows = list(csv.DictReader(io.StringIO(run("who", "Bo Marsh", "--format", "csv").stdout)))
    assert rows[0]["words"] == "'=SUM(1) that | <b>it</b> broke"


def test_markdown_is_safe_on_a_page(db, run):
    out = run("who", "Bo Marsh", "--format", "md").stdout
    assert r"=SUM(1) that \| &lt;b&gt;it&lt;/b&gt; broke" in out


def test_show_marks_the_text_and_tells_of_copies(db, run, plain):
    for name in ("wire-1", db.statement, db.statement[:12]):
        out = run("show", name).stdout
        assert '[Ann Lane]₁ {said}₁ «"We will hold the dam"»₁' in out
        assert "the same text: Courier · 2024-05-02" in out
    assert f"{db.statement} is statement 1" in out
    assert "Dam holds" in run("show", "wire-1", "--list").stdout


def test_show_writes_the_record_in_its_wire_form(db, run):
    record = json.loads(run("show", "wire-1").stdout)
    assert record["statements"][0]["id"] == db.statement
    assert json.loads(run("show", "wire-1", "--format", "json").stdout)["copies"][0]["outlet"] == "Courier"
    assert run("show", "wire-1", "--format", "csv").exit_code == 2


@pytest.mark.parametrize("style", ["text", "html", "csl-json"])
def test_cite_in_every_style(db, run, style):
    out = run("cite", db.statement[:12], "--style", style).stdout
    assert "We will hold the dam" in out
    assert "sha256:" in out
    if style == "csl-json":
        assert json.loads(out)[0]["id"] == db.statement


def test_the_table_of_events_keeps_days_and_ids_whole_however_narrow_it_is(db, run, plain, monkeypatch):
    long = "Sub-Committee of the Harbour Works and Inland Waterways of Lower Imsel"
    event = {"article": 1, "run": db.run, "start": 0, "end": 3, "standing": "current", "score": 0.5, "narrated": 1}
    db.identity(long, "organization")
    db.row("events", **event, id="evt-2", type="CONSULT", mode="third-party", status="hypothetical", date="2024-05-02",
           actor=long, recipient=long, place=long)  # fmt: skip
    db.row("events", **event, id="evt-3", type="AID", status="happened", date_edtf="2023-22")
    db.connection.commit()
    for width in (70, 80, 150):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = re.sub(r"\x1b\[[0-9;]*m", "", run("events").stdout).splitlines()
        (line,) = [line for line in lines if "2024-05-02" in line]
        assert re.search(r"CONSULT/third-party.*art-[0-9a-f]{6,}$", line.rstrip())
        assert any(line.startswith("summer 2023") for line in lines)
        assert "…" not in "".join(lines)
        assert len("".join(lines).split("Waterways")) == 4, "actor, recipient and place are all there"


def test_of_articles_with_one_id_each_is_told_by_its_outlet_day_and_title(db, run):
    db.article(("Bo Marsh", "said", "it broke"), outlet="Tribune", title="Dam broken", source_id="wire-1")
    db.connection.commit()
    told = run("show", "wire-1")
    assert told.exit_code == 1
    assert "Meridian Wire · 2024-05-01 · Dam holds" in told.stderr
    assert "Tribune · 2024-05-01 · Dam broken" in told.stderr
    assert "ask by the id" in told.stderr


def test_the_chance_of_a_speaker_stands_with_the_speaker(db, run, plain):
    assert "speaker 0.90" in seen(run("who", "Bo Marsh"))
    assert "Bo Marsh denied" not in seen(run("show", "wire-1", "--list"))
    assert "Bo Marsh 0.90 denied" in seen(run("show", "wire-1", "--list"))
    assert "0.90" not in seen(run("search", "dam")), "in a list only of a doubtful speaker"
    db.connection.execute("UPDATE statements SET speaker_score = 0.41")
    db.connection.commit()
    assert "Ann Lane 0.41" in seen(run("search", "dam"))
    assert "chance of the speaker 0.41" in run("cite", db.statement).stdout
    assert (
        next(csv.DictReader(io.StringIO(run("who", "Bo Marsh", "--format", "csv").stdout)))["speaker_score"] == "0.41"
    )


def test_the_limit_of_a_search_is_told_as_it_is(run):
    told = " ".join(run("search", "--help").stdout.split())
    assert "default: 20, the best of them, in every form" in told
    assert "else all" not in told


def test_events_figures_and_predictions_for_people(db, run, plain):
    assert "AID (planned)" in run("events").stdout
    assert "Bo Marsh" in run("events").stdout
    shown = run("figures").stdout
    assert "counted once" in shown and "killed" in shown
    assert "not told" not in shown
    out = run("predictions", "--due-before", "2024-07").stdout
    assert "due 2024-06-01" in out
    assert "if: if it rains" in out
    assert "nothing foretold" in run("predictions", "--due-before", "2024-01").stdout


def test_a_broken_pipe_or_an_escape_sequence_does_no_harm(db, run, plain):
    db.article(("Bo Marsh", "said", "\x1b[31mred\x07"), title="\x1b]0;x\x07")
    db.connection.commit()
    for command in (("who", "Bo Marsh"), ("search", "red"), ("search",)):
        out = run(*command).stdout
        assert "\x07" not in out
        assert "\x1b[31mred" not in out


def test_an_agencys_own_dispatch_is_shown_by_the_agency(run, db, tmp_path):
    world = World(tmp_path / "wire.db")
    world.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    world.connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    world.identity("Ann Lane")
    world.article(("Ann Lane", "said", "the dam holds"), outlet=None, agency="Halyard", source_id="04")
    world.article(("Ann Lane", "said", "the weir broke"), outlet=None, source_id="05")
    world.connection.commit()
    for command in (("search", "dam"), ("who", "Ann Lane")):
        told = run(*command, "--db", tmp_path / "wire.db", "--format", "table").stdout
        assert "Halyard" in told and "04" not in told.replace("2024", "").split()
    assert "05" in run("search", "weir", "--db", tmp_path / "wire.db", "--format", "table").stdout.split()


def test_a_csv_cell_comes_back_as_it_was():
    words = ["=1", "'=1", "''-1", "'tis", "a=b"]
    rows = list(csv.reader(io.StringIO(as_csv(words, [Column("words", str)]))))[1:]
    assert [re.sub(r"^'(?='*[=+\-@\t\r\n])", "", cell) for (cell,) in rows] == words
    assert [cell for (cell,) in rows] == ["'=1", "''=1", "'''-1", "'tis", "a=b"]
