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
from onrecord.cli.terminal import DONE, FINISHED_WITH_FAILURES, complain, ending_well, exit_code, one_line
from onrecord.records import NotFoundError

if TYPE_CHECKING:
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
    stop, telling = Stop(), _Telling(db, post, atom, once=once)
    with ending_well(), stopping(stop) as ended:
        listed, wrong = _listed(feeds)
        watcher = Watcher(
            db,
            listed,
            every=every,
            models=Models(jobs=jobs),
            fetcher=Fetcher(allow_private=allow_private),
            stop=stop,
            on_poll=telling.poll,
            on_failure=telling.failure,
        )
        tally = watcher.poll() if once else watcher.watch()
        click.echo(summary(tally))
        code = ended()
    code = code or exit_code(tally.seen - tally.failed, tally.failed)
    click.get_current_context().exit(code or (FINISHED_WITH_FAILURES if wrong or telling.left else DONE))


def _listed(path: Path) -> tuple[tuple[Watched, ...], int]:
    """The feeds of a list, and how many of its lines name none."""
    from onrecord.ingest.feeds import read_feed_list

    try:
        with path.open(encoding="utf-8") as lines:
            feeds, wrong = read_feed_list(lines, str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(str(path), f"cannot be read ({error})") from error
    for line in wrong:
        complain(str(line))
    return feeds, len(wrong)


class _Telling:
    """Tells of polls and failures. `left`: whether feeds were left alone that were to be polled `once`."""

    def __init__(self, db: Path, post: str | None, atom: Path | None, *, once: bool) -> None:
        self._db, self._post, self._atom, self._once = db, post, atom, once
        self._complained = set[str]()
        self.left = False

    def failure(self, failed: Failure) -> None:
        """Complain of a failure."""
        self._complained.add(message := why_not(failed.origin, failed.reason))
        complain(message)

    def poll(self, polled: Polled) -> None:
        """A line for each poll that brought something, or that failed and was not complained of; what is new on alerts."""
        if polled.error is None and polled.again is not None:
            if self._once:  # who polls on was told when it failed
                complain(f"{polled.url}: left alone until {polled.again}, since it failed")
                self.left = True
            return
        if polled.tally.written:
            click.echo(one_line(f"{datetime.now():%Y-%m-%d %H:%M}  {polled.url}  {summary(polled.tally)}"))
        if polled.error and polled.again:
            complain(f"{polled.url}: asked again after {polled.again}")
        elif polled.error and (message := why_not(polled.url, polled.error)) not in self._complained:
            complain(message)
        self._complained.clear()
        if polled.tally.written:
            tell_news(self._db, post=self._post, atom=self._atom)
