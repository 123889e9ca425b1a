"""The forms of an English word that a question may be asked in: who asks for "meeting" finds "met" and "meets".

Rules of spelling and the commonest irregular verbs; nothing is looked up. A form that no text has finds nothing and does no harm.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_IRREGULAR: Final = tuple(
    frozenset(line.split())
    for line in """
    arise arises arose arisen arising
    beat beats beaten beating beatings
    become becomes became becoming
    begin begins began begun beginning
    bid bids bidding
    bind binds bound binding
    bite bites bit bitten biting
    bleed bleeds bled bleeding
    break breaks broke broken breaking
    bring brings brought bringing
    build builds built building
    burn burns burned burnt burning
    buy buys bought buying
    catch catches caught catching
    choose chooses chose chosen choosing
    come comes came coming
    cut cuts cutting
    deal deals dealt dealing dealings
    dig digs dug digging
    draw draws drew drawn drawing
    drink drinks drank drunk drinking
    drive drives drove driven driving
    eat eats ate eaten eating
    fall falls fell fallen falling
    feed feeds fed feeding
    feel feels felt feeling
    fight fights fought fighting
    find finds found finding findings
    flee flees fled fleeing
    fly flies flew flown flying flight flights
    forget forgets forgot forgotten forgetting
    forgive forgives forgave forgiven forgiving
    freeze freezes froze frozen freezing
    get gets got gotten getting
    give gives gave given giving
    go goes went gone going
    grow grows grew grown growing growth
    hear hears heard hearing
    hide hides hid hidden hiding
    hit hits hitting
    hold holds held holding
    keep keeps kept keeping
    know knows knew known knowing knowledge
    lead leads led leading
    leave leaves left leaving
    lend lends lent lending
    lose loses lost losing loss losses
    make makes made making
    mean means meant meaning
    meet meets met meeting meetings
    pay pays paid paying payment payments
    quit quits quitting
    ride rides rode ridden riding
    rise rises rose risen rising
    run runs ran running
    see sees saw seen seeing
    seek seeks sought seeking
    sell sells sold selling sale sales
    send sends sent sending
    set sets setting
    shake shakes shook shaken shaking
    shoot shoots shot shooting shootings shots
    shut shuts shutting
    sink sinks sank sunk sinking
    sit sits sat sitting
    speak speaks spoke spoken speaking speech speeches
    spend spends spent spending
    split splits splitting
    stand stands stood standing
    steal steals stole stolen stealing theft
    strike strikes struck stricken striking
    swear swears swore sworn swearing
    take takes took taken taking
    teach teaches taught teaching
    tell tells told telling
    think thinks thought thinking
    throw throws threw thrown throwing
    understand understands understood understanding
    win wins won winning
    withdraw withdraws withdrew withdrawn withdrawing withdrawal withdrawals
    write writes wrote written writing
    deny denies denied denying denial denials
    die dies died dying dead death deaths kill kills killed killing killings
    phone phones phoned phoning telephone telephones telephoned
    man men
    woman women
    child children
    """.strip().splitlines()
)
_OF: Final = {word: group for group in _IRREGULAR for word in group}
_VOWELS: Final = "aeiou"
SHORTEST: Final = 4
"""Letters of a word that rules of spelling are applied to: shorter ones are names and small words."""


@lru_cache(maxsize=1024)
def forms_of(word: str) -> frozenset[str]:
    """A folded word and what else it may be in a sentence."""
    if word in _OF:
        return _OF[word]
    if len(word) < SHORTEST or not word.isalpha():
        return frozenset({word})
    bases = {word, *_bases(word)}
    return frozenset(form for base in bases if len(base) >= SHORTEST - 1 for form in _inflected(base)) | {word}


def _bases(word: str) -> set[str]:
    """What a word may be a form of; not all are words."""
    found = set[str]()
    for ending in ("ings", "ing", "ed", "ations", "ation"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST - 1:
            stem = word.removesuffix(ending)
            found |= {stem, f"{stem}e"}
            if len(stem) > SHORTEST - 1 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
            break
    for ending, instead in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss"):
            found.add(word.removesuffix(ending) + instead)
    return found


def _inflected(base: str) -> set[str]:
    stem = base.removesuffix("e")
    found = {base, f"{base}s", f"{stem}ed", f"{stem}ing", f"{stem}ings"}
    if base.endswith(("s", "x", "ch", "sh")):
        found.add(f"{base}es")
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        found |= {f"{base[:-1]}ies", f"{base[:-1]}ied"}
    if base[-1] not in f"{_VOWELS}wxy" and base[-2] in _VOWELS and base[-3] not in _VOWELS:
        found |= {f"{base}{base[-1]}ed", f"{base}{base[-1]}ing"}
    return found
