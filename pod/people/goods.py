"""Things that last: bought now and then by card, with an invoice, and guaranteed for two years."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pod.people.events import Bill, Event, Guarantee, Line, Link
from pod.people.everyday import card
from pod.people.groceries import gtin
from pod.people.home import Home
from pod.people.paid import Creditor

SUPPLIER: Final = "shop"
SELLER: Final = Creditor("Boutique Exemple", "FR90ZZZ901234", "equipment")
TAX = 20  # per cent
# What it is called, its GTIN without the check digit, and cents without tax.
_GOODS: Final = (
    ("Bouilloire inox 1,7 l", "304698201001", 2908),
    ("Aspirateur sans sac", "304698201002", 12492),
    ("Lave-linge 8 kg", "304698201003", 33325),
    ("Téléphone 128 Go", "304698201004", 24992),
    ("Casque sans fil", "304698201005", 6658),
    ("Perceuse à batterie", "304698201006", 7492),
    ("Four à micro-ondes", "304698201007", 8325),
    ("Imprimante", "304698201008", 10825),
)
_YEARLY = 3.0
_LASTS: Final = timedelta(days=60)
"""The least time until a thing is bought again."""
_REGISTERED = 4  # days, within which the person puts the guarantee into her vault
GUARANTEED: Final = 2
"""Years: the legal guarantee of conformity (Code de la consommation, L217-3)."""


def goods(home: Home) -> Iterator[Event]:
    """An invoice, its card payment and the end of its guarantee for each thing that was bought."""
    chance, bought = home.chance("goods"), dict[str, date]()
    for number in range(home.span.days):
        day = home.span.first + timedelta(days=number)
        if day.weekday() == 6 or not chance.happens(_YEARLY / 313):
            continue
        wanted = [one for one in _GOODS if day - bought.get(one[0], date.min) > _LASTS]
        name, stem, cents = chance.pick(wanted)
        bought[name] = day
        line = Line(
            name=name, quantity=1, unit="C62", price=cents * 100, cents=cents, gtin=gtin(stem)
        )
        bill = Bill(
            id=f"goods-{number}",
            number=f"B{home.number:05}-{number:05}",
            supplier=SUPPLIER,
            day=day,
            due=day,
            first=day,
            last=day,
            lines=(line,),
            tax=(cents * TAX + 50) // 100,
        )
        paid = card(bill.id, ("BOUTIQUE EXEMPLE", "equipment"), home, (day, chance), -bill.cents)
        guarantee = Guarantee(
            id=f"guarantee-{number}",
            bill=bill,
            day=day + timedelta(days=chance.below(_REGISTERED)),
            until=_years_after(day),
        )
        yield bill
        yield guarantee
        yield Link(kind="relatedTo", source=guarantee.id, target=guarantee.product)
        yield paid
        yield Link(kind="settledBy", source=bill.id, target=paid.id)


def _years_after(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    year = day.year + GUARANTEED
    return date(year, 2, 28) if is_leap_day else day.replace(year=year)
