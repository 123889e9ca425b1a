"""Whom the object of a verb that praises, blames or urges names: "hit out at the mayor", "condemned the strike"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, claims, matters, offices, people
from onrecord.codebook.small import small_words
from onrecord.extract.agents import sentence_start
from onrecord.extract.aims import AimAsker
from onrecord.extract.clauses import subject_of
from onrecord.extract.deedverbs import DENIALS, forms_of, refused
from onrecord.extract.page import Occurrence, Thing, between
from onrecord.extract.phrases import article_before
from onrecord.records import Span, Statement, words_of

_VERBS = (
    "accuse admonish applaud assail attack berate blame blast castigate chide commend condemn congratulate criticise criticize"
    " decry denounce deplore deride endorse"
    " excoriate call brand dub label defend fault hail lambast mock praise rebuke ridicule scold slam thank upbraid urge"
)
_TAILED = (
    "appeal to;call on;call upon;fire back at;hit back at;hit out at;hit out against;lash out at;lash out against;lay into"
    ";lay the blame on;point the finger at;rail against;rail at;round on;speak out against;take aim at;take issue with"
    ";take a swipe at;tear into"
)
"""Verbs whose object is whom they are aimed at, and those that have it after a preposition."""


def _pattern() -> re.Pattern[str]:
    tailed = [phrase.split(maxsplit=1) for phrase in _TAILED.split(";")]
    found = [(form, "") for verb in _VERBS.split() for form in forms_of(verb)]
    found += [(form, f" {tail}") for verb, tail in tailed for form in forms_of(verb)]
    some = sorted({re.escape(form + tail) for form, tail in found}, key=lambda s: (-len(s), s))
    return re.compile(rf"\b(?P<verb>{'|'.join(some)})\b", re.IGNORECASE)


_VERB = _pattern()
_BIDDING = "advise ask beg command direct forbid implore instruct order press tell".split()
_BIDS = re.compile(rf"\b(?P<verb>{'|'.join(f for v in _BIDDING for f in forms_of(v))})\b", re.IGNORECASE)
_TO_DO = re.compile(r"(?:not )?to [a-z]")
"""Verbs whose object is whom they bid, where what is bid follows: "told the envoy to pack"."""
_WARNS = re.compile(r"\b(?P<verb>warn(?:s|ed|ing)?)(?= (?!of\b|that\b|about\b|against\b|off\b|over\b|by\b|from\b))")
_ANSWER = re.compile(
    rf"\b(?:{'|'.join(f for v in (*DENIALS, 'contradict', 'rebut') for f in forms_of(v))})\b",
    re.IGNORECASE,
)
"""Verbs that take up what somebody said."""
_CLAIMS = claims("owned")
_BY = re.compile(r" (?:by|from)(?= )")
_UNDERGOES = re.compile(
    r"\b(?:was|were|been|being|be|is|are|am|got)(?: (?:\w+ly|also|then|not|never|again|already|often))* "
    rf"(?:{'|'.join(f for v in f'{_VERBS} challenge order threaten warn'.split() for f in forms_of(v) if f.endswith('ed'))})\b"
)
"""Such a verb in the passive."""
_NOUN_PHRASE = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Ss]ome|[Ss]everal|[Mm]any) )?(?:[a-z][\w-]* ){0,3}?(?P<last>[A-Za-z][a-z-]+)"
)
_DETERMINED = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_AUXILIARIES = re.compile(
    r"(?:,? (?:who|which|that))?(?:\s+(?:has|have|had|will|would|should|could|may|might|must|is|was|to))*\s+$"
)
_HUNG = re.compile(r"\b(?:of|for|from|with|near|behind|to|at|by) (?:(?:the|[A-Z][\w.’'-]*) ){0,3}$")
"""Before a name that is no subject: "a friend of Ada Lane was urged"."""
_AGENT = re.compile(r"[^.;:!?\n\"“”]{0,80}? by(?= )")
_NOUN = re.compile(r"\b(?:the|an?|this|that|his|her|its|their|our|my|of|for|in|on|by|no|any)\s+$", re.IGNORECASE)
_WORD = re.compile(r"[^\S\n]+[‘“\"']?(?P<word>[^\W_][\w.-]*(?:['’](?!s\b)\w+)?)")
_SHORT = re.compile(r"(?:[A-Z]|[A-Z]\w{1,4})\.$")
"""A word that is cut short: its full stop ends no sentence."""
_OWNS = re.compile(r"['’]s?(?!\w)")
_ON = re.compile(r"[^.;:,!?\"“”]{1,60}? on\b")
_STOPS = small_words("object")
_PRONOUN = re.compile(
    r"\s+(?:him|her(?= (?:for|of|to|over|as|on|and|by)\b|[,.])|them|it|us|me|you|this|that)\b(?! of\b)", re.IGNORECASE
)
_HIS = re.compile(r"\s+(?:his|her|its|their|our|my)\b", re.IGNORECASE)
_SELF = re.compile(r"\s+(?:him|her|it|them|my|our)sel(?:f|ves)\b", re.IGNORECASE)
_BESIDE = re.compile(r"(?: (?:of|for|in) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})?, ")
_TITLE = re.compile(r"[A-Z][\w.-]* ")
_ASIDE = re.compile(r"[,.;]")
_TITLED = re.compile(r"(?: [a-z][a-z-]+){1,3}(?=, )")
"""What somebody is after the word for his people: "the Norvian consul, Ada Lane"."""
BESIDE, REACH = 24, 120
"""Characters beside a cue, and after its verb in which its object begins."""
MOST_BEFORE = 6
"""Words of a noun phrase before a name."""
_DEEDS = frozenset(
    """airstrike airstrikes ambush arrest arrests assault atrocities atrocity attack attacks blast bloodshed bombing bombings
    bombardment explosion explosions killing killings massacre massacres murder murders raid raids shelling shooting shootings
    slaughter stabbing strike strikes torture violence""".split()
)
"""What nobody does by speaking."""
_BODIES = bodies()
_STATES = bodies("state", "force", "national", "unit", "craft")
"""Bodies of a country, which may be called by its name; a tribunal or a union is none."""
_ENDING = bodies("called")
"""Those of whose names it is a word: "the council"."""
_MATTERS = matters() | {"prime"}
_FOLK = _BODIES | offices() | people() | name_words().role_nouns
_DETERMINERS = frozenset("the a an his her its their our my your some many several all both".split())


@dataclass(frozen=True, slots=True)
class _Object:
    """The noun phrase after a verb: what it names, whose it is said to be; where it names nothing, its words and the last one.

    `his`: it begins with a pronoun, so that it is likely somebody named elsewhere.
    """

    heads: tuple[int, ...]
    owners: tuple[int, ...]
    words: Span
    last: str
    his: bool


def aimed_by_object(asker: AimAsker, k: int, aimed: Thing | None) -> Thing | None:
    """The target of statement `k`: whom the object of its cue's verb names, whoever is held to be likeliest (`aimed`)."""
    text, said = asker.page.article.text, asker.page.said[k].statement
    whom = refused(words_of(text, said.cue), words_of(text, said.content)) if said.cue else None
    if whom is not None:
        return _refused_to(asker, whom, said.content[0], aimed)
    denied = next((m for c in said.cue for m in _ANSWER.finditer(text, c.start, c.end)), None)
    if denied is not None:
        return _answered(asker, k, denied.end(), aimed)
    if (undergone := _first(_UNDERGOES, text, said.cue)) is not None:
        return _undergone(asker, k, undergone.start(), undergone.end(), aimed)
    found = _first(_VERB, text, said.cue) or _bid(text, said)
    if found is None:
        return aimed
    if _NOUN.search(text, max(0, found.start() - 8), found.start()):
        return aimed
    end = found.end()
    if found["verb"].lower().startswith("blam") and (on := _ON.match(text, end)) is not None:
        end = on.end()
    behind = any(0 <= s.start - end <= BESIDE for s in said.source)  # "“Liar!” called out Lane"
    if behind or _PRONOUN.match(text, end):
        return aimed
    if _SELF.match(text, end):
        return None
    object_ = object_at(asker, end)
    return aimed if object_ is None else _settled(asker, k, object_, aimed)


