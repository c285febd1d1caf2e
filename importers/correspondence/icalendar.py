"""iCalendar: calendars of every program and service.

Format: RFC 5545. What repeats is one record, with its rule as it is written; one of its times that
was changed (RECURRENCE-ID) is a record of its own. A time with a zone becomes an instant; a
floating one stays without a zone. Of several versions of an entry in one file the newest holds, by
SEQUENCE and then DTSTAMP. Who takes part is a pseudonym. Not kept: alarms, attachments, the name of
the calendar, tasks and journals (VTODO, VJOURNAL), which are told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import BinaryIO, Final

from importers.appointments import Appointment, Time, event
from importers.clock import PARIS, compact_date, instant, shown_in, zone
from importers.contract import Check, HolderHint, Iri, Item, Match, Options, Problem, Record
from importers.correspondence.components import Component, components
from importers.correspondence.content_lines import Property, properties
from importers.correspondence.time_zones import Zones, wall_clock
from importers.messages import parties_of
from importers.text import decode, lines

_KNOWN: Final = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"})
_NOT_KEPT: Final = {
    "VTODO": "this is a task, and tasks are not kept",
    "VJOURNAL": "this is an entry of a journal, and those are not kept",
    "VFREEBUSY": "this says when somebody is busy, and is not kept",
}
_OLDER: Final = "a newer version of this entry is in the file, and holds"
_NO_ZONE: Final = "the zone of this entry is not known: its time stays by the clock"
_NO_END: Final = "the calendar does not end: entries may be missing"
_NO_CALENDAR: Final = "these entries stand in no calendar: others may be missing"
_BEGINNINGS: Final = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VTODO", "BEGIN:VJOURNAL")
_DAY_AND_TIME: Final = re.compile(r"\d{8}T\d{6}Z?", re.ASCII)
_STATUS: Final = {
    "CONFIRMED": "https://schema.org/EventScheduled",
    "CANCELLED": "https://schema.org/EventCancelled",
}
_REPEATS: Final = ("RRULE", "RDATE", "EXDATE", "EXRULE")
_DURATION: Final = re.compile(
    r"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?",
    re.ASCII,
)


class ICalendar:
    format = "icalendar"
    title = "iCalendar: agenda, calendar (RFC 5545)"
    domain = "calendar"
    extensions = (".ics", ".ical")
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its first words."""
        del filename
        begins = decode(head[:4096]).lstrip("\ufeff \r\n\t").upper()
        return Match(confidence=90) if begins.startswith(_BEGINNINGS) else None

    def holder(self, head: bytes) -> HolderHint:
        """A calendar says at most which program wrote it, and not whose service it is of."""
        del head
        return HolderHint(iri="urn:sd:holder:calendar", name="calendar", sector="platform")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """An event for each entry that is not of an older version. Takes no options."""
        del options
        reading = _Reading()
        found = [reading.take(one) for one in components(properties(lines(export)), _KNOWN)]
        yield from _newest(entry for some in found for entry in some)
        if reading.is_open or not (reading.is_begun or any(found)):
            yield Problem("/", _NO_END)
        elif not reading.is_begun:
            yield Problem("/", _NO_CALENDAR, row=False)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: no count of entries is stated."""
        del items
        return ()


@dataclass(frozen=True, slots=True)
class _Version:
    """What was read of one entry, of which version of it."""

    items: tuple[Item, ...]
    of: str = ""
    number: tuple[int, str] = (0, "")


class _Reading:
    """What the lines of a calendar said so far: its zone, and the rules of others."""

    def __init__(self) -> None:
        self.is_open = self.is_begun = False
        self._zones = Zones()
        self._home = PARIS

    def take(self, one: Component | Property | Problem) -> tuple[_Version, ...]:
        """What a part of the calendar becomes: nothing, where it is about other parts."""
        if isinstance(one, Property):
            self._note(one)
        elif isinstance(one, Problem):
            return (_Version((one,)),)
        elif one.name == "VTIMEZONE":
            self._zones.add(one)
        else:
            return (self._entry(one),)
        return ()

    def _entry(self, one: Component) -> _Version:
        if one.name in _NOT_KEPT:
            is_row = one.name != "VFREEBUSY"
            return _Version((Problem(one.locator, _NOT_KEPT[one.name], row=is_row),))
        try:
            return self._version(one)
        except ValueError as error:
            return _Version((Problem(one.locator, str(error)),))

    def _note(self, one: Property) -> None:
        if one.name in {"BEGIN", "END"} and one.plain.upper() == "VCALENDAR":
            self.is_open = one.name == "BEGIN"
            self.is_begun = True
        elif one.name == "X-WR-TIMEZONE":
            self._home = zone(one.plain) or self._home

    def _version(self, entry: Component) -> _Version:
        start = entry.first("DTSTART")
        if start is None:
            raise ValueError("this entry does not say when it begins")
        begins = self._time(start)
        ends = self._end(entry, begins)
        identifier = "/".join((*entry.texts("UID")[:1], *entry.texts("RECURRENCE-ID")[:1]))
        record = event(
            Appointment(
                start=begins,
                end=ends,
                identifier=identifier if entry.text("UID") else "",
                name=entry.text("SUMMARY"),
                description=entry.text("DESCRIPTION"),
                place=entry.text("LOCATION"),
                recurrence=tuple(map(_as_written, entry.all(*_REPEATS))),
                keywords=entry.words("CATEGORIES"),
                status=_status(entry),
                organizer=next(iter(_parties(entry, "ORGANIZER")), None),
                attendees=_parties(entry, "ATTENDEE"),
            ),
            entry.locator,
        )
        is_floating = isinstance(begins, datetime) and begins.tzinfo is None
        remark = Problem(entry.locator, _NO_ZONE, row=False)
        items: tuple[Item, ...] = (record, remark) if is_floating and _zone(start) else (record,)
        return _Version(items, identifier, _number(entry))

    def _time(self, one: Property) -> Time:
        text = one.plain
        # Some programs write VALUE=DATE and a time all the same: what is written holds.
        is_day = one.parameter("VALUE").upper() == "DATE" and not _DAY_AND_TIME.fullmatch(text)
        if is_day or len(text) == len("20080530"):
            return compact_date(text)
        if text.endswith("Z"):
            wall = wall_clock(text[:-1])
            return shown_in(instant(f"{wall.isoformat()}Z"), self._home)
        wall = wall_clock(text)
        return self._zones.at(wall, _zone(one)) or wall

    def _end(self, entry: Component, begins: Time) -> Time | None:
        """When an entry ends; of whole days the last, which in a file is the day after it."""
        end = entry.first("DTEND")
        ends = self._time(end) if end else _after(begins, entry.text("DURATION"))
        if ends is None or isinstance(ends, datetime):
            return ends
        begins_on = begins.date() if isinstance(begins, datetime) else begins
        return max(ends - timedelta(days=1), begins_on) if ends >= begins_on else ends


def _newest(versions: Iterable[_Version]) -> Iterator[Item]:
    """What was read, in order, and a Problem for each entry of which there is a newer version."""
    read = tuple(versions)
    newest: dict[str, tuple[int, str]] = {}
    for one in read:
        if one.of:
            newest[one.of] = max(one.number, newest.get(one.of, one.number))
    for one in read:
        is_older = bool(one.of) and one.number < newest[one.of]
        for item in one.items:
            if is_older and isinstance(item, Record):
                yield Problem(item.locator, _OLDER)
            elif not is_older:
                yield item


def _number(entry: Component) -> tuple[int, str]:
    sequence = entry.text("SEQUENCE")
    count = int(sequence) if len(sequence) < 10 and sequence.isdecimal() else 0
    # Both are times in UTC (RFC 5545 §3.8.7.2), which compare as they are written.
    return count, entry.text("DTSTAMP")


def _after(begins: Time, text: str) -> Time | None:
    if not text:
        return None
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()[1:]):
        raise ValueError("this entry lasts no time that can be read")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    lasts = timedelta(weeks * 7 + days, hours=hours, minutes=minutes, seconds=seconds)
    try:
        ends: date | datetime = begins - lasts if found[1] == "-" else begins + lasts
    except OverflowError:
        raise ValueError("this entry lasts longer than calendars go") from None
    return ends


def _zone(one: Property) -> str:
    return one.parameter("TZID")


def _status(entry: Component) -> Iri | None:
    known = _STATUS.get(entry.text("STATUS").upper())
    return Iri(known) if known else None


def _parties(entry: Component, name: str) -> tuple[Iri, ...]:
    addresses = (text.partition(":")[2] or text for text in entry.texts(name))
    return parties_of(addresses)


def _as_written(one: Property) -> str:
    quoted = ((k, f'"{v}"' if re.search(r"[,;:]", v) else v) for k, v in one.parameters)
    return "".join((one.name, *(f";{name}={value}" for name, value in quoted), ":", one.text))
