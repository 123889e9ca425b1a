"""The inputs of a run: names become files and addresses, in a fixed order, and each is read as a stream while it is hashed."""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from onrecord.bulk import parquet
from onrecord.bulk.hearing import hearing
from onrecord.bulk.values import Item, failed
from onrecord.records import STDIN, InputError, MalformedError, NotFoundError, NotTextError, OutputError, RawDocument
from onrecord.sources import MAX_TEXT_BYTES, folders
from onrecord.sources.address import without_password
from onrecord.sources.limits import CHUNK_BYTES
from onrecord.sources.readers import is_known, named
from onrecord.sources.streams import Peeked, Source

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.I)  # two letters or more: C:// is a drive
_PASSWORD = re.compile(r"://[^/?#]*:[^/?#]*@|^https?://[^/?#]*@", re.I)
"""A name alone is a token where the web is asked; elsewhere it is a user, or a container, without which nothing is found."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file or an address. `found`: in a folder, where nobody named it, so that it may be something else than articles."""

    name: str
    found: bool = False

    @property
    def file(self) -> str:
        """The file's own name, by which its kind is told."""
        return (
            PurePosixPath(self.name.partition("?")[0]).name if _SCHEME.match(self.name) else os.path.basename(self.name)
        )


def inputs_of(names: Sequence[str]) -> list[Input]:
    """What the names name: files, folders, patterns, and whatever addresses fsspec knows, in the order given, each once.

    Raises InputError for what can neither be hashed nor taken up again (standard input) and for a pattern without a match;
    OutputError where an address needs what is not installed.
    """
    found: dict[str, Input] = {}
    for name in names:
        for one in _expanded(name):
            found.setdefault(one.name, one)
    return list(found.values())


def _expanded(name: str) -> Iterator[Input]:
    if name == STDIN or not name.strip():
        raise InputError(name or '""', "bulk reads files and addresses, so that it can take them up again")
    if _PASSWORD.search(name):
        told = without_password(name)
        raise InputError(
            told, "a password or token in an address would be kept in the folder: give it in fsspec's configuration"
        )
    if _SCHEME.match(name):
        yield from map(Input, _matching(name) if glob.has_magic(name.partition("?")[0]) else [name])
    elif os.path.isdir(name):
        yield from _folder(name)
    elif folders.is_pattern(name):
        matches = folders.matches(name)
        if not matches:
            raise NotFoundError(name, "no file matches it")
        for one in matches:
            yield from _folder(one) if os.path.isdir(one) else [Input(one)]
    else:
        yield Input(name)


def _folder(name: str) -> Iterator[Input]:
    files = list(folders.files(name))
    if not files:
        raise NotFoundError(name, "a folder with nothing in it that can be read")
    for path in files:
        if isinstance(path, InputError):
            raise path
        known = is_known(path.name) or parquet.is_parquet(path.name)
        yield Input(str(path), found=not known)


def _matching(url: str) -> list[str]:
    filesystem, path = _fsspec(url).core.url_to_fs(url)
    found = sorted(cast("list[str]", filesystem.glob(path)))
    if not found:
        raise NotFoundError(url, "nothing matches it")
    return [str(filesystem.unstrip_protocol(one)) for one in found]


class Opened:
    """An input as it is read. After `items` were gone through, `size` and `sha256` are of all its bytes; None: never opened.

    `warnings`: what was told of it meanwhile. `passed_over`: it is of no kind that is read, and nobody named it.
    """

    def __init__(self, one: Input, columns: Mapping[str, str]) -> None:
        self._input = one
        self._columns = columns
        self.size: int | None = None
        self.sha256: str | None = None
        self.warnings: list[str] = []
        self.passed_over = False

    def items(self) -> Iterator[Item]:
        """Its documents, and a failure for each that cannot be had. Nothing is raised."""
        found = self._documents()
        while True:
            with hearing() as heard:
                document = next(found, None)
            self.warnings += heard
            if document is None:
                return
            if not isinstance(document, InputError):
                yield document
            elif self._is_foreign(document):
                self.passed_over = True
            else:
                yield failed(document.origin, "source", document)

    def _documents(self) -> Iterator[RawDocument | InputError]:
        try:
            with _open(self._input.name) as stream:
                hashed = _Hashed(stream)
                if parquet.is_parquet(self._input.file):
                    hashed.drain()
                    stream.seek(0)
                    yield from parquet.documents(stream, self._input.name, self._columns)
                else:
                    source = Source(Peeked(hashed), self._input.name, MAX_TEXT_BYTES, columns=self._columns)
                    yield from named(self._input.file, source)
                    hashed.drain()
                self.size, self.sha256 = hashed.size, hashed.hexdigest()
        except InputError as error:
            yield error
            self._hash_alone()
        except FileNotFoundError:
            yield NotFoundError(self._input.name, "no such file")
        except OSError as error:
            yield InputError(self._input.name, error.strerror or str(error))
        except Exception as error:  # a filesystem's own errors: one input's failure is kept, and the rest goes on
            yield InputError(self._input.name, f"cannot be read ({type(error).__name__}: {error})")

    def _hash_alone(self) -> None:
        """What could not be read to its end is hashed all the same."""
        try:
            self.size, self.sha256 = hash_of(self._input)
        except Exception:  # told already
            return

    def _is_foreign(self, error: InputError) -> bool:
        """Whether a file that nobody named is as a whole none of the folder's articles, as `onrecord read` has it."""
        foreign = isinstance(error, NotTextError | MalformedError) and error.origin == self._input.name
        return self._input.found and foreign


def size_of(one: Input) -> int | None:
    """Bytes of an input as they are told without opening it; None where they are not."""
    try:
        if not _SCHEME.match(one.name):
            return os.stat(one.name).st_size
        filesystem, path = _fsspec(one.name).core.url_to_fs(one.name)
        size = filesystem.info(path).get("size")
    except Exception:  # whatever its filesystem raises: opening it will tell
        return None
    return size if isinstance(size, int) else None


def hash_of(one: Input) -> tuple[int, str]:
    """Size and SHA-256 of an input. Raises OSError, and what its filesystem raises."""
    with _open(one.name) as stream:
        hashed = _Hashed(stream)
        hashed.drain()
        return hashed.size, hashed.hexdigest()


class _Hashed:
    """A stream that is hashed as it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self._digest.update(data)
        self.size += len(data)
        return data

    def fileno(self) -> int:
        """A real file's, which tells its size. Raises OSError, AttributeError where there is none."""
        return self._stream.fileno()

    def drain(self) -> None:
        """Read what is left."""
        while self.read(CHUNK_BYTES * 16):
            pass

    def hexdigest(self) -> str:
        return f"sha256:{self._digest.hexdigest()}"


def _open(name: str) -> AbstractContextManager[BinaryIO]:
    if _SCHEME.match(name):
        return cast("AbstractContextManager[BinaryIO]", _fsspec(name).open(name, "rb"))
    return open(name, "rb")


def _fsspec(url: str) -> Any:
    try:
        import fsspec
    except ImportError as error:
        raise OutputError(url, 'needs fsspec: pip install "onrecord[bulk]"') from error
    try:
        fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(url, f"no such kind of address is known here ({error})") from error
    return fsspec
