"""Reconciliation of statements: what a bank states against what its movements add up to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.bank.movement import shown
from importers.contract import Check, Covers, Item, Record, Stated

_DAY = timedelta(days=1)
_CHECKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "closing": "opening balance and entries make the closing balance",
        "count": "number of entries",
        "credits": "sum of credits",
        "debits": "sum of debits",
        "credit-count": "number of credits",
        "debit-count": "number of debits",
    }
)
_GOES_ON = "balance of the first movement and all later ones make the last one"


def checks(items: Iterable[Item], scope_of: Callable[[Record], str]) -> tuple[Check, ...]:
    """One check for each thing that a statement states, of those named in `_CHECKS`.

    `scope_of` tells the statement (the scope of what is Stated) that a movement belongs to, ""
    for none.
    """
    ledger = Ledger(scope_of)
    for item in items:
        ledger.add(item)
    return tuple(ledger.checks())


class Ledger:
    """Adds up movements as they pass, and keeps none: a statement of any length takes no more room.

    `scope_of` is as for `checks`.
    """

    def __init__(self, scope_of: Callable[[Record], str]) -> None:
        self._scope_of = scope_of
        self._sums: dict[str, _Sums] = {}

    def add(self, item: Item, *, booked: bool = True) -> None:
        """What comes next. A movement that is not booked is counted, and is in no sum."""
        if isinstance(item, Stated):
            self.state(item)
        elif isinstance(item, Record) and item.counted and (scope := self._scope_of(item)):
            fields = dict(item.fields)
            amount, balance = fields.get("sd:amount"), fields.get("sd:balance")
            if isinstance(amount, Decimal):
                after = balance if isinstance(balance, Decimal) else None
                self._of(scope).add(amount, after, booked=booked)

    def state(self, stated: Stated) -> None:
        self._of(stated.scope).stated[stated.name] = stated.value

    def checks(self) -> Iterator[Check]:
        """What the statements state, against what was added."""
        for scope, found in self._sums.items():
            yield from found.checks(scope)

    def running(self) -> Iterator[Check]:
        """For each account with balances beside its movements: from the first to the last one.

        Some banks give the balance of a day beside its last movement only; the others count too.
        """
        for scope, found in self._sums.items():
            yield from found.running(scope)

    def _of(self, scope: str) -> "_Sums":
        return self._sums.get(scope) or self._sums.setdefault(scope, _Sums())


class Spans:
    """The days that statements are whole over, from what an account held before and after.

    A statement may begin and end in the middle of a day, when a customer asks for what is new. So
    the days after that of the first balance and before that of the last one are whole.
    """

    def __init__(self) -> None:
        self._opened: dict[str, date] = {}

    def balance(self, name: str, scope: str, balance: Record) -> Iterator[Covers]:
        """After the `closing` balance of a statement, what it covers; `opening` goes before it."""
        if balance.on is None:
            return
        if name == "opening":
            self._opened[scope] = balance.on
        elif name == "closing" and scope in self._opened:
            first, last = self._opened[scope] + _DAY, balance.on - _DAY
            if first <= last:
                yield Covers(
                    kind="BankTransaction",
                    account=balance.account,
                    first=first,
                    last=last,
                    locator=balance.locator,
                )


def scope_of(record: Record) -> str:
    """The account of a record, as it may be shown."""
    return shown(record.account) if record.account else ""


def statement_of(locator: str) -> str:
    """The statement that something stands in: "statement 2" of "statement=2,line=14"."""
    return locator.partition(",")[0].replace("=", " ")


def agreement(name: str, expected: Decimal, got: Decimal) -> Check:
    return Check(name=name, expected=f"{expected:f}", got=f"{got:f}", ok=expected == got)


@dataclass(slots=True)
class _Sums:
    """What one statement states, and what its movements add up to."""

    stated: dict[str, Decimal] = field(default_factory=dict)
    count: int = 0
    credits: Decimal = Decimal(0)
    debits: Decimal = Decimal(0)
    credit_count: int = 0
    debit_count: int = 0
    steps: "_Steps | None" = None

    def add(self, amount: Decimal, balance: Decimal | None, *, booked: bool) -> None:
        self.count += 1
        if self.steps:
            self.steps.add(amount, balance)
        elif balance is not None:
            self.steps = _Steps((amount, balance))
        if not booked:
            return
        if amount > 0:
            self.credits += amount
            self.credit_count += 1
        elif amount < 0:
            self.debits -= amount
            self.debit_count += 1

    def checks(self, scope: str) -> Iterator[Check]:
        opening = self.stated.get("opening", self.stated.get("previous"))
        got = {
            "count": Decimal(self.count),
            "credits": self.credits,
            "debits": self.debits,
            "credit-count": Decimal(self.credit_count),
            "debit-count": Decimal(self.debit_count),
        }
        if opening is not None:
            got["closing"] = opening + self.credits - self.debits
        for name, what in _CHECKS.items():
            if name in got and name in self.stated:
                yield agreement(f"{scope}: {what}", self.stated[name], got[name])

    def running(self, scope: str) -> Iterator[Check]:
        if self.steps and self.steps.last is not self.steps.first:
            yield self.steps.check(f"{scope}: {_GOES_ON}")


@dataclass(slots=True)
class _Steps:
    """Movements from the first one with a balance on: (amount, balance after it).

    `later` adds up those behind the first one up to the last one with a balance, and `after` those
    behind that.
    """

    first: tuple[Decimal, Decimal]
    last: tuple[Decimal, Decimal] = field(init=False)
    later: Decimal = Decimal(0)
    after: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        self.last = self.first

    def add(self, amount: Decimal, balance: Decimal | None) -> None:
        self.after += amount
        if balance is not None:
            self.last = amount, balance
            self.later, self.after = self.later + self.after, Decimal(0)

    def check(self, name: str) -> Check:
        # Some banks begin with the latest movement, and the days may all be one: as it adds up.
        (first, opened), (last, closed) = self.first, self.last
        onward = agreement(name, closed, opened + self.later)
        back = agreement(name, opened, closed + first + self.later - last)
        return back if back.ok and not onward.ok else onward
