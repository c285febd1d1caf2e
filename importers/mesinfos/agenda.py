"""MesInfos: the calendars on the platform of the pilot (`docType` "event").

`start` and `end` are instants, or days, of which `end` is the last. Those of what repeats are times
by the clocks of a `timezone`. `description` is what an entry is called, `details` what is noted on
it, the first of `tags` the calendar it is in. Not kept: alarms.
"""

from collections.abc import Iterator

from importers.appointments import Appointment, Time, event
from importers.clock import instant, iso_date, local, shown_in, wall_time, zone
from importers.contract import Item
from importers.document import Element
from importers.mesinfos.cozy import COZY
from importers.messages import parties_of
from importers.pilot_set import PilotSet, required


def _read(element: Element) -> Iterator[Item]:
    if element.text("docType").lower() != "event":
        raise ValueError("this is not an entry of a calendar")
    end, rule, tags = element.text("end"), element.text("rrule"), element.get("tags")
    entry = Appointment(
        start=_time(required(element, "start"), element),
        end=_time(end, element) if end else None,
        identifier=element.text("_id"),
        name=element.text("description"),
        description=element.text("details"),
        place=element.text("place"),
        recurrence=(f"RRULE:{rule}",) if rule else (),
        keywords=tuple(tag for tag in tags if isinstance(tag, str) and tag)
        if isinstance(tags, list)
        else (),
        attendees=parties_of(_attendees(element)),
    )
    yield event(entry, element.locator)


def _time(text: str, element: Element) -> Time:
    if "T" not in text:
        return iso_date(text)
    if text.endswith("Z"):
        return shown_in(instant(text))
    wall, there = wall_time(text), zone(element.text("timezone"))
    return local(wall, there) if there else wall


def _attendees(element: Element) -> Iterator[str]:
    found = element.get("attendees")
    for one in found if isinstance(found, list) else ():
        yield Element(element.locator, one).text("label")


AGENDA = PilotSet(
    format="mesinfos-agenda",
    title="MesInfos: agenda (JSON)",
    domain="calendar",
    by=COZY,
    marks=('"event"', '"docType"', '"attendees"'),
    reader=lambda: _read,
)
