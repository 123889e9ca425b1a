"""``onrecord show``: an article of the store with its statements marked in place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.formats import Format, db_option, form_of, format_option, library, write_json, write_ndjson

if TYPE_CHECKING:
    from onrecord.query import Library
    from onrecord.query.collisions import CollisionInFull
    from onrecord.query.pages import ArticleRef, Shown


@click.command("show")
@click.argument("article")
@db_option
@format_option("table", "ndjson", "json")
@click.option("--list", "listed", is_flag=True, help="List the statements instead of marking them in the text.")
def show_cmd(article: str, db: Path, form: Format | None, listed: bool) -> None:
    """Show ARTICLE with its statements marked in place.

    ARTICLE is an article's id (or the beginning of one), the id that its source gave it, its address, or the id of a statement
    in it. As NDJSON it is the record in its wire form; as JSON, with its copies and versions.

    ARTICLE may also be the id of a clash (cls-…): then both passages are shown, with the words that collide marked.
    """
    chosen = form_of(form)
    with library(db) as store:
        if article.startswith("cls-"):
            _write_clash(store, store.clash(article), chosen)
            return
        shown = store.show(article)
        if chosen == "table":
            _show(store, shown, listed=listed)
        elif chosen == "json":
            write_json(shown)
        else:
            write_ndjson([shown.record])


def _write_clash(store: Library, shown: CollisionInFull, form: Format) -> None:
    if form == "json":
        write_json(shown)
    elif form == "ndjson":
        from onrecord.query.clashes import wire_clash

        click.echo(json.dumps(wire_clash(shown.clash), ensure_ascii=False))
    else:
        from onrecord.cli.colliding import show_in_full
        from onrecord.cli.terminal import Screen

        show_in_full(Screen(), shown, store.short_ids("clashes", (shown.clash.id,))[shown.clash.id])


def _show(store: Library, shown: Shown, *, listed: bool) -> None:
    from rich.text import Text

    from onrecord.cli.record_view import show_marked, show_record
    from onrecord.cli.terminal import Screen

    screen = Screen()
    (show_record if listed else show_marked)(screen, shown.record)
    ids = store.short_ids("articles", tuple(r.id for r in (shown.article, *shown.copies, *shown.versions)))
    facts = [Text(f"{ids[shown.article.id]} · {shown.article.standing}", "dim")]
    if shown.statement is not None:
        number = next((k for k, s in enumerate(shown.record.statements, 1) if s.id == shown.statement), None)
        facts.append(Text(f"{shown.statement} is statement {number}" if number else f"{shown.statement} is superseded"))
    facts += [Text(line, "dim") for line in _corrected(shown)]
    for heading, others in (("the same text", shown.copies), ("other versions", shown.versions)):
        facts += [Text(f"{heading}: {_line(ref, ids)}", "dim") for ref in others]
    screen.show("", *facts)


def _corrected(shown: Shown) -> Iterator[str]:
    """What of the record is somebody's word, and what was read there."""
    from onrecord.cli.terminal import one_line

    numbers = {s.id: k for k, s in enumerate(shown.record.statements, 1)}
    for one in shown.corrected:
        of = f"statement {numbers[one.statement]}" if one.statement in numbers else one.statement
        what = "accepted" if of != one.statement else "rejected"
        told = (
            f"{of}: {what}"
            if one.field == "statement"
            else f"{of}: {one.field} corrected (read as {one.was or 'none'})"
        )
        yield one_line(" · ".join([told, *filter(None, (one.by, one.note)), one.decision]))


def _line(ref: ArticleRef, ids: dict[str, str]) -> str:
    from onrecord.cli.terminal import one_line

    parts = [ref.outlet, ref.published, ref.title, None if ref.standing == "current" else ref.standing, ids[ref.id]]
    return " · ".join(one_line(part) for part in parts if part)
