"""Clashes judged by hand, one by one or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.formats import library
from onrecord.cli.terminal import complain, count, ending_well
from onrecord.records import NotFoundError, OutputError

if TYPE_CHECKING:
    from onrecord.evaluation.auditing import Verdicts


def draw(db: Path, number: int, *, seed: int, least: float, output: Path | None) -> None:
    """Draw clashes, and have them judged on the terminal or written to a file."""
    from onrecord.cli.colliding import show_in_full
    from onrecord.cli.terminal import Page
    from onrecord.evaluation.auditing import Verdicts, as_line, sample

    with library(db) as store:
        drawn = sample(store, number, seed=seed, least=least)
        if len(drawn) < number:
            complain(f"there are only {count(len(drawn), 'clash', 'clashes')}")
        if output is not None:
            try:
                output.write_text("".join(f"{as_line(one)}\n" for one in drawn), encoding="utf-8")
            except OSError as error:
                raise OutputError(output, error.strerror or str(error)) from error
            click.echo(f"{count(len(drawn), 'clash', 'clashes')} to be judged in {output}: then --judged {output}")
            return
        right = judged = 0
        for place, one in enumerate(drawn, 1):
            show_in_full(Page(), one, one.clash.id)
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
