r"""Uber: the trips of the data that Uber gives each rider on request.

That is `trips_data.csv`, since 2025 `trips_data-0.csv`, and in some archives
`rider_lifetime_trips-0.csv`, each with other names of columns; a trip in several is one journey.
Uber describes no columns; they are as observed since 2018. Times are in UTC, `2019-06-01 12:34:56
+0000 UTC` or since 2025 `2025-02-05T09:22:33.000Z`. Those that the file of a lifetime calls local
end with a Z that is not theirs, so its others are read. Of its fares it is the one that was agreed,
with what was taken off, and of a ride that did not take place the one that was taken. A trip that
was completed, or whose fare was shared, is a journey; its distance is in miles there, and in km
here. What does not bring the person anywhere is a purchase, with the fare
that was taken: an order of Uber Eats, and a ride that was cancelled (schema:orderStatus), which
keeps to the time of its request. Positions and addresses that are missing, `\N` or 0 are unknown
and stay so, and so does a distance of 0 where the end is not known. Not kept: when a ride that took
place was asked for, the city, tips, and numbers of cards.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.clock import instant
from importers.contract import (
    Check,
    Code,
    HolderHint,
    Iri,
    Item,
    Key,
    Match,
    Options,
    Record,
    Value,
)
from importers.headed import HeadedRow, headed, is_headed
from importers.mobility.journeys import Journey, day_of, journey_of
from importers.mobility.places import Place, on_earth
from importers.mobility.uber_currencies import uber_currency
from importers.money import ungrouped
from importers.rows import convert
from importers.table import folded
from importers.units import plain

_STATUS: Final = "Trip or Order Status"
_REQUESTED: Final = "Request Time"
_BEGUN: Final = "Begin Trip Time"
_ENDED: Final = "Dropoff Time"
_FARE: Final = "Fare Amount"
_CURRENCY: Final = "Fare Currency"
_MILES: Final = "Distance (miles)"
_AGREED: Final = "Agreed Fare"
_NAMES: Final = (_STATUS, _REQUESTED, _BEGUN, _ENDED, _FARE, _CURRENCY, _MILES, "Product Type")
# What the newer files call the columns.
_CALLED: Final = MappingProxyType(
    {
        folded(name): called
        for name, called in (
            ("status", _STATUS),
            ("request_time", _REQUESTED),
            ("begin_trip_time", _BEGUN),
            ("dropoff_time", _ENDED),
            # It does not say which, but is less than the way as the crow flies in kilometres.
            ("distance", _MILES),
            ("product_type", "Product Type"),
            ("fare_currency", _CURRENCY),
            ("request_timestamp_utc", _REQUESTED),
            ("begintrip_timestamp_utc", _BEGUN),
            ("begintrip_lat", "Begin Trip Lat"),
            ("begintrip_lng", "Begin Trip Lng"),
            ("begintrip_string", "Begin Trip Address"),
            ("begintrip_address", "Begin Trip Address"),
            ("dropoff_timestamp_utc", _ENDED),
            ("dropoff_lat", "Dropoff Lat"),
            ("dropoff_lng", "Dropoff Lng"),
            ("destination_string", "Dropoff Address"),
            ("dropoff_address", "Dropoff Address"),
            ("trip_distance_miles", _MILES),
            ("product_type_name", "Product Type"),
            ("global_product_name", "Product Type"),
            ("client_upfront_fare_local", _AGREED),
            ("original_fare_local", _FARE),
            ("fare_amount", _FARE),
            ("currency_code", _CURRENCY),
        )
    }
)
_LIFETIME: Final = ("status", "request_timestamp_utc", "begintrip_timestamp_utc", "currency_code")
_SINCE_2025: Final = ("status", "request_time", "begin_trip_time", "begintrip_lat", "fare_currency")
_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \+0000 UTC", re.ASCII)
_NOTHING: Final = frozenset({"", "\\N", "NULL", "null"})
_NO_TIME: Final = frozenset({*_NOTHING, "1970-01-01 00:00:00 +0000 UTC"})
_DONE: Final = frozenset({"COMPLETED", "FARE_SPLIT"})
_CANCELLED: Final = frozenset(
    {"CANCELED", "CANCELLED", "DRIVER_CANCELED", "RIDER_CANCELED", "UNFULFILLED"}
)
_EATS: Final = "EATS"
_BIKE: Final = re.compile("bike|jump", re.IGNORECASE)
_MILE: Final = Decimal("1.609344")
_ORDER_STATUS: Final = "https://schema.org/OrderCancelled"


class Uber:
    """Rides of Uber."""

    format = "uber-trips"
    title = "Uber: trips (trips_data.csv, trips_data-0.csv, rider_lifetime_trips-0.csv)"
    domain = "mobility"
    extensions = (".csv",)
    version = "3"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        is_one = any(is_headed(head, names) for names in (_NAMES, _LIFETIME, _SINCE_2025))
        return Match(confidence=90) if is_one else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return HolderHint(iri="https://www.uber.com/", name="Uber", sector="transport")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A journey or a purchase for each row. Takes no options."""
        del options
        return convert(headed(export, _NAMES, called=_CALLED), _read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the table states no sum."""
        del items
        return ()


def _read(row: HeadedRow) -> Iterator[Item]:
    status, product = row.text(_STATUS).upper(), row.text("Product Type")
    if status in _CANCELLED:
        yield _purchase(row, is_cancelled=True)
    elif status not in _DONE:
        raise ValueError("what became of this trip is not known")
    elif _EATS in product.upper():
        yield _purchase(row, is_cancelled=False)
    else:
        yield journey_of(_journey(row))


def _journey(row: HeadedRow) -> Journey:
    start = _moment(row, _BEGUN)
    if start is None:
        raise ValueError("the trip says no time at which it began")
    end, miles = _moment(row, _ENDED), _figure(row, _MILES)
    agreed = _figure(row, _AGREED)
    fare = _figure(row, _FARE) if agreed is None else agreed
    return Journey(
        start=start,
        end=end,
        origin=_place(row, "Begin Trip Lat", "Begin Trip Lng"),
        target=_place(row, "Dropoff Lat", "Dropoff Lng"),
        origin_name=_text(row, "Begin Trip Address"),
        target_name=_text(row, "Dropoff Address"),
        way=row.text("Product Type"),
        nature="bike" if _BIKE.search(row.text("Product Type")) else "car",
        kilometres=plain(miles * _MILE) if miles or (end and miles is not None) else None,
        total=fare,
        currency="" if fare is None else row.read(_CURRENCY, uber_currency),
        locator=row.locator,
    )


def _purchase(row: HeadedRow, *, is_cancelled: bool) -> Record:
    at, fare = _moment(row, _REQUESTED), _figure(row, _FARE)
    if at is None or fare is None or not (fare or _text(row, _CURRENCY)):
        raise ValueError("this brought nobody anywhere and says no fare: there is nothing to keep")
    product = row.text("Product Type")
    fields: list[tuple[str, Value]] = [
        ("sd:date", day_of(at)),
        ("schema:startTime", at),
        ("sd:total", fare),
        ("sd:currency", row.read(_CURRENCY, uber_currency)),
        ("sd:channel", Code("app")),
        ("sd:sourceLabel", product),
    ]
    if is_cancelled:
        fields.append(("schema:orderStatus", Iri(_ORDER_STATUS)))
    return Record(
        kind="Purchase",
        key=Key(natural=(at.isoformat(), product)),
        fields=tuple(field for field in fields if field[1] != ""),
        on=day_of(at),
        locator=row.locator,
    )


def _moment(row: HeadedRow, name: str) -> datetime | None:
    return None if row.text(name) in _NO_TIME else row.read(name, _utc)


def _utc(text: str) -> datetime:
    """`2019-06-01 12:34:56 +0000 UTC`, or an ISO 8601 time with its offset."""
    found = _TIME.fullmatch(text)
    return instant(f"{found[1]}Z" if found else text)


def _text(row: HeadedRow, name: str) -> str:
    return "" if row.text(name) in _NOTHING else row.text(name)


def _figure(row: HeadedRow, name: str) -> Decimal | None:
    if not _text(row, name):
        return None
    value = row.read(name, ungrouped)
    if value < 0:
        raise ValueError(f"column `{name}`: a negative number stands here")
    return value


def _place(row: HeadedRow, latitude: str, longitude: str) -> Place | None:
    if not (_text(row, latitude) and _text(row, longitude)):
        return None
    lat, lon = row.read(latitude, ungrouped), row.read(longitude, ungrouped)
    return on_earth(lat, lon) if lat or lon else None
