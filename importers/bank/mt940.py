"""MT940 statements and MT942 reports of accounts, as banks give them (.sta, .940, .mt940).

Format: SWIFT user handbook, category 9. A statement states its opening and its closing balance, a
report the counts and sums of its debits and credits. Amounts have a decimal comma and no sign.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.bank.ledger import Spans, checks, statement_of
from importers.bank.movement import Accounts, Balance, account_of
from importers.bank.mt940_entry import amount_of, movement, short_day
from importers.bank.mt940_fields import END, ENTRY, Field, fields
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
from importers.rows import convert
from importers.text import decode, name_of, octets

_MADE = re.compile(r"^:13D?:(\d{6})\d{4}", re.MULTILINE | re.ASCII)
_TAGS = re.compile(r"^:(\d\d)[A-Z]?:", re.MULTILINE)
_BIC = re.compile(r"\{1:F01([A-Z]{6}[A-Z0-9]{2})|^([A-Z]{6}[A-Z0-9]{2,5})\s+94\d\s*$", re.MULTILINE)
_BALANCE = re.compile(r"([DC])(\d{6})([A-Z]{3})(\d{1,15},?\d{0,3})", re.ASCII)
_TOTAL = re.compile(r"(\d{1,5})([A-Z]{3})(\d{1,15},?\d{0,3})", re.ASCII)
_LIMIT = re.compile(r"([A-Z]{3})[DC]?\d{1,15},?\d*", re.ASCII)
_WHOLE = re.compile(r".*,\d\d", re.ASCII)
_BALANCES: Final[Mapping[str, str]] = MappingProxyType(
    {"60F": "opening", "60M": "opening", "62F": "closing", "62M": "closing", "64": "", "65": ""}
)
_FINAL = frozenset({"60F", "62F"})  # the others are between two pages of a statement
_TOTALS: Final[Mapping[str, str]] = MappingProxyType({"90D": "debit", "90C": "credit"})
_ENDS = frozenset({END, "62F", "62M"})
_CUT = "the file ends in the middle of this field"


class Mt940:
    """MT940 and MT942, several accounts and statements in one file."""

    format = "mt940"
    title = "MT940 account statements and MT942 reports (SWIFT)"
    domain = "bank"
    extensions = (".sta", ".940", ".mt940", ".942", ".mt942")
    version = "5"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its fields, whatever the file is called."""
        del filename
        text = "\n".join(decode(head).splitlines())
        tags = set(_TAGS.findall(text))
        if not {"20", "25"} <= tags or not tags & {"60", "34", "61"}:
            return None
        return Match(confidence=90, variant="940" if "60" in tags else "942")

    def holder(self, head: bytes) -> HolderHint:
        """The bank that sent it, by its code, where the file has a header with one."""
        found = _BIC.search(decode(head))
        name = (found.group(1) or found.group(2)) if found else "bank"
        return HolderHint(iri=f"urn:sd:holder:{name_of(name)}", name=name, sector="bank")

    def made(self, head: bytes) -> date | None:
        """The day that a report says it was made on (field 13D), None of several.

        A statement says none: its balances have the day up to which it tells, and a bank that
        corrects one sends it later with the same.
        """
        days = set(_MADE.findall(decode(head)))
        try:
            return short_day(days.pop()) if len(days) == 1 else None
        except ValueError:
            return None

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Takes no options."""
        del options
        content = octets(export)
        reader = _Reader(is_ended=content.endswith((b"\n", b"\r")))
        found = fields(content)
        yield from convert(found, reader.read, is_row=lambda field: field.tag == ENTRY)
        yield from reader.rest()

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Balances of each statement, counts and sums of each report."""
        return checks(items, lambda record: statement_of(record.locator))


class _Reader:
    """Reads fields in the order of the file, and knows the statement and the account of each."""

    def __init__(self, *, is_ended: bool) -> None:
        self._is_ended = is_ended
        self._accounts = Accounts()
        self._number = 0
        self._is_open = False
        self._account: Key | None = None
        self._currency = ""
        self._spans = Spans()

    def read(self, field: Field) -> Iterator[Item]:
        self._follow(field)
        if field.tag.startswith("25"):
            yield from self._named(field)
        elif field.tag == "34F" and (limit := _LIMIT.fullmatch(field.lines[0])):
            self._currency = limit.group(1)
        elif field.tag == ENTRY:
            yield movement(field, self._known(), self._currency, self._locator(field))
        elif field.tag in _BALANCES:
            yield from self._balance(field)
        elif field.tag in _TOTALS:
            yield from self._total(field)

    def _follow(self, field: Field) -> None:
        """In which statement the field is. Raises ValueError for one that is cut off."""
        if field.is_last and not self._is_whole(field):
            self._is_open = self._is_open and field.tag != ENTRY
            raise ValueError(_CUT)
        if field.tag == "20":
            self._number += 1
            self._is_open, self._account, self._currency = True, None, ""
        elif field.tag in _ENDS:
            self._is_open = False

    def _named(self, field: Field) -> Iterator[Item]:
        number = field.lines[0].strip()
        if not number:
            raise ValueError("the account has no number")
        account = account_of(number, field.locator)
        self._account = account.key
        yield from self._accounts.new(account)

    def rest(self) -> Iterator[Problem]:
        """A file without a statement is told of, and one that ends within one."""
        if not self._number:
            yield Problem("line=1", "the file has no statement that begins with a field 20")
        elif self._is_open:
            yield Problem(f"statement={self._number}", "the file ends in the middle of this")

    def _is_whole(self, field: Field) -> bool:
        """Whether the last field of a file is all there: an entry may go on with more words."""
        if field.tag == ENTRY:
            return False
        return self._is_ended or bool(_WHOLE.fullmatch(field.lines[-1]))

    def _known(self) -> Key:
        if self._account is None:
            raise ValueError("the statement does not say its account before this")
        return self._account

    def _locator(self, field: Field) -> str:
        return f"statement={self._number},{field.locator}"

    def _balance(self, field: Field) -> Iterator[Item]:
        found = _BALANCE.fullmatch(field.lines[0].strip())
        if found is None:
            raise ValueError("this is not a balance of a mark, a date, a currency and an amount")
        mark, on, self._currency, amount = found.groups()
        value = amount_of(amount) * (1 if mark == "C" else -1)
        balance = Balance(
            account=self._known(),
            on=short_day(on),
            amount=value,
            currency=self._currency,
            label=field.tag,
            locator=self._locator(field),
        ).record()
        yield balance
        if _BALANCES[field.tag]:
            yield self._stated(_BALANCES[field.tag], value, field)
        if field.tag in _FINAL:
            scope = statement_of(balance.locator)
            yield from self._spans.balance(_BALANCES[field.tag], scope, balance)

    def _total(self, field: Field) -> Iterator[Item]:
        found = _TOTAL.fullmatch(field.lines[0].strip())
        if found is None:
            raise ValueError("this is not a count, a currency and a sum")
        side, (count, _, amount) = _TOTALS[field.tag], found.groups()
        yield self._stated(f"{side}-count", Decimal(count), field)
        yield self._stated(f"{side}s", amount_of(amount), field)

    def _stated(self, name: str, value: Decimal, field: Field) -> Stated:
        locator = self._locator(field)
        return Stated(name=name, scope=statement_of(locator), value=value, locator=locator)
