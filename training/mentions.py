"""What the mention head learns from: names, dates and numbers of the training articles.

PolNeAR carries no gold names. Its names here are labels written for this project (`training/labels`): every form that an
article prints of a name, with one kind in that article. Dates and numbers are what two taggers found: CoreNLP (its output
ships with PolNeAR; Manning and others 2014) and spaCy's small English pipeline (`training.silver`), trusted as far as they
agree. In the invented stories they are the gold entities, and what stands in a table; the rest is spaCy's.
"""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.analysis import KINDS
from onrecord.codebook import countries
from onrecord.codebook.names import name_words
from onrecord.records import MentionKind
from training.stories import Folders

Silver = Mapping[str, Sequence[tuple[int, int, str]]]
"""Names by article that a tagger found: start, end, label."""
Forms = Mapping[str, MentionKind | None]
"""Names as an article prints them, and their kinds; None for a name of something else."""

SURE, ALONE = 1.0, 0.4
"""Weight of words that a label or both taggers, or only one of them, hold for a name."""

ONTONOTES: dict[str, MentionKind] = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "WORK_OF_ART": "work", "LAW": "work", "DATE": "date", "TIME": "date", "CARDINAL": "number", "ORDINAL": "number",
    "PERCENT": "number", "MONEY": "number", "QUANTITY": "number",
}  # fmt: skip
CORENLP: dict[str, MentionKind] = {
    "DATE": "date", "TIME": "date", "DURATION": "date", "SET": "date",
    "NUMBER": "number", "PERCENT": "number", "ORDINAL": "number", "MONEY": "number",
}  # fmt: skip
_EDGE = re.compile(r"^(?:the|a|an)\s+|(?:['’]s?)$", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """Characters start … end - 1 hold a mention of `kind`, or something else with a name (None). `weight`: how sure that is."""

    start: int
    end: int
    kind: MentionKind | None
    weight: float


def names_of(text: str, forms: Forms, taggers: Sequence[Iterable[tuple[int, int, MentionKind]]]) -> list[Name]:
    """Names of one article in text order, not overlapping: every place of the forms, the longer first; then the taggers'."""
    seen = {k for names in taggers for start, end, _ in names for k in range(start, end)}
    found = [
        Name(*span, forms[form], SURE)
        for form in sorted(forms, key=len, reverse=True)
        for span in _places(text, form, seen)
    ]
    counts = Counter(name for names in taggers for name in {(*_trimmed(text, s, e), kind) for s, e, kind in names})
    ordered = sorted(counts, key=lambda n: (-counts[n], n[0] - n[1], n[0]))
    found += [Name(start, end, kind, SURE if counts[start, end, kind] > 1 else ALONE) for start, end, kind in ordered]
    kept: list[Name] = []
    taken: set[int] = set()
    for name in found:
        if name.start < name.end and taken.isdisjoint(range(name.start, name.end)):
            kept.append(name)
            taken.update(range(name.start, name.end))
    return sorted(kept, key=lambda n: n.start)


def _places(text: str, form: str, seen: set[int]) -> Iterator[tuple[int, int]]:
    """Where a form stands as whole words; a word that is printed small too ("will") only where a tagger saw something."""
    doubtful = re.search(rf"\b{re.escape(form.lower())}\b", text) is not None
    for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
        if not doubtful or match.start() in seen:
            yield match.span()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without an article in front, a possessive behind, marks and blanks at the edges; empty where nothing is left."""
    while start < end and (m := _EDGE.search(text[start:end])):
        start, end = (start + m.end(), end) if m.start() == 0 else (start, start + m.start())
    while start < end and not text[start].isalnum() and text[start] not in "$£€":
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in "%.":
        end -= 1
    return start, end


def _tagged(
    names: Iterable[tuple[int, int, str]], table: Mapping[str, MentionKind]
) -> list[tuple[int, int, MentionKind]]:
    return [(start, end, table[label]) for start, end, label in names if label in table]


# ---------------------------------------------------------------- corpora


def polnear_names(
    root: Path, part: str, forms: Mapping[str, Forms], silver: Silver, texts: Mapping[str, str]
) -> dict[str, list[Name]]:
    """Names of each labelled article of a part of PolNeAR, by its id."""
    times = {k: v for k, v in ONTONOTES.items() if v in ("date", "number")}
    out = {}
    with gzip.open(root / "polnear" / f"corenlp_{part}.jsonl.gz", "rt", encoding="utf8") as file:
        for row in map(json.loads, file):
            if (id_ := row["id"]) not in forms:
                continue
            taggers = (_tagged(row["entities"], CORENLP), _tagged(silver[id_], times))
            out[id_] = names_of(texts[id_], forms[id_], taggers)
    return out


def load_forms(path: Path, texts: Mapping[str, str]) -> dict[str, dict[str, MentionKind | None]]:
    """Names by article, from the places where they are first printed (see the labels' README)."""
    out: dict[str, dict[str, MentionKind | None]] = {}
    for line in path.read_text(encoding="utf8").splitlines():
        kind, place = line.split("\t")
        if kind == "DOC":
            text, forms = texts.get(place, ""), out.setdefault(place, {})
        elif kind != "none":
            start, end = map(int, place.split("-"))
            forms[text[start:end]] = next((k for k in KINDS if k == kind), None)
    return out


@cache
def _stories() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "stories.toml").read_text(encoding="utf8"))


