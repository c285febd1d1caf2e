"""One record of a pod: what it says, where it comes from, what it said before and goes with."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, pairwise

from pod.flows.annotate import history
from pod.flows.context import Pod
from pod.flows.rows import Asking, graph
from pod.flows.view.category import fact_of
from pod.insight.facts import Fact
from pod.insight.provenance import (
    Former,
    Import,
    Provenance,
    Related,
    Remark,
    gone,
    kind_of,
    narrowest,
)
from pod.insight.query import Iri, query
from pod.insight.rows import Row, day, number
from pod.intake.versions import State
from pod.problems import NotFound
from vocab.graph import Literal, NamedNode
from vocab.iri import ResourceIri
from vocab.names import PROV
from vocab.places import ANNOTATIONS, DATA

_NOT_THERE = "there is no such record in this space; go back and choose another"


async def record(iri: str, her: Asking) -> Provenance:
    """All that is known of a record. Raises NotFound and Unavailable."""
    pod = her.pod
    data = str(ResourceIri(pod.store.storage, DATA))
    if not iri.startswith(data):
        raise NotFound(_NOT_THERE)
    try:
        texts = [query(name, record=Iri(iri)) for name in _QUERIES]
    except ValueError as error:
        raise NotFound(_NOT_THERE) from error
    said, origin, related, remarks = [await her.rows(text) for text in texts]
    own = tuple(_facts(said, data))
    if not own:
        raise NotFound(_NOT_THERE)
    return Provenance(
        iri=iri,
        kind=kind_of(own),
        container=iri.removeprefix(data).partition("/")[0],
        said=own,
        hers=tuple(_facts(said, str(ResourceIri(pod.store.storage, ANNOTATIONS)))),
        imports=tuple(map(_import, origin)),
        former=tuple(reversed(tuple(_former(history(iri, pod))))),
        related=tuple(_related(related)),
        remarks=tuple(_remarks(remarks)),
    )


async def record_graph(iri: str, pod: Pod) -> bytes:
    """The same as it is stored, as Turtle. Raises NotFound and Unavailable."""
    if not iri.startswith(str(ResourceIri(pod.store.storage, DATA))):
        raise NotFound(_NOT_THERE)
    try:
        text = query("record_graph", record=Iri(iri))
    except ValueError as error:
        raise NotFound(_NOT_THERE) from error
    found = await graph(text, pod)
    if not found:
        raise NotFound(_NOT_THERE)
    return found


def _facts(found: Iterable[Row], within: str) -> Iterator[Fact]:
    """What the documents below a place say of it."""
    for row in found:
        if row["graph"].startswith(within):
            yield fact_of(row)


def _import(row: Row) -> Import:
    at = row.get("at")
    return Import(
        at=datetime.fromisoformat(at) if at else None,
        file=row.get("file", ""),
        filename=row.get("filename", ""),
    )


def _former(told: tuple[State, ...]) -> Iterator[Former]:
    """Each earlier state, with what the one after it does not say any more."""
    for before, after in pairwise(told):
        facts = gone(_said(before), _said(after))
        yield Former(
            since=before.since,
            until=before.until,
            facts=tuple(fact for fact in facts if fact.field != PROV.wasGeneratedBy),
        )


def _said(state: State) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            field=triple.predicate.value,
            value=triple.object.value,
            datatype=triple.object.datatype.value if isinstance(triple.object, Literal) else "",
        )
        for triple in sorted(state.said, key=str)
        if isinstance(triple.object, Literal | NamedNode)
    )


def _related(found: Iterable[Row]) -> Iterator[Related]:
    """Each other record once for each way that leads there or here, by its narrowest class."""
    ordered = sorted(found, key=_way)
    for (field, is_to, other), group in groupby(ordered, key=_way):
        several = tuple(group)
        yield Related(
            iri=other,
            field=field,
            is_to=is_to == "true",
            kind=narrowest(row["class"] for row in several) or "Record",
            day=day(several[0], "day"),
            label=several[0].get("label", ""),
            amount=number(several[0], "amount"),
        )


def _way(row: Row) -> tuple[str, str, str]:
    return row["field"], row["is_to"], row["other"]


def _remarks(found: Iterable[Row]) -> Iterator[Remark]:
    ordered = sorted(found, key=lambda row: (row["kind"], row["remark"], sorted(row.items())))
    for (kind, _), group in groupby(ordered, key=lambda row: (row["kind"], row["remark"])):
        several = tuple(group)
        first = several[0]
        yield Remark(
            kind=kind,
            field=first.get("field", ""),
            value=first.get("value", ""),
            other=first.get("other", ""),
            confidence=number(first, "confidence"),
            status=first.get("status", ""),
            why={row["language"]: row["why"] for row in several if row.get("why")},
        )


_QUERIES = ("record", "origin", "related", "remarks")
