"""Train the speaker head: of a statement's candidates, who says it.

    python -m training.speakers --data $DATA --model runs/student/model.pt --weights src/onrecord/weights

Runs on the exported encoder, whose states stay as they are: the training articles are read once, their gold statements laid
out with the names that the reader finds, and a small network learns to rank the candidates. Networks of several seeds
are averaged. Writes `speakers.onnx` into the weights.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.analysis import Analyzer, OnnxHeads, load_weights
from onrecord.analysis.mentions import mentions_of
from onrecord.analysis.speakers import PLACES, Questions
from onrecord.articles import build_article
from onrecord.evaluation.matching import Roles
from onrecord.evaluation.names import same_speaker, source_form
from onrecord.evaluation.polnear import load_polnear
from onrecord.extract import build_entities, metonyms_of
from onrecord.extract.asking import AUTHOR, FEATURES, NOBODY, Asker
from onrecord.extract.page import Page, lay_out
from onrecord.extract.statements import parents_of
from onrecord.records import Article, RawDocument, Speaker, Statement, statement_id
from training.corpora import LABELS, story_golds
from training.links import Speakers, labelled
from training.stories import story_folders
from training.train import LEFT_OUT, load

log = logging.getLogger("training")
ABSENT = 0.5
"""Weight of a statement whose speaker is no candidate: nobody is then the best answer that there is."""
Item = tuple[Questions, np.ndarray, np.ndarray]
"""Questions with what is right (N,) and how much each statement counts (Q,)."""


@dataclass(frozen=True)
class AskedArticle:
    """One article's questions. `target`: (N,) share of each answer in what is right; `weight`: (Q,) 0 where nothing is known."""

    id: str
    page: Page
    questions: Questions
    answers: list[list[int]]
    target: np.ndarray
    weight: np.ndarray
    gold: Mapping[int, Speakers]


# ---------------------------------------------------------------- what is learned from


def gold_statements(article: Article, gold: Sequence[Roles]) -> list[Statement]:
    """Gold attributions as statements without a speaker; the number keeps ids of equal ones apart."""
    parents = parents_of([(g.cue, g.content) for g in gold])
    ids = [f"{statement_id(article.id, g.source, g.cue, g.content)}-{n}" for n, g in enumerate(gold)]
    nobody = Speaker(None, reason="unclear")
    return [
        Statement(i, "indirect", tuple(sorted(g.source)), tuple(sorted(g.cue)), tuple(sorted(g.content)), nobody,
                  None if p is None else ids[p], 1.0)
        for i, g, p in zip(ids, gold, parents, strict=True)
    ]  # fmt: skip


def asked_of(
    analyzer: Analyzer,
    executor: ThreadPoolExecutor,
    id_: str,
    text: str,
    gold: Sequence[Roles],
    speakers: Mapping[int, Speakers],
) -> AskedArticle:
    """Read an article and lay out its gold statements."""
    article = build_article(RawDocument(origin=id_, text=text))
    analysis = analyzer.finish(analyzer.start(article, executor))
    mentions, entities = build_entities(article, mentions_of(article, analysis))
    page = lay_out(article, analysis, gold_statements(article, gold), mentions, entities)
    questions, answers = Asker(page).questions()
    metonyms = metonyms_of(article, mentions, entities)
    names = {e.id: e.name for e in entities}
    target, weight = _targets(page, answers, speakers, {a: names[b] for a, b in metonyms.items()})
    return AskedArticle(id_, page, questions, answers, target, weight, speakers)


def _targets(
    page: Page, answers: Sequence[Sequence[int]], speakers: Mapping[int, Speakers], metonyms: Mapping[str, str]
) -> tuple[np.ndarray, np.ndarray]:
    people = {n for s in speakers.values() if s.kind == "person" and len(s.names) == 1 for n in s.names}
    target, weight = [], np.zeros(len(answers), np.float32)
    for k, numbers in enumerate(answers):
        own = np.zeros(len(numbers), np.float32)
        who = speakers.get(k)
        if who is not None:
            weight[k] = 1.0
            wanted = who.names or (None,)
            for name in wanted:
                fits = [i for i, n in enumerate(numbers) if _fits(page, n, name, who.kind, people, metonyms)]
                own[fits] += 1.0 / (len(wanted) * max(len(fits), 1))
            if own.sum() < 0.99 and not own.sum():
                own[numbers.index(NOBODY)] = 1.0
                weight[k] = 1.0 if not who.names else ABSENT
        target.append(own / max(own.sum(), 1e-6))
    return np.concatenate(target) if target else np.zeros(0, np.float32), weight


