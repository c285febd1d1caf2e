"""Savings: a transfer every month to a booklet at another bank, and its interest at year's end."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from pod.people.events import Event, Link, Payment
from pod.people.holidays import worked_from
from pod.people.home import Home
from pod.people.tariffs import months

ACCOUNT: Final = "savings"
_RATE = 24  # hundredths of a per cent each month


def savings(home: Home) -> Iterator[Event]:
    """What leaves the account and reaches the booklet, and its interest."""
    chance = home.chance("savings")
    kept = sum(home.wages) - home.dwellings[0].rent - 60_000 - 25_000 * len(home.people)
    monthly = max(kept * chance.between(50, 85) // 100 // 1000 * 1000, 2000)
    saved = interest = 0
    for first, end in months(home.span.first, home.span.last):
        day = worked_from(first.replace(day=8))
        if first <= day <= end:
            yield from _moved(day, monthly)
            saved += monthly
        interest += saved * _RATE // 10_000
        if first.month == 12 and end.day == 31 and interest:
            yield _interest(end, interest)
            saved, interest = saved + interest, 0


def _moved(day: date, cents: int) -> Iterator[Event]:
    out = Payment(
        id=f"saved-{day:%Y%m}",
        day=day,
        cents=-cents,
        label="VIR SEPA LIVRET EXEMPLE",
        party="Livret Exemple",
        nature="transfer",
        item="savings",
        reference=f"LIVRET-{day:%Y%m}",
    )
    into = Payment(
        id=f"saved-{day:%Y%m}-in",
        day=day,
        cents=cents,
        label="VIR COMPTE COURANT",
        party="",
        nature="transfer",
        item="savings",
        account=ACCOUNT,
    )
    yield from (out, into, Link(kind="transfer", source=out.id, target=into.id))


def _interest(day: date, cents: int) -> Payment:
    return Payment(
        id=f"interest-{day:%Y}",
        day=day,
        cents=cents,
        label=f"INTERETS CREDITEURS {day:%Y}",
        party="",
        nature="interest",
        item="income",
        account=ACCOUNT,
    )
