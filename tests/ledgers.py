"""What is true of a household's money, counted from what happened to it and from no file."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from pod.people.events import Payment
from pod.people.life import Life

Sums = Mapping[str, Mapping[str, Decimal]]


def moved(life: Life) -> frozenset[str]:
    """The payments that only change accounts, by their ids."""
    pairs = (link for link in life.links if link.kind == "transfer")
    return frozenset(side for link in pairs for side in (link.source, link.target))


def payments(life: Life) -> tuple[Payment, ...]:
    """Everything that was booked on any account, but for moves between them."""
    apart = moved(life)
    booked = (entry.payment for account in life.accounts for entry in account.entries)
    return tuple(one for one in booked if one.id not in apart)


def by_month_and_item(life: Life) -> Sums:
    """What came in or, below zero, went out, by month ("2026-03") and item."""
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in payments(life):
        found[f"{one.day:%Y-%m}"][one.item] += Decimal(one.cents) / 100
    return {month: dict(sums) for month, sums in found.items()}
