"""Whom a source cannot mean by its own words, however likely the speaker head holds it: then the description itself speaks.

"The prime minister's spokesman" is no minister, "the reporter" nobody who has an office, "the state command" no congress, and
"the company" is not the firm whose analysts are quoted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from onrecord.codebook.names import name_words
from onrecord.codebook.nouns import bodies, matters, offices, one_of, people
from onrecord.extract.cueing import A_MOVE
from onrecord.extract.page import Page, PageStatement, Thing
from onrecord.extract.phrases import are_several
from onrecord.extract.sexes import NO_MAN, sex_of

_RELATED = one_of(offices("anothers"))
"""Words for somebody who is another's; "the mayor's deputy" alone is, but not a secretary of state."""
_SOMEBODYS = re.compile(
    rf".+(?:['’]s|s['’]) (?:[\w-]+ ){{0,2}}?(?P<noun>{_RELATED}|secretary|deputy|chief of staff|agent)"
    rf"|(?:[\w’'-]+ ){{0,3}}?(?P<first>{_RELATED}) (?:for|of|to|close to) .+"
    rf"|(?:his|her|its|their|my|our) (?:[\w-]+ ){{0,2}}?(?P<own>{_RELATED}|secretary|deputy|chief of staff|agent)",
    re.IGNORECASE,
)
_ASKER = re.compile(rf"(?:the|a|an|one|another) (?:[\w-]+ ){{0,2}}?(?P<noun>{one_of(people('asks'))})", re.IGNORECASE)
_OFFICER = re.compile(rf"the (?P<of>(?:[a-z]+ ){{1,2}})(?P<noun>{one_of(offices('officer'))})", re.IGNORECASE)
_OF_MATTER = re.compile(
    rf"(?:[\w’'-]+ ){{0,6}}?(?:{one_of(matters())})(?: and [a-z]+)? "
    r"(?P<noun>ministry|ministries|minister|department|secretary|office)",
    re.IGNORECASE,
)
_ONE_MATTER = {"defense": "defence", "labor": "labour", "home": "interior", "economy": "finance"}
"""Matters of one office by two words for it; one is often given the economy with the finances."""
_BODY = re.compile(rf"the (?:[a-z][\w-]* ){{0,2}}(?P<noun>{one_of(bodies('called'))})", re.IGNORECASE)
_PAPERS = re.compile(
    r"(?:(?:the|some|these|those|new|newly|\w+ed|[a-z]+al|court|tax|police|public) ){0,4}"
    r"(?:papers|documents|records|files|data|figures|minutes|filings)\b(?! (?:by|from) )",
    re.IGNORECASE,
)
"""Sources that are works of whoever it be: in all 6 of the labels, none a person's."""
_NO_ONE = re.compile(
    rf"(?:the )?(?:[a-z][\w-]* ){{0,2}}(?P<noun>{one_of(bodies('called', 'of', 'members', 'house', 'state', 'acts'))}"
    r"|charity|city hall|club|corps|firm|fund|palace|town hall|trust)",
    re.IGNORECASE,
)
"""A body by its common noun, which is nobody: "the presidency" is no president."""
_SORTS = bodies("name", "called") - bodies("loose")
"""The last word of a name that tells what sort of body it is."""
_COMPANY = re.compile(rf"the (?:[a-z][\w-]* )?(?:{one_of(bodies('beside'))}|group)", re.IGNORECASE)
_ANALYSTS = re.compile(
    r"\b(?:analysts?|economists?|strategists?|traders?|brokers?|researchers?) (?:at|with|for|from|of) (?:the )?"
    r"(?-i:[A-Z][\w&’'-]+ ){0,2}$",
    re.IGNORECASE,
)
_ANALYST = re.compile(r"(?:['’]s)? (?:[a-z]+ )?(?:analysts?|economists?|strategists?|traders?|brokers?)\b")
_CITED = re.compile(
    r"\b(?:data|figures|numbers|poll|survey|estimates|analysis) (?:compiled |collected |gathered |published |provided |released )"
    r"?(?:by|from|of|at) (?:the )?$|\b(?:compiled|polled|surveyed|gathered) by (?:the )?$",
    re.IGNORECASE,
)
_CITING = re.compile(r"(?:['’]s)? (?:[a-z]+ )?(?:data|figures|polls?|surveys?|estimates|consensus)\b")
"""Words beside the name of whoever only counted: "a Quayside poll", "data from Quayside"."""
_NO_PERSONS = frozenset({"organization", "country", "place", "group"})
_HEAD_OF = re.compile(
    r"(?:(?:the|a|an|one|another|his|her|its|their) )?(?:[\w’'-]+ ){0,4}?(?P<noun>[\w-]+) "
    r"(?:of|for|to|at|in|from|with|on|off|near|who|that|which)(?: .*)? ?$",
    re.IGNORECASE,
)
"""What a description says before a name of whose or where somebody is."""
_HEAD_OF_NAME = re.compile(
    r"(?:(?:the|a|an|one|another|his|her|its|their) )?(?:[a-z][\w’'-]* ){0,4}?(?P<noun>[a-z][\w-]*) (?:of|for|to) "
    r"(?:the )?(?:(?:late|detained|accused|murdered|former) )?(?P<titles>(?:[A-Z][\w’'.-]* ){0,4})",
    re.IGNORECASE,
)
_OF_LAND = re.compile(r"(?:[Tt]he )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}(?:['’]s?)? (?:[a-z][\w-]* ){0,2}[a-z][\w-]*")
_OWNED = re.compile(r"['’]s? (?:[a-z][\w-]* ){0,3}?(?P<noun>[a-z][\w-]*)(?= (?:to|in|at|for|on)\b|,|$)")
_INDEFINITE = re.compile(r"(?:an?|another|one of the) ", re.IGNORECASE)
_SOME_BODY = re.compile(
    r"(?:an?|another) (?:[a-z]+ )?(?:man|woman|boy|girl|heckler|bystander|passer-by|youth)\b", re.IGNORECASE
)
"""Somebody who is nothing more to the story: whom it has named before it calls so no more."""
_DETERMINER = re.compile(r"(?:[Tt]he|[Aa]n?) (?:[A-Z][\w’'-]* )*")
_LIKE_A_MAN = re.compile(r".*(?:chair|spokes|ombuds|alder|congress|council|states|business|head)man")
"""Words for a man that women are called by as well."""
_SITS = offices("seat")
_SOMEBODY = offices() | people("asks", "home")
_MOVE = re.compile(rf", (?:{A_MOVE})(?:that |which )?$")
_OF_OFFICE = re.compile(
    r"(?:[Tt]he |[Aa]n? )?(?:[\w-]+ ){0,3}?(?P<owner>[\w-]+)(?:['’]s|s['’]) (?:[a-z-]+ ){0,3}?(?P<noun>[a-z-]+)"
    r"(?=$|,| (?:[A-Z]|who\b|at\b|in\b))"
)
_LED = re.compile(
    r".{2,}?,? (?:which is |who are |[a-z]{1,15}ly )?(?:chaired|led|headed|run|founded|represented|advised|backed) by"
    r" (?:\S{1,30} ){0,8}"
)
"""What stands before the name of who only leads a body, which speaks."""
_NAME_AFTER = re.compile(r"(?:,.*| (?:[A-Z][\w.’'-]*+(?: |$))++)$", re.DOTALL)
REACH, AHEAD, LEAD = 40, 12, 1
"""Characters before a name that tell what it is said of; statements ahead in which somebody who was described is named; the last
paragraph that may tell of somebody before he is introduced."""


