"""Names of bodies of which only a part was found: their first words, what they are of, and the letters after a hyphen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, one_of
from onrecord.codebook.verbs import verb_forms
from onrecord.extract.belonging import is_name
from onrecord.extract.lands import codes_of, is_demonym, is_known_place
from onrecord.extract.names import titles_before
from onrecord.extract.offices import is_portfolio
from onrecord.extract.trimming import changed
from onrecord.records import Article, Mention, Span

_HEADS = one_of(bodies("of"), capital=True)
_OF = re.compile(rf"\b(?P<head>{_HEADS}) (?:of|on|for) (?:the )?(?:[A-Z][\w’'-]+ (?:and )?){{0,2}}$")
_OPENS_OF = re.compile(r"(?:of|for|on) (?:the )?")
_OF_BETWEEN = re.compile(r" ?(?:of|on|for)? (?:the )?(?:[A-Z][\w’'-]+ (?:and )?){0,2}")
_LAST = re.compile(rf"(?:{_HEADS})(?: of| on| for)?$")
_PLACED = re.compile(r" of (?:the )?$")  # "on" and "for" only say where it lies ("Quay University on Harrow Island")
_AFTER_OF = frozenset({"organization", "work", "place", "country", "group"})
_SHORT_NAMES = re.compile(one_of(bodies("bare"), capital=True))
_GENERIC_LAST = re.compile(one_of(bodies("site"), capital=True))
_IN_BODY = re.compile(r"\b[Tt]he (?P<word>[A-Z][a-z]+) (?:in|on|for|of|and) $")
_LAST_HEAD = re.compile(rf".* (?:{_HEADS})")
_BEFORE = re.compile(r"(?<![\w’'.-])(?P<word>[A-Z][a-zé’'-]+) $")
_NO_SENTENCE_START = re.compile(r"[^\s.?!:;\"“”‘—–-][)\"”’']* $|, $")
_THE = re.compile(r"\b[Tt]he $")
_LETTERS = re.compile(r"-(?:[A-Z]{1,2}|West|East|North|South)(?![\w’'-]*\w)")
_OPEN_END = re.compile(r" (?:of|for|on|and)(?: the)?$")
_REST = re.compile(r" (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}")
_SPLIT = re.compile(r" ?[\"“‘'(][\w’' -]{2,20}[\"”’')] ")
_MARKS = re.compile(r"\.?[ \"“”‘’']{1,3}")
_FORENAMES = r"[A-Z][\w’'-]*(?<![’']s)(?: [A-Z][\w’'-]*(?<![’']s)| [A-Z]\.)* "
_CALLED = re.compile(
    _FORENAMES
    + r"(?:\"[A-Z][\w’' -]{1,19}\"|“[A-Z][\w’' -]{1,19}”|‘[A-Z][\w' -]{1,19}’|'[A-Z][\w’ -]{1,19}')(?: [A-Z][\w’'-]*)+"
)
"""A name with a nickname in marks between its words; after a possessive the marks hold what is somebody's."""
_REST_OF_DOUBLE = re.compile(r"(?:-[A-Z][\w’']*[a-z]\b)+(?![-’']?\w)")
_NO_NOUN_AFTER = re.compile(
    rf"(?=[.,;:’']|$)| (?:also |now )?(?:and|has|had|is|was|says|will|would|who|which|\w+ed|{one_of(verb_forms().past)})\b"
)
_LAST_WORD = re.compile(rf" (?:{one_of(bodies('name') | name_words().heads, capital=True)})$")
_THE_RUN = re.compile(r"\b[Tt]he (?P<words>[A-Z][\w’-]+(?:,? [A-Z][\w’-]+){0,3} (?:and |& )?)$")
_NATIONAL = re.compile(r"\w{3,}(?:an|ish|ese)")
_DOUBLE = re.compile(
    r"(?<![\w’'.-])(?P<initials>(?:[A-Z]\. ?){0,4})[A-Z][A-Z’']{1,30}(?:-[A-Z][A-Z’']{1,30}){1,3}(?![\w’'-]*\w)"
)
"""A double name in capitals, as records of debates have it: "J. LANE-BRANDT"."""
MOST_FIRST = 3
"""Words before a body that says only what sort it is."""
REACH = 60
"""Characters before a name in which its first words are looked for."""


def lengthened(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart), the names of bodies and the persons with a nickname between their names whole."""
    out: list[Mention] = []
    for mention in mentions:
        mention = _with_said(article, _with_letters(article, _doubled(article, mention)))
        while out and out[-1].span.end > mention.span.start and mention.span.holds(out[-1].span):
            out.pop()
        if out and out[-1].span.end > mention.span.start:
            continue  # the letters after a hyphen, which its name has taken over
        whole = _nicknamed(article, out, mention) or _of(article, out, mention) or _of_land(article, out, mention)
        if whole is None:
            mention = _with_place(article, out, mention)
            out.append(_with_first(article, mention, out[-1].span.end if out else 0))
            continue
        while out and out[-1].span.start >= whole.span.start:
            out.pop()
        out.append(whole)
    return out


def opened(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart), the bodies with the capitals that run to them from "the", in which nothing was found."""
    text, out = article.text, []
    for mention, least in zip(mentions, [0, *(m.span.end for m in mentions)], strict=False):
        start = _run_start(text, mention, least) if mention.kind == "organization" else mention.span.start
        out.append(changed(article, mention, Span(start, mention.span.end)))
    return out