def _bid(text: str, said: Statement) -> re.Match[str] | None:
    """The verb of a cue whose object is told to do something, or is warned: it stands between the cue and the content."""
    found = _first(_WARNS, text, said.cue)
    if found is None and _TO_DO.match(text, said.content[0].start):
        found = _first(_BIDS, text, said.cue)
    return found if found is not None and found.end() < said.content[0].start else None


def _first(pattern: re.Pattern[str], text: str, cue: Sequence[Span]) -> re.Match[str] | None:
    """The first match that begins or ends in a cue, whose preposition or auxiliary the model may have left out."""
    some = (
        m
        for c in cue
        for m in pattern.finditer(text, max(0, c.start - BESIDE), c.end + BESIDE)
        if c.overlaps(Span(*m.span()))
    )
    return next(some, None)


def _undergone(asker: AimAsker, k: int, start: int, end: int, aimed: Thing | None) -> Thing | None:
    """The subject of a passive verb ("Lane was accused by Brandt"), and never its agent."""
    text = asker.page.article.text
    before = _AUXILIARIES.search(text, max(0, start - 40), start)
    stop = before.start() if before else start
    ending = ((asker.things[n], at) for n, at in asker.ending.get(stop, ()))
    subject = [t for t, at in ending if _acts(t) and not _HUNG.search(text, max(0, at - 60), at)]
    if subject:
        own = any(asker.things[n] is subject[0] for n in asker.speakers[k])
        return None if own else subject[0]
    words = subject_of(text, sentence_start(asker.page.article, start), start, ()).words
    if words is not None and (undergoes := _NOUN_PHRASE.fullmatch(words.of(text).strip(" ,"))) is not None:
        return _undergoing(asker, words, undergoes["last"], aimed)
    by = _AGENT.match(text, end)
    agent = None if by is None else object_at(asker, by.end())
    named = () if agent is None else (*agent.heads, *agent.owners)
    return None if aimed is not None and any(aimed is asker.things[n] for n in named) else aimed


