"""Train the second model on acts, targets and events.

    python -m training.train_deeds --data $DATA --silver runs/silver.jsonl --out runs/deeds

Starts from the pretrained encoder.
"""

from __future__ import annotations

import argparse
import copy
import json
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from onrecord.evaluation.labels import load_labels
from training import corpora, data, pretrained
from training.averaging import follow
from training.candidates import likely_cues
from training.data import Document
from training.deeds_batches import (
    NO_DEED,
    Batch,
    Item,
    add_false,
    ask,
    batch_of,
    done_asked,
    means,
    named,
    stretch_places,
    wanted_of,
)
from training.deeds_model import Doing
from training.mentions import Silver
from training.model import FORBIDDEN, Shape
from training.stories import story_folders
from training.train import LEFT_OUT, load_tokenizer, macro_f1, rate
from training.written import done_documents, quarrel_documents, said_documents

log = logging.getLogger("training")
TARGET, TRIGGER, PARTY, WORDS = 0.5, 20.0, 0.5, 300
"""Weights of the losses beside those of acts and types. A trigger's tag is a loss a word, as if of WORDS at least."""
LIKELY = 0.3
"""Least chance of a word to be in a trigger, here where figures are taken."""
SMOOTH = 0.05
"""Label smoothing (Szegedy and others 2016) of acts and types, whose labels are noisy between neighbours."""


@dataclass(frozen=True)
class Pass:
    """So many epochs with rates that rise and fall once. `written`: also on what was written for it, and less of the rest."""

    epochs: int
    encoder_rate: float
    head_rate: float
    written: bool = False


@dataclass(frozen=True)
class Plan:
    """What a run does. `average`: share of the past in the running mean of the weights, which is what is kept (Polyak 1992).
    `others`: articles labelled for this project that a pass on what was written takes along.
    """

    passes: tuple[Pass, ...] = (
        Pass(3, 1e-4, 1e-3),
        Pass(2, 7e-5, 5e-4),
        *(Pass(1, 7e-5, 4e-4, written=True) for _ in range(3)),
    )
    batch_pieces: int = 1536
    stories_times: int = 2
    sentences_times: int = 2
    said_times: int = 3
    done_times: int = 4
    others: int = 150
    warm_up: float = 0.1
    average: float = 0.998
    seed: int = 1


@dataclass(frozen=True)
class Corpora:
    """Documents by where they come from. `trusted`: articles of PolNeAR with the first labels, or with events."""

    trusted: list[Document]
    others: list[Document]
    stories: list[Document]
    sentences: list[Document]
    said: list[Document]
    done: list[Document]

    def of(self, one: Pass, plan: Plan) -> list[Document]:
        """What a pass sees; the few several times."""
        if not one.written:
            few = self.stories * plan.stories_times + self.sentences * plan.sentences_times
            return [*self.trusted, *self.others, *few]
        some = random.Random(plan.seed).sample(self.others, min(plan.others, len(self.others)))
        own = self.said * plan.said_times + self.done * plan.done_times
        return [*self.trusted, *some, *self.stories, *self.sentences, *own]


def corpora_of(root: Path, silver: Silver, tokenizer: Tokenizer) -> Corpora:
    """Articles with something labelled."""
    first = load_labels(root / "labels" / "train.tsv")
    articles = [d for d in corpora.polnear(root, "train", silver, tokenizer) if _taught(d)]
    trusted = [d for d in articles if d.id in first or d.deeds]
    return Corpora(
        trusted,
        [d for d in articles if d.id not in first and not d.deeds],
        corpora.stories(story_folders(root), silver, tokenizer, leave_out=LEFT_OUT),
        corpora.plover(root, tokenizer),
        said_documents(corpora.LABELS / "said.tsv", tokenizer)
        + quarrel_documents(corpora.LABELS / "quarrels.txt", tokenizer),
        done_documents(corpora.LABELS / "done.txt", tokenizer),
    )


def _taught(d: Document) -> bool:
    return any(c.act is not None for c in d.cues) or bool(d.deeds)


def new_model() -> Doing:
    """The second model with a pretrained encoder and new heads."""
    first = pretrained.load(pretrained.student_folder())
    model = Doing(first.shape)
    model.encoder.load_state_dict(first.encoder.state_dict())
    return model


# ---------------------------------------------------------------- losses


