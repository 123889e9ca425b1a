"""How well entities of different articles are joined: pairs of local entities, against the gold of the invented stories.

    python benchmarks/identities.py --data $DATA [--read] [--json benchmarks/identities.json]

All stories and the demo are linked in one set, as in one store. Without ``--read`` the entities are the gold's, by the names
that each article prints; with it they are those of records that onrecord reads, each matched to the gold by its printed name.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance.JaroWinkler import similarity as jaro

from onrecord.codebook.names import name_words
from onrecord.extract.names import fold, person_name, words_in
from onrecord.link import KnownEntity, block_key, identities_of, known_of
from onrecord.records import Record

_TITLE = re.compile(r"^(?:(?:[Tt]he|[Aa]n?) )")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--read", action="store_true", help="link what is read instead of the gold's names")
    options.add_argument("--json", type=Path, help="add the figures to this file")
    options.add_argument("--errors", action="store_true", help="print the pairs joined or parted wrongly")
    chosen = options.parse_args()
    stories = [chosen.data / "demo", *sorted(p for p in (chosen.data / "invented").iterdir() if p.is_dir())]
    known, gold = [], {}
    for story in stories:
        for one, whose in _read(story) if chosen.read else _printed(story):
            known.append(one)
            gold[one.id] = whose
    started = time.perf_counter()
    identities = _link(known)
    seconds = time.perf_counter() - started
    rows = {"all": _scores(known, gold, identities, None, chosen.errors)}
    for kind in ("person", "organization", "country", "place"):
        rows[kind] = _scores(known, gold, identities, kind, False)
    for kind, row in rows.items():
        print(f"{kind:13} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}  pairs {row['pairs']}")
    print(f"{len(known)} entities, {len(set(identities.values()))} identities, {seconds:.2f} s")
    if chosen.json:
        told = json.loads(chosen.json.read_text("utf-8")) if chosen.json.exists() else {}
        told["read" if chosen.read else "gold names"] = rows
        chosen.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _link(known: Sequence[KnownEntity]) -> dict[str, str]:
    blocks = defaultdict(list)
    for one in known:
        blocks[block_key(one)].append(one)
    return {m.entity: i.id for block in blocks.values() for i in identities_of(block) for m in i.members}


def _gold(story: Path) -> tuple[list[dict], list[dict]]:
    articles = [json.loads(p.read_text("utf-8")) for p in sorted((story / "articles").glob("*.json"))]
    return articles, json.loads((story / "gold" / "corpus.json").read_text("utf-8"))["entities"]


def _names(entity: dict) -> list[str]:
    """The gold's aliases that are names: not what somebody is called ("the minister"), nor a capital for its country.

    Titles are taken off; each word of a person's alias is a spelling of one of the name's, a body's shares one with it.
    """
    out = []
    for alias in (entity["name"], *entity["aliases"]):
        name = _untitled(alias) if entity["kind"] == "person" else alias
        if name[:1].isupper() and not _TITLE.match(name) and _is_name(name, entity):
            out.append(name)
    return list(dict.fromkeys(out))


def _untitled(alias: str) -> str:
    words = alias.split()
    while len(words) > 1 and words[0].casefold().strip(".") in name_words().titles:
        del words[0]
    return " ".join(words)


def _is_name(name: str, entity: dict) -> bool:
    own, words = words_in(entity["name"]), words_in(name)
    if entity["kind"] == "person":
        return bool(words) and all(any((w[0] == o[0] and len(w) == 1) or jaro(w, o) > 0.75 for o in own) for w in words)
    if entity["kind"] == "country":
        return len(words) == len(own) and words[-1][:4] == own[-1][:4]
    return bool(set(words) & set(own)) and all(w[:1].isupper() or len(w) < 4 for w in name.split())


def _printed(story: Path) -> Iterator[tuple[KnownEntity, str]]:
    articles, entities = _gold(story)
    for article in articles:
        found = []
        for entity in entities:
            names = [n for n in _names(entity) if re.search(rf"\b{re.escape(n)}\b", article["text"])]
            if names:
                found.append((entity, sorted(set(names), key=lambda n: (-len(n.split()), -len(n), n))))
        for entity, names in found:
            beside = frozenset(" ".join(words_in(other[0])) for e, other in found if e is not entity)
            roles = tuple(
                r for r in entity["roles"] if entity["kind"] == "person" and r.lower() in article["text"].lower()
            )
            identity = f"{story.name}/{entity['name']}"
            kind = (
                entity["kind"]
                if entity["kind"] in ("person", "organization", "country", "place", "group", "work")
                else "group"
            )
            yield (
                KnownEntity(
                    id=f"{story.name}/{article['id']}/{entity['name']}",
                    article=f"{story.name}/{article['id']}",
                    day=article["published"][:10],
                    kind=kind,
                    name=names[0],
                    aliases=tuple(names[1:]),
                    roles=roles,
                    beside=beside,
                ),
                identity,
            )


def _read(story: Path) -> Iterator[tuple[KnownEntity, str | None]]:
    articles, entities = _gold(story)
    owners = defaultdict(set)
    for entity in entities:
        for name in _names(entity):
            owners[_folded(name)].add(f"{story.name}/{entity['name']}")
    for record in _records(articles):
        for one in known_of(record):
            whose = owners.get(_folded(one.name), set())
            yield one, next(iter(whose)) if len(whose) == 1 else None


def _folded(name: str) -> str:
    return " ".join(person_name(name).words) or fold(name)


def _records(articles: Sequence[dict]) -> Iterator[Record]:
    from onrecord import Reader, build_article
    from onrecord.records import RawDocument

    reader = Reader.load()
    for a in articles:
        raw = RawDocument(
            origin=a["id"],
            source_id=a["id"],
            text=a["text"],
            title=a["title"],
            url=a["url"],
            outlet=a["outlet"],
            byline=a["byline"],
        )
        yield reader.read(build_article(raw, published=a["published"]))


def _scores(
    known: Sequence[KnownEntity],
    gold: dict[str, str | None],
    identities: dict[str, str],
    kind: str | None,
    errors: bool,
) -> dict[str, float]:
    names = {k.id: k for k in known}
    chosen = [k.id for k in known if gold[k.id] is not None and kind in (None, k.kind)]
    pairs = [_pairs_of(chosen, owner) for owner in (gold, identities)]
    right = len(pairs[0] & pairs[1])
    if errors:
        for label, wrong in (("joined", pairs[1] - pairs[0]), ("parted", pairs[0] - pairs[1])):
            shown = sorted(
                {(names[a].name, names[a].kind, names[b].name, names[b].kind, str(gold[a])) for a, b in wrong}
            )
            for row in shown:
                print(label, *row, sep=" | ")
    precision, recall = right / max(1, len(pairs[1])), right / max(1, len(pairs[0]))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "pairs": len(pairs[0])}


def _pairs_of(ids: Sequence[str], owner: dict[str, str]) -> set[tuple[str, str]]:
    groups = defaultdict(list)
    for one in ids:
        groups[owner[one]].append(one)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


if __name__ == "__main__":
    main()
