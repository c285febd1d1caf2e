"""What has to hold across the files of a household, read from their bytes and the answer sheet.

Everything agrees but for the anomalies that the sheet states, and each of those is really there.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from pod.people.electricity import CREDITOR, KWH
from pod.people.holidays import clock_changes
from pod.people.reading import Booked, Files, Statement, cents, days, in_json, load, statement

_CURVE: Final = "reseau/Enedis_Conso_Heure_{}.csv"
_EARLIEST, _LATEST = timedelta(days=-15), timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Whole:
    """A household: its answer sheet, its files, and the statements among them."""

    sheet: Any
    files: Files
    statements: dict[str, Statement]
    curves: dict[str, dict[date, tuple[int, int]]]

    @classmethod
    def of(cls, sheet: Any, files: Files) -> "Whole":
        banks = {path: statement(content) for path, content in files.items() if "banque/" in path}
        meters = [one["meter"] for one in sheet["household"]["dwellings"]]
        curves = {meter: load(files.get(_CURVE.format(meter), b"")) for meter in meters}
        return cls(sheet, files, banks, curves)

    def booked(self, place: dict[str, str]) -> Booked | None:
        """The line of a statement at a place of the answer sheet."""
        found = self.statements.get(place["file"])
        return found.lines.get(place["id"]) if found else None

    def amounts(self, kind: str) -> dict[str, int]:
        """What the anomalies of a kind are about, by the reference, with their amounts."""
        return {
            one["about"][0]["id"]: cents(one["amount"])
            for one in self.sheet["anomalies"]
            if one["kind"] == kind
        }


def broken(sheet: Any, files: Files) -> tuple[str, ...]:
    """What does not hold in a household, in sentences; () where everything does."""
    whole = Whole.of(sheet, files)
    found: list[str] = []
    for check in (_files, _accounts, _debits, _meters, _bills):
        found += check(whole)
    return tuple(found)


def _files(whole: Whole) -> Iterator[str]:
    stated = {one["path"] for one in whole.sheet["files"]}
    for path in sorted(stated.symmetric_difference(whole.files)):
        yield f"{path}: the answer sheet and the folder do not both have it"


def _accounts(whole: Whole) -> Iterator[str]:
    """What an account held at first and what was booked make what it held at the end."""
    told = {one["name"]: one for one in whole.sheet["accounts"]}
    for path, found in whole.statements.items():
        said = told[path.rpartition("/")[2].partition(".")[0]]
        opening = cents(said["opening"]) if found.opening is None else found.opening
        if opening + sum(line.cents for line in found.lines.values()) != found.closing:
            yield f"{path}: its movements do not make its closing balance"
        if (found.count, len(found.lines)) != (said["movements"],) * 2:
            yield f"{path}: it has other movements than the answer sheet says"
        if (opening, found.closing) != (cents(said["opening"]), cents(said["closing"])):
            yield f"{path}: its balances are not those of the answer sheet"


def _debits(whole: Whole) -> Iterator[str]:
    """Each bill and instalment is debited once, to the cent, but for the stated anomalies."""
    links = [one for one in whole.sheet["links"] if one["kind"] == "settledBy"]
    asked = {(one["file"], one["id"]): one for one in _asked(whole)}
    for link in links:
        source = asked.get((link["from"]["file"], link["from"]["id"]))
        line = whole.booked(link["to"])
        if source is None or line is None:
            yield f"{link['from']['id']}: a link leads nowhere"
        elif line.cents != -cents(source["total"]):
            yield f"{source['id']}: what was booked is not what was asked for"
        elif not _EARLIEST <= line.day - days(source["due"], source["due"])[0] <= _LATEST:
            yield f"{source['id']}: it was booked too long before or after it was due"
    linked = Counter(link["to"]["id"] for link in links)
    doubled = Counter(
        one["about"][2]["id"] for one in whole.sheet["anomalies"] if one["kind"] == "doubled-debit"
    )
    for found in whole.statements.values():
        for reference, line in found.lines.items():
            expected = 1 if CREDITOR in line.label else linked[reference]
            if linked[reference] + doubled[reference] != expected:
                yield f"{reference}: a debit that no bill explains, or that several do"


def _asked(whole: Whole) -> Iterator[dict[str, str]]:
    yield from whole.sheet["bills"]
    for one in whole.sheet["instalments"]:
        yield one | {"due": one["id"]}


def _meters(whole: Whole) -> Iterator[str]:
    """A load curve has every half hour of every day: 46 and 50 of them when the clocks change."""
    for dwelling in whole.sheet["household"]["dwellings"]:
        curve = dict(whole.curves[dwelling["meter"]])
        for day in days(dwelling["first"], dwelling["last"]):
            to, back = clock_changes(day.year)
            expected = 46 if day == to else 50 if day == back else 48
            if curve.pop(day, (0, 0))[0] != expected:
                yield f"{dwelling['meter']}: {day} has not the half hours that it should"
        if curve:
            yield f"{dwelling['meter']}: the curve has days on which nobody lived there"


def _bills(whole: Whole) -> Iterator[str]:
    """A bill for electricity is what the meter measured at the price of its lines."""
    written = {one["number"]: one for one in in_json(whole.files["energie/factures.json"])}
    beside = whole.amounts("bill-beside-curve")
    for bill in whole.sheet["bills"]:
        lines, number = bill["lines"], bill["number"]
        if any(_worth(line) != cents(line["total"]) for line in lines):
            yield f"{number}: a line is not its quantity at its price"
        worth = sum(cents(line["total"]) for line in lines)
        if worth - cents(bill["instalments"]) != cents(bill["total"]):
            yield f"{number}: its lines less what was paid in advance are not its total"
        if bill["supplier"] != "electricity":
            continue
        if (written[number]["value"], written[number]["totalPaymentDue"]) != (
            bill["total"],
            f"{worth // 100}.{worth % 100:02}",
        ):
            yield f"{number}: the file says another amount"
        yield from _measured(whole, bill, beside.get(number, 0))


def _worth(line: dict[str, Any]) -> int:
    """Cents of a line, rounded half up."""
    whole, _, part = line["price"].partition(".")
    return (int(line["quantity"]) * int(whole + part) + 50) // 100


def _measured(whole: Whole, bill: Any, beside: int) -> Iterator[str]:
    """The kWh of a bill are those of the curve: more only where an anomaly says how much."""
    dwelling = next(
        one
        for one in whole.sheet["household"]["dwellings"]
        if one["first"] <= bill["first"] and bill["last"] <= one["last"]
    )
    curve, before, upto = whole.curves[dwelling["meter"]], 0, 0
    first, last = date.fromisoformat(bill["first"]), date.fromisoformat(bill["last"])
    for day, (_, total) in curve.items():
        before += total if day < first else 0
        upto += total if day <= last else 0
    measured = upto // KWH - before // KWH
    energy = [line for line in bill["lines"] if line["unit"] == "KWH"]
    billed = sum(line["quantity"] for line in energy)
    extra = (billed - measured) * int(energy[-1]["price"].replace(".", "", 1))
    if (extra + 50) // 100 != beside:
        yield f"{bill['number']}: it is for {billed} kWh, and the meter measured {measured}"
