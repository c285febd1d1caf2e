"""The weather of a French region, day by day: what heating follows."""

import math
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from pod.people.chance import Chance

REGIONS: Final = ("Lyon", "Lille", "Rennes", "Marseille")
# The mean of the year, and half of what lies between January and July, in °C.
_CLIMATES: Final = {
    "Lyon": (12.8, 9.3),
    "Lille": (11.0, 7.6),
    "Rennes": (12.2, 6.9),
    "Marseille": (15.6, 8.7),
}
_COLDEST = 15  # the middle of January, as a day of the year
_PERSISTENCE = 0.75
_SWING = 2.1


@lru_cache(maxsize=32)
def temperatures(seed: int, region: str, first: date, days: int) -> tuple[float, ...]:
    """The mean temperature of each day in °C: neighbours have the same weather."""
    mean, amplitude = _CLIMATES[region]
    chance, off, found = Chance(seed, "weather", region), 0.0, []
    for number in range(days):
        turn = ((first + timedelta(days=number)).timetuple().tm_yday - _COLDEST) / 365.25
        off = _PERSISTENCE * off + _SWING * chance.bell()
        found.append(round(mean - amplitude * math.cos(turn * 2 * math.pi) + off, 1))
    return tuple(found)
