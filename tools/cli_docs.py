"""Writes docs/cli.md from the commands' own help. A test compares the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli import cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
WIDTH = 100
HEAD = """\
# The command line

Written by `make docs` from the commands' own help: change it there.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for path, command in commands(cli, "onrecord"):
        names = cli.context_settings["help_option_names"]
        context = click.Context(command, info_name=path, terminal_width=WIDTH, help_option_names=names)
        parts.append(f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all under it, by what one types to call them."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from commands(child, f"{path} {name}")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}")
