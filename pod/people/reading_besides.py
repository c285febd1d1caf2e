"""More files of a household read again: water, claims, journeys, leisure. Amounts are cents.

As in `reading`, nothing here knows how they were written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from pod.people.reading import Files, cents, french_day, in_json, instant, under

_INTERVAL: Final = re.compile(
    r"duration>(\d+)</espi:duration><espi:start>(\d+)</espi:start></espi:timePeriod>"
    r"<espi:value>(\d+)<"
)
_EVENT: Final = re.compile(
    r"DTSTART(?:;VALUE=DATE)?:(\d{8})\S*\r\nDTEND\S*?:(\d{8})\S*\r\nSUMMARY:(.*)\r"
)
_POINT: Final = re.compile(r"<trkseg>\n<trkpt [^>]*><time>([^<]*)<")


@dataclass(frozen=True, slots=True)
class WaterBill:
    """A bill for water: the days and the meter it is for, m³, hundredths of a cent, and cents."""

    due: date
    first: date
    last: date
    meter: str
    volume: int
    price: int
    standing: int
    total: int


def water_bills(files: Files) -> dict[str, WaterBill]:
    """The bills of a table, by their numbers."""
    rows = [row.split(";") for row in files.get("eau/factures.csv", b"").decode().splitlines()[1:]]
    return {
        row[0]: WaterBill(
            due=french_day(row[2]),
            first=french_day(row[3]),
            last=french_day(row[4]),
            meter=row[5],
            volume=int(row[6]),
            price=int(row[7].replace(",", "")),
            standing=cents(row[8]),
            total=cents(row[9]),
        )
        for row in rows
    }


def water_read(content: bytes) -> list[tuple[datetime, datetime, int]]:
    """What came through a meter from one moment to another, in m³."""
    return [
        (_moment(int(start)), _moment(int(start) + int(duration)), int(value))
        for duration, start, value in _INTERVAL.findall(content.decode())
    ]


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def passes(files: Files) -> Iterator[tuple[str, Any]]:
    """The passes of a wallet: the path of each, and what it says."""
    for path, content in under(files, "voyages/"):
        yield path, in_json(content)


def departure(said: Any) -> str:
    """When the journey of a pass begins, as it says."""
    return str(said["semantics"]["originalDepartureDate"])


def played(files: Files) -> dict[str, list[datetime]]:
    """The moments at which something was played, by the folder of the service."""
    rows = files.get("video/ViewingActivity.csv", b"").decode().splitlines()[1:]
    songs = in_json(files.get("musique/StreamingHistory_music_0.json", b"[]"))
    return {
        "video": [instant(f"{row.split(',')[1]}+00:00") for row in rows],
        "musique": [instant(f"{one['endTime']}+00:00") for one in songs],
    }


def entries(files: Files) -> list[tuple[date, date, str]]:
    """The entries of the calendar: from which day to which, and what they are called.

    The end of whole days is the day after.
    """
    return [
        (_compact(first), _compact(end), title)
        for first, end, title in _EVENT.findall(files.get("agenda/agenda.ics", b"").decode())
    ]


def _compact(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def runs(files: Files) -> list[date]:
    """The days of the runs that a watch recorded."""
    text = files.get("sport/courses.gpx", b"").decode()
    return [instant(moment).date() for moment in _POINT.findall(text)]
