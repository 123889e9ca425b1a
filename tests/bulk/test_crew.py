"""Workers on a real Ray: one of this machine's own, and a cluster of two nodes, each with its own address."""

from __future__ import annotations

import importlib.util
import os
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter, deque
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.bulk import doubles
from tests.ingest.doubles import rows, sentences

from onrecord.bulk import bulk, parquet, values
from onrecord.bulk.crew import Crew, _Hand, _Task
from onrecord.bulk.values import Outcome, Part
from onrecord.records import OutputError, RawDocument

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason='needs Ray: pip install "onrecord[bulk]"'),
    pytest.mark.filterwarnings("ignore"),
]
HEAD, OTHER, PORT = "127.0.0.2", "127.0.0.3", 6399
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_worker_niceness": "0",  # else whatever else the machine does starves them
    "RAY_DASHBOARD_STARTUP_TIMEOUT_S": "300",
    "RAY_AUTH_MODE": "token",
}


@contextmanager
def node(folder, *options):
    """A node of a cluster: a process of its own, with all that it started."""
    command = [sys.executable, "-m", "ray.scripts.scripts", "start", "--block", "--num-cpus", "1", *options]
    command += ["--object-store-memory", "90000000", "--include-log-monitor", "false"]
    with (folder / "log").open("wb") as log:
        started = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield started
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(60)


@contextmanager
def cluster(folder):
    """Two nodes; gives the cluster's address and the second node."""
    (folder / "head").mkdir()
    (folder / "other").mkdir()
    place = ["--port", str(PORT), "--temp-dir", str(folder / "ray"), "--include-dashboard", "false"]
    with node(folder / "head", "--head", "--node-ip-address", HEAD, *place):
        wait_for(folder / "head" / "log")
        with node(folder / "other", "--address", f"{HEAD}:{PORT}", "--node-ip-address", OTHER) as other:
            wait_for(folder / "other" / "log")
            yield f"{HEAD}:{PORT}", other


def wait_for(log: Path) -> None:
    deadline = time.monotonic() + 240
    while b"Ray runtime started" not in log.read_bytes():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


@pytest.fixture(scope="module", autouse=True)
def quiet():
    """Ray keeps to itself. Its nodes know each other by a token."""
    patch = pytest.MonkeyPatch()
    for name, value in (QUIET | {"RAY_AUTH_TOKEN": secrets.token_hex(32)}).items():
        patch.setenv(name, value)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def two_nodes(quiet, tmp_path_factory):
    # Sockets lie in it, whose paths may not be long.
    folder = Path(subprocess.check_output(["mktemp", "-d", "-p", "/tmp", "ray.XXXXX"], text=True).strip())
    with cluster(folder) as (address, _):
        yield address


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(values, "PART_DOCUMENTS", 4)


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def names(tmp_path):
    return doubles.write_inputs(tmp_path / "crawl")


def expected(names, tmp_path):
    bulk(names, tmp_path / "expected", jobs=1, crew=doubles.Crew)
    return contents(tmp_path / "expected")


