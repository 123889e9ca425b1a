"""``onrecord entities``: who is in the record, and why names of different articles are taken for one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from onrecord.cli.deciding import decide
from onrecord.cli.formats import (
    Column,
    Format,
    Listing,
    fetch,
    form_of,
    library,
    output_options,
    tell_rest,
    write,
    write_json,
    write_ndjson,
)
from onrecord.records import EntityKind

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.query import Library
    from onrecord.query.pages import About, Choice, EntityInFull, Evidence


@click.command("entities")
@click.argument("name", required=False)
@click.option(
    "--kind",
    type=click.Choice(get_args(EntityKind)),
    help="Only those of a kind.",
)
@click.option("--merge", nargs=2, metavar="A B", help="Decide that A and B are one.")
@click.option("--split", nargs=2, metavar="A B", help="Decide that A and B, entities of two articles, are two.")
@click.option("--undo", metavar="DECISION", help="Let a decision hold no longer.")
@click.option("--note", metavar="TEXT", help="Why, kept with the decision.")
@click.option("--by", metavar="WHO", help="Who says so, kept with the decision.")
@output_options
def entities_cmd(
    name: str | None,
    kind: str | None,
    merge: tuple[str, str] | None,
    split: tuple[str, str] | None,
    undo: str | None,
    note: str | None,
    by: str | None,
    db: Path,
    form: Format | None,
    limit: int | None,
    cursor: str | None,
) -> None:
    """List who is in the record, those that most articles name first; or show NAME in full.

    NAME is a name, an alias, words of a name, or an identity's id. Where it fits one, all that is known of it is shown, with the
    evidence of each link: the article, the name printed there, the method and its score. Where it fits several they are listed.

    A decision names each of the two by such a NAME or by the id of an entity (ent-…, listed with the evidence). It is yours: it
    holds for whatever is read or linked later, until it is undone.
    """
    if asked := [word for word in (merge, split, undo) if word]:
        if len(asked) > 1 or name is not None:
            raise click.UsageError("One of NAME, --merge, --split and --undo at a time.")
        click.echo(decide(db, merge=merge, split=split, undo=undo, note=note, by=by))
        return
    chosen = form_of(form)
    with library(db) as store:
        one = _only(store, name, kind) if name is not None else None
        if one is not None:
            _write_one(store, one, chosen, limit, cursor)
            return
        listing = fetch(lambda at, size: store.entities(name, kind=kind, size=size, cursor=at), chosen, limit, cursor)
        if name is not None and not listing.items:
            store.entity(name)  # which tells what is alike
        columns: tuple[Column[Choice], ...] = (
            Column("name", lambda c: c.name),
            Column("kind", lambda c: c.kind),
            Column("country", lambda c: c.country),
            Column("roles", lambda c: "; ".join(c.roles)),
            Column("articles", lambda c: c.articles),
            Column("statements", lambda c: c.statements),
            Column("identity", lambda c: c.identity),
        )
        write(listing, chosen, columns, lambda a: _table(store, a))


def _only(store: Library, name: str, kind: str | None) -> str | None:
    found = store.entities(name, kind=kind).items
    return found[0].identity if len(found) == 1 else None


def _table(store: Library, listing: Listing[Choice]) -> None:
    from rich.text import Text

    from onrecord.cli.marks import STYLES
    from onrecord.cli.telling import grid
    from onrecord.cli.terminal import Screen, one_line

    ids = store.short_ids("identities", tuple(c.identity for c in listing.items))
    table = grid("name", "kind", "known as*", "articles>", "statements>", "identity")
    for c in listing.items:
        known = " · ".join([*c.roles[:2], *([c.country] if c.country else [])])
        counts = (_counted(c.articles), _counted(c.statements))
        name = Text(one_line(c.name), STYLES["source"])
        table.add_row(name, c.kind, Text(one_line(known), "dim"), *counts, Text(ids[c.identity], "dim"))
    Screen().show(table)


def _counted(number: int) -> str:
    """A count that may have been broken off."""
    from onrecord.query.names import COUNTED

    return "" if not number else f"{number:,}{'+' if number >= COUNTED else ''}"


def _write_one(store: Library, identity: str, form: Format, limit: int | None, cursor: str | None) -> None:
    listing = fetch(lambda at, size: store.entity(identity, size=size, cursor=at), form, limit, cursor)
    whole: EntityInFull = listing.page  # type: ignore[assignment]
    if form in ("json", "ndjson"):
        (write_json if form == "json" else _write_line)(replace(whole, items=listing.items))
        tell_rest(listing)
        return
    columns: tuple[Column[Evidence], ...] = (
        Column("printed", lambda e: e.printed),
        Column("roles", lambda e: "; ".join(e.roles)),
        Column("method", lambda e: e.method),
        Column("score", lambda e: e.score),
        Column("outlet", lambda e: e.article.outlet),
        Column("published", lambda e: e.article.published),
        Column("title", lambda e: e.article.title),
        Column("article", lambda e: e.article.id),
        Column("entity", lambda e: e.entity),
    )
    write(listing, form, columns, lambda a: _in_full(store, whole, a))


def _write_line(whole: EntityInFull) -> None:
    write_ndjson([whole])


def _in_full(store: Library, whole: EntityInFull, listing: Listing[Evidence]) -> None:
    from rich.text import Text

    from onrecord.cli.telling import grid, head_of, publisher
    from onrecord.cli.terminal import Screen, count, one_line

    screen = Screen()
    if whole.who is None:
        return
    who = whole.who
    days = f"{whole.first} to {whole.last}" if whole.first and whole.first != whole.last else whole.first
    told = [count(who.articles, "article"), count(who.statements, "statement"), days, whole.code, whole.external]
    screen.show(head_of(who), Text(one_line(" · ".join(t for t in told if t)), "dim"))
    if whole.aliases:
        screen.show(Text.assemble(("also  ", "bold"), one_line(", ".join(whole.aliases))))
    for role in whole.roles:
        since = role.since if role.since == role.until else f"{role.since} to {role.until}"
        screen.show(Text.assemble(("as    ", "bold"), one_line(role.text), (f"  {since}" if role.since else "", "dim")))
    screen.show(*_pairs("speaks of", whole.speaks_of), *_pairs("spoken of by", whole.spoken_of_by), "")
    ids = store.short_ids("articles", tuple(e.article.id for e in listing.items))
    own = store.short_ids("entities", tuple(e.entity for e in listing.items))
    table = grid("printed as", "linked by", "score>", "outlet", "date", "title*", "article", "entity")
    for e in listing.items:
        where = (publisher(e.article), e.article.published or "", one_line(e.article.title or ""))
        named = (Text(ids[e.article.id], "dim"), Text(own[e.entity], "dim"))
        table.add_row(one_line(e.printed), e.method, f"{e.score:.2f}", *where, *named)
    screen.show(table)


def _pairs(heading: str, pairs: tuple[About, ...]) -> list[Text]:
    from rich.text import Text

    from onrecord.cli.terminal import one_line

    if not pairs:
        return []
    told = ", ".join(f"{one_line(p.party.name)} ({p.act or 'said'} {p.statements:,})" for p in pairs[:8])
    return [Text.assemble((f"{heading}  ", "bold"), told)]
