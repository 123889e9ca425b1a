"""``onrecord demo``: the sample articles added to a store, and three questions to it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import click
from rich.text import Text

import onrecord
from onrecord.cli.adding import ProgressBar, stopping, summary, told_failure
from onrecord.cli.terminal import DONE, FAILED, FINISHED_WITH_FAILURES, Screen, ending_well
from onrecord.records import InputError, NotFoundError, OutputError

QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("What did Ostrania's foreign minister say of the patrol boat?", ("who", "Zhariv", "--about", "patrol boat")),
    ("Who said what of an end to the bombing, and did all print the same words?", ("search", "stop the bombing")),
    ("Who is Zhariv, and under which names do the outlets print him?", ("entities", "Zhariv")),
)
SHOWN = 4
"""Entries of each answer."""


@click.command("demo")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--db",
    type=click.Path(path_type=Path),
    help="Keep the store in this file, which holds nothing else; default: it is gone when all is shown.",
)
def demo_cmd(folder: Path | None, db: Path | None) -> None:
    """Add the sample articles to a store and ask it three questions.

    FOLDER holds the articles; without it, they are those that come with onrecord: eighteen invented dispatches of four outlets on
    one crisis, as text, pages, a feed, agency items, a crawl's archive and rows.
    """
    with ending_well(), ExitStack() as stack:
        names = [str(path) for path in _sample_files(folder)]
        if db is not None and db.exists():
            _refuse_others(db, names)
        store = db or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onrecord-demo-"))) / "demo.db"
        code = _add(names, store)
        if code in (DONE, FINISHED_WITH_FAILURES):
            for question, words in QUESTIONS:
                _ask(question, words, store, kept=db is not None)
            Screen().show("", *_next(db), wrap=False)
    click.get_current_context().exit(code)


def _refuse_others(db: Path, names: Sequence[str]) -> None:
    """Invented dispatches do not go among somebody's articles, from where they go again one by one. Raises OutputError."""
    from onrecord.articles import build_article
    from onrecord.sources import open_source
    from onrecord.store import Store

    found = (document for name in names for document in open_source(name) if not isinstance(document, InputError))
    samples = {build_article(document).id for document in found}
    with Store.open(db) as store:
        if any(article not in samples for article in store.articles()):
            raise OutputError(db, "holds other articles: the invented ones go into a file of their own (--db)")


def _add(names: Sequence[str], store: Path) -> int:
    """Add the articles and say what that took; the exit code."""
    from onrecord.ingest import Stop, add
    from onrecord.ingest.counting import expected

    started, stop = time.perf_counter(), Stop()
    with stopping(stop) as ended, ProgressBar(lambda: expected(names)) as bar:
        tally = add(store, names, stop=stop, on_progress=bar.told, on_failure=told_failure(bar))
        code = ended()
    seconds = time.perf_counter() - started
    said = f" with {tally.statements:,} statements in {seconds:.1f} s" if tally.written else ""
    Screen().show(Text(f"{summary(tally)}{said}", "bold"))
    if code is not None:
        return code
    return DONE if not tally.failed else FINISHED_WITH_FAILURES if tally.seen > tally.failed else FAILED


def _ask(question: str, words: Sequence[str], store: Path, *, kept: bool) -> None:
    """Show the command as one would type it, and its answer."""
    from onrecord.cli import cli

    typed = " ".join(f'"{word}"' if " " in word else word for word in (*words, *(("--db", str(store)) if kept else ())))
    Screen().show("", Text(question, "bold"), Text(f"$ onrecord {typed}", "dim"), "", wrap=False)
    options = ["--db", str(store), "--format", "table", "--limit", str(SHOWN)]
    # Its own way of ending tells no more than it has shown: what is asked here may have no answer in another folder.
    cli.main([*words, *options], prog_name="onrecord", standalone_mode=False)


def _next(db: Path | None) -> Iterator[Text]:
    named = f" --db {db}" if db else ""
    yield Text("What to try next", "bold")
    tries = [
        *([] if db else [("onrecord demo --db demo.db", "the same, with a store to ask")]),
        (f"onrecord show 08{named}", "an article with its statements marked in place"),
        *([(f"onrecord serve{named}", "all of it in a browser")] if db else []),
        (f"onrecord stats --by outlet{named}", "how much of what is printed is copied"),
        ("onrecord add FOLDER --db my.db", "your own articles, in any of these forms"),
        ("onrecord watch FEEDS.txt --db my.db", "feeds, as they come"),
    ]
    width = max(len(command) for command, _ in tries)
    for command, what in tries:
        yield Text.assemble(f"$ {command.ljust(width)}  ", (what, "dim"))


def _sample_files(folder: Path | None) -> list[Path]:
    places = [folder] if folder else list(_usual_places())
    for place in places:
        files = sorted(p for p in place.iterdir() if p.is_file() and p.suffix != ".md") if place.is_dir() else []
        if files:
            return files
    looked = " or ".join(str(place) for place in places)
    raise NotFoundError(looked, "no sample articles there")


def _usual_places() -> Iterator[Path]:
    """Where an installed package has them, and where a clone has."""
    package = Path(onrecord.__file__).resolve().parent
    yield package / "examples"
    yield package.parents[1] / "examples"
