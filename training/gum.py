"""GUM: news, interviews and hearings with every mention marked, read from WebAnno TSV 3.2 as natural text.

    python -m training.gum --data $DATA/gum --out runs/gum_texts.jsonl

Source: Zeldes (2017), "The GUM Corpus: Creating Multilayer Resources in the Classroom", Language Resources and Evaluation
51(3); github.com/amir-zeldes/gum, `coref/gum/tsv`. Annotations are CC BY 4.0; the texts have licences of their own.

GUM gives tokens and sentences, but neither the blanks between tokens nor paragraphs. Both are made up here by rule, always
in the same way; spans are code points of the text so made.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from onrecord.records import Span

SENTENCES = 3
"""Sentences of a paragraph: what news has on average."""
FOLDS = 5
SAME = frozenset({"ana", "appos", "cata", "coref", "pred"})
"""Relations that say "the same thing". `pred` ("she is a linguist") is one: what comes later may be linked to the predicate
only. `disc` (a passage) and `bridge:…` are not."""

ANNOTATION = re.compile(r"([^|\[\]]+)(?:\[(\d+)\])?")
LINK = re.compile(r"(\d+-\d+)(?:\[(\d+)_(\d+)\])?")


class GumError(ValueError):
    """A file that is not WebAnno TSV 3.2 with GUM's columns."""


@dataclass(frozen=True)
class Mention:
    """One noun phrase of GUM, whole: with determiners, titles, relative clauses and possessive 's.

    `entity`: person, organization, place, abstract, event, object, time, substance, animal or plant. `infstat`: new, giv:act,
    acc:com and so on. `identity`: title of the thing's article in the English Wikipedia, for pronouns too. `cluster`: equal
    for mentions of one thing within the document.
    """

    span: Span
    entity: str
    infstat: str
    identity: str | None
    cluster: int


@dataclass(frozen=True)
class GumDocument:
    """One document. `genre`: court, interview, news. `sentences`: where each lies in `text`. `mentions`: by span, outer first."""

    id: str
    genre: str
    text: str
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]


# ---------------------------------------------------------------- files


@dataclass(frozen=True)
class _Token:
    """A line of a file. `at`: "sentence-token". `marks`: of each mention on it id, entity, infstat and identity.

    `links`: pairs of ids of mentions of one thing. A mention of one token has no id in the file if it is alone there: then
    `at` stands for it.
    """

    at: str
    form: str
    marks: tuple[tuple[str, str, str, str | None], ...]
    links: tuple[tuple[str, str], ...]


def load_gum(folder: Path) -> list[GumDocument]:
    """The documents of a folder of ``GUM_genre_name.tsv``, by id. Raises GumError where a file has another form."""
    paths = sorted(folder.glob("*.tsv"))
    if not paths:
        raise GumError(f"no .tsv file in {folder}")
    return [read_document(p.stem, p.read_text(encoding="utf8")) for p in paths]


def read_document(id_: str, tsv: str) -> GumDocument:
    """One file. `id_`: its name without the ending, which tells the genre between two underscores."""
    if id_.count("_") < 2:
        raise GumError(f"{id_}: no genre in the name")
    sentences = _sentences(id_, tsv)
    text, places = layout([[t.form for t in s] for s in sentences])
    spans = {t.at: place for s, row in zip(sentences, places, strict=True) for t, place in zip(s, row, strict=True)}
    bounds = tuple(Span(row[0].start, row[-1].end) for row in places)
    tokens = [t for s in sentences for t in s]
    return GumDocument(id_, id_.split("_")[1], text, bounds, _mentions(tokens, spans))


def _sentences(id_: str, tsv: str) -> list[list[_Token]]:
    rows: dict[str, list[_Token]] = defaultdict(list)
    for number, line in enumerate(tsv.split("\n"), 1):
        if re.match(r"\d+-\d+\t", line):
            try:
                token = _token(line)
            except ValueError as error:
                raise GumError(f"{id_}, line {number}: {error}") from error
            rows[token.at.split("-")[0]].append(token)
    if not rows:
        raise GumError(f"{id_}: no token")
    return list(rows.values())


def _token(line: str) -> _Token:
    """A line: place, offsets, form, entity, infstat, salience, identity, centering, relation, its targets."""
    at, _, form, entities, infstats, _, identities, _, relations, targets, *_ = line.split("\t")
    marks = [(id_ or at, entity) for entity, id_ in _values(entities)]
    infstat = {id_ or at: value for value, id_ in _values(infstats)}
    identity = {id_ or at: unquote(value) for value, id_ in _values(identities)}
    links = []
    for relation, target in zip(relations.split("|"), targets.split("|"), strict=True):
        if relation in SAME and (found := LINK.fullmatch(target)):
            there, other, own = found.groups()
            links.append((_named(own) or at, _named(other) or there))
    return _Token(at, form, tuple((i, e, infstat.get(i, ""), identity.get(i)) for i, e in marks), tuple(links))


def _values(column: str) -> list[tuple[str, str | None]]:
    """Each value of a column with its id; "_" is none."""
    return [(m[1], m[2]) for part in column.split("|") if (m := ANNOTATION.fullmatch(part)) and m[1] != "_"]


