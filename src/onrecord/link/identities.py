"""Identities: which entities of different articles are one."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.link.rules import Rules
from onrecord.link.values import Identity, Known

_NO_RULES = Rules()


def identities_of(block: Sequence[Known], rules: Rules = _NO_RULES) -> tuple[Identity, ...]:
    """The identities of one block (or of several that `Rules.roots` joins), sorted by id. Every member is in exactly one."""
    raise NotImplementedError