def is_barred(page: Page, said: PageStatement, thing: int) -> bool:
    """Whether a source's description cannot mean a thing."""
    source, text = said.source, page.article.text
    if source is None or said.own is None or said.pronoun is not None or thing == said.own:
        return False
    words, meant = source.of(text), page.things[thing]
    if meant.kind == "person" and (_is_anothers(text, said, meant) or _has_another_office(words, meant)):
        return True
    if meant.kind == "person" and _PAPERS.match(words) is not None:
        return True
    if meant.kind == "person" and (_is_kin_of(text, said, meant) or _is_of_another_land(words, said, meant)):
        return True
    if (
        meant.kind == "person"
        and _INDEFINITE.match(words) is not None
        and _is_named_elsewhere(page, said, words, thing)
    ):
        return True
    if meant.kind == "person" and _is_of_other_sex(text, page.things[said.own], said, meant):
        return True
    if meant.kind == "person" and (are_several(words) or _is_who_leads(text, said, meant) or _is_told_of(said, meant)):
        return True
    if meant.kind == "person" and _is_owned_by(words, meant):
        return True
    if meant.kind == "phrase" and _is_another_description(words, meant):
        return True
    if _NO_ONE.fullmatch(words) is not None and (meant.kind == "person" or _describes_somebody(meant)):
        return True
    if _has_another_matter(words, meant):
        return True
    if meant.kind == "organization" and _is_another_sort(words, meant):
        return True
    if _has_moved(page, said, meant):
        return True
    if _is_whose_member(page, said, meant) or (meant.kind in _NO_PERSONS and _is_of_somebody(page, said, meant)):
        return True
    return _COMPANY.fullmatch(words) is not None and is_only_cited(text, meant)


def _is_named_elsewhere(page: Page, said: PageStatement, words: str, thing: int) -> bool:
    """Whether a person is named where somebody who is told of anew ("a former nurse") is not."""
    return _is_named_before(said, words, page.things[thing]) or _is_named_later(page, said, thing)


