"""Rows of an SQLite database that came as an export, read without trusting it.

The octets are opened in memory: no file is opened, nothing is written, and nothing but named
columns is read. The database is somebody else's, so its own schema may do nothing: views, triggers,
virtual tables and columns that compute are not read, extensions are not loaded, and a statement
that takes more steps than such a size explains is ended. SQLite is asked first if it is whole.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from importers.contract import Problem
from importers.text import Readable

MARK: Final = b"SQLite format 3\0"

_LARGEST: Final = 100 << 20
_BLOCK: Final = 1 << 16
_HEADER: Final = 100
# The database file format, §1.3: bytes 18 and 19 are 2 where there is a write-ahead log.
_LOGGED: Final = b"\x02\x02"
_UNLOGGED: Final = b"\x01\x01"
_LONGEST: Final = 1 << 20
_STEPS: Final = 100_000
_LEAST_STEPS: Final = 10_000_000
_STEPS_OF_AN_OCTET: Final = 4
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_PRAGMAS: Final = frozenset({"integrity_check", "table_xinfo", "trusted_schema"})
_PLAIN_TABLE: Final = re.compile(r"\s*CREATE\s+TABLE\b", re.IGNORECASE)
_COMPUTING: Final = re.compile(r"\b(?:AS|CHECK)\b", re.IGNORECASE)

_NO_DATABASE: Final = (
    "the file is no database that can be read: copy it again, with the browser closed"
)
_DAMAGED: Final = "the database is damaged, so rows may be missing: copy it again"
_UNCHECKED: Final = "whether the database is whole is not known: it has rules of its own"
_TOO_LARGE: Final = "the database has more than {} MiB, which is not read"
_NO_TABLE: Final = "the database has not the tables that are known"
_BESIDE: Final = (
    "what the browser had not yet written into this file, but into the file `-wal` beside it, is "
    "missing: if there is such a file, close the browser and copy the database again"
)

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Query:
    """What is read: the statement, whose first column is the number of a row, and its tables.

    Each of the tables is given with a column by which it is known.
    """

    statement: str
    tables: Mapping[str, str]

    @property
    def table(self) -> str:
        """The first of the tables, whose rows are read."""
        return next(iter(self.tables))


@dataclass(frozen=True, slots=True)
class DatabaseRow:
    """A row of what was read: its number, and the cells that were asked for."""

    query: Query
    number: Cell
    cells: tuple[Cell, ...]

    @property
    def locator(self) -> str:
        return f"{self.query.table}/{self.number}"


def has_tables(head: bytes, tables: Mapping[str, str]) -> bool:
    """Whether a database begins like this that has these tables, as far as its schema is there."""
    text = head.decode("latin-1") if head.startswith(MARK) else ""
    return all(
        re.search(rf'CREATE TABLE "?{table}"?\s*\([^;]*?\b{column}\b', text)
        for table, column in tables.items()
    )


def hides_schema(head: bytes) -> bool:
    """Whether a database begins like this whose schema stands further behind.

    The file format, §1.6: a first page of the type 5 leads to the pages that have the schema.
    """
    return head.startswith(MARK) and head[_HEADER : _HEADER + 1] == b"\x05"


def rows(
    export: Readable, queries: tuple[Query, ...], *, largest: int = _LARGEST
) -> Iterator[DatabaseRow | Problem]:
    """The rows of the first query whose tables are there; a Problem where they cannot be read."""
    content = _octets(export, largest)
    if isinstance(content, Problem):
        yield content
        return
    if content[18:20] == _LOGGED:
        # Without its log a database in memory cannot be opened as one that has it.
        content[18:20] = _UNLOGGED
        yield Problem("/", _BESIDE, row=False)
    steps = _LEAST_STEPS + _STEPS_OF_AN_OCTET * len(content)
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as database:
        try:
            database.deserialize(content)
            del content
            _guard(database, steps)
            yield from _read(database, queries)
        # What Python says of names and messages of SQLite that are damaged is a UnicodeError.
        except (sqlite3.Error, UnicodeError, OverflowError, MemoryError):
            yield Problem("/", _NO_DATABASE)


def _octets(export: Readable, largest: int) -> bytearray | Problem:
    content = bytearray()
    while block := export.read(_BLOCK):
        content += block
        if len(content) > largest:
            return Problem("/", _TOO_LARGE.format(largest >> 20))
    end = _end_of(content)
    if not 0 < end <= len(content):
        return Problem("/", _NO_DATABASE)
    # Firefox makes its file grow by mebibytes, and fills them later.
    del content[end:]
    return content


def _end_of(content: bytearray) -> int:
    """How many octets the pages of a database have, 0 where it is none (the file format, §1.3)."""
    if not content.startswith(MARK) or len(content) < _HEADER:
        return 0
    size = int.from_bytes(content[16:18], "big")
    size = 65536 if size == 1 else size
    pages = int.from_bytes(content[28:32], "big")
    # How many pages there are is only said where two counters are equal.
    if pages and content[24:28] == content[92:96]:
        return size * pages
    return len(content) if size and len(content) % size == 0 else 0


def _guard(database: sqlite3.Connection, steps: int) -> None:
    left = steps // _STEPS

    def is_too_much() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    def may(action: int, first: str | None, *_: str | None) -> int:
        is_asked = action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS
        is_right = action in _ALLOWED or is_asked
        return sqlite3.SQLITE_OK if is_right else sqlite3.SQLITE_DENY

    database.text_factory = _text
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.set_progress_handler(is_too_much, _STEPS)
    database.set_authorizer(may)
    database.execute("PRAGMA trusted_schema = OFF")


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")


def _read(
    database: sqlite3.Connection, queries: tuple[Query, ...]
) -> Iterator[DatabaseRow | Problem]:
    schema = tuple(database.execute("SELECT type, name, sql FROM sqlite_schema"))
    tables = {
        name: _columns(database, name)
        for kind, name, sql in schema
        if kind == "table" and _PLAIN_TABLE.match(str(sql)) and name in _tables_of(queries)
    }
    query = next((one for one in queries if _is_answered(one, tables)), None)
    if query is None:
        yield Problem("/", _NO_TABLE)
        return
    if any(_is_computing(kind, str(sql)) for kind, _, sql in schema):
        yield Problem("/", _UNCHECKED, row=False)
    # The first fault is enough; where the database is whole it says "ok".
    elif database.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        yield Problem("/", _DAMAGED)
    try:
        found = database.execute(query.statement)
    except sqlite3.OperationalError:
        yield Problem("/", _NO_TABLE)
        return
    for number, *cells in found:
        yield DatabaseRow(query, number, tuple(cells))


def _tables_of(queries: tuple[Query, ...]) -> set[str]:
    return {table for query in queries for table in query.tables}


def _columns(database: sqlite3.Connection, table: str) -> frozenset[str]:
    """The columns of a table, none where one of them computes something: its 7th cell says so."""
    found = database.execute(f'PRAGMA table_xinfo("{table}")').fetchall()
    return frozenset() if any(cells[6] for cells in found) else frozenset(c[1] for c in found)


def _is_answered(query: Query, tables: Mapping[str, frozenset[str]]) -> bool:
    return all(column in tables.get(table, ()) for table, column in query.tables.items())


def _is_computing(kind: str, sql: str) -> bool:
    """Whether a table or an index computes something when it is checked."""
    if kind == "index":
        return sql.count("(") > 1
    return kind == "table" and bool(_COMPUTING.search(sql))
