"""What the owner of a pod was asked for and has agreed to: rows of the pod's own database."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

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
from pod.store.table import Kept, Table
from pod.store.uses import entries_under, last_uses


class Agreements:
    """All of a pod's, and which of her terms its owner has chosen."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.requests = Table(
            connection, "access_request", AccessRequest, order=_NEWEST_FIRST, kept=_REQUEST
        )
        self.grants = Table(
            connection, "access_grant", AccessGrant, order=_NEWEST_FIRST, kept=_GRANT
        )
        self.terms = Table(connection, "terms_agreement", TermsAgreement, order=_NEWEST_FIRST)
        self.erasures = Table(
            connection, "erasure_request", ErasureRequest, order=_NEWEST_FIRST, kept=_ERASURE
        )

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


def _listed(items: Iterable[Item]) -> list[list[Any]]:
    return [[item.path, item.modes.value, item.category] for item in items]


def _items(rows: Iterable[list[Any]]) -> tuple[Item, ...]:
    return tuple(Item(path=path, modes=Mode(bits), category=name) for path, bits, name in rows)


def _proposal(text: str) -> Proposal:
    rows, days, *terms = json.loads(text)
    return Proposal(items=_items(rows), days=days, terms=next(iter(terms), None))


_NEWEST_FIRST = "created DESC, id"
_ITEMS = Kept(lambda items: json.dumps(_listed(items)), lambda text: _items(json.loads(text)))
_REQUEST = {
    "required": _ITEMS,
    "optional": _ITEMS,
    "proposed": Kept(lambda one: json.dumps([_listed(one.items), one.days, one.terms]), _proposal),
    "state": Kept(lambda state: state.value, RequestState),
}
_GRANT = {
    "items": _ITEMS,
    "state": Kept(lambda state: state.value, GrantState),
    "records": Kept(json.dumps, lambda text: tuple(json.loads(text))),
    "made": Kept(lambda paths: json.dumps(sorted(paths)), lambda text: frozenset(json.loads(text))),
}
_ERASURE = {
    "state": Kept(lambda state: state.value, ErasureState),
}
