"""What the six queries across domains have to find in a household."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from pod.people import electricity, gas, goods, phone, water
from pod.people.events import Payment, Reimbursement, Ride
from pod.people.files.written import HOLDERS, euros
from pod.people.life import Life

Answer = dict[str, object]
Place = Callable[[str], Answer]

ELECTRICITY: Final = Decimal("0.052")
GAS: Final = Decimal("0.227")
CAR: Final = Decimal("0.193")
"""The kg CO2e of a kWh or a km, as the query q5 has them."""
_BEFORE, _AFTER = timedelta(hours=6), timedelta(hours=12)
_MILE = Decimal("1.609344")


def truths(life: Life, place: Place) -> Answer:
    """The rows of each query, by its name."""
    return {
        "q1-energy-vs-bank": _energy_against_bank(life, place),
        "q2-trips-vs-cards": list(_around_rides(life, place)),
        "q3-health-out-of-pocket": _out_of_pocket(life, place),
        "q4-supplier-dashboard": _suppliers(life),
        "q5-carbon": {post: f"{kg.normalize():f}" for post, kg in carbon(life).items()},
        "q6-receipt-behind-card": _behind_cards(life, place),
    }


def payments(life: Life) -> dict[str, Payment]:
    """Everything that was booked, by the id of the event."""
    return {
        entry.payment.id: entry.payment for account in life.accounts for entry in account.entries
    }


def settled(life: Life) -> dict[str, Payment | None]:
    """What settled each event, by its id; None where the bank has not booked it yet."""
    booked = payments(life)
    return {link.source: booked.get(link.target) for link in life.links if link.kind == "settledBy"}


def kilometres(ride: Ride) -> Decimal:
    """How far a ride went."""
    return ride.miles * _MILE / 100


def carbon(life: Life) -> dict[str, Decimal]:
    """The kg CO2e of electricity, gas and rides, of all the time."""
    halves = sum(day.watt_hours for _, days in life.meters for day in days)
    return {
        "electricity": Decimal(halves) / electricity.KWH * ELECTRICITY,
        "gas": sum(one.energy for one in life.gas) * GAS,
        "car": sum(map(kilometres, life.rides), Decimal(0)) * CAR,
    }


def _energy_against_bank(life: Life, place: Place) -> list[Answer]:
    """Each bill and instalment for energy, and how it was paid, by the day it is due."""
    paid_by, energy = settled(life), {electricity.SUPPLIER, gas.SUPPLIER, water.SUPPLIER}
    asked = [(b.due, b.id, b.cents) for b in life.bills if b.supplier in energy]
    asked += [(i.day, i.id, i.cents) for i in life.instalments]
    return [
        {
            **place(id_),
            "due": due.isoformat(),
            "total": euros(cents),
            "paidOn": paid.day.isoformat() if (paid := paid_by.get(id_)) else None,
            "transaction": place(paid.id) if paid else None,
        }
        for due, id_, cents in sorted(asked)
    ]


def _around_rides(life: Life, place: Place) -> Iterator[Answer]:
    """What was paid by card from six hours before a ride to twelve hours after it."""
    cards = [one for one in payments(life).values() if one.at is not None]
    for ride in life.rides:
        for paid in cards:
            if paid.at and ride.start - _BEFORE <= paid.at <= ride.end + _AFTER:
                yield {
                    "trip": place(ride.id),
                    "km": f"{kilometres(ride).normalize():f}",
                    "label": paid.label,
                    "paid": euros(-paid.cents),
                    "isTicket": -paid.cents == ride.cents,
                    "transaction": place(paid.id),
                }


def returned(life: Life) -> dict[str, list[Reimbursement]]:
    """What came back for each care, by its id."""
    back: dict[str, list[Reimbursement]] = defaultdict(list)
    for one in life.reimbursements:
        back[one.care.id].append(one)
    return back


def _out_of_pocket(life: Life, place: Place) -> list[Answer]:
    """What each care cost, what came back for it, and what is left to pay.

    `receivedOnAccount` are those that came in a transfer of their own, which a query finds by the
    amount; `received` are all, which a match finds.
    """
    back, paid_by = returned(life), settled(life)
    sums = {id_: sum(one.cents for one in several) for id_, several in back.items()}
    return [
        {
            **place(one.id),
            "date": one.day.isoformat(),
            "label": one.label,
            "charged": euros(one.charged),
            "reimbursed": euros(sums[one.id]),
            "leftToPay": euros(one.charged - sums[one.id]),
            "reimbursements": len(back[one.id]),
            "received": len(lines := [(r, line) for r in back[one.id] if (line := paid_by[r.id])]),
            "receivedOnAccount": sum(1 for r, line in lines if r.cents == line.cents),
        }
        for one in life.cares
        if one.id in back
    ]


_SUPPLIERS: Final = {
    electricity.SUPPLIER: "electricity",
    gas.SUPPLIER: "electricity",
    water.SUPPLIER: "water",
    phone.SUPPLIER: "phone",
    goods.SUPPLIER: "shop",
}


def _suppliers(life: Life) -> dict[str, Answer]:
    """What each holder billed, and how many contracts it has, by its address."""
    billed: dict[str, int] = defaultdict(int)
    contracts: dict[str, int] = defaultdict(int)
    for bill in life.bills:
        billed[HOLDERS[_SUPPLIERS[bill.supplier]]] += bill.cents
    for one in life.instalments:
        billed[HOLDERS[_SUPPLIERS[one.supplier]]] += one.cents
    for receipt in life.receipts:
        billed[HOLDERS["grocer"]] += receipt.cents
    for dwelling in life.home.dwellings:
        contracts[HOLDERS["electricity"]] += 2 if dwelling.gas_meter else 1
    contracts[HOLDERS["insurer"]] += len(life.covers)
    return {
        holder: {"billed": euros(billed[holder]), "contracts": contracts[holder]}
        for holder in sorted({*billed, *contracts})
    }


def _behind_cards(life: Life, place: Place) -> list[Answer]:
    """Each receipt, the card payment that settled it, and its lines."""
    paid_by = settled(life)
    return [
        {
            **place(one.id),
            "date": one.day.isoformat(),
            "paid": euros(one.cents),
            "label": paid.label,
            "transaction": place(paid.id),
            "lines": [[line.name, euros(line.cents)] for line in one.lines],
        }
        for one in life.receipts
        if (paid := paid_by[one.id])
    ]
