"""Write the table of words that tell of events: every trigger of the labels that the second model learns from.

python -m training.deedwords --data $DATA --silver runs/silver.jsonl --out src/onrecord/codebook/deedwords.toml
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.analysis.values import DEEDS
from onrecord.codebook.deedwords import root
from training import corpora
from training.data import Document
from training.train import load_tokenizer
from training.train_deeds import corpora_of

_PLAIN = frozenset(
    """
    was were is are be been being had has have did do does will would could must need not no also again already still then ahead
    a an the of to at by in into on off onto out over up down back away along around aside between behind against for from
    about across after before among under with without through together and it its
    """.split()
)
"""Words beside the one that tells what was done."""
HEADER = """\
# Words that tell of each PLOVER type of event, by their roots (onrecord.codebook.deedwords.root): the triggers of all labels
# that the second model learns from. Written by training/deedwords.py.

[types]
"""


def words_of(d: Document, numbers: Iterable[int], pieces: dict[int, str]) -> Iterator[str]:
    """The words at some places of a document, in small letters, from their word pieces."""
    ends = [*d.words.first[1:].tolist(), len(d.words.piece)]
    for k in numbers:
        yield "".join(pieces[p].removeprefix("##") for p in d.words.piece[d.words.first[k] : ends[k]].tolist())


def table_of(documents: Iterable[Document], pieces: dict[int, str]) -> dict[str, set[str]]:
    """Roots by type."""
    out: dict[str, set[str]] = defaultdict(set)
    for d in documents:
        for deed in d.deeds:
            words = (w for w in words_of(d, deed.words.tolist(), pieces) if w not in _PLAIN and w.isalpha())
            out[DEEDS[deed.type]].update(map(root, words))
    return out


def main() -> None:
    """Read the labels and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--silver", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    tokenizer = load_tokenizer()
    known = corpora_of(options.data, corpora.load_silver(options.silver), tokenizer)
    pieces = {number: piece for piece, number in tokenizer.get_vocab().items()}
    documents = [*known.trusted, *known.others, *known.stories, *known.sentences, *known.done]
    found = table_of(documents, pieces)
    lines = [f'{type_} = "{" ".join(sorted(found[type_]))}"' for type_ in sorted(found)]
    options.out.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
