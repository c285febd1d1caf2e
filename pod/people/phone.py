"""A mobile phone: calls and texts, and a bill a month, with what the plan does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pod.people.events import Anomaly, Bill, Call, Event, Line, Link
from pod.people.everyday import at
from pod.people.holidays import worked_from
from pod.people.home import FAMILY, GIVEN, Home
from pod.people.paid import Creditor
from pod.people.tariffs import months, rounded

SUPPLIER: Final = "phone"
CREDITOR: Final = Creditor("Telecom Exemple", "FR34ZZZ345678", "telecom")
CHARGED: Final = "33899"
"""What numbers begin with that the plan does not hold."""
MINUTE: Final = 80
"""Cents for a minute that the plan does not hold, tax in it."""
_MINUTE = 6667  # hundredths of a cent, without tax
_FRIENDS = 12
_RISE: Final = "unannounced-price-rise"
TAX = 20  # per cent


@dataclass(frozen=True, slots=True)
class Friend:
    """Somebody whom the person calls."""

    given: str
    family: str
    number: str


def friends(home: Home) -> tuple[Friend, ...]:
    """Those in her address book, who are called the more often the earlier they stand."""
    chance = home.chance("friends")
    return tuple(
        Friend(chance.pick(GIVEN), chance.pick(FAMILY), f"336000{chance.between(10_000, 99_999)}")
        for _ in range(_FRIENDS)
    )


def phone(home: Home) -> Iterator[Event]:
    """The calls, and a bill for each month that has ended some days before."""
    calls = tuple(_calls(home))
    yield from calls
    yield from _bills(home, calls)


def number_of(home: Home) -> str:
    """The number of the person's line, one that nobody has."""
    return f"3360000{home.number % 10_000:04}"


def _calls(home: Home) -> Iterator[Call]:
    chance = home.chance("calls")
    known, special = [one.number for one in friends(home)], CHARGED + "000123"
    for number in range(home.span.days):
        day = home.span.first + timedelta(days=number)
        for rank in range(chance.below(4)):
            is_charged = chance.happens(0.02)
            partner = known[chance.below(1 + chance.below(len(known)))]
            is_text = not is_charged and chance.happens(0.45)
            yield Call(
                id=f"call-{number}-{rank}",
                start=at(day, chance.between(7 * 60, 22 * 60)) + timedelta(seconds=rank),
                partner=special if is_charged else partner,
                seconds=0 if is_text else chance.between(8, 1500 // (1 + 2 * is_charged)),
                is_outgoing=is_charged or chance.happens(0.6),
                is_charged=is_charged,
            )


def _bills(home: Home, calls: tuple[Call, ...]) -> Iterator[Event]:
    chance, span = home.chance("phone"), home.span
    price, mandate = chance.pick((1249, 1666, 2083)), f"TE{chance.digits(9)}"
    billed = [one for one in months(span.first, span.last) if _billed_on(one) <= span.last]
    rises = chance.pick(billed[1:]) if len(billed) > 1 and _RISE in home.anomalies else None
    extra = chance.pick((166, 250))
    for month in billed:
        is_rise = month == rises
        price += extra if is_rise else 0
        bill = _bill(home, month, _lines(month, price, calls), mandate)
        yield bill
        if is_rise:
            yield _rise(bill, extra)
        if bill.due <= span.last:
            debit = CREDITOR.debit(bill.id, bill.cents, bill.due, mandate, bill.number)
            yield debit
            yield Link(kind="settledBy", source=bill.id, target=debit.id)


def _billed_on(month: tuple[date, date]) -> date:
    return month[1] + timedelta(days=3)


def _rise(bill: Bill, extra: int) -> Anomaly:
    taxed = extra + (extra * TAX + 50) // 100
    sentence = "the plan costs more from this month on, and nobody said so"
    return Anomaly(kind=_RISE, about=(bill.id,), cents=taxed, sentence=sentence)


def _lines(month: tuple[date, date], price: int, calls: tuple[Call, ...]) -> tuple[Line, ...]:
    first, last = month
    plan = _line(f"Forfait mobile {first:%m/%Y}", 1, "C62", price * 100)
    begin, end = at(first, 0), at(last + timedelta(days=1), 0)
    minutes = sum(c.minutes for c in calls if c.is_charged and begin <= c.start < end)
    if not minutes:
        return (plan,)
    return plan, _line("Communications hors forfait", minutes, "MIN", _MINUTE)


def _bill(home: Home, month: tuple[date, date], lines: tuple[Line, ...], mandate: str) -> Bill:
    first, last = month
    day = _billed_on(month)
    return Bill(
        id=f"phone-{first:%Y%m}",
        number=f"T{home.number:05}{first:%y%m}",
        supplier=SUPPLIER,
        day=day,
        due=worked_from(day + timedelta(days=9)),
        first=first,
        last=last,
        lines=lines,
        tax=(sum(line.cents for line in lines) * TAX + 50) // 100,
        mandate=mandate,
    )


def _line(name: str, quantity: int, unit: str, price: int) -> Line:
    cents = rounded(quantity, price)
    return Line(name=name, quantity=quantity, unit=unit, price=price, cents=cents)
