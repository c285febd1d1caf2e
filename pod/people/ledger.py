"""Bank accounts: the payments of a life in the order of the bank, with references and balances."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pod.people.events import Payment
from pod.people.home import Home

_NAMES: Final = {"main": "Compte courant", "savings": "Livret Exemple"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A payment as it is booked: under the bank's reference, and what the account holds after."""

    payment: Payment
    reference: str
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account: what it held at first, and what was booked on it, in order; cents."""

    name: str
    label: str
    number: str
    opening: int
    entries: tuple[Entry, ...]

    @property
    def closing(self) -> int:
        return self.entries[-1].balance if self.entries else self.opening


def accounts(home: Home, payments: Iterable[Payment]) -> tuple[Account, ...]:
    """The accounts of a household, with what was booked before the time that is told of ends."""
    booked = sorted((one for one in payments if one.day <= home.span.last), key=_order)
    return tuple(
        _account(home, name, [one for one in booked if one.account == name]) for name in _NAMES
    )


def _order(payment: Payment) -> tuple[date, str]:
    return payment.day, payment.id


def _account(home: Home, name: str, payments: list[Payment]) -> Account:
    chance = home.chance(f"account {name}")
    opening = balance = chance.between(60_000, 420_000)
    number, entries = chance.digits(11), []
    for rank, payment in enumerate(payments, start=1):
        balance += payment.cents
        entries.append(Entry(payment, f"{payment.day:%Y%m%d}{rank:05}", balance))
    return Account(
        name=name,
        label=_NAMES[name],
        number=number,
        opening=opening,
        entries=tuple(entries),
    )
