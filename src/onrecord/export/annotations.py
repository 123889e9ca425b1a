"""W3C Web Annotation (JSON-LD, Recommendation of 2017): a collection with an annotation for each statement.

Its targets are pieces of the article's text, content first, then cue and source (``styleClass`` tells which), each by position
(code points, as the model counts) and by quotation. What is annotated is the text that onrecord read, named by a URN; ``scope``
is the page that it was taken from, on which the quotation finds it. The bodies tell who speaks and what act it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from onrecord.export.exported import Exported
from onrecord.records.wire_types import WireArticle, WireStatement
from onrecord.store.rows import dump

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters of prefix and suffix: what the best known clients of the model keep."""


def urn(id_: str) -> str:
    """An IRI for one of onrecord's ids: a name, no address."""
    return f"urn:onrecord:{id_}"


def write_annotations(articles: Iterable[Exported], out: TextIO) -> int:
    """Write the collection, an annotation a line; how many there were."""
    head = {"@context": CONTEXT, "id": urn("statements"), "type": "AnnotationCollection", "label": "Statements"}
    page = {"id": urn("statements:1"), "type": "AnnotationPage", "startIndex": 0}
    out.write(f'{dump(head)[:-1]},\n"first":{dump(page)[:-1]},"items":[')
    count = 0
    for article in articles:
        for annotation in describe(article):
            out.write(("," if count else "") + "\n" + dump(annotation))
            count += 1
    out.write(f'\n]}},\n"total":{count}}}\n')
    return count


def describe(article: Exported) -> Iterator[dict[str, Any]]:
    """Those of an article's statements that fit."""
    generator = {"id": urn(article.wire["run"]["id"]), "type": "Software", "name": _name(article)}
    for s in article.said():
        yield {
            "id": urn(s["id"]),
            "type": "Annotation",
            "motivation": "describing",
            "generator": generator,
            "body": list(_bodies(article, s)),
            "target": list(_targets(article.wire["article"], s)),
        }


def _bodies(article: Exported, s: WireStatement) -> Iterator[dict[str, Any]]:
    who = s["speaker"]
    if who["name"] is not None:
        yield {"type": "TextualBody", "purpose": "identifying", "value": who["name"], "format": "text/plain"}
    for identity in {i.id: i for e in who["entities"] if (i := article.identities.get(e))}.values():
        yield {"type": "SpecificResource", "purpose": "identifying", "source": urn(identity.id)}
    tags = [f"form:{s['form']}", s["act"] and f"act:{s['act']['code']}", f"standing:{s['standing']}"]
    tags += [f"corrected:{one['field']}" for one in s["corrected"]]
    for tag in filter(None, tags):
        yield {"type": "TextualBody", "purpose": "tagging", "value": tag, "format": "text/plain"}


def _targets(article: WireArticle, s: WireStatement) -> Iterator[dict[str, Any]]:
    source = {"id": urn(article["id"]), "type": "Text", "format": "text/plain"}
    source |= {"language": article["language"]} if article["language"] else {}
    scope = {"scope": article["url"]} if article["url"] else {}
    for role, words in (("content", s["content"]), ("cue", s["cue"]), ("source", s["source"])):
        for start, end in words["spans"] if words else ():
            selectors = [position(start, end), quotation(article["text"], start, end)]
            yield {"type": "SpecificResource", "source": source, **scope, "styleClass": role, "selector": selectors}


def position(start: int, end: int) -> dict[str, Any]:
    """A TextPositionSelector."""
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quotation(text: str, start: int, end: int) -> dict[str, Any]:
    """A TextQuoteSelector."""
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }


def _name(article: Exported) -> str:
    return f"onrecord {article.wire['onrecord']}"
