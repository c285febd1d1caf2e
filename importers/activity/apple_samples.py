"""Records of Apple Health as samples: one sensor for each type, source and unit.

A watch and a telephone count the same steps, so they are two sensors and are never added up as if
they were one. Of a type of categories (sleep, symptoms) the value is the text of the export
without the prefix that repeats its type.
"""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from importers.activity.apple_elements import Start
from importers.activity.apple_units import QUDT, USUAL
from importers.activity.figures import figure
from importers.activity.quantities import hyphened, measured
from importers.clock import instant
from importers.contract import Key, Sample, Sensor
from importers.text import for_key, name_of

Values = tuple[tuple[str, Decimal | str], ...]

_PREFIXES = re.compile("HK(?:Quantity|Category|Correlation|Data)Type(?:Identifier)?")
_CATEGORY = "HKCategoryType"
_CATEGORY_VALUE = "HKCategoryValue"
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ([+-]\d{4})", re.ASCII)
_YEARS = range(2, 9999)  # the first and the last have times without a moment in another zone

# Rates of what beats and breathes have units of their own.
_RATES: Final[Mapping[str, str]] = MappingProxyType({"respiratory-rate": "BREATH-PER-MIN"})


def required(element: Start, name: str) -> str:
    """An attribute. Raises ValueError where the element has it not."""
    value = element.attributes.get(name)
    if value is None:
        raise ValueError(f"the attribute `{name}` is missing")
    return value


@lru_cache(maxsize=4096)
def stamp(text: str) -> datetime:
    """`2024-03-31 08:00:00 +0200`. Raises ValueError for anything else."""
    found = _STAMP.fullmatch(text)
    if found is None:
        raise ValueError("this is not a date and time of Apple Health")
    try:
        moment = datetime.fromisoformat(found[1])
    except ValueError:
        raise ValueError("this day or time of day does not exist") from None
    if moment.year not in _YEARS:
        raise ValueError("no calendar of a holder goes there")
    return moment.replace(tzinfo=_zone(found[2]))


@lru_cache(maxsize=64)
def _zone(offset: str) -> tzinfo | None:
    """The fixed offset `+0200`. Raises ValueError for one that does not exist."""
    return instant("2000-01-01T00:00:00" + offset).tzinfo


@lru_cache(maxsize=4096)
def sensor_of(kind: str, source: str, unit: str) -> Sensor:
    """The sensor for a type of HealthKit, an application or device, and a unit."""
    plain = hyphened(_PREFIXES.sub("", kind, count=1)) or "record"
    qudt = QUDT.get(unit, "")
    if qudt == "PER-MIN":
        qudt = _RATES.get(plain, "BEAT-PER-MIN" if "heart-rate" in plain else qudt)
    named = plain if unit in USUAL else f"{plain}-{name_of(unit)}"
    device = for_key(source)
    return Sensor(
        name=named,
        quantity=measured(plain),
        unit=qudt,
        device=Key(natural=(device,)) if device else None,
    )


@lru_cache(maxsize=4096)
def _category(kind: str, value: str) -> Values:
    """The text of a category without what repeats its type: `AsleepCore`, `InBed`."""
    short = value.removeprefix(_CATEGORY_VALUE)
    if short != value:
        short = short.removeprefix(_PREFIXES.sub("", kind, count=1)) or short
    return (("value", short or "NotApplicable"),)


def values_of(kind: str, unit: str, value: str) -> Values:
    """The values of a sample. Raises ValueError for a quantity that is not a number."""
    if kind.startswith(_CATEGORY):
        return _category(kind, value)
    number = figure(value)
    if unit and unit not in QUDT:
        return (("value", number), ("unit", unit))
    return (("value", number),)


def sample_of(record: Start, *, counted: bool = True) -> Sample:
    """The sample of a Record. Raises ValueError, with a sentence, for one that cannot be read."""
    said = record.attributes
    try:
        kind, start, end = said["type"], said["startDate"], said["endDate"]
    except KeyError as missing:
        raise ValueError(f"the attribute {missing} is missing") from None
    unit = said.get("unit", "")
    begun = stamp(start)
    ended = None if start == end else stamp(end)
    if ended is not None and ended < begun:
        raise ValueError("the record ends before it begins")
    return Sample(
        sensor=sensor_of(kind, said.get("sourceName", ""), unit),
        start=begun,
        end=ended,
        values=values_of(kind, unit, said.get("value", "")),
        locator=f"line={record.line}",
        counted=counted,
    )
