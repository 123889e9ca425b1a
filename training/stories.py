"""The invented stories: those among the data, and those in the repository that were written for training."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

WRITTEN = Path(__file__).resolve().parent / "labels" / "stories"
Folders = Mapping[str, Path]
"""The folder of each story, by its name."""


def story_folders(root: Path) -> dict[str, Path]:
    """Every story with a gold record, in the order of their names. `root`: the data folder."""
    found = [p for base in (root / "invented", WRITTEN) for p in base.iterdir() if (p / "gold").is_dir()]
    return {p.name: p for p in sorted(found, key=lambda p: p.name)}
