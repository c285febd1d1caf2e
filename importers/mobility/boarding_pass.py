"""Boarding passes of airlines: the text in their bar code (IATA Resolution 792, type M).

A line is a pass: 23 characters of the passenger and the ticket, then for each leg 37 characters and
as many more as two hexadecimal digits at its end say. The day of a flight is the number of the day
in a year that the pass does not say: the option `year` does, and nothing is kept without it. A pass
has no times, so a flight has a date and neither departure nor arrival. Not kept: the name of the
passenger, who may be another person, the numbers of booking, ticket, customer and baggage, and the
seat; a flight that was booked is not known to have been taken.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from itertools import chain
from typing import BinaryIO, Final

from importers.contract import (
    Check,
    Code,
    HolderHint,
    Item,
    Key,
    Match,
    Option,
    Options,
    Problem,
    Record,
)
from importers.rows import convert
from importers.text import lines

_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise ValueError("this is no year")
    return int(text)


YEAR: Final = Option(
    name="year",
    fr="l'année du vol, que la carte d'embarquement ne dit pas",
    en="the year of the flight, which the boarding pass does not say",
    example="2026",
    read=_year,
    is_required=True,
)
_PASS: Final = re.compile(r"M([1-4])[^\n]{20}[E ]", re.ASCII)
_LEG: Final = re.compile(
    r"[A-Z0-9 ]{7}([A-Z]{3})([A-Z]{3})([A-Z0-9]{2}[A-Z ])(\d{4}[A-Z ])(\d{3})"
    r"[A-Z ][A-Z0-9 ]{4}[A-Z0-9 ]{5}[A-Z0-9 ]([0-9A-F]{2})",
    re.ASCII,
)
_NEEDED: Final = 60
_CUT: Final = "the pass ends before it says what it should"
_AIRLINE: Final = HolderHint(iri="urn:sd:holder:airline", name="airline", sector="transport")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str

    @property
    def locator(self) -> str:
        return f"line={self.number}"


class BoardingPass:
    """Bar codes of boarding passes."""

    format = "boarding-pass"
    title = "Boarding pass of an airline: the text of its bar code (IATA BCBP)"
    domain = "mobility"
    extensions = (".txt",)
    version = "1"
    options = (YEAR,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        first = next(_passes(BytesIO(head)), None)
        if first is None or not _is_pass(first.text):
            return None
        return Match(confidence=90, needs=(YEAR.name,))

    def holder(self, head: bytes) -> HolderHint:
        del head
        return _AIRLINE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A flight for each leg of each pass, in the year that the option `year` says."""
        said = options.said(YEAR)

        def read(line: _Line) -> Iterator[Item]:
            if not said:
                raise ValueError("the pass does not say its year: say it with year=YYYY")
            return _flights(line, _year(said))

        passes = _passes(export)
        first = next(passes, None)
        if first is None:
            return iter((Problem("/", "no boarding pass is in this file"),))
        return convert(chain((first,), passes), read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a pass without one of its legs is told as it is read."""
        del items
        return ()


def _passes(export: BinaryIO) -> Iterator[_Line]:
    for number, text in enumerate(lines(export), 1):
        if text.strip():
            yield _Line(number, text.rstrip("\n"))


def _is_pass(text: str) -> bool:
    found = _PASS.match(text)
    return found is not None and _LEG.match(text, found.end()) is not None


def _flights(line: _Line, year: int) -> Iterator[Item]:
    found = _PASS.match(line.text)
    if found is None or len(line.text) < _NEEDED:
        raise ValueError("this is no boarding pass")
    at = found.end()
    for _ in range(int(found[1])):
        leg = _LEG.match(line.text, at)
        if leg is None:
            raise ValueError(_CUT)
        yield _flight(leg, year, line.locator)
        at = leg.end() + int(leg[6], 16)
    if at > len(line.text):
        yield Problem(line.locator, _CUT, row=False)


def _flight(leg: re.Match[str], year: int, locator: str) -> Record:
    origin, target, carrier, number, day, _ = leg.groups()
    on = date(year, 1, 1) + timedelta(days=int(day) - 1)
    if on.year != year:
        raise ValueError("this day does not exist in the year that was said")
    flight = f"{carrier.strip()} {number.strip()}"
    return Record(
        kind="Trip",
        key=Key(natural=(flight, origin, target)),
        fields=(
            ("sd:date", on),
            ("sd:fromName", origin),
            ("sd:toName", target),
            ("sd:nature", Code("plane")),
            ("sd:sourceLabel", flight),
        ),
        on=on,
        locator=locator,
    )