def _fits(page: Page, number: int, name: str | None, kind: str, people: set[str], metonyms: Mapping[str, str]) -> bool:
    if name is None:
        return number == (AUTHOR if kind == "author" else NOBODY)
    if number < 0:
        return False
    thing = page.things[number]
    printed = metonyms.get(thing.entity or "", thing.name)
    return same_speaker(thing.name, name, people) or same_speaker(printed, name, people)


def training_articles(root: Path) -> Iterator[tuple[str, str, Sequence[Roles], Mapping[int, Speakers]]]:
    """PolNeAR's training part and the invented stories, with who speaks."""
    yield from polnear_articles(root, "train")
    folders = story_folders(root)
    yield from story_golds(folders, only=set(folders) - set(LEFT_OUT))


def polnear_articles(root: Path, part: str) -> Iterator[tuple[str, str, Sequence[Roles], Mapping[int, Speakers]]]:
    """The articles of a part of PolNeAR whose speakers are labelled."""
    articles = load_polnear(root / "polnear" / part)
    texts = {a.id: a.text for a in articles}
    speakers = labelled(root, part, LABELS / "speakers.tsv" if part == "train" else None, texts)
    for a in articles:
        if a.id in speakers:
            yield a.id, a.text, sorted(a.attributions, key=lambda g: g.cue[0]), speakers[a.id]


def read(
    weights: Path, articles: Iterable[tuple[str, str, Sequence[Roles], Mapping[int, Speakers]]]
) -> list[AskedArticle]:
    """The questions of many articles."""
    loaded = load_weights(weights)
    analyzer = Analyzer(OnnxHeads(weights), loaded.tokenizer, loaded.settings)
    with ThreadPoolExecutor(2) as executor:
        return [asked_of(analyzer, executor, *a) for a in articles]


# ---------------------------------------------------------------- the head


class SpeakerHead(nn.Module):
    """Scores of candidates from features and from what the encoder knows of the words asked about and the candidate's places."""

    def __init__(self, vector: int, narrow: int = 24, hidden: int = 96, dropout: float = 0.2) -> None:
        super().__init__()
        self.asks = nn.Linear(vector, vector)
        self.left, self.right = nn.Linear(vector, narrow), nn.Linear(vector, narrow)
        self.net = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(len(FEATURES) + PLACES + 1 + 3 * narrow, hidden), nn.GELU(),
            nn.Dropout(dropout), nn.Linear(hidden, hidden // 2), nn.GELU(), nn.Linear(hidden // 2, 1),
        )  # fmt: skip

    def forward(self, asked: Tensor, of: Tensor, features: Tensor, places: Tensor, there: Tensor) -> Tensor:
        """asked (Q, V); of (N,); features (N, F); places (N, PLACES, V); there (N, PLACES) -> (N,)."""
        wanted = self.asks(asked)[of]
        scores = (places * wanted[:, None, :]).sum(2) * places.shape[2] ** -0.5
        scores = scores * there
        best = (scores - 1e4 * (1.0 - there)).amax(1, keepdim=True) * there[:, :1]
        mean = (places * there[:, :, None]).sum(1) / there.sum(1, keepdim=True).clamp(min=1.0)
        left, right = self.left(asked)[of], self.right(mean)
        return self.net(torch.cat([features, scores, best, left, right, left * right], 1))[:, 0]


def tensors(q: Questions) -> tuple[Tensor, ...]:
    return tuple(torch.from_numpy(np.asarray(x)) for x in (q.asked, q.of, q.features, q.places, q.there))


def joined(batch: Sequence[Item]) -> tuple[Questions, Tensor, Tensor]:
    """Several articles' questions as one."""
    shift = np.cumsum([0, *(len(q.asked) for q, _, _ in batch)])
    merged = Questions(
        np.concatenate([q.asked for q, _, _ in batch]),
        np.concatenate([q.of + s for (q, _, _), s in zip(batch, shift, strict=False)]),
        *(np.concatenate([getattr(q, f) for q, _, _ in batch]) for f in ("features", "places", "there")),
    )
    target = torch.from_numpy(np.concatenate([t for _, t, _ in batch])).float()
    return merged, target, torch.from_numpy(np.concatenate([w for _, _, w in batch])).float()


def log_chances(scores: Tensor, of: Tensor, count: int) -> Tensor:
    """(N,) log of the softmax over each statement's answers."""
    top = torch.full((count,), -1e9).scatter_reduce(0, of, scores, "amax")
    total = torch.zeros(count).index_add(0, of, (scores - top[of]).exp())
    return scores - top[of] - total.log()[of]


