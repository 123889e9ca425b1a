from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation.matching import (
    Letters,
    Roles,
    character_f1,
    pair_up,
    right_by_exact_rule,
    right_by_relaxed_rule,
)
from onrecord.records import Span

# A busy machine is no failure.


@st.composite
def text_and_roles(draw):
    text = draw(st.text(alphabet=st.sampled_from("ab that”,“ é😀"), min_size=1, max_size=60))
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)).map(
        lambda p: Span(p[0], min(len(text), p[0] + p[1]))
    )
    spans = st.lists(span, max_size=2).map(tuple)
    roles = st.builds(Roles, spans, spans, spans)
    return text, draw(st.lists(roles, max_size=5)), draw(st.lists(roles, max_size=5))


def test_trim_takes_marks_and_the_complementizer_off():
    text = "said “that ‘it rained’.”"
    assert [s.of(text) for s in Letters(text).trim([Span(5, len(text))])] == ["it rained"]
    assert Letters("that").trim([Span(0, 4)]) == (Span(0, 4),)
    assert Letters("that ,").trim([Span(0, 6)]) == ()
    assert Letters("“…”").trim([Span(0, 3)]) == ()


@given(text_and_roles())
def test_trimming_twice_is_trimming_once_but_for_that(case):
    text, left, _ = case
    letters = Letters(text)
    for roles in left:
        for span in letters.trim(roles.content):
            assert text[span.start].isalnum() and text[span.end - 1].isalnum()


@given(text_and_roles())
def test_letter_sets_are_sets_of_letters(case):
    text, left, right = case
    letters = Letters(text)

    def plainly(spans):
        return {i for s in spans for i in range(s.start, s.end) if text[i].isalnum()}

    for a in left:
        for b in right:
            p, q = plainly(a.content), plainly(b.content)
            expected = 2 * len(p & q) / (len(p) + len(q)) if p or q else 1.0
            assert character_f1(letters.of(a.content), letters.of(b.content)) == expected


@given(text_and_roles())
def test_pairs_are_one_to_one_and_share_something(case):
    text, left, right = case
    letters = Letters(text)
    mine, theirs = [letters.of_roles(r) for r in left], [letters.of_roles(r) for r in right]
    pairs = pair_up(mine, theirs)
    assert len(set(pairs.values())) == len(pairs)
    for g, p in pairs.items():
        assert mine[p].cue & theirs[g].cue or mine[p].content & theirs[g].content


@given(text_and_roles())
def test_everything_agrees_with_itself(case):
    text, left, _ = case
    letters = Letters(text)
    for roles in left:
        assert right_by_exact_rule(letters, roles, roles)
        assert right_by_relaxed_rule(letters.of_roles(roles), letters.of_roles(roles))


def test_the_better_pair_goes_first():
    letters = Letters("aaaaaaaaaa bbbb")
    gold = [letters.of_roles(Roles((), (Span(11, 15),), (Span(0, 10),)))]
    poor = letters.of_roles(Roles((), (), (Span(0, 5),)))
    good = letters.of_roles(Roles((), (), (Span(0, 9),)))
    cue = letters.of_roles(Roles((), (Span(11, 12),), (Span(0, 6),)))
    assert pair_up([poor, good], gold) == {0: 1}
    assert pair_up([poor, good, cue], gold) == {0: 2}


def test_relaxed_rule_needs_the_sources_to_agree():
    letters = Letters("aaaa bbbb cccc")
    gold = letters.of_roles(Roles((Span(0, 4),), (), (Span(5, 9),)))
    assert not right_by_relaxed_rule(letters.of_roles(Roles((), (), (Span(5, 9),))), gold)
    assert not right_by_relaxed_rule(letters.of_roles(Roles((Span(10, 14),), (), (Span(5, 9),))), gold)
    assert right_by_relaxed_rule(letters.of_roles(Roles((Span(3, 4),), (), (Span(5, 7),))), gold)
