"""The trainer's model: its chain against every path, its loss, and that ONNX says what torch says. Needs torch."""

import itertools
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is in the training environment only (make train)")

from tests.scripted import article_of, tokenizer  # noqa: E402

from onrecord.analysis import OnnxHeads  # noqa: E402
from onrecord.analysis.cues import questions  # noqa: E402
from onrecord.analysis.words import pack, segments, split_words  # noqa: E402
from training.export import export  # noqa: E402
from training.model import Attributor, Chain, Shape  # noqa: E402

SMALL = Shape(layers=2, width=48, heads=4, vocabulary=30522, argument_heads=4, argument_hidden=64)


@pytest.fixture
def chain() -> Chain:
    torch.manual_seed(2)
    made = Chain()
    torch.nn.init.normal_(made.transition)
    return made


def test_partition_and_marginals_against_every_path(chain: Chain) -> None:
    emissions, mask = torch.randn(2, 4, 5), torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    chances = chain.marginals(emissions, mask)
    for n, size in enumerate((4, 3)):
        paths = torch.tensor(list(itertools.product(range(5), repeat=size)))
        padded = torch.nn.functional.pad(paths, (0, 4 - size))
        many = len(paths)
        scores = chain.path_score(emissions[n : n + 1].expand(many, -1, -1), mask[n : n + 1].expand(many, -1), padded)
        assert torch.isclose(chain.partition(emissions, mask)[n], torch.logsumexp(scores, 0), atol=1e-4)
        weight = torch.softmax(scores, 0)
        assert torch.isclose(chances[n, 1, 3], weight[paths[:, 1] == 3].sum(), atol=1e-4)


def test_a_segment_of_one_word(chain: Chain) -> None:
    assert torch.allclose(chain.marginals(torch.zeros(2, 1, 5), torch.ones(2, 1)).sum(-1), torch.ones(2, 1))


@pytest.mark.filterwarnings("ignore")  # torch's older export is the one that is measured
def test_onnx_says_what_torch_says(tmp_path: Path) -> None:
    torch.manual_seed(4)
    model = Attributor(SMALL).eval()
    export(model, tmp_path, quantise=False)
    article = article_of("Ann Lane said “the bridge is safe”, but Tove Brandt denied it.\n\nThe court ruled on Monday.")
    words = split_words(article.text, article.paragraphs, tokenizer())
    [window] = pack(words, segments(words, text=article.text))
    heads = OnnxHeads(tmp_path)
    seen = heads.encode(window)
    states = seen.states
    [question] = questions(
        window, [(2, 3), (len(window.word) - 4, len(window.word) - 3)], [True] * len(window.word), 64
    )
    asked = question.asked
    emissions, valid = heads.arguments(states, asked)
    with torch.no_grad():
        inputs = [torch.from_numpy(x[None]) for x in (window.piece, window.case, window.quoted)]
        expected = model.encoder(*inputs, torch.ones_like(inputs[0]))[0]
        roles, odds = model.arguments(
            expected, *(torch.from_numpy(x) for x in (asked.at, asked.mask, asked.cue, asked.distance))
        )
    assert np.allclose(states, expected, atol=1e-3)
    for given, head in ((seen.cues, model.cue), (seen.mentions, model.mention), (seen.vectors, model.links.vector)):
        assert np.allclose(given, head(expected).detach(), atol=1e-3)
    live = asked.mask.astype(bool) & ~asked.cue.astype(bool)
    assert np.allclose(emissions[live], roles.numpy()[live], atol=1e-3)
    assert np.allclose(valid, odds, atol=1e-3)
