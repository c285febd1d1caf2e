"""What an export states of a stretch of time, against what its rows in that stretch add up to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Final

from importers.contract import Check, Item, Key, Reading, Record, Stated
from importers.series import at, moment, settle
from importers.units import UNITS, measured, plain

_SAID: Final = {"sd:energy": "energy in kWh", "sd:volume": "volume in m³"}


@dataclass(frozen=True, slots=True)
class Part:
    """What was consumed at a meter from one moment to another: a property, and the value of it."""

    meter: Key
    start: int
    end: int
    name: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some time at a meter in which a property was measured."""

    meter: Key
    name: str
    start: int
    end: int

    def parts(self, told: "Told") -> Sequence[Part]:
        """Those that cover it without a gap: records, else readings, else both; () if none do."""
        records, readings = self._within(told.records), self._within(told.readings)
        for found in (records, readings, [*records, *readings]):
            if sum(part.end - part.start for part in found) == self.end - self.start:
                return found
        return ()

    def _within(self, parts: Iterable[Part]) -> list[Part]:
        return [
            part
            for part in parts
            if (part.meter, part.name) == (self.meter, self.name)
            and self.start <= part.start
            and part.end <= self.end
        ]

    def stated(self, value: Decimal, zone: tzinfo, locator: str) -> Stated:
        """That so much was consumed in it, in kWh or m³."""
        period = f"{at(self.start, zone).isoformat()}/{at(self.end, zone).isoformat()}"
        scope = f"{self.meter.stable} {self.name} {period}"
        return Stated(name="sum", scope=scope, value=value, locator=locator)


@dataclass(frozen=True, slots=True)
class Told:
    """What was consumed, as the records and as the readings of an export say it."""

    records: tuple[Part, ...]
    readings: tuple[Part, ...]

    @classmethod
    def of(cls, items: Iterable[Item]) -> "Told":
        known = tuple(items)
        return cls(tuple(_of_records(known)), tuple(_of_readings(known)))


def checks(items: Iterable[Item], slack: Decimal | None = None) -> tuple[Check, ...]:
    """One check for each statement of a stretch that rows cover.

    It holds within `slack` for each row and the statement, as holders round each by itself; else
    within one of the last digit that is stated.
    """
    known = tuple(items)
    stated = [item for item in known if isinstance(item, Stated)]
    told = Told.of(known) if stated else Told((), ())
    found = (_check(statement, told, slack) for statement in stated)
    return tuple(check for check in found if check)


def _check(statement: Stated, told: Told, slack: Decimal | None) -> Check | None:
    meter, name, period = statement.scope.rsplit(" ", 2)
    start, end = (moment(datetime.fromisoformat(text)) for text in period.split("/"))
    parts = Stretch(meter=Key(stable=meter), name=name, start=start, end=end).parts(told)
    if not parts:
        return None
    got = plain(sum((part.value for part in parts), Decimal(0)))
    off = abs(got - statement.value)
    last_digit = Decimal(1).scaleb(int(statement.value.as_tuple().exponent))
    return Check(
        name=f"{_SAID[name]} of {period}",
        expected=str(statement.value),
        got=str(got),
        ok=off < last_digit if slack is None else off <= slack * (len(parts) + 1),
    )


def _of_readings(items: Sequence[Item]) -> Iterator[Part]:
    settled = settle(item for item in items if isinstance(item, Reading))
    for series, points in settled.kept.items():
        if series.flow != "in" or series.energy == "none":
            continue
        for start, step, reading in points:
            if reading.value is not None:
                size = step if series.energy == "mean-power" else 1
                name, value = measured(UNITS[series.unit], reading.value * size)
                yield Part(series.meter, start, start + step, name, value)


def _of_records(items: Sequence[Item]) -> Iterator[Part]:
    for item in items:
        if isinstance(item, Record) and item.kind == "Consumption" and item.account:
            fields = dict(item.fields)
            start, end = fields["schema:startTime"], fields["schema:endTime"]
            for name in _SAID:
                value = fields.get(name)
                if isinstance(value, Decimal) and isinstance(start, datetime):
                    yield Part(item.account, moment(start), moment(end), name, value)  # type: ignore[arg-type]  # a Consumption has both
