"""The resources of a Green Button file (NAESB ESPI in an Atom feed), and how they hang together.

Utilities write two layouts. In one a resource links to the collection its parts are in (`up` of
the parts), in the other to the parts themselves. Nothing else is sure: entries come in any order,
ids may all be the same, and any prefix may stand for a namespace.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from importers.contract import Problem
from importers.markup import Element, elements

_ENTRIES = frozenset({"/feed/entry", "/entry"})
_READ = frozenset(
    {
        *("UsagePoint", "MeterReading", "ReadingType", "IntervalBlock"),
        *("LocalTimeParameters", "UsageSummary", "ElectricPowerUsageSummary"),
    }
)
_USAGE_POINT = re.compile(r"(?:RetailCustomer/([^/]+)/)?UsagePoint/([^/]+)$")
_NOT_ESPI = "this entry holds no resource of Green Button"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An IntervalReading in the words of the file, "" where it says nothing."""

    start: str
    duration: str
    value: str
    cost: str
    multiplier: str
    quality: str
    tou: str
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What one entry holds: what it is, its own address, and those it is linked to.

    `content` is its element; an IntervalBlock has `start`, of the whole block, and its intervals
    instead, as there are many.
    """

    kind: str
    address: str
    collection: str
    related: frozenset[str]
    content: Element
    intervals: tuple[Interval, ...] = ()

    def get(self, path: str) -> str:
        return self.content.get(path)

    @property
    def locator(self) -> str:
        return self.content.locator

    @property
    def name(self) -> str:
        """What the utility calls a usage point, by its address; "" where it does not."""
        found = _USAGE_POINT.search(self.address)
        return "-".join(part for part in found.groups() if part) if found else ""


def resources(export: BinaryIO) -> Iterator[Resource | Problem]:
    """The resources that are read, in order, and a remark for each that is not."""
    for entry in elements(export, _ENTRIES):
        if isinstance(entry, Problem):
            yield entry
            continue
        contents = [part for content in entry.all("content") for part in content.children]
        if not contents:
            yield Problem(entry.locator, _NOT_ESPI)
        for content in contents:
            if content.name in _READ:
                yield _resource(entry, content)
            else:
                yield Problem(content.locator, f"`{content.name[:40]}` is not imported", row=False)


def _resource(entry: Element, content: Element) -> Resource:
    links: dict[str, list[str]] = {}
    for link in entry.all("link"):
        href = link.attributes.get("href", "").rstrip("/")
        if href:
            links.setdefault(link.attributes.get("rel", ""), []).append(href)
    intervals = tuple(_interval(found) for found in content.all("IntervalReading"))
    if intervals:
        content.children = [part for part in content.children if part.name == "interval"]
    return Resource(
        kind=content.name,
        address=next(iter(links.get("self", ())), ""),
        collection=next(iter(links.get("up", ())), ""),
        related=frozenset(links.get("related", ())),
        content=content,
        intervals=intervals,
    )


def _interval(element: Element) -> Interval:
    return Interval(
        start=element.get("timePeriod/start"),
        duration=element.get("timePeriod/duration"),
        value=element.get("value"),
        cost=element.get("cost"),
        multiplier=element.get("powerOfTenMultiplier"),
        quality=element.get("ReadingQuality/quality"),
        tou=element.get("tou"),
        locator=element.locator,
    )


def linked(resource: Resource, others: Sequence[Resource]) -> Resource | None:
    """The one of the others that a resource is linked to, by address or else by collection.

    Where no link leads to any, it is the only one there is.
    """
    for links in (_by_address, _by_collection):
        found = next((other for other in others if links(resource, other)), None)
        if found:
            return found
    return others[0] if len(others) == 1 else None


def _by_address(one: Resource, other: Resource) -> bool:
    return other.address in one.related or one.address in other.related


def _by_collection(one: Resource, other: Resource) -> bool:
    if one.collection in other.related or other.collection in one.related:
        return True
    return bool(other.address) and one.collection.startswith(f"{other.address}/")
