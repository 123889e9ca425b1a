"""Nouns that numbers stand before: of people, of things that are counted, of what is only measured."""

from __future__ import annotations

from typing import Final


def word_set(words: str) -> frozenset[str]:
    """Words parted by spaces."""
    return frozenset(words.split())


PEOPLE: Final = word_set(
    "people persons person men man women woman children child civilians civilian soldiers soldier sailors troops fighters "
    "militants rebels insurgents policemen policeman police officers officer guards guard villagers residents inhabitants "
    "citizens passengers workers crew students protesters demonstrators marchers patients infants babies boys girls boy "
    "girl families relatives miners fishermen journalists gunmen hostages migrants members personnel staff peacekeepers "
    "settlers attackers assailants recruits conscripts airmen pilots seamen technicians victims survivors supporters "
    "strikers islanders arrivals one ones diplomats lawmakers deputies delegates volunteers farmers drivers inmates "
    "suspects participants mourners dockers firefighters medics doctors nurses teachers officials employees brothers "
    "sisters engineers monks nuns priests pilgrims tourists walkers clerks reservists commandos militiamen partisans"
)
MEASURES: Final = word_set(
    "seconds second minutes minute hours hour days day weeks week months month years year decades decade centuries century "
    "nights night times time weekends mornings evenings km kilometres kilometers kilometre kilometer miles mile metres "
    "meters metre meter feet foot inches inch yards acres hectares degrees degree knots kg kilograms kilos grams pounds "
    "ounces litres liters gallons barrels tonnes tons megawatts gigawatts watts volts decibels points parts others ways "
    "things steps sides halves sets thirds quarters fifths generations rounds goals runs wickets minutes' hours' days' "
    "years' months' weeks'"
)
"""Heads of what is measured, not counted: times, lengths, weights, scores; and words too empty to be a figure."""
SHARES: Final = word_set("percent cent %")
MONEY: Final = word_set(
    "dollars euros crowns francs rubles roubles pesos yen yuan rupees dinars riyals lira liras zlotys marks shillings "
    "rand krona kroner sterling"
)
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


NO_PEOPLE: Final = (THINGS - word_set("survivors counts")) | word_set(
    "villages village towns town districts district cities city camps settlements islands streets roads bridges shops offices "
    "animals cattle sheep trees crops fields centres centers hotels factories"
)
"""Of these nothing is said that is said of people: an evacuated village is none of the displaced."""
