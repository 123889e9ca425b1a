"""Pieces of markup made into pages, so that all markup is read in one way."""

from __future__ import annotations

import html
import re

_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|em|font|i|mark|s|small|span|strike|strong|time|tt|u|var)\b[^<>]*>", re.I
)
"""Markup inside a line: of a short piece the page reader makes paragraphs of what stands in it."""

_BLOCK = re.compile(r"<(?:p|div|section|article|ul|ol|table|blockquote|h[1-6]|body|html)\b", re.I)
_EMPTY_LINE = re.compile(r"<br\s*/?>\s*(?:<br\s*/?>\s*)+", re.I)
_TAG = re.compile(r"<[^<>]*>")


def as_page(fragment: str, title: str | None) -> str:
    """A page that holds a feed's or an item's piece of markup as its article, under its title."""
    fragment = _INLINE.sub("", fragment)
    if not _BLOCK.search(fragment):  # bare words are one paragraph, or several with empty lines between
        fragment = f"<p>{_EMPTY_LINE.sub('</p><p>', fragment)}</p>"
    heading = f"<h1>{html.escape(title, quote=False)}</h1>" if title and title.strip() else ""
    return f"<!doctype html><html><body><article>{heading}{fragment}</article></body></html>"


def plain_words(markup: str) -> str:
    """A line of markup, such as a feed's title, as the words that it shows."""
    return " ".join(html.unescape(_TAG.sub(" ", markup) if "<" in markup else markup).split())
