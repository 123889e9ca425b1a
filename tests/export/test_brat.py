"""brat standoff, read by a small parser of its own that knows only brat's format."""

from __future__ import annotations

import re

import pytest

from onrecord import codebook
from onrecord.export import export

BOUND = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
EVENT = re.compile(r"(E\d+)\t(\w+):(T\d+)((?: \w+:[TE]\d+)*)")
ATTRIBUTE = re.compile(r"(A\d+)\t(\w+) (\w+) (\S+)")
NOTE = re.compile(r"(#\d+)\tAnnotatorNotes (\w+)\t(.+)")


def parse(text, ann):
    """Text-bound annotations (kind, pieces), events (trigger, arguments), attributes and notes by what they are of."""
    bound, events, attributes, notes, names = {}, {}, {}, {}, []
    for line in ann.split("\n")[:-1]:
        if m := BOUND.fullmatch(line):
            pieces = [tuple(map(int, p.split())) for p in m[3].split(";")]
            assert " ".join(text[s:e] for s, e in pieces) == m[4]
            assert all(s < e and "\n" not in text[s:e] for s, e in pieces)
            bound[m[1]] = (m[2], pieces)
        elif m := EVENT.fullmatch(line):
            assert bound[m[3]][0] == m[2], "a trigger is of its event's type"
            events[m[1]] = (m[3], [tuple(part.split(":")) for part in m[4].split()])
        elif m := ATTRIBUTE.fullmatch(line):
            attributes.setdefault(m[3], {})[m[2]] = m[4]
        elif m := NOTE.fullmatch(line):
            notes[m[2]] = m[3]
        else:
            raise AssertionError(f"no line of brat: {line!r}")
        names.append(line.split("\t")[0])
    assert len(set(names)) == len(names)
    assert all(ref in bound or ref in events for _, arguments in events.values() for _, ref in arguments)
    assert {*attributes, *notes} <= events.keys()
    return bound, events, attributes, notes


def sections(configuration):
    parts = re.split(r"^\[(\w+)\]$", configuration, flags=re.MULTILINE)[1:]
    return {
        name: [line.split("\t") for line in body.splitlines() if line]
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


@pytest.fixture
def folder(store, tmp_path):
    assert export(store, "brat", tmp_path / "brat") == {"articles": len(list(store.articles()))}
    return tmp_path / "brat"


def test_every_article_comes_back(store, folder):
    number = 0
    for id_ in store.articles():
        record = store.record(id_)
        text = (folder / f"{id_}.txt").read_bytes().decode()
        assert text == record.article.text
        bound, events, attributes, notes = parse(text, (folder / f"{id_}.ann").read_bytes().decode())
        assert len(events) == len(record.statements)
        by_number = dict(zip(events, record.statements, strict=True))
        for name, statement in by_number.items():
            trigger, arguments = events[name]
            roles = {role: ref for role, ref in arguments if role != "Inside"}
            places = {"Cue": bound[trigger][1], **{role: bound[ref][1] for role, ref in roles.items()}}
            for role, spans in (("Cue", statement.cue), ("Source", statement.source), ("Content", statement.content)):
                assert _words(text, places.get(role, [])) == _words(text, [(s.start, s.end) for s in spans])
            inside = [by_number[ref].id for role, ref in arguments if role == "Inside"]
            assert inside == ([statement.inside] if statement.inside else [])
            assert attributes[name]["Act"] == statement.act.code
            assert attributes[name]["Form"] == statement.form
            assert notes[name] == statement.speaker.name
        kinds = [kind.lower() for kind, _ in bound.values() if kind not in ("Cue", "Source", "Content")]
        assert kinds == [m.kind for m in record.mentions]
        number += len(events)
    assert number > 200


def _words(text, pieces):
    return " ".join(text[s:e] for s, e in pieces).split()


def test_the_configuration_knows_all_that_is_written(folder):
    known = sections((folder / "annotation.conf").read_text(encoding="utf-8"))
    entities = {row[0] for row in known["entities"]} | {row[0] for row in known["events"]}
    values = {row[0]: set(re.search(r"Value:(\S+)", row[1])[1].split("|")) for row in known["attributes"]}
    assert values["Act"] == set(codebook.acts())
    for path in folder.glob("*.ann"):
        text = path.with_suffix(".txt").read_bytes().decode()
        bound, events, attributes, _ = parse(text, path.read_bytes().decode())
        assert {kind for kind, _ in bound.values()} <= entities
        assert {role for _, arguments in events.values() for role, _ in arguments} <= {"Source", "Content", "Inside"}
        assert all(value in values[name] for told in attributes.values() for name, value in told.items())


def test_a_content_over_a_line_end_is_in_pieces(store, folder):
    (id_,) = [a for a in store.articles() if store.record(a).article.source_id == "siege"]
    text = (folder / f"{id_}.txt").read_bytes().decode()
    bound, *_ = parse(text, (folder / f"{id_}.ann").read_bytes().decode())
    pieces = [[text[s:e] for s, e in spans] for kind, spans in bound.values() if kind == "Content"]
    assert ["of shelling the port, “which", "we will answer”"] in pieces


def test_withdrawn_is_marked(store, folder):
    (id_,) = [a for a in store.articles() if store.record(a).article.source_id == "killed"]
    assert (folder / f"{id_}.ann").read_text(encoding="utf-8").count(" withdrawn\n") == 4
