"""What no longer counts: records that are absent from a complete export, or that others supersede.

An export is complete over a time only where it says so and its own sums agree, or where the person
says so. What supersedes a record tells of the same time (pod.intake.stretches), and is named in it.
Nothing is deleted: the record stays, marked, and the person decides.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from importers.contract import Covers, Item, Key, Options, Record
from importers.totals import LOCATOR
from pod.intake.instants import utc
from vocab.graph import Literal, NamedNode, Node, text_of
from vocab.kinds import KINDS
from vocab.names import DCTERMS, PROV, RDF, SD, SDC, XSD

COMPLETE = "complete"
"""The option by which the person says that an export has everything between its dates."""


class Coverage:
    """What an export is complete over, as it says itself or as the person says of it.

    That is told of its items one by one. Where the person says it, it is from the first to the last
    day of each kind of counted records on each account.
    """

    def __init__(self, options: Options) -> None:
        self._is_complete = options.values.get(COMPLETE, "").lower() in {"yes", "oui"}
        self._said: list[Covers] = []
        self._between: dict[tuple[str, Key | None], Covers] = {}

    def add(self, item: Item) -> None:
        if isinstance(item, Covers):
            self._said.append(item)
        elif self._is_complete and isinstance(item, Record) and _is_dated(item):
            self._stretch(item, item.on or date.min)

    @property
    def covers(self) -> tuple[Covers, ...]:
        return tuple(self._between.values() if self._is_complete else self._said)

    def _stretch(self, record: Record, day: date) -> None:
        scope = record.kind, record.account
        found = self._between.get(scope)
        if found is None:
            self._between[scope] = Covers(
                kind=record.kind,
                account=record.account,
                first=day,
                last=day,
                locator=record.locator,
            )
        elif not found.first <= day <= found.last:
            first, last = min(found.first, day), max(found.last, day)
            self._between[scope] = replace(found, first=first, last=last)


def _is_dated(record: Record) -> bool:
    return record.counted and record.on is not None and "{yyyy" in KINDS[record.kind].document


def months(covers: Covers) -> Iterator[date]:
    """The first day of each month that has a covered day."""
    month = covers.first.replace(day=1)
    while month <= covers.last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def is_missing(record: Node, about: str, covers: Covers, told: Container[str]) -> bool:
    """Whether a record that is held should be in a complete export, and none of those told is it.

    What was derived here and not said by a holder cannot be missing.
    """
    if about in told or is_withdrawn(record):
        return False
    types = record.get(RDF.type, ())
    if NamedNode(KINDS[covers.kind].iri) not in types or SD.date not in record:
        return False
    if text_of(record, SD.sourceLocator).startswith(LOCATOR):
        return False
    return covers.first.isoformat() <= text_of(record, SD.date) <= covers.last.isoformat()


def came_by(record: Node) -> frozenset[str]:
    """The imports that a record came by."""
    return frozenset(term.value for term in record.get(PROV.wasGeneratedBy, ()))


def withdrawn_by(record: Node) -> frozenset[str]:
    """The imports that lacked a record, or gave what counts in its place."""
    return frozenset(term.value for term in record.get(PROV.wasInvalidatedBy, ()))


def is_withdrawn(record: Node) -> bool:
    """Whether the last complete export lacked a record, or others supersede it."""
    return PROV.invalidatedAtTime in record


def is_superseded(record: Node) -> bool:
    """Whether other records count in the place of one, whose holder says it all the same."""
    return DCTERMS.isReplacedBy in record


def withdrawn(record: Node, activity: str, now: datetime) -> Node:
    """A record that the holder no longer says. Its digest stays that of what the holder said."""
    return {
        **record,
        SD.status: (NamedNode(SDC.NS + "withdrawn"),),
        PROV.invalidatedAtTime: (Literal(utc(now), datatype=NamedNode(XSD.dateTime)),),
        PROV.wasInvalidatedBy: (NamedNode(activity),),
    }


def superseded(record: Node, instead: Sequence[str], activity: str, now: datetime) -> Node:
    """A record in whose place others count, by their IRIs."""
    named = tuple(NamedNode(about) for about in instead)
    return {**withdrawn(record, activity, now), DCTERMS.isReplacedBy: named}


def restored(record: Node) -> Node:
    """A record that was superseded, as its holder says it."""
    return {name: values for name, values in record.items() if name not in _MARKS}


_MARKS: Final = frozenset(
    {SD.status, PROV.invalidatedAtTime, PROV.wasInvalidatedBy, DCTERMS.isReplacedBy}
)
