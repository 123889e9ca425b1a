"""``onrecord reread``: stored articles read again, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.adding import ProgressBar, give_way, one_article, stopping
from onrecord.cli.formats import Format, db_option, form_of, format_option, write_ndjson
from onrecord.cli.terminal import DONE, FINISHED_WITH_FAILURES, complain, count, ending_well, one_line

if TYPE_CHECKING:
    from rich.text import Text

    from onrecord.records import Statement
    from onrecord.store import Difference


@dataclass
class _Counts:
    changed: int = 0
    gained: int = 0
    lost: int = 0
    speakers: int = 0
    acts: int = 0
    failed: int = 0

    def add(self, difference: Difference) -> None:
        self.changed += 1
        self.gained += len(difference.gained)
        self.lost += len(difference.lost)
        self.speakers += len(difference.speakers)
        self.acts += len(difference.acts)


@click.command("reread")
@click.argument("articles", nargs=-1, metavar="[ARTICLE]...")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also articles that the present program and weights have read, and those that were left unread.",
)
@click.option("--show", is_flag=True, help="Tell of each article what changed.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Threads that read; default: one a core.")
@db_option
@format_option("table", "ndjson")
def reread_cmd(
    articles: tuple[str, ...], everything: bool, show: bool, jobs: int | None, db: Path, form: Format | None
) -> None:
    """Read stored articles again with the weights that are installed, and tell what changes.

    Without ARTICLE, those that an older program or older weights have read; what people decided holds as before. ARTICLE is an
    article's id (or the beginning of one), the id that its source gave it, or its address. What is not found again is
    kept, marked as superseded. Ctrl-C ends it after what is being read is written; the same command goes on from there.
    """
    if articles and everything:
        raise click.UsageError("--all reads every article: it goes with no ARTICLE.")
    from onrecord.ingest import ArticleTally, Models, Stop
    from onrecord.ingest.rereading import reread

    give_way()
    chosen, counts, stop = form_of(form), _Counts(), Stop()

    def differs(difference: Difference) -> None:
        counts.add(difference)
        if chosen == "ndjson":
            write_ndjson([_plain(difference)])
        elif show:
            _tell(difference)

    def fails(failure: Any) -> None:
        counts.failed += 1
        complain(f"{failure.source_id or failure.article_id}: {failure.reason}; it keeps what it has")

    with ending_well(), stopping(stop) as ended:
        ids = _ids(db, articles)
        with ProgressBar() as bar:
            done = reread(
                db,
                ids,
                everything=everything,
                models=Models(jobs=jobs),
                stop=stop,
                on_difference=differs,
                on_failure=fails,
                on_progress=lambda number: bar.told(ArticleTally(known=number)),
            )
        code = ended()
        if code is not None:
            complain("interrupted; the same command goes on from here")
        if chosen == "table":
            click.echo(_summary(done, counts))
        else:  # a difference a line: where there is none, nobody is to wonder whether anything was done
            complain(_summary(done, counts))
    click.get_current_context().exit(code or (FINISHED_WITH_FAILURES if counts.failed else DONE))


def _ids(db: Path, names: tuple[str, ...]) -> list[str]:
    from onrecord.store import Store

    with Store.open(db) as store:  # also where nothing is named: a store that is not there is not to be made
        return [one_article(store, name) for name in names]


def _summary(done: int, counts: _Counts) -> str:
    changes = [
        f"{count(counts.gained, 'statement')} gained",
        f"{counts.lost:,} lost",
        f"{counts.speakers:,} with another speaker",
        f"{counts.acts:,} with another act",
    ]
    told = f"{count(done, 'article')} read again, {counts.changed:,} changed"
    failed = [f"{counts.failed:,} failed"] if counts.failed else []
    return f"{told}: {', '.join([*changes, *failed])}" if counts.changed else ", ".join([told, *failed])


def _plain(difference: Difference) -> dict[str, Any]:
    """A difference as JSON: statements by id and words."""
    before, after = difference.before.article.text, difference.after.article.text

    def changed(pairs: Any, what: Any) -> list[dict[str, Any]]:
        return [{**_entry(b, after), "before": what(a), "after": what(b)} for a, b in pairs]

    return {
        "article": difference.after.article.id,
        "source_id": difference.after.article.source_id,
        "run": {"before": difference.before.run.id, "after": difference.after.run.id},
        "gained": [_entry(s, after) for s in difference.gained],
        "lost": [_entry(s, before) for s in difference.lost],
        "speakers": changed(difference.speakers, lambda s: s.speaker.name),
        "acts": changed(difference.acts, lambda s: s.act and s.act.code),
    }


def _entry(statement: Statement, text: str) -> dict[str, Any]:
    from onrecord.records import words_of

    return {
        "statement": statement.id,
        "speaker": statement.speaker.name,
        "cue": words_of(text, statement.cue),
        "content": words_of(text, statement.content),
    }


def _tell(difference: Difference) -> None:
    from rich.text import Text

    from onrecord.cli.terminal import Screen

    article = difference.after.article
    head = " · ".join(part for part in (article.source_id, article.outlet, article.title) if part)
    Screen().show(Text(one_line(head or article.id), "bold"), *_lines(difference), "")


def _lines(difference: Difference) -> Iterator[Text]:
    from rich.text import Text

    text = difference.after.article.text
    for sign, style, statements in (("+", "green", difference.gained), ("-", "red", difference.lost)):
        for s in statements:
            yield Text(f"  {sign} {_words(s, text)}", style)
    for what, pairs in (("speaker", difference.speakers), ("act", difference.acts)):
        for a, b in pairs:
            one, other = (
                (s.speaker.name or "nobody") if what == "speaker" else (s.act.code if s.act else "none") for s in (a, b)
            )
            yield Text(f"  ~ {what} {one_line(one)} → {one_line(other)}: {_words(b, text)}", "yellow")
    yield Text(f"  statements {len(difference.before.statements):,} → {len(difference.after.statements):,}", "dim")


def _words(statement: Statement, text: str) -> str:
    from onrecord.records import words_of

    return one_line(f"{statement.speaker.name or '(nobody)'} {words_of(text, statement.cue)}: "
                    f"{words_of(text, statement.content)}")  # fmt: skip
