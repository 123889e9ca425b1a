"""The second model: what people do by their words, and what is done otherwise.

An encoder of its own, which sees the text with the statements that the first one found marked in it, and over its states
heads for speech acts, for events, and for whom both are aimed at. It is its own because acts and events live on what words
mean, which the first encoder forgets as it learns whose words they are (LOG.md).

Shapes: L pieces of B windows; N statements or possible events, of whose segments S words are seen; D the encoder's width; V
of the vectors that parties are compared by.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.analysis.values import ACTS, DEEDS, MARKS
from training.model import DISTANCE, FORBIDDEN, Dropout, Encoder, Layer, Shape

TAGS = ("O", "B", "I")
HIDDEN, DROPOUT = 256, 0.2


class Doing(nn.Module):
    """Encoder and heads. `vector`: what a name is compared by."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.role = nn.Embedding(len(MARKS), shape.width)
        nn.init.normal_(self.role.weight, std=0.02)
        self.trigger = nn.Linear(shape.width, len(TAGS))
        self.vector = nn.Linear(shape.width, shape.link)
        self.said = Said(shape)
        self.done = Done(shape)

    def heads(self) -> list[nn.Parameter]:
        """Parameters that start from nothing, and so learn faster than the encoder's."""
        own = {id(p) for p in self.encoder.parameters()}
        fresh = [p for p in self.parameters() if id(p) not in own]
        return [*fresh, self.encoder.case.weight, self.encoder.quoted.weight]

    def states(self, piece: Tensor, case: Tensor, quoted: Tensor, role: Tensor, mask: Tensor) -> Tensor:
        """piece, case, quoted, role, mask: (B, L) -> (B, L, D)."""
        e = self.encoder
        x = e.word(piece) + e.position(torch.arange(piece.shape[1])) + e.case(case) + e.quoted(quoted) + self.role(role)
        x = e.drop(e.norm(x))
        bias = ((1.0 - mask.float()) * FORBIDDEN)[:, None, None, :]
        for layer in e.layers:
            x = layer(x, bias)
        return x


class Marked(nn.Module):
    """A layer over a segment in which one statement or event is marked; means of its states by marks, before and after."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d = shape.width
        self.mark = nn.Embedding(len(MARKS), d)
        self.distance = nn.Embedding(2 * DISTANCE + 1, d)
        nn.init.normal_(self.mark.weight, std=0.02)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.norm = nn.LayerNorm(d, 1e-12)
        self.drop = Dropout(shape.dropout)
        self.layer = Layer(d, shape.argument_heads, shape.argument_hidden, shape.dropout)

    def forward(
        self, states: Tensor, at: Tensor, mask: Tensor, mark: Tensor, distance: Tensor
    ) -> tuple[Tensor, Tensor]:
        """states (P, D); at, mask, mark, distance (N, S), see `Arguments` -> states before and after the layer, (N, S, D)."""
        seen = states[at]
        x = self.drop(self.norm(seen + self.mark(mark) + self.distance(distance)))
        bias = ((1.0 - mask.float()) * FORBIDDEN)[:, None, None, :]
        return seen.float(), self.layer(x, bias).float()


def mean(states: Tensor, chosen: Tensor) -> Tensor:
    """(N, D) means of the states (N, S, D) where `chosen` (N, S) is 1; zeros where it is nowhere."""
    weight = chosen / chosen.sum(1, keepdim=True).clamp(min=1.0)
    return (weight[:, None, :] @ states)[:, 0]


class Said(nn.Module):
    """A statement's act, and a vector that asks whom it is aimed at, the last number the score of nobody."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.marked = Marked(shape)
        self.drop = nn.Dropout(DROPOUT)
        self.mix = nn.Linear(5 * shape.width, HIDDEN)
        self.act = nn.Linear(HIDDEN, len(ACTS))
        self.target = nn.Linear(HIDDEN, shape.link + 1)

    def forward(
        self, states: Tensor, at: Tensor, mask: Tensor, mark: Tensor, distance: Tensor
    ) -> tuple[Tensor, Tensor]:
        """As `Marked` -> acts (N, A), targets (N, V + 1)."""
        seen, x = self.marked(states, at, mask, mark, distance)
        source, cue, content = ((mark == n).float() for n in (1, 2, 3))
        means = [mean(x, cue), mean(x, content), mean(x, source), mean(seen, cue), mean(seen, content)]
        mixed = F.gelu(self.mix(self.drop(torch.cat(means, 1))))
        return self.act(mixed), self.target(mixed)


class Done(nn.Module):
    """A possible event's type, the last of them none, and vectors that ask who did it and to whom."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.marked = Marked(shape)
        self.drop = nn.Dropout(DROPOUT)
        self.mix = nn.Linear(3 * shape.width, HIDDEN)
        self.kind = nn.Linear(HIDDEN, len(DEEDS) + 1)
        self.party = nn.Linear(HIDDEN, 2 * (shape.link + 1))

    def forward(
        self, states: Tensor, at: Tensor, mask: Tensor, mark: Tensor, distance: Tensor
    ) -> tuple[Tensor, Tensor]:
        """As `Marked` -> types (N, T + 1), parties (N, 2, V + 1)."""
        seen, x = self.marked(states, at, mask, mark, distance)
        trigger = (mark > 0).float()
        mixed = F.gelu(
            self.mix(self.drop(torch.cat([mean(x, trigger), mean(seen, trigger), mean(x, mask.float())], 1)))
        )
        return self.kind(mixed), self.party(mixed).unflatten(1, (2, -1))
