"""``onrecord export``: a store's articles in the formats of others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from onrecord.cli.formats import db_option, library
from onrecord.cli.narrowing import narrowing, narrowing_options
from onrecord.cli.terminal import complain

# Written out, as the room that has them takes long to import; a test holds the two together.
FORMATS = {
    "jsonl": "onrecord's own form, an article a line (docs/wire.md)",
    "clashes": "where accounts differ, a clash a line (JSON Lines)",
    "corrections": "what people corrected, as labels to train by (JSON Lines)",
    "csv": "tables, safe to open in a spreadsheet",
    "parquet": "tables with types",
    "brat": "standoff annotation, two files an article",
    "webannotation": "W3C Web Annotation (JSON-LD) of statements",
    "schemaorg": "schema.org Quotation and Claim (JSON-LD)",
    "gdelt": "events in the columns of GDELT 1.0, tab-separated",
    "plover": "events as PLOVER JSON, an event a line",
}
TABLES = ("articles", "statements", "mentions", "entities", "events", "figures", "predictions", "clashes")
FOLDERS = ("brat",)


@click.command(
    "export",
    help=f"""Write what is in the store as FORMAT, to a file, a folder or standard output.

    \b
    {"".join(f"{name:14} {about}" + chr(10) + "    " for name, about in FORMATS.items()).rstrip()}

    The options choose statements; events and figures go with whoever says them, and what articles say in their own words is
    left out where a speaker, target, act or form is asked for. jsonl and brat hold whole articles: those with anything that
    fits. Statements of withdrawn articles are there and marked so.""",
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="Where to: a file, or a folder for brat and for csv and parquet without --table. Default: standard output.",
)
@click.option("--table", type=click.Choice(TABLES), help="Of csv and parquet: this table alone, as a file.")
@click.option(
    "--article", "articles", metavar="ARTICLE", multiple=True, help="Only ARTICLE: an id, an address. May be repeated."
)
@narrowing_options("withdrawn")
@click.option("--current", is_flag=True, help="Leave out withdrawn articles and statements.")
@db_option
def export_cmd(
    form: str, output: str, table: str | None, articles: tuple[str, ...], current: bool, db: Path, **options: Any
) -> None:
    """Write what is in the store."""
    tables = form in ("csv", "parquet")
    if table and not tables:
        raise click.UsageError(f"--table goes with csv and parquet: {form} has no tables")
    if output == "-":
        if form in FOLDERS or (tables and not table):
            raise click.UsageError(f"{form} writes a folder: name it with -o" + (", or give a --table" * tables))
        if form == "parquet" and sys.stdout.isatty():
            raise click.UsageError("parquet is not for a terminal: name a file with -o")
    asked = (
        narrowing(options) | ({"articles": articles} if articles else {}) | ({"withdrawn": False} if current else {})
    )
    with library(db) as store:
        from onrecord.export import export

        written = export(store, form, None if output == "-" else Path(output), table=table, **asked)
    if output != "-":
        complain(f"written to {output}: {', '.join(f'{n:,} {what}' for what, n in written.items())}")
