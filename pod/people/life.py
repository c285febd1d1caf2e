"""A whole life of a household: every event of it, each kind in order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pod.people.calendar_entries import entries
from pod.people.care import care
from pod.people.claims import claims
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
from pod.people.events_besides import Claim, Journey, Play, Run, Training, WaterReading
from pod.people.everyday import monthly, shopping
from pod.people.gas import gas
from pod.people.goods import goods
from pod.people.groceries import groceries
from pod.people.home import Dwelling, Home
from pod.people.journeys import journeys
from pod.people.ledger import Account, accounts
from pod.people.media import media
from pod.people.phone import phone
from pod.people.pressure import pressure
from pod.people.rides import rides
from pod.people.runs import runs
from pod.people.savings import savings
from pod.people.school import school
from pod.people.training import trainings
from pod.people.water import water

E = TypeVar("E", bound=Event)
_Kinds = Mapping[type[Event], Sequence[Event]]


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
    water: tuple[WaterReading, ...]
    claims: tuple[Claim, ...]
    journeys: tuple[Journey, ...]
    plays: tuple[Play, ...]
    trainings: tuple[Training, ...]
    runs: tuple[Run, ...]


def life(home: Home) -> Life:
    """What happens in a household; the same for the same household."""
    gone = away(home)
    meters = tuple((dwelling, curve(home, dwelling, gone)) for dwelling in home.dwellings)
    bought, cared, covered = tuple(groceries(home, gone)), tuple(care(home)), tuple(cover(home))
    receipts = frozenset(one.cents for one in bought if isinstance(one, Receipt))
    events: list[Event] = [
        *monthly(home),
        *shopping(home, gone, receipts),
        *bought,
        *phone(home),
        *cared,
        *covered,
        *claims(home, (one for one in covered if isinstance(one, Cover))),
        *savings(home),
        *rides(home, gone, receipts),
        *school(home),
        *goods(home),
        *club(home),
        *pressure(home),
        *journeys(home, gone, receipts),
        *media(home, gone),
        *trainings(home),
        *runs(home, gone),
    ]
    for dwelling, days in meters:
        events += electricity(home, dwelling, days)
        events += gas(home, dwelling)
        events += water(home, dwelling, gone)
    paid = {one.id: one for one in cared if isinstance(one, Payment)}
    events += entries(home, gone, (one for one in cared if isinstance(one, Care)), paid)
    found = _by_kind(events)
    return Life(
        home=home,
        meters=meters,
        accounts=accounts(home, _those(found, Payment)),
        bills=_those(found, Bill),
        instalments=_those(found, Instalment),
        links=_those(found, Link),
        anomalies=_those(found, Anomaly),
        calls=_those(found, Call),
        receipts=_those(found, Receipt),
        reimbursements=_those(found, Reimbursement),
        cares=_those(found, Care),
        covers=_those(found, Cover),
        rides=_those(found, Ride),
        gas=_those(found, GasReading),
        marks=_those(found, Mark),
        guarantees=_those(found, Guarantee),
        payslips=_those(found, Payslip),
        appointments=_those(found, Appointment),
        points=_those(found, Points),
        dues=_those(found, Dues),
        pressures=_those(found, Pressure),
        water=_those(found, WaterReading),
        claims=_those(found, Claim),
        journeys=_those(found, Journey),
        plays=_those(found, Play),
        trainings=_those(found, Training),
        runs=_those(found, Run),
    )


def _by_kind(events: Iterable[Event]) -> _Kinds:
    found: dict[type[Event], list[Event]] = defaultdict(list)
    for event in events:
        found[type(event)].append(event)
    return found


def _those(kinds: _Kinds, kind: type[E]) -> tuple[E, ...]:
    """The events of a kind, in their order."""
    return tuple(kinds.get(kind, ()))  # type: ignore[arg-type]  # a kind has only its own
