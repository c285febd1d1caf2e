"""Rides that are ordered by an app and paid by card when they end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Final

from pod.people.events import Event, Link, Ride
from pod.people.everyday import at, card
from pod.people.home import Home

SHOP: Final = ("COURSE EXEMPLE", "transport")
PLACES: Final = {
    "Lyon": (457_600, 48_400),
    "Lille": (506_300, 30_600),
    "Rennes": (481_100, -16_800),
    "Marseille": (432_900, 53_800),
}
"""About where a city is: latitude and longitude in ten-thousandths of a degree."""
_WEEKLY = 0.35
_BASE, _KM, _MINUTE = 310, 118, 27  # cents


def rides(home: Home, gone: frozenset[date], others: frozenset[int]) -> Iterator[Event]:
    """A ride now and then, in the evening, and its card payment, which is none of `others`."""
    chance = home.chance("rides")
    for number in range(home.span.days):
        day = home.span.first + timedelta(days=number)
        if day in gone or not chance.happens(_WEEKLY / 7):
            continue
        least, minutes = chance.between(60, 900), chance.between(6, 35)
        start = at(day, chance.between(17 * 60, 23 * 60))
        fares = ((miles, _fare(miles, minutes)) for miles in count(least))
        miles, fare = next((miles, fare) for miles, fare in fares if fare not in others)
        latitude, longitude = PLACES[home.dwelling(day).city]
        ride = Ride(
            id=f"ride-{number}",
            day=day,
            city=home.dwelling(day).city,
            start=start,
            end=start + timedelta(minutes=minutes),
            miles=miles,
            cents=fare,
            places=tuple(
                (latitude + chance.between(-300, 300), longitude + chance.between(-300, 300))
                for _ in range(2)
            ),
        )
        yield ride
        paid = replace(card(ride.id, SHOP, home, (day, chance), -fare), at=ride.end)
        yield paid
        yield Link(kind="settledBy", source=ride.id, target=paid.id)


def _fare(miles: int, minutes: int) -> int:
    """Cents of a ride of so many hundredths of a mile."""
    return _BASE + miles * 1609 * _KM // 100_000 + minutes * _MINUTE
