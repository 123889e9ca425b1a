"""What training minimises: for each window, the cue tags, the role chains of its candidates, and which of them attribute.

Negative log likelihoods: of tags and chains per cue, of attributing per candidate. With a teacher, its
distributions take part of gold's place (Hinton, Vinyals and Dean 2015).
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.candidates import (
    Item,
    Known,
    Lesson,
    Target,
    Taught,
    ask_of,
    false_targets,
    gold_targets,
    known_candidates,
    padded,
    taught_targets,
)
from training.data import Document, batches, windows
from training.model import Attributor
from training.tensors import Seen, ask, see


def word_states(model: Attributor, seen: Seen) -> Tensor:
    """Encoder states, a row for each piece: (B * L, D)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.encoder(seen.piece, seen.case, seen.quoted, seen.mask)
    return states.float().flatten(0, 1)


def loss_of(
    model: Attributor, group: Sequence[Item], lessons: dict[str, Lesson] | None, share: float, rng: random.Random
) -> tuple[Tensor, dict[str, float]]:
    """Loss of a batch, and its parts for the log. `share`: of the teacher, where gold speaks too."""
    seen = see(group, mpnet=model.shape.relative)
    states = word_states(model, seen)
    logits = model.cue(states[np.concatenate(seen.rows)])
    targets = _targets(group, seen, logits, lessons, share, rng)
    count = max(1.0, sum(t.hard + t.soft for t in targets))
    parts = {"cue": _cue_loss(group, logits, lessons, share) / count}
    if targets:
        parts |= _argument_losses(model, states, targets, count)
    return sum(parts.values(), torch.zeros(())), {k: float(v.detach()) for k, v in parts.items()}


def _targets(
    group: Sequence[Item],
    seen: Seen,
    logits: Tensor,
    lessons: dict[str, Lesson] | None,
    share: float,
    rng: random.Random,
) -> list[Target]:
    if lessons is not None:
        return [
            t
            for (d, w), rows in zip(group, seen.rows, strict=True)
            for t in taught_targets(d, w, rows, lessons[d.id], share)
        ]
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
    return gold + wrong[: max(4, len(gold) // 2)]


def _cue_loss(group: Sequence[Item], logits: Tensor, lessons: dict[str, Lesson] | None, share: float) -> Tensor:
    tags = torch.from_numpy(np.concatenate([d.cue_tags[w.word] for d, w in group]))
    weight = torch.from_numpy(np.concatenate([d.weight[w.word] for d, w in group]))
    hard = F.cross_entropy(logits, tags, reduction="none") * weight
    if lessons is None:
        return hard.sum()
    taught = torch.from_numpy(np.concatenate([lessons[d.id].cue[w.word] for d, w in group]).astype(np.float32))
    soft = -(taught * torch.log_softmax(logits, -1)).sum(-1)
    own = share if group[0][0].labelled else 1.0
    return ((1.0 - own) * hard + own * soft).sum()


def _argument_losses(model: Attributor, states: Tensor, targets: Sequence[Target], count: float) -> dict[str, Tensor]:
    emissions, valid, mask = ask(model, states, [t.asked for t in targets])
    label = torch.tensor([t.valid for t in targets])
    parts = {"valid": F.binary_cross_entropy_with_logits(valid, label)}
    size = emissions.shape[1]
    hard, soft = (torch.tensor([getattr(t, kind) for t in targets]) for kind in ("hard", "soft"))
    chain = torch.zeros(len(targets))
    if hard.any():
        tags = torch.from_numpy(padded([t.tags for t in targets], (size,))).long()
        chain = chain + hard * model.chain.loss(emissions, mask, tags)
    if soft.any():
        taught = [t.taught for t in targets]
        one = torch.from_numpy(padded([t and t.one for t in taught], (size, 5)))
        two = torch.from_numpy(padded([t and t.two for t in taught], (size - 1, 5, 5)))
        chain = chain + soft * model.chain.soft_loss(emissions, mask, one, two)
    return parts | {"chain": chain.sum() / count}


@torch.no_grad()
def teach(model: Attributor, documents: Sequence[Document]) -> dict[str, Lesson]:
    """The lessons of a trained model on every article, read in full windows."""
    model.eval()
    unique = list({d.id: d for d in documents}.values())
    cue = {d.id: np.zeros((len(d.words), 3), np.float16) for d in unique}
    candidates: dict[str, list[Known]] = {d.id: [] for d in unique}
    for group in batches(windows(unique, None), 4096, None):
        seen = see(group, mpnet=model.shape.relative)
        states = word_states(model, seen)
        whose, asked = [], []
        for (d, w), rows in zip(group, seen.rows, strict=True):
            chances = torch.softmax(model.cue(states[rows]), -1).numpy()
            cue[d.id][w.word] = chances
            for segment, words, gold in known_candidates(d, w, chances):
                whose.append((d, segment, words, gold))
                asked.append(ask_of(d, w, rows, segment, words))
        if not asked:
            continue
        emissions, valid, mask = ask(model, states, asked)
        one, two = model.chain.marginals(emissions, mask)
        for k, (d, segment, words, gold) in enumerate(whose):
            s = len(asked[k].rows)
            taught = Taught(float(torch.sigmoid(valid[k])), one[k, :s].half().numpy(), two[k, : s - 1].half().numpy())
            candidates[d.id].append(Known(segment, words, gold, taught))
    return {i: Lesson(cue[i], tuple(candidates[i])) for i in cue}
