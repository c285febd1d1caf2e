"""Numbers and moments as devices write them: many of them, so by the shortest way."""

import re
from datetime import UTC, datetime
from decimal import Decimal

from importers.units import plain

# Devices write binary fractions out in full, Garmin degrees with 30 places, and the smallest
# of them with an exponent.
_NUMBER = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{1,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,2})?", re.ASCII)
_SMALLEST = -30
_COMMA = (
    "this is not a number as the device writes it: if a program saved the file anew, download it "
    "again"
)


def figure(text: str) -> Decimal:
    """A number with a full stop, exactly as written: `61`, `.5`, `0.00041666666666666664`, `1e-05`.

    Raises ValueError for anything else: there are no thousands marks in what devices write.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(_COMMA if "," in text else "this is not a number")
    value = Decimal(text)
    if not _SMALLEST <= value.adjusted() <= -_SMALLEST:
        raise ValueError("this number is out of any range")
    return value


def seconds_of(value: Decimal) -> int:
    """A duration in whole seconds, as records keep it; halves go to the even second."""
    return int(value.to_integral_value())


def scaled(value: Decimal, factor: Decimal) -> Decimal:
    """A value in another unit, at most nine places."""
    return plain(value * factor)


def utc_second(moment: datetime) -> str:
    """An instant to the second in UTC: what two files of one workout have in common."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
