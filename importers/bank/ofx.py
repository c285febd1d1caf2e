"""OFX: the statements of accounts and cards that home banking offers (.ofx, .qfx).

Format: OFX 1.6 and 2.2, https://financialdataexchange.org/ofx, chapter 11. Amounts are signed, in
the currency of the statement; the date of a movement is the civil date that the bank writes. A
FITID is the bank's id of a movement within its account. Portfolios (chapter 13) are read as
ofx_portfolio says; their balances of cash (INVBAL) are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.bank.movement import Account, Accounts, Balance, Movement
from importers.bank.ofx_portfolio import (
    MARK,
    MOVEMENTS,
    POSITION,
    holding,
    invested,
)
from importers.bank.ofx_sgml import Element, elements
from importers.bank.ofx_values import DATE, amount, currency_of, day
from importers.clock import compact_date, day_found
from importers.contract import (
    Check,
    Code,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Record,
    Stated,
    Value,
)
from importers.money import masked
from importers.rows import convert
from importers.text import decode, lines, name_of

_MADE = re.compile(r"<DTSERVER>\s*(\d{8})", re.ASCII | re.IGNORECASE)
_MOVEMENT = "STMTTRN"
_ACCOUNTS = frozenset({"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"})
_BALANCES = frozenset({"LEDGERBAL", "AVAILBAL"})
_INVESTMENTS = MOVEMENTS | {POSITION}
_ROWS = frozenset({_MOVEMENT}) | _ACCOUNTS | _BALANCES | _INVESTMENTS
_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS", "INVSTMTRS"})
_MARKS: Final[Mapping[str, str]] = MappingProxyType({"TRNAMT": "BANKTRANLIST", MARK: "INVTRANLIST"})
_AROUND = _STATEMENTS | {"OFX", "BANKTRANLIST", "INVTRANLIST"}

# OFX 2.2 §11.4.4.3 TRNTYPE, as far as it says how a movement was made. DEBIT and CREDIT only
# repeat the sign.
_NATURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "POS": "card",
        "ATM": "cash",
        "CASH": "cash",
        "CHECK": "cheque",
        "XFER": "transfer",
        "DIRECTDEP": "transfer",
        "REPEATPMT": "transfer",
        "DIRECTDEBIT": "debit",
        "FEE": "fee",
        "SRVCHG": "fee",
        "INT": "interest",
    }
)
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"CCACCTFROM": "CREDITCARD", "INVACCTFROM": "INVESTMENT"}
)
_NO_NUMBER = frozenset({"", "0"})


class Ofx:
    """OFX 1.x and 2.x, bank accounts and cards."""

    format = "ofx"
    title = "OFX bank and card statements (1.x and 2.x)"
    domain = "bank"
    extensions = (".ofx", ".qfx")
    version = "5"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        text = decode(head).upper()
        if "<OFX>" not in text:
            return None
        header = re.search(r"OFXHEADER\W{1,3}(\d)00", text)
        named = filename.lower().endswith(self.extensions)
        variant = f"{header.group(1)}.x" if header else ""
        return Match(confidence=95 if header or named else 80, variant=variant)

    def holder(self, head: bytes) -> HolderHint:
        """The institution that signs the file (FI/ORG), else the one that keeps the account."""
        found = re.search(r"<(?:ORG|BANKID)>([^<\r\n]+)", decode(head), re.IGNORECASE)
        name = found.group(1).strip() if found else "bank"
        return HolderHint(iri=f"urn:sd:holder:{name_of(name)}", name=name, sector="bank")

    def made(self, head: bytes) -> date | None:
        """DTSERVER, when the bank answered (OFX 2.2 §2.5.1)."""
        return day_found(_MADE, decode(head))

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Takes no options."""
        del options
        found = elements("".join(lines(export)), rows=_ROWS, around=_AROUND, marks=_MARKS)
        is_row = (_INVESTMENTS | {_MOVEMENT}).__contains__
        return convert(found, _Statements().read, is_row=lambda element: is_row(element.name))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: OFX states a closing balance and no opening one, and neither count nor sum."""
        del items
        return ()


class _Statements:
    """Reads elements in the order of the file, and knows the account of each statement."""

    def __init__(self) -> None:
        self._accounts = Accounts()
        self._keys: dict[Element, Key] = {}

    def read(self, element: Element) -> Iterator[Item]:
        statement = element.above(_STATEMENTS)
        if statement is None:
            raise ValueError("this stands outside of a statement")
        if element.name in _ACCOUNTS:
            yield from self._account(element, statement)
            return
        account = self._keys.get(statement)
        if account is None:
            raise ValueError("the statement does not say its account before this")
        if element.name == _MOVEMENT:
            yield _movement(element, statement, account)
        elif element.name == POSITION:
            yield holding(element, statement, account)
        elif element.name in _INVESTMENTS:
            yield from invested(element, statement, account)
        else:
            yield from _balance(element, statement, account)

    def _account(self, element: Element, statement: Element) -> Iterator[Record]:
        number = element.get("ACCTID")
        if not number:
            raise ValueError("the account has no ACCTID")
        bank = element.get("BANKID") or element.get("BROKERID")
        key = Key(natural=(bank, element.get("BRANCHID"), number))
        self._keys[statement] = key
        name = _NAMES.get(element.name) or element.get("ACCTTYPE")
        currency = currency_of(element, statement)
        yield from self._accounts.new(
            Account(key=key, locator=element.locator, name=name, currency=currency)
        )


def _movement(element: Element, statement: Element, account: Key) -> Record:
    if element.count("TRNAMT") > 1:
        raise ValueError("two movements run into one another: a tag between them is damaged")
    words = (element.get("NAME"), element.get("MEMO"))
    return Movement(
        account=account,
        on=day(element, "DTPOSTED"),
        amount=amount(element, "TRNAMT"),
        currency=currency_of(element, statement),
        label=" ".join(word for word in words if word) or element.get("TRNTYPE"),
        locator=element.locator,
        identifier=element.get("FITID"),
        beside=_beside(element),
    ).record()


def _beside(element: Element) -> dict[str, Value]:
    """What a movement says beside its date, amount and words, where it says it."""
    found: dict[str, Value] = {}
    nature = _NATURES.get(element.get("TRNTYPE").upper())
    if nature:
        found["sd:nature"] = Code(nature)
    number = element.get("CHECKNUM")
    # Banks fill CHECKNUM for every movement; it is the number of a cheque only on a cheque.
    if nature == "cheque" and number.strip("0") not in _NO_NUMBER:
        found["sd:paymentReference"] = number
    moment = _instant(element.get("DTUSER"))
    if moment:
        found["schema:startTime"] = moment
    return found


def _balance(element: Element, statement: Element, account: Key) -> Iterator[Item]:
    held = amount(element, "BALAMT")
    yield Balance(
        account=account,
        on=day(element, "DTASOF"),
        amount=held,
        currency=currency_of(element, statement),
        label=element.name,
        locator=element.locator,
    ).record()
    if element.name == "LEDGERBAL":
        scope = masked(account.natural[-1])
        yield Stated(name="closing", scope=scope, value=held, locator=element.locator)


def _instant(text: str) -> datetime | None:
    """A date with its time of day and its offset from GMT, None when one of them is missing."""
    found = DATE.fullmatch(text)
    if found is None or found.group(2) is None or found.group(3) is None:
        return None
    digits, offset = found.group(2), timedelta(hours=float(found.group(3)))
    try:
        clock = time(int(digits[:2]), int(digits[2:4]), int(digits[4:]), tzinfo=timezone(offset))
        return datetime.combine(compact_date(found.group(1)), clock)
    except ValueError:
        return None
