"""The answer sheet: what is true of a household, computed from what happened and from no file.

Amounts are texts with two decimals, days are ISO dates. A record of a file is told by the path of
the file and the reference that its holder keeps it under.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from pod.people import electricity, gas, water
from pod.people.events import Anomaly, Bill, Instalment, Line
from pod.people.events_besides import Claim
from pod.people.files.written import HolderFile, beside, euros
from pod.people.home import Dwelling, Home
from pod.people.ledger import Account
from pod.people.life import Life
from pod.people.services import services
from pod.people.truths import payments, settled, truths

SHEET = "answers.json"

Answer = dict[str, object]


class Identified(Protocol):
    """An event with an id."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Places:
    """Where each event stands, by its id: the file, the class of its record, the reference."""

    where: dict[str, tuple[str, str, str]]

    @classmethod
    def of(cls, life: Life, files: Iterable[HolderFile]) -> "Places":
        kinds = {one.id: kind for kind, several in _classes(life) for one in several}
        kinds |= {id_: "Line" for bill in life.bills for id_ in bill.line_ids}
        return cls(
            {
                id_: (file.path, kinds[id_], reference)
                for file in files
                for id_, reference in file.places.items()
            }
        )

    def of_event(self, id_: str) -> Answer:
        """The record of an event; its id here where no file has it."""
        if id_ not in self.where:
            return {"event": id_}
        path, kind, reference = self.where[id_]
        return {"file": path, "class": kind, "id": reference}


def answers(life: Life, files: tuple[HolderFile, ...]) -> Answer:
    """Everything that is known of a household, to hold services and matches to."""
    places = Places.of(life, files)
    return {
        "household": _household(life.home),
        "files": [_file(one) for one in files],
        "accounts": [_account(one) for one in life.accounts],
        "bills": [_bill(one, places) | _metered(one, life.home) for one in life.bills],
        "claims": [_claim(one, life, places) for one in life.claims],
        "instalments": [_instalment(one, places) for one in life.instalments],
        "links": [
            {
                "kind": link.kind,
                "from": places.of_event(link.source),
                "to": places.of_event(link.target),
            }
            for link in life.links
            if link.source in places.where and link.target in places.where
        ],
        "anomalies": [_anomaly(one, places) for one in life.anomalies],
        "queries": truths(life, places.of_event),
        "services": services(life, files, places.of_event),
    }


def _classes(life: Life) -> Iterator[tuple[str, Iterable[Identified]]]:
    """The events of each class of records."""
    yield "BankTransaction", payments(life).values()
    yield "Invoice", life.bills
    yield "Instalment", life.instalments
    yield "Communication", life.calls
    yield "Purchase", life.receipts
    yield "HealthExpense", life.cares
    yield "Reimbursement", life.reimbursements
    yield "InsuranceContract", life.covers
    yield "Trip", life.rides
    yield "Consumption", life.gas
    yield "Grade", life.marks
    yield "Payslip", life.payslips
    yield "Event", life.appointments
    yield "PointsMovement", life.points
    yield "Membership", life.dues
    yield "Document", life.guarantees
    yield "HealthMeasure", life.pressures
    yield "Consumption", life.water
    yield "Claim", life.claims
    yield "Trip", life.journeys
    yield "MediaUse", life.plays
    yield "Credential", life.trainings
    yield "Workout", life.runs


def _household(home: Home) -> Answer:
    return {
        "seed": home.seed,
        "number": home.number,
        "first": home.span.first.isoformat(),
        "last": home.span.last.isoformat(),
        "events": sorted(home.events),
        "people": [{"name": one.name, "born": one.born.isoformat()} for one in home.people],
        "dwellings": [_dwelling(one) for one in home.dwellings],
    }


def _dwelling(one: Dwelling) -> Answer:
    return {
        "street": one.street,
        "postcode": one.postcode,
        "city": one.city,
        "surface": one.surface,
        "meter": one.meter,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
    }


def _file(file: HolderFile) -> Answer:
    return {
        "path": file.path,
        "title": file.title,
        "format": file.format,
        "holder": file.holder,
        "rows": file.rows,
        "options": {name: f"@{beside(file.path, name)}" for name in file.options},
    }


def _account(account: Account) -> Answer:
    return {
        "name": account.name,
        "number": account.number,
        "opening": euros(account.opening),
        "closing": euros(account.closing),
        "movements": len(account.entries),
    }


def _bill(bill: Bill, places: Places) -> Answer:
    return {
        **places.of_event(bill.id),
        "supplier": bill.supplier,
        "number": bill.number,
        "date": bill.day.isoformat(),
        "due": bill.due.isoformat(),
        "first": bill.first.isoformat(),
        "last": bill.last.isoformat(),
        "mandate": bill.mandate,
        "lines": [_line(one) for one in bill.lines],
        "tax": euros(bill.tax),
        "instalments": euros(bill.before),
        "total": euros(bill.cents),
    }


def _metered(bill: Bill, home: Home) -> Answer:
    """The meter whose consumption from first to last a bill for energy is for."""
    dwelling = home.dwelling(bill.last)
    meters = {
        electricity.SUPPLIER: dwelling.meter,
        gas.SUPPLIER: dwelling.gas_meter,
        water.SUPPLIER: water.meter_of(dwelling),
    }
    return {"meter": meters[bill.supplier]} if bill.supplier in meters else {}


def _line(line: Line) -> Answer:
    return {
        "name": line.name,
        "quantity": line.quantity,
        "unit": line.unit,
        "price": price(line.price),
        "total": euros(line.cents),
    }


def price(hundredths: int) -> str:
    """A price in hundredths of a cent, in euro with four decimals."""
    return f"{hundredths // 10_000}.{hundredths % 10_000:04}"


def _instalment(one: Instalment, places: Places) -> Answer:
    return {**places.of_event(one.id), "supplier": one.supplier, "total": euros(one.cents)}


def _claim(one: Claim, life: Life, places: Places) -> Answer:
    """What the insurer paid for a claim; None where it has not yet."""
    paid = settled(life)[one.id]
    return {
        **places.of_event(one.id),
        "date": one.happened.date().isoformat(),
        "paid": euros(paid.cents) if paid else None,
        "transaction": places.of_event(paid.id) if paid else None,
    }


def _anomaly(one: Anomaly, places: Places) -> Answer:
    return {
        "kind": one.kind,
        "about": [places.of_event(id_) for id_ in one.about],
        "amount": euros(one.cents),
        "what": one.sentence,
    }
