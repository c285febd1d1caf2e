"""Account information of Open Banking in the United Kingdom: accounts, balances, transactions.

Format: OBIE Account and Transaction API, v3.1 and v4.0,
https://openbankinguk.github.io/read-write-api-site3/. Amounts have no sign, an indicator says
credit or debit. The date of a movement is that of its booking on the clocks of London. Not kept:
what is pending or rejected, exchange rates, charges, numbers of cards, and the accounts of others,
of whom only the name is.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from importers.bank.account_information import (
    Answer,
    Unbooked,
    balance,
    first_day,
    further_pages,
    reconciled,
    signed,
    words,
)
from importers.bank.movement import Account, Accounts, Movement
from importers.bank.transaction_codes import nature, reference
from importers.clock import civil_date, instant
from importers.contract import Check, Code, HolderHint, Item, Key, Match, Options, Record, Value
from importers.document import Element, has_marks
from importers.money import currency
from importers.text import decode, lines, name_of

_LONDON = ZoneInfo("Europe/London")
_ROW: Final = "/Data/Transaction/*"
_PASSED = frozenset({"/Meta", "/Risk"})
_ISSUER = re.compile(r'"Issuer"\s*:\s*"([^"\\]{1,70})"')
_BOOKED = frozenset({"BOOKED", "BOOK"})
_UNBOOKED = frozenset({"PENDING", "PDNG", "FUTR", "REJECTED", "RJCT", "INFO"})
# The codes of v3 are words ("IssuedDirectDebits"); v4 has those of ISO 20022.
_NATURES: Final = (
    (re.compile(r"DirectDebit"), "debit"),
    (re.compile(r"CreditTransfer"), "transfer"),
    (re.compile(r"Card"), "card"),
    (re.compile(r"Cheque"), "cheque"),
    (re.compile(r"Interest"), "interest"),
    (re.compile(r"Charge|Fee|Commission"), "fee"),
)


class OpenBankingUk:
    """Pages of the API, v3.1 and v4.0, of one account or of several."""

    format = "open-banking-uk"
    title = "Open Banking UK: accounts, balances and transactions (JSON, v3.1 and v4)"
    domain = "bank"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the members that its pages have, whatever the file is called."""
        del filename
        is_page = has_marks(head, ('"Data"', '"AccountId"')) and any(
            has_marks(head, (mark,)) for mark in ('"Transaction"', '"Balance"', '"Account"')
        )
        return Match(confidence=90) if is_page else None

    def holder(self, head: bytes) -> HolderHint:
        """The bank whose codes the movements have, where they say it."""
        found = _ISSUER.search(decode(head))
        name = found.group(1).strip() if found else "bank"
        return HolderHint(iri=f"urn:sd:holder:{name_of(name)}", name=name, sector="bank")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A movement for each that is booked. Takes no options."""
        del options
        reader = _Page()
        yield from reader.answer().items("".join(lines(export)))
        yield from reader.unbooked.remark()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Balances of opening and closing, and those after each movement."""
        return reconciled(items)


class _Page:
    def __init__(self) -> None:
        self.unbooked = Unbooked()
        self._accounts = Accounts()

    def answer(self) -> Answer:
        reads = {
            _ROW: self._transaction,
            "/Data/Account/*": self._account,
            "/Data/Balance/*": self._balance,
            "/Links": lambda element: further_pages(element, "Next"),
        }
        return Answer(reads, frozenset({_ROW}), _PASSED)

    def _account(self, element: Element) -> Iterator[Item]:
        return self._accounts.new(_account(element))

    def _balance(self, element: Element) -> Iterator[Item]:
        account = Account(key=_key(element), locator=element.locator)
        amount = signed(element, "Amount/Amount", "CreditDebitIndicator")
        on, money = _day(element, "DateTime"), element.text("Amount/Currency")
        found = tuple(balance(element, account.key, on, amount, money))
        yield from self._accounts.new(account)
        yield from found

    def _transaction(self, element: Element) -> Iterator[Item]:
        status = element.text("Status").upper()
        if status in _UNBOOKED:
            yield from self.unbooked.add(element)
            return
        if status not in _BOOKED:
            raise ValueError("`Status` does not say whether this is booked")
        account = Account(key=_key(element), locator=element.locator)
        record = _movement(element, account.key)
        yield from self._accounts.new(account)
        yield record


def _key(element: Element) -> Key:
    number = element.text("AccountId")
    if not number:
        raise ValueError("`AccountId` is missing")
    return Key(natural=(number,))


def _account(element: Element) -> Account:
    """An account; of its numbers the IBAN alone is kept, and masked."""
    names = ("Nickname", "Description", "AccountSubType", "AccountTypeCode")
    money = element.text("Currency")
    several = element.get("Account")
    numbers = [Element("", one) for one in (several if isinstance(several, list) else ())]
    ibans = (one.text("Identification") for one in numbers if "IBAN" in one.text("SchemeName"))
    return Account(
        key=_key(element),
        locator=element.locator,
        iban=next(ibans, ""),
        name=next(filter(None, map(element.text, names)), ""),
        currency=currency(money) if money else "",
    )


def _movement(element: Element, account: Key) -> Record:
    quoted = reference(element.text("TransactionReference"))
    return Movement(
        account=account,
        on=_day(element, "BookingDateTime"),
        amount=signed(element, "Amount/Amount", "CreditDebitIndicator"),
        currency=currency(element.text("Amount/Currency")),
        label=_label(element),
        locator=element.locator,
        identifier=_identifier(element),
        beside=_beside(element),
        references=(quoted,) if quoted else (),
    ).record()


def _identifier(element: Element) -> str:
    # OBTransaction6, TransactionMutability: a mutable one may still come with another id.
    is_mutable = element.text("TransactionMutability").upper() == "MUTABLE"
    return "" if is_mutable else reference(element.text("TransactionId"))


def _day(element: Element, name: str) -> date:
    """The date in London at an instant; without an offset, the date that the bank writes.

    Banks give midnight in summer as 23:00 of the day before in UTC.
    """
    try:
        return civil_date(instant(element.text(name)), _LONDON)
    except ValueError:
        return first_day(element, name)


def _label(element: Element) -> str:
    found = (
        words(element.get("TransactionInformation")),
        element.text("MerchantDetails/MerchantName"),
        _counterparty(element),
        element.text("TransactionReference"),
        element.text("ProprietaryBankTransactionCode/Code"),
        element.text("BankTransactionCode/SubCode"),
    )
    return next(filter(None, found), "")


def _counterparty(element: Element) -> str:
    """The name of the shop, else of who stands on the other side."""
    is_debit = signed(element, "Amount/Amount", "CreditDebitIndicator") < 0
    side = "Creditor" if is_debit else "Debtor"
    paths = ("MerchantDetails/MerchantName", f"{side}Account/Name")
    return next(filter(None, map(element.text, paths)), "")


def _beside(element: Element) -> dict[str, Value]:
    found = _nature(element)
    name = _counterparty(element)
    if name:
        found["sd:counterpartyName"] = name
    if element.get("Balance") is not None:
        found["sd:balance"] = signed(
            element, "Balance/Amount/Amount", "Balance/CreditDebitIndicator"
        )
    return found


def _nature(element: Element) -> dict[str, Value]:
    codes = [element.text(f"BankTransactionCode/{name}") for name in ("SubCode", "Code")]
    said = nature(codes)
    if said:
        return said
    named = (one for pattern, one in _NATURES if any(map(pattern.search, codes)))
    found = next(named, "card" if element.get("CardInstrument") else "")
    return {"sd:nature": Code(found)} if found else {}
