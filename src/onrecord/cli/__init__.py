"""The command line: one command per module, thin over `query/`, `ingest/` and `store/`."""

from __future__ import annotations

from importlib import import_module

import click

from onrecord import __version__

__all__ = ["cli"]

# Each is imported when it is asked for: who asks one question is not to wait for the others' modules.
_COMMANDS = {
    "read": ("read", "read_cmd"),
    "add": ("add", "add_cmd"),
    "bulk": ("bulk", "bulk_cmd"),
    "link": ("bulk", "link_cmd"),
    "watch": ("watch", "watch_cmd"),
    "who": ("who", "who_cmd"),
    "search": ("search", "search_cmd"),
    "show": ("show", "show_cmd"),
    "cite": ("cite", "cite_cmd"),
    "entities": ("entities", "entities_cmd"),
    "stats": ("stats", "stats_cmd"),
    "events": ("events", "events_cmd"),
    "figures": ("figures", "figures_cmd"),
    "predictions": ("predictions", "predictions_cmd"),
    "clashes": ("clashes", "clashes_cmd"),
    "review": ("review", "review_cmd"),
    "correct": ("correct", "correct_cmd"),
    "decisions": ("decisions", "decisions_cmd"),
    "alert": ("alert", "alert_group"),
    "export": ("export", "export_cmd"),
    "serve": ("serve", "serve_cmd"),
    "verify": ("verify", "verify_cmd"),
    "doctor": ("doctor", "doctor_cmd"),
    "backup": ("backup", "backup_cmd"),
    "forget": ("forget", "forget_cmd"),
    "reread": ("reread", "reread_cmd"),
    "evaluate": ("evaluate", "evaluate_group"),
    "demo": ("demo", "demo_cmd"),
}
"""Module and function of each, in the order of their use."""

_SECTIONS = {
    "Begin": ("demo", "read", "add", "serve"),
    "Ask": (
        "who",
        "search",
        "show",
        "cite",
        "entities",
        "stats",
        "events",
        "figures",
        "predictions",
        "clashes",
        "export",
    ),
    "Keep up": ("watch", "alert"),
    "Decide": ("review", "correct", "decisions"),
    "Look after a store": ("doctor", "verify", "backup", "forget", "reread"),
    "Read much, and measure": ("bulk", "link", "evaluate"),
}
"""The commands by what they are for."""

_FIRST = """\b
First steps:
  onrecord demo --db demo.db         sample articles into a store, and three questions to it
  onrecord serve --db demo.db        the same in a browser
  onrecord add news/ --db my.db      your own articles: a file, a folder, a feed, an address
  onrecord who NAME --db my.db       what somebody said
"""


class Commands(click.Group):
    """The commands by their names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, function = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"onrecord.cli.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """By sections, each command with the whole first sentence of its help."""
        for section, names in _SECTIONS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(section):
                formatter.write_dl([(name, _first_sentence(c)) for name, c in commands if c is not None])


def _first_sentence(command: click.Command) -> str:
    paragraph, _, _ = (command.help or "").partition("\n\n")
    return " ".join(paragraph.split())


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=_FIRST
)
@click.version_option(__version__, prog_name="onrecord")
def cli() -> None:
    """Read news and keep the record: who said what.

    Results go to standard output, messages and progress to standard error. Exit codes: 0 done, 1 error, 2 wrong usage,
    3 finished, but some inputs failed, 130 interrupted.
    """
    from onrecord.cli.warning import telling_warnings

    click.get_current_context().with_resource(telling_warnings())
