"""What a number counts: people killed, wounded, missing, displaced or detained, or another counted thing.

By the words around it, within its sentence: its own noun ("22 deaths"), what is said of it ("nine are missing"), the verb that it
is the object of ("killing 11 civilians", "raised its count of the dead to 31").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.codebook.tables import load
from onrecord.extract.countwords import (
    DOES,
    DONE,
    LOSS,
    MEASURES,
    NO_PEOPLE,
    NOUNS,
    PEOPLE,
    SHARES,
    STATES_BY_WORD,
    THINGS,
    word_set,
)
from onrecord.extract.numbered import STOP, Phrase, head_of, is_plural, phrase_of
from onrecord.extract.numerals import Numeral, Word, is_number, nth, word_at
from onrecord.extract.tolls import toll_of
from onrecord.records import Counted

REACH: Final = 8
"""Words that may stand between a number's noun and what is said of it ("no one on the ground was reported hurt")."""


_LIVES: Final = word_set("took claimed cost takes claims costs taking claiming costing taken lost")
"""What comes before lives that are over ("claimed 24 lives"), not before those that go on ("saved 24 lives")."""
_SENTENCES: Final = word_set("sentenced sentences sentencing condemned frightened scared")
"""Who is so "to death" lives."""
_SUBJECT_AUX: Final = word_set(
    "was were is are been being be have has had got get remain remains remained still feared presumed believed reported "
    "confirmed known also now later said to thought listed declared found officially already all either seriously "
    "badly critically slightly lightly severely dead them of others people more as not yet who that's each or so"
)
MILLIONS: Final = 1_000_000
"""So many people nobody searches for."""
_LIVED: Final = word_set("survived lived")
_MAY: Final = word_set("could may might would will can shall should must")
_MEANS_TO: Final = word_set(
    "going want wants wanted wanting plan plans planned planning hope hopes hoped aim aims aimed intend intends intended vow "
    "vows vowed pledge pledges pledged threaten threatens threatened seek seeks sought refuse refuses refused"
)
"""What comes before "to", of a deed that is not done yet."""
_KNOWS: Final = word_set("confirm verify count document establish identify name")
"""What somebody can do with a number that is so ("could confirm 39 deaths")."""
_MODAL_REACH: Final = 5
"""Words before a number in which its verb's modal stands, if it has one."""
_ADDED: Final = word_set(
    "people's yesterday today earlier later since already dead killed wounded injured missing displaced detained arrested "
    "previously ago more others overnight last this"
).union(map(str.lower, load().weekday_names))
"""What may follow a number that stands alone, beside the words that end any phrase."""
_BODIES_OF_MEN: Final = word_set(
    "governing public regulatory professional national international official religious local regional supervisory advisory "
    "sports sporting student students' trade legislative state judicial standards medical"
)
"""What tells that bodies are organisations."""
_OF_PEOPLE: Final = tuple("ers ors ists ans men women ants ees ese ites children mates folk".split())
"""How most nouns of people end that no list has ("weavers", "Sicilians")."""
_NOBODY: Final = word_set(
    "papers letters computers posters numbers orders rivers towers borders powers quarters shelters tractors motors sectors "
    "reactors covers panthers tigers plants restaurants warrants grants loans plans clusters chapters servers errors factors"
)
"""What ends so and is nobody."""
_FREES: Final = word_set(
    "free freed frees freeing traded trade release released releases releasing exchanged swapped rescued rescue"
)
_FREEING: Final = word_set("release freeing return exchange swap freedom rescue")
_FREED: Final = word_set("freed released exchanged swapped rescued found")
_BE_AND: Final = word_set("was were is are been being be had have has also later all since now")
_OF_MUCH: Final = word_set("captured capturing capture executed executing buried burying treated treating hurt hurting")
"""What is done to things as well: "captured three medals", "executed 14 orders"."""
_TAKEN: Final = _LIVES | {"loss", "end", "ended", "ending"}
_WON: Final = word_set("delegates")
_TREATS: Final = word_set("treated treating")
_INJURIES: Final = word_set(
    "injuries injury wounds wound burns cuts bruises fractures fractured broken smoke shock gunshot shrapnel head leg stab bullet"
)
_TAKES_UP: Final = word_set("rounded rounding rounds round locked locking")
_BESIDE_REACH: Final = 5
_NOUGHT: Final = word_set("no none nobody")
_BE: Final = word_set("was were is are been being be")
_HARMED: Final = word_set(
    "shot stabbed beaten attacked bombed tortured struck hit seized kidnapped abducted ambushed robbed"
)
_HOSPITALISED: Final = word_set("hospitalised hospitalized")
_ON_THE_RUN: Final = word_set(
    "gunmen attackers assailants suspects inmates prisoners robbers thieves raiders convicts burglars kidnappers hijackers "
    "bombers smugglers"
)
"""Who flees, and is no refugee."""
_TIES: Final = word_set(
    "in on at by for from with near of under outside inside aboard off across around behind between over through to into "
    "since during after against among all"
)
_OPENERS: Final = word_set("the a an some his their its")
_ASIDE: Final = word_set("including among mostly most many some all nearly almost both")
_LONGEST_ASIDE: Final = 10
"""Words between two commas, about some of those counted ("118 people, 51 of them children, were killed")."""
_SUBJECT_OPENS: Final = word_set('that said says and when where while after because " “ ( : — , but')
_PLURAL_VERB: Final = word_set("were have had are died remain")
_BREAKS: Final = word_set(
    "and but or which that when where while after before because said says told as if than although killing wounding "
    "injuring"
)
_ILL: Final = word_set("ill sick silent behind short into to asleep")
_INTRANSITIVE: Final = word_set("died dead perished drowned missing fled homeless hurt")


