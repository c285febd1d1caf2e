"""What happens in a household besides money and bills: water, claims, journeys, leisure."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterReading:
    """What came through a water meter from `first` to `last`, both included, in m³."""

    id: str
    meter: str
    first: date
    last: date
    volume: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim to the insurer: of a dwelling, by its rank, or else of the car with the `plate`."""

    id: str
    number: str
    happened: datetime
    city: str
    plate: str = ""
    dwelling: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Where a journey begins or ends: latitude and longitude in ten-thousandths of a degree."""

    name: str
    place: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A journey by train or plane, by `line`, with a ticket of so many cents."""

    id: str
    number: str
    is_flight: bool
    line: str
    start: datetime
    end: datetime
    origin: Stop
    target: Stop
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What was watched, or listened to where there is an `artist`; from `start`, in UTC."""

    id: str
    start: datetime
    seconds: int
    title: str
    artist: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A course that the person took on a day, for which there is a badge."""

    id: str
    day: date
    name: str
    skill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run from `start`, in UTC: where it went, a place every `EVERY` minutes."""

    id: str
    start: datetime
    places: tuple[tuple[int, int], ...]


Besides = WaterReading | Claim | Journey | Play | Training | Run
