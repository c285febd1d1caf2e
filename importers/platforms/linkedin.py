"""LinkedIn: the tables of its archive (CSV), each known by the names of its columns.

Above the columns of Connections.csv stand lines of notes; before 2023 it had no addresses, and in
2018 times were those of the United States (`1/8/18, 6:14 PM`). The archive comes in two stages, of
which the second has what the first has. Connections are contacts, who are marked as others; others
in messages are pseudonyms. Not kept: addresses of the network, invitations, and tables of other
names. Some tables do not say the zone of their times: without `--option zone=` their rows are not
read.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.platforms import linkedin_rows as read
from importers.platforms.holders import LINKEDIN
from importers.platforms.linkedin_times import is_whole_time
from importers.platforms.said_name import ME
from importers.platforms.said_zone import ZONE, zone_of
from importers.rows import convert
from importers.table import Columns, Row, check_width, first_rows, folded, rows, width_of

_NOTES: Final = 12
_NO_HEADER: Final = "the row with the names of the columns is missing"
_CUT: Final = "the file ends within this row: download it anew"
_OPEN: Final = "a quote in this row does not end, and may have taken in others"
# The columns of each table, what reads its rows, and which cells may have several lines.
_TABLES: Final = (
    (("First Name", "Last Name", "URL", "Connected On"), read.connection, ()),
    (("First Name", "Last Name", "Company", "Position", "Connected On"), read.connection, ()),
    (("CONVERSATION ID", "FROM", "DATE", "CONTENT"), read.message, ("SUBJECT", "CONTENT")),
    (("From", "To", "Date", "Content", "Direction"), read.message, ("Subject", "Content")),
    (("Company Name", "Title", "Started On", "Finished On"), read.position, ("Description",)),
    (("Date", "Type", "Link"), read.reaction, ()),
    (("Date", "Link", "Message"), read.comment, ("Message",)),
    (("Date", "ShareLink", "ShareCommentary"), read.share, ("ShareCommentary",)),
    (("Time", "Search Query"), read.search, ()),
    (("Login Date", "IP Address", "Login Type"), read.login, ()),
    (("Organization", "Followed On"), read.company, ()),
    (("HashTag", "CreatedTime", "State"), read.hashtag, ()),
    (("Ad clicked Date", "Ad Title/Id"), read.advert, ("Ad Title/Id",)),
    (("Date", "Link", "OptionText"), read.vote, ("OptionText",)),
    (("Title", "Description", "Issuer", "Issue Date"), read.honour, ("Description",)),
)
_Table = tuple[tuple[str, ...], read.Read, tuple[str, ...]]


class LinkedIn:
    """One table of the archive."""

    format = "linkedin"
    title = "LinkedIn: connections, messages, positions, reactions, follows, searches, logins (CSV)"
    domain = "online"
    extensions = (".csv",)
    version = "3"
    options = (ZONE, ME)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of its columns, below notes."""
        del filename
        found = any(_table(row) for row in first_rows(head, _NOTES, delimiter=","))
        return Match(confidence=90) if found else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return LINKEDIN

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """What each row says. Takes the zone of times without one, and the person's own name."""
        reader = _Reader(read.Said(zone_of(options), options.said(ME)))
        yield from convert(rows(export, delimiter=","), reader.row)
        if not reader.has_begun:
            yield Problem("/", _NO_HEADER)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the tables state neither count nor sum of their rows."""
        del items
        return ()


class _Reader:
    def __init__(self, said: read.Said) -> None:
        self._said = said
        self._table: _Table | None = None
        self._columns = Columns({})
        self._width = 0

    @property
    def has_begun(self) -> bool:
        return self._table is not None

    def row(self, row: Row) -> Iterable[Item]:
        """What a row says; nothing above the names of the columns. Raises ValueError."""
        if self._table is None:
            self._table = _table(row)
            self._columns, self._width = Columns.of(row), width_of(row)
            return ()
        check_width(row, self._width)
        _, reads, long = self._table
        may_break = {self._columns.positions.get(folded(name)) for name in long}
        if row.broken - may_break:
            raise ValueError(_OPEN)
        # Some tables do not end their last line: a whole time shows that nothing is missing.
        if row.is_cut and not is_whole_time(row.cells[-1]):
            raise ValueError(_CUT)
        return reads(read.Cells(row, self._columns, self._said))


def _table(row: Row) -> _Table | None:
    """The table whose columns a row names."""
    columns = Columns.of(row)
    return next((table for table in _TABLES if columns.have(*table[0])), None)
