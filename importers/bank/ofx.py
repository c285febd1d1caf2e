"""OFX: the statements of accounts and cards that home banking offers (.ofx, .qfx).

Format: OFX 1.6 and 2.2, https://financialdataexchange.org/ofx, chapter 11. Amounts are signed, in
the currency of the statement; the date of a movement is the civil date that the bank writes. A
FITID is the bank's id of a movement within its account. Of a portfolio (chapter 13) its positions
in securities with an ISIN are read, on the day of the statement; its movements are told of and not
kept, and its balances of cash (INVBAL) are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.bank.holding import Holding, isin
from importers.bank.movement import Account, Accounts, Balance, Movement
from importers.bank.ofx_sgml import Element, elements
from importers.clock import compact_date
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
from importers.money import currency, decimal, masked
from importers.rows import convert
from importers.text import decode, lines, name_of

_MOVEMENT = "STMTTRN"
_ACCOUNTS = frozenset({"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"})
_POSITION = "INVPOS"
_BALANCES = frozenset({"LEDGERBAL", "AVAILBAL"})
_INVESTMENTS = frozenset({"INVTRAN", _POSITION})
_ROWS = frozenset({_MOVEMENT}) | _ACCOUNTS | _BALANCES | _INVESTMENTS
_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS"})
_PORTFOLIO = frozenset({"INVSTMTRS"})
_MARKS: Final[Mapping[str, str]] = MappingProxyType({"TRNAMT": "BANKTRANLIST"})
_AROUND = _STATEMENTS | _PORTFOLIO | {"OFX", "BANKTRANLIST", "INVTRANLIST"}

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
_DATE = re.compile(
    r"(\d{8})(\d{6})?(?:\.\d*)?(?:\[([+-]?\d{1,2}(?:\.\d+)?)?(?::\w*)?\])?", re.ASCII
)


class Ofx:
    """OFX 1.x and 2.x, bank accounts and cards."""

    format = "ofx"
    title = "OFX bank and card statements (1.x and 2.x)"
    domain = "bank"
    extensions = (".ofx", ".qfx")
    version = "2"
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
        portfolio = element.above(_PORTFOLIO)
        if element.name == "INVTRAN" or (portfolio and element.name == _MOVEMENT):
            raise ValueError("movements of a portfolio are not supported yet")
        statement = portfolio or element.above(_STATEMENTS)
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
        elif element.name == _POSITION:
            yield _holding(element, statement, account)
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
        currency = _currency(element, statement)
        yield from self._accounts.new(
            Account(key=key, locator=element.locator, name=name, currency=currency)
        )


def _movement(element: Element, statement: Element, account: Key) -> Record:
    if sum(child.name == "TRNAMT" for child in element.children) > 1:
        raise ValueError("two movements run into one another: a tag between them is damaged")
    words = (element.get("NAME"), element.get("MEMO"))
    return Movement(
        account=account,
        on=_day(element, "DTPOSTED"),
        amount=_amount(element, "TRNAMT"),
        currency=_currency(element, statement),
        label=" ".join(word for word in words if word) or element.get("TRNTYPE"),
        locator=element.locator,
        identifier=element.get("FITID"),
        beside=_beside(element),
    ).record()


def _holding(element: Element, statement: Element, account: Key) -> Record:
    """A position on the day of the statement, which has UNITS below zero where it is short."""
    if element.get("SECID", "UNIQUEIDTYPE").upper() != "ISIN":
        raise ValueError("the security of this position is not known by an ISIN")
    price, value = element.get("UNITPRICE"), element.get("MKTVAL")
    return Holding(
        account=account,
        on=_day(statement, "DTASOF"),
        isin=isin(element.get("SECID", "UNIQUEID")),
        quantity=_amount(element, "UNITS"),
        price=_amount(element, "UNITPRICE") if price else None,
        value=_amount(element, "MKTVAL") if value else None,
        currency=_currency(element, statement),
        locator=element.locator,
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
    amount = _amount(element, "BALAMT")
    yield Balance(
        account=account,
        on=_day(element, "DTASOF"),
        amount=amount,
        currency=_currency(element, statement),
        label=element.name,
        locator=element.locator,
    ).record()
    if element.name == "LEDGERBAL":
        scope = masked(account.natural[-1])
        yield Stated(name="closing", scope=scope, value=amount, locator=element.locator)


def _currency(element: Element, statement: Element) -> str:
    # OFX 2.2 §5.2: CURRENCY of a movement overrides CURDEF; ORIGCURRENCY was converted already.
    code = element.get("CURRENCY", "CURSYM") or statement.get("CURDEF")
    if not code:
        raise ValueError("the statement does not say its currency (CURDEF)")
    return currency(code)


def _day(element: Element, name: str) -> date:
    found = _DATE.fullmatch(element.get(name))
    if found is None:
        raise ValueError(f"{name} is missing or is not a date")
    try:
        return _civil(found.group(1))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


_civil = lru_cache(maxsize=4096)(compact_date)  # many movements are of one day


def _instant(text: str) -> datetime | None:
    """A date with its time of day and its offset from GMT, None when one of them is missing."""
    found = _DATE.fullmatch(text)
    if found is None or found.group(2) is None or found.group(3) is None:
        return None
    digits, offset = found.group(2), timedelta(hours=float(found.group(3)))
    try:
        clock = time(int(digits[:2]), int(digits[2:4]), int(digits[4:]), tzinfo=timezone(offset))
        return datetime.combine(compact_date(found.group(1)), clock)
    except ValueError:
        return None


def _amount(element: Element, name: str) -> Decimal:
    text = element.get(name)
    # OFX 2.2 §3.2.9.1: amounts have a decimal comma or point, and nothing groups thousands.
    try:
        return decimal(text, mark="," if "," in text else ".")
    except ValueError:
        raise ValueError(f"{name} is missing or is not a number") from None
