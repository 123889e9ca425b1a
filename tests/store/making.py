"""Plausible records without a model: invented people of invented countries who say things to one another.

`records(seed, n)` gives `n` records of articles as a newsroom would: names come and go by Zipf's law, some under other
spellings; a part of the articles are wire copies, some addresses are printed in several versions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from onrecord.records import (
    NARRATION,
    Act,
    Article,
    Due,
    Entity,
    Event,
    Figure,
    Mention,
    Party,
    Place,
    Prediction,
    Published,
    Record,
    Role,
    Run,
    Span,
    Speaker,
    Statement,
    When,
    article_id,
    entity_id,
    event_id,
    figure_id,
    mention_id,
    run_id,
    statement_id,
)

STARTED = "2031-01-01T00:00:00Z"
ACTS = (
    ("state", "assertive", None),
    ("accuse", "expressive", "ACCUSE"),
    ("demand", "directive", "REQUEST"),
    ("promise", "commissive", "AGREE"),
    ("deny", "assertive", "REJECT"),
)
SYLLABLES = "an bel cor dar el fen gar hol is jor kel lan mir nor os pel quar ros sen tol ul vor wen yar zin".split()
ROLES = ("foreign minister", "spokeswoman", "mayor", "general", "union leader", "envoy")
OUTLETS = tuple(f"The {name} Courier" for name in ("Halden", "Morvane", "Istrel", "Pellan", "Quorum", "Varda"))
COUNTRIES = ("Ostrania", "Velmark", "Tressia", "Sarovia")
SMALL = (
    "the of and to a in that is was for it with as on be at by this had not are but from or have an they which one were all"
    " we there would their more if no when what who will so".split()
)


def make_run(weights: str = "scripted", version: str = "0.1.0") -> Run:
    return Run(run_id(version, f"sha256:{weights}", "1", {}), version, f"sha256:{weights}", "1")


def replace_run(record: Record, run: Run) -> Record:
    """The same, read by another run."""
    return replace(record, run=run)


class World:
    """A cast of people and a language, the commonest first. The same seed gives the same world."""

    def __init__(self, seed: int = 0, people: int = 200, words: int = 4000) -> None:
        r = random.Random(seed)
        word = lambda: "".join(r.choice(SYLLABLES) for _ in range(2)).capitalize()  # noqa: E731
        self.people = [
            (f"{word()} {word()}{r.choice(['', 'ov', 'sen', 'ič'])}", r.choice(ROLES)) for _ in range(people)
        ]
        self.words = ["".join(r.choice(SYLLABLES) for _ in range(r.randint(2, 4))) for _ in range(words)]
        # No word of news but a small one is one of a hundred: the curve is flat at its beginning.
        curves = ((people, 0), (words, 50), (len(SMALL), 0))
        self.often = [list(accumulate(1 / (rank + flat) for rank in range(1, n + 1))) for n, flat in curves]

    def cast(self, r: random.Random, size: int) -> list[tuple[str, str]]:
        """People with different surnames."""
        drawn = {p[0].split()[1]: p for p in r.choices(self.people, cum_weights=self.often[0], k=size * 2)}
        return list(drawn.values())[:size]

    def sentence(self, r: random.Random) -> str:
        size = r.randint(5, 11)
        words = r.choices(self.words, cum_weights=self.often[1], k=size)
        small = r.choices(SMALL, cum_weights=self.often[2], k=size)
        return " ".join(f"{a} {b}" for a, b in zip(small, words, strict=True)).capitalize()


class Drafted:
    """A text under construction: what is appended says where it stands."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))


