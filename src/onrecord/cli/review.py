"""``onrecord review``: a human's verdict on a clash."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.formats import db_option, library
from onrecord.cli.terminal import complain, ending_well


@click.command("review")
@click.argument("clash", required=False)
@click.option("--accept", is_flag=True, help="It is one.")
@click.option("--reject", is_flag=True, help="It is none.")
@click.option("--note", metavar="TEXT", help="Why, kept with the verdict.")
@click.option("--by", metavar="WHO", help="Who says so, kept with the verdict.")
@click.option("--undo", metavar="DECISION", help="Let a verdict hold no longer.")
@db_option
def review_cmd(
    clash: str | None, accept: bool, reject: bool, note: str | None, by: str | None, undo: str | None, db: Path
) -> None:
    """Keep your verdict on CLASH, an id or the beginning of one, as `onrecord clashes` lists it.

    The verdict is kept with the words of both sides. Later readings respect it: a clash that was rejected is left out of
    answers, one that was accepted stays even where nothing finds it any more. Exports carry it. It holds until it is undone.
    """
    if (clash is None) == (undo is None) or accept + reject != (clash is not None):
        raise click.UsageError("Give CLASH with --accept or --reject, or --undo with the id of a decision.")
    from onrecord.store import Store, Writer

    with library(db) as store:  # a name that is none makes no store
        judged = store.clash(clash).clash if clash is not None else None
    with ending_well(), Store.open(db, write=True) as opened, Writer(opened) as writer:
        if undo is not None:
            writer.undo(undo)
            click.echo(f"{undo} holds no longer")
        elif judged is not None:
            id_ = writer.review(judged.id, verdict := "accepted" if accept else "rejected", note=note, by=by)
            click.echo(f"{judged.id} is {verdict}: {id_} (--undo {id_} takes it back)")
            if (before := judged.review) is not None and before.decision != id_:
                told = f": {before.note}" if before.note else ""
                complain(
                    f"it was {before.verdict} on {before.made[:10]}{told} ({before.decision}), which holds no more"
                )
