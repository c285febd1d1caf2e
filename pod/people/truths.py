"""What queries and services have to find in a household."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from pod.people.care import MUTUAL
from pod.people.curve import Day
from pod.people.electricity import SUPPLIER
from pod.people.events import Payment
from pod.people.files.written import euros
from pod.people.life import Life

Answer = dict[str, object]
Place = Callable[[str], Answer]

# kg CO2e for a kWh, as the query q5 has it.
ELECTRICITY = 0.052


def truths(life: Life, place: Place) -> Answer:
    """The answers to the queries and to the services, by their names."""
    return {
        "queries": {
            "q1-energy-vs-bank": _energy_against_bank(life, place),
            "q3-health-out-of-pocket": _out_of_pocket(life, place),
            "q6-receipt-behind-card": _behind_cards(life, place),
        },
        "services": {
            "SVC-01": _by_month(life),
            "SVC-04": _health(life, place),
            "SVC-15": _carbon(life),
            "SVC-18": _energy_by_month(life),
        },
    }


def payments(life: Life) -> dict[str, Payment]:
    """Everything that was booked, by the id of the event."""
    return {
        entry.payment.id: entry.payment for account in life.accounts for entry in account.entries
    }


def _energy_against_bank(life: Life, place: Place) -> list[Answer]:
    """Each bill and instalment for electricity, and how it was paid, by the day it is due."""
    booked = payments(life)
    settled = {link.source: booked.get(link.target) for link in life.links}
    asked = [(b.due, b.id, b.cents, "Invoice") for b in life.bills if b.supplier == SUPPLIER]
    asked += [(i.day, i.id, i.cents, "Instalment") for i in life.instalments]
    return [
        {
            **place(id_),
            "class": kind,
            "due": due.isoformat(),
            "total": euros(cents),
            "paidOn": paid.day.isoformat() if (paid := settled.get(id_)) else None,
            "transaction": place(paid.id) if paid else None,
        }
        for due, id_, cents, kind in sorted(asked)
    ]


def _out_of_pocket(life: Life, place: Place) -> list[Answer]:
    """What each care cost, what came back for it, and what is left to pay."""
    back: dict[str, list[int]] = defaultdict(list)
    for one in life.reimbursements:
        back[one.care.id].append(one.cents)
    return [
        {
            **place(one.id),
            "date": one.day.isoformat(),
            "label": one.label,
            "charged": euros(one.charged),
            "reimbursed": euros(sum(back[one.id])),
            "leftToPay": euros(one.charged - sum(back[one.id])),
            "reimbursements": len(back[one.id]),
        }
        for one in life.cares
        if back[one.id]
    ]


def _behind_cards(life: Life, place: Place) -> list[Answer]:
    """Each receipt, the card payment that settled it, and how many lines it has."""
    booked = payments(life)
    settled = {link.source: booked.get(link.target) for link in life.links}
    return [
        {
            **place(one.id),
            "date": one.day.isoformat(),
            "paid": euros(one.cents),
            "lines": len(one.lines),
            "label": paid.label,
            "transaction": place(paid.id),
        }
        for one in life.receipts
        if (paid := settled[one.id])
    ]


def _health(life: Life, place: Place) -> Answer:
    """What care cost in each year, and what is still to come back, or never came."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    paid = {one.care.id for one in life.reimbursements if one.body == MUTUAL}
    known = {one.care.id: one.care for one in life.reimbursements}
    missing = {one.about[0] for one in life.anomalies if one.kind == "missing-reimbursement"}
    for one in life.reimbursements:
        found[f"{one.care.day:%Y}"]["reimbursed"] += one.cents
    for care in known.values():
        found[f"{care.day:%Y}"]["charged"] += care.charged
    return {
        "years": {
            year: {name: euros(cents) for name, cents in sorted(sums.items())}
            for year, sums in sorted(found.items())
        },
        "pending": [place(id_) for id_ in known if id_ not in paid | missing],
        "missing": [place(id_) for id_ in known if id_ in missing],
    }


def _by_month(life: Life) -> Answer:
    """What came in and went out in each month, and what each nature of payment took."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for payment in payments(life).values():
        month = found[f"{payment.day:%Y-%m}"]
        month["in" if payment.cents > 0 else "out"] += payment.cents
        month[payment.nature] += payment.cents
    return {
        month: {name: euros(cents) for name, cents in sorted(sums.items())}
        for month, sums in sorted(found.items())
    }


def _days(life: Life) -> list[Day]:
    return [day for _, days in life.meters for day in days]


def _energy_by_month(life: Life) -> Answer:
    """The kWh of each month, all meters together."""
    found: dict[str, int] = defaultdict(int)
    for day in _days(life):
        found[_month(day.day)] += day.watt_hours
    return {month: _kwh(halves) for month, halves in sorted(found.items())}


def _carbon(life: Life) -> Answer:
    """The kg CO2e of each year."""
    found: dict[str, int] = defaultdict(int)
    for day in _days(life):
        found[f"{day.day:%Y}"] += day.watt_hours
    return {year: round(halves / 2_000 * ELECTRICITY, 3) for year, halves in sorted(found.items())}


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _kwh(halves: int) -> str:
    """The kWh of so many halves of a Wh, exactly."""
    tenths = halves * 5
    return f"{tenths // 10_000}.{tenths % 10_000:04}"
