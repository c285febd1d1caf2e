"""What has to hold across the files of a household, read from their bytes and the answer sheet.

Everything agrees but for the anomalies that the sheet states, and each of those is really there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from pod.people.asked import Asked, asked_in
from pod.people.holidays import clock_changes
from pod.people.reading import (
    Booked,
    Care,
    Files,
    Place,
    Statement,
    cares,
    cents,
    charged_minutes,
    days,
    in_json,
    invoice,
    load,
    mutual,
    place,
    statement,
    under,
)

_CURVE: Final = "reseau/Enedis_Conso_Heure_{}.csv"
_KWH: Final = 2000  # a half hour of so many W is one kWh
_EXPLAINED: Final = (
    "FR12ZZZ123456",
    "FR34ZZZ345678",
    "EPICERIE DU MARCHE",
    "VIR SEPA CPAM",
    "COURSE EX",
    "BOUTIQUE EX",
)
"""What the label of a movement has that some document has to explain."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A household: its answer sheet, its files, and what was read of them."""

    sheet: Any
    files: Files
    statements: dict[str, Statement]
    curves: dict[str, dict[date, tuple[int, int]]]
    asked: dict[Place, Asked]

    @classmethod
    def of(cls, sheet: Any, files: Files) -> "Whole":
        banks = {path: statement(path, content) for path, content in under(files, "banque/")}
        meters = [one["meter"] for one in sheet["household"]["dwellings"]]
        curves = {meter: load(files.get(_CURVE.format(meter), b"")) for meter in meters}
        return cls(sheet, files, banks, curves, asked_in(files))

    def booked(self, place: dict[str, str]) -> Booked | None:
        """The line of a statement at a place of the answer sheet."""
        found = self.statements.get(place["file"])
        return found.lines.get(place["id"]) if found else None

    def anomalies(self, kind: str) -> Iterator[tuple[list[str], int]]:
        """The references that each anomaly of a kind is about, and its amount."""
        for one in self.sheet["anomalies"]:
            if one["kind"] == kind:
                yield [about["id"] for about in one["about"]], cents(one["amount"])


def broken(sheet: Any, files: Files) -> tuple[str, ...]:
    """What does not hold in a household, in sentences; () where everything does."""
    stated = {one["path"] for one in sheet["files"]}
    stated |= {at.removeprefix("@") for one in sheet["files"] for at in one["options"].values()}
    apart = sorted(stated.symmetric_difference(files))
    if apart:
        return tuple(
            f"{path}: the answer sheet and the folder do not both have it" for path in apart
        )
    whole = Whole.of(sheet, files)
    checks = (
        *(_accounts, _links, _unexplained, _meters, _bills),
        *(_calls, _care, _dues, _gas, _marks, _points),
    )
    return tuple(sentence for check in checks for sentence in check(whole))


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


def _links(whole: Whole) -> Iterator[str]:
    """All that a movement settles makes its amount, to the cent, at a likely time."""
    settled: dict[Place, list[Asked]] = defaultdict(list)
    for link in whole.sheet["links"]:
        if link["kind"] != "settledBy":
            continue
        source, found = link["from"], whole.asked.get(place(link["from"]))
        if found is None or whole.booked(link["to"]) is None:
            yield f"{source['file']}: {source['id']}: a link leads nowhere"
        else:
            settled[place(link["to"])].append(found)
    for (path, _, reference), several in settled.items():
        line = whole.statements[path].lines[reference]
        if sum(one.cents for one in several) != line.cents:
            yield f"{reference}: what was booked is not what was asked for"
        if not all(one.could_be_on(line.day) for one in several):
            yield f"{reference}: it was booked too long before or after it was due"


def _unexplained(whole: Whole) -> Iterator[str]:
    """A movement of somebody whose documents are there is explained by one of them."""
    links = [one for one in whole.sheet["links"] if one["kind"] == "settledBy"]
    linked = {(one["to"]["file"], one["to"]["id"]) for one in links}
    doubled = {about[2] for about, _ in whole.anomalies("doubled-debit")}
    for path, found in whole.statements.items():
        for reference, line in found.lines.items():
            is_linked = (path, reference) in linked
            if reference in doubled and is_linked:
                yield f"{reference}: a debit is stated as doubled and is linked"
            if is_linked or reference in doubled:
                continue
            if any(words in line.label for words in _EXPLAINED):
                yield f"{reference}: no document explains this movement"


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
    """A bill is its lines; one for electricity is what the meter measured, at their prices."""
    beside = {about[0]: amount for about, amount in whole.anomalies("bill-beside-curve")}
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
        if bill["supplier"] == "electricity":
            yield from _measured(whole, bill, beside.get(number, 0))
        if bill["supplier"] == "gas":
            yield from _read(whole, bill)


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
    for day, (_, total) in curve.items():
        before += total if day < first else 0
        upto += total if day <= last else 0
    measured = upto // _KWH - before // _KWH
    energy = [line for line in bill["lines"] if line["unit"] == "KWH"]
    billed = sum(line["quantity"] for line in energy)
    extra = (billed - measured) * int(energy[-1]["price"].replace(".", ""))
    if (extra + 50) // 100 != beside:
        yield f"{bill['number']}: it is for {billed} kWh, and the meter measured {measured}"


