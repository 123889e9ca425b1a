"""What a number counts: people killed, wounded, missing, displaced or detained, or another counted thing.

By the words around it, within its sentence: its own noun ("22 deaths"), what is said of it ("nine are missing"), the verb that it
is the object of ("killing 11 civilians", "raised its count of the dead to 31").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from onrecord.extract.countwords import ALIVE, MEASURES, NO_PEOPLE, PEOPLE, SHARES, THINGS, word_set
from onrecord.extract.numerals import Numeral, Word, is_number
from onrecord.records import Counted

REACH: Final = 8
"""Words that may stand between a number's noun and what is said of it ("no one on the ground was reported hurt")."""
LONGEST_NOUN: Final = 6  # words from a number to the end of its noun


def _by_word(table: Mapping[Counted, str]) -> Mapping[str, Counted]:
    return MappingProxyType({word: what for what, words in table.items() for word in words.split()})


_NOUNS: Final = _by_word(
    {
        "killed": "dead deaths death fatalities fatality bodies body corpses corpse coffins coffin graves killings killing "
        "drownings martyrs fallen murders homicides",
        "wounded": "wounded injured injuries injury hurt",
        "missing": "missing",
        "displaced": "displaced refugees refugee evacuees evacuee homeless",
        "detained": "detainees detainee prisoners prisoner captives captive hostages hostage arrests arrest detentions "
        "abductions abductees internees",
    }
)
"""Nouns, and adjectives in a noun's place, that say by themselves what is counted."""
_DONE: Final = _by_word(
    {
        "killed": "killed dead died slain murdered executed massacred perished drowned martyred buried beheaded",
        "wounded": "wounded injured hurt maimed hospitalised hospitalized",
        "missing": "missing",
        "displaced": "displaced fled evacuated uprooted homeless",
        "detained": "detained arrested captured abducted kidnapped jailed imprisoned interned",
    }
)
"""What is said of those counted."""
_DOES: Final = _by_word(
    {
        "killed": "killed killing kill kills murdered murdering executed executing massacred massacring slew slaying",
        "wounded": "treated treating wounded wounding wound wounds injured injuring injure injures hurt hurting maimed maiming",
        "displaced": "displaced displacing displace displaces evacuated evacuating evacuate uprooted uprooting",
        "detained": "detained detaining detain detains arrested arresting arrest arrests captured capturing capture "
        "abducted abducting kidnapped kidnapping jailed jailing imprisoned imprisoning interned",
    }
)
"""What is done to those counted, before them."""
_STATES: Final[tuple[tuple[tuple[str, ...], Counted], ...]] = (
    (("unaccounted", "for"), "missing"),
    (("in", "custody"), "detained"),
    (("under", "arrest"), "detained"),
    (("behind", "bars"), "detained"),
    (("being", "held"), "detained"),
    (("still", "held"), "detained"),
    (("were", "held"), "detained"),
    (("taken", "hostage"), "detained"),
    (("taken", "prisoner"), "detained"),
    (("to", "death"), "killed"),
    (("to", "hospital"), "wounded"),
    (("to", "hospitals"), "wounded"),
    (("to", "shelters"), "displaced"),
    (("from", "their", "homes"), "displaced"),
    (("out", "of", "their", "homes"), "displaced"),
    (("in", "hospital"), "wounded"),
    (("in", "hospitals"), "wounded"),
    (("in", "intensive", "care"), "wounded"),
    (("lost", "their", "lives"), "killed"),
    (("lost", "their", "homes"), "displaced"),
    (("left", "their", "homes"), "displaced"),
    (("have", "fallen"), "killed"),
    (("had", "fallen"), "killed"),
    (("shot", "dead"), "killed"),
)
_TOLLS: Final[tuple[tuple[tuple[str, ...], Counted], ...]] = (
    (("death", "toll"), "killed"),
    (("toll",), "killed"),
    (("count", "of", "the", "dead"), "killed"),
    (("number", "of", "the", "dead"), "killed"),
    (("number", "of", "dead"), "killed"),
    (("number", "of", "deaths"), "killed"),
    (("number", "of", "wounded"), "wounded"),
    (("number", "of", "injured"), "wounded"),
    (("number", "of", "missing"), "missing"),
    (("number", "of", "displaced"), "displaced"),
    (("number", "of", "refugees"), "displaced"),
    (("number", "of", "arrests"), "detained"),
    (("number", "of", "detainees"), "detained"),
    (("number", "of", "prisoners"), "detained"),
    (("the", "dead"), "killed"),
    (("the", "wounded"), "wounded"),
    (("the", "injured"), "wounded"),
    (("the", "missing"), "missing"),
    (("the", "displaced"), "displaced"),
    (("deaths",), "killed"),
    (("losses",), "killed"),
)


