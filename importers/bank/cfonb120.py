"""CFONB120: statements of accounts that French banks give to firms and associations.

Format: see importers.bank.cfonb120_records. Each statement begins with the old balance (01) and
ends with the new one (07). An account is its bank, its branch and its number.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from importers.bank.cfonb120_records import CLOSING, MOVEMENT, OPENING, Line, records
from importers.bank.ledger import Spans, checks, statement_of
from importers.bank.movement import Account, Accounts, Balance, Movement
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Stated,
    Value,
)
from importers.money import currency
from importers.rows import convert
from importers.text import decode, octets

_FIRST = re.compile(r"\s*01(\d{5})[ \w]{4}\d{5}[A-Z]{3}\d .{11}.{2}", re.ASCII)
_BALANCES: Final = {OPENING: "opening", CLOSING: "closing"}
_LABELS = frozenset({"LIB", "LCC", "LC2", "LCS"})
_PARTIES = ("NPY", "NBE")
_NO_NUMBER = frozenset({"", "0000000"})
# RCN and RUM have a reference in their first half, and its kind in the other.
_HALF = 35


class Cfonb120:
    """CFONB120, several accounts and days in one file."""

    format = "cfonb120"
    title = "CFONB120: relevés de compte des banques françaises"
    domain = "bank"
    extensions = (".txt", ".cfo", ".120", ".dat")
    version = "3"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its first record, an old balance."""
        del filename
        return Match(confidence=90) if _FIRST.match(decode(head)) else None

    def holder(self, head: bytes) -> HolderHint:
        """The bank, by its interbank code (CIB)."""
        found = _FIRST.match(decode(head))
        code = found.group(1) if found else "unknown"
        return HolderHint(iri=f"urn:sd:holder:cib-{code}", name=f"CIB {code}", sector="bank")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Takes no options."""
        del options
        content = octets(export)
        reader = _Reader()
        found = records(content)
        yield from convert(found, reader.read, is_row=lambda line: line.code == MOVEMENT)
        yield from reader.rest()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Old balance and movements of each statement, against its new balance."""
        return checks(items, lambda record: statement_of(record.locator))


class _Reader:
    """Reads records in the order of the file, and knows the statement of each."""

    def __init__(self) -> None:
        self._accounts = Accounts()
        self._number = 0
        self._is_open = False
        self._spans = Spans()

    def read(self, line: Line) -> Iterator[Item]:
        if line.code == OPENING:
            self._number += 1
        self._is_open = line.code != CLOSING and not line.is_last
        if line.is_last:
            raise ValueError("the file ends in the middle of a statement")
        if line.code == MOVEMENT:
            yield from self._movement(line)
        else:
            yield from self._balance(line)

    def rest(self) -> Iterator[Problem]:
        """A file without a statement is told of, and one that ends within one."""
        if not self._number:
            yield Problem("line=1", "the file has no statement that begins with a record 01")
        elif self._is_open:
            yield Problem(f"statement={self._number}", "the file ends in the middle of this")

    def _movement(self, line: Line) -> Iterator[Item]:
        account = _account(line)
        label, beside, references = _said(line)
        number = line.columns(82, 88)
        record = Movement(
            account=account.key,
            on=line.day(),
            amount=line.amount(),
            currency=account.currency,
            label=label,
            locator=self._locator(line),
            apart="" if number in _NO_NUMBER else number,
            beside=beside,
            references=references,
        ).record()
        yield from self._accounts.new(account)
        yield record

    def _balance(self, line: Line) -> Iterator[Item]:
        account, name, value = _account(line), _BALANCES[line.code], line.amount()
        locator = self._locator(line)
        balance = Balance(
            account=account.key,
            on=line.day(),
            amount=value,
            currency=account.currency,
            label=line.code,
            locator=locator,
        )
        yield from self._accounts.new(account)
        record, scope = balance.record(), statement_of(locator)
        yield record
        yield Stated(name=name, scope=scope, value=value, locator=locator)
        yield from self._spans.balance(name, scope, record)

    def _locator(self, line: Line) -> str:
        return f"statement={self._number},{line.locator}"


def _account(line: Line) -> Account:
    parts = (line.columns(3, 7), line.columns(12, 16), line.columns(22, 32))
    if not all(parts):
        raise ValueError("the account has no bank, branch or number")
    return Account(
        key=Key(natural=parts), locator=line.locator, currency=currency(line.columns(17, 19))
    )


def _said(line: Line) -> tuple[str, dict[str, Value], tuple[str, ...]]:
    """The label, the properties and the references. A code that is not known stays in the label."""
    words, references = [line.columns(49, 79)], [line.columns(105, 120)]
    beside: dict[str, Value] = {}
    for code, text in line.complements:
        half = text[:_HALF].strip()
        if code in _PARTIES:
            beside["sd:counterpartyName"] = text
        elif code == "RUM":
            beside["sd:mandateId"] = half
        elif code in {"REF", "RCN"}:
            references.append(half)
        else:
            words.append(text if code in _LABELS else f"{code} {text}")
    label = " ".join(" ".join(words).split())
    return label, beside, tuple(dict.fromkeys(filter(None, references)))
