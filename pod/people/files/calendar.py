"""The person's calendar as iCalendar (RFC 5545)."""

from typing import Final

from pod.people.events import Appointment
from pod.people.files.written import HOLDERS, HolderFile
from pod.people.holidays import DAY

_HEAD: Final = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Agenda Exemple//FR\r\n"
_END: Final = "END:VCALENDAR\r\n"


def calendar(several: tuple[Appointment, ...]) -> HolderFile:
    """Every entry; its UID is the id that the calendar keeps it under."""
    return HolderFile(
        path="agenda/agenda.ics",
        media_type="text/calendar",
        holder=HOLDERS["calendar"],
        title="calendar (iCalendar)",
        format="icalendar",
        content=(_HEAD + "".join(map(_event, several)) + _END).encode(),
        rows=len(several),
        places={one.id: _uid(one) for one in several},
    )


def _uid(one: Appointment) -> str:
    return f"{one.id}@agenda.example"


def _event(one: Appointment) -> str:
    first, last = one.days
    if one.start and one.end:
        times = f"DTSTART:{one.start:%Y%m%dT%H%M%SZ}\r\nDTEND:{one.end:%Y%m%dT%H%M%SZ}\r\n"
    else:
        # RFC 5545 §3.6.1: DTEND of whole days is the day after the last one.
        times = f"DTSTART;VALUE=DATE:{first:%Y%m%d}\r\nDTEND;VALUE=DATE:{last + DAY:%Y%m%d}\r\n"
    return (
        f"BEGIN:VEVENT\r\nUID:{_uid(one)}\r\nDTSTAMP:{first:%Y%m%d}T000000Z\r\n{times}"
        f"SUMMARY:{one.title}\r\nEND:VEVENT\r\n"
    )
