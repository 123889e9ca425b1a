"""``onrecord backup``: a whole copy of a store."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.formats import db_option
from onrecord.cli.terminal import ending_well


@click.command("backup")
@click.argument("dest", type=click.Path(path_type=Path))
@db_option
def backup_cmd(dest: Path, db: Path) -> None:
    """Copy the store to the new file DEST, whoever writes meanwhile, and prove that the copy is whole.

    DEST may be a folder: the copy then has the store's name. A file that is there already is never written over. A store that an
    older onrecord wrote is copied as it is.
    """
    from onrecord.store import Store, backup

    to = dest / db.name if dest.is_dir() else dest
    with ending_well():
        with Store.open(db, older=True) as store:
            backup(store, to)
        click.echo(f"{to}: a whole copy of {db}, {to.stat().st_size / 1e6:,.1f} MB")
