"""An association that the person is a member of: its dues, which she transfers each January."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from pod.people.events import Dues, Event, Link, Payment
from pod.people.holidays import worked_from
from pod.people.home import Home

NAME: Final = "Les Jardins partagés"
_AMOUNTS: Final = (1500, 2000, 3500)


def club(home: Home) -> Iterator[Event]:
    """The dues of each year in which there is time to pay them."""
    chance, span = home.chance("club"), home.span
    number, cents = chance.between(10, 900), chance.pick(_AMOUNTS)
    for year in range(span.first.year, span.last.year + 1):
        day = worked_from(date(year, 1, chance.between(8, 24)))
        if not span.first <= day <= span.last:
            continue
        dues = Dues(id=f"dues-{year}", number=number, day=day, year=year, cents=cents)
        paid = Payment(
            id=f"paid-{dues.id}",
            day=day,
            cents=-cents,
            label=f"VIR SEPA LES JARDINS PARTAGES COTISATION {year}",
            party=NAME,
            nature="transfer",
            item="leisure",
            reference=f"ADH{number}-{year}",
        )
        yield from (dues, paid, Link(kind="settledBy", source=dues.id, target=paid.id))
