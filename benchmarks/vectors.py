"""Search by meaning: what do its short cuts lose, how fast is it. (What it finds: fusion.py.)

    .venv/bin/python benchmarks/vectors.py --data $DATA --json benchmarks/vectors.json

*Signs*: how many of the ten nearest vectors pass the choice by signs, over real sentences and over a million vectors
that are mixtures of real ones. *Speed*: that million in one file, asked by a fresh process and by one that has asked before.
With `--fp32 FOLDER` (`python -m training.sentences --fp32 --out FOLDER`) also what int8 loses. Needs an installed onrecord.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.analysis.sentences import FILE, LONGEST, SCALE, TOKENIZER, Embedder
from onrecord.analysis.words import SEP
from onrecord.store import vectors as room
from onrecord.store.connecting import MAPPED_BYTES
from worker import peak_megabytes

HERE = Path(__file__).resolve().parent
TABLES = """
CREATE TABLE vectors (statement INTEGER PRIMARY KEY, vector BLOB NOT NULL) STRICT;
CREATE TABLE vector_chunks (chunk INTEGER PRIMARY KEY, statements BLOB NOT NULL, signs BLOB NOT NULL) STRICT;
"""
QUESTIONS = 40
"""Real sentences that are asked for and are not in the file."""
Floats = NDArray[np.float32]


# ---------------------------------------------------------------- texts


def statements(golds: Path) -> dict[str, str]:
    """Contents of the statements of a folder's gold records, by article and number."""
    found = {}
    for path in sorted(golds.glob("[0-9]*.json")):
        gold = json.loads(path.read_text(encoding="utf8"))
        found |= {f"{gold['article']}:{s['n']}": " ".join(s["content"]) for s in gold["statements"]}
    return found


def stories(data: Path) -> dict[str, str]:
    """Contents of the statements of all invented stories."""
    folders = sorted(path for path in (data / "invented").iterdir() if path.is_dir())
    return {f"{f.name}:{name}": text for f in folders for name, text in statements(f / "gold").items()}


def real_sentences(data: Path, count: int) -> list[str]:
    """Contents of the invented stories' statements, then sentences of PolNeAR's training articles."""
    texts = dict.fromkeys(stories(data).values())
    for path in sorted((data / "polnear" / "train" / "text").glob("*.txt")):
        text = path.read_text(encoding="utf8", errors="replace")
        texts |= dict.fromkeys(s for s in re.split(r"(?<=[.?!\"”])\s+|\n+", text) if 20 < len(s) < 600)
    every = list(texts)
    np.random.default_rng(5).shuffle(every)
    return every[:count]


# ---------------------------------------------------------------- what is lost


def mixtures(real: NDArray[np.int8], count: int) -> Iterator[NDArray[np.int8]]:
    """`count` vectors, each between two real ones and a little aside: near each other as real ones are, and no two alike."""
    chance = np.random.default_rng(7)
    units = unit(real)
    for lo in range(0, count, 20_000):
        n = min(20_000, count - lo)
        share = chance.uniform(0.5, 0.95, size=(n, 1)).astype(np.float32)
        mixed = units[chance.integers(len(units), size=n)] * share
        mixed += units[chance.integers(len(units), size=n)] * (1 - share)
        mixed += chance.normal(0, 0.2 / room.WIDTH**0.5, size=mixed.shape).astype(np.float32)
        yield np.clip(np.rint(unit(mixed) * SCALE), -127, 127).astype(np.int8)


def unit(vectors: NDArray[Any]) -> Floats:
    wide = vectors.astype(np.float32)
    return wide / np.linalg.norm(wide, axis=1, keepdims=True)


def exact_tens(blocks: Iterator[tuple[NDArray[np.int64], Floats]], questions: Floats) -> list[set[int]]:
    """The ten nearest of each question, over blocks of numbers and unit vectors."""
    numbers, scores = np.zeros((len(questions), 0), np.int64), np.zeros((len(questions), 0), np.float32)
    for theirs, units in blocks:
        scores = np.concatenate([scores, questions @ units.T], 1)
        numbers = np.concatenate([numbers, np.broadcast_to(theirs, (len(questions), len(theirs)))], 1)
        best = np.argsort(-scores, axis=1, kind="stable")[:, :10]
        scores, numbers = np.take_along_axis(scores, best, 1), np.take_along_axis(numbers, best, 1)
    return [set(row) for row in numbers.tolist()]


