"""Utterances: the same words of the same speaker, printed by several articles.

Candidates come from MinHash over the quoted sentences, indexed by pairs of hashes. Words are then aligned one by one; how alike
they must be depends on how many there are, since short quotations are alike by chance. Between wire copies the words may
differ more, and what is not quoted is compared too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from onrecord.analysis.quotes import pair_marks
from onrecord.extract.names import fold
from onrecord.link.hashing import BITS, STEP, least_hashes, shingle_hashes, word_hashes
from onrecord.records import Article, Form, Record, Span, Statement, tagged_hash

if TYPE_CHECKING:
    from rapidfuzz.distance import ScoreAlignment

# Chosen by benchmarks/copies.py on the altered quotations of the invented stories and on made pairs.
SHINGLE = 2
PIECE_BANDS, ROWS = 16, 3  # of three hashes each: one word of eight altered, and some band agrees in 95 cases of 100
SHORTEST_PIECE = 4  # words of a sentence that is indexed
SHORTEST = 2  # words that can be known again at all, between copies
# Words of the shorter from which on words may differ, and how alike they must then be.
ALONE = ((5, 1.0), (7, 0.85), (12, 0.7))
IN_COPIES = ((2, 1.0), (3, 0.65), (4, 0.6), (8, 0.55))
PART = 1.4
"""Times as many words: the shorter is looked for in the longer; below that, a word more at an end is a change."""
ROUNDING = 1e-9

_WORD = re.compile(r"[^\s–—]+")
_DENIES = re.compile(r"\b(?:den(?:y|ied|ies|ying)|disput\w+|reject\w*|dismiss\w*|refut\w+|rebut\w*)\b", re.IGNORECASE)
_NOT_SAID = re.compile(  # in the clause that the quotation ends: not "it was not a war but ..."
    r"(?:\b(?:not|never|nobody|no one|den(?:y|ied|ies|ying))|n['’]t)\b(?:(?!\b(?:but|and|while|because)\b)[^,;:—–])*$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:\b(?:not|never)|n['’]t)\s+(?:\w+\s+)?$", re.IGNORECASE
)  # before a cue: "had never called it"
_NEAR = 24  # characters before a cue that are looked at
_MENTIONED = re.compile(r"\b(?:phrase|term|expression|slogan)s?\W*$", re.IGNORECASE)
_ENDS = re.compile(r"[.?!…]['\"’”»)]*$")
_LAST_DAY = "9999"


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement's words: of a direct or mixed one those in quotation marks, of an indirect one all of its content.

    Who denies a quotation, or tells of a phrase, prints the words and does not say them: what he says is indirect.
    `words` are folded, `spans` say where each stands. `speaker`: an identity, or None where it is not known. `copies`: the
    cluster of wire copies of its article. `bands`: whole numbers below 2^48; sayings that share one are compared, and so are
    all sayings of two articles that are copies. `wording`: a number of 63 bits for words and bands, None where there are none.
    """

    statement: str
    article: str
    form: Form
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    bands: tuple[int, ...]
    day: str | None = None
    moment: str | None = None
    speaker: str | None = None
    copies: str | None = None
    wording: int | None = None


Voice = tuple[tuple[str, ...], str, str]
"""What sayings share that are one utterance whatever else is said: words, speaker, and, of those without a wording, the copies
that print them; of one that stands alone its statement."""


@dataclass(frozen=True, slots=True)
class Change:
    """Folded words of the origin and what an appearance prints instead; either may be empty, and then has no span."""

    before: str
    after: str
    before_span: Span | None
    after_span: Span | None


@dataclass(frozen=True, slots=True)
class LinkedAppearance:
    """A statement that prints an utterance: how alike its words are to the origin's (0 to 1), and which differ.

    An appearance may print a part only; what it leaves out at either end is no change.
    """

    statement: str
    article: str
    similarity: float
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class LinkedUtterance:
    """One thing said, and where it is printed. The origin is the earliest printing, and the first of `appearances`."""

    id: str
    origin: str
    speaker: str | None
    appearances: tuple[LinkedAppearance, ...]


