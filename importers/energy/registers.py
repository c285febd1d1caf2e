"""What the registers of a meter show. A register is cumulative: it is differenced, never summed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from importers.contract import Iri, Key, Problem, Record, Ref, Value
from importers.series import moment
from importers.units import Unit
from vocab.prefixes import expand

_WENT_BACK = (
    "the register shows less than before: the meter was changed or set anew, "
    "so nothing is told of what was consumed until here"
)
_MIDNIGHT_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one register shows at an instant, in the unit the holder gives it in."""

    stamp: datetime
    value: Decimal
    unit: Unit
    locator: str


def meter_reading(
    meter: Key, register: str, shown: Shown, more: Sequence[tuple[str, Value]] = ()
) -> Record:
    """A MeterReading of a register, whose name tells it from the others of its meter."""
    on = day_of(shown.stamp)
    return Record(
        kind="MeterReading",
        key=Key(natural=(register, str(moment(shown.stamp)))),
        fields=(
            ("sd:account", Ref("MeterPoint", meter)),
            ("sd:date", on),
            ("sosa:resultTime", shown.stamp),
            ("sd:meterIndex", shown.value),
            ("qudt:hasUnit", Iri(expand(f"unit:{shown.unit.name}"))),
            *more,
        ),
        locator=shown.locator,
        on=on,
        account=meter,
    )


def differences(shown: Sequence[Shown]) -> Iterator[tuple[Shown, Shown, Decimal] | Problem]:
    """What came through between each two that follow one another in time, and a remark if less."""
    for before, after in pairwise(sorted(shown, key=lambda one: one.stamp)):
        difference = after.value - before.value
        if difference < 0:
            yield Problem(after.locator, _WENT_BACK, row=False)
        else:
            yield before, after, difference


def is_midnight(stamp: datetime) -> bool:
    """Whether a stamp is midnight, or an hour off it: that of a clock without summer time."""
    shifted = stamp + _MIDNIGHT_WITHIN
    return shifted - datetime.combine(shifted.date(), datetime.min.time(), stamp.tzinfo) <= (
        2 * _MIDNIGHT_WITHIN
    )


def day_of(stamp: datetime) -> date:
    """The civil date on which a register was read, or which begins at that midnight."""
    return (stamp + _MIDNIGHT_WITHIN).date() if is_midnight(stamp) else stamp.date()
