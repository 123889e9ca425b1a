"""How tables tell a statement: who, when, what words, and where it can be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.table import Table
from rich.text import Text

from onrecord.cli.formats import Column
from onrecord.cli.marks import SAID_AS, STYLES
from onrecord.cli.terminal import count, one_line
from onrecord.query.bare import cue_before
from onrecord.query.days import in_words
from onrecord.query.pages import Against, ArticleRef, Choice, Said, Utterance

WITHDRAWN = "red"
NARROW = 22
"""Columns of a terminal for a name of no great matter."""
MOST_WORDS = 240
"""Characters of what was said that a table shows: four lines or so."""
EVEN, DOUBTFUL = 0.5, 0.6
"""Chances of a speaker below which another is likelier, and below which lists tell them beside the name."""
MOST_CHANGES = 5
"""Printings with other words that are shown of one utterance; the others are counted."""

UTTERANCE_COLUMNS: tuple[Column[Utterance], ...] = (
    Column("day", lambda u: u.said.told_day),
    Column("speaker", lambda u: u.said.speaker),
    Column("speaker_score", lambda u: u.said.speaker_score),
    Column("told_by", lambda u: "; ".join(u.said.told_by) or None),
    Column("act", lambda u: u.said.act),
    Column("target", lambda u: u.said.target.name if u.said.target else None),
    Column("cue", lambda u: one_line(u.said.cue)),
    Column("words", lambda u: one_line(u.said.content)),
    Column("form", lambda u: u.said.form),
    Column("outlet", lambda u: u.said.article.outlet),
    Column("title", lambda u: u.said.article.title),
    Column("published", lambda u: u.said.article.published),
    Column("url", lambda u: u.said.article.url),
    Column("printed", lambda u: u.printed),
    Column("outlets", lambda u: u.outlets),
    Column("sources", lambda u: u.sources),
    Column("first", lambda u: u.first.outlet),
    Column("altered", lambda u: "; ".join(changes(u))),
    Column("turns_from", lambda u: " ".join(a.statement or a.clash for a in u.against)),
    Column("standing", lambda u: u.said.standing),
    Column("score", lambda u: u.said.score),
    Column("statement", lambda u: u.said.id),
    Column("article", lambda u: u.said.article.id),
)


def grid(*columns: str) -> Table:
    """A table without lines, headed in bold. A column whose name ends with ">" is set right; with "*" it takes the room that is
    left and is cut there; with "+" it takes it and goes on below; with "~" it is narrow and goes on below.
    """
    wide = any(column[-1:] in "*+" for column in columns)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", expand=wide)
    for column in columns:
        name, how = column.rstrip(">*+~"), column[-1:]
        table.add_column(
            name,
            justify="right" if how == ">" else "left",
            ratio=1 if how in "*+" else None,
            max_width=NARROW if how == "~" else None,
            no_wrap=how not in "+~",
            overflow="fold" if how in "+~" else "ellipsis",
        )
    return table


def head_of(choice: Choice) -> Text:
    """Somebody in a line: name, what they are, and the id to ask for them by."""
    facts = [choice.kind, *choice.roles[:2], *([choice.country] if choice.country else []), choice.identity]
    return Text.assemble((one_line(choice.name), "bold"), "  ", (one_line(" · ".join(facts)), "dim"))


def words(said: Said) -> Text:
    """What was said, in its colour, behind its cue where it would read otherwise without; red if it was withdrawn."""
    content = one_line(said.content)
    if len(content) > MOST_WORDS:
        content = content[:MOST_WORDS].rsplit(" ", 1)[0] + " …"
    text = cue_of(said) + Text(content or "(its words are not here)", STYLES["content"] if said.content else "dim")
    if said.standing == "withdrawn":
        text.stylize("strike " + WITHDRAWN)
    return text


def cue_of(said: Said) -> Text:
    """The cue and a space, where the words alone would read otherwise than they were meant; else nothing."""
    cue = cue_before(said.form, said.act, said.cue, said.content)
    return Text(f"{one_line(cue)} " if cue else "", STYLES["cue"])


def speaker(said: Said) -> Text:
    """Who said it; the printed source in brackets where nobody can be told."""
    if said.speaker:
        name = Text(one_line(said.speaker), STYLES["source"])
        doubtful = said.speaker_score is not None and said.speaker_score < DOUBTFUL
        return Text.assemble(name, " ", sure(said.speaker_score)) if doubtful else name
    if said.speaker_kind == "author":
        return Text("the writer", "italic dim")
    return Text(f"({one_line(said.source)})" if said.source else "not told", SAID_AS)


def sure(score: float | None) -> Text:
    """The chance that it is this speaker, in red where another is likelier; nothing where there is none."""
    return Text(
        "" if score is None else f"{score:.2f}",
        "not bold red" if score is not None and score < EVEN else "not bold dim",
    )


def day_of(said: Said) -> str:
    """When it was said, in words where that is no day; nothing where no day is known."""
    return in_words(said.told_day) if said.told_day else ""


def act(said: Said) -> Text:
    """The act's code, else the words that tell that something was said."""
    return Text(said.act or one_line(said.cue), STYLES["cue"])


