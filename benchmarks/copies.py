"""Wire copies and utterances: precision and recall on the invented stories' gold and on made pairs.

    python benchmarks/copies.py --data $DATA [--json benchmarks/copies.json]

Made pairs come from the stories' articles by a fixed seed: each is shortened, given another headline, dateline, first
paragraph or other marks, and edited, alone and together. Against them stand articles of one story that are no copies, articles
of another reporter with the same quotations, and reports of one mould. `--corpus FOLDER` also counts what is found among the
.txt files of a folder, of which nothing is known.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from onrecord.analysis.quotes import pair_marks
from onrecord.articles import build_article
from onrecord.link import LEAST_BANDS, Saying, alike, is_copy, likeness, saying_of, signature
from onrecord.records import RawDocument, Span, Speaker, Statement

SEED = 7
Article = dict[str, str]


def stories(data: Path) -> Iterator[tuple[str, dict[str, Article], dict]]:
    for folder in (data / "demo", *sorted(p for p in (data / "invented").iterdir() if p.is_dir())):
        articles = [json.loads(p.read_text("utf-8")) for p in sorted((folder / "articles").glob("*.json"))]
        yield (
            folder.name,
            {a["id"]: a for a in articles},
            json.loads((folder / "gold" / "corpus.json").read_text("utf-8")),
        )


def found(a: str, b: str) -> bool:
    """Whether two texts are candidates of each other, and copies."""
    return len(set(signature(a).bands) & set(signature(b).bands)) >= LEAST_BANDS and is_copy(likeness(a, b))


def of_gold(data: Path) -> tuple[Counter, list[str]]:
    counts: Counter = Counter()
    wrong = []
    for name, articles, gold in stories(data):
        copies = {tuple(sorted(pair)) for pair in gold["copies"]}
        for a, b in combinations(sorted(articles), 2):
            if articles[a]["url"] == articles[b]["url"] or [a, b] in gold["versions"]:
                continue
            told = found(articles[a]["text"], articles[b]["text"])
            counts[told, (a, b) in copies] += 1
            if told != ((a, b) in copies):
                wrong.append(f"{name} {a} {b}: {likeness(articles[a]['text'], articles[b]['text'])}")
    return counts, wrong


# Made pairs.


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def half(text: str, other: str, rng: random.Random) -> str:
    rows, out = paragraphs(text), []
    while rows and sum(map(len, out)) < len(text) / 2:
        out.append(rows.pop(0))
    return "\n\n".join(out)


def scattered_half(text: str, other: str, rng: random.Random) -> str:
    rows = paragraphs(text)
    kept = sorted({0, *rng.sample(range(len(rows)), max(2, len(rows) // 2))})
    return "\n\n".join(rows[i] for i in kept)


def headline(text: str, other: str, rng: random.Random) -> str:
    return f"{paragraphs(other)[0][:60].title()}\n\n{text}"


def first_paragraph(text: str, other: str, rng: random.Random) -> str:
    return "\n\n".join([paragraphs(other)[0], *paragraphs(text)[1:]])


def edited(text: str, other: str, rng: random.Random) -> str:
    """One word in ten is another's, dropped, or has one put before it."""
    words, out = re.findall(r"[a-z]{3,}", other), []
    for piece in re.split(r"(\s+)", text):
        if not piece.isspace() and rng.random() < 0.1:
            out.append(rng.choice(["", rng.choice(words), f"{rng.choice(words)} {piece}"]))
        else:
            out.append(piece)
    return "".join(out)


def requoted(text: str, other: str, rng: random.Random) -> str:
    opening = True
    out = []
    for c in text:
        if c in '"“”':
            out.append("«" if opening else "»")
            opening = not opening
        else:
            out.append("’" if c == "'" else c)
    return "".join(out)


def dateline(text: str, other: str, rng: random.Random) -> str:
    return re.sub(r"^[A-Z][^–—-]{0,60}[–—-]\s", "LONDON (Reuters) - ", text, count=1)


WAYS: tuple[Callable[[str, str, random.Random], str], ...] = (
    half, scattered_half, headline, first_paragraph, edited, requoted, dateline,
)  # fmt: skip


def made_copies(data: Path) -> Iterator[tuple[str, str, str]]:
    rng = random.Random(SEED)
    for _, articles, _ in stories(data):
        ids = sorted(articles)
        for i in ids:
            text = articles[i]["text"]
            other = articles[rng.choice([j for j in ids if j != i])]["text"]
            for way in WAYS:
                yield way.__name__, text, way(text, other, rng)
            chosen = rng.sample(WAYS, 3)
            changed = text
            for way in chosen:
                changed = way(changed, other, rng)
            yield "three at once", text, changed


def quotations(text: str) -> list[tuple[int, int]]:
    """Where the words between quotation marks stand."""
    out, at = [], 0
    for paragraph in paragraphs(text):
        pairs = [(q.open, q.close) for q in pair_marks(paragraph).quotations]
        out += [(at + a + 1, at + b) for a, b in pairs if a is not None and b is not None]
        at += len(paragraph) + 2
    return out


