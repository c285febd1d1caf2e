"""What a query finds for the owner of a pod, row by row: for her pages and screens."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pod.flows.context import Pod, Sitting
from pod.flows.owner import owner_of
from pod.flows.query import sitting
from pod.insight.rows import Row
from pod.sparql.dataset import Plan, restrict
from pod.sparql.request import Query

_JSON: Final = "application/sparql-results+json"
_TURTLE: Final = "text/turtle"
_KEPT: Final = 128  # plans of queries that were asked last; the pages have some forty


@dataclass(frozen=True, slots=True)
class Asking:
    """The owner of a pod, who asks several questions in one sitting: of one state of it, one after
    the other.
    """

    pod: Pod
    sitting: Sitting

    async def rows(self, text: str) -> tuple[Row, ...]:
        """The rows of a SELECT, as her own request would find them.

        Raises Unavailable where it takes too long or too much.
        """
        return read(await self.selected(text))

    async def selected(self, text: str) -> bytes:
        """The same as the octets that her own request would be answered with, as JSON."""
        return await self._asked(text, _JSON)

    async def graph(self, text: str) -> bytes:
        """What a CONSTRUCT finds, as Turtle. Raises Unavailable."""
        return await self._asked(text, _TURTLE)

    async def _asked(self, text: str, media_type: str) -> bytes:
        return (await self.sitting.select(_plan(text, self.pod.store.storage), media_type)).body


@asynccontextmanager
async def asking(pod: Pod) -> AsyncIterator[Asking]:
    """A sitting of the owner's. Within it nothing else is asked of the pod: that would be a second
    turn, for which others may be waiting who have one too. Raises Unavailable.
    """
    async with sitting(owner_of(pod), pod) as begun:
        yield Asking(pod, begun)


async def rows(text: str, pod: Pod) -> tuple[Row, ...]:
    """The rows of one question. Raises Unavailable."""
    async with asking(pod) as her:
        return await her.rows(text)


async def graph(text: str, pod: Pod) -> bytes:
    """What one CONSTRUCT finds, as Turtle. Raises Unavailable."""
    async with asking(pod) as her:
        return await her.graph(text)


def read(results: bytes) -> tuple[Row, ...]:
    """The rows of such an answer."""
    found = json.loads(results)["results"]["bindings"]
    return tuple({name: term["value"] for name, term in row.items()} for row in found)


@lru_cache(_KEPT)
def _plan(text: str, base: str) -> Plan:
    return restrict(Query(text=text, base=base))
