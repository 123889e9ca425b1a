"""``onrecord doctor``: what is wrong with this installation or a store, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from onrecord.cli.formats import Format, db_option, form_of, format_option, write_json, write_ndjson
from onrecord.cli.terminal import DONE, FAILED, complain, ending_well, one_line
from onrecord.records import OnrecordError

if TYPE_CHECKING:
    from onrecord.store import Check, Failure

SHOWN = 20
"""Failures that a table shows; the other forms have all."""


@click.command("doctor")
@db_option
@format_option("table", "ndjson", "json")
def doctor_cmd(db: Path, form: Format | None) -> None:
    """Tell what is wrong with this installation, and with the store where there is one, and what to do.

    Inputs that failed are listed with the stage at which they did, and the reason. Exit code 1 where anything needs doing
    beside them, and where there is no store of the name that was given.
    """
    from onrecord.store import check_installation, check_store

    chosen = form_of(form)
    with ending_well():
        checks, failures = list(check_installation()), tuple["Failure", ...]()
        if db.exists():
            checks += check_store(db)
            failures = _failures(db)
        if chosen == "json":
            write_json({}, checks=checks, failures=failures)
        elif chosen == "ndjson":
            write_ndjson([*checks, *failures])
        else:
            _table(checks, failures)
        if not db.exists():
            complain(f"there is no store at {db} (--db names another): only the installation was looked at")
    context = click.get_current_context()
    if not db.exists() and context.get_parameter_source("db") is not ParameterSource.DEFAULT:
        context.exit(FAILED)  # somebody named it, and so thinks that there is one
    wrong = [check for check in checks if not check.ok and check.name != "failures"]
    context.exit(FAILED if wrong else DONE)


def _failures(db: Path) -> tuple[Failure, ...]:
    from onrecord.store import Store

    try:
        with Store.open(db) as store:
            return store.failures()
    except OnrecordError:  # a check has told why
        return ()


def _table(checks: list[Check], failures: tuple[Failure, ...]) -> None:
    from rich.text import Text

    from onrecord.cli.terminal import Screen
    from onrecord.cli.verify import wrapping

    screen = Screen()
    table = wrapping("", "check", "what was found")
    for check in checks:
        mark = Text("ok", "green") if check.ok else Text("!!", "bold red")
        table.add_row(mark, check.name, one_line(check.what))
        if check.remedy:
            table.add_row("", "", Text(f"→ {one_line(check.remedy)}", "yellow"))
    screen.show(table)
    if failures:
        table = wrapping("failed at", "document", "reason")
        for failed in failures[:SHOWN]:
            table.add_row(failed.stage, one_line(failed.origin), one_line(failed.reason))
        screen.show("", table)
        if len(failures) > SHOWN:
            screen.show(Text(f"and {len(failures) - SHOWN:,} more (--format ndjson has all)", "dim"))
