"""What the heads of acts, targets and events learn from.

Acts and targets: the labels of PolNeAR's statements, and the invented stories' gold. Events: the stories' gold, articles
labelled for this project (`labels/events.tsv`), and the sentences of PLV_train, which name who did what to whom (Hu and others
2024), with triggers labelled for this project (`labels/triggers.tsv`).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from onrecord.analysis.values import ACTS, DEEDS
from onrecord.evaluation.labels import NOBODY, load_labels
from onrecord.records import JOINT
from training.data import Aim, Deed, Document, Given, document
from training.links import Clusters, Link
from training.stories import Folders

Names = tuple[str, ...] | None
"""Names of a party as the article prints them, none if there is no party; None where it prints none of its names."""
_YIELD = re.compile(r"withdr|pull|cease-?fire|retreat|truce|surrender|evacuat|\bleave|\bleft\b", re.IGNORECASE)
_MARK = re.compile(r"</?[st]>")
_NAME = re.compile(r"\b[A-Z][\w.-]*(?:\s+(?:of\s+)?[A-Z][\w.-]*)*")
UNTOLD = 0.05
"""How surely a word of a coded sentence is no trigger: only one of its events is coded."""


@dataclass(frozen=True)
class Aimed:
    """Act of an attribution, and names of whom it is aimed at."""

    act: str
    target: Names


@dataclass(frozen=True)
class Event:
    """An event of an article by the characters of its trigger."""

    start: int
    end: int
    type: str
    actor: Names
    recipient: Names


def party_names(labels: Iterable[Aimed | Event]) -> list[str]:
    """Every name that the labels give to a party."""
    parties = [p for x in labels for p in ((x.target,) if isinstance(x, Aimed) else (x.actor, x.recipient))]
    return [name for names in parties for name in names or ()]


def aims_of(rows: Mapping[int, Aimed], count: int, clusters: Clusters) -> list[Aim]:
    """Aims of an article's attributions, by their numbers."""
    unknown = Aim(None, None)
    return [
        Aim(ACTS.index(rows[n].act), _clusters(rows[n].target, clusters)) if n in rows else unknown
        for n in range(count)
    ]


def deeds_of(events: Iterable[Event], clusters: Clusters) -> list[Deed]:
    """Events with their parties as clusters. One trigger is learned once: several parties on a side are any of them right."""
    by_place: dict[tuple[int, int, str], list[Event]] = {}
    for e in events:
        by_place.setdefault((e.start, e.end, e.type), []).append(e)
    out = []
    for (start, end, type_), some in by_place.items():
        actor, recipient = (
            _union(_clusters(getattr(e, side), clusters) for e in some) for side in ("actor", "recipient")
        )
        out.append(Deed(start, end, DEEDS.index(type_), actor, recipient))
    return out


def _clusters(names: Names, clusters: Clusters) -> frozenset[int] | None:
    return None if names is None else clusters.of(names)


def _union(some: Iterable[frozenset[int] | None]) -> frozenset[int] | None:
    known = [c for c in some if c is not None]
    return frozenset().union(*known) if known else None


# ---------------------------------------------------------------- PolNeAR


def polnear_aims(root: Path, part: str, own: Path | None, texts: Mapping[str, str]) -> dict[str, dict[int, Aimed]]:
    """Acts and targets by article and number of the attribution: the labels', and this project's own."""
    out: dict[str, dict[int, Aimed]] = {}
    for line in own.read_text(encoding="utf8").splitlines() if own else ():
        fields = line.split("\t")
        if fields[0] == "DOC":
            rows, text = out.setdefault(fields[1], {}), texts[fields[1]]
        else:
            rows[int(fields[0][1:])] = Aimed(fields[1], tuple(text[a:b] for a, b in _spans(fields[2])))
    return out | {
        id_: {
            n: Aimed(row.act, () if row.target == NOBODY else tuple(row.target.split(JOINT)))
            for n, row in labels.rows.items()
            if row.act in ACTS
        }
        for id_, labels in load_labels(root / "labels" / f"{part}.tsv").items()
    }


def load_events(path: Path, texts: Mapping[str, str]) -> dict[str, list[Event]]:
    """Events labelled for this project: trigger, type, actor, recipient as characters of the article; see labels/README.md."""
    out: dict[str, list[Event]] = {}
    for line in path.read_text(encoding="utf8").splitlines():
        fields = line.split("\t")
        if fields[0] == "DOC":
            own, text = out.setdefault(fields[1], []), texts[fields[1]]
            continue
        ((start, end),), *parties = map(_spans, fields[:3])
        actor, recipient = (tuple(text[a:b] for a, b in spans) for spans in parties)
        own.append(Event(start, end, fields[3], actor, recipient))
    return out


