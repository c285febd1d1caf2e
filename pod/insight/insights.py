"""What is worth telling somebody of her data: few sentences, each sure, each with its evidence.

A rule says nothing rather than something uncertain. The sentences stand in the words of the pages.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Final

from pod.insight.recipes.budget import NOT_SPENT, Budget
from pod.insight.recipes.energy import Beside, Month, compared
from pod.insight.recipes.lines import BankLine
from pod.insight.recipes.suppliers import Ending, Supplier

SHOWN: Final = 3
"""How many are told at a time."""
_TWICE_WITHIN: Final = timedelta(days=4)
_RISE: Final = Decimal("1.05")
_STEADY: Final = Decimal("0.02")
_SOON: Final = timedelta(days=90)
_MONTHS: Final = 3
_DRAWN: Final = 6
"""How many payments or months are drawn at most."""
_PARTS: Final = 4
_UNTOLD: Final = Decimal("0.5")  # in hundredths, which are told without places


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value in a sentence. `unit` is "EUR", "kWh", "%", "month", "day", "word", "item" or
    "commodity" for what has a name in each language, or "" for plain words.
    """

    value: Decimal | date | str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """One thing to tell. `kind` names its sentence, `figures` fill it; `about` is the recipe that
    shows more of it, `of` what of it, and `evidence` are the records that it rests on. What weighs
    most is told first. `drawn` are the values to draw, each with what it is of, in `unit`.
    """

    kind: str
    figures: Mapping[str, Figure]
    about: str
    weight: int
    of: str = ""
    evidence: tuple[str, ...] = ()
    drawn: tuple[tuple[Figure, Decimal], ...] = ()
    unit: str = ""


def chosen(found: Iterable[Insight]) -> tuple[Insight, ...]:
    """The ones to tell: those that weigh most, of each kind one."""
    first: dict[str, Insight] = {}
    for one in sorted(found, key=lambda each: -each.weight):
        first.setdefault(one.kind, one)
    return tuple(first.values())[:SHOWN]


def way(share: Decimal) -> str:
    """Whether a change, in hundredths, is "more", "less", or too small to be told: the "same"."""
    if abs(share) <= _UNTOLD:
        return "same"
    return "less" if share < 0 else "more"


def of_lines(lines: Iterable[BankLine]) -> Iterator[Insight]:
    """Of two debits that look like one: of one mandate and amount, at most four days apart."""
    by_mandate: dict[tuple[str, str, Decimal], list[BankLine]] = {}
    for line in lines:
        if line.mandate and line.amount < 0:
            place = (line.account, line.mandate, line.amount)
            by_mandate.setdefault(place, []).append(line)
    for several in by_mandate.values():
        ordered = sorted(several, key=lambda line: (line.on, line.iri))
        for one, other in pairwise(ordered):
            if other.on - one.on <= _TWICE_WITHIN:
                yield Insight(
                    kind="debited_twice",
                    figures={
                        "who": Figure(value=one.who),
                        "amount": Figure(value=-one.amount, unit="EUR"),
                        "day": Figure(value=other.on, unit="day"),
                    },
                    about="suppliers",
                    weight=90,
                    evidence=(one.iri, other.iri),
                    drawn=_paid(ordered[: ordered.index(other) + 1]),
                    unit="EUR",
                )


def of_suppliers(found: Iterable[Supplier]) -> Iterator[Insight]:
    """Of a steady price that has risen: the last payment under a mandate against those before."""
    for one in found:
        for mandate in one.mandates:
            paid = [line for line in one.lines if line.mandate == mandate]
            *before, last = [-line.amount for line in paid]
            if len(before) < _MONTHS:
                continue
            usual = median(before)
            is_steady = all(abs(each - usual) <= usual * _STEADY for each in before)
            if is_steady and last > usual * _RISE:
                yield Insight(
                    kind="price_rose",
                    figures={
                        "who": Figure(value=one.name),
                        "before": Figure(value=usual, unit="EUR"),
                        "amount": Figure(value=last, unit="EUR"),
                    },
                    about="suppliers",
                    weight=70,
                    evidence=(paid[-1].iri,),
                    drawn=_paid(paid),
                    unit="EUR",
                )


def of_bills(found: Iterable[Beside], commodity: str) -> Iterator[Insight]:
    """Of the latest bill that is for more or less than was metered."""
    for one in found:
        if one.is_odd and one.metered is not None:
            yield Insight(
                kind="bill_beside_meter",
                figures={
                    "of": Figure(value=commodity, unit="commodity"),
                    "month": Figure(value=one.billed.last, unit="month"),
                    "billed": Figure(value=one.billed.energy, unit="kWh"),
                    "metered": Figure(value=one.metered, unit="kWh"),
                },
                about="energy",
                of=commodity,
                weight=80,
                evidence=(one.billed.iri,),
                drawn=(
                    (Figure(value="metered", unit="word"), one.metered),
                    (Figure(value="billed", unit="word"), one.billed.energy),
                ),
                unit="kWh",
            )
            return


