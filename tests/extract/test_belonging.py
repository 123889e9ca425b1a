"""Which words are no part of what a verb attributes."""

from __future__ import annotations

import pytest
from tests.scripted import quoted_words, read_marked

NAMES = {"person": ["Ada Lane", "Oto Said"]}


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        ("<Closing> the case, [the judge] {told} him: “<It was late.>”", [("the judge", "told", "“It was late.”")]),
        ("<The boat>, [the judge] {said}: “<It was late.>”", [("the judge", "said", "The boat … “It was late.”")]),
        # What a participle follows is another verb's.
        ("[Brell] belied reports <that it fell>, {saying} <it stood>.", [("Brell", "saying", "it stood")]),
        ("“<It fell>,” [she] wept, {saying} <it stood>.", [("she", "saying", "“It fell,” … it stood")]),
        # What was only passed on is not one's own.
        ("[Ada Lane] {liked a post saying} “<It is over>”.", [("a post", "saying", "“It is over”")]),
        ("[Ada Lane] wrote {a post saying} “<It is over>”.", [("Ada Lane", "a post saying", "“It is over”")]),
        # Questions.
        ("[Will the mayor] {tell} us <why it fell>?", []),
        ("MS LANE: [Will the mayor] {tell} us <why it fell>?", []),
        ("[Will Lane] {told} us <why it fell>.", [("Will Lane", "told", "why it fell")]),
        ("Is it not time that [the port] {apologised}? Oto left <that it would close>.", []),
        ("Did [the mayor] {say} <that it fell>?", [("the mayor", "say", "that it fell")]),
        # A surname.
        ("[Oto Said] {said} <it was late>.", [("Oto Said", "said", "it was late")]),
        ("[Oto] Said {said} <it was late>.", [("Oto Said", "said", "it was late")]),
        ("[Oto Lane]-Orr {said} <it was late>.", [("Oto Lane-Orr", "said", "it was late")]),
        ("[Oto]-led crews {said} <it was late>.", [("Oto", "said", "it was late")]),
        ("[Oto] {Said}, his deputy, was <late at the port>.", []),
        ("[Mayor Lane] {Said} To Sell <Harbour Boats>.", [("Mayor Lane", "Said", "Harbour Boats")]),
    ],
)
def test_what_belongs_to_a_verb(marked: str, found: list[tuple[str, str, str]]) -> None:
    assert [words[:3] for words in quoted_words(read_marked(marked, NAMES))] == found


def test_a_quotation_is_the_nearer_verbs() -> None:
    from tests.scripted import article_of

    from onrecord.extract.belonging import nearest
    from onrecord.records import Span

    text = "She apologised at once. “It failed,” she told them. “It never worked.”"
    article = article_of(text)
    at = lambda words: Span(text.index(words), text.index(words) + len(words))  # noqa: E731
    last = at("“It never worked.”")
    entries = [(at("apologised"), (last,)), (at("told"), (at("“It failed,”"), last))]
    assert nearest(article, entries) == [(), entries[1][1]]
    first = [(at("apologised"), (at("“It failed,”"),)), entries[1]]
    assert nearest(article, first) == [(), entries[1][1]]
    one = [(at("apologised"), (at("“It failed,”"), last)), (at("failed"), (at("told"),))]
    assert nearest(article, one)[0] == one[0][1]


def test_a_quotation_before_the_last_is_the_earlier_verbs() -> None:
    from tests.scripted import article_of

    from onrecord.extract.belonging import nearest
    from onrecord.records import Span

    text = "“It leaks,” the pilot said. “We were late,” the other added."
    article = article_of(text)
    at = lambda words: Span(text.index(words), text.index(words) + len(words))  # noqa: E731
    first, second = at("“It leaks,”"), at("“We were late,”")
    entries = [(at("said"), (first,)), (at("added"), (first, second))]
    assert nearest(article, entries) == [(first,), (second,)]


