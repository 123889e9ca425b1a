"""``onrecord correct``: a human's word on a statement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from onrecord.cli.formats import db_option, library
from onrecord.cli.terminal import ending_well, one_line
from onrecord.records import EntityKind, NoSpeaker

if TYPE_CHECKING:
    from onrecord.query.decisions import Kind
    from onrecord.records import Record
    from onrecord.store import Change

KINDS = (*get_args(EntityKind), "description")


@click.command("correct")
@click.argument("statement", required=False)
@click.option("--speaker", "speakers", metavar="NAME", multiple=True, help="NAME says it; repeated: several together.")
@click.option("--writer", is_flag=True, help="The article's own writer says it.")
@click.option("--nobody", type=click.Choice(get_args(NoSpeaker)), help="It is not told who says it, and why not.")
@click.option("--act", metavar="CODE", help='What the speaker does by it (docs/wire.md); "none": it is no act.')
@click.option("--target", metavar="NAME", help="At whom it is aimed.")
@click.option("--no-target", is_flag=True, help="It is aimed at nobody.")
@click.option("--accept", "verdict", flag_value="accepted", help="It is a statement, with these words.")
@click.option("--reject", "verdict", flag_value="rejected", help="It is none.")
@click.option("--is", "kind", type=click.Choice(KINDS), help="What NAME is, where the article was not read to name it.")
@click.option("--printings", is_flag=True, help="The same of it in other articles, where they print the names.")
@click.option("--note", metavar="TEXT", help="Why, kept with the correction.")
@click.option("--by", metavar="WHO", help="Who says so, kept with the correction.")
@click.option("--undo", metavar="DECISION", help="Let a correction hold no longer.")
@db_option
def correct_cmd(
    statement: str | None,
    speakers: tuple[str, ...],
    writer: bool,
    nobody: NoSpeaker | None,
    act: str | None,
    target: str | None,
    no_target: bool,
    verdict: str | None,
    kind: Kind | None,
    printings: bool,
    note: str | None,
    by: str | None,
    undo: str | None,
    db: Path,
) -> None:
    """Correct STATEMENT, an id or the beginning of one: its speaker, its act, its target, or whether it is one at all.

    NAME is a name or an alias that the article prints, or the id of one of its entities; of other words say with --is what they
    name. Several corrections may be given at once.

    They are kept with the words that they are about. Every answer and export has them, with what was read beside them; they hold
    for whatever is read there later, until they are undone. `onrecord decisions` lists them.
    """
    told = [bool(speakers), writer, bool(nobody)].count(True), [bool(target), no_target].count(True)
    asked = any((*told, act, verdict))
    if (statement is None) == (undo is None) or (statement is None) == asked or max(told) > 1:
        raise click.UsageError("Give STATEMENT with what is so (one speaker, one target), or --undo with a decision.")
    from onrecord.query.decisions import everywhere, reading_of
    from onrecord.store import Store, Writer

    with library(db) as store:  # a name that is none makes no store
        said: list[tuple[str, Change]] = []
        if statement is not None:
            id_, reading = reading_of(store, statement)
            targets = (target,) if target else ()
            changes = _changes(reading, speakers, writer, nobody, act, targets, no_target, verdict, kind)
            said = everywhere(store, id_, changes) if printings else [(id_, change) for change in changes]
    with ending_well(), Store.open(db, write=True) as opened, Writer(opened) as editor:
        if undo is not None:
            editor.undo(undo)
            click.echo(f"{undo} holds no longer")
        for statement, change in said:
            id_ = editor.correct(statement, change, note=note, by=by)
            click.echo(one_line(f"{statement}: {_told(change)}: {id_} (--undo {id_} takes it back)"))


def _changes(
    reading: Record,
    speakers: tuple[str, ...],
    writer: bool,
    nobody: NoSpeaker | None,
    act: str | None,
    targets: tuple[str, ...],
    no_target: bool,
    verdict: str | None,
    kind: Kind | None,
) -> list[Change]:
    from onrecord.query.decisions import named
    from onrecord.store import AimedAt, Does, SpokenBy, Stands

    changes: list[Change] = []
    if verdict is not None:
        changes.append(Stands(verdict == "accepted"))
    if speakers or writer or nobody:
        changes.append(SpokenBy(named(reading, speakers, kind), nobody))
    if act is not None:
        changes.append(Does(None if act == "none" else act))
    if targets or no_target:
        changes.append(AimedAt(next(iter(named(reading, targets, kind)), None)))
    return changes


def _told(change: Change) -> str:
    from onrecord.store import AimedAt, Does, SpokenBy

    if isinstance(change, SpokenBy):
        return "said by " + (" + ".join(one.name for one in change.who) or change.reason or "the writer")
    if isinstance(change, Does):
        return f"act {change.act or 'none'}"
    if isinstance(change, AimedAt):
        return f"aimed at {change.who.name if change.who else 'nobody'}"
    return "a statement" if change.right else "no statement"