def of_energy(known: Mapping[date, Month], commodity: str) -> Iterator[Insight]:
    """Of the last whole month beside the same of last year."""
    pair = compared(known)
    if pair is not None and pair[1].energy > 0:
        now, before = pair
        share = (now.energy - before.energy) / before.energy * 100
        yield Insight(
            kind=f"energy_{way(share)}",
            figures={
                "of": Figure(value=commodity, unit="commodity"),
                "month": Figure(value=now.first, unit="month"),
                "energy": Figure(value=now.energy, unit="kWh"),
                "share": Figure(value=abs(share), unit="%"),
            },
            about="energy",
            of=commodity,
            weight=50,
            drawn=tuple(
                (Figure(value=each.first, unit="month"), each.energy) for each in (before, now)
            ),
            unit="kWh",
        )


def of_budget(found: Budget, month: str) -> Iterator[Insight]:
    """Of a month's spending beside the months before it."""
    before = [each for each in found.months if each < month][-_MONTHS:]
    if month not in found.months or len(before) < _MONTHS:
        return
    usual = sum((found.spent(each) for each in before), Decimal()) / _MONTHS
    spent = found.spent(month)
    if usual > 0:
        share = (spent - usual) / usual * 100
        yield Insight(
            kind=f"spent_{way(share)}",
            figures={
                "month": _month(month),
                "amount": Figure(value=spent, unit="EUR"),
                "share": Figure(value=abs(share), unit="%"),
            },
            about="budget",
            weight=40,
            drawn=tuple((_month(each), found.spent(each)) for each in (*before, month)),
            unit="EUR",
        )


def of_month(known: Mapping[date, Month], commodity: str) -> Iterator[Insight]:
    """Of the last whole month by itself: what there is to know before a year has passed."""
    whole = [month for _, month in sorted(known.items()) if month.is_whole]
    if whole:
        yield Insight(
            kind="energy_month",
            figures={
                "of": Figure(value=commodity, unit="commodity"),
                "month": Figure(value=whole[-1].first, unit="month"),
                "energy": Figure(value=whole[-1].energy, unit="kWh"),
            },
            about="energy",
            of=commodity,
            weight=30,
            drawn=tuple(
                (Figure(value=each.first, unit="month"), each.energy) for each in whole[-_DRAWN:]
            ),
            unit="kWh",
        )


def of_items(found: Budget, month: str) -> Iterator[Insight]:
    """Of the item that took most in a month."""
    sums = found.months.get(month, {})
    spent = sorted(
        ((-total, item) for item, total in sums.items() if item not in NOT_SPENT and total < 0),
        reverse=True,
    )
    if spent:
        most, item = spent[0]
        yield Insight(
            kind="most_spent",
            figures={
                "month": _month(month),
                "item": Figure(value=item, unit="item"),
                "amount": Figure(value=most, unit="EUR"),
            },
            about="budget",
            weight=20,
            drawn=tuple((Figure(value=name, unit="item"), total) for total, name in spent[:_PARTS]),
            unit="EUR",
        )


def of_payees(found: Iterable[Supplier]) -> Iterator[Insight]:
    """Of whom most was paid in the last year."""
    for one in found:
        yield Insight(
            kind="most_paid",
            figures={
                "who": Figure(value=one.name),
                "amount": Figure(value=one.paid, unit="EUR"),
                "last": Figure(value=one.last.on, unit="day"),
            },
            about="suppliers",
            weight=10,
            evidence=(one.last.iri,),
            drawn=_paid(one.lines),
            unit="EUR",
        )
        return


def of_endings(found: Iterable[Ending], today: date) -> Iterator[Insight]:
    """Of the next contract that notice can still be given of, or that ends, within 90 days."""
    for one in found:
        day = one.notice or one.day
        if today <= day <= today + _SOON:
            yield Insight(
                kind="notice_soon" if one.notice else "ends_soon",
                figures={
                    "what": Figure(value=one.contract.name),
                    "day": Figure(value=day, unit="day"),
                },
                about="suppliers",
                weight=75,
                evidence=(one.contract.iri,),
            )
            return


def _month(month: str) -> Figure:
    return Figure(value=date.fromisoformat(f"{month}-01"), unit="month")


def _paid(lines: Sequence[BankLine]) -> tuple[tuple[Figure, Decimal], ...]:
    """The last payments, to be drawn: each by its month, or by its day where months repeat."""
    drawn = lines[-_DRAWN:]
    months = {(line.on.year, line.on.month) for line in drawn}
    unit = "month" if len(months) == len(drawn) else "day"
    return tuple((Figure(value=line.on, unit=unit), -line.amount) for line in drawn)
