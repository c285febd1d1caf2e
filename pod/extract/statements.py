"""Bank accounts and their movements, as a statement has them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pod.extract.held import Held, of_class
from vocab.names import SCHEMA, SD, SDC

_EURO = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that came in (positive) or went out. `nature` is a code's name, "" where unknown.

    `identifier` is the bank's own, else that of the record; `balance` is that after the movement.
    """

    day: date
    amount: Decimal
    currency: str
    label: str
    party: str
    nature: str
    identifier: str
    balance: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An account with its movements, the earliest first.

    `number` is as the pod knows it, an IBAN masked. `closing` is the last balance that the bank
    states, with its day.
    """

    number: str
    name: str
    currency: str
    movements: tuple[Movement, ...]
    closing: tuple[date, Decimal] | None


def statements(records: Mapping[str, Held]) -> tuple[tuple[Statement, ...], int]:
    """A statement for each account that has movements, in the order of the accounts' IRIs.

    And how many movements are in none, since they have no day or no amount.
    """
    of: dict[str, list[Held]] = {}
    left_out = 0
    for one in of_class(records, SD.BankTransaction):
        if one.day(SD.date) is None or one.number(SD.amount) is None:
            left_out += 1
        else:
            of.setdefault(one.text(SD.account), []).append(one)
    closing = _closing(records)
    made = (
        _statement(account, records.get(account), found, closing.get(account))
        for account, found in sorted(of.items())
    )
    return tuple(made), left_out


def _statement(
    iri: str, account: Held | None, found: list[Held], closing: tuple[date, Decimal] | None
) -> Statement:
    name = iri.rpartition("#")[2]
    currency = (account and account.text(SD.currency)) or _currency(found)
    movements = (made for one in found for made in _movement(one, currency))
    return Statement(
        number=(account and (account.text(SD.iban) or account.text(SD.recordId))) or name,
        name=(account and account.text(SCHEMA.name)) or "",
        currency=currency,
        movements=tuple(sorted(movements, key=lambda one: (one.day, one.identifier))),
        closing=closing,
    )


def _movement(one: Held, currency: str) -> Iterator[Movement]:
    day, amount = one.day(SD.date), one.number(SD.amount)
    if day is not None and amount is not None:
        yield Movement(
            day=day,
            amount=amount,
            currency=one.text(SD.currency) or currency,
            label=one.text(SD.sourceLabel),
            party=one.text(SD.counterpartyName),
            nature=one.text(SD.nature).removeprefix(SDC.NS),
            identifier=one.text(SD.recordId) or one.iri.rpartition("#")[2],
            balance=one.number(SD.balance),
        )


def _currency(found: list[Held]) -> str:
    return next((text for one in found if (text := one.text(SD.currency))), _EURO)


def _closing(records: Mapping[str, Held]) -> Mapping[str, tuple[date, Decimal]]:
    """The last balance that is stated of each account."""
    last: dict[str, tuple[date, Decimal]] = {}
    for one in of_class(records, SD.Balance):
        day, balance, account = one.day(SD.date), one.number(SD.balance), one.text(SD.account)
        if day and balance is not None and (account not in last or last[account][0] <= day):
            last[account] = (day, balance)
    return last
