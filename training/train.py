"""Train the attributor on gold attributions.

    python -m training.train --data $DATA --silver runs/silver.jsonl --out runs/student

Resumes from the last checkpoint of its output folder. One line of figures every twenty steps and after each epoch. In the
end it goes on at lower rates, and the mean of the weights before and after is what is kept.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training import corpora, data, pretrained
from training.averaging import follow, mean_of
from training.candidates import Item, ask_of, cues_of, likely_cues
from training.data import Document
from training.losses import link_scores, loss_of, word_states
from training.mentions import Silver
from training.model import Attributor, Shape
from training.stories import story_folders
from training.tensors import Seen, ask, see

log = logging.getLogger("training")
LEFT_OUT = ("border", "desks", "trial")
"""Stories kept out of training as a check on invented news."""


@dataclass(frozen=True)
class Plan:
    """What a run does. `average`: share of the past in the running mean of the weights while it goes on."""

    epochs: int = 5
    encoder_rate: float = 1.2e-4
    head_rate: float = 1e-3
    batch_pieces: int = 1536
    stories_times: int = 2
    warm_up: float = 0.08
    seed: int = 1
    checkpoint_every: int = 200
    again_epochs: int = 2
    again_encoder_rate: float = 6e-5
    again_head_rate: float = 3e-4
    average: float = 0.998


def load_tokenizer() -> Tokenizer:
    """BERT's uncased tokenizer, as the student's package carries it, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(pretrained.student_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def corpus(root: Path, plan: Plan, silver: Silver, tokenizer: Tokenizer) -> list[Document]:
    """Training articles; the stories stand in it several times, for they are few."""
    out = corpora.polnear(root, "train", silver, tokenizer)
    return out + corpora.stories(story_folders(root), silver, tokenizer, leave_out=LEFT_OUT) * plan.stories_times


# ---------------------------------------------------------------- figures on development articles


@torch.no_grad()
def measure(model: Attributor, documents: Sequence[Document]) -> dict[str, float]:
    """Exact cue F1 of plain decoding; given gold cues, share of exact sources, contents and both (word level).

    F1 of mentions, words and kind; share of labelled links whose likeliest stretch of the window is right.
    """
    model.eval()
    right = found = known = 0
    exact, names, links = np.zeros(3), np.zeros(3), np.zeros(2)
    for group in data.batches(data.windows(documents, None), 4096, None):
        seen = see(group)
        states = word_states(model, seen)
        names += _names(model, states, group, seen)
        for scores, fits, weight in link_scores(model, states, group, seen):
            sure = weight == 1.0
            links += fits[sure].gather(1, scores[sure].argmax(1, keepdim=True)).sum().item(), int(sure.sum())
        asked, gold = [], []
        for (d, w), rows in zip(group, seen.rows, strict=True):
            chances = torch.softmax(model.cue(states[rows]), -1).numpy()
            predicted = {tuple(words) for _, words in likely_cues(d, w, chances, 0.5)}
            cues = cues_of(d, w)
            known += len(cues)
            found += len(predicted)
            right += len(predicted & {tuple(c.words) for c in cues})
            asked += [ask_of(d, w, rows, c.segment, c.words) for c in cues]
            gold += [c.tags for c in cues]
        if asked:
            emissions, _, mask = ask(model, states, asked)
            guesses = model.chain.marginals(emissions, mask).argmax(-1).numpy()
            for tags, guess in zip(gold, guesses, strict=True):
                same = [np.array_equal((tags + 1) // 2 == k, (guess[: len(tags)] + 1) // 2 == k) for k in (1, 2)]
                exact += [*same, all(same)]
    model.train()
    shares = dict(zip(("source", "content", "both"), (exact / known).round(4).tolist(), strict=True))
    figures = {"mention_f1": 2 * names[0] / max(names[1] + names[2], 1), "links": links[0] / max(links[1], 1)}
    return (
        {"cue_f1": round(2 * right / max(found + known, 1), 4)} | shares | {k: round(v, 4) for k, v in figures.items()}
    )


def macro_f1(guessed: Sequence[int], known: Sequence[int]) -> float:
    """Mean over the known classes of their F1."""
    g, k = np.array(guessed), np.array(known)
    each = [2 * ((g == c) & (k == c)).sum() / ((g == c).sum() + (k == c).sum()) for c in sorted(set(known))]
    return float(np.mean(each)) if each else 0.0


def _names(model: Attributor, states: torch.Tensor, group: Sequence[Item], seen: Seen) -> np.ndarray:
    """Right, found and known mentions of the windows."""
    out = np.zeros(3)
    for (d, w), rows in zip(group, seen.rows, strict=True):
        tags = model.mention(states[rows]).argmax(-1).numpy()
        found, known = _runs(tags), _runs(d.mention_tags[w.word])
        out += len(found & known), len(found), len(known)
    return out


def _runs(tags: np.ndarray) -> set[tuple[int, int, int]]:
    """(first, end, kind) of the mentions that tags tell."""
    out, first = set(), 0
    kinds = [(int(t) + 1) // 2 for t in tags] + [0]
    for k, kind in enumerate(kinds):
        if k and kinds[k - 1] and (kind != kinds[k - 1] or (k < len(tags) and tags[k] % 2)):
            out.add((first, k, kinds[k - 1]))
        if kind and (not k or kind != kinds[k - 1] or tags[k] % 2):
            first = k
    return out


# ---------------------------------------------------------------- the run


def optimizer_of(model: Attributor, plan: Plan) -> torch.optim.AdamW:
    heads = {id(p) for p in model.heads()}
    trained = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in trained if id(p) not in heads], "lr": plan.encoder_rate},
        {"params": [p for p in trained if id(p) in heads], "lr": plan.head_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def rate(step: int, steps: int, warm_up: float) -> float:
    """Linear up, then linear down to nothing."""
    up = max(1, int(steps * warm_up))
    return step / up if step < up else max(0.0, (steps - step) / max(1, steps - up))


def run(model: Attributor, documents: list[Document], dev: list[Document], plan: Plan, out: Path) -> None:
    """Train, checkpointing into `out`; a run that was stopped goes on from its last checkpoint."""
    out.mkdir(parents=True, exist_ok=True)
    optimizer = optimizer_of(model, plan)
    epochs = [data.epoch(documents, plan.batch_pieces, plan.seed, e) for e in range(plan.epochs)]
    steps = sum(map(len, epochs))
    mark = fingerprint(plan, documents)
    done = _resume(out, model, optimizer, mark)
    step, began = 0, time.time()
    sums: dict[str, float] = {}
    for epoch, groups in enumerate(epochs):
        model.train()
        for group in groups:
            step += 1
            if step <= done:
                continue
            for g, base in zip(optimizer.param_groups, (plan.encoder_rate, plan.head_rate), strict=True):
                g["lr"] = base * rate(step, steps, plan.warm_up)
            figures = _step(model, optimizer, group, random.Random(step))
            for k, v in figures.items():
                sums[k] = sums.get(k, 0.0) + v
            if step % 20 == 0:
                told = "  ".join(f"{k} {v / 20:.3f}" for k, v in sums.items())
                log.info("step %d of %d  %s  %.2f s a step", step, steps, told, (time.time() - began) / (step - done))
                sums = {}
            if step % plan.checkpoint_every == 0:
                _checkpoint(out, model, optimizer, step, mark)
        if step > done:
            log.info("epoch %d  dev %s", epoch + 1, measure(model, dev))
            _checkpoint(out, model, optimizer, step, mark)
    save(model, out / "model.pt")


def go_on(model: Attributor, documents: list[Document], dev: list[Document], plan: Plan) -> Attributor:
    """The mean of a trained model and of what further epochs at lower rates make of it.

    What it becomes is a running mean of its weights too. The middle is better than either end, by half a point of the
    statements that are right in every word and two points of names in news of other kinds (LOG.md).
    """
    before, averaged = copy.deepcopy(model), copy.deepcopy(model)
    optimizer = optimizer_of(model, plan)
    groups = [g for n in range(plan.again_epochs) for g in data.epoch(documents, plan.batch_pieces, plan.seed + 1, n)]
    model.train()
    for step, group in enumerate(groups, 1):
        for g, base in zip(optimizer.param_groups, (plan.again_encoder_rate, plan.again_head_rate), strict=True):
            g["lr"] = base * rate(step, len(groups), plan.warm_up)
        _step(model, optimizer, group, random.Random(step))
        follow(averaged, model, step, plan.average)
        if step % 20 == 0:
            log.info("going on: step %d of %d", step, len(groups))
    made = mean_of([before, averaged])
    log.info("gone on  dev %s", measure(made, dev))
    return made


def _step(model: Attributor, optimizer: torch.optim.AdamW, group: list[Item], rng: random.Random) -> dict[str, float]:
    loss, figures = loss_of(model, group, rng)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return figures


def fingerprint(plan: Plan, documents: Sequence[Document]) -> str:
    """Hash of what a run learns from, so that no run goes on from another's checkpoint."""
    digest = hashlib.sha256(json.dumps(asdict(plan), sort_keys=True).encode())
    for d in documents:
        digest.update(d.id.encode())
        for array in (d.words.piece, d.words.quoted, d.cue_tags, np.array(d.segments), d.mention_tags):
            digest.update(array.tobytes())
    return digest.hexdigest()


def _checkpoint(out: Path, model: Attributor, optimizer: torch.optim.AdamW, step: int, mark: str) -> None:
    fresh = out / "checkpoint.tmp"
    kept = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "mark": mark}
    torch.save(kept | {"random": torch.get_rng_state()}, fresh)
    fresh.replace(out / "checkpoint.pt")


def _resume(out: Path, model: Attributor, optimizer: torch.optim.AdamW, mark: str) -> int:
    path = out / "checkpoint.pt"
    if not path.exists():
        return 0
    kept = torch.load(path, weights_only=True)
    if kept["mark"] != mark:
        log.info("%s is of another plan or other data: begins anew", path)
        return 0
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    torch.set_rng_state(kept["random"])
    log.info("goes on after step %d", kept["step"])
    return int(kept["step"])


def save(model: Attributor, path: Path) -> None:
    torch.save({"shape": model.shape.to_json(), "model": model.state_dict()}, path)


def load(path: Path) -> Attributor:
    kept = torch.load(path, weights_only=True)
    model = Attributor(Shape(**kept["shape"]))
    model.load_state_dict(kept["model"])
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--silver", type=Path, required=True, help="names that training.silver wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run: checkpoint, log, model.pt")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    handlers = [logging.StreamHandler(), logging.FileHandler(args.out / "log.txt")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    torch.manual_seed(1)
    plan = Plan()
    log.info("plan %s", json.dumps(asdict(plan)))
    tokenizer = load_tokenizer()
    silver = corpora.load_silver(args.silver)
    documents = corpus(args.data, plan, silver, tokenizer)
    dev = corpora.polnear(args.data, "dev", silver, tokenizer)
    model = pretrained.load(pretrained.student_folder())
    run(model, documents, dev, plan, args.out)
    once = corpus(args.data, replace(plan, stories_times=1), silver, tokenizer)
    save(go_on(model, once, dev, plan), args.out / "model.pt")


if __name__ == "__main__":
    main()
