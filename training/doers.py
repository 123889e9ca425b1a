"""Learn the weights that tell who did an event and to whom.

    python -m training.doers --data $DATA --weights src/onrecord/weights

A conditional logit (McFadden 1974) over the parties of an article and nobody, fitted to the invented stories' events and to the
sentences of PLV_train, whose marked source and target tell of syntax, not of nobody. It is fitted twice: the second time it sees
what the first, fitted on other stories, answered before, as it will see its own answers. Writes `codebook/doers.toml`.
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
import torch

from onrecord.analysis import Analyzer, OnnxHeads, load_weights
from onrecord.analysis.mentions import mentions_of
from onrecord.articles import build_article
from onrecord.evaluation.names import same_speaker
from onrecord.extract import build_entities, metonyms_of
from onrecord.extract.acting import AskedEvent, Cast, Course, DoerRole
from onrecord.extract.doers import doers_of
from onrecord.extract.holding import Contents
from onrecord.extract.lands import codes_of
from onrecord.extract.players import PartyPlace, Player
from onrecord.extract.scenes import Stage
from onrecord.extract.sides import Sides
from onrecord.extract.weighing import features, nobody_features
from onrecord.records import Article, RawDocument, Span
from training.corpora import LABELS, story_golds
from training.deeds import Coded, Event, Names, coded_sentences, names_in, story_events, triggers_of, type_of
from training.speakers import gold_statements
from training.stories import Folders, story_folders
from training.train import LEFT_OUT

log = logging.getLogger("training")
TABLE = Path(__file__).resolve().parents[1] / "src" / "onrecord" / "codebook" / "doers.toml"
HEAD = "# What speaks for a party, in log-odds: see extract/doers.py. Written by `python -m training.doers`.\n\n[weights]\n"
SYNTAX = 0.5
"""Weight of a coded sentence beside a story's event. Of .25, .5 and 1 the stories held out are answered alike."""
L2 = 2.0
"""Of .1, .6, 2 and 5 the best on stories held out (actor .63, recipient .50 of questions that can be answered)."""
FOLDS = 4
LEAST = 2
"""A feature of fewer candidates has no weight; one of less than SMALLEST is left out of the table."""
SMALLEST = 0.02


@dataclass(frozen=True)
class Item:
    """An event with its gold names, of one article of one story."""

    id: str
    cast: Cast
    asked: AskedEvent
    event: Event

    @property
    def story(self) -> str:
        return self.id.rsplit("-", 1)[0]


@dataclass(frozen=True)
class Question:
    """Features of each answer, which are right, and what the question weighs."""

    rows: Sequence[Sequence[str]]
    right: Sequence[bool]
    weight: float


def story_items(folders: Folders, weights: Path, only: Iterable[str]) -> list[Item]:
    """The events of some stories, whose entities are read and whose statements are gold."""
    loaded = load_weights(weights)
    analyzer = Analyzer(OnnxHeads(weights), loaded.tokenizer, loaded.settings)
    out = []
    with ThreadPoolExecutor(2) as executor:
        for id_, text, roles, speakers in story_golds(folders, only=only):
            article = build_article(RawDocument(origin=id_, text=text))
            analysis = analyzer.finish(analyzer.start(article, executor))
            statements = gold_statements(article, roles)
            mentions, found = build_entities(article, mentions_of(article, analysis))
            entities = {e.id: e for e in found}
            cast = Cast.of(article, mentions, entities, metonyms_of(article, mentions, found))
            contents = Contents.of(statements)
            for event in story_events(folders, id_, text):
                trigger = Span(event.start, event.end)
                n = contents.innermost(trigger)
                names = speakers[n].names if n is not None and n in speakers else ()
                told = tuple(p for p in cast.counts if fits(cast, p, names))
                out.append(
                    Item(id_, cast, AskedEvent(trigger, event.type, None if n is None else statements[n], told), event)
                )
    return sorted(out, key=lambda item: (item.id, item.asked.trigger))


def fits(cast: Cast, party: str, names: Names) -> bool:
    """Whether a party bears one of the names. A body without a name is known by its very words alone."""
    player = cast.stage.players[party]
    return any(
        player.name.casefold() == name.casefold() or (player.entity is not None and same_speaker(player.name, name))
        for name in names or ()
    )


