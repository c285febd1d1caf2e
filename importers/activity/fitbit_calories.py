"""Fitbit in Google Takeout: the energy of calories-*.json, minute by minute, as totals of days.

Unlike steps, the minutes are those of the clock where the person was, without a zone, so no instant
can be known of them; the civil day can. What is kept is the sum of each day in kilocalories, with
what a body needs at rest. The last day of the newest file goes on in the next export.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from importers.activity.fitbit_file import FITBIT, day, recognised
from importers.activity.measures import Measure, record_of
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, elements
from importers.rows import convert
from importers.text import lines

_STAMP: Final = re.compile(r"([0-9]{2}/[0-9]{2}/[0-9]{2}) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")


class FitbitCalories:
    """The energy of Fitbit."""

    format = "fitbit-calories"
    title = "Fitbit (Takeout): energy of each day (calories-*.json)"
    domain = "health"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        return recognised(filename, head, ('"dateTime"', '"value"'), "calories")

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FITBIT

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each day whose minutes are all there. Takes no options."""
        del options
        days = _Days()
        yield from convert(days.heard(elements("".join(lines(export)), "/*")), days.read)
        yield from days.end()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the export states neither count nor sum."""
        del items
        return ()


class _Days:
    """Adds minutes up to days, in the order of the file."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._total = Decimal(0)
        self._locator = ""
        self._is_broken = False

    def heard(self, found: Iterable[Element | Problem]) -> Iterator[Element | Problem]:
        """The same elements; where the file breaks off, the day that is open has no total."""
        for one in found:
            self._is_broken = self._is_broken or isinstance(one, Problem)
            yield one

    def read(self, minute: Element) -> Iterator[Item]:
        """The day before, where a minute begins another. Raises ValueError, with a sentence."""
        stamp = _STAMP.fullmatch(minute.text("dateTime"))
        if stamp is None:
            raise ValueError("`dateTime` is not a date and time of Fitbit")
        on, value = day(stamp.group(1)), minute.number("value")
        if self._day and on < self._day:
            raise ValueError("this minute is of a day that has ended above")
        if on != self._day:
            yield from self._ended()
            self._day, self._total, self._locator = on, Decimal(0), minute.locator
        self._total += value

    def end(self) -> Iterator[Item]:
        """The last day, unless the file broke off within it."""
        if not self._is_broken:
            yield from self._ended()

    def _ended(self) -> Iterator[Item]:
        if self._day is not None:
            yield record_of(
                Measure(
                    name="energy-of-day",
                    on=self._day,
                    value=self._total,
                    unit="KiloCAL",
                    locator=self._locator,
                )
            )