def _undergoing(asker: AimAsker, words: Span, last: str, aimed: Thing | None) -> Thing | None:
    """The described subject of a passive verb ("The charity has been accused"): itself, or who is called so."""
    if last not in _FOLK or (aimed is not None and aimed.within(words) is not None):
        return aimed
    text = asker.page.article.text
    start = words.start + len(words.of(text)) - len(words.of(text).lstrip(" ,"))
    start += len(found[0]) if (found := _DETERMINED.match(text, start)) else 0
    described = described_at(
        asker, _Object((), (), Span(start, start + len(text[start : words.end].rstrip(" ,"))), last, False)
    )
    return aimed if aimed is not None and is_called(aimed, [described]) else described


def _answered(asker: AimAsker, k: int, at: int, aimed: Thing | None) -> Thing | None:
    """Whose claim is denied, where that is printed: "rejected the mayor's claim", "denied a claim by Quell Bank"."""
    object_ = object_at(asker, at)
    if object_ is None or object_.last not in _CLAIMS:
        return aimed
    text, some = asker.page.article.text, object_.owners
    if not some and (by := _BY.match(text, object_.words.end)) is not None:
        after = object_at(asker, by.end())
        some = () if after is None else (*after.heads[:1], *after.owners[:1])
    named = [asker.things[n] for n in some if n not in asker.speakers[k]]
    return aimed if not named or any(aimed is t for t in named) else named[-1]


def _settled(asker: AimAsker, k: int, object_: _Object, aimed: Thing | None) -> Thing | None:
    things = asker.things
    named = [things[n] for n in (*object_.heads, *object_.owners)]
    if named:
        if aimed is not None and (any(aimed is t for t in named) or is_called(aimed, named)):
            return aimed
        return named[0] if not any(things[n] is named[0] for n in asker.speakers[k]) else None
    if object_.last in _FOLK and not object_.his:
        described = described_at(asker, object_)
        return aimed if aimed is not None and is_called(aimed, [described]) else described
    if aimed is None or object_.last not in _DEEDS or aimed.kind not in ("person", "phrase"):
        return aimed
    sentence = asker.page.said[k].held.sentence
    return aimed if any(p.sentence == sentence for p in aimed.places) else None


def described_at(asker: AimAsker, object_: _Object) -> Thing:
    """Somebody without a name, as he is printed: "the mayor"."""
    text = asker.page.article.text
    name = object_.words.of(text)
    article = article_before(text, (object_.words,))
    return Thing(
        "phrase", name, None, (), np.zeros((0, 0), np.float32), 0, False, frozenset(), frozenset(name.lower().split()),
        frozenset(), article,
    )  # fmt: skip


