"""Mastodon: the accounts that somebody follows or has muted (following_accounts.csv and others)."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from importers.address import page_of
from importers.contract import Check, HolderHint, Item, Match, Options
from importers.headed import HeadedRow, headed
from importers.platforms.holders import FEDIVERSE
from importers.platforms.persons import account_of, contact
from importers.rows import convert
from importers.table import Columns, first_rows

_ADDRESS: Final = "Account address"
# Which list it is follows from the columns beside the address.
_LISTS: Final = (("Show boosts", "following"), ("Hide notifications", "muted"))
_ACCOUNT: Final = re.compile(r"@?([\w.-]+)@([a-z0-9.-]+\.[a-z0-9-]+)", re.IGNORECASE)


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
        found = any(_category(Columns.of(row)) for row in first_rows(head, 1, delimiter=","))
        return Match(confidence=90) if found else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return FEDIVERSE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A contact for each account. Takes no options."""
        del options
        return convert(headed(export, (_ADDRESS,)), _account)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the list states no count."""
        del items
        return ()


def _account(row: HeadedRow) -> Iterable[Item]:
    """Raises ValueError for a row that is no account."""
    category = _category(row.columns)
    if not category:
        raise ValueError("this list is neither of accounts followed nor of accounts muted")
    found = _ACCOUNT.fullmatch(row.text(_ADDRESS))
    if found is None:
        raise ValueError("this is no account")
    name, server = found[1], found[2].lower()
    page = page_of(f"https://{server}/@{name}")
    told = (
        ("vcard:nickname", f"@{name}@{server}"),
        *((("vcard:hasURL", page),) if page else ()),
    )
    who = account_of("fediverse", f"{name}@{server}".lower())
    return (contact(who, category, told, row.locator),)


def _category(columns: Columns) -> str:
    names = (name for column, name in _LISTS if columns.have(_ADDRESS, column))
    return next(names, "")