def _spans(field: str) -> list[tuple[int, int]]:
    pairs = (s.split("-") for s in field.split(",") if s)
    return [(int(start), int(end)) for start, end in pairs]


# ---------------------------------------------------------------- invented stories


def _gold(folders: Folders, id_: str) -> tuple[dict, dict[str, list[str]]]:
    story, number = id_.rsplit("-", 1)
    entities = json.loads((folders[story] / "gold" / "corpus.json").read_text(encoding="utf8"))["entities"]
    aliases = {e["name"]: [e["name"], *e["aliases"]] for e in entities}
    return json.loads((folders[story] / "gold" / f"{number}.json").read_text(encoding="utf8")), aliases


def _printed(name: str | None, text: str, aliases: Mapping[str, list[str]]) -> Names:
    if not name:
        return ()
    found = tuple(a for a in aliases.get(name, [name]) if re.search(rf"(?<!\w){re.escape(a)}(?!\w)", text))
    return found or None


def story_aims(folders: Folders, id_: str, text: str) -> dict[int, Aimed]:
    """Acts and targets of a story's article, by the number of the statement."""
    gold, aliases = _gold(folders, id_)
    return {n: Aimed(s["act"], _printed(s["target"], text, aliases)) for n, s in enumerate(gold["statements"])}


def story_events(folders: Folders, id_: str, text: str) -> list[Event]:
    """Events of a story's article."""
    gold, aliases = _gold(folders, id_)
    return [
        Event(*e["at"], e["type"], _printed(e["actor"], text, aliases), _printed(e["recipient"], text, aliases))
        for e in gold["events"]
    ]


# ---------------------------------------------------------------- coded sentences


@dataclass(frozen=True)
class Coded:
    """A sentence, where its source and target stand, and its PLOVER root."""

    id: str
    text: str
    source: tuple[int, int]
    target: tuple[int, int]
    root: str


def coded_sentences(path: Path) -> list[Coded]:
    """The rows of PLV_train whose marks can be read. Only gold columns are used: the others are another system's output."""
    with path.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    coded = (coded_of(f"plv-{n}", row["marked_sentence"], row["gold_root"]) for n, row in enumerate(rows))
    return [c for c in coded if c is not None]


def coded_of(id_: str, marked: str, root: str) -> Coded | None:
    """A sentence with ``<s>source</s>`` and ``<t>target</t>``; None where the marks cannot be read."""
    text, places, at = "", {}, 0
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        places[m[0]] = len(text)
        at = m.end()
    text += marked[at:]
    if len(places) < 4 or places["<s>"] >= places["</s>"] or places["<t>"] >= places["</t>"]:
        return None
    spans = ((places[f"<{x}>"], places[f"</{x}>"]) for x in "st")
    return Coded(id_, text, *spans, root)


def type_of(coded: Coded) -> str:
    """PLOVER's type of today: the older root YIELD is CONCEDE or RETREAT by its meaning."""
    return coded.root if coded.root != "YIELD" else "RETREAT" if _YIELD.search(coded.text) else "CONCEDE"


def plover_documents(path: Path, triggers: Path, tokenizer: Tokenizer) -> list[Document]:
    """The coded sentences, each an article of its own, of which nothing but the event is known."""
    known = triggers_of(triggers)
    return [coded_document(coded, known.get(coded.id), tokenizer) for coded in coded_sentences(path)]


def triggers_of(path: Path) -> dict[str, tuple[int, int]]:
    """Characters of the trigger of each coded sentence that is labelled, by its id."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf8").splitlines())
    return {f"plv-{n}": (int(start), int(end)) for n, start, end, _ in rows}


def names_in(text: str) -> list[tuple[int, int]]:
    """Characters of the words with capitals that stand together."""
    return [m.span() for m in _NAME.finditer(text)]


def coded_document(coded: Coded, trigger: tuple[int, int] | None, tokenizer: Tokenizer) -> Document:
    """One coded sentence: its source, its target and its other names are what a party may be."""
    links = [Link(*span, frozenset([n]), 0.0) for n, span in enumerate((coded.source, coded.target))]
    for m in _NAME.finditer(coded.text):
        if all(m.end() <= link.start or link.end <= m.start() for link in links):
            links.append(Link(m.start(), m.end(), frozenset([len(links)]), 0.0))
    links.sort(key=lambda link: (link.start, link.end))
    type_ = DEEDS.index(type_of(coded))
    deeds = [Deed(*trigger, type_, frozenset([0]), frozenset([1]))] if trigger else []
    given = Given(coded.source, coded.target, type_)
    return document(
        coded.id, coded.text, (), tokenizer, nested=False, links=links, deeds=deeds, silence=UNTOLD, given=given
    )