def _named(id_: str | None) -> str | None:
    """An id as a relation writes it: 0 where the mention has none."""
    return None if id_ == "0" else id_


def _mentions(tokens: Sequence[_Token], spans: dict[str, Span]) -> tuple[Mention, ...]:
    """Every mention from its first token to its last, with the cluster that its links put it into."""
    place: dict[str, Span] = {}
    facts: dict[str, tuple[str, str, str | None]] = {}
    heads: dict[str, str] = {}
    for t in tokens:
        for id_, entity, infstat, identity in t.marks:
            here = spans[t.at]
            place[id_] = Span(place[id_].start if id_ in place else here.start, here.end)
            facts.setdefault(id_, (entity, infstat, identity))
            heads.setdefault(id_, id_)

    def head(id_: str) -> str:
        while heads[id_] != id_:
            id_ = heads[id_]
        return id_

    for t in tokens:
        for one, other in t.links:
            if one in heads and other in heads:
                heads[head(one)] = head(other)
    ordered = sorted(place, key=lambda i: (place[i].start, -place[i].end))
    clusters = {h: n for n, h in enumerate(dict.fromkeys(head(i) for i in ordered))}
    return tuple(Mention(place[i], *facts[i], clusters[head(i)]) for i in ordered)


# ---------------------------------------------------------------- text

NO_BLANK_BEFORE = re.compile(r"[,.;:?!%)\]}’”…]+|['’](?:s|re|m|ve|ll|d)|n['’]t|\.\.\.|''", re.I)
NO_BLANK_AFTER = re.compile(r"[(\[{“‘$£€#]|``")
CAPTIONS = frozenset({"audio", "image", "video"})
FUNCTION_WORDS = frozenset(
    "a although an and although despite i it or that the they this was we were where which who with you".split()
)
"""After these a hyphen between blanks was a dash ("friction - the surface"), but in "up - and - coming"."""


def layout(sentences: Sequence[Sequence[str]]) -> tuple[str, list[list[Span]]]:
    """Text of sentences given as tokens, and where each token lies in it.

    Sentences are joined by blanks, three to a paragraph, paragraphs by a blank line. One that ends without a mark (headline,
    date, caption) is a paragraph.
    """
    text, places = "", []
    held = 0  # sentences of the paragraph so far
    quoting = False
    for tokens in sentences:
        closed = bool(re.search(r"[.?!:;…\"”')\]—–-]$", tokens[-1]))
        caption = tokens[0].lower() in CAPTIONS and tokens[1:2] == [":"]
        if text:
            text += " " if closed and 0 < held < SENTENCES and not caption else "\n\n"
        if text.endswith("\n\n"):
            held, quoting = 0, False
        glue, quoting = _glue(tokens, quoting)
        row: list[Span] = []
        for form, glued in zip(tokens, glue, strict=True):
            text += "" if glued or not row else " "
            row.append(Span(len(text), len(text) + len(form)))
            text += form
        places.append(row)
        held = held + 1 if closed else SENTENCES
    return text, places


def _glue(tokens: Sequence[str], quoting: bool) -> tuple[list[bool], bool]:
    """For each token whether no blank stands before it; and whether a quotation is open at the end."""
    before = [bool(NO_BLANK_BEFORE.fullmatch(t)) for t in tokens]
    after = [bool(NO_BLANK_AFTER.fullmatch(t)) for t in tokens]
    single = False
    for n, form in enumerate(tokens):
        if form == '"':
            opens = not quoting or n == 0
            before[n], after[n] = not opens, opens
            quoting = opens
        elif form == "'":
            genitive = n > 0 and tokens[n - 1].endswith("s") and (not single or "'" in tokens[n + 1 :])
            opens = not single and not genitive
            before[n], after[n] = not opens, opens
            single = single if genitive else opens
        elif 0 < n < len(tokens) - 1 and _joins(tokens, n):
            before[n] = after[n] = True
    return [n > 0 and (b or after[n - 1]) for n, b in enumerate(before)], quoting


def _joins(tokens: Sequence[str], n: int) -> bool:
    """Whether a mark joins the words at its sides."""
    left, form, right = tokens[n - 1 : n + 2]
    if not (left[-1].isalnum() and right[0].isalnum()):
        return False
    if form == "-":
        return right.lower() not in FUNCTION_WORDS or tokens[n + 2 : n + 3] == ["-"]
    return form in ("/", "@") or (form == "–" and left[-1].isdigit() and right[0].isdigit())


# ---------------------------------------------------------------- folds, and the command


def folds(documents: Iterable[GumDocument], count: int = FOLDS) -> dict[str, int]:
    """Fold of each document's id: by turns within each genre, in the order of the ids; a genre goes on where the last ended."""
    ordered = sorted(documents, key=lambda d: (d.genre, d.id))
    return {d.id: n % count for n, d in enumerate(ordered)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with GUM's .tsv files")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines to write: id and text")
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf8") as file:
        for d in load_gum(args.data):
            file.write(json.dumps({"id": d.id, "text": d.text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
