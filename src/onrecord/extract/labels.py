"""Who speaks by a label: the turns of transcripts, and a name right beside a quotation.

"MS LANE: We will not pay." in a text of such turns; "Ada Lane: “We will not pay.”" anywhere. Its cue is the colon or dash; of a
turn under a line that is nothing but its speaker's name, that name, and it has no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.analysis import Analysis
from onrecord.extract.announcing import announced, resumed
from onrecord.extract.attribution import Attribution
from onrecord.extract.boundaries import Marks, marks_of
from onrecord.extract.page import Page, PageStatement, Thing
from onrecord.extract.scoring import PLAIN
from onrecord.extract.statements import UNASKED, parents_of
from onrecord.extract.turns import ANSWERS, ASKS, BRACKETS, exchange, is_label_cue, key_of, turns_of
from onrecord.extract.voices import SPEAKING, voices
from onrecord.records import Article, Mention, Span, Statement, statement_id

_GOES_ON = re.compile(r",| (?:of|for|from|at|to) ")
"""What follows whom a label names, and tells more of him: "Ada Lane, Quay Bank", "Ada Lane of Quay Bank"."""
_ASKER = re.compile(
    r"\b(?:[Hh]e|[Ss]he) (?:[a-z]+ )?(?:spoke|speaks|talked|talks|sat down) (?:to|with) $"
    r"|\b(?:[Ii]nterview(?:ed)?|[Ww]ords|[Rr]eporting) by $"
)
"""What stands before the name of who asks in an interview."""
_TOLD = r"said|says|asked|asks|replied|answered|shouted|yelled|wrote|whispered|told (?:me|him|her|us|them)"
_QUOTING = re.compile(
    rf"\b(?P<source>I|[Hh]e|[Ss]he|[Ww]e|[Tt]hey) (?:(?:[a-z]+ ){{1,6}}and )?(?:just |then )?(?P<cue>{_TOLD})[,:] "
    r"(?P<content>(?:‘[^‘’\n]*(?:\b’\b[^‘’\n]*)*[,.?!…—–]’|'[^'\n]*(?:\b'\b[^'\n]*)*[,.?!…—–]'))(?!\w)"
)
"""Somebody's words within those of another: "“He said, ‘Go,’ and I went.”"."""


def with_labels(
    article: Article, analysis: Analysis, statements: Sequence[Statement], mentions: Sequence[Mention]
) -> tuple[Statement, ...]:
    """The statements in the order of their cues, with those that only a label, an announcement or another quotation tells."""
    marks = marks_of(analysis.words, [p.end for p in article.paragraphs])
    made = [_stated(article, turn) for turn in turns_of(article, mentions)]
    if not made:
        taken = _covered(article.text, (span for s in statements for span in s.spans()))
        made = [_stated(article, turn) for turn in exchange(article, taken, mentions)]
        taken = _covered(article.text, (span for s in (*statements, *made) for span in s.spans()))
        made += [_stated(article, voice) for voice in voices(article, marks, taken, mentions)]
        taken = _covered(article.text, (span for s in (*statements, *made) for span in (*s.cue, *s.content)))
        made += [_stated(article, quotation) for quotation in announced(article, marks, taken)]
        going_on = {s.id: content for s, content in resumed(article, marks, taken, statements, mentions)}
        statements, more = _going_on(article, statements, going_on)
        made += more
    made += _within(article, marks, statements)
    out = sorted([*statements, *made], key=lambda s: (s.cue[0], s.content))
    up = parents_of([(s.cue, s.content) for s in out])
    return tuple(replace(s, inside=None if n is None else out[n].id) for s, n in zip(out, up, strict=True))


def _going_on(
    article: Article, statements: Sequence[Statement], more: Mapping[str, tuple[Span, ...]]
) -> tuple[list[Statement], list[Statement]]:
    """The statements, those that are quotations with what their speakers go on with, and as others what follows on a report.

    `more`: by id.
    """
    out, made = list[Statement](), list[Statement]()
    for one in statements:
        content = more.get(one.id, ())
        if content and one.form == "direct":
            whole = (*one.content, *content)
            one = replace(one, content=whole, id=statement_id(article.id, one.source, one.cue, whole))
        elif content:
            made.append(_stated(article, Attribution(one.source, one.cue, content)))
        out.append(one)
    return out, made


def _stated(article: Article, made: Attribution) -> Statement:
    id_ = statement_id(article.id, made.source, made.cue, made.content)
    return Statement(id_, "direct", made.source, made.cue, made.content, UNASKED, None, PLAIN)


def _covered(text: str, spans: Iterable[Span]) -> bytearray:
    """For each character whether a span holds it."""
    covered = bytearray(len(text))
    for span in spans:
        covered[span.start : span.end] = b"\1" * len(span)
    return covered


def _within(article: Article, marks: Marks, statements: Sequence[Statement]) -> list[Statement]:
    """What somebody is quoted as having quoted, where the model found no statement."""
    text, out = article.text, list[Statement]()
    taken = _covered(text, (s for one in statements for s in (*one.cue, *one.source)))
    for one in statements:
        for part in one.content:
            if marks.around(part.start) is None:
                continue
            for match in _QUOTING.finditer(text, part.start, part.end):
                source, cue, content = (Span(*match.span(name)) for name in ("source", "cue", "content"))
                cue = Span(cue.start, cue.start + len(cue.of(text).split()[0]))
                if not any(taken[source.start : cue.end]):
                    out.append(_stated(article, Attribution((source,), (cue,), (content,))))
                    taken[source.start : cue.end] = b"\1" * (cue.end - source.start)
    return out


