"""FIT: workouts, days, nights and weights as devices of Garmin and nearly all others record them.

Format: FIT protocol, https://developer.garmin.com/fit. Each session is a workout; its laps, the
lengths of a pool, its points and the starts and stops of its timer are samples. Moments are UTC;
`local_timestamp` is a wall clock and no moment, and is not used. Positions in semicircles become
degrees with seven places, a centimetre; other values are rounded to six, which gives back what a
device scaled. Heart rates that a strap kept under water are samples of their own; what is measured
beside workouts is read by fit_measures. Not kept: intervals between heartbeats, settings, zones,
sensors and batteries, and messages that only the maker knows. Of other messages (sets of exercises,
splits, scores of a night), of fields that applications on the watch add and of points that say
nothing but their time, one remark tells. Where the device did not know the date there is no moment,
and nothing is kept. What lies before a break is read; a checksum that does not match is told.

A `.fit.gz`, as Strava's archive has them, is read as it is. Needs the library fitdecode.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO

from importers.activity.fit_frames import Frame, frames, is_fit
from importers.activity.fit_messages import Messages
from importers.activity.packed import head_of
from importers.activity.recorders import ANY
from importers.contract import Check, HolderHint, Item, Match, Options, Sample, Stated
from importers.contract import Record as Kept
from importers.rows import convert


class Fit:
    """FIT files of workouts and of measures, one or several in a file, compressed or not."""

    format = "fit"
    title = "FIT: workouts, days, nights and weights of watches and scales (Garmin and others)"
    domain = "health"
    extensions = (".fit", ".fit.gz")
    version = "3"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        return Match(confidence=95) if is_fit(head_of(head)) else None

    def holder(self, head: bytes) -> HolderHint:
        """Not told: who made the watch does not say who gives the file."""
        del head
        return ANY

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """In the order of the file. Takes no options."""
        del options
        messages = Messages()
        yield from convert(frames(export), messages.read, is_row=Frame.is_row)
        yield from messages.end()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The laps and the sessions that the file states, against those that were read."""
        found = tuple(items)
        laps = sum(isinstance(i, Sample) and i.sensor.name == "lap" for i in found)
        sessions = sum(isinstance(i, Kept) for i in found)
        return (*_check("laps", laps, found), *_check("sessions", sessions, found))


def _check(what: str, got: int, items: tuple[Item, ...]) -> Iterator[Check]:
    stated = [i.value for i in items if isinstance(i, Stated) and i.scope == what]
    if stated:
        expected = sum(stated, Decimal(0))
        yield Check(name=what, expected=str(expected), got=str(got), ok=got == expected)
