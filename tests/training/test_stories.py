"""The stories that were written for training: their gold stands in their texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.stories import WRITTEN, story_folders

STORIES = sorted(p for p in WRITTEN.iterdir() if p.is_dir())


def read(path: Path):
    return json.loads(path.read_text(encoding="utf8"))


def test_a_story_is_found_by_its_name_wherever_it_lies(tmp_path: Path) -> None:
    for name in ("ford", "empty"):
        (tmp_path / "invented" / name).mkdir(parents=True)
    (tmp_path / "invented" / "ford" / "gold").mkdir()
    found = story_folders(tmp_path)
    assert found["ford"] == tmp_path / "invented" / "ford"
    assert "empty" not in found
    assert [p for p in found.values() if p.parent == WRITTEN] == STORIES


@pytest.mark.parametrize("folder", STORIES, ids=lambda p: p.name)
def test_what_is_labelled_stands_where_it_is_said_to(folder: Path) -> None:
    ids = set()
    for path in sorted((folder / "articles").glob("*.json")):
        text, gold = read(path)["text"], read(folder / "gold" / path.name)
        words = lambda at: text[at[0] : at[1]]  # noqa: B023, E731
        for s in gold["statements"]:
            ids.add((path.stem, s["n"]))
            assert [words(at) for at in s["at"]["content"]] == s["content"]
            assert words(s["at"]["cue"]) == s["cue"]
            assert (words(s["at"]["source"]) if s["at"]["source"] else None) == s["source"]
        assert all(words(e["at"]) == e["trigger"] for e in gold["events"])
        assert all(words(f["at"]) == f["words"] for f in gold["figures"])
        assert {e["asserted_by"] for e in gold["events"]} <= {"narrator", *(s["n"] for s in gold["statements"])}
    clashes = read(folder / "gold" / "corpus.json")["clashes"]
    assert ids >= {tuple(c[side]) for c in clashes for side in ("a", "b")}
