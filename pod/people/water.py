"""Water: what a meter shows each month, a bill every half year at the price of its day, and its
debit.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pod.people.chance import Chance
from pod.people.events import Bill, Event, Line, Link
from pod.people.events_besides import WaterReading
from pod.people.holidays import DAY, worked_from
from pod.people.home import Dwelling, Home
from pod.people.paid import Creditor
from pod.people.tariffs import months, rounded, share

SUPPLIER: Final = "water"
CREDITOR: Final = Creditor("Eau Exemple", "FR67ZZZ678901", "energy")
CUBIC_METRE: Final = "MTQ"
_EVERY = 6  # months in a bill
_WAIT, _DUE = 9, 15  # days
_FIRST_YEAR, _PRICE = 1999, 29_500  # hundredths of a cent for a m³
_STANDING = 455  # cents for a month
_DAILY = 118  # litres for each person at home


def meter_of(dwelling: Dwelling) -> str:
    """The number of the water meter, under which the supplier keeps the dwelling."""
    return f"8{dwelling.contract[1:]}-1"


def price(seed: int, day: date) -> int:
    """Hundredths of a cent for a m³ on a day, taxes included: it rises each 1 January."""
    chance, found = Chance(seed, "water"), _PRICE
    for _ in range(_FIRST_YEAR, day.year):
        found += chance.between(0, 900)
    return found


def water(home: Home, dwelling: Dwelling, gone: frozenset[date]) -> Iterator[Event]:
    """The months that are read, the bills of those that are billed, and their debits."""
    found = tuple(_readings(home, dwelling, gone))
    for place in range(0, len(found), _EVERY):
        several = found[place : place + _EVERY]
        billed_on = several[-1].last + timedelta(days=_WAIT)
        if billed_on <= home.span.last:
            yield from several
            yield from _billed(home, dwelling, several, billed_on)


def _readings(home: Home, dwelling: Dwelling, gone: frozenset[date]) -> Iterator[WaterReading]:
    chance, litres, shown = home.chance(f"water {dwelling.meter}"), 0, 0
    for first, last in months(dwelling.first, dwelling.last):
        days = (first + number * DAY for number in range((last - first).days + 1))
        at_home = sum(len(home.living(day)) for day in days if day not in gone)
        litres += at_home * _DAILY * chance.between(80, 120) // 100
        yield WaterReading(
            id=f"water-{dwelling.contract}-{first:%Y%m%d}",
            meter=meter_of(dwelling),
            first=first,
            last=last,
            volume=litres // 1000 - shown,
        )
        shown = litres // 1000


def _billed(
    home: Home, dwelling: Dwelling, several: tuple[WaterReading, ...], day: date
) -> Iterator[Event]:
    first, last = several[0].first, several[-1].last
    volume, mandate = sum(one.volume for one in several), f"EA{dwelling.contract}"
    standing = sum(share(_STANDING, one.first, one.last) for one in several)
    bill = Bill(
        id=f"bill-water-{dwelling.contract}-{last:%Y%m%d}",
        number=f"E{dwelling.contract}{last:%y%m%d}",
        supplier=SUPPLIER,
        day=day,
        due=worked_from(day + timedelta(days=_DUE)),
        first=first,
        last=last,
        lines=(
            _line("Abonnement eau", 1, "C62", standing * 100),
            _line("Consommation eau", volume, CUBIC_METRE, price(home.seed, first)),
        ),
        mandate=mandate,
    )
    yield bill
    for one in several:
        yield Link(kind="invoicedIn", source=one.id, target=bill.id)
    if bill.due <= home.span.last:
        yield from CREDITOR.settled(bill)


def _line(name: str, quantity: int, unit: str, price: int) -> Line:
    cents = rounded(quantity, price)
    return Line(name=name, quantity=quantity, unit=unit, price=price, cents=cents)
