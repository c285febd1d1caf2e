"""The documents of a holder, read one at a time for whoever plans an import in another thread."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from typing import TypeVar

from importers.naming import Naming
from pod.flows.context import Pod
from pod.intake.provenance import is_import_of
from pod.rdf.formats import RdfFormat
from pod.rdf.held import held_nodes
from pod.store.port import Snapshot
from vocab.graph import Nodes
from vocab.iri import ResourceIri
from vocab.places import DATA, IMPORTS

T = TypeVar("T")
_KEPT = 4  # documents that are asked for again and again
_LARGEST_KEPT = 256 * 1024  # bytes


class Changed(Exception):
    """A document is not as it was when it was read before."""


class Library:
    """Made on the event loop's thread, and used by one other.

    `versions` has the version of each document that was asked for, None where there is none.
    """

    def __init__(self, pod: Pod, naming: Naming) -> None:
        self._pod = pod
        self._slug = naming.slug
        self._own = naming.activity.partition("#")[0].removeprefix(naming.storage)
        self._loop = asyncio.get_running_loop()
        self._kept: OrderedDict[str, Nodes] = OrderedDict()
        self.versions: dict[str, str | None] = {}

    def held(self, path: str) -> Nodes | None:
        """What a document says, by its path below the storage root; None where there is none.

        Raises Changed.
        """
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        if not self._may_tell(path) or (path in self.versions and self.versions[path] is None):
            return None
        version, media_type, content = self._ask(path)
        if self.versions.setdefault(path, version) != version:
            raise Changed
        syntax = RdfFormat.of(media_type)
        if version is None or syntax is None:
            return None
        nodes = held_nodes(content, syntax, self._pod.store.storage + path)
        if len(content) <= _LARGEST_KEPT:
            self._kept[path] = nodes
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return nodes

    def paths(self) -> tuple[str, ...]:
        """The paths of all documents of the holder, in every domain."""

        async def read() -> tuple[str, ...]:
            return tuple(_paths(self._pod, self._slug))

        return asyncio.run_coroutine_threadsafe(read(), self._loop).result()

    def _may_tell(self, path: str) -> bool:
        """Whether a document is of the data or of the imports of the holder, and not this one's."""
        name = path.rpartition("/")[2]
        is_import = path.startswith(IMPORTS) and is_import_of(name, self._slug)
        return path.startswith(DATA) or (is_import and path != self._own)

    def _ask(self, path: str) -> tuple[str | None, str, bytes]:
        async def read() -> tuple[str | None, str, bytes]:
            snapshot = self._pod.store.snapshot()
            found = snapshot.load(ResourceIri(self._pod.store.storage, path))
            if found is None:
                return None, "", b""
            return found.version, found.media_type, snapshot.read(found.content)

        return asyncio.run_coroutine_threadsafe(read(), self._loop).result()


def _paths(pod: Pod, slug: str) -> Iterator[str]:
    snapshot = pod.store.snapshot()
    for domain in snapshot.members(ResourceIri(pod.store.storage, DATA)):
        if domain.iri.is_container:
            yield from _below(domain.iri.child(f"{slug}/"), snapshot)


def _below(container: ResourceIri, snapshot: Snapshot) -> Iterator[str]:
    for member in snapshot.members(container):
        if member.iri.is_container:
            yield from _below(member.iri, snapshot)
        else:
            yield member.iri.path