def sayings_of(record: Record) -> tuple[Saying, ...]:
    """The words of each statement that has enough to be known again. `speaker` and `copies` are left None."""
    return tuple(s for s in _sayings(record.article, record.statements) if len(s.words) >= SHORTEST)


def words_in_marks(content: str) -> tuple[str, ...]:
    """The folded words of a direct statement's content, as `saying_of` gives them."""
    return tuple(word for match in _WORD.finditer(content) if (word := fold(match[0])))


def saying_of(article: Article, statement: Statement) -> Saying:
    """The words of one statement."""
    return _sayings(article, [statement])[0]


def _sayings(article: Article, statements: Sequence[Statement]) -> list[Saying]:
    """All at once: to mix a hundred hashes takes hardly longer than to mix ten."""
    forms = [_form(article, s) for s in statements]
    worded = [_words_in(article, s, form) for s, form in zip(statements, forms, strict=True)]
    pieces = [
        [] if form == "indirect" else list(_pieces(words, _ends(article.text, spans)))
        for form, (words, spans) in zip(forms, worded, strict=True)
    ]
    published = article.published
    day = published.date if published else article.dateline.date if article.dateline else None
    return [
        Saying(
            statement=s.id,
            article=article.id,
            form=form,
            words=words,
            spans=spans,
            bands=bands,
            day=day,
            moment=published.time if published else None,
            wording=_wording(words, bands) if bands else None,
        )
        for s, form, (words, spans), bands in zip(statements, forms, worded, _bands(pieces), strict=True)
    ]


def _wording(words: Sequence[str], bands: Sequence[int]) -> int:
    told = f"{' '.join(words)}\n{bands}"
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "little") >> 1


def alike(a: Saying, b: Saying) -> float | None:
    """How alike the words are (0 to 1), None where they are not the same utterance. Who speaks is not asked here.

    What is not quoted counts only between copies (`Saying.copies`).
    """
    return _alike(a, b, copied=_are_copies(a, b))


def _are_copies(a: Saying, b: Saying) -> bool:
    return a.copies is not None and a.copies == b.copies


def alike_words(a: Sequence[str], b: Sequence[str]) -> float | None:
    """As `alike`, of folded words in quotation marks, whoever speaks and wherever they are printed."""
    few = min(len(a), len(b))
    needed = [least for words, least in ALONE if few >= words]
    return similarity_of(a, b, needed[-1]) if needed else None


def _alike(a: Saying, b: Saying, *, copied: bool) -> float | None:
    if (a.form == "indirect" or b.form == "indirect") and not (copied and a.form == b.form):
        return None
    few = min(len(a.words), len(b.words))
    needed = [least for words, least in (IN_COPIES if copied else ALONE) if few >= words]
    if not needed:
        # Hardly any words: the whole must be the same, and the same known speaker must have said it.
        known = a.speaker is not None and a.speaker == b.speaker
        return 1.0 if few >= SHORTEST and a.words == b.words and (known or copied) else None
    return similarity_of(a.words, b.words, needed[-1])


def similarity_of(a: Sequence[str], b: Sequence[str], needed: float) -> float | None:
    """How alike words are where the shorter lies best in the longer, None where that is less than `needed`."""
    few, many = sorted((a, b), key=len)
    known = set(many)
    # What they have in common is no more than this, and beside it the longer needs to hold nothing else.
    common = sum(word in known for word in few)
    if 2 * common < needed * (len(few) + common) - ROUNDING:
        return None
    similarity = best_alignment(a, b)[0]
    return similarity if similarity >= needed else None


