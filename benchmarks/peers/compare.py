"""onrecord beside its peers, in turns, on one folder of texts: how fast, with how much memory, and, on a PolNeAR split, how well.

Each peer lives in an environment of its own, made under the cache folder from the first lines of its script, and reads in a
process of its own that is kept to as many cores as `--threads` says. What they find is scored by `onrecord.evaluation`, by the
same rules for all. README.md in the folder above tells what the peers are, and which could not be had.

    python benchmarks/peers/compare.py --data $DATA --repeats 3 -o benchmarks/peers.json
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.evaluation import evaluate_polnear
from onrecord.evaluation.pairing import pair_article
from onrecord.evaluation.polnear import load_polnear
from onrecord.evaluation.predicted import predicted_articles
from onrecord.evaluation.scores import Counts
from onrecord.records import WireRecord

HERE = Path(__file__).resolve().parent
CACHE = HERE.parents[1] / "build" / "peers"
OWN = "own"
PEERS = ("spacy_small", "spacy_processes", "textacy_quotes", "sayswho_quotes")
STATES_STATEMENTS = (OWN, "textacy_quotes", "sayswho_quotes")
"""Those that tell who said what, and so can be scored."""
MARKS = frozenset('"“”')
INLINE = re.compile(r"^# /// script\n((?:#.*\n)+?)# ///$", re.MULTILINE)
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

Run = dict[str, Any]


def main() -> int:
    options = arguments()
    folder = options.folder or options.data / "polnear" / "dev"
    pythons = {OWN: Path(sys.executable)} | {name: python_of(name, options.cache) for name in PEERS}
    with tempfile.TemporaryDirectory() as scratch:
        load = os.getloadavg()[0]
        runs = take_turns(pythons, folder, options, Path(scratch))
        scores = scored(folder, Path(scratch)) if (folder / "attributions").is_dir() else {}
    report = {
        "command": "python benchmarks/peers/compare.py --data DATA --repeats " + str(options.repeats),
        "machine": machine(),
        "load_before": round(load, 2),
        "threads": options.threads,
        "peers": {name: requirements(name) for name in PEERS},
        "medians": {name: medians(of) for name, of in runs.items()},
        "scores": scores,
        "runs": runs,
    }
    show(report)
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("folder", nargs="?", type=Path, help="folder of .txt files, or a PolNeAR split")
    where.add_argument("--data", type=Path, help="folder of the corpora: reads its polnear/dev")
    parser.add_argument("--threads", type=int, default=2, help="threads, and cores, of each (default 2)")
    parser.add_argument("--repeats", type=int, default=3, help="turns of each (default 3)")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where the environments are (default build/peers)")
    parser.add_argument("-o", "--output", type=Path, help="write all figures there, as JSON")
    return parser.parse_args()


# ---------------------------------------------------------------- environments
def requirements(name: str) -> list[str]:
    """What a peer's script says that it needs (PEP 723)."""
    found = INLINE.search((HERE / f"{name}.py").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{name}.py does not say what it needs")
    stated = tomllib.loads("".join(line[2:] for line in found[1].splitlines(keepends=True)))
    return [str(requirement) for requirement in stated["dependencies"]]


def python_of(name: str, cache: Path) -> Path:
    """Python of an environment with a peer's requirements; peers with the same ones share it. Half-made ones are finished."""
    needed = requirements(name)
    home = cache / hashlib.sha256("\n".join(needed).encode()).hexdigest()[:12]
    python, done = home / "bin" / "python", home / ".installed"
    if not done.exists():
        print(f"installing {', '.join(needed)} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *needed], check=True)
        done.touch()
    return python


# ---------------------------------------------------------------- turns
def take_turns(
    pythons: dict[str, Path], folder: Path, options: argparse.Namespace, scratch: Path
) -> dict[str, list[Run]]:
    """Runs of each. They alternate, so that a machine that grows warm or busy slows all of them alike."""
    runs: dict[str, list[Run]] = {name: [] for name in pythons}
    environment = (
        os.environ | dict.fromkeys(THREAD_VARIABLES, str(options.threads)) | {"TOKENIZERS_PARALLELISM": "true"}
    )
    for turn in range(options.repeats):
        for name, python in pythons.items():
            print(f"turn {turn + 1} of {options.repeats}: {name}", file=sys.stderr)
            command = [python, HERE / f"{name}.py", folder, "--threads", str(options.threads)]
            command += ["--records", scratch / f"{name}.ndjson"]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
            runs[name].append(json.loads(done.stdout))
    return runs


def medians(runs: Sequence[Run]) -> dict[str, float]:
    """Speeds by the clock and by processor time, and the largest memory."""

    def median(per: str, by: str) -> float:
        return round(statistics.median(run[per] / run[by] for run in runs), 2)

    return {
        "words_a_second": median("words", "seconds"),
        "articles_a_second": median("articles", "seconds"),
        "words_a_processor_second": median("words", "processor_seconds"),
        "load_seconds": round(statistics.median(run["load_seconds"] for run in runs), 2),
        "peak_mb": round(max(run["peak_mb"] for run in runs)),
        "found": runs[0]["found"],
        "refused": runs[0]["refused"],
    }


def scored(folder: Path, scratch: Path) -> dict[str, dict[str, list[float]]]:
    """Precision, recall and F1 of each that tells statements."""
    scores = {}
    for name in STATES_STATEMENTS:
        lines = (scratch / f"{name}.ndjson").read_text(encoding="utf-8").splitlines()
        records: list[WireRecord] = [json.loads(line) for line in lines]
        told = evaluate_polnear(folder, records)
        roles = {role: getattr(told.roles, role) for role in ("source", "cue", "content")}
        counts: dict[str, Counts] = {"triple_relaxed": told.triple_relaxed, "triple_exact": told.triple_exact, **roles}
        scores[name] = {of: [round(figure, 3) for figure in (c.precision, c.recall, c.f1)] for of, c in counts.items()}
        scores[name]["recall_of_marked"] = [round(found_of_marked(folder, records), 3)]
    return scores


def found_of_marked(folder: Path, records: Sequence[WireRecord]) -> float:
    """Of gold statements with a double quotation mark in the content, the share found (relaxed rule): what peers look for."""
    predicted = predicted_articles(records)
    found = marked = 0
    for article in load_polnear(folder):
        paired = pair_article(article, predicted.get(article.id))
        for number, roles in enumerate(article.attributions):
            if any(MARKS & set(span.of(article.text)) for span in roles.content):
                marked += 1
                found += paired.pairs.get(number) in paired.relaxed
    return found / marked


# ---------------------------------------------------------------- telling
def machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    return f"{model}, {os.cpu_count()} cores; {platform.system()}, Python {platform.python_version()}"


def show(report: dict[str, Any]) -> None:
    print(f"{report['machine']}; load average {report['load_before']} before the start")
    print(
        f"{'':16}{'words/s':>9}{'articles/s':>12}{'words/cpu s':>13}{'peak MB':>9}{'found':>7}{'refused':>9}"
        "   relaxed P / R / F1 / R of marked"
    )
    for name, m in report["medians"].items():
        scores = report["scores"].get(name, {})
        figures = (*scores.get("triple_relaxed", ()), *scores.get("recall_of_marked", ()))
        right = " / ".join(f"{figure:.3f}" for figure in figures)
        print(
            f"{name:16}{m['words_a_second']:9,.0f}{m['articles_a_second']:12.1f}{m['words_a_processor_second']:13,.0f}"
            f"{m['peak_mb']:9,.0f}{m['found']:7,}{m['refused']:9}   {right}"
        )


if __name__ == "__main__":
    sys.exit(main())