def states_of(model: Doing, batch: Batch) -> Tensor:
    """(B * L, D)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.states(batch.piece, batch.case, batch.quoted, batch.role, batch.mask)
    return states.float().flatten(0, 1)


def loss_of(model: Doing, group: Sequence[Item], rng: random.Random) -> tuple[Tensor, dict[str, float]]:
    """Loss of a batch, and its parts for the log."""
    batch = batch_of(group, rng)
    states = states_of(model, batch)
    wanted = wanted_of(group, batch.rows)
    logits = model.trigger(states[np.concatenate(batch.rows)])
    tags = torch.from_numpy(np.concatenate([d.trigger_tags[w.word] for d, w in group]))
    weight = torch.from_numpy(np.concatenate([d.trigger_weight[w.word] for d, w in group]))
    losses = F.cross_entropy(logits, tags, reduction="none") * weight
    parts = {"trigger": TRIGGER * losses.sum() / weight.sum().clamp(min=WORDS)}
    add_false(wanted, group, batch.rows, torch.softmax(logits.detach(), -1).numpy(), rng)
    vectors = _vectors(model, states, group, batch)
    if wanted.said:
        acts, targets = ask(model.said, states, wanted.said)
        known = [n for n, act in enumerate(wanted.acts) if act is not None]
        if known:
            answers = torch.tensor([wanted.acts[n] for n in known])
            parts["act"] = F.cross_entropy(acts[known], answers, label_smoothing=SMOOTH)
        parts["target"] = TARGET * _party_loss(targets[:, None], wanted.targets, vectors)
    if wanted.done:
        types, parties = ask(model.done, states, wanted.done)
        parts["type"] = F.cross_entropy(types, torch.tensor(wanted.types), label_smoothing=SMOOTH)
        parts["party"] = PARTY * _party_loss(parties, wanted.parties, vectors)
    return sum(parts.values(), torch.zeros(())), {k: float(v.detach()) for k, v in parts.items()}


Vectors = list[tuple[list[frozenset[int]], Tensor]]
"""For each window, clusters of the stretches that may be meant, and their vectors (M, V)."""


def _vectors(model: Doing, states: Tensor, group: Sequence[Item], batch: Batch) -> Vectors:
    out = []
    for (d, w), rows in zip(group, batch.rows, strict=True):
        meant = named(d, w)
        places = [stretch_places(w, rows, m) for m in meant]
        out.append(
            (
                [m.clusters for m in meant],
                model.vector(means(states, places)) if meant else torch.zeros(0, model.shape.link),
            )
        )
    return out


def party_scores(asks: Tensor, vectors: Tensor) -> Tensor:
    """(M + 1,) scores of the stretches, and in the end of nobody."""
    return torch.cat([vectors @ asks[:-1] * vectors.shape[1] ** -0.5, asks[-1:]])


def _party_loss(asks: Tensor, wanted: Sequence[tuple[int, int, int, frozenset[int]]], vectors: Vectors) -> Tensor:
    """Negative log likelihood of any stretch of the right clusters, of nobody where there are none.

    asks: (N, sides, V + 1). A party that the window does not name is not learned.
    """
    losses = []
    for n, side, window, clusters in wanted:
        meant, own = vectors[window]
        fits = [*(bool(clusters & c) for c in meant), not clusters]
        if any(fits):
            scores = party_scores(asks[n, side], own)
            right = scores.masked_fill(~torch.tensor(fits), FORBIDDEN)
            losses.append(torch.logsumexp(scores, 0) - torch.logsumexp(right, 0))
    return torch.stack(losses).mean() if losses else torch.zeros(())


# ---------------------------------------------------------------- figures


@torch.no_grad()
def measure(model: Doing, documents: Sequence[Document]) -> dict[str, float]:
    """Share of right acts and their macro-F1, of right targets, F1 of triggers (one word is enough), of triggers with their type,
    share of right parties: given gold statements and, for the parties, gold triggers, among the names of the window.
    """
    model.eval()
    guessed: list[int] = []
    known: list[int] = []
    shares = {k: np.zeros(2) for k in ("target", "party", "type")}
    found = np.zeros(4)
    for group in data.batches(data.windows(documents, None), 4096, None):
        batch = batch_of(group, None)
        states = states_of(model, batch)
        wanted = wanted_of(group, batch.rows)
        vectors = _vectors(model, states, group, batch)
        if wanted.said:
            acts, targets = ask(model.said, states, wanted.said)
            some = [n for n, act in enumerate(wanted.acts) if act is not None]
            guessed += acts[some].argmax(-1).tolist()
            known += [wanted.acts[n] for n in some]
            shares["target"] += _parties_right(targets[:, None], wanted.targets, vectors)
        if wanted.done:
            types, parties = ask(model.done, states, wanted.done)
            shares["type"] += int((types.argmax(-1) == torch.tensor(wanted.types)).sum()), len(wanted.types)
            shares["party"] += _parties_right(parties, wanted.parties, vectors)
        found += _triggers(model, states, group, batch)
    model.train()
    figures = {"act": float(np.mean(np.equal(guessed, known))) if known else 0.0, "act_macro": macro_f1(guessed, known)}
    figures |= {k: float(a / max(b, 1)) for k, (a, b) in shares.items()}
    figures["trigger_f1"] = 2 * found[0] / max(found[1] + found[2], 1)
    figures["typed_f1"] = 2 * found[3] / max(found[1] + found[2], 1)
    return {k: round(float(v), 4) for k, v in figures.items()}


def _parties_right(
    asks: Tensor, wanted: Sequence[tuple[int, int, int, frozenset[int]]], vectors: Vectors
) -> tuple[int, int]:
    right = total = 0
    for n, side, window, clusters in wanted:
        meant, own = vectors[window]
        fits = [*(bool(clusters & c) for c in meant), not clusters]
        if any(fits):
            right += fits[int(party_scores(asks[n, side], own).argmax())]
            total += 1
    return right, total


def _triggers(model: Doing, states: Tensor, group: Sequence[Item], batch: Batch) -> np.ndarray:
    """Right, found and known triggers, and right ones with the right type."""
    out = np.zeros(4)
    for (d, w), rows in zip(group, batch.rows, strict=True):
        if not (d.trigger_weight[w.word] == 1.0).all():
            continue
        chances = torch.softmax(model.trigger(states[rows]), -1).numpy()
        marks = [m for m in d.deeds if d.segments[m.segment] in w.segments]
        by_word = {int(k): m for m in marks for k in m.words}
        likely = likely_cues(d, w, chances, LIKELY)
        asked = [done_asked(d, w, rows, segment, words) for segment, words in likely]
        types = ask(model.done, states, asked)[0].argmax(-1).tolist() if asked else []
        kept = [(words, t) for (_, words), t in zip(likely, types, strict=True) if t != NO_DEED]
        hits = [
            (by_word[k], t)
            for words, t in kept
            if (k := next((int(k) for k in words if int(k) in by_word), None)) is not None
        ]
        out += len(hits), len(kept), len(marks), sum(m.type == t for m, t in hits)
    return out


# ---------------------------------------------------------------- the run


def run(model: Doing, known: Corpora, checks: dict[str, list[Document]], plan: Plan, out: Path) -> None:
    """Train in passes, each from the averaged weights of the one before, and keep those weights after each epoch."""
    epoch = 0
    for one in plan.passes:
        groups = [data.epoch(known.of(one, plan), plan.batch_pieces, plan.seed, epoch + n) for n in range(one.epochs)]
        averaged, trained = copy.deepcopy(model), Trained(model, one, sum(map(len, groups)), plan)
        for some in groups:
            epoch += 1
            for group in some:
                trained.step(group, averaged)
            for name, documents in checks.items():
                log.info("epoch %d  %s %s", epoch, name, measure(averaged, documents))
            save(averaged, out / "model.pt")
        model = averaged


class Trained:
    """A model in one pass: its optimizer, its steps, sums for the log."""

    def __init__(self, model: Doing, one: Pass, steps: int, plan: Plan) -> None:
        heads = {id(p) for p in model.heads()}
        groups = [{"params": [p for p in model.parameters() if (id(p) in heads) == fresh]} for fresh in (False, True)]
        self.model, self.one, self.steps, self.plan = model, one, steps, plan
        self.optimizer = torch.optim.AdamW(groups, lr=0.0, weight_decay=0.01, fused=True)
        self.done, self.began = 0, time.time()
        self.sums: dict[str, float] = {}

    def step(self, group: Sequence[Item], averaged: Doing) -> None:
        """One batch; then the running mean follows."""
        self.done += 1
        for g, base in zip(self.optimizer.param_groups, (self.one.encoder_rate, self.one.head_rate), strict=True):
            g["lr"] = base * rate(self.done, self.steps, self.plan.warm_up)
        loss, figures = loss_of(self.model, group, random.Random(self.done))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        follow(averaged, self.model, self.done, self.plan.average)
        self._tell(figures)

    def _tell(self, figures: dict[str, float]) -> None:
        for k, v in figures.items():
            self.sums[k] = self.sums.get(k, 0.0) + v
        if self.done % 20 == 0:
            told = "  ".join(f"{k} {v / 20:.3f}" for k, v in self.sums.items())
            pace = (time.time() - self.began) / self.done
            log.info("step %d of %d  %s  %.2f s a step", self.done, self.steps, told, pace)
            self.sums = {}


def save(model: Doing, path: Path) -> None:
    fresh = path.with_suffix(".tmp")
    torch.save({"shape": model.shape.to_json(), "model": model.state_dict()}, fresh)
    fresh.replace(path)


def load(path: Path) -> Doing:
    kept = torch.load(path, weights_only=True)
    model = Doing(Shape(**kept["shape"]))
    model.load_state_dict(kept["model"])
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--silver", type=Path, required=True, help="names that training.silver wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run: log, model.pt")
    parser.add_argument("--order", type=int, default=1, help="number of the order in which the articles are seen")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    handlers = [logging.StreamHandler(), logging.FileHandler(args.out / "log.txt")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    torch.manual_seed(1)
    plan = Plan(seed=args.order)
    log.info("plan %s", json.dumps(asdict(plan)))
    tokenizer = load_tokenizer()
    silver = corpora.load_silver(args.silver)
    known = corpora_of(args.data, silver, tokenizer)
    folders = story_folders(args.data)
    checks = {
        "dev": corpora.polnear(args.data, "dev", silver, tokenizer),
        "left out": corpora.stories(folders, silver, tokenizer, leave_out=set(folders) - set(LEFT_OUT)),
    }
    run(new_model(), known, checks, plan, args.out)


if __name__ == "__main__":
    main()
