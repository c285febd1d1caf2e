"""The rows that a query finds, and what stands in one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

Row = Mapping[str, str]
"""The values of one row by the names of the variables; what is not bound is not there."""


def number(row: Row, name: str) -> Decimal | None:
    """A number of a row; None where none is there, or it is none."""
    try:
        value = Decimal(row[name])
    except (KeyError, InvalidOperation):
        return None
    return value if value.is_finite() else None


def day(row: Row, name: str) -> date | None:
    """The civil day of a date or a time of a row; None where none is there, or it is none."""
    try:
        return date.fromisoformat(row[name][:10])
    except (KeyError, ValueError):
        return None
