"""Mastodon: the accounts that somebody follows or has muted (following_accounts.csv and others)."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from importers.address import page_of
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.platforms.holders import FEDIVERSE
from importers.platforms.persons import account_of, contact
from importers.rows import convert
from importers.table import Columns, Row, check_width, first_rows, rows, width_of

_ADDRESS: Final = "Account address"
# Which list it is follows from the columns beside the address.
_LISTS: Final = (("Show boosts", "following"), ("Hide notifications", "muted"))
_ACCOUNT: Final = re.compile(r"@?([\w.-]+)@([a-z0-9.-]+\.[a-z0-9-]+)", re.IGNORECASE)
_CUT: Final = "the file ends within this row: download it anew"


class MastodonAccounts:
    """A list of accounts."""

    format = "mastodon-accounts"
    title = "Mastodon: accounts followed or muted (CSV)"
    domain = "contacts"
    extensions = (".csv",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        found = any(_category(row) for row in first_rows(head, 1, delimiter=","))
        return Match(confidence=90) if found else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FEDIVERSE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A contact for each account. Takes no options."""
        del options
        return convert(rows(export, delimiter=",", is_a_line=True), _Reader().row)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the list states no count."""
        del items
        return ()


class _Reader:
    def __init__(self) -> None:
        self._category = ""
        self._columns: Columns | None = None
        self._width = 0

    def row(self, row: Row) -> Iterable[Item]:
        """Raises ValueError for a row that is no account."""
        if self._columns is None:
            self._columns, self._width = Columns.of(row), width_of(row)
            self._category = _category(row)
            if not self._category:
                return (Problem(row.locator, "the names of the columns are missing"),)
            return ()
        check_width(row, self._width)
        found = _ACCOUNT.fullmatch(self._columns.cell(row, _ADDRESS))
        if found is None:
            raise ValueError("this is no account")
        if row.is_cut:
            raise ValueError(_CUT)
        name, server = found[1], found[2].lower()
        page = page_of(f"https://{server}/@{name}")
        told = (
            ("vcard:nickname", f"@{name}@{server}"),
            *((("vcard:hasURL", page),) if page else ()),
        )
        who = account_of("fediverse", f"{name}@{server}".lower())
        return (contact(who, self._category, told, row.locator),)


def _category(row: Row) -> str:
    columns = Columns.of(row)
    names = (name for column, name in _LISTS if columns.have(_ADDRESS, column))
    return next(names, "")
