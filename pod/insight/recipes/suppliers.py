"""Whom she pays again and again, and which contract ends when (SVC-03, SVC-29, SVC-21)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from importers.text import unaccented
from pod.insight.months import months_before
from pod.insight.recipes.cards import without_card_debits
from pod.insight.recipes.lines import BankLine, in_one_currency, plain, without_own_transfers

_REGULAR: Final = 3
_YEAR: Final = timedelta(days=365)
_WORD: Final = re.compile(r"[a-z0-9]{2,}")
_COMMON: Final = frozenset(
    {"www", "com", "fr", "org", "net", "eu", "example", "sa", "sas", "sarl", "sepa"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract as its holder says it: what is not said is None or empty.

    `every` is an ISO 8601 duration, for what the price is.
    """

    iri: str
    name: str
    holder: str
    payee: str = ""
    label: str = ""
    since: date | None = None
    until: date | None = None
    price: Decimal | None = None
    every: str = ""
    nature: str = ""
    is_insurance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """When a contract ends, or a year of it, and by when to give notice, where that is known.

    `is_yearly` is where it goes on for another year unless somebody gives notice.
    """

    contract: Contract
    day: date
    notice: date | None
    is_yearly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who is paid: what went there in the last year, how often, and the last time."""

    name: str
    paid: Decimal
    times: int
    last: BankLine
    mandates: tuple[str, ...]
    lines: tuple[BankLine, ...]


def suppliers(lines: Iterable[BankLine], until: date) -> tuple[Supplier, ...]:
    """Those who were paid in the year up to a day by direct debit, for a bill, or again and again
    by transfer: who took most comes first. What was paid by card counts where a bill is linked.
    """
    kept = without_own_transfers(without_card_debits(in_one_currency(lines)))
    known: dict[str, list[BankLine]] = {}
    names = _names_by_mandate(kept)
    for line in kept:
        if until - _YEAR < line.on <= until and line.amount < 0 and _is_billed(line):
            known.setdefault(names.get(line.mandate) or line.who, []).append(line)
    found = (_supplier(name, several) for name, several in known.items() if _counts(several))
    return tuple(sorted(found, key=lambda one: (-one.paid, one.name)))


def _is_billed(line: BankLine) -> bool:
    is_bill = line.paid in {"Invoice", "Instalment"}
    return bool(line.mandate) or is_bill or line.nature in {"debit", "transfer"}


def _counts(lines: list[BankLine]) -> bool:
    is_sure = any(line.mandate or line.paid for line in lines)
    return is_sure or len(lines) >= _REGULAR


def _names_by_mandate(lines: Iterable[BankLine]) -> dict[str, str]:
    """What each mandate is of: as a bill says, else as the bank says."""
    names: dict[str, str] = {}
    for line in lines:
        if line.mandate and (line.payee or line.mandate not in names):
            names[line.mandate] = line.who
    return names


def _supplier(name: str, lines: list[BankLine]) -> Supplier:
    ordered = tuple(sorted(lines, key=lambda line: (line.on, line.iri)))
    return Supplier(
        name=name,
        paid=-sum((line.amount for line in ordered), Decimal()),
        times=len(ordered),
        last=ordered[-1],
        mandates=tuple(sorted({line.mandate for line in ordered if line.mandate})),
        lines=ordered,
    )


def endings(contracts: Iterable[Contract], today: date) -> tuple[Ending, ...]:
    """What ends when, the next first: what ends by itself, and the years of insurance contracts.

    An insurance contract goes on for a year unless notice is given two months before its year ends
    (Code des assurances, L113-12). Of two for one home the later one is in force. Contracts that
    say no end and are no insurance are left out: nothing is known of them.
    """
    all_ = tuple(contracts)
    return tuple(sorted(_endings(all_, today), key=lambda one: (one.day, one.contract.iri)))


def _endings(contracts: tuple[Contract, ...], today: date) -> Iterator[Ending]:
    for one in contracts:
        if one.until is not None:
            if one.until >= today:
                yield Ending(contract=one, day=one.until, notice=None, is_yearly=False)
        elif one.is_insurance and one.since is not None and not _is_followed(one, contracts):
            day = _next_year(one.since, today)
            yield Ending(contract=one, day=day, notice=months_before(day, 2), is_yearly=True)


def _is_followed(one: Contract, contracts: Iterable[Contract]) -> bool:
    """Whether a later contract for the home took its place."""
    return one.nature == "home" and any(
        other.nature == "home"
        and other.holder == one.holder
        and other.since is not None
        and one.since is not None
        and other.since > one.since
        for other in contracts
    )


def _next_year(since: date, today: date) -> date:
    day = since.replace(year=today.year, day=min(since.day, 28))
    return day if day > today else day.replace(year=today.year + 1)


def yearly(contract: Contract) -> Decimal | None:
    """What a contract costs in a year; None where it does not say."""
    times = {"P1Y": 1, "P12M": 1, "P6M": 2, "P3M": 4, "P2M": 6, "P1M": 12, "P4W": 13, "P1W": 52}
    if contract.price is None or contract.every not in times:
        return None
    return contract.price * times[contract.every]


def of_supplier(supplier: Supplier, contracts: Iterable[Contract]) -> tuple[Contract, ...]:
    """The contracts with somebody who is paid: by the name that holder and bank both say."""
    said = _words(supplier.name)
    return tuple(one for one in contracts if any(_is_called(name, said) for name in _names(one)))


def _names(one: Contract) -> tuple[str, ...]:
    """What the holder of a contract is called, and where it is found."""
    return one.payee, one.holder.partition("://")[2]


def _is_called(name: str, said: frozenset[str]) -> bool:
    words = _words(name)
    return bool(words) and words <= said


def _words(name: str) -> frozenset[str]:
    """The words that tell somebody from others, without those of all addresses and companies."""
    return frozenset(_WORD.findall(unaccented(plain(name)))) - _COMMON
