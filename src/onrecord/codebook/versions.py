"""What a paper tells of its own earlier printing: "An earlier version of this article said that twelve people died."

It is nobody's account of the matter: what was printed is taken back. In a note that corrects ("Correction: This article gave the
toll as twelve. It is eleven.") a sentence of what the article said is so whatever its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from onrecord.records import Article, Span, Statement

_PIECE = r"article|story|report|post|page|piece|dispatch|bulletin|item|column|headline|caption|live ?blog"
_VERSION = r"(?:earlier|previous|original|first|initial)"
_EARLIER = re.compile(
    rf"(?:an?|the) {_VERSION} versions? of (?:this|the|our) (?:\w+ )?(?:{_PIECE})"
    r"|(?:an?|the) (?:earlier|previous|original) version"
    rf"|(?:this|the) (?:{_PIECE}) (?:originally|previously|initially|first|earlier)",
    re.IGNORECASE,
)
_LABEL = (
    r"[*•_\s]{0,4}(?:(?:a )?corrections?|corrected|clarifications?|amendments?|errat(?:um|a)|editor(?:['’]?s|s['’])? notes?)\b"
    r"(?:,? \(?[A-Z][\w.]{2,8} \d{1,2}(?:, \d{4})?\)?|,? \(?\d{1,2} [A-Z][\w.]{2,8}(?: \d{4})?\)?)?"
)
_AMENDED = (
    rf"[*•_\s]{{0,4}}(?:this (?:\w+ )?(?:{_PIECE})|the (?:article|story|headline)) (?:was|has been) (?:\w+ly )?"
    r"(?:amended|corrected|updated|edited|changed|revised)\b"
)
_NOTE = re.compile(rf"{_LABEL}\s?[:.—–-]\s|{_AMENDED}", re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"{_LABEL}\s?[:.—–-]?\s*", re.IGNORECASE)
_PRINTED = re.compile(
    rf"(?:{_LABEL}\s?[:.—–-]\s+)?(?:(?:because|as a result|owing|due)\b[^,.]{{1,60}}, )?"
    rf"(?:an?|the|this|our) (?:[\w’'-]+ ){{0,2}}?(?:versions?|original|{_PIECE})\b"
    rf"(?: (?:of|on|in|to|for|with)\b[^,.;]{{0,60}}?\b(?:{_PIECE}))?"
    r"(?:,? (?:published|posted|printed)\b[^,.;]{0,40},)?"
    r" (?!(?:was|were|has|have|is|are) )",
    re.IGNORECASE,
)
_SET_RIGHT = re.compile(
    r";|\b(?:in (?:actual )?fact|in reality|actually|whereas|instead of|rather than|but|not)\b", re.IGNORECASE
)
"""After these a sentence of what was printed tells how it is."""
_PUT_ASIDE: Final = re.compile(
    r"\b(?:not|rather than|instead of) (?:(?:to|at|of|by|in|for|as) )?(?:the )?(?:\w+ ){0,2}$", re.IGNORECASE
)
_BEFORE = 40


def is_earlier_version(text: str, source: Iterable[Span]) -> bool:
    """Whether a statement's source is the paper's own earlier printing."""
    return any(_EARLIER.fullmatch(" ".join(span.of(text).split())) for span in source)


def notes_of(article: Article) -> list[Span]:
    """The paragraphs in which a paper corrects itself."""
    found, text, labelled = list[Span](), article.text, False
    for paragraph in article.paragraphs:
        words = paragraph.of(text)
        if labelled or _NOTE.match(words):
            found.append(paragraph)
        labelled = _LABEL_ALONE.fullmatch(words) is not None
    return found


class TakenBack:
    """What an article takes back of its own earlier printing."""

    def __init__(self, article: Article, statements: Iterable[Statement]) -> None:
        self._text, self._notes = article.text, notes_of(article)
        self._printed = [
            scope for note in self._notes for s in article.sentences if note.holds(s) for scope in self._scope(s)
        ]
        told = tuple(statements)
        own = {s.id for s in told if self._is_printing(s)}
        # Whom the earlier printing let speak said no such thing.
        inner = {s.id: s.inside for s in told}
        self.statements: Final = frozenset(s.id for s in told if not own.isdisjoint(_around(s.id, inner)))

    def figure(self, span: Span) -> bool:
        """Whether a number is one that a note says was printed, or is not so."""
        if any(scope.holds(span) for scope in self._printed):
            return True
        before = self._text[max(0, span.start - _BEFORE) : span.start]
        return any(note.holds(span) for note in self._notes) and _PUT_ASIDE.search(before) is not None

    def _is_printing(self, statement: Statement) -> bool:
        return is_earlier_version(self._text, statement.source) or any(
            scope.holds(cue) for scope in self._printed for cue in statement.cue[:1]
        )

    def _scope(self, sentence: Span) -> Iterator[Span]:
        opened = _PRINTED.match(self._text, sentence.start, sentence.end)
        if opened is not None:
            turn = _SET_RIGHT.search(self._text, opened.end(), sentence.end)
            yield Span(sentence.start, turn.start() if turn else sentence.end)


def _around(statement: str | None, inner: dict[str, str | None]) -> Iterator[str]:
    while statement is not None:
        yield statement
        statement = inner.get(statement)
