"""Which accounts are judged together."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from time import process_time

import pytest
from tests.clashes.telling import account, quoted, tally

from onrecord.clashes import KnownArticle, candidates, within
from onrecord.clashes.candidates import REACH
from onrecord.clashes.readings import is_silent
from onrecord.clashes.shelves import ListShelf
from onrecord.records import Span

HERE = KnownArticle(
    (
        account(0, "that the sluice gates at Oldmoor were opened in secret", by="Ines Marlow", at="Tom Redfern"),
        account(1, "the accusation", by="Tom Redfern", cue="rejected"),
        account(9, "that the band would play at noon", by="Ada Quill"),
    ),
    (tally(2, 17, by="Ines Marlow"), tally(3, 11, by="Tom Redfern")),
)
THERE = KnownArticle(
    (
        account(0, "the sluice gates at Oldmoor never moved", by="the river board", article="art-2"),
        account(5, "that the sluice gates stayed shut", by="the river board", article="art-2", day="2031-09-02"),
    ),
    (tally(4, 12, by="the river board", article="art-2"),),
)


def named(pairs):
    return {(a.statement, b.statement) for a, b in pairs}


def test_statements_near_each_other_are_judged():
    found = within(HERE)
    assert ("stm-art-1-0", "stm-art-1-1") in named(found.statements)
    assert [(a.value, b.value) for a, b in found.figures] == [(17, 11)]
    assert set(found.settings) == {"art-1"}


def test_a_long_page_costs_by_its_length():
    many = tuple(account(n, "that the gates were shut", by=f"Keeper {n}", paragraph=0) for n in range(3 * REACH))
    counts = tuple(tally(n, n + 1, by=f"Keeper {n}") for n in range(3 * REACH))
    found = within(KnownArticle(many, counts))
    assert len(found.statements) <= len(many) * REACH
    assert ("stm-art-1-0", f"stm-art-1-{REACH}") in named(found.statements)
    assert ("stm-art-1-0", f"stm-art-1-{REACH + 1}") not in named(found.statements)
    assert 0 < len(found.figures) <= len(counts) * REACH


def test_who_hands_on_what_somebody_said_is_not_against_him():
    words = "that the miller admits a leak at the upper sluice"
    outer, inner = account(2, words, by="the envoy"), account(2, words[16:], by="the miller", cue="admits")
    inner = replace(inner, statement="inner", spans=(Span(outer.spans[0].start + 16, outer.spans[0].end),))
    assert within(KnownArticle((outer, inner), ())).statements == ()
    denied = replace(outer, cue="denied", act="deny")
    assert within(KnownArticle((denied, inner), ())).statements == ((denied, inner),)
    beside = replace(inner, spans=tuple(Span(s.start + 500, s.end + 500) for s in inner.spans))
    assert within(KnownArticle((outer, beside), ())).statements == ((outer, beside),)


def test_a_question_is_against_nobody():
    denial = account(1, "I never opened the sluice", by="Tom Redfern")
    for content, pairs in (("whether he had opened the sluice", 0), ("Did you open the sluice?", 0), ("him to go", 1)):
        asked = account(0, content, by=None, cue="Asked")
        assert len(within(KnownArticle((asked, denial), ())).statements) == pairs
    assert within(KnownArticle((account(0, "about the sluice", act="ask"), denial), ())).statements == ()


def test_what_shares_nothing_is_not_judged():
    assert ("stm-art-1-0", "stm-art-1-9") not in named(within(HERE).statements)


def test_statements_of_one_matter_across_articles():
    here = KnownArticle(tuple(told(a) for a in HERE.accounts), HERE.tallies)
    there = KnownArticle(tuple(told(a) for a in THERE.accounts), THERE.tallies)
    found = candidates(here, ListShelf([here, there]))
    assert named(found.statements) == {("stm-art-1-0", "stm-art-2-0")}  # the other was said half a year later
    assert {(a.value, b.value) for a, b in found.figures} == {(17, 12), (11, 12)}


def told(a):
    """With the same thing named in the content."""
    return account(a.number, a.content[0], by=a.speaker, article=a.article, day=a.day, names=frozenset({"Oldmoor"}))


def test_a_copy_is_not_compared():
    copy = KnownArticle(
        tuple(account(a.number, a.content[0], by=a.speaker, article="art-3", origin="art-1") for a in HERE.accounts), ()
    )
    assert candidates(copy, ListShelf([HERE, THERE, copy])).statements == ()


def test_what_is_found_hangs_on_the_articles_and_not_on_their_order():
    known = [
        KnownArticle(tuple(account(n, f"that the sluice gates number {n} leak", article=f"art-{k}", names=frozenset({"Oldmoor"}),
                            by=f"speaker {k}") for n in range(3)), ())
        for k in range(3)
    ]  # fmt: skip
    seen = set()
    for order in permutations(known):
        pairs = set()
        for number, one in enumerate(order):
            pairs |= named(candidates(one, ListShelf(order[: number + 1])).statements)
        seen.add(frozenset(pairs))
    assert len(seen) == 1


def test_a_quotation_printed_otherwise_is_found():
    a = quoted(1, "We will open the sluice before the harvest and not a day later.", article="art-1")
    b = quoted(1, "We may open the sluice before the harvest and not a day later.", article="art-2")
    one, other = KnownArticle((a,), ()), KnownArticle((b,), ())
    found = candidates(other, ListShelf([one, other])).printings
    assert [(p.a.article, p.b.article) for p in found] == [("art-1", "art-2")]


def test_headline_and_lead_that_tell_one_statement_are_no_pair():
    head = account(0, "that the Oldmoor dam would hold through winter", by="Tess Arden", act="state")
    lead = account(1, "that the dam at Oldmoor would hold", by="the engineer", act="state")
    assert within(KnownArticle((head, lead), ())).statements == ()
    denial = account(1, "that the dam at Oldmoor would hold", by="the mayor", act="deny")
    assert within(KnownArticle((head, denial), ())).statements == ((head, denial),)
    later = account(2, "that the dam at Oldmoor would hold", by="the engineer", act="state")
    assert within(KnownArticle((head, later), ())).statements == ((head, later),)


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("declined", "to comment on the raid", True),
        ("would not", "say whether the gates had held", True),
        ("did not immediately", "respond to a request for comment", True),
        ("has refused", "to be interviewed", True),
        ("refused", "to open the gates", False),
        ("declined", "to discuss terms with the guild", False),
        ("did not", "say that the gates had held", False),
        ("said", "nobody would comment on the raid", False),
        ("said", "the guild did not comment on its members", True),
        ("told", "no such thing", True),
        ("said", "there was no such thing as a free ferry", False),
    ],
)
def test_who_says_that_nothing_is_said_disputes_nothing(cue, content, expected):
    silent = account(1, content, by="Tom Redfern", cue=cue, act="refuse", at="Ines Marlow")
    assert is_silent(silent) is expected
    claim = account(0, "that Tom Redfern led the raid", by="Ines Marlow", at="Tom Redfern")
    assert bool(within(KnownArticle((claim, silent), ())).statements) is not expected


def test_marks_without_words_cost_by_their_number():
    start = process_time()
    assert not is_silent(account(1, f"it did not comment{', ' * 100_000}.x", by="Tom Redfern"))
    assert process_time() - start < 5


@pytest.mark.parametrize(
    ("outer", "kept"),
    [
        ({"act": "accuse"}, False),
        ({"act": "criticize", "cue": "had told"}, False),
        ({"act": "deny"}, True),
        ({"act": "accuse", "cue": "accused"}, True),
    ],
)
def test_who_hands_on_what_one_told_does_not_clash_with_him(outer, kept):
    one = account(1, "Redfern had said that the sluice was shut", by="Ines Marlow", **outer)
    inner = replace(
        account(1, "that the sluice was shut", by="Tom Redfern"), spans=(Span(117, 141),), inside=one.statement
    )
    inner = replace(inner, statement="stm-art-1-1b", at=101)
    assert within(KnownArticle((one, inner), ())).statements == (((one, inner),) if kept else ())


@pytest.mark.parametrize(
    ("source", "by", "pairs"),
    [("Our divers", "Ines Marlow", 1), ("The divers", "Ines Marlow", 3), ("Our divers", "Ada Quill", 2)],
)
def test_what_ones_own_side_said_is_no_other_account(source, by, pairs):
    told = account(2, "Our divers told them that the sluice was rotten", by="Ines Marlow", form="direct")
    inner = replace(account(3, "that the sluice was rotten", by=source, source=source), inside=told.statement)
    before = account(1, "that the mill ignored a rotten sluice", by=by, act="accuse")
    assert len(within(KnownArticle((before, told, inner), ())).statements) == pairs
