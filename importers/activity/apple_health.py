"""Apple Health: export.xml, whatever its name is in the language of the telephone.

What becomes of it:

- each `Record` is a sample of a sensor for its type, source and unit;
- each `Workout` a record, its events and positions samples;
- each `ActivitySummary` the measures of its day; each characteristic of `Me` a measure of the day
  of the export;
- each `Correlation` (blood pressure, a meal) a sample that has the values of its Records together,
  which the export repeats as Records of their own.

Two Records of one type, source, start, end and value are one sample: the format has no ids. Not
kept: `creationDate`, versions, devices, `MetadataEntry`, single heartbeats, the goals of summaries.
Routes and electrocardiograms of newer exports lie beside it as files of their own, which other
importers read, and so do clinical records, of which one remark tells.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import BinaryIO, Final

from importers.activity.apple_elements import End, Start, elements
from importers.activity.apple_records import Audiograms, Correlations, characteristics, summary
from importers.activity.apple_samples import required, sample_of, stamp
from importers.activity.apple_workouts import Workouts
from importers.activity.tracks import is_of_root
from importers.contract import Check, HolderHint, Item, Match, Options, Problem

_WITHIN_WORKOUT = frozenset(
    {"Workout", "WorkoutStatistics", "WorkoutRoute", "WorkoutEvent", "WorkoutActivity", "Location"}
)
_ENDING = frozenset({"Workout", "Correlation"})
_LEFT_OUT = frozenset(
    {
        "HealthData",
        "MetadataEntry",
        "HeartRateVariabilityMetadataList",
        "InstantaneousBeatsPerMinute",
        "FileReference",
    }
)
_CLINICAL = "clinical records are files of their own: import the whole archive"

Read = Callable[[Start], Iterable[Item]]


class AppleHealth:
    """The export of the Health application of an iPhone, as XML."""

    format = "apple-health"
    title = "Apple Health: export.xml"
    domain = "health"
    extensions = (".xml",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename  # export.xml, Export.xml, Exportieren.xml, exportation.xml
        return Match(confidence=95) if is_of_root(head, "HealthData") else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return HolderHint(iri="https://www.apple.com/", name="Apple", sector="health")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """In the order of the file, in bounded memory. Takes no options."""
        del options
        reader = _Reader()
        for element in elements(export, _ENDING):
            if isinstance(element, Problem):
                yield element
            elif isinstance(element, End):
                yield from reader.end(element.name)
            else:
                yield from _tried(reader, element)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the export states neither count nor sum."""
        del items
        return ()


def _tried(reader: "_Reader", element: Start) -> Iterable[Item]:
    try:
        if element.name == "Record" and element.around != "Correlation":
            return (sample_of(element),)
        return tuple(reader.begin(element))
    except ValueError as error:
        return (Problem(f"line={element.line}", str(error)),)


class _Reader:
    def __init__(self) -> None:
        self._workouts = Workouts()
        self._correlations = Correlations()
        self._audiograms = Audiograms()
        self._day: date | None = None
        self._is_remarked = False
        self._readers: Final[Mapping[str, Read]] = {
            "Record": self._correlations.part,
            "Correlation": self._correlations.begin,
            "Audiogram": self._audiograms.begin,
            "SensitivityPoint": self._audiograms.point,
            "ActivitySummary": summary,
            "ExportDate": self._date,
            "Me": self._person,
            "ClinicalRecord": self._clinical,
            **dict.fromkeys(_WITHIN_WORKOUT, self._workouts.begin),
            **dict.fromkeys(_LEFT_OUT, _nothing),
        }

    def begin(self, element: Start) -> Iterable[Item]:
        """What an element says as it begins; raises ValueError for one that cannot be read."""
        read = self._readers.get(element.name)
        if read is None:
            raise ValueError("this element is not known, and not kept")
        return read(element)

    def end(self, name: str) -> Iterator[Item]:
        """What an element says when it ends."""
        return self._workouts.end() if name == "Workout" else self._correlations.end()

    def _date(self, element: Start) -> Iterable[Item]:
        self._day = stamp(required(element, "value")).date()
        return ()

    def _person(self, element: Start) -> Iterable[Item]:
        return characteristics(element, self._day)

    def _clinical(self, element: Start) -> Iterable[Item]:
        if self._is_remarked:
            return ()
        self._is_remarked = True
        return (Problem(f"line={element.line}", _CLINICAL, row=False),)


def _nothing(_element: Start) -> Iterable[Item]:
    return ()
