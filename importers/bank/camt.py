"""CAMT: statements, reports and notices of accounts by ISO 20022 (camt.053, .052, .054).

Format: https://www.iso20022.org/iso-20022-message-definitions, bank-to-customer cash management.
All versions share one grammar and are read by local name. Amounts have no sign, an indicator says
credit or debit; dates of bookings are civil dates of the bank.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.bank.camt_entry import civil_day, currency_of, movement, signed, status
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Record,
    Ref,
    Stated,
    Value,
)
from importers.markup import Element, elements
from importers.money import decimal, masked
from importers.rows import convert
from importers.text import decode, name_of

_MESSAGES = ("BkToCstmrStmt/Stmt", "BkToCstmrAcctRpt/Rpt", "BkToCstmrDbtCdtNtfctn/Ntfctn")
_PARTS = ("Acct", "Bal", "TxsSummry", "Ntry")
_PATHS = frozenset(f"/Document/{message}/{part}" for message in _MESSAGES for part in _PARTS)
_MESSAGE = re.compile(r"<(?:\w+:)?(?:BkToCstmrStmt|BkToCstmrAcctRpt|BkToCstmrDbtCdtNtfctn)\b")
_VERSION = re.compile(r"camt\.05[234]\.001\.\d\d")
_SERVICER = re.compile(r"<(?:\w+:)?Svcr>(.{0,2000}?)</(?:\w+:)?Svcr>", re.DOTALL)
_INSTITUTION = re.compile(r"<(?:\w+:)?(?:Nm|BIC|BICFI)>([^<]+)<")
_STATEMENT = re.compile(r"/((?:Stmt|Rpt|Ntfctn)\[\d+\])/")
_PENDING = "this entry is pending, and the bank may still change it"

# ISO 20022 external balance types, as far as entries are held to them.
_BALANCES: Final[Mapping[str, str]] = MappingProxyType(
    {"OPBD": "opening", "PRCD": "previous", "CLBD": "closing"}
)
_TOTALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "count": "TtlNtries/NbOfNtries",
        "credits": "TtlCdtNtries/Sum",
        "debits": "TtlDbtNtries/Sum",
    }
)


class Camt053:
    """camt.053 statements, and camt.052 reports and camt.054 notices, which have its grammar."""

    format = "camt-053"
    title = "CAMT account statements by ISO 20022 (camt.053; also camt.052, camt.054)"
    domain = "bank"
    extensions = (".xml",)
    version = "1"

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the element of the message, whatever the file is called."""
        del filename
        text = decode(head)
        if not _MESSAGE.search(text):
            return None
        version = _VERSION.search(text)
        return Match(confidence=95, variant=version.group() if version else "")

    def holder(self, head: bytes) -> HolderHint:
        """The institution that keeps the account."""
        servicer = _SERVICER.search(decode(head))
        found = _INSTITUTION.search(servicer.group(1)) if servicer else None
        name = found.group(1).strip() if found else "bank"
        return HolderHint(iri=f"urn:sd:holder:{name_of(name)}", name=name, sector="bank")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Takes no options."""
        del options
        found = elements(export, _PATHS)
        return convert(found, _Message().read, is_row=lambda element: element.name == "Ntry")

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Balances, counts and totals of each statement, as far as it states them."""
        sums: dict[str, _Sums] = {}
        for item in items:
            scope = _statement(item.locator)
            if scope:
                sums.setdefault(scope, _Sums()).add(item)
        return tuple(check for scope, found in sums.items() for check in found.checks(scope))


def _statement(locator: str) -> str:
    """The statement that something stands in, "Stmt[2]"; "" for what stands in none."""
    found = _STATEMENT.search(locator)
    return found.group(1) if found else ""


