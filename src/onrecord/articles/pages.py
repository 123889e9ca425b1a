"""What an HTML page says: the article's text and what its head tells about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")


@dataclass(frozen=True, slots=True)
class Page:
    """Text with a blank line between paragraphs (empty where the page holds no article), and its metadata."""

    text: str = ""
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None


def read_page(html: str, url: str | None) -> Page:
    """The article of a page. A page without one gives an empty Page: that is no error, there is nothing to read."""
    from trafilatura import bare_extraction  # here: a third of a second that plain text never pays

    markup = _DECLARATION.sub("", _UNUSABLE.sub("\ufffd", html), count=1)
    try:
        found = bare_extraction(
            markup,
            url=url,
            include_comments=False,
            with_metadata=True,
            # a day found anywhere in the text, or a year made into its first of January, would be a guess
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, TypeError, AttributeError, RecursionError):  # what broken markup brings lxml and its users to
        return Page()
    if found is None or isinstance(found, dict) or not found.text:
        return Page()
    body = [line.strip() for line in found.text.split("\n") if line.strip()]
    return Page(
        text="\n\n".join(body),
        title=_title(found.title, found.sitename),
        byline=found.author.replace("; ", " and ") if found.author else None,
        published=found.date or None,
        outlet=found.sitename or None,
        url=found.url or None,
    )


def _title(title: str | None, outlet: str | None) -> str | None:
    """The title on one line, without the outlet's name that pages hang on it."""
    words = " ".join((title or "").split())
    if outlet and words.endswith(outlet):
        words = re.sub(r"\s*[|–—-]\s*$", "", words[: -len(outlet)]) if words != outlet else words
    return words or None
