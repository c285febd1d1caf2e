"""CAMT: statements, reports and notices of accounts by ISO 20022 (camt.053, .052, .054).

Format: https://www.iso20022.org/iso-20022-message-definitions, bank-to-customer cash management.
All versions share one grammar and are read by local name. Amounts have no sign, an indicator says
credit or debit; dates of bookings are civil dates of the bank.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.bank.camt_entry import civil_day, currency_of, movement, signed, status
from importers.bank.ledger import Ledger, Spans
from importers.bank.movement import Account, Accounts, Balance
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Record,
    Stated,
)
from importers.markup import Element, elements
from importers.money import decimal
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
    options = ()

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
        ledger, pending = Ledger(lambda record: _statement(record.locator)), ""
        for item in items:
            if isinstance(item, Problem) and item.message == _PENDING:
                pending = item.locator
            ledger.add(item, booked=item.locator != pending)
        return tuple(ledger.checks())


def _statement(locator: str) -> str:
    """The statement that something stands in, "Stmt[2]"; "" for what stands in none."""
    found = _STATEMENT.search(locator)
    return found.group(1) if found else ""


class _Message:
    """Reads elements in the order of the file, and knows the account of each statement."""

    def __init__(self) -> None:
        self._accounts = Accounts()
        self._keys: dict[str, Key] = {}
        self._spans = Spans()

    def read(self, element: Element) -> Iterator[Item]:
        statement = element.locator.rpartition("/")[0]
        if element.name == "Acct":
            yield from self._account(element, statement)
        elif element.name == "TxsSummry":
            yield from _totals(element)
        elif statement not in self._keys:
            raise ValueError("the statement does not say its account before this")
        elif element.name == "Bal":
            yield from self._balance(element, self._keys[statement])
        else:
            yield from _entry(element, self._keys[statement])

    def _account(self, element: Element, statement: str) -> Iterator[Record]:
        iban = element.get("Id/IBAN").replace(" ", "")
        number = iban or element.get("Id/Othr/Id")
        if not number:
            raise ValueError("the account has no number")
        account = Account(
            key=Key(natural=(number,)),
            locator=element.locator,
            iban=iban,
            name=element.get("Nm"),
            currency=element.get("Ccy"),
        )
        self._keys[statement] = account.key
        yield from self._accounts.new(account)

    def _balance(self, element: Element, account: Key) -> Iterator[Item]:
        amount = signed(element)
        code = element.get("Tp/CdOrPrtry/Cd") or element.get("Tp/CdOrPrtry/Prtry")
        balance = Balance(
            account=account,
            on=civil_day(element, "Dt"),
            amount=amount,
            currency=currency_of(element),
            label=code,
            locator=element.locator,
        ).record()
        yield balance
        if code in _BALANCES:
            stated = _stated(_BALANCES[code], amount, element)
            yield stated
            yield from self._spans.balance(stated.name, stated.scope, balance)


def _entry(element: Element, account: Key) -> Iterator[Item]:
    # ISO 20022 external entry status codes: an INFO entry books nothing on the account.
    if status(element) == "INFO":
        raise ValueError("this entry is for information only and moves nothing")
    booked = movement(element, account)
    # Before its entry, so that who adds entries up knows it when this one comes.
    if status(element) == "PDNG":
        yield Problem(element.locator, _PENDING, row=False)
    yield booked


def _totals(element: Element) -> Iterator[Stated]:
    for name, path in _TOTALS.items():
        if element.get(path):
            yield _stated(name, decimal(element.get(path)), element)


def _stated(name: str, value: Decimal, element: Element) -> Stated:
    scope = _statement(element.locator)
    return Stated(name=name, scope=scope, value=value, locator=element.locator)
