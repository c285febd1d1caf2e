"""What is bought at the grocer's, by weekly receipts that are paid by card."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from pod.people.chance import Chance
from pod.people.events import Event, Line, Link, Points, Receipt
from pod.people.everyday import at, card
from pod.people.home import Home
from pod.people.tariffs import rounded

SHOP: Final = ("EPICERIE DU MARCHE", "food")
_VOUCHER = 500  # points
# What it is called, its GTIN without the check digit, and what it costs in cents.
_GOODS: Final = (
    ("Café moulu 250 g", "304698101001", 379),
    ("Thé vert 20 sachets", "304698101002", 245),
    ("Riz rond 1 kg", "304698101003", 219),
    ("Pâtes 500 g", "304698101004", 129),
    ("Farine de blé 1 kg", "304698101005", 115),
    ("Huile d'olive 75 cl", "304698101006", 899),
    ("Lait demi-écrémé 1 l", "304698101007", 112),
    ("Beurre doux 250 g", "304698101008", 265),
    ("Yaourts nature x8", "304698101009", 189),
    ("Comté 200 g", "304698101010", 449),
    ("Œufs plein air x12", "304698101011", 389),
    ("Pommes 1 kg", "304698101012", 269),
    ("Tomates 1 kg", "304698101013", 349),
    ("Carottes 1 kg", "304698101014", 159),
    ("Poulet fermier", "304698101015", 1190),
    ("Saumon 2 pavés", "304698101016", 899),
    ("Jambon 4 tranches", "304698101017", 345),
    ("Pois chiches 400 g", "304698101018", 99),
    ("Chocolat noir 100 g", "304698101019", 189),
    ("Miel 500 g", "304698101020", 620),
    ("Jus d'orange 1 l", "304698101021", 229),
    ("Eau minérale x6", "304698101022", 329),
    ("Lessive 2 l", "304698101023", 995),
    ("Papier toilette x8", "304698101024", 449),
    ("Savon x3", "304698101025", 319),
)
_FOR_THE_BABY: Final = (
    ("Couches taille 2 x40", "304698102001", 1290),
    ("Lait infantile 800 g", "304698102002", 1690),
    ("Petits pots x4", "304698102003", 449),
)


def gtin(stem: str) -> str:
    """Twelve figures with their check digit (GS1 General Specifications, 7.9)."""
    weighted = sum(int(figure) * (3 if rank % 2 else 1) for rank, figure in enumerate(stem))
    return f"{stem}{-weighted % 10}"


def groceries(home: Home, gone: frozenset[date]) -> Iterator[Event]:
    """A receipt a week, or two, and its card payment, when somebody is at home."""
    chance, number, held = home.chance("groceries"), 100 + home.number, home.number % _VOUCHER
    for offset in range(home.span.days):
        day = home.span.first + timedelta(days=offset)
        likely = 0.8 if day.weekday() == 5 else 0.12 if day.weekday() < 5 else 0
        if chance.happens(likely) and day not in gone:
            number += chance.between(40, 900)
            for event in _bought(home, chance, day, number):
                yield event
                if isinstance(event, Receipt):
                    held += event.cents // 100
                    yield from _earned(event, held)
                    held -= _VOUCHER if held >= _VOUCHER else 0


def _earned(receipt: Receipt, held: int) -> Iterator[Event]:
    """A point a euro; when there are enough, they are changed into a voucher at once."""
    earned = Points(
        id=f"points-{receipt.number}",
        day=receipt.day,
        label="Achat",
        points=receipt.cents // 100,
        balance=held,
    )
    yield earned
    yield Link(kind="relatedTo", source=earned.id, target=receipt.id)
    if held >= _VOUCHER:
        yield Points(
            id=f"voucher-{receipt.number}",
            day=receipt.day,
            label="Bon d'achat",
            points=-_VOUCHER,
            balance=held - _VOUCHER,
        )


def _bought(home: Home, chance: Chance, day: date, number: int) -> Iterator[Event]:
    has_baby = home.baby is not None and home.baby <= day
    goods = [*_GOODS, *(_FOR_THE_BABY * 3 if has_baby else ())]
    count = chance.between(3, 8 + 2 * len(home.living(day)))
    names = list(dict.fromkeys(chance.pick(goods) for _ in range(count)))
    dearer = 100 + 2 * (day.year - home.span.first.year)
    lines = tuple(_line(chance, name, stem, cents * dearer) for name, stem, cents in names)
    receipt = Receipt(
        id=f"receipt-{number}",
        number=number,
        day=day,
        at=at(day, chance.between(9 * 60, 19 * 60)),
        lines=lines,
    )
    yield receipt
    paid = replace(card(receipt.id, SHOP, home, (day, chance), -receipt.cents), at=receipt.at)
    yield paid
    yield Link(kind="settledBy", source=receipt.id, target=paid.id)


def _line(chance: Chance, name: str, stem: str, price: int) -> Line:
    quantity = 1 + chance.below(3) // 2
    # Shelf prices are whole cents.
    price = (price + 50) // 100 * 100
    gross = rounded(quantity, price)
    discount = gross // 5 if chance.happens(0.05) else 0
    return Line(
        name=name,
        quantity=quantity,
        unit="C62",
        price=price,
        cents=gross - discount,
        gtin=gtin(stem),
        discount=discount,
    )
