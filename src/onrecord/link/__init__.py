"""Across articles: one identity for each person, body and land, wire copies of articles, and utterances printed many times.

Pure functions of values: no files, no store. Each result is a function of the *set* of articles, whatever their order.

Identities. `known_of(record)` gives what is known of each entity of an article; `block_key` parts all entities into blocks;
`identities_of` makes the identities of one block from its members alone. So whoever keeps the entities of many articles,
after an article is added or forgotten, calls `identities_of` for the blocks of its entities and leaves the rest alone. A
merge by a human and a row of an authority may join blocks: `Rules.roots` says which belong together. Where no rule is about
names of a block, the identities of a block are those of its parts: `parts_of_names` tells these, from names alone.

Copies. `signature(text)` has `bands`, whole numbers to be indexed: two articles that share LEAST_BANDS of them are candidates,
`may_be_copies` tells which of them are worth comparing, and `is_copy` decides by their `likeness`. `copies_of` makes clusters
of the pairs found.

Utterances. `sayings_of(record)` gives the words of each statement, with `bands` again; `alike` decides on two;
`may_be_alike` tells of many pairs at once, by `sketches_of` their words, which are worth comparing, and
`utterances_of` makes utterances of the pairs found. Sayings of one `wording` need no pair, and one pair does for two wordings.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.link.authority import read_authority
    from onrecord.link.blocks import block_key, known_of
    from onrecord.link.copies import (
        LEAST_BANDS,
        Copies,
        Likeness,
        Printing,
        Signature,
        copies_of,
        is_copy,
        likeness,
        may_be_copies,
        printing_of,
        signature,
        those_like,
    )
    from onrecord.link.identities import identities_of
    from onrecord.link.parts import Name, may_part, parts_of_names
    from onrecord.link.rules import Rules
    from onrecord.link.sketches import may_be_alike, sketches_of
    from onrecord.link.utterances import (
        SHORTEST,
        Change,
        LinkedAppearance,
        LinkedUtterance,
        Saying,
        alike,
        alike_words,
        same_voice,
        saying_of,
        sayings_of,
        utterances_of,
        words_in_marks,
    )
    from onrecord.link.values import (
        AuthorityRow,
        Decision,
        EntityAnchor,
        Held,
        Identity,
        IdentityMethod,
        KnownEntity,
        Member,
    )

__all__ = [
    "LEAST_BANDS",
    "SHORTEST",
    "AuthorityRow",
    "Change",
    "Copies",
    "Decision",
    "EntityAnchor",
    "Held",
    "Identity",
    "IdentityMethod",
    "KnownEntity",
    "Likeness",
    "LinkedAppearance",
    "LinkedUtterance",
    "Member",
    "Name",
    "Printing",
    "Rules",
    "Saying",
    "Signature",
    "alike",
    "alike_words",
    "block_key",
    "copies_of",
    "identities_of",
    "is_copy",
    "known_of",
    "likeness",
    "may_be_alike",
    "may_be_copies",
    "may_part",
    "parts_of_names",
    "printing_of",
    "read_authority",
    "same_voice",
    "saying_of",
    "sayings_of",
    "signature",
    "sketches_of",
    "those_like",
    "utterances_of",
    "words_in_marks",
]

# Fetched when first asked for: whoever only asks a store needs a few of the values, and no room that reads articles.
_WHERE = {
    "EntityAnchor": "onrecord.link.values",
    "LinkedAppearance": "onrecord.link.utterances",
    "AuthorityRow": "onrecord.link.values",
    "Change": "onrecord.link.utterances",
    "Copies": "onrecord.link.copies",
    "Decision": "onrecord.link.values",
    "Held": "onrecord.link.values",
    "Identity": "onrecord.link.values",
    "IdentityMethod": "onrecord.link.values",
    "KnownEntity": "onrecord.link.values",
    "LEAST_BANDS": "onrecord.link.copies",
    "Likeness": "onrecord.link.copies",
    "Member": "onrecord.link.values",
    "Name": "onrecord.link.parts",
    "Printing": "onrecord.link.copies",
    "Rules": "onrecord.link.rules",
    "SHORTEST": "onrecord.link.utterances",
    "Saying": "onrecord.link.utterances",
    "Signature": "onrecord.link.copies",
    "LinkedUtterance": "onrecord.link.utterances",
    "alike": "onrecord.link.utterances",
    "alike_words": "onrecord.link.utterances",
    "may_be_alike": "onrecord.link.sketches",
    "sketches_of": "onrecord.link.sketches",
    "block_key": "onrecord.link.blocks",
    "copies_of": "onrecord.link.copies",
    "identities_of": "onrecord.link.identities",
    "is_copy": "onrecord.link.copies",
    "known_of": "onrecord.link.blocks",
    "likeness": "onrecord.link.copies",
    "may_be_copies": "onrecord.link.copies",
    "may_part": "onrecord.link.parts",
    "parts_of_names": "onrecord.link.parts",
    "printing_of": "onrecord.link.copies",
    "read_authority": "onrecord.link.authority",
    "same_voice": "onrecord.link.utterances",
    "saying_of": "onrecord.link.utterances",
    "sayings_of": "onrecord.link.utterances",
    "signature": "onrecord.link.copies",
    "those_like": "onrecord.link.copies",
    "utterances_of": "onrecord.link.utterances",
    "words_in_marks": "onrecord.link.utterances",
}

if not TYPE_CHECKING:  # else any name at all would seem to be there

    def __getattr__(name: str) -> object:
        if name not in _WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_WHERE[name]), name)
