"""``onrecord add``: inputs into a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.adding import ProgressBar, give_way, stopping, summary, told_failure
from onrecord.cli.alert import tell_news, telling_options
from onrecord.cli.formats import db_option
from onrecord.cli.inputs import input_options
from onrecord.cli.terminal import complain, ending_well, exit_code
from onrecord.records import STDIN, NotFoundError

if TYPE_CHECKING:
    from onrecord.ingest import ArticleTally
    from onrecord.link import AuthorityRow


@click.command("add")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@db_option
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Threads that read; default: one a core.")
@input_options
@click.option(
    "--authority",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="CSV that pins names to identifiers from now on: name, aliases, kind, wikidata, role, from, to.",
)
@click.option("--retry-failed", is_flag=True, help="Try again what failed before, and nothing else of those inputs.")
@telling_options
def add_cmd(
    inputs: tuple[str, ...],
    db: Path,
    jobs: int | None,
    published: str | None,
    columns: str | None,
    authority: Path | None,
    retry_failed: bool,
    allow_private: bool,
    post: str | None,
    atom: Path | None,
) -> None:
    """Read each INPUT and keep it in the store, which is made where there is none.

    INPUT is a file (plain text, HTML, an RSS or Atom feed, JSONL or CSV with one article a row, IPTC ninjs, a WARC archive;
    any of them gzipped), a folder or pattern of such, an http(s) address, - for standard input, or a folder that
    `onrecord bulk` has filled, whose records are taken as they are.

    What is in the store already is not read again: a run that was broken off, however it ended, is taken up by the same
    command. An input that cannot be read is kept as a failure, with its reason, and the rest is added. Ctrl-C ends it
    after what is being read is written.

    What is new on those that are waited for (`onrecord alert`) is told at the end. Without an INPUT, a store that an older
    onrecord wrote is brought up to date, for good: `onrecord backup` copies it before.
    """
    if not (inputs or retry_failed or authority):
        return _upgrade(db)
    from onrecord.ingest import Models, Stop
    from onrecord.sources import Fetcher

    stop, skipped = Stop(), list[str]()
    with ending_well(), stopping(stop) as ended:
        tally = _add(
            db,
            inputs,
            again=retry_failed,
            published=published,
            columns=columns,
            authority=_authority(authority) if authority else None,
            stdin=sys.stdin.buffer if STDIN in inputs else None,
            fetcher=Fetcher(allow_private=allow_private),
            models=Models(jobs=jobs),
            stop=stop,
            on_skipped=skipped.append,
        )
        if (code := ended()) is not None:
            complain("interrupted; the same command goes on from here")
        click.echo(summary(tally, skipped))
        tell_news(db, post=post, atom=atom)
    click.get_current_context().exit(code or exit_code(tally.seen - tally.failed, tally.failed))


def _add(db: Path, inputs: tuple[str, ...], *, again: bool, **options: Any) -> ArticleTally:
    """Add under a bar. Where it is broken off, what was added before is told."""
    from onrecord.bulk import add
    from onrecord.ingest import ArticleTally

    give_way()
    done = ArticleTally()

    def told(tally: ArticleTally) -> None:
        nonlocal done
        done = tally
        bar.told(tally)

    with ProgressBar(None if again else lambda: _expected(inputs)) as bar:
        try:
            return add(db, inputs, again=again, on_progress=told, on_failure=told_failure(bar), **options)
        except BaseException:
            if done.seen:
                bar.complain(f"broken off; {summary(done)} before that")
            raise


@ending_well()
def _upgrade(db: Path) -> None:
    """Bring a store of an older form up to date. Raises UsageError where there is none, which leaves nothing to do."""
    from onrecord.store import Store, Writer
    from onrecord.store.migrations import STEPS

    if db.exists():
        with Store.open(db, older=True) as store:
            before = store.form
        if before < len(STEPS):
            with Store.open(db, write=True) as store, Writer(store):
                click.echo(f"{db}: brought from form {before} to {store.form}")
            return
    raise click.UsageError("Nothing to add: give a file, a folder, an address, or - for standard input.")


def _expected(inputs: tuple[str, ...]) -> int | None:
    from onrecord.ingest.counting import expected

    return expected(inputs)


def _authority(path: Path) -> tuple[AuthorityRow, ...]:
    from onrecord.link import read_authority

    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return read_authority(lines, str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(str(path), f"cannot be read ({error})") from error
