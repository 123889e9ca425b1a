"""Builds a release out of the last commit, tries it as a user would, and says what it is made of.

1. Wheel and sdist are built twice from what is committed, and must be the same bytes; the wheel built from the sdist alone too.
2. On each Python the wheel is installed into a new environment and used from another folder, without a network.
3. A CycloneDX list of the parts is made of an environment that holds exactly what uv.lock names for onrecord and its extras.
4. SHA256SUMS ends it.

A Python that is not there is named, not fetched; the release still counts if one is left.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import licences

REPOSITORY = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHONS = ("3.11", "3.12", "3.13")
MOST_BYTES = 95 * 10**6
"""Of the wheel: package indexes take 100 MB."""
SENTENCE = "The bridge is safe, Mayor Ada Quill said on Tuesday.\n"
NO_SOCKETS = '''\
"""Refuses every socket but those between processes of this machine."""
import socket

class Refused(socket.socket):
    def connect(self, address):
        if self.family != socket.AF_UNIX:
            raise OSError(f"no network here: {address}")
        return super().connect(address)
    connect_ex = connect

def refuse(*names, **more):
    raise OSError(f"no network here: {names}")

socket.socket = Refused
socket.getaddrinfo = refuse
'''


class ReleaseError(Exception):
    """What keeps this from being a release."""


@dataclass(frozen=True, slots=True)
class Built:
    """Wheel and sdist."""

    wheel: Path
    sdist: Path


def main() -> int:
    options = arguments()
    try:
        if options.parts:
            parts_alone(options.parts)
        else:
            release(options.out, options.python)
    except (ReleaseError, licences.LicenceError) as error:
        print(f"no release: {error}", file=sys.stderr)
        return 1
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=REPOSITORY / "dist", help="folder, made anew (default dist)")
    parser.add_argument("--python", nargs="+", default=PYTHONS, metavar="X.Y", help="try on these (default: all)")
    parser.add_argument("--parts", type=Path, metavar="FILE", help="only list the parts, there")
    return parser.parse_args()


def release(out: Path, pythons: Sequence[str]) -> None:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="onrecord-release-") as scratch:
        home, epoch = Path(scratch), moment()
        built = build(home, out, epoch)
        try_all(built.wheel, home, pythons)
        list_parts(built.wheel, home, out / f"{built.wheel.name.removesuffix('-py3-none-any.whl')}.cdx.json", epoch)
    print(write_sums(out).read_text(encoding="utf-8"), end="")


def parts_alone(to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="onrecord-parts-") as scratch:
        home, epoch = Path(scratch), moment()
        list_parts(built_in(committed(home), home / "built", epoch).wheel, home, to, epoch)


def moment() -> str:
    """When the last commit was made, in seconds since 1970: the time of all that is built of it."""
    return run(["git", "log", "-1", "--format=%ct"], cwd=REPOSITORY).strip()


# ---------------------------------------------------------------- building
def build(home: Path, out: Path, epoch: str) -> Built:
    """Wheel and sdist of the last commit, in `out`."""
    tree = committed(home)
    first, second = (built_in(tree, home / name, epoch) for name in ("first", "second"))
    unpacked = home / "unpacked"
    shutil.unpack_archive(first.sdist, unpacked, filter="data")
    (inner,) = unpacked.iterdir()
    third = built_in(inner, home / "third", epoch)
    for mine, other, how in ((first, second, "built again"), (first, third, "built from the sdist")):
        for a, b in ((mine.wheel, other.wheel), (mine.sdist, other.sdist)):
            if digest(a) != digest(b):
                raise ReleaseError(f"{a.name} is another when it is {how}")
    size = first.wheel.stat().st_size
    print(
        f"{first.wheel.name}: {size:,} bytes ({size / 1e6:.1f} MB of {MOST_BYTES / 1e6:.0f}), the same when built again"
    )
    if size > MOST_BYTES:
        raise ReleaseError(f"the wheel is {size - MOST_BYTES:,} bytes too large")
    return Built(*(Path(shutil.copy2(path, out)) for path in (first.wheel, first.sdist)))


def committed(home: Path) -> Path:
    """The files of the last commit, and no others."""
    tree, archive = home / "tree", home / "tree.tar"
    tree.mkdir()
    run(["git", "archive", "--format=tar", f"--output={archive}", "HEAD"], cwd=REPOSITORY)
    shutil.unpack_archive(archive, tree, filter="data")
    return tree


def built_in(tree: Path, to: Path, epoch: str) -> Built:
    environment = os.environ | {"SOURCE_DATE_EPOCH": epoch}
    run([BIN / "python", "-m", "hatchling", "build", "--directory", to], cwd=tree, env=environment)
    (wheel,), (sdist,) = to.glob("*.whl"), to.glob("*.tar.gz")
    return Built(wheel, sdist)


# ---------------------------------------------------------------- trying
def try_all(wheel: Path, home: Path, pythons: Sequence[str]) -> None:
    """Each Python that is there; records must be the same bytes on all."""
    records = {}
    for version in pythons:
        python = found(version)
        if python is None:
            print(f"Python {version}: not to be found here, so not tried")
            continue
        records[version] = try_on(python, wheel, home / f"try-{version}")
        print(f"Python {version}: installed from the wheel; demo, read and verify work without a network")
    if not records:
        raise ReleaseError("there was no Python to try it on")
    if len(set(records.values())) > 1:
        raise ReleaseError(f"records differ between {', '.join(records)}")


def found(version: str) -> Path | None:
    """A Python of that version: on the path, or among pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    on_path = shutil.which(f"python{version}")
    for python in (*([Path(on_path)] if on_path else []), *sorted(pyenv.glob(f"{version}.*/bin/python"))):
        probe = subprocess.run(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], capture_output=True, text=True
        )
        if probe.returncode == 0 and probe.stdout.strip() == version:
            return python
    return None


