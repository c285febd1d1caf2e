"""Apple Health: an electrocardiogram of the watch (electrocardiograms/ecg_*.csv in the archive).

Names and values stand line by line in the language of the telephone, then the voltages, one a line,
with the decimal mark of that language. So a line is known by its value: the only time with an
offset is that of the recording, what Apple saw in it stands below (in the person's language), then
what she felt; the number before "hertz" is how many voltages there are in a second, and the unit is
microvolts. The recording is a measure with what Apple saw, the voltages are samples. Not kept: the
name and the birth date, the model of the watch and its software, the lead (there is one).
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.figures import figure, utc_second
from importers.activity.measures import Measure, record_of
from importers.activity.quantities import measured
from importers.activity.recorders import APPLE
from importers.clock import instant
from importers.contract import Check, HolderHint, Item, Match, Options, Problem, Sample, Sensor
from importers.rows import convert
from importers.text import decode, lines, octets

_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4})", re.ASCII)
_RATE: Final = re.compile(r"(\d{1,5}(?:[.,]\d{1,6})?)\s*[^\W\d_]+\.?")
_MICROVOLTS: Final = frozenset({"\u00b5V", "\u03bcV"})  # the sign of micro, and the Greek letter
_VOLTAGE: Final = re.compile(r'"?(-?\d{1,7}(?:[.,]\d{1,9})?)"?', re.ASCII)
_LONGEST_HEAD: Final = 40
_LONGEST_LINE: Final = 1000
_SAID: Final = 2  # below the time: what Apple saw, what the person felt
_SENSOR: Final = Sensor(
    name="electrocardiogram", quantity=measured("electrocardiogram"), unit="MicroV"
)
_UNREAD: Final = "voltages that cannot be read: {} of {}"
_NO_MOMENTS: Final = "the time of this recording is missing: its {} voltages are not kept"
_CUT: Final = "the file ends within this line: download it anew"


class AppleEcg:
    """One recording."""

    format = "apple-ecg"
    title = "Apple Health: electrocardiograms of the watch (CSV)"
    domain = "health"
    extensions = (".csv",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By a time with its offset and a unit of microvolts, in any language."""
        del filename
        values = [pair[1] for pair in map(_pair, decode(head).splitlines()[:_LONGEST_HEAD])]
        is_ours = any(map(_TIME.fullmatch, values)) and bool(_MICROVOLTS.intersection(values))
        return Match(confidence=90) if is_ours else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return APPLE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """The recording, then each voltage at its moment. Takes no options."""
        del options
        content = octets(export)
        found = [_Line(number, text.strip()) for number, text in enumerate(_lines(content), 1)]
        if found and not content.endswith((b"\n", b"\r")):
            found[-1] = replace(found[-1], is_cut=True)
        recording = _Recording()
        yield from convert(found, recording.read)
        yield from recording.end()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file does not say how many voltages it has."""
        del items
        return ()


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    is_cut: bool = False

    @property
    def locator(self) -> str:
        return f"line={self.number}"


def _lines(content: bytes) -> Iterator[str]:
    return lines(io.BytesIO(content))


def _pair(line: str) -> tuple[str, str]:
    if len(line) > _LONGEST_LINE:
        return "", ""
    cells = next(csv.reader([line.strip()]), [])
    return (cells[0].strip(), cells[1].strip()) if len(cells) == 2 else ("", "")


class _Recording:
    def __init__(self) -> None:
        self._start: datetime | None = None
        self._said: list[str] = []
        self._place = ""
        self._rate: Decimal | None = None
        self._is_open = False
        self._count = 0
        self._unread = 0

    def read(self, line: _Line) -> Iterator[Item]:
        """Raises ValueError, with a sentence, for a line that cannot be read."""
        if line.is_cut:
            raise ValueError(_CUT)
        if line.text and self._is_open:
            self._count += 1
            if self._start and self._rate:
                yield self._voltage(line, self._start, self._rate)
        elif line.text:
            yield from self._head(line.text, line.locator)

    def end(self) -> Iterator[Item]:
        """What is missing of a recording when all of it is read."""
        if not self._is_open:
            yield Problem("/", "this recording does not say in which unit its voltages are")
        elif not (self._start and self._rate):
            yield Problem("/", _NO_MOMENTS.format(self._count))
        elif not self._count:
            yield Problem("/", "this recording has no voltages")
        if self._unread:
            said = _UNREAD.format(self._unread, self._count)
            yield Problem("/", said, row=False)

    def _head(self, line: str, locator: str) -> Iterator[Item]:
        """A name and its value: known by the value, and by what stood above it."""
        _, value = _pair(line)
        rate = _RATE.fullmatch(value)
        if self._start is not None and len(self._said) < _SAID and self._rate is None:
            self._said.append(value)
        if found := _TIME.fullmatch(value):
            day, time, offset = found.groups()
            self._start, self._place = instant(f"{day}T{time}{offset}"), locator
        elif rate and self._start is not None:
            self._rate = _decimal(rate[1])
        elif value in _MICROVOLTS:
            self._is_open = True
            if self._start and self._rate:
                yield self._measure(self._start)

    def _measure(self, start: datetime) -> Item:
        seen, felt = (*self._said, "", "")[:_SAID]
        return record_of(
            Measure(
                name="electrocardiogram",
                on=start.date(),
                value=seen or "?",
                label=felt,
                log=utc_second(start),
                locator=self._place,
            )
        )

    def _voltage(self, line: _Line, start: datetime, rate: Decimal) -> Item:
        found = _VOLTAGE.fullmatch(line.text)
        if found is None:
            self._unread += 1
            raise ValueError("this is no voltage")
        after = timedelta(microseconds=int((self._count - 1) * 1_000_000 / rate))
        return Sample(
            sensor=_SENSOR,
            start=start + after,
            values=(("value", _decimal(found[1])),),
            locator=line.locator,
        )


def _decimal(text: str) -> Decimal:
    return figure(text.replace(",", "."))