def stored(connection: sqlite3.Connection) -> Iterator[tuple[NDArray[np.int64], Floats]]:
    cursor = connection.execute("SELECT statement, vector FROM vectors ORDER BY statement")
    while rows := cursor.fetchmany(50_000):
        vectors = np.frombuffer(b"".join(v for _, v in rows), np.int8).reshape(-1, room.WIDTH)
        yield np.array([n for n, _ in rows]), unit(vectors)


def recalls(connection: sqlite3.Connection, questions: NDArray[np.int8]) -> dict[str, float]:
    """Share of the ten nearest that are found, by how many the count of signs and then their fit let pass."""
    true = exact_tens(stored(connection), unit(questions))
    figures = {}
    before = room.SCANNED, room.CANDIDATES
    for scanned, candidates in ((2_000, 2_000), (20_000, 500), (20_000, 1_000), (20_000, 2_000), (50_000, 2_000)):
        room.SCANNED, room.CANDIDATES = scanned, candidates
        found = [{n for n, _ in room.nearest(connection, q, count=10)} for q in questions]
        hit = sum(len(a & b) for a, b in zip(found, true, strict=True))
        figures[f"{scanned} to {candidates}"] = round(hit / sum(map(len, true)), 4)
    room.SCANNED, room.CANDIDATES = before
    return figures


