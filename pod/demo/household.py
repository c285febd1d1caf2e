"""What happens in a synthetic household: facts, before any holder writes them down."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
CENT = Decimal("0.01")
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the bank account; `amount` in euro, negative when money leaves."""

    day: date
    amount: Decimal
    label: str
    party: str
    code: str
    mandate: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One call or text; `seconds` is 0 for a text."""

    start: datetime
    partner: str
    seconds: int
    outgoing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """One year of a household: `load` is the mean power in W of each half hour, in order."""

    name: str
    first: date
    days: int
    opening: Decimal
    movements: tuple[Movement, ...]
    load: tuple[int, ...]
    calls: tuple[Call, ...]
    energy_instalment: Decimal
    insurance_premium: Decimal

    @property
    def midnight(self) -> datetime:
        """The start of the first day, in UTC."""
        return datetime.combine(self.first, datetime.min.time(), PARIS).astimezone(UTC)


SHOPS = (
    ("EPICERIE DU MARCHE LYON", 8, 60),
    ("BOULANGERIE DES TILLEULS", 2, 9),
    ("LIBRAIRIE DES ECOLES", 9, 40),
    ("CAFE DE LA PLACE", 3, 15),
    ("TRANSPORTS LYONNAIS", 2, 10),
    ("PHARMACIE DU PONT", 5, 30),
)
FRIENDS = ("33600000101", "33600000102", "33600000103", "33400000104")


def household(first: date, days: int, lines: int, seed: int) -> Household:
    """The facts of `days` days from `first`, with about `lines` movements at the bank."""
    chance = Random(seed)  # noqa: S311 - made-up data, not a secret
    instalment, premium = Decimal("69.00"), Decimal("18.90")
    movements = _regular(first, days, instalment, premium)
    while len(movements) < lines:
        shop, low, high = chance.choice(SHOPS)
        day = first + timedelta(days=chance.randrange(days))
        amount = -Decimal(chance.randint(low * 100, high * 100)) / 100
        movements.append(Movement(day, amount, f"CB {shop} {day:%d/%m}", shop.title(), "card"))
    return Household(
        name="Camille Exemple",
        first=first,
        days=days,
        opening=Decimal("1250.00"),
        movements=tuple(sorted(movements, key=lambda m: (m.day, m.label, m.amount))),
        load=tuple(_load(first, days, chance)),
        calls=tuple(_calls(first, days, chance)),
        energy_instalment=instalment,
        insurance_premium=premium,
    )


def _regular(first: date, days: int, instalment: Decimal, premium: Decimal) -> list[Movement]:
    found = []
    for offset in range(days):
        day = first + timedelta(days=offset)
        if day.day == 2:
            found.append(Movement(day, Decimal("2150.00"), "VIR SALAIRE", "Atelier Durand", "in"))
        if day.day == 5:
            label = "PRLV SEPA ENERGIE EXEMPLE"
            found.append(
                Movement(day, -instalment, label, "Energie Exemple", "debit", "RUM-EE-0001")
            )
        if day.day == 6:
            label = "PRLV SEPA MUTUELLE EXEMPLE"
            found.append(Movement(day, -premium, label, "Mutuelle Exemple", "debit", "RUM-ME-0001"))
        if day.day == 8:
            label = "PRLV SEPA TELECOM EXEMPLE"
            amount = Decimal("-15.99")
            found.append(Movement(day, amount, label, "Telecom Exemple", "debit", "RUM-TE-0001"))
    return found


def _load(first: date, days: int, chance: Random) -> list[int]:
    """Elapsed half hours, so that the days of clock change have 46 or 50 of them."""
    start = datetime.combine(first, datetime.min.time(), PARIS).astimezone(UTC)
    end = datetime.combine(first + timedelta(days=days), datetime.min.time(), PARIS)
    values, here, stop = [], start, end.astimezone(UTC)
    while here < stop:
        local = here.astimezone(PARIS)
        winter = 1 + math.cos((local.timetuple().tm_yday - 15) / 365 * 2 * math.pi)
        evening = 900 if 18 <= local.hour < 22 else 250 if 7 <= local.hour < 9 else 0
        values.append(round(140 + 320 * winter + evening + chance.uniform(0, 180)))
        here += HALF_HOUR
    return values


def _calls(first: date, days: int, chance: Random) -> list[Call]:
    found = []
    for offset in range(0, days, 2):
        day = datetime.combine(first + timedelta(days=offset), datetime.min.time(), UTC)
        start = day + timedelta(seconds=chance.randrange(8 * 3600, 20 * 3600))
        seconds = 0 if chance.random() < 0.5 else chance.randint(20, 1200)
        found.append(Call(start, chance.choice(FRIENDS), seconds, chance.random() < 0.6))
    return found
