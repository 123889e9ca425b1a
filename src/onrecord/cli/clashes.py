"""``onrecord clashes``: where accounts differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from onrecord.cli.formats import Column, Format, Listing, fetch, form_of, library, output_options, tell_rest, write
from onrecord.cli.terminal import one_line
from onrecord.records import ClashKind

if TYPE_CHECKING:
    from onrecord.query import Library
    from onrecord.query.collisions import Collision, CollisionSide

KINDS = get_args(ClashKind)
# Written out, as the room that has them takes long to import; a test holds them together.
REVIEWS = ("accepted", "rejected", "any", "none")


@click.command("clashes")
@click.option("--about", metavar="TOPIC", help="With these words, or near their meaning.")
@click.option("--between", nargs=2, metavar="A B", help="A speaks one side and B the other.")
@click.option("--speaker", metavar="NAME", help="NAME speaks one of the sides.")
@click.option("--kind", type=click.Choice(KINDS), help="Only those of a kind.")
@click.option("--article", metavar="ARTICLE", help="One side stands in ARTICLE: an id, an address, a source's own id.")
@click.option("--since", metavar="DATE", help="Which arose on DATE or later: the day of the later side.")
@click.option("--until", metavar="DATE", help="Which arose on DATE or earlier.")
@click.option(
    "--reviewed", type=click.Choice(REVIEWS), help="By the verdict of a review; default: all but the rejected."
)
@click.option("--least", type=click.FloatRange(0, 1), metavar="SCORE", help="With at least this score.")
@click.option("--words-only", is_flag=True, help="Find a topic by words alone, not by meaning.")
@output_options
def clashes_cmd(
    words_only: bool, db: Path, form: Format | None, limit: int | None, cursor: str | None, **options: Any
) -> None:
    """List where accounts differ, the surest first.

    Each entry has both sides with who says it, on what day and where it is printed, what both are about, and the words that
    collide. "Sources" are independent articles, not copies of one another. That two accounts differ says nothing of who is right.
    DATE is a year, a month or a day. `onrecord show` shows a clash in full, `onrecord review` keeps your verdict on it.
    """
    chosen = form_of(form)
    asked = {name: value for name, value in options.items() if value is not None}
    with library(db) as store:
        listing = fetch(
            lambda at, size: store.clashes(meaning=not words_only, size=size, cursor=at, **asked), chosen, limit, cursor
        )
        if chosen == "ndjson":
            _write_lines(listing)
        else:
            write(listing, chosen, _columns(), lambda a: _table(store, a))


def _write_lines(listing: Listing[Collision]) -> None:
    from onrecord.query.clashes import wire_clash

    for one in listing.items:
        click.echo(json.dumps(wire_clash(one), ensure_ascii=False))
    tell_rest(listing)


def _columns() -> tuple[Column[Collision], ...]:
    return (
        Column("kind", lambda c: c.kind),
        Column("score", lambda c: c.score),
        Column("about", lambda c: c.about),
        Column("day", lambda c: c.day),
        *_side("a", lambda c: c.a),
        *_side("b", lambda c: c.b),
        Column("independent", lambda c: c.independent),
        Column("others", lambda c: c.others),
        Column("review", lambda c: c.review.verdict if c.review else None),
        Column("note", lambda c: c.review.note if c.review else None),
        Column("clash", lambda c: c.id),
    )


def _side(name: str, of: Callable[[Collision], CollisionSide]) -> Iterator[Column[Collision]]:
    from onrecord.cli.colliding import claimant, publisher

    columns: dict[str, Callable[[CollisionSide], object]] = {
        "day": lambda x: x.told_day,
        "speaker": claimant,
        "cue": lambda x: one_line(x.statement.cue) if x.statement else None,
        "words": lambda x: one_line(x.words),
        "collides": lambda x: "; ".join(map(one_line, x.colliding)),
        "outlet": lambda x: publisher(x.article),
        "sources": lambda x: x.sources,
        "url": lambda x: x.article.url,
        "statement": lambda x: x.statement.id if x.statement else None,
        "figure": lambda x: x.figure.id if x.figure else None,
    }
    for column, value in columns.items():
        yield Column(f"{name}_{column}", partial(_valued, of, value))


def _valued(
    of: Callable[[Collision], CollisionSide], value: Callable[[CollisionSide], object], one: Collision
) -> object:
    return value(of(one))


def _table(store: Library, listing: Listing[Collision]) -> None:
    from rich.text import Text

    from onrecord.cli.colliding import show_collision
    from onrecord.cli.terminal import Screen

    screen = Screen()
    ids = store.short_ids("clashes", tuple(c.id for c in listing.items))
    for one in listing.items:
        show_collision(screen, one, ids[one.id])
    if not listing.items:
        screen.show(Text("no accounts that differ", "dim"))
