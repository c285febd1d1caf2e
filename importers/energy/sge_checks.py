"""Whether the registers of the supplier pass what those of the distributor do."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from importers.contract import Check, Key, Record
from importers.units import plain


def checks(records: Iterable[Record]) -> Iterator[Check]:
    """What passed the registers of each grid from each day to the next, in Wh, for each meter."""
    meters: dict[Key, dict[object, dict[str, Decimal]]] = {}
    for record in records:
        fields = dict(record.fields)
        value = fields.get("sd:meterIndex")
        if record.kind == "MeterReading" and record.account and isinstance(value, Decimal):
            days = meters.setdefault(record.account, {})
            days.setdefault(fields["sd:date"], {})[str(fields["sd:sourceLabel"])] = value
    for days in meters.values():
        passed = [
            (_of("EAS D", before, after), _of("EAS F", before, after))
            for before, after in pairwise(days[day] for day in sorted(days, key=str))
        ]
        both = [(d, f) for d, f in passed if d is not None and f is not None]
        if both:
            yield Check(
                name="registers of the supplier pass what those of the distributor do, in Wh",
                expected=str(plain(sum((d for d, _ in both), Decimal(0)))),
                got=str(plain(sum((f for _, f in both), Decimal(0)))),
                ok=all(d == f for d, f in both),
            )


def _of(grid: str, before: dict[str, Decimal], after: dict[str, Decimal]) -> Decimal | None:
    """What passed the registers of a grid; None where one begins, ends or goes back."""
    names = [name for name in before if name.startswith(grid)]
    if not names or names != [name for name in after if name.startswith(grid)]:
        return None
    parts = [after[name] - before[name] for name in names]
    return sum(parts, Decimal(0)) if min(parts) >= 0 else None
