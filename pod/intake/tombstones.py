"""What is left of a record that the person deleted: its name, so that no import brings it back.

A tombstone stands in the document of the record, under its IRI. Of the record it keeps the types
and the moment it was deleted, and nothing that it said. It has no holder, so no query counts it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from pod.intake.instants import utc
from vocab.graph import BlankNode, Graph, Literal, NamedNode, Node, Triple
from vocab.names import AS, DCTERMS, PROV, RDF, XSD

_TYPE = NamedNode(RDF.type)
_TOMBSTONE = NamedNode(AS.Tombstone)
_FORMER = NamedNode(AS.formerType)
_DELETED = NamedNode(AS.deleted)
# The names of chunks: a month or a day of a series, at whatever step, in however many parts.
_CHUNK = re.compile(r"c(-\d\d)?(?:-.*)?")


def is_tombstone(node: Node) -> bool:
    """Whether what is said of a subject is that it is a record that the person deleted."""
    return _TOMBSTONE in node.get(RDF.type, ())


def buried(document: Graph, records: Collection[str], now: datetime) -> Graph:
    """A document after the person deleted records in it, by their IRIs; and those other sources
    gave them. One that is deleted already stays so, as of then.
    """
    gone: set[NamedNode | BlankNode | Triple] = {NamedNode(record) for record in records}
    gone |= {
        t.subject for t in document if t.predicate.value == PROV.alternateOf and t.object in gone
    }
    gone -= {t.subject for t in document if t.predicate == _TYPE and t.object == _TOMBSTONE}
    kept = (triple for triple in document if triple.subject not in gone)
    types = (t for t in document if t.subject in gone and t.predicate == _TYPE)
    stones = (Triple(t.subject, _FORMER, t.object) for t in types)
    moment = Literal(utc(now), datatype=NamedNode(XSD.dateTime))
    marks = (
        Triple(subject, predicate, value)
        for subject in gone
        for predicate, value in ((_TYPE, _TOMBSTONE), (_DELETED, moment))
    )
    return frozenset({*kept, *stones, *marks})


def without_versions(history: Graph, records: Collection[str]) -> Graph:
    """A document of the history without the earlier states of records."""
    gone = {NamedNode(record) for record in records}
    told = {
        t.subject for t in history if t.predicate.value == DCTERMS.isVersionOf and t.object in gone
    }
    return frozenset(t for t in history if t.subject not in gone | told)


def dead_periods(deleted: Iterable[str], month: str) -> Iterator[str]:
    """The periods of a series (`2024-03`, `2024-03-31`) whose chunks in the document of a month the
    person deleted, by the names of their tombstones.
    """
    for name in deleted:
        found = _CHUNK.fullmatch(name)
        if found:
            yield month + (found.group(1) or "")
