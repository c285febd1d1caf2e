"""Whether the registers of a meter add up: those of one grid together pass what the total does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from importers.contract import Check, Key, Record
from importers.units import plain

_GRIDS = {"F": "registers of the supplier", "D": "registers of the distributor"}
_TOTAL = "T"

# What each register of a meter shows at an instant, by the end of its name: "F1", "D2", "T".
Shown = Mapping[str, Decimal]


def checks(records: Iterable[Record]) -> tuple[Check, ...]:
    """One check for each meter and grid, in Wh over all stretches that can be compared."""
    meters: dict[tuple[Key, str], dict[datetime, dict[str, Decimal]]] = {}
    for record in records:
        fields = dict(record.fields)
        register, stamp = fields.get("sd:sourceLabel"), fields.get("sosa:resultTime")
        value = fields.get("sd:meterIndex")
        if record.kind == "MeterReading" and record.account and isinstance(value, Decimal):
            direction, _, name = str(register).partition(" ")
            shown = meters.setdefault((record.account, direction), defaultdict(dict))
            shown[stamp][name] = value  # type: ignore[index]  # a MeterReading has its instant
    found = (_check(grid, stamps) for stamps in meters.values() for grid in _GRIDS)
    return tuple(check for check in found if check)


def _check(grid: str, stamps: Mapping[datetime, Shown]) -> Check | None:
    stretches = list(_stretches(grid, [stamps[stamp] for stamp in sorted(stamps)]))
    if not stretches:
        return None
    expected, got = (sum(column, Decimal(0)) for column in zip(*stretches, strict=True))
    return Check(
        name=f"{_GRIDS[grid]} add up to the total, in Wh",
        expected=str(plain(expected)),
        got=str(plain(got)),
        ok=all(total == parts for total, parts in stretches),
    )


def _stretches(grid: str, shown: list[Shown]) -> Iterator[tuple[Decimal, Decimal]]:
    """What passed the total and what passed the registers of a grid, from one row to the next.

    Registers that begin or end with a new contract leave nothing to compare at that row, and
    neither does a meter that was changed.
    """
    for before, after in pairwise(shown):
        names = [name for name in before if name.startswith(grid)]
        same = names == [name for name in after if name.startswith(grid)]
        if not (names and same and _TOTAL in before and _TOTAL in after):
            continue
        total = after[_TOTAL] - before[_TOTAL]
        parts = [after[name] - before[name] for name in names]
        if total >= 0 and min(parts) >= 0:
            yield total, sum(parts, Decimal(0))
