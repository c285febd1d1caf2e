"""Samples at no regular step: as a pod keeps them, a civil day in one JSON array, and back.

A point is an object with its time first, `{"time":"2024-03-31T08:00:00+02:00","value":61}`, and
with its `end` where it lasts. The day is that of its own offset, which is kept.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from importers.clock import instant
from importers.contract import Sample, Sensor

MOST_SPOTS = 3000
"""How many points a chunk may have."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WIDEST_OFFSET = timedelta(hours=14)
_MOST_DIGITS = 60
_VALUE = '"value"'
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_NO_TIME = "the sample has no time with an offset that can be stored"
_NO_VALUE = "the sample has a value that cannot be stored"
_BACKWARDS = "the sample ends before it begins"

# QUDT names of what adds up over the samples of a day; rates, levels and shares do not.
_ADDED_UP = frozenset({
    "NUM", "COUNT", "M", "KiloM", "MI", "FT", "YD", "CAL", "KiloCAL", "J", "KiloJ", "W-HR",
    "KiloW-HR", "SEC", "MIN", "HR", "L", "MilliL", "MicroGM", "MilliGM", "GM",
})  # fmt: skip


class Spot(NamedTuple):
    """A sample as it is kept: its moments in microseconds since 1970 (-1: no end), and as texts.

    `values` are the members of its object that are not times, in JSON. Two with the same moments
    and values are one sample, whatever the offsets.
    """

    start: int
    end: int
    values: str
    time: str
    until: str = ""
    locator: str = ""
    counted: bool = True

    @property
    def same(self) -> tuple[int, int, str]:
        """What two equal samples share, and the order in which samples are kept."""
        return self[:3]

    @property
    def day(self) -> str:
        """The civil day it belongs to, `2024-03-31`."""
        return self.time[:10]


def spot_of(sample: Sample) -> Spot:
    """A sample as it is kept. Raises ValueError for what cannot be, with a sentence."""
    start, time = _moment(sample.start)
    end, until = (-1, "") if sample.end is None else _moment(sample.end)
    if until and end < start:
        raise ValueError(_BACKWARDS)
    if end == start:
        end, until = -1, ""
    values = _members(sample.values)
    return Spot(start, end, values, time, until, sample.locator, sample.counted)


def written(spots: Iterable[Spot]) -> str:
    """The JSON array of samples."""
    return "[" + ",".join(map(_object, spots)) + "]"


def read(text: str) -> tuple[Spot, ...]:
    """The samples of a JSON array as `written` gives it. Raises ValueError for anything else."""
    found = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    if not isinstance(found, list):
        raise ValueError("these are not the samples of a series")  # noqa: TRY004 -- its text
    return tuple(map(_read, found))


def parts(spots: Sequence[Spot]) -> Iterator[Sequence[Spot]]:
    """The samples of a day, in the chunks in which they are kept."""
    for first in range(0, len(spots), MOST_SPOTS):
        yield spots[first : first + MOST_SPOTS]


def sum_of(sensor: Sensor, spots: Iterable[Spot]) -> Decimal | None:
    """What amounts that each last a while add up to; None where adding up has no sense."""
    if sensor.unit not in _ADDED_UP:
        return None
    total = Decimal(0)
    for spot in spots:
        name, _, value = spot.values.partition(":")
        if spot.end < 0 or name != _VALUE or not _NUMBER.fullmatch(value):
            return None
        total += Decimal(value)
    return total


def _object(spot: Spot) -> str:
    until = f',"end":"{spot.until}"' if spot.until else ""
    return f'{{"time":"{spot.time}"{until},{spot.values}}}'


def _read(found: object) -> Spot:
    match found:
        case {"time": str() as time, "end": str() as until, **values}:
            pass
        case {"time": str() as time, **values}:
            until = ""
        case _:
            raise ValueError("this is not a sample of a series")
    # As it is written, so that a text that others wrote is the same sample as ours.
    start, time = _moment(instant(time))
    end, until = _moment(instant(until)) if until else (-1, "")
    members = ((str(name), value) for name, value in values.items())
    return Spot(start, end, _members(members), time, until)


def _moment(moment: datetime) -> tuple[int, str]:
    """An instant in microseconds, and as the store writes it: XSD 1.1 part 2 §E.3.5."""
    offset = moment.utcoffset()
    if offset is None or offset.seconds % 60 or abs(offset) > _WIDEST_OFFSET:
        raise ValueError(_NO_TIME)
    since = moment - _EPOCH
    text = moment.isoformat()
    if moment.microsecond:
        text = text[:-6].rstrip("0") + text[-6:]
    if not offset:
        text = text[:-6] + "Z"
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds, text


def _members(values: Iterable[tuple[str, object]]) -> str:
    """The members of a JSON object: `"lat":48.84,"lon":2.37`."""
    found = [f'"{name}":{_json(value)}' if _is_plain(name) else "" for name, value in values]
    if not found or not all(found):
        raise ValueError(_NO_VALUE)
    return ",".join(found)


def _is_plain(name: str) -> bool:
    return name.isascii() and name.isidentifier() and name not in {"time", "end"}


def _json(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ValueError(_NO_VALUE)
    if abs(value.adjusted()) > _MOST_DIGITS or len(value.as_tuple().digits) > _MOST_DIGITS:
        raise ValueError(_NO_VALUE)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if value else "0"


def grouped(spots: Iterable[Spot]) -> Mapping[str, list[Spot]]:
    """Samples by the day they belong to."""
    days: dict[str, list[Spot]] = {}
    for spot in spots:
        days.setdefault(spot.day, []).append(spot)
    return days
