"""What the answers of account information services have in common: pages of JSON by PSD2."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from importers.bank.ledger import Ledger, scope_of
from importers.bank.movement import Account, Accounts, Balance, said_account, shown
from importers.clock import iso_date
from importers.contract import Check, Item, Key, Options, Problem, Record, Stated
from importers.document import Element, parts
from importers.money import currency
from importers.rows import convert

_INDEX = re.compile(r"/\d+(?=/|$)", re.ASCII)
_UNKNOWN = "nothing is known of what stands here, and it is not kept"
_MORE = "the service has more pages than this one: import them too"
# The types of balances, in the words of the three standards, that movements are held to.
_BALANCES: Final[Mapping[str, str]] = MappingProxyType(
    {"OPBD": "opening", "OPENINGBOOKED": "opening", "CLBD": "closing", "CLOSINGBOOKED": "closing"}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is read in an answer, by its path: "/transactions/booked/*", "/account".

    `rows` are the paths of movements. What `passed` names is left out without a word.
    """

    reads: Mapping[str, Callable[[Element], Iterable[Item]]]
    rows: frozenset[str]
    passed: frozenset[str]

    def items(self, text: str) -> Iterator[Item]:
        """What each part of the answer becomes; one that no path names is a Problem."""
        opened = {path[:at] for path in self.reads for at in _slashes(path)}
        return convert(parts(text, sorted(opened)), self._read, is_row=self._is_row)

    def _read(self, element: Element) -> Iterable[Item]:
        path = _path(element)
        if path in self.reads:
            return self.reads[path](element)
        if path in self.passed or element.value is None:
            return ()
        raise ValueError(_UNKNOWN)

    def _is_row(self, element: Element) -> bool:
        path = _path(element)
        if path in self.rows:
            return True
        return path not in self.reads and isinstance(element.value, dict | list)


class Unbooked:
    """Counts the movements of an answer that are not booked, and tells of them once.

    They are no records: what is pending gets another id, amount or day when it is booked, and
    would then stand there twice.
    """

    def __init__(self) -> None:
        self._count = 0
        self._locator = ""

    def add(self, element: Element) -> tuple[Item, ...]:
        self._locator = self._locator or element.locator
        self._count += 1
        return ()

    def remark(self) -> Iterator[Problem]:
        if self._count:
            message = f"movements that are not booked (yet) and are not kept: {self._count}"
            yield Problem(self._locator, message, row=False)


class PageAccount:
    """The account of a page that is of one; where no member of the page names it, the person does.

    `accounts` are those that were given already.
    """

    def __init__(self, options: Options, accounts: Accounts, known: Account | None = None) -> None:
        self._options = options
        self._accounts = accounts
        self._account = known

    def items(self, element: Element, read: Callable[[Key], Iterable[Item]]) -> Iterator[Item]:
        """What `read` makes of an element with the key of the account, which goes before it."""
        remarks: tuple[Problem, ...] = ()
        account = self._account
        if account is None:
            account, remarks = said_account(self._options, element.locator)
        # What cannot be read raises here, and the account then goes before the next one.
        found = tuple(read(account.key))
        self._account = account
        yield from remarks
        yield from self._accounts.new(account)
        yield from found


def inner(element: Element, name: str, read: Callable[[Element], Iterable[Item]]) -> Iterator[Item]:
    """What each element of a list within another one becomes, where there is such a list."""
    several = element.get(name)
    found = enumerate(several if isinstance(several, list) else ())
    there = (Element(f"{element.locator}/{name}/{place}", value) for place, value in found)
    yield from convert(there, read, is_row=lambda _one: False)


def further_pages(element: Element, path: str) -> Iterator[Problem]:
    """A remark where there is a link to the next page at a path."""
    if element.get(path):
        yield Problem(element.locator, _MORE, row=False)


def balance(
    element: Element, account: Key, on: date, amount: Decimal, money: str
) -> Iterator[Item]:
    """A balance whose type stands at a name that the three standards share, in either case."""
    label = element.text("balanceType") or element.text("Type")
    yield Balance(
        account=account,
        on=on,
        amount=amount,
        currency=currency(money),
        label=label,
        locator=element.locator,
    ).record()
    name = _BALANCES.get(label.upper())
    if name:
        yield Stated(name=name, scope=shown(account), value=amount, locator=element.locator)


def signed(element: Element, amount: str, indicator: str) -> Decimal:
    """An amount without a sign, with that of its indicator. Raises ValueError."""
    value = element.number(amount)
    sign = {"CREDIT": 1, "CRDT": 1, "DEBIT": -1, "DBIT": -1}.get(element.text(indicator).upper())
    if sign is None:
        raise ValueError(f"`{indicator}` does not say whether this is a credit or a debit")
    if value < 0:
        raise ValueError(f"`{amount}` has a sign where only `{indicator}` may say it")
    return sign * value


def first_day(element: Element, *names: str) -> date:
    """The first date there is of those named, as the bank writes it. Raises ValueError."""
    name = next((name for name in names if element.text(name)), "")
    if not name:
        raise ValueError(f"`{names[0]}` is missing")
    try:
        return iso_date(element.text(name)[:10])
    except ValueError as error:
        raise ValueError(f"`{name}`: {error}") from error


def words(value: Any) -> str:
    """The texts of a list, or the one text, on one line, each said once."""
    texts = value if isinstance(value, list) else [value]
    said = (" ".join(text.split()) for text in texts if isinstance(text, str))
    return " ".join(dict.fromkeys(filter(None, said)))


def reconciled(items: Iterable[Item]) -> tuple[Check, ...]:
    """The balances beside movements, and those of opening and closing that lie around them all.

    A service also gives the balances of the day with the movements of months, which they are not
    about.
    """
    ledger, held = Ledger(scope_of), list[Stated]()
    days: dict[str, date] = {}
    moved: dict[str, tuple[date, date]] = {}
    for item in items:
        if isinstance(item, Stated):
            held.append(item)
            continue
        ledger.add(item)
        if isinstance(item, Record) and item.on:
            if item.counted:
                scope = scope_of(item)
                first, last = moved.get(scope, (item.on, item.on))
                moved[scope] = min(first, item.on), max(last, item.on)
            elif item.kind == "Balance":
                days[item.locator] = item.on
    for stated in held:
        if _is_around(stated, days.get(stated.locator), moved.get(stated.scope)):
            ledger.state(stated)
    return (*ledger.checks(), *ledger.running())


def _is_around(stated: Stated, on: date | None, moved: tuple[date, date] | None) -> bool:
    """Whether a balance of a day is from before or after all movements, from first to last day."""
    if on is None or moved is None:
        return False
    return on <= moved[0] if stated.name == "opening" else on >= moved[1]


def _path(element: Element) -> str:
    return _INDEX.sub("/*", element.locator)


def _slashes(path: str) -> list[int]:
    return [found.start() for found in re.finditer("/", path)][1:]
