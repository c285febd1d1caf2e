"""What has to hold of meters, readings and bills."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from pod.people.holidays import clock_changes
from pod.people.reading import (
    bill_lines,
    cents,
    days,
    gas_bills,
    in_json,
    place,
    under,
)
from pod.people.whole import Whole

_ENERGY: Final = ("electricity", "gas")
_KWH: Final = 2000  # a half hour of so many W is one kWh


def check_meters(whole: Whole) -> Iterator[str]:
    """A load curve has every half hour of every day: 46 and 50 of them when the clocks change."""
    for dwelling in whole.sheet["household"]["dwellings"]:
        curve = dict(whole.curves[dwelling["meter"]])
        for day in days(dwelling["first"], dwelling["last"]):
            to, back = clock_changes(day.year)
            expected = 46 if day == to else 50 if day == back else 48
            if curve.pop(day, (0, 0, 0))[0] != expected:
                yield f"{dwelling['meter']}: {day} has not the half hours that it should"
        if curve:
            yield f"{dwelling['meter']}: the curve has days on which nobody lived there"


def check_bills(whole: Whole) -> Iterator[str]:
    """A bill is its lines; one for electricity is what the meter measured, at their prices."""
    beside = {about[0]: amount for about, amount in whole.anomalies("bill-beside-curve")}
    lines = bill_lines(whole.files.get("energie/lignes-factures.csv", b""))
    for bill in whole.sheet["bills"]:
        number = bill["number"]
        if any(_worth(line) != cents(line["total"]) for line in bill["lines"]):
            yield f"{number}: a line is not its quantity at its price"
        worth = sum(cents(line["total"]) for line in bill["lines"]) + cents(bill["tax"])
        if worth - cents(bill["instalments"]) != cents(bill["total"]):
            yield f"{number}: its lines less what was paid in advance are not its total"
        written = whole.asked.get(place(bill))
        if written is None or written.cents != -cents(bill["total"]):
            yield f"{number}: the file says another amount"
        if bill["supplier"] in _ENERGY and lines[number] != list(map(_as_written, bill["lines"])):
            yield f"{number}: the table of its lines says others"
        if bill["supplier"] == "electricity":
            yield from _measured(whole, bill, beside.get(number, 0))
        if bill["supplier"] == "gas":
            yield from _read(whole, bill)


def _as_written(line: dict[str, Any]) -> tuple[int, int, int]:
    return int(line["quantity"]), int(line["price"].replace(".", "")), cents(line["total"])


def _worth(line: dict[str, Any]) -> int:
    """Cents of a line, rounded half up."""
    return (int(line["quantity"]) * int(line["price"].replace(".", "")) + 50) // 100


def _measured(whole: Whole, bill: Any, beside: int) -> Iterator[str]:
    """The kWh of a bill are those of the curve: more only where an anomaly says how much."""
    dwelling = next(
        one
        for one in whole.sheet["household"]["dwellings"]
        if one["first"] <= bill["first"] and bill["last"] <= one["last"]
    )
    curve, before, upto = whole.curves[dwelling["meter"]], 0, 0
    first, last = date.fromisoformat(bill["first"]), date.fromisoformat(bill["last"])
    for day, (_, total, _) in curve.items():
        before += total if day < first else 0
        upto += total if day <= last else 0
    measured = upto // _KWH - before // _KWH
    energy = [line for line in bill["lines"] if line["unit"] == "KWH"]
    billed = sum(line["quantity"] for line in energy)
    extra = (billed - measured) * int(energy[-1]["price"].replace(".", ""))
    if (extra + 50) // 100 != beside:
        yield f"{bill['number']}: it is for {billed} kWh, and the meter measured {measured}"


def check_gas(whole: Whole) -> Iterator[str]:
    """A gas meter goes on from where it stood; what is estimated is stated."""
    estimated = set()
    for path, content in under(whole.files, "reseau/gaz-"):
        for meter in in_json(content).values():
            readings = meter["releves"]
            estimated |= {
                one["dateDebutReleve"][:10]
                for one in readings
                if one["qualificationReleve"] == "Estimé"
            }
            for before, after in pairwise(readings):
                if (before["indexFin"], before["dateFinReleve"]) != (
                    after["indexDebut"],
                    after["dateDebutReleve"],
                ):
                    yield f"{path}: a reading does not begin where the one before it ended"
    if estimated != {about[0] for about, _ in whole.anomalies("estimated-then-corrected")}:
        yield "gaz: other readings are estimated than is stated"


def _read(whole: Whole, bill: Any) -> Iterator[str]:
    """A bill for gas is for the days and the kWh of a reading of its meter."""
    readings = {
        (meter, one["dateDebutReleve"][:10], one["dateFinReleve"][:10]): one["energieConsomme"]
        for _, content in under(whole.files, "reseau/gaz-")
        for meter, told in in_json(content).items()
        for one in told["releves"]
    }
    written = gas_bills(whole.files["energie/factures-gaz.csv"]).get(bill["number"])
    billed = sum(line["quantity"] for line in bill["lines"] if line["unit"] == "KWH")
    if written is None or written.energy != billed:
        yield f"{bill['number']}: the file says other kWh"
        return
    until = written.last + timedelta(days=1)
    read = readings.get((written.meter, written.first.isoformat(), until.isoformat()))
    if read != billed:
        yield f"{bill['number']}: it is for {billed} kWh of gas, and the reading says others"