class _Message:
    """Reads elements in the order of the file, and knows the account of each statement."""

    def __init__(self) -> None:
        self._accounts: dict[str, Key] = {}

    def read(self, element: Element) -> Iterator[Item]:
        statement = element.locator.rpartition("/")[0]
        if element.name == "Acct":
            yield from self._account(element, statement)
        elif element.name == "TxsSummry":
            yield from _totals(element)
        elif statement not in self._accounts:
            raise ValueError("the statement does not say its account before this")
        elif element.name == "Bal":
            yield from _balance(element, self._accounts[statement])
        else:
            yield from _entry(element, self._accounts[statement])

    def _account(self, element: Element, statement: str) -> Iterator[Record]:
        iban = element.get("Id/IBAN").replace(" ", "")
        number = iban or element.get("Id/Othr/Id")
        if not number:
            raise ValueError("the account has no number")
        key = Key(natural=(number,))
        known = key in self._accounts.values()
        self._accounts[statement] = key
        found = {
            "sd:iban": masked(iban) if iban else "",
            "sd:currency": element.get("Ccy"),
            "schema:name": element.get("Nm"),
        }
        fields: tuple[tuple[str, Value], ...] = tuple((n, v) for n, v in found.items() if v)
        if not known:
            yield Record(
                kind="BankAccount", key=key, fields=fields, locator=element.locator, counted=False
            )


def _entry(element: Element, account: Key) -> Iterator[Item]:
    # ISO 20022 external entry status codes: an INFO entry books nothing on the account.
    if status(element) == "INFO":
        raise ValueError("this entry is for information only and moves nothing")
    yield movement(element, account)
    if status(element) == "PDNG":
        yield Problem(element.locator, _PENDING, row=False)


def _balance(element: Element, account: Key) -> Iterator[Item]:
    on, amount = civil_day(element, "Dt"), signed(element)
    code = element.get("Tp/CdOrPrtry/Cd") or element.get("Tp/CdOrPrtry/Prtry")
    yield Record(
        kind="Balance",
        key=Key(natural=(on.isoformat(), code)),
        account=account,
        fields=(
            ("sd:account", Ref("BankAccount", account)),
            ("sd:date", on),
            ("sd:balance", amount),
            ("sd:currency", currency_of(element)),
            ("sd:sourceLabel", code),
        ),
        on=on,
        locator=element.locator,
        counted=False,
    )
    if code in _BALANCES:
        yield _stated(_BALANCES[code], amount, element)


def _totals(element: Element) -> Iterator[Stated]:
    for name, path in _TOTALS.items():
        if element.get(path):
            yield _stated(name, decimal(element.get(path)), element)


def _stated(name: str, value: Decimal, element: Element) -> Stated:
    scope = _statement(element.locator)
    return Stated(name=name, scope=scope, value=value, locator=element.locator)


@dataclass(slots=True)
class _Sums:
    """What one statement states, and what its entries add up to."""

    stated: dict[str, Decimal] = field(default_factory=dict)
    amounts: dict[str, Decimal] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)

    def add(self, item: Item) -> None:
        if isinstance(item, Stated):
            self.stated[item.name] = item.value
        elif isinstance(item, Record) and item.counted:
            amount = dict(item.fields)["sd:amount"]
            self.amounts[item.locator] = amount if isinstance(amount, Decimal) else Decimal(0)
        elif isinstance(item, Problem) and item.message == _PENDING:
            self.pending.add(item.locator)

    def checks(self, scope: str) -> Iterator[Check]:
        booked = [a for locator, a in self.amounts.items() if locator not in self.pending]
        opening = self.stated.get("opening", self.stated.get("previous"))
        got = {
            "count": Decimal(len(self.amounts)),
            "credits": sum((a for a in booked if a > 0), Decimal(0)),
            "debits": -sum((a for a in booked if a < 0), Decimal(0)),
        }
        if opening is not None:
            got["closing"] = opening + sum(booked, Decimal(0))
        for name, what in _CHECKS.items():
            if name in got and name in self.stated:
                yield _check(f"{scope}: {what}", self.stated[name], got[name])


_CHECKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "closing": "opening balance and entries make the closing balance",
        "count": "number of entries",
        "credits": "sum of credits",
        "debits": "sum of debits",
    }
)


def _check(name: str, expected: Decimal, got: Decimal) -> Check:
    return Check(name=name, expected=f"{expected:f}", got=f"{got:f}", ok=expected == got)
