"""Train the party head: whom a statement is aimed at, and who did an event to whom.

    python -m training.parties --data ../shared/data --weights src/onrecord/weights

Runs on the exported models, whose answers stay as they are: the training articles are read once with their gold statements and
events, and a small network learns to rank the candidates. Writes `parties.onnx` into the weights.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.analysis import Analysis, Analyzer, OnnxHeads, load_weights
from onrecord.analysis.deeds import DeedAnalyzer, Deeds, OnnxSecondHeads
from onrecord.analysis.mentions import mentions_of
from onrecord.analysis.parties import PartyQuestions
from onrecord.articles import build_article
from onrecord.evaluation.matching import Roles
from onrecord.evaluation.names import same_speaker
from onrecord.evaluation.polnear import load_polnear
from onrecord.extract import build_entities
from onrecord.extract.deeds import deed_questions, parts_of, target_questions
from onrecord.extract.page import Page, lay_out
from onrecord.extract.parties import FEATURES, NOBODY, PartyAsked, PartyAsker
from onrecord.records import RawDocument, Statement
from training.corpora import LABELS, story_golds
from training.deeds import Aimed, Event, Names, load_events, polnear_aims, story_aims, story_events
from training.links import Speakers, labelled
from training.speakers import gold_statements, log_chances
from training.train import LEFT_OUT

log = logging.getLogger("training")
ABSENT = 0.3
"""Weight of a question whose answer is no candidate: nobody is then the best answer that there is."""
Gold = tuple[str, str, Sequence[Roles], Mapping[int, Speakers], Mapping[int, Aimed], Sequence[Event]]


@dataclass(frozen=True)
class Asked:
    """One article's questions. `target`: (N,) share of each candidate in what is right; `weight`: (Q,)."""

    id: str
    asked: Sequence[PartyAsked]
    questions: PartyQuestions
    answers: list[list[int]]
    target: np.ndarray
    weight: np.ndarray


class PartyReader:
    """Reads articles with their gold statements up to the second model's answers."""

    def __init__(self, weights: Path) -> None:
        loaded = load_weights(weights)
        self.analyzer = Analyzer(OnnxHeads(weights), loaded.tokenizer, loaded.settings)
        self.second = DeedAnalyzer(OnnxSecondHeads(weights), loaded.settings.distance)
        self.executor = ThreadPoolExecutor(2)

    def asked_of(self, gold: Gold) -> Asked:
        """One article's questions with their answers."""
        id_, text, roles, speakers, aims, events = gold
        article = build_article(RawDocument(origin=id_, text=text))
        analysis = self.analyzer.finish(self.analyzer.start(article, self.executor))
        statements = gold_statements(article, roles)
        mentions, entities = build_entities(article, mentions_of(article, analysis))
        page = lay_out(article, analysis, statements, mentions, entities)
        parts = parts_of(analysis, statements)
        deeds = self.second.finish(self.second.start(analysis.words, text, parts, self.executor))
        asker = PartyAsker(page, deeds.vectors, _speaking(page, speakers))
        wanted: list[tuple[PartyAsked, Names]] = [
            (q, aims[q.statement].target)
            for q in target_questions(parts, statements, deeds)
            if q.statement in aims and aims[q.statement].target is not None
        ]
        for event in events:
            wanted += _of_event(analysis, deeds, statements, event)
        questions, answers = asker.questions([q for q, _ in wanted])
        target, weight = _targets(page, answers, [names or () for _, names in wanted])
        return Asked(id_, [q for q, _ in wanted], questions, answers, target, weight)


def _of_event(
    analysis: Analysis, deeds: Deeds, statements: Sequence[Statement], event: Event
) -> list[tuple[PartyAsked, Names]]:
    """The questions about an event whose trigger the second model saw as one."""
    for done in deeds.done:
        span = analysis.words.span(*done.words)
        if span.start < event.end and event.start < span.end:
            actor, recipient = deed_questions(analysis, done, statements)
            return [
                (q, names) for q, names in ((actor, event.actor), (recipient, event.recipient)) if names is not None
            ]
    return []


def _speaking(page: Page, speakers: Mapping[int, Speakers]) -> list[tuple[int, ...]]:
    """The things that speak each statement, by its gold speakers."""
    out = []
    for k in range(len(page.said)):
        names = speakers[k].names if k in speakers else ()
        out.append(
            tuple(n for n, t in enumerate(page.things) if any(same_speaker(t.name, name, set()) for name in names))
        )
    return out


def _targets(
    page: Page, answers: Sequence[Sequence[int]], wanted: Sequence[tuple[str, ...]]
) -> tuple[np.ndarray, np.ndarray]:
    target, weight = [], np.ones(len(answers), np.float32)
    for k, (numbers, names) in enumerate(zip(answers, wanted, strict=True)):
        own = np.zeros(len(numbers), np.float32)
        fits = [i for i, n in enumerate(numbers) if n != NOBODY and _fits(page, n, names)]
        if fits:
            own[fits] = 1.0 / len(fits)
        else:
            own[-1] = 1.0
            weight[k] = ABSENT if names else 1.0
        target.append(own)
    return np.concatenate(target) if target else np.zeros(0, np.float32), weight


def _fits(page: Page, number: int, names: Sequence[str]) -> bool:
    thing = page.things[number]
    return any(same_speaker(thing.name, name, set()) or thing.name == name for name in names)


