"""``onrecord evaluate``: how good the model is, by the rules that others measure theirs with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from onrecord.cli.auditing import draw, tell_judged
from onrecord.cli.formats import db_option
from onrecord.cli.reading import UnreadInput, load_reader, read_documents
from onrecord.cli.terminal import Progression, complain, ending_well, exit_code
from onrecord.records import RawDocument, Record

if TYPE_CHECKING:
    from onrecord.evaluation import Scores

Format = Literal["pretty", "json"]
_format = click.option(
    "--format", "form", type=click.Choice(["pretty", "json"]), default="pretty", show_default=True, help="How to write."
)


@click.group("evaluate", invoke_without_command=True)
@click.option(
    "--audit", type=click.IntRange(1), metavar="N", help="Draw N clashes of a store at random, to be judged by hand."
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Of --audit: the same seed draws the same clashes."
)
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.0, metavar="SCORE", help="Of --audit: with at least this score."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Of --audit: write them to FILE, a new one, to be judged there.",
)
@click.option("--judged", metavar="FILE", type=click.Path(path_type=Path), help="Tell the precision of such a FILE.")
@db_option
@click.pass_context
def evaluate_group(
    context: click.Context,
    audit: int | None,
    seed: int,
    least: float,
    output: Path | None,
    judged: Path | None,
    db: Path,
) -> None:
    """Measure the model on gold attributions, or by hand.

    The corpora are not part of onrecord; the articles are read anew by the weights that are installed, unless their records
    are given.

    --audit shows clashes of a store one by one and asks whether each is one; or writes them to FILE, a line each, in which
    `verdict` is to become true or false, and --judged reads it. Either way precision is told with its interval (Wilson's, 95%).
    """
    if context.invoked_subcommand is not None:
        return
    if (audit is None) == (judged is None):
        raise click.UsageError("Give a corpus' command, or --audit or --judged.")
    if judged is not None:
        tell_judged(judged)
    else:
        draw(db, audit or 1, seed=seed, least=least, output=output)


@evaluate_group.command("polnear")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--labels",
    metavar="TSV",
    type=click.Path(path_type=Path),
    help="Speakers, acts, targets and clashes of the attributions.",
)
@_format
def polnear_cmd(directory: Path, labels: Path | None, form: Format) -> None:
    """Score on DIR, a split of PolNeAR (a folder with text/ and attributions/)."""
    from onrecord.evaluation import evaluate_polnear, polnear_documents

    with ending_well():
        documents = polnear_documents(directory)
        code = _measure(documents, lambda records: evaluate_polnear(directory, records, labels=labels), form)
    click.get_current_context().exit(code)


@evaluate_group.command("cofenet")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@_format
def cofenet_cmd(file: Path, form: Format) -> None:
    """Score on FILE, sequences as CofeNet has them, by its rule: exact spans of each role."""
    from onrecord.evaluation import cofenet_documents, evaluate_cofenet

    with ending_well():
        code = _measure(cofenet_documents(file), lambda records: evaluate_cofenet(file, records), form)
    click.get_current_context().exit(code)


@evaluate_group.command("corpus")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--records",
    metavar="NDJSON",
    type=click.Path(path_type=Path),
    help="Score these records of DIR's articles, as `read` or a store's export writes them, and read nothing anew.",
)
@_format
def corpus_cmd(directory: Path, records: Path | None, form: Format) -> None:
    """Score on DIR, invented articles with complete gold (a folder with articles/ and gold/)."""
    from onrecord.evaluation import corpus_documents, evaluate_corpus, read_records

    with ending_well():
        if records is not None:
            code = _show(evaluate_corpus(directory, read_records(records)), form)
        else:
            code = _measure(corpus_documents(directory), lambda found: evaluate_corpus(directory, found), form)
    click.get_current_context().exit(code)


def _measure(
    documents: Iterable[RawDocument],
    score: Callable[[Iterable[Record]], Scores],
    form: Format,
) -> int:
    """Read, score and show. A document that fails is told, and counts as one in which nothing was found."""
    corpus = list(documents)  # before the model is loaded: a folder that is not there is told at once
    records, failed = [], 0
    with Progression(wanted=True) as progression:
        for outcome in read_documents(load_reader(), corpus):
            if isinstance(outcome, UnreadInput):
                complain(f"{outcome.origin}: {outcome.reason}")
                failed += 1
            else:
                progression.saw(outcome)
                records.append(outcome)
    _show(score(records), form)
    return exit_code(len(records), failed)


def _show(scores: Scores, form: Format) -> int:
    from onrecord.evaluation import as_dict, as_table

    click.echo(json.dumps(as_dict(scores), indent=2) if form == "json" else as_table(scores))
    return 0
