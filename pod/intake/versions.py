"""The states that a record has had: which one held at a moment, and by which import it came."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from vocab.graph import Graph, Literal, NamedNode
from vocab.names import DCTERMS, PROV

_IMPORT = re.compile(r"/imports/\d{4}/(\d{8}T\d{6}Z)-[^/]*#")
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a record said, from the import it came by until the one that replaced it.

    `since` is None where that import is not known, `until` is None of the state of now. `imports`
    are the IRIs of those that it came by.
    """

    said: Graph
    since: datetime | None
    until: datetime | None
    imports: tuple[str, ...]


def states(record: str, live: Graph, histories: Iterable[Graph]) -> tuple[State, ...]:
    """All states of a record, the earliest first: from its document and those of its history."""
    found = [
        _state(_of(record, history), _moment(history, version))
        for history in histories
        for version in _versions(record, history)
    ]
    now = _of(record, live)
    ended = sorted((one for one in found if one.until), key=lambda one: one.until or _NEVER)
    return (*ended, *((_state(now, None),) if now else ()))


def state_at(found: Iterable[State], moment: datetime) -> State | None:
    """The state that held at a moment; None where the record was not there yet, or is not known."""
    for one in found:
        if one.until is None or one.until > moment:
            return one if one.since is None or one.since <= moment else None
    return None


def _state(said: Graph, until: datetime | None) -> State:
    imports = sorted(
        t.object.value
        for t in said
        if t.predicate.value in {PROV.wasGeneratedBy, PROV.wasInvalidatedBy}
        and isinstance(t.object, NamedNode)
    )
    # A state that is marked as withdrawn came by the import that lacked it, which is the later one.
    times = [
        datetime.strptime(at.group(1), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        for name in imports
        if (at := _IMPORT.search(name))
    ]
    return State(said=said, since=max(times, default=None), until=until, imports=tuple(imports))


def _of(record: str, graph: Graph) -> Graph:
    about = NamedNode(record)
    return frozenset(t for t in graph if t.subject == about)


def _versions(record: str, history: Graph) -> list[NamedNode]:
    about = NamedNode(record)
    return [
        t.subject
        for t in history
        if t.predicate.value == DCTERMS.isVersionOf
        and t.object == about
        and isinstance(t.subject, NamedNode)
    ]


def _moment(history: Graph, version: NamedNode) -> datetime | None:
    for t in history:
        ends = t.subject == version and t.predicate.value == PROV.invalidatedAtTime
        if ends and isinstance(t.object, Literal):
            return datetime.fromisoformat(t.object.value)
    return None
