"""What a user gets: the files of the wheel, the codebook's version, pages without gaps."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import onrecord
from onrecord import codebook
from onrecord.analysis.heads import FILES
from onrecord.analysis.sentences import FILE

REPOSITORY = Path(__file__).resolve().parent.parent
CODEBOOK = Path(codebook.__file__).parent
PINNED = {
    "1": "c223cf68b7ba4ce9361c74bd95b1c54982d6f51bafec66273117b1ca7f6c6f84",
    "2": "9ff583e9d4acd0a9e1bd1978a35af7f531b17a871dfe80509c58571b7521328c",
}


MOST_BYTES = 95 * 10**6
"""Of a wheel, so that there is room below the 100 MB that package indexes take."""


@pytest.fixture(scope="module")
def sizes() -> dict[str, int]:
    """Paths that a wheel built here would hold, and their bytes; nothing is built."""
    files = WheelBuilder(str(REPOSITORY)).recurse_included_files()
    return {file.distribution_path: Path(file.path).stat().st_size for file in files}


@pytest.fixture(scope="module")
def wheel(sizes) -> set[str]:
    return set(sizes)


def test_the_codebook_goes_into_the_wheel(wheel):
    tables = {f"onrecord/codebook/{path.name}" for path in CODEBOOK.glob("*.toml")}
    assert tables and tables <= wheel
    assert "onrecord/py.typed" in wheel


def test_what_training_and_tests_need_stays_out_of_the_wheel(wheel):
    assert all(path.startswith("onrecord/") for path in wheel)


@pytest.mark.model
def test_the_weights_go_into_the_wheel(wheel):
    assert {f"onrecord/weights/{name}" for name in (*FILES, FILE)} <= wheel


def test_the_wheel_is_not_too_large(sizes):
    assert sum(sizes.values()) <= MOST_BYTES  # before it is compressed


def test_the_rights_go_with_the_wheel():
    files = WheelBuilder(str(REPOSITORY)).metadata.core.license_files
    assert {"LICENSE", "NOTICE", "MODEL_CARD.md"} <= set(files)


def test_other_tables_are_another_codebook():
    """A run names the codebook by its version: the same version must mean the same tables."""
    digest = hashlib.sha256()
    for path in sorted(CODEBOOK.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    assert PINNED.get(codebook.VERSION) == digest.hexdigest(), (
        "the tables have changed: raise VERSION in codebook/tables.py and pin its hash here "
        "(a version that was never released may be pinned anew)"
    )


def test_the_changelog_knows_this_version():
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## \[(\d[^]]*)]", changelog, re.MULTILINE)
    assert latest and latest[1] == onrecord.__version__


@pytest.mark.model
@pytest.mark.parametrize("page", ["README.md", "MODEL_CARD.md"])
def test_figures_are_filled_in(page):
    assert "TODO-" not in (REPOSITORY / page).read_text(encoding="utf-8")


def test_what_pages_and_programs_say_to_run_names_no_folder_of_whoever_wrote_it():
    """Where the corpora lie, only `make` and the tests suppose."""
    pages = [
        page for folder in ("docs", "benchmarks", "training", "tools") for page in (REPOSITORY / folder).rglob("*")
    ]
    texts = {page: page.read_text(encoding="utf-8") for page in pages if page.suffix in (".md", ".py")}
    assert [page for page, text in texts.items() if "../shared" in text] == []
