"""What all files of Fitbit in Takeout have in common: who gives them, and how they are known."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

from importers.clock import iso_date, wall_time
from importers.contract import HolderHint, Match
from importers.document import has_marks

FITBIT: Final = HolderHint(iri="https://www.fitbit.com/", name="Fitbit", sector="health")

_STAMP: Final = re.compile(r"(\d\d)/(\d\d)/(\d\d) (\d\d:\d\d:\d\d)", re.ASCII)
_DAY: Final = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{2})(?: 00:00:00)?")


def utc(text: str) -> datetime:
    """`03/31/24 08:00:00`: the month first, in UTC. Raises ValueError for anything else."""
    found = _STAMP.fullmatch(text)
    if found is None:
        raise ValueError("this is not a date and time of Fitbit")
    month, day_, year, time = found.groups()
    return wall_time(f"20{year}-{month}-{day_}T{time}").replace(tzinfo=UTC)


def day(text: str) -> date:
    """`03/31/24`, or that day at midnight: the month first. Raises ValueError for anything else."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError("this is no day of Fitbit")
    month, day_, year = found.groups()
    return iso_date(f"20{year}-{month}-{day_}")


def recognised(
    filename: str, head: bytes, marks: Sequence[str], stem: str, needs: tuple[str, ...] = ()
) -> Match | None:
    """A claim on a list that has some marks and, where these are not enough, such a name.

    `stem` is what stands before the day in the name, "" where the marks tell all.
    """
    if not has_marks(head, marks, opens="["):
        return None
    named = re.fullmatch(rf"(?:.*/)?{stem}[-_]\d{{4}}-\d\d-\d\d\.json", filename)
    return Match(confidence=90, needs=needs) if named or not stem else None
