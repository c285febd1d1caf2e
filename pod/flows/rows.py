"""What a query finds for the owner of a pod, row by row: for her pages and screens."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from pod.flows.context import Pod
from pod.flows.owner import owner_of
from pod.flows.query import results
from pod.sparql.dataset import restrict
from pod.sparql.request import Query

_JSON: Final = "application/sparql-results+json"
_TURTLE: Final = "text/turtle"

Row = Mapping[str, str]
"""The values of one row by the names of the variables; what is not bound is not there."""


async def rows(text: str, pod: Pod) -> tuple[Row, ...]:
    """The rows of a SELECT, as her own request would find them.

    Raises Unavailable where it takes too long or too much.
    """
    return read(await selected(text, pod))


async def selected(text: str, pod: Pod) -> bytes:
    """The same as the octets that her own request would be answered with, as JSON."""
    return await _asked(text, _JSON, pod)


def read(results: bytes) -> tuple[Row, ...]:
    """The rows of such an answer."""
    found = json.loads(results)["results"]["bindings"]
    return tuple({name: term["value"] for name, term in row.items()} for row in found)


async def graph(text: str, pod: Pod) -> bytes:
    """What a CONSTRUCT finds, as Turtle. Raises Unavailable."""
    return await _asked(text, _TURTLE, pod)


async def _asked(text: str, media_type: str, pod: Pod) -> bytes:
    plan = restrict(Query(text=text, base=pod.store.storage))
    return (await results(plan, media_type, owner_of(pod), pod)).body


def number(row: Row, name: str) -> Decimal | None:
    """A number of a row; None where none is there, or it is none."""
    try:
        value = Decimal(row[name])
    except (KeyError, InvalidOperation):
        return None
    return value if value.is_finite() else None


def day(row: Row, name: str) -> date | None:
    """The civil day of a date or a time of a row; None where none is there, or it is none."""
    try:
        return date.fromisoformat(row[name][:10])
    except (KeyError, ValueError):
        return None
