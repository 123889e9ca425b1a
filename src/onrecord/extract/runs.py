"""Runs of capitals that are one name: its words were found apart, as different things, or only some of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.codebook.gazetteer import gazetteer, place_key
from onrecord.codebook.names import name_words
from onrecord.extract.holding import holder_of
from onrecord.extract.lands import capital_codes, codes_of, is_known_place
from onrecord.extract.linking import NAMED
from onrecord.extract.names import titles_before, words_in
from onrecord.extract.trimming import LOUD, capitals_in, changed, with_wholes
from onrecord.records import Article, Mention, MentionKind, Span

_LANDS = frozenset({"country", "place"})
_RUN_WORD = re.compile(r"[\w’'.-]*\w\.?")
_LOWER_IN_NAME = frozenset("es de da do dos del la las los el al an and of the der am du sur le i y e ul".split())
MOST_WORDS = 5
"""Words of the longest place in the tables that is looked for ("Saint Vincent and the Grenadines")."""
_NEXT_CAPITAL = re.compile(
    r" (?P<word>[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ](?<!['’]s))(?![\w’'-])"
    r"|(?: (?P<own>[A-ZÀ-Þ][\w-]*[a-zà-ÿ])(?=['’]s?\b))"
)
_PARTNERS = re.compile(r"(?<![\w&.’'-])(?P<a>[A-Z][\w’'-]*[a-z]) & (?P<b>[A-Z][\w-]*[a-z])(?![\w-]| &| [A-Z][a-z])")
_PARTNERED = frozenset({"person", "organization", "country", "place"})
_SITES = frozenset(
    "Square Street Avenue Lane Bridge Island Park Gate Hill Beach Bay Valley Airport Station Harbour".split()
)
_NATIONAL = re.compile(r"\w{3,}(?:an|ish|ese)")
_WORD_BEFORE = re.compile(r"\b([a-z]+) $")
_CAPITAL_AFTER = re.compile(r" [A-Z]")


def whole_runs(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart) with the places that the tables know, and two words side by side, whole;
    and the words after a name that go on with capitals, where nothing was found.
    """
    return _run_on(article, _side_by_side(article, _partners(article, _in_tables(article, mentions))))


# ---------------------------------------------------------------- places of several words