def workers() -> list[int]:
    """Processes of workers that read."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes().startswith((b"ray::ScriptedWorker", b"ray::DyingWorker")):
                found.append(int(path.parent.name))
        except OSError:  # it has ended meanwhile
            continue
    return found


def test_a_cluster_of_two_nodes_whose_worker_is_killed(two_nodes, names, tmp_path):
    import ray

    killed, nodes = [], set()

    def progress(so_far):
        if so_far.documents >= 40 and not killed:
            nodes.update(n["NodeManagerAddress"] for n in ray.nodes() if n["Alive"])
            killed.append(workers()[0])
            os.kill(killed[0], signal.SIGKILL)

    out = tmp_path / "out"
    crew = lambda: Crew(address=two_nodes, worker=doubles.DyingWorker)  # noqa: E731
    made = bulk(names, out, jobs=1, crew=crew, on_progress=progress)
    assert killed and nodes == {HEAD, OTHER}
    assert made.records == 135
    assert contents(out) == expected(names, tmp_path)


def test_an_article_that_ends_its_reader_is_found_and_told(two_nodes, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text(rows(range(10)) + rows([10]).replace("The council", "KILLS. The council") + rows(range(11, 20)))
    out = tmp_path / "out"
    made = bulk([str(source)], out, jobs=1, crew=lambda: Crew(address=two_nodes, worker=doubles.DyingWorker))
    assert [(f.origin, f.stage, f.reason) for f in made.failures] == [
        (f"{source}:11", "reading", "ended the process that read it")
    ]
    records = [origin for path in out.glob("records/*/*.parquet") for origin, _ in parquet.records(path)]
    assert records == [f"{source}:{n}" for n in range(1, 21) if n != 11]


class _Gone(Exception):
    """A promise that nobody keeps."""


def test_what_was_done_before_a_worker_died_is_taken_and_not_blamed():
    done, fatal, waiting = (
        Part(0, n, (RawDocument(origin=name, text="It rained."),), name)
        for n, name in enumerate(("done", "fatal", "waiting"))
    )
    crew = object.__new__(Crew)
    crew._ray = SimpleNamespace(
        exceptions=SimpleNamespace(RayError=_Gone, RayActorError=_Gone), kill=lambda actor: None, get=kept
    )
    crew._remote = SimpleNamespace(remote=lambda: SimpleNamespace(run=SimpleNamespace(remote=object)))
    hand = _Hand(None, {part.key: _Task(part) for part in (done, fatal, waiting)})
    crew._hands, crew._coming, crew._again = [hand], {}, deque()
    crew._blame, crew._singles = Counter(), {}
    assert list(crew._lost(hand, _Gone())) == [(done, ["outcome"])]
    assert crew._blame == {("fatal", None): 1}
    assert [task.part for task in crew._again] == [waiting, fatal]


def test_what_was_lost_on_its_way_is_read_again_and_blames_nothing():
    class Lost(Exception):
        """A result whose machine went."""

    part = Part(0, 0, (RawDocument(origin="one", text="It rained."),), "one")
    crew = object.__new__(Crew)
    crew._ray = SimpleNamespace(
        exceptions=SimpleNamespace(RayError=Lost, RayActorError=_Gone), kill=lambda actor: None, get=lost_as(Lost)
    )
    crew._remote = SimpleNamespace(remote=lambda: SimpleNamespace(run=SimpleNamespace(remote=object)))
    crew._coming, crew._again = {}, deque()
    crew._blame, crew._singles = Counter(), {}
    for _ in range(3):
        hand = _Hand(None, {"promise": _Task(part)})
        crew._hands = [hand]
        assert list(crew._lost(hand, Lost())) == []
        assert [crew._again.popleft().part, *crew._again] == [part]


def test_a_worker_that_gave_all_after_it_was_lost_blames_nothing():
    crew = object.__new__(Crew)
    crew._ray = SimpleNamespace(
        exceptions=SimpleNamespace(RayError=_Gone, RayActorError=_Gone), kill=lambda actor: None, get=kept
    )
    crew._remote = SimpleNamespace(remote=lambda: SimpleNamespace(run=SimpleNamespace(remote=object)))
    part = Part(0, 0, (RawDocument(origin="one", text="It rained."),), "done")
    hand = _Hand(None, {part.key: _Task(part)})
    crew._hands, crew._coming, crew._again = [hand], {}, deque()
    crew._blame, crew._singles = Counter(), {}
    assert list(crew._lost(hand, _Gone())) == [(part, ["outcome"])]
    assert (crew._blame, crew._again) == ({}, deque())


def lost_as(error):
    def get(promise, timeout=None):
        raise error

    return get


def kept(promise, timeout=None):
    if promise != "done":
        raise _Gone
    return ["outcome"]


class _Hasty:
    """A worker that reads all that it was given before anybody asks, and whose death takes all that nobody had asked for."""

    def __init__(self):
        self.promises, self.read = [], SimpleNamespace(remote=self._read)

    def _read(self, items, published):
        self.promises.append([self, [getattr(item, "text", "") for item in items]])
        return id(self.promises[-1])

    def get(self, promise):
        if any("KILLS" in text for _, texts in self.promises for text in texts):
            raise _Gone
        return next(texts for made in self.promises if id(made) == promise for texts in [made[1]])


def test_what_a_worker_read_before_it_died_is_not_blamed_though_none_of_it_arrived():
    texts = ["", "", "", "KILLS", "", ""]
    parts = [
        Part(0, n, tuple(RawDocument(origin=f"{n}.{i}", text=text) for i, text in enumerate(texts)), str(n))
        for n in range(3)
    ]
    crew, actors = object.__new__(Crew), []

    def get(promise, timeout=None):
        return next(a for a in actors if promise in map(id, a.promises)).get(promise)

    def hired():
        actors.append(_Hasty())
        return actors[-1]

    crew._ray = SimpleNamespace(
        exceptions=SimpleNamespace(RayError=_Gone, RayActorError=_Gone, RayTaskError=ZeroDivisionError),
        kill=lambda actor: None,
        get=get,
        wait=lambda promises, num_returns, timeout: (promises[:1], promises[1:]),
    )
    crew._hire = lambda: crew._hands.append(_Hand(hired()))
    crew._hands, crew._coming, crew._again = [], {}, deque()
    crew._blame, crew._singles = Counter(), {}
    for _ in range(2):
        crew._hire()
    became = {part.key: outcomes for part, outcomes in crew.outcomes(iter(parts), None)}
    failed = [one.origin for outcomes in became.values() for one in outcomes if isinstance(one, Outcome)]
    assert sorted(failed) == ["0.3", "1.3", "2.3"]


def test_a_ray_that_has_ended_is_not_waited_for():
    crew, looks = object.__new__(Crew), iter([[{"Alive": False}, {"Alive": True}], [{"Alive": False}]])
    crew._ray = SimpleNamespace(wait=lambda promises, num_returns, timeout: ([], promises), nodes=lambda: next(looks))
    crew._hands, crew._coming = [], {"promise": None}
    with pytest.raises(OutputError, match="the same command goes on"):
        crew._wait()
    assert next(looks, None) is None


@pytest.mark.parametrize(
    ("worker", "reason"),
    [
        pytest.param(doubles.StillbornWorker, "die before they can read", marks=pytest.mark.soak),
        (doubles.BrokenWorker, "encoder.onnx: the model's file is missing"),
    ],
)
def test_workers_that_cannot_read_end_the_run_with_the_reason(two_nodes, names, tmp_path, worker, reason):
    with pytest.raises(OutputError, match=reason):
        bulk(names, tmp_path / "out", jobs=1, crew=lambda: Crew(address=two_nodes, worker=worker))


def test_no_cluster_there(tmp_path, names):
    with pytest.raises(OutputError, match=r"no Ray at 127\.0\.0\.9:1"):
        bulk(names, tmp_path / "out", address="127.0.0.9:1")
    assert not (tmp_path / "out" / "manifest.json").exists()


@pytest.mark.model
def test_the_command_on_a_ray_of_its_own(tmp_path, reader):
    """The real model: the records of `onrecord read`, byte for byte; and nothing of Ray is left when it has ended."""
    from onrecord.cli.reading import read_all
    from onrecord.export.jsonl import line
    from onrecord.records import to_wire

    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text(rows(range(6), published="2031-05-04") + "no JSON\n")
    command = [sys.executable, "-m", "onrecord", "bulk", str(source), "--out", str(out), "--jobs", "2"]
    ended = subprocess.run(command, capture_output=True, text=True, env=os.environ, timeout=400)
    assert ended.returncode == 3, ended.stderr
    assert ended.stdout == f"6 records in {out}, 1 failure\n"
    assert ended.stderr.splitlines() == [f"onrecord: {source}:7: not JSON (Expecting value at column 1)"]
    read = [line(to_wire(r)).rstrip("\n") for r in read_all(reader, [str(source)]) if hasattr(r, "article")]
    assert [record for path in out.glob("records/*/*.parquet") for _, record in parquet.records(path)] == read
    assert sentences(0) in read[0].encode().decode("unicode_escape")
