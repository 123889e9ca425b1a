"""``onrecord demo``: the sample articles, read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

import onrecord
from onrecord.cli.reading import Failure, load_reader, read_all
from onrecord.cli.show import show_record
from onrecord.cli.terminal import FAILED, Page, complain, count, ending_well, exit_code, safe
from onrecord.records import NotFoundError, Record

FORMS = {".html": "HTML page", ".htm": "HTML page", ".txt": "plain text", ".jsonl": "JSONL"}


@click.command("demo")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def demo_cmd(folder: Path | None) -> None:
    """Read the sample articles and show one record.

    FOLDER holds the articles; without it, they are those in examples/ of the repository. They are invented, and written
    for this project.
    """
    with ending_well():
        files = _sample_files(folder)
        page, reader, failed = Page(), load_reader(), 0
        started, shown = time.perf_counter(), list[tuple[Path, Record]]()
        for path, outcome in ((file, outcome) for file in files for outcome in read_all(reader, [str(file)])):
            if isinstance(outcome, Failure):
                complain(f"{outcome.origin}: {outcome.reason}")
                failed += 1
            else:
                shown.append((path, outcome))
        seconds = time.perf_counter() - started
        if not shown:
            raise click.exceptions.Exit(FAILED)
        page.show(_table(shown), _summary([record for _, record in shown], seconds), "")
        show_record(page, next((r for _, r in shown if r.statements), shown[0][1]))
    click.get_current_context().exit(exit_code(len(shown), failed))


def _sample_files(folder: Path | None) -> list[Path]:
    places = [folder] if folder else list(_usual_places())
    for place in places:
        if files := sorted(p for p in place.rglob("*") if p.suffix.lower() in FORMS and p.is_file()):
            return files
    looked = " or ".join(str(place) for place in places)
    raise NotFoundError(looked, "no sample articles there (they come with the repository; or name a folder)")


def _usual_places() -> Iterator[Path]:
    """The repository that this module is run from, where it is, and the working directory."""
    yield Path(onrecord.__file__).resolve().parents[2] / "examples"
    yield Path("examples")


def _table(shown: list[tuple[Path, Record]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("article", "outlet", "form"):
        table.add_column(name)
    table.add_column("statements", justify="right")
    for path, record in shown:
        article = record.article
        found = str(len(record.statements)) if article.unread is None else f"not read: {article.unread.reason}"
        cells = (article.source_id or article.id, article.outlet or "", FORMS[path.suffix.lower()], found)
        table.add_row(*(Text(safe(cell)) for cell in cells))
    return table


def _summary(records: list[Record], seconds: float) -> Text:
    words = sum(len(record.article.text.split()) for record in records)
    statements = sum(len(record.statements) for record in records)
    what = f"{count(len(records), 'article')}, {words:,} words, {count(statements, 'statement')}"
    return Text(f"{what} in {seconds:.1f} s", "dim")
