"""Google location history, the positions: `Records.json`, in older exports `Location History.json`.

No format is published; members are as observed in exports from 2012 to 2024. An entry is a position
with `timestamp` (before 2022 `timestampMs`) and becomes one sample; altitude and accuracy are in
metres, `velocity` in m/s, `heading` in degrees. Not kept: what Google took the person to be doing
(`activity`), the wireless access points around (`wifiScan`, which tells where other people's
devices are), and the numbers of her own devices. An entry without a position is told.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.activity.tracks import some
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, has_marks, parts
from importers.mobility.google import GOOGLE, TRACK, moment, spot
from importers.mobility.places import e7
from importers.rows import convert
from importers.text import decode, lines

_LIST: Final = "/locations"
_MORE: Final = MappingProxyType(
    {"alt": "altitude", "speed": "velocity", "course": "heading", "accuracy": "accuracy"}
)
# The first entries may have no position, and be long.
_OF_ENTRY: Final = re.compile(r'"(?:latitudeE7|timestampMs|deviceTag)"')
_BESIDE: Final = frozenset({"/somePointsTruncated"})


class GoogleRecords:
    """Positions of Google location history."""

    format = "google-location-records"
    title = "Google: positions (Records.json, Location History.json)"
    domain = "mobility"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        is_list = has_marks(head, ('"locations"',)) and _OF_ENTRY.search(decode(head))
        return Match(confidence=90) if is_list else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GOOGLE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A sample for each position, one at a time: such a file has gigabytes. No options."""
        del options
        return some(convert(parts(lines(export), ("", _LIST)), _read))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states neither count nor sum of its positions."""
        del items
        return ()


def _read(element: Element) -> Iterator[Item]:
    if element.locator in _BESIDE:
        yield Problem(element.locator, "Google left some positions out of this export", row=False)
        return
    if not element.locator.startswith(_LIST + "/"):
        raise ValueError("this is not known, and not kept")
    at, place = moment(element, "timestamp"), e7(element, "latitudeE7", "longitudeE7")
    if place is None:
        raise ValueError("this entry says no position, and is not kept")
    yield spot(TRACK, at, place, dict(_more(element)), element.locator)


def _more(element: Element) -> Iterator[tuple[str, Decimal | None]]:
    for name, path in _MORE.items():
        yield name, element.number_or_none(path)
