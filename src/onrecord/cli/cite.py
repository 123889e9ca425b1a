"""``onrecord cite``: a statement in a form that can be pasted where it is cited."""

from __future__ import annotations

import json
from pathlib import Path

import click

from onrecord.cli.formats import db_option, library


@click.command("cite")
@click.argument("statement")
@db_option
@click.option(
    "--style",
    type=click.Choice(["text", "csl-json", "html"]),
    default="text",
    show_default=True,
    help="In words; for reference managers; for a page.",
)
def cite_cmd(statement: str, db: Path, style: str) -> None:
    """Cite STATEMENT: speaker, words, outlet, title, date, address, and what proves the words.

    STATEMENT is a statement's id or the beginning of one. What proves the words is where they stand in the article's text, and
    the SHA-256 of that text in UTF-8.
    """
    with library(db) as store:
        from onrecord.cli.terminal import safe
        from onrecord.query.cite import as_csl, as_html, as_text

        citation = store.cite(statement)
        if style == "csl-json":
            click.echo(json.dumps([as_csl(citation)], ensure_ascii=False, indent=2))
        else:
            click.echo(safe(as_html(citation) if style == "html" else as_text(citation)))