def same_quotes(data: Path) -> Iterator[tuple[str, str, str]]:
    """Two reporters at one event: the narration of one article with the quotations of another of the story."""
    for _, articles, gold in stories(data):
        near = {frozenset(pair) for pair in (*gold["copies"], *gold["versions"])}
        for a, b in combinations(sorted(articles), 2):
            text, other = articles[b]["text"], articles[a]["text"]
            taken = [other[start:end] for start, end in quotations(other)]
            if frozenset((a, b)) in near or len(taken) < 3 or int(b) - int(a) > 3:
                continue
            for (start, end), words in reversed(list(zip(quotations(text), taken, strict=False))):
                text = text[:start] + words + text[end:]
            yield "same quotations", other, text


def of_one_mould() -> Iterator[tuple[str, str, str]]:
    """Market reports: one mould, other days, shares and figures."""
    rng = random.Random(SEED)
    firms = (
        "Arvenholt Bascombe Cordray Delmont Estwick Farringay Gallowen Hestercombe Ingram Jessop Kilvert Lanyon".split()
    )
    people = "Ana Brill,Otto Casse,Una Dray,Piet Esk,Rhea Foss,Sol Garn,Tess Holt".split(",")

    def report() -> str:
        a, b, c, d = rng.sample(firms, 4)
        n = [f"{rng.uniform(0.1, 4.9):.1f}" for _ in range(9)]
        person = rng.choice(people)
        side, way = rng.choice(["rose", "fell"]), rng.choice(["higher", "lower"])
        return (
            f"Shares in {a} {side} {n[0]} percent to {rng.randint(100, 999)} on {rng.choice(['Monday', 'Tuesday', 'Friday'])}"
            f" as the benchmark index closed {n[1]} percent {way}.\n\nTrading volume was {n[2]} million shares, against an"
            f" average of {n[3]} million over the past thirty days. {b} gained {n[4]} percent and {c} lost {n[5]} percent,"
            f" while {d} ended the session unchanged at {rng.randint(10, 99)}.\n\n“Investors are waiting for the central"
            f" bank,” said {person}, a strategist at {rng.choice(firms)}.\n\nThe stock has moved {n[6]} percent since the"
            f" start of the year. Its market value stands at {n[7]} billion. The yield on ten-year bonds was {n[8]} percent,"
            f" and oil traded at {rng.randint(40, 120)} dollars a barrel."
        )

    reports = [report() for _ in range(25)]
    for a, b in combinations(reports, 2):
        yield "one mould", a, b


# Utterances.


def of_sayings(articles: dict[str, Article], name: str, folder: Path) -> dict[tuple[str, int], tuple[Saying, dict]]:
    """The gold's statements of a story, as sayings."""
    out = {}
    for i, article in articles.items():
        gold = json.loads((folder / "gold" / f"{i}.json").read_text("utf-8"))
        built = build_article(RawDocument(origin=i, text=article["text"]), published=article["published"])
        for s in gold["statements"]:
            spans = s["at"]["content"] if "at" in s else located(article["text"], s["content"])
            content = tuple(sorted(Span(*span) for span in spans))
            if content:
                statement = Statement(
                    f"{name}/{i}/{s['n']}", s["form"], (), (Span(0, 1),), content, Speaker(None, "unclear"), None, 1.0
                )
                saying = replace(saying_of(built, statement), article=f"{name}/{i}", speaker=s["speaker"])
                out[i, s["n"]] = saying, s
    return out


def contained(a: Sequence[str], b: Sequence[str]) -> bool:
    short, long = sorted((" ".join(a), " ".join(b)), key=len)
    return f" {short} " in f" {long} "


def located(text: str, contents: Sequence[str]) -> list[tuple[int, int]]:
    return [(text.index(c), text.index(c) + len(c)) for c in contents if text.count(c) == 1]


