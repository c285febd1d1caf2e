"""Visits of pages as records, the same from every browser.

The key of a visit is its moment, in UTC, and its address: so the history that a browser keeps and
the one that Takeout has of it tell of one visit alike. Its civil date is the one in Paris.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from importers.address import address_of
from importers.browsing.database import Cell, DatabaseRow
from importers.clock import civil_date
from importers.contract import Code, HolderHint, Item, Key, Record, Value
from importers.text import for_key

CHROME: Final = HolderHint(iri="https://www.google.com/chrome/", name="Chrome", sector="platform")
_LAST: Final = datetime(9000, 1, 1, tzinfo=UTC)
_FIRST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_A_SECOND: Final = 1_000_000
_LONGEST_TEXT: Final = 4000
_NO_PAGE: Final = "the page of this visit is not in the database"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit: when, of what address, the title of the page, and how long where it is said."""

    at: datetime
    address: str
    locator: str
    title: str = ""
    seconds: int | None = None


def visit_of(visit: Visit) -> Record:
    """The record of a visit."""
    address = address_of(visit.address)
    day = civil_date(visit.at)
    fields: list[tuple[str, Value]] = [
        ("sd:date", day),
        ("schema:startTime", visit.at),
        ("sd:nature", Code("visit")),
    ]
    if address:
        fields.append(("as:object", address))
    if visit.title:
        fields.append(("sd:sourceLabel", visit.title))
    if visit.seconds:
        fields.append(("sd:durationSeconds", visit.seconds))
    named = address.value if address else for_key(visit.address[:_LONGEST_TEXT])
    moment = visit.at.astimezone(UTC).isoformat(timespec="microseconds")
    return Record(
        kind="OnlineActivity",
        key=Key(natural=(moment, "visit", named)),
        fields=tuple(fields),
        on=day,
        locator=visit.locator,
    )


def moment_since(epoch: datetime, microseconds: int) -> datetime:
    """A moment so long after another. Raises ValueError for one before or long after browsers."""
    span = (_FIRST - epoch, _LAST - epoch)
    if not span[0] <= timedelta(microseconds=min(max(microseconds, 0), 1 << 60)) <= span[1]:
        raise ValueError("the visit says no time that can be")
    return epoch + timedelta(microseconds=microseconds)


def reader_of(epoch: datetime, *, unit: int = 1) -> Callable[[DatabaseRow], Iterator[Item]]:
    """Reads rows of address, title, time and duration: times in so many microseconds each."""

    def read(row: DatabaseRow) -> Iterator[Item]:
        address, title, at, lasted = row.cells
        if not isinstance(address, str):
            raise ValueError(_NO_PAGE)  # noqa: TRY004 - the file is wrong, not the call
        yield visit_of(
            Visit(
                at=moment_since(epoch, _microseconds(at, unit)),
                address=address,
                title=title if isinstance(title, str) else "",
                seconds=_microseconds(lasted, unit) // _A_SECOND if lasted else None,
                locator=row.locator,
            )
        )

    return read


def _microseconds(cell: Cell, unit: int) -> int:
    is_number = isinstance(cell, int | float) and abs(cell) < 1 << 62
    if not is_number or not isinstance(cell, int | float):
        raise ValueError("a time in this visit is no number")
    return round(cell * unit)
