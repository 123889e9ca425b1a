"""How fast onnxruntime multiplies matrices on this processor, at the reader's shapes, and what share of it the reader uses.

Two measures, each on one thread:

- alone: a graph of a single product, int8 as the reader's (`int8`: the product; `quantised`: with the scaling of its inputs
  before and of its sums after, which is what the reader's graphs run), and fp32;
- in place: the reader's own graphs over a window of the usual length, node by node, by onnxruntime's own profile.

Needs the package `onnx`, which onrecord itself does not: run it with the training environment's Python.

    python benchmarks/gemm.py --json benchmarks/gemm.json
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.analysis.heads import SLOWER_FUSED, WEIGHTS
from read_speed import machine

WINDOW = 210
"""Pieces of a window: the mean over PolNeAR dev."""
SHAPES = (
    (WINDOW, 384, 384),
    (WINDOW, 384, 1536),
    (WINDOW, 1536, 384),
    (64, 384, 384),
    (1024, 384, 1536),
    (1024, 1024, 1024),
)
"""Rows, inner size, columns: an attention projection, up, down; a short window; several windows at once; a plain square."""
GRAPHS = {
    "encoder.onnx": None,
    "deeds.onnx": None,
    "arguments.onnx": (6, 57),
    "said.onnx": (5, 56),
    "done.onnx": (2, 60),
}
"""The graphs with many products, and the statements and words that a run of a head has as a mean."""
PRODUCTS = frozenset({"MatMul", "Gemm", "MatMulIntegerToFloat", "DynamicQuantizeMatMul", "MatMulInteger"})
ATTENTION = "MultiHeadAttention"
LEAST_SECONDS, RUNS = 1.0, 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    alone = {
        f"{m} x {k} x {n}": {kind: alone_(kind, m, k, n) for kind in ("int8", "quantised", "fp32")}
        for m, k, n in SHAPES
    }
    print(machine())
    print("\n10^9 multiplications and additions a second, best (median) run, one thread")
    for shape, kinds in alone.items():
        print(f"{shape:20}" + "".join(f"{kind:>12} {v['best']:5.0f} ({v['median']:.0f})" for kind, v in kinds.items()))
    placed = {name: in_place(options.weights / name, asked) for name, asked in GRAPHS.items()}
    best = max(kinds["quantised"]["best"] for kinds in alone.values())
    for name, graph in placed.items():
        graph["share_of_best_alone"] = round(graph["gmac_per_second"] / best, 3)
        print(f"\n{name}: {graph['milliseconds']:.2f} ms; products {graph['gmac_per_second']:.0f} GMAC/s while they run, "
              f"{graph['share_of_best_alone']:.0%} of the best alone")  # fmt: skip
        for kind, share in graph["share_of_time"].items():
            print(f"    {kind:28}{share:7.1%}")
    if options.json:
        report = {"machine": machine(), "onnxruntime": _runtime().__version__, "alone": alone, "in_place": placed}
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def alone_(kind: str, m: int, k: int, n: int) -> dict[str, float]:
    """10^9 products a second of (m, k) by (k, n), by processor time."""
    session = _session(_graph(kind, k, n))
    rng = np.random.default_rng(0)
    x = rng.integers(0, 255, (m, k)).astype(np.uint8) if kind == "int8" else rng.standard_normal((m, k), np.float32)
    times: list[float] = []
    while sum(times) < LEAST_SECONDS or len(times) < RUNS:
        begun = time.thread_time()
        session.run(None, {"x": x})
        times.append(time.thread_time() - begun)
    rates = [m * k * n / t / 1e9 for t in times if t > 0]
    return {"best": round(max(rates), 1), "median": round(statistics.median(rates), 1)}


def _graph(kind: str, k: int, n: int) -> bytes:
    from onnx import TensorProto as T
    from onnx import helper, numpy_helper

    rng = np.random.default_rng(1)
    weights = (
        rng.standard_normal((k, n), np.float32) if kind == "fp32" else rng.integers(-127, 127, (k, n)).astype(np.int8)
    )
    kept = [numpy_helper.from_array(weights, "w")]
    given, told = (T.UINT8, T.INT32) if kind == "int8" else (T.FLOAT, T.FLOAT)
    if kind == "quantised":
        kept += [
            numpy_helper.from_array(np.full(n, 0.01, np.float32), "scale"),
            numpy_helper.from_array(np.zeros(n, np.int8), "zero"),
        ]
        node = helper.make_node("DynamicQuantizeMatMul", ["x", "w", "scale", "zero"], ["y"], domain="com.microsoft")
    else:
        node = helper.make_node("MatMulInteger" if kind == "int8" else "MatMul", ["x", "w"], ["y"])
    x, y = helper.make_tensor_value_info("x", given, [None, k]), helper.make_tensor_value_info("y", told, [None, n])
    sets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(helper.make_graph([node], "product", [x], [y], kept), opset_imports=sets)
    model.ir_version = 8
    return bytes(model.SerializeToString())


def in_place(graph: Path, asked: tuple[int, int] | None) -> dict[str, Any]:
    """One graph over a window: milliseconds a run, shares of its kinds of nodes, 10^9 products a second in its products."""
    with tempfile.TemporaryDirectory() as scratch:
        session = _session(graph.read_bytes(), profile=str(Path(scratch) / "run"))
        given = _inputs(session, asked)
        session.run(None, given)
        times = []
        for _ in range(RUNS):
            begun = time.thread_time()
            session.run(None, given)
            times.append(time.thread_time() - begun)
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    spent: Counter[str] = Counter()
    least: dict[str, float] = {}
    macs: dict[str, float] = {}
    for event in events:
        if event.get("cat") != "Node" or not event["name"].endswith("kernel_time"):
            continue
        kind, name = event["args"]["op_name"], event["name"]
        spent[kind] += event["dur"]
        if kind in PRODUCTS:
            least[name] = min(event["dur"], least.get(name, float("inf")))
            macs[name] = _macs(event["args"])
    total = sum(spent.values())
    return {
        "milliseconds": round(1e3 * statistics.median(times), 3),
        "best_milliseconds": round(1e3 * min(times), 3),
        "gmac": round(sum(macs.values()) / 1e9, 4),
        "gmac_per_second": round(sum(macs.values()) / (sum(least.values()) * 1e-6) / 1e9, 1),
        "share_of_time": {kind: round(taken / total, 4) for kind, taken in spent.most_common(7)},
    }


def _macs(node: dict[str, Any]) -> float:
    """Multiplications of one product: the numbers of its result times the inner size."""
    left = next(iter(node["input_type_shape"][0].values()))
    out = next(iter(node["output_type_shape"][0].values()))
    return float(np.prod(out) * left[-1])


def _inputs(session: Any, asked: tuple[int, int] | None) -> dict[str, Any]:
    """Made-up inputs: what they are has no bearing on the time."""
    rng = np.random.default_rng(2)
    if asked is None:
        return {
            i.name: rng.integers(1000, 2000, (1, WINDOW)) if i.name == "piece" else np.ones((1, WINDOW), np.int64)
            for i in session.get_inputs()
        }
    given = {i.name: np.ones(asked, np.int64) for i in session.get_inputs()}
    return given | {"states": rng.standard_normal((WINDOW, 384), np.float32), "at": rng.integers(0, WINDOW, asked)}


def _session(graph: bytes, profile: str | None = None) -> Any:
    ort = _runtime()
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if profile:
        options.enable_profiling, options.profile_file_prefix = True, profile
    return ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_FUSED)


def _runtime() -> Any:
    import onnxruntime

    return onnxruntime


if __name__ == "__main__":
    sys.exit(main())
