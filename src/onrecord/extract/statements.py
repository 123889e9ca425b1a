"""From an analysis to statements: whose words, which words, one inside another, and how sure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.analysis import Analysis
from onrecord.analysis.quotes import DOUBLE, SINGLE
from onrecord.extract.agents import is_accused, is_object, is_put, with_agent, with_subject
from onrecord.extract.attribution import Attribution
from onrecord.extract.belonging import (
    apart,
    before_participle,
    is_name,
    is_narrators,
    is_question,
    nearest,
    passed_on,
    with_surname,
)
from onrecord.extract.boundaries import Marks, fragment, marks_of, phrase, quoted_share, trimmed, unstamped, without
from onrecord.extract.cueing import (
    heard_from,
    is_no_verb,
    is_to_source,
    speaker_before,
    with_addressee,
    with_verb,
    without_deed,
    without_move,
)
from onrecord.extract.cutting import before_main_clause, gapped
from onrecord.extract.decoding import Decoded, decode
from onrecord.extract.parting import denied_after, is_verb_of_saying, joined_after, second_verb
from onrecord.extract.quoting import after_quotation, quoted_in
from onrecord.extract.scoring import Calibration, features
from onrecord.extract.times import anchor_of, stretch_of, times_in
from onrecord.extract.wholes import made_whole
from onrecord.records import Article, Form, Span, Speaker, Statement, statement_id

# Nobody has been asked for yet: see `extract.speakers`.
UNASKED = Speaker(None, reason="unclear")
LEAST_JOINED = 0.25
"""Least score of a verb of saying that is joined to one by "and" or "but": such, of a score below that of others, were right. So
it is of "is accused of", which tells of an accusation whatever the score.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it is numbered, nested and scored."""

    decoded: Decoded
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form


def extract_statements(article: Article, analysis: Analysis, calibration: Calibration) -> tuple[Statement, ...]:
    """The statements of an article, in the order of their cues, their speakers not yet asked for."""
    marks = marks_of(analysis.words, [p.end for p in article.paragraphs])
    drafts = drafts_of(article, analysis, marks)
    parents = parents_of([(d.cue, d.content) for d in drafts])
    scores = [
        calibration.score(features(d.decoded, nested=p is not None, direct=d.form == "direct"))
        for d, p in zip(drafts, parents, strict=True)
    ]
    kept = _with_joined(article.text, drafts, scores, [n for n, s in enumerate(scores) if s >= calibration.least])
    contents = nearest(article, [(drafts[n].cue[0], drafts[n].content) for n in kept])
    contents = apart(article, marks, [(drafts[n].cue[0], c) for n, c in zip(kept, contents, strict=True)])
    kept, contents = [n for n, c in zip(kept, contents, strict=True) if c], [c for c in contents if c]
    chosen = [_with_content(article, marks, drafts[n], c) for n, c in zip(kept, contents, strict=True)]
    running = _made_whole(article, marks, run_on(article, analysis, marks, chosen))
    ids = [statement_id(article.id, d.source, d.cue, d.content) for d in running]
    up = parents_of([(d.cue, d.content) for d in running])
    return tuple(
        Statement(
            id=id_,
            form=draft.form,
            source=draft.source,
            cue=draft.cue,
            content=draft.content,
            speaker=UNASKED,
            inside=None if parent is None else ids[parent],
            score=scores[number],
        )
        for id_, draft, parent, number in zip(ids, running, up, kept, strict=True)
    )


def _with_joined(text: str, drafts: Sequence[Draft], scores: Sequence[float], kept: Sequence[int]) -> list[int]:
    """The numbers of the drafts that are kept, with those that need less of a score by their grammar: a verb that "and" or "but"
    joins to one, and who is accused of something.
    """
    starts = {joined_after(text, drafts[n].cue[0], drafts[n].content): drafts[n].source for n in kept}
    more = [
        n
        for n, draft in enumerate(drafts)
        if scores[n] >= LEAST_JOINED
        and draft.content[-1].start >= draft.cue[0].end
        and (_is_joined(text, draft, starts) or is_accused(text, draft.cue[0]))
    ]
    return sorted({*kept, *more})


def _is_joined(text: str, draft: Draft, starts: Mapping[int | None, tuple[Span, ...]]) -> bool:
    cue = draft.cue[0]
    return (
        cue.start in starts
        and draft.source in ((), starts[cue.start])
        and draft.content[0].start >= cue.end
        and is_verb_of_saying(text, cue)
    )


def _made_whole(article: Article, marks: Marks, drafts: Sequence[Draft]) -> list[Draft]:
    wholes = made_whole(article, [Attribution(d.source, d.cue, d.content) for d in drafts])
    sourced = [replace(d, source=_undated(article, whole.source)) for d, whole in zip(drafts, wholes, strict=True)]
    return [_with_content(article, marks, d, whole.content) for d, whole in zip(sourced, wholes, strict=True)]


def _undated(article: Article, source: tuple[Span, ...]) -> tuple[Span, ...]:
    """A source without the dateline before it: of "TARVEN - Velmark on Sunday rejected" it is Velmark."""
    line = article.dateline
    if line is None or not any(s.start < line.span.end < s.end for s in source):
        return source
    rest = article.text[line.span.end :]
    begin = line.span.end + len(rest) - len(rest.lstrip())
    return tuple(Span(max(s.start, begin), s.end) for s in source if s.end > begin)


def _with_content(article: Article, marks: Marks, draft: Draft, content: tuple[Span, ...]) -> Draft:
    if content == draft.content:
        return draft
    return replace(draft, content=content, form=form_of(article.text, content, marks))


def drafts_of(article: Article, analysis: Analysis, marks: Marks) -> list[Draft]:
    """Every candidate that has a content, brought to characters."""
    made = (_draft(article, analysis, marks, d) for d in decode(analysis.candidates, analysis.chain))
    drafts = [d for d in made if d is not None and not is_question(article, d.source, d.cue[0], d.content)]
    return _passed_on(article.text, marks, _parted(article, marks, drafts))


def _passed_on(text: str, marks: Marks, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with what others are quoted as saying: as likely as that they are quoted."""
    out = list(drafts)
    for draft in drafts:
        quoted = quoted_in(text, draft.cue[0], draft.content)
        if quoted is None:
            continue
        found = next((n for n, d in enumerate(out) if d.cue[0].overlaps(quoted.cue[0])), None)
        if found is None:
            out.append(_drafted(text, marks, draft.decoded, quoted))
        else:
            out[found] = replace(out[found], decoded=draft.decoded, source=quoted.source)
    return sorted(out, key=lambda d: d.cue[0])


