"""Train an attributor on gold attributions, alone or taught by a larger one.

    python -m training.train teacher --data ../shared/data --out runs
    python -m training.train student --data ../shared/data --out runs [--teacher runs/teacher]

Resumes from the last checkpoint of its output folder. One line of figures every twenty steps and after each epoch.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from onrecord.analysis.words import Window
from training import data, pretrained
from training.data import Cue, Document
from training.model import Attributor, Shape
from training.tensors import Asked, Seen, ask, see

log = logging.getLogger("training")
LEFT_OUT = ("border", "trial")
"""Stories kept out of training as a check on invented news."""
Item = tuple[Document, Window]


@dataclass(frozen=True)
class Plan:
    """What a run does. `soft`: share of the loss that comes from the teacher where gold is there too."""

    epochs: int
    encoder_rate: float
    head_rate: float
    batch_pieces: int = 2048
    stories_times: int = 2
    soft: float = 0.0
    warm_up: float = 0.08
    seed: int = 1
    checkpoint_every: int = 200


PLANS = {
    "teacher": Plan(epochs=2, encoder_rate=5e-5, head_rate=5e-4, stories_times=1),
    "student": Plan(epochs=5, encoder_rate=1.2e-4, head_rate=1e-3, batch_pieces=1536),
    "taught": Plan(epochs=4, encoder_rate=1.5e-4, head_rate=1e-3, soft=0.5),
}


@dataclass(frozen=True)
class Lesson:
    """What a teacher says of one article: chances of the cue tags (n, 3), and of each candidate cue its arguments.

    Each candidate: segment, cue words, chance that it attributes, marginals (S, 5) and (S - 1, 5, 5) of its chain.
    """

    cue: np.ndarray
    candidates: list[tuple[int, np.ndarray, float, np.ndarray, np.ndarray]]


def load_tokenizer() -> Tokenizer:
    """BERT's uncased tokenizer, as the student's package carries it, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(pretrained.student_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def corpus(root: Path, plan: Plan, tokenizer: Tokenizer, *, silver: bool) -> list[Document]:
    """Training articles; the stories stand in it several times, for they are few."""
    out = data.polnear(root / "polnear" / "train", tokenizer)
    out += data.stories(root / "invented", tokenizer, leave_out=LEFT_OUT) * plan.stories_times
    if silver:
        out += data.unlabelled(root, tokenizer)
    return out


# ---------------------------------------------------------------- losses


def word_states(model: Attributor, seen: Seen) -> Tensor:
    """Encoder states, a row for each piece: (B * L, D)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.encoder(seen.piece, seen.case, seen.quoted, seen.mask)
    return states.float().flatten(0, 1)


def candidate_runs(chances: np.ndarray, least: float = 0.1) -> list[np.ndarray]:
    """Runs of words whose chance of being in a cue is at least `least`; a clear beginning starts a new run."""
    inside = 1.0 - chances[:, 0] >= least
    runs: list[list[int]] = []
    for k in np.flatnonzero(inside):
        if runs and runs[-1][-1] == k - 1 and chances[k, 1] <= chances[k, 2]:
            runs[-1].append(int(k))
        else:
            runs.append([int(k)])
    return [np.array(r) for r in runs]


def segment_rows(window: Window, rows: np.ndarray, segment: tuple[int, int]) -> np.ndarray:
    """Rows of the words of one of the window's segments."""
    lo = int(np.searchsorted(window.word, segment[0]))
    return rows[lo : lo + segment[1] - segment[0]]


def false_candidates(d: Document, w: Window, rows: np.ndarray, chances: np.ndarray) -> Iterator[Asked]:
    """Likely cues of a window that gold does not know; none where gold could be silent about a nested one."""
    for run in candidate_runs(chances):
        words = w.word[run]
        if d.cue_tags[words].any() or (not d.nested and d.covered[words].any()):
            continue
        segment = next(s for s in w.segments if s[0] <= words[0] < s[1])
        words = words[words < segment[1]]
        yield Asked(segment_rows(w, rows, segment), words - segment[0])


def gold_loss(
    model: Attributor, group: Sequence[Item], seen: Seen, states: Tensor, rng: random.Random
) -> tuple[Tensor, dict[str, float]]:
    """Negative log likelihood per gold cue: cue tags, role chains, and whether a candidate attributes."""
    rows = np.concatenate(seen.rows)
    logits = model.cue(states[rows])
    tags = torch.from_numpy(np.concatenate([d.cue_tags[w.word] for d, w in group]))
    weight = torch.from_numpy(np.concatenate([d.weight[w.word] for d, w in group]))
    cue_loss = (F.cross_entropy(logits, tags, reduction="none") * weight).sum()
    chances = torch.softmax(logits.detach(), -1).numpy()
    asked: list[Asked] = []
    gold: list[np.ndarray] = []
    wrong: list[Asked] = []
    edge = 0
    for (d, w), r in zip(group, seen.rows, strict=True):
        for c in _cues_of(d, w):
            segment = d.segments[c.segment]
            asked.append(Asked(segment_rows(w, r, segment), c.words - segment[0]))
            gold.append(c.tags)
        wrong += false_candidates(d, w, r, chances[edge : edge + len(r)])
        edge += len(r)
    rng.shuffle(wrong)
    wrong = wrong[: max(4, len(asked) // 2)]
    count = max(len(asked), 1)
    loss = cue_loss / count
    figures = {"cue": float(loss.detach())}
    if asked or wrong:
        emissions, valid, mask = ask(model, states, asked + wrong)
        label = torch.tensor([1.0] * len(asked) + [0.0] * len(wrong))
        valid_loss = F.binary_cross_entropy_with_logits(valid, label)
        loss = loss + valid_loss
        figures["valid"] = float(valid_loss.detach())
        if asked:
            n, size = len(asked), emissions.shape[1]
            padded = torch.from_numpy(np.stack([np.pad(t, (0, size - len(t))) for t in gold]))
            chain = model.chain.loss(emissions[:n], mask[:n], padded).mean()
            loss = loss + chain
            figures["chain"] = float(chain.detach())
    return loss, figures


def _cues_of(d: Document, w: Window) -> list[Cue]:
    return [c for c in d.cues if d.segments[c.segment] in w.segments]


def taught_loss(
    model: Attributor, group: Sequence[Item], seen: Seen, states: Tensor, lessons: dict[str, Lesson]
) -> Tensor:
    """Cross-entropy against the teacher's distributions (Hinton, Vinyals and Dean 2015), per candidate of some weight."""
    rows = np.concatenate(seen.rows)
    taught = np.concatenate([lessons[d.id].cue[w.word] for d, w in group]).astype(np.float32)
    cue_loss = -(torch.from_numpy(taught) * torch.log_softmax(model.cue(states[rows]), -1)).sum()
    asked: list[Asked] = []
    taken = []
    for (d, w), r in zip(group, seen.rows, strict=True):
        for c in lessons[d.id].candidates:
            segment = d.segments[c[0]]
            if segment in w.segments:
                asked.append(Asked(segment_rows(w, r, segment), c[1] - segment[0]))
                taken.append(c)
    if not asked:
        return cue_loss / 8
    emissions, valid, mask = ask(model, states, asked)
    weight = torch.tensor([c[2] for c in taken])
    size = emissions.shape[1]
    one = torch.from_numpy(np.stack([np.pad(c[3].astype(np.float32), ((0, size - len(c[3])), (0, 0))) for c in taken]))
    two = torch.from_numpy(
        np.stack([np.pad(c[4].astype(np.float32), ((0, size - 1 - len(c[4])), (0, 0), (0, 0))) for c in taken])
    )
    chain = model.chain.soft_loss(emissions, mask, one, two)
    count = weight.sum().clamp(min=1.0)
    return cue_loss / count + F.binary_cross_entropy_with_logits(valid, weight) + (chain * weight).sum() / count


# ---------------------------------------------------------------- what a teacher says


@torch.no_grad()
def teach(model: Attributor, documents: Sequence[Document]) -> dict[str, Lesson]:
    """The lessons of a trained model on every article, read in full windows."""
    model.eval()
    cue = {d.id: np.zeros((len(d.words), 3), np.float16) for d in documents}
    candidates: dict[str, list[tuple[int, np.ndarray, float, np.ndarray, np.ndarray]]] = {d.id: [] for d in documents}
    unique = list({d.id: d for d in documents}.values())
    for group in data.batches(data.windows(unique, None), 4096, None):
        seen = see(group, mpnet=model.shape.relative)
        states = word_states(model, seen)
        asked: list[Asked] = []
        whose: list[tuple[Document, int, np.ndarray]] = []
        for (d, w), r in zip(group, seen.rows, strict=True):
            chances = torch.softmax(model.cue(states[r]), -1).numpy()
            cue[d.id][w.word] = chances
            gold = [c.words for c in _cues_of(d, w)]
            taken = {int(k) for g in gold for k in g}
            runs = gold + [w.word[r] for r in candidate_runs(chances, 0.05) if not taken & {int(k) for k in w.word[r]}]
            for words in runs:
                n = next(n for n, s in enumerate(d.segments) if s[0] <= words[0] < s[1])
                words = words[words < d.segments[n][1]]
                asked.append(Asked(segment_rows(w, r, d.segments[n]), words - d.segments[n][0]))
                whose.append((d, n, words))
        if asked:
            emissions, valid, mask = ask(model, states, asked)
            one, two = model.chain.marginals(emissions, mask)
            for k, ((d, n, words), a) in enumerate(zip(whose, asked, strict=True)):
                s = len(a.rows)
                chance = float(torch.sigmoid(valid[k]))
                candidates[d.id].append((n, words, chance, one[k, :s].half().numpy(), two[k, : s - 1].half().numpy()))
    return {i: Lesson(cue[i], candidates[i]) for i in cue}


# ---------------------------------------------------------------- figures on development articles


@torch.no_grad()
def measure(model: Attributor, documents: Sequence[Document]) -> dict[str, float]:
    """Exact cue F1 of plain decoding; given gold cues, share of exact sources, contents and both (word level)."""
    model.eval()
    right = found = known = 0
    exact = np.zeros(3)
    for group in data.batches(data.windows(documents, None), 4096, None):
        seen = see(group, mpnet=model.shape.relative)
        states = word_states(model, seen)
        asked: list[Asked] = []
        gold: list[np.ndarray] = []
        for (d, w), r in zip(group, seen.rows, strict=True):
            chances = torch.softmax(model.cue(states[r]), -1).numpy()
            predicted = {tuple(w.word[run]) for run in candidate_runs(chances, 0.5)}
            cues = _cues_of(d, w)
            known += len(cues)
            found += len(predicted)
            right += len(predicted & {tuple(c.words) for c in cues})
            for c in cues:
                segment = d.segments[c.segment]
                asked.append(Asked(segment_rows(w, r, segment), c.words - segment[0]))
                gold.append(c.tags)
        if asked:
            emissions, _, mask = ask(model, states, asked)
            one, _ = model.chain.marginals(emissions, mask)
            for tags, guess in zip(gold, one.argmax(-1).numpy(), strict=True):
                g = guess[: len(tags)]
                same = [np.array_equal((tags + 1) // 2 == k, (g + 1) // 2 == k) for k in (1, 2)]
                exact += [*same, all(same)]
    model.train()
    f1 = 2 * right / max(found + known, 1)
    return {"cue_f1": f1, "source": exact[0] / known, "content": exact[1] / known, "both": exact[2] / known}


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


def run(
    model: Attributor,
    documents: list[Document],
    dev: list[Document],
    plan: Plan,
    out: Path,
    lessons: dict[str, Lesson] | None,
) -> None:
    """Train, checkpointing into `out`; a run that was stopped goes on from its last checkpoint."""
    out.mkdir(parents=True, exist_ok=True)
    optimizer = optimizer_of(model, plan)
    epochs = [_epoch(documents, plan, e) for e in range(plan.epochs)]
    steps = sum(map(len, epochs))
    done = _resume(out, model, optimizer)
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
            figures = _step(model, optimizer, group, plan, lessons, random.Random(step))
            for k, v in figures.items():
                sums[k] = sums.get(k, 0.0) + v
            if step % 20 == 0:
                told = "  ".join(f"{k} {v / 20:.3f}" for k, v in sums.items())
                log.info("step %d of %d  %s  %.2f s a step", step, steps, told, (time.time() - began) / (step - done))
                sums = {}
            if step % plan.checkpoint_every == 0:
                _checkpoint(out, model, optimizer, step)
        if step > done:
            log.info("epoch %d  dev %s", epoch + 1, measure(model, dev))
            _checkpoint(out, model, optimizer, step)
    save(model, out / "model.pt")


def _step(
    model: Attributor,
    optimizer: torch.optim.AdamW,
    group: list[Item],
    plan: Plan,
    lessons: dict[str, Lesson] | None,
    rng: random.Random,
) -> dict[str, float]:
    seen = see(group, mpnet=model.shape.relative)
    states = word_states(model, seen)
    loss = torch.zeros(())
    figures: dict[str, float] = {}
    labelled = group[0][0].labelled
    if labelled:
        gold, figures = gold_loss(model, group, seen, states, rng)
        loss = loss + (1.0 - plan.soft) * gold
    if lessons is not None:
        soft = taught_loss(model, group, seen, states, lessons)
        loss = loss + (plan.soft if labelled else 0.3) * soft
        figures["soft"] = float(soft.detach())
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return figures


def _epoch(documents: list[Document], plan: Plan, number: int) -> list[list[Item]]:
    """Batches of one epoch: labelled and unlabelled articles never in one batch."""
    rng = random.Random(plan.seed * 1000 + number)
    groups = []
    for labelled in (True, False):
        some = [d for d in documents if d.labelled == labelled]
        groups += list(data.batches(data.windows(some, rng), plan.batch_pieces, rng)) if some else []
    rng.shuffle(groups)
    return groups


def _checkpoint(out: Path, model: Attributor, optimizer: torch.optim.AdamW, step: int) -> None:
    fresh = out / "checkpoint.tmp"
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, fresh)
    fresh.replace(out / "checkpoint.pt")


def _resume(out: Path, model: Attributor, optimizer: torch.optim.AdamW) -> int:
    path = out / "checkpoint.pt"
    if not path.exists():
        return 0
    kept = torch.load(path, weights_only=True)
    model.load_state_dict(kept["model"])
    optimizer.load_state_dict(kept["optimizer"])
    log.info("goes on after step %d", kept["step"])
    return int(kept["step"])


def save(model: Attributor, path: Path) -> None:
    torch.save({"shape": model.shape.to_json(), "model": model.state_dict()}, path)


def load(path: Path) -> Attributor:
    kept = torch.load(path, weights_only=True)
    model = Attributor(Shape(**kept["shape"]))
    model.load_state_dict(kept["model"])
    return model


def lessons_of(teacher: Path, documents: list[Document]) -> dict[str, Lesson]:
    """The teacher's lessons, made once and kept beside it."""
    path = teacher / "lessons.pickle"  # our own file, never one from elsewhere
    if not path.exists():
        log.info("the teacher reads %d articles", len(documents))
        fresh = path.with_suffix(".tmp")
        fresh.write_bytes(pickle.dumps(teach(load(teacher / "model.pt"), documents)))
        fresh.replace(path)
    return pickle.loads(path.read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("who", choices=("teacher", "student"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--name")
    parser.add_argument("--epochs", type=int)
    args = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(1)
    plan = PLANS["taught" if args.teacher else args.who]
    if args.epochs:
        plan = Plan(**asdict(plan) | {"epochs": args.epochs})
    out = args.out / (args.name or args.who)
    out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(out / "log.txt")],
    )
    log.info("plan %s", json.dumps(asdict(plan)))
    tokenizer = load_tokenizer()
    documents = corpus(args.data, plan, tokenizer, silver=bool(args.teacher))
    dev = data.polnear(args.data / "polnear" / "dev", tokenizer)
    if args.who == "teacher":
        model = pretrained.load(pretrained.teacher_folder(args.out), argument_hidden=1536)
    else:
        model = pretrained.load(pretrained.student_folder())
    lessons = lessons_of(args.teacher, documents) if args.teacher else None
    run(model, documents, dev, plan, out, lessons)


if __name__ == "__main__":
    main()