def _in_tables(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Countries and cities of several words of which pieces were found: "Dar" and "Salaam", "United" and "Arab Emirates"."""
    text = article.text
    out: list[Mention] = []
    starts = [m.span.start for m in mentions]
    at = 0
    while at < len(mentions):
        mention = mentions[at]
        whole = _whole_place(text, mention, out[-1].span.end if out else 0, mentions, starts)
        if whole is None:
            out.append(mention)
            at += 1
            continue
        span, kind = whole
        last = bisect_left(starts, span.end)
        out.append(changed(article, mention, span, kind, min(m.score for m in mentions[at:last])))
        at = last
    return out


def _whole_place(
    text: str, mention: Mention, least: int, mentions: Sequence[Mention], starts: Sequence[int]
) -> tuple[Span, MentionKind] | None:
    if mention.kind not in NAMED or not text[mention.span.start].isupper():
        return None
    for span in _windows(text, mention.span, least):
        if len(span) <= len(mention.span):
            continue
        inside = mentions[bisect_left(starts, mention.span.start) : bisect_left(starts, span.end)]
        if not all(span.holds(m.span) and m.kind in NAMED and len(m.span) < len(span) for m in inside):
            continue
        name = " ".join(span.of(text).split())
        if codes_of(name):
            return span, "country"
        if " ".join(words_in(name)) in name_words().bodies:
            return span, "organization"
        if place_key(name) in gazetteer().own and (len(inside) > 1 or mention.kind in _LANDS):
            return span, "place"
    return None


def _windows(text: str, span: Span, least: int) -> Iterator[Span]:
    """Spans of up to MOST_WORDS words around a name, the longest first, that no capital goes on from on either side."""
    left = [m.start() for m in _RUN_WORD.finditer(text, max(least, span.start - 30), span.start)][-2:]
    begins = [*left, span.start]
    words = list(_RUN_WORD.finditer(text, span.start, min(len(text), span.start + 60)))[:MOST_WORDS]
    found = []
    for begin in begins:
        for word in words:
            end = word.end()
            if end < span.end or not text[word.start()].isupper():
                continue
            name = text[begin:end]
            pieces = name.split()
            if not 2 <= len(pieces) <= MOST_WORDS or not text[begin].isupper() or "\n" in name:
                continue
            if not all(p[0].isupper() or p in _LOWER_IN_NAME for p in pieces) or _CAPITAL_AFTER.match(text, end):
                continue
            found.append(Span(begin, end - (name.endswith(".") and not name.endswith("S."))))
    return iter(sorted(set(found), key=lambda s: -len(s)))


# ---------------------------------------------------------------- two names over an ampersand


def _partners(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Firms that bear two names, of which either was found: "Tern & Lane".

    Two lands, two places that the tables know, two forenames, and whom the article names in full are two.
    """
    text, wholes = article.text, []
    table = name_words()
    full = {w for m in mentions if m.kind == "person" and " " in (n := m.span.of(text)) for w in n.split()}
    for match in _PARTNERS.finditer(text):
        span, pair = Span(*match.span()), (match["a"], match["b"])
        lo = bisect_right(mentions, span.start, key=lambda m: m.span.end)
        hi = bisect_left(mentions, span.end, key=lambda m: m.span.start)
        found = mentions[lo:hi]
        if not found or not all(span.holds(m.span) and m.span != span and m.kind in _PARTNERED for m in found):
            continue
        if any(codes_of(w) or w in full or w.casefold() in table.titles for w in pair) or all(
            map(is_known_place, pair)
        ):
            continue
        if all(w.casefold() in table.his_names | table.her_names for w in pair):
            continue
        if article.headline is None or not article.headline.holds(span):
            firm = changed(article, found[0], span, "organization", min(m.score for m in found))
            wholes.append((lo, hi, firm))
    return with_wholes(mentions, wholes)


# ---------------------------------------------------------------- two words side by side


def _side_by_side(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Two single words side by side, each found and neither named alone: "Fine" and "Gael"; "Tern" & "Lane"."""
    text = article.text
    counts = Counter(m.span.of(text) for m in mentions)
    full = {w for m in mentions if m.kind == "person" for w in m.span.of(text).split()[1:]}
    out: list[Mention] = []
    for mention in mentions:
        first = out[-1] if out else None
        kind = _pair_kind(article, first, mention, counts, full) if first else None
        if first is None or kind is None:
            out.append(mention)
            continue
        out[-1] = changed(
            article, first, Span(first.span.start, mention.span.end), kind, min(first.score, mention.score)
        )
    return out


def _pair_kind(
    article: Article, first: Mention, second: Mention, counts: Counter[str], full: set[str]
) -> MentionKind | None:
    text = article.text
    between = text[first.span.end : second.span.start]
    if not {first.kind, second.kind} <= NAMED or between not in (" ", " & "):
        return None
    a, b = first.span.of(text), second.span.of(text)
    if " " in a or " " in b or not (a.istitle() and b.istitle()) or a in full:
        return None
    if between == " & ":
        return "organization" if "organization" in (first.kind, second.kind) and second.kind != "country" else None
    if (
        counts[b] == 1
        and second.kind == "person"
        and _is_introduced(text, first.span.start)
        and not _is_known(second, b)
    ):
        return "person"  # "spokesman Sun Lihua", who is "Sun" from then on
    if counts[a] > 1 or counts[b] > 1 or first.kind == second.kind == "person":
        return None
    if (
        (article.headline is not None and article.headline.holds(first.span))
        or _is_known(first, a)
        or _is_known(second, b)
    ):
        return None
    table = name_words()
    if first.kind in ("country", "group") and _NATIONAL.fullmatch(a):
        return None
    if {first.kind, second.kind} <= _LANDS or (second.kind == "place" and b in _SITES):
        return "place"
    if first.kind in ("country", "group") and b.casefold() in table.heads | table.wholes | table.sorts:
        return None
    if first.kind == second.kind or "group" in (first.kind, second.kind):
        return first.kind if first.kind == second.kind else "group"
    if second.kind == "person" and (first.kind in _LANDS or first.score < second.score):
        return "person"
    return "organization"


def _is_introduced(text: str, start: int) -> bool:
    """Whether a word in small letters that says what somebody is stands before a name: "ministry official", "lawyer"."""
    before = _WORD_BEFORE.search(text, max(0, start - 20), start)
    return before is not None and before[1] in name_words().role_nouns


def _is_known(mention: Mention, word: str) -> bool:
    """Whether a word is a name or a title by itself."""
    table, key, words, low = gazetteer(), place_key(word), name_words(), word.casefold()
    if codes_of(word) or capital_codes(word) or key in table.states or key in table.regions:
        return True
    if mention.kind in _LANDS and key in table.own:
        return True
    return low in words.titles | words.kept_titles | words.role_nouns | words.his_names | words.her_names


# ---------------------------------------------------------------- capitals after a name


def _run_on(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Names with the capitals after them: "Quell" in "Quell Harbour Builders said", "Sinn" in "Sinn Féin said"."""
    text = article.text
    loud = [p for p in article.paragraphs if capitals_in(p.of(text)) > LOUD]
    counts = Counter(m.span.of(text) for m in mentions)
    full = {w for m in mentions if m.kind == "person" and " " in m.span.of(text) for w in m.span.of(text).split()}
    out: list[Mention] = []
    ends = [*(m.span.start for m in mentions[1:]), len(text)][: len(mentions)]
    for mention, end in zip(mentions, ends, strict=True):
        name = mention.span.of(text)
        alone = mention.kind == "person" and " " not in name and counts[name] == 1 and name not in full
        if (alone or mention.kind == "organization") and holder_of(loud, mention.span) is None:
            stop = _run_end(text, mention.span.end, end)
            words = len(text[mention.span.end : stop].split())
            least = name.istitle() and not titles_before(text, mention.span.start)
            if words and least and not (alone and words > 1):
                mention = changed(article, mention, Span(mention.span.start, stop))
        out.append(mention)
    return out


def _run_end(text: str, at: int, end: int) -> int:
    """Where the capitals after a name end; `at` where the next is a title, a day, a land, or somebody's initials."""
    words = name_words()
    stops = words.titles | words.kept_titles | words.role_nouns | words.role_stops | words.offices | words.degrees
    stop = at
    while (found := _NEXT_CAPITAL.match(text, stop)) is not None:
        word = found["word"] or found["own"]
        low = word.casefold()
        if found.end() > end or low in stops or low in words.role_modifiers or codes_of(word) or capital_codes(word):
            return at
        stop = found.end()
    return stop if stop <= end and not text.startswith(("-", " of "), stop) else at
