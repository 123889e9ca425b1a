"""Whom "he" or "she" means as the subject of a verb: the person whom the words before it have as their subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.codebook.names import name_words
from onrecord.extract.clauses import is_place_of

if TYPE_CHECKING:
    from onrecord.extract.acting import AskedEvent, Cast

BACK = 3
"""Sentences before a pronoun's own in which whom it means was named."""
NOMINATIVE = {"he": 1, "she": -1}
"""Pronouns of a person who is a subject, as `page.GENDER`."""


def person_meant(cast: Cast, asked: AskedEvent, pronoun: str, lo: int) -> str | None:
    """The person of a pronoun in a clause that begins at `lo`. Who is quoted calls himself "I"."""
    stage = cast.stage
    if pronoun not in NOMINATIVE:
        return None
    quoted = asked.witness is not None and asked.witness.form == "direct"
    apart = set(asked.speaker) if quoted else set()
    if not quoted and _says_so_himself(cast, asked, pronoun):
        return asked.speaker[0]
    number, sentences = stage.sentence(asked.trigger.start), stage.article.sentences
    if not sentences:
        return None
    start, end = sentences[number].start, lo
    for back in range(BACK + 1):
        found = _first(cast, start, end, pronoun, apart)
        if found is not None:
            return found
        if number - back - 1 < 0:
            return None
        start, end = sentences[number - back - 1].start, start
    return None


def _says_so_himself(cast: Cast, asked: AskedEvent, pronoun: str) -> bool:
    """Whether one person tells of it who is named before: "Ada Lane said she had signed"."""
    if asked.witness is None or len(asked.speaker) != 1 or not asked.witness.source:
        return False
    return asked.witness.source[0].start < asked.trigger.start and may_be(cast, asked.speaker[0], pronoun)


def _first(cast: Cast, start: int, end: int, pronoun: str, apart: set[str]) -> str | None:
    """The first person named within some words who hangs on no preposition, else the only one."""
    some = [n for n in cast.stage.within(start, end) if n.party not in apart and may_be(cast, n.party, pronoun)]
    free = [n for n in some if not is_place_of(cast.stage.article.text, start, n.span.start) and not n.owns]
    if free:
        return free[0].party
    return some[0].party if len({n.party for n in some}) == 1 else None


def may_be(cast: Cast, party: str, pronoun: str) -> bool:
    """Whether a party is a person whose forename is not of the other gender than a pronoun's."""
    wanted = NOMINATIVE[pronoun]
    player = cast.stage.players.get(party)
    if player is None or player.kind != "person":
        return False
    first, table = player.name.split()[0].lower(), name_words()
    return first not in (table.her_names if wanted > 0 else table.his_names)
