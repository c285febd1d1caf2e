"""A whole life of a household: every event of it, each kind in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pod.people.calendar_entries import entries
from pod.people.care import care
from pod.people.club import club
from pod.people.cover import cover
from pod.people.curve import Day, away, curve
from pod.people.electricity import electricity
from pod.people.events import (
    Anomaly,
    Appointment,
    Bill,
    Call,
    Care,
    Cover,
    Dues,
    Event,
    GasReading,
    Guarantee,
    Instalment,
    Link,
    Mark,
    Payment,
    Payslip,
    Points,
    Pressure,
    Receipt,
    Reimbursement,
    Ride,
)
from pod.people.everyday import monthly, shopping
from pod.people.gas import gas
from pod.people.goods import goods
from pod.people.groceries import groceries
from pod.people.home import Dwelling, Home
from pod.people.ledger import Account, accounts
from pod.people.phone import phone
from pod.people.pressure import pressure
from pod.people.rides import rides
from pod.people.savings import savings
from pod.people.school import school

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What happened: the days of each meter, the lines of each account, and the rest by kind."""

    home: Home
    meters: tuple[tuple[Dwelling, tuple[Day, ...]], ...]
    accounts: tuple[Account, ...]
    bills: tuple[Bill, ...]
    instalments: tuple[Instalment, ...]
    links: tuple[Link, ...]
    anomalies: tuple[Anomaly, ...]
    calls: tuple[Call, ...]
    receipts: tuple[Receipt, ...]
    reimbursements: tuple[Reimbursement, ...]
    cares: tuple[Care, ...]
    covers: tuple[Cover, ...]
    rides: tuple[Ride, ...]
    gas: tuple[GasReading, ...]
    marks: tuple[Mark, ...]
    guarantees: tuple[Guarantee, ...]
    payslips: tuple[Payslip, ...]
    appointments: tuple[Appointment, ...]
    points: tuple[Points, ...]
    dues: tuple[Dues, ...]
    pressures: tuple[Pressure, ...]


def life(home: Home) -> Life:
    """What happens in a household; the same for the same household."""
    gone = away(home)
    meters = tuple((dwelling, curve(home, dwelling, gone)) for dwelling in home.dwellings)
    bought = tuple(groceries(home, gone))
    receipts = frozenset(one.cents for one in _those(bought, Receipt))
    events = [
        *monthly(home),
        *shopping(home, gone, receipts),
        *bought,
        *phone(home),
        *care(home),
        *cover(home),
        *savings(home),
        *rides(home, gone, receipts),
        *school(home),
        *goods(home),
        *club(home),
        *pressure(home),
    ]
    for dwelling, days in meters:
        events += electricity(home, dwelling, days)
        events += gas(home, dwelling)
    paid = {one.id: one for one in _those(events, Payment)}
    events += entries(home, gone, _those(events, Care), paid)
    return Life(
        home=home,
        meters=meters,
        accounts=accounts(home, _those(events, Payment)),
        bills=_those(events, Bill),
        instalments=_those(events, Instalment),
        links=_those(events, Link),
        anomalies=_those(events, Anomaly),
        calls=_those(events, Call),
        receipts=_those(events, Receipt),
        reimbursements=_those(events, Reimbursement),
        cares=_those(events, Care),
        covers=_those(events, Cover),
        rides=_those(events, Ride),
        gas=_those(events, GasReading),
        marks=_those(events, Mark),
        guarantees=_those(events, Guarantee),
        payslips=_those(events, Payslip),
        appointments=_those(events, Appointment),
        points=_those(events, Points),
        dues=_those(events, Dues),
        pressures=_those(events, Pressure),
    )


def _those(events: Iterable[Event], kind: type[E]) -> tuple[E, ...]:
    def found() -> Iterator[E]:
        return (event for event in events if isinstance(event, kind))

    return tuple(found())
