"""What services have to find of energy, rides and what they emit."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pod.people import electricity, gas
from pod.people.curve import Day
from pod.people.files.written import euros
from pod.people.life import Life
from pod.people.tariffs import tariff_on, tariffs
from pod.people.truths import CAR, ELECTRICITY, GAS, Answer, kilometres


def month_of(day: date) -> str:
    return day.isoformat()[: len("2024-03")]


def year_of(day: date) -> str:
    return day.isoformat()[: len("2024")]


def kwh(halves: int) -> str:
    """The kWh of so many halves of a Wh, exactly."""
    return f"{halves * 5 // 10_000}.{halves * 5 % 10_000:04}"


def _days(life: Life) -> Iterable[Day]:
    return (day for _, days in life.meters for day in days)


def energy_by(life: Life, by: Callable[[date], str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for day in _days(life):
        found[by(day.day)] += day.watt_hours
    return dict(sorted(found.items()))


def prices(life: Life) -> list[Answer]:
    """The prices of electricity in force: euros for a kWh and for a month."""
    span = life.home.span
    since = tariff_on(life.home.seed, span.first).since
    return [
        {
            "since": one.since.isoformat(),
            "kWh": f"{one.energy // 10_000}.{one.energy % 10_000:04}",
            "month": euros(one.standing),
        }
        for one in tariffs(life.home.seed, span.last.year)
        if since <= one.since <= span.last
    ]


def carbon_by_year(life: Life) -> Answer:
    """The kg CO2e of each year, to the gram."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for year, halves in energy_by(life, year_of).items():
        found[year] += Decimal(halves) / electricity.KWH * ELECTRICITY
    for reading in life.gas:
        found[year_of(reading.first)] += reading.energy * GAS
    for ride in life.rides:
        found[year_of(ride.day)] += kilometres(ride) * CAR
    return {year: _to_the_gram(kg) for year, kg in sorted(found.items())}


def journeys(life: Life) -> Answer:
    """The rides of each month: how many, how far, how long, for how much, and their kg CO2e."""
    months = sorted({month_of(one.day) for one in life.rides})
    found: Answer = {}
    for month in months:
        several = [one for one in life.rides if month_of(one.day) == month]
        far = sum(map(kilometres, several), Decimal(0))
        found[month] = {
            "rides": len(several),
            "km": f"{far.normalize():f}",
            "minutes": sum((one.end - one.start).seconds // 60 for one in several),
            "paid": euros(sum(one.cents for one in several)),
            "kgCO2e": _to_the_gram(far * CAR),
        }
    return found


def bills_and_carbon(life: Life) -> list[Answer]:
    """Each bill for energy: its kWh, what it is worth and its kg CO2e."""
    factors = {electricity.SUPPLIER: ELECTRICITY, gas.SUPPLIER: GAS}
    return [
        {
            "number": bill.number,
            "kWh": bill.energy,
            "worth": euros(bill.worth),
            "kgCO2e": _to_the_gram(bill.energy * factors[bill.supplier]),
        }
        for bill in life.bills
        if bill.supplier in factors
    ]


def _to_the_gram(kilograms: Decimal) -> str:
    return str(kilograms.quantize(Decimal("0.001"), ROUND_HALF_UP))