def _is_named_before(said: PageStatement, words: str, person: Thing) -> bool:
    """Whether a paragraph names somebody before a source in it: "a woman in the gallery" is then another.

    "A man" is another than all whom the text has named, the headline and the lead apart, which tell of him beforehand.
    """
    assert said.source is not None
    if person.within(said.source) is not None:
        return False  # "a tearful Ada Lane"
    last = bisect_left(person.places, said.source.start, key=lambda p: p.span.start) - 1
    if last < 0 or person.places[last].paragraph == said.held.paragraph:
        return last >= 0
    return person.places[last].paragraph > LEAD and _SOME_BODY.match(words) is not None


def is_for_another(words: str) -> bool:
    """Whether a source is somebody's lawyer, aide or the like: "His lawyer, Ada Lane"."""
    return any(_SOMEBODYS.fullmatch(some) is not None for some in (words, _NAME_AFTER.sub("", words)))


def _is_anothers(text: str, said: PageStatement, person: Thing) -> bool:
    """Whether a source is somebody's spokesman, aide or the like, and a person not known to be one."""
    assert said.source is not None
    words = said.source.of(text)
    found = _SOMEBODYS.fullmatch(words)
    if found is None:
        return False
    noun = (found["noun"] or found["first"] or found["own"]).lower()
    place = person.within(said.source)
    if place is not None:  # "a spokesman for the mayor, Ada Lane" may be called so himself
        return "," not in text[said.source.start : place.span.start]
    return not _is_called(person, noun)


def _is_another_description(words: str, meant: Thing) -> bool:
    """Whether a source is somebody's spokesman or the like, and a description that of another: "Minister for Tides Ada Lane"."""
    found = _SOMEBODYS.fullmatch(words)
    return found is not None and (found["noun"] or found["first"] or found["own"]).lower() not in meant.name.lower()


def _describes_somebody(meant: Thing) -> bool:
    """Whether a description is of somebody at a body or elsewhere: "a source at the trust"."""
    head = _HEAD_OF.match(f"{meant.name} ") if meant.kind == "phrase" else None
    return head is not None and (_is_person_noun(head["noun"]) or head["noun"].lower() in _SOMEBODY)


def _is_of_somebody(page: Page, said: PageStatement, meant: Thing) -> bool:
    """Whether a body or place only tells of what or of where a person is: "the captain of the ferry that sank off Brell"."""
    assert said.source is not None
    place, text = meant.within(said.source), page.article.text
    if place is None:
        return False
    before = text[said.source.start : place.span.start]
    if (head := _HEAD_OF.match(before)) is not None:
        return _is_person_noun(head["noun"])
    owned = _OWNED.match(text, place.span.end, said.source.end)
    return owned is not None and before.strip().lower() in ("", "the") and _is_person_noun(owned["noun"])


def _is_of_another_land(words: str, said: PageStatement, meant: Thing) -> bool:
    """Whether a source is a land's officer ("Norland’s foreign minister"), and a person known as that of another land."""
    if _OF_LAND.fullmatch(words) is None or not said.lands or not meant.lands:
        return False
    return meant.lands.isdisjoint(said.lands)


def _is_named_later(page: Page, said: PageStatement, thing: int) -> bool:
    """Whether a person is named only after a new description ("A former nurse said …"), and somebody else speaks first."""
    assert said.source is not None
    if page.things[thing].places[0].span.start < said.source.end:
        return False
    after = bisect_right(page.said, said.source.end, key=lambda other: other.statement.cue[0].start)
    later = (other.inner for other in page.said[after : after + AHEAD] if other is not said and other.inside is None)
    return thing not in next(
        (inner for inner in later if any(page.things[n].kind == "person" for n in inner)), (thing,)
    )


def _is_of_other_sex(text: str, own: Thing, said: PageStatement, meant: Thing) -> bool:
    """Whether a source's noun tells of a man and a person is a woman, or the other way round: "the mother of two"."""
    assert said.source is not None
    if own.gender * meant.gender >= 0 or meant.within(said.source) is not None:
        return False
    head = _HEAD_OF.match(said.source.of(text))
    noun = head["noun"] if head else own.name.split()[-1]
    return _LIKE_A_MAN.fullmatch(noun.lower()) is None and sex_of([noun]) * meant.gender < 0


def _is_owned_by(words: str, person: Thing) -> bool:
    """Whether a source is somebody's of an office that a person has, who is not his own: "the mayor's driver" is no mayor."""
    found = _OF_OFFICE.match(words)
    if found is None or found["noun"] in person.roles:
        return False
    return found["owner"].lower() in person.roles & name_words().role_nouns


