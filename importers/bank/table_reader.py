"""Reads the rows of a bank's CSV in the order of the file: notes, names of columns, movements."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from importers.bank.layout import Layout, Table
from importers.bank.movement import (
    Account,
    Accounts,
    Balance,
    Movement,
    named_account,
    said_account,
    shown,
)
from importers.cells import amount, day, is_day
from importers.contract import Item, Key, Options, Problem, Stated, Value
from importers.money import currency
from importers.table import Row, folded

_NO_NAMES = "the row with the names of the columns is missing before this"
_OPEN = "a quote in this row does not end, and takes in the rows after it"
_CUT = "the file ends in the middle of this row"
_PART = "this is a part of the movement before it, and moves nothing by itself"
_OTHER_MONEY = "the sign of another currency stands at the amount"
_STATED = ("opening", "closing", "count")


class Profile(Protocol):
    """What a bank declares, see importers.bank.bank_csv."""

    @property
    def layouts(self) -> tuple[Layout, ...]: ...

    @property
    def bare(self) -> tuple[str, ...]: ...

    @property
    def currency(self) -> str: ...

    def table_of(self, row: Row) -> Table | None: ...

    def note_of(self, row: Row) -> dict[str, str]: ...


class TableReader:
    """Knows the table and the account that each row belongs to.


    `doubt` says why days that begin with one or two digits cannot be told from months, "" where
    they can. It is only asked where there are such days.
    """

    def __init__(self, profile: Profile, options: Options, doubt: Callable[[], str]) -> None:
        self._profile = profile
        self._options = options
        self._doubt = doubt
        self._table: Table | None = None
        self._waiting: list[Row] = []
        self._is_told = False
        self._accounts = Accounts()
        self._account: Account | None = None
        self._named: dict[tuple[str, str, str], Account] = {}
        self._notes: dict[str, str] = {}
        self._stated: list[tuple[str, Decimal, str]] = []

    def read(self, row: Row) -> tuple[Item, ...]:
        """What a row becomes. Raises ValueError, with a sentence, for one that cannot be read."""
        is_movement = self._is_movement(row)
        table = None if is_movement else self._profile.table_of(row)
        if table is not None:
            self._table, waiting, self._waiting = table, self._waiting, []
            # What stands above a table says nothing that is taken, unless it looks like a row.
            return tuple(_nameless(row) for row in waiting if is_day(row.cells[0]))
        note = {} if is_movement else self._profile.note_of(row)
        if row.is_cut and "aside" not in note and not self._is_whole(row):
            raise ValueError(_CUT)
        if row.broken and (note or self._table is None):
            self._is_told = True
            raise ValueError(_OPEN)
        if note:
            return tuple(self._note(note, row))
        if self._table is None:
            self._waiting.append(row)
            return ()
        return self._movement(row, self._table)

    def rest(self) -> Iterator[Item]:
        """What there is to say when all rows are read."""
        if self._table is not None:
            yield from self._around()
        else:
            nothing = () if self._is_told else (Row(1, ()),)
            yield from map(_nameless, self._waiting or nothing)

    def _is_movement(self, row: Row) -> bool:
        table = self._table
        return table is not None and is_day(table.first(row, table.layout.day))

    def _is_whole(self, row: Row) -> bool:
        return self._table is not None and self._table.is_whole(row)

    def _note(self, note: dict[str, str], row: Row) -> Iterator[Item]:
        if "account" in note and self._stated:
            yield from self._around()
        self._notes |= note
        number = note.get("iban") or note.get("account")
        if number:
            name = note.get("name", "").strip()
            self._account = named_account(number.strip(), self._options, row.locator, name=name)
            self._named.clear()
        for name in _STATED:
            if name in note:
                self._stated.append((name, amount(note[name]), row.locator))
        if self._table is None and self._profile.bare:
            names = Row(row.line, self._profile.bare)
            self._table = Table.of(self._profile.layouts[0], names)

    def _movement(self, row: Row, table: Table) -> tuple[Item, ...]:
        if table.swallows(row):
            raise ValueError(_OPEN)
        if any(row.cells[table.width :]):
            raise ValueError("the row has more cells than the table has columns")
        layout = table.layout
        remark = self._state(table, row)
        if remark:
            return (Problem(row.locator, remark, row=False),)
        found = table.amount(row)
        if found is None:
            if not table.cell(row, layout.part):
                raise ValueError("the row has no amount")
            return (Problem(row.locator, _PART, row=False),)
        on, beside = self._day(table, row), _beside(table, row)
        reference = table.cell(row, layout.reference)
        # Last, as nothing may go wrong with the row after what it says of its account is known.
        account, remarks = self._of(row, table)
        movement = Movement(
            account=account.key,
            on=on,
            amount=found,
            currency=account.currency,
            label=table.label(row),
            locator=row.locator,
            identifier=table.cell(row, layout.identifier),
            beside=beside,
            references=(reference,) if reference else (),
        )
        record = movement.record()
        self._account = self._account or (None if layout.account else account)
        return (*self._around(), *remarks, *self._accounts.new(account), record)

    def _of(self, row: Row, table: Table) -> tuple[Account, tuple[Problem, ...]]:
        """The account of a movement, in the currency of the row."""
        layout = table.layout
        money = table.cell(row, layout.currency) or layout.money or self._money()
        if (sign := table.money(row)) and sign != money:
            raise ValueError(_OTHER_MONEY)
        number = table.first(row, layout.account)
        said = number, money, table.cell(row, layout.account_name)
        if said in self._named:
            return self._named[said], ()
        remarks: tuple[Problem, ...] = ()
        account = self._account
        if number:
            account = named_account(number, self._options, row.locator)
        elif account is None:
            account, remarks = said_account(self._options, row.locator)
        name = account.name or said[-1]
        key = Key(natural=(number, money)) if layout.by_currency else account.key
        self._named[said] = replace(account, key=key, name=name, currency=currency(money))
        return self._named[said], remarks

    def _around(self) -> Iterator[Item]:
        """What the notes state, as far as it has not been given yet."""
        stated, self._stated = self._stated, []
        if not stated:
            return
        account = self._account or said_account(self._options, stated[0][2])[0]
        for name, value, locator in stated:
            scope = shown(account.key)
            yield Stated(name=name, scope=scope, value=value, locator=locator)
            on = self._notes.get("day")
            if name == "closing" and on:
                yield from self._balance(account, day(on), value, locator)

    def _balance(self, account: Account, on: date, value: Decimal, locator: str) -> Iterator[Item]:
        money = self._money()
        yield from self._accounts.new(replace(account, currency=money))
        yield Balance(
            account=account.key,
            on=on,
            amount=value,
            currency=money,
            label="closing",
            locator=locator,
        ).record()

    def _money(self) -> str:
        return self._notes.get("currency") or self._profile.currency

    def _day(self, table: Table, row: Row) -> date:
        days = table.layout.day
        name = next((name for name in days if table.cell(row, name)), days[0])
        on = table.read(row, name, day)
        if not table.cell(row, name)[:4].isdigit() and (doubt := self._doubt()):
            raise ValueError(f"column `{name}`: {doubt}")
        return on

    def _state(self, table: Table, row: Row) -> str:
        """What is wrong with a movement that is not booked, "" for one that is."""
        layout = table.layout
        if not layout.state:
            return ""
        remark = layout.states.get(folded(table.cell(row, layout.state)))
        if remark is None:
            raise ValueError(f"column `{layout.state}`: this state is not known")
        return remark


def _nameless(row: Row) -> Problem:
    return Problem(row.locator, _NO_NAMES)


def _beside(table: Table, row: Row) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if party := table.cell(row, table.layout.counterparty):
        found["sd:counterpartyName"] = party
    if table.cell(row, table.layout.balance):
        found["sd:balance"] = table.figure(row, table.layout.balance)
    return found