def publisher(article: ArticleRef) -> str:
    """Who printed an article: the outlet, else the agency whose own dispatch it is, else what its source calls it."""
    return one_line(article.outlet or article.agency or article.source_id or "–")


def printed_by(utterance: Utterance) -> Text:
    """The outlet, and how many others, told from independent ones: "Halyard +33 (2 sources)"."""
    name = publisher(utterance.said.article)
    more = utterance.printed - 1
    return Text.assemble(name, (f" +{more:,} ({count(utterance.sources, 'source')})" if more else "", "dim"))


def changes(utterance: Utterance) -> Iterator[str]:
    """What some printings have instead of the words of the first, and which were withdrawn."""
    for printing in utterance.appearances:
        where = " ".join(filter(None, [publisher(printing.article), printing.article.published]))
        if printing.altered:
            yield f"{where} prints {_altered(printing.altered)}"
        if printing.standing == "withdrawn":
            yield f"{where} was withdrawn"


def told_by_lines(said: Said) -> list[Text]:
    """By whom the article has it, a line each, where the statement stands inside another's; its sentence, where its words alone
    do not tell what they are about.
    """
    told = [Text(f"↳ as told by {one_line(who)}", "yellow") for who in said.told_by]
    return [*told, *([Text(f"↳ in: {one_line(said.sentence)}", "dim")] if said.sentence else [])]


def change_lines(utterance: Utterance) -> list[Text]:
    """The changes as lines below an entry, and which printing was the first where that is not the one shown."""
    first = utterance.first
    told = list[Text]()
    if first.id != utterance.said.article.id:
        where = " ".join(filter(None, [publisher(first), first.published]))
        told.append(Text(f"↳ first printed by {one_line(where)}", "dim"))
    told += [Text(f"↳ {one_line(change)}", "yellow") for change in changes(utterance)]
    if len(told) > MOST_CHANGES:
        told[MOST_CHANGES:] = [Text(f"↳ and {len(told) - MOST_CHANGES:,} more", "yellow")]
    return told


def chance(score: float | None) -> str:
    """A clash's score as it is told; one that stands by a human's word has none."""
    return "by review" if score is None else f"{score:.2f}"


def against_lines(found: Iterable[Against], how: str) -> list[Text]:
    """What stands against an entry, a line each. `how`: as in "differs from"."""
    told = []
    for one in found:
        who = f"{one.speaker}: " if one.speaker else ""
        where = " ".join(filter(None, [publisher(one.article), one.day]))
        line = Text.assemble(("⇄ ", "bold red"), (f"{how} {where}  ", "red"), one_line(f"{who}{one.cue} {one.words}"))
        line.append(f"  {chance(one.score)} · {one.clash}", "dim")
        told.append(line)
    return told


def _altered(altered: Iterable[tuple[str, str]]) -> str:
    return ", ".join(
        f"“{after}” for “{before}”" if before and after else f"“{after}” more" if after else f"without “{before}”"
        for before, after in altered
    )
