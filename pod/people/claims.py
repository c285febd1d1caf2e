"""Claims to the insurer, and what it pays for them in a transfer some weeks later."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from pod.people.cover import INSURER
from pod.people.events import Cover, Event, Link, Payment
from pod.people.events_besides import Claim
from pod.people.everyday import at
from pod.people.holidays import worked_from
from pod.people.home import Home

_YEARLY = 0.7
_SETTLED: Final = (18, 60)  # days
_WORTH: Final = (18_000, 139_000)
"""Cents: more than any care brings back, so that none is taken for the other."""


def claims(home: Home, covers: Iterable[Cover]) -> Iterator[Event]:
    """What happened to a home or a car that was insured on that day, and its compensation."""
    chance, span, known = home.chance("claims"), home.span, tuple(covers)
    for number in range(span.days):
        if not chance.happens(_YEARLY / 365):
            continue
        day = span.first + timedelta(days=number)
        cover = chance.pick([one for one in known if _is_for(one, home, day)])
        claim = Claim(
            id=f"claim-{number}",
            number=f"S{day:%y}{home.number:05}{number:05}",
            happened=at(day, chance.between(6 * 60, 22 * 60)),
            city=home.dwelling(day).city,
            plate=cover.plate,
            dwelling=cover.dwelling,
        )
        yield claim
        paid = worked_from(day + timedelta(days=chance.between(*_SETTLED)))
        yield from _compensated(claim, chance.between(*_WORTH), paid)


def _is_for(one: Cover, home: Home, day: date) -> bool:
    if one.dwelling is None:
        return one.start <= day
    return home.dwellings[one.dwelling] == home.dwelling(day)


def _compensated(claim: Claim, cents: int, day: date) -> Iterator[Event]:
    name = INSURER.name.upper()
    paid = Payment(
        id=f"paid-{claim.id}",
        day=day,
        cents=cents,
        label=f"VIR SEPA {name} INDEMNISATION SINISTRE {claim.number}",
        party=INSURER.name,
        nature="transfer",
        item=INSURER.item,
        reference=claim.number,
    )
    yield paid
    yield Link(kind="settledBy", source=claim.id, target=paid.id)