def story_names(folders: Folders, silver: Silver, texts: Mapping[str, str]) -> dict[str, list[Name]]:
    """Names of the invented stories' articles, by their ids."""
    own = {name: _gold_forms(folder / "gold" / "corpus.json") for name, folder in folders.items()}
    out = {}
    for id_, text in texts.items():
        forms: dict[str, MentionKind | None] = dict.fromkeys(_stories()["places"], "place")
        forms |= own[id_.rsplit("-", 1)[0]]
        forms |= dict.fromkeys(_of_countries(text), "country")
        tagged = [
            (s, e, "country" if countries().named(text[s:e]) else k) for s, e, k in _tagged(silver[id_], ONTONOTES)
        ]
        out[id_] = names_of(text, forms, (tagged,))
    return out


def _gold_forms(path: Path) -> dict[str, MentionKind]:
    """The names by which a story's gold calls its entities, without titles before them, and the surnames of its people."""
    forms: dict[str, MentionKind] = {}
    for entity in json.loads(path.read_text(encoding="utf8"))["entities"]:
        kind, name = entity["kind"], entity["name"]
        if kind not in KINDS:
            continue
        for alias in {name, *entity["aliases"], *([name.split()[-1]] if kind == "person" else [])}:
            start, end = _trimmed(alias, 0, len(alias))
            form = alias[start:end]
            if _is_name(form) and not (kind == "person" and _is_titled(form, name)):
                forms[form] = "place" if kind == "country" and not _is_of(name, form) else kind
    return forms


def _is_name(form: str) -> bool:
    """Whether a form is a name and no description: "Lane", "Port Ellery", not "the minister"."""
    return len(form) > 1 and form[0].isupper() and form.split()[-1][0].isupper()


def _is_titled(form: str, name: str) -> bool:
    """Whether a form of a person's name begins with a title or description, or is one: "General", "the envoy, Ann Lane"."""
    words = name_words()
    titles = words.titles | words.kept_titles | words.offices
    first = form.split()[0].rstrip(".").lower()
    return first in titles or " of " in form or (form != name and form.endswith(name))


def _is_of(country: str, form: str) -> bool:
    """Whether a form is a country's own name or its people's, not its capital's."""
    return form[:3].lower() == country[:3].lower() or bool(countries().named(form))


def _of_countries(text: str) -> set[str]:
    """The names of invented countries in a text, their peoples and adjectives: words that begin like one."""
    stems = "|".join(re.escape(name[: max(5, len(name) - 2)]) for name in _stories()["countries"])
    return set(re.findall(rf"\b(?:{stems})[a-z]{{0,6}}\b", text))
