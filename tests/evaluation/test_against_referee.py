"""Our figures and the referee's own, over the same made-up predictions: every printed digit must agree."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest

from onrecord.evaluation import evaluate_cofenet, evaluate_corpus, evaluate_polnear, read_records
from onrecord.evaluation.cofenet import load_cofenet
from onrecord.evaluation.corpus import load_corpus, load_names
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


class Retelling:
    """Records in the wire form made from a corpus's complete gold, with errors of every kind that is scored."""

    def __init__(self, seed: int, days: list[str], names: list[str]) -> None:
        self.noise, self.random = Noise(seed), random.Random(seed)
        self.days, self.names = days, names

    def often(self, right, *wrong, share=0.75):
        return right if self.random.random() < share else self.random.choice(wrong)

    def record(self, article, *, as_export=False, around=("", "")):
        """`around`: what stands before and after the article on its page."""
        text, length = around[0] + article.gold.text + around[1], len(article.gold.text)
        kept = [n for n in range(len(article.statements)) if self.random.random() > 0.1]
        statements = [self.statement(n, article, length, as_export) for n in kept]
        ids = {n: f"s{n}" for n in kept}
        told = {
            "events": [e for g in article.events for e in self.event(g, article, ids)],
            "figures": [f for g in article.figures for f in self.figure(g, article, ids)],
        }
        for rows in told.values():
            self.random.shuffle(rows)
        moved = {"statements": statements, **told, "predictions": self.predictions(article, ids)}
        self.move(moved, len(around[0]))
        if around[0]:
            self.furnish(moved, len(text))
        own = {"id": "art-" + article.gold.id, "source_id": article.gold.id, "text": text}
        return {"article": own, **moved}

    def furnish(self, told, length):
        """Finds in what stands around the article. They are nobody's, and so are those that reach into it."""
        for start, end in ((0, 4), (0, 60), (length - 30, length)):
            words = {"spans": [[start, end]], "text": ""}
            row = {"id": f"at{start}-{end}", "form": "indirect", "source": None, "inside": None}
            told["statements"].append(row | {"cue": words, "content": words})
            for event in told["events"][:2]:
                told["events"].append({**event, "trigger": [start, end]})
            told["figures"].append({"id": "fig", "span": [start, end], "value": 7, "what": "killed"})

    def move(self, told, by):
        for statement in told["statements"]:
            for role in ROLES:
                if statement[role]:
                    statement[role]["spans"] = [[s + by, e + by] for s, e in statement[role]["spans"]]
        for event in told["events"]:
            event["trigger"] = [x + by for x in event["trigger"]]
        for figure in told["figures"]:
            figure["span"] = [x + by for x in figure["span"]]

    def party(self, name, as_export=False):
        given = self.often(name, None, *self.random.sample(self.names, 3), share=0.8)
        if given is None:
            return None
        if self.random.random() < 0.2:
            given = given.split()[-1]
        return {"name": given, "entity": None, "identity": "idn-1" if as_export else None, "printed": None}

    def when(self, day):
        given = self.often(day, None, *self.random.sample(self.days, 2))
        return self.random.choice([None, {"date": None, "basis": "none"}]) if given is None else {"date": given}

    def statement(self, number, article, length, as_export):
        gold, roles = article.statements[number], article.gold.attributions[number]
        row = self.noise.statement(number, roles, None, length)
        act = self.often(gold.acts[-1], *ACTS)
        up = self.often(gold.inside, None, 0, max(0, number - 1))
        return row | {
            "id": f"s{number}",
            "form": self.often(gold.form, "direct", "mixed", "indirect"),
            "speaker": self.party(gold.speaker, as_export) or {"name": None, "reason": "unclear"},
            "act": act and {"code": act, "class": "assertive", "plover": None, "score": 0.5},
            "target": self.party(gold.target, as_export),
            "addressee": None,
            "inside": None if up is None else f"s{up}",
            "said_on": self.when(gold.said_on),
        }

    def spot(self, span, length):
        """Where it stands, or a little beside it."""
        shift = self.often(0, -40, -3, 3, 40)
        start = min(max(0, span.start + shift), length - 1)
        return [start, max(start + 1, min(length, span.end + shift))]

    def witness(self, right, ids):
        return self.often("narration" if right is None else ids.get(right), "narration", None, *ids.values())

    def event(self, gold, article, ids):
        if self.random.random() < 0.1:
            return
        for _ in range(self.often(1, 2, 3)):
            yield {
                "id": "evt",
                "type": self.often(gold.type, "ASSAULT", "CONSULT", "COERCE"),
                "trigger": self.spot(gold.trigger, len(article.gold.text)),
                "actor": self.party(gold.actor),
                "recipient": self.party(gold.recipient),
                "date": self.when(gold.date),
                "asserted_by": self.witness(gold.asserted_by, ids),
            }

    def figure(self, gold, article, ids):
        if self.random.random() < 0.1:
            return
        speakers = {article.statements[n].speaker: n for n in ids}
        claimant = None if gold.claimed_by is None else speakers.get(gold.claimed_by, -1)
        for _ in range(self.often(1, 2)):
            yield {
                "id": "fig",
                "span": self.spot(gold.span, len(article.gold.text)),
                "value": self.often(gold.value, None, 7, float(gold.value)),
                "what": self.often(gold.what, "killed", "other"),
                "claimed_by": self.witness(claimant, ids),
            }

    def predictions(self, article, ids):
        rows = []
        for number, day in article.due:
            early, late = sorted(self.random.sample([day, *self.days], 2))
            due = {"earliest": day, "latest": day, "basis": "stated"}
            wrong = (
                None,
                {**due, "earliest": None},
                {**due, "earliest": early, "latest": late},
                {**due, "latest": late},
            )
            if number in ids:
                row = {"statement": ids[number], "kind": "promise", "due": self.often(due, *wrong, share=0.4)}
                rows.append(row | {"condition": None})
        return rows


