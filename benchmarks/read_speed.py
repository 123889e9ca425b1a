"""How fast onrecord reads, beside its peers, on this machine.

Each engine reads the same folder in a process of its own; the engines take turns, several times, and medians are shown.
Needs an installed onrecord. The peers (spaCy's small English pipeline; the same with textacy's direct quotations) live in
an environment of their own, which is made at the first run: onrecord does not depend on them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worker import keep_to_cores, peak_megabytes, text_files

HERE = Path(__file__).resolve().parent
PEERS_HOME = HERE.parent / "build" / "venv-peers"
OWN = {"onrecord": "onrecord: the whole record", "attribution": "onrecord, statements alone"}
PEERS = {
    "spacy": "spaCy small English, one process",
    "spacy-processes": "spaCy small English, a process a core",
    "textacy": "spaCy small English + textacy direct quotations",
}
ONE_SENTENCE = "The bridge is safe, Mayor Ada Quill said on Tuesday.\n"
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Command:
    """How one run of the command line went."""

    seconds: float
    processor_seconds: float
    peak_mb: float


def main() -> int:
    options = arguments()
    folder = options.folder or options.data / "polnear" / "dev"
    files = text_files(folder)
    if not files:
        print(f"{folder}: no .txt files", file=sys.stderr)
        return 1
    pythons = dict.fromkeys(OWN, sys.executable)
    if not options.no_peers and not options.start_up:
        peers = str(options.peers_python or peers_python())
        pythons |= dict.fromkeys(PEERS, peers)
    show_machine(folder, files, options)
    engines = {} if options.start_up else take_turns(pythons, folder, options)
    start, whole = command_runs([] if options.start_up else files, options)
    show(engines, start, whole, options.threads)
    if options.json:
        report: dict[str, Any] = {"threads": options.threads, "machine": machine(), "start_up": start}
        if not options.start_up:
            report |= {"engines": engines, "command": whole}
        options.json.write_text(json.dumps(report, default=vars_of, indent=1) + "\n", encoding="utf-8")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("folder", nargs="?", type=Path, help="folder of .txt files, or a PolNeAR split")
    where.add_argument("--data", type=Path, help="folder of the corpora: reads its polnear/dev")
    parser.add_argument("--threads", type=int, default=2, help="threads, and cores, of each engine (default 2)")
    parser.add_argument("--repeats", type=int, default=5, help="turns of each engine (default 5)")
    parser.add_argument("--peers-python", type=Path, help="Python that has requirements-peers.txt installed")
    parser.add_argument("--start-up", action="store_true", help="measure the command line over one sentence, no more")
    parser.add_argument("--no-peers", action="store_true", help="measure onrecord alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run there too")
    return parser.parse_args()


def peers_python() -> Path:
    """Python of the peers' environment. Made anew if it is not there; half-made ones are finished."""
    python, done = PEERS_HOME / "bin" / "python", PEERS_HOME / ".installed"
    requirements = HERE / "requirements-peers.txt"
    if not done.exists() or done.read_text(encoding="utf-8") != requirements.read_text(encoding="utf-8"):
        print(f"installing the peers into {PEERS_HOME} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", PEERS_HOME], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", requirements], check=True)
        done.write_text(requirements.read_text(encoding="utf-8"), encoding="utf-8")
    return python


def take_turns(pythons: dict[str, str], folder: Path, options: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    """Runs of each engine. They alternate, so that a machine that grows warm or busy slows all of them alike."""
    runs: dict[str, list[dict[str, Any]]] = {engine: [] for engine in pythons}
    environment = (
        os.environ | dict.fromkeys(THREAD_VARIABLES, str(options.threads)) | {"TOKENIZERS_PARALLELISM": "true"}
    )
    for turn in range(options.repeats):
        for engine, python in pythons.items():
            print(f"turn {turn + 1} of {options.repeats}: {engine}", file=sys.stderr)
            command = [python, HERE / "worker.py", engine, folder, "--threads", str(options.threads)]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
            runs[engine].append(json.loads(done.stdout))
    return runs


def command_runs(files: list[Path], options: argparse.Namespace) -> tuple[list[Command], list[Command]]:
    """Runs of the command line over one sentence, which is start-up, and over all files, if any."""
    keep_to_cores(options.threads)  # what is started from here on keeps to them too
    with tempfile.TemporaryDirectory() as folder:
        sentence = Path(folder) / "sentence.txt"
        sentence.write_text(ONE_SENTENCE, encoding="utf-8")
        run_command([sentence])  # writes the modules' byte code where an installer has not
        start = [run_command([sentence]) for _ in range(options.repeats)]
    return start, [run_command(files) for _ in range(min(2, options.repeats) if files else 0)]


def run_command(files: list[Path]) -> Command:
    """``python -m onrecord read FILE…`` in a fresh process, from its start to its end."""
    begun = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "onrecord", "read", *files]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    # wait4 tells what this one process used; getrusage would tell the largest of all that have ended so far.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "onrecord read")
    return Command(seconds, usage.ru_utime + usage.ru_stime, peak_megabytes(usage))


def show_machine(folder: Path, files: list[Path], options: argparse.Namespace) -> None:
    print(
        f"{folder.name}: {len(files)} texts; {options.threads} threads; {options.repeats} turns, medians (least to most)"
    )
    print(machine())
    if os.getloadavg()[0] > 0.5:
        print(f"NOT ALONE: load average {os.getloadavg()[0]:.1f} before the start; expect lower and uneven figures")


def machine() -> str:
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores; {platform.system()}, Python {platform.python_version()}"


def show(engines: dict[str, list[dict[str, Any]]], start: list[Command], whole: list[Command], threads: int) -> None:
    if engines:
        print(f"\n{'':50}{'words/s':>24}{'by processor':>13}{'articles/s':>12}{'load s':>8}{'peak MB':>9}{'found':>8}")
    for engine, runs in engines.items():
        speeds = [r["words"] / r["seconds"] for r in runs]
        spread = f"{statistics.median(speeds):,.0f} ({min(speeds):,.0f}–{max(speeds):,.0f})"
        busy = statistics.median(r["words"] * threads / r["processor_seconds"] for r in runs)
        articles = statistics.median(r["articles"] / r["seconds"] for r in runs)
        load = statistics.median(r["load_seconds"] for r in runs)
        peak = max(r["peak_mb"] for r in runs)
        name = (OWN | PEERS)[engine]
        print(f"{name:50}{spread:>24}{busy:13,.0f}{articles:12.1f}{load:8.2f}{peak:9.0f}{runs[0]['found']:8}")
    print()
    for name, runs in (("onrecord read, one sentence (start-up)", start), ("onrecord read, all texts", whole)):
        if not runs:
            continue
        seconds = statistics.median(r.seconds for r in runs)
        processor = statistics.median(r.processor_seconds for r in runs)
        print(f"{name:50}{seconds:8.2f} s{processor:8.2f} s of processor{max(r.peak_mb for r in runs):9.0f} MB")


def vars_of(value: Command) -> dict[str, float]:
    return {"seconds": value.seconds, "processor_seconds": value.processor_seconds, "peak_mb": value.peak_mb}


if __name__ == "__main__":
    sys.exit(main())
