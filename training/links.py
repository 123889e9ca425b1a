"""What the link head learns from: which source, pronoun or cue means which name of the article.

Gold: the speakers' labels, and those written for this project (`training/speakers.tsv`). Noisy, at a low weight: the
pronouns of CoreNLP's coreference chains (Clark and Manning 2016), which ship with PolNeAR.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.evaluation.labels import NOBODY, load_labels
from onrecord.evaluation.matching import Roles
from onrecord.evaluation.names import name_words
from onrecord.records import JOINT, Span
from training.mentions import Name

PRONOUNS = frozenset("he she they it him her them his hers their theirs its himself herself themselves itself".split())
NOISY = 0.3
"""Weight of a link that CoreNLP made."""
NAMED = ("person", "organization", "country", "group", "work", "place")


@dataclass(frozen=True)
class Speakers:
    """Who speaks in an attribution. `names`: as printed, empty where nobody can be told; `kind`: see the labels' README."""

    names: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Link:
    """Characters start … end - 1 mean one of `clusters` (numbers within the article; none of those in sight if empty).

    `weight` 0: known only as something that may be meant, and asked of nothing.
    """

    start: int
    end: int
    clusters: frozenset[int]
    weight: float


def labelled(root: Path, part: str, own: Path | None, texts: Mapping[str, str]) -> dict[str, dict[int, Speakers]]:
    """Speakers by article and number of the attribution: the labels', and this project's own."""
    out: dict[str, dict[int, Speakers]] = {}
    for id_, labels in load_labels(root / "labels" / f"{part}.tsv").items():
        out[id_] = {
            n: Speakers(
                () if row.speaker == NOBODY or row.kind == "author" else tuple(row.speaker.split(JOINT)), row.kind
            )
            for n, row in labels.rows.items()
        }
    for line in own.read_text(encoding="utf8").splitlines() if own else ():
        fields = line.split("\t")
        if fields[0] == "DOC":
            article, text = out.setdefault(fields[1], {}), texts[fields[1]]
        elif int(fields[0][1:]) not in article:
            spans = [tuple(map(int, s.split("-"))) for s in fields[2].split(",") if s]
            article[int(fields[0][1:])] = Speakers(tuple(text[a:b] for a, b in spans), fields[1])
    return out


def links_of(
    text: str,
    clusters: Clusters,
    gold: Sequence[Roles],
    speakers: Mapping[int, Speakers],
    chains: Iterable[Sequence[tuple[int, int, int]]] = (),
) -> list[Link]:
    """Links of one article. `gold`: its attributions in the order of their cues; `chains`: CoreNLP's."""
    out = [Link(n.start, n.end, frozenset([c]), 0.0) for n, c in clusters.named()]
    for number, who in sorted(speakers.items()):
        if number >= len(gold) or (not who.names and who.kind != "unknown"):
            continue
        spans = gold[number].source or gold[number].cue
        span = Span(spans[0].start, spans[-1].end)
        if any(
            span.start <= n.start and n.end <= span.end and c in clusters.of(who.names) for n, c in clusters.named()
        ):
            continue  # its own words name the speaker
        words = span.of(text)
        if any(name in words for name in who.names):
            continue
        out.append(Link(span.start, span.end, clusters.of(who.names), 1.0))
        out += [
            Link(s.start, s.end, clusters.of([name]), 0.0) for name in who.names for s in _phrases(text, name, clusters)
        ]
    return out + _noisy(text, chains, clusters, out)


def _phrases(text: str, name: str, clusters: Clusters) -> list[Span]:
    """Where a describing phrase that means the speaker is printed."""
    if clusters.is_name(name):
        return []
    return [Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


class Clusters:
    """Names of one article that mean the same: numbers for them. Full names first; shorter ones join the only one they fit."""

    def __init__(self, text: str, names: Sequence[Name], given: Iterable[str]) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._named: list[tuple[Name, int]] = []
        own = [n for n in names if n.kind in NAMED and n.weight > 0.1]
        printed = {text[n.start : n.end] for n in own}
        for name in sorted({*given} | printed, key=lambda n: (-len(name_words(n)), n)):
            self._number(name)
        self._printed = printed
        self._named = [(n, self._number(text[n.start : n.end])) for n in own]

    def _number(self, name: str) -> int:
        words = name_words(name) or (name,)
        if words not in self._numbers:
            fits = {
                n for w, n in self._numbers.items() if len(w) > len(words) and w[-1] == words[-1] and {*words} <= {*w}
            }
            self._numbers[words] = fits.pop() if len(fits) == 1 else len(self._numbers)
        return self._numbers[words]

    def named(self) -> list[tuple[Name, int]]:
        return self._named

    def of(self, names: Iterable[str]) -> frozenset[int]:
        return frozenset(self._number(n) for n in names)

    def is_name(self, name: str) -> bool:
        return name in self._printed


def _noisy(
    text: str, chains: Iterable[Sequence[tuple[int, int, int]]], clusters: Clusters, gold: Sequence[Link]
) -> list[Link]:
    """Pronouns of a chain whose names are of one cluster."""
    taken = {k for link in gold if link.weight for k in range(link.start, link.end)}
    at = {n.end: c for n, c in clusters.named()}
    starts = {n.start: c for n, c in clusters.named()}
    out = []
    for chain in chains:
        votes = Counter(c for s, e, _ in chain if e - s < 60 and (c := at.get(e, starts.get(s))) is not None)
        if not votes or votes.most_common(1)[0][1] < 0.7 * votes.total():
            continue
        best = votes.most_common(1)[0][0]
        for s, e, _ in chain:
            # CoreNLP's spans may hold a mark or blank at their end.
            words = text[s:e].rstrip(" ,.'’s") or text[s:e]
            word = text[s:e].strip().lower()
            if (word in PRONOUNS or words.lower() in PRONOUNS) and s not in taken:
                out.append(Link(s, s + len(words if words.lower() in PRONOUNS else word), frozenset([best]), NOISY))
    return out
