from __future__ import annotations

import pytest

from onrecord.evaluation import evaluate_polnear, polnear_documents
from onrecord.evaluation.polnear import load_polnear
from onrecord.records import InputError, MalformedError, NotFoundError, Span

TEXT = "Mayor Ada Quill denied that the bridge was closed. “It stands,” she said."
BRAT = """\
T1\tSource 0 15\tMayor Ada Quill
T2\tCue 16 22\tdenied
T3\tContent 23 49\tthat the bridge was closed
T4\tAttribution 16 22\tdenied
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
T9\tContent 51 55;56 63\t“It
stands,”
E2\tAttribution-no-source:T12 Source2:T10 Cue:T11 Content:T9
#1\tAnnotatorNotes E1\tnot sure
T10\tSource 64 67\tshe
T11\tCue 68 72\tsaid
T12\tAttribution-no-source 68 72\tsaid
E3\tAttribution:T4 Source:T1
"""


@pytest.fixture
def split(tmp_path):
    return lay_out(tmp_path, {"quill": TEXT}, {"quill_ab12": BRAT})


def lay_out(folder, texts, annotations):
    for kind, ending, files in (("text", ".txt", texts), ("attributions", ".ann", annotations)):
        (folder / kind).mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / kind / (name + ending)).write_bytes(text.encode())
    return folder


def record(text=TEXT, statements=(), name="quill", **more):
    return {"article": {"id": "art-1", "source_id": name, "text": text}, "statements": list(statements), **more}


def statement(number, source=(), cue=(), content=(), **more):
    roles = {"source": source, "cue": cue, "content": content}
    return {"id": f"s{number}", **{k: {"spans": [list(v)]} if v else None for k, v in roles.items()}, **more}


def test_attributions_with_a_cue_in_the_order_of_their_cues(split):
    (article,) = load_polnear(split)
    assert article.id == "quill"
    first, second = article.attributions
    assert (first.source, first.cue, first.content) == ((Span(0, 15),), (Span(16, 22),), (Span(23, 49),))
    assert second.source == (Span(64, 67),)
    assert second.content == (Span(51, 55), Span(56, 63))


def test_first_annotator_counts(split):
    lay_out(split, {}, {"quill_aa00": "", "quill_zz99": "E1\tbroken"})
    assert load_polnear(split)[0].attributions == ()


def test_article_without_annotations_has_no_gold(split):
    lay_out(split, {"quill_two": "Nothing was said.", "other": "Rain."}, {})
    assert [(a.id, len(a.attributions)) for a in load_polnear(split)] == [("other", 0), ("quill", 2), ("quill_two", 0)]


def test_documents_keep_every_character(split):
    lay_out(split, {"crlf": "One.\r\nTwo.\r"}, {})
    texts = {d.source_id: d.text for d in polnear_documents(split)}
    assert texts == {"crlf": "One.\r\nTwo.\r", "quill": TEXT}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("T1\tSource", "expected a type and offsets"),
        ("T1\tSource 3", "expected a type and offsets"),
        ("T1\tSource 3 x", "expected a type and offsets"),
        ("T1\tSource 3 9;", "expected a type and offsets"),
        ("T1\tSource 9 3", "is no span of a text"),
        ("T1\tSource 3 999", "is no span of a text"),
        ("E1\tCue", "expected Role:T1"),
        ("E1\tCue:T1:T2", "expected Role:T1"),
        ("E1\tCue:T77", "names nothing that the file marks"),
    ],
)
def test_malformed_lines_are_named(split, line, says):
    path = split / "attributions" / "quill_ab12.ann"
    path.write_text(f"T8\tCue 0 5\tMayor\n{line}\n", encoding="utf-8")
    with pytest.raises(MalformedError) as caught:
        load_polnear(split)
    assert str(caught.value).startswith(f"{path}:2: ") and says in str(caught.value)


def test_not_utf8(split):
    (split / "text" / "quill.txt").write_bytes(b"caf\xe9")
    with pytest.raises(MalformedError, match="not UTF-8 at byte 3"):
        load_polnear(split)


