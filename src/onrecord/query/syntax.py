"""What people type into a search, made into a full-text expression that never fails, and what of a text it matches.

    flood relief            both words
    "flood relief"          one after the other
    evacuat*                words that begin so
    flood OR drought        either; OR binds less than the words beside it
    flood NOT relief        the first without the second
    speaker:rondal          in a field: speaker (as printed), content, target, source; a phrase may follow: target:"the board"

Everything else is words: hyphens, apostrophes, brackets and lone quotation marks can be typed as they come. A word with a mark
inside ("cease-fire") is its parts in a row, as the index has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from onrecord.records import MalformedError, Span
from onrecord.store.folding import Token, tokens

FIELDS: Final = ("content", "speaker", "target", "source")
LONGEST, MOST_TERMS = 1_000, 32
"""Characters and terms of a query that are read; what comes after them is not."""

# They stand in nearly every statement and tell nothing alone; looking through all that hold them would take most of the time.
EMPTY_WORDS: Final = frozenset(
    "a an and are as at be but by for from had has have he her his i in is it its not of on or she that the their they this to "
    "was we were which who will with would you".split()
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_PART = re.compile(r"(?:(?P<field>[A-Za-z]+):)?(?:\"(?P<phrase>[^\"]*)\"|(?P<word>[^\s\"]+))")


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, folded; the last may be the beginning of a word. `field`: one of FIELDS, else any."""

    words: tuple[str, ...]
    prefix: bool = False
    field: str | None = None

    def expression(self) -> str:
        """As FTS5 reads it. Words are letters and digits, so that in quotation marks nothing of them is syntax."""
        phrase = f'"{" ".join(self.words)}"' + ("*" if self.prefix else "")
        return f"{self.field} : {phrase}" if self.field else phrase

    def found(self, text: list[Token]) -> Iterator[Span]:
        """Where the words stand among the tokens of a text."""
        size = len(self.words)
        for k in range(len(text) - size + 1):
            if text[k].word == self.words[0] or (size == 1 and self.prefix and text[k].word.startswith(self.words[0])):
                here = [t.word for t in text[k : k + size]]
                last = here[-1].startswith(self.words[-1]) if self.prefix else here[-1] == self.words[-1]
                if last and here[:-1] == list(self.words[:-1]):
                    yield Span(text[k].start, text[k + size - 1].end)


@dataclass(frozen=True, slots=True)
class Clause:
    """All of `wanted` and none of `unwanted`; at least one is wanted."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    def expression(self) -> str:
        wanted = " AND ".join(term.expression() for term in self.wanted)
        if not self.unwanted:
            return f"({wanted})"
        return f"(({wanted}) NOT ({' OR '.join(term.expression() for term in self.unwanted)}))"


@dataclass(frozen=True, slots=True)
class Query:
    """A search as read: any of its clauses. Without clauses it asks for nothing in particular. `without`: whether a clause was
    left out because it tells only what must not be there, which no index answers.
    """

    clauses: tuple[Clause, ...] = ()
    without: bool = False

    @property
    def expression(self) -> str:
        """As FTS5 reads it."""
        return " OR ".join(clause.expression() for clause in self.clauses)

    @property
    def some(self) -> str:
        """The same for any of the words wanted."""
        return " OR ".join(dict.fromkeys(t.expression() for clause in self.clauses for t in clause.wanted))

    @property
    def words(self) -> str:
        """The words wanted, as a text whose meaning can be told."""
        return " ".join(" ".join(t.words) for clause in self.clauses for t in clause.wanted)

    @property
    def binding(self) -> bool:
        """Whether it names fields, or words that must not be there: what only means the same fulfils neither."""
        return any(c.unwanted or any(t.field for t in c.wanted) for c in self.clauses)

    def matches(self, text: str, within: Iterable[Span], fields: tuple[str, ...]) -> tuple[Span, ...]:
        """Where the wanted words that may stand in one of `fields` stand in `text`, `within` some of its spans; in order."""
        terms = {t for c in self.clauses for t in c.wanted if t.field is None or t.field in fields}
        found = set[Span]()
        for span in within:
            pieces = [Token(t.word, t.start + span.start, t.end + span.start) for t in tokens(span.of(text))]
            found.update(place for term in terms for place in term.found(pieces))
        return tuple(_merged(sorted(found)))


def read_query(typed: str) -> Query:
    """What was typed, whatever it is."""
    groups, negated = [(list[Term](), list[Term]())], False
    for part in _parts(typed):
        if part == "OR":
            groups.append(([], []))
            negated = False
        elif isinstance(part, str):
            negated = part == "NOT"
        else:
            groups[-1][negated].append(part)
            negated = False
    clauses = [_clause(wanted, unwanted) for wanted, unwanted in groups if wanted]
    return Query(tuple(clauses), any(unwanted and not wanted for wanted, unwanted in groups))


def read_search(typed: str) -> Query:
    """The same for who looks for statements. Raises MalformedError where a part tells only what must not be there."""
    query = read_query(typed)
    if query.without:
        raise MalformedError(
            "query", "NOT leaves out of what is found: say before it what to look for (flood NOT relief)"
        )
    return query


def phrase(text: str) -> str:
    """A full-text expression: the words of a text in a row."""
    return Term(tuple(t.word for t in tokens(text))).expression()


def _clause(wanted: list[Term], unwanted: list[Term]) -> Clause:
    """Without words that tell nothing, unless there are no others."""
    telling = [t for t in wanted if len(t.words) > 1 or t.prefix or t.field or t.words[0] not in EMPTY_WORDS]
    return Clause(tuple(dict.fromkeys(telling or wanted)), tuple(dict.fromkeys(unwanted)))


def _parts(typed: str) -> Iterator[Term | str]:
    """Terms, and the operators OR, AND and NOT between them."""
    terms = 0
    for part in _PART.finditer(typed[:LONGEST].translate(_QUOTES)):
        field, word = part["field"], part["word"]
        if word in ("OR", "AND", "NOT") and not field:
            yield word
            continue
        known = field.lower() if field and field.lower() in FIELDS else None
        # What only looks like a field ("note:this") is a word.
        said = part["phrase"] if word is None else word
        words = tuple(t.word for t in tokens(said if known or not field else f"{field} {said}"))
        if words and (terms := terms + 1) <= MOST_TERMS:
            yield Term(words, prefix=bool(word) and word.endswith("*"), field=known)


def _merged(spans: list[Span]) -> Iterator[Span]:
    """Those that overlap as one."""
    last: Span | None = None
    for span in spans:
        if last is not None and span.start < last.end:
            last = Span(last.start, max(last.end, span.end))
        else:
            if last is not None:
                yield last
            last = span
    if last is not None:
        yield last
