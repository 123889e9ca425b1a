"""``onrecord evaluate``: the referee's figures from the command line."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def split(tmp_path):
    """A PolNeAR split of two articles, written for this test."""
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    text = "The council met again on Monday. Lane said that the bridge was safe."
    for name in ("one", "two"):
        (tmp_path / "text" / f"{name}.txt").write_text(text)
        spans = {role: (text.index(words), text.index(words) + len(words)) for role, words in ROLES.items()}
        lines = [
            f"T{n}\t{role} {start} {end}\t{text[start:end]}" for n, (role, (start, end)) in enumerate(spans.items(), 1)
        ]
        lines.append("E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3")
        (tmp_path / "attributions" / f"{name}_abcd.ann").write_text("\n".join(lines) + "\n")
    return tmp_path


ROLES = {"Source": "Lane", "Cue": "said", "Content": "that the bridge was safe"}


def test_polnear_as_json(run, scripted, split):
    result = run("evaluate", "polnear", split, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    figures = json.loads(result.stdout)
    assert figures["articles"] == 2
    assert figures["triple_relaxed"]["f1"] == 1.0
    assert figures["by_article"] == {name: {"right": 1, "predicted": 1, "gold": 1} for name in ("one", "two")}


def test_polnear_as_a_table(run, scripted, split):
    result = run("evaluate", "polnear", split)
    assert result.exit_code == 0
    assert "triple relaxed" in result.stdout


def test_cofenet(run, scripted, data_file):
    result = run("evaluate", "cofenet", data_file, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["source"]["f1"] == 1.0


@pytest.fixture
def data_file(tmp_path):
    path = tmp_path / "valid.jsonl"
    tokens = "Lane said that the bridge over the river was safe on Monday .".split()
    labels = ["B-source", "B-cue", "B-content", *["I-content"] * 9, "O"]
    path.write_text(json.dumps({"tokens": tokens, "labels": labels}) + "\n")
    return path


def test_corpus(run, scripted, corpus):
    result = run("evaluate", "corpus", corpus, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    figures = json.loads(result.stdout)
    assert figures["triple_exact"]["f1"] == 1.0
    assert figures["form"] == {"value": 1.0, "right": 2, "total": 2}
    assert figures["inside"] == {"value": 1.0, "right": 1, "total": 1}
    assert figures["speaker"] == {"value": 0.5, "right": 1, "total": 2}
    assert "inside the right one" in run("evaluate", "corpus", corpus).stdout


def test_speakers_of_a_corpus_are_right_under_any_name_that_it_has_for_them(run, scripted, corpus):
    entities = [{"name": "Ted Quill", "aliases": ["Marsh", "the treasurer"]}]
    (corpus / "gold" / "corpus.json").write_text(json.dumps({"entities": entities}))
    result = run("evaluate", "corpus", corpus, "--format", "json")
    assert json.loads(result.stdout)["speaker"] == {"value": 1.0, "right": 2, "total": 2}


def test_records_of_a_store_are_scored_as_they_are(run, corpus, tmp_path, monkeypatch):
    """Its names are those of identities, which need not be printed; what was read from the page has more than the article."""
    monkeypatch.setattr("onrecord.cli.evaluate.load_reader", lambda: pytest.fail("nothing is to be read"))
    text = "News\n\n" + json.loads((corpus / "articles" / "01.json").read_text())["text"]
    at = text.index("Baker said")
    words = {"source": [at, at + 5], "cue": [at + 6, at + 10], "content": [at + 11, len(text)]}
    statement = {"id": "stm-1", "form": "indirect", **{role: {"spans": [span]} for role, span in words.items()}}
    statement["speaker"] = {"name": "Eve Baker", "printed": "Baker", "identity": "idn-1"}
    records = tmp_path / "export.jsonl"
    article = {"id": "art-1", "source_id": "a", "text": text}
    records.write_text(json.dumps({"article": article, "statements": [statement]}) + "\n")
    result = run("evaluate", "corpus", corpus, "--records", records, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    figures = json.loads(result.stdout)
    assert figures["unusable"] == 0 and figures["triple_exact"]["right"] == 1
    assert figures["speaker"] == {"value": 1.0, "right": 1, "total": 1}
    assert figures["speaker_of_all"] == {"value": 0.5, "right": 1, "total": 2}


@pytest.mark.parametrize("line, says", [(None, "export.jsonl"), ("{", "export.jsonl:1: not JSON")])
def test_records_that_are_none_are_told(run, corpus, tmp_path, line, says):
    if line:
        (tmp_path / "export.jsonl").write_text(line)
    result = run("evaluate", "corpus", corpus, "--records", tmp_path / "export.jsonl")
    assert result.exit_code == 1 and says in result.stderr


def test_whether_the_writer_is_named_does_not_count(run, scripted, corpus):
    path = corpus / "gold" / "01.json"
    path.write_text(path.read_text().replace('"kind": "person"', '"kind": "author"'))
    result = run("evaluate", "corpus", corpus, "--format", "json")
    assert json.loads(result.stdout)["speaker"] == {"value": 0.0, "right": 0, "total": 0}


def test_gold_that_is_none_is_told(run, scripted, corpus):
    (corpus / "gold" / "01.json").write_text('{"statements": [{"p": 7}]}')
    result = run("evaluate", "corpus", corpus)
    assert result.exit_code == 1
    assert "gold/01.json: not a gold record of 01.json" in result.stderr


@pytest.mark.parametrize("article", ["[]", "no json", '{"id": "a"}', '{"id": 1, "text": "Lane said so."}'])
def test_an_article_that_is_none_is_told(run, scripted, corpus, article):
    (corpus / "articles" / "01.json").write_text(article)
    result = run("evaluate", "corpus", corpus)
    assert result.exit_code == 1
    assert "articles/01.json: not " in result.stderr


@pytest.fixture
def corpus(tmp_path):
    """One article with complete gold in words, written for this test. "Baker" and "said" stand in it twice."""
    text = "The council met on Monday. Baker was there.\n\nBaker said that Marsh said the money was gone."
    outer = {"n": 4, "p": 1, "source": "Baker", "cue": "said", "content": ["Marsh said the money was gone"]}
    inner = {"n": 7, "p": 1, "source": "Marsh", "cue": "said", "content": ["the money was gone"]}
    both = {"form": "indirect", "kind": "person"}
    statements = [
        outer | both | {"inside": None, "speaker": "Eve Baker"},
        inner | both | {"inside": 4, "speaker": "Ted Quill"},
    ]
    for folder, value in (("articles", {"id": "a", "text": text}), ("gold", {"statements": statements})):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "01.json").write_text(json.dumps(value))
    return tmp_path


@pytest.mark.parametrize("what", ["polnear", "cofenet", "corpus"])
def test_a_corpus_that_is_not_there(run, scripted, tmp_path, what):
    result = run("evaluate", what, tmp_path / "none")
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: ")
    assert "none" in result.stderr


def test_labels_that_are_not_there(run, scripted, split, tmp_path):
    result = run("evaluate", "polnear", split, "--labels", tmp_path / "none.tsv")
    assert result.exit_code == 1
    assert "none.tsv" in result.stderr


def test_a_document_that_fails_is_told(run, scripted, split):
    (split / "text" / "two.txt").write_text(
        "BREAKS. Lane said that the bridge over the river was safe, in English words."
    )
    result = run("evaluate", "polnear", split, "--format", "json")
    assert result.exit_code == 3
    assert "internal error" in result.stderr
    assert json.loads(result.stdout)["unusable"] == 1


def test_nothing_could_be_read(run, scripted, split):
    for name in ("one", "two"):
        (split / "text" / f"{name}.txt").write_text("BREAKS. Lane said that the bridge over the river was safe.")
    assert run("evaluate", "polnear", split).exit_code == 1


def test_gold_that_is_there_but_cannot_be_read_says_why(run, scripted, split):
    (split / "labels.tsv").mkdir()
    result = run("evaluate", "polnear", split, "--labels", split / "labels.tsv")
    assert result.exit_code == 1
    assert "is a directory" in result.stderr


@pytest.mark.model
@pytest.mark.data
@pytest.mark.soak
def test_the_development_split(run, data):
    result = run(
        "evaluate", "polnear", data / "polnear" / "dev", "--labels", data / "labels" / "dev.tsv", "--format", "json"
    )
    assert result.exit_code == 0
    assert json.loads(result.stdout)["articles"] == 84
