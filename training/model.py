"""The attribution model in torch: an encoder, a cue head, and an argument head run once for each cue.

Shapes: B windows of L pieces and at most W words; N cues whose segment has at most S words; D the encoder's width.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.analysis.values import KINDS, ROLE_TAGS

CUE_TAGS = ("O", "B", "I")
MENTION_TAGS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
FORBIDDEN = -1e4
DISTANCE = 64
"""Relative distance to the cue in words is clipped here."""


@dataclass(frozen=True)
class Shape:
    """What the weights are shaped by."""

    layers: int
    width: int
    heads: int
    vocabulary: int
    argument_layers: int = 2
    argument_heads: int = 6
    argument_hidden: int = 768
    link: int = 128
    dropout: float = 0.1

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor, heads: int) -> Tensor:
    """Multi-head attention of (B, N, D), written out: on a CPU its backward pass is twice as fast as the fused operator's."""
    b, n, d = q.shape
    q, k, v = (x.view(b, n, heads, d // heads).transpose(1, 2) for x in (q, k, v))
    scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5 + bias.to(q.dtype)
    return (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(b, n, d)


class Dropout(nn.Module):
    """Dropout (Srivastava and others 2014) that draws one random byte a number: a third of the time of torch's on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.least = round(share * 256)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.least:
            return x
        kept = torch.empty(x.shape, dtype=torch.uint8).random_() >= self.least
        return x * kept.to(x.dtype).mul_(256 / (256 - self.least))


class Layer(nn.Module):
    """Post-norm transformer layer, as BERT and MPNet have it."""

    def __init__(self, width: int, heads: int, hidden: int, dropout: float, eps: float = 1e-12) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)
        self.drop = Dropout(dropout)
        self.attend = attention  # export puts a fused operator here

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        mixed = self.attend(self.q(x), self.k(x), self.v(x), bias, self.heads)
        x = self.norm1(x + self.drop(self.o(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces, their letter case and whether they are quoted -> states (B, L, D)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        d = shape.width
        self.word = nn.Embedding(shape.vocabulary, d)
        self.position = nn.Embedding(512, d)
        self.case, self.quoted = nn.Embedding(5, d), nn.Embedding(3, d)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quoted.weight)
        self.norm = nn.LayerNorm(d, 1e-12)
        self.drop = Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(d, shape.heads, 4 * d, shape.dropout) for _ in range(shape.layers))

    def forward(self, piece: Tensor, case: Tensor, quoted: Tensor, mask: Tensor) -> Tensor:
        """piece, case, quoted: (B, L); mask: (B, L), 1 for a piece and 0 for padding."""
        n = piece.shape[1]
        x = self.word(piece) + self.position(torch.arange(n)) + self.case(case) + self.quoted(quoted)
        x = self.drop(self.norm(x))
        bias = ((1.0 - mask.float()) * FORBIDDEN)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Arguments(nn.Module):
    """For each cue, scores of the words of its segment as source and content, and whether the cue attributes at all."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d = shape.width
        self.is_cue = nn.Embedding(2, d)
        self.distance = nn.Embedding(2 * DISTANCE + 1, d)
        nn.init.normal_(self.is_cue.weight, std=0.02)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.cue_state = nn.Linear(d, d)
        self.norm = nn.LayerNorm(d, 1e-12)
        self.drop = Dropout(shape.dropout)
        self.layers = nn.ModuleList(
            Layer(d, shape.argument_heads, shape.argument_hidden, shape.dropout) for _ in range(shape.argument_layers)
        )
        self.roles = nn.Linear(d, len(ROLE_TAGS))
        self.valid = nn.Linear(d, 1)

    def forward(self, states: Tensor, at: Tensor, mask: Tensor, cue: Tensor, distance: Tensor) -> tuple[Tensor, Tensor]:
        """states: (P, D); at: (N, S) rows of `states`; mask, cue: (N, S) of 0 and 1; distance: (N, S) of 0 … 2 * DISTANCE.

        Returns emissions (N, S, 5) and logits (N,).
        """
        x = states[at]
        weight = cue.to(x.dtype) / cue.sum(1, keepdim=True).clamp(min=1).to(x.dtype)
        mean = weight[:, None, :] @ x
        x = x + self.is_cue(cue) + self.distance(distance) + self.cue_state(mean)
        x = self.drop(self.norm(x))
        bias = ((1.0 - mask.float()) * FORBIDDEN)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        valid = self.valid(weight.to(x.dtype)[:, None, :] @ x)[:, 0, 0]
        # A cue's own words are neither source nor content.
        outside = cue.float()[:, :, None] * torch.tensor([0.0] + [FORBIDDEN] * 4)
        return self.roles(x).float() + outside, valid.float()


class Chain(nn.Module):
    """Linear-chain conditional random field over ROLE_TAGS (Lafferty, McCallum and Pereira 2001)."""

    def __init__(self) -> None:
        super().__init__()
        self.transition = nn.Parameter(torch.zeros(5, 5))
        forbidden = torch.zeros(5, 5)
        start = torch.zeros(5)
        for inside, allowed in ((2, (1, 2)), (4, (3, 4))):
            start[inside] = FORBIDDEN
            for before in range(5):
                if before not in allowed:
                    forbidden[before, inside] = FORBIDDEN
        self.register_buffer("forbidden", forbidden)
        self.register_buffer("start", start)

    def scores(self) -> Tensor:
        """(5, 5) score of a tag after another."""
        return self.transition + self.forbidden

    def partition(self, emissions: Tensor, mask: Tensor) -> Tensor:
        """(N,) log of the sum over all paths.

        The steps are multiplied pairwise, as a tree: log S rounds of large products instead of S small ones.
        """
        first = self.start + emissions[:, 0]
        if emissions.shape[1] == 1:
            return torch.logsumexp(first, 1)
        move = self.scores() + emissions[:, 1:, None, :]
        nothing = torch.full((5, 5), 2 * FORBIDDEN).fill_diagonal_(0.0)
        chain = torch.where(mask[:, 1:, None, None].bool(), move, nothing)
        while chain.shape[1] > 1:
            odd = chain[:, -1:] if chain.shape[1] % 2 else chain[:, :0]
            left, right = chain[:, 0 : chain.shape[1] - odd.shape[1] : 2], chain[:, 1::2]
            right = right[:, : left.shape[1]]
            product = torch.logsumexp(left[:, :, :, :, None] + right[:, :, None, :, :], 3)
            chain = torch.cat([product, odd], 1)
        return torch.logsumexp(first[:, :, None] + chain[:, 0], (1, 2))

    def path_score(self, emissions: Tensor, mask: Tensor, tags: Tensor) -> Tensor:
        """(N,) score of the given paths."""
        m = mask.float()
        own = emissions.gather(2, tags[:, :, None])[:, :, 0] * m
        moves = self.scores()[tags[:, :-1], tags[:, 1:]] * m[:, 1:]
        return own.sum(1) + moves.sum(1) + self.start[tags[:, 0]]

    def loss(self, emissions: Tensor, mask: Tensor, tags: Tensor) -> Tensor:
        """(N,) negative log likelihood of the given paths."""
        return self.partition(emissions, mask) - self.path_score(emissions, mask, tags)

    def marginals(self, emissions: Tensor, mask: Tensor) -> Tensor:
        """(N, S, 5) chance of each tag, as the gradient of the partition."""
        with torch.enable_grad():
            e = emissions.detach().clone().requires_grad_()
            (chances,) = torch.autograd.grad(self.partition(e, mask).sum(), e)
        return chances


AWAY = (4, 8, 16, 32, 64, 128)
"""Edges of the distances, in words, that a link is scored by; each on either side."""


class Links(nn.Module):
    """Whether one stretch of words means what another does: `vector` of each is all that the reader keeps of its states."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.vector = nn.Linear(shape.width, shape.link)
        self.asks = nn.Linear(shape.link, shape.link)
        self.away = nn.Embedding(2 * len(AWAY) + 2, 1)
        self.nobody = nn.Linear(shape.link, 1)
        nn.init.zeros_(self.away.weight)

    def forward(self, states: Tensor, at: Tensor) -> Tensor:
        """(M, M + 1) scores of each of M stretches meaning each other one, and in the last column none of them.

        states: (M, D) means of the stretches' words; at: (M,) their first words' places in the window.
        """
        vectors = self.vector(states)
        asked = self.asks(vectors)
        scores = asked @ vectors.T * vectors.shape[1] ** -0.5
        apart = at[:, None] - at[None, :]
        bucket = torch.bucketize(apart.abs(), torch.tensor(AWAY)) + (apart < 0) * (len(AWAY) + 1)
        scores = scores + self.away(bucket)[:, :, 0]
        scores = scores + torch.eye(len(at)) * FORBIDDEN
        return torch.cat([scores, self.nobody(asked)], 1)


class Attributor(nn.Module):
    """Encoder, cue head, argument head and chain; mention head and link head."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.cue = nn.Linear(shape.width, len(CUE_TAGS))
        self.arguments = Arguments(shape)
        self.chain = Chain()
        self.mention = nn.Linear(shape.width, len(MENTION_TAGS))
        self.links = Links(shape)

    def heads(self) -> list[nn.Parameter]:
        """Parameters that start from nothing, and so learn faster than the encoder's."""
        fresh = [*self.cue.parameters(), *self.arguments.parameters(), *self.chain.parameters()]
        fresh += [*self.mention.parameters(), *self.links.parameters()]
        return [*fresh, self.encoder.case.weight, self.encoder.quoted.weight]
