"""What recipes are made of: the lines of her banks, what she used of energy, her contracts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Final

from pod.flows.rows import Asking
from pod.insight.months import months_before
from pod.insight.query import Iri, query
from pod.insight.recipes.energy import Billed, Used, told_once
from pod.insight.recipes.lines import BankLine, Bought, Money
from pod.insight.recipes.meters import as_one
from pod.insight.recipes.suppliers import Contract
from pod.insight.rows import Row, day, number
from vocab.iri import ResourceIri
from vocab.names import SD, SDC
from vocab.places import ANNOTATIONS

_LONGEST: Final = 400  # days that one reading may tell of
_NO_DAY: Final = date(1900, 1, 1)
_ASKED: Final = (SD.Invoice, SD.Instalment, SD.Purchase)
_OF_MONEY: Final = ("bank-lines", "receipt-lines", "not-settled")


async def money_of(her: Asking, months: int = 13) -> Money:
    """What is known of the last months of which anything is, whole ones. Raises Unavailable."""
    told = await _told(SD.BankTransaction, her)
    if not told:
        told = {k: v for kind in _ASKED for k, v in (await _told(kind, her)).items()}
    if not told:
        return Money()
    last = max(told.values())
    since = months_before(last.replace(day=1), months - 1)
    lines, bought, asked = [await her.rows(query(name, since=since)) for name in _OF_MONEY]
    several = _by(lines, "line")
    own = await _own(her) if any(map(_is_sorted_twice, several)) else {}
    return Money(
        lines=tuple(_line(one, own) for one in several),
        bought=tuple(map(_bought, bought)),
        asked=tuple(_asked(several) for several in _by(asked, "line")),
        since=since,
        until=last,
        sources=tuple(sorted(told, key=str.casefold)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Energy:
    """By commodity ("electricity"), what was used since a day, as `sources` told, and billed.

    `twice` are those of which two sources tell the same of one meter, under two names.
    """

    used: Mapping[str, tuple[Used, ...]]
    billed: Mapping[str, tuple[Billed, ...]]
    since: date
    sources: tuple[str, ...] = ()
    twice: frozenset[str] = frozenset()

    @property
    def commodities(self) -> tuple[str, ...]:
        """Those that something was metered of, electricity first."""
        return tuple(sorted(self.used, key=lambda name: (name != "electricity", name)))


@dataclass(frozen=True, slots=True)
class _Teller:
    """A holder who told of a class of records: its name, and the last day that it told of."""

    name: str
    last: date


async def energy_of(her: Asking, months: int = 25) -> Energy:
    """What is known of the last months that anything is known of. Raises Unavailable."""
    tellers = await _tellers(SD.Consumption, her)
    last = max((one.last for one in tellers.values()), default=None)
    since = months_before(last.replace(day=1), months - 1) if last else _NO_DAY
    used = await her.rows(query("energy-days", since=since))
    billed = await her.rows(query("energy-billed", since=since))
    metered = {name: as_one(map(_used, several)) for name, several in _of_each(used)}
    return Energy(
        used={name: told_once(every) for name, (every, _) in metered.items()},
        twice=frozenset(name for name, (_, is_twice) in metered.items() if is_twice),
        billed={name: tuple(map(_billed, several)) for name, several in _of_each(billed)},
        since=since,
        sources=_sources(tellers, used),
    )


def _sources(tellers: Mapping[str, _Teller], used: Iterable[Row]) -> tuple[str, ...]:
    """The names of those whose figures these are: who tells of water alone tells no energy."""
    holders = {row["holder"] for row in used}
    found = {one.name for holder, one in tellers.items() if holder in holders}
    return tuple(sorted(found, key=str.casefold))


async def contracts_of(her: Asking) -> tuple[Contract, ...]:
    """Her contracts, but for those of her work. Raises Unavailable."""
    found = await her.rows(query("contracts"))
    kept = [row for row in found if row["employment"] != "true"]
    return tuple(_contract(several[0]) for several in _by(kept, "contract"))


async def _tellers(kind: str, her: Asking) -> dict[str, _Teller]:
    """Who told of a class of records, by their IRIs."""
    found = await her.rows(query("last-days", **{"class": Iri(kind)}))
    days = ((row, day(row, "last")) for row in found)
    return {
        row["holder"]: _Teller(row.get("name") or row["holder"], last) for row, last in days if last
    }


async def _told(kind: str, her: Asking) -> dict[str, date]:
    """Who told of a class of records, by name, each with the last day of it."""
    return {one.name: one.last for one in (await _tellers(kind, her)).values()}


def _by(found: Iterable[Row], name: str) -> list[list[Row]]:
    ordered = sorted(found, key=lambda row: row[name])
    return [list(group) for _, group in groupby(ordered, key=lambda row: row[name])]


def _of_each(found: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    return [(_code(several[0], "commodity"), several) for several in _by(found, "commodity")]


def _is_sorted_twice(several: list[Row]) -> bool:
    return len({row.get("category") for row in several}) > 1


async def _own(her: Asking) -> Mapping[str, str]:
    """The category of each line that she has sorted: it goes before that of her bank."""
    within = str(ResourceIri(her.pod.store.storage, ANNOTATIONS))
    found = await her.rows(query("own-categories", annotations=within))
    return {row["line"]: row["category"] for row in found}


def _line(several: list[Row], own: Mapping[str, str]) -> BankLine:
    row = several[0]
    return BankLine(
        iri=row["line"],
        on=day(row, "on") or _NO_DAY,
        amount=number(row, "amount") or Decimal(),
        account=row["account"],
        currency=row.get("currency", "EUR"),
        label=row.get("label", ""),
        party=row.get("party", ""),
        nature=_code(row, "nature"),
        mandate=row.get("mandate", ""),
        category=own.get(row["line"], row.get("category", "")).removeprefix(SDC.NS),
        heading=_code(row, "heading"),
        paid=row.get("class", "").removeprefix(SD.NS),
        payee=row.get("payee", ""),
        sectors=frozenset(_code(one, "sector") for one in several if "sector" in one),
    )


def _asked(several: list[Row]) -> BankLine:
    """A bill as if it were paid when it is due, or when it was written."""
    row = several[0]
    total = number(row, "left") or number(row, "total") or Decimal()
    return BankLine(
        iri=row["line"],
        on=day(row, "on") or _NO_DAY,
        amount=-total,
        account="",
        currency=row.get("currency", "EUR"),
        label=row.get("label", ""),
        party=row.get("party", ""),
        paid=row["class"].removeprefix(SD.NS),
        payee=row.get("payee", ""),
        heading=_code(row, "heading"),
        sectors=frozenset(_code(one, "sector") for one in several if "sector" in one),
    )


def _bought(row: Row) -> Bought:
    return Bought(
        iri=row["part"],
        line=row["line"],
        name=row.get("name", ""),
        total=number(row, "total") or Decimal(),
        category=_code(row, "category"),
    )


def _used(row: Row) -> Used:
    on = day(row, "on") or _NO_DAY
    return Used(
        on=on,
        energy=number(row, "energy") or Decimal(),
        days=_days(on, row.get("end", "")),
        is_estimated=row.get("estimated") == "1",
        meter=row["account"].rpartition("#")[2],  # named by its number, whoever tells of it
        source=row["holder"],
    )


def _days(on: date, end: str) -> int:
    """How many days a reading tells of, that ends at a time; one where it does not say."""
    try:
        whole = (datetime.fromisoformat(end).date() - on) / timedelta(days=1)
    except ValueError:
        return 1
    return int(whole) if 1 <= whole <= _LONGEST else 1


def _billed(row: Row) -> Billed:
    return Billed(
        iri=row["it"],
        first=day(row, "from") or _NO_DAY,
        last=day(row, "until") or _NO_DAY,
        energy=number(row, "energy") or Decimal(),
        total=number(row, "total") or Decimal(),
        name=row.get("name", ""),
    )


def _contract(row: Row) -> Contract:
    return Contract(
        iri=row["contract"],
        name=row.get("name", "") or row.get("label", ""),
        holder=row["holder"],
        payee=row.get("payee", ""),
        label=row.get("label", ""),
        since=day(row, "first"),
        until=day(row, "last"),
        price=number(row, "price"),
        every=row.get("every", ""),
        nature=_code(row, "nature"),
        is_insurance=row["insurance"] == "true",
    )


def _code(row: Row, name: str) -> str:
    return row.get(name, "").removeprefix(SDC.NS)
