"""Nouns that numbers stand before: of people, of things that are counted, of what is only measured."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from onrecord.codebook.coins import COINS
from onrecord.codebook.nouns import offices, people
from onrecord.records import Counted


def word_set(words: str) -> frozenset[str]:
    """Words parted by spaces."""
    return frozenset(words.split())


PEOPLE: Final = people("counted") | offices("house") | word_set("police arrivals one ones")
MEASURES: Final = word_set(
    "seconds second minutes minute hours hour days day weeks week months month years year decades decade centuries century "
    "nights night times time weekends mornings evenings km kilometres kilometers kilometre kilometer miles mile metres "
    "meters metre meter feet foot inches inch yards acres hectares degrees degree knots kg kilograms kilos grams pounds "
    "ounces litres liters gallons barrels tonnes tons megawatts gigawatts watts volts decibels points parts others ways "
    "things steps sides halves sets thirds quarters fifths generations rounds goals runs wickets minutes' hours' days' "
    "years' months' weeks' cents pages paces lines"
)
"""Heads of what is measured, not counted: times, lengths, weights, scores; and words too empty to be a figure."""
AMOUNTS: Final = word_set(
    "barrels tonnes tons kg kilograms kilos litres liters gallons hectares acres megawatts gigawatts"
)
"""Of these, measures of how much there is of something, a number is a figure: what was spilled, seized, burnt."""
LENGTHS: Final = word_set("km kilometres kilometers miles")
"""The same where it is told of what ("40 km of road"), or they are square; else they tell how far."""
SHARES: Final = word_set("percent cent %")
MONEY: Final = COINS - {"pounds"}
"""Pounds are a weight as well."""
ALIVE: Final = word_set("ill sick infected alive unhurt unharmed safe aboard ashore free")
"""What a number without a noun may be of, which is none of the sorts of people in Counted."""
THINGS: Final = word_set(
    "votes voices seats ballots sorties raids strikes missions aircraft planes jets helicopters drones warplanes bombers "
    "missiles rockets shells bombs mines shots ships vessels boats frigates corvettes submarines cutters tanks vehicles "
    "trucks lorries radars launchers batteries guns rifles weapons homes houses households buildings flats schools "
    "hospitals stations machines boxes tins signatures jobs posts cases charges flights arrests lawsuits counts "
    "survivors samples cargoes containers warheads bases outposts checkpoints"
)
"""What people quarrel over by number, though it be few."""


GROUPS: Final = word_set(
    "team teams group groups convoy convoys crew force delegation delegations squad squads contingent contingents party parties "
    "band bands column columns fleet flotilla crowd crowds mob mobs garrison workforce staff audience"
)
"""What is of so many: "a team of 60"."""
NO_PEOPLE: Final = (THINGS - word_set("survivors counts")) | word_set(
    "villages village towns town districts district cities city camps settlements islands streets roads bridges shops offices "
    "animals cattle sheep goats cows horses dogs birds chickens pigs camels fish whales elephants "
    "trees crops fields centres centers hotels factories"
)
"""Of these nothing is said that is said of people: an evacuated village is none of the displaced."""


def _by_word(table: Mapping[Counted, str]) -> Mapping[str, Counted]:
    return MappingProxyType({word: what for what, words in table.items() for word in words.split()})


NOUNS: Final = _by_word(
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
DONE: Final = _by_word(
    {
        "killed": "killed dead died slain murdered executed massacred perished drowned martyred buried beheaded",
        "wounded": "wounded injured hurt maimed hospitalised hospitalized",
        "missing": "missing",
        "displaced": "displaced fled evacuated uprooted homeless",
        "detained": "detained arrested captured abducted kidnapped jailed imprisoned interned",
    }
)
"""What is said of those counted."""
DOES: Final = _by_word(
    {
        "killed": "killed killing kill kills buried burying murdered murdering "
        "executed executing massacred massacring slew slaying",
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
    (("in", "critical", "condition"), "wounded"),
    (("in", "serious", "condition"), "wounded"),
    (("being", "treated"), "wounded"),
    (("among", "the", "dead"), "killed"),
    (("among", "those", "killed"), "killed"),
    (("among", "the", "wounded"), "wounded"),
    (("among", "the", "injured"), "wounded"),
    (("among", "those", "injured"), "wounded"),
    (("among", "those", "wounded"), "wounded"),
    (("among", "the", "missing"), "missing"),
    (("in", "hospitals"), "wounded"),
    (("in", "intensive", "care"), "wounded"),
    (("lost", "their", "lives"), "killed"),
    (("lost", "their", "homes"), "displaced"),
    (("left", "their", "homes"), "displaced"),
    (("have", "fallen"), "killed"),
    (("had", "fallen"), "killed"),
    (("shot", "dead"), "killed"),
    (("rounded", "up"), "detained"),
    (("locked", "up"), "detained"),
)
"""What is said of those counted in several words."""
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
"""Words for a count, before its number ("raised its count of the dead in the town to 31")."""


def _by_first(
    rows: tuple[tuple[tuple[str, ...], Counted], ...],
) -> dict[str, tuple[tuple[tuple[str, ...], Counted], ...]]:
    """Rows in their order, by the first of their words: most words begin none."""
    return {first: tuple(row for row in rows if row[0][0] == first) for first in {words[0] for words, _ in rows}}


STATES_BY_WORD: Final = _by_first(_STATES)
TOLLS_BY_WORD: Final = _by_first(_TOLLS)
LOSS: Final[tuple[tuple[str, ...], ...]] = (
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
