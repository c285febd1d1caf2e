"""CAMT: statements, reports and notices of accounts by ISO 20022 (camt.053, .052, .054).

Format: https://www.iso20022.org/iso-20022-message-definitions, bank-to-customer cash management.
All versions from .001.01 to .001.14 are read by local name; camt_versions has where they differ.
A Document may stand in an envelope of any kind, such as SWIFT's RequestPayload, DataPDU and
BusMsgEnvlp and the containers of SEPA banks; of that and its business header nothing is kept.
Amounts have no sign, an indicator says credit or debit; dates of bookings are civil dates of the
bank. A statement that comes in several pages is not held to what it states, which is of them all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.bank.camt_entry import civil_day, currency_of, movement, signed, status
from importers.bank.camt_versions import ACCOUNT_NUMBERS, BALANCE_TYPES, MESSAGES, PAGES, said
from importers.bank.ledger import Ledger, Spans
from importers.bank.movement import Account, Accounts, Balance
from importers.clock import day_found
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Stated,
)
from importers.markup import Element, elements
from importers.money import decimal
from importers.rows import convert
from importers.text import decode, name_of

_PARTS = (*PAGES, "Acct", "Bal", "TxsSummry", "Ntry")
_PATHS = frozenset(
    path
    for message, statement in MESSAGES
    for path in (
        f"/Document/{message}/GrpHdr",
        *(f"/Document/{message}/{statement}/{part}" for part in _PARTS),
    )
)
_MESSAGE = re.compile(rf"<(?:\w+:)?(?:{'|'.join(message for message, _ in MESSAGES)})\b")
_VERSION = re.compile(r"camt\.05[234]\.001\.\d\d")
_MADE = re.compile(r"<(?:\w+:)?CreDtTm>\s*(\d{4}-\d\d-\d\d)", re.ASCII)
_SERVICER = re.compile(r"<(?:\w+:)?Svcr>(.{0,2000}?)</(?:\w+:)?Svcr>", re.DOTALL)
_INSTITUTION = re.compile(r"<(?:\w+:)?(?:Nm|BIC|BICFI)>([^<]+)<")
_DOCUMENT = "Document"
# The only document of a file says nothing that would tell its statements apart.
_STATEMENT = re.compile(r"(?:/Document/\w+\[1\]/)?(.*?\b(?:Stmt|Rpt|Ntfctn)\[\d+\])/")
_PENDING = "this entry is pending, and the bank may still change it"
_PAGE = "this is one page of several: import the others too"
_NOTHING = "no account and no entry stand where this message has them"

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
    version = "4"
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

    def made(self, head: bytes) -> date | None:
        """CreDtTm of the header of the message, which stands before that of each statement."""
        return day_found(_MADE, decode(head))

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Takes no options."""
        del options
        message, is_silent = _Message(), True
        found = elements(export, _PATHS, _DOCUMENT)
        for item in convert(found, message.read, is_row=lambda element: element.name == "Ntry"):
            is_silent = False
            yield item
        if is_silent:
            yield Problem("/", _NOTHING)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Balances, counts and totals of each statement, as far as it states them."""
        ledger, pending = Ledger(lambda record: _statement(record.locator)), ""
        for item in items:
            if isinstance(item, Problem) and item.message == _PENDING:
                pending = item.locator
            ledger.add(item, booked=item.locator != pending)
        return tuple(ledger.checks())


def _statement(locator: str) -> str:
    """The statement that something stands in, "Stmt[2]"; "" for what stands in none.

    In an envelope it is the whole path, as there may be several documents.
    """
    found = _STATEMENT.match(locator)
    return found.group(1) if found else ""


class _Message:
    """Reads elements in the order of the file, and knows the account of each statement."""

    def __init__(self) -> None:
        self._accounts = Accounts()
        self._keys: dict[str, Key] = {}
        self._spans = Spans()
        self._is_page = False
        self._pages: set[str] = set()  # the statements of which this is one page

    def read(self, element: Element) -> Iterator[Item]:
        statement = element.locator.rpartition("/")[0]
        if element.name == "GrpHdr":
            self._is_page = any(map(_is_one_of_several, element.all("MsgPgntn")))
        elif element.name in PAGES:
            if _is_one_of_several(element):
                self._pages.add(statement)
        elif element.name == "Acct":
            yield from self._account(element, statement)
        elif element.name == "TxsSummry":
            yield from () if statement in self._pages else _totals(element)
        elif statement not in self._keys:
            raise ValueError("the statement does not say its account before this")
        elif element.name == "Bal":
            yield from self._balance(element, statement)
        else:
            yield from _entry(element, self._keys[statement])

    def _account(self, element: Element, statement: str) -> Iterator[Item]:
        iban = element.get("Id/IBAN").replace(" ", "")
        number = iban or said(element, ACCOUNT_NUMBERS)
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
        if self._is_page:
            self._pages.add(statement)
        if statement in self._pages:
            yield Problem(element.locator, _PAGE, row=False)

    def _balance(self, element: Element, statement: str) -> Iterator[Item]:
        amount = signed(element)
        code = said(element, BALANCE_TYPES)
        balance = Balance(
            account=self._keys[statement],
            on=civil_day(element, "Dt"),
            amount=amount,
            currency=currency_of(element),
            label=code,
            locator=element.locator,
        ).record()
        yield balance
        if code in _BALANCES and statement not in self._pages:
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


def _is_one_of_several(pagination: Element) -> bool:
    is_first = pagination.get("PgNb").lstrip("0") in {"", "1"}
    return not is_first or pagination.get("LastPgInd") in {"false", "0"}


def _totals(element: Element) -> Iterator[Stated]:
    for name, path in _TOTALS.items():
        if element.get(path):
            yield _stated(name, decimal(element.get(path)), element)


def _stated(name: str, value: Decimal, element: Element) -> Stated:
    scope = _statement(element.locator)
    return Stated(name=name, scope=scope, value=value, locator=element.locator)
