"""Our figures and the referee's own, over the same made-up predictions: every printed digit must agree."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest

from onrecord.evaluation import evaluate_cofenet, evaluate_corpus, evaluate_polnear, read_records
from onrecord.evaluation.cofenet import load_cofenet
from onrecord.evaluation.corpus import load_corpus
from onrecord.evaluation.labels import load_labels
from onrecord.evaluation.polnear import load_polnear

pytestmark = pytest.mark.data

ROLES = ("source", "cue", "content")
ACTS = ("state", "accuse", "deny", "promise", "dance", None)


@pytest.fixture
def referee(data):
    program = data.parent / "eval" / "score.py"
    if not program.is_file():
        pytest.skip(f"the referee is not at {program}")

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, str(program), *map(str, arguments)], capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()

    return run


class Noise:
    """Predictions made from gold by dropping, moving, joining and inventing."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def spans(self, spans, length):
        moved = []
        for span in spans:
            if self.random.random() < 0.08:
                continue
            start, end = span.start, span.end
            if self.random.random() < 0.35:
                start = min(max(0, start + self.random.randint(-25, 25)), length - 1)
                end = min(max(start + 1, end + self.random.randint(-25, 25)), length)
            moved.append([start, end])
        if self.random.random() < 0.03:
            start = self.random.randrange(length - 1)
            moved.append([start, min(length, start + self.random.randint(1, 60))])
        return moved

    def name(self, name):
        roll = self.random.random()
        if roll < 0.15:
            return None
        if roll < 0.3:
            return self.random.choice(
                ["the author", "Sen. Jane O’Neil’s", "Clinton", "Trump", "she", "Hillary", "A + B"]
            )
        if roll < 0.5:
            return (name or "nobody").split()[-1]
        return name.upper() if roll < 0.55 and name else name

    def statement(self, number, roles, label, length, score=None):
        words = {role: {"spans": self.spans(getattr(roles, role), length)} for role in ROLES}
        return {
            "id": f"s{number}",
            **{role: w if w["spans"] or self.random.random() < 0.5 else None for role, w in words.items()},
            "speaker": {"name": self.name(label.speaker if label else None)},
            "act": self._act(label),
            "target": {"name": self.name(label.target)} if label and self.random.random() < 0.8 else None,
            "inside": "s0" if self.random.random() < 0.15 and number else None,
            "score": score if score is not None else round(self.random.random(), 2),
        }

    def _act(self, label):
        if label and self.random.random() < 0.6:
            return {"code": label.act}
        code = self.random.choice(ACTS)
        return {"code": code} if code else None

    def record(self, article, labels):
        rows = labels.rows if labels else {}
        chosen = [(n, r) for n, r in enumerate(article.attributions) if self.random.random() > 0.12]
        chosen += self.random.sample(chosen, len(chosen) // 8)
        statements = [self.statement(k, roles, rows.get(n), len(article.text)) for k, (n, roles) in enumerate(chosen)]
        numbers = {n: f"s{k}" for k, (n, _) in enumerate(chosen)}
        clashes = []
        for pair, kind in (labels.clashes if labels else {}).items():
            if len(pair) == 2 and set(pair) <= set(numbers) and self.random.random() < 0.7:
                clashes.append(self.clash(*(numbers[n] for n in pair), kind))
        for _ in range(self.random.randint(0, 4)):
            if statements:
                a, b = self.random.choice(statements), self.random.choice(statements)
                clashes.append(self.clash(a["id"], b["id"], "disagree"))
        return {
            "article": {"id": "x-" + article.id, "source_id": article.id, "text": article.text},
            "statements": statements,
            "clashes": clashes + clashes[:1],
        }

    def clash(self, a, b, kind):
        if self.random.random() < 0.2:
            kind = "deny"
        return {"a": a, "b": b, "kind": kind, "score": self.random.choice([0.9, 0.5, 0.5, 0.2, None])}


def write(path, rows):
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


def counts(name, c):
    return (
        f"{name:22} P {c.precision:.3f}  R {c.recall:.3f}  F1 {c.f1:.3f}"
        f"   ({c.right} of {c.predicted} predicted, {c.gold} gold)"
    )


def as_referee_prints(s):
    lines = [f"articles {s.articles}, without a usable record {s.unusable}"]
    lines += [counts(f"{role} exact", getattr(s.roles, role)) for role in ROLES]
    lines += [counts("triple exact", s.triple_exact), counts("triple relaxed", s.triple_relaxed)]
    if s.labels is None:
        return lines
    speaker, act, target, clash = s.labels.speaker, s.labels.act, s.labels.target, s.labels.clash
    shares = {**speaker.by_form, **{f"{k} | matched": v for k, v in speaker.matched.items()}}
    lines += [f"speaker {k:24} {v.value:.3f}   ({v.right} of {v.total})" for k, v in sorted(shares.items())]
    given = speaker.given
    lines.append(
        f"speaker given, and right         {given.value:.3f}"
        f"   ({given.right} of {given.total} named; unknown ones count as wrong)"
    )
    lines.append(
        f"act accuracy {act.accuracy.value:.3f}  macro-F1 {act.macro_f1:.3f} over {act.accuracy.total} matched"
    )
    lines.append("   " + "  ".join(f"{k} {c.f1:.2f}" for k, c in act.by_act.items()))
    lines.append(
        f"target P {target.precision:.3f}  R {target.recall:.3f}  F1 {target.f1:.3f}"
        f" ({target.right} of {target.predicted} given, {target.gold} gold)"
    )
    lines.append(
        f"clash average precision {clash.average_precision:.3f}"
        f"  recall in first 8 of an article {clash.first_of_article.value:.3f}"
        f"  precision of first {clash.best.total} {clash.best.value:.3f}"
        f"  ({clash.found.right} of {clash.found.predicted} found, {clash.found.gold} gold);"
        f" kind right {clash.kind.right} of {clash.kind.total}"
    )
    return lines


@pytest.mark.parametrize("seed", range(3))
def test_spans_and_labels_agree(data, referee, tmp_path, seed):
    split, table = data / "polnear" / "dev", data / "labels" / "dev.tsv"
    labels, noise = load_labels(table), Noise(seed)
    gold = load_polnear(split)
    rows = [noise.record(a, labels.get(a.id)) for a in gold[2:]]
    rows[0]["article"]["text"] += "!"  # another text: not usable
    rows[1]["statements"] = rows[1]["clashes"] = []
    path = write(tmp_path / "records.ndjson", rows)

    with_labels = evaluate_polnear(split, read_records(path), labels=table)
    assert as_referee_prints(with_labels) == referee("spans", split, path, "--labels", table)
    without = evaluate_polnear(split, read_records(path))
    assert as_referee_prints(without) == referee("spans", split, path)
    assert with_labels.unusable == 3
    assert 0 < with_labels.triple_exact.f1 < with_labels.triple_relaxed.f1 < 1
    assert with_labels.labels.clash.found.right > 0


def test_gold_against_itself_agrees(data, referee, tmp_path):
    split = data / "polnear" / "dev"
    rows = [
        {
            "article": {"id": a.id, "text": a.text},
            "statements": [
                {"id": str(n), **{role: {"spans": [[s.start, s.end] for s in getattr(r, role)]} for role in ROLES}}
                for n, r in enumerate(a.attributions)
            ],
        }
        for a in load_polnear(split)
    ]
    path = write(tmp_path / "records.ndjson", rows)
    scores = evaluate_polnear(split, read_records(path))
    assert as_referee_prints(scores) == referee("spans", split, path)
    assert scores.triple_exact.f1 == 1 and scores.reliability is None


def test_tags_agree(data, referee, tmp_path):
    file, noise = data / "polnear" / "cofenet_valid.jsonl", Noise(5)
    sequences = list(load_cofenet(file))
    rows = []
    for sequence in sequences[:-20]:
        statements = []
        for number, tag in enumerate(sorted(sequence.gold, key=lambda t: t.first)):
            start, end = sequence.offsets[tag.first][0], sequence.offsets[tag.end - 1][1]
            if noise.random.random() < 0.3:
                start, end = max(0, start - noise.random.randint(0, 9)), min(len(sequence.text), end + 3)
            if start < end:
                role = tag.role if noise.random.random() < 0.95 else "cue"
                statements.append({"id": f"s{number}", role: {"spans": [[start, end]]}})
        rows.append({"article": {"id": sequence.id, "text": sequence.text}, "statements": statements})
    path = write(tmp_path / "records.ndjson", rows)

    scores = evaluate_cofenet(file, read_records(path))
    printed = referee("tags", file, path)
    assert printed[0] == f"sequences without a record {scores.unread}" and scores.unread == 20
    for role, line in zip(ROLES, printed[1:], strict=True):
        c = getattr(scores.roles, role)
        ours = f"{role:8} P {c.precision:.3f}  R {c.recall:.3f}  F1 {c.f1:.3f}   "
        assert line.startswith(ours), (line, ours)
        assert 0 < c.f1 < 1


def test_corpora_agree(data, referee, tmp_path):
    for seed, folder in enumerate((data / "demo", data / "invented" / "trial")):
        noise, rows = Noise(seed), []
        for article in load_corpus(folder):
            rows.append(noise.record(article.gold, None))
            for statement in rows[-1]["statements"]:
                statement["form"] = noise.random.choice(["direct", "mixed", *article.forms])
                if noise.random.random() < 0.6 and statement["id"] != "s0":
                    statement["inside"] = f"s{int(statement['id'][1:]) - 1}"
        rows[3]["article"]["text"] = "!" + rows[3]["article"]["text"][1:]  # another text: not usable
        path = write(tmp_path / "records.ndjson", rows[1:])
        scores = evaluate_corpus(folder, read_records(path))
        printed = {line[:28].strip(): line[28:].strip() for line in referee("corpus", folder, path)}
        for name, c in (("triple exact", scores.triple_exact), ("triple relaxed", scores.triple_relaxed)):
            assert printed[name] == counts("", c).strip()
        for name, share in (("form", scores.form), ("inside", scores.inside)):
            assert printed[name] == f"{share.value:.3f}   ({share.right} of {share.total})"
            assert 0 < share.right < share.total
        assert scores.unusable == 2


def test_texts_agree(data, referee):
    from onrecord.evaluation import cofenet_documents, polnear_documents

    for command, source, documents in (
        ("texts", data / "polnear" / "dev", polnear_documents),
        ("tokens", data / "polnear" / "cofenet_valid.jsonl", cofenet_documents),
    ):
        theirs = [json.loads(line) for line in referee(command, source)]
        assert [{"id": d.source_id, "text": d.text} for d in documents(source)] == theirs
