"""schema.org as JSON-LD: a ``Quotation`` for what is quoted in whole or in part, a ``Claim`` for what is reported.

``creator`` and ``spokenByCharacter`` say who speaks, ``isPartOf``, ``appearance`` and ``citation`` where it is printed. What was
printed more than once has its first printing as ``firstAppearance``; as that is a claim's property, a quotation is then both.
Whatever is written more than once has an ``@id``, of outlets one made of the name, of mere descriptions a blank node's: without
it a reader of RDF counts each time as another.
Clashes are nodes of their own, by a vocabulary of onrecord's (docs/vocabulary.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO
from urllib.parse import quote

from onrecord.export.annotations import urn
from onrecord.export.clashes import context, nodes
from onrecord.export.exported import Exported, Origin
from onrecord.records import JOINT
from onrecord.records.wire_types import WireArticle, WireStatement
from onrecord.store.rows import dump

CONTEXT = "https://schema.org"
"""Of what schema.org has words for; clashes have those of `onrecord.export.clashes.context`."""
_TYPES = {"person": "Person", "organization": "Organization", "group": "Organization", "country": "Country"}
_OTHER_TYPES = {"place": "Place", "work": "CreativeWork"}
_BY_KIND = {"person": "Person", "group": "Organization", "work": "CreativeWork"}


def write_schemaorg(articles: Iterable[Exported], out: TextIO) -> int:
    """Write one graph, a statement or a clash a line; how many there were."""
    out.write(f'{{"@context":{json.dumps([CONTEXT, context()])},"@graph":[')
    count = 0
    for article in articles:
        for statement in (*statements(article), *nodes(article)):
            out.write(("," if count else "") + "\n")
            out.write(dump(statement))
            count += 1
    out.write("\n]}\n")
    return count


def statements(article: Exported) -> Iterator[dict[str, Any]]:
    """Those of an article's statements that fit, of which it prints the words."""
    printed = _printed(article.wire["article"])
    for s in article.said():
        if s["content"] is not None:
            yield _statement(article, s, s["content"]["text"], printed)


def _statement(article: Exported, s: WireStatement, words: str, printed: dict[str, Any]) -> dict[str, Any]:
    types = ["Claim"] if s["form"] == "indirect" else ["Quotation"]
    origin = article.origins.get(s["id"])
    if origin and types == ["Quotation"]:
        types.append("Claim")
    speakers = _speakers(article, s)
    who = speakers[0] if len(speakers) == 1 else speakers
    said = s["said_on"]
    return {
        "@type": types[0] if len(types) == 1 else types,
        "@id": urn(s["id"]),
        "text": words,
        **({"creator": who} if who else {}),
        **({"spokenByCharacter": who} if who and "Quotation" in types else {}),
        **({"dateCreated": said["date"] or said["edtf"]} if said and said["edtf"] else {}),
        **({"inLanguage": article.wire["article"]["language"]} if article.wire["article"]["language"] else {}),
        **({"keywords": s["act"]["code"]} if s["act"] else {}),
        **({"creativeWorkStatus": s["standing"]} if s["standing"] != "current" else {}),
        "isPartOf": printed,
        **({"appearance": printed} if "Claim" in types else {}),
        "citation": _citation(article.wire["article"]),
        **({"firstAppearance": _first(origin)} if origin else {}),
    }


def _speakers(article: Exported, s: WireStatement) -> list[dict[str, Any]]:
    """A node for each entity that speaks; else one for each description."""
    who = s["speaker"]
    if who["name"] is None:
        return []
    found = []
    kinds = {e["id"]: e for e in article.wire["entities"]}
    for id_ in who["entities"]:
        entity, identity = kinds[id_], article.identities.get(id_)
        node = {"@type": (_TYPES | _OTHER_TYPES)[identity.kind if identity else entity["kind"]]}
        node["@id"] = urn(identity.id if identity else id_)
        if identity and identity.external and identity.external.startswith("Q"):
            node["sameAs"] = f"http://www.wikidata.org/entity/{identity.external}"
        found.append({**node, "name": identity.name if identity else entity["name"]})
    described = [] if found else who["name"].split(JOINT)
    type_ = _BY_KIND.get(who["kind"] or "", "Thing")
    return found + [{"@type": type_, "@id": f"_:{s['id']}-{n}", "name": name} for n, name in enumerate(described)]


def _printed(a: WireArticle) -> dict[str, Any]:
    return _article(a["id"], a["url"], a["title"], a["outlet"], a["published"] and a["published"]["date"])


def _first(origin: Origin) -> dict[str, Any]:
    return _article(origin.article, origin.url, origin.title, origin.outlet, origin.published)


def _article(id_: str, url: str | None, title: str | None, outlet: str | None, published: str | None) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "@id": urn(id_),
        **({"url": url} if url else {}),
        **({"headline": title} if title else {}),
        **({"datePublished": published} if published else {}),
        **({"publisher": _outlet(outlet)} if outlet else {}),
    }


def _outlet(name: str) -> dict[str, Any]:
    return {"@type": "Organization", "@id": urn(f"outlet:{quote(name, safe='')}"), "name": name}


def _citation(a: WireArticle) -> str:
    """In words: title, outlet, day, address."""
    parts = (a["title"], a["outlet"], a["published"] and a["published"]["date"], a["url"])
    return ", ".join(part for part in parts if part) or a["id"]
