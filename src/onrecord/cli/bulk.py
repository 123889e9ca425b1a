"""``onrecord bulk`` and ``onrecord link``: a crawl into tables by many workers, and the tables linked as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.adding import ProgressBar, passed_over, stopping, summary
from onrecord.cli.inputs import check_columns, check_date
from onrecord.cli.terminal import complain, count, ending_well, exit_code

if TYPE_CHECKING:
    from onrecord.bulk import Manifest, Progress
    from onrecord.ingest import ArticleTally

SHOWN = 10
"""Failures, and warnings, that are told one by one; the manifest has all."""


@click.command("bulk")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--out", required=True, metavar="DIR", type=click.Path(path_type=Path), help="Folder for the tables; new, or begun."
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Workers, each one thread; default: one a core.")
@click.option(
    "--ray",
    "address",
    metavar="ADDRESS",
    envvar="RAY_ADDRESS",
    help="A running Ray cluster to work on; default: a Ray of this machine's own, for this run.",
)
@click.option(
    "--published",
    metavar="DATE",
    callback=check_date,
    help="Day on which the texts appeared (YYYY-MM-DD), as of `read`.",
)
@click.option(
    "--columns", metavar="PAIRS", callback=check_columns, help="Which columns of a table hold what, as of `read`."
)
def bulk_cmd(
    inputs: tuple[str, ...],
    out: Path,
    jobs: int | None,
    address: str | None,
    published: str | None,
    columns: str | None,
) -> None:
    """Read each INPUT on many cores or machines, into a folder of Parquet tables.

    INPUT is a file (a WARC archive, JSONL, Parquet, and whatever else `read` takes), a folder or pattern of such, or an address
    that fsspec knows (s3://, gs://, https:// …, patterns too). The records are those of `onrecord read`, byte for byte. But
    addresses are opened as they are: robots.txt is not asked, private ones are not refused, and their size has no cap.

    A run that was broken off, however it ended, is taken up by the same command. Needs the extra: pip install "onrecord[bulk]".
    """
    from onrecord.bulk import bulk
    from onrecord.ingest import ArticleTally, Stop

    stop = Stop()
    with ending_well(), stopping(stop) as ended, ProgressBar() as bar:

        def told(so_far: Progress) -> None:
            bar.told(ArticleTally(added=so_far.documents - so_far.failures, failed=so_far.failures))

        made = bulk(
            inputs,
            out,
            jobs=jobs,
            address=address,
            published=published,
            columns=columns,
            stop=stop,
            on_progress=told,
        )
        code = ended()
    if made is None:
        complain("interrupted; the same command goes on from here")
        click.get_current_context().exit(code or 1)
    _tell(made, out)
    click.get_current_context().exit(exit_code(made.records, len(made.failures)))


@click.command("link")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def link_cmd(folder: Path) -> None:
    """Link what `onrecord bulk` has read into DIR: who is one across articles, what is a copy, what clashes.

    The linked tables come into DIR/linked, those of `onrecord export parquet`; the store that they are taken from is
    DIR/linked.db, which every other command takes with --db. What was broken off is taken up by the same command.
    """
    from onrecord.bulk import LINKED, STORE, link
    from onrecord.ingest import Stop

    stop = Stop()
    done: list[ArticleTally] = []
    with ending_well(), stopping(stop) as ended, ProgressBar() as bar:

        def told(tally: ArticleTally) -> None:
            done[:] = [tally]
            bar.told(tally)

        rows = link(folder, stop=stop, on_progress=told)
        code = ended()
    if done:
        complain(summary(done[0]))
    if rows is None:
        complain("interrupted; the same command goes on from here")
        click.get_current_context().exit(code or 1)
    click.echo(f"{folder / LINKED}: {', '.join(f'{n:,} {name}' for name, n in rows.items())}; store: {folder / STORE}")


def _tell(made: Manifest, out: Path) -> None:
    failures = [f"{failed.origin}: {failed.reason}" for failed in made.failures]
    parts = [f"{count(made.records, 'record')} in {out}"]
    for noun, told in (("failure", failures), ("warning", [one.warning for one in made.warnings])):
        for one in told[:SHOWN]:
            complain(one)
        if len(told) > SHOWN:
            complain(f"{count(len(told) - SHOWN, f'more {noun}')} told in {out / 'manifest.json'}")
        parts += [count(len(told), noun)] if told else []
    click.echo(", ".join(parts + passed_over(made.passed_over)))
