"""Names that were taken apart at a hyphen, in the middle of a phrase or before their short form, and titles taken for names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from onrecord.codebook.names import name_words
from onrecord.extract.lands import codes_of, is_known_place
from onrecord.extract.linking import NAMED
from onrecord.extract.names import SMALL_IN_NAMES
from onrecord.extract.offices import without_portfolios
from onrecord.extract.trimming import changed
from onrecord.records import Article, Mention, MentionKind, Span

_HYPHEN = re.compile(r"-(?:(?:of|i|e|o|ul|ud|al|el|de|la|le|on|upon|sur|OF|DE|ON|UPON)-)?")
_LINK = re.compile(r"i|e|o|ul|ud|of|on|upon")
_LINKED = re.compile(r"-(?:of|i|e|o|ul|ud|on|upon|sur|OF|ON|UPON)-")
_DOUBLE = re.compile(r"(?:-[A-Z][\w’']*[a-z]\b)+(?![-’']?\w)")
_DOUBLE_PLACE = re.compile(
    r"-[A-Z][a-z]+(?![-’'\w])(?! (?:[a-z]+ )?(?:axis|border|corridor|derby|expressway|ferry|flight|highway|line|match|motorway"
    r"|pact|railway|road|route|summit|talks|track|treaty|war)\b)"
)
"""The second half of a place's name ("Quay-Harrow"), not one of two places ("the Quay-Harrow road")."""
_NO_NAME = re.compile(r"-(?:[A-Z]\w*(?<!m)ed|Era|Style|Like|Led|Run|Born|Bound|Free)\b")
"""What a headline in title case writes with a capital after a name and a hyphen ("Ada Lane-Backed Plan")."""
_SURNAME = re.compile(r"[A-Z][\w’']*-[A-Z][\w’']+")
MOST_SURNAMES = 50
"""Double surnames of an article that are looked for, the commonest first: it bounds the time."""
_FORENAME = re.compile(r"(?<![\w’'-])(?P<word>[A-Z][a-zé]+)-$")
_PREFIXES = frozenset("Ex Anti Pro Non Pre Post Vice Mid Co Re Pan Trans Neo Then".split())
_SYLLABLE = re.compile(
    r"-(?!(?:era|led|esque|like|style|type|born|run|free|wise|bred|based|backed|owned|linked|named|aide)\b)[a-z]{1,6}\b"
)
LONGEST_SYLLABLE = 6
"""Letters of a Chinese or Korean given name before its hyphen ("Oto Wen-ho")."""
_ARABIC = re.compile(r"-[A-Z][\w’']+(?:-[A-Z][\w’']+)?")
_ARABIC_ARTICLE = re.compile(r"(?:^|[\s-])(?:[Aa]l|[Ee]l|[Aa][dnrstz]|[Aa]sh|[Uu][lr])$")
_SHORT = re.compile(r" ?\((?P<short>[A-Z][A-Za-z-]{1,9})\)")
_PHRASE_WORD = re.compile(r"[\w’'&.-]+")
_SMALL = SMALL_IN_NAMES - {"de"}
_NOT_IN_NAME = re.compile(r"[.;:()\n“”\"]")
_NAME_AFTER = re.compile(r" [A-Z][\w’'.-]+ [A-Z]|[- ][Gg]eneral\b")
_SHORTENED = frozenset("Abd Chas Geo Jas Jos Md Mohd Muhd Thos Wm".split())
"""Forenames that are written with a full stop: "Mohd. Oto Lane"."""
_TOWNS_TOO = frozenset(("Jos", "Md"))
"""Those that are a town and a state as well: "He grew up in Jos. Ada Lane did not"."""
MOST_WORDS = 10
"""Words of a body's name before its short form in brackets."""


