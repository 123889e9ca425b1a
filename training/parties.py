"""Train the party head: whom a statement is aimed at.

    python -m training.parties --data $DATA --weights src/onrecord/weights

Runs on the exported models, whose answers stay as they are: the training articles are read once with their gold statements, and
boosted trees (Friedman 2001; LightGBM's, Ke and others 2017) learn to tell whom a statement is aimed at from the other
candidates. The second model knows its training articles better than others, so that what it says of them is blurred until its
acts are as often right as on articles that it has not seen. Writes `parties.onnx` into the weights.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.analysis import Analyzer, OnnxHeads, load_weights
from onrecord.analysis.deeds import DeedAnalyzer, Deeds, OnnxSecondHeads, Parts, SaidScores
from onrecord.analysis.mentions import mentions_of
from onrecord.analysis.values import ACTS
from onrecord.analysis.words import Words
from onrecord.articles import build_article
from onrecord.evaluation.matching import Roles
from onrecord.evaluation.names import same_speaker
from onrecord.evaluation.polnear import load_polnear
from onrecord.extract import build_entities
from onrecord.extract.aiming import questions_of
from onrecord.extract.aims import FEATURES, AimAsker
from onrecord.extract.deeds import parts_of
from onrecord.extract.page import Page, lay_out
from onrecord.records import RawDocument
from training.corpora import LABELS, story_golds
from training.deeds import Aimed, Event, load_events, polnear_aims, story_aims, story_events
from training.links import Speakers, labelled
from training.speakers import gold_statements
from training.stories import Folders, story_folders
from training.train import LEFT_OUT

log = logging.getLogger("training")
Gold = tuple[str, str, Sequence[Roles], Mapping[int, Speakers], Mapping[int, Aimed], Sequence[Event]]
BLURS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
"""Scales of what is added to the scores of acts, the least that makes them no more often right than on unseen articles."""
POINTING = 1.0
"""Of 0, 1 and 2 the best on dev by a little (F1 .513, .518, .515): pointers stay better on articles that were trained on."""
AS_GOOD = 0.002
"""What F1 may fall behind the best, which dev's 1,070 targets cannot tell, for more targets."""
TREES = {
    "objective": "binary", "num_leaves": 24, "learning_rate": 0.05, "feature_fraction": 0.4, "bagging_fraction": 0.7,
    "bagging_freq": 1, "min_data_in_leaf": 60, "lambda_l2": 5.0, "max_bin": 63, "num_threads": 1, "verbose": -1,
    "deterministic": True,
}  # fmt: skip
"""Of 6, 12 and 24 leaves the best on dev (F1 .504, .515, .525)."""
ROUNDS = 250


@dataclass(frozen=True)
class Read:
    """An article as the questions are made of it. `aims`: by number of the statement; `joint`: whether several names of a
    target are several targets, or one's.
    """

    id: str
    page: Page
    words: Words
    parts: Sequence[Parts]
    deeds: Deeds
    speaking: Sequence[tuple[int, ...]]
    aims: Mapping[int, Aimed]
    joint: bool = True


@dataclass(frozen=True)
class Rows:
    """Candidates of many statements. `features` (N, F), `fits` (N,); by statement (Q,): `size`, how many candidates; `known`,
    whether it is aimed at all; `alone`, at one.
    """

    features: np.ndarray
    fits: np.ndarray
    size: np.ndarray
    known: np.ndarray
    alone: np.ndarray


class PartyReader:
    """Reads articles with their gold statements up to the second model's answers."""

    def __init__(self, weights: Path) -> None:
        loaded = load_weights(weights)
        self.analyzer = Analyzer(OnnxHeads(weights), loaded.tokenizer, loaded.settings)
        self.second = DeedAnalyzer(OnnxSecondHeads(weights), loaded.settings.distance)
        self.executor = ThreadPoolExecutor(2)

    def read(self, gold: Gold, *, joint: bool = True) -> Read:
        id_, text, roles, speakers, aims, _ = gold
        article = build_article(RawDocument(origin=id_, text=text))
        analysis = self.analyzer.finish(self.analyzer.start(article, self.executor))
        statements = gold_statements(article, roles)
        mentions, entities = build_entities(article, mentions_of(article, analysis))
        page = lay_out(article, analysis, statements, mentions, entities)
        parts = parts_of(analysis, statements)
        deeds = self.second.finish(self.second.start(analysis, parts, self.executor))
        return Read(id_, page, analysis.words, parts, deeds, _speaking(page, speakers), aims, joint)


def _speaking(page: Page, speakers: Mapping[int, Speakers]) -> list[tuple[int, ...]]:
    """The things that speak each statement, by its gold speakers."""
    out = []
    for k in range(len(page.said)):
        names = speakers[k].names if k in speakers else ()
        out.append(
            tuple(n for n, t in enumerate(page.things) if any(same_speaker(t.name, name, set()) for name in names))
        )
    return out


