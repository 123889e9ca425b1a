"""What humans and an authority file say of identities, made ready for linking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.link.values import Anchor, AuthorityRow, Decision


@dataclass(frozen=True, slots=True)
class Rules:
    """Decisions (the later overrule the earlier) and rows of an authority."""

    decisions: tuple[Decision, ...] = ()
    authority: tuple[AuthorityRow, ...] = ()

    def roots(self, key_of: Callable[[Anchor], str | None]) -> dict[str, str]:
        """Block keys that belong together, each with the least of its company; a key that is absent stands alone.

        `key_of` gives the block of the entity that an anchor means, None where no article has it (any more).
        """
        raise NotImplementedError
