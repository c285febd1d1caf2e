"""One table of a database, as values of one dataclass whose fields are its columns."""

import sqlite3
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, get_args, get_type_hints

V = TypeVar("V")


class Table(Generic[V]):
    """Rows by what they have: each keyword is a column and the value that it must have.

    Times are kept as whole seconds since 1970, truth as 0 or 1. Names of columns come from the
    code alone; values are never part of the SQL.
    """

    def __init__(
        self, connection: sqlite3.Connection, name: str, kind: type[V], *, order: str = "created"
    ) -> None:
        self._connection = connection
        self._name = name
        self._kind = kind
        self._order = order
        self._columns = _columns(kind)

    def add(self, value: V) -> None:
        """Add a row. Raises sqlite3.IntegrityError where it cannot stand beside the others."""
        marks = ", ".join("?" * len(self._columns))
        names = ", ".join(self._columns)
        self._connection.execute(
            f"INSERT INTO {self._name} ({names}) VALUES ({marks})",  # noqa: S608 - our own names
            [_stored(getattr(value, name)) for name in self._columns],
        )

    def find(self, **having: object) -> V | None:
        """The first row that has all of this."""
        return next(iter(self.all(**having)), None)

    def all(self, **having: object) -> tuple[V, ...]:
        """The rows that have all of this, in the order of the table."""
        where, values = _where(having)
        sql = f"SELECT {', '.join(self._columns)} FROM {self._name}{where} ORDER BY {self._order}"  # noqa: S608 - our own names
        return tuple(self._value(row) for row in self._connection.execute(sql, values))

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

    def _value(self, row: tuple[Any, ...]) -> V:
        typed = zip(self._columns.items(), row, strict=True)
        return self._kind(**{name: _read(kind, value) for (name, kind), value in typed})


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
    tests = " AND ".join(f"{name} = ?" for name in having)
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
