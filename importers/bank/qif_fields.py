"""Splits of QIF."""

from collections.abc import Iterable
from decimal import Decimal

from importers.cells import amount


def adds_up(total: Decimal, splits: Iterable[str]) -> bool:
    """Whether the amounts of the splits can be read and make the amount of the movement."""
    try:
        return sum(map(amount, splits), Decimal(0)) == total
    except ValueError:
        return False
