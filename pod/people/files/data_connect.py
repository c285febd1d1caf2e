"""What a customer lets another fetch of her meter from the grid operator: Data Connect (JSON).

The service gives a load curve of a week at most; its figures are those of the table of the whole
time. The highest power of a day is apparent power in VA, with the moment at which it was drawn.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from pod.people.chance import Chance
from pod.people.curve import Day
from pod.people.files.written import HOLDERS, HolderFile
from pod.people.holidays import DAY, clock_changes
from pod.people.home import Dwelling, Home

_WEEK = 7  # days
_WEEKLY: Final = "courbe"
_PEAK = (104, 139)
"""Per cent of the mean power of the half hour in which the highest power of a day is drawn."""
_HALF_HOUR: Final = timedelta(minutes=30)
_HALF: Final = '"interval_length": "PT30M", "measure_type": "B"'
_MINUTE: Final = timedelta(minutes=1)
_HEAD: Final = (
    '"meter_reading": {{"usage_point_id": "{}", "start": "{}", "end": "{}", "quality": "BRUT", '
    '"reading_type": {{"measurement_kind": "power", {}}}, "interval_reading": [\n'
)
_KINDS: Final = {
    _WEEKLY: ("load curve of a week (JSON)", '"unit": "W", "aggregate": "average"'),
    "puissance-max": (
        "highest power of each day (JSON)",
        '"unit": "VA", "aggregate": "maximum", "measuring_period": "P1D"',
    ),
}
_CHANGE = 4  # half hours from midnight to the hour that is left out, or comes twice


def data_connect(home: Home, dwelling: Dwelling, days: Sequence[Day]) -> Iterator[HolderFile]:
    """The curve of the last week, and the highest power of each day."""
    chance = home.chance(f"peaks {dwelling.meter}")
    week = days[-_WEEK:]
    yield _file(_WEEKLY, dwelling, week, [row for one in week for row in _curve(one)])
    yield _file("puissance-max", dwelling, days, [_peak(chance, one) for one in days])


def _file(name: str, dwelling: Dwelling, days: Sequence[Day], rows: Sequence[str]) -> HolderFile:
    title, kind = _KINDS[name]
    head = _HEAD.format(dwelling.meter, days[0].day, days[-1].day + DAY, kind)
    return HolderFile(
        path=f"reseau/data-connect-{name}-{dwelling.meter}.json",
        media_type="application/json",
        holder=HOLDERS["grid"],
        title=title,
        format="enedis-data-connect",
        content=("{" + head + ",\n".join(rows) + "]}}\n").encode(),
        rows=len(rows),
        is_repeated=name == _WEEKLY,
    )


def _curve(one: Day) -> Iterator[str]:
    """The half hours, each stamped at its end."""
    for rank, watts in enumerate(one.watts):
        end = _clocks(one.day, rank + 1)
        yield f'{{"value": "{watts}", "date": "{end}", {_HALF}}}'


def _peak(chance: Chance, one: Day) -> str:
    most = max(one.watts)
    when = _clocks(one.day, one.watts.index(most)) + chance.between(1, 28) * _MINUTE
    return f'{{"value": "{most * chance.between(*_PEAK) // 100}", "date": "{when}"}}'


def _clocks(day: date, rank: int) -> datetime:
    """What the clocks show when so many half hours of a day are over."""
    to, back = clock_changes(day.year)
    if day == to and rank >= _CHANGE:
        rank += 2
    elif day == back and rank >= _CHANGE + 2:
        rank -= 2
    return datetime(day.year, day.month, day.day) + rank * _HALF_HOUR  # noqa: DTZ001 - clocks
