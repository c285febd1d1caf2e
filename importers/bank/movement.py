"""Accounts, movements and balances as every format of a bank gives them, made into records."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from importers.contract import Key, Option, Options, Problem, Record, Ref, Value
from importers.labels import said
from importers.money import masked
from importers.text import for_key

ACCOUNT: Final = Option(
    name="account",
    fr="le numéro ou le nom du compte, là où le fichier ne le dit pas ou en partie",
    en="the number or name of the account, where the file does not say it or says a part of it",
    example="FR7630006000011234567890189",
)
_ONLY = "main"
_UNNAMED = "the file does not say its account; of several, say which with account=NUMBER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account, and where it is first named. `iban` is the full one; of it little is kept."""

    key: Key
    locator: str
    iban: str = ""
    name: str = ""
    currency: str = ""

    def record(self) -> Record:
        found = {
            "sd:iban": masked(self.iban) if self.iban else "",
            "sd:currency": self.currency,
            "schema:name": self.name,
        }
        return Record(
            kind="BankAccount",
            key=self.key,
            fields=tuple((name, text) for name, text in found.items() if text),
            locator=self.locator,
            counted=False,
        )


class Accounts:
    """The accounts that one file names, each given once."""

    def __init__(self) -> None:
        self._known: set[Key] = set()

    def new(self, account: Account) -> Iterator[Record]:
        """The record of an account that nothing before named."""
        if account.key not in self._known:
            self._known.add(account.key)
            yield account.record()


class Movement(NamedTuple):
    """Money that came in (positive) or went out, on the civil day that the bank booked it.

    `identifier` is the bank's own id, where it stays the same. Without one the day, the amount
    and the label are the key, with `apart` where the bank tells equal movements apart by it.
    """

    account: Key
    on: date
    amount: Decimal
    label: str
    locator: str
    currency: str = ""
    identifier: str = ""
    apart: str = ""
    beside: Mapping[str, Value] = MappingProxyType({})
    references: tuple[str, ...] = ()

    def record(self) -> Record:
        """`beside` says it better than the label, where both say something."""
        fields: dict[str, Value] = {
            "sd:account": _named(self.account),
            "sd:date": self.on,
            "sd:amount": self.amount,
        }
        if self.currency:
            fields["sd:currency"] = self.currency
        fields["sd:sourceLabel"] = self.label
        fields |= said(self.label)
        fields |= self.beside
        return Record(
            kind="BankTransaction",
            key=Key(stable=self.identifier) if self.identifier else Key(natural=self._natural()),
            account=self.account,
            fields=(*fields.items(), *(("sd:paymentReference", r) for r in self.references)),
            on=self.on,
            locator=self.locator,
        )

    def _natural(self) -> tuple[str, ...]:
        told = self.on.isoformat(), f"{self.amount.normalize():f}", for_key(self.label)
        return (*told, self.apart) if self.apart else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What an account held on a day. `label` is the holder's word or code for it."""

    account: Key
    on: date
    amount: Decimal
    currency: str
    label: str
    locator: str

    def record(self) -> Record:
        fields: dict[str, Value] = {
            "sd:account": _named(self.account),
            "sd:date": self.on,
            "sd:balance": self.amount,
        }
        if self.currency:
            fields["sd:currency"] = self.currency
        fields["sd:sourceLabel"] = self.label
        return Record(
            kind="Balance",
            key=Key(natural=(self.on.isoformat(), self.label)),
            account=self.account,
            fields=tuple(fields.items()),
            on=self.on,
            locator=self.locator,
            counted=False,
        )


@lru_cache(maxsize=256)
def _named(account: Key) -> Ref:
    """The account of many movements, as each of them refers to it."""
    return Ref("BankAccount", account)


@lru_cache(maxsize=256)
def shown(account: Key) -> str:
    """An account as it may be shown in what is told of an import."""
    whole = " ".join(part for part in account.natural if part)
    return masked(whole) if any(map(str.isdigit, whole)) else whole


def account_of(number: str, locator: str, *, name: str = "", currency: str = "") -> Account:
    """An account by its number. An IBAN is known as one; blanks in it say nothing."""
    plain = "".join(number.split())
    is_iban = plain[:2].isalpha() and plain[2:4].isdigit() and len(plain) > _SHORTEST_IBAN
    return Account(
        key=Key(natural=(plain if is_iban else number,)),
        locator=locator,
        iban=plain if is_iban else "",
        name=name,
        currency=currency,
    )


_SHORTEST_IBAN = 14


def named_account(number: str, options: Options, locator: str, *, name: str = "") -> Account:
    """The account that a file names, by the longer number that the person says, if that has it.

    Raises ValueError for a number that a program has rounded.
    """
    if _ROUNDED.fullmatch(number):
        raise ValueError(_NO_NUMBER)
    said, plain = ("".join(text.split()) for text in (options.said(ACCOUNT), number))
    is_part = len(said) > len(plain) >= _SHORTEST_PART and plain in said
    return account_of(said if is_part else number, locator, name=name)


_SHORTEST_PART = 7
# What Excel makes of a long number when it saves a table.
_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.ASCII | re.IGNORECASE)
_NO_NUMBER = (
    "a program that saved the file anew has rounded the number of the account: download it again "
    "and import it as it came"
)


def said_account(options: Options, locator: str) -> tuple[Account, tuple[Problem, ...]]:
    """The account of a file that names none: as the person says, else the only one, and a remark.

    `locator` is where the file begins.
    """
    number = options.said(ACCOUNT)
    if number:
        return account_of(number, locator), ()
    remark = Problem(locator, _UNNAMED, row=False)
    return Account(key=Key(natural=(_ONLY,)), locator=locator), (remark,)
