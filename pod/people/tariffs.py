"""What electricity costs: a price list that changes on some days, the same for everybody."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from pod.people.chance import Chance

_FIRST_YEAR = 1999


@dataclass(frozen=True, slots=True)
class Tariff:
    """From a day on: hundredths of a cent for a kWh, and cents for a month, taxes included."""

    since: date
    energy: int
    standing: int


@lru_cache(maxsize=16)
def tariffs(seed: int, last: int) -> tuple[Tariff, ...]:
    """The price list up to a year: it changes each 1 February and 1 August."""
    chance, energy, standing, found = Chance(seed, "tariff"), 1480, 1010, []
    for year in range(_FIRST_YEAR, last + 1):
        for month in (2, 8):
            found.append(Tariff(date(year, month, 1), energy, standing))
            energy = max(1300, min(2600, energy + chance.between(-90, 140)))
            standing += chance.between(-5, 15)
    return tuple(found)


def tariff_on(seed: int, day: date) -> Tariff:
    """The prices of a day."""
    return next(one for one in reversed(tariffs(seed, day.year)) if one.since <= day)


def months(first: date, last: date) -> tuple[tuple[date, date], ...]:
    """The calendar months, or parts of them, from one day to another, both ends included."""
    starts, here = [first], first
    while (here := following(here)) <= last:
        starts.append(here)
    ends = [after - timedelta(days=1) for _, after in pairwise(starts)]
    return tuple(zip(starts, [*ends, last], strict=True))


def following(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def share(amount: int, first: date, last: date) -> int:
    """What a part of a month is of the amount of a whole one, rounded half up."""
    whole = (following(first) - first.replace(day=1)).days
    return (2 * amount * ((last - first).days + 1) + whole) // (2 * whole)


def rounded(quantity: int, price: int) -> int:
    """Cents for a quantity at a price in hundredths of a cent, rounded half up."""
    return (quantity * price + 50) // 100
