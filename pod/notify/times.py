"""Times and durations as subscriptions write them, and as the answers do."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from pod.problems import Unprocessable

_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=366)

# XML Schema 1.1 Part 2 §3.3.6: duration. The examples of the channel types write `PT10s`.
_DURATION: Final = re.compile(
    r"P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})D)?"
    r"(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?",
    re.IGNORECASE | re.ASCII,
)
_UNITS: Final = (365 * _DAY, 30 * _DAY, _DAY, _DAY / 24, _DAY / 1440, _DAY / 86400)


def read_duration(text: str) -> timedelta:
    """The length of an xsd:duration, a month taken for 30 days. Raises Unprocessable."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise Unprocessable("write `rate` as a duration, such as PT10S")
    parts = zip(found.groups(), _UNITS, strict=True)
    length = sum((float(count) * unit for count, unit in parts if count), timedelta())
    return min(length, _LONGEST)


def write_duration(length: timedelta) -> str:
    """An xsd:duration in seconds."""
    return f"PT{length.total_seconds():f}".rstrip("0").rstrip(".") + "S"


def read_time(text: str) -> datetime:
    """The moment of an xsd:dateTime in UTC, which is also what is meant where no zone is said.

    Raises Unprocessable.
    """
    try:
        found = datetime.fromisoformat(text.strip())
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unprocessable(
            "write `startAt` and `endAt` as a date and time, such as 2030-01-31T12:00:00Z"
        ) from error


def write_time(moment: datetime) -> str:
    """An xsd:dateTime in UTC, to the millisecond where it has a fraction."""
    digits = "milliseconds" if moment.microsecond else "seconds"
    return moment.astimezone(UTC).isoformat(timespec=digits).replace("+00:00", "Z")
