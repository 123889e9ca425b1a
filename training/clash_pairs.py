"""Pairs of gold statements with what gold says of them, as the numbers that the judge of clashes goes by.

    python -m training.clash_pairs --data $DATA --out runs/clashes.npz

Statements, speakers, acts and targets are gold's; names and figures are those that the reader finds. Every article of those
to learn from is told twice, the second time with acts and targets misread as often as the reader misreads them, since it is
from its reading that the judge will have them.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import pickle
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import numpy as np

from onrecord import codebook
from onrecord.analysis.sentences import Embedder
from onrecord.articles import build_article
from onrecord.clashes import Account, FigureTally, KnownArticle, accounts_of
from onrecord.clashes.candidates import Candidates, candidates, within
from onrecord.clashes.counts import count_features
from onrecord.clashes.features import features_of
from onrecord.clashes.readings import reading_of
from onrecord.clashes.shelves import ListShelf
from onrecord.clashes.words import meaningful
from onrecord.evaluation.corpus import corpus_documents, load_corpus
from onrecord.evaluation.labels import NOBODY, load_labels
from onrecord.evaluation.matching import Roles
from onrecord.evaluation.names import same_speaker
from onrecord.evaluation.polnear import load_polnear, polnear_documents
from onrecord.extract import figures_of
from onrecord.extract.statements import parents_of
from onrecord.pipeline import Reader
from onrecord.records import (
    JOINT,
    Act,
    Entity,
    Form,
    Party,
    RawDocument,
    Record,
    Speaker,
    Statement,
    When,
    statement_id,
    words_of,
)
from training.corpora import LABELS
from training.quarrels import load_quarrels
from training.stories import story_folders

log = logging.getLogger("training")
WRONG_ACT, WRONG_TARGET, NO_TARGET = 0.37, 0.15, 0.35
"""Shares of acts and targets that the reader gets wrong on PolNeAR dev, and of targets that it does not find."""
SEEN = 3
"""Statements that a stem is to be in before its rarity is told; all others are the rarest."""
LEARNED = ("train", "invented", "written")
"""Corpora that the judge learns from."""
AGAIN, FEWEST_AGAIN = 0.5, 3
"""Share of the stems of either, and how many, from which two statements of a speaker say the same."""
FOREIGN, FOREIGN_PAIRS = 120, 200
"""Articles of other matters that are drawn, and pairs of each."""
KINDS_OF_SPEAKERS = ("person", "group", "work", "unnamed")
Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Row:
    """What gold says of a statement."""

    roles: Roles
    speaker: str | None
    kind: str
    act: str | None
    target: str | None
    form: Form | None = None
    said_on: str | None = None


@dataclass(frozen=True)
class Story:
    """Articles that are compared with one another: one of PolNeAR, or all of an invented story.

    `clashes`: the kind of each gold clash by the two statements. `identities`: of the articles' entities.
    """

    name: str
    records: tuple[Record, ...]
    clashes: Mapping[frozenset[str], str]
    identities: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)


# ---------------------------------------------------------------- gold as records


def gold_record(read: Record, rows: Sequence[Row], names: Names) -> Record:
    """The reader's names with gold's statements. `names`: all names of a corpus's entities, by the one that gold uses."""
    article = read.article
    parents = parents_of([(r.roles.cue, r.roles.content) for r in rows])
    ids = [f"{statement_id(article.id, r.roles.source, r.roles.cue, r.roles.content)}-{n}" for n, r in enumerate(rows)]
    statements = tuple(
        _statement(read, row, ids[n], None if up is None else ids[up], names)
        for n, (row, up) in enumerate(zip(rows, parents, strict=True))
    )
    return replace(
        read, statements=statements, figures=figures_of(article, statements, read.mentions), predictions=(), events=()
    )


def _statement(read: Record, row: Row, id_: str, inside: str | None, names: Names) -> Statement:
    content = tuple(sorted(row.roles.content))
    table = codebook.acts()
    act = table[row.act] if row.act else None
    return Statement(
        id_,
        row.form or _form(words_of(read.article.text, content)),
        tuple(sorted(row.roles.source)),
        tuple(sorted(row.roles.cue)),
        content,
        _speaker(read.entities, row, names),
        inside,
        1.0,
        act=Act(act.code, act.searle, act.plover, 1.0) if act else None,
        target=_party(read.entities, row.target, names) if row.target else None,
        said_on=When(row.said_on, row.said_on, "stated") if row.said_on else None,
    )


