"""The figures of an article: how many, of what, and who says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.codebook.versions import TakenBack
from onrecord.extract.counting import is_only_possible, nth_of, stands_alone, what_of, zero_of
from onrecord.extract.countwords import ALIVE, AMOUNTS, GROUPS, LENGTHS, MEASURES, MONEY, PEOPLE, SHARES, THINGS
from onrecord.extract.crediting import claimant_of, day_of_deed, is_miscounted
from onrecord.extract.holding import Contents
from onrecord.extract.naming import is_name
from onrecord.extract.numbered import Phrase, phrase_of
from onrecord.extract.numerals import Numeral, Word, coin_before, is_money, may_tell, numerals_in, word_at, words_in
from onrecord.extract.times import anchor_of
from onrecord.extract.tolls import is_of_others, label_of
from onrecord.records import NARRATION, Article, Counted, Figure, Mention, Span, Statement, figure_id

FEW: Final = 10
"""From here on, what is counted is a figure whatever it is; below, people and what people quarrel over by number."""
_BE_OR_HAVE: Final = frozenset("was were is are has had have".split())

_QUARREL: Final = PEOPLE | THINGS | SHARES | MONEY | ALIVE | AMOUNTS | LENGTHS


_FIRST_SAID = re.compile(
    r"\b(?:initially|originally|previously|at first|had first|had earlier|had before)\s+(?:[\w’']+\s+){1,5}$",
    re.IGNORECASE,
)
"""What tells that a count came before another: "initially spoke of 34 deaths"."""

_VOTE = re.compile(
    r"\b(?:vot\w+|ballots?|backed|passed|rejected|approved|adopted|carried|motion|abst\w+|majority)\b", re.IGNORECASE
)
_COUNT = re.compile(
    r"\b(?:toll|count(?:s|ed)?|number|figures?|total|tally|estimates?|dead|deaths|puts?|holds? to|insists? on|speaks? of|"
    r"stands? by|sticks? to|stuck to|maintains?|says|said|gives?|lists?|found|admit\w*|acknowledge\w*|claim\w*|expects?|"
    r"reckon\w*)\b",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:r[io]s(?:e|en|ing)|rose|f[ae]ll(?:en)?|climbed|dropped|grew|grown|jumped|increased|declined|down|up)\b"
)
_PRONOUN = re.compile(r"(?:it|that|this|they)\b", re.IGNORECASE)
_OWN_COUNT = re.compile(r"\b(?:toll|count|number|tally|dead|deaths|the figure)\b", re.IGNORECASE)
_AMONG = re.compile(r"^(?:\S+ ){0,6}, (?:including|among them)$")
_CROWD = re.compile(r"\b(?:crowd|turnout|attendance|number|figure|total|tally)\b", re.IGNORECASE)
_TAKES_PART: Final = frozenset(
    "came come joined assembled "
    "marched gathered rallied attended demonstrated protested voted abstained turned took remain remained filled".split()
)
MANY: Final = 100
"""A number from here on needs no noun before what its people do ("some 15,000 marched")."""
SUM: Final = 1_000_000
"""So large a number, written with its scale ("163 million"), is a sum, whether or not its coin is named."""
_ABOUT = re.compile(r"\b(?:toll|count|number|figures?|tally)\b", re.IGNORECASE)
"""What takes up a figure of the paragraph before."""
_BEFORE_BARE: Final = frozenset(
    "to at from of on by is was as : says said counted counts count nearer reached maintains numbered makes gives reports "
    "found and only than still admitted admits acknowledged acknowledges confirmed claimed claims recorded registered listed "
    "estimated expects into".split()
)


@dataclass(frozen=True, slots=True)
class _CountedNumeral:
    """A number of a sentence, and what it counts."""

    numeral: Numeral
    phrase: Phrase
    what: Counted


@dataclass(frozen=True, slots=True)
class _Claims:
    """The statements that may claim a figure, where they stand, and the days on which they were made, by id."""

    statements: Sequence[Statement]
    contents: Contents
    days: Mapping[str, str | None]


def figures_of(article: Article, statements: Sequence[Statement], mentions: Sequence[Mention]) -> tuple[Figure, ...]:
    """Every figure of an article, in text order; the headline's are left out, because the text below repeats them.

    A figure is claimed by the innermost statement whose content holds its number, else by the narration; of one that is denied
    there, by whoever is said to have claimed it, else by nobody. It is true as of the day on which that statement was made, or of
    the article's own day, as far as either is known. `statements` should know their days (`said_on`). What the paper takes back
    of its own earlier printing is no figure.
    """
    named = Contents([m.span] for m in mentions if m.kind not in ("number", "group", "country"))
    starts = [s.start for s in article.sentences]
    sources = Contents(s.source for s in statements)
    told = _Claims(statements, Contents.of(statements), {s.id: s.said_on.date for s in statements if s.said_on})
    out: list[Figure] = []
    last: Counted | None = None
    for paragraph in article.paragraphs:
        if paragraph == article.headline:
            continue
        here = False
        for sentence in article.sentences[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]:
            if not paragraph.holds(sentence) or not may_tell(sentence.of(article.text)):
                continue
            words = words_in(article.text, sentence.start, sentence.end)
            label = label_of(words)
            last, here = label or last, here or label is not None
            topic = last if here or _ABOUT.search(sentence.of(article.text)) else None
            whole: Figure | None = None
            for found in _in_sentence(article.text, sentence, words, topic, named):
                last, here = found.what, True
                figure = _figure(article, sentence, words, found, told)
                if whole and found.phrase.part and figure.claimed_by == NARRATION:
                    # "has counted 58 dead, 40 of them in the town": both are of one count.
                    figure = replace(figure, claimed_by=whole.claimed_by)
                whole = figure
                if not (_is_slight(words, found, figure, sources) or _is_told_again(words, found, figure, out)):
                    out.append(figure)
    back = TakenBack(article, statements)
    out = [f for f in out if f.claimed_by not in back.statements and not back.figure(f.span)]
    return tuple(sorted(out, key=lambda f: f.span))


_VOTES: Final = frozenset("votes voices seats ballots counts".split())


def _is_slight(words: Sequence[Word], found: _CountedNumeral, figure: Figure, sources: Contents) -> bool:
    """Whether a small number is of who speaks ("two officials said"), or of a few things of which nobody makes a claim."""
    if found.what != "other" or (figure.value or 0) >= FEW:
        return False
    if sources.holding(figure.span):
        return True
    numeral, phrase = found.numeral, found.phrase
    if phrase.head is None or phrase.part or words[phrase.head].lower not in (THINGS - _VOTES) | AMOUNTS | LENGTHS:
        return False
    lost = any(word_at(words, k) in _LOST for k in (*range(phrase.end, phrase.end + 5), numeral.first - 1))
    return figure.claimed_by == NARRATION and not lost and words[numeral.first].lower != "all"


_LOST: Final = frozenset(
    "shot downed destroyed destroying sunk sank sinking lost wrecked crippled razed evacuated".split()
)
"""What befalls things that sides quarrel over, be they few."""


def _is_told_again(words: Sequence[Word], found: _CountedNumeral, figure: Figure, before: Sequence[Figure]) -> bool:
    """Whether a number only takes up one told before: "the two men", "all six sailors", in the narration "the 19 dead"."""
    numeral, phrase = found.numeral, found.phrase
    if phrase.head is None or phrase.part:
        return False
    if not (word_at(words, numeral.first - 1) in _DEFINITE or words[numeral.first].lower == "all"):
        return False
    if numeral.value == _PAIR and found.what == "other":
        return True  # two who are known, be it by name
    same = [f for f in before if f.value == numeral.value]
    if (numeral.value or 0) < FEW:
        return bool(same)
    return figure.claimed_by == NARRATION and found.what != "other" and any(f.what == found.what for f in same)


_PAIR: Final = 2
_DEFINITE: Final = frozenset("the these those both all".split())


def _figure(article: Article, sentence: Span, words: Sequence[Word], found: _CountedNumeral, told: _Claims) -> Figure:
    number = found.numeral
    span = Span(words[number.first].span.start, words[number.end - 1].span.end)
    noun = found.phrase
    counted = Span(words[noun.first].span.start, words[noun.end - 1].span.end) if noun.end > noun.first else None
    bare = Span(words[coin_before(words, number.bare)].span.start, span.end)
    witness = claimant_of(article.text, sentence, bare, told.statements, told.contents)
    # "raised its count to 31 from 17": of what day the older count was, is not told.
    older = word_at(words, number.first - 1) == "from" and not number.ranged
    older = older or _FIRST_SAID.search(article.text, sentence.start, span.start) is not None
    as_of = day_of_deed(article, sentence, span, found.what) or _given_on(article, witness, told.days)
    return Figure(
        figure_id(article.id, span),
        span,
        number.value,
        number.low,
        number.high,
        found.what,
        counted,
        witness,
        None if older else as_of,
    )


def _given_on(article: Article, witness: str | None, days: Mapping[str, str | None]) -> str | None:
    """The day on which a figure was given: that of its statement, else the article's own.

    A day told beside a figure is as a rule that of what happened, not of the count (measured on the invented corpora: taking
    it made more days wrong than right).
    """
    return days.get(witness or "") or anchor_of(article).day


def _in_sentence(
    text: str, whole: Span, words: Sequence[Word], last: Counted | None, named: Contents
) -> Iterator[_CountedNumeral]:
    past, ended = 0, 0
    zeros = [z for at in range(len(words)) if (z := zero_of(words, at) or nth_of(words, at))]
    yield from (_CountedNumeral(numeral, phrase, none) for numeral, phrase, none in zeros)
    sentence = text[words[0].span.start : words[-1].span.end] if words else ""
    taken = {k for numeral, phrase, _ in zeros for k in range(numeral.first, max(numeral.end, phrase.end))}
    for numeral in numerals_in(words):
        if numeral.bare < past or numeral.bare in taken or is_name(text, whole, words, numeral, named):
            continue
        money = is_money(words, numeral)
        phrase = phrase_of(words, numeral)
        if money and phrase.head is None:
            phrase = Phrase(numeral.end, numeral.end, None)  # "$61 billion of the $300 billion"
        if is_miscounted(words, numeral, phrase):
            continue
        past = phrase.end if phrase.part else past
        people = None if money else what_of(words, numeral, phrase)
        people = people or _listed(words, numeral, phrase, last if ended else None, ended)
        before = None if is_of_others(words, numeral) else last
        what = people or _other(words, numeral, phrase, before, sentence)
        if what is None:
            continue
        if people is None:
            past = max(past, _past_vote(words, numeral, phrase, sentence))
        last, ended = what, max(phrase.end, numeral.end)
        yield _CountedNumeral(numeral, phrase, what)


def _listed(
    words: Sequence[Word], numeral: Numeral, phrase: Phrase, last: Counted | None, ended: int
) -> Counted | None:
    """What befell the last of whom a number tells, where those it counts go on the list ("two men and six girls")."""
    if last is None or last == "other" or phrase.head is None or words[phrase.head].lower not in PEOPLE:
        return None
    if is_only_possible(words, numeral):
        return None
    between = [w.lower for w in words[ended : numeral.first]]
    named = _AMONG.search(" ".join(between)) is not None
    return last if between in ([","], ["and"], [",", "and"]) or named else None


def _other(
    words: Sequence[Word], numeral: Numeral, phrase: Phrase, last: Counted | None, sentence: str
) -> Counted | None:
    """Whether a number that counts no dead or wounded counts anything; and, if it stands alone, what the last one did."""
    if numeral.value is None or numeral.value == 1:
        return None
    if _past_vote(words, numeral, phrase, sentence):
        return "other"
    if phrase.head is not None:
        head = words[phrase.head].lower
        if head in MEASURES and not (
            _is_amount(words, numeral, phrase.head) or (head == "pounds" and numeral.value >= SUM)
        ):
            return None
        return "other" if numeral.value >= FEW or head in _QUARREL else None
    many = numeral.value >= FEW
    if phrase.part:
        return last or ("other" if many else None)
    if is_money(words, numeral):
        return "other"
    if (part := _part_before(words, numeral, last)) is not None:
        return part
    if last == "killed" and word_at(words, numeral.first - 1) == "lost" and stands_alone(words, numeral, phrase):
        return last
    if many and (_of_a_group(words, numeral) or _opens_clause(words, numeral)):
        return "other"
    if numeral.value >= FEW and word_at(words, numeral.first - 1) in _SICKENS:  # "killed 127 people and infected 4,318"
        return "other"
    if last and word_at(words, numeral.bare - 1) == "not":  # "lost 40 men, not 12 as the rebels claimed"
        return last
    if last and word_at(words, numeral.first - 1) == "from" and word_at(words, numeral.first - 2) in ("up", "down"):
        return last
    if numeral.value >= SUM and numeral.end - numeral.bare > 1:
        return "other"
    acts = numeral.end + (word_at(words, numeral.end) in ("had", "have"))
    if numeral.value >= MANY and word_at(words, acts) in _TAKES_PART:
        return "other"
    if numeral.value >= FEW and word_at(words, numeral.first - 1) in ("at", "of") and _CROWD.search(sentence):
        return last or "other"
    if last and word_at(words, numeral.first - 1) in _BEFORE_BARE and _COUNT.search(sentence):
        if word_at(words, numeral.end) in _BE_OR_HAVE:
            return "other" if numeral.value >= FEW else None  # "eight died and 60 had fallen ill"
        if stands_alone(words, numeral, phrase) and not is_only_possible(words, numeral):
            return "other" if _has_risen(words, numeral, sentence) else last
        return "other" if numeral.value >= FEW else None
    return None


def _part_before(words: Sequence[Word], numeral: Numeral, last: Counted | None) -> Counted | None:
    """What a number counts that is a part of what a relative means: "75,000 fled, of whom some 3,000 live in tents"."""
    whose = word_at(words, numeral.first - 1)
    if word_at(words, numeral.first - 2) != "of" or whose not in ("whom", "which"):
        return None
    return last if last and whose == "whom" else "other" if (numeral.value or 0) >= FEW else None


def _of_a_group(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number tells of how many a group is: "a team of 60"."""
    return word_at(words, numeral.first - 1) == "of" and word_at(words, numeral.first - 2) in GROUPS


