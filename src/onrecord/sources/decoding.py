"""Bytes to text: which encoding, and whether they are text at all."""

from __future__ import annotations

import codecs
import re

from onrecord.records import NotTextError

_BOMS = (  # UTF-32 before UTF-16, whose mark is the beginning of the other's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh91AY", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"PAR1\x15", "a Parquet table, which `onrecord bulk` reads"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3", "a SQLite database"),
)
_JUNK = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")  # not \x9d: a text encoded twice has it for each ”
_MAX_JUNK_SHARE = 0.005  # a stray control character is no reason to refuse a text; one in two hundred is
_SAMPLE_BYTES = 1 << 16
_FOREIGN_SHARE = 0.1  # cp1252 texts of western Europe have under a tenth of their bytes above ASCII; Cyrillic most
_SHORT_BYTES = 256  # too little to tell scripts by, unless whole words stand above ASCII
_WORDS_ABOVE_ASCII = re.compile(rb"[\x80-\xff]{4,}")
_UTF_8_TYPICAL = re.compile(rb"[\xc2\xc3][\x80-\xbf]|[\xe2\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}")
"""Accented letters, typographic marks and emoji in UTF-8: in cp1252 these bytes make no words."""

_MAX_BAD_SHARE = 0.2  # of UTF-8's sequences: a legacy text has hardly any valid one
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
}  # as browsers do: pages say one, mean the other
_NEVER_DECLARED = re.compile(r"utf[-_ ]?(?:7|16|32)|undefined|idna|punycode|(?:raw.)?unicode.escape", re.IGNORECASE)
"""What is ASCII enough for its declaration to be read is no UTF-16; and what Python calls codecs beside the charsets."""

_LEGACY = ["cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "iso8859_2",
           "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]  # fmt: skip


def decode(data: bytes, origin: str, *, declared: str | None = None) -> str:
    """The text of `data`, with newlines unified and the byte order mark gone, otherwise to the character.

    Tried in turn: a byte order mark, UTF-16 by its zero bytes, UTF-8 (with a few broken bytes replaced), the `declared`
    charset, cp1252 (or what charset-normalizer finds, where too many bytes are above ASCII for a western text).
    Raises NotTextError.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise NotTextError(origin, f"{kind}, not text")
    text = _decoded(data, origin, declared)
    if len(_JUNK.findall(text)) > len(text) * _MAX_JUNK_SHARE:
        raise NotTextError(origin, "binary, not text")
    return unify_newlines(text)


def unify_newlines(text: str) -> str:
    """Windows' and old Macs' line ends as a newline: the one thing that is ever changed in a text."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decoded(data: bytes, origin: str, declared: str | None) -> str:
    for mark, marked in _BOMS:
        if data.startswith(mark):
            nearly = _nearly_utf_8(data) if marked == "utf-8" else None
            return nearly.removeprefix("\ufeff") if nearly else _strictly(data[len(mark) :], marked, origin)
    if b"\x00" in data:
        return _with_zeros(data, origin)
    text = _try(data, "utf-8")
    if text is None:
        text = _nearly_utf_8(data)
    if text is None:
        text = _as_declared(data, declared)
    return _legacy(data, origin) if text is None else text


def _strictly(data: bytes, encoding: str, origin: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(origin, f"marked as {encoding} but broken at byte {error.start}") from error


def _nearly_utf_8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes or a cut end, these replaced; None where too little of it is valid to be that."""
    text = data.decode("utf-8", "replace")
    replaced = text.count("\ufffd")
    bad = replaced - data.count("\ufffd".encode())
    valid = len(text) - len(text.encode("ascii", "ignore")) - replaced
    few = bad <= valid * _MAX_BAD_SHARE or (bad == 1 and _UTF_8_TYPICAL.search(data) is not None)
    return text if few else None


def _as_declared(data: bytes, declared: str | None) -> str | None:
    if declared is None or _NEVER_DECLARED.match(declared):
        return None
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):  # ValueError: a zero byte, or no ASCII
        return None
    western = _READ_AS.get(name, name)
    return _western(data, western) if western in _READ_AS.values() else _try(data, western)


def _with_zeros(data: bytes, origin: str) -> str:
    """UTF-16 without its mark: zero bytes are the upper halves of ASCII, so all of them stand on one side.

    A stray zero byte in ASCII would pass for that too, as a text of Chinese characters, each of two ASCII letters.
    """
    even, odd = data[::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if not even else "utf-16-be" if not odd else None
    text = _try(data, encoding) if encoding else None
    sample = data[:_SAMPLE_BYTES]
    pairs = sum(0x20 <= a < 0x7F and 0x20 <= b < 0x7F for a, b in zip(sample[::2], sample[1::2], strict=False))
    if text is None or pairs > len(sample) // 4 or not any(c.isspace() for c in text[:_SAMPLE_BYTES]):
        raise NotTextError(origin, "binary, not text")
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: a codec of Python's that is no text encoding
        return None


def _western(data: bytes, encoding: str) -> str | None:
    """The text in a charset of western Europe, bytes that it does not define replaced; None where they are many."""
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") <= max(1, len(data) * _MAX_JUNK_SHARE) else None


def _legacy(data: bytes, origin: str) -> str:
    if _is_foreign(data[:_SAMPLE_BYTES]):
        from charset_normalizer import from_bytes  # here: rarely needed, and it costs start-up time

        best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_LEGACY).best()
        text = _try(data, best.encoding) if best else None
        if text is not None:
            return text
    text = _western(data, "cp1252")
    if text is None:
        raise NotTextError(origin, "in no encoding that could be told")
    return text


def _is_foreign(sample: bytes) -> bool:
    """Whether so much is above ASCII that it may be another script than cp1252's; a quotation in a short text is not."""
    above = sum(byte > 0x7F for byte in sample)
    words = sum(map(len, _WORDS_ABOVE_ASCII.findall(sample)))
    return above > len(sample) * _FOREIGN_SHARE and (len(sample) >= _SHORT_BYTES or words * 3 > above)
