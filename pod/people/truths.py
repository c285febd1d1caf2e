"""What queries and services have to find in a household."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

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
        "queries": {"q1-energy-vs-bank": _energy_against_bank(life, place)},
        "services": {
            "SVC-01": _by_month(life),
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
