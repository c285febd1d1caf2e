"""The highest power of each day, as Enedis tells it: apparent power in VA, and when it was drawn.

It is kept beside the energy of its day and never mixed with it: a power is not summed, and it comes
in files of its own, which may be imported before or after those of the energy.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from importers.clock import PARIS, civil_date
from importers.contract import Key, Problem, Record, Series, Value
from importers.energy.meters import series_of
from importers.table import folded
from importers.totals import Period, total
from importers.units import WATT, plain

_VOLT_AMPERES: Final = {"": 1, "va": 1, "w": 1, "kva": 1000, "kw": 1000}
_ACTIVE: Final = ("w", "kw")
IN_WATTS: Final = (
    "the unit is said to be that of active power; a meter tells its highest power as apparent "
    "power, and it was taken as that"
)
_NO_POWER: Final = "the unit is not that of a power"
_GIVEN: Final = "the highest power given to the grid is not imported"


def volt_amperes(unit: str) -> int:
    """How many VA one of a unit is, as holders write it. Raises ValueError for no power.

    What some copies of these files call W is the same figure of the same meter: see `in_watts`.
    """
    size = _VOLT_AMPERES.get(folded(unit))
    if size is None:
        raise ValueError(_NO_POWER)
    return size


def in_watts(unit: str, locator: str) -> tuple[Problem, ...]:
    """A remark where a file says that its highest powers are active power."""
    return (Problem(locator, IN_WATTS, row=False),) if folded(unit) in _ACTIVE else ()


def peak(meter: Key, flow: str, when: datetime | date, power: Decimal, locator: str) -> Record:
    """The highest power of the civil day of `when`, in VA; `when` is the instant if it is known.

    Raises ValueError for what flows out.
    """
    if flow != "in":
        raise ValueError(_GIVEN)
    day = civil_date(when) if isinstance(when, datetime) else when
    more: list[tuple[str, Value]] = [("sd:power", plain(power.scaleb(-3)))]
    if isinstance(when, datetime):
        more.append(("sosa:resultTime", when))
    found = total(_series(meter), Period.of_day(day, PARIS), more, locator)
    # The energy of that day is another record, which has the two dates in its key.
    key = Key(natural=("electricity", "highest power", day.isoformat()))
    return Record(
        kind=found.kind,
        key=key,
        fields=found.fields,
        locator=locator,
        on=day,
        account=meter,
    )


def _series(meter: Key) -> Series:
    return series_of(meter, "electricity", WATT)
