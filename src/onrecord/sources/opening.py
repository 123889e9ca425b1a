"""Any input by its name: which reader it needs, and its documents one after another."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.records import STDIN, InputError, MalformedError, NotFoundError, NotTextError, RawDocument
from onrecord.sources import folders, readers
from onrecord.sources.limits import MAX_TEXT_BYTES
from onrecord.sources.streams import ByteStream, Peeked, Source
from onrecord.sources.tables import declared

if TYPE_CHECKING:
    from onrecord.sources.address import Fetcher

_HOST = re.compile(
    r"www\.[\w-]+\.|(?:[\w-]+\.)+(?:com|org|net|gov|edu|info|news|co|io|eu|uk|de|fr|ru|in|au|ca)(?:/|$)", re.I
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.I)


@dataclass(frozen=True, slots=True)
class _How:
    """How all files of an input are read: the cap on one text, what the columns of tables hold, who is told of files left out."""

    max_bytes: int
    columns: Mapping[str, str]
    on_skipped: Callable[[str], None] | None = None

    def source(self, stream: ByteStream, origin: str) -> Source:
        return Source(Peeked(stream), origin, self.max_bytes, columns=self.columns)


def open_source(
    name: str | os.PathLike[str],
    *,
    stdin: BinaryIO | None = None,
    max_bytes: int = MAX_TEXT_BYTES,
    fetcher: Fetcher | None = None,
    columns: str | None = None,
    on_skipped: Callable[[str], None] | None = None,
) -> Iterator[RawDocument | InputError]:
    """The documents of `name`: a file, a folder with all in it, a pattern (``news/*.html``), an http(s) address, or
    ``-`` for `stdin`.

    What cannot be read comes out as an InputError value, named as the user would name it, so that the rest still is
    read; nothing is raised. The kind is told by the suffix; without a known one, by how the content begins. `fetcher` gets
    what lies at addresses; without one, each call makes its own. `columns`:
    which column of a table, or field of a JSON row, holds which field, where they are named otherwise: "id=ID,text=Body".
    `on_skipped` is told the files of folders that nobody named and that are no articles: pictures, programs' settings.
    """
    name = os.fspath(name)
    try:
        how = _How(max_bytes, declared(columns) if columns is not None else {}, on_skipped)
        if name == STDIN:
            yield from _stream(stdin, "stdin", how)
        elif scheme := _SCHEME.match(name):
            yield from _address(name, scheme[1].lower(), how, fetcher)
        else:
            yield from _path(name, how)
    except InputError as error:
        yield error


def open_sent(
    data: bytes, name: str | None, origin: str, *, max_bytes: int = MAX_TEXT_BYTES
) -> Iterator[RawDocument | InputError]:
    """The documents of what somebody sent, as `open_source` gives them: its kind is told by the `name` of the file, without one
    by how it begins. `origin` names it in messages.
    """
    source = _How(max_bytes, {}).source(io.BytesIO(data), origin)
    try:
        yield from readers.named(name, source) if name else readers.sniffed(source)
    except InputError as error:
        yield error


def _stream(stream: BinaryIO | None, origin: str, how: _How) -> Iterator[RawDocument | InputError]:
    if stream is None:
        raise NotFoundError(origin, "nothing is connected to it")
    try:
        yield from readers.sniffed(how.source(stream, origin))
    except OSError as error:
        raise InputError(origin, error.strerror or str(error)) from error


def _address(name: str, scheme: str, how: _How, fetcher: Fetcher | None) -> Iterator[RawDocument | InputError]:
    from onrecord.sources.address import Fetched, Fetcher, without_password

    address, name = name, without_password(name)
    if scheme not in {"http", "https"}:
        raise InputError(name, f"{scheme} addresses are not read, only http and https")
    got = (fetcher or Fetcher()).get(address)
    if not isinstance(got, Fetched):
        raise InputError(name, "the server says that nothing has changed, though it was not asked")
    source = replace(how.source(io.BytesIO(got.data), name), url=got.url, charset=got.charset)
    for document in readers.served(source, got.media_type):
        yield document if isinstance(document, InputError) else replace(document, retrieved=got.retrieved)


def _path(name: str, how: _How) -> Iterator[RawDocument | InputError]:
    if not name.strip():
        raise InputError(f'"{name}"', "an empty name")
    if "\0" in name:
        raise NotFoundError(name.replace("\0", "\\0"), "no such file")
    if os.path.isdir(name):
        yield from _folder(name, how)
    elif folders.is_pattern(name):
        found = folders.matches(name)
        if not found:
            raise NotFoundError(name, "no file matches it")
        for one in found:
            yield from _folder(one, how) if os.path.isdir(one) else _file(Path(one), one, how)
    else:
        yield from _file(Path(name), name, how)


def _folder(name: str, how: _How) -> Iterator[RawDocument | InputError]:
    empty = True
    for path in folders.files(name):
        if isinstance(path, InputError):
            yield path
            continue
        for document in _file(path, str(path), how):
            if readers.is_known(path.name) or not _is_foreign(document, str(path)):
                empty = False
                yield document
            elif how.on_skipped is not None:
                how.on_skipped(str(path))
    if empty:
        yield InputError(name, "a folder with nothing in it that can be read")


def _is_foreign(outcome: RawDocument | InputError, name: str) -> bool:
    """Whether a file that nobody named is as a whole none of the folder's articles: a picture, a program's settings."""
    return isinstance(outcome, NotTextError | MalformedError) and outcome.origin == name


def _file(path: Path, name: str, how: _How) -> Iterator[RawDocument | InputError]:
    """The documents of a file. Nothing is raised: one file's failure is not to end its folder."""
    try:
        with path.open("rb") as stream:
            yield from readers.named(path.name, how.source(stream, name))
    except FileNotFoundError:
        hint = f"; for a page on the web write https://{name}" if _HOST.match(name) else ""
        yield NotFoundError(name, f"no such file{hint}")
    except PermissionError:
        yield InputError(name, "permission denied")
    except OSError as error:
        yield InputError(name, error.strerror or str(error))
    except InputError as error:
        yield error