def _parted(article: Article, marks: Marks, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each cut before a second verb of its speaker's, with what the model made nothing of: such verbs, and relative
    clauses that deny what is said.
    """
    text, out = article.text, list[Draft]()
    cues = sorted(d.cue[0] for d in drafts)
    longest = max(map(len, cues), default=0)

    def is_taken(cue: Span) -> bool:
        first, after = (bisect_left(cues, edge, key=lambda c: c.start) for edge in (cue.start - longest, cue.end))
        return any(c.overlaps(cue) for c in cues[first:after])

    for draft in _with_gapped(article, marks, drafts):
        if draft.content[-1].start < draft.cue[0].end:
            out.append(draft)
            continue
        more = []
        if second := second_verb(text, draft.cue[0], draft.content[-1]):
            content = (*draft.content[:-1], Span(draft.content[-1].start, second.end))
            more += [Attribution(draft.source, (second.cue,), (second.content,))] if second.says else []
            draft = _with_content(article, marks, draft, content)
        if denial := denied_after(text, draft.content[-1]):
            more.append(denial)
        out.append(draft)
        out += [_drafted(text, marks, draft.decoded, one) for one in more if not is_taken(one.cue[0])]
    return sorted(out, key=lambda d: d.cue[0])


def _with_gapped(article: Article, marks: Marks, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each cut before its sentence's main clause, and before another's side: a statement by the same verb."""
    text, out, others = article.text, list[Draft](), list[Span]()
    for draft in drafts:
        cut = (*draft.content[:-1], before_main_clause(article, draft.source, draft.cue[0], draft.content[-1]))
        if found := gapped(article, draft.cue[0], cut):
            end, other = found
            cut = tuple(Span(c.start, min(c.end, end)) for c in cut if c.start < end)
            out.append(_drafted(text, marks, draft.decoded, other))
            others += other.source
        out.append(_with_content(article, marks, draft, cut))
    return sorted((d for d in out if not any(o.holds(d.cue[0]) for o in others)), key=lambda d: (d.cue[0], d.content))


def _drafted(text: str, marks: Marks, decoded: Decoded, made: Attribution) -> Draft:
    """A draft of what the model did not find by itself: as likely as `decoded`, with which it was found."""
    return Draft(decoded, made.source, made.cue, made.content, form_of(text, made.content, marks))


def _draft(article: Article, analysis: Analysis, marks: Marks, decoded: Decoded) -> Draft | None:
    words, text = analysis.words, article.text
    cue = phrase(words, text, *decoded.candidate.cue)
    if is_name(text, cue):
        return None
    source: tuple[Span, ...] = ()
    if decoded.source and (run := trimmed(words, *decoded.source)):
        left = without(unstamped(text, phrase(words, text, *run)), [cue])
        if left is not None:
            left, cue = passed_on(text, left, cue) or (with_surname(text, left, cue), cue)
            left = speaker_before(text, left, cue)
            if is_to_source(text, left, cue):
                heard = heard_from(
                    text, cue, [fragment(words, text, *run, marks, first=True) for run in _joined(analysis, decoded)]
                )
                source = (heard,) if heard else ()
            else:
                source = (left,)
    content: list[Span] = []
    for lo, hi in _joined(analysis, decoded):
        span = without(fragment(words, text, lo, hi, marks, first=not content), [cue, *source, *content])
        if span and any(c.isalnum() for c in span.of(text)):
            content.append(span)
    content = before_participle(text, cue, content)
    if not content:
        return None
    if source:
        put = source[0].end <= cue.start and is_put(article, cue, content)
        source = () if put else with_subject(article, source[0], cue, content)
    source, content = without_move(text, source, cue, content)
    source, content = with_agent(text, source, cue, content)
    source, content = after_quotation(text, marks, source, cue, content)
    cue, content = with_verb(text, cue, content)
    if is_no_verb(text, cue, content) or (source and is_object(text, source[0], cue, content)):
        return None
    cue, content = without_deed(text, source, cue, with_addressee(text, cue, content))
    if len(content) > 1 and _is_no_content(article, content[0], _from_to(cue, *source), content[1]):
        del content[0]
    return Draft(decoded, source, (cue,), tuple(content), form_of(text, content, marks))


def _from_to(*spans: Span) -> Span:
    return Span(min(s.start for s in spans), max(s.end for s in spans))


_AT_A_TIME = re.compile(r"(?:(?:back|early|late|later|again)\s+)?(?:(?:in|on|at|during)\s+)?", re.IGNORECASE)


def _is_no_content(article: Article, first: Span, told: Span, second: Span) -> bool:
    return (
        is_narrators(article.text, first, told, second)
        or _is_day_of_saying(article, first, told, second)
        or _is_rest_of_name(article, first, told)
    )


def _is_rest_of_name(article: Article, first: Span, told: Span) -> bool:
    """Whether a content's first fragment begins within a sentence after a title's full stop, where the model saw a new one:
    "Replying to Smt. Ada Lane (Quay Front), the minister said only …".
    """
    text, start = article.text, first.start
    if first.end > told.start or text[start - 2 : start] != ". " or text[start] in DOUBLE | SINGLE:
        return False
    k = bisect_right(article.sentences, start, key=lambda s: s.start) - 1
    return k >= 0 and article.sentences[k].start < start


def _is_day_of_saying(article: Article, first: Span, told: Span, second: Span) -> bool:
    """Whether the first fragment of a content is the writer's: when it was said ("In 2019, she told the paper: …").

    `told`: from source to cue; `second`: the content's next fragment. Where the former are put between commas ("On Friday, she
    said, it would open") the time is the speaker's own, and so is one that is yet to come.
    """
    text = article.text
    between = text[told.end : second.start].rstrip()
    his_own = between.endswith(",") and text[second.start] not in DOUBLE | SINGLE
    if first.end > told.start or his_own or re.search(r"\w", text[first.end : told.start]):
        return False
    times = times_in(article, first)
    if (
        len(times) != 1
        or times[0].kind == "open"
        or times[0].span.end != first.end
        or not _AT_A_TIME.fullmatch(text, first.start, times[0].span.start)
    ):
        return False
    anchor = anchor_of(article)
    found = stretch_of(times[0], anchor, "past")
    return anchor.date is None or bool(found and found.first and found.first <= anchor.date)


def _joined(analysis: Analysis, decoded: Decoded) -> list[tuple[int, int]]:
    """The content's runs of words, trimmed; runs parted by nothing but marks are one."""
    words = analysis.words
    runs: list[tuple[int, int]] = []
    for run in decoded.content:
        cut = trimmed(words, *run)
        if cut is None:
            continue
        if runs and trimmed(words, runs[-1][1], cut[0]) is None:
            runs[-1] = (runs[-1][0], cut[1])
        else:
            runs.append(cut)
    return runs


def form_of(text: str, content: Sequence[Span], marks: Marks) -> Form:
    """Direct: whole quoted sentences; indirect: nothing quoted; mixed: the rest, such as a quoted phrase called out."""
    share = quoted_share(text, content, marks)
    if share == 0.0:
        return "indirect"
    # A whole sentence begins with a capital or a figure.
    first = next(c for c in content[0].of(text) if c.isalnum())
    return "direct" if share == 1.0 and (first.isupper() or first.isdigit()) else "mixed"


def parents_of(entries: Sequence[tuple[tuple[Span, ...], tuple[Span, ...]]]) -> list[int | None]:
    """For each (cue, content), the index of the entry with the shortest content that holds its cue.

    A content must be longer than that of what it reports, so that nesting never comes round to itself.
    """
    sizes = [sum(map(len, content)) for _, content in entries]
    order = sorted(range(len(entries)), key=lambda n: entries[n][0][0])
    starts = [entries[n][0][0].start for n in order]
    parents: list[int | None] = [None] * len(entries)
    # From the longest content down to the shortest, so that the last to claim a cue is the nearest above it.
    for k in sorted(range(len(entries)), key=lambda k: (sizes[k], k), reverse=True):
        for span in entries[k][1]:
            for n in order[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
                if (sizes[k], k) > (sizes[n], n) and span.holds(entries[n][0][0]):
                    parents[n] = k
    return parents


def run_on(article: Article, analysis: Analysis, marks: Marks, drafts: Sequence[Draft]) -> list[Draft]:
    """Give a quotation that runs on over paragraphs to the statement it began in.

    A paragraph whose last quotation is not closed goes on in the next one where that opens with a mark: typographers repeat
    the opening mark and close only the last. The words go to no statement that has a cue of its own there.
    """
    out = list(drafts)
    unclosed = {q.open for q in analysis.words.quotations if q.open is not None and q.close is None}
    paragraphs = article.paragraphs
    starts = [p.start for p in paragraphs]
    # By the paragraph that they begin in: every span taken, and the contents with whose they are.
    taken: list[list[Span]] = [[] for _ in paragraphs]
    contents: list[list[tuple[Span, int]]] = [[] for _ in paragraphs]
    for n, draft in enumerate(drafts):
        for span in draft.content:
            contents[bisect_right(starts, span.start) - 1].append((span, n))
        for span in (*draft.content, *draft.cue, *draft.source):
            taken[bisect_right(starts, span.start) - 1].append(span)
    for k, (here, there) in enumerate(zip(paragraphs, paragraphs[1:], strict=False)):
        quotation = marks.around(here.end - 1)
        if quotation is None or quotation.open not in unclosed:
            continue
        last = _last_word(article.text, here)
        speaker = next((n for span, n in contents[k] if span.start <= last < span.end), None)
        more = _goes_on(article.text, there, marks)
        if speaker is not None and more is not None and not any(more.overlaps(s) for s in taken[k + 1]):
            out[speaker] = replace(out[speaker], content=(*out[speaker].content, more))
            contents[k + 1].append((more, speaker))
    return out


def _goes_on(text: str, paragraph: Span, marks: Marks) -> Span | None:
    """The quotation that a paragraph opens with, if it is the whole paragraph or ends in a stop: a word quoted is another's."""
    quotation = marks.around(paragraph.start)
    if quotation is None or quotation.open != paragraph.start or quotation.close is None:
        return None
    span = Span(paragraph.start, min(quotation.close + 1, paragraph.end))
    whole = not any(c.isalnum() for c in text[span.end : paragraph.end])
    return span if whole or text[quotation.close - 1] in ".?!" else None


def _last_word(text: str, paragraph: Span) -> int:
    at = paragraph.end - 1
    while at > paragraph.start and not text[at].isalnum():
        at -= 1
    return at
