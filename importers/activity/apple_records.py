"""What Apple Health keeps beside Records and workouts: days, the person, and what goes together."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.activity.apple_elements import Start
from importers.activity.apple_samples import required, sample_of, sensor_of, stamp
from importers.activity.apple_units import QUDT
from importers.activity.figures import figure
from importers.activity.measures import Measure, record_of
from importers.clock import iso_date
from importers.contract import Item, Problem, Sample

# The attributes of an ActivitySummary: what they measure and in which unit.
_SUMMARY: Final = (
    ("activeEnergyBurned", "active-energy-of-day", ""),
    ("appleMoveTime", "move-time-of-day", "MIN"),
    ("appleExerciseTime", "exercise-time-of-day", "MIN"),
    ("appleStandHours", "stand-hours-of-day", "NUM"),
)
_CHARACTERISTIC: Final = "HKCharacteristicTypeIdentifier"
_CHARACTERISTICS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "DateOfBirth": ("date-of-birth", ""),
        "BiologicalSex": ("biological-sex", "HKBiologicalSex"),
        "BloodType": ("blood-type", "HKBloodType"),
        "FitzpatrickSkinType": ("fitzpatrick-skin-type", "HKFitzpatrickSkinType"),
        "CardioFitnessMedicationsUse": ("cardio-fitness-medications", ""),
    }
)
_UNSET: Final = frozenset({"", "NotSet", "None"})


def summary(element: Start) -> Iterator[Item]:
    """The measures of one day. Raises ValueError, with a sentence."""
    day = iso_date(required(element, "dateComponents"))
    unit = element.attributes.get("activeEnergyBurnedUnit", "")
    found = [
        (name, figure(element.attributes[attribute]), known or QUDT.get(unit, ""))
        for attribute, name, known in _SUMMARY
        if attribute in element.attributes
    ]
    if not found:
        raise ValueError("the summary of this day says nothing")
    for place, (name, value, qudt) in enumerate(found):
        yield record_of(
            Measure(
                name=name,
                on=day,
                value=value,
                unit=qudt,
                locator=f"line={element.line}",
                counted=place == 0,
            )
        )


def characteristics(element: Start, day: date | None) -> Iterator[Item]:
    """What the person said of herself, of the day of the export. Raises ValueError without one."""
    if day is None:
        raise ValueError("the date of the export is missing before the person")
    for attribute, value in element.attributes.items():
        known = _CHARACTERISTICS.get(attribute.removeprefix(_CHARACTERISTIC))
        if known is None:
            yield Problem(f"line={element.line}", "a characteristic of the person is not known")
            continue
        name, prefix = known
        said = value.removeprefix(prefix)
        if said not in _UNSET:
            yield record_of(
                Measure(
                    name=name, on=day, value=said, locator=f"line={element.line}", counted=False
                )
            )


class Audiograms:
    """Reads hearing tests: each frequency is a sample at the time of its Audiogram."""

    def __init__(self) -> None:
        self._open: Start | None = None

    def begin(self, element: Start) -> Iterator[Item]:
        """Opens a test. Raises ValueError for one without its time."""
        stamp(required(element, "startDate"))
        self._open = element
        yield from ()

    def point(self, element: Start) -> Iterator[Item]:
        """What each ear hears of a frequency, in dB. Raises ValueError outside of a test."""
        if self._open is None or element.around != "Audiogram":
            raise ValueError("this stands outside of an audiogram that can be read")
        ears = {"left": "leftEarValue", "right": "rightEarValue"}
        said = element.attributes
        heard = tuple((ear, figure(said[name])) for ear, name in ears.items() if name in said)
        yield Sample(
            sensor=sensor_of("audiogram", self._open.attributes.get("sourceName", ""), ""),
            start=stamp(required(self._open, "startDate")),
            values=(("frequency", figure(required(element, "frequencyValue"))), *heard),
            locator=f"line={element.line}",
        )


class Correlations:
    """Reads what goes together: the Correlation that is open, and the Records within it."""

    def __init__(self) -> None:
        self._open: Start | None = None
        self._parts: list[Sample] = []

    def begin(self, element: Start) -> Iterator[Item]:
        """Opens a correlation."""
        self._open, self._parts = element, []
        yield from ()

    def part(self, record: Start) -> Iterator[Item]:
        """A Record within, which stands in the export once more: it is not counted here."""
        sample = sample_of(record, counted=False)
        self._parts.append(sample)
        yield sample

    def end(self) -> Iterator[Item]:
        """The sample that has the values of all parts together."""
        element, self._open = self._open, None
        if element is None:
            return
        try:
            yield _together(element, self._parts)
        except ValueError as error:
            yield Problem(f"line={element.line}", str(error))


def _together(element: Start, parts: list[Sample]) -> Sample:
    kind = required(element, "type")
    start, end = stamp(required(element, "startDate")), stamp(required(element, "endDate"))
    values: dict[str, Decimal | str] = {}
    for part in parts:
        values.setdefault(_member(part.sensor.name), part.values[0][1])
    if not values:
        raise ValueError("nothing stands in this correlation")
    return Sample(
        sensor=sensor_of(kind, element.attributes.get("sourceName", ""), ""),
        start=start,
        end=None if start == end else end,
        values=tuple(values.items()),
        locator=f"line={element.line}",
    )


def _member(name: str) -> str:
    """The name of a sensor as a name of a value: "blood-pressure-systolic" is one without marks."""
    first, *rest = name.replace("~", "-").replace(".", "-").split("-")
    return first + "".join(word.capitalize() for word in rest)
