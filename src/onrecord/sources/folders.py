"""Files of a folder, and files that a pattern names."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from onrecord.records import InputError


def is_pattern(name: str) -> bool:
    """Whether a name is a pattern such as ``news/*.html`` and not a file whose name has such characters."""
    return glob.has_magic(name) and not os.path.lexists(name)


def matches(pattern: str) -> list[str]:
    """What a pattern names, sorted; ``**`` goes into folders. Hidden files only where the pattern names them.

    A folder stands for all in it: what the pattern names below it as well is left out.
    """
    found = sorted(glob.glob(pattern, recursive=True))
    whole = {Path(one) for one in found if os.path.isdir(one)}
    return [one for one in found if whole.isdisjoint(Path(one).parents)]


def files(folder: str) -> Iterator[Path | InputError]:
    """The files of a folder and of those in it, by name; hidden ones, and what is no regular file, are passed over.

    A folder that cannot be looked into is an InputError. Links to folders are not followed: they may lead in a circle.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(folder, error.strerror or str(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            is_folder, is_file = entry.is_dir(follow_symlinks=False), entry.is_file()
        except OSError:  # a link in a circle
            continue
        if is_folder:
            yield from files(entry.path)
        elif is_file:
            yield Path(entry.path)
