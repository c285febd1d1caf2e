"""All that a pod holds, by categories, and the holders that it came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from pod.flows.context import Pod
from pod.flows.organisations import holders_of
from pod.flows.rows import asking, graph
from pod.insight.held import Category, Source, categories
from pod.insight.query import query
from pod.insight.rows import Row, day
from vocab.iri import ResourceIri
from vocab.names import SD
from vocab.places import DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The categories of a pod, and its holders by their IRIs."""

    categories: tuple[Category, ...]
    sources: Mapping[str, Source]


def asked(pod: Pod) -> str:
    """The query of what there is."""
    return query("held", data=str(ResourceIri(pod.store.storage, DATA)))


async def held(pod: Pod) -> Held:
    """What there is of all classes. Raises Unavailable."""
    async with asking(pod) as her:
        found, known = await her.rows(asked(pod)), await holders_of(her)
    return Held(categories=categories(_category(row) for row in found), sources=known)


async def held_graph(pod: Pod) -> bytes:
    """The same in Turtle: how many records of which class are where (VoID). Raises Unavailable."""
    data = str(ResourceIri(pod.store.storage, DATA))
    return await graph(query("held_graph", data=data), pod)


def _category(row: Row) -> Category:
    count = int(row["count"])
    return Category(
        container=row["container"],
        kind=row["class"].removeprefix(SD.NS),
        count=count,
        own=count,
        first=day(row, "first"),
        last=day(row, "last"),
        holders=(row["holder"],),
    )
