"""Blood pressure, which the person measures at home every Sunday; once it is too high."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from pod.people.events import Pressure
from pod.people.home import Home

MOST: Final = (135, 85)
"""From these values on, at home, it is too high (Haute Autorité de santé, 2016)."""
_SUNDAY = 6


def pressure(home: Home) -> Iterator[Pressure]:
    """A measure on each Sunday, one of them above the threshold."""
    chance, span = home.chance("pressure"), home.span
    usual = chance.between(112, 126), chance.between(66, 78)
    days = [span.first + timedelta(days=number) for number in range(span.days)]
    sundays = [day for day in days if day.weekday() == _SUNDAY]
    high = chance.pick(sundays) if sundays else None
    for day in sundays:
        systolic, diastolic = (value + chance.below(8) for value in usual)
        more = 28 if day == high else 0
        yield Pressure(
            id=f"pressure-{day:%Y%m%d}",
            day=day,
            systolic=systolic + more,
            diastolic=diastolic + more // 2,
        )
