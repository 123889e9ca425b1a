"""A name of several words is read alike wherever it stands."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scripted import article_of

from onrecord.extract.consistency import read_alike
from onrecord.records import Article, Mention, Span, mention_id


def mention(article: Article, words: str, kind: str, nth: int = 0) -> Mention:
    at = -1
    for _ in range(nth + 1):
        at = article.text.index(words, at + 1)
    span = Span(at, at + len(words))
    return Mention(mention_id(article.id, span, kind), span, kind, None, None, 0.9)


def shown(article: Article, mentions: list[Mention]) -> list[tuple[str, str]]:
    return [(m.span.of(article.text), m.kind) for m in mentions]


def test_other_places_of_a_longer_name_are_found() -> None:
    article = article_of("Harbour Bank paid. Lane left Harbour Bank on Monday.")
    found = read_alike(article, [mention(article, "Harbour Bank", "organization")])
    assert shown(article, found) == [("Harbour Bank", "organization")] * 2


def test_what_was_found_of_it_is_taken_over() -> None:
    article = article_of("Harbour Bank paid. Then Harbour Bank closed.")
    pieces = [mention(article, "Harbour", "place", 1), mention(article, "Bank", "organization", 1)]
    found = read_alike(article, [mention(article, "Harbour Bank", "organization"), *pieces])
    assert shown(article, found) == [("Harbour Bank", "organization")] * 2


def test_what_goes_beyond_it_is_left() -> None:
    article = article_of("Harbour Bank paid. The Harbour Bank Union left.")
    given_ = [mention(article, "Harbour Bank", "organization"), mention(article, "Harbour Bank Union", "group")]
    assert read_alike(article, given_) == given_


def test_part_of_a_word_is_no_place_of_it() -> None:
    article = article_of("Harbour Bank paid. Harbour Banks did not.")
    given_ = [mention(article, "Harbour Bank", "organization")]
    assert read_alike(article, given_) == given_


def test_single_words_and_dates_are_not_looked_for() -> None:
    article = article_of("Lane left on Monday night. Lane came on Monday night.")
    given_ = [mention(article, "Lane", "person"), mention(article, "Monday night", "date")]
    assert read_alike(article, given_) == given_


def test_the_commonest_kind_is_taken() -> None:
    article = article_of("Oto Brandt. Oto Brandt. Oto Brandt. Oto Brandt.")
    given_ = [mention(article, "Oto Brandt", k, n) for n, k in enumerate(("person", "work", "person"))]
    assert shown(article, read_alike(article, given_))[3] == ("Oto Brandt", "person")


WORDS = st.sampled_from("Ada Lane Oto Brandt Bank met the".split())


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=3, max_size=40), st.data())
def test_mentions_stay_apart_and_in_order(words: list[str], data) -> None:
    article = article_of(" ".join(words))
    edges = sorted(data.draw(st.sets(st.integers(0, len(words)), max_size=8)))
    spans = []
    for lo, hi in zip(edges[::2], edges[1::2], strict=False):
        start = len(" ".join(words[:lo])) + (1 if lo else 0)
        spans.append(Span(start, start + len(" ".join(words[lo:hi]))))
    given_ = [Mention(mention_id(article.id, s, "person"), s, "person", None, None, 0.5) for s in spans]
    found = read_alike(article, given_)
    assert all(a.span.end <= b.span.start for a, b in zip(found, found[1:], strict=False))
    assert read_alike(article, found) == found


def test_many_names_that_begin_alike_take_little_time() -> None:
    names = [f"Lane {a}{b}" for a in "ABCDEFGHIJKLMNOPQRST" for b in range(100)]
    article = article_of(" and ".join(names * 3) + ".")
    first = [mention(article, name, "person") for name in names[:400]]
    started = time.process_time()
    read_alike(article, first)
    assert time.process_time() - started < 5