def _calls(whole: Whole) -> Iterator[str]:
    """A phone bill charges the minutes of its month that the plan does not hold."""
    charged = charged_minutes(whole.files)
    plans: list[tuple[str, int]] = []
    for path, content in sorted(under(whole.files, "telecom/facture-")):
        found = invoice(content)
        billed = sum(quantity for unit, quantity, _, _ in found.lines if unit == "MIN")
        if billed != charged[f"{found.first:%Y-%m}"]:
            yield f"{path}: it charges {billed} minutes, and the calls say others"
        plans += [(found.number, net) for unit, _, net, _ in found.lines if unit == "C62"]
    rises = {now for (_, before), (now, net) in pairwise(plans) if net > before}
    stated = {about[0] for about, _ in whole.anomalies("unannounced-price-rise")}
    if rises != stated:
        yield "telecom: the price of the plan rises otherwise than is stated"


def _care(whole: Whole) -> Iterator[str]:
    """Each transfer is its rows, and each care has its part of the mutual, or it is stated."""
    rows: dict[str, Care] = {}
    for path, content in under(whole.files, "sante/releve"):
        found, transfers = cares(content)
        sums = Counter[date]()
        for row in found.values():
            sums[row.paid] += row.back
        if sums != transfers:
            yield f"{path}: a transfer is not its rows"
        rows |= {f"{path} {line}": row for line, row in found.items()}
    table = mutual(whole.files.get("sante/remboursements-mutuelle.csv", b""))
    paid = Counter((row.day, row.label) for row in table.values())
    missing = sum(1 for _ in whole.anomalies("missing-reimbursement"))
    due = Counter((row.day, row.label) for row in rows.values())
    pending = len(whole.sheet["services"]["SVC-04"]["pending"])
    # Those of the last weeks are still to come, and the sheet names them.
    if (due - paid).total() != pending + missing or (paid - due).total():
        yield "sante: the mutual paid for other care than is stated"


def _dues(whole: Whole) -> Iterator[str]:
    """What is debited for a contract is a twelfth of its price."""
    (members,) = in_json(whole.files["assurance/contrats.json"])
    prices = {
        f"{one['societaire']} {one['name']} {one['startDate'][:10]}": cents(
            str(one["montantTarifTtc"])
        )
        for one in members["contrat"]
    }
    for link in whole.sheet["links"]:
        if link["kind"] == "dueOf":
            line, yearly = whole.booked(link["from"]), prices.get(link["to"]["id"])
            if line is None or yearly is None or line.cents * 12 != -yearly:
                yield f"{link['to']['id']}: a debit is no twelfth of the price of its contract"


def _gas(whole: Whole) -> Iterator[str]:
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
    """A bill for gas is for the kWh of a reading."""
    energy = {
        one["dateDebutReleve"][:10]: one["energieConsomme"]
        for _, content in under(whole.files, "reseau/gaz-")
        for meter in in_json(content).values()
        for one in meter["releves"]
    }
    billed = sum(line["quantity"] for line in bill["lines"] if line["unit"] == "KWH")
    if energy.get(bill["first"]) != billed:
        yield f"{bill['number']}: it is for {billed} kWh of gas, and the reading says others"


def _marks(whole: Whole) -> Iterator[str]:
    """The mean of each subject in a term is that of its marks by their coefficients."""
    for path, content in under(whole.files, "ecole/"):
        told = in_json(content)["data"]
        sums: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one in told["notes"]:
            key, weight = (one["codePeriode"], one["codeMatiere"]), int(one["coef"])
            total, weights = sums[key]
            sums[key] = total + cents(one["valeur"]) * weight, weights + weight
        for term in told["periodes"]:
            for subject in term["ensembleMatieres"]["disciplines"]:
                total, weights = sums[term["codePeriode"], subject["codeMatiere"]]
                if abs(cents(subject["moyenne"]) * weights - total) * 2 > weights:
                    yield f"{path}: a mean is not that of its marks"


def _points(whole: Whole) -> Iterator[str]:
    """Each balance of the loyalty card is the one before with what was earned or used."""
    for path, content in under(whole.files, "epicerie/fidelite"):
        rows = [row.split(";") for row in content.decode().splitlines()[1:]]
        for before, after in pairwise(rows):
            if int(before[5]) + int(after[4]) != int(after[5]):
                yield f"{path}: a balance is not the one before with its points"
