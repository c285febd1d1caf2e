"""Account information by STET PSD2, the API of most French banks, as an aggregator hands it on.

Format: STET PSD2 API 1.4 to 1.6, part 2, https://www.stet.eu/en/psd2/. Known from its
documentation only: no real page was at hand. Amounts have no sign, an indicator says credit or
debit; dates are civil dates of the bank. Not kept: what is pending or only informs, and the
accounts of others, of whom only the name is.
"""

import re
from collections.abc import Iterable, Iterator
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
    signed,
    words,
)
from importers.bank.movement import (
    ACCOUNT,
    Accounts,
    Movement,
    account_of,
)
from importers.bank.transaction_codes import nature, reference
from importers.contract import Check, HolderHint, Item, Key, Match, Options, Record, Value
from importers.document import Element, has_marks
from importers.money import currency
from importers.text import decode, lines

_ROW: Final = "/transactions/*"
_TYPE = re.compile(r'"balanceType"\s*:\s*"[A-Z]{4}"')
_NUMBERS = ("accountId/iban", "accountId/other/identification", "resourceId")
_IDS = ("entryReference", "resourceId")
_AMOUNT: Final = "transactionAmount/amount"
_SIGN: Final = "creditDebitIndicator"
_UNBOOKED = frozenset({"PDNG", "INFO", "FUTR"})


class Stet:
    """STET PSD2 1.4 to 1.6: a page of movements, balances or accounts."""

    format = "stet-psd2"
    title = "Account information by PSD2, STET (JSON)"
    domain = "bank"
    extensions = (".json",)
    version = "1"
    options = (ACCOUNT,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the members that its pages have; a list of movements names no account."""
        del filename
        if has_marks(head, ('"transactions"', '"creditDebitIndicator"', '"transactionAmount"')):
            return Match(confidence=90, needs=(ACCOUNT.name,))
        if not has_marks(head, ('"balances"', '"balanceAmount"')) or not _TYPE.search(decode(head)):
            return None
        return Match(
            confidence=90, needs=() if has_marks(head, ('"accounts"',)) else (ACCOUNT.name,)
        )

    def holder(self, head: bytes) -> HolderHint:
        """No bank is named in a page."""
        del head
        return HolderHint(iri="urn:sd:holder:bank", name="bank", sector="bank")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A movement for each that is booked. `account` says the account, which no page does."""
        reader = _Page(options)
        yield from reader.answer().items("".join(lines(export)))
        yield from reader.unbooked.remark()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Balances of opening and closing."""
        return reconciled(items)


class _Page:
    def __init__(self, options: Options) -> None:
        self.unbooked = Unbooked()
        self._accounts = Accounts()
        self._account = PageAccount(options, self._accounts)

    def answer(self) -> Answer:
        reads = {
            _ROW: self._transaction,
            "/_links": lambda element: further_pages(element, "next"),
            "/accounts/*": self._listed,
            "/balances/*": self._balance,
        }
        return Answer(reads, frozenset({_ROW}), frozenset({"/connectedPsu", "/connectedPsuId"}))

    def _listed(self, element: Element) -> Iterator[Item]:
        number = next(filter(None, map(element.text, _NUMBERS)), "")
        if not number:
            raise ValueError("the account has no number")
        name = element.text("name") or element.text("product")
        money = element.text("currency") or element.text("accountId/currency")
        account = account_of(
            number, element.locator, name=name, currency=currency(money) if money else ""
        )
        yield from self._accounts.new(account)
        yield from inner(element, "balances", lambda one: _balance(one, account.key))

    def _balance(self, element: Element) -> Iterator[Item]:
        return self._account.items(element, lambda key: _balance(element, key))

    def _transaction(self, element: Element) -> Iterator[Item]:
        status = element.text("status")
        if status in _UNBOOKED:
            yield from self.unbooked.add(element)
            return
        if status != "BOOK":
            raise ValueError("`status` does not say whether this is booked")
        yield from self._account.items(element, lambda key: [_movement(element, key)])


def _balance(element: Element, account: Key) -> Iterator[Item]:
    on = first_day(element, "referenceDate", "lastChangeDateTime")
    amount = element.number("balanceAmount/amount")
    return balance(element, account, on, amount, element.text("balanceAmount/currency"))


def _movement(element: Element, account: Key) -> Record:
    """A booking. Where the bank gives no date of booking, that of its value is the one there is."""
    return Movement(
        account=account,
        on=first_day(element, "bookingDate", "valueDate", "transactionDate"),
        amount=signed(element, _AMOUNT, _SIGN),
        currency=currency(element.text("transactionAmount/currency")),
        label=_label(element),
        locator=element.locator,
        identifier=next(filter(None, (reference(element.text(name)) for name in _IDS)), ""),
        beside=_beside(element),
        references=tuple(dict.fromkeys(_references(element))),
    ).record()


def _remittance(element: Element, name: str) -> Any:
    """What was written with the payment, "unstructured" or "structured": a list of texts up to
    version 1.4.0, an object of two lists later.
    """
    found = element.get("remittanceInformation")
    if isinstance(found, dict):
        return found.get(name)
    return found if name == "unstructured" else None


def _label(element: Element) -> str:
    found = (
        words(_remittance(element, "unstructured")),
        words(element.get("additionalTransactionInformation")),
        " ".join(_references(element)),
        _counterparty(element),
    )
    return next(filter(None, found), "")


def _counterparty(element: Element) -> str:
    side = "creditor" if signed(element, _AMOUNT, _SIGN) < 0 else "debtor"
    return element.text(f"relatedParties/{side}/name")


def _beside(element: Element) -> dict[str, Value]:
    codes = ("bankTransactionCode/subFamily", "bankTransactionCode/family")
    found = nature(map(element.text, codes))
    if name := _counterparty(element):
        found["sd:counterpartyName"] = name
    return found


def _references(element: Element) -> Iterator[str]:
    structured = _remittance(element, "structured")
    quoted = structured if isinstance(structured, list) else [structured]
    texts = [
        Element("", one).text("reference") if isinstance(one, dict) else words(one)
        for one in quoted
    ]
    return filter(None, map(reference, (element.text("endToEndId"), *texts)))
