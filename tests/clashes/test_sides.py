"""Who speaks for whom, by the words of an article."""

from __future__ import annotations

from time import process_time

import pytest
from tests.clashes.telling import account

from onrecord.clashes.sides import heads_of, is_of_one_side, principals

TEXT = (
    "The mayor, Orla Kemp, left the hall at noon. Her lawyer, Bo Tasker, said the divers of Dray had found nothing.\n\n"
    "Tevin Marsh, a spokesman for Halden Mills, would not be drawn.\n\nKemp's agent Lou Varr wrote a letter. "
    "A spokeswoman for the minister, Pia Stroud, rang back: Nils Ostrem, the minister, was abroad."
)


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("Bo Tasker", {"orla", "kemp"}),
        ("Tevin Marsh", {"halden", "mill"}),
        ("Lou Varr", {"kemp"}),
        ("Orla Kemp", set()),
        ("the divers of Dray", set()),
    ],
)
def test_whose_lawyer_and_spokesman(who, whom):
    start = TEXT.index(who)
    assert principals(TEXT, who, ((start, start + len(who)),)) == whom


def test_their_lawyer_is_not_that_of_who_stands_right_before():
    text = "The judge, Orla Kemp, charged three divers. Their lawyer, Bo Tasker, said they were innocent."
    start = text.index("Their lawyer")
    assert principals(text, "Bo Tasker", ((start, start + len("Their lawyer, Bo Tasker")),)) == frozenset()


def test_nobody_is_told():
    assert principals(TEXT, None, ()) == frozenset()


BODY = {"speaker_kind": "organization"}


@pytest.mark.parametrize(
    ("body", "source", "headed"),
    [
        ("the river police", "Its chief, Bo Tasker,", True),
        ("the river police", "the police chief, Bo Tasker", True),
        ("Halden Mills", "Halden Mills spokesman Bo Tasker", True),
        ("Halden Mills", "Bo Tasker, a spokesman for Halden Mills,", True),
        ("the Union of Lock Keepers", "the union's president, Bo Tasker", True),
        ("Norvia's river ministry", "the ministry's director, Bo Tasker", True),
        ("Norvia's river ministry", "Norvia's president, Bo Tasker", False),  # of the land, not of the ministry
        ("the river police", "its former chief, Bo Tasker,", False),
        ("Halden Mills", "ex-Halden Mills director Bo Tasker", False),
        ("Halden Mills", "Halden Mills’s ex-director, Bo Tasker", False),
        ("the river police", "Bo Tasker, a miller", False),
        ("the river police", "the mill's director, Bo Tasker", False),
        ("a miller from the guild", "the guild's president, Bo Tasker", False),
        ("the river police", "Bo Tasker", False),
    ],
)
def test_who_heads_a_body(body, source, headed):
    one = account(0, "that the lock was shut", by=body, **BODY)
    two = account(1, "that nobody had a key", by="Bo Tasker", source=source)
    assert heads_of([one, two]) == ({"Bo Tasker": frozenset({body})} if headed else {})


def test_nobody_is_the_head_of_what_speaks_after_him_or_far_before():
    two = account(5, "that nobody had a key", by="Bo Tasker", source="Its chief, Bo Tasker,")
    assert heads_of([account(0, "so", by="the river police", **BODY), two]) == {}
    assert heads_of([account(6, "so", by="the river police", **BODY), two]) == {}
    assert heads_of([account(4, "so", by="Ada Quill"), two]) == {}


def test_who_admits_something_is_on_no_side():
    body = account(0, "that it had a key", by="the river police", act="deny", **BODY)
    head = account(1, "that the lock was shut", by="Bo Tasker", heads=body.speakers)
    assert is_of_one_side(body, head)
    assert is_of_one_side(head, body)
    assert not is_of_one_side(body, account(1, "that a key was there", act="admit", heads=body.speakers))
    assert not is_of_one_side(body, account(1, "that the lock was shut", by="Ada Quill"))
    assert not is_of_one_side(body, account(1, "that the lock was shut", article="art-2", heads=body.speakers))


def test_a_source_that_is_one_long_word_costs_by_its_length():
    for word in ("a", "'"):
        two = account(1, "that nobody had a key", by="Bo Tasker", source=f"director {word * 100_000}")
        start = process_time()
        assert heads_of([account(0, "so", by="the river police", **BODY), two]) == {}
        assert process_time() - start < 5
