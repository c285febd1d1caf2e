"""What in the journal a person should look at: five kinds of things that are out of the ordinary.

Nothing is kept: alerts follow from the lines and the grants each time that somebody looks.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum
from statistics import median
from typing import Final

from pod.consent.deed import Kind, Party, Who, categories_in, has_left, kind_of, party_of
from pod.model import Doing

TIMES: Final = 10
SILENCE: Final = timedelta(days=90)
FEWEST_DAYS: Final = 3
"""Days on which somebody has read before it is known what is usual."""
FEWEST_ROWS: Final = 50
"""Rows of a day below which nothing is much."""
BURST: Final = 20
"""Refusals of an hour."""
_HOUR: Final = timedelta(hours=1)


class Unusual(Enum):
    """Why to look."""

    FIRST = "first"
    SENSITIVE = "sensitive"
    MUCH = "much"
    SILENT = "silent"
    BURST = "burst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to look at. `number` is that of the line that shows it, `time` when that was, in
    UTC; `category` is the sensitive one, by its name, else None; `amount` counts rows or refusals,
    or days of silence, `usual` the rows of other days.
    """

    unusual: Unusual
    party: Party
    number: int
    time: datetime
    category: str | None = None
    amount: int = 0
    usual: int = 0


@dataclass(slots=True)
class _Known:
    """What is known of a party: when it read last, how many rows on each day, what is told."""

    last: datetime | None = None
    rows: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    refused: dict[datetime, int] = field(default_factory=lambda: defaultdict(int))
    told: set[tuple[date, str]] = field(default_factory=set)

    def once(self, day: date, what: str) -> bool:
        """Whether something of a day is told now for the first time."""
        is_new = (day, what) not in self.told
        self.told.add((day, what))
        return is_new


def alerts(doings: Sequence[Doing], owners: Collection[str]) -> tuple[Alert, ...]:
    """The alerts of what the journal tells, the latest first; `owners` are the person's WebIDs.

    What she does herself is none. Who comes in it for the first time is new: so `doings` have to
    reach back further than what is looked at.
    """
    known: dict[Party, _Known] = defaultdict(_Known)
    found: list[Alert] = []
    for doing in doings:
        party = party_of(doing.entry.agent, doing.entry.client, owners)
        if party.who is not Who.YOU:
            found += _about(doing, party, known[party])
    return tuple(sorted(found, key=lambda one: one.number, reverse=True))


def _about(doing: Doing, party: Party, known: _Known) -> Iterator[Alert]:
    if kind_of(doing.entry) is Kind.REFUSED:
        yield from _refused(doing, party, known)
    elif party.who is not Who.STRANGER and kind_of(doing.entry) in {Kind.OUT, Kind.IN}:
        yield from _again(doing, party, known)
        if has_left(doing.entry):
            yield from _sensitive(doing, party, known)
            yield from _much(doing, party, known)


def _refused(doing: Doing, party: Party, known: _Known) -> Iterator[Alert]:
    hour = doing.first.replace(minute=0, second=0, microsecond=0)
    known.refused[hour] += doing.times
    if known.refused[hour] >= BURST and known.once(hour.date(), f"{Unusual.BURST}{hour.hour}"):
        yield replace(_alert(Unusual.BURST, doing, party), amount=known.refused[hour])


def _again(doing: Doing, party: Party, known: _Known) -> Iterator[Alert]:
    last, known.last = known.last, max(doing.entry.time, known.last or doing.entry.time)
    if last is None:
        yield _alert(Unusual.FIRST, doing, party)
    elif doing.first - last > SILENCE:
        yield replace(_alert(Unusual.SILENT, doing, party), amount=(doing.first - last).days)


def _sensitive(doing: Doing, party: Party, known: _Known) -> Iterator[Alert]:
    for category in categories_in(doing.entry):
        if category.sensitive and known.once(doing.entry.time.date(), category.name):
            yield replace(_alert(Unusual.SENSITIVE, doing, party), category=category.name)


def _much(doing: Doing, party: Party, known: _Known) -> Iterator[Alert]:
    day = doing.entry.time.date()
    # Of what has no rows, each answer counts for one.
    known.rows[day] += doing.rows or doing.times
    if known.rows[day] < FEWEST_ROWS or (day, Unusual.MUCH.value) in known.told:
        return
    before = [rows for other, rows in known.rows.items() if other < day]
    usual = int(median(before)) if len(before) >= FEWEST_DAYS else known.rows[day]
    if known.rows[day] >= TIMES * usual:
        known.told.add((day, Unusual.MUCH.value))
        alert = _alert(Unusual.MUCH, doing, party)
        yield replace(alert, amount=known.rows[day], usual=usual)


def _alert(unusual: Unusual, doing: Doing, party: Party) -> Alert:
    return Alert(unusual=unusual, party=party, number=doing.number, time=doing.entry.time)
