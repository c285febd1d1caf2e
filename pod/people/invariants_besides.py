"""What has to hold of water, claims, journeys and leisure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from pod.people.reading import Booked, cents, in_json, instant, under
from pod.people.reading_besides import (
    departure,
    entries,
    passes,
    played,
    runs,
    water_bills,
    water_read,
)
from pod.people.whole import CURVE, Whole

_SETTLED: Final = timedelta(days=90)
_SERVICES: Final = {"video": "VIDEO EX", "musique": "MUSIQUE EX"}
_ABOUT: Final = 2000  # ten-millionths of a degree by which a position may be rounded
_E7: Final = 10_000_000


def check_water(whole: Whole) -> Iterator[str]:
    """A bill for water is what its meter showed in its days, at its price."""
    read = {
        path.removeprefix("eau/releves-").removesuffix(".xml"): water_read(content)
        for path, content in under(whole.files, "eau/releves-")
    }
    for number, bill in water_bills(whole.files).items():
        months = [
            (end.date(), volume)
            for start, end, volume in read.get(bill.meter, ())
            if bill.first <= (start + timedelta(hours=2)).date() <= bill.last
        ]
        if not months or sum(volume for _, volume in months) != bill.volume:
            yield f"{number}: it is for {bill.volume} m³, and the meter shows others"
        if bill.standing + (bill.volume * bill.price + 50) // 100 != bill.total:
            yield f"{number}: its m³ at their price are not its total"
    for meter, several in read.items():
        if any(before[1] != after[0] for before, after in pairwise(several)):
            yield f"{meter}: a reading does not begin where the one before it ended"


def check_powers(whole: Whole) -> Iterator[str]:
    """What another may fetch of a meter is what its table has; no mean is above the highest."""
    for meter, curve in whole.curves.items():
        week = _readings(whole, f"reseau/data-connect-courbe-{meter}.json")
        table = whole.files[CURVE.format(meter)].decode("utf-8-sig").splitlines()[-len(week) :]
        if [f"{row['date'].replace(' ', 'T')};{row['value']}" for row in week] != [
            f"{row[:19]};{row.rpartition(';')[2]}" for row in table
        ]:
            yield f"{meter}: the curve of a week is not that of the table"
        for row in _readings(whole, f"reseau/data-connect-puissance-max-{meter}.json"):
            if int(row["value"]) < curve[date.fromisoformat(row["date"][:10])][2]:
                yield f"{meter}: the highest power of {row['date'][:10]} is below a mean"


def _readings(whole: Whole, path: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = in_json(whole.files[path])["meter_reading"]["interval_reading"]
    return found


def check_claims(whole: Whole) -> Iterator[str]:
    """Each claim is paid within some weeks, in a transfer that names it, as the sheet says."""
    told = in_json(whole.files.get("assurance/sinistres.json", b"[]"))
    lines = [line for found in whole.statements.values() for line in found.lines.values()]
    paid = [line for line in lines if "INDEMNISATION" in line.label]
    said = {one["id"]: one for one in whole.sheet["claims"]}
    last = date.fromisoformat(whole.sheet["household"]["last"])
    if said.keys() != {one["ref"] for one in told} or len(paid) > len(told):
        yield "assurance: other claims are told, or paid, than are stated"
        return
    for claim in told:
        found = [line for line in paid if claim["ref"] in line.label]
        happened = date.fromisoformat(claim["timestamp"][:10])
        if not found and last - happened < _SETTLED:
            continue
        if [line.cents for line in found] != [cents(said[claim["ref"]]["paid"] or "0.00")] or not (
            happened <= found[0].day <= happened + _SETTLED
        ):
            yield f"{claim['ref']}: this claim was not paid as is stated"


def check_journeys(whole: Whole) -> Iterator[str]:
    """The telephone was at the station when the train left, and at the other when it arrived."""
    history = in_json(whole.files.get("positions/Records.json", b'{"locations": []}'))
    seen = {one["timestamp"]: one for one in history["locations"]}
    for path, said in passes(whole.files):
        about = said["semantics"]
        for moment, where in (
            (departure(said), about["departureLocation"]),
            (about["originalArrivalDate"], about["destinationLocation"]),
        ):
            if not _is_at(seen.get(moment), where):
                yield f"{path}: the telephone was elsewhere"


def _is_at(position: Any, where: dict[str, str]) -> bool:
    return position is not None and all(
        abs(position[f"{name}E7"] - float(where[name]) * _E7) <= _ABOUT
        for name in ("latitude", "longitude")
    )


def check_plays(whole: Whole) -> Iterator[str]:
    """A service is used from the day on which it is paid for, and costs the same every month."""
    lines = [line for found in whole.statements.values() for line in found.lines.values()]
    for folder, moments in played(whole.files).items():
        debits = [line for line in lines if _SERVICES[folder] in line.label]
        if len({line.cents for line in debits}) > 1:
            yield f"{folder}: the months of this service do not cost the same"
        if moments and not _is_paid_for(moments, debits):
            yield f"{folder}: this was used before it was paid for"


def _is_paid_for(moments: list[datetime], debits: list[Booked]) -> bool:
    # The first debit waits for a day on which banks are open.
    first = min(moments).date() + timedelta(days=6)
    return any(line.day <= first for line in debits)


def check_days(whole: Whole) -> Iterator[str]:
    """A course stands in the calendar on the day of its badge; nobody runs there who is away."""
    known = entries(whole.files)
    for badge in in_json(whole.files.get("formation/badges.json", b"[]")):
        day, name = instant(badge["issuedOn"]).date(), badge["badge"]["name"]
        if not any(first == day and name in title for first, _, title in known):
            yield f"{badge['id']}: the calendar knows nothing of this course"
    away = [(first, end) for first, end, title in known if title == "Vacances"]
    for day in runs(whole.files):
        if any(first <= day < end for first, end in away):
            yield f"sport: a run of {day} is of a day on which nobody was there"