def test_a_clause_is_the_nearer_verbs_though_that_opens_it_there() -> None:
    from tests.scripted import article_of

    from onrecord.extract.belonging import nearest
    from onrecord.records import Span

    text = "The court heard that the wall leaked. The union was told that the pumps were safe."
    article = article_of(text)
    at = lambda words: Span(text.index(words), text.index(words) + len(words))  # noqa: E731
    leaked, safe = at("that the wall leaked"), at("the pumps were safe")
    entries = [(at("heard"), (leaked, safe)), (at("was told"), (at("that the pumps were safe"),))]
    assert nearest(article, entries) == [(leaked,), entries[1][1]]


def parted(text: str, *entries: tuple[str, list[str]]) -> list[str]:
    """The contents of (cue, fragments), told by their words, after quotations side by side were parted."""
    from tests.scripted import article_of, tokenizer

    from onrecord.analysis.words import split_words
    from onrecord.extract.belonging import apart
    from onrecord.extract.boundaries import marks_of
    from onrecord.records import Span

    article = article_of(text)
    marks = marks_of(split_words(text, article.paragraphs, tokenizer()), [p.end for p in article.paragraphs])
    at = lambda words: Span(text.index(words), text.index(words) + len(words))  # noqa: E731
    found = apart(article, marks, [(at(cue), tuple(at(c) for c in content)) for cue, content in entries])
    return [" … ".join(c.of(text) for c in content) for content in found]


def test_quotations_side_by_side_are_of_two_who_each_have_a_verb() -> None:
    text = "“It held,” Lane said. “We sail on.” “Never!” shouted a pilot."
    both = "“We sail on.” “Never!”"
    assert parted(text, ("said", ["“It held,”", both]), ("shouted", [both])) == [
        "“It held,” … “We sail on.”",
        "“Never!”",
    ]
    assert parted(text, ("said", ["“It held,”"]), ("shouted", [both]))[1] == "“Never!”"
    straight = text.replace("“", '"').replace("”", '"')
    assert parted(straight, ("said", ['"It held,"']), ("shouted", ['"We sail on." "Never!"']))[1] == '"Never!"'


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("A crowd came. “Out!” “Shame!” they shouted.", "shouted", "“Out!” “Shame!”"),
        ("Lane said so. He called it “grim” “rot” and “It fell.” told us.", "told", "“grim” “rot” and “It fell.”"),
        ("Lane said so.\n\n“Out!” “Shame!” they shouted.", "shouted", "“Out!” “Shame!”"),
    ],
)
def test_quotations_side_by_side_that_stay_together(text: str, cue: str, content: str) -> None:
    entries = [("said", ["Lane"])] if "Lane said" in text else []
    assert parted(text, *entries, (cue, [content]))[-1] == content


def test_what_another_verb_stands_before_is_that_ones() -> None:
    from tests.scripted import article_of

    from onrecord.extract.belonging import nearest
    from onrecord.records import Span

    text = "A source denied this, calling it “a lie”. The board said it rained. The wall fell, according to Brandt."
    article = article_of(text)
    at = lambda words: Span(text.index(words), text.index(words) + len(words))  # noqa: E731
    denied, calling = (at("denied"), (at("this"), at("“a lie”"))), (at("calling"), (at("it “a lie”"),))
    assert nearest(article, [denied, calling]) == [(at("this"),), calling[1]]
    said = (at("said"), (at("it rained"),))
    by_brandt = (at("according to"), (at("The board said it rained. The wall fell"),))
    assert nearest(article, [said, by_brandt]) == [said[1], (at("The wall fell"),)]
    assert nearest(article, [by_brandt]) == [by_brandt[1]]


def test_a_participle_of_manner_says_nothing_again() -> None:
    from tests.scripted import article_of

    from onrecord.extract.belonging import nearest
    from onrecord.records import Span

    text = "“It hurts,” Lane said, softly weeping. “It does,” Orr said, adding that it rained."
    article = article_of(text)
    at = lambda words: Span(text.index(words), text.index(words) + len(words))  # noqa: E731
    said, weeping = (at("said"), (at("“It hurts,”"),)), (at("weeping"), (at("“It hurts,”"),))
    assert nearest(article, [said, weeping]) == [said[1], ()]
    adding = (at("adding"), (at("that it rained"),))
    assert nearest(article, [said, adding]) == [said[1], adding[1]]
