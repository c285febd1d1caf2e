"""What comes in and goes out every month, and what is paid by card."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Final

from pod.people.chance import Chance
from pod.people.events import Event, Link, Payment, Payslip
from pod.people.holidays import DAY, is_summer_time, worked_from
from pod.people.home import Home
from pod.people.tariffs import following, months, share

# The shop and its item in a budget, what is spent there from and to in cents, how often a week.
SHOPS: Final = (
    (("BOULANGERIE DES TILLEULS", "food"), 140, 980, 2.2),
    (("LIBRAIRIE DES ECOLES", "leisure"), 690, 4200, 0.25),
    (("CAFE DE LA PLACE", "leisure"), 180, 1650, 1.1),
    (("PHARMACIE DU PONT", "health"), 320, 3800, 0.3),
    (("STATION DU ROND POINT", "transport"), 3000, 8200, 0.5),
    (("QUINCAILLERIE DU CENTRE", "equipment"), 450, 9800, 0.2),
)
_ALLOWANCE = 19316  # cents
_GROSS = 136  # per cent of what is paid
_CONTRIBUTIONS = 221  # per mille of the gross
_RISE = (101, 104)  # per cent, each January


def at(day: date, minutes: int) -> datetime:
    """The instant of a time of day in France, told in minutes from midnight, in UTC."""
    offset = 120 if is_summer_time(day) else 60
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes - offset)


def monthly(home: Home) -> Iterator[Event]:
    """Wages, rent, and what the family fund gives for a baby."""
    chance, year, wages = home.chance("wages"), home.span.first.year, list(home.wages)
    for first, last in months(home.span.first, home.span.last):
        if first.year != year:
            year, wages = first.year, [w * chance.between(*_RISE) // 100 for w in wages]
        for rank, wage in enumerate(wages):
            day = worked_from(last.replace(day=28))
            if first <= day <= home.span.last:
                paid = _wage(home, rank, (first, day), wage)
                yield paid
                if rank == 0:
                    yield from _payslip(paid, first)
        yield from _rent(home, first, last)
        yield from _allowance(home, first)


def _payslip(paid: Payment, first: date) -> Iterator[Event]:
    """What the employer says of a wage; the tax is what contributions leave above it."""
    gross = paid.cents * _GROSS // 100
    contributions = gross * _CONTRIBUTIONS // 1000
    one = Payslip(
        id=f"payslip-{first:%Y%m}",
        number=f"BP-{first:%Y-%m}",
        day=paid.day,
        first=first,
        last=following(first) - DAY,
        gross=gross,
        contributions=contributions,
        tax=gross - contributions - paid.cents,
    )
    yield one
    yield Link(kind="settledBy", source=one.id, target=paid.id)


def _wage(home: Home, rank: int, when: tuple[date, date], cents: int) -> Payment:
    """What is paid for a month that begins on the first of two days, on the second one.

    A February may be paid in March.
    """
    (month, day), name = when, home.people[rank].given.upper()
    return Payment(
        id=f"wage-{rank}-{month:%Y%m}",
        day=day,
        cents=cents,
        label=f"VIR SEPA ATELIER DURAND SALAIRE {name} {month:%m/%Y}",
        party="Atelier Durand",
        nature="transfer",
        item="income",
        reference=f"PAIE-{month:%Y-%m}-{rank + 1}",
    )


def _rent(home: Home, first: date, last: date) -> Iterator[Payment]:
    """On the fifth, for the whole month; where the household comes later, for what is left."""
    for dwelling in home.dwellings:
        begin, end = max(first, dwelling.first), min(last, dwelling.last)
        day = worked_from(max(begin, first.replace(day=5)))
        if begin <= end and day <= home.span.last:
            cents = share(dwelling.rent, begin, end) if begin.day > 1 else dwelling.rent
            yield Payment(
                id=f"rent-{dwelling.contract}-{first:%Y%m}",
                day=day,
                cents=-cents,
                label=f"VIR SEPA REGIE DU PARC LOYER {first:%m/%Y}",
                party="Regie du Parc",
                nature="transfer",
                item="housing",
                reference=f"LOYER-{first:%Y-%m}",
            )


def _allowance(home: Home, first: date) -> Iterator[Payment]:
    """On the fifth of each month after the birth."""
    day = worked_from(first.replace(day=5))
    if home.baby and home.baby < first and day <= home.span.last:
        yield Payment(
            id=f"allowance-{first:%Y%m}",
            day=day,
            cents=_ALLOWANCE,
            label=f"VIR SEPA CAF EXEMPLE PAJE {first:%m/%Y}",
            party="Caf Exemple",
            nature="transfer",
            item="income",
            reference=f"CAF-{first:%Y-%m}",
        )


def shopping(home: Home, gone: frozenset[date], others: frozenset[int]) -> Iterator[Payment]:
    """Card payments in shops that give no receipt, of other amounts than `others`, in cents.

    So whoever looks for the payment of a receipt by its amount finds one.
    """
    chance = home.chance("shops")
    for number in range(home.span.days):
        day = home.span.first + timedelta(days=number)
        for rank, (shop, least, most, weekly) in enumerate(SHOPS):
            if day not in gone and chance.happens(weekly / 7):
                cause = f"shop-{number}-{rank}"
                free = (n for n in count(chance.between(least, most)) if n not in others)
                yield card(cause, shop, home, (day, chance), -next(free))


def card(
    cause: str, shop: tuple[str, str], home: Home, when: tuple[date, Chance], cents: int
) -> Payment:
    """A card payment in a shop, told with its item; it is booked a day later or more."""
    (name, item), (day, chance) = shop, when
    city = home.dwelling(day).city.upper()
    return Payment(
        id=f"card-{cause}",
        day=worked_from(day + chance.between(1, 2) * DAY),
        cents=cents,
        label=f"CB {name} {city} {day:%d/%m}",
        party=name.title(),
        nature="card",
        item=item,
        at=at(day, chance.between(8 * 60, 20 * 60)),
    )
