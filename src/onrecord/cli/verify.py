"""``onrecord verify``: proof that a store is what it should be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.formats import Format, db_option, write_json, write_ndjson
from onrecord.cli.terminal import DONE, FAILED, count, ending_well, one_line

if TYPE_CHECKING:
    from rich.table import Table


@click.command("verify")
@db_option
@click.option("--quick", is_flag=True, help="Look only at the file's structure and its references.")
@click.option(
    "--reindex",
    is_flag=True,
    help="First make the index of words, and the columns that are counted, anew from the rows.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "ndjson", "json"]),
    default="table",
    show_default=True,
    help="How to write; ndjson has an object for each finding, and so nothing where nothing is wrong.",
)
def verify_cmd(db: Path, quick: bool, reindex: bool, form: Format) -> None:
    """Prove that every word shown stands where the store says, and that all else follows from its articles.

    Every span is cut out of its article's text again, every id made again from what it names, every reference and index
    looked at, and links, copies and versions are made again in a second store, which for a while takes as much room beside
    the first. Others may read and write meanwhile. Exit code 1 where anything is found.
    """
    from onrecord.store import Store, Writer, verify

    with ending_well():
        if reindex:
            with Store.open(db):
                pass  # a name that is none makes no store
            with Store.open(db, write=True) as store:
                Writer(store).reindex()
        with Store.open(db) as store:
            findings = list(verify(store, quick=quick))
            articles = sum(1 for _ in store.articles())
        if form == "table":  # through a pipe too: a proof that is kept is to say what was proved
            from onrecord.cli.terminal import Screen

            if findings:
                table = wrapping("part", "entry", "what is wrong")
                for finding in findings:
                    table.add_row(finding.part, one_line(finding.entry), one_line(finding.reason))
                Screen().show(table)
            else:
                click.echo(f"{count(articles, 'article')}: nothing is wrong")
        elif form == "json":
            write_json({}, articles=articles, findings=findings)
        else:
            write_ndjson(findings)
    click.get_current_context().exit(FAILED if findings else DONE)


def wrapping(*columns: str) -> Table:
    """A table without lines, whose last column goes on in the next line where it is long."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in columns[:-1]:
        table.add_column(name, overflow="fold")
    table.add_column(columns[-1], overflow="fold", ratio=1)
    return table
