"""The subject of a verb: the trigger stands in brackets, names in braces."""

import re

import pytest

from onrecord.extract.clauses import Bounds, agents_of, subject_of
from onrecord.extract.players import PartyPlace
from onrecord.records import Span


def read(marked: str) -> tuple[str, int, list[PartyPlace]]:
    text, at, start, named = "", 0, 0, []
    for part in re.split(r"([{}\[\]])", marked):
        if part == "{":
            start = len(text)
        elif part == "}":
            named.append(PartyPlace(Span(start, len(text)), text[start:], False))
        elif part == "[":
            at = len(text)
        elif part != "]":
            text += part
    return text, at, named


@pytest.mark.parametrize(
    ("marked", "kind", "parties"),
    [
        ("{Norvia} [shelled] the port", "named", ("Norvia",)),
        ("The army of {Norvia} and {Calder} [attacked]", "named", ("Norvia", "Calder")),
        ("Gunmen from {Calder} on Sunday [killed]", "named", ("Calder",)),
        ("A tiger [attacked] two women", "other", ()),
        ("A storm in {Calder} [killed] nine", "other", ()),
        ("A storm battered {Calder}, [killed] nine", "other", ()),
        ("Storm hits {Calder}, [kills] nine", "other", ()),
        ("A storm crossed {Calder} and then [flattened] a school", "other", ()),
        ("{Calder} said a storm had [killed] nine", "other", ()),
        ("{Norvia} closed a road and then [moved] its guns", "named", ("Norvia",)),
        ("{Norvia} shelled it before dawn and [killed] two", "named", ("Norvia",)),
        ("{Norvia} opened a road and a mob [attacked] it", "other", ()),
        ("{Norvia}, which [attacked] it", "named", ("Norvia",)),
        ("The missile that [struck] it", "other", ()),
        ("{Norvia}, which lies inland and has no fleet, [shelled] it", "named", ("Norvia",)),
        ("{Norvia}, whose guns face {Calder}, [shelled] it", "named", ("Norvia",)),
        ("{Norvia} freed men who had robbed {Calder}, but [held] two", "named", ("Norvia",)),
        ("{Norvia} hit depots that {Calder} says were empty, and [burned] two", "named", ("Norvia",)),
        ("The guards who fought there and [shot] him", "other", ()),
        ("{Norvia} had backed down, doubled the pay and [freed] nine", "named", ("Norvia",)),
        ("On Friday they [burned] it", "pronoun", ()),
        ("{Norvia} closed the pass for six hours and {Calder} [recalled] its consul", "named", ("Calder",)),
        ("{Norvia} shelled {Harrow} and {Calder}, [killing] nine", "named", ("Norvia",)),
        ("They held nine, among them {Ada Lane}, who was [jailed]", "named", ("Ada Lane",)),
        ("{Norvia} seized the {Gull} and the {Heron}, and [freed] one", "named", ("Norvia",)),
        ("{Norvia} shelled the quay and the {Gull} fled, and [sank]", "named", ("Gull",)),
        ("In the island's capital, {Harrow}, dockers [stormed] it", "other", ()),
        ("In March, {Norvia}, backed by {Calder}, [stormed] it", "named", ("Norvia",)),
        ("In {Harrow} the {Guards} [shot] a man", "named", ("Guards",)),
        ("In {Harrow}, thieves [shot] a man", "other", ()),
        ("But {Tam Lane}, a clerk of the port, [said] so", "named", ("Tam Lane",)),
        ("{Norvia} shut it -- and {Calder} [said] so", "named", ("Calder",)),
        ("{Tam Lane}, 41, [killed] him", "named", ("Tam Lane",)),
        ("They [fired] on it", "pronoun", ()),
        ("{Norvia} said that its jets had [bombed] it", "pronoun", ()),
        ("[Fired] on it", "unknown", ()),
        ("The {League}, to which both belong, [met]", "named", ("League",)),
        ("The {Union}, which had held the quay since May, [left] it", "named", ("Union",)),
        ("The pass, which the {Grey Coats}, an armed band, have [blocked]", "named", ("Grey Coats",)),
        ("{Norvia}, which the {Grey Coats} fought for years, [fell]", "named", ("Norvia",)),
        ("{Ada Lane} had seen the {Guards} [beat] a boy", "named", ("Guards",)),
        ("{Ada Lane} had seen one of them [kick] a boy", "other", ()),
        ("{Ada Lane} watched the {Guards} and [fled]", "named", ("Ada Lane",)),
    ],
)
def test_subject(marked, kind, parties):
    text, at, named = read(marked)
    found = subject_of(text, 0, at, named)
    assert (found.kind, found.parties) == (kind, parties)


@pytest.mark.parametrize(
    ("marked", "agents"),
    [
        ("[beaten] by a mob in {Harrow}", ()),
        ("[beaten] in {Harrow} by {Norvia}", ("Norvia",)),
        ("[beaten] by troops of {Norvia}", ("Norvia",)),
        ("[beaten] in {Harrow}", None),
        ("[jailed] for fraud by abusing {Norvia}", None),
    ],
)
def test_agents(marked, agents):
    text, _, named = read(marked)
    assert agents_of(text, 6, len(text), named) == agents


@pytest.mark.parametrize(
    ("kinds", "text", "left", "right"),
    [
        (("comma",), "of 1,200 men, nine | fled, ten stayed", " nine ", " fled"),
        (("mark",), "at 10:30: it | rained; 3:40", " it ", " rained"),
        (("stop",), "3.5 left. Two | went. One", " Two ", " went"),
        (("single",), "Lane’s ‘men | fled’ he", "men ", " fled"),
        (("who", "comma"), "Lane, who | fled", " ", " fled"),
        (("coordinate",), "he and she, and | they", " ", " they"),
    ],
)
def test_a_clause_ends_at_bounds_of_the_kinds_that_are_named(kinds, text, left, right):
    at = text.index("|")
    bounds = Bounds(*kinds)
    assert text[bounds.opened(text, 0, at) : at] == left
    assert text[at + 1 : bounds.closed(text, at + 1, len(text))] == right


def test_a_bound_tells_its_kind_with_its_comma():
    found = [(m.lastgroup, m[0]) for m in Bounds("comma", "who", "joint").within("he, who left, and she", 0, 21)]
    assert found == [("who", ", who"), ("comma", ","), ("joint", "and")]


def test_there_is_no_bound_of_an_unknown_kind():
    with pytest.raises(ValueError):
        Bounds("colon")
