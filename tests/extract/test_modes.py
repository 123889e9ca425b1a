"""How events were done: words of the trigger, and of its clause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.codebook import event_types
from onrecord.extract import modes
from onrecord.records import Span


def mode_of(code: str, trigger: str, sentence: str) -> str | None:
    """The mode of an event whose trigger stands in a sentence once."""
    at = sentence.index(trigger)
    return modes.mode_of(code, sentence, Span(at, at + len(trigger)))


TOLD = [
    ("ASSAULT", "Air strikes", "Air strikes killed nine in the valley.", "aerial"),
    ("ASSAULT", "bombed", "Their planes bombed the bridge.", "aerial"),
    ("ASSAULT", "struck", "Two jets struck a depot at noon.", "aerial"),
    ("ASSAULT", "killed", "A helicopter gunship killed nine.", "aerial"),
    ("ASSAULT", "hit", "Mortars hit the school.", "heavy-weapons"),
    ("ASSAULT", "suicide bombing", "A suicide bombing shook the market.", "suicide-attack"),
    ("ASSAULT", "car-bomb", "A car-bomb went off.", "explosives"),
    ("ASSAULT", "opened fire", "Guards opened fire on the bus.", "firearms"),
    ("ASSAULT", "fired tear gas", "Police fired tear gas.", "crowd-control"),
    ("CONSULT", "visited", "The minister visited the islands.", "visit"),
    ("CONSULT", "met", "They met for an hour.", "meet"),
    ("CONSULT", "spoke", "The two spoke by telephone on Friday.", "phone"),
    ("PROTEST", "marched", "Thousands marched to the square.", "demo"),
    ("PROTEST", "general strike", "A general strike shut the ports.", "general"),
    ("PROTEST", "hunger-strike", "He began a hunger-strike.", "hunger"),
    ("PROTEST", "looted", "Crowds looted three shops.", "riot"),
    ("SANCTION", "expelled", "Corran expelled two envoys.", "expel"),
    ("SANCTION", "closed", "Corran closed its embassy in Ostrel.", "withdraw"),
    ("AID", "sent", "The union sent tents and blankets.", "humanitarian"),
    ("AID", "lent", "The bank lent the state a great deal.", "economic"),
    ("COERCE", "Arrested", "Arrested at dawn, he said nothing.", "arrest"),
    ("COERCE", "deported", "Nine were deported.", "deport"),
    ("COERCE", "declared", "The council declared a state of emergency.", "martial-law"),
    ("MOBILIZE", "moved", "The army moved closer.", "troops"),
    ("RETREAT", "freed", "They freed nine men.", "release"),
]


@pytest.mark.parametrize(("type", "trigger", "sentence", "mode"), TOLD)
def test_words_tell_the_mode(type: str, trigger: str, sentence: str, mode: str) -> None:
    assert mode_of(type, trigger, sentence) == mode


@pytest.mark.parametrize(
    ("type", "trigger", "sentence"),
    [
        ("ASSAULT", "attacked", "They attacked the post."),
        ("ASSAULT", "attacked", "They attacked the post, and jets circled."),
        ("ASSAULT", "attacked", 'They attacked the post. "Our jets," he said.'),
        ("ASSAULT", "attacked", "They attacked the post " + "far beyond the hills " * 4 + "with mortars."),
        ("COERCE", "cut short", "Police arrested nine and cut short the march."),
        ("CONSULT", "opened", "The session opened while others visited the port."),
        ("AGREE", "signed", "They met and signed."),
        ("ASSAULT", "killed", "He killed nothing but time in the jetty's shade."),
    ],
)
def test_nothing_tells(type: str, trigger: str, sentence: str) -> None:
    assert mode_of(type, trigger, sentence) is None


def test_the_trigger_goes_before_what_stands_beside_it() -> None:
    assert mode_of("ASSAULT", "shot", "The planes, jets and drones shot nine.") == "firearms"
    assert mode_of("CONSULT", "telephoned", "He telephoned and visited, met and met.") == "phone"


def test_of_words_beside_it_the_nearest_counts() -> None:
    assert mode_of("ASSAULT", "hit", "Jets from the north near the shells hit it.") == "heavy-weapons"
    assert mode_of("ASSAULT", "hit", "Shells from the north near the jets hit it.") == "aerial"


def test_a_trigger_that_stands_twice_is_read_where_it_stands() -> None:
    sentence = "Shells killed nine, and jets killed four."
    assert modes.mode_of("ASSAULT", sentence, Span(7, 13)) == "heavy-weapons"
    assert modes.mode_of("ASSAULT", sentence, Span(29, 35)) == "aerial"


def test_an_unknown_type_is_an_error() -> None:
    with pytest.raises(KeyError):
        mode_of("MAKE A STATEMENT", "said", "He said it.")


@pytest.mark.parametrize("kind", event_types().values(), ids=lambda k: k.code)
def test_every_word_tells_of_its_mode(kind) -> None:
    for mode in kind.modes.values():
        for word in mode.words:
            printed = word.replace("*", "")
            assert mode_of(kind.code, printed, printed) == mode.name, word


@given(
    st.sampled_from(sorted(event_types())), st.text(max_size=40), st.text(min_size=1, max_size=20), st.text(max_size=40)
)
def test_a_mode_is_one_of_its_type(code: str, before: str, trigger: str, after: str) -> None:
    mode = modes.mode_of(code, before + trigger + after, Span(len(before), len(before + trigger)))
    assert mode is None or mode in event_types()[code].modes


def test_a_relative_clause_ends_where_the_predicate_goes_on():
    assert mode_of("COERCE", "stole", "A clerk who stole a watch has been jailed.") is None
