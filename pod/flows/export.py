"""The whole of a pod as one archive: every resource with its access rules, what was agreed, and the
journal with the keys that it is checked by. What is in it stands in `docs/operations.md`.
"""

import dataclasses
import json
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from enum import Enum
from typing import Any, Final

from acl import Mode, mode_names
from pod.flows.context import Pod
from pod.flows.journal import line, settled, words
from pod.flows.ledger import told
from pod.flows.owner import owner_of
from pod.flows.packing import Packing
from pod.ldp.journal_page import MOST, json_line
from pod.model import Blob, Content, Resource, Said, Stream
from pod.store.journal_pages import Wanted
from pod.store.port import History
from vocab.iri import ResourceIri

FORM: Final = 1
"""The version of how an archive is laid out."""

_PIECE: Final = 64 * 1024
_LINES: Final = "application/jsonl"
_ABOUT: Final = """\
Self Data

FR  Tout ce que contenait votre espace {storage}
    le {day} : vos fichiers et vos données (pod/), qui peut les lire (les fichiers en .acl),
    vos accords (agreements.json) et votre journal (journal.jsonl).
    Ces fichiers ne sont pas chiffrés : gardez-les en lieu sûr.

EN  All that your space {storage} held
    on {day}: your files and your data (pod/), who may read them (the files that end in .acl),
    what you have agreed to (agreements.json) and your journal (journal.jsonl).
    These files are not encrypted: keep them in a safe place.
"""

Pieces = Generator[bytes, None, Said]


async def export(pod: Pod) -> Stream:
    """The archive, made from now on while it is read; the journal notes that it was asked for."""
    await note_export(pod)
    name = (f"{pod.store.storage}export", pod.server.random_text(12))
    return pod.server.listings.find(name, lambda: pieces(pod))


async def note_export(pod: Pod) -> None:
    """Note in the journal that the owner takes all of it with her, before she does."""
    root = ResourceIri(pod.store.storage, "")
    entry = line(owner_of(pod), "EXPORT", root, words(Mode.READ), pod.server.now())
    await pod.store.write(lambda tx: tx.note(entry))
    await settled(pod)


def pieces(pod: Pod) -> Pieces:
    """The archive of one committed state, piece by piece. Raises NotFound where a large file is
    deleted meanwhile: then it has to be made anew.
    """
    state, now = pod.store.snapshot(), pod.server.now()
    packing, count = Packing(), 0
    for name, media_type, text in _beside(state, pod, now):
        yield from packing.add(name, iter((text,)), now, media_type=media_type)
    yield from packing.add("journal.jsonl", _journal(state, pod), now, media_type=_LINES)
    index = _index(state, pod)
    yield from packing.add("resources.jsonl", index, now, media_type=_LINES)
    for one in _resources(state, pod):
        if one.iri.is_container:
            continue
        count += 1
        found = _octets(one.content, pod)
        name = f"pod/{one.iri.path}"
        yield from packing.add(name, found, one.modified, media_type=one.media_type, size=one.size)
    yield packing.rest()
    return Said(count, ())


def _beside(state: History, pod: Pod, now: datetime) -> Iterator[tuple[str, str, bytes]]:
    """What is in the archive beside the pod, but for what may be long."""
    identity = pod.store.identity
    about = {
        "form": FORM,
        "storage": pod.store.storage,
        "owners": sorted(identity.owners),
        "made": now.isoformat(),
    }
    kept = state.agreements
    agreed = {
        "grants": kept.grants.all(),
        "requests": kept.requests.all(),
        "terms": kept.terms.all(),
        "erasures": kept.erasures.all(),
        "setting": kept.setting(),
    }
    text = _ABOUT.format(storage=pod.store.storage, day=now.date().isoformat())
    yield "README.txt", "text/plain", text.encode()
    yield "export.json", "application/json", _json(about)
    yield "agreements.json", "application/json", _json(agreed)
    yield "record-keys.json", "application/json", _json(pod.server.pods.notary.jwks())


def _resources(state: History, pod: Pod) -> Iterator[Resource]:
    """Every resource, its rules and its description behind it; containers before what they hold."""
    waiting = [ResourceIri(pod.store.storage, "")]
    while waiting:
        iri = waiting.pop()
        for one in (iri, iri.acl, iri.description):
            found = state.load(one)
            if found is not None:
                yield found
        if iri.is_container:
            waiting += reversed([member.iri for member in state.members(iri)])


def _index(state: History, pod: Pod) -> Iterator[bytes]:
    """A line for each resource: what its file does not say, and what is in a container itself."""
    for one in _resources(state, pod):
        said: dict[str, Any] = {
            "path": one.iri.path,
            "mediaType": one.media_type,
            "modified": one.modified.isoformat(),
            "size": one.size,
        }
        if one.iri.is_container:
            said["content"] = state.read(one.content).decode()
        yield json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _journal(state: History, pod: Pod) -> Iterator[bytes]:
    """A line for each line of the journal, with the root that was signed where it ends a day."""
    more: int | None = 0
    while more is not None:
        found = state.journal(Wanted(after=more, limit=MOST))
        for one in told(found):
            said = json_line(pod.store.storage, one) | ({"root": one.root} if one.root else {})
            yield json.dumps(said, ensure_ascii=False).encode() + b"\n"
        more = found.more


def _octets(content: Content, pod: Pod) -> Iterator[bytes]:
    if not isinstance(content, Blob):
        yield content
        return
    with pod.store.path_of(content).open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> object:
    for kind, written in _WRITTEN:
        if isinstance(value, kind):
            return written(value)
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


_WRITTEN: Final[tuple[tuple[type, Callable[[Any], object]], ...]] = (
    (Mode, mode_names),
    (Enum, lambda value: value.value),
    (datetime, datetime.isoformat),
    (frozenset, sorted),
)
