"""Matters written to learn clashes from: their format, and where the parts of each statement come to stand."""

from __future__ import annotations

import pytest

from training.quarrels import load_quarrels

MATTER = """# a dam in Ostmere
@ OSTMERE | 2019-05-06 | Dam holds | Courier
1 | the engineer, Ila Venn, | Ila Venn | said | "the dam is sound" | state | —
2 | — | — | was feared | that it would break | believe | —
@ OSTMERE | 2019-05-07 | Dam leaks
3 | She | Ila Venn | denied | that it leaked | deny | Mart Orrin
! 1 2 contradict

@ ELSEWHERE | 2019-06-01 | Quiet
1 | nobody | — | said | nothing | state | —
"""


def load(tmp_path, text):
    path = tmp_path / "quarrels.txt"
    path.write_text(text, encoding="utf8")
    return load_quarrels(path)


def test_articles_of_a_matter_stand_together_with_what_clashes(tmp_path):
    dam, quiet = load(tmp_path, MATTER)
    assert [sorted(p.statements) for p in dam.pieces] == [[1, 2], [3]]
    assert dam.clashes == {(1, 2): "contradict"}
    assert dam.pieces[1].statements[3].target == "Mart Orrin"
    assert len(quiet.pieces) == 1 and not quiet.clashes


def test_each_part_stands_where_it_is_said_to(tmp_path):
    text, roles = load(tmp_path, MATTER)[0].pieces[0].laid_out()
    assert text == 'The engineer, Ila Venn, said "the dam is sound".\n\nwas feared that it would break.'
    assert [s.of(text) for r in roles for s in (*r.source, *r.cue, *r.content)] == [
        "The engineer, Ila Venn,", "said", '"the dam is sound"', "was feared", "that it would break"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("broken", "told"), [("! 1 2", "! 1 9"), ("| deny |", "deny"), ("@ OSTMERE | 2019-05-06 | Dam holds | Courier", "")]
)
def test_what_is_not_of_the_format_is_told_with_its_line(tmp_path, broken, told):
    with pytest.raises(ValueError, match=r"line \d+"):
        load(tmp_path, MATTER.replace(broken, told, 1))
