"""The options by which questions about statements are narrowed, each the same in every command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, get_args

import click

from onrecord.records import Form, SpeakerKind

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = {
    "speaker": click.option("--speaker", metavar="NAME", help="Said by NAME, or the identity with that id."),
    "target": click.option("--target", metavar="NAME", help="Aimed at NAME (accused, praised, asked …)."),
    "outlet": click.option("--outlet", metavar="NAME", help="Printed by this outlet."),
    "since": click.option("--since", metavar="DATE", help="Said on DATE or later; if that is not told, published."),
    "until": click.option("--until", metavar="DATE", help="Said on DATE or earlier; if that is not told, published."),
    "published_since": click.option("--published-since", metavar="DATE", help="Published on DATE or later."),
    "published_until": click.option("--published-until", metavar="DATE", help="Published on DATE or earlier."),
    "act": click.option("--act", metavar="CODE", help="What was done by saying it: accuse, deny, demand, promise …"),
    "form": click.option("--quoted", "quoted", type=click.Choice(get_args(Form)), help="How the words are printed."),
    "kind": click.option("--kind", type=click.Choice(get_args(SpeakerKind)), help="What the speaker is."),
    "withdrawn": click.option("--withdrawn", is_flag=True, help="Show statements of withdrawn articles too."),
}


def narrowing_options(*but: str) -> Callable[[Command], Command]:
    """All of them `but` these. `narrowing` takes them out of a command's options."""

    def add(command: Command) -> Command:
        for name in reversed([n for n in _OPTIONS if n not in but]):
            command = _OPTIONS[name](command)
        return command

    return add


def narrowing(options: dict[str, Any]) -> Any:
    """The options as the questions take them (onrecord.query.filters.Asking): only those that were given."""
    named = {("form" if name == "quoted" else name): value for name, value in options.items()}
    return {name: value for name, value in named.items() if value}