def _by_first(
    rows: tuple[tuple[tuple[str, ...], Counted], ...],
) -> dict[str, tuple[tuple[tuple[str, ...], Counted], ...]]:
    """Rows in their order, by the first of their words: most words begin none."""
    return {first: tuple(row for row in rows if row[0][0] == first) for first in {words[0] for words, _ in rows}}


_STATES_BY_WORD: Final = _by_first(_STATES)
_TOLLS_BY_WORD: Final = _by_first(_TOLLS)
"""Words for a count, before its number ("raised its count of the dead in the town to 31")."""
_LOSS: Final[tuple[tuple[str, ...], ...]] = (
    *(
        ("loss", "of"),
        ("lost",),
        ("lives", "of"),
        ("death", "of"),
        ("deaths", "of"),
        ("killing", "of"),
        ("killings", "of"),
    ),
    *(("bodies", "of"), ("murder", "of"), ("murders", "of"), ("shot", "dead")),
    *(("massacre", "of"), ("massacres", "of"), ("slaughter", "of"), ("execution", "of"), ("executions", "of")),
)
_LIVES: Final = word_set("took claimed cost takes claims costs taking claiming costing taken lost")
"""What comes before lives that are over ("claimed 24 lives"), not before those that go on ("saved 24 lives")."""
_SENTENCES: Final = word_set("sentenced sentences sentencing condemned frightened scared")
"""Who is so "to death" lives."""
_SUBJECT_AUX: Final = word_set(
    "was were is are been being be have has had got get remain remains remained still feared presumed believed reported "
    "confirmed known also now later said to thought listed declared found officially already all either seriously "
    "badly critically slightly lightly severely dead them of others people more as not yet who that's each or so"
)
_STOP: Final = word_set(
    "in on at by for from with after before since during of to into near over under through across against among "
    "between about around than as and or but nor if that which who whom whose when where while because although though "
    "is are was were be been being has have had will would can could may might must shall should do does did not the a "
    "an this these those his her its their our my your it he she they we you i him them us said says say told tells "
    "reported there then also now still only so until till upon off out up down behind outside inside without per"
)
_IRREGULAR: Final = word_set(
    "people police men women children troops aircraft personnel staff crew dead wounded injured missing displaced "
    "policemen gunmen fishermen seamen airmen lawmakers militiamen percent servicemen countrymen infantry cattle sheep"
)
_NOT_PLURAL: Final = word_set("was is has his its this as us yes thus does across perhaps besides always its less")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number's noun phrase: words `first` to `end` (half open), its `head` (None: the number stands alone), and whether the
    number is a part of others ("six of the dead", "40 of them").
    """

    first: int
    end: int
    head: int | None
    part: bool = False


def phrase_of(words: Sequence[Word], numeral: Numeral) -> Phrase:
    """The noun phrase that a number opens."""
    at = numeral.end
    if _at(words, at) == "out" and _at(words, at + 1) == "of":
        at += 1
    if _at(words, at) == "of" and at + 1 < len(words) and is_number(words[at + 1]) and numeral.value != 1:
        head = _head(words, at + 2, plural=True)  # "11 of 240 blades"
        return Phrase(at, head + 1 if head is not None else at + 2, head, part=True)
    if _at(words, at) == "of" and _at(words, at + 1) in _PARTITIVE:
        end = at + 2
        head = None
        if _at(words, at + 1) not in ("them", "these", "those", "us", "whom", "which"):
            end += end < len(words) and is_number(words[end])  # "11 of the 240 blades"
            head = _head(words, end, plural=True)
        return Phrase(at, head + 1 if head is not None else end, head, part=True)
    head = _head(words, at, plural=numeral.value != 1)
    return Phrase(at, head + 1 if head is not None else at, head)


_PARTITIVE: Final = word_set("the them these those his her its their our my us whom which")


def _head(words: Sequence[Word], at: int, *, plural: bool) -> int | None:
    head = None
    for k in range(at, min(at + LONGEST_NOUN, len(words))):
        word = words[k].lower
        if word == "%":
            return k
        if word == "per" and _at(words, k + 1) == "cent":
            return k + 1
        owned = words[k - 1].lower.endswith("'s")  # "the town's 5,000 people"
        if head is None and (word in ("-", "'s", "'") or (owned and is_number(words[k]))):
            continue
        if not word[0].isalpha() or word in _STOP:
            break
        if is_plural(word):
            head = k
        elif head is not None:
            break
        elif not plural and (word in PEOPLE or word in _NOUNS):
            head = k
    if head is None and _at(words, at) in (_NOUNS.keys() | ALIVE):
        return at
    return head


def is_plural(word: str) -> bool:
    """Whether a word looks like a noun in the plural."""
    if word in _IRREGULAR or (word.endswith("ese") and len(word) > len("geese.")):  # "80,000 Congolese"
        return True
    return (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "'s", "is")) and word not in _NOT_PLURAL
    )


def what_of(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> Counted | None:
    """What sort of people a number counts; None where nothing in the sentence tells."""
    head = words[phrase.head].lower if phrase.head is not None else ""
    if (head in MEASURES | SHARES and head != "others") or is_only_possible(words, numeral):
        return None
    if head == "lives":
        return "killed" if any(_at(words, k) in _LIVES for k in (numeral.first - 1, numeral.first - 2)) else None
    if _none_survived(words, numeral, phrase):
        return "killed"
    if head == "" and _at(words, numeral.first - 1) == "missing" and (numeral.value or 0) >= MILLIONS:
        return None  # "the missing 2.4 million" is money, as no such number of people is
    return (
        _object(words, numeral, phrase)
        or _own(words, numeral, phrase)
        or (None if _is_one_of(words, numeral) else _said_of(words, phrase))
        or (_toll(words, numeral) if stands_alone(words, numeral, phrase) else None)
    )


MILLIONS: Final = 1_000_000
"""So many people nobody searches for."""
_LIVED: Final = word_set("survived lived")


def _none_survived(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> bool:
    """Whether a number is of people of whom none is left: "not one of the 45 passengers survived"."""
    before = [w.lower for w in words[max(0, numeral.first - 4) : numeral.first]]
    none = before[-4:] in (["not", "one", "of", "the"], ["not", "one", "of", "its"]) or before[-3:-1] == ["none", "of"]
    return none and any(_at(words, k) in _LIVED for k in range(phrase.end, phrase.end + 3))


def is_only_possible(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number is of what may yet come ("the toll could exceed 900"); "may have killed 20" estimates what came."""
    for at in range(numeral.first - 2, max(-1, numeral.first - 1 - _MODAL_REACH), -1):
        word = words[at].lower
        if word in _MAY and words[at].span.end < words[at + 1].span.start:
            return not _is_past(words, at)
        if not word[0].isalpha() or word in _BREAKS:
            return False
    return False


