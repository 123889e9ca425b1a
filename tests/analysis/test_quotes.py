"""Quotation marks: paired whatever the outlet's habit, and written one way without moving a character."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.quotes import pair_marks


def inner(text: str) -> list[str]:
    """The words inside each pair; to the end where nothing closes."""
    return [text[q.open + 1 : q.close] for q in pair_marks(text).quotations if q.open is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is over," she said. "We go home."', ["It is over,", "We go home."]),
        ("“It is over,” she said. “We go home.”", ["It is over,", "We go home."]),
        ("‘It is over,’ she said. ‘We go home.’", ["It is over,", "We go home."]),
        ("'It is over,' she said.", ["It is over,"]),
        ("„Es ist vorbei“, said Lane.", ["Es ist vorbei"]),
        ("« C'est fini », said Lane.", [" C'est fini "]),
        ("»Es ist vorbei«, said Lane.", ["Es ist vorbei"]),
        ("‘The workers’ rights don’t matter,’ he said.", ["The workers’ rights don’t matter,"]),
        ("The union’s chief said the workers’ rights mattered.", []),
        ("In the '90s they didn't care.", []),
        ("He called it a “red line” twice.", ["red line"]),
        ('("Never," he said.)', ["Never,"]),
        ("“A paragraph that runs on", ["A paragraph that runs on"]),
        ("‘He told me “no”’, she said. ‘I left.’", ["He told me “no”", "no", "I left."]),
        ("‘It rose 5%’ he said. ‘We won.’", ["It rose 5%", "We won."]),
        ("‘£5m is not enough,’ he said.", ["£5m is not enough,"]),
        ("‘“No” is what he said,’ she told us.", ["“No” is what he said,", "No"]),
        ("'24 hours is enough,' he said.", ["24 hours is enough,"]),
        ("He called them ‘liars’ while praising the workers’.", ["liars"]),
        ("'We back the workers' she said. '£5m is not enough.'", ["We back the workers", "£5m is not enough."]),
        ("Lane said: ‘We built it well.", ["We built it well."]),
        ("Give 'em rock 'n' roll, the workers' union said.", []),
        ('She is 6\'2" tall, and "fast".', ["fast"]),
    ],
)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_forgotten_mark_does_not_quote_the_rest() -> None:
    text = 'He said "the tide had turned. She said "no" to that, and "never" to this.'
    assert inner(text) == ["no", "never"]


def test_marks_are_written_one_way_and_apostrophes_another() -> None:
    assert pair_marks("‘Don’t go,’ he said – “now”.").text == '"Don\'t go," he said – "now".'


@given(st.text(alphabet=st.sampled_from("\"'“”‘’„«»‹›ab s.,( )\n—"), max_size=80))
def test_length_is_kept_and_pairs_lie_in_order(text: str) -> None:
    paired = pair_marks(text)
    assert len(paired.text) == len(text)
    for q in paired.quotations:
        assert q.open is not None or q.close is not None
        if q.open is not None and q.close is not None:
            assert q.open < q.close
    opens = [q.open for q in paired.quotations if q.open is not None]
    assert opens == sorted(opens)


@pytest.mark.parametrize("mark", ["‘a ", "“a ", "' ", "’", "«»"])
def test_a_text_of_marks_takes_linear_time(mark: str) -> None:
    pair_marks(mark * 1_000)
    short, long = (min(_seconds(mark * size) for _ in range(3)) for size in (20_000, 80_000))
    assert long < 10 * short + 0.2


def _seconds(text: str) -> float:
    """Of the processor; the least of several, for what the collector of garbage does in between is no matter of the text."""
    started = time.process_time()
    pair_marks(text)
    return time.process_time() - started


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('As for the price, he said," What price?"', ['" What price?"']),
        ('She asked:" Why now?" Nobody knew. "I do," he said.', ['" Why now?"', '"I do,"']),
        # The end of a quotation that began in the paragraph before.
        ('We won." Mr. Lane said. "We always do."', [None, '"We always do."']),
        ('It is no reform," said Ada Lane of the council." It is worse."', [None, '" It is worse."']),
    ],
)
def test_a_mark_on_the_wrong_side_of_its_space(text, quotations):
    found = [None if q.open is None else text[q.open : q.close + 1] for q in pair_marks(text).quotations]
    assert found == quotations
