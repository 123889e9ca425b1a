"""The command line: one command per module, thin over `onrecord.pipeline` and `onrecord.evaluation`."""

from __future__ import annotations

import click

from onrecord import __version__
from onrecord.cli.add import add_cmd
from onrecord.cli.backup import backup_cmd
from onrecord.cli.cite import cite_cmd
from onrecord.cli.demo import demo_cmd
from onrecord.cli.doctor import doctor_cmd
from onrecord.cli.entities_cmd import entities_cmd
from onrecord.cli.evaluate import evaluate_group
from onrecord.cli.events import events_cmd
from onrecord.cli.export import export_cmd
from onrecord.cli.figures import figures_cmd
from onrecord.cli.forget import forget_cmd
from onrecord.cli.predictions import predictions_cmd
from onrecord.cli.read import read_cmd
from onrecord.cli.reread import reread_cmd
from onrecord.cli.search import search_cmd
from onrecord.cli.show_article import show_cmd
from onrecord.cli.stats import stats_cmd
from onrecord.cli.verify import verify_cmd
from onrecord.cli.watch import watch_cmd
from onrecord.cli.who import who_cmd

__all__ = ["cli"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="onrecord")
def cli() -> None:
    """Read news and keep the record: who said what.

    Results go to standard output, messages and progress to standard error. Exit codes: 0 done, 1 error, 2 wrong usage,
    3 finished, but some inputs failed, 130 interrupted.
    """


for _command in (
    read_cmd,
    add_cmd,
    watch_cmd,
    who_cmd,
    search_cmd,
    show_cmd,
    cite_cmd,
    entities_cmd,
    stats_cmd,
    events_cmd,
    figures_cmd,
    predictions_cmd,
    export_cmd,
    verify_cmd,
    doctor_cmd,
    backup_cmd,
    forget_cmd,
    reread_cmd,
    evaluate_group,
    demo_cmd,
):
    cli.add_command(_command)