def question(item: Item, role: DoerRole, actor: str | None, course: Course, weight: float) -> list[Question]:
    """The question of one role, unless its answer is not among the candidates."""
    names: Names = item.event.actor if role == "actor" else item.event.recipient
    cast, asked = item.cast, item.asked
    scene = cast.stage.scene(asked.trigger, asked.witness)
    parties = [p for p in cast.candidates(scene) if p != actor]
    rows = [list(features(role, p, scene, cast, asked, actor, course)) for p in parties]
    rows.append(list(nobody_features(role, scene, asked, actor)))
    right = [fits(cast, p, names) for p in parties] + [names == ()]
    return [Question(rows, right, weight)] if any(right) else []


def questions(items: Sequence[Item], before: Mapping[int, tuple[str | None, str | None]] | None) -> list[Question]:
    """The questions of one story. `before`: what was answered to each item, by its number; None in the first round."""
    out: list[Question] = []
    course, last = Course(), ""
    for n, item in enumerate(items):
        if item.id != last:
            course, last = Course(), item.id
        gold = next((p for p in item.cast.counts if fits(item.cast, p, item.event.actor)), None)
        guess = before[n] if before is not None else (gold, None)
        out += question(item, "actor", None, course, 1.0)
        for actor in {gold, guess[0]}:
            out += question(item, "recipient", actor, course, 1.0 if gold == guess[0] else 0.5)
        if before is not None:
            course.add(item.asked.type, *guess)
    return out


def decoded(items: Sequence[Item], weights: Mapping[str, float]) -> list[tuple[str | None, str | None]]:
    """The first answer to each item of one story."""
    out = []
    course, last = Course(), ""
    for item in items:
        if item.id != last:
            course, last = Course(), item.id
        out.append(doers_of(item.cast, item.asked, weights, course)[0])
    return out


# ---------------------------------------------------------------- coded sentences


def coded_questions(root: Path) -> list[Question]:
    """The sentences of PLV_train whose trigger is labelled: who of those that they name is source, and who target."""
    triggers = triggers_of(LABELS / "triggers.tsv")
    out = []
    for coded in coded_sentences(root / "plover" / "PLV_train.tsv"):
        cast = coded_cast(coded) if coded.id in triggers else None
        if cast is None:
            continue
        asked = AskedEvent(Span(*triggers[coded.id]), type_of(coded), None, ())
        if any(n.span.start < asked.trigger.end and asked.trigger.start < n.span.end for n in cast.stage.named):
            continue
        scene = cast.stage.scene(asked.trigger, None)
        for role, key, actor in (("actor", "source", None), ("recipient", "target", "source")):
            parties = [p for p in cast.candidates(scene) if p != actor]
            if key in parties and len(parties) > 1:
                # How often somebody is named tells nothing in a sentence alone.
                rows = [
                    [f for f in features(role, p, scene, cast, asked, actor, Course()) if not _COUNTED & set(f.split())]
                    for p in parties
                ]
                out.append(Question(rows, [p == key for p in parties], SYNTAX))
    return out


_COUNTED = {"rank", "count", "commonest"}


def coded_cast(coded: Coded) -> Cast | None:
    """The parties of a coded sentence: its source, its target, and its other names. None where the two overlap."""
    text, spans = coded.text, [coded.source, coded.target]
    if spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]:
        return None
    spans += [(a, b) for a, b in names_in(text) if a > 0 and all(b <= c or d <= a for c, d in spans)]
    players: dict[str, Player] = {}
    named = []
    for number, (start, end) in enumerate(spans):
        words = text[start:end]
        key = ("source", "target", f"name {number}")[min(number, 2)]
        if number > 1 and codes_of(words):
            same = [k for k in ("source", "target") if codes_of(players[k].name) == codes_of(words)]
            key = same[0] if same else key
        land = any(codes_of(w) for w in (words, *words.split()))
        kind = "country" if land else "person" if number > 1 and len(words.split()) == 2 else "organization"
        players.setdefault(key, Player(words, kind, key))
        named.append(PartyPlace(Span(start, end), key, text[end : end + 1] in ("'", "’")))
    whole = (Span(0, len(text)),)
    article = Article(id=coded.id, text=text, paragraphs=whole, sentences=whole)
    return Cast(Stage(article, sorted(named, key=lambda n: n.span), players), Sides({}, None))


