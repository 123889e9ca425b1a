"""Whom a statement cannot be aimed at by logic, and whom the pronoun after its cue means by grammar."""

from __future__ import annotations

import re

from onrecord.codebook.nouns import offices, one_of
from onrecord.extract.aims import HE, PRONOUNS, SHE, THEY, AimAsker
from onrecord.extract.barring import is_for_another
from onrecord.extract.lands import capital_codes, codes_of
from onrecord.extract.modality import is_withdrawn
from onrecord.extract.page import Thing
from onrecord.extract.quoting import is_quoted_by

_OFFICE = frozenset(
    "minister ministry president presidency premier chancellor spokesman spokeswoman spokesperson ambassador embassy envoy "
    "government army military navy taoiseach".split()
)
"""Words of who speaks for a country."""
_OTHERS = frozenset("opposition former ex ex-minister ex-president dissident exiled shadow rebel".split())
"""Words of who does so no longer, or speaks against its government."""
_OWN_LAND = re.compile(r"\b(?:his|her|its|their|our|my)\s+(?:own\s+)?$", re.IGNORECASE)
_AT_HOME = frozenset("minister ministry premier government".split())
"""Words of an office that is of the land where it is told of, unless another is named."""
_BODIES = frozenset(("organization", "group", "place"))
_LEAD = rf"(?:[a-z-]+ ){{0,3}}?(?:{one_of(offices('leads', 'state'))}|secretary|director|president)"
_LAWYER = re.compile(
    r"['’]s? (?:[a-z-]+ ){0,2}?(?:lawyers?|attorneys?|solicitors?|barristers?|spokes(?:man|woman|person)|agent)\b"
)
_NO_LONGER = re.compile(rf"\b(?:{'|'.join(sorted(_OTHERS))}|then|one-?time|erstwhile|late)\b")
_ITS = re.compile(rf"(?:its|their) {_LEAD}\b", re.IGNORECASE)
_LEADS = re.compile(rf"(?: \([^()]{{1,12}}\))?(?:['’]s?)? (?:[A-Z][\w-]* ){{0,2}}{_LEAD}\b")
_WE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
LOOKED_BACK = 40
"""Statements back, and places of who speaks, in which it is told what somebody is."""
_LANDS = frozenset(("country", "nation"))


def is_own(asker: AimAsker, k: int, thing: Thing) -> bool:
    """Whether a thing is whoever makes statement `k` or passes it on, or the country that he speaks for."""
    if _passes_on(asker, k, thing):
        return True
    if thing.kind == "phrase" and _LANDS & thing.words:
        text = asker.page.article.text
        return any(_OWN_LAND.search(text, max(0, p.span.start - 12), p.span.start) for p in thing.places)
    for number in asker.speakers[k]:
        own = asker.things[number]
        if own is thing:
            return True
        if thing.kind == "country" and thing.entity in own.lands and _speaks_for_it(own):
            return True
        if thing.kind == "country" and _is_of_its_seat(asker, k, thing) and _speaks_for_it(own):
            return True
        if thing.kind == "country" and not own.lands and _is_where_it_speaks(asker, thing, own):
            return True
        if thing.kind == "phrase" and any(p.span.holds(q.span) for p in thing.places for q in own.places[:LOOKED_BACK]):
            return True  # "Ada Lane of the Quay Front"
        if thing.kind in _BODIES and own.kind == "person" and _speaks_for_body(asker, k, thing):
            return True
        if thing.kind == "person" and _is_client(asker, k, thing):
            return True
    if thing.kind == "phrase" and _is_of(asker, k, thing):
        return True
    return _goes_on_for(asker, k, thing)


def _goes_on_for(asker: AimAsker, k: int, thing: Thing) -> bool:
    """Whether "we" of somebody who is first named here are the land or government that the paragraph had speak before.

    "Norvia said it had fired in the air. “We hit nobody,” border chief Ada Lane said".
    """
    own, said = asker.speakers[k], asker.page.said
    content = said[k].statement.content
    if k == 0 or len(own) != 1 or not any(_WE.search(asker.page.article.text, c.start, c.end) for c in content):
        return False
    if not any(asker.things[n] is thing for n in asker.speakers[k - 1]):
        return False
    state = thing.kind == "country" or (
        thing.kind in ("phrase", "organization") and not _OFFICE.isdisjoint(thing.words)
    )
    person, here = asker.things[own[0]], said[k].held.paragraph
    if not state or person.kind != "person" or person.lands or not person.roles:
        return False
    return said[k - 1].held.paragraph == here and person.places[0].paragraph == here


def _passes_on(asker: AimAsker, k: int, thing: Thing) -> bool:
    """Whether a thing only tells what statement `k` says: who quotes somebody, or speaks for him."""
    outer = asker.page.said[k].inside
    if outer is None or not any(asker.things[n] is thing for n in asker.speakers[outer]):
        return False
    text, told = asker.page.article.text, asker.page.said[outer]
    quotes = is_quoted_by(text, told.statement.cue[0], told.statement.content)
    return quotes or (told.source is not None and is_for_another(told.source.of(text)))


