"""What the owner of a pod was asked for and has agreed to: rows of the pod's own database."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from acl import Mode
from pod.agreements import (
    AccessGrant,
    AccessRequest,
    ErasureRequest,
    ErasureState,
    GrantState,
    Item,
    Proposal,
    RequestState,
    TermsAgreement,
    TermsSetting,
)
from pod.model import Entry
from pod.store.uses import entries_under, last_uses

T = TypeVar("T", bound=AccessRequest | AccessGrant | TermsAgreement | ErasureRequest)


@dataclass(frozen=True, slots=True)
class Kept:
    """How a value of some type lies in a column, both ways."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


class Table(Generic[T]):
    """The rows of one kind that a connection sees; what changes them is for the writer."""

    def __init__(
        self, connection: sqlite3.Connection, name: str, kind: type[T], kept: Mapping[str, Kept]
    ) -> None:
        self._execute = connection.execute
        self._kind = kind
        self._kept = kept
        self._names = tuple(field.name for field in fields(kind))
        self._select = f"SELECT {', '.join(self._names)} FROM {name}"  # noqa: S608 - our own names
        marks = ", ".join("?" * len(self._names))
        self._put = f"INSERT OR REPLACE INTO {name} ({', '.join(self._names)}) VALUES ({marks})"  # noqa: S608 - our own names
        self._count = f"SELECT count(*) FROM {name}"  # noqa: S608 - our own names
        self._remove = f"DELETE FROM {name} WHERE id = ?"  # noqa: S608 - our own names

    def all(self) -> Iterator[T]:
        """All of them, the newest first."""
        return map(self._value, self._execute(f"{self._select} ORDER BY created DESC, id"))

    def of(self, agent: str, client: str | None) -> Iterator[T]:
        """Those of one agent through one client, the newest first."""
        sql = f"{self._select} WHERE agent = ? AND client IS ? ORDER BY created DESC, id"
        return map(self._value, self._execute(sql, (agent, client)))

    def find(self, name: str) -> T | None:
        """The one of an id."""
        row = self._execute(f"{self._select} WHERE id = ?", (name,)).fetchone()
        return None if row is None else self._value(row)

    def count(self) -> int:
        """How many there are."""
        return int(self._execute(self._count).fetchone()[0])

    def put(self, value: T) -> None:
        """Write one, in the place of another of its id."""
        row = (self._written(name, getattr(value, name)) for name in self._names)
        self._execute(self._put, tuple(row))

    def remove(self, name: str) -> None:
        self._execute(self._remove, (name,))

    def _written(self, name: str, value: Any) -> Any:
        kept = self._kept.get(name)
        return value if kept is None or value is None else kept.write(value)

    def _value(self, row: tuple[Any, ...]) -> T:
        pairs = zip(self._names, row, strict=True)
        return self._kind(**{name: self._read(name, column) for name, column in pairs})

    def _read(self, name: str, column: Any) -> Any:
        kept = self._kept.get(name)
        return column if kept is None or column is None else kept.read(column)


class Agreements:
    """All of a pod's, and which of her terms its owner has chosen."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.requests = Table(connection, "access_request", AccessRequest, _REQUEST)
        self.grants = Table(connection, "access_grant", AccessGrant, _GRANT)
        self.terms = Table(connection, "terms_agreement", TermsAgreement, _TERMS)
        self.erasures = Table(connection, "erasure_request", ErasureRequest, _ERASURE)

    def setting(self) -> TermsSetting | None:
        """What she has chosen; None where she has chosen nothing."""
        sql = "SELECT preset, of_all FROM terms_setting"
        row = self._connection.execute(sql).fetchone()
        return None if row is None else TermsSetting(row[0], of_all=bool(row[1]))

    def choose(self, setting: TermsSetting) -> None:
        sql = "INSERT OR REPLACE INTO terms_setting (id, preset, of_all) VALUES (1, ?, ?)"
        self._connection.execute(sql, (setting.preset, int(setting.of_all)))

    def last_uses(self, since: datetime) -> Mapping[str, datetime]:
        """When something was done under a grant last, by the grant's IRI; only from `since` on, in
        UTC. Takes long where much was done: not for the event loop.
        """
        return last_uses(self._connection, since)

    def entries(self, grant: str) -> Iterator[Entry]:
        """The lines of the journal about what was done under a grant, an IRI, in order. Takes long
        where there are many: not for the event loop.
        """
        return entries_under(self._connection, grant)


def _number(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(number: int) -> datetime:
    return datetime.fromtimestamp(number, UTC)


def _listed(items: Iterable[Item]) -> list[list[Any]]:
    return [[item.path, item.modes.value, item.category] for item in items]


def _items(rows: Iterable[list[Any]]) -> tuple[Item, ...]:
    return tuple(Item(path=path, modes=Mode(bits), category=name) for path, bits, name in rows)


def _proposal(text: str) -> Proposal:
    rows, days, *terms = json.loads(text)
    return Proposal(items=_items(rows), days=days, terms=next(iter(terms), None))


_TIME = Kept(_number, _moment)
_ITEMS = Kept(lambda items: json.dumps(_listed(items)), lambda text: _items(json.loads(text)))
_REQUEST = {
    "required": _ITEMS,
    "optional": _ITEMS,
    "proposed": Kept(lambda one: json.dumps([_listed(one.items), one.days, one.terms]), _proposal),
    "state": Kept(lambda state: state.value, RequestState),
    "created": _TIME,
    "lapses": _TIME,
    "ends": _TIME,
}
_GRANT = {
    "items": _ITEMS,
    "since": _TIME,
    "until": _TIME,
    "state": Kept(lambda state: state.value, GrantState),
    "created": _TIME,
    "changed": _TIME,
    "records": Kept(json.dumps, lambda text: tuple(json.loads(text))),
    "made": Kept(lambda paths: json.dumps(sorted(paths)), lambda text: frozenset(json.loads(text))),
}
_TERMS = {"created": _TIME}
_ERASURE = {
    "state": Kept(lambda state: state.value, ErasureState),
    "created": _TIME,
    "due": _TIME,
    "answered": _TIME,
}