# ---------------------------------------------------------------- fitting


def fit(some: Sequence[Question]) -> dict[str, float]:
    """Weights of the features, by L-BFGS."""
    seen = Counter(f for q in some for row in q.rows for f in set(row))
    index = {f: n for n, f in enumerate(sorted(f for f, count in seen.items() if count >= LEAST))}
    rows = [[index[f] for f in row if f in index] for q in some for row in q.rows]
    flat = torch.tensor([k for row in rows for k in row])
    offsets = torch.from_numpy(np.cumsum([0, *map(len, rows)])[:-1])
    of = torch.tensor([n for n, q in enumerate(some) for _ in q.rows])
    right = torch.tensor([ok for q in some for ok in q.right])
    weight = torch.tensor([q.weight for q in some], dtype=torch.float64)
    w = torch.zeros(len(index), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], max_iter=150, history_size=20, line_search_fn="strong_wolfe")

    def sums(values: torch.Tensor) -> torch.Tensor:
        return torch.zeros(len(some), dtype=torch.float64).index_add(0, of, values)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.nn.functional.embedding_bag(flat, w[:, None], offsets, mode="sum")[:, 0].clamp(-30, 30).exp()
        total = -(weight * (sums(scores * right) / sums(scores)).log()).sum() + L2 / 2 * (w * w).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return {f: round(float(w[n].detach()), 2) for f, n in index.items()}


def learn(stories: Mapping[str, Sequence[Item]], coded: Sequence[Question]) -> dict[str, float]:
    """The two rounds."""
    names = sorted(stories)
    first = {s: questions(stories[s], None) for s in names}
    second: list[Question] = []
    for fold in (names[n::FOLDS] for n in range(FOLDS)):
        weights = fit([q for s in names if s not in fold for q in first[s]] + list(coded))
        for s in fold:
            second += questions(stories[s], dict(enumerate(decoded(stories[s], weights))))
    return fit(second + list(coded))


def measure(stories: Mapping[str, Sequence[Item]], weights: Mapping[str, float]) -> str:
    """Share of events whose actor, recipient and both are right, given trigger, type and witness."""
    tally: Counter[str] = Counter()
    for items in stories.values():
        for item, found in zip(items, decoded(items, weights), strict=True):
            right = [
                names is not None and (fits(item.cast, party, names) if party else names == ())
                for party, names in zip(found, (item.event.actor, item.event.recipient), strict=True)
            ]
            tally.update({"actor": right[0], "recipient": right[1], "both": all(right), "events": 1})
    count = tally["events"]
    return ", ".join(f"{k} {tally[k] / count:.3f}" for k in (*get_args(DoerRole), "both")) + f" of {count}"


def by_story(items: Iterable[Item]) -> dict[str, list[Item]]:
    out: dict[str, list[Item]] = {}
    for item in items:
        out.setdefault(item.story, []).append(item)
    return out


def write(weights: Mapping[str, float], path: Path) -> None:
    lines = (f'"{name}" = {weight}\n' for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST)
    path.write_text(HEAD + "".join(lines), encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="the exported models")
    parser.add_argument("--check", action="store_true", help="measure on stories held out as well, a fold at a time")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    folders = story_folders(args.data)
    stories = by_story(story_items(folders, args.weights, set(folders) - set(LEFT_OUT)))
    left = by_story(story_items(folders, args.weights, LEFT_OUT))
    coded = coded_questions(args.data)
    log.info("%d events, %d coded questions", sum(map(len, stories.values())), len(coded))
    if args.check:
        order = sorted(stories)
        for fold in (order[n::FOLDS] for n in range(FOLDS)):
            weights = learn({s: stories[s] for s in order if s not in fold}, coded)
            log.info("%s  %s", " ".join(fold), measure({s: stories[s] for s in fold}, weights))
    weights = learn(stories, coded)
    log.info("stories  %s", measure(stories, weights))
    log.info("left out  %s", measure(left, weights))
    write(weights, TABLE)


if __name__ == "__main__":
    main()
