"""From mention scores to mentions: runs of one kind, the marks at their edges, and the edges of paragraphs."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.scripted import ScriptedHeads, article_of, names_in, weights

from onrecord.analysis import KINDS, Analyzer, mentions_of
from onrecord.analysis.mentions import spot
from onrecord.records import Article, Mention, mention_id

TAGS = 1 + 2 * len(KINDS)
PERSON, COUNTRY = KINDS.index("person"), KINDS.index("country")


def first(kind: int, chance: float = 0.9) -> tuple[int, float]:
    return 1 + 2 * kind, chance


def later(kind: int, chance: float = 0.9) -> tuple[int, float]:
    return 2 + 2 * kind, chance


def spotted(*likely: tuple[int, float] | None, solid=None, segments=None, words=None):
    """What is found where each word's likeliest tag has the chance told, None being no mention; the rest is "no mention"."""
    table = np.zeros((len(likely), TAGS), np.float32)
    for row, tag in zip(table, likely, strict=True):
        at, chance = tag or (0, 1.0)
        row[at] = chance
        row[0] += 1.0 - row.sum()
    size = len(likely)
    found = spot(table, solid or [True] * size, segments or [0] * size, words or list(range(size)))
    return [(m.words, m.kind) for m in found]


def test_a_run_of_one_kind_is_one_mention() -> None:
    assert spotted(None, first(PERSON), later(PERSON), None) == [((1, 3), "person")]


def test_a_clear_beginning_starts_another() -> None:
    assert spotted(first(PERSON), first(PERSON), later(PERSON)) == [((0, 1), "person"), ((1, 3), "person")]


def test_another_kind_starts_another() -> None:
    assert spotted(first(COUNTRY), later(PERSON)) == [((0, 1), "country"), ((1, 2), "person")]


def test_a_run_may_lack_its_beginning() -> None:
    assert spotted(None, later(PERSON), later(PERSON)) == [((1, 3), "person")]


def test_the_kind_counts_and_not_which_of_its_tags() -> None:
    """A word that is a person's first or later word, each likelier than not at all together, is in a mention."""
    table = np.zeros((1, TAGS), np.float32)
    table[0, [0, 1 + 2 * PERSON, 2 + 2 * PERSON]] = 0.4, 0.31, 0.29
    [found] = spot(table, [True], [0], [0])
    assert found.kind == "person" and round(found.score, 5) == 0.6


def test_a_mention_ends_with_its_paragraph() -> None:
    assert spotted(first(PERSON), later(PERSON), segments=[0, 1]) == [((0, 1), "person"), ((1, 2), "person")]


def test_marks_at_the_edges_are_no_part_and_those_within_are() -> None:
    run = [first(PERSON), *[later(PERSON)] * 4]
    assert spotted(*run, solid=[False, True, False, True, False]) == [((1, 4), "person")]
    assert spotted(*run, solid=[False] * 5) == []


def test_words_are_those_of_the_article() -> None:
    assert spotted(first(PERSON), later(PERSON), words=[40, 41]) == [((40, 42), "person")]


def test_a_mention_is_as_sure_as_its_least_sure_word() -> None:
    table = np.zeros((2, TAGS), np.float32)
    table[0, [0, 1 + 2 * PERSON]] = 0.1, 0.9
    table[1, [0, 2 + 2 * PERSON]] = 0.3, 0.7
    [found] = spot(table, [True, True], [0, 0], [0, 1])
    assert round(found.score, 5) == 0.7


chances = st.lists(st.integers(0, TAGS - 1), max_size=30)


@given(chances, st.randoms(use_true_random=False))
def test_mentions_stand_in_order_and_apart(tags, random) -> None:
    table = np.zeros((len(tags), TAGS), np.float32)
    table[np.arange(len(tags)), tags] = 1.0
    segments = sorted(random.randrange(3) for _ in tags)
    solid = [random.random() < 0.7 for _ in tags]
    found = spot(table, solid, segments, list(range(len(tags))))
    at = 0
    for mention in found:
        lo, hi = mention.words
        assert at <= lo < hi
        assert len(set(segments[lo:hi])) == 1 and solid[lo] and solid[hi - 1]
        assert {(tags[k] - 1) // 2 for k in range(lo, hi)} == {KINDS.index(mention.kind)}
        at = hi


def mentions(text: str, names) -> tuple[Article, tuple[Mention, ...]]:
    from concurrent.futures import ThreadPoolExecutor

    article = article_of(text)
    made = weights()
    analyzer = Analyzer(ScriptedHeads(article, [], names=names_in(text, names)), made.tokenizer, made.settings)
    with ThreadPoolExecutor(1) as executor:
        analysis = analyzer.finish(analyzer.start(article, executor))
    return article, mentions_of(article, analysis)


def test_mentions_of_an_article_are_characters_and_not_linked() -> None:
    text = "Edda Tolvik of Ostrania met Lane on May 4.\n\n“Edda Tolvik!” cried Bo O’Hara-Lane."
    names = {"person": ["Edda Tolvik", "Lane", "Bo O’Hara-Lane"], "country": ["Ostrania"], "date": ["May 4"]}
    article, found = mentions(text, names)
    told = [(m.span.of(text), m.kind) for m in found]
    assert told == [
        *(("Edda Tolvik", "person"), ("Ostrania", "country"), ("Lane", "person"), ("May 4", "date")),
        *(("Edda Tolvik", "person"), ("Bo O’Hara-Lane", "person")),
    ]
    assert all(m.entity is None and m.method is None and 0.99 < m.score <= 1 for m in found)
    assert [m.id for m in found] == [mention_id(article.id, m.span, m.kind) for m in found]


def test_mentions_of_many_windows_are_in_text_order_once_each() -> None:
    text = "\n\n".join(f"The harbour of Brell was shut for {n} days, Ann Lane wrote to the council." for n in range(60))
    _, found = mentions(text, {"person": ["Ann Lane"], "place": ["Brell"]})
    assert [m.kind for m in found] == ["place", "person"] * 60
    assert list(found) == sorted(found, key=lambda m: m.span)


def test_no_names() -> None:
    assert mentions("Nobody of note was there to see it.", {})[1] == ()


def test_an_initial_holds_its_name_together_and_its_stop() -> None:
    text = "Ann A. Lane met J. Brandt in the U.S. on Monday. So did Bo. Ann was late."
    names = {"person": ["Ann A", "Lane", "J", "Brandt", "Bo", "Ann"], "country": ["U.S"]}
    _, found = mentions(text, names)
    told = [m.span.of(text) for m in found]
    assert told[:3] == ["Ann A. Lane", "J. Brandt", "U.S."]


def test_a_dateline_names_a_place() -> None:
    text = "Harbour shut\n\nTARVESK, March 5 (Halyard) - TARVESK United was late, Ann Lane said on Monday."
    article, found = mentions(text, {"organization": ["TARVESK", "TARVESK United"], "person": ["Ann Lane"]})
    assert article.dateline is not None
    assert next((m.span.of(text), m.kind) for m in found) == ("TARVESK", "place")
    assert found[1].kind == "organization"
