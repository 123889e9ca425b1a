"""Named persons, organizations and places of GUM, and how well a tagger finds them.

GUM (Zeldes 2017; see `training.gum`) marks every noun phrase whole: "Afghan Ambassador to the United States Hamdullah Mohib".
A tagger finds names. What counts as gold is therefore this rule's choice, and it is the same for whoever is measured.

**Gold.** Of each mention of type person, organization or place:

- Edges lose determiners, marks and a possessive 's; persons also titles and roles ("Mr.", "President", "Judge").
- What follows a comma, bracket, quotation mark or "who", "which", "that" is left off.
- An organization or place is a name if the rest is capitalised words, with "of", "the", "and", "for", "de" … between. Where
  it goes on with "at" or "in", or after a comma, the name before it is gold and the longer one is accepted as well.
- A person's name is the last run of capitalised words, with "de", "van", "al" … between, at the end of the phrase or before
  "of", "from", "who" …, outside the mentions within ("the United States" above) and not straight after "the".
- An organization or place may have up to two lower-case words before its name ("southern Finland", "the state of Texas"),
  or an owner ("Mecca's Grand Mosque"): the name is gold, with the words before it accepted as well.
- No name: phrases with "a", "this", "two" and the like before them; two mentions joined by "and" (each stands for itself);
  peoples and followers ("Muslims", "Democrats"); "Court", "State", "Church", "Man" and such alone; pronouns; one word that
  is capitalised only because it opens a sentence. It counts if GUM gives its Wikipedia article, if it is capitalised
  elsewhere in the document, or if it is a person, no plural, and nowhere in lower case in the document.

**Score.** A prediction is trimmed in the same way. It is right if span and type are a gold name's. Neither right nor wrong:

- nationalities (as kind country: by their endings), groups and works that touch no gold name: GUM marks none as such; if
  they are an organization's name they are right, for newspapers and parties are organizations there;
- what has nothing left after trimming ("the President");
- a name that touches no gold name and whose innermost mention is of a fitting type: the phrase was no pure name;
- a gold name within a longer name of any type ("United States" in "United States Navy", "Vietnam" in "Vietnam War"): it
  does not have to be found either, since most taggers give no name within a name.

Countries and places fit gold of type place, and of type organization too, as GUM types a government or team by what it does.
Organizations also fit a place that is a museum, college or the like, for the same reason. All else is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.records import Span
from training.gum import GumDocument, Mention

TYPES = ("person", "organization", "place")
FITS = {
    "person": frozenset({"person"}),
    "organization": frozenset({"organization"}),
    "place": frozenset({"place", "organization"}),
    "country": frozenset({"place", "organization"}),
    "group": frozenset({"organization"}),
    "work": frozenset({"organization"}),
    "nationality": frozenset({"organization"}),
}
"""Types of GUM that a predicted kind may hit."""
OPTIONAL = frozenset({"group", "work", "nationality"})
"""Kinds that GUM has no type for: they can be right, not wrong."""

DETERMINERS = frozenset(
    "the a an this that these those my your our his her its their some any no every each all".split()
)
POSSESSIVE = frozenset("my your our his her its their".split())
UNNAMED = (DETERMINERS | frozenset("one two three four five many several most other others both".split())) - {"the"}
TITLES = frozenset(
    """mr mrs ms miss dr prof sir dame lord lady st saint rev reverend father sister brother pope rabbi imam sheikh
    king queen prince princess president vice prime minister foreign defense defence deputy chancellor premier
    secretary general attorney solicitor senator sen representative rep congressman congresswoman governor gov
    mayor councillor councilman ambassador chief justice judge magistrate honor honors honour counsel counselor
    officer detective sergeant sgt captain capt lieutenant lt colonel col major commander admiral gen corporal
    private sheriff inspector professor director chairman chairwoman chair chairperson ceo founder co-founder
    spokesman spokeswoman spokesperson coach manager author actor actress singer artist poet writer journalist
    reporter editor biologist scientologist researcher magician astronaut leader candidate member administrator
    undersecretary mp pan-democrat nonpartisan interviewee petitioner petitioners respondent respondents
    plaintiff plaintiffs defendant defendants appellant appellants appellee appellees prosecution interior home
    state us uk""".split()
)
"""Words before a person's name that are none of it."""
GENERIC = frozenset(
    """court state states government secretary board department church agency university house committee council
    commission district county city party press police crown customs company college school museum office
    internet federal administration judiciary environment academy builders bailiff jury space world group
    defense man fan pilot people refugees immigrants agnostics officers students republican democrat libertarian
    scientologist poet worker refugee scientology-critic ed""".split()
)
"""Capitalised alone they refer back to a name, but are none."""
INSTITUTIONS = frozenset(
    "museum museums center centre gallery galleries university college library school institute academy hospital".split()
)
INNER = frozenset("of the and for de la del di da du des le van von der den bin ibn al el y e & on".split())
PARTICLES = frozenset("de la del di da du van von der den bin ibn al el y ben".split())
AFTER = frozenset(
    "of from in at on who whom whose which that with for to by as and or is was himself herself here".split()
)
"""Words that may follow a person's name within its phrase."""
CUT = re.compile(r"[,;:()\[\]\"“”—]|--|\s[-–]\s|\b(?:who|which|that|whose|whom|where)\b")
WORD = re.compile(r"(?:\w\.){2,}|[\w&@$]+(?:[-.'’/]\w+)*\.?")
ADJECTIVE = re.compile(
    r"(?!oman$|vatican$|isle of man$)(?:[\w -]*(?:ian|ean|ican|ghan|man|ese|ish|stani|raeli|raqi|audi|deshi|emeni|uwaiti|atari)"
    r"|greek|french|dutch|swiss|thai|czech|slovak|serb|croat|welsh|arab|turk|kurd|swede|dane|finn|pole|cypriot|soviet"
    r"|filipino|maori|new zealander|afrikaner|briton|spaniard)s?",
    re.I,
)
"""Nationalities: as good a guess as endings allow. "Iran", "Japan", "Sudan" have none of these."""
PEOPLES = re.compile(
    r"\w*(?:icans|ians|eans|ghans|ists|crats|lims|jews|arabs|erners|ese|tarians?|rohingya|texans|saudis|bangladeshis|taliban)",
    re.I,
)