def polnear_golds(root: Path, part: str) -> Iterator[Gold]:
    """The articles of a part of PolNeAR whose acts and targets are labelled."""
    articles = load_polnear(root / "polnear" / part)
    texts = {a.id: a.text for a in articles}
    train = part == "train"
    aims = polnear_aims(root, part, LABELS / "acts.tsv" if train else None, texts)
    speakers = labelled(root, part, LABELS / "speakers.tsv" if train else None, texts)
    events = load_events(LABELS / "events.tsv", texts) if train else {}
    for a in articles:
        if a.id in aims:
            roles = sorted(a.attributions, key=lambda g: g.cue[0])
            yield a.id, a.text, roles, speakers.get(a.id, {}), aims[a.id], events.get(a.id, ())


def story_articles(folders: Folders, only: set[str]) -> Iterator[Gold]:
    """Articles of some of the invented stories."""
    for id_, text, roles, speakers in story_golds(folders, only=only):
        yield id_, text, roles, speakers, story_aims(folders, id_, text), story_events(folders, id_, text)


# ---------------------------------------------------------------- candidates


def act_share(articles: Iterable[Read], blur: float = 0.0) -> float:
    """Share of statements whose likeliest act is the gold one."""
    right = [
        int(s.acts.argmax()) == ACTS.index(a.aims[n].act)
        for a in articles
        for n, s in blurred(a.deeds, blur, a.id).said.items()
        if n in a.aims
    ]
    return float(np.mean(right))


def blurred(deeds: Deeds, scale: float, id_: str) -> Deeds:
    """The same with noise on the scores of acts, on what asks for the target (POINTING of its own spread) and, half as much as
    on acts, on the score of nobody; always the same for an article.
    """
    if not scale:
        return deeds
    noise = np.random.default_rng([*id_.encode()])
    said = {}
    for n, s in sorted(deeds.said.items()):
        target = s.target.copy()
        target[-1] += 0.5 * scale * noise.standard_normal()
        target[:-1] += POINTING * target[:-1].std() * noise.standard_normal(len(target) - 1)
        acts = s.acts + scale * noise.standard_normal(len(s.acts)).astype(np.float32)
        said[n] = SaidScores(acts.astype(np.float32), target.astype(np.float32))
    return replace(deeds, said=said)


def blur_for(articles: Sequence[Read], share: float) -> float:
    """The least scale of noise by which the acts of `articles` are right no more often than `share`."""
    return next((b for b in BLURS if act_share(articles, b) <= share), BLURS[-1])


@lru_cache(maxsize=1 << 20)
def _same(given: str, gold: str) -> bool:
    return same_speaker(given, gold)


def rows_of(articles: Sequence[Read], blur: float = 0.0) -> Rows:
    """The candidates of every labelled statement."""
    features, fits, by_statement = [], [], []
    for a in articles:
        asker = AimAsker(a.page, a.words, a.parts, blurred(a.deeds, blur, a.id), a.speaking)
        for k, aimed in sorted(a.aims.items()):
            if aimed.target is None or k not in a.deeds.said:
                continue
            asked = questions_of(asker, range(k, k + 1))
            things = asked.things.tolist()
            features.append(asked.rows)
            fits.append([any(_same(asker.things[n].name, name) for name in aimed.target) for n in things])
            by_statement.append((len(things), bool(aimed.target), len(aimed.target) == 1 or not a.joint))
    size, known, alone = np.array(by_statement).T
    return Rows(
        np.concatenate(features), np.concatenate(fits).astype(bool), size, known.astype(bool), alone.astype(bool),
    )  # fmt: skip


def together(parts: Sequence[Rows]) -> Rows:
    """Several as one."""
    return Rows(*(np.concatenate([getattr(p, name) for p in parts]) for name in Rows.__dataclass_fields__))


# ---------------------------------------------------------------- the head


def learn(rows: Rows) -> Any:
    """The head: boosted trees, whose `predict` gives (N,) log odds that a candidate is the target."""
    import lightgbm

    given = lightgbm.Dataset(rows.features, rows.fits.astype(int))
    return lightgbm.train({**TREES, "seed": 1}, given, ROUNDS)


