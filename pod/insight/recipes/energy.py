"""Energy by month: against last year, and against what was billed (SVC-18, SVC-10, SVC-21)."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

_SHARE: Final = Decimal("0.05")
"""By how much a bill may differ from the meter before it is worth a look."""
_LEAST: Final = Decimal(10)
"""And by how many kWh at the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What was used from a day on, in kWh; `days` are how many days it tells of.

    `meter` is what counted it, by a name that is the same whoever tells, and `source` who told.
    """

    on: date
    energy: Decimal
    days: int = 1
    is_estimated: bool = False
    meter: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """The kWh of a period that were billed, both days counted, and what they cost."""

    iri: str
    first: date
    last: date
    energy: Decimal
    total: Decimal
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month: what is known of it, in kWh, and of how many of its days.

    `is_estimated` is where some of it is.
    """

    first: date
    energy: Decimal
    days: int
    is_estimated: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is known of every day."""
        return self.days >= monthrange(self.first.year, self.first.month)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A bill beside the meter. `metered` is None where not every day of its period was metered."""

    billed: Billed
    metered: Decimal | None

    @property
    def more(self) -> Decimal | None:
        """How many kWh more were billed than metered."""
        return None if self.metered is None else self.billed.energy - self.metered

    @property
    def is_odd(self) -> bool:
        """Whether they differ so much that it is worth a look."""
        more = self.more
        return more is not None and abs(more) > max(_LEAST, self.billed.energy * _SHARE)


def told_once(used: Iterable[Used]) -> tuple[Used, ...]:
    """What all meters counted, by day: of a month of a meter that several tell of, as the one says
    who tells of most days of it, and of these in the smallest parts.
    """
    told: dict[tuple[str, date], dict[str, list[Used]]] = {}
    for one in used:
        sources = told.setdefault((one.meter, one.on.replace(day=1)), {})
        sources.setdefault(one.source, []).append(one)
    found: dict[date, list[Used]] = {}
    for sources in told.values():
        best = max(sources, key=lambda name: (*_worth(sources[name]), name))
        for one in sources[best]:
            found.setdefault(one.on, []).append(one)
    return tuple(_together(found[on]) for on in sorted(found))


def _together(several: list[Used]) -> Used:
    """What several meters counted on a day."""
    first, *others = several
    energy, days, is_estimated = first.energy, first.days, first.is_estimated
    for one in others:
        energy, days = energy + one.energy, max(days, one.days)
        is_estimated = is_estimated or one.is_estimated
    return Used(on=first.on, energy=energy, days=days, is_estimated=is_estimated)


def _worth(several: list[Used]) -> tuple[int, int]:
    return sum(one.days for one in several), len(several)


def months(used: Iterable[Used]) -> Mapping[date, Month]:
    """By their first days, the months that anything is known of. What tells of several days counts
    in the month that it begins in.
    """
    found: dict[date, Month] = {}
    for one in used:
        first = one.on.replace(day=1)
        before = found.get(first) or Month(first=first, energy=Decimal(), days=0)
        found[first] = Month(
            first=first,
            energy=before.energy + one.energy,
            days=before.days + one.days,
            is_estimated=before.is_estimated or one.is_estimated,
        )
    return dict(sorted(found.items()))


def a_year_before(first: date) -> date:
    """The same month of the year before."""
    return first.replace(year=first.year - 1)


def compared(known: Mapping[date, Month]) -> tuple[Month, Month] | None:
    """The last whole month, and the same of the year before where that is whole, too."""
    for first in sorted(known, reverse=True):
        before = known.get(a_year_before(first))
        if known[first].is_whole and before is not None and before.is_whole:
            return known[first], before
    return None


def beside(bills: Iterable[Billed], used: Iterable[Used]) -> tuple[Beside, ...]:
    """Each bill beside what the meter told of its period, the latest first.

    What was used is put together from stretches that lie within the period as a whole. What a bill
    says both as a whole and in a line counts once.
    """
    by_day = {one.on: one for one in used}
    once = {(bill.first, bill.last, bill.energy): bill for bill in bills}
    found = (Beside(billed=bill, metered=_metered(bill, by_day)) for bill in once.values())
    return tuple(sorted(found, key=lambda one: (one.billed.last, one.billed.iri), reverse=True))


def _metered(bill: Billed, by_day: Mapping[date, Used]) -> Decimal | None:
    day, energy = bill.first, Decimal()
    while day <= bill.last:
        one = by_day.get(day)
        if one is None:
            return None
        energy += one.energy
        day += timedelta(days=one.days)
    return energy if day == bill.last + timedelta(days=1) else None
