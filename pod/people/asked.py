"""What each document of a household asks for or announces: an amount, and when it may be booked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pod.people.reading import (
    Files,
    Place,
    cares,
    cents,
    days,
    french_day,
    gas_bills,
    in_json,
    instant,
    invoice,
    mutual,
    rides,
    under,
)
from pod.people.reading_besides import departure, passes, water_bills

_BILL: Final = (-15, 45)
_CARD: Final = (0, 6)
_TICKET: Final = (-10, 6)
_TRANSFER: Final = (-2, 10)


@dataclass(frozen=True, slots=True)
class Asked:
    """An amount as the bank will book it, negative where money leaves; the days between which."""

    cents: int
    on: date
    window: tuple[int, int]

    def could_be_on(self, day: date) -> bool:
        """Whether a movement of a day may be this."""
        least, most = (self.on + timedelta(days=count) for count in self.window)
        return least <= day <= most


def asked_in(files: Files) -> dict[Place, Asked]:
    """Every document of a household that a movement of the bank answers to."""
    kinds = (_energy, _water, _invoices, _receipts, _health, _rides, _tickets, _pay, _dues)
    return dict(found for kind in kinds for found in kind(files))


def _energy(files: Files) -> Iterator[tuple[Place, Asked]]:
    path = "energie/factures.json"
    for bill in in_json(files.get(path, b"[]")):
        (due,) = days(bill["paymentDueDate"], bill["paymentDueDate"])
        yield (path, "Invoice", bill["number"]), Asked(-cents(bill["value"]), due, _BILL)
    path = "energie/factures-gaz.csv"
    for number, bought in gas_bills(files.get(path, b"")).items():
        yield (path, "Invoice", number), Asked(-bought.total, bought.due, _BILL)
    path = "energie/modalites-paiement.json"
    for terms in in_json(files[path]):
        for one in terms["paymentSchedules"]:
            day = one["scheduleDate"]
            amount = cents(str(one["amount"]))
            yield (path, "Instalment", day), Asked(-amount, date.fromisoformat(day), _BILL)


def _water(files: Files) -> Iterator[tuple[Place, Asked]]:
    for number, bill in water_bills(files).items():
        yield ("eau/factures.csv", "Invoice", number), Asked(-bill.total, bill.due, _BILL)


def _tickets(files: Files) -> Iterator[tuple[Place, Asked]]:
    """A ticket is bought before the journey."""
    for path, said in passes(files):
        moment, fare = departure(said), said["semantics"]["totalPrice"]["amount"]
        yield (path, "Trip", moment), Asked(-cents(fare), instant(moment).date(), _TICKET)


def _invoices(files: Files) -> Iterator[tuple[Place, Asked]]:
    for folder, window in (("telecom/facture-", _BILL), ("boutique/facture-", _CARD)):
        for path, content in under(files, folder):
            found = invoice(content)
            yield (path, "Invoice", found.number), Asked(-found.total, found.due, window)


def _receipts(files: Files) -> Iterator[tuple[Place, Asked]]:
    for path, content in under(files, "epicerie/ticket-"):
        found = in_json(content)
        number = found["receipt_identifier"]["sequence_number"]
        amounts = {one["type"]: cents(str(one["amount"])) for one in found["totals"]}
        lines = sum(cents(str(one["extended_amount"])) for one in found["items"])
        if lines == amounts["paid"] == amounts["gross"] - amounts.get("discount", 0):
            day = instant(found["time_of_purchase"]).date()
            yield (path, "Purchase", str(number)), Asked(-amounts["paid"], day, _CARD)


def _health(files: Files) -> Iterator[tuple[Place, Asked]]:
    """A row of the health insurance is a care, paid by card, and what came back for it."""
    for path, content in under(files, "sante/releve"):
        for line, row in cares(content)[0].items():
            yield (path, "Reimbursement", line), Asked(row.back, row.paid, _TRANSFER)
            yield (path, "HealthExpense", line), Asked(-row.charged, row.day, _CARD)
    for path, content in under(files, "sante/remboursements"):
        for line, row in mutual(content).items():
            yield (path, "Reimbursement", line), Asked(row.back, row.paid, _TRANSFER)


def _rides(files: Files) -> Iterator[tuple[Place, Asked]]:
    for path, content in under(files, "course/"):
        for moment, (day, amount) in rides(content).items():
            yield (path, "Trip", moment), Asked(-amount, day, _CARD)


def _pay(files: Files) -> Iterator[tuple[Place, Asked]]:
    """A payslip whose gross less what goes off it is what is paid."""
    for path, content in under(files, "paie/"):
        for row in content.decode().splitlines()[1:] if path.endswith(".csv") else ():
            number, day, _, _, *amounts = row.split(";")
            gross, contributions, net, tax, paid = map(cents, amounts)
            if gross - contributions == net == paid + tax:
                yield (path, "Payslip", number), Asked(paid, french_day(day), _TRANSFER)


def _dues(files: Files) -> Iterator[tuple[Place, Asked]]:
    for path, content in under(files, "association/"):
        for rank, row in enumerate(content.decode().splitlines()[2:], start=3):
            cells = row.split(";")
            asked = Asked(-cents(cells[8]), french_day(cells[4]), _TRANSFER)
            yield (path, "Membership", f"line={rank}"), asked
