"""Cross-validate PLOVER's root types given who did what to whom, on PLV_train, grouped by sentence.

    python -m training.plover --data $DATA

Only gold columns are used. A fresh pretrained encoder, which sees source and target marked in the sentence, is tuned on the
sentences written for this project (`labels/coded.tsv`), and in each fold on the gold rows of the others.
"""

from __future__ import annotations

import argparse
import copy
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.analysis.words import split_words
from training.corpora import LABELS
from training.data import paragraphs_of
from training.deeds import Coded, coded_of, coded_sentences
from training.deeds_model import Doing, mean
from training.train import load_tokenizer, macro_f1, rate
from training.train_deeds import new_model

log = logging.getLogger("training")
FOLDS, BATCH, LONGEST = 5, 32, 160
FIRST, THEN = (5, 1.5e-4), (4, 8e-5)
"""Epochs and rate of the encoder on the project's own sentences, and then on gold rows."""
SOURCE, TARGET = 1, 3  # marks of the second model: a source's, and a content's for whom it is done to


@dataclass(frozen=True)
class Row:
    """A sentence in pieces, with marks; `group`: its text, `type`: index of its root."""

    group: str
    piece: list[int]
    case: list[int]
    mark: list[int]
    type: int


class Typer(nn.Module):
    """The second model's encoder, and a head over the means of source, target and all."""

    def __init__(self, model: Doing, types: int) -> None:
        super().__init__()
        self.model, self.types = model, types
        width = model.shape.width
        self.head = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(4 * width, 256), nn.GELU(), nn.Dropout(0.2), nn.Linear(256, types)
        )

    def forward(self, piece: Tensor, case: Tensor, mark: Tensor, mask: Tensor) -> Tensor:
        """(N, L) each -> (N, types)."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self.model.states(piece, case, torch.zeros_like(piece), mark, mask)
        x, rest = x.float(), ((mark == 0) & (mask == 1)).float()
        means = [
            mean(x, (mark == SOURCE).float()),
            mean(x, (mark == TARGET).float()),
            mean(x, rest),
            mean(x, mask.float()),
        ]
        return self.head(torch.cat(means, 1))


def row_of(coded: Coded, roots: Sequence[str], tokenizer: Tokenizer) -> Row:
    """A coded sentence as the model sees it."""
    words = split_words(coded.text, paragraphs_of(coded.text), tokenizer)
    lengths = np.diff(np.append(words.first, len(words.piece)))
    mark = np.zeros(len(words), np.int64)
    for value, (start, end) in ((SOURCE, coded.source), (TARGET, coded.target)):
        mark[(words.start < end) & (words.end > start)] = value
    pieces = np.repeat(mark, lengths).tolist()
    piece = [101, *words.piece.tolist()[:LONGEST], 102]
    pad = lambda x: [0, *x[:LONGEST], 0]  # noqa: E731
    return Row(coded.text, piece, pad(words.case.tolist()), pad(pieces), roots.index(coded.root))


def batch(rows: Sequence[Row]) -> tuple[Tensor, ...]:
    size = max(len(r.piece) for r in rows)
    padded = lambda x: x + [0] * (size - len(x))  # noqa: E731
    piece, case, mark = (torch.tensor([padded(getattr(r, f)) for r in rows]) for f in ("piece", "case", "mark"))
    return piece, case, mark, (piece > 0).long(), torch.tensor([r.type for r in rows])


def tuned(model: Typer, rows: Sequence[Row], epochs: int, encoder_rate: float, seed: int) -> Typer:
    """A copy of a model, tuned on some rows."""
    model = copy.deepcopy(model)
    encoder = {id(p) for p in model.model.encoder.parameters()}
    groups = [
        {"params": [p for p in model.parameters() if (id(p) in encoder) == inner], "lr": 0.0} for inner in (True, False)
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    counts = torch.bincount(torch.tensor([r.type for r in rows]), minlength=model.types).float()
    weight = (counts.sum() / (model.types * counts.clamp(min=1))).sqrt()
    rng, steps, step = random.Random(seed), epochs * -(-len(rows) // BATCH), 0
    for _ in range(epochs):
        order = sorted(rng.sample(rows, len(rows)), key=lambda r: len(r.piece) + 30 * rng.random())
        parts = [order[n : n + BATCH] for n in range(0, len(order), BATCH)]
        rng.shuffle(parts)
        for part in parts:
            step += 1
            for g, base in zip(optimizer.param_groups, (encoder_rate, 1e-3), strict=True):
                g["lr"] = base * rate(step, steps, 0.1)
            *given, types = batch(part)
            F.cross_entropy(model(*given), types, weight=weight, label_smoothing=0.1).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
    return model


@torch.no_grad()
def guesses(model: Typer, rows: Sequence[Row]) -> list[int]:
    """The likeliest type of each row."""
    model.eval()
    out = [k for n in range(0, len(rows), 64) for k in model(*batch(rows[n : n + 64])[:4]).argmax(-1).tolist()]
    model.train()
    return out


def written(path: Path) -> list[Coded]:
    """The sentences written for this project: a root and a marked sentence a line."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf8").splitlines())
    return [c for n, (root, marked) in enumerate(lines) if (c := coded_of(f"own-{n}", marked, root)) is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    coded = coded_sentences(args.data / "plover" / "PLV_train.tsv")
    roots = sorted({c.root for c in coded})
    tokenizer = load_tokenizer()
    rows = [row_of(c, roots, tokenizer) for c in coded]
    own = [row_of(c, roots, tokenizer) for c in written(LABELS / "coded.tsv")]
    torch.manual_seed(1)
    first = tuned(Typer(new_model(), len(roots)), own, *FIRST, 1)
    guessed_by_own = guesses(first, rows)
    known_all = [r.type for r in rows]
    log.info("taught by %d own sentences alone: macro-F1 %.3f, accuracy %.3f", len(own),
             macro_f1(guessed_by_own, known_all), float(np.mean(np.equal(guessed_by_own, known_all))))  # fmt: skip
    groups = sorted({r.group for r in rows})
    random.Random(1).shuffle(groups)
    of = {group: n % FOLDS for n, group in enumerate(groups)}
    guessed: list[int] = []
    known: list[int] = []
    for n in range(FOLDS):
        test = [r for r in rows if of[r.group] == n]
        guessed += guesses(tuned(first, [r for r in rows if of[r.group] != n], *THEN, n), test)
        known += [r.type for r in test]
        right = float(np.mean(np.equal(guessed, known)))
        log.info(
            "fold %d  so far macro-F1 %.3f, accuracy %.3f of %d", n + 1, macro_f1(guessed, known), right, len(known)
        )


if __name__ == "__main__":
    main()