def corpus_as_referee_prints(s):
    """What the referee prints of a corpus, but for the order of the shares, which is that of their first case."""
    named = {
        "triple exact": s.triple_exact,
        "triple relaxed": s.triple_relaxed,
        "event type": s.events.type,
        "event type+actor+recipient": s.events.parties,
        "figures": s.figures.all,
        "figures of people": s.figures.people,
    }
    shares = {
        "speaker, all gold": s.speaker_of_all,
        "speaker, matched": s.speaker,
        "act": s.act,
        "form": s.form,
        "target": s.target,
        "inside": s.inside,
        "said on": s.said_on,
        "event asserted by": s.events.asserted_by,
        "event date": s.events.date,
        "figure claimed by": s.figures.claimed_by,
        "prediction due": s.due,
    }
    lines = {f"articles {s.articles}, with a usable record {s.articles - s.unusable}"}
    lines |= {
        f"{k:28} P {c.precision:.3f}  R {c.recall:.3f}  F1 {c.f1:.3f}   ({c.right} of {c.predicted} predicted, {c.gold} gold)"
        for k, c in named.items()
    }
    # The referee prints no share of nothing.
    return lines | {f"{k:28} {v.value:.3f}   ({v.right} of {v.total})" for k, v in shares.items() if v.total}


def retold(data, folder, seed):
    """The corpus's articles and what makes records of them."""
    articles = list(load_corpus(data / folder))
    days = sorted({s.said_on for a in articles for s in a.statements if s.said_on})
    names = sorted(load_names(data / folder).entities)
    return articles, Retelling(seed, days, names)


FEW = 12  # of so few cases all may well be right
CORPORA = ("demo", "invented/trial", "invented/currency", "invented/siege")


@pytest.mark.parametrize("folder", CORPORA)
@pytest.mark.parametrize("seed", range(3))
def test_corpora_agree(data, referee, tmp_path, folder, seed):
    articles, retelling = retold(data, folder, seed)
    rows = [retelling.record(a) for a in articles]
    rows[2]["article"]["text"] = "!" + rows[2]["article"]["text"][1:]  # another text: not usable
    rows[3] = {"article": rows[3]["article"]}
    path = write(tmp_path / "records.ndjson", rows[1:])
    scores = evaluate_corpus(data / folder, read_records(path))
    assert corpus_as_referee_prints(scores) == set(referee("corpus", data / folder, path))
    assert scores.unusable == 2
    for counts_ in (scores.triple_exact, scores.events.type, scores.events.parties, scores.figures.people):
        assert 0 < counts_.right < min(counts_.predicted, counts_.gold)
    witnesses = (scores.events.asserted_by, scores.events.date, scores.figures.claimed_by)
    for share in (scores.form, scores.speaker, scores.speaker_of_all, scores.act, scores.target, *witnesses):
        assert share.right > 0 and (share.right < share.total or share.total < FEW)
    assert scores.said_on.right and scores.inside.right


@pytest.mark.parametrize("folder", CORPORA)
def test_pages_that_hold_the_article_agree(data, referee, tmp_path, folder):
    articles, retelling = retold(data, folder, 7)
    around = ("Home | World\n\nSkip\n\n", "\n\nRelated")
    path = write(tmp_path / "records.ndjson", [retelling.record(a, as_export=True, around=around) for a in articles])
    scores = evaluate_corpus(data / folder, read_records(path))
    assert corpus_as_referee_prints(scores) == set(referee("corpus", data / folder, path))
    assert scores.unusable == 0 and scores.triple_exact.right and scores.events.parties.right


@pytest.mark.parametrize("folder", CORPORA)
def test_no_records_and_the_gold_itself_agree(data, referee, tmp_path, folder):
    articles, retelling = retold(data, folder, 1)
    nothing = write(tmp_path / "nothing.ndjson", [])
    scores = evaluate_corpus(data / folder, read_records(nothing))
    assert corpus_as_referee_prints(scores) == set(referee("corpus", data / folder, nothing))

    retelling.often = lambda right, *wrong, share=1.0: right
    retelling.noise.random.random = retelling.random.random = lambda: 0.9
    path = write(tmp_path / "gold.ndjson", [retelling.record(a) for a in articles])
    scores = evaluate_corpus(data / folder, read_records(path))
    assert corpus_as_referee_prints(scores) == set(referee("corpus", data / folder, path))
    assert scores.triple_exact.f1 == scores.events.type.f1 == scores.figures.all.f1 == 1
    assert scores.act.value == scores.target.value == scores.said_on.value == scores.inside.value == 1
    assert (
        scores.events.parties.f1 == scores.events.asserted_by.value == scores.events.date.value == scores.due.value == 1
    )


def test_texts_agree(data, referee):
    from onrecord.evaluation import cofenet_documents, polnear_documents

    for command, source, documents in (
        ("texts", data / "polnear" / "dev", polnear_documents),
        ("tokens", data / "polnear" / "cofenet_valid.jsonl", cofenet_documents),
    ):
        theirs = [json.loads(line) for line in referee(command, source)]
        assert [{"id": d.source_id, "text": d.text} for d in documents(source)] == theirs
