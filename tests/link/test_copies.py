"""Wire copies: what is one text, and which of its printings is the origin."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.link import LEAST_BANDS, Printing, copies_of, is_copy, likeness, may_be_copies, signature, those_like

WIRE = """KESSEL, May 4 (Norvane) - A ferry with 212 people on board ran aground on the Morrow sandbank before dawn on \
Sunday, and 9 passengers were hurt when lifeboats were lowered in heavy seas, the coast guard of Ostmere said.

"Nobody was left behind," said Captain Ulla Brandt, who had stayed on the bridge until noon. "We counted them \
twice, and then we counted them again."

The ferry, built in 1988, had left Kessel shortly after midnight with a crew of 31. It struck the bank at a \
speed of 14 knots, 3 miles from the harbour, after its steering had failed, according to a first report by \
inspectors who went on board in the afternoon.

Transport Minister Piet Lorne promised an inquiry within 30 days. He told parliament that the owner, Quill \
Lines, had been warned in March about worn cables on two of its 5 ships, and had asked for more time to replace \
them.

Quill Lines denied that any warning had been received. Its director, Rhea Foss, said the cables had been \
inspected 6 weeks before and found to be in good order. The company would pay for hotels, she added."""
PARAGRAPHS = WIRE.split("\n\n")
OTHER = """OSTMERE - It was still dark when the deck tilted, and Jonas Veit, a baker from the upper town, thought first of \
his bread. He had 14 crates of it in the hold for the island's only shop, which opens at six whatever the \
weather does.

"Nobody was left behind," Captain Ulla Brandt would tell him hours later, wrapped in a grey blanket on the pier. \
"We counted them twice, and then we counted them again."

Islanders who had seen the lights stop moving took out their own boats without waiting to be asked. By breakfast \
the school was full of strangers in borrowed clothes, and somebody had found a piano. The minister, Piet Lorne, \
came and went by helicopter; few noticed him.

What broke is for others to find out. The baker's crates came ashore at noon, dry as they had been packed, and \
were sold out by one."""


def copied(a: str, b: str) -> bool:
    return len(set(signature(a).bands) & set(signature(b).bands)) >= LEAST_BANDS and is_copy(likeness(a, b))


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(PARAGRAPHS[:2]),
        "\n\n".join((PARAGRAPHS[0], PARAGRAPHS[3])),
        f"Ferry runs aground, nine hurt\n\n{WIRE}",
        WIRE.replace("KESSEL, May 4 (Norvane) -", "From our correspondent in Kessel –"),
        WIRE.replace('"', "”").replace("was", "had been").replace("Sunday", "May 4"),
        "\n\n".join(("A night on the Morrow bank ended well for all but nine.", *PARAGRAPHS[1:])),
        WIRE.upper(),
    ],
)
def test_a_shortened_or_edited_text_is_a_copy(text):
    assert copied(WIRE, text)
    assert likeness(WIRE, text) == likeness(text, WIRE)


def test_another_reporter_with_the_same_quotations_is_no_copy():
    assert not copied(WIRE, OTHER)


def test_a_report_of_the_same_mould_is_no_copy():
    other = WIRE
    for old, new in {
        "212": "87", " 9 ": " 4 ", "1988": "2003", "31": "12", "14": "9", " 3 ": " 7 ", "30": "60", " 5 ": " 8 ", " 6 ": " 11 ",
        "Morrow": "Tarn", "Kessel": "Vintby", "KESSEL": "VINTBY", "Brandt": "Holm", "Ulla": "Sofia", "Piet": "Ada",
        "Lorne": "Crane",
        "Quill": "Arven", "Rhea": "Tess", "Foss": "Garn", "Ostmere": "Lowmere", "Sunday": "Friday", "May 4": "June 9",
    }.items():  # fmt: skip
        other = other.replace(old, new)
    assert not is_copy(likeness(WIRE, other))


