"""Electricity: bills of what the meter measured, at the prices of the day, and what is paid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from pod.people.curve import Day
from pod.people.events import Anomaly, Bill, Event, Instalment, Line, Link
from pod.people.holidays import worked_from
from pod.people.home import Dwelling, Home
from pod.people.paid import Creditor
from pod.people.tariffs import following, months, rounded, share, tariff_on

SUPPLIER: Final = "electricity"
CREDITOR: Final = Creditor("Energie Exemple", "FR12ZZZ123456", "energy")
KWH: Final = 2000  # halves of a Wh in a kWh
_DUE = 14  # days
_WAIT = 6  # days from the end of what is billed to the bill
_EVERY = 2  # months in a bill
_YEARLY = 12
_ADVANCES = 10  # instalments a year
_BESIDE = "bill-beside-curve"
_TWICE = "doubled-debit"

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Meter:
    """What a meter showed at the end of each day from `first` on, in whole kWh, from zero."""

    first: date
    shown: tuple[int, ...]

    @classmethod
    def of(cls, days: tuple[Day, ...]) -> "Meter":
        total, shown = 0, [0]
        for day in days:
            total += day.watt_hours
            shown.append(total // KWH)
        return cls(days[0].day, tuple(shown))

    def used(self, first: date, last: date) -> int:
        """The kWh from one day to another, both included."""
        return self.shown[(last - self.first).days + 1] - self.shown[(first - self.first).days]


def electricity(home: Home, dwelling: Dwelling, days: tuple[Day, ...]) -> Iterator[Event]:
    """The bills of one dwelling and their debits; instalments where the household pays by them."""
    chance = home.chance(f"bills {dwelling.meter}")
    found = _billed(home, dwelling, _YEARLY if home.pays_by_instalments else _EVERY)
    too_much = {}
    if found and _BESIDE in home.anomalies:
        too_much[chance.pick(found)] = chance.between(40, 160)
    advances: Mapping[Period, int] = {}
    if home.pays_by_instalments:
        paid, advances = _advances(home, dwelling)
        yield from paid
    meter = Meter.of(days)
    bills = []
    for period in found:
        lines = _lines(home.seed, meter, period, too_much.get(period, 0))
        bills.append(_bill(dwelling, lines, period, advances.get(period, 0)))
        if period in too_much:
            yield _beside(bills[-1], too_much[period])
    due = [bill for bill in bills if bill.due <= home.span.last and bill.cents]
    debited = [bill for bill in due if bill.cents > 0]
    twice = chance.pick(debited).id if debited and _TWICE in home.anomalies else ""
    yield from bills
    for bill in due:
        yield from _settled(bill, is_twice=bill.id == twice)


def mandate_of(dwelling: Dwelling) -> str:
    """What allows the supplier to debit the account."""
    return f"EE{dwelling.contract}"


def _beside(bill: Bill, too_much: int) -> Anomaly:
    worth = rounded(too_much, bill.lines[-1].price)
    sentence = f"the bill is for {too_much} kWh more than the meter measured"
    return Anomaly(kind=_BESIDE, about=(bill.id,), cents=worth, sentence=sentence)


def _settled(bill: Bill, *, is_twice: bool) -> Iterator[Event]:
    debit, settles = CREDITOR.settled(bill)
    yield from (debit, settles)
    if is_twice:
        again = CREDITOR.debit(f"{bill.id}-again", bill.cents, bill.due, bill.mandate, bill.number)
        yield again
        yield Anomaly(
            kind=_TWICE,
            about=(bill.id, debit.id, again.id),
            cents=bill.cents,
            sentence="one bill was debited twice",
        )


def _advances(home: Home, dwelling: Dwelling) -> tuple[list[Event], dict[Period, int]]:
    """Ten instalments a year of what it should cost; what of them goes off each yearly bill."""
    found: list[Event] = []
    paid: dict[Period, int] = {}
    for period in _periods(dwelling, _YEARLY):
        estimate = _estimate(home, dwelling, period[0])
        for rank, (month, end) in enumerate(months(*period)[:_ADVANCES], start=1):
            day = worked_from(month.replace(day=11))
            if month <= day <= end:
                paid[period] = paid.get(period, 0) + estimate
                found += _instalment(dwelling, day, estimate, f"ECH{rank:02}")
    return found, paid


def _instalment(dwelling: Dwelling, day: date, cents: int, reference: str) -> Iterator[Event]:
    cause = f"instalment-{dwelling.contract}-{day:%Y%m}"
    debit = CREDITOR.debit(cause, cents, day, mandate_of(dwelling), reference)
    yield Instalment(id=cause, supplier=SUPPLIER, day=day, cents=cents)
    yield debit
    yield Link(kind="settledBy", source=cause, target=debit.id)


def _estimate(home: Home, dwelling: Dwelling, day: date) -> int:
    """What an instalment is: by the surface, at the prices of the day, in whole euros."""
    prices = tariff_on(home.seed, day)
    yearly = rounded(dwelling.surface * 55 + 700 * len(home.people), prices.energy)
    return (yearly + 12 * prices.standing) // _ADVANCES // 100 * 100


def _periods(dwelling: Dwelling, every: int) -> tuple[Period, ...]:
    """What each bill is for: so many months, the last one as long as the household stays."""
    found = months(dwelling.first, dwelling.last)
    grouped = [found[place : place + every] for place in range(0, len(found), every)]
    return tuple((group[0][0], group[-1][1]) for group in grouped)


def _billed(home: Home, dwelling: Dwelling, every: int) -> tuple[Period, ...]:
    """Those whose bill comes before the time that is told of ends."""
    return tuple(one for one in _periods(dwelling, every) if _billed_on(one) <= home.span.last)


def _billed_on(period: Period) -> date:
    return period[1] + timedelta(days=_WAIT)


def _lines(seed: int, meter: Meter, period: Period, too_much: int) -> tuple[Line, ...]:
    """Standing charge and energy, a line for each price; what is too much is in the last one."""
    found: list[Line] = []
    for begin, end in _same_price(seed, *period):
        prices, told = tariff_on(seed, begin), f"du {begin:%d/%m/%Y} au {end:%d/%m/%Y}"
        used = meter.used(begin, end) + (too_much if end == period[1] else 0)
        standing = sum(share(prices.standing, *month) for month in months(begin, end))
        found.append(_line(f"Abonnement {told}", 1, "C62", standing * 100))
        found.append(_line(f"Consommation {told}", used, "KWH", prices.energy))
        found[-2:] = (replace(line, days=(begin, end)) for line in found[-2:])
    return tuple(found)


def _line(name: str, quantity: int, unit: str, price: int) -> Line:
    cents = rounded(quantity, price)
    return Line(name=name, quantity=quantity, unit=unit, price=price, cents=cents)


def _same_price(seed: int, first: date, last: date) -> Iterator[Period]:
    begin = first
    for month, end in months(first, last):
        after = following(month)
        if end == last or tariff_on(seed, after).since == after:
            yield begin, end
            begin = after


def _bill(dwelling: Dwelling, lines: tuple[Line, ...], period: Period, before: int) -> Bill:
    first, last = period
    day = _billed_on(period)
    return Bill(
        id=f"electricity-{dwelling.contract}-{first:%Y%m%d}",
        number=f"{dwelling.contract}{last:%y%m%d}",
        supplier=SUPPLIER,
        day=day,
        due=worked_from(day + timedelta(days=_DUE)),
        first=first,
        last=last,
        lines=lines,
        before=before,
        mandate=mandate_of(dwelling),
    )