def _form(words: str) -> Form:
    """A guess: PolNeAR does not tell it."""
    quoted = words.strip(" ,.")
    if not any(mark in words for mark in '"“”'):
        return "indirect"
    return "direct" if quoted[:1] in '"“' and quoted[-1:] in '"”' else "mixed"


def _speaker(entities: Sequence[Entity], row: Row, names: Names) -> Speaker:
    if row.kind == "author":
        return Speaker(None, kind="author")
    if not row.speaker:
        return Speaker(None, reason="unclear")
    found = [e.id for name in row.speaker.split(JOINT) if (e := entity_of(entities, name, names))]
    kind = next((k for k in KINDS_OF_SPEAKERS if k == row.kind), None)
    return Speaker(row.speaker, kind=kind, entities=tuple(dict.fromkeys(found)))


def _party(entities: Sequence[Entity], name: str, names: Names) -> Party:
    entity = entity_of(entities, name, names)
    return Party(name, entity.id if entity else None)


def entity_of(entities: Sequence[Entity], name: str, names: Names) -> Entity | None:
    """The entity of an article that gold calls so."""
    known = {n.casefold() for n in (name, *names.get(name, ()))}
    for entity in entities:
        if not known.isdisjoint({entity.name.casefold(), *(a.casefold() for a in entity.aliases)}):
            return entity
    told = (name, *names.get(name, ()))
    return next((e for e in entities if any(same_speaker(n, e.name) for n in told)), None)


# ---------------------------------------------------------------- the corpora


def polnear_stories(
    root: Path, part: str, read: Callable[[Iterable[RawDocument]], Mapping[str, Record]]
) -> Iterator[Story]:
    """The labelled articles of a part of PolNeAR."""
    labels = load_labels(root / "labels" / f"{part}.tsv")
    folder = root / "polnear" / part
    records = read(d for d in polnear_documents(folder) if d.source_id in labels)
    for gold in load_polnear(folder):
        if gold.id not in labels or gold.id not in records:  # what cannot be read is passed over
            continue
        told = labels[gold.id]
        rows = []
        for n, roles in enumerate(sorted(gold.attributions, key=lambda r: r.cue[0])):
            label = told.rows.get(n)
            known = label is not None
            target = label.target if label is not None and label.target != NOBODY else None
            speaker = label.speaker if label is not None and label.speaker_known else None
            rows.append(Row(roles, speaker, label.kind if known else "unknown", label.act if known else None, target))
        record = gold_record(records[gold.id], rows, {})
        ids = [s.id for s in record.statements]
        clashes = {frozenset(ids[n] for n in pair): kind for pair, kind in told.clashes.items() if max(pair) < len(ids)}
        yield Story(gold.id, (record,), clashes)


def invented_story(folder: Path, read: Callable[[Iterable[RawDocument]], Mapping[str, Record]]) -> Story:
    """A corpus with its complete gold record."""
    whole = json.loads((folder / "gold" / "corpus.json").read_text(encoding="utf8"))
    names = {e["name"]: [e["name"], *e["aliases"]] for e in whole["entities"]}
    read_records = read(corpus_documents(folder))
    ids: dict[tuple[str, int], str] = {}
    records: dict[str, Record] = {}
    for article in load_corpus(folder):
        id_ = article.gold.id
        gold = json.loads((folder / "gold" / f"{id_}.json").read_text(encoding="utf8"))["statements"]
        rows = [
            Row(roles, s["speaker"], s["kind"], s["act"], s.get("target"), s["form"], s.get("said_on"))
            for roles, s in zip(article.gold.attributions, gold, strict=True)
        ]
        records[id_] = gold_record(read_records[id_], rows, names)
        ids.update({(id_, s["n"]): st.id for s, st in zip(gold, records[id_].statements, strict=True)})
    clashes = {}
    for clash in whole["clashes"]:
        for a in (clash["a"], *clash.get("a_also", ())):
            for b in (clash["b"], *clash.get("b_also", ())):
                clashes[frozenset((ids[tuple(a)], ids[tuple(b)]))] = clash["kind"]
    article_ids = {id_: r.article.id for id_, r in records.items()}
    origins = {article_ids[copy]: article_ids[group[0]] for group in whole["copies"] for copy in group[1:]}
    identities = {e.id: _identity(e, names) for r in records.values() for e in r.entities}
    # A store holds the last version of an article: the earlier ones are left out.
    earlier = {id_ for group in whole["versions"] for id_ in group[:-1]}
    told = tuple(r for id_, r in records.items() if id_ not in earlier)
    return Story(folder.name, told, clashes, identities, origins)