def draft(r: random.Random, world: World, statements: int) -> tuple[str, list[tuple[Span, Span, Span, str]], list]:
    """A text; of each statement source, cue, content and who speaks; of each person name, role and spans of mentions."""
    out, said, cast = Drafted(), [], world.cast(r, max(2, statements // 4))
    mentions: dict[str, list[Span]] = {}
    roles: dict[str, Span] = {}
    for k in range(statements):
        name, role = cast[k % len(cast)]
        if k:
            out.add("\n\n")
        content = out.add(f"“{world.sentence(r)},”")
        out.add(" ")
        first = name not in mentions
        start = len(out.text)
        if first:
            roles[name] = out.add(role)
            out.add(" ")
        mentions.setdefault(name, []).append(out.add(name if first else name.split()[1]))
        source = Span(start, len(out.text))
        out.add(" ")
        cue = out.add("said")
        # Once each: words that all articles share would make them look like copies of one another.
        out.add(f" in {r.choice(COUNTRIES)}." if k == 0 else ".")
        if k == statements - 1:
            out.add(f" {world.sentence(r)}: {r.randint(2, 90)} people were detained.")
        said.append((source, cue, content, name))
    return out.text, said, [(name, roles[name], mentions[name]) for name in mentions]


def shortened(text: str, said: Sequence, people: Sequence) -> tuple[str, list, list]:
    """A draft without its last third, as a desk cuts a dispatch."""
    end = paragraphs_of(text)[max(1, len(said) * 2 // 3) - 1].end
    left = [(name, role, [s for s in spans if s.end <= end]) for name, role, spans in people]
    return text[:end], [one for one in said if one[2].end <= end], [one for one in left if one[2]]


def make_record(
    text: str,
    said: Sequence[tuple[Span, Span, Span, str]],
    people: Sequence[tuple[str, Span, Sequence[Span]]],
    *,
    seed: int = 0,
    run: Run | None = None,
    url: str | None = None,
    outlet: str | None = None,
    source_id: str | None = None,
    day: str | None = "2031-05-01",
    **particulars: object,
) -> Record:
    """The record of a drafted text, complete in every kind of entry."""
    r = random.Random(seed)
    id_ = article_id(outlet, url, text)
    published = Published(day, "given") if day else None
    paragraphs = paragraphs_of(text)
    article = Article(
        id_, text, source_id=source_id, url=url, outlet=outlet, published=published, language="en",
        paragraphs=paragraphs, sentences=paragraphs, **particulars,
    )  # fmt: skip
    ids = {name: entity_id(id_, "person", name) for name, _, _ in people}
    entities = tuple(
        Entity(ids[name], name, "person", tuple(dict.fromkeys(s.of(text) for s in spans[1:])), (Role(role, day),))
        for name, role, spans in people
    )
    mentions = tuple(
        Mention(mention_id(id_, s, "person"), s, "person", ids[name], "part" if k else "name", 0.9)
        for s, name, k in sorted((s, name, k) for name, _, spans in people for k, s in enumerate(spans))
    )
    names = list(ids)
    statements = tuple(_statement(article, r, k, one, ids, names[(k + 1) % len(names)]) for k, one in enumerate(said))
    return Record(
        run or make_run(), article, statements, mentions, entities, _events(article, ids, statements),
        _figures(article, statements), _predictions(statements),
    )  # fmt: skip


def paragraphs_of(text: str) -> tuple[Span, ...]:
    spans, start = [], 0
    for paragraph in text.split("\n\n"):
        if paragraph:
            spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    return tuple(spans)


def _statement(article, r, k, one, ids, other) -> Statement:
    source, cue, content, name = one
    act = r.choice(ACTS)
    return Statement(
        id=statement_id(article.id, (source,), (cue,), (content,)),
        form="direct",
        source=(source,),
        cue=(cue,),
        content=(content,),
        speaker=Speaker(name, None, "person", "named", (ids[name],), round(r.uniform(0.5, 1), 3)),
        inside=None,
        score=round(r.uniform(0.4, 1), 3),
        act=Act(*act, round(r.uniform(0.3, 1), 3)),
        target=Party(other, ids[other]) if k % 2 and other != name else None,
        addressee=Party(other, ids[other]) if k % 3 == 1 else None,
        said_on=When(article.published.date, article.published.date, "published") if article.published else None,
    )


def _events(article, ids, statements) -> tuple[Event, ...]:
    found = []
    for k, statement in enumerate(statements[::4]):
        trigger, names = statement.cue[0], list(ids)
        actor = names[k % len(names)]
        country = next((c for c in COUNTRIES if c in article.text), None)
        found.append(
            Event(
                event_id(article.id, trigger, "CONSULT", actor, None), trigger, "CONSULT", "meet", Party(actor, ids[actor]),
                None, Place(country, None, 1.5, -2.25) if country else None, When(None, "2031-05", "stated", trigger, "vague"),
                "happened", (NARRATION, statement.id, None)[k % 3], 0.625,
            )
        )  # fmt: skip
    return tuple(found)


def _figures(article, statements) -> tuple[Figure, ...]:
    found, at = [], 0
    while (at := article.text.find(" people were detained", at + 1)) >= 0:
        start = article.text.rindex(" ", 0, at) + 1
        span, value = Span(start, at), float(article.text[start:at])
        counted = Span(at + 1, at + 7)
        claimed = (NARRATION, statements[0].id if statements else None)[len(found) % 2]
        found.append(
            Figure(figure_id(article.id, span), span, value, value, None, "detained", counted, claimed, "2031-05-01")
        )
    return tuple(found)


def _predictions(statements) -> tuple[Prediction, ...]:
    promises = [s for s in statements if s.act and s.act.code == "promise"]
    return tuple(
        Prediction(s.id, "promise", Due(None, "2031-06-01", "stated") if k % 2 else None, s.cue[0] if k % 3 else None)
        for k, s in enumerate(promises)
    )


def records(
    seed: int, number: int, *, statements: int = 6, world: World | None = None, run: Run | None = None
) -> list[Record]:
    """Records of `number` articles; of ten, one is a copy of another's text and one a later version of another's address."""
    r, world = random.Random(seed), world or World()
    drafts: list[tuple] = []
    made: dict[str, Record] = {}
    for k in range(number):
        day = f"2031-{1 + k // 28 % 12:02d}-{1 + k % 28:02d}"
        url = f"https://news.example/{seed}/{k}"
        if drafts and r.random() < 0.1:
            text, said, people = r.choice(drafts)[:3]
            if r.random() < 0.5:
                text, said, people = shortened(text, said, people)
        else:
            text, said, people = draft(r, world, statements)
            if drafts and r.random() < 0.1:
                url = r.choice(drafts)[3]
        drafts.append((text, said, people, url))
        place = {"url": url, "outlet": r.choice(OUTLETS), "source_id": f"n{k}", "day": day}
        record = make_record(text, said, people, seed=r.randrange(1 << 30), run=run, **place)
        made[record.article.id] = record
    return list(made.values())
