"""What people corrected: in every format with what was read beside it, and as labels whose spans are the text's own."""

from __future__ import annotations

import io
import json
import shutil

import pytest

from onrecord.export import exported
from onrecord.export.annotations import describe
from onrecord.export.corrections import write_corrections
from onrecord.export.jsonl import write_jsonl
from onrecord.export.tables import TABLES
from onrecord.query import Library
from onrecord.records import from_wire
from onrecord.store import AimedAt, Does, Somebody, SpokenBy, Stands, Store, Writer


@pytest.fixture(scope="module")
def corrected(db, tmp_path_factory):
    """A store in which four statements of one article are corrected, and the article as it was read."""
    path = tmp_path_factory.mktemp("corrected") / "news.db"
    shutil.copy(db, path)
    with Store.open(path, write=True) as store, Writer(store) as writer:
        record = next(r for r in store.records() if len(r.statements) > 4 and len(r.entities) > 1)
        name = record.entities[1].name
        a, b, c, d = (s.id for s in record.statements[:4])
        writer.correct(a, SpokenBy((Somebody(name, "person"),)), note="par. 3", by="Ida Lund")
        writer.correct(a, Does("warn"), by="Ida Lund")
        writer.correct(b, Stands(False), note="a heading")
        writer.correct(c, AimedAt(Somebody(name, "person")))
        writer.correct(d, SpokenBy(reason="unclear"))
    return path, record, name


def article(store, record):
    return next(e for e in exported(store) if e.record.article.id == record.article.id)


def test_labels_are_records_with_what_was_said_of_their_statements(corrected):
    path, record, name = corrected
    out = io.StringIO()
    with Store.open(path) as store:
        assert write_corrections(exported(store), out) == 4
        (wire,) = map(json.loads, out.getvalue().splitlines())
        assert from_wire(wire) == store.record(record.article.id)
    text, labels = wire["article"]["text"], wire["labels"]
    assert [one["statement"] for one in labels] == [s.id for s in record.statements[:4]]
    for one in labels:
        for role in ("source", "cue", "content"):
            assert " … ".join(text[start:end] for start, end in one[role]["spans"]) == one[role]["text"]
    speaker, rejected, target, nobody = (one["label"] for one in labels)
    place = text.index(name)
    named = {"names": [name], "kinds": ["person"], "spans": [[place, place + len(name)]]}
    assert speaker == {"statement": True, "speaker": {**named, "reason": None, "author": False}, "act": "warn"}
    assert rejected == {"statement": False}
    assert target == {"statement": True, "target": named}
    assert nobody["speaker"] == {"names": [], "kinds": [], "spans": [], "reason": "unclear", "author": False}
    read = labels[0]["read"]
    assert (read["speaker"]["name"], read["act"]["code"]) == (
        record.statements[0].speaker.name,
        record.statements[0].act.code,
    )
    assert [(d["field"], d["by"], d["note"]) for d in labels[0]["decisions"]] == [
        ("speaker", "Ida Lund", "par. 3"),
        ("act", "Ida Lund", None),
    ]


def test_every_format_has_the_word_and_tells_what_it_is_in_place_of(corrected):
    path, record, name = corrected
    said, out = record.statements[0], io.StringIO()
    with Store.open(path) as store:
        one = article(store, record)
        write_jsonl([one], out)
        (told,) = [s for s in json.loads(out.getvalue())["statements"] if s["id"] == said.id]
        assert record.statements[1].id not in out.getvalue()
        assert (told["speaker"]["printed"] or told["speaker"]["name"]) == name and told["speaker"][
            "basis"
        ] == "corrected"
        assert [(c["field"], c["was"], c["score"]) for c in told["corrected"]] == [
            ("speaker", said.speaker.name, said.speaker.score),
            ("act", said.act.code, said.act.score),
        ]
        row = dict(zip(TABLES["statements"].columns, next(TABLES["statements"].rows(one)), strict=True))
        assert (row["statement"], row["act"], sorted(row["corrected"])) == (said.id, "warn", ["act", "speaker"])
        tags = [b["value"] for b in next(describe(one))["body"] if b.get("purpose") == "tagging"]
        assert {"corrected:speaker", "corrected:act", "act:warn"} <= set(tags)


def test_every_answer_has_the_word_and_tells_what_it_is_in_place_of(corrected):
    path, record, name = corrected
    said, gone = record.statements[:2]
    with Library.open(path) as library:
        spoken = [u.said for u in library.who(name, size=200).items if u.said.id == said.id]
        assert [[c.field for c in s.corrected] for s in spoken] == [["speaker", "act"]]
        assert spoken[0].corrected[0].was == said.speaker.name and spoken[0].corrected[0].by == "Ida Lund"
        shown = library.show(gone.id)
        assert gone.id not in {s.id for s in shown.record.statements}
        assert [(c.statement, c.note) for c in shown.corrected if c.field == "statement"] == [(gone.id, "a heading")]
        hits = library.search(
            gone.source and " ".join(gone.content[0].of(record.article.text).split()[:6]), meaning=False
        )
        assert gone.id not in {a.statement for hit in hits.items for a in hit.utterance.appearances}
