"""Statements written with inline marks: ``[source] {cue} <content> (trigger)``; a digit after a mark numbers the statement."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.records import Act, Article, Published, Span, Speaker, Statement

_OPENING = {"[": "source", "{": "cue", "<": "content", "(": "trigger"}
_CLOSING = {"[": "]", "{": "}", "<": ">", "(": ")"}


class Page(NamedTuple):
    article: Article
    statements: tuple[Statement, ...]
    triggers: tuple[Span, ...]


def act(code: str) -> Act:
    return Act(code, "assertive", None, 0.9)


def marked(source: str, *, code: str | None = None, published: str | None = None) -> Page:
    """The article, its statements (the first with the act `code`) and its triggers. Unnumbered marks belong to statement 0."""
    text, spans, opened, at = "", [], [], 0
    while at < len(source):
        c = source[at]
        if c in _OPENING:
            number = int(source[at + 1]) if source[at + 1].isdigit() and c in "[{<" else 0
            at += number != 0
            opened.append((c, number, len(text)))
        elif opened and c == _CLOSING[opened[-1][0]]:
            mark, number, start = opened.pop()
            spans.append((_OPENING[mark], number, Span(start, len(text))))
        else:
            text += c
        at += 1

    def roles(role: str, number: int) -> tuple[Span, ...]:
        return tuple(sorted(s for r, n, s in spans if (r, n) == (role, number)))

    sentences = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\s].*?[.!?][”\"]?(?=\s|$)", text, re.DOTALL))
    day = Published(published, "given") if published else None
    article = Article(id="art-1", text=text, paragraphs=(Span(0, len(text)),), sentences=sentences, published=day)
    numbers = sorted({n for role, n, _ in spans if role == "cue"})
    statements = tuple(
        Statement(
            f"s{n}", "indirect", roles("source", n), roles("cue", n), roles("content", n), Speaker(None), None, 0.9,
            act=act(code) if code and n == numbers[0] else None,
        )
        for n in numbers
    )  # fmt: skip
    return Page(article, statements, tuple(s for role, _, s in spans if role == "trigger"))
