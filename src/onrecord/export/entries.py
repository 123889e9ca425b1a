"""What is told of statements and clashes in a feed, wherever the feed is had."""

from __future__ import annotations

from onrecord.export.atom import Entry
from onrecord.query.collisions import Collision, CollisionSide
from onrecord.query.pages import ArticleRef, Said
from onrecord.records import JOINT


def statement_entry(said: Said, id_: str, about: str | None) -> Entry:
    """A statement. `id_`: of its utterance; `about`: the page to open."""
    speaker = said.speaker or said.source or "Speaker not told"
    return Entry(
        id=f"urn:onrecord:{id_}",
        title=f"{speaker}: {said.content or said.cue}",
        text=f"{speaker} {said.cue}: {said.content}\n\n{_printed(said.article, said.day)}",
        moment=said.day,
        authors=tuple(said.speaker.split(JOINT)) if said.speaker else (),
        about=about,
        via=said.article.url,
        category=said.act,
    )


def clash_entry(clash: Collision, about: str | None, via: str | None = None) -> Entry:
    """A clash. `about`: the page to open."""
    sides = [f"{_who(side)}: {side.words}\n{_printed(side.article, side.told_day)}" for side in (clash.a, clash.b)]
    score = "by review" if clash.score is None else f"{clash.score:.2f}"
    return Entry(
        id=f"urn:onrecord:{clash.id}",
        title=f"{_who(clash.a)} / {_who(clash.b)}: {clash.matter}",
        text="\n\n".join([*sides, f"{clash.kind}: {score}"]),
        moment=clash.found,
        authors=tuple(dict.fromkeys(side.speaker for side in (clash.a, clash.b) if side.speaker)),
        about=about,
        via=via,
        category=clash.kind,
    )


def _who(side: CollisionSide) -> str:
    return side.speaker or side.article.outlet or "Speaker not told"


def _printed(article: ArticleRef, day: str | None) -> str:
    return ", ".join(part for part in (article.title, article.outlet, day) if part)
