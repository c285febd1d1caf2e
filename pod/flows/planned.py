"""An export read and planned: what takes long, in a thread of its own."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from importers.contract import Item, Options
from importers.importer import Importer
from importers.mapped.table import MAPPING
from importers.naming import Naming
from importers.nir import masked, screened
from importers.options import with_name
from importers.trust import KEYS
from pod.flows.context import Pod
from pod.flows.library import Library
from pod.intake.delivery import Delivery, holder_of, made_on
from pod.intake.documents import written
from pod.intake.plan import Summary, provenance, summary
from pod.intake.provenance import Export, Said, file_path
from pod.intake.sorting import Sorting
from pod.intake.sources import sources_of
from pod.intake.withdrawn import Coverage
from pod.model import Blob, Content
from pod.store.trusted_keys import trusted_keys
from pod.store.workspace import Workspace

READING, STORING = "reading", "storing"
_STRIDE = 1000  # items
_MAPPING_FILE, _YAML = "mapping.yaml", "application/yaml"

Watch = Callable[[str, int, int], None]
"""Is told how far it is: a stage, how much of it is done, and of how much."""


def unwatched(_stage: str, _done: int, _of: int) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What an export is planned with. `webid` is that of who imports it, `now` is in UTC."""

    delivery: Delivery
    importer: Importer
    head: bytes
    webid: str
    naming: Naming
    now: datetime
    pod: Pod
    watch: Watch


def opened(content: Content, pod: Pod) -> BinaryIO:
    return pod.store.path_of(content).open("rb") if isinstance(content, Blob) else BytesIO(content)


def planned(work: Work, library: Library, space: Workspace) -> tuple[Export, Summary]:
    """Read an export and plan it; the documents to write are in the workspace then.

    Raises Changed where somebody else writes them meanwhile.
    """
    made = made_on(work.importer, work.head)
    sources = sources_of(work.naming, work.importer.format, library.held, library.paths, made)
    sorting = Sorting(sources, space.partitions)
    export = _read(work, sorting, made)
    parts = len(space.partitions.keys())
    for document in written(export, sorting, work.now):
        space.documents.put(document.path, document.content)
        work.watch(STORING, max(0, parts - len(space.partitions.keys())), parts)
        work.pod.store.hold(work.delivery.content)
    if space.documents.paths():
        for document in provenance(export, sorting, work.now):
            space.documents.put(document.path, document.content)
    return export, summary(export, sorting.tally, space.documents.paths())


def _read(work: Work, sorting: Sorting, made: date | None) -> Export:
    """Sort the items of an export as they are read, and hold them to what the export states."""
    delivery, importer, coverage = work.delivery, work.importer, Coverage(work.delivery.options)
    content, sha256, filename = delivery.content, delivery.sha256, masked(delivery.filename)
    size = content.size if isinstance(content, Blob) else len(content)
    with closing(opened(content, work.pod)) as file:
        parsed = _watched(screened(importer.parse(file, _options(work))), file, size, work)
        items = sorting.passing(_covering(parsed, coverage))
        checks = importer.reconcile(items)
        for _ in items:  # what reconciling did not look at
            pass
    return Export(
        filename=filename,
        media_type=delivery.media_type,
        sha256=sha256,
        size=size,
        kept=file_path(filename, sha256, work.now),
        format=importer.format,
        version=importer.version,
        holder=holder_of(delivery, importer, work.head),
        agent=work.webid,
        gist=sorting.gist,
        checks=checks,
        covers=coverage.covers,
        said=_said(work),
        made=made,
    )


def _said(work: Work) -> tuple[Said, ...]:
    """The mapping of a table, which is kept beside it: the records can be made again by both."""
    text = work.delivery.options.values.get(MAPPING.name, "")
    if not text or MAPPING not in work.importer.options:
        return ()
    content = text.encode()
    kept = file_path(_MAPPING_FILE, sha256(content).hexdigest(), work.now)
    return (Said(filename=_MAPPING_FILE, media_type=_YAML, content=content, kept=kept),)


def _options(work: Work) -> Options:
    """What was said of an export, by its name too, and the keys trusted for a signed format."""
    match = work.importer.recognise(work.delivery.filename, work.head)
    said = with_name(work.delivery.options, match)
    if KEYS not in work.importer.options:
        return said
    return replace(said, trusted=trusted_keys(work.pod.server.config.data))


def _covering(items: Iterable[Item], coverage: Coverage) -> Iterator[Item]:
    for item in items:
        coverage.add(item)
        yield item


def _watched(items: Iterator[Item], file: BinaryIO, size: int, work: Work) -> Iterator[Item]:
    while batch := tuple(islice(items, _STRIDE)):
        yield from batch
        work.pod.store.hold(work.delivery.content)
        work.watch(READING, size if file.closed else file.tell(), size)
