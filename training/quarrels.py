"""Articles written for this project as lists of statements, with the pairs that clash: `labels/quarrels.txt`.

A matter is a block of lines: ``# matter`` where several articles tell of it, then for each article ``@ PLACE | date | headline``
(an outlet may follow) and its statements ``n | source | speaker | cue | content | act | target``, numbered through the matter;
then ``! a b kind`` for each pair that clashes. All other pairs of the block do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.evaluation.labels import NOBODY
from onrecord.evaluation.matching import Roles
from onrecord.records import Span

PARTS = 7


@dataclass(frozen=True)
class GoldStatement:
    """A statement: who says it by which words, and what."""

    source: str
    speaker: str | None
    cue: str
    content: str
    act: str
    target: str | None


@dataclass(frozen=True)
class Piece:
    """An article: when it was printed, its headline, and its statements by number."""

    published: str
    headline: str
    statements: dict[int, GoldStatement]

    def laid_out(self) -> tuple[str, list[Roles]]:
        """A text of one paragraph a statement, and where the parts of each stand."""
        text, roles = "", []
        for told in self.statements.values():
            text += "\n\n" if text else ""
            spans: list[tuple[Span, ...]] = []
            for words in (told.source[:1].upper() + told.source[1:], told.cue, told.content):
                if words == NOBODY:
                    spans.append(())
                    continue
                spans.append((Span(len(text), len(text) + len(words)),))
                text += f"{words} "
            text = text[:-1] + ("" if text[-2] in ".!?" else ".")
            roles.append(Roles(*spans))
        return text, roles


@dataclass(frozen=True)
class Quarrel:
    """A matter: its articles, and the kind of each clash by the numbers of its two statements."""

    pieces: tuple[Piece, ...]
    clashes: dict[tuple[int, int], str]


def load_quarrels(path: Path) -> list[Quarrel]:
    """The matters of a file. Raises ValueError with the line where it is not of the format."""
    return [_quarrel(block) for block in _blocks(path) if any(line.startswith("@") for _, line in block)]


def _blocks(path: Path) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for n, line in enumerate([*path.read_text(encoding="utf8").splitlines(), ""], 1):
        if line.strip():
            block.append((n, line.strip()))
        elif block:
            yield block
            block = []


def _quarrel(block: list[tuple[int, str]]) -> Quarrel:
    pieces: list[Piece] = []
    clashes: dict[tuple[int, int], str] = {}
    for n, line in block:
        parts = [p.strip() for p in line.lstrip("#@!").split(" | ")]
        try:
            if line.startswith("@"):
                _, published, headline, *_ = parts
                pieces.append(Piece(published, headline, {}))
            elif line.startswith("!"):
                a, b, kind = parts[0].split()[:3]
                clashes[int(a), int(b)] = kind
            elif not line.startswith("#"):
                number, source, speaker, cue, content, act, target = parts
                pieces[-1].statements[int(number)] = GoldStatement(
                    source, _known(speaker), cue, content, act, _known(target)
                )
        except (ValueError, IndexError) as error:
            raise ValueError(f"line {n}: {line[:60]!r} is not of the format ({error})") from error
    told = {number for p in pieces for number in p.statements}
    if unknown := [pair for pair in clashes if not set(pair) <= told]:
        raise ValueError(f"line {block[0][0]}: no statements {unknown}")
    return Quarrel(tuple(pieces), clashes)


def _known(name: str) -> str | None:
    return None if name == NOBODY else name
