"""A small synthetic household for tests: some movements of a bank, the days of a meter."""

from dataclasses import dataclass, replace
from datetime import date

from pod.people.curve import Day, away, curve
from pod.people.events import Payment
from pod.people.files import camt, load_curve
from pod.people.files.written import euros
from pod.people.home import Dwelling, Span, home
from pod.people.ledger import Account
from pod.people.life import life

BANK = "https://banque.example/#it"
ENERGY = "https://energie.example/#it"


@dataclass(frozen=True)
class Household:
    """Some days: an account with its first movements, a dwelling with what its meter measured."""

    span: Span
    account: Account
    dwelling: Dwelling
    measured: tuple[Day, ...]

    @property
    def days(self) -> int:
        return self.span.days

    @property
    def movements(self) -> list[Payment]:
        return [entry.payment for entry in self.account.entries]

    @property
    def load(self) -> list[int]:
        return [watts for day in self.measured for watts in day.watts]

    @property
    def camt053(self) -> bytes:
        return camt.camt(self.account, self.span).content

    @property
    def load_curve(self) -> bytes:
        return load_curve.load_curve(self.dwelling, self.measured).content


def household(first: date, days: int, movements: int, seed: int = 5) -> Household:
    """The same account and the same meter for the same seed, whatever the days."""
    one = home(seed, 1, Span(first=first, days=days))
    account = life(one).accounts[0]
    return Household(
        one.span,
        replace(account, entries=account.entries[:movements]),
        one.dwellings[0],
        curve(one, one.dwellings[0], away(one)),
    )


def amount(movement: Payment) -> str:
    return euros(movement.cents)