# ---------------------------------------------------------------- whom a label means

_OFFICE = r"(?:the|real|gov|governor|sen|senator|rep|mayor|president|pres|min|minister|mp|dr|prof|official)?"


def speakers_by_label(page: Page) -> Mapping[int, tuple[int, ...]]:
    """Of each statement whose cue is a colon the things that its label means; none where it means nobody who can be told."""
    numbers = [k for k, said in enumerate(page.said) if is_labelled(page, said)]
    if not numbers:
        return {}
    out = {k: _meant(page, page.said[k]) for k in numbers}
    keys = {k: key_of(_label(page, page.said[k])) for k in numbers}
    # "The Minister (Dr Ada Lane):" the first time, "The Minister:" from then on.
    known: dict[str, set[tuple[int, ...]]] = {}
    for k in numbers:
        if any(page.things[n].kind != "phrase" for n in out[k]):
            known.setdefault(keys[k], set()).add(out[k])
    for k in numbers:
        if len(known.get(keys[k], ())) == 1:
            out[k] = next(iter(known[keys[k]]))
        elif keys[k] in ASKS | ANSWERS:
            out[k] = _interviewee(page, page.said[numbers[0]]) if keys[k] in ANSWERS else ()
    return out


def is_labelled(page: Page, said: PageStatement) -> bool:
    """Whether a statement is told by a label."""
    return is_label_cue(page.article, said.statement)


def _label_span(said: PageStatement) -> Span:
    return said.source or said.statement.cue[0]


def _label(page: Page, said: PageStatement) -> str:
    return _label_span(said).of(page.article.text)


def _meant(page: Page, said: PageStatement) -> tuple[int, ...]:
    label, span, text = _label(page, said), _label_span(said), page.article.text
    if label.startswith("@"):
        return _by_handle(page, label[1:]) or (() if said.own is None else (said.own,))
    if said.joined:
        return said.joined
    bare = span.start + len(BRACKETS.sub("", label).rstrip()) if label.endswith((")", "]")) else span.end
    ends: list[int] = []
    aside: list[int] = []
    opening: list[int] = []
    for n in said.inner if said.source else tuple(page.between(span.start, span.end)):
        place = page.things[n].within(span)
        if place is None or page.things[n].kind not in SPEAKING or not place.span.of(text)[0].isupper():
            continue
        if page.things[n].kind == "person" and _GOES_ON.match(text, place.span.end, span.end) and not aside:
            return (n,)
        if place.span.start - span.start <= len("The ") and text.startswith(",", place.span.end):
            opening.append(n)
        (ends if place.span.end == bare else aside).append(n)
    aside = [n for n in aside if page.things[n].kind == "person"] or [n for n in aside[:1] if n in opening]
    if len(ends or aside) == 1:
        return ((ends or aside)[0],)
    return () if said.own is None else (said.own,)


def _by_handle(page: Page, handle: str) -> tuple[int, ...]:
    """The only person whose name a handle is, with or without forename and office."""
    fit = []
    for n, thing in enumerate(page.things):
        first, last = (re.sub(r"\W", "", w) for w in (thing.name.split()[0], thing.name.split()[-1]))
        named = rf"{_OFFICE}_?(?:{first}|{first[:1]})?_?{last}_?{_OFFICE}"
        if thing.kind == "person" and len(last) > 2 and re.fullmatch(named, handle, re.IGNORECASE):
            fit.append(n)
    return (fit[0],) if len(fit) == 1 else ()


def _interviewee(page: Page, first: PageStatement) -> tuple[int, ...]:
    """Who answers in an interview: the only person named before the first question, or in its title, but for who asks."""
    start, text = first.source.start if first.source else 0, page.article.text
    before = [n for n, t in enumerate(page.things) if t.kind == "person" and t.places[0].span.start < start]
    before = [n for n in before if not _asks(text, page.things[n])]
    title = page.article.title or ""
    titled = [n for n in before if page.things[n].name in title]
    return tuple(before if len(before) == 1 else titled if len(titled) == 1 else ())


def _asks(text: str, person: Thing) -> bool:
    return any(_ASKER.search(text, max(0, p.span.start - 40), p.span.start) for p in person.places[:2])


def in_own_words(page: Page, number: int, labels: Mapping[int, tuple[int, ...]]) -> int | None:
    """The statement in whose speaker's own words a statement is told: "I" is that one, and "he" is not."""
    said = page.said[number]
    if said.inside is None or said.held.quoted:
        return said.inside
    above: int | None = said.inside
    while above is not None and above not in labels:
        above = page.said[above].inside
    return above


def spoken_to(page: Page, labels: Mapping[int, tuple[int, ...]]) -> Mapping[tuple[int, ...], tuple[int, ...]]:
    """Whom "you" means in a turn, by whose it is: the other one, where two speak and one of them at least is known."""
    keys = {key_of(_label(page, page.said[k])) for k in labels}
    known = list(dict.fromkeys(labels.values()))
    if len(keys) != 2 or len(known) != 2:
        return {}
    first, second = known
    return {first: second, second: first}
