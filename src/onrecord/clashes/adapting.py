"""From a record to what is compared of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from unicodedata import category

from onrecord.clashes.accounts import Account, FigureTally, Keys, KnownArticle
from onrecord.clashes.counts import is_whole
from onrecord.clashes.sides import heads_of, principals
from onrecord.clashes.words import meaningful
from onrecord.codebook.versions import TakenBack
from onrecord.extract.countwords import MONEY
from onrecord.extract.modality import is_unsaid
from onrecord.extract.names import fold
from onrecord.extract.numerals import MONEY_NAME
from onrecord.link import Saying, sayings_of
from onrecord.records import (
    JOINT,
    NARRATION,
    Article,
    Figure,
    Mention,
    Party,
    Record,
    Span,
    Speaker,
    Statement,
    day_said,
)

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_VECTORS: Mapping[str, bytes] = MappingProxyType({})


def accounts_of(
    record: Record,
    *,
    identities: Mapping[str, str] = NOTHING,
    origin: str | None = None,
    vectors: Mapping[str, bytes] = NO_VECTORS,
    sayings: Iterable[Saying] | None = None,
) -> KnownArticle:
    """What is compared of an article.

    `identities`: of its entities, by entity id. `origin`: the article that it is a copy of. `vectors`: (384,) int8 as bytes, by
    statement id. Without any of them its accounts can be compared among themselves. `sayings`: of its statements, where they are
    at hand. What a paper tells of its own earlier printing is no account.
    """
    view = View(record, identities)
    printed = {s.statement: s for s in (sayings_of(record) if sayings is None else sayings)}
    due = {p.statement: p.due.latest for p in record.predictions if p.due}
    taken_back = TakenBack(record.article, record.statements).statements
    accounts = tuple(
        view.account(n, s, origin, due.get(s.id), vectors.get(s.id), printed.get(s.id))
        for n, s in enumerate(record.statements)
        if s.id not in taken_back
    )
    heads = heads_of(accounts)
    accounts = tuple(replace(a, heads=own) if (own := _joined(heads, a.speakers)) else a for a in accounts)
    return KnownArticle(accounts, tuple(_gone_on(record.article.text, [view.tally(f, origin) for f in record.figures])))


def _joined(heads: Mapping[str, Keys], speakers: Keys) -> Keys:
    return frozenset(body for key in speakers for body in heads.get(key, ()))


def _gone_on(text: str, tallies: Iterable[FigureTally]) -> Iterable[FigureTally]:
    """Figures in text order, where one that does not say of whom is of those right before it: "three guards died, the band said
    it had killed seven".
    """
    last: FigureTally | None = None
    for tally in tallies:
        told = tally
        if last is not None and (tally.paragraph, tally.what) == (last.paragraph, last.what) and not is_whole(last):
            bare = (
                tally.thing is None and _STOPS.match(text, tally.span.end) and tally.claimant.isdisjoint(last.claimant)
            )
            if bare and (_SAME.search(tally.sentence) or not _IN_ALL.search(tally.sentence)):
                told = replace(tally, thing=last.thing)
        last = told
        yield told


class View:
    """A record with what is looked up in it."""

    def __init__(self, record: Record, identities: Mapping[str, str]) -> None:
        self._article: Article = record.article
        self._keys = {e.id: identities.get(e.id, e.id) for e in record.entities}
        self._mentions: tuple[Mention, ...] = tuple(m for m in record.mentions if m.entity is not None)
        self._mention_starts = [m.span.start for m in self._mentions]
        self._statements = {s.id: s for s in record.statements}
        self._paragraphs = [p.start for p in record.article.paragraphs]
        self._sentences = [s.start for s in record.article.sentences]
        published, dateline = record.article.published, record.article.dateline
        self._day = published.date if published else dateline.date if dateline else None
        self._lead = lead_of(record.article)
        self._matter = meaningful(
            f"{record.article.title or ''} {' '.join(s.of(record.article.text) for s in self._lead)}"
        )

    def account(
        self,
        number: int,
        statement: Statement,
        origin: str | None,
        due: str | None,
        vector: bytes | None,
        saying: Saying | None,
    ) -> Account:
        text, said = self._article.text, statement.said_on
        spans = statement.content or statement.cue
        at = statement.cue[0].start
        return Account(
            article=self._article.id,
            origin=origin or self._article.id,
            statement=statement.id,
            day=day_said(said) or self._day,
            number=number,
            at=at,
            paragraph=bisect_right(self._paragraphs, at) - 1,
            form=statement.form,
            speakers=self._speaker(statement.speaker),
            speaker=statement.speaker.name,
            speaker_kind=statement.speaker.kind,
            act=statement.act.code if statement.act else None,
            target=self._party(statement.target),
            target_name=statement.target.name if statement.target else None,
            source=" ".join(s.of(text) for s in statement.source),
            cue=" ".join(s.of(text) for s in statement.cue),
            content=tuple(s.of(text) for s in spans),
            spans=spans,
            names=self._names(spans),
            frame=self._frame(statement),
            inside=statement.inside,
            due=due,
            vector=vector,
            saying=saying,
            behind=principals(text, statement.speaker.name, tuple((s.start, s.end) for s in statement.source)),
            matter=self._matter,
            unsaid=is_unsaid(self._article, statement) or self._is_compared(statement),
            until=self._day if said and said.date is None and said.edtf else None,
        )

    def tally(self, figure: Figure, origin: str | None) -> FigureTally:
        text = self._article.text
        claiming = self._statements.get(figure.claimed_by or "")
        narrated = figure.claimed_by == NARRATION
        sentence = self._sentence(figure.span)
        placed, places = self._places(sentence, claiming)
        thing = _last_word(figure.counted.of(text)) if figure.counted else None
        return FigureTally(
            article=self._article.id,
            origin=origin or self._article.id,
            figure=figure.id,
            statement=claiming.id if claiming else None,
            day=figure.as_of or self._day,
            at=figure.span.start,
            paragraph=bisect_right(self._paragraphs, figure.span.start) - 1,
            part=_is_part(text, figure),
            span=figure.span,
            spans=claiming.content if claiming else (figure.span,),
            words=figure.span.of(text),
            value=figure.value,
            low=figure.low,
            high=figure.high,
            what=figure.what,
            thing=thing,
            places=frozenset(map(fold, places)),
            names=self._names((sentence,)),
            about=meaningful(sentence.of(text)),
            claimant=self._speaker(claiming.speaker) if claiming else self._own() if narrated else frozenset(),
            matter=self._matter,
            place_names=places,
            counted=figure.counted.of(text) if figure.counted else "",
            sentence=sentence.of(text),
            placed=placed,
            risen=_RISEN.search(text, sentence.start, figure.span.start) is not None,
            money=_is_money(figure.span.of(text), thing),
        )

    def _is_compared(self, statement: Statement) -> bool:
        """Whether what somebody says is less or more than what is told: "31 have died, more than the ministry admits"."""
        first = statement.source[0] if statement.source else statement.cue[0]
        before = any(part.end <= first.start for part in statement.content)
        return before and self._article.text.endswith("than ", 0, first.start)

    def _frame(self, statement: Statement) -> str:
        text, sentence = self._article.text, self._sentence(statement.cue[0])
        parts, at = list[str](), sentence.start
        for span in statement.spans():
            if span.start >= sentence.end:
                break
            if span.end > at:
                parts.append(text[at : span.start])
                at = span.end
        parts.append(text[at : max(at, sentence.end)])
        return " ".join(part.strip() for part in parts if part.strip())

    def _own(self) -> Keys:
        return frozenset({f"{NARRATION}:{self._article.id}"})

    def _local(self, name: str) -> str:
        return f"{self._article.id}:{fold(name)}"

    def _speaker(self, speaker: Speaker) -> Keys:
        """Keys of a speaker: of each entity, else of the words that the article has for whoever it is."""
        if speaker.kind == "author":
            return self._own()
        found = {self._keys[e] for e in speaker.entities}
        if not found and speaker.name is not None:
            found = {self._local(name) for name in speaker.name.split(JOINT)}
        return frozenset(found)

    def _party(self, party: Party | None) -> Keys:
        if party is None:
            return frozenset()
        return frozenset({self._keys[party.entity] if party.entity else self._local(party.name)})

    def _within(self, spans: Iterable[Span]) -> Iterable[Mention]:
        for span in spans:
            for n in range(bisect_right(self._mention_starts, span.start - 1), len(self._mentions)):
                if self._mentions[n].span.start >= span.end:
                    break
                yield self._mentions[n]

    def _names(self, spans: Sequence[Span]) -> Keys:
        return frozenset(self._keys[m.entity] for m in self._within(spans) if m.entity is not None)

    def _sentence(self, span: Span) -> Span:
        number = bisect_right(self._sentences, span.start) - 1
        found = self._article.sentences[number] if number >= 0 else span
        return found if found.start <= span.start < found.end else span

    def _places(self, sentence: Span, claiming: Statement | None) -> tuple[bool, tuple[str, ...]]:
        """The places that a sentence names, else one before it in its paragraph, else the article's first lines, else its
        dateline, each once, as printed; and whether they are the sentence's own, none of them whoever says so. Where somebody
        speaks or sits is none: "said in Geneva that", "the Geneva-based group".
        """
        text, dateline = self._article.text, self._article.dateline
        aside = [dateline.span] if dateline else []
        if claiming is not None and claiming.content and claiming.content[0].start > claiming.cue[-1].end:
            aside.append(Span(claiming.cue[-1].end, claiming.content[0].start))
        for n, spans in enumerate((*((s,) for s in self._up_to(sentence)), self._lead)):
            found = [
                m.span
                for m in self._within(spans)
                if m.kind == "place"
                and not any(s.holds(m.span) for s in aside)
                and not text.startswith(_BASED, m.span.end)
            ]
            if found:
                speaks = claiming.source if claiming else ()
                own = n == 0 and not any(s.holds(span) for s in speaks for span in found)
                return own, tuple({fold(span.of(text)): span.of(text) for span in found}.values())
        return False, tuple(_PLACES.split(dateline.place)) if dateline else ()

    def _up_to(self, sentence: Span) -> Iterable[Span]:
        """A sentence and those before it in its paragraph, the nearest first."""
        yield sentence
        start = self._article.paragraphs[bisect_right(self._paragraphs, sentence.start) - 1].start
        number = bisect_right(self._sentences, sentence.start) - 1
        while number > 0 and self._sentences[number - 1] >= start:
            number -= 1
            yield self._article.sentences[number]


def lead_of(article: Article) -> tuple[Span, ...]:
    """The headline, where the text has it, and the first paragraph after the dateline: what an article is about."""
    spans = [article.headline] if article.headline else []
    if article.paragraphs:
        first, dateline = article.paragraphs[0], article.dateline
        start = dateline.span.end if dateline and dateline.span.start == first.start else first.start
        spans.append(Span(start, first.end) if start < first.end else first)
    return tuple(spans)


_STOPS = re.compile(r"[^\w\s]|\s*$")
_SAME = re.compile(r"\bsame\b", re.IGNORECASE)
_IN_ALL = re.compile(r"\b(?:in all|total|altogether|overall|others?|more|another|toll|dead|deaths)\b", re.IGNORECASE)
_BASED = ("-based", "\u2010based", "\u2011based")
_PLACES = re.compile(r"\s*[/,]\s*")
_SOME_OF = re.compile(
    r"\W{0,2}\s*(?:\w+\s+)?of\s+(?:(?:the|them|those|these|whom|which)\b"
    r"|(?:its|their|his|her)\s+(?:own\s+)?(?:number|dead|victims|casualties|wounded|injured)\b)",
    re.IGNORECASE,
)
_AMONG = re.compile(r"\b(?:including|among\s+them|among\s+whom)\W*(?:\w+\W+){0,2}$", re.IGNORECASE)
_BEFORE = 40  # characters before a figure in which it may be said to be a part


_FORMERLY = re.compile(
    r"\b(?:to\s+[\w,.]+\s+from|initial(?:ly)?|earlier|previous(?:ly)?|originally|at\s+first|(?:up|down)\s+from|instead\s+of)\b"
    r"(?:(?!\bbut\b)[^.;,—–])*$",
    re.IGNORECASE,
)


_RISEN = re.compile(
    r"\b(?:r[io]s(?:e[ns]?|ing)|rais(?:e[sd]?|ing)|climb(?:s|ed|ing)?|gr(?:ew|ow(?:n|s|ing)?)|jump(?:s|ed|ing)?"
    r"|increas(?:e[sd]?|ing)|br(?:ings?|inging|ought)|tak(?:es|ing)|took)\b[^.;:!?]{0,80}\bto\s+(?:at\s+least\s+)?$",
    re.IGNORECASE,
)
"""What stands before a count that is more than an older one: "raising the number killed to 14"."""
_REMAIN = re.compile(
    r"\s+(?:(?!(?:but|while|and(?!\s+(?:women|children|girls)))\b)[\w’'-]+\s+){0,4}?"
    r"(?:remain(?:s|ed|ing)?|(?:is|are|was|were)\s+still)\b",
    re.IGNORECASE,
)
"""What is said of those of the wounded who have not gone home."""


def _is_money(number: str, thing: str | None) -> bool:
    return thing in _COINS or any(category(c) == "Sc" for c in number) or MONEY_NAME.search(number) is not None


_COINS = frozenset(coin.removesuffix("s") for coin in (*MONEY, "pounds"))


def _is_part(text: str, figure: Figure) -> bool:
    """Whether a figure counts some of what another counts ("six of the dead", "including two children", "27 wounded remained"),
    or is said to be none any more ("initially 34").
    """
    if figure.what == "wounded" and _REMAIN.match(text, figure.span.end):
        return True
    before = text[max(0, figure.span.start - _BEFORE) : figure.span.start]
    partly = _SOME_OF.match(text, figure.span.end) or _AMONG.search(before) or _FORMERLY.search(before)
    return partly is not None


def _last_word(words: str) -> str | None:
    """What is counted, without what kind of it: of "Tressian sailors" "sailor"."""
    folded = [w for word in words.split() if (w := fold(word))]
    return folded[-1].removesuffix("s") if folded else None
