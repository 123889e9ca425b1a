"""What training minimises: for each window, the cue tags, the role chains of its cues, and which candidates attribute.

Negative log likelihoods: of tags and chains per cue, so that their sum is that of a whole attribution; of attributing per
candidate.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.candidates import Item, Target, false_targets, gold_targets
from training.model import Attributor
from training.tensors import Seen, ask, see


def word_states(model: Attributor, seen: Seen) -> Tensor:
    """Encoder states, a row for each piece: (B * L, D)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.encoder(seen.piece, seen.case, seen.quoted, seen.mask)
    return states.float().flatten(0, 1)


def loss_of(model: Attributor, group: Sequence[Item], rng: random.Random) -> tuple[Tensor, dict[str, float]]:
    """Loss of a batch, and its parts for the log."""
    seen = see(group)
    states = word_states(model, seen)
    logits = model.cue(states[np.concatenate(seen.rows)])
    gold, wrong = _targets(group, seen, logits, rng)
    tags = torch.from_numpy(np.concatenate([d.cue_tags[w.word] for d, w in group]))
    weight = torch.from_numpy(np.concatenate([d.weight[w.word] for d, w in group]))
    parts = {"cue": (F.cross_entropy(logits, tags, reduction="none") * weight).sum() / max(len(gold), 1)}
    if gold or wrong:
        emissions, valid, mask = ask(model, states, [t.asked for t in gold + wrong])
        label = torch.tensor([1.0] * len(gold) + [0.0] * len(wrong))
        parts["valid"] = F.binary_cross_entropy_with_logits(valid, label)
        if gold:
            size, count = emissions.shape[1], len(gold)
            roles = np.zeros((count, size), np.int64)
            for n, target in enumerate(gold):
                if target.tags is not None:
                    roles[n, : len(target.tags)] = target.tags
            parts["chain"] = model.chain.loss(emissions[:count], mask[:count], torch.from_numpy(roles)).mean()
    return sum(parts.values(), torch.zeros(())), {k: float(v.detach()) for k, v in parts.items()}


def _targets(
    group: Sequence[Item], seen: Seen, logits: Tensor, rng: random.Random
) -> tuple[list[Target], list[Target]]:
    """Gold cues, and some of what the model takes for cues and is none."""
    chances = torch.softmax(logits.detach(), -1).numpy()
    gold: list[Target] = []
    wrong: list[Target] = []
    edge = 0
    for (d, w), rows in zip(group, seen.rows, strict=True):
        gold += gold_targets(d, w, rows)
        wrong += false_targets(d, w, rows, chances[edge : edge + len(rows)])
        edge += len(rows)
    rng.shuffle(wrong)
    # Early on the model takes everything for a cue: no more false ones than half of the true ones, for time's sake.
    return gold, wrong[: max(4, len(gold) // 2)]