def _is_of_its_seat(asker: AimAsker, k: int, country: Thing) -> bool:
    """Whether who makes statement `k` is told of as of a country's seat of government: "Kremlin spokesman Ada Lane"."""
    words = {w for source in _sources(asker, k) for w in source.split()}
    codes = codes_of(country.name)
    return any(not set(codes).isdisjoint(capital_codes(word.removesuffix("’s").removesuffix("'s"))) for word in words)


def _is_where_it_speaks(asker: AimAsker, country: Thing, speaker: Thing) -> bool:
    """Whether a dispatch from a country's capital has an office of no land told: "Foreign Ministry spokesperson Ada Lane"."""
    line = asker.page.article.dateline
    words = speaker.roles | speaker.words
    if line is None or not line.place or words.isdisjoint(_AT_HOME) or not words.isdisjoint(_OTHERS):
        return False
    town = line.place.split(",")[0].strip()
    return not set(codes_of(country.name)).isdisjoint(capital_codes(town.title() if town.isupper() else town))


def _speaks_for_body(asker: AimAsker, k: int, body: Thing) -> bool:
    """Whether who makes statement `k` leads or speaks for a body by a source of his: "Quay Front spokeswoman Ada Lane", "Its
    secretary, Ada Lane" after what the body says.
    """
    own, text, said = asker.speakers[k], asker.page.article.text, asker.page.said
    for n in range(max(0, k - LOOKED_BACK), k + 1):
        source = said[n].source
        if source is None or asker.speakers[n] != own:
            continue
        its = _ITS.match(text, source.start, source.end)
        if its is not None and not _NO_LONGER.search(its[0]):
            before = next((asker.speakers[m] for m in range(n - 1, -1, -1) if asker.speakers[m] != own), ())
            if len(before) == 1 and asker.things[before[0]] is body:
                return True
        place = body.within(source)
        leads = _LEADS.match(text, place.span.end, source.end) if place is not None else None
        if leads is not None and not _NO_LONGER.search(leads[0]):
            return True
    return False


def _is_client(asker: AimAsker, k: int, person: Thing) -> bool:
    """Whether somebody's lawyer or spokesman makes statement `k`, in which he is not named: "Lane's lawyer Oto Brandt"."""
    own, text, said = asker.speakers[k], asker.page.article.text, asker.page.said
    if any(person.within(c) is not None for c in said[k].statement.content):
        return False
    for n in range(max(0, k - LOOKED_BACK), k + 1):
        source = said[n].source if asker.speakers[n] == own else None
        place = person.within(source) if source is not None else None
        for_him = _LAWYER.match(text, place.span.end, source.end) if source is not None and place is not None else None
        if for_him is not None and not _NO_LONGER.search(for_him[0]):
            return True
    return False


def _sources(asker: AimAsker, k: int) -> list[str]:
    """The sources of the statements of who makes statement `k`, up to that, as printed."""
    own, text, said = asker.speakers[k], asker.page.article.text, asker.page.said
    near = range(max(0, k - LOOKED_BACK), k + 1) if own else range(0)
    return [source.of(text) for n in near if asker.speakers[n] == own and (source := said[n].source) is not None]


def _is_of(asker: AimAsker, k: int, thing: Thing) -> bool:
    """Whether who makes statement `k` is told of as a described body's: "the party's secretary" and "the party"."""
    called = (f"the {thing.name.lower()}'s ", f"the {thing.name.lower()}’s ")
    return any(source.lower().startswith(called) for source in _sources(asker, k))


def _speaks_for_it(speaker: Thing) -> bool:
    if speaker.kind == "place":  # a capital that speaks
        return True
    words = speaker.roles | speaker.words
    return not words.isdisjoint(_OFFICE) and words.isdisjoint(_OTHERS)


def is_at_nobody(asker: AimAsker, k: int) -> bool:
    """Whether statement `k` only passes on another's words, or takes back its own: that is aimed at nobody."""
    text, statement = asker.page.article.text, asker.page.said[k].statement
    return is_quoted_by(text, statement.cue[0], statement.content) or is_withdrawn(text, statement)


def object_before(asker: AimAsker, k: int) -> Thing | None:
    """Whom "them" after a participle means: the object of its clause ("expelled two envoys, accusing them of spying")."""
    small, said = asker.small, asker.page.said[k]
    lo, hi = asker.parts[k].cue[0][0], asker.parts[k].cue[-1][1]
    code = PRONOUNS.get(small[hi]) if hi < len(small) else None
    if code not in (HE, SHE, THEY) or not small[hi - 1].endswith("ing") or lo == 0 or small[lo - 1] != ",":
        return None
    after = max((end for _, end in asker.parts[k].source if end <= lo), default=None)
    if after is None:
        return None
    fits = asker.agreeing[code]
    spots = asker.spots
    near = range(*spots.lo.searchsorted((after, lo)).tolist())
    found = [
        (-int(spots.hi[i]), n)
        for i in near
        if fits[n := int(spots.owner[i])] and n not in asker.speakers[k]
        if spots.hi[i] <= lo and spots.sentence[i] == said.held.sentence
    ]
    return asker.things[min(found)[1]] if found else None