def test_a_text_of_few_words_is_compared_with_nothing():
    assert signature("Nobody was left behind.").bands == ()
    assert not is_copy(likeness("Nobody was left behind.", "Nobody was left behind."))
    assert not is_copy(likeness("", ""))


def test_what_is_screened_out_is_no_copy():
    texts = [WIRE, OTHER, "\n\n".join(PARAGRAPHS[:2]), "\n\n".join(PARAGRAPHS[2:]), WIRE.upper(), ""]
    pairs = [(a, b) for a in texts for b in texts]
    may = {pair: may_be_copies(signature(pair[0]).shingles, signature(pair[1]).shingles) for pair in pairs}
    assert may[WIRE, WIRE.upper()] and not may[texts[2], texts[3]]
    assert all(may[a, b] for a, b in pairs if is_copy(likeness(a, b)))


def test_bands_never_change():
    """They are stored: other bands would find no copy of what is in the store already."""
    assert signature(WIRE).bands[:3] == signature(WIRE.replace(",", " ,")).bands[:3] == BANDS


BANDS = (401752538005, 31354391159, 234711604798)


def test_an_agency_is_known_by_its_initials():
    agency = Printing("art-z", "2025-03-03", None, "Relief Wire", "RW")
    paper = Printing("art-a", "2025-03-03", None, "The Gulf Morning", "RW")
    (found,) = copies_of([paper, agency], [("art-z", "art-a")])
    assert found.origin == "art-z"


def test_the_origin_is_the_earliest_day_then_the_agency_then_the_hour():
    agency = Printing("art-z", "2025-03-03", None, "Norvane News Agency", "Norvane")
    paper = Printing("art-a", "2025-03-03", "2025-03-03T06:00:00Z", "The Courier", "Norvane")
    late = Printing("art-b", "2025-03-04", "2025-03-04T06:00:00Z", "The Post")
    (found,) = copies_of([late, paper, agency], [("art-a", "art-b"), ("art-z", "art-a")])
    assert (found.origin, found.copies) == ("art-z", ("art-a", "art-b"))


def test_versions_of_one_url_are_no_copies_of_each_other():
    old = Printing("art-1", "2025-03-03", url="https://a.example/x")
    new = Printing("art-2", "2025-03-04", url="https://a.example/x")
    other = Printing("art-3", "2025-03-05", url="https://b.example/x")
    assert copies_of([old, new], [("art-1", "art-2")]) == ()
    (found,) = copies_of([old, new, other], [("art-1", "art-2"), ("art-1", "art-3"), ("art-2", "art-3")])
    assert (found.origin, found.copies) == ("art-1", ("art-2", "art-3"))


NODES = [Printing(f"art-{n}", f"2025-03-{n % 3 + 1:02}", url=f"https://{n % 5}.example/") for n in range(8)]


@given(
    st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=12), st.randoms(use_true_random=False)
)
def test_clusters_are_a_function_of_the_set(edges, rng):
    pairs = [(a.article, b.article) for a, b in edges if a != b]
    found = copies_of(NODES, pairs)
    again = [(b, a) for a, b in pairs]
    rng.shuffle(again)
    assert copies_of(reversed(NODES), again) == found
    members = [m for c in found for m in (c.origin, *c.copies)]
    assert len(set(members)) == len(members)


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(WIRE.split() + OTHER.split()), max_size=80), max_size=6), st.integers(0, 3))
def test_several_texts_are_screened_at_once_as_they_are_one_by_one(texts, k):
    screened = [signature(" ".join(words)).shingles for words in texts] + [signature(PARAGRAPHS[k]).shingles]
    new = [signature(WIRE).shingles, *screened]
    pairs = np.array(list(product(range(len(new)), range(len(screened)))), np.int64).reshape(-1, 2)[::-1]
    told = [may_be_copies(new[a], screened[b]) for a, b in pairs.tolist()]
    assert those_like(new, screened, pairs).tolist() == told
    assert those_like(new, screened, pairs[:0]).tolist() == []