def _is_kin_of(text: str, said: PageStatement, meant: Thing) -> bool:
    """Whether a person only tells whose a description is: "the father of Ada Lane", "a friend of Mr Lane"."""
    assert said.source is not None
    place = meant.within(said.source)
    head = _HEAD_OF_NAME.fullmatch(text, said.source.start, place.span.start) if place else None
    if head is None or not _is_person_noun(head["noun"]):
        return False
    titles = name_words().titles | name_words().kept_titles  # "Minister of Tides Ada Lane" is she herself
    return all(w.casefold().strip(".") in titles for w in head["titles"].split())


def _is_who_leads(text: str, said: PageStatement, person: Thing) -> bool:
    """Whether a person only tells who leads the body that a source is: "the union's mission, led by Ada Lane"."""
    assert said.source is not None
    place = person.within(said.source)
    return place is not None and _LED.fullmatch(text, said.source.start, place.span.start) is not None


def _is_told_of(said: PageStatement, person: Thing) -> bool:
    """Whether a person is the first word of what somebody says: "According to the mayor, Lane fled"."""
    cue, content = said.statement.cue[0], said.statement.content
    first = next((c for c in content if c.start >= cue.end), None)
    assert said.source is not None
    if first is None or not cue.end <= said.source.start < first.start:
        return False
    place = person.within(first)
    return place is not None and place.span.start == first.start


def _has_moved(page: Page, said: PageStatement, meant: Thing) -> bool:
    """Whether somebody did what a source only judges: "The Tide Board raised the toll, a move the industry says …"."""
    assert said.source is not None
    start, text = said.source.start, page.article.text
    if _MOVE.search(text, max(0, start - REACH), start) is None or meant.within(said.source) is not None:
        return False
    here = any(p.sentence == said.held.sentence and p.span.end <= start for p in meant.places)
    return here and (meant.words | meant.roles).isdisjoint(said.words)


def _is_whose_member(page: Page, said: PageStatement, meant: Thing) -> bool:
    """Whether a name only tells of which body somebody is: "the Quay Front MP"."""
    assert said.source is not None
    place, text = meant.within(said.source), page.article.text
    if place is None or not _DETERMINER.fullmatch(text, said.source.start, place.span.start):
        return False
    words = text[place.span.end : said.source.end].split(" ")
    return len(words) == 2 and not words[0] and (words[1] in _SITS or _is_person_noun(words[1]))


def _is_person_noun(noun: str) -> bool:
    table, low = name_words(), noun.casefold().rpartition("-")[2]
    known = not table.role_nouns.isdisjoint({low, low.removesuffix("s")})
    return known or (low not in NO_MAN and low.endswith(("man", "woman", "person", "men", "women", "people")))


def _is_called(person: Thing, noun: str) -> bool:
    last = noun.split()[-1]
    return any(w == last or w.removesuffix("s") == last or last.startswith(w) for w in person.roles if len(w) > 3)


def _has_another_office(words: str, person: Thing) -> bool:
    """Whether a source asks, or has an office of its own sort, and a person is known for something else."""
    asker = _ASKER.fullmatch(words)
    if asker is not None:
        return not _is_called(person, asker["noun"].lower())
    office = _OFFICER.fullmatch(words)
    if office is None or not (person.roles & name_words().role_nouns):
        return False
    return not _is_called(person, office["noun"].lower())


def _has_another_matter(words: str, meant: Thing) -> bool:
    """Whether a source is an office or body by the matter that it has, and a thing one of the same sort for others: "the defence
    ministry" is no foreign ministry.
    """
    found = _OF_MATTER.fullmatch(words)
    if found is None:
        return False
    called = meant.roles if meant.kind == "person" else frozenset(meant.name.lower().split())
    has = _matters_in(called)
    return found["noun"].lower() in called and bool(has) and has.isdisjoint(_matters_in(words.lower().split()))


def _matters_in(words: Iterable[str]) -> set[str]:
    return {_ONE_MATTER.get(word, word) for word in matters().intersection(words)}


def _is_another_sort(words: str, body: Thing) -> bool:
    """Whether a source is one sort of body ("the state command"), and a name ends in another sort ("Trade Congress")."""
    found, last = _BODY.fullmatch(words), body.name.split()[-1].lower()
    if found is None or last not in _SORTS:
        return False
    return body.words.isdisjoint({found["noun"].lower(), f"{found['noun']}s".lower()})


def is_only_cited(text: str, firm: Thing) -> bool:
    """Whether a firm is named only as that of analysts, or of whose count something is."""
    return firm.kind not in ("phrase", "person") and all(
        any(p.search(text, max(0, place.span.start - REACH), place.span.start) for p in (_ANALYSTS, _CITED))
        or any(p.match(text, place.span.end) for p in (_ANALYST, _CITING))
        for place in firm.places
    )
