"""``onrecord watch``: feeds, polled again and again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.adding import check_period, give_way, stopping, summary
from onrecord.cli.alert import tell_news, telling_options
from onrecord.cli.formats import db_option
from onrecord.cli.inputs import why_not
from onrecord.cli.terminal import complain, ending_well, exit_code, one_line
from onrecord.records import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection

    from onrecord.ingest.feeds import Watched
    from onrecord.ingest.watching import Polled
    from onrecord.store import Failure


@click.command("watch")
@click.argument("feeds", metavar="FEEDS.txt", type=click.Path(path_type=Path))
@click.option(
    "--every",
    metavar="TIME",
    default="10m",
    show_default=True,
    callback=check_period,
    help="Time between two polls of a feed: 90s, 10m, 2h.",
)
@click.option("--once", is_flag=True, help="Poll every feed once and end, as for a timer of the system's own.")
@db_option
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Threads that read; default: one a core.")
@click.option("--allow-private", is_flag=True, help="Also fetch from private addresses, such as this machine's own.")
@telling_options
def watch_cmd(
    feeds: Path,
    every: float,
    once: bool,
    db: Path,
    jobs: int | None,
    allow_private: bool,
    post: str | None,
    atom: Path | None,
) -> None:
    """Poll the feeds of FEEDS.txt and add what is new, until Ctrl-C.

    FEEDS.txt has an RSS or Atom feed's address a line; after a tab, if wanted, the outlet's name; "#" begins a comment. Servers
    are asked only for what has changed, each at most once a second and as its robots.txt asks; one that fails is left
    alone for longer each time. Where an entry only teases, its page is fetched. An entry that has changed is a new version.

    What is new on those that are waited for (`onrecord alert`) is told after each poll.
    """
    from onrecord.ingest import Models, Stop
    from onrecord.ingest.watching import Watcher
    from onrecord.sources import Fetcher

    give_way()
    stop, complained = Stop(), set[str]()

    def failing(failed: Failure) -> None:
        complained.add(message := why_not(failed.origin, failed.reason))
        complain(message)

    def told(polled: Polled) -> None:
        _tell(polled, complained)
        complained.clear()
        if polled.tally.written:
            tell_news(db, post=post, atom=atom)

    with ending_well(), stopping(stop) as ended:
        watcher = Watcher(
            db,
            _listed(feeds),
            every=every,
            models=Models(jobs=jobs),
            fetcher=Fetcher(allow_private=allow_private),
            stop=stop,
            on_poll=told,
            on_failure=failing,
        )
        tally = watcher.poll() if once else watcher.watch()
        click.echo(summary(tally))
        code = ended()
    click.get_current_context().exit(code or exit_code(tally.seen - tally.failed, tally.failed))


def _listed(path: Path) -> tuple[Watched, ...]:
    from onrecord.ingest.feeds import read_feed_list

    try:
        with path.open(encoding="utf-8") as lines:
            return read_feed_list(lines, str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(str(path), f"cannot be read ({error})") from error


def _tell(polled: Polled, complained: Collection[str]) -> None:
    """A line for each poll that brought something, or that failed and was not complained of."""
    moment = f"{datetime.now():%Y-%m-%d %H:%M}"
    if polled.tally.written:
        click.echo(one_line(f"{moment}  {polled.url}  {summary(polled.tally)}"))
    if polled.error and polled.again:
        complain(f"{polled.url}: asked again after {polled.again}")
    elif polled.error and (message := why_not(polled.url, polled.error)) not in complained:
        complain(message)
