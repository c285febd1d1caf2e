"""Google Takeout: the channels of YouTube that somebody follows (subscriptions.csv).

Three columns, named in the language of the account: the id of the channel, its address, its title.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from importers.address import page_of
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.platforms.holders import GOOGLE
from importers.platforms.interests import interest
from importers.rows import convert
from importers.table import Row, check_end, first_rows, rows

_CHANNEL: Final = re.compile(r"UC[\w-]{22}", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://www\.youtube\.com/channel/(UC[\w-]{22})", re.ASCII)
_WIDTH: Final = 3
_NO_COLUMNS: Final = "the names of the columns are missing"
_CUT: Final = "the file ends within this row: download it anew"


class YouTubeSubscriptions:
    """Channels that somebody follows."""

    format = "youtube-subscriptions"
    title = "Google Takeout: YouTube subscriptions (CSV)"
    domain = "relation"
    extensions = (".csv",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the address of a channel in its first rows."""
        del filename
        found = any(_is_channel(row) for row in first_rows(head, 3, delimiter=","))
        return Match(confidence=90) if found else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GOOGLE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """An interest for each channel. Takes no options."""
        del options
        return convert(rows(export, delimiter=",", is_a_line=True), _Reader().row)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the table states no count."""
        del items
        return ()


class _Reader:
    def __init__(self) -> None:
        self._has_begun = False

    def row(self, row: Row) -> Iterable[Item]:
        """Raises ValueError for a row that is no channel."""
        is_first, self._has_begun = not self._has_begun, True
        if is_first and not any(_CHANNEL.search(cell) for cell in row.cells):
            return ()
        if not _is_channel(row):
            raise ValueError("this is no channel of YouTube")
        check_end(row, _WIDTH)
        if row.is_cut:
            raise ValueError(_CUT)
        address = page_of(f"https://www.youtube.com/channel/{row.cells[0]}")
        remarks = (Problem(row.locator, _NO_COLUMNS, row=False),) if is_first else ()
        title = row.cells[2]
        found = (interest(address, title, row.locator, is_declared=True),) if address else ()
        return (*found, *remarks)


def _is_channel(row: Row) -> bool:
    if len(row.cells) < _WIDTH:
        return False
    found = _ADDRESS.fullmatch(row.cells[1])
    return found is not None and found[1] == row.cells[0]