def _opens_clause(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number without a noun is the subject of its clause: "52 slept there; 31 were pulled out"."""
    opens = word_at(words, numeral.first - 1) in ("", ";", ",", "and", "but")
    return opens and word_at(words, numeral.end) in ("were", "had", "have", "are")


_SICKENS: Final = frozenset("infected infecting sickened sickening".split())
_EACH: Final = frozenset("a an per each every".split())


def _is_amount(words: Sequence[Word], numeral: Numeral, head: int) -> bool:
    """Whether a measure tells how much there is of something, and not how far or how fast: "3,000 barrels", "12 km of road"."""
    unit, after = words[head].lower, word_at(words, head + 1)
    if unit in LENGTHS:
        square = word_at(words, head - 1) in ("square", "sq")
        return square or (after == "of" and word_at(words, numeral.first - 1) not in ("within", "to"))
    return unit in AMOUNTS and after not in _EACH


def _has_risen(words: Sequence[Word], numeral: Numeral, sentence: str) -> bool:
    """Whether a number is how far something else has risen or fallen ("complaints have risen to 15,989")."""
    moved = word_at(words, numeral.first - 1) in ("to", "from", "by") and _MOVED.search(sentence)
    return bool(moved) and not _OWN_COUNT.search(sentence) and not _PRONOUN.match(sentence)


def _past_vote(words: Sequence[Word], numeral: Numeral, phrase: Phrase, sentence: str) -> int:
    """Past "eight votes to two", "61-48", where the sentence tells of a vote; else 0."""
    at = max(phrase.end, numeral.end)
    joint = word_at(words, at)
    if joint not in ("to", "-", "–", "against") or not _VOTE.search(sentence):
        return 0
    other = next((n for n in numerals_in(words[at + 1 : at + 4])), None)
    return at + 1 + other.end if other and other.bare == 0 else 0
