"""Boarding passes for a wallet on a telephone: the file `pass.json` of a `.pkpass`.

Apple describes the format (Wallet Passes: Pass, Pass.BoardingPass, SemanticTags). Railways, buses
and airlines give such passes. A pass is one journey. Where it has semantic tags, they say when and
from where to where; else that is `relevantDate` and the two primary fields, the first of which is
the origin and the second the destination. What neither says is unknown. Not kept: the name of the
passenger, bar codes, seats, numbers of booking, and what only shows on the pass; that the pass was
used is not known. The signature of the archive is not verified.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.clock import instant
from importers.contract import Check, HolderHint, Item, Match, Options
from importers.document import Element, elements, has_marks
from importers.mobility.journeys import Journey, journey_of
from importers.mobility.places import Place, on_earth
from importers.money import currency
from importers.rows import convert
from importers.text import for_key, lines

_CARRIER: Final = HolderHint(iri="urn:sd:holder:carrier", name="carrier", sector="transport")
_NATURES: Final = MappingProxyType(
    {"PKTransitTypeTrain": "train", "PKTransitTypeAir": "plane", "PKTransitTypeBus": "bus"}
)
_DEPARTS: Final = (
    "semantics/currentDepartureDate",
    "semantics/originalDepartureDate",
    "relevantDate",
)
_ARRIVES: Final = ("semantics/currentArrivalDate", "semantics/originalArrivalDate")
_PLACES: Final = ("StationName", "AirportName", "AirportCode", "LocationDescription")
_NUMBERS: Final = ("semantics/flightCode", "semantics/vehicleNumber", "semantics/vehicleName")


class WalletPass:
    """A journey on a telephone."""

    format = "wallet-boarding-pass"
    title = "Wallet: boarding pass of a train, bus or plane (pass.json of a .pkpass)"
    domain = "mobility"
    extensions = (".json",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        marks = ('"passTypeIdentifier"', '"boardingPass"')
        return Match(confidence=90) if has_marks(head, marks) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return _CARRIER

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The journey that the pass is for. Takes no options."""
        del options
        return convert(elements(lines(export), ""), _read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a pass states no sum."""
        del items
        return ()


def _read(element: Element) -> Iterator[Item]:
    serial = element.text("serialNumber")
    start = _moment(element, _DEPARTS)
    if not serial or start is None:
        raise ValueError("the pass says no number, or not when the journey begins")
    origin, target = _primary(element)
    flight = _flight(element)
    way = _first(element, _NUMBERS) or flight or element.text("description")
    nature = _NATURES.get(element.text("boardingPass/transitType"), "plane" if flight else "")
    total = element.number_or_none("semantics/totalPrice/amount")
    journey = Journey(
        start=start,
        end=_moment(element, _ARRIVES),
        origin=_position(element, "semantics/departureLocation"),
        target=_position(element, "semantics/destinationLocation"),
        origin_name=_place(element, "departure") or origin,
        target_name=_place(element, "destination") or target,
        way=way,
        nature=nature,
        total=total,
        currency=""
        if total is None
        else currency(element.text("semantics/totalPrice/currencyCode")),
        key=(for_key(element.text("passTypeIdentifier")), for_key(serial)),
        locator=element.locator or "/",
    )
    yield journey_of(journey)


def _moment(element: Element, paths: tuple[str, ...]) -> datetime | None:
    """The first of the times that the pass says, None where it says none of them."""
    text = _first(element, paths)
    return instant(text) if text else None


def _first(element: Element, paths: tuple[str, ...]) -> str:
    return next((text for path in paths if (text := element.text(path))), "")


def _flight(element: Element) -> str:
    """`AF1234`, of an airline and a number that stand apart, as in passes since iOS 26."""
    airline, number = element.text("semantics/airlineCode"), element.get("semantics/flightNumber")
    return f"{airline}{number}" if airline and isinstance(number, int) else ""


def _place(element: Element, end: str) -> str:
    return _first(element, tuple(f"semantics/{end}{name}" for name in _PLACES))


def _primary(element: Element) -> tuple[str, str]:
    """The values of the two primary fields, "" for each that is not there."""
    found = element.get("boardingPass/primaryFields")
    fields = [Element(element.locator, one) for one in found] if isinstance(found, list) else []
    values = [one.text("value") for one in fields]
    return (values[0], values[1]) if len(values) == 2 else ("", "")


def _position(element: Element, path: str) -> Place | None:
    if element.get(path) is None:
        return None
    lat, lon = (element.number(f"{path}/{name}") for name in ("latitude", "longitude"))
    return on_earth(Decimal(lat), Decimal(lon))
