"""Account information by the Berlin Group, and as GoCardless Bank Account Data hands it on.

Format: NextGenPSD2 XS2A Framework 1.3, Implementation Guidelines §6 (accounts, transactions,
balances); https://developer.gocardless.com/bank-account-data/transactions. Amounts are texts with
their sign; dates are civil dates of the bank. Not kept: pending movements, exchange rates, and
the accounts of others, of whom only the name is.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO, Final

from importers.bank.account_information import (
    Answer,
    PageAccount,
    Unbooked,
    balance,
    first_day,
    further_pages,
    inner,
    reconciled,
    words,
)
from importers.bank.movement import (
    ACCOUNT,
    Account,
    Accounts,
    Movement,
    account_of,
)
from importers.bank.transaction_codes import nature, reference
from importers.contract import Check, HolderHint, Item, Key, Match, Options, Record, Value
from importers.document import Element, first, has_marks
from importers.money import currency
from importers.text import decode, lines

_BOOKED: Final = "/transactions/booked/*"
_TYPE = re.compile(r'"balanceType"\s*:\s*"[a-z]')
_NUMBERS = ("iban", "bban", "maskedPan", "resourceId")
_IDS = ("transactionId", "entryReference", "internalTransactionId")
_PASSED = frozenset({"/last_updated", "/lastUpdated"})


class BerlinGroup:
    """NextGenPSD2 1.3: a page of movements, balances, or accounts."""

    format = "berlin-group"
    title = "Account information by PSD2, Berlin Group or GoCardless (JSON)"
    domain = "bank"
    extensions = (".json",)
    version = "1"
    options = (ACCOUNT,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the members that its pages have; a list of movements names no account."""
        del filename
        if has_marks(head, ('"transactions"', '"booked"')):
            named = has_marks(head, ('"account"',))
            return Match(confidence=90, needs=() if named else (ACCOUNT.name,))
        is_balances = has_marks(head, ('"balances"', '"balanceAmount"'))
        return Match(confidence=90) if is_balances and _TYPE.search(decode(head)) else None

    def holder(self, head: bytes) -> HolderHint:
        """No bank is named in a page."""
        del head
        return HolderHint(iri="urn:sd:holder:bank", name="bank", sector="bank")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A movement for each that is booked. `account` says the account where no member does."""
        text = "".join(lines(export))
        # The account may stand behind its movements.
        reader = _Page(options, Element("/account", first(text, "/account")))
        yield from reader.answer().items(text)
        yield from reader.unbooked.remark()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Balances of opening and closing, and those after each movement."""
        return reconciled(items)


class _Page:
    def __init__(self, options: Options, account: Element) -> None:
        self.unbooked = Unbooked()
        self._accounts = Accounts()
        self._account = PageAccount(options, self._accounts, _known_by_number(account))

    def answer(self) -> Answer:
        reads = {
            _BOOKED: self._booked,
            "/transactions/pending/*": self.unbooked.add,
            "/transactions/information/*": self.unbooked.add,
            "/transactions/_links": lambda element: further_pages(element, "next"),
            "/_links": lambda element: further_pages(element, "next"),
            "/account": self._named,
            "/accounts/*": self._listed,
            "/balances/*": self._balance,
        }
        return Answer(reads, frozenset({_BOOKED}), _PASSED)

    def _named(self, element: Element) -> Iterator[Item]:
        account = _account(element)
        if account is None:
            raise ValueError("the account has no number")
        yield from self._accounts.new(account)

    def _listed(self, element: Element) -> Iterator[Item]:
        yield from self._named(element)
        if account := _account(element):
            yield from inner(element, "balances", lambda one: _balance(one, account.key))

    def _balance(self, element: Element) -> Iterator[Item]:
        return self._account.items(element, lambda key: _balance(element, key))

    def _booked(self, element: Element) -> Iterator[Item]:
        return self._account.items(element, lambda key: [_movement(element, key)])


def _known_by_number(element: Element) -> Account | None:
    """An account of which the rest may be damaged, None where no number can be read."""
    try:
        number = _number(element)
    except ValueError:
        return None
    return account_of(number, element.locator) if number else None


def _number(element: Element) -> str:
    return next(filter(None, map(element.text, _NUMBERS)), "")


def _account(element: Element) -> Account | None:
    number = _number(element)
    if not number:
        return None
    name, money = element.text("name") or element.text("product"), element.text("currency")
    return account_of(number, element.locator, name=name, currency=currency(money) if money else "")


def _balance(element: Element, account: Key) -> Iterator[Item]:
    on = first_day(element, "referenceDate", "lastChangeDateTime")
    amount = element.number("balanceAmount/amount")
    return balance(element, account, on, amount, element.text("balanceAmount/currency"))


def _movement(element: Element, account: Key) -> Record:
    """A booking. Where the bank gives no date of booking, that of its value is the one there is."""
    amount = element.number("transactionAmount/amount")
    return Movement(
        account=account,
        on=first_day(element, "bookingDate", "bookingDateTime", "valueDate", "valueDateTime"),
        amount=amount,
        currency=currency(element.text("transactionAmount/currency")),
        label=_label(element),
        locator=element.locator,
        identifier=next(filter(None, (reference(element.text(name)) for name in _IDS)), ""),
        beside=_beside(element, amount),
        references=tuple(dict.fromkeys(_references(element))),
    ).record()


def _label(element: Element) -> str:
    """The words of the bank: what was written with the payment, else who, else its code."""
    structured = element.get("remittanceInformationStructured")
    found = (
        words(element.get("remittanceInformationUnstructured")),
        words(element.get("remittanceInformationUnstructuredArray")),
        words(structured),
        words(element.get("additionalInformation")),
        words([element.get("creditorName"), element.get("debtorName")]),
        element.text("proprietaryBankTransactionCode"),
        element.text("bankTransactionCode"),
    )
    return next(filter(None, found), "")


def _beside(element: Element, amount: Decimal) -> dict[str, Value]:
    found: dict[str, Value] = {}
    texts = {
        "sd:counterpartyName": element.text("creditorName" if amount < 0 else "debtorName"),
        "sd:mandateId": reference(element.text("mandateId")),
        "sd:creditorId": reference(element.text("creditorId")),
    }
    found |= {name: text for name, text in texts.items() if text}
    # "PMNT-RDDT-ESDD": domain, family and sub-family.
    found |= nature(reversed(element.text("bankTransactionCode").split("-")))
    after = "balanceAfterTransaction/balanceAmount/amount"
    if element.get(after) is not None:
        found["sd:balance"] = element.number(after)
    return found


def _references(element: Element) -> Iterator[str]:
    """What the payment quotes, of the two ways in which banks write structured references."""
    several = element.get("remittanceInformationStructuredArray")
    one = element.get("remittanceInformationStructured")
    quoted: list[Any] = [one, *(several if isinstance(several, list) else [])]
    texts = [
        Element("", value).text("reference") if isinstance(value, dict) else words(value)
        for value in quoted
    ]
    return filter(None, map(reference, (element.text("endToEndId"), *texts)))
