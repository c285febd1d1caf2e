"""Runs that the person goes for in the city where she lives, as her watch records them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pod.people.events_besides import Run
from pod.people.everyday import at
from pod.people.home import Home
from pod.people.rides import PLACES

EVERY: Final = timedelta(minutes=3)
"""From one place of a run to the next."""
_WEEKLY = 0.3
_AROUND, _STEP = 150, 40  # ten-thousandths of a degree


def runs(home: Home, gone: frozenset[date]) -> Iterator[Run]:
    """A run on some Sundays when she is at home."""
    chance = home.chance("runs")
    for number in range(home.span.days):
        day = home.span.first + timedelta(days=number)
        if day.weekday() != 6 or day in gone or not chance.happens(_WEEKLY):
            continue
        latitude, longitude = PLACES[home.dwelling(day).city]
        latitude += chance.between(-_AROUND, _AROUND)
        longitude += chance.between(-_AROUND, _AROUND)
        places = [(latitude, longitude)]
        for _ in range(chance.between(8, 16)):
            latitude += chance.between(-_STEP, _STEP)
            longitude += chance.between(-_STEP, _STEP)
            places.append((latitude, longitude))
        start = at(day, chance.between(8 * 60, 11 * 60))
        yield Run(id=f"run-{number}", start=start, places=tuple(places))