def of_utterances(data: Path) -> dict[str, object]:
    rng = random.Random(SEED)
    counts: Counter = Counter()
    shown = []
    quoted: list[tuple[Saying, list[str]]] = []
    for name, articles, gold in stories(data):
        folder = data / name if name == "demo" else data / "invented" / name
        sayings = of_sayings(articles, name, folder)
        for (i, _), (s, _) in sayings.items():
            if s.form == "direct":
                quoted.append((s, [span.of(articles[i]["text"]).strip("\"“”‘’'") for span in s.spans]))
        cluster = {i: f"{name}/{pair[0]}" for pair in gold["copies"] for i in pair}
        altered = {
            frozenset((tuple(c["a"]), tuple(c["b"]))) for c in gold["clashes"] if c["kind"] == "altered-quotation"
        }
        for pair in altered:
            a, b = (sayings.get(k) for k in sorted(pair))
            if a and b:
                (x, y) = (replace(s[0], copies=cluster.get(k[0])) for s, k in zip((a, b), sorted(pair), strict=True))
                told = alike(x, y) is not None
                counts["altered", told] += 1
                shown += [] if told else [f"missed {sorted(pair)} {' '.join(x.words)} | {' '.join(y.words)}"]
        for (k, (a, _)), (m, (b, _)) in combinations(sorted(sayings.items()), 2):
            if k[0] != m[0] and cluster.get(k[0], k[0]) != cluster.get(m[0], m[0]) and frozenset((k, m)) not in altered:
                told = bool(set(a.bands) & set(b.bands)) and alike(a, b) is not None
                # Words that are part of the other's are the same words, whatever the gold tells of their articles.
                if not told or not contained(a.words, b.words):
                    counts["apart", told] += 1
                    shown += [f"found {name} {k} {m} {' '.join(a.words)} | {' '.join(b.words)}"] if told else []
    vocabulary = sorted({w for s, _ in quoted for w in s.words})
    for one, printed in quoted:
        if len(one.words) < 5:
            continue
        for way, words in changed(printed, vocabulary, rng):
            other = rebuilt(one, words)
            told = bool(set(one.bands) & set(other.bands)) and alike(one, other) is not None
            counts[way, told] += 1
            counts["made", told] += 1
    print(*shown, sep="\n")
    table = {way: [counts[way, True], counts[way, True] + counts[way, False]] for way, _ in sorted(counts)}
    return {**rates(counts["made", True], counts["apart", True], counts["made", False]), "found of": table}


def changed(words: Sequence[str], vocabulary: Sequence[str], rng: random.Random) -> Iterator[tuple[str, list[str]]]:
    """The same words; one in eight another, added or dropped; the first half of a long quotation."""
    yield "equal", list(words)
    for way in ("replaced", "added", "dropped"):
        if len(words) < 8:
            continue
        out = list(words)
        for at in sorted(rng.sample(range(len(words)), len(words) // 8), reverse=True):
            out[at : at + (way != "added")] = [] if way == "dropped" else [rng.choice(vocabulary)]
        yield way, out
    if len(words) >= 16:
        yield "half", list(words[: len(words) // 2])


def rebuilt(one: Saying, words: Sequence[str]) -> Saying:
    text = f"“{' '.join(words)}.”"
    built = build_article(RawDocument(origin="made", text=text))
    statement = Statement(
        "made", "direct", (), (Span(0, 1),), (Span(0, len(text)),), Speaker(None, "unclear"), None, 1.0
    )
    return replace(saying_of(built, statement), speaker=one.speaker)


def of_pairs(pairs: Iterator[tuple[str, str, str]]) -> dict[str, tuple[int, int]]:
    out: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for label, a, b in pairs:
        out[label][0] += found(a, b)
        out[label][1] += 1
    return {label: (told, of) for label, (told, of) in out.items()}


def of_corpus(folder: Path) -> None:
    texts = {p.stem: p.read_text("utf-8") for p in sorted(folder.glob("**/*.txt"))}
    started = time.perf_counter()
    bands: dict[int, list[str]] = defaultdict(list)
    for name, text in texts.items():
        for band in signature(text).bands:
            bands[band].append(name)
    signed = time.perf_counter() - started
    shared = Counter(pair for names in bands.values() if len(names) < 200 for pair in combinations(names, 2))
    candidates = [pair for pair, count in shared.items() if count >= LEAST_BANDS]
    started = time.perf_counter()
    copies = [(a, b) for a, b in candidates if is_copy(likeness(texts[a], texts[b]))]
    compared = time.perf_counter() - started
    print(
        f"{len(texts)} texts signed in {signed:.1f} s; {len(candidates)} candidates compared in {compared:.1f} s; copies:"
    )
    for a, b in copies:
        print(" ", a, b, likeness(texts[a], texts[b]))


def rates(right: int, wrong: int, missed: int) -> dict[str, float]:
    return {"precision": round(right / max(1, right + wrong), 4), "recall": round(right / max(1, right + missed), 4)}


def main(argv: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--json", type=Path)
    options.add_argument("--corpus", type=Path)
    chosen = options.parse_args(argv)
    if chosen.corpus:
        of_corpus(chosen.corpus)
        return
    counts, wrong = of_gold(chosen.data)
    gold = rates(counts[True, True], counts[True, False], counts[False, True])
    told: dict[str, object] = {
        "gold": gold,
        "gold pairs": [counts[True, True] + counts[False, True], sum(counts.values())],
    }
    made = of_pairs(made_copies(chosen.data))
    against = {**of_pairs(same_quotes(chosen.data)), **of_pairs(of_one_mould())}
    right, missed = sum(n for n, _ in made.values()), sum(of - n for n, of in made.values())
    told["made"] = rates(right, sum(n for n, _ in against.values()), missed)
    told["made, found of"] = {**made, **against}
    told["utterances"] = of_utterances(chosen.data)
    print(*wrong, sep="\n")
    print(json.dumps(told, indent=1))
    if chosen.json:
        chosen.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