def best_of(rows: Rows, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By statement: the best candidate's score, and whether it is right."""
    ends = np.cumsum(rows.size)
    top, right = np.full(len(ends), -np.inf), np.zeros(len(ends), bool)
    for q, (end, size) in enumerate(zip(ends, rows.size, strict=True)):
        if size:
            best = end - size + int(scores[end - size : end].argmax())
            top[q], right[q] = scores[best], rows.fits[best] and rows.alone[q]
    return top, right


def f1_at(rows: Rows, scores: np.ndarray, least: float) -> tuple[float, float, float]:
    """Precision, recall and F1 where a target is named from the score `least` on."""
    top, right = best_of(rows, scores)
    given = top >= least
    hit = int((right & given).sum())
    p, r = hit / max(int(given.sum()), 1), hit / max(int(rows.known.sum()), 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def threshold(rows: Rows, scores: np.ndarray) -> float:
    """The least score from which a target is named: the lowest whose F1 is as good as the best."""
    f1s = {float(t): f1_at(rows, scores, t)[2] for t in np.arange(-3.0, 1.0, 0.05)}
    return min(t for t, f1 in f1s.items() if f1 >= max(f1s.values()) - AS_GOOD)


def export(head: Any | None, least: float, path: Path) -> None:
    """Write the trees as one graph: their sum less `least`, so that a target is named where it is above nought.

    Without a head: a graph that names nobody.
    """
    import onnx
    from onnx import TensorProto, helper

    told = head.dump_model()["tree_info"] if head is not None else [{"tree_structure": {"leaf_value": -1.0}}]
    nodes: dict[str, list[Any]] = {f"nodes_{key}": [] for key in _NODE}
    leaves: dict[str, list[Any]] = {f"target_{key}": [] for key in ("treeids", "nodeids", "ids", "weights")}
    for number, tree in enumerate(told):
        for node in _numbered(tree["tree_structure"]):
            for key in _NODE:
                nodes[f"nodes_{key}"].append(number if key == "treeids" else node[key])
            if node["modes"] == "LEAF":
                for key, value in zip(leaves, (number, node["nodeids"], 0, node["leaf"]), strict=True):
                    leaves[key].append(value)
    graph = helper.make_graph(
        [
            helper.make_node(
                "TreeEnsembleRegressor", ["features"], ["column"], domain="ai.onnx.ml", n_targets=1,
                base_values=[-least], **nodes, **leaves,
            ),
            helper.make_node("Flatten", ["column"], ["row"], axis=0),
            helper.make_node("Squeeze", ["row", "first"], ["scores"]),
        ],
        "parties",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["candidates", len(FEATURES)])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["candidates"])],
        [helper.make_tensor("first", TensorProto.INT64, [1], [0])],
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


_NODE = ("treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids")


def _numbered(tree: dict[str, Any]) -> list[dict[str, Any]]:
    """A tree's nodes as ONNX has them: the root first, a node's children by their numbers."""
    out: list[dict[str, Any]] = []

    def add(node: dict[str, Any]) -> int:
        number = len(out)
        plain = {
            "nodeids": number,
            "featureids": 0,
            "values": 0.0,
            "modes": "LEAF",
            "truenodeids": 0,
            "falsenodeids": 0,
        }
        out.append(plain)
        if "leaf_value" in node:
            plain["leaf"] = node["leaf_value"]
            return number
        plain |= {"featureids": node["split_feature"], "values": node["threshold"], "modes": "BRANCH_LEQ"}
        plain["truenodeids"] = add(node["left_child"])
        plain["falsenodeids"] = add(node["right_child"])
        return number

    add(tree)
    return out


def _all(reader: PartyReader, data: Path) -> tuple[list[Read], list[Read], list[Read], list[Read]]:
    """PolNeAR's training articles, the invented stories, those left out, and PolNeAR's dev articles."""
    folders = story_folders(data)
    train = [reader.read(g) for g in polnear_golds(data, "train")]
    told = [reader.read(g, joint=False) for g in story_articles(folders, set(folders) - set(LEFT_OUT))]
    left = [reader.read(g, joint=False) for g in story_articles(folders, set(LEFT_OUT))]
    return train, told, left, [reader.read(g) for g in polnear_golds(data, "dev")]


def fit(train: Sequence[Read], told: Sequence[Read], left: Sequence[Read]) -> Any:
    """The head."""
    share = act_share(left)
    blurs = [blur_for(train, share), blur_for(told, share)]
    log.info("acts right: %.3f left out; blurs %s", share, blurs)
    rows = together([rows_of(a, b) for a, b in zip((train, told), blurs, strict=True)])
    log.info("%d statements", len(rows.size))
    return learn(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="the exported models")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train, told, left, dev = _all(PartyReader(args.weights), args.data)
    head = fit(train, told, left)
    rows = {"left out": rows_of(left), "dev": rows_of(dev)}
    scores = {name: head.predict(some.features, raw_score=True) for name, some in rows.items()}
    # Articles that the second model was trained on are answered more surely than others: their best is too high for these.
    least = threshold(rows["dev"], scores["dev"])
    for name, some in rows.items():
        log.info("%s  least %.2f P %.3f R %.3f F1 %.3f", name, least, *f1_at(some, scores[name], least))
    export(head, least, args.weights / "parties.onnx")


if __name__ == "__main__":
    main()
