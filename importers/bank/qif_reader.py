"""Reads the records of a QIF file in order, and knows the account and the order of dates."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from importers.bank.movement import Account, Accounts, Movement, account_of, said_account
from importers.bank.qif_fields import adds_up
from importers.bank.qif_records import Block, Fields, fields
from importers.cells import amount
from importers.contract import Code, Item, Option, Options, Problem, Value
from importers.date_order import day, is_day_first
from importers.money import currency

CURRENCY: Final = Option(
    name="currency",
    fr="la devise des montants, qui sinon sont en euros",
    en="the currency of the amounts, which else are in euros",
    example="USD",
    read=currency,
)
_MANY_DIGITS = re.compile(r"\d{5}")
_NUMBER = re.compile(r"\d+", re.ASCII)
_LOST = "the account of this movement is not known: what stands above it cannot be read"


class Reader:
    """`found` is all of the file: which of day and month comes first, only the whole can tell."""

    def __init__(self, options: Options, found: Iterable[Block | Problem]) -> None:
        self._options = options
        self._accounts = Accounts()
        self._account: Account | None = None
        self._is_named = self._is_lost = self._is_asked = False
        self._lists: set[int] = set()
        self._day_first = is_day_first(options, _dates(found))

    def read(self, block: Block) -> Iterator[Item]:
        yield from self._record(block)
        if block.behind:
            self._lose()
            yield Problem(block.locator, "more stands behind the `^` of this record", row=False)

    def _record(self, block: Block) -> Iterator[Item]:
        if block.is_movement:
            yield from self._movement(block)
        elif block.is_investment:
            raise ValueError("investments are not imported")
        elif not block.is_list and not block.is_account:
            self._lose()
            raise ValueError("no header above this record says what it is")
        elif block.is_dated:
            raise ValueError("this looks like a movement, and stands in a list of something else")
        elif block.is_account:
            yield from self._named(block)
        elif block.begun not in self._lists:
            self._lists.add(block.begun)
            yield Problem(block.locator, "this list has no movements and is not taken", row=False)

    def _lose(self) -> None:
        # Movements below must not be taken for those of the account before.
        self._is_lost = self._is_named

    def _named(self, block: Block) -> Iterator[Item]:
        names = [line[1:].strip() for line in block.lines if line[0] == "N"]
        self._is_named = True
        if len(names) != 1 or not names[0]:
            self._lose()
            raise ValueError("this account has no name, or several")
        (name,) = names
        account = account_of(name, block.locator)
        is_number = bool(account.iban or _MANY_DIGITS.search(name))
        self._account = account_of(name, block.locator, name="" if is_number else name)
        self._is_lost = False
        if not block.is_ended:
            yield Problem(block.locator, "the `^` of this account is missing", row=False)

    def _movement(self, block: Block) -> Iterator[Item]:
        if not block.is_ended:
            raise ValueError("the `^` of this record is missing: it may not be all there")
        found = fields(block)
        text = found.get("T") or found.get("U")
        if not found.get("D"):
            if found.get("N") and text[:1].isalpha():
                self._lose()
            raise ValueError("the record has no date")
        on, value = day(found.get("D"), day_first=self._day_first), _amount(found)
        money = self._options.said(CURRENCY)
        if self._is_lost:
            raise ValueError(_LOST)
        number = found.get("N")
        movement = Movement(
            account=self._known(block).key,
            on=on,
            amount=value,
            currency=currency(money) if money else "",
            label=_label(found),
            locator=block.locator,
            apart=number,
            beside=_beside(found, value),
            references=(number,) if number else (),
        ).record()
        account = self._known(block)
        if not (self._is_named or self._is_asked):
            self._is_asked = True
            yield from said_account(self._options, block.locator)[1]
        yield from self._accounts.new(account)
        yield movement
        yield from (Problem(block.locator, remark, row=False) for remark in _remarks(found, value))

    def _known(self, block: Block) -> Account:
        return self._account or said_account(self._options, block.locator)[0]


def _dates(found: Iterable[Block | Problem]) -> Iterator[str]:
    """The dates of whole records: one that is cut off may tell the wrong order."""
    for block in found:
        if isinstance(block, Block) and block.is_ended and block.is_row:
            yield next((line[1:] for line in block.lines if line[0] == "D"), "")


def _amount(found: Fields) -> Decimal:
    """`T`, and `U`, which is the same where a program writes both."""
    texts = [text for text in (found.get("T"), found.get("U")) if text]
    if not texts:
        raise ValueError("the record has no amount")
    value, *others = map(amount, texts)
    if others not in ([], [value]):
        raise ValueError("the record has two amounts")
    return value


def _label(found: Fields) -> str:
    return " ".join(filter(None, map(found.get, "PM"))) or found.get("L")


def _beside(found: Fields, value: Decimal) -> dict[str, Value]:
    said: dict[str, Value] = {}
    if found.get("P"):
        said["sd:counterpartyName"] = found.get("P")
    if value < 0 and _NUMBER.fullmatch(found.get("N")):
        said["sd:nature"] = Code("cheque")
    return said


def _remarks(found: Fields, value: Decimal) -> Iterator[str]:
    if found.splits is not None and not adds_up(value, found.splits):
        yield "the splits of this movement do not make its amount"
    if found.get("P").casefold() == "opening balance":
        yield "this is an opening balance, which the file has as a movement"
    if found.has_unknown:
        yield "a field of this movement is not known and is not taken"
