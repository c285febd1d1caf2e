"""One loan of US Federal Student Aid, and what the file says of all of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.clock import american_date
from importers.contract import Check, Item, Key, Record, Ref, Stated, Value
from importers.money import decimal
from importers.text import for_key

PRINCIPAL: Final = "Loan Outstanding Principal Balance"
INTEREST: Final = "Loan Outstanding Interest Balance"
_BALANCES: Final = (PRINCIPAL, INTEREST)
# What the file says of all loans, by what each says of itself.
TOTALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Student Total All Loans Outstanding Principal": PRINCIPAL,
        "Student Total All Loans Outstanding Interest": INTEREST,
    }
)
_TOTAL: Final = "total"
_DOLLAR: Final = "USD"
# A loan is identified by the social security number, then its type, year, school and number.
_NUMBER: Final = re.compile(r"^\d{9}")
_HIDDEN: Final = "*********"
_NO_DATE: Final = "this loan has no `Loan Date`"


def loan(said: Mapping[str, str], locator: str, requested: date | None) -> Iterator[Item]:
    """A loan with what is owed of it. Raises ValueError, with a sentence, for what is no value.

    `said` are its lines by their names, `requested` the day of the file.
    """
    on = _day(said, "Loan Date")
    if on is None:
        raise ValueError(_NO_DATE)
    name = said.get("Loan Type Description") or said.get("Loan Type") or said.get("Loan Type Code")
    key = _key(said, name or "", on)
    school = said.get("Loan Attending School Name") or said.get("Loan Attending School")
    fields: tuple[tuple[str, Value | None], ...] = (
        ("schema:name", name or None),
        ("schema:description", school or None),
        ("schema:amount", _dollars(said, "Loan Amount")),
        ("sd:currency", _DOLLAR),
        ("schema:startDate", on),
        ("schema:annualPercentageRate", _percent(said, "Loan Interest Rate")),
        ("sd:periodicPrice", _dollars(said, "Loan Repayment Plan Scheduled Amount")),
    )
    record = Record(
        kind="Loan",
        key=key,
        fields=tuple((prop, value) for prop, value in fields if value is not None),
        locator=locator,
    )
    yield from (*_owed(said, key, locator, requested), record)


def _owed(
    said: Mapping[str, str], key: Key, locator: str, requested: date | None
) -> tuple[Item, ...]:
    """What is owed, as balances below nought of an account that is named like the loan."""
    found: list[Item] = []
    for label in _BALANCES:
        amount = _dollars(said, label)
        on = _day(said, f"{label} as of Date") or requested
        if amount is None:
            continue
        found.append(Stated(name=label, scope=locator, value=amount, locator=locator))
        if on is not None:
            found.append(_balance(key, on, -amount, label, locator))
    name = said.get("Loan Type Description") or said.get("Loan Type") or ""
    fields = (("sd:currency", _DOLLAR), *((("schema:name", name),) if name else ()))
    account = Record(kind="BankAccount", key=key, fields=fields, locator=locator, counted=False)
    return (account, *found) if found else ()


def _balance(key: Key, on: date, amount: Decimal, label: str, locator: str) -> Record:
    return Record(
        kind="Balance",
        key=Key(natural=(on.isoformat(), label)),
        account=key,
        fields=(
            ("sd:account", Ref("BankAccount", key)),
            ("sd:date", on),
            ("sd:balance", amount),
            ("sd:currency", _DOLLAR),
            ("sd:sourceLabel", label),
        ),
        on=on,
        locator=locator,
        counted=False,
    )


def total(name: str, text: str, locator: str) -> Stated:
    """What the file states of all loans. Raises ValueError."""
    value = _number({name: text}, name, text.replace("$", "", 1)) or Decimal(0)
    return Stated(name=_TOTAL, scope=TOTALS[name], value=value, locator=locator)


def sums(items: Iterable[Item]) -> tuple[Check, ...]:
    """For each total that is stated: what the loans add up to."""
    stated = [item for item in items if isinstance(item, Stated)]
    checks = []
    for one in stated:
        if one.name == _TOTAL:
            got = sum((each.value for each in stated if each.name == one.scope), Decimal(0))
            name = f"{_TOTAL}: {one.scope}"
            expected = f"{one.value:f}"
            checks.append(Check(name=name, expected=expected, got=f"{got:f}", ok=got == one.value))
    return tuple(checks)


def _key(said: Mapping[str, str], name: str, on: date) -> Key:
    identifier = _NUMBER.sub(_HIDDEN, said.get("Loan Award ID", ""))
    if identifier:
        return Key(natural=("loan", identifier))
    return Key(natural=("loan", for_key(name), on.isoformat(), said.get("Loan Amount", "")))


def _dollars(said: Mapping[str, str], name: str) -> Decimal | None:
    return _number(said, name, said.get(name, "").replace("$", "", 1))


def _percent(said: Mapping[str, str], name: str) -> Decimal | None:
    return _number(said, name, said.get(name, "").removesuffix("%"))


def _number(said: Mapping[str, str], name: str, text: str) -> Decimal | None:
    try:
        return decimal(text) if said.get(name) else None
    except ValueError as error:
        raise ValueError(f"`{name}` is not a number") from error


def _day(said: Mapping[str, str], name: str) -> date | None:
    text = said.get(name, "")
    try:
        return american_date(text) if text else None
    except ValueError as error:
        raise ValueError(f"`{name}` is not a date") from error
