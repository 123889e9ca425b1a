"""The names of coins, in small letters and as they stand after a number."""

COINS = frozenset(
    "dollars euros crowns francs rubles roubles pesos yen yuan rupees dinars riyals lira liras zlotys marks shillings rand krona "
    "kroner pounds sterling".split()
)