def what_of(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> Counted | None:
    """What sort of people a number counts; None where nothing in the sentence tells."""
    head = words[phrase.head].lower if phrase.head is not None else ""
    if (head in MEASURES | SHARES and head != "others") or is_only_possible(words, numeral):
        return None
    if head == "lives":
        return "killed" if any(word_at(words, k) in _LIVES for k in (numeral.first - 1, numeral.first - 2)) else None
    if head == "" and numeral.value == 1 and word_at(words, numeral.end) in _OF_MUCH:
        return None  # "two tapes, one captured by a guard"
    if head and not phrase.part and NOUNS.get(head) != "killed" and _is_free(words, numeral, phrase):
        return "other" if numeral.value != 1 else None
    if _none_survived(words, numeral, phrase):
        return "killed"
    if head == "" and word_at(words, numeral.first - 1) == "missing" and (numeral.value or 0) >= MILLIONS:
        return None  # "the missing 2.4 million" is money, as no such number of people is
    return (
        _object(words, numeral, phrase)
        or _beside(words, numeral)
        or _own(words, numeral, phrase)
        or (None if _is_one_of(words, numeral) else _said_of(words, phrase))
        or (toll_of(words, numeral) if stands_alone(words, numeral, phrase) else None)
    )


def _none_survived(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> bool:
    """Whether a number is of people of whom none is left: "not one of the 45 passengers survived"."""
    before = [w.lower for w in words[max(0, numeral.first - 4) : numeral.first]]
    none = before[-4:] in (["not", "one", "of", "the"], ["not", "one", "of", "its"]) or before[-3:-1] == ["none", "of"]
    return none and any(word_at(words, k) in _LIVED for k in range(phrase.end, phrase.end + 3))


def is_only_possible(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number is of what may yet come ("the toll could exceed 900"); "may have killed 20" estimates what came."""
    for at in range(numeral.first - 2, max(-1, numeral.first - 1 - _MODAL_REACH), -1):
        word = words[at].lower
        if word in _MAY and words[at].span.end < words[at + 1].span.start:
            known = any(w.lower in _KNOWS for w in words[at + 1 : numeral.first])
            return not (known or _is_past(words, at))
        if word == "to" and (word_at(words, at - 1) in _MEANS_TO or _may_pass(words, at)):
            return True
        if not word[0].isalpha() or word in _BREAKS:
            return False
    return False


def _may_pass(words: Sequence[Word], at: int) -> bool:
    """Whether a count is only expected, at "to": "expected the toll to pass 300", not "rose to reach 300"."""
    if word_at(words, at + 1) not in _PASSES:
        return False
    return any(w.lower in _EXPECTS for w in words[max(0, at - _EXPECT_REACH) : at])


_PASSES: Final = word_set("pass exceed top reach surpass hit climb rise grow increase")
_EXPECTS: Final = word_set(
    "expect expects expected expecting likely set fear fears feared predicted forecast estimated projected"
)
_EXPECT_REACH: Final = 6
"""Words before "to" in which it is told that a count is expected."""


def _is_past(words: Sequence[Word], at: int) -> bool:
    """Whether a modal tells of what is over: "may have killed", not "would have to be moved"."""
    return word_at(words, at + 1) == "have" and word_at(words, at + 2) != "to"


def stands_alone(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> bool:
    """Whether a number is without a noun, and not only without one that is known as such ("one hospital")."""
    after = word_at(words, numeral.end)
    if phrase.head is not None or phrase.part or after == "of":  # "the thousands of people on the road"
        return False
    return not after[:1].isalpha() or after in STOP | _ADDED


def _own(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> Counted | None:
    if phrase.head is None or (phrase.part and numeral.value == 1):  # "one of the dead had a wound" tells of no number
        return None
    inside = [words[k].lower for k in range(numeral.end, phrase.end)]
    if numeral.value == 1 and any(word.endswith("'s") for word in inside):
        return None  # "one man's lonely death"
    if inside[-1] == "death" and word_at(words, phrase.end) == "row":
        return None  # "the one death row inmate"
    what = NOUNS.get(inside[-1])
    if phrase.part and what != "killed" and _said_of(words, phrase) == "killed":
        return "killed"  # "five of the 12 wounded have died"
    if what in ("displaced", "detained"):
        # What befalls them tells more than what they are: "six prisoners were killed". One of them is no count.
        return _said_of(words, phrase) or (what if numeral.value != 1 else None)
    if inside[-1] == "bodies" and not _BODIES_OF_MEN.isdisjoint(inside):
        return None
    state = next((DONE[w] for w in inside if w in DONE), None)
    if state and not (what or inside[-1] in DONE or is_of_people(inside[-1])):
        return None  # "41 missing documents"
    # "two wounded miners have since died"
    return what or ("killed" if state and _said_of(words, phrase) == "killed" else state)


def is_of_people(noun: str) -> bool:
    """Whether a noun in the plural is one of people, by a list or by how it ends."""
    if noun in PEOPLE or noun == "households":
        return True
    return noun.endswith(_OF_PEOPLE) and noun not in THINGS | NO_PEOPLE | MEASURES | _NOBODY


def _is_free(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> bool:
    """Whether those counted are held or missed no longer: "freed 12 hostages", "the 12 hostages were released"."""
    at = numeral.first - 1
    at -= word_at(words, at) in ("the", "all", "its", "their", "another", "a")
    if word_at(words, at) in _FREES or (word_at(words, at) == "of" and word_at(words, at - 1) in _FREEING):
        return True
    ends = next((k for k in range(phrase.end, phrase.end + 4) if word_at(words, k) not in _BE_AND), phrase.end)
    return ends > phrase.end and word_at(words, ends) in _FREED and word_at(words, ends + 1) != "dead"


def _is_one_of(words: Sequence[Word], numeral: Numeral) -> bool:
    """Whether a number only opens one that counts ("one of 26 people killed")."""
    at = numeral.end
    return numeral.value == 1 and word_at(words, at) == "of" and at + 1 < len(words) and is_number(words[at + 1])


def _object(words: Sequence[Word], numeral: Numeral, phrase: Phrase) -> Counted | None:
    """By the word right before: "killing 11 civilians", "the deaths of 22 people", "evacuated some 70 islanders"."""
    at = numeral.first
    while at and word_at(words, at - 1) in (
        "the",
        "another",
        "a",
        "further",
        "of",
        "its",
        "his",
        "their",
        "least",
        "have",
    ):
        at -= 1
    before = [w.lower for w in words[max(0, at - 2) : numeral.first]]
    for loss in LOSS:
        if tuple(before[-len(loss) :]) == loss:
            lost = loss in (("lost",), ("loss", "of"))
            if lost and (phrase.head is None or word_at(words, phrase.end - 1) not in PEOPLE):
                return None
            taken = any(word_at(words, k) in _TAKEN for k in range(at - 5, at - 2))
            return "killed" if taken or loss != ("lives", "of") else None  # not "put the lives of 40 men at risk"
    verb = word_at(words, at - 1)
    what = DOES.get(verb)
    if verb == "up" and word_at(words, at - 2) in _TAKES_UP:
        what = "detained"
    # "evacuated two schools", "killed 40 goats"
    noun = words[phrase.head].lower if phrase.head is not None else ""
    thing = noun in THINGS | NO_PEOPLE or (noun != "" and verb in _OF_MUCH and not is_of_people(noun))
    if noun == "" and numeral.value == 1 and verb in _OF_MUCH:
        return None  # "that hurt one candidate"
    if noun in _WON or (verb in ("hurt", "hurting") and words[numeral.bare].lower == "millions"):
        return None  # "captured 1,944 delegates", "a slump that hurt millions"
    if verb in _TREATS and (noun == "patients" or _is_for_illness(words, phrase.end)):
        return None
    return None if thing or word_at(words, at - 2) in _BE else what


def _is_for_illness(words: Sequence[Word], at: int) -> bool:
    """Whether it is told at a word what for, and it is no wound: "treated 340 people for cholera", "in hospital with a fever"."""
    return word_at(words, at) in ("for", "with") and not any(
        word_at(words, k) in _INJURIES for k in range(at + 1, at + 6)
    )


def _beside(words: Sequence[Word], numeral: Numeral) -> Counted | None:
    """By what befell somebody together with those counted: "she was detained alongside 17 supporters"."""
    at = numeral.first - 1
    if word_at(words, at) == "with" and word_at(words, at - 1) in ("along", "together"):
        at -= 1
    elif word_at(words, at) != "alongside":
        return None
    for k in range(at - 1, max(0, at - 1 - _BESIDE_REACH), -1):
        word = words[k].lower
        if word in DONE:
            return DONE[word] if word_at(words, k - 1) in _BE or word in _INTRANSITIVE else None
        if not word[0].isalpha() or word in _BREAKS:
            return None
    return None


def _said_of(words: Sequence[Word], phrase: Phrase) -> Counted | None:
    """By what follows: "four sailors were killed", "nine are missing", "15 people on the bus died"."""
    aux = phrase.head is None or phrase.part
    if phrase.head is not None and words[phrase.head].lower in NO_PEOPLE:
        return None
    more = max(_past_more(words, phrase), _past_kin(words, phrase))
    start = more if more > phrase.end else _past_aside(words, phrase.end)
    for at in range(start, min(start + REACH, len(words))):
        word = words[at].lower
        if word in _MAY and not _is_past(words, at):
            return None
        for state, what in STATES_BY_WORD.get(word, ()):
            if tuple(w.lower for w in words[at : at + len(state)]) == state:
                patients = phrase.head is not None and words[phrase.head].lower == "patients"
                if what == "wounded" and (patients or _is_for_illness(words, at + len(state))):
                    return None
                ill = state[-1] == "fallen" and word_at(words, at + 2) in _ILL
                does = state[-1] == "up" and not (
                    aux or _passive(words, at + 1, phrase)
                )  # "60 men rounded up the goats"
                spared = state[-1] == "death" and any(word_at(words, k) in _SENTENCES for k in range(start, at))
                return None if ill or spared or does else what
        if word in _HOSPITALISED and _is_for_illness(words, at + 1):
            return None
        if word == "fled" and phrase.head is not None and words[phrase.head].lower in _ON_THE_RUN:
            return None
        if word == "missing" and word_at(words, at + 1) == "out":
            return None
        if word in DONE and word_at(words, at - 1) not in ("the", "a", "an"):
            told = (
                (aux and _has_no_object(words, at, phrase)) or _passive(words, at, phrase) or _is_harmed_too(words, at)
            )
            return DONE[word] if told else None
        both = (
            word == "and" and word_at(words, at - 1) in _HARMED and word_at(words, at + 1) in DONE
        )  # "shot and killed"
        breaks = word in _BREAKS and not both and not (word == "as" and word_at(words, at + 1) in DONE)
        if not word[0].isalpha() or breaks or is_number(words[at]) or _opens_another(words, at):
            return None
    return None


def _opens_another(words: Sequence[Word], at: int) -> bool:
    """Whether a word opens a noun of which the rest is said: "14 candles for those who died", "one guard shot a man dead"."""
    return word_at(words, at) == "those" or (word_at(words, at) in _OPENERS and word_at(words, at - 1) not in _TIES)


def _past_aside(words: Sequence[Word], at: int) -> int:
    """The word after what is said of some of those counted between two commas; `at` where nothing is."""
    if word_at(words, at) != "," or at + 1 >= len(words):
        return at
    if not (word_at(words, at + 1) in _ASIDE or (is_number(words[at + 1]) and word_at(words, at + 2) == "of")):
        return at
    closing = next((k for k in range(at + 2, at + 2 + _LONGEST_ASIDE) if word_at(words, k) == ","), None)
    return closing + 1 if closing is not None else at


def _past_more(words: Sequence[Word], phrase: Phrase) -> int:
    """Past the others of whom the same is said: "21 officers and six marchers were hurt" tells of both numbers."""
    at = phrase.end
    while word_at(words, at) in ("and", ",") and phrase.head is not None:
        following = at + 1 + (word_at(words, at) == "," and word_at(words, at + 1) == "and")
        if following >= len(words) or not (is_number(words[following]) or word_at(words, following) in ("a", "an")):
            break
        if is_number(words[following]) and word_at(words, following) != "one":
            head = head_of(words, following + 1, plural=True)
        else:  # "a driver were": what stands before the verb
            verb = next((k for k in range(following + 2, following + 5) if word_at(words, k) in STOP | {","}), None)
            head = None if verb is None else verb - 1
        if head is None:
            break
        at = head + 1
    opens = phrase.first < 2 or any(
        word_at(words, k) in _SUBJECT_OPENS for k in range(max(0, phrase.first - 4), phrase.first)
    )
    return at if opens and word_at(words, at) in _PLURAL_VERB else phrase.end


def _past_kin(words: Sequence[Word], phrase: Phrase) -> int:
    """Past others that the number counts too: "66 patients, relatives and staff had been injured"."""
    at = end = phrase.end
    if phrase.head is None or phrase.part or words[phrase.head].lower not in PEOPLE:
        return end
    while word_at(words, at) in ("and", "or", ","):
        following = at + 1 + (word_at(words, at) == "," and word_at(words, at + 1) in ("and", "or"))
        noun = next((k for k in range(following, following + 3) if word_at(words, k) in PEOPLE), None)
        if noun is None or any(word_at(words, k) in STOP or is_number(words[k]) for k in range(following, noun)):
            return end
        at = noun + 1
    return at if word_at(words, at) in _PLURAL_VERB else end


def _passive(words: Sequence[Word], at: int, phrase: Phrase) -> bool:
    """Whether the word at `at` tells what befell those counted, and not what they did."""
    if words[at].lower in _INTRANSITIVE or (at == phrase.end and not _opens_object(words, at + 1)):
        return True
    return any(words[k].lower in _SUBJECT_AUX for k in range(phrase.end, at)) and not _opens_object(words, at + 1)


def _has_no_object(words: Sequence[Word], at: int, phrase: Phrase) -> bool:
    """Whether what befell those counted, who have no noun, is no deed of theirs: not "no one captured the mood"."""
    helped = any(words[k].lower in _BE for k in range(phrase.end, at))
    if helped or words[at].lower in _INTRANSITIVE:
        return True
    return not (_opens_object(words, at + 1) or (at > phrase.end and is_of_people(word_at(words, at + 1))))


def _is_harmed_too(words: Sequence[Word], at: int) -> bool:
    """Whether a word goes on with what befell those counted: "12 people shot and killed by guards"."""
    return word_at(words, at - 1) == "and" and word_at(words, at - 2) in _HARMED and not _opens_object(words, at + 1)


def _opens_object(words: Sequence[Word], at: int) -> bool:
    return word_at(words, at) in ("the", "a", "an", "some", "his", "their", "its")


def zero_of(words: Sequence[Word], at: int) -> tuple[Numeral, Phrase, Counted] | None:
    """A number that is none, at a word: "no civilian deaths", "no one was hurt", "none of the crew is missing"."""
    word, end = words[at].lower, at + 1
    if word not in _NOUGHT:
        return None
    if word == "no" and word_at(words, end) in ("one", "-one"):
        end += 1
    elif word == "no":
        return _no_deaths(words, at)
    numeral = Numeral(at, at, end, 0.0, 0.0, 0.0)
    phrase = phrase_of(words, numeral) if word == "none" else Phrase(end, end, None)
    own = NOUNS.get(word_at(words, end)) if word == "none" else None
    what = own or _said_of(words, Phrase(phrase.first, phrase.end, None))
    if what is None and word == "none" and word_at(words, at - 1) == ":":
        what = NOUNS.get(word_at(words, at - 2))
    return (numeral, phrase, what) if what else None


def nth_of(words: Sequence[Word], at: int) -> tuple[Numeral, Phrase, Counted] | None:
    """How many there are with one more, at a word: "a twelfth person has died", "an 11th miner was killed"."""
    value = nth(words[at].lower)
    if value < _PAIR or word_at(words, at - 1) not in ("a", "an"):
        return None
    numeral = Numeral(at, at, at + 1, value, value, value)
    end = next((k + 1 for k in (at + 1, at + 2) if word_at(words, k) in _ONE_MORE), 0)
    phrase = Phrase(at + 1, end, end - 1)
    if not end or word_at(words, at + 1) in STOP or any(word_at(words, k) in _MAY for k in range(end, end + 3)):
        return None
    what = _said_of(words, phrase)
    return (numeral, phrase, what) if what in ("killed", "wounded") else None


_PAIR: Final = 2
_ONE_MORE: Final = word_set(
    "person victim casualty man woman child boy girl worker soldier miner sailor officer fighter passenger resident civilian "
    "patient body"
)


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
    what = NOUNS.get(noun) if is_plural(noun) and noun not in ("prisoners", "hostages", "refugees") else None
    if what is None and noun in PEOPLE:
        what = _said_of(words, phrase)
    return (numeral, phrase, what) if what else None
