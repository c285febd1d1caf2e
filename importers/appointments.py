"""Entries of calendars, the same from every format: an appointment, a meeting, a day.

When something is, is one of three: whole days, an instant, or a time that holds by the clock of
wherever the person is (RFC 5545 §3.3.5), which has no zone and is given none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from importers.contract import Iri, Key, Record, Typed, Value

Time = date | datetime
"""A day, or a moment: with an offset an instant, without one a time by the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One entry of a calendar. `end` of whole days is the last of them.

    `identifier` is the entry's own id, where it has one. `recurrence` has lines of iCalendar.
    """

    start: Time
    end: Time | None = None
    identifier: str = ""
    name: str = ""
    description: str = ""
    place: str = ""
    recurrence: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    status: Iri | None = None
    organizer: Iri | None = None
    attendees: tuple[Iri, ...] = ()


def day_of(time: Time) -> date:
    """The civil date of a day or moment: of an instant by the offset it is given with."""
    return time.date() if isinstance(time, datetime) else time


def event(entry: Appointment, locator: str) -> Record:
    """The record of an entry. Raises ValueError for one that ends before it begins."""
    on = day_of(entry.start)
    if entry.end is not None and _is_before(entry.end, entry.start):
        raise ValueError("this entry ends before it begins")
    natural = (entry.start.isoformat(), entry.name, entry.place)
    return Record(
        kind="Event",
        key=Key(stable=entry.identifier) if entry.identifier else Key(natural=natural),
        fields=(("sd:date", on), *_times(entry), *_words(entry)),
        on=on,
        locator=locator,
    )


def _is_before(end: Time, start: Time) -> bool:
    is_same = isinstance(end, datetime) == isinstance(start, datetime)
    if is_same and _has_zone(end) == _has_zone(start):
        return end < start
    # Of an end by another kind of clock only the day can be compared, give or take a zone.
    return (day_of(end) - day_of(start)).days < -1


def _has_zone(time: Time) -> bool:
    return isinstance(time, datetime) and time.tzinfo is not None


def _times(entry: Appointment) -> Iterator[tuple[str, Value]]:
    if isinstance(entry.start, datetime):
        yield _moment(entry.start, "schema:startTime", "sd:floatingStart")
    if isinstance(entry.end, datetime):
        yield _moment(entry.end, "schema:endTime", "sd:floatingEnd")
    elif entry.end is not None:
        yield "schema:endDate", entry.end


def _moment(time: datetime, instant: str, floating: str) -> tuple[str, Value]:
    if time.tzinfo is not None:
        return instant, time
    return floating, Typed(time.isoformat(), "xsd:dateTime")


def _words(entry: Appointment) -> Iterator[tuple[str, Value]]:
    yield from (("sd:recurrence", line) for line in entry.recurrence)
    single: tuple[tuple[str, Value | None], ...] = (
        ("schema:name", entry.name),
        ("schema:description", entry.description),
        ("sd:placeName", entry.place),
        ("schema:eventStatus", entry.status),
        ("schema:organizer", entry.organizer),
    )
    yield from ((property_, value) for property_, value in single if value)
    yield from (("schema:keywords", word) for word in entry.keywords)
    yield from (("schema:attendee", party) for party in dict.fromkeys(entry.attendees))
