"""What somebody would read of an item now: counted and shown before the person agrees to it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import islice

from pod.consent.screen import Preview
from pod.flows.context import Pod
from pod.flows.rows import Row, day, rows
from pod.problems import Problem
from vocab.iri import ResourceIri

_ROWS = 5
_PREFIXES = """PREFIX sd: <https://w3id.org/selfdata/ns#>
PREFIX schema: <https://schema.org/>
"""
# Records are what has a type of the shared vocabulary; below, `{within}` are the item's documents.
_WITHIN = 'FILTER(STRSTARTS(STR(?g), "{at}"))'
_COUNT = """SELECT (COUNT(DISTINCT ?it) AS ?count) (MIN(?day) AS ?since) (MAX(?day) AS ?until)
WHERE { GRAPH ?g { ?it a ?type . OPTIONAL { ?it sd:date ?day } } {within}
FILTER(STRSTARTS(STR(?type), STR(sd:))) }"""
_SOURCES = """SELECT DISTINCT ?name WHERE {
GRAPH ?g { ?it sd:holder ?holder } {within} GRAPH ?other { ?holder schema:name ?name } }
ORDER BY ?name LIMIT 5"""
_FIRST = """SELECT ?day (SAMPLE(?label) AS ?what) (SAMPLE(?amount) AS ?much) WHERE {
GRAPH ?g { ?it sd:date ?day .
OPTIONAL { ?it sd:counterpartyName|sd:sourceLabel|schema:name ?label }
OPTIONAL { ?it sd:amount|sd:total|sd:energy|sd:balance ?amount } } {within} }
GROUP BY ?it ?day ORDER BY DESC(?day) LIMIT 5"""


async def previews(paths: Iterable[str], pod: Pod) -> Mapping[str, Preview]:
    """By path, what is there now; what cannot be looked at in time is left out."""
    found = {}
    for path in dict.fromkeys(paths):
        with suppress(Problem):
            found[path] = await _preview(ResourceIri(pod.store.storage, path), pod)
    return found


async def _preview(at: ResourceIri, pod: Pod) -> Preview:
    counted = (await _select(_COUNT, at, pod))[0]
    if int(counted["count"]) == 0:
        return _listed(at, pod)
    return Preview(
        count=int(counted["count"]),
        since=day(counted, "since"),
        until=day(counted, "until"),
        sources=tuple(row["name"] for row in await _select(_SOURCES, at, pod)),
        rows=tuple(_line(row) for row in await _select(_FIRST, at, pod)),
    )


def _listed(at: ResourceIri, pod: Pod) -> Preview:
    """What holds no records is shown by the names of what it holds."""
    state = pod.store.snapshot()
    members = tuple(state.members(at)) if at.is_container else ()
    names = tuple(member.iri.path.removeprefix(at.path) for member in islice(members, _ROWS))
    return Preview(rows=names, count=len(members))


async def _select(text: str, at: ResourceIri, pod: Pod) -> tuple[Row, ...]:
    return await rows(_PREFIXES + text.replace("{within}", _WITHIN.replace("{at}", str(at))), pod)


def _line(row: Mapping[str, str]) -> str:
    return " · ".join(row[name] for name in ("day", "what", "much") if row.get(name))