def utterances_of(sayings: Sequence[Saying], pairs: Iterable[tuple[str, str]]) -> tuple[LinkedUtterance, ...]:
    """Utterances with at least two appearances, sorted by id, from `pairs` of statements whose sayings are `alike`.

    Sayings of the same words need no pair, and what makes two alike that are no copies holds for all that have their words: so
    what ten thousand print takes one pair. Statements of two known speakers are never one utterance, nor is one of an unknown
    speaker both theirs: it goes where its words are most alike, of equals to the earliest. Pairs with a statement that is not
    among `sayings` are passed over.
    """
    known = {s.statement: s for s in sayings}
    found = [(a, b) for a, b in pairs if a in known and b in known]
    voices = {s.statement: _voice(s) for s in sayings}
    paired = {statement for pair in found if voices[pair[0]] == voices[pair[1]] for statement in pair}
    printed = Counter((voices[s.statement][::2], s.article) for s in sayings)
    twice = {
        voice for (voice, _), times in printed.items() if times > 1
    }  # in one article, whose statements are not paired
    members: dict[Voice, list[Saying]] = defaultdict(list)
    for saying in sayings:
        words, speaker, copies = voices[saying.statement]
        apart = copies and (saying.statement not in paired or (words, copies) in twice)
        members[words, speaker, saying.statement if apart else copies].append(saying)
    voices = {s.statement: voice for voice, those in members.items() for s in those}
    earliest = {voice: min(map(_rank, those)) for voice, those in members.items()}
    parts = _joined(earliest, _likenesses(voices, ((known[a], known[b]) for a, b in found)))
    told = ([saying for voice in part for saying in members[voice]] for part in parts)
    return tuple(sorted((_utterance(part) for part in told if len(part) > 1), key=lambda u: u.id))


def same_voice(saying: Saying) -> bool:
    """Whether a saying is one utterance with all that have its words and its speaker, be he unknown to both."""
    return saying.wording is not None and (saying.speaker is not None or len(saying.words) >= ALONE[0][0])


def _voice(saying: Saying) -> Voice:
    if same_voice(saying):
        return saying.words, saying.speaker or "", ""
    # Whatever else one of a text's copies is like, the others that print the same are like it too.
    alone = saying.wording is not None or saying.copies is None
    own = saying.statement if alone else f"{'indirect' if saying.form == 'indirect' else 'quoted'} {saying.copies}"
    return saying.words, saying.speaker or "", own


def _likenesses(
    voices: Mapping[str, Voice], pairs: Iterable[tuple[Saying, Saying]]
) -> dict[tuple[Voice, Voice], float]:
    """How alike voices, of statements, are that may be one utterance."""
    found: dict[tuple[Voice, Voice], float] = {}
    speaking: dict[tuple[str, ...], dict[str, Voice]] = defaultdict(dict)
    for voice in voices.values():
        if not voice[2]:
            speaking[voice[0]][voice[1]] = voice

    def note(x: Voice, y: Voice, similarity: float) -> None:
        if x != y:
            pair = (min(x, y), max(x, y))
            found[pair] = max(similarity, found.get(pair, 0.0))

    def note_all(a: dict[str, Voice], b: dict[str, Voice], similarity: float) -> None:
        """Of two wordings the voices that two known speakers do not keep apart."""
        for speaker, voice in a.items():
            for other in b.values() if not speaker else (b[s] for s in (speaker, "") if s in b):
                note(voice, other, similarity)

    for wording in speaking.values():
        note_all({s: v for s, v in wording.items() if not s}, wording, 1.0)
    compared: dict[tuple[object, ...], tuple[float | None, float | None]] = {}
    for a, b in pairs:
        if voices[a.statement] is voices[b.statement]:
            continue
        copied = _are_copies(a, b)
        # Many copies print the same: what they print is compared once.
        same = a.words, b.words, a.form, b.form, copied, a.speaker is not None and a.speaker == b.speaker
        if same not in compared:
            alone = _alike(a, b, copied=False)
            compared[same] = alone, _alike(a, b, copied=True) if copied else alone
        alone, similarity = compared[same]
        if similarity is not None:
            note(voices[a.statement], voices[b.statement], similarity)
        if alone is not None:
            note_all(speaking[a.words], speaking[b.words], alone)
            note_all(speaking[b.words], speaking[a.words], alone)
    return found