def written_stories(path: Path, read: Callable[[Iterable[RawDocument]], Mapping[str, Record]]) -> Iterator[Story]:
    """The matters that were written to learn from, each a story. An article whose layout the reader changes is left out."""
    quarrels = {f"quarrel-{n}": quarrel for n, quarrel in enumerate(load_quarrels(path))}
    layouts = {
        f"{name}-{n}": (piece, *piece.laid_out())
        for name, quarrel in quarrels.items()
        for n, piece in enumerate(quarrel.pieces)
    }
    records = read(
        RawDocument(origin=id_, source_id=id_, text=text, title=piece.headline, published=piece.published)
        for id_, (piece, text, _) in layouts.items()
    )
    for name, quarrel in quarrels.items():
        ids: dict[int, str] = {}
        told: list[Record] = []
        speakers = {t.speaker for p in quarrel.pieces for t in p.statements.values() if t.speaker}
        names: Names = {speaker: [speaker] for speaker in speakers}
        for n, _ in enumerate(quarrel.pieces):
            piece, text, roles = layouts[f"{name}-{n}"]
            record = records.get(f"{name}-{n}")
            if record is None or record.article.text != text:
                continue
            rows = [
                Row(r, t.speaker, "unknown", t.act, t.target)
                for r, t in zip(roles, piece.statements.values(), strict=True)
            ]
            told.append(gold_record(record, rows, names))
            ids |= dict(zip(piece.statements, (s.id for s in told[-1].statements), strict=True))
        clashes = {frozenset((ids[a], ids[b])): k for (a, b), k in quarrel.clashes.items() if a in ids and b in ids}
        identities = {e.id: _identity(e, names) for r in told for e in r.entities}
        yield Story(name, tuple(told), clashes, identities)


def _identity(entity: Entity, names: Names) -> str:
    printed = {entity.name.casefold(), *(a.casefold() for a in entity.aliases)}
    for name, others in names.items():
        if not printed.isdisjoint(n.casefold() for n in others):
            return name
    return f"printed {entity.name.casefold()}"


# ---------------------------------------------------------------- pairs


@dataclass
class Rows:
    """Pairs as they are collected: numbers, kind of the gold clash ("" where there is none), group, and what they are."""

    x: list[np.ndarray] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    what: list[str] = field(default_factory=list)

    def add(self, x: np.ndarray, kinds: Iterable[str], group: str, whats: Iterable[str]) -> None:
        """Take pairs in."""
        self.x.append(x)
        before = len(self.kind)
        self.kind += kinds
        self.what += whats
        self.group += [group] * (len(self.kind) - before)

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """As arrays to be kept."""
        return {
            f"{name}_x": np.concatenate(self.x),
            f"{name}_kind": np.array(self.kind),
            f"{name}_group": np.array(self.group),
            f"{name}_what": np.array(self.what),
        }


def known_of(story: Story, vectors: Mapping[str, bytes] | None, misread: random.Random | None) -> list[KnownArticle]:
    """The accounts of a story's articles; with `misread`, as a reader errs."""
    out = []
    for record in story.records:
        told = record if misread is None else misread_record(record, misread)
        own = {s.id: vectors[words_of(record.article.text, s.content or s.cue)] for s in record.statements if vectors}
        origin = story.origins.get(record.article.id)
        out.append(accounts_of(told, identities=story.identities, origin=origin, vectors=own))
    return out


def misread_record(record: Record, drawn: random.Random) -> Record:
    """A record with some acts and targets of other statements of the article, and some targets left out."""
    told = record.statements

    def act(s: Statement) -> Act | None:
        return drawn.choice(told).act if drawn.random() < WRONG_ACT else s.act

    def target(s: Statement) -> Party | None:
        by = drawn.random()
        return drawn.choice(told).target if by < WRONG_TARGET else None if by < WRONG_TARGET + NO_TARGET else s.target

    return replace(record, statements=tuple(replace(s, act=act(s), target=target(s)) for s in told))


