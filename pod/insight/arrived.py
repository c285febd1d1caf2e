"""What an import brought, in three facts: picked from the rows of its queries, pure arithmetic."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from pod.insight.rows import Row
from vocab.glossary import broader, glossary
from vocab.names import SD

MOST: Final = 3
_BESIDE: Final = frozenset(
    {SD.NS + name for name in ("Account", "MeterPoint", "Series", "SeriesChunk")}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing worth telling: its name, and what it is about.

    `amounts` are in `unit`: a currency (ISO 4217), or kWh. `iri` is a class, a code or a record.
    """

    name: str
    amounts: tuple[Decimal, ...] = ()
    unit: str = ""
    text: str = ""
    iri: str = ""
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How many records of a class came, by its IRI."""

    iri: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What is drawn of a month: payments, energy, or else how many records."""

    first: date
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is drawn of an import, month by month; `unit` is a currency, kWh, or "" for records."""

    unit: str
    months: tuple[Month, ...] = field(default=())


def kinds(sums: Iterable[Row]) -> tuple[Kind, ...]:
    """The classes of what came, those of most records first, each record by its own class alone."""
    counts: dict[str, int] = defaultdict(int)
    for row in sums:
        counts[row["class"]] += int(row["count"])
    above = {wide for iri in counts for wide in broader(glossary(), iri)} | _BESIDE
    found = [Kind(iri=iri, count=n) for iri, n in counts.items() if iri not in above]
    return tuple(sorted(found, key=lambda one: (-one.count, one.iri)))


def facts(sums: Iterable[Row], largest: Iterable[Row]) -> tuple[Fact, ...]:
    """The three things that are most worth telling of what came."""
    every = tuple(sums)
    told = (*_money(every), *_largest(largest), *_energy(every), *_billed(every), *_period(every))
    return told[:MOST]


def course(months: Iterable[Row]) -> Course:
    """What to draw: payments where there are any, else energy, else how many records."""
    every = tuple(row for row in months if len(row["month"]) == len("2026-01"))
    for name, mark, unit in (("out", "currency", ""), ("used", "commodity", "kWh")):
        by_mark: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for row in every:
            if row.get(name) and row.get(mark):
                by_mark[row[mark]][row["month"]] += Decimal(row[name])
        totals = {one: sum(by_month.values()) for one, by_month in by_mark.items()}
        if any(totals.values()):
            most = max(totals, key=lambda one: (totals[one], one))
            return Course(unit=unit or most, months=_filled(by_mark[most]))
    counts: dict[str, Decimal] = defaultdict(Decimal)
    for row in every:
        counts[row["month"]] += int(row["count"])
    return Course(unit="", months=_filled(counts))


def _money(sums: Iterable[Row]) -> Iterator[Fact]:
    added: dict[str, list[Decimal]] = {}
    for row in sums:
        if row.get("in") and row.get("out") and row.get("currency"):
            both = added.setdefault(row["currency"], [Decimal(), Decimal()])
            both[0] += Decimal(row["in"])
            both[1] += Decimal(row["out"])
    for currency, both in sorted(added.items(), key=lambda pair: -sum(pair[1])):
        if any(both):
            yield Fact(name="money", amounts=tuple(both), unit=currency)


def _largest(largest: Iterable[Row]) -> Iterator[Fact]:
    found = min(largest, key=lambda row: Decimal(row["amount"]), default=None)
    if found is not None:
        yield Fact(
            name="largest",
            amounts=(-Decimal(found["amount"]),),
            unit=found["currency"],
            text=found.get("label", ""),
            iri=found["record"],
            days=_days(found.get("day")),
        )


def _energy(sums: Iterable[Row]) -> Iterator[Fact]:
    for row in sums:
        days = _days(row.get("first"), row.get("last"))
        if row.get("used") and Decimal(row["used"]) and row.get("commodity"):
            yield Fact(
                name="energy",
                amounts=(Decimal(row["used"]),),
                unit="kWh",
                iri=row["commodity"],
                days=days,
            )


def _billed(sums: Iterable[Row]) -> Iterator[Fact]:
    for row in sums:
        if row["class"] == SD.NS + "Invoice" and row.get("billed") and row.get("currency"):
            count, total = Decimal(row["count"]), Decimal(row["billed"])
            yield Fact(name="billed", amounts=(total, count), unit=row["currency"])


def _period(sums: Iterable[Row]) -> Iterator[Fact]:
    every = tuple(sums)
    days = [day for row in every for day in _days(row.get("first"), row.get("last"))]
    if days:
        yield Fact(name="period", days=(min(days), max(days)))
    for one in kinds(every):
        yield Fact(name="count", amounts=(Decimal(one.count),), iri=one.iri)


def _days(*texts: str | None) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(text[:10]) for text in texts if text)
    except ValueError:  # a year alone, of a record that knows no more
        return ()


def _filled(by_month: Mapping[str, Decimal]) -> tuple[Month, ...]:
    """The months of a course in order; those of which nothing is known are left out."""
    return tuple(
        Month(first=date.fromisoformat(f"{month}-01"), value=by_month[month])
        for month in sorted(by_month)
    )
