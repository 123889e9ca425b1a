"""What the commands that take inputs share: the options that say how to read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def input_options(command: Command) -> Command:
    """``--published``, ``--columns`` and ``--allow-private``."""
    for option in (_private, _columns, _published):
        command = option(command)
    return command


def why_not(origin: str, reason: str) -> str:
    """What could not be read, and why, with the option that lets it be read."""
    from onrecord.sources.private import PRIVATE

    hint = " (--allow-private reads it all the same)" if reason.endswith(PRIVATE) else ""
    return f"{origin}: {reason}{hint}"


def check_date(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A day that the user gives, tried on an empty article, so that there is one rule for what a date is."""
    if value is None:
        return None
    from onrecord.articles import build_article
    from onrecord.records import MalformedError, RawDocument

    try:
        build_article(RawDocument(origin="--published", text=""), published=value)
    except MalformedError as error:
        raise click.BadParameter(error.reason) from error
    return value


def check_columns(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Pairs of a field and a column, before any input is opened."""
    if value is None:
        return None
    from onrecord.records import MalformedError
    from onrecord.sources.tables import declared

    try:
        declared(value)
    except MalformedError as error:
        raise click.BadParameter(error.reason) from error
    return value


_published = click.option(
    "--published",
    metavar="DATE",
    callback=check_date,
    help="Day on which the texts appeared (YYYY-MM-DD), whatever a page or a JSONL row says of its own.",
)
_columns = click.option(
    "--columns",
    metavar="PAIRS",
    callback=check_columns,
    help="Which columns of a table, or fields of JSON rows, hold what, where they are named otherwise: "
    "id=ID,text=Body,title=Headline.",
)
_private = click.option(
    "--allow-private", is_flag=True, help="Also fetch from private addresses, such as this machine's own."
)