def ended(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart), none of them breaking off at a word that goes on, as "Union of" does."""
    starts = [m.span.start for m in mentions]
    return [_ended(article, m, most) for m, most in zip(mentions, [*starts[1:], len(article.text)], strict=False)]


def _ended(article: Article, mention: Mention, most: int) -> Mention:
    """A name that breaks off with what follows before `most`, "Union of Lamplighters"; without its last word if nothing does."""
    if mention.kind in ("date", "number") or not (open_end := _OPEN_END.search(mention.span.of(article.text))):
        return mention
    rest = _REST.match(article.text, mention.span.end, most)
    end = rest.end() if rest else mention.span.start + open_end.start()
    return changed(article, mention, Span(mention.span.start, end))


def _with_letters(article: Article, mention: Mention) -> Mention:
    """A party's or firm's name with what follows its hyphen: "QLP" in "QLP-N", "TFER" in "TFER-West"."""
    name = mention.span.of(article.text)
    more = _LETTERS.match(article.text, mention.span.end)
    if more is None or not (name.isupper() and 1 < len(name) < 7) or codes_of(name):
        return mention
    return changed(article, mention, Span(mention.span.start, more.end()), "organization")


def _doubled(article: Article, mention: Mention) -> Mention:
    """A person whose double name in capitals was found by half, as a title or initials before it tell: "Hon. J. LANE-BRANDT"."""
    text, span = article.text, mention.span
    if "-" not in text[span.start - 1 : span.end + 1] or not span.of(text).isupper():
        return mention
    for found in _DOUBLE.finditer(text, max(0, span.start - REACH), span.end + REACH):
        whole = Span(*found.span())
        if whole.holds(span) and whole != span and (found["initials"] or titles_before(text, whole.start)):
            return changed(article, mention, whole, "person")
    return mention


def _with_said(article: Article, mention: Mention) -> Mention:
    """A person with a surname that was taken for a verb: "Karim" in "Karim Said said"."""
    end = mention.span.end
    if (
        mention.kind != "person"
        or article.text[end : end + 5] != " Said"
        or not is_name(article.text, Span(end + 1, end + 5))
    ):
        return mention
    return changed(article, mention, Span(mention.span.start, end + 5), "person")


def _nicknamed(article: Article, before: Sequence[Mention], mention: Mention) -> Mention | None:
    """A person with a nickname between the names, found or not, or found with one of them: Oto "Bo" Brandt."""
    text = article.text
    for first in before[-2:]:
        if not first.kind == mention.kind == "person":
            continue
        start, end = first.span.start, mention.span.end
        parted = _MARKS.fullmatch(text, first.span.end, mention.span.start) and _CALLED.fullmatch(text, start, end)
        if parted or _SPLIT.fullmatch(text, first.span.end, mention.span.start):
            double = _REST_OF_DOUBLE.match(text, end)
            span = Span(start, double.end() if double else end)
            return changed(article, first, span, "person", min(first.score, mention.score))
    return None


def _of(article: Article, before: Sequence[Mention], mention: Mention) -> Mention | None:
    """A body whole that was found without what sort of body it is, or in two: "Board of" "Tides", "Tide Board" of "Brell"."""
    text, start = article.text, mention.span.start
    if (opens := _OPENS_OF.match(text, start, mention.span.end)) is not None:
        start = opens.end()  # "of Tides"
    if mention.kind not in _AFTER_OF or not text[start].isupper():
        return None
    head = _OF.search(text, max(0, start - REACH), start)
    if head is None or (mention.kind == "country" and is_demonym(mention.span.of(text))):
        return None
    if mention.kind in ("place", "country") and not (
        _PLACED.search(text, head.start(), start) or is_portfolio(mention.span.of(text))
    ):
        return None
    first = before[-1] if before else None
    if first is not None and first.span.end > head.start("head"):
        if first.kind != "organization" or not _LAST.search(first.span.of(text)):
            return None
        if not _OF_BETWEEN.fullmatch(text[first.span.end : start]):
            return None
        if mention.kind in ("place", "country") and " " not in first.span.of(text):
            return None  # "the Council of Harrow" may be a name or not
        span = Span(first.span.start, mention.span.end)
        return changed(article, first, span, "organization", min(first.score, mention.score))
    return changed(article, mention, Span(head.start("head"), mention.span.end), "organization")


def _of_land(article: Article, before: Sequence[Mention], mention: Mention) -> Mention | None:
    """A body that goes by the name of its country: "Quayside" and "Ireland" for "Quayside Ireland"."""
    text, first = article.text, before[-1] if before else None
    if mention.kind == "organization":
        return _of_letters(article, first, mention)
    if first is None or first.kind != "organization" or mention.kind != "country":
        return None
    name, land = first.span.of(text), mention.span.of(text)
    if text[first.span.end : mention.span.start] != " " or not codes_of(land) or is_demonym(land):
        return None
    table = name_words()
    if name.isupper() or name.split()[-1].casefold() in table.heads | table.wholes | table.titles | table.role_nouns:
        return None
    if article.headline is not None and article.headline.holds(first.span):
        return None
    span = Span(first.span.start, mention.span.end)
    return changed(article, first, span, "organization", min(first.score, mention.score))


def _of_letters(article: Article, first: Mention | None, mention: Mention) -> Mention | None:
    """A body whose first word was passed over, where the letters of its country were taken for a body: "Bakeries" UK."""
    text, span = article.text, mention.span
    if not (span.of(text).isupper() and codes_of(span.of(text)) and _NO_NOUN_AFTER.match(text, span.end)):
        return None
    before = _BEFORE.search(text, max(first.span.end if first else 0, span.start - REACH), span.start)
    table = name_words()
    stops = table.role_stops | table.titles | table.kept_titles | table.role_nouns
    if before is None or before["word"].casefold() in stops or codes_of(before["word"]):
        return None
    return changed(article, mention, Span(before.start("word"), span.end))


def _with_place(article: Article, before: list[Mention], mention: Mention) -> Mention:
    """A body with the place before it, where all else says only what sort it is: "Brell" and "District Hospital".

    The place leaves `before`.
    """
    text, first = article.text, before[-1] if before else None
    if first is None or text[first.span.end : mention.span.start] != " " or not _may_name(text, first):
        return mention
    if mention.kind != "organization" or not _is_generic(mention.span.of(text)):
        return mention
    before.pop()
    span = Span(first.span.start, mention.span.end)
    return changed(article, mention, span, "organization", min(first.score, mention.score))


def _may_name(text: str, first: Mention) -> bool:
    """Whether a body may be called after what was found before it: a place, or one word or two that no table knows."""
    name, table = first.span.of(text), name_words()
    if not name[0].isupper() or first.kind == "place":
        return name[0].isupper()
    words = name.split(" ")
    strange = len(words) == 1 or (len(words) == 2 and words[0].casefold() not in table.his_names | table.her_names)
    return (
        first.kind in ("person", "country")
        and strange
        and all(word.isalpha() for word in words)
        and not codes_of(name)
        and not titles_before(text, first.span.start)
    )


def _is_generic(name: str) -> bool:
    """Whether a name says what sort of body it is, and nothing that tells it from others: "District Hospital"."""
    *words, last = name.split()
    return (
        bool(words)
        and bool(_GENERIC_LAST.fullmatch(last))
        and all(w.casefold() in name_words().role_modifiers for w in words)
    )


def _with_first(article: Article, mention: Mention, least: int) -> Mention:
    """A body with the words before it that tell which it is: "Ministry" in "the Foreign Ministry"."""
    text, name = article.text, mention.span.of(article.text)
    if mention.kind not in ("organization", "group"):
        return mention
    if article.headline is not None and article.headline.holds(mention.span):
        return mention
    start = mention.span.start
    within = _IN_BODY.search(text, max(least, start - REACH), start) if _LAST_HEAD.fullmatch(name) else None
    if within is not None and not _is_office(within["word"]):
        start = within.start("word")  # "Standards in Public Office Commission"
    elif _SHORT_NAMES.fullmatch(name) or _is_generic(name):
        for _ in range(MOST_FIRST):
            before = _BEFORE.search(text, max(least, start - REACH), start)
            if before is None or not _tells_which(text, before):
                break
            start = before.start("word")
    if start == mention.span.start:
        return mention
    return changed(article, mention, Span(start, mention.span.end))


def _run_start(text: str, mention: Mention, least: int) -> int:
    """Where the capitals begin that run from "the" to a body in which nothing else was found: "Oil" in "the Oil Spill Agency"."""
    name, start = mention.span.of(text), mention.span.start
    run = _THE_RUN.search(text, max(least, start - REACH), start)
    if (
        run is None
        or " " not in name
        or _LAST_WORD.search(name) is None
        or not (name[0].isupper() or name[:4] == "and ")
    ):
        return start
    words = [part for w in run["words"].split() if w[0].isupper() for part in w.strip(",").split("-")]
    if any(_is_office(w) or codes_of(w) or is_known_place(w) or _NATIONAL.fullmatch(w) for w in words):
        return start
    return run.start("words")


def _is_office(word: str) -> bool:
    table, low = name_words(), word.casefold()
    return low in table.role_nouns | table.titles | table.kept_titles | table.heads | table.role_stops


def _tells_which(text: str, before: re.Match[str]) -> bool:
    table, word = name_words(), before["word"].casefold()
    at = before.start("word")
    if word == "general":
        return _THE.search(text, max(0, at - 4), at) is not None
    if word in table.role_stops | table.titles | table.kept_titles | {"former", "new", "ex"} or word.endswith(
        ("’s", "'s")
    ):
        return False
    return word in table.role_modifiers or _NO_SENTENCE_START.search(text, max(0, at - 4), at) is not None