def environment_of(python: Path, at: Path) -> Path:
    """The Python of a new environment."""
    run([BIN / "uv", "venv", "--quiet", "--no-project", "--python", python, at])
    return at / "bin" / "python"


def try_on(python: Path, wheel: Path, at: Path) -> str:
    """Install the wheel alone and use it from a folder of its own; gives the record of a sentence."""
    inner = environment_of(python, at / "env")
    run([BIN / "uv", "pip", "install", "--quiet", "--python", inner, wheel])
    run([BIN / "uv", "pip", "check", "--quiet", "--python", inner])
    desk = at / "desk"
    desk.mkdir()
    (desk / "page.txt").write_text(SENTENCE, encoding="utf-8")
    offline = alone(at)

    def use(*words: str) -> str:
        return run([*offline, inner, "-m", "onrecord", *words], cwd=desk, env=bare(at))

    where = run([inner, "-c", "import onrecord; print(onrecord.__file__)"], cwd=desk, env=bare(at)).strip()
    if not Path(where).resolve().is_relative_to((at / "env").resolve()):
        raise ReleaseError(f"onrecord was imported from {where}")
    told = use("demo", "--db", "demo.db")
    if not told.startswith("18 articles added with "):
        raise ReleaseError(f"the demo says: {told[:200]}")
    use("verify", "--db", "demo.db")
    record = use("read", "page.txt")
    if not json.loads(record)["statements"]:
        raise ReleaseError(f"nothing was read of {SENTENCE!r}")
    return record


def alone(at: Path) -> list[str]:
    """The beginning of a command that has no network: a namespace without one, where the system lets us make it.

    Elsewhere a module that Python imports first refuses sockets (`bare`), which stands in both ways.
    """
    (at / "refusing").mkdir()
    (at / "refusing" / "sitecustomize.py").write_text(NO_SOCKETS, encoding="utf-8")
    made = shutil.which("unshare") and subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0
    return ["unshare", "-rn"] if made else []


def bare(at: Path) -> dict[str, str]:
    """Environment variables of a user who has set none, with a home that has nothing in it."""
    (at / "home").mkdir(exist_ok=True)
    return {"PATH": os.defpath, "HOME": str(at / "home"), "LANG": "C.UTF-8", "PYTHONPATH": str(at / "refusing")}


# ---------------------------------------------------------------- parts and sums
def list_parts(wheel: Path, home: Path, to: Path, epoch: str) -> None:
    """The CycloneDX list of onrecord, its extras and what they need, as uv.lock has them."""
    inner = environment_of(Path(sys.executable), home / "parts")
    names = home / "parts.txt"
    chosen = ("--frozen", "--all-extras", "--no-default-groups", "--no-emit-project")
    run([BIN / "uv", "export", "--quiet", *chosen, "-o", names], cwd=REPOSITORY)
    run([BIN / "uv", "pip", "install", "--quiet", "--python", inner, "--no-deps", "--requirement", names])
    run([BIN / "uv", "pip", "install", "--quiet", "--python", inner, "--no-deps", wheel])
    told: list[str | Path] = ["--pyproject", REPOSITORY / "pyproject.toml", "--mc-type", "library", "-o", to]
    run(
        [BIN / "cyclonedx-py", "environment", "--output-reproducible", *told, inner],
        env=os.environ | {"SOURCE_DATE_EPOCH": epoch},
    )
    listed = completed(json.loads(to.read_text(encoding="utf-8")), wheel.name.split("-")[1])
    to.write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{to.name}: {len(listed['components'])} parts, each with its licence")


def completed(listed: dict[str, Any], version: str) -> dict[str, Any]:
    """The list with what is stated too loosely for CycloneDX: our version, which is made when we are built, and some licences."""
    by_hand = licences.by_hand()
    listed["metadata"]["component"]["version"] = version
    for part in listed["components"]:
        if not part.get("licenses"):
            part["licenses"] = [{"expression": licences.licence_of(part["name"], by_hand)}]
    return listed


def write_sums(out: Path) -> Path:
    sums = out / "SHA256SUMS"
    files = sorted(path for path in out.iterdir() if path != sums)
    sums.write_text("".join(f"{digest(path)}  {path.name}\n" for path in files), encoding="utf-8")
    return sums


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """What a command writes; `ReleaseError` with what it complains of, where it fails."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
    if done.returncode:
        raise ReleaseError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
