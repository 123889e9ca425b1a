"""Reading the files that gold data comes in, with errors that name them."""

from __future__ import annotations

from pathlib import Path

from onrecord.records import MalformedError, NotFoundError


def read_text(path: Path) -> str:
    """The file's characters, newlines kept: gold offsets count them as they are."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError(str(path), f"not UTF-8 at byte {error.start}") from error
    except OSError as error:
        raise NotFoundError(str(path), error.strerror or "cannot be read") from error
