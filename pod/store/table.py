"""One table of a database, as values of one dataclass whose fields are its columns."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar, get_args, get_type_hints

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Kept:
    """How the values of a column lie in it that are no text, number, time or truth: both ways."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


_AS_THEY_ARE: Final[Mapping[str, Kept]] = MappingProxyType({})


class Table(Generic[V]):
    """Rows by what they have: each keyword is a column and the value that it must have.

    Times are kept as whole seconds since 1970, truth as 0 or 1, and what else is neither a text nor
    a number as `kept` says, by its column. Names of columns come from the code alone; values are
    never part of the SQL.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        name: str,
        kind: type[V],
        *,
        order: str = "created",
        kept: Mapping[str, Kept] = _AS_THEY_ARE,
    ) -> None:
        self._connection = connection
        self._name = name
        self._kind = kind
        self._order = order
        self._kept = kept
        self._columns = _columns(kind)  # type: ignore[arg-type]  # a class can be hashed

    def add(self, value: V) -> None:
        """Add a row. Raises sqlite3.IntegrityError where it cannot stand beside the others."""
        self._insert("INSERT", value)

    def put(self, value: V) -> None:
        """Write a row, in the place of another that has its key."""
        self._insert("INSERT OR REPLACE", value)

    def find(self, **having: object) -> V | None:
        """The first row that has all of this."""
        return next(iter(self.all(**having)), None)

    def all(self, **having: object) -> tuple[V, ...]:
        """The rows that have all of this, in the order of the table."""
        where, values = _where(having)
        sql = f"SELECT {', '.join(self._columns)} FROM {self._name}{where} ORDER BY {self._order}"  # noqa: S608 - our own names
        return tuple(self._value(row) for row in self._connection.execute(sql, values))

    def count(self) -> int:
        """How many rows there are."""
        sql = f"SELECT count(*) FROM {self._name}"  # noqa: S608 - our own names
        return int(self._connection.execute(sql).fetchone()[0])

    def set(self, column: str, value: object, **having: object) -> None:
        """Change one column of the rows that have all of this."""
        where, values = _where(having)
        sql = f"UPDATE {self._name} SET {column} = ?{where}"  # noqa: S608 - our own names
        self._connection.execute(sql, (_stored(value), *values))

    def remove(self, **having: object) -> int:
        """Remove the rows that have all of this, and what depends on them; how many they were."""
        where, values = _where(having)
        sql = f"DELETE FROM {self._name}{where}"  # noqa: S608 - our own names
        return self._connection.execute(sql, values).rowcount

    def remove_until(self, column: str, time: datetime) -> None:
        """Remove the rows whose time in a column has come."""
        sql = f"DELETE FROM {self._name} WHERE {column} <= ?"  # noqa: S608 - our own names
        self._connection.execute(sql, (_stored(time),))

    def _insert(self, verb: str, value: V) -> None:
        marks = ", ".join("?" * len(self._columns))
        names = ", ".join(self._columns)
        self._connection.execute(
            f"{verb} INTO {self._name} ({names}) VALUES ({marks})",
            [self._written(name, getattr(value, name)) for name in self._columns],
        )

    def _written(self, name: str, value: object) -> object:
        kept = self._kept.get(name)
        return _stored(value) if kept is None or value is None else kept.write(value)

    def _value(self, row: tuple[Any, ...]) -> V:
        typed = zip(self._columns.items(), row, strict=True)
        return self._kind(**{name: self._read(name, kind, value) for (name, kind), value in typed})

    def _read(self, name: str, kind: type, value: Any) -> Any:
        kept = self._kept.get(name)
        return _read(kind, value) if kept is None or value is None else kept.read(value)


@cache
def _columns(kind: type[Any]) -> dict[str, type]:
    """The type of each column, less the None that it may be."""
    hints = get_type_hints(kind)
    return {
        field.name: (get_args(hints[field.name]) or (hints[field.name],))[0]
        for field in fields(kind)
    }


def _where(having: dict[str, object]) -> tuple[str, list[object]]:
    if not having:
        return "", []
    tests = " AND ".join(f"{n} {'IS' if value is None else '='} ?" for n, value in having.items())
    return f" WHERE {tests}", [_stored(value) for value in having.values()]


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return int(value.timestamp())
    return int(value) if isinstance(value, bool) else value


def _read(kind: type, value: Any) -> Any:
    if value is None:
        return None
    if kind is datetime:
        return datetime.fromtimestamp(value, UTC)
    return bool(value) if kind is bool else value