def learn(items: Sequence[Item], vector: int, *, epochs: int, seed: int, start: nn.Module | None = None) -> SpeakerHead:
    """Fit a head by cross-entropy."""
    torch.manual_seed(seed)
    head = SpeakerHead(vector)
    if start is not None:
        head.asks.load_state_dict(start.state_dict())
    optimizer = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.02)
    rng = random.Random(seed)
    usable = [i for i in items if i[2].sum()]
    size = 8
    steps, step = epochs * -(-len(usable) // size), 0
    for _ in range(epochs):
        order = rng.sample(usable, len(usable))
        for lo in range(0, len(order), size):
            step += 1
            for g in optimizer.param_groups:
                g["lr"] = 2e-3 * min(1.0, step / (0.1 * steps), (steps - step) / (0.6 * steps) + 0.02)
            q, target, weight = joined(order[lo : lo + size])
            parts = tensors(q)
            logs = log_chances(head(*parts), parts[1], len(q.asked))
            loss = -(target * logs * weight[parts[1]]).sum() / weight.sum()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
    return head.eval()


@torch.no_grad()
def chances(heads: Sequence[SpeakerHead], q: Questions) -> np.ndarray:
    """(N,) chance of each answer, the heads' scores averaged."""
    if not len(q.of):
        return np.zeros(0, np.float32)
    parts = tensors(q)
    scores = torch.stack([h(*parts) for h in heads]).mean(0)
    return log_chances(scores, parts[1], len(q.asked)).exp().numpy()


def measure(articles: Sequence[AskedArticle], given: Sequence[np.ndarray]) -> dict[str, str]:
    """Share of right answers by how the source is written, over statements whose speaker is known."""
    right: dict[str, list[int]] = {}
    for a, own in zip(articles, given, strict=True):
        edges = np.cumsum([0, *map(len, a.answers)])
        for k, said in enumerate(a.page.said):
            if a.weight[k] and k in a.gold:
                lo, hi = edges[k], edges[k + 1]
                best = lo + int(own[lo:hi].argmax())
                hit = a.target[best] > 0 and (a.weight[k] == 1.0 or not a.gold[k].names)
                who = " + ".join(a.gold[k].names)
                source = Roles(said.statement.source, said.statement.cue, said.statement.content)
                form = source_form(a.page.article.text, source, who) if who else "nobody"
                for key in ("all" if who else "nobody", form):
                    tally = right.setdefault(key, [0, 0])
                    tally[0] += hit
                    tally[1] += 1
    return {k: f"{x / n:.3f} of {n}" for k, (x, n) in sorted(right.items())}


# ---------------------------------------------------------------- the run


class SpeakersGraph(nn.Module):
    """The heads of several seeds, their scores averaged."""

    def __init__(self, heads: Sequence[SpeakerHead]) -> None:
        super().__init__()
        self.heads = nn.ModuleList(heads)

    def forward(self, asked: Tensor, of: Tensor, features: Tensor, places: Tensor, there: Tensor) -> Tensor:
        return torch.stack([h(asked, of, features, places, there) for h in self.heads]).mean(0)


def export(heads: Sequence[SpeakerHead], path: Path) -> None:
    """Write the heads as one graph, fp32: they are small."""
    vector = heads[0].asks.in_features
    few = (
        torch.randn(2, vector), torch.tensor([0, 0, 1]), torch.randn(3, len(FEATURES)), torch.randn(3, PLACES, vector),
        torch.ones(3, PLACES),
    )  # fmt: skip
    names = ["asked", "of", "features", "places", "there"]
    torch.onnx.export(
        SpeakersGraph(heads).eval(), few, str(path), input_names=names, output_names=["scores"],
        dynamic_axes={"asked": {0: "statements"}} | {n: {0: "candidates"} for n in (*names[1:], "scores")},
        opset_version=17, dynamo=False,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="the trained encoder, for where the head starts from")
    parser.add_argument("--weights", type=Path, required=True, help="the exported encoder")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seeds", type=int, default=4)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train = read(args.weights, training_articles(args.data))
    dev = read(args.weights, polnear_articles(args.data, "dev"))
    counts = len(train), sum(len(a.answers) for a in train), sum(len(a.target) for a in train)
    log.info("%d articles, %d statements, %d candidates", *counts)
    start = load(args.model).links.asks
    items = [(a.questions, a.target, a.weight) for a in train]
    heads: list[SpeakerHead] = []
    for seed in range(args.seeds):
        heads.append(learn(items, start.in_features, epochs=args.epochs, seed=seed + 1, start=start))
        log.info("seed %d  dev %s", seed + 1, measure(dev, [chances(heads[-1:], a.questions) for a in dev]))
    log.info("together  dev %s", measure(dev, [chances(heads, a.questions) for a in dev]))
    export(heads, args.weights / "speakers.onnx")


if __name__ == "__main__":
    main()
