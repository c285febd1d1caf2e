"""One category of a pod: how much of it is from whom, and its newest records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from pod.flows.context import Pod
from pod.flows.organisations import holders_of
from pod.flows.rows import Asking, graph
from pod.insight.facts import Fact, Known
from pod.insight.held import Source
from pod.insight.provenance import usual_origin
from pod.insight.query import Filling, Iri, query
from pod.insight.rows import Row, day
from pod.problems import NotFound
from vocab.iri import ResourceIri
from vocab.kinds import Kind
from vocab.places import DATA

LINES: Final = 25
"""How many records a page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A category, and what of it is to be shown.

    `holder` and `origin` are IRIs, "" for all; `page` counts from 0. `month` is the first day of
    the one that is drawn of half hours, None for the last days.
    """

    container: str
    kind: Kind
    holder: str = ""
    origin: str = ""
    page: int = 0
    month: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """So many records are from one holder and of one origin: given, observed or derived."""

    holder: str
    origin: str
    count: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What there is of a category: its parts, the records of a page, and the holders of the pod."""

    parts: tuple[Part, ...]
    records: tuple[Known, ...]
    has_more: bool
    sources: Mapping[str, Source]


async def category(wanted: Wanted, her: Asking) -> Category:
    """Raises Unavailable."""
    parts = await her.rows(query("category", **about(wanted, her.pod)))
    found, known = await newest(wanted, her), await holders_of(her)
    return Category(
        parts=tuple(sorted(map(_part, parts), key=lambda part: (-part.count, part.holder))),
        records=found[:LINES],
        has_more=len(found) > LINES,
        sources=known,
    )


async def newest_graph(wanted: Wanted, pod: Pod) -> bytes:
    """The same records as Turtle, whole. Raises Unavailable, and NotFound for an empty category."""
    found = await graph(_newest("newest_graph", wanted, LINES, pod), pod)
    if not found and not (wanted.holder or wanted.origin or wanted.page):
        raise NotFound("there is nothing of that in this space")
    return found


async def newest(wanted: Wanted, her: Asking) -> tuple[Known, ...]:
    """The records of a page, and one more where there are more."""
    return records(await her.rows(_newest("newest", wanted, LINES + 1, her.pod)))


def _newest(name: str, wanted: Wanted, limit: int, pod: Pod) -> str:
    return query(
        name,
        **about(wanted, pod),
        holder=wanted.holder,
        origin=wanted.origin,
        limit=limit,
        offset=wanted.page * LINES,
    )


def about(wanted: Wanted, pod: Pod) -> dict[str, Filling]:
    """What fills the places of a query about a category."""
    within = ResourceIri(pod.store.storage, f"{DATA}{wanted.container}/")
    return {
        "class": Iri(wanted.kind.iri),
        "within": str(within),
        "usual": Iri(usual_origin(wanted.kind.iri)),
    }


def records(found: Iterable[Row]) -> tuple[Known, ...]:
    """Records of rows of which each has one value of one field; the newest first."""
    known = [
        Known(iri=iri, day=day(several[0], "day"), facts=tuple(map(fact_of, several)))
        for iri, several in (
            (iri, tuple(group))
            for iri, group in groupby(sorted(found, key=_place), key=lambda row: row["it"])
        )
    ]
    return tuple(sorted(known, key=lambda one: one.day or date.min, reverse=True))


def _place(row: Row) -> tuple[str, str, str]:
    return row["it"], row["field"], row["value"]


def fact_of(row: Row) -> Fact:
    """A fact of a row with its value, its type, and what it leads to."""
    return Fact(
        field=row["field"],
        value=row["value"],
        datatype="" if row["link"] == "true" else row.get("type", ""),
        name=row.get("name", ""),
    )


def _part(row: Row) -> Part:
    return Part(
        holder=row["holder"],
        origin=row["origin"],
        count=int(row["count"]),
        first=day(row, "first"),
        last=day(row, "last"),
    )