@dataclass(frozen=True)
class Name:
    """A gold name. `span`: the preferred one; `others`: longer ones that are accepted; `inner`: within a longer name."""

    span: Span
    others: tuple[Span, ...]
    entity: str
    inner: bool = False


@dataclass(frozen=True)
class Figures:
    """Counts of one type, or of all."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


# ---------------------------------------------------------------- gold


def names(document: GumDocument) -> list[Name]:
    """The gold names of a document, by span."""
    found: dict[Span, Name] = {}
    outer: set[Span] = set()
    for m in document.mentions:
        if not (name := _name(document, m)):
            continue
        outer.add(name.span)
        if m.entity in TYPES:
            found.setdefault(name.span, name)
    inner = {s for s in found if any(o != s and o.holds(s) for o in outer)}
    return [Name(n.span, n.others, n.entity, n.span in inner) for _, n in sorted(found.items())]


def _name(document: GumDocument, mention: Mention) -> Name | None:
    text, whole = document.text, mention.span
    words = _words(text, whole)
    while words and words[0].of(text).lower() == "the":
        words = words[1:]
    person = mention.entity == "person"
    if not words or _joined(document, mention):
        return None
    if words[0].of(text).lower() in (UNNAMED - POSSESSIVE if person else UNNAMED):
        return None
    cut = CUT.search(text, words[0].start, whole.end)
    end = cut.start() if cut else whole.end
    zone = [w for w in words if w.end <= end]
    after_comma = words if cut and cut[0] == "," else zone
    others: tuple[Span, ...] = ()
    if person:
        # "Christie, Agatha": neither part is what a reader would call the name.
        listed = len(zone) == 1 and 1 < len(after_comma) < 4 and all(_capital(w.of(text)) for w in after_comma)
        span = None if listed else _person(document, mention, zone)
    else:
        span, others = _other(document, mention, zone, after_comma)
    if not span or not _is_name(document, span, mention.entity, known=mention.identity is not None):
        return None
    return Name(span, tuple(o for o in others if o != span), mention.entity)


def _joined(document: GumDocument, mention: Mention) -> bool:
    """Whether the phrase is two mentions joined by "and" or "or"."""
    within = [m for m in document.mentions if m.entity in TYPES and m is not mention and mention.span.holds(m.span)]
    if not any(m.span.start == mention.span.start for m in within):
        return False
    ends = {m.span.end for m in within if m.span.start == mention.span.start}
    return any(
        re.match(r",? (?:and|or) |, ", document.text[e:]) and any(m.span.start > e for m in within) for e in ends
    ) and (
        any(m.span.end == mention.span.end for m in within)
        and bool(re.search(r" (?:and|or) ", mention.span.of(document.text)))
    )


def _person(document: GumDocument, mention: Mention, zone: list[Span]) -> Span | None:
    """The last run of capitalised words outside the mentions within."""
    text = document.text
    within = [m.span for m in document.mentions if m.span != mention.span and mention.span.holds(m.span)]
    run: list[Span] = []
    found: list[list[Span]] = []
    for w in zone:
        word = w.of(text)
        own = _capital(word) and not _is_title(word) and not any(s.holds(w) for s in within)
        if own or (run and word in PARTICLES):
            run.append(w)
            continue
        if run and word.lower() in AFTER:
            found.append(run)
        run = []
    if run:
        found.append(run)
    if not found:
        return None
    run = found[0] if len(found[0]) > 1 else found[-1]
    while len(run) > 1 and not _capital(run[-1].of(text)):
        run = run[:-1]
    if re.search(r"\b(?:the|my|our|your) $|\[$", text[max(0, mention.span.start - 1) : run[0].start], re.I):
        return None
    return _unpossessed(text, Span(run[0].start, run[-1].end))


def _other(
    document: GumDocument, mention: Mention, zone: list[Span], longer: list[Span]
) -> tuple[Span | None, tuple[Span, ...]]:
    """An organization's or place's name, and the longer ones that are accepted."""
    text = document.text
    short = zone[_before(document, mention, zone) :]
    stops = [n for n, w in enumerate(short) if n and w.of(text) in ("at", "in")]
    shorter = [short[:n] for n in stops]
    tail = [w for w in longer if short and w.start >= short[0].start]
    if any(w.of(text) == "and" for w in longer[len(zone) :]) and _pure(text, tail):  # a list with commas is one name
        shorter, short, zone = [], tail, longer
    spans = [s for words in (*shorter, short, tail) if (s := _pure(text, words))]
    if not spans:
        return None, ()
    whole = _unpossessed(text, Span(zone[0].start, zone[-1].end))
    return spans[0], tuple(dict.fromkeys((*spans[1:], whole)))


def _before(document: GumDocument, mention: Mention, zone: list[Span]) -> int:
    """How many words stand before the name: an owner ("Italy's"), or up to two in lower case."""
    text = document.text
    for m in document.mentions:
        if mention.span.holds(m.span) and m.span != mention.span and zone and m.span.start <= zone[0].start:
            owner = re.search(r"['’]s?$", m.span.of(text))
            count = sum(w.start < m.span.end for w in zone)
            if owner and 0 < count < len(zone) and not (count == len(zone) - 1 and _is_generic(zone[-1].of(text))):
                return count
    words = [w.of(text) for w in zone]
    if match := re.match(r"(?:[Ss]tate|city|town|province|region|island) of (?=[A-Z])", " ".join(words)):
        return 2 if match[0][0].islower() else 0
    for n, word in enumerate(words[:3]):
        if _capital(word) and not word.lower().startswith("pro-"):
            return n
        if word in INNER or word.lower() in AFTER:
            return 0
    return 0


def _pure(text: str, words: list[Span]) -> Span | None:
    """The span of words that are capitalised, or small words between them."""
    forms = [w.of(text) for w in words]
    if not forms or not _capital(forms[-1]) or not (_capital(forms[0]) or forms[0] in PARTICLES | {"la", "le"}):
        return None
    if not any(c.isupper() for c in forms[0] + forms[-1]) or forms[0][0].isdigit() > (len(forms) > 1):
        return None
    if not all(_capital(f) or f in INNER or f in ("at", "in") for f in forms):
        return None
    return _unpossessed(text, Span(words[0].start, words[-1].end))


def _is_name(document: GumDocument, span: Span, entity: str, *, known: bool) -> bool:
    """Whether capitalised words are a name: no people, no title, no word that only opens a sentence. `known`: has an identity."""
    text = document.text
    words = [w.of(text) for w in _words(text, span)]
    if not words or not any(c.isupper() for w in words for c in w):
        return False
    if entity == "person" and (words[0][0].isdigit() or all(_is_title(w) or _is_generic(w) for w in words)):
        return False
    if PEOPLES.fullmatch(words[-1]) and len(words) < 3:
        return False
    if len(words) > 1:
        return not (_is_generic(words[0]) and all(len(w) == 1 for w in words[1:]))  # "Group G"
    word = words[0]
    if (word.lower() in PRONOUNS and (word == "I" or not word.isupper())) or _is_generic(word):
        return False
    if known or not _opens(document, span) or _elsewhere(document, word):
        return True
    plain = word.endswith("s") or re.search(rf"\b{re.escape(word.lower())}s?\b", document.text)
    return entity == "person" and not plain


PRONOUNS = frozenset(
    """i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our ours
    ourselves they them their theirs themselves who whom whose what this that these those one someone anyone
    whoever everyone nobody everybody there here where which others another both many most none""".split()
)


def _opens(document: GumDocument, span: Span) -> bool:
    """Whether a span opens a sentence or a quotation, or stands in one that is all capitals."""
    sentence = next((s for s in document.sentences if s.holds(Span(span.start, span.start + 1))), None)
    if not sentence:
        return True
    before = document.text[sentence.start : span.start]
    before = re.sub(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St)\.", "Mr", before)
    return (
        not re.search(r"\w", before) or bool(re.search(r"[\"“:.?!] ?$", before)) or sentence.of(document.text).isupper()
    )


def _elsewhere(document: GumDocument, word: str) -> bool:
    """Whether a word is capitalised within a sentence somewhere in the document."""
    places = (Span(*m.span()) for m in re.finditer(rf"\b{re.escape(word)}\b", document.text))
    return any(not _opens(document, place) for place in places)


# ---------------------------------------------------------------- words


def _words(text: str, span: Span) -> list[Span]:
    return [Span(m.start(), m.end()) for m in WORD.finditer(text, span.start, span.end)]


def _capital(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit() or bool(re.match(r"[a-z]+[-'’]?[A-Z]", word))


def _is_title(word: str) -> bool:
    return re.sub(r"['’]s?$", "", word).rstrip(".").lower() in TITLES


def _is_generic(word: str) -> bool:
    """A common noun that capitals do not make a name."""
    bare = re.sub(r"['’]s?$", "", word).rstrip(".").lower()
    return bare in GENERIC or bare.removesuffix("s") in GENERIC


def _unpossessed(text: str, span: Span) -> Span:
    """Without a possessive 's or ' at the end, and without a full stop that belongs to the sentence."""
    words = span.of(text)
    kept = re.sub(r"(?:['’]s|['’])$", "", words)
    if kept.endswith(".") and not re.search(r"\w\.\w+\.$|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|St)\.$", kept):
        kept = kept[:-1]
    return Span(span.start, span.start + len(kept)) if kept else span


def trim(text: str, span: Span, kind: str) -> Span | None:
    """A span without determiners, marks, a possessive 's and, of a person, titles; None where nothing is left."""
    words = _words(text, span)
    while words and (words[0].of(text).lower() in DETERMINERS or (kind == "person" and _is_title(words[0].of(text)))):
        words = words[1:]
    if not words or (len(words) == 1 and _is_generic(words[0].of(text))):
        return None
    return _unpossessed(text, Span(words[0].start, words[-1].end))


