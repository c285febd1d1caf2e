"""Lines of banks, as recipes look at them: each once, without moves between own accounts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

_NEAR: Final = timedelta(days=3)
"""How far apart the two sides of one transfer are booked."""
_NOISE: Final = re.compile(
    r"\b(PRLV|PRELEVEMENT|SEPA|VIR|VIREMENT|INST|INSTANTANE|CB|CARTE|ACHAT|PAIEMENT|FACTURE|"
    r"RECU|EMIS|EUROPEEN|FAVEUR)\b|\b(ICS|RUM|REF|MANDAT|ID)\b.*|\b\d[\d/.\-]*\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """A line of an account. `amount` is signed by what it did to the account.

    `category` is the code that she or her bank put it under. `paid` is the local name of the class
    of what it paid, `heading` the code of that, `sectors` are those of who was paid, and `payee` is
    its name: empty where nothing is linked. A bill that no line paid stands as one of no account.
    """

    iri: str
    on: date
    amount: Decimal
    account: str
    currency: str = "EUR"
    label: str = ""
    party: str = ""
    nature: str = ""
    mandate: str = ""
    category: str = ""
    paid: str = ""
    payee: str = ""
    heading: str = ""
    sectors: frozenset[str] = frozenset()

    @property
    def who(self) -> str:
        """Who was paid or who paid, as it is said best; in capitals where only a label says it."""
        return self.payee or self.party or plain(self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """A line of a receipt that a line of a bank paid, by its IRI: what it is, and what it cost."""

    iri: str
    line: str
    name: str
    total: Decimal
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What is known of her money since a day: the lines of her banks, what was bought with them,
    and the bills and receipts that no line is known to have paid. It is of the days from `since` to
    `until`, as `sources` told.
    """

    lines: tuple[BankLine, ...] = ()
    bought: tuple[Bought, ...] = ()
    asked: tuple[BankLine, ...] = ()
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()


def plain(label: str) -> str:
    """A label without the words of banks, numbers and dates: mostly a name."""
    return " ".join(_NOISE.sub(" ", label).split()) or label.strip()


def in_one_currency(lines: Iterable[BankLine], currency: str = "EUR") -> tuple[BankLine, ...]:
    """Those that can be added up."""
    return tuple(line for line in lines if line.currency == currency)


def without_own_transfers(lines: Iterable[BankLine]) -> tuple[BankLine, ...]:
    """The lines that are no move from one account of hers to another.

    Two lines are one move where they are on different accounts, of one amount in opposite
    directions, at most three days apart, and neither paid a bill or was made by card.
    """
    all_ = tuple(lines)
    moved = set(_moved(all_))
    return tuple(line for line in all_ if line.iri not in moved)


def _moved(lines: tuple[BankLine, ...]) -> Iterator[str]:
    out = [line for line in lines if line.amount < 0 and _may_move(line)]
    come = [line for line in lines if line.amount > 0 and _may_move(line)]
    taken: set[str] = set()
    for one in sorted(out, key=lambda line: (line.on, line.iri)):
        fitting = [
            other
            for other in come
            if other.iri not in taken
            and other.account != one.account
            and other.amount == -one.amount
            and abs(other.on - one.on) <= _NEAR
        ]
        if fitting:
            other = min(fitting, key=lambda line: (abs(line.on - one.on), line.iri))
            taken.add(other.iri)
            yield one.iri
            yield other.iri


def _may_move(line: BankLine) -> bool:
    return not line.paid and not line.mandate and line.nature not in {"card", "debit", "fee"}
