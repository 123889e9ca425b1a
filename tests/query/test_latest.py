"""What came last: by day, and behind all days what has none, over as many pages as it takes."""

from __future__ import annotations

import pytest

from onrecord.query.latest import latest

SAID = ("Mayor Ilka Thorn", "said", "the weir would be mended by the spring at the latest")


def pages(store, size):
    found, cursor = [], None
    while True:
        page = latest(store, size=size, cursor=cursor)
        found.append([one.article.title for one in page.items])
        if (cursor := page.cursor) is None:
            return found


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6])
def test_what_has_no_day_is_listed_last_and_once(world, size):
    days = [None, "2024-05-02", None, "2024-05-01", "2024-05-02"]
    for k, day in enumerate(days):
        world.article(SAID, published=day, title=str(k), before="x" * k)
    found = pages(world.store, size)
    assert [title for page in found for title in page] == ["4", "1", "3", "2", "0"]
    assert all(len(page) == size for page in found[:-1])
    assert found[-1]


def test_a_record_without_a_day_is_none_without_articles(world):
    for k in range(3):
        world.article(SAID, published=None, outlet=None, title=str(k), before="x" * k)
    assert pages(world.store, 2) == [["2", "1"], ["0"]]


def test_of_nothing_there_is_one_page(world):
    assert pages(world.store, 2) == [[]]