def told_again(story: Story, knowns: Iterable[KnownArticle]) -> Story:
    """A story whose gold clashes hold for what the same speakers say again: gold has of each clash few printings."""
    by_speaker: dict[frozenset[str], list[Account]] = {}
    accounts = {a.statement: a for known in knowns for a in known.accounts}
    for account in accounts.values():
        by_speaker.setdefault(account.speakers, []).append(account)

    def again(statement: str) -> list[str]:
        one = accounts.get(statement)
        if one is None or not one.speakers:
            return [statement]
        return [statement, *(o.statement for o in by_speaker[one.speakers] if o is not one and repeats(one, o))]

    clashes = dict(story.clashes)
    for pair, kind in story.clashes.items():
        if len(pair) == 2 and kind != "altered-quotation":
            a, b = pair
            told = (frozenset((x, y)) for x in again(a) for y in again(b) if x != y)
            clashes |= {both: kind for both in told if both not in clashes}
    return replace(story, clashes=clashes)


def repeats(a: Account, b: Account) -> bool:
    """Whether two statements of one speaker say the same."""
    x, y = reading_of(a), reading_of(b)
    shared = len(x.claim & y.claim)
    if x.negations % 2 != y.negations % 2 or x.denies != y.denies or shared < FEWEST_AGAIN:
        return False
    return shared >= AGAIN * len(x.claim | y.claim)


def foreign(stories: Iterable[Story], vectors: Mapping[str, bytes]) -> Rows:
    """Pairs of articles of different matters that are compared nonetheless: none of them is a clash."""
    drawn, rows = random.Random(0), Rows()
    knowns: list[KnownArticle] = []
    of: dict[str, str] = {}
    for story in stories:
        named = {e.id: f"printed {e.name.casefold()}" for r in story.records for e in r.entities}
        found = known_of(replace(story, identities=named), vectors, None)
        knowns += found
        of |= {a.article: story.name for known in found for a in known.accounts}
    shelf = ListShelf(knowns)
    for known in drawn.sample(knowns, min(FOREIGN, len(knowns))):
        pairs = [p for p in candidates(known, shelf).statements if of[p[0].article] != of[p[1].article]]
        pairs = drawn.sample(pairs, min(len(pairs), FOREIGN_PAIRS))
        if pairs:
            whats = ["foreign own" if a.speakers & b.speakers else "foreign" for a, b in pairs]
            rows.add(features_of(pairs, {}), [""] * len(pairs), of[known.accounts[0].article], whats)
    return rows


def collect(stories: Iterable[Story], vectors: Mapping[str, bytes], *, twice: bool) -> tuple[Rows, Rows]:
    """Pairs of statements and pairs of figures. `twice`: the second telling too."""
    statements, figures = Rows(), Rows()
    for number, story in enumerate(stories):
        plain = known_of(story, vectors, None)
        story = told_again(story, plain) if twice and len(plain) > 1 else story
        for misread in (None, random.Random(number)) if twice else (None,):
            knowns = known_of(story, vectors, misread)
            shelf = ListShelf(knowns) if len(knowns) > 1 else None
            for known in knowns:
                group = f"{story.name}" if shelf else known.accounts[0].article if known.accounts else ""
                for what, found in (
                    ("within", within(known)),
                    ("across", candidates(known, shelf) if shelf else Candidates()),
                ):
                    _take(statements, figures, story, found, group, f"{what}{'' if misread is None else ' misread'}")
    return statements, figures


def _take(statements: Rows, figures: Rows, story: Story, found: Candidates, group: str, what: str) -> None:
    if found.statements:
        x = features_of(found.statements, found.settings, whole=True)
        kinds = [story.clashes.get(frozenset((a.statement, b.statement)), "") for a, b in found.statements]
        whats = [f"{what} own" if a.speakers & b.speakers else what for a, b in found.statements]
        statements.add(x, kinds, group, whats)
    if found.figures and "misread" not in what:
        kinds = [story.clashes.get(frozenset((a.statement, b.statement)), "") for a, b in found.figures]
        figures.add(count_features(found.figures), kinds, group, [_same(a, b) for a, b in found.figures])


def _same(a: FigureTally, b: FigureTally) -> str:
    return "own" if a.claimant & b.claimant else "others"


