"""What the query of an address gives as text, read as a number or a time."""

from datetime import UTC, datetime

_LONGEST = 18  # digits: what a row's number in the database has at most


def number(text: str) -> int:
    """A whole number of at most 18 digits, without a sign. Raises ValueError for anything else."""
    if not text.isascii() or not text.isdecimal() or len(text) > _LONGEST:
        raise ValueError("this is no whole number")
    return int(text)


def number_if(text: str) -> int | None:
    """The same, None for anything else."""
    try:
        return number(text)
    except ValueError:
        return None


def moment(text: str) -> datetime:
    """A date or a time by ISO 8601, in UTC, where it stands too if it has no offset of its own.

    Raises ValueError for what is none, and for what is outside the years 1 to 9999 in UTC.
    """
    found = datetime.fromisoformat(text)
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("this time is outside the calendar") from error
