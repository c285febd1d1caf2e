"""What services have to find that goes by open data, or by what the person wants, too.

What is not of the household stands here and in the query as an example: an application brings its
own.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pod.people import electricity, gas
from pod.people.events import Bill, Line, Ride
from pod.people.files.written import euros
from pod.people.life import Life
from pod.people.services_money import left_by_month
from pod.people.services_person import means_of
from pod.people.truths import CAR, ELECTRICITY, GAS, Answer, kilometres

_APPLIANCE: Final = (60, 8)
"""Watts, and hours of a day on which it could be off."""
_LOST: Final = {14: 2, 15: 4, 16: 9, 17: 12, 18: 7, 19: 3, 20: 1}
"""Minutes that traffic takes of a ride, by the hour (UTC) in which it begins; 0 in all others."""
_WEIGHTS: Final = (0, 1, 10)
"""Euros that the person would give for a kg CO2e less."""


def appliance_off(life: Life) -> Answer:
    """What an appliance takes on the days that are billed: kWh, euros and kg CO2e."""
    watts, hours = _APPLIANCE
    daily = Decimal(watts * hours) / 1000
    days = [(_days(bill, line), line.price) for bill, line in _energy(life, electricity.SUPPLIER)]
    used = daily * sum(count for count, _ in days)
    return {
        "watts": watts,
        "hours": hours,
        "kWh": _plain(used),
        "worth": _plain(sum((daily * n * _euros(price) for n, price in days), Decimal(0))),
        "kgCO2e": _plain(used * ELECTRICITY),
    }


def prices_applied(life: Life) -> list[Answer]:
    """The price of each bill for electricity, and what it would cost at the lowest of them."""
    lines = list(_energy(life, electricity.SUPPLIER))
    lowest = min((line.price for _, line in lines), default=0)
    return [
        {
            "number": bill.number,
            "from": (line.days or (bill.first, bill.last))[0].isoformat(),
            "price": _plain(_euros(line.price)),
            "total": euros(line.cents),
            "atLowest": _plain(line.quantity * _euros(lowest)),
        }
        for bill, line in lines
    ]


def score(life: Life) -> Answer:
    """In how many months more came in than went out, of 100: one that needs nobody else's data."""
    left = left_by_month(life).values()
    black = sum(1 for cents in left if cents > 0)
    return {"months": len(left), "inTheBlack": black, "score": 100 * black // max(len(left), 1)}


def rides_earlier(life: Life) -> Answer:
    """The rides that would have been shorter an hour earlier, and by how many minutes."""
    gains = [gain for ride in life.rides if (gain := _gain(ride)) > 0]
    return {"rides": len(gains), "minutes": sum(gains)}


def _gain(ride: Ride) -> int:
    hour = ride.start.hour
    return _LOST.get(hour, 0) - _LOST.get(hour - 1, 0)


def to_work_on(life: Life) -> Answer:
    """The subject with the lowest mean in the last term."""
    terms = means_of(life)
    if not terms:
        return {}
    mean, name = min((mean, name) for name, mean in terms[max(terms)].items())
    return {"subject": name, "mean": euros(mean)}


def posts_by_choice(life: Life) -> Answer:
    """What each post costs with its kg CO2e at a price, the dearest first, by that price."""
    posts = dict(_posts(life))
    found: Answer = {}
    for weight in _WEIGHTS:
        scores = {post: cost + weight * carbon for post, (cost, carbon) in posts.items()}
        ordered = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
        found[str(weight)] = {post: _plain(value) for post, value in ordered}
    return found


def _posts(life: Life) -> Iterator[tuple[str, tuple[Decimal, Decimal]]]:
    """What was paid for each post, and the kg CO2e of it."""
    for supplier, post, factor in (
        (electricity.SUPPLIER, "electricity", ELECTRICITY),
        (gas.SUPPLIER, "gas", GAS),
    ):
        bills = [bill for bill in life.bills if bill.supplier == supplier]
        if bills:
            used = sum(bill.energy for bill in bills)
            yield post, (_cents(sum(bill.worth for bill in bills)), used * factor)
    if life.rides:
        far = sum(map(kilometres, life.rides), Decimal(0))
        yield "car", (_cents(sum(ride.cents for ride in life.rides)), far * CAR)


def _energy(life: Life, supplier: str) -> Iterator[tuple[Bill, Line]]:
    """The lines for energy of the bills of a supplier."""
    for bill in life.bills:
        if bill.supplier == supplier:
            yield from ((bill, line) for line in bill.lines if line.unit == "KWH")


def _days(bill: Bill, line: Line) -> int:
    first, last = line.days or (bill.first, bill.last)
    return (last - first).days + 1


def _euros(price: int) -> Decimal:
    """A price in hundredths of a cent."""
    return Decimal(price) / 10_000


def _cents(cents: int) -> Decimal:
    return Decimal(cents) / 100


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
