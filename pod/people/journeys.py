"""Journeys by train or plane: there and back when nobody is at home, and some for a day.

A ticket is bought by card, some days before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Final

from pod.people.calendar_entries import stretches
from pod.people.chance import Chance
from pod.people.events import Event, Link
from pod.people.events_besides import Journey, Stop
from pod.people.everyday import at, card
from pod.people.holidays import is_worked
from pod.people.home import Home
from pod.people.rides import PLACES

TRAIN: Final = ("TRAIN.EXAMPLE", "transport")
PLANE: Final = ("AVION.EXAMPLE", "transport")
_STATIONS: Final = {
    "Lyon": "Lyon Part-Dieu",
    "Lille": "Lille Flandres",
    "Rennes": "Rennes",
    "Marseille": "Marseille Saint-Charles",
}
_BY_TRAIN: Final = (
    Stop(name="Paris Gare de Lyon", place=(488_443, 23_743)),
    Stop(name="Strasbourg", place=(485_851, 77_350)),
    Stop(name="Bordeaux Saint-Jean", place=(448_256, -5_565)),
    Stop(name="Dijon", place=(473_233, 50_272)),
)
_BY_PLANE: Final = (
    Stop(name="Lisbonne", place=(387_742, -91_342)),
    Stop(name="Dublin", place=(534_213, -62_701)),
    Stop(name="Ajaccio", place=(419_236, 88_029)),
)
_DAILY = 2.2  # journeys for a day, in a year
_BEFORE: Final = (1, 8)  # days
_FARE: Final = {False: (2_900, 11_900), True: (5_900, 23_900)}  # cents
_LASTS: Final = {False: (75, 250), True: (80, 170)}  # minutes
_MORNING, _EVENING = (6 * 60 + 30, 9 * 60), (16 * 60, 18 * 60 + 30)


@dataclass(frozen=True, slots=True)
class _Way:
    """A journey as it is planned: from which minute to which of a day it may begin."""

    id: str
    day: date
    hours: tuple[int, int]
    stops: tuple[Stop, Stop]
    is_flight: bool = False


def journeys(home: Home, gone: frozenset[date], others: frozenset[int]) -> Iterator[Event]:
    """Journeys with their tickets, and the card payments of these, none of which is of `others`."""
    chance, fares = home.chance("journeys"), set(others)
    for way in tuple(_ways(home, gone, chance)):
        bought = way.day - timedelta(days=chance.between(*_BEFORE))
        if bought < home.span.first:
            continue
        fare = next(
            cents for cents in count(chance.between(*_FARE[way.is_flight])) if cents not in fares
        )
        fares.add(fare)
        start = at(way.day, chance.between(*way.hours))
        one = Journey(
            id=way.id,
            number=f"{'V' if way.is_flight else 'T'}{chance.digits(8)}",
            is_flight=way.is_flight,
            line=f"{'AE' if way.is_flight else ''}{chance.digits(4)}",
            start=start,
            end=start + timedelta(minutes=chance.between(*_LASTS[way.is_flight])),
            origin=way.stops[0],
            target=way.stops[1],
            cents=fare,
        )
        yield one
        paid = card(one.id, PLANE if way.is_flight else TRAIN, home, (bought, chance), -fare)
        yield paid
        yield Link(kind="settledBy", source=one.id, target=paid.id)


def _ways(home: Home, gone: frozenset[date], chance: Chance) -> Iterator[_Way]:
    for first, last in stretches(sorted(gone), home):
        if first == last or not chance.happens(0.7):
            continue
        is_flight = chance.happens(0.3)
        there = _stops(home, first, chance, is_flight=is_flight)
        yield _Way(f"journey-{first:%Y%m%d}", first, _MORNING, there, is_flight=is_flight)
        yield _Way(f"journey-{last:%Y%m%d}-back", last, _EVENING, there[::-1], is_flight=is_flight)
    for number in range(home.span.days):
        day = home.span.first + timedelta(days=number)
        if chance.happens(_DAILY / 365) and is_worked(day) and day not in gone:
            there = _stops(home, day, chance, is_flight=False)
            yield _Way(f"journey-{day:%Y%m%d}", day, _MORNING, there)
            yield _Way(f"journey-{day:%Y%m%d}-back", day, _EVENING, there[::-1])


def _stops(home: Home, day: date, chance: Chance, *, is_flight: bool) -> tuple[Stop, Stop]:
    city = home.dwelling(day).city
    here = Stop(name=city if is_flight else _STATIONS[city], place=PLACES[city])
    return here, chance.pick(_BY_PLANE if is_flight else _BY_TRAIN)