def _joined(earliest: dict[Voice, tuple[str, ...]], likenesses: dict[tuple[Voice, Voice], float]) -> list[list[Voice]]:
    """Voices that are one utterance, those most alike joined first, then the earliest.

    Not by the speakers themselves: their identities may have other ids tomorrow.
    """
    owner = {voice: voice for voice in earliest}
    speakers = {voice: voice[1] for voice in owner}

    def root(voice: Voice) -> Voice:
        while owner[voice] != voice:
            owner[voice] = owner[owner[voice]]
            voice = owner[voice]
        return voice

    def order(pair: tuple[Voice, Voice]) -> tuple[float, list[tuple[str, ...]]]:
        return -likenesses[pair], sorted(earliest[voice] for voice in pair)

    for a, b in sorted(likenesses, key=order):
        x, y = sorted((root(a), root(b)))
        if x != y and not (speakers[x] and speakers[y] and speakers[x] != speakers[y]):
            owner[y], speakers[x] = x, speakers[x] or speakers[y]
    parts: dict[Voice, list[Voice]] = defaultdict(list)
    for voice in owner:
        parts[root(voice)].append(voice)
    return list(parts.values())


def _utterance(members: Sequence[Saying]) -> LinkedUtterance:
    ranked = sorted(members, key=_rank)
    origin = ranked[0]
    return LinkedUtterance(
        id=tagged_hash("utt", origin.statement),
        origin=origin.statement,
        speaker=next((s.speaker for s in ranked if s.speaker is not None), None),
        appearances=tuple(_appearance(origin, s) for s in ranked),
    )


def _rank(saying: Saying) -> tuple[str, ...]:
    return saying.day or _LAST_DAY, saying.moment or _LAST_DAY, saying.article, saying.statement


def _appearance(origin: Saying, saying: Saying) -> LinkedAppearance:
    similarity, a, b = _aligned(origin, saying)
    return LinkedAppearance(saying.statement, saying.article, round(similarity, 4), tuple(_changes(a, b)))


# Words against words.


def _aligned(a: Saying, b: Saying) -> tuple[float, Saying, Saying]:
    """How alike two sayings are where the shorter lies best in the longer, and the parts that are so aligned."""
    similarity, found = best_alignment(a.words, b.words)
    if found is None:
        return similarity, a, b
    return similarity, _cut(a, found.src_start, found.src_end), _cut(b, found.dest_start, found.dest_end)


def best_alignment(a: Sequence[str], b: Sequence[str]) -> tuple[float, ScoreAlignment | None]:
    """How alike words are where the shorter lies best in the longer, and which parts lie so, None where all do.

    Similarity is twice the words in common, in their order, over the words of both parts.
    """
    from rapidfuzz.distance import Indel
    from rapidfuzz.fuzz import partial_ratio_alignment

    if a == b:
        return 1.0, None
    whole = Indel.normalized_similarity(a, b)
    few, many = sorted((len(a), len(b)))
    found = partial_ratio_alignment(a, b) if many >= PART * few else None
    if found is None or found.score / 100 <= whole:
        return whole, None
    return found.score / 100, found


def _cut(saying: Saying, start: int, end: int) -> Saying:
    return replace(saying, words=saying.words[start:end], spans=saying.spans[start:end])


