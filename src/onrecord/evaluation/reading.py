"""Reading the files that gold data comes in, with errors that name them."""

from __future__ import annotations

from pathlib import Path

from onrecord.records import InputError, MalformedError, NotFoundError


def read_text(path: Path) -> str:
    """The file's characters, newlines kept: gold offsets count them as they are."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError(str(path), f"not UTF-8 at byte {error.start}") from error
    except FileNotFoundError as error:
        raise NotFoundError(str(path), "no such file") from error
    except OSError as error:  # permission denied, a directory: it is there, but cannot be read
        raise InputError(str(path), (error.strerror or "cannot be read").lower()) from error
