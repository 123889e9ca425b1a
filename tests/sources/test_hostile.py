"""Texts made to keep a pattern busy: what a stranger sends is looked at in a time that grows as it does."""

from __future__ import annotations

import subprocess
import sys

import pytest

SECONDS = 60
"""A pattern that gives back what it took needs hours for these; one that does not, a thousandth of a second."""
LOOK = """
import sys
from onrecord.articles.pages import read_page
from onrecord.sources.documents import is_feed, is_page
from onrecord.sources.feeds import feed_entries

text = eval(sys.argv[1])
is_page(text), is_feed(text)
author = f"<author>{text[:100_000].replace('<', '').replace('&', '')}</author>"
list(feed_entries(f"<rss><channel><item><title>a</title>{author}</item></channel></rss>".encode(), "feed"))
list(feed_entries(text[:400_000].encode(), "feed"))
read_page(text[:400_000], None)
"""


@pytest.mark.parametrize(
    "text",
    [
        "'<!---->' * 60 + 'x'",
        "'<!-- a -->' * 20_000 + 'x'",
        "'<??>' * 60 + 'x'",
        "'<?a?>' * 20_000 + 'x'",
        "' ' * 900_000 + 'x'",
        "'<!doctype a [' + '] ' * 20_000",
        "'<!--' * 100_000",
        "'<?xml ' * 100_000",
        "'@' * 100_000",
        "'a@b' * 30_000",
        "'a@b ' + '(' * 100_000",
    ],
)
def test_a_text_in_which_a_pattern_could_lose_itself_is_read_at_once(text):
    subprocess.run([sys.executable, "-c", LOOK, text], check=True, timeout=SECONDS)