# ---------------------------------------------------------------- score

Predictions = Mapping[str, Iterable[tuple[int, int, str]]]
"""By a document's id: start, end and kind of each name. Kinds that are no key of `FITS` (dates, numbers) are left out."""


def score(documents: Iterable[GumDocument], predictions: Predictions) -> dict[str, Figures]:
    """Figures by type, and under "all". A document without predictions has missed all its names."""
    counts: Counter[tuple[str, str]] = Counter()
    for d in documents:
        counts.update(judged(d, predictions.get(d.id, ())))
    table = {t: Figures(counts[t, "right"], counts[t, "wrong"], counts[t, "missed"]) for t in TYPES}
    table["all"] = Figures(*(sum(getattr(f, c) for f in table.values()) for c in ("right", "wrong", "missed")))
    return table


def judged(document: GumDocument, predicted: Iterable[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """For each judgement the type and right, wrong, missed or neither."""
    return [(entity, verdict) for entity, verdict, _ in verdicts(document, predicted)]


def verdicts(document: GumDocument, predicted: Iterable[tuple[int, int, str]]) -> list[tuple[str, str, Span]]:
    """For each prediction, and each gold name that none hits: type, verdict, span."""
    gold = names(document)
    by_span = {s: g for g in gold for s in (*g.others, g.span)}
    out, hit = [], set()
    trimmed = {(s, kind) for a, b, kind in predicted if kind in FITS and (s := trim(document.text, Span(a, b), kind))}
    for span, kind in sorted(trimmed):
        name = by_span.get(span)
        if name and (name.entity in FITS[kind] or (kind == "organization" and _is_institution(name, document.text))):
            if name.span not in hit:
                out.append((name.entity, "neither" if name.inner else "right", span))
            hit.add(name.span)
        elif _is_left_out(document, gold, span, kind):
            out.append((_type(kind), "neither", span))
        else:
            out.append((_type(kind), "wrong", span))
    out += [(g.entity, "missed", g.span) for g in gold if g.span not in hit and not g.inner]
    return out


def _is_left_out(document: GumDocument, gold: Iterable[Name], span: Span, kind: str) -> bool:
    """Whether a prediction that is not right is not wrong either: it touches no gold name, and GUM cannot tell."""
    if any(g.span.overlaps(span) for g in gold if not (g.inner and kind in OPTIONAL)):
        return False
    if kind in OPTIONAL or (kind == "country" and ADJECTIVE.fullmatch(span.of(document.text))):
        return True
    around = [m for m in document.mentions if m.span.holds(span)]
    if not around or not _is_name(document, span, _type(kind), known=False):
        return False
    innermost = min(around, key=lambda m: len(m.span))
    return innermost.entity in FITS[kind]


def _is_institution(name: Name, text: str) -> bool:
    """Whether a place is one that acts: a museum or college, which GUM types by what the sentence is about."""
    return name.entity == "place" and not INSTITUTIONS.isdisjoint(name.span.of(text).lower().split())


def _type(kind: str) -> str:
    """GUM's type under which a kind is counted where it hits none."""
    return {"country": "place", "group": "organization", "work": "organization", "nationality": "organization"}.get(
        kind, kind
    )
