"""What the four shapes of Google's location history have in common.

Positions one after another are the series `track`, and the line that Google makes of them for a
journey is the series `path`: it repeats points of the track, and is not to be added to it. Both
have no device, because the numbers of devices changed from export to export; so the whole history,
which each export repeats, adds nothing the second time.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from importers.activity.tracks import point, track_of
from importers.clock import instant
from importers.contract import HolderHint, Problem, Sample, Sensor
from importers.document import Element
from importers.mobility.places import Place
from importers.units import plain

GOOGLE: Final = HolderHint(iri="https://www.google.com/", name="Google", sector="platform")
TRACK: Final = track_of("")
PATH: Final = replace(TRACK, name="path")
METRES: Final = Decimal(1000)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS: Final = re.compile(r"[0-9]{11,14}", re.ASCII)
_SECONDS: Final = re.compile(r"[0-9]{9,10}", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]+", re.ASCII)
_PLACE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,300}", re.ASCII)
_PLACES: Final = "https://www.google.com/maps/place/?q=place_id:"


def moment(element: Element, path: str) -> datetime:
    """The time at a path, or at the same with `Ms` behind it, in milliseconds since 1970.

    A number of nine or ten digits is in seconds: in milliseconds it would be of January 1970.
    Raises ValueError where neither is there, or is a time with its offset.
    """
    text = element.text(path)
    if text and not _NUMBER.fullmatch(text):
        return _named(path, text)
    text = text or element.text(f"{path}Ms")
    if _SECONDS.fullmatch(text):
        text += "000"
    if not _MILLISECONDS.fullmatch(text):
        raise ValueError(f"`{path}` is missing or is no time")
    return _EPOCH + timedelta(milliseconds=int(text))


def moment_or_none(element: Element, path: str) -> datetime | None:
    """The same, None where nothing is at either path: an end that is not known stays so."""
    is_said = element.text(path) or element.text(f"{path}Ms")
    return moment(element, path) if is_said else None


def _named(path: str, text: str) -> datetime:
    try:
        return instant(text)
    except ValueError as error:
        raise ValueError(f"`{path}`: {error}") from error


def spot(
    sensor: Sensor, at: datetime, place: Place, more: Mapping[str, Decimal | None], locator: str
) -> Sample:
    """A point of a track or path."""
    return Sample(sensor=sensor, start=at, values=point(*place, more), locator=locator)


def share(element: Element, path: str, whole: int = 1) -> Decimal | None:
    """A probability as a number from 0 to 1, of one that is out of `whole`; None without one."""
    value = element.number_or_none(path)
    if value is None:
        return None
    if not 0 <= value <= whole:
        raise ValueError(f"`{path}` is no probability")
    return plain(value / whole)


def page_of(place_id: str) -> str:
    """The address at which Google shows a place, "" where there is no number of it."""
    return _PLACES + place_id if _PLACE_ID.fullmatch(place_id) else ""


def kilometres(element: Element, path: str) -> Decimal | None:
    """A distance in metres, in km. Raises ValueError for a negative one."""
    value = element.number_or_none(path)
    if value is not None and value < 0:
        raise ValueError(f"`{path}` is negative")
    return None if value is None else value / METRES


def listed(element: Element, path: str) -> Iterator[Element]:
    """The elements of a list at a path, each with its place in the document; none without a list.

    Raises ValueError where something else stands.
    """
    found = element.get(path)
    if found is None:
        return
    if not isinstance(found, list):
        raise ValueError(f"`{path}` is no list")  # noqa: TRY004 - the file is wrong, not the call
    for number, value in enumerate(found):
        yield Element(f"{element.locator}/{path}/{number}", value)


def strangers(element: Element, known: frozenset[str]) -> Iterator[Problem]:
    """A remark for each member that is not known. Raises ValueError where there are no members."""
    if not isinstance(element.value, dict):
        raise ValueError("a part of it is not as it is known")  # noqa: TRY004 - the file is wrong
    for name in element.value:
        if name not in known:
            yield Problem(element.locator, "a part of it is not known, and not kept", row=False)