def polnear_golds(root: Path, part: str) -> Iterator[Gold]:
    """The articles of a part of PolNeAR whose acts and targets are labelled."""
    articles = load_polnear(root / "polnear" / part)
    texts = {a.id: a.text for a in articles}
    train = part == "train"
    aims = polnear_aims(root, part, LABELS / "acts.tsv" if train else None, texts)
    speakers = labelled(root, part, LABELS / "speakers.tsv" if train else None, texts)
    events = load_events(LABELS / "events.tsv", texts) if train else {}
    for a in articles:
        if a.id in aims:
            roles = sorted(a.attributions, key=lambda g: g.cue[0])
            yield a.id, a.text, roles, speakers.get(a.id, {}), aims[a.id], events.get(a.id, ())


def story_articles(root: Path, only: set[str]) -> Iterator[Gold]:
    """Articles of some of the invented stories."""
    folder = root / "invented"
    for id_, text, roles, speakers in story_golds(folder, only=only):
        yield id_, text, roles, speakers, story_aims(folder, id_, text), story_events(folder, id_, text)


# ---------------------------------------------------------------- the head


class PartyHead(nn.Module):
    """Scores of candidates from their features."""

    def __init__(self, hidden: int = 96, dropout: float = 0.2) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(len(FEATURES), hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, hidden // 2), nn.GELU(),
            nn.Dropout(dropout), nn.Linear(hidden // 2, 1),
        )  # fmt: skip

    def forward(self, features: Tensor) -> Tensor:
        """features (N, F) -> (N,)."""
        return self.net(features)[:, 0]


def learn(items: Sequence[Asked], *, epochs: int, seed: int) -> PartyHead:
    """Fit a head by cross-entropy."""
    torch.manual_seed(seed)
    head = PartyHead()
    optimizer = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.02)
    rng = random.Random(seed)
    usable = [a for a in items if a.answers]
    size = 8
    steps, step = epochs * -(-len(usable) // size), 0
    for _ in range(epochs):
        order = rng.sample(usable, len(usable))
        for lo in range(0, len(order), size):
            step += 1
            for g in optimizer.param_groups:
                g["lr"] = 2e-3 * min(1.0, step / (0.1 * steps), (steps - step) / (0.6 * steps) + 0.02)
            some = order[lo : lo + size]
            shift = np.cumsum([0, *(len(a.answers) for a in some)])
            of = torch.from_numpy(np.concatenate([a.questions.of + s for a, s in zip(some, shift, strict=False)]))
            features = torch.from_numpy(np.concatenate([a.questions.features for a in some]))
            target = torch.from_numpy(np.concatenate([a.target for a in some]))
            weight = torch.from_numpy(np.concatenate([a.weight for a in some]))
            logs = log_chances(head(features), of, len(weight))
            loss = -(target * logs * weight[of]).sum() / weight.sum()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
    return head.eval()


class PartiesGraph(nn.Module):
    """The heads of several seeds, their scores averaged."""

    def __init__(self, heads: Sequence[PartyHead]) -> None:
        super().__init__()
        self.heads = nn.ModuleList(heads)

    def forward(self, features: Tensor) -> Tensor:
        return torch.stack([h(features) for h in self.heads]).mean(0)


@torch.no_grad()
def measure(heads: Sequence[PartyHead], articles: Sequence[Asked]) -> dict[str, str]:
    """By side: share of right answers over all questions, and F1 over the parties that are named."""
    tally: dict[str, list[int]] = {}
    graph = PartiesGraph(heads)
    for a in articles:
        if not a.answers:
            continue
        scores = graph(torch.from_numpy(a.questions.features)).numpy()
        edges = np.cumsum([0, *map(len, a.answers)])
        for k, one in enumerate(a.asked):
            lo, hi = edges[k], edges[k + 1]
            best = int(scores[lo:hi].argmax())
            nobody = a.answers[k][best] == NOBODY
            right = a.target[lo + best] > 0 and a.weight[k] == 1.0
            known = not (a.target[hi - 1] > 0 and a.weight[k] == 1.0)
            own = tally.setdefault(one.side, [0, 0, 0, 0, 0])
            for n, value in enumerate((right, 1, right and not nobody, not nobody, known)):
                own[n] += int(value)
    return {
        side: f"{t[0] / t[1]:.3f} right of {t[1]}, F1 {2 * t[2] / max(t[3] + t[4], 1):.3f} of {t[4]} named"
        for side, t in tally.items()
    }


def export(heads: Sequence[PartyHead], path: Path) -> None:
    """Write the heads as one graph, fp32: they are small."""
    torch.onnx.export(
        PartiesGraph(heads).eval(), (torch.randn(3, len(FEATURES)),), str(path), input_names=["features"],
        output_names=["scores"], dynamic_axes={"features": {0: "candidates"}, "scores": {0: "candidates"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="the exported models")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    reader = PartyReader(args.weights)
    stories = {p.name for p in (args.data / "invented").iterdir() if (p / "gold").is_dir()}
    train = [reader.asked_of(g) for g in polnear_golds(args.data, "train")]
    train += [reader.asked_of(g) for g in story_articles(args.data, stories - set(LEFT_OUT))] * 2
    checks = {
        "dev": [reader.asked_of(g) for g in polnear_golds(args.data, "dev")],
        "left out": [reader.asked_of(g) for g in story_articles(args.data, set(LEFT_OUT))],
    }
    log.info("%d articles, %d questions", len(train), sum(len(a.answers) for a in train))
    heads: list[PartyHead] = []
    for seed in range(args.seeds):
        heads.append(learn(train, epochs=args.epochs, seed=seed + 1))
        log.info("seed %d  %s", seed + 1, {name: measure(heads[-1:], some) for name, some in checks.items()})
    log.info("together  %s", {name: measure(heads, some) for name, some in checks.items()})
    export(heads, args.weights / "parties.onnx")


if __name__ == "__main__":
    main()
