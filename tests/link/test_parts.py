"""Parts of a block: linking part by part finds what linking the whole finds, and most names are of a part of their own."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.knowing import known

from onrecord.link import block_key, identities_of, may_part, parts_of_names
from onrecord.link.identities import groups_of
from onrecord.link.parts import parts_of

FORENAMES = (
    "",
    "J.",
    "John",
    "Jon",
    "Johan",
    "Jonna",
    "Jack",
    "Mira",
    "Myra",
    "M.",
    "Timothy",
    "Tim",
    "Mira J.",
    "Abu Jon",
)
SURNAMES = ("Larsen", "Larson", "Larsens", "Lorsen", "Laursen", "Lersin", "Larzon", "al-Larsen", "Larsena", "Lars")
ROLES = ((), ("mayor",), ("striker",), ("defence minister",), ("union leader",))
COMPANY = ((), ("anna lorne", "harbour league"), ("una dray",), ("city rovers", "una dray"))


@st.composite
def blocks(draw):
    r = random.Random(draw(st.integers(0, 10**9)))
    found = {}
    for _ in range(draw(st.integers(1, 30))):
        surname = r.choice(SURNAMES)
        name = f"{r.choice(FORENAMES)} {surname}".strip() if r.random() < 0.7 else surname
        kind = "person" if " " in name or r.random() < 0.5 else r.choice(("place", "country", "organization"))
        land = r.choice((None, None, "NOR", "DNK")) if kind == "person" else None
        one = known(
            r.randint(1, 12), name, kind, roles=r.choice(ROLES), beside=r.choice(COMPANY), country=land,
            day=f"20{r.randint(10, 30)}-05-01",
        )  # fmt: skip
        found[one.id] = one
    return list(found.values())


def told(groups):
    return sorted(sorted((one.known.id, one.method, one.score) for one in group) for group in groups)


@settings(max_examples=300)
@given(blocks())
def test_linking_part_by_part_finds_what_linking_the_whole_does(block):
    whole: dict[str, list] = {}
    for one in sorted(block, key=lambda k: k.id):
        whole.setdefault(block_key(one), []).append(one)
    for members in whole.values():
        assert told(groups_of(members)) == told(g for part in parts_of(members) for g in groups_of(part))
        parts = parts_of(members)
        assert sorted(k.id for part in parts for k in part) == sorted(k.id for k in members)
        assert sorted((i for part in parts for i in identities_of(part)), key=lambda i: i.id) == list(
            identities_of(members)
        )


@settings(max_examples=50)
@given(blocks(), st.randoms())
def test_parts_depend_on_no_order(block, r):
    names = list({(k.kind, k.name, k.country) for k in block})
    shuffled = r.sample(names, len(names))
    assert {frozenset(p) for p in parts_of_names(names)} == {frozenset(p) for p in parts_of_names(shuffled)}


def parts(*names):
    found = parts_of_names([("person", name, None) for name in names])
    return sorted(sorted(name for _, name, _ in part) for part in found)


def test_bearers_of_one_surname_are_apart_until_somebody_is_called_by_it_alone():
    assert len(parts("Ann Larsen", "Bo Larsen", "Carl Larsen")) == 3
    assert len(parts("Ann Larsen", "Bo Larsen", "Carl Larsen", "Larsen")) == 1


def test_forms_and_spellings_of_a_name_are_of_one_part():
    assert parts(
        "Muammar Kadhafi", "Moammar Gaddafi", "M. Qaddafi", "Seif Kadhafi", "Timothy Gatford", "Tim Gatford"
    ) == [
        ["M. Qaddafi", "Moammar Gaddafi", "Muammar Kadhafi", "Seif Kadhafi"],
        ["Tim Gatford", "Timothy Gatford"],
    ]


def test_a_bare_surname_that_nobody_bears_may_be_a_slip_for_any_like_it():
    assert parts("Ann Larsen", "Bo Larsen", "Larson", "Ann Lorsen") == [
        ["Ann Larsen", "Ann Lorsen", "Bo Larsen", "Larson"]
    ]
    assert len(parts("Ann Larsen", "Bo Larsen", "Larson", "Carl Larson")) == 3


def test_bodies_hang_together_where_one_is_called_by_its_initials():
    bodies = [("organization", name, None) for name in ("Harbour League", "Hill Lodge")]
    assert len(parts_of_names(bodies)) == 2
    assert len(parts_of_names([*bodies, ("organization", "HL", None)])) == 1


@settings(max_examples=200)
@given(blocks(), st.randoms())
def test_who_comes_parts_nothing_that_was_one_but_where_it_is_told(block, r):
    names = [n for n in dict.fromkeys((k.kind, k.name, k.country) for k in block) if n[0] == "person"]
    old = r.sample(names, r.randint(0, len(names)))
    whole = {name: k for k, part in enumerate(parts_of_names(names)) for name in part}
    parted = any(len({whole[name] for name in part}) > 1 for part in parts_of_names(old))
    assert may_part(set(names) - set(old), names) or not parted
