"""Files and folders that are either there as a whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onrecord.records import OutputError


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of the one at `path` when all of it is written; if anything fails, that one stays.

    What is there and is no regular file (a pipe, a device) is written to as it is; of a link, what it leads to. Raises
    OutputError.
    """
    if path.is_dir():
        raise OutputError(path, "is a folder: name a file")
    with _told(path):
        path = path.resolve()
        if path.exists() and not path.is_file():
            with path.open("wb") as out:
                yield out
            return
        part = _beside(path)
        try:
            with part.open("xb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder that is at `path` when all of it is written. What is there already is not touched: it must be empty.

    Raises OutputError.
    """
    if path.exists() and not path.is_dir():
        raise OutputError(path, "is a file: name a folder")
    with _told(path):
        path = path.resolve()
        if path.is_dir() and any(path.iterdir()):
            raise OutputError(path, "is not empty: name a new folder")
        part = _beside(path)
        try:
            part.mkdir()
            yield part
            if path.is_dir():  # somebody may stand in it: it must stay the same folder
                for one in part.iterdir():
                    one.replace(path / one.name)
                part.rmdir()
            else:
                part.replace(path)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Standard output, for bytes."""
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def _beside(path: Path) -> Path:
    """A name that nothing has yet, in the same folder, so that renaming it moves no bytes."""
    return path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.part")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error
