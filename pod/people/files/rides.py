"""Rides as Uber gives them back: `trips_data.csv`, times in UTC, distances in miles."""

from datetime import datetime

from pod.people.events import Ride
from pod.people.files.written import HOLDERS, HolderFile, euros, ten_thousandths

_COLUMNS = (
    "City,Product Type,Trip or Order Status,Request Time,Begin Trip Time,Begin Trip Lat,"
    "Begin Trip Lng,Begin Trip Address,Dropoff Time,Dropoff Lat,Dropoff Lng,Dropoff Address,"
    "Distance (miles),Fare Amount,Fare Currency\n"
)


def trips(rides: tuple[Ride, ...]) -> HolderFile:
    """Every ride, in order."""
    return HolderFile(
        path="course/trips_data.csv",
        media_type="text/csv",
        holder=HOLDERS["rides"],
        title="rides (CSV)",
        format="uber-trips",
        content=(_COLUMNS + "".join(map(_row, rides))).encode(),
        rows=len(rides),
        places={ride.id: f"{ride.start:%Y-%m-%dT%H:%M:%S}Z" for ride in rides},
    )


def _row(ride: Ride) -> str:
    origin, target = (f"{ten_thousandths(lat)},{ten_thousandths(lon)}" for lat, lon in ride.places)
    return (
        f"{ride.city},Standard,COMPLETED,{_time(ride.start)},{_time(ride.start)},{origin},,"
        f"{_time(ride.end)},{target},,{euros(ride.miles)},{euros(ride.cents)},EUR\n"
    )


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} +0000 UTC"