def write_rarities(stories: Iterable[Story], file: Path) -> None:
    """Of each stem that three statements have, how rare it is: what the numbers of pairs go by, so it comes first."""
    counts, total = Counter[str](), 0
    for story in stories:
        for known in known_of(story, None, None):
            for account in known.accounts:
                counts.update(meaningful(" ".join(account.content)) | meaningful(account.cue))
                total += 1
    stems = sorted(stem for stem, count in counts.items() if count >= SEEN)
    kept = dict(np.load(file)) if file.is_file() else {}
    rarities = np.array([math.log(total / counts[stem]) for stem in stems], np.float16)
    np.savez_compressed(file, **{**kept, "stems": np.array(stems), "rarities": rarities})


def vectors_of(stories: Iterable[Story], embedder: Embedder, cache: dict[str, bytes]) -> dict[str, bytes]:
    """Vectors of all contents, by their words."""
    texts = {
        words_of(r.article.text, s.content or s.cue) for story in stories for r in story.records for s in r.statements
    }
    missing = sorted(texts - cache.keys())
    for start in range(0, len(missing), 256):
        part = missing[start : start + 256]
        cache.update(zip(part, (v.tobytes() for v in embedder.embed(part)), strict=True))
    return cache


def reading(
    reader: Callable[[], Reader], cache: Path | None, name: str
) -> Callable[[Iterable[RawDocument]], Mapping[str, Record]]:
    """What reads documents, or gives what `cache` kept of them under `name`."""

    def read(documents: Iterable[RawDocument]) -> Mapping[str, Record]:
        kept = cache / f"{name}.pkl" if cache else None
        if kept and kept.is_file():
            records: dict[str, Record] = pickle.loads(kept.read_bytes())
            return records
        told = list(documents)
        read_ones = reader().read_many(build_article(d) for d in told)
        records = {str(d.source_id): r for d, r in zip(told, read_ones, strict=True) if isinstance(r, Record)}
        if kept:
            kept.write_bytes(pickle.dumps(records))
        return records

    return read


def main() -> None:
    """Collect all pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="folder of the weights: write the rarities of words there first")
    parser.add_argument("--cache", type=Path, help="folder where what was read is kept for another run")
    parser.add_argument("--only", nargs="*", help="corpora")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    kept = options.cache / "vec.pkl" if options.cache else None
    cache: dict[str, bytes] = pickle.loads(kept.read_bytes()) if kept and kept.is_file() else {}
    arrays: dict[str, np.ndarray] = {}
    loaded: list[Reader] = []

    def reader() -> Reader:
        loaded.extend([Reader.load()] if not loaded else [])
        return loaded[0]

    if options.weights:
        learned = (stories_of(options.data, n, lambda n: reading(reader, options.cache, n)) for n in LEARNED)
        write_rarities(chain.from_iterable(learned), options.weights / "clashes.npz")
    for name in ("train", "invented", "written", "dev", "demo"):
        if options.only and name not in options.only:
            continue
        stories = list(stories_of(options.data, name, lambda n: reading(reader, options.cache, n)))
        vectors = vectors_of(stories, Embedder.load(), cache)
        statements, figures = collect(stories, vectors, twice=name in LEARNED)
        if name in ("train", "written"):
            arrays |= foreign(stories, vectors).arrays(f"{name}_foreign")
        arrays |= statements.arrays(name) | (figures.arrays(f"{name}_figures") if figures.x else {})
        gold = sum(len(s.clashes) for s in stories)
        log.info("%s: %d pairs, %s; gold %d", name, len(statements.kind), Counter(statements.what), gold)
        found = {
            w: sum(1 for k, v in zip(statements.kind, statements.what, strict=True) if k and v == w)
            for w in set(statements.what)
        }
        log.info("   clashes among them %s; figures %s", found, Counter(figures.kind))
    np.savez_compressed(options.out, **arrays)


def stories_of(
    root: Path, name: str, reading: Callable[[str], Callable[[Iterable[RawDocument]], Mapping[str, Record]]]
) -> Iterator[Story]:
    """The stories of a corpus."""
    if name in ("train", "dev"):
        yield from polnear_stories(root, name, reading(name))
    elif name == "written":
        yield from written_stories(LABELS / "quarrels.txt", reading(name))
    elif name == "demo":
        yield invented_story(root / "demo", reading(name))
    else:
        for folder in story_folders(root).values():
            yield invented_story(folder, reading(f"inv-{folder.name}"))


if __name__ == "__main__":
    main()
