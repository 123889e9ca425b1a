"""``onrecord forget``: articles taken down."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.adding import one_article
from onrecord.cli.formats import db_option
from onrecord.cli.terminal import DONE, FAILED, complain, count, ending_well, one_line

if TYPE_CHECKING:
    from onrecord.store import Store

SHOWN = 20
"""Articles that are told one by one before they go."""


@click.command("forget")
@click.argument("article", required=False)
@click.option("--reason", help="Why, for whoever asks for it later: kept with the tombstone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--purge", is_flag=True, help="Only write the file anew, where a forgetting before could not finish.")
@db_option
def forget_cmd(article: str | None, reason: str | None, yes: bool, purge: bool, db: Path) -> None:
    """Take ARTICLE, its wire copies and all versions of these down: text, statements, index and vectors go, for good.

    ARTICLE is an article's id (or the beginning of one), the id that its source gave it, or its address. Tombstones are kept
    (ids, and hashes of addresses and texts), so that neither they nor other versions at their addresses are added again, nor
    the same text from elsewhere. The file is written anew, so that no word of them is left in it: that takes as much room
    again. Copies of the store that were made before are yours to delete.
    """
    from onrecord.store import Store, Writer

    if (article is None) != purge:
        raise click.UsageError("Name one article, or give --purge.")
    with ending_well():
        if article is None:
            Store.open(db).close()  # one that is not there is not to be made
            with Store.open(db, write=True) as store, Writer(store) as writer:
                code = _tell(purged=writer.purge())
            raise click.exceptions.Exit(code)
        with Store.open(db) as store:
            id_ = one_article(store, article)
            _show(store, id_)
        if not yes:
            if not sys.stdin.isatty():
                raise click.UsageError("Nobody is there to confirm: --yes says that it is meant.")
            click.confirm("Take this down, for good?", abort=True, err=True)
        with Store.open(db, write=True) as store, Writer(store) as writer:
            done = writer.forget(id_, reason=reason)
            # At once: on a full disk the writer's end may fail as well.
            click.echo(f"{count(len(done.articles), 'article')} taken down: {', '.join(done.articles)}")
            code = _tell(done.reason, purged=done.purged)
        raise click.exceptions.Exit(code)


def _tell(reason: str | None = None, *, purged: bool) -> int:
    """Say what stands in the way, where anything does; the exit code."""
    if purged:
        return DONE
    why = f"the file could not be written anew ({reason})" if reason else "somebody still reads the store as it was"
    complain(f"{why}, so the words are still on the disk: mend that, then `onrecord forget --purge`")
    return FAILED


def _show(store: Store, id_: str) -> None:
    """What is about to go, on standard error."""
    ids = store.taken_with(id_)
    for one in ids[:SHOWN]:
        article = store.record(one).article
        told = [article.outlet, article.published.date if article.published else None, article.title, article.url]
        complain(one_line(" · ".join(part for part in (one, *told) if part)))
    if len(ids) > SHOWN:
        complain(f"and {len(ids) - SHOWN:,} more")
    if len(ids) > 1:
        complain(f"{count(len(ids), 'article')}: the one that was named, its copies, and all versions of these")
