"""What somebody would read of an item now: counted and shown before the person agrees to it.

What is shown is what is served (B1): the rows are the answer to a query that whoever is granted the
item may ask with the same words, and `digest` is the hash of the very octets.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import islice

from pod.consent.line import Value, energy, money
from pod.consent.screen import Preview
from pod.flows.context import Pod
from pod.flows.rows import asking, read
from pod.insight.query import query
from pod.insight.rows import Row, day, number
from pod.problems import Problem
from vocab.iri import ResourceIri

_ROWS = 5


async def previews(paths: Iterable[str], pod: Pod) -> Mapping[str, Preview]:
    """By path, what is there now; what cannot be looked at in time is left out."""
    found = {}
    for path in dict.fromkeys(paths):
        with suppress(Problem):
            found[path] = await _preview(ResourceIri(pod.store.storage, path), pod)
    return found


def first_rows(at: ResourceIri) -> str:
    """The query whose answer is shown of an item at an address."""
    return query("preview_first", at=str(at))


async def _preview(at: ResourceIri, pod: Pod) -> Preview:
    async with asking(pod) as her:
        (counted,) = await her.rows(query("preview_count", at=str(at)))
        if int(counted["count"]) == 0:
            return _listed(at, pod)
        first = await her.selected(first_rows(at))
        sources = await her.rows(query("preview_sources", at=str(at)))
    shown = tuple(_cells(row) for row in read(first))
    return Preview(
        count=int(counted["count"]),
        since=day(counted, "since"),
        until=day(counted, "until"),
        sources=tuple(row["name"] for row in sources),
        rows=shown,
        digest=hashlib.sha256(first).hexdigest() if shown else "",
    )


def _listed(at: ResourceIri, pod: Pod) -> Preview:
    """What holds no records is shown by the names of what it holds."""
    state = pod.store.snapshot()
    members = tuple(state.members(at)) if at.is_container else ()
    names = tuple((member.iri.path.removeprefix(at.path),) for member in islice(members, _ROWS))
    return Preview(rows=names, count=len(members))


def _cells(row: Row) -> tuple[Value, ...]:
    """The day, what it was, and how much."""
    return (day(row, "day") or "", row.get("what", ""), _much(row))


def _much(row: Row) -> Value:
    amount, kwh = number(row, "money"), number(row, "energy")
    if amount is not None:
        return money(amount, row.get("currency", "EUR"))
    return "" if kwh is None else energy(kwh)
