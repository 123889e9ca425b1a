"""What a release is made of: licences told and welcome; the long test builds one and uses it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from email.message import Message
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest
from hatchling.builders.wheel import WheelBuilder

REPOSITORY = Path(__file__).resolve().parent.parent


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, REPOSITORY / "tools" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    return module


licences = tool("licences")
release = tool("release")


def stated(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


def test_the_page_of_licences_is_up_to_date():
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), "run `make sbom`"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"License_Expression": "MIT"}, ["MIT"]),
        ({"License": "apache-2.0"}, ["Apache-2.0"]),
        ({"License": "Apache 2.0"}, ["Apache-2.0"]),
        ({"License": "BSD", "Classifier": "License :: OSI Approved :: BSD License"}, []),
        ({"License": "Copyright 2020 somebody\n\nPermission is hereby granted …"}, []),
        ({"Classifier": "License :: OSI Approved :: ISC License (ISCL)"}, ["ISC"]),
        ({"Classifier": "Programming Language :: Python"}, []),
    ],
)
def test_metadata_tell_a_licence(fields, expected):
    assert list(licences.expressions(stated(**fields))) == expected


def of(monkeypatch, fields: dict[str, str] | None, by_hand: dict[str, str]) -> str:
    def metadata(name: str) -> Message:
        if fields is None:
            raise licences.metadata.PackageNotFoundError(name)
        return stated(**fields)

    monkeypatch.setattr(licences.metadata, "metadata", metadata)
    return licences.licence_of("thing", by_hand)


def test_a_licence_by_hand_counts_where_the_package_states_none(monkeypatch):
    assert of(monkeypatch, {"License": "BSD"}, {"thing": "BSD-3-Clause"}) == "BSD-3-Clause"
    assert of(monkeypatch, None, {"thing": "MIT"}) == "MIT"


@pytest.mark.parametrize("fields", [{}, {"License": "BSD"}, {"License": "UNKNOWN"}, None])
def test_an_unknown_licence_is_an_error(monkeypatch, fields):
    with pytest.raises(licences.LicenceError, match=r"thing: its licence is unknown"):
        of(monkeypatch, fields, {})


def test_a_licence_by_hand_that_the_package_states_too_is_an_error(monkeypatch):
    with pytest.raises(licences.LicenceError, match="states MIT itself"):
        of(monkeypatch, {"License_Expression": "MIT"}, {"thing": "MIT"})


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only"])
def test_a_licence_that_binds_users_is_an_error(monkeypatch, licence):
    with pytest.raises(licences.LicenceError, match="no licence that onrecord may depend on"):
        of(monkeypatch, {"License_Expression": licence}, {})


def test_one_of_several_alternatives_is_enough():
    assert licences.is_welcome("GPL-2.0-only OR MPL-1.1")
    assert licences.is_welcome("MIT AND ISC OR GPL-2.0-only")


def test_everything_that_is_reached_counts_with_its_extras_and_not_what_no_system_needs():
    needs = [{"name": "b", "extra": ["more"]}, {"name": "never", "marker": "sys_platform == 'emscripten'"}]
    lock = {
        "package": [
            {"name": "onrecord", "dependencies": [{"name": "a"}], "optional-dependencies": {"web": needs}},
            {"name": "a", "dependencies": [{"name": "c", "marker": "sys_platform == 'win32'"}]},
            {"name": "b", "dependencies": [{"name": "a"}], "optional-dependencies": {"more": [{"name": "d"}]}},
            *({"name": name} for name in ("c", "d", "never")),
        ]
    }
    assert licences.needed_by(lock) == {"a": ["onrecord"], "c": ["onrecord"], "b": ["web"], "d": ["web"]}


def test_every_direct_dependency_is_on_the_page():
    page = licences.PAGE.read_text(encoding="utf-8")
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in chain(project["dependencies"], *project["optional-dependencies"].values()):
        assert f"| {requirement.partition('>')[0].partition('[')[0]} |" in page


def test_the_wheel_brings_the_sample_articles():
    held = {file.distribution_path for file in WheelBuilder(str(REPOSITORY)).recurse_included_files()}
    samples = [path for path in (REPOSITORY / "examples").iterdir() if path.is_file()]
    assert samples and {f"onrecord/examples/{path.name}" for path in samples} <= held
    assert "onrecord/__init__.py" in held and not any(path.startswith("src/") for path in held)


def test_the_module_that_stands_in_for_no_network_refuses_it(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(release.NO_SOCKETS, encoding="utf-8")
    for attempt in ("socket.create_connection(('127.0.0.1', 9))", "socket.socket().connect(('127.0.0.1', 9))"):
        done = subprocess.run(
            [sys.executable, "-c", f"import socket; {attempt}"],
            env={"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1 and "no network here" in done.stderr


def test_the_list_of_parts_tells_our_version_and_every_licence():
    stated = {"name": "rich", "licenses": [{"license": {"id": "MIT"}}]}
    listed = {"metadata": {"component": {"name": "onrecord"}}, "components": [dict(stated), {"name": "colorama"}]}
    done = release.completed(listed, "0.1.0")
    assert done["metadata"]["component"]["version"] == "0.1.0"
    assert done["components"] == [stated, {"name": "colorama", "licenses": [{"expression": "BSD-3-Clause"}]}]


def test_sums_are_of_every_file_but_their_own(tmp_path):
    (tmp_path / "b.whl").write_bytes(b"")
    (tmp_path / "a.tar.gz").write_bytes(b"x")
    text = release.write_sums(tmp_path).read_text(encoding="utf-8")
    assert [line.split("  ")[1] for line in text.splitlines()] == ["a.tar.gz", "b.whl"]
    assert "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b.whl" in text
    assert release.write_sums(tmp_path).read_text(encoding="utf-8") == text


@pytest.mark.soak
@pytest.mark.model
def test_a_release_can_be_made(tmp_path):
    """Builds, installs and uses the wheel on every Python that is there. Needs the package index, several minutes."""
    done = subprocess.run(
        [sys.executable, REPOSITORY / "tools" / "release.py", "--out", tmp_path / "dist"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (tmp_path / "dist").iterdir())
    assert [name.rpartition(".")[2] for name in names] == ["SHA256SUMS", "whl", "json", "gz"]