def test_a_folder_where_a_file_should_be(split):
    (split / "text" / "odd.txt").mkdir()
    with pytest.raises(InputError, match=r"odd\.txt: is a directory"):
        load_polnear(split)


def test_no_such_split(tmp_path):
    with pytest.raises(NotFoundError, match="a PolNeAR split has"):
        evaluate_polnear(tmp_path / "none", [])
    (tmp_path / "text").mkdir()
    with pytest.raises(NotFoundError, match="attributions"):
        load_polnear(tmp_path)


def test_scores_of_a_small_split(split):
    found = [
        statement(0, (0, 15), (16, 22), (28, 49), score=0.9),  # without "that": the edges do not matter
        statement(1, (64, 67), (68, 72), (51, 60), score=0.8),  # content a little short: right by the relaxed rule
        statement(2, (6, 15), (32, 38), (39, 42), score=0.1),  # invented
        statement(3, (6, 15), (32, 38), (39, 42), inside="s0", score=0.2),  # nested and unmatched: not counted
    ]
    scores = evaluate_polnear(split, [record(statements=found)])
    assert (scores.articles, scores.unusable) == (1, 0)
    assert scores.triple_exact.right == 1 and scores.triple_relaxed.right == 2
    assert scores.triple_relaxed.predicted == 3 and scores.triple_relaxed.gold == 2
    assert scores.roles.source.right == 2 and scores.roles.cue.f1 == pytest.approx(0.8)
    assert scores.reliability is not None and scores.reliability.count == 3


def test_record_of_another_text_is_unusable(split):
    scores = evaluate_polnear(split, [record(text=TEXT + "!", statements=[statement(0, (0, 15), (16, 22), (23, 49))])])
    assert scores.unusable == 1 and scores.triple_relaxed.predicted == 0 and scores.triple_relaxed.gold == 2


def test_labels(split, tmp_path):
    table = tmp_path / "labels.tsv"
    table.write_text(
        "DOC\tquill\nS0\tAda Quill\tperson\tdeny\t—\nS1\tAda Quill\tperson\tstate\tBob Ash\n"
        "S7\tNobody\tperson\tstate\t—\nCLASH\tS0\tS1\tdeny\tthe bridge\n",
        encoding="utf-8",
    )
    found = [
        statement(0, (0, 15), (16, 22), (23, 49), speaker={"name": "Quill"}, act={"code": "deny"}),
        statement(
            1, (64, 67), (68, 72), (51, 63), speaker={"name": "she"}, act={"code": "ask"}, target={"name": "Ash"}
        ),
    ]
    clashes = [
        {"a": "s1", "b": "s0", "kind": "deny", "score": 0.5},
        {"a": "s0", "b": "s9", "kind": "deny", "score": 0.5},
    ]
    labels = evaluate_polnear(split, [record(statements=found, clashes=clashes)], labels=table).labels
    assert labels is not None
    assert {k: (v.right, v.total) for k, v in labels.speaker.by_form.items()} == {
        "all": (1, 2),
        "named": (1, 1),
        "pronoun": (0, 1),
    }
    assert (labels.speaker.given.right, labels.speaker.given.total) == (1, 2)
    assert labels.act.accuracy.value == 0.5 and labels.act.macro_f1 == 0.5
    assert (labels.target.right, labels.target.predicted, labels.target.gold) == (1, 1, 1)
    # The wrong clash comes first among equals.
    assert labels.clash.average_precision == 0.5 and labels.clash.kind.value == 1


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("S0\ta\tperson\tstate\t—", 1),
        ("DOC\tx\nS0\ta\tperson\tstate", 2),
        ("DOC\tx\nQ0\ta\tperson\tstate\t—", 2),
        ("DOC", 1),
        ("DOC\tx\n\nCLASH\tS0\tS1", 3),
        ("DOC\tx\nCLASH\tS0\tone\tdeny\t", 2),
    ],
)
def test_malformed_labels_are_named(split, tmp_path, lines, place):
    table = tmp_path / "labels.tsv"
    table.write_text(lines, encoding="utf-8")
    with pytest.raises(MalformedError) as caught:
        evaluate_polnear(split, [], labels=table)
    assert str(caught.value).startswith(f"{table}:{place}: ")
