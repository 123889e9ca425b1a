"""The caps that bound what one input can cost."""

MAX_TEXT_BYTES = 2_000_000
"""Cap on one text or page, in bytes as stored: some 300,000 words, more than any article and most books."""

CHUNK_BYTES = 1 << 16

JSON_GROWTH = 6
r"""A JSON string takes at most six bytes (``\u0000``) for a byte of its text."""

FETCH_SECONDS = 60.0
"""Longest time that one address may take as a whole, however slowly its server drips."""

CONNECT_SECONDS = 10.0
MAX_REDIRECTS = 5


def too_large(size: int | None, cap: int) -> str:
    """The reason that a TooLargeError gives; `size` is None where only the cap was seen to be passed."""
    told = f"{size:,} bytes" if size is not None else f"more than {cap:,} bytes"
    return f"{told}; the cap on one text is {cap:,} bytes"
