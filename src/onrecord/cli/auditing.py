"""Clashes judged by hand, one by one or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.formats import library
from onrecord.cli.terminal import complain, count, ending_well
from onrecord.records import InputError, NotFoundError, OutputError

if TYPE_CHECKING:
    from onrecord.evaluation.auditing import Verdicts


def draw(db: Path, number: int, *, seed: int, least: float, output: Path | None) -> None:
    """Draw clashes, and have them judged on the terminal or written to a file."""
    from onrecord.cli.colliding import show_in_full
    from onrecord.cli.terminal import Screen
    from onrecord.evaluation.auditing import Verdicts, as_line, sample
    from onrecord.export.files import new_file

    with library(db) as store:
        if output is not None:
            _keep(output)
        drawn = sample(store, number, seed=seed, least=least)
        if len(drawn) < number:
            complain(f"there are only {count(len(drawn), 'clash', 'clashes')}")
        if output is not None:
            with new_file(output) as out:
                out.write("".join(f"{as_line(one)}\n" for one in drawn).encode("utf-8"))
            click.echo(f"{count(len(drawn), 'clash', 'clashes')} to be judged in {output}: then --judged {output}")
            return
        right = judged = 0
        for place, one in enumerate(drawn, 1):
            show_in_full(Screen(), one, one.clash.id)
            asked = click.prompt(
                f"{place} of {len(drawn)}: a clash? [y, n, s to skip, q to end]",
                type=click.Choice("ynsq"),
                show_choices=False,
            )
            if asked == "q":
                break
            right += asked == "y"
            judged += asked in "yn"
        _tell(Verdicts(right, judged, len(drawn) - judged))


def _keep(output: Path) -> None:
    """Raises OutputError where something is in the file: what was judged by hand is nowhere else."""
    from onrecord.evaluation.auditing import read_verdicts

    if not output.is_file() or not output.stat().st_size:
        return
    try:
        with output.open(encoding="utf-8") as lines:
            judged = read_verdicts(lines, str(output)).judged
    except (OSError, UnicodeDecodeError, InputError):
        judged = 0
    held = f"holds {count(judged, 'verdict')}" if judged else "is there already"
    raise OutputError(output, f"{held}, and would be written over: name another file, or move it away")


def tell_judged(path: Path) -> None:
    """Tell the precision of a file that was judged."""
    from onrecord.evaluation.auditing import read_verdicts

    with ending_well():
        try:
            with path.open(encoding="utf-8") as lines:
                _tell(read_verdicts(lines, str(path)))
        except (OSError, UnicodeDecodeError) as error:
            raise NotFoundError(str(path), f"cannot be read ({error})") from error


def _tell(verdicts: Verdicts) -> None:
    share = verdicts.precision
    if not verdicts.judged:
        complain("none was judged")
        return
    click.echo(
        f"precision {share.value:.3f} (95% interval {share.low:.3f} to {share.high:.3f}): {verdicts.right:,} of "
        f"{verdicts.judged:,} judged, {verdicts.left:,} left"
    )
