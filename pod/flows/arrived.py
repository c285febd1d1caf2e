"""What imports brought, asked of the pod by the queries behind the pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from pod.flows.context import Pod
from pod.flows.rows import asking
from pod.insight.arrived import Course, Fact, Kind, course, facts, kinds
from pod.insight.query import Iri, query
from pod.intake.arrived import Arrived
from pod.intake.provenance import import_of

MOST_IMPORTS = 200
"""Of how many imports a page tells; of an archive of more files it tells of the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What imports brought: classes of records, three facts, and what is to be drawn."""

    kinds: tuple[Kind, ...]
    facts: tuple[Fact, ...]
    course: Course


async def brought(imports: Iterable[str], pod: Pod) -> Brought:
    """What some imports brought, by their IRIs. Raises Unavailable."""
    chosen = tuple(map(Iri, imports))[:MOST_IMPORTS]
    asked = ("arrived", "arrived_largest", "arrived_months")
    async with asking(pod) as her:
        sums, largest, months = [await her.rows(query(name, imports=chosen)) for name in asked]
    return Brought(kinds=kinds(sums), facts=facts(sums, largest), course=course(months))


def imports_in(arrived: Iterable[Arrived]) -> tuple[str, ...]:
    """The IRIs of the imports of what was kept, those of most news first."""
    reports = [one.report for one in arrived if one.report]
    found = sorted(reports, key=lambda report: -report["new"])
    return tuple(iri for report in found if (iri := import_of(report["resources"])))