def pieced(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` (in text order, apart) without titles that are none, and with names whole that were taken apart."""
    found = without_portfolios(article, _without_titles(article, mentions))
    return _spelt_out(article, _adjoining(article, _hyphened(article, found)))


# ---------------------------------------------------------------- titles


def _without_titles(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Abbreviated titles and honorifics name nobody: "Cllr", "MEP", "Hon" in "Hon. Ada Lane"."""
    offices = name_words().offices
    out = []
    for mention in mentions:
        words = [w.casefold().strip(".,") for w in mention.span.of(article.text).split()]
        titles = all(word in offices for word in words) or " ".join(words) in name_words().paired_titles
        if mention.kind in NAMED and words and titles:
            continue
        if mention.kind in ("organization", "work", "person") and _is_title(article.text, mention.span):
            continue
        if len(mention.span) == 1 and article.text[max(0, mention.span.start - 1) : mention.span.start] in (".", ":"):
            continue  # the exchange of a share ("QFA.N")
        cut = mention.span
        while mention.kind != "person" and len(words) > 1 and words[-1] in name_words().degrees:
            cut = Span(cut.start, cut.start + len(cut.of(article.text).rsplit(None, 1)[0]))
            del words[-1]
        out.append(mention if cut == mention.span else changed(article, mention, cut))
    return out


def _is_title(text: str, span: Span) -> bool:
    """Whether a word is what somebody is, before his name: "Councilman" in "Councilman Oto Brandt"."""
    word, table = span.of(text).casefold(), name_words()
    return word in table.titles and word not in table.heads and _NAME_AFTER.match(text, span.end) is not None


# ---------------------------------------------------------------- hyphens


def _hyphened(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Double names whole: "Ada Lane" and "Brandt" for "Ada Lane-Brandt", "PORT" and "SPAIN" for "PORT-OF-SPAIN".

    Two that are named apart elsewhere ("the Lane-Brandt talks"), and two countries, stay two.
    """
    text = article.text
    out: list[Mention] = []
    counts = Counter(m.span.of(text) for m in mentions if not _at_hyphen(text, m.span))
    for mention in mentions:
        if _LINK.fullmatch(text, mention.span.start, mention.span.end) and _between_hyphens(text, mention.span):
            continue  # the "e" of "Quay-e-Harrow"
        first = out[-1] if out else None
        kind = _double_kind(text, first, mention, counts) if first else None
        if first is None or kind is None:
            out.append(mention)
            continue
        out[-1] = changed(
            article, first, Span(first.span.start, mention.span.end), kind, min(first.score, mention.score)
        )
    ends = [*(m.span.start for m in out[1:]), len(text)][: len(out)]
    out = [_with_article(article, _with_double(article, m, end), end) for m, end in zip(out, ends, strict=True)]
    leasts = [0, *(m.span.end for m in out)]
    out = [_with_forename(article, m, least) for m, least in zip(out, leasts, strict=False)]
    return _surnames(article, out)


def _between_hyphens(text: str, span: Span) -> bool:
    return text[max(0, span.start - 1) : span.start] == text[span.end : span.end + 1] == "-"


def _at_hyphen(text: str, span: Span) -> bool:
    return text[span.end : span.end + 1] == "-" or text[max(0, span.start - 1) : span.start] == "-"


def _surnames(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Double surnames that the article has with a forename are whole where they stand alone as well."""
    text = article.text
    full = [m.span.of(text).split()[-1] for m in mentions if m.kind == "person" and " " in m.span.of(text)]
    known = [name for name, _ in Counter(filter(_SURNAME.fullmatch, full)).most_common(MOST_SURNAMES)]
    if not known:
        return list(mentions)
    out: list[Mention] = []
    at = 0
    for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, known))})(?![\w-])", text):
        while at < len(mentions) and mentions[at].span.end <= match.start():
            out.append(mentions[at])
            at += 1
        touched = []
        while at < len(mentions) and mentions[at].span.start < match.end():
            touched.append(mentions[at])
            at += 1
        if touched and touched[-1].span.end <= match.end() and {m.kind for m in touched} <= NAMED:
            span = Span(min(touched[0].span.start, match.start()), match.end())
            out.append(changed(article, touched[0], span, "person", min(m.score for m in touched)))
        else:
            out += touched
    return [*out, *mentions[at:]]


def _double_kind(text: str, first: Mention, second: Mention, counts: Counter[str]) -> MentionKind | None:
    between = text[first.span.end : second.span.start]
    if not _HYPHEN.fullmatch(between) or not {first.kind, second.kind} <= NAMED:
        return None
    a, b = first.span.of(text), second.span.of(text)
    if between == "-" and _ARABIC_ARTICLE.search(a) and b[0].isupper():
        return first.kind if " " in a else second.kind
    if counts[a] or counts[b] or not a[0].isupper():
        return None
    if not b[0].isupper():
        rest = _syllable(text, first.span, second.span.end) if first.kind == "person" else None
        return "person" if rest is not None and rest.end() == second.span.end else None
    if _LINKED.fullmatch(between):
        kinds = {first.kind, second.kind}
        return "place" if kinds <= {"place", "country"} else "organization" if "organization" in kinds else first.kind
    if second.kind == "organization" and " " in b and first.kind in ("place", "organization") and not _is_known(a):
        return "organization"
    if second.kind == "person" and " " in b and a.casefold() in name_words().his_names | name_words().her_names:
        return "person"  # "Jean-Luc Brandt", the first half taken for a body
    if first.kind != "person" or codes_of(a) or codes_of(b) or len(a.split()) + len(b.split()) < 3:
        return None
    return "person" if second.kind == "person" or len(a.split()) > 1 else None


def _with_article(article: Article, mention: Mention, end: int) -> Mention:
    """A name that was broken off after an Arabic article: "Bir al" for "Bir al-Harrow"."""
    rest = _ARABIC.match(article.text, mention.span.end, end)
    if rest is None or mention.kind not in NAMED or not _ARABIC_ARTICLE.search(mention.span.of(article.text)):
        return mention
    return changed(article, mention, Span(mention.span.start, rest.end()))


def _with_forename(article: Article, mention: Mention, least: int) -> Mention:
    """A double forename of which the first half was left out: "Luc" in "Ana-Luc Brandt"."""
    before = _FORENAME.search(article.text, max(least, mention.span.start - 24), mention.span.start)
    if mention.kind != "person" or before is None or before["word"] in _PREFIXES:
        return mention
    return changed(article, mention, Span(before.start("word"), mention.span.end), "person")


def _with_double(article: Article, mention: Mention, end: int) -> Mention:
    """A person's full name goes on over a hyphen, "Ada Lane" in "Ada Lane-Brandt", and so does a place that no table knows."""
    name = mention.span.of(article.text)
    if mention.kind == "place":
        rest = _DOUBLE_PLACE.match(article.text, mention.span.end, end)
        if rest is None or is_known_place(name) or is_known_place(rest[0][1:]) or _NO_NAME.match(rest[0]):
            return mention
        return changed(article, mention, Span(mention.span.start, rest.end()))
    if mention.kind != "person" or len(name.split()) < 2:
        return mention
    rest = _DOUBLE.match(article.text, mention.span.end, end) or _syllable(article.text, mention.span, end)
    if rest is None or codes_of(rest[0][1:]) or _NO_NAME.match(rest[0]):
        return mention
    return changed(article, mention, Span(mention.span.start, rest.end()), "person")


def _syllable(text: str, span: Span, end: int) -> re.Match[str] | None:
    """The second half of a given name after its hyphen: "ho" of "Oto Wen-ho"."""
    words = span.of(text).split()
    if len(words) < 2 or len(words[-1]) > LONGEST_SYLLABLE or not words[-1].isalpha():
        return None
    return _SYLLABLE.match(text, span.end, end)


# ---------------------------------------------------------------- side by side


def _adjoining(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """Two words side by side that are one name: a country's ("New" "Zealand"), or a body's ("Lane" "House").

    A body's first word was taken for something else; where either is named alone too, they are two.
    """
    text = article.text
    out: list[Mention] = []
    counts = Counter(m.span.of(text) for m in mentions)
    for mention in mentions:
        first = out[-1] if out else None
        between = text[first.span.end : mention.span.start] if first else ""
        if first is None or between not in (" ", ". "):
            out.append(mention)
            continue
        span = Span(first.span.start, mention.span.end)
        if between == " ":
            kind = _adjoined_kind(text, first, mention, counts)
        else:
            kind = "person" if mention.kind == "person" and _is_shortened(text, first) else None
        if kind is None:
            out.append(mention)
        else:
            out[-1] = changed(article, first, span, kind, min(first.score, mention.score))
    return out


def _is_shortened(text: str, first: Mention) -> bool:
    name = first.span.of(text)
    return name in _SHORTENED and (first.kind == "person" or name not in _TOWNS_TOO)


def _adjoined_kind(text: str, first: Mention, second: Mention, counts: Counter[str]) -> MentionKind | None:
    a, b = first.span.of(text), second.span.of(text)
    if not {first.kind, second.kind} <= NAMED:
        return None
    if not codes_of(a) and codes_of(f"{a} {b}"):
        return "country"
    if first.kind == second.kind == "person" and len(a.split()) == 1 and len(b.split()) > 1:
        return None if counts[a] > 1 or counts[b] > 1 or not a.istitle() or _is_known(a) else "person"
    if first.kind not in ("work", "place", "person") or second.kind != "organization" or len(f"{a} {b}".split()) > 2:
        return None
    if counts[a] > 1 or counts[b] > 1 or b.isupper() or not (a.istitle() and b.istitle()) or _is_known(a):
        return None
    return "organization"


def _is_known(word: str) -> bool:
    words = name_words()
    called = words.titles | words.kept_titles | words.role_nouns | words.role_modifiers
    return is_known_place(word) or word.casefold() in called


# ---------------------------------------------------------------- short forms


def _spelt_out(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """A body's name whole before its short form: "Quay, Dock and Ferry Workers Union (QDFWU)"."""
    text = article.text
    starts = [m.span.start for m in mentions]
    ends = [m.span.end for m in mentions]
    drop: set[int] = set()
    wholes: list[Mention] = []
    for match in _SHORT.finditer(text):
        span = _spelt(text, match["short"], match.start())
        if span is None:
            continue
        touched = range(bisect_right(ends, span.start), bisect_left(starts, span.end))
        bodies = [mentions[k] for k in touched if mentions[k].kind in ("organization", "person", "country")]
        sure = len(match["short"]) > 2 or "organization" in (m.kind for m in bodies)  # "Ada Lane (AL)" is herself
        if (
            not (bodies and sure)
            or not all(span.holds(mentions[k].span) for k in touched)
            or (bodies[0].span == span and bodies[0].kind == "organization")
        ):
            continue
        drop.update(touched)
        wholes.append(changed(article, bodies[0], span, "organization", min(mentions[k].score for k in touched)))
    left = [m for k, m in enumerate(mentions) if k not in drop]
    return sorted([*left, *wholes], key=lambda m: m.span)


def _spelt(text: str, short: str, end: int) -> Span | None:
    """The words before `end` whose first letters, of the large ones, are the large letters of a short form, all of them."""
    left = max(0, end - 120)
    before = text[left:end]
    for stop in _NOT_IN_NAME.finditer(before):
        left = max(left, end - len(before) + stop.end())
    words = list(_PHRASE_WORD.finditer(text, left, end))[-MOST_WORDS:]
    letters = [c for c in short if c.isupper()]
    if len(letters) < 2 or not words or words[-1].end() < end - 1:
        return None
    for k in range(len(words) - 1, -1, -1):
        some = [w[0] for w in words[k:]]
        large = [w for w in some if w.casefold() not in _SMALL]
        if not some[0][0].isupper() or not all(w[0].isupper() for w in large):
            if some[0].casefold() in _SMALL:
                continue
            return None
        if letters in ([w[0] for w in large], [part[0] for w in large for part in w.split("-") if part[:1].isupper()]):
            return Span(words[k].start(), words[-1].end())
    return None
