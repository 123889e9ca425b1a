"""The caps that bound what one input can cost."""

MAX_TEXT_BYTES = 2_000_000
"""Cap on one text or page, in bytes as stored: some 300,000 words, more than any article and most books."""

CHUNK_BYTES = 1 << 16

CONTAINER_BYTES = 32_000_000
"""Cap on what must be held whole though it holds many articles: a feed, a JSON list."""

GROWTH = 200
"""A compressed file that grows more than so many times is a bomb: prose grows three to five times, a page of markup ten."""

GROWTH_FREE_BYTES = 16_000_000
"""Growth up to here is nobody's harm, whatever its share: a short file of one repeated line is none."""

JSON_GROWTH = 6
r"""A JSON string takes at most six bytes (``\u0000``) for a byte of its text."""

FETCH_SECONDS = 60.0
"""Longest time that one address may take as a whole, however slowly its server drips. To look up a name is beside it: the
system gives that up by itself."""

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
ROBOTS_SECONDS = 20.0
MAX_REDIRECTS = 5

MAX_BODY_BYTES = 10_000_000
"""Cap on what one address may give, as it comes over the wire and unpacked."""

POLITE_SECONDS = 1.0
"""At least so long between two requests to one host."""


def too_large(size: int | None, cap: int) -> str:
    """The reason that a TooLargeError gives; `size` is None where only the cap was seen to be passed."""
    told = f"{size:,} bytes" if size is not None else f"more than {cap:,} bytes"
    return f"{told}; the cap on one text is {cap:,} bytes"
