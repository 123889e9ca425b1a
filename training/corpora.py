"""The corpora as training documents: gold attributions, names, and who speaks.

`PolNeAR` (Newell, Margolin and Ruths 2018), and the invented stories.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from onrecord.evaluation.matching import Roles
from onrecord.evaluation.polnear import load_polnear
from onrecord.records import Span
from training.data import Document, document
from training.deeds import (
    Aimed,
    Event,
    aims_of,
    deeds_of,
    load_events,
    party_names,
    plover_documents,
    polnear_aims,
    story_aims,
    story_events,
)
from training.links import Clusters, Speakers, labelled, links_of
from training.mentions import Name, Silver, load_forms, polnear_names, story_names
from training.stories import Folders

LABELS = Path(__file__).parent / "labels"


def load_silver(path: Path) -> Silver:
    """Names that `training.silver` wrote, by article."""
    with path.open(encoding="utf8") as file:
        return {row["id"]: row["names"] for row in map(json.loads, file)}


def polnear(root: Path, part: str, silver: Silver, tokenizer: Tokenizer) -> list[Document]:
    """A part of PolNeAR: "train" or "dev". `root`: the folder of all corpora."""
    articles = load_polnear(root / "polnear" / part)
    texts = {a.id: a.text for a in articles}
    names = polnear_names(root, part, load_forms(LABELS / "names.tsv", texts), silver, texts)
    speakers = labelled(root, part, LABELS / "speakers.tsv" if part == "train" else None, texts)
    chains = _chains(root / "polnear" / f"corenlp_{part}.jsonl.gz")
    aims = polnear_aims(root, part, LABELS / "acts.tsv" if part == "train" else None, texts)
    events = load_events(LABELS / "events.tsv", texts) if part == "train" else {}
    out = []
    for a in articles:
        gold = sorted(a.attributions, key=lambda g: g.cue[0])
        own, who = names.get(a.id, []), speakers.get(a.id, {})
        rows, done = aims.get(a.id, {}), events.get(a.id)
        clusters = _clusters(a.text, own, who, [*rows.values(), *(done or ())])
        out.append(
            document(
                a.id, a.text, gold, tokenizer, nested=False, names=own,
                links=links_of(a.text, clusters, gold, who, chains.get(a.id, ())),
                aims=aims_of(rows, len(gold), clusters), deeds=deeds_of(done or (), clusters),
                silence=0.0 if done is None else 1.0,
            )
        )  # fmt: skip
    return out


def _clusters(
    text: str, names: Sequence[Name], speakers: Mapping[int, Speakers], others: Iterable[Aimed | Event]
) -> Clusters:
    """Numbers for everything that the labels of an article name."""
    return Clusters(text, names, [n for s in speakers.values() for n in s.names] + party_names(others))


def _chains(path: Path) -> Mapping[str, list]:
    with gzip.open(path, "rt", encoding="utf8") as file:
        return {row["id"]: row["coref"] for row in map(json.loads, file)}


def stories(folders: Folders, silver: Silver, tokenizer: Tokenizer, *, leave_out: Iterable[str]) -> list[Document]:
    """The invented stories, but for those left out as a check."""
    articles = list(story_golds(folders, only=set(folders) - set(leave_out)))
    names = story_names(folders, silver, {id_: text for id_, text, _, _ in articles})
    out = []
    for id_, text, gold, speakers in articles:
        rows, events = story_aims(folders, id_, text), story_events(folders, id_, text)
        clusters = _clusters(text, names[id_], speakers, [*rows.values(), *events])
        out.append(
            document(
                id_, text, gold, tokenizer, nested=True, names=names[id_], links=links_of(text, clusters, gold, speakers),
                aims=aims_of(rows, len(gold), clusters), deeds=deeds_of(events, clusters), silence=1.0,
            )
        )  # fmt: skip
    return out


def plover(root: Path, tokenizer: Tokenizer) -> list[Document]:
    """Sentences whose event is coded, with who did it to whom (PLV_train; Hu and others 2024)."""
    return plover_documents(root / "plover" / "PLV_train.tsv", LABELS / "triggers.tsv", tokenizer)


def story_golds(
    folders: Folders, *, only: Iterable[str]
) -> Iterator[tuple[str, str, list[Roles], dict[int, Speakers]]]:
    """Id, text, gold attributions and their speakers of each article of some invented stories."""
    for name in sorted(only):
        entities = json.loads((folders[name] / "gold" / "corpus.json").read_text(encoding="utf8"))["entities"]
        aliases = {e["name"]: [e["name"], *e["aliases"]] for e in entities}
        for path in sorted((folders[name] / "articles").glob("*.json")):
            article = json.loads(path.read_text(encoding="utf8"))
            rows = json.loads((folders[name] / "gold" / path.name).read_text(encoding="utf8"))["statements"]
            gold = [_roles(s["at"]) for s in rows]
            speakers = {n: who for n, s in enumerate(rows) if (who := _speakers(s, article["text"], aliases))}
            yield f"{name}-{path.stem}", article["text"], gold, speakers


def _speakers(row: Mapping[str, str | None], text: str, aliases: Mapping[str, list[str]]) -> Speakers | None:
    """A story's gold calls a speaker the same in all its articles: here by the fullest of its names that this one prints.

    None where it prints none of them: that is no sign that nobody can be told.
    """
    name, kind = row["speaker"], row["kind"] or "unknown"
    if not name:
        return Speakers((), kind)
    printed = [a for a in aliases.get(name, [name]) if re.search(rf"(?<!\w){re.escape(a)}(?!\w)", text)]
    # The name itself, else the longest that shares a word with it ("Lane" for "Ada Lane"), else the longest description.
    best = max(printed, key=lambda a: (a == name, not set(a.split()).isdisjoint(name.split()), len(a)), default=None)
    return Speakers((best,), kind) if best else None


def _roles(at: dict[str, list]) -> Roles:
    single = ((Span(*at[role]),) if at.get(role) else () for role in ("source", "cue"))
    return Roles(*single, tuple(Span(*c) for c in at.get("content") or []))
