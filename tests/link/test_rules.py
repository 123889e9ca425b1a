"""A human's word, an authority's rows, and that neither order nor company of blocks matters."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.knowing import known, linked, parts

from onrecord.link import AuthorityRow, Decision, EntityAnchor, Rules, identities_of, read_authority
from onrecord.records import MalformedError

MERGE = Decision("merge", EntityAnchor("art-001", "Ann Lane"), EntityAnchor("art-002", "Zoe Quill"))
SPLIT = Decision("split", MERGE.a, MERGE.b)


def test_a_merge_joins_what_nothing_else_would_and_a_later_split_parts_it():
    both = known(1, "Ann Lane"), known(2, "Zoe Quill")
    assert len(linked(*both)) == 2
    (one,) = linked(*both, rules=Rules((MERGE,)))
    assert {m.method for m in one.members} == {"decision"}
    assert len(linked(*both, rules=Rules((MERGE, SPLIT)))) == 2
    assert len(linked(*both, rules=Rules((SPLIT, MERGE)))) == 1


def test_a_split_takes_with_each_what_goes_with_it():
    rules = Rules((Decision("split", EntityAnchor("art-001", "Goran Lish"), EntityAnchor("art-002", "Goran Lish")),))
    a, b = ("una dray", "city rovers"), ("anna lorne", "harbour league")
    entities = [known(n, "Goran Lish", beside=beside) for n, beside in ((1, a), (2, b), (3, b), (4, a))]
    assert parts(*entities, rules=rules) == [["Goran Lish 1", "Goran Lish 4"], ["Goran Lish 2", "Goran Lish 3"]]


@pytest.mark.parametrize(
    ("printed", "mine"),
    [("Brauer", True), ("Oda Brauer", True), ("Braeuer", False), ("O. Brauer", True), ("O. Braeuer", False)],
)
def test_a_split_leaves_a_name_with_whom_it_is_spelled_like(printed, mine):
    """Whatever else is like: the one printed otherwise is decided to be somebody else."""
    rules = Rules((Decision("split", EntityAnchor("art-001", "Oda Brauer"), EntityAnchor("art-002", "Oda Braeuer")),))
    beside, roles = ("una dray", "city rovers", "anna lorne"), ["head of Brightwater Mills"]
    entities = [known(1, "Oda Brauer", roles=["head of the mills"])]
    entities += [known(2, "Oda Braeuer", beside=beside, roles=roles), known(3, printed, beside=beside, roles=roles)]
    mine_too = next(part for part in parts(*entities, rules=rules) if "Oda Brauer 1" in part)
    assert (f"{printed} 3" in mine_too) == mine


def test_a_split_asks_what_else_is_like_where_the_name_may_be_either_s():
    rules = Rules((Decision("split", EntityAnchor("art-001", "Goran Lish"), EntityAnchor("art-002", "G. Lish")),))
    a, b = ("una dray", "city rovers"), ("anna lorne", "harbour league")
    entities = [known(1, "Goran Lish", beside=a), known(2, "G. Lish", beside=b)]
    entities += [known(3, "G. Lish", beside=a), known(4, "Lish", beside=b)]
    assert parts(*entities, rules=rules) == [["G. Lish 2", "Lish 4"], ["G. Lish 3", "Goran Lish 1"]]


def test_a_word_on_an_entity_that_is_gone_changes_nothing():
    both = known(1, "Ann Lane"), known(3, "Ann Lane")
    assert parts(*both, rules=Rules((MERGE, SPLIT))) == parts(*both)


def test_an_authority_pins_names_and_joins_aliases():
    rows = (AuthorityRow("Q1", "Ann Lane", "person", ("Anna Quill",)),)
    (one,) = linked(known(1, "Ann Lane"), known(2, "Anna Quill"), rules=Rules(authority=rows))
    assert (one.wikidata, one.name) == ("Q1", "Ann Lane")
    assert {m.method for m in one.members} == {"authority"}
    assert linked(known(9, "Ann Lane"), rules=Rules(authority=rows))[0].id == one.id


def test_of_two_rows_of_one_name_the_role_tells_which_and_else_none():
    rows = (
        AuthorityRow("Q1", "Ann Lane", "person", (), "mayor", "2001", "2010-06"),
        AuthorityRow("Q2", "Ann Lane", "person", (), "striker"),
    )
    rules = Rules(authority=rows)
    assert [i.wikidata for i in linked(known(1, "Ann Lane", roles=["mayor"], day="2010-06-30"), rules=rules)] == ["Q1"]
    assert [i.wikidata for i in linked(known(1, "Ann Lane", roles=["mayor"], day="2010-07-01"), rules=rules)] == [None]
    assert [i.wikidata for i in linked(known(1, "Ann Lane"), rules=rules)] == [None]
    both = known(1, "Ann Lane", roles=["mayor"], day="2005-01-01"), known(2, "Ann Lane", roles=["striker"])
    assert sorted(i.wikidata or "" for i in linked(*both, rules=rules)) == ["Q1", "Q2"]


def test_an_authority_s_body_is_no_person():
    rules = Rules(authority=(AuthorityRow("Q1", "Lane", "organization"),))
    assert linked(known(1, "Lane"), rules=rules)[0].wikidata is None
    assert linked(known(1, "Lane", "organization"), rules=rules)[0].wikidata == "Q1"


HEADING = "name,aliases,kind,wikidata,role,from,to"


def test_an_authority_file_is_read():
    (row,) = read_authority([HEADING, 'Ann Lane,"A. Lane| Annie Lane",person,Q42,mayor,2001-02-03,2010'], "names.csv")
    assert row == AuthorityRow("Q42", "Ann Lane", "person", ("A. Lane", "Annie Lane"), "mayor", "2001-02-03", "2010")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["name,kind"], "line 1: no column aliases, wikidata, role, from, to"),
        ([HEADING, ",,person,Q1,,,"], "line 2: no name"),
        ([HEADING, "A B,,robot,Q1,,,"], "line 2: kind 'robot' is none of"),
        ([HEADING, "A B,,person,Q1,,,", "A C,,person,42,,,"], "line 3: wikidata '42' is no Wikidata id"),
        ([HEADING, "A B,,person,Q1,,May 2001,"], "line 2: from 'May 2001' is no date"),
        ([HEADING, "A B,,person,Q1,,2011-02-28,2011-02-31"], "line 2: to '2011-02-31' is no date"),
        ([HEADING, "A B,,person,Q1,,2002,2001"], "line 2: from 2002 lies after to 2001"),
        ([HEADING, "A B,,person,Q1,,,,more"], "line 2: more values than columns"),
        ([HEADING, "A B,,person"], "line 2: wikidata '' is no Wikidata id"),
        ([], "line 1: no column name"),
    ],
)
def test_a_wrong_authority_file_is_refused_with_its_line(lines, reason):
    with pytest.raises(MalformedError) as error:
        read_authority(lines, "names.csv")
    assert str(error.value).startswith(f"names.csv: {reason}")


FIRST = st.sampled_from(["John", "Jon", "Jack", "J.", "James", "Ann", "Anna", "Moammar", "Muammar"])
LAST = st.sampled_from(["Gaddafi", "Kadhafi", "Qaddafi", "Gadafi"])
ENTITY = st.builds(
    lambda article, first, last, bare, role, country, beside, kind: known(
        article, last if bare else f"{first} {last}", kind, roles=role, country=country, beside=beside
    ),
    st.integers(1, 8), FIRST, LAST, st.booleans(), st.sampled_from([(), ("minister",), ("striker",), ("colonel", "mayor")]),
    st.sampled_from([None, None, "LBY", "USA"]), st.sets(st.sampled_from(["anna lorne", "bo dray", "kessel", "norvik"])),
    st.sampled_from(["person", "person", "person", "place"]),
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(ENTITY, max_size=14, unique_by=lambda k: k.id), st.randoms(use_true_random=False))
def test_identities_are_a_function_of_the_set(entities, rng):
    found = linked(*entities)
    assert sorted(m.entity for i in found for m in i.members) == sorted(e.id for e in entities)
    assert len({i.id for i in found}) == len(found)
    again = list(entities)
    rng.shuffle(again)
    assert linked(*again) == found


def test_a_block_of_thousands_is_linked_in_time():
    rng = random.Random(3)
    names = [f"{a} Smith" for a in "Ann Bo Cy Dee Eve Flo Gus Hal".split()] + ["Smith", "Smyth"]
    people = [f"person{n} name{n}" for n in range(500)]
    block = [known(n, rng.choice(names), beside=rng.sample(people, 10), roles=["mayor"][: n % 2]) for n in range(2000)]
    assert sum(len(i.members) for i in identities_of(block)) == 2000