def is_called(aimed: Thing, named: list[Thing]) -> bool:
    """Whether somebody may be meant by the description that is printed: by his office, or a body by its sort."""
    words = named[0].words if named[0].kind == "phrase" else frozenset[str]()
    if aimed.kind == "person":
        return not words.isdisjoint(aimed.roles) and aimed.roles.issuperset(words & _MATTERS)
    if aimed.kind == "country":
        return not words.isdisjoint(_STATES)
    if aimed.kind not in ("organization", "group"):
        return False
    return not words.isdisjoint(_BODIES - _ENDING) or not words.isdisjoint(_ENDING & aimed.words)


def _refused_to(asker: AimAsker, whom: tuple[int, int], content: Span, aimed: Thing | None) -> Thing | None:
    """To whom something is denied: who is named before it, or in the content, if he is held to be meant."""
    if aimed is not None and aimed.within(content) is not None:
        return aimed
    if whom[0] == whom[1]:
        return None
    words = Span(content.start + whom[0], content.start + whom[1])
    some = [t for t in asker.things if t.kind != "place" and t.within(words) is not None]
    return some[0] if len(some) == 1 else None


def object_at(asker: AimAsker, at: int) -> _Object | None:
    """The noun phrase that begins there; None where none does."""
    text = asker.page.article.text
    starts = _starting(asker, at)
    heads: list[int] = []
    owners: list[int] = []
    last, before, start, first = "", 0, at, at
    while (found := _WORD.match(text, at)) is not None:
        place = starts.get(found.start("word"))
        if place is not None and (last not in _MATTERS or asker.things[place[1]].entity is not None):
            at = place[0].span.end
            owned = _OWNS.match(text, at)
            (owners if owned else heads).append(place[1])
            at = owned.end() if owned else at
            before, last = 0, ""
            continue
        ends = found["word"].endswith(".") and not _SHORT.match(found["word"])
        word = found["word"].lower().rstrip(".")
        if heads and word in _DEEDS and not asker.things[heads[-1]].entity:
            heads.clear()  # "the police shootings"
        if (
            heads
            or (last and not text[found.start("word") - 1].isspace())
            or before >= MOST_BEFORE
            or word in _STOPS
            or (word.endswith("ing") and not before)
            or (last and word in ("a", "an", "the"))
        ):
            break
        if word not in _DETERMINERS:
            first = first if last else found.start("word")
            last = word
        before, at = before + 1, found.end("word") - ends
        if ends:
            break
        if text[at : at + 2] in ("'s", "’s"):
            at += 2
    if not heads and not owners and not last:
        return None
    if (called := _beside(asker, at, heads, owners, starts)) is not None:
        heads.append(called)
    return _Object(
        tuple(reversed(heads)),
        tuple(owners),
        Span(first, max(at, first + 1)),
        last,
        _HIS.match(text, start) is not None,
    )


def _beside(
    asker: AimAsker, at: int, heads: Sequence[int], owners: Sequence[int], starts: Mapping[int, tuple[Occurrence, int]]
) -> int | None:
    """Who is named after an object that is a description or begins with a land's people: "the Norvian consul, Ada Lane"."""
    text, lands = asker.page.article.text, bool(heads) and all(asker.things[n].kind == "country" for n in heads)
    titled = _TITLED.match(text, at) if lands else None
    unnamed = not any(asker.things[n].entity for n in (*heads, *owners))
    return _called(text, titled.end() if titled else at, starts) if unnamed or titled else None


def _called(text: str, at: int, starts: Mapping[int, tuple[Occurrence, int]]) -> int | None:
    """Who is named beside his description: "the mayor of Brell, Ada Lane, of theft"."""
    found = _BESIDE.match(text, at)
    while found is not None:
        place = starts.get(found.end())
        if place is not None:
            return place[1] if _ASIDE.match(text, place[0].span.end) else None
        found = _TITLE.match(text, found.end())
    return None


def _starting(asker: AimAsker, at: int) -> dict[int, tuple[Occurrence, int]]:
    """Those who act and are printed soon after a place, by where each begins: who owns a plan, not the plan."""
    near = [(place, n) for place, n in between(asker.printed, at, at + REACH) if _acts(asker.things[n])]
    return {
        place.span.start: (place, n)
        for place, n in sorted(near, key=lambda found: (found[0].span.end, asker.things[found[1]].entity is not None))
    }


def _acts(thing: Thing) -> bool:
    return thing.kind != "phrase" or thing.name.lower().split()[-1] in _FOLK