def against_fp32(embedder: Embedder, folder: Path, texts: Sequence[str]) -> dict[str, float]:
    """What int8 loses: cosine of a text's two vectors, of a pair's two cosines, and of the ten nearest."""
    import onnxruntime as ort
    from tokenizers import Tokenizer

    session = ort.InferenceSession(str(folder / FILE), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(HERE.parent / "src" / "onrecord" / "weights" / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    true = np.empty((len(texts), room.WIDTH), np.float32)
    for n, text in enumerate(texts):
        ids = tokenizer.encode(text).ids
        ids = ids if len(ids) <= LONGEST else [*ids[: LONGEST - 1], SEP]
        (true[n],) = session.run(None, {"piece": np.array([ids])})
    mine = unit(embedder.embed(texts))
    own = (mine * true).sum(1)
    pairs, true_pairs = mine @ mine.T, true @ true.T
    np.fill_diagonal(pairs, -1)
    np.fill_diagonal(true_pairs, -1)
    near = true_pairs > 0.4
    tens = [np.argsort(-p, axis=1, kind="stable")[:, :10] for p in (pairs, true_pairs)]
    kept = sum(len(set(a) & set(b)) for a, b in zip(*(t.tolist() for t in tens), strict=True))
    return {
        "texts": len(texts),
        "cosine mean": round(float(own.mean()), 4),
        "cosine 1st percentile": round(float(np.percentile(own, 1)), 4),
        "cosine least": round(float(own.min()), 4),
        "pair's cosine, rms error": round(float(np.sqrt(((pairs - true_pairs)[near] ** 2).mean())), 4),
        "recall@10": round(kept / tens[0].size, 4),
    }


# ---------------------------------------------------------------- speed


def fresh(path: str | Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(TABLES)
    return connection


def build(path: Path, real: NDArray[np.int8], count: int) -> tuple[sqlite3.Connection, float]:
    """A file of `count` mixtures in random order of their numbers, written in batches of 500; seconds for all."""
    connection = fresh(path)
    connection.execute("PRAGMA journal_mode = WAL")
    spent, at = 0.0, 1
    for block in mixtures(real, count):
        began = time.perf_counter()
        for lo in range(0, len(block), 500):
            some = block[lo : lo + 500]
            connection.execute("BEGIN")
            room.add_vectors(connection, range(at, at + len(some)), some)
            connection.execute("COMMIT")
            at += len(some)
        spent += time.perf_counter() - began
    return connection, spent


def ask(path: Path, questions: Path) -> dict[str, float]:
    """In a process that has just begun: the first question, later ones, some with a filter, and the memory that it took.

    The file is opened as the store opens it, mapped: pages of it that the system could take back count as memory.
    """
    asked = np.load(questions)
    before = peak()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    worked = time.process_time()
    first, *later = [timed(lambda q=q: room.nearest(connection, q, count=10)) for q in asked]
    (last,) = connection.execute("SELECT max(statement) FROM vectors").fetchone()
    half, few = np.arange(1, last, 2), np.arange(1, 1000)
    return {
        "first ms": round(first, 1),
        "processor ms of each": round((time.process_time() - worked) * 1000 / len(asked), 1),
        "later ms, median": round(statistics.median(later), 1),
        "later ms, most": round(max(later), 1),
        "among half of them ms": round(timed(lambda: room.nearest(connection, asked[0], count=10, among=half)), 1),
        "among 1,000 ms": round(timed(lambda: room.nearest(connection, asked[0], count=10, among=few)), 1),
        "memory MB": round(peak() - before, 1),
    }


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def peak() -> float:
    """Peak resident memory in MB. Not ru_maxrss where the system tells better: that begins with the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        [line] = [line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) * 1024 / 1e6
    return peak_megabytes(resource.getrusage(resource.RUSAGE_SELF))


def embedding(embedder: Embedder, texts: Sequence[str]) -> dict[str, float]:
    embedder.embed(texts[:100])
    began, worked = time.perf_counter(), time.process_time()
    embedder.embed(texts)
    return {
        "wall s per 1,000": round((time.perf_counter() - began) * 1000 / len(texts), 2),
        "processor s per 1,000": round((time.process_time() - worked) * 1000 / len(texts), 2),
    }


def drop_cache(path: Path) -> bool:
    """Put the file out of the system's cache, where the system lets one."""
    if not hasattr(os, "posix_fadvise"):
        return False
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return True


def measure(args: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    embedder = Embedder.load()
    out: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        # Where it is above the cores, wall times tell of other work too; processor times do not.
        "load before": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "numpy": np.__version__,
    }
    texts = real_sentences(args.data, args.real)
    out["embedding"] = embedding(embedder, texts[:1000])
    if args.fp32:
        out["int8 against fp32"] = against_fp32(embedder, args.fp32, texts[:1000])
    real = embedder.embed(texts)
    questions, kept = real[:QUESTIONS], real[QUESTIONS:]
    small = fresh(":memory:")
    room.add_vectors(small, range(len(kept)), kept)
    out["recall@10"] = {f"{len(kept)} real": recalls(small, questions)}
    path = scratch / "vectors.db"
    connection, spent = build(path, kept, args.count)
    out["recall@10"][f"{args.count} mixtures"] = recalls(connection, questions)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    out["file"] = {
        "vectors": args.count,
        "MB": round(path.stat().st_size / 1e6),
        "added a second": round(args.count / spent),
    }
    np.save(scratch / "questions.npy", questions[:20])
    for state in ("out of the system's cache", "in the system's cache"):
        if state.startswith("out") and not drop_cache(path):
            continue
        command = [sys.executable, __file__, "--ask", str(path), str(scratch / "questions.npy")]
        out[state] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the corpora")
    parser.add_argument("--real", type=int, default=6_000, help="real sentences to embed")
    parser.add_argument("--count", type=int, default=1_000_000, help="vectors of the file")
    parser.add_argument("--fp32", type=Path, help="folder with the graph in fp32")
    parser.add_argument("--json", type=Path, help="where the figures go beside the screen")
    parser.add_argument("--ask", nargs=2, type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.ask:
        print(json.dumps(ask(*args.ask)))
        return
    if args.data is None:
        parser.error("--data is needed")
    with tempfile.TemporaryDirectory() as scratch:
        figures = json.dumps(measure(args, Path(scratch)), indent=1)
    print(figures)
    if args.json:
        args.json.write_text(figures + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
