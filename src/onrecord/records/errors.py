"""The errors that onrecord raises, all in one tree.

OnrecordError
├── InputError          a source that cannot be read: names it and says why
│   ├── NotFoundError       no such file, folder or address; nothing in the store that is called so
│   │   ├── NoStoreError        no such store
│   │   └── TakenDownError      what was in the store and was taken down: says when and why
│   ├── TooLargeError       over the cap on one text
│   ├── NotTextError        binary, or in no encoding that could be told
│   ├── RefusedError       a server, or its robots.txt, that does not give what it is asked for: says whether it may later
│   ├── PrivateError        an address of this machine or its network, which is asked only where that is allowed
│   ├── MalformedError      text of the wrong shape (a JSONL line, a date, a record)
│   └── UnclearError        a name or id that fits nothing in the store, or several: has the choices
├── VerbatimError       a span that lies outside its text, or entries that overlap where they must not
├── OutputError         an export that cannot be written where it was asked for: names the place and says why
├── WeightsError        the model's files are missing or are not those the program was built for
└── StoreError          a store that cannot be read or written: names the file and says why
    ├── BusyError           somebody else is writing to it: says who
    └── ForeignFileError    not a store, or one that a newer onrecord wrote
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
    """There is no such file, folder or address, or nothing in the store that is called so."""


class NoStoreError(NotFoundError):
    """There is no such store."""


class TakenDownError(NotFoundError):
    """It was in the store and was taken down."""


class TooLargeError(InputError):
    """One text is longer than the cap."""


class NotTextError(InputError):
    """The bytes are no text, or are in no encoding that could be told."""


class RefusedError(InputError):
    """A server, or its robots.txt, does not give what it is asked for.

    `temporary`: it may do so later; `retry_after`: after so many seconds, where it says so.
    """

    def __init__(self, origin: str, reason: str, *, temporary: bool, retry_after: float | None = None) -> None:
        super().__init__(origin, reason)
        self.temporary = temporary
        self.retry_after = retry_after


class PrivateError(InputError):
    """An address of this machine or its own network, which is asked only where that is allowed: no fault of a server."""


class MalformedError(InputError):
    """The text is there but not in the shape that its kind of file has."""


class UnclearError(InputError):
    """A name or id that fits nothing in the store, or `several` things: `choices` are those that it may mean."""

    def __init__(self, origin: str, reason: str, choices: tuple[object, ...] = (), *, several: bool = False) -> None:
        super().__init__(origin, f"{reason}: {', '.join(map(str, choices))}" if choices else reason)
        self.reason = reason
        self.choices = choices
        self.several = several


class VerbatimError(OnrecordError):
    """A value points at characters that its article does not have."""


class OutputError(OnrecordError):
    """An export cannot be written where or as it was asked for. `path` names the place."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason


class WeightsError(OnrecordError):
    """The model's files are missing, or differ from those that the program names."""


class StoreError(OnrecordError):
    """A store that cannot be read or written. What was reported done before is in it all the same. `path` names the file."""

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason


class BusyError(StoreError):
    """Somebody else is writing to the store. The reason says who, as far as they left word."""


class ForeignFileError(StoreError):
    """The file is no store of onrecord's, or has the form of a newer onrecord."""
