"""Reconciliation of statements: what a bank states against what its movements add up to."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.bank.movement import shown
from importers.contract import Check, Covers, Item, Record, Stated

_Step = tuple[Decimal, Decimal | None]  # a movement, and the balance after it where it is stated
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


def checks(
    items: Iterable[Item],
    scope_of: Callable[[Record], str],
    *,
    apart: Container[str] = frozenset(),
) -> tuple[Check, ...]:
    """One check for each thing that a statement states, of those named in `_CHECKS`.

    `scope_of` tells the statement (the scope of what is Stated) that a movement belongs to, ""
    for none. Movements at the locators `apart` are counted, and are not in sums and balances.
    """
    sums: dict[str, _Sums] = {}
    for item in items:
        if isinstance(item, Stated):
            sums.setdefault(item.scope, _Sums()).stated[item.name] = item.value
        elif isinstance(item, Record) and item.counted and (scope := scope_of(item)):
            amount = dict(item.fields)["sd:amount"]
            if isinstance(amount, Decimal):
                sums.setdefault(scope, _Sums()).add(amount, booked=item.locator not in apart)
    return tuple(check for scope, found in sums.items() for check in found.checks(scope))


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


def running(records: Iterable[Record]) -> Iterator[Check]:
    """For each account with balances beside its movements: from the first one to the last one.

    Some banks give the balance of a day beside its last movement only; the others count too.
    """
    accounts: dict[str, list[_Step]] = {}
    for record in records:
        fields = dict(record.fields)
        amount, balance = fields["sd:amount"], fields.get("sd:balance")
        if isinstance(amount, Decimal):
            stated = balance if isinstance(balance, Decimal) else None
            accounts.setdefault(scope_of(record), []).append((amount, stated))
    for scope, steps in accounts.items():
        known = [place for place, (_, balance) in enumerate(steps) if balance is not None]
        if len(known) > 1:
            name = f"{scope}: balance of the first movement and all later ones make the last one"
            yield _go_on(name, steps[known[0] : known[-1] + 1])


def _go_on(name: str, steps: list[_Step]) -> Check:
    # Some banks begin with the latest movement, and the days may all be one: as it adds up.
    onward, back = _sums(name, steps), _sums(name, steps[::-1])
    return back if back.ok and not onward.ok else onward


def _sums(name: str, steps: list[_Step]) -> Check:
    start, end = steps[0][1] or Decimal(0), steps[-1][1] or Decimal(0)
    return agreement(name, end, sum((amount for amount, _ in steps[1:]), start))


def statement_of(locator: str) -> str:
    """The statement that something stands in: "statement 2" of "statement=2,line=14"."""
    return locator.partition(",")[0].replace("=", " ")


def agreement(name: str, expected: Decimal, got: Decimal) -> Check:
    return Check(name=name, expected=f"{expected:f}", got=f"{got:f}", ok=expected == got)


@dataclass(slots=True)
class _Sums:
    """What one statement states, and what its movements add up to."""

    stated: dict[str, Decimal] = field(default_factory=dict)
    booked: list[Decimal] = field(default_factory=list)
    count: int = 0

    def add(self, amount: Decimal, *, booked: bool) -> None:
        self.count += 1
        if booked:
            self.booked.append(amount)

    def checks(self, scope: str) -> Iterator[Check]:
        came_in = [amount for amount in self.booked if amount > 0]
        went_out = [amount for amount in self.booked if amount < 0]
        opening = self.stated.get("opening", self.stated.get("previous"))
        got = {
            "count": Decimal(self.count),
            "credits": sum(came_in, Decimal(0)),
            "debits": -sum(went_out, Decimal(0)),
            "credit-count": Decimal(len(came_in)),
            "debit-count": Decimal(len(went_out)),
        }
        if opening is not None:
            got["closing"] = opening + sum(self.booked, Decimal(0))
        for name, what in _CHECKS.items():
            if name in got and name in self.stated:
                yield agreement(f"{scope}: {what}", self.stated[name], got[name])