def _changes(a: Saying, b: Saying) -> Iterator[Change]:
    """The words that differ, those side by side as one change."""
    if a.words == b.words:
        return
    from difflib import SequenceMatcher

    # Not rapidfuzz: difflib keeps runs of equal words together, as a reader compares.
    for tag, i, j, k, m in SequenceMatcher(None, a.words, b.words, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Change(" ".join(a.words[i:j]), " ".join(b.words[k:m]), _over(a.spans[i:j]), _over(b.spans[k:m]))


def _over(spans: Sequence[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


# Words of a statement.


def _form(article: Article, statement: Statement) -> Form:
    """Of a mixed statement that denies its quotation or tells of it as a phrase "indirect", else its own."""
    if statement.form != "mixed":
        return statement.form
    text, content = article.text, statement.content
    quoted = (q.start for q in _quoted(article, content) if any(q.overlaps(s) for s in content))
    first = min(quoted, default=content[0].start)
    before = [Span(s.start, min(s.end, first)).of(text) for s in content if s.start < first]
    cue = statement.cue[0].start
    told = " ".join(before)
    denied = (
        any(_DENIES.search(s.of(text)) for s in statement.cue)
        or _NOT_SAID.search(told)
        or _NEGATED.search(text, max(0, cue - _NEAR), cue)
    )
    return "indirect" if denied or _MENTIONED.search(told) else "mixed"


def _words_in(article: Article, statement: Statement, form: Form) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """Folded, and where each stands. A word or none is known again by its cue: "denied responsibility"."""
    found = _words_at(article, statement.content, form)
    if form == "indirect" and len(found[0]) < SHORTEST:
        return _words_at(article, sorted((*statement.cue, *statement.content)), form)
    return found


def _words_at(article: Article, content: Sequence[Span], form: Form) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    text = article.text
    quoted = _quoted(article, content) if form == "mixed" else None
    words, spans = list[str](), list[Span]()
    for span in content:
        for match in _WORD.finditer(text, span.start, span.end):
            if (word := fold(match[0])) and (quoted is None or _lies_in(match.start(), match.end(), quoted)):
                words.append(word)
                spans.append(Span(match.start(), match.end()))
    return tuple(words), tuple(spans)


def _ends(text: str, words: Sequence[Span]) -> list[bool]:
    """Which of the words end a sentence."""
    return [not text[w.end - 1].isalnum() and _ENDS.search(w.of(text)) is not None for w in words]


def _quoted(article: Article, content: Sequence[Span]) -> list[Span]:
    """What stands between quotation marks in the paragraphs of the content."""
    out = []
    starts = [p.start for p in article.paragraphs]
    numbers = {bisect_right(starts, span.start) - 1 for span in content}
    for number in sorted(numbers):
        paragraph = article.paragraphs[number] if number >= 0 else Span(0, max(1, len(article.text)))
        words = paragraph.of(article.text)
        for pair in pair_marks(words).quotations:
            start = pair.open if pair.open is not None else 0
            end = pair.close + 1 if pair.close is not None else len(words)
            out.append(Span(paragraph.start + start, paragraph.start + end))
    return out


def _lies_in(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= start and end <= span.end + 1 for span in spans)


def _pieces(words: Sequence[str], ends: Sequence[bool]) -> Iterator[Sequence[str]]:
    """The sentences of a saying that are long enough to be indexed; all of it where none is."""
    start, found = 0, False
    for number, ending in enumerate([*ends[:-1], True] if words else []):
        if ending:
            if number + 1 - start >= SHORTEST_PIECE:
                found = True
                yield words[start : number + 1]
            start = number + 1
    if not found and len(words) >= SHORTEST_PIECE:
        yield words


def _bands(sayings: Sequence[Sequence[Sequence[str]]]) -> list[tuple[int, ...]]:
    """Of each saying the bands of its pieces, each once."""
    import numpy as np

    pieces = [piece for saying in sayings for piece in saying]
    if not pieces:
        return [() for _ in sayings]
    least = least_hashes([shingle_hashes(word_hashes(piece), SHINGLE) for piece in pieces], PIECE_BANDS * ROWS)
    rows = least.reshape(len(pieces), PIECE_BANDS, ROWS)
    mixed = np.zeros((len(pieces), PIECE_BANDS), np.uint64)
    for k in range(ROWS):
        mixed = (mixed ^ rows[:, :, k]) * np.uint64(STEP)
    bands = iter((mixed >> np.uint64(64 - BITS)).tolist())
    return [tuple(dict.fromkeys(band for _ in saying for band in next(bands))) for saying in sayings]
