"""Who gave a person data, what came of it, and whom to call: asked of her pod for her pages."""

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from weakref import finalize

from pod.flows.context import Pod
from pod.flows.rows import Asking
from pod.insight.calling import Card, cards
from pod.insight.held import Source
from pod.insight.organisations import Found, Organisation, Restitution, organisations
from pod.insight.query import query
from pod.insight.rows import Row
from pod.model import Blob, Reply, Said, Stream
from pod.problems import NotFound
from vocab.iri import ResourceIri
from vocab.places import IMPORTS

_PIECE = 64 * 1024
_FILES = "/files/"


async def organisations_of(her: Asking) -> tuple[Organisation, ...]:
    """Everybody who gave the owner of a pod data. Raises Unavailable."""
    asked = ("holders", "organisations", "imports")
    holders, counts, imports = [await her.rows(query(name)) for name in asked]
    found = Found(holders=holders, counts=counts, imports=imports)
    return organisations(found, her.pod.store.identity.owners)


async def holders_of(her: Asking) -> Mapping[str, Source]:
    """Their names, and when each last gave anything, by their IRIs. Raises Unavailable."""
    return {
        row["holder"]: Source(iri=row["holder"], name=row["name"], newest=_newest(row))
        for row in await her.rows(query("sources"))
        if row["holder"] not in her.pod.store.identity.owners
    }


async def givers_of(her: Asking) -> tuple[Organisation, ...]:
    """Who gave what when, as imports tell it; neither what is there nor files are told of.

    Raises Unavailable.
    """
    holders, imports = await her.rows(query("holders")), await her.rows(query("gave"))
    found = Found(holders=holders, counts=(), imports=imports)
    every = organisations(found, her.pod.store.identity.owners)
    return tuple(one for one in every if one.restitutions)


def _newest(row: Row) -> datetime | None:
    return datetime.fromisoformat(row["newest"]) if "newest" in row else None


def named(holder: str, found: Iterable[Organisation]) -> Organisation:
    """The one of an IRI. Raises NotFound."""
    for one in found:
        if one.iri == holder:
            return one
    raise NotFound("this organisation has given nothing here")


def import_named(iri: str, found: Iterable[Organisation]) -> tuple[Organisation, Restitution]:
    """The import of an IRI, and who it is from. Raises NotFound."""
    for one in found:
        for restitution in one.restitutions:
            if restitution.iri == iri:
                return one, restitution
    raise NotFound("this import is not here any more")


async def cards_of(one: Organisation, her: Asking) -> tuple[Card, ...]:
    """Whom to call about each contract with an organisation. Raises Unavailable."""
    contracts = [row for row in await her.rows(query("contracts")) if row["holder"] == one.iri]
    reached = await her.rows(query("numbers_of", called=one.name)) if contracts else ()
    return cards(contracts, reached, her.pod.server.now().date())


def original(address: str, pod: Pod, *, is_bare: bool = False) -> Reply:
    """A file as it came, to be kept and never shown in place; no octets of it where `is_bare`.

    Raises NotFound for what is no such file of the pod.
    """
    path = address.removeprefix(pod.store.storage)
    if not path.startswith(IMPORTS) or _FILES not in path or path == address:
        raise NotFound("this is no file that came here")
    try:
        found = pod.store.snapshot().load(ResourceIri.parse(pod.store.storage, path))
    except ValueError:
        found = None
    if found is None or found.iri.is_container:
        raise NotFound("this file is not here any more")
    # The name stands behind what tells the file from its like.
    last = path.rpartition("/")[2]
    name = last.partition("-")[2] or last
    headers = (
        ("Content-Type", "application/octet-stream"),
        ("Content-Disposition", f"attachment; filename*=UTF-8''{quote(name, safe='%')}"),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "sandbox; default-src 'none'"),
        ("X-Content-Type-Options", "nosniff"),
    )
    content = found.content
    body: bytes | Stream = b""
    if not is_bare:
        body = _Lying(pod.store.path_of(content)) if isinstance(content, Blob) else content
    return Reply(status=200, headers=headers, body=body)


class _Lying:
    """A file that lies on the disk, as a body."""

    said: Said | None = None

    def __init__(self, path: Path) -> None:
        try:
            self._file = os.open(path, os.O_RDONLY)
        except FileNotFoundError as error:
            raise NotFound("this file was deleted meanwhile") from error
        finalize(self, os.close, self._file)
        self.size: int | None = os.fstat(self._file).st_size

    async def read(self, at: int) -> bytes:
        return os.pread(self._file, _PIECE, at)