def _is_past(words: Sequence[Word], at: int) -> bool:
    """Whether a modal tells of what is over: "may have killed", not "would have to be moved"."""
    return _at(words, at + 1) == "have" and _at(words, at + 2) != "to"


_MAY: Final = word_set("could may might would will can shall")
_MODAL_REACH: Final = 5
"""Words before a number in which its verb's modal stands, if it has one."""


def stands_alone(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> bool:
    """Whether a number is without a noun, and not only without one that is known as such ("one hospital")."""
    after = _at(words, numeral.end)
    return phrase.head is None and not phrase.part and (not after[:1].isalpha() or after in _STOP | _ADDED)


_ADDED: Final = word_set(
    "people's yesterday today earlier later since already dead killed wounded injured missing displaced detained arrested "
    "monday tuesday wednesday thursday friday saturday sunday previously ago more others overnight last this"
)
"""What may follow a number that stands alone, beside the words that end any phrase."""


def _own(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> Counted | None:
    if phrase.head is None or (phrase.part and numeral.value == 1):  # "one of the dead had a wound" tells of no number
        return None
    inside = [words[k].lower for k in range(numeral.end, phrase.end)]
    what = _NOUNS.get(inside[-1])
    if phrase.part and what != "killed" and _said_of(words, phrase) == "killed":
        return "killed"  # "five of the 12 wounded have died"
    if what in ("displaced", "detained"):
        # What befalls them tells more than what they are: "six prisoners were killed". One of them is no count.
        return _said_of(words, phrase) or (what if numeral.value != 1 else None)
    return what or next((_DONE[w] for w in inside if w in _DONE), None)


def _is_one_of(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number only opens one that counts ("one of 26 people killed")."""
    at = numeral.end
    return numeral.value == 1 and _at(words, at) == "of" and at + 1 < len(words) and is_number(words[at + 1])


def _object(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> Counted | None:
    """By the word right before: "killing 11 civilians", "the deaths of 22 people", "evacuated some 70 islanders"."""
    at = numeral.first
    while at and _at(words, at - 1) in ("the", "another", "a", "further", "of", "its", "his", "their", "least", "have"):
        at -= 1
    before = [w.lower for w in words[max(0, at - 2) : numeral.first]]
    for loss in _LOSS:
        if tuple(before[-len(loss) :]) == loss:
            return None if loss == ("lost",) and _at(words, phrase.end - 1) not in PEOPLE else "killed"
    verb = _at(words, at - 1)
    what = _DOES.get(verb)
    thing = phrase.head is not None and words[phrase.head].lower in THINGS  # "evacuated two schools"
    return None if thing or _at(words, at - 2) in _BE else what


_NOUGHT: Final = word_set("no none nobody")
_BE: Final = word_set("was were is are been being be")


def _said_of(words: Sequence[Word], phrase: Phrase) -> Counted | None:
    """By what follows: "four sailors were killed", "nine are missing", "15 people on the bus died"."""
    aux = phrase.head is None or phrase.part
    if phrase.head is not None and words[phrase.head].lower in NO_PEOPLE:
        return None
    more = _past_more(words, phrase)
    start = more if more > phrase.end else _past_aside(words, phrase.end)
    for at in range(start, min(start + REACH, len(words))):
        word = words[at].lower
        if word in _MAY and not _is_past(words, at):
            return None
        for state, what in _STATES_BY_WORD.get(word, ()):
            if tuple(w.lower for w in words[at : at + len(state)]) == state:
                ill = state[-1] == "fallen" and _at(words, at + 2) in _ILL
                spared = state[-1] == "death" and any(_at(words, k) in _SENTENCES for k in range(start, at))
                return None if ill or spared else what
        if word in _DONE and _at(words, at - 1) != "the":
            return _DONE[word] if aux or _passive(words, at, phrase) else None
        breaks = word in _BREAKS and not (word == "as" and _at(words, at + 1) in _DONE)
        if not word[0].isalpha() or breaks or is_number(words[at]):
            return None
    return None


_ASIDE: Final = word_set("including among mostly most many some")
_LONGEST_ASIDE: Final = 10
"""Words between two commas, about some of those counted ("118 people, 51 of them children, were killed")."""


def _past_aside(words: Sequence[Word], at: int) -> int:
    """The word after what is said of some of those counted between two commas; `at` where nothing is."""
    if _at(words, at) != "," or at + 1 >= len(words):
        return at
    if not (_at(words, at + 1) in _ASIDE or (is_number(words[at + 1]) and _at(words, at + 2) == "of")):
        return at
    closing = next((k for k in range(at + 2, at + 2 + _LONGEST_ASIDE) if _at(words, k) == ","), None)
    return closing + 1 if closing is not None else at


_SUBJECT_OPENS: Final = word_set('that said says and when where while after because " “ ( : — , but')
_PLURAL_VERB: Final = word_set("were have had are died remain")


def _past_more(words: Sequence[Word], phrase: Phrase) -> int:
    """Past the others of whom the same is said: "21 officers and six marchers were hurt" tells of both numbers."""
    at = phrase.end
    while _at(words, at) in ("and", ",") and phrase.head is not None:
        following = at + 1 + (_at(words, at) == "," and _at(words, at + 1) == "and")
        if following >= len(words) or not (is_number(words[following]) or _at(words, following) in ("a", "an")):
            break
        if is_number(words[following]) and _at(words, following) != "one":
            head = _head(words, following + 1, plural=True)
        else:  # "a driver were": what stands before the verb
            verb = next((k for k in range(following + 2, following + 5) if _at(words, k) in _STOP | {","}), None)
            head = None if verb is None else verb - 1
        if head is None:
            break
        at = head + 1
    opens = phrase.first < 2 or any(
        _at(words, k) in _SUBJECT_OPENS for k in range(max(0, phrase.first - 4), phrase.first)
    )
    return at if opens and _at(words, at) in _PLURAL_VERB else phrase.end


_BREAKS: Final = word_set(
    "and but or which that when where while after before because said says told as if than although killing wounding "
    "injuring"
)
_ILL: Final = word_set("ill sick silent behind short into to asleep")
_INTRANSITIVE: Final = word_set("died dead perished drowned missing fled homeless hurt")


def _passive(words: Sequence[Word], at: int, phrase: Phrase) -> bool:
    """Whether the word at `at` tells what befell those counted, and not what they did."""
    if words[at].lower in _INTRANSITIVE or (at == phrase.end and not _opens_object(words, at + 1)):
        return True
    return any(words[k].lower in _SUBJECT_AUX for k in range(phrase.end, at)) and not _opens_object(words, at + 1)


def _opens_object(words: Sequence[Word], at: int) -> bool:
    return _at(words, at) in ("the", "a", "an", "some", "his", "their", "its")


def label_of(words: Sequence[Word]) -> Counted | None:
    """What a sentence of one word says that those after it count ("Displaced.")."""
    return _NOUNS.get(words[0].lower) if len(words) == 2 and words[1].lower in ".:" else None


def _toll(words: Sequence[Word], numeral: Numeral) -> Counted | None:
    """By a count named before the number in its sentence: "put the toll at 34", "Dead: 136"."""
    best: tuple[int, Counted] | None = None
    for at in range(numeral.first):
        for toll, what in _TOLLS_BY_WORD.get(words[at].lower, ()):
            if tuple(w.lower for w in words[at : at + len(toll)]) == toll and at + len(toll) <= numeral.first:
                best = (at, what)
                break
    if best is not None:
        return best[1]
    if _at(words, numeral.first - 1) == ":":
        return _NOUNS.get(_at(words, numeral.first - 2))
    return None


def _at(words: Sequence[Word], at: int) -> str:
    return words[at].lower if 0 <= at < len(words) else ""


def zero_of(words: Sequence[Word], at: int) -> tuple[Numeral, Phrase, Counted] | None:
    """A number that is none, at a word: "no civilian deaths", "no one was hurt", "none of the crew is missing"."""
    word, end = words[at].lower, at + 1
    if word not in _NOUGHT:
        return None
    if word == "no" and _at(words, end) in ("one", "-one"):
        end += 1
    elif word == "no":
        return _no_deaths(words, at)
    numeral = Numeral(at, at, end, 0.0, 0.0, 0.0)
    phrase = phrase_of(words, numeral) if word == "none" else Phrase(end, end, None)
    own = _NOUNS.get(_at(words, end)) if word == "none" else None
    what = own or _said_of(words, Phrase(phrase.first, phrase.end, None))
    if what is None and word == "none" and _at(words, at - 1) == ":":
        what = _NOUNS.get(_at(words, at - 2))
    return (numeral, phrase, what) if what else None


def _no_deaths(words: Sequence[Word], at: int) -> tuple[Numeral, Phrase, Counted] | None:
    first, bare = at, at
    for evidence in (
        ("no", "evidence", "of", "any"),
        ("no", "evidence", "of"),
        ("no", "reports", "of"),
        ("no", "sign", "of"),
    ):
        if tuple(w.lower for w in words[at : at + len(evidence)]) == evidence:
            bare = at + len(evidence) - 1
            break
    numeral = Numeral(first, bare, bare + 1, 0.0, 0.0, 0.0)
    phrase = phrase_of(words, numeral)
    if phrase.head is None:
        return None
    noun = words[phrase.head].lower
    what = _NOUNS.get(noun) if is_plural(noun) and noun not in ("prisoners", "hostages", "refugees") else None
    if what is None and noun in PEOPLE:
        what = _said_of(words, phrase)
    return (numeral, phrase, what) if what else None
