"""Measures in a My HealtheVet report: laboratory results, vital signs, what the person noted."""

import re
from collections.abc import Iterator
from dataclasses import replace

from importers.contract import Item
from importers.health.blue_button_measures import amount, known, measures
from importers.health.blue_button_text import Layout, Row, begins_with
from importers.health.civil_dates import american_moment
from importers.health.entry import Entry, Fields, Measured, measure, record
from importers.health.ucum import unit

# "6.5 Critical High": what the laboratory thinks of the value stands behind it.
_FLAG = re.compile(r"(?<!\s)\s+((?:critical\s+)?(?:high|low)|abnormal)$", re.IGNORECASE)
_BESIDE = frozenset(
    {
        *("Measurement Type", "Date", "Time", "Comments", "Measure", "Method", "Location"),
        *("Vital Sign", "Date/Time Collected", "Date Collected", "Source", "Qualifiers", "Glucose"),
        *("Measurement", "Position", "Site", "Vital Statistic Type", "Reading", "Other"),
    }
)
_LAB_NAMES = frozenset(
    {
        *("Lab Type", "Ordering Provider", "Ordering Location", "Specimen", "Date/Time Collected"),
        *("Collected Location", "Result", "Units", "Reference Range", "Interpretation"),
        *("Performing Location", "Status", "Comments", "Date/Time Completed", "Collection Sample"),
    }
)
LAB = Layout(starts=begins_with("Lab Test", "Test Name"), knows=_LAB_NAMES)
NOTED = Layout(starts=begins_with("Measurement Type"), knows=None)
VITAL = Layout(
    starts=begins_with("Vital Sign"),
    knows=frozenset({"Measurement", "Date/Time Collected", "Location", "Comments"}),
)


def _entry(row: Row, label: str, when: str, *, is_own: bool) -> Entry:
    comment = row.get("Comments")
    more: Fields = (
        *((("schema:description", comment),) if comment else ()),
        *((("sd:selfEntered", True),) if is_own else ()),
    )
    return Entry(
        kind="HealthMeasure",
        label=label,
        locator=row.locator,
        begin=american_moment(when),
        more=more,
        alike=(row.get("Time"), row.get("Date/Time Collected")),
    )


def noted(row: Row, is_own: bool) -> Iterator[Item]:  # noqa: FBT001 - it is always given
    """What the person measured. Raises ValueError without a date or without a value."""
    entry = _entry(row, "", row.get("Date"), is_own=is_own)
    found = [(name, text) for name in row.values if name not in _BESIDE and (text := row.get(name))]
    if not found:
        raise ValueError("this measure has no value")
    for number, (name, text) in enumerate(found):
        one = replace(entry, counted=number == 0)
        yield from measures(one, name, text, row.get("Measure"))


def vital(row: Row, is_own: bool) -> Iterator[Item]:  # noqa: FBT001 - it is always given
    """A vital sign that was taken in a hospital."""
    entry = _entry(row, "", row.get("Date/Time Collected"), is_own=is_own)
    yield from measures(entry, row.get("Vital Sign"), row.get("Measurement"))


class Laboratory:
    """The tests of a laboratory: each is of the order before it."""

    def __init__(self) -> None:
        self._order: Row | None = None
        self._tests = 0

    def read(self, row: Row) -> Iterator[Item]:
        """A measure for each test; an order without any is kept as a report, when it is over."""
        if "Lab Test" in row.values:
            yield from self.rest()
            self._order, self._tests = row, 0
            if "Result" in row.values:
                raise ValueError("a test is not read: the line with which it begins is missing")
            return
        if self._order is None:
            raise ValueError("this test does not say of which order it is")
        self._tests += 1
        yield self._test(row, self._order)

    def _test(self, row: Row, order: Row) -> Item:
        name, result = row.get("Test Name"), row.get("Result")
        flag = _FLAG.search(result)
        value, written = amount(_FLAG.sub("", result), row.get("Units"))
        entry = Entry(
            kind="HealthMeasure",
            label=name,
            locator=row.locator,
            begin=american_moment(order.get("Date/Time Collected")),
            status=row.get("Status"),
            by=(order.get("Ordering Provider"),),
            more=(("schema:description", flag.group(1)),) if flag else (),
            alike=(order.get("Lab Test"), order.get("Date/Time Collected")),
        )
        return measure(
            entry,
            Measured(
                observed=known(name),
                value=value,
                unit=unit(written),
                unit_text=written,
                range=row.get("Reference Range"),
            ),
        )

    def rest(self) -> Iterator[Item]:
        """The last order, where it has no tests. Raises ValueError for a date that is none."""
        order, self._order = self._order, None
        if order is None or self._tests:
            return
        yield record(
            Entry(
                kind="HealthReport",
                label=order.get("Lab Test"),
                locator=order.locator,
                begin=american_moment(order.get("Date/Time Collected")),
                by=(order.get("Ordering Provider"),),
            )
        )
