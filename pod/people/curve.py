"""What the meter of a dwelling measures: mean power in W of each half hour, by the weather."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pod.people.chance import Chance
from pod.people.holidays import DAY, clock_changes, is_worked
from pod.people.home import Dwelling, Home
from pod.people.weather import temperatures

HALF_HOURS: Final = 48
_HEATED_BELOW = 16.5  # °C out of doors
_SPRING = slice(4, 6)  # the half hours from two to three, which the change to summer time takes


@dataclass(frozen=True, slots=True)
class Day:
    """One civil day of a meter: the mean power of its 46, 48 or 50 half hours, in order."""

    day: date
    watts: tuple[int, ...]

    @property
    def watt_hours(self) -> int:
        """What was consumed, in halves of a Wh: a whole number."""
        return sum(self.watts)


def _shape(*hours: tuple[int, int, float]) -> tuple[float, ...]:
    """48 weights, from (first half hour, last one, weight)."""
    found = [0.0] * HALF_HOURS
    for first, last, weight in hours:
        for place in range(first, last):
            found[place] = weight
    return tuple(found)


_WORKED = _shape((13, 17, 0.8), (17, 35, 0.15), (35, 45, 1.0), (45, 48, 0.3))
_AT_HOME = _shape((15, 20, 0.7), (20, 35, 0.55), (35, 46, 1.0), (46, 48, 0.3))
_HEATING = _shape((0, 12, 0.8), (12, 18, 1.3), (18, 34, 0.8), (34, 46, 1.2), (46, 48, 0.9))


def away(home: Home) -> frozenset[date]:
    """The days on which nobody is at home: two weeks in summer, and some at other times."""
    chance, found = home.chance("away"), set()
    for year in range(home.span.first.year, home.span.last.year + 1):
        summer = date(year, 7, 8) + chance.below(40) * DAY
        found |= {summer + day * DAY for day in range(chance.between(8, 18))}
        winter = date(year, 2, 10) + chance.below(16) * DAY
        found |= {winter + day * DAY for day in range(chance.below(7))}
    return frozenset(found)


def curve(home: Home, dwelling: Dwelling, gone: frozenset[date]) -> tuple[Day, ...]:
    """What the meter measures on each day that the household lives in the dwelling."""
    chance = home.chance(f"load {dwelling.meter}")
    weather = temperatures(home.seed, dwelling.city, home.span.first, home.span.days)
    start = (dwelling.first - home.span.first).days
    count = (dwelling.last - dwelling.first).days + 1
    use = _Use(
        base=40 + dwelling.surface,
        heating=0.0 if dwelling.gas_meter else dwelling.surface * chance.between(8, 14) / 10,
    )
    days = (dwelling.first + timedelta(days=number) for number in range(count))
    return tuple(
        Day(day, _watts(use, (day, weather[start + number]), chance, _at_home(home, day, gone)))
        for number, day in enumerate(days)
    )


def _at_home(home: Home, day: date, gone: frozenset[date]) -> int:
    return 0 if day in gone else len(home.living(day))


@dataclass(frozen=True, slots=True)
class _Use:
    """W that are always drawn, and that heating takes for each °C."""

    base: int
    heating: float


def _watts(use: _Use, when: tuple[date, float], chance: Chance, people: int) -> tuple[int, ...]:
    """The half hours of a day of some temperature, with so many people at home."""
    day, temperature = when
    cold = max(0.0, _HEATED_BELOW - temperature) * use.heating * (1 if people else 0.4)
    living = (150 + 95 * people) * (0.7 + 0.6 * chance.unit()) if people else 0.0
    profile = _WORKED if is_worked(day) else _AT_HOME
    unit, base = chance.unit, use.base
    watts = [
        int(base + living * weight * (0.6 + 0.8 * unit()) + cold * heat)
        for weight, heat in zip(profile, _HEATING, strict=True)
    ]
    to, back = clock_changes(day.year)
    if day == to:
        del watts[_SPRING]
    elif day == back:
        watts[_SPRING] *= 2
    return tuple(watts)
