"""The errors that onrecord raises, all in one tree.

OnrecordError
├── InputError          a source that cannot be read: names it and says why
│   ├── NotFoundError       no such file, folder or address
│   ├── TooLargeError       over the cap on one text
│   ├── NotTextError        binary, or in no encoding that could be told
│   └── MalformedError      text of the wrong shape (a JSONL line, a date, a record)
├── VerbatimError       a span that lies outside its text, or entries that overlap where they must not
└── WeightsError        the model's files are missing or are not those the program was built for
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Root of every error that onrecord raises on purpose."""


class InputError(OnrecordError):
    """A source that cannot be read. `origin` names it as the user would: a path, an address, ``stdin``."""

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason


class NotFoundError(InputError):
    """There is no such file, folder or address."""


class TooLargeError(InputError):
    """One text is longer than the cap."""


class NotTextError(InputError):
    """The bytes are no text, or are in no encoding that could be told."""


class MalformedError(InputError):
    """The text is there but not in the shape that its kind of file has."""


class VerbatimError(OnrecordError):
    """A value points at characters that its article does not have."""


class WeightsError(OnrecordError):
    """The model's files are missing, or differ from those that the program names."""
