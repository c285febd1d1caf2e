"""What a pod says of an import itself: who gave what, when, read by what, and what came of it."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import quote

from importers.attestation import standing_of
from importers.contract import Check, Covers, HolderHint, Item, Problem, Reading, Record, Sample
from importers.naming import Naming
from pod.intake.instants import utc
from vocab.graph import Graph, Literal, NamedNode, Node, Nodes, Term
from vocab.names import PROV, RDF, SCHEMA, SD, SDC, XSD
from vocab.places import IMPORTS

MAPPING = "urn:sd:mapping:"
MOST_TOLD = 200
"""How many problems of an import the pod remembers."""
POINTS = "SeriesChunk"
"""The class of what readings and samples are kept in."""
_NAMED = "#import"
_FILE = "#file"
_TRUE = Literal("true", datatype=NamedNode(XSD.boolean))
_IMPORT = re.compile(r"\d{8}T\d{6}Z-.+-[0-9a-f]{8}\.ttl")
_MOMENT, _DIGEST = len("20260102T030405Z-"), -len("-01234567.ttl")


@dataclass(slots=True)
class Gist:
    """What is told of the items of an export as a whole, gathered one by one.

    `first` and `last` are the civil dates of its records and samples; `kinds` counts what is
    counted, by its class; `earliest` and `latest` are readings; `signatures` counts those that
    came with it, by what became of them.
    """

    first: date | None = None
    last: date | None = None
    kinds: Counter[str] = field(default_factory=Counter)
    earliest: Reading | None = None
    latest: Reading | None = None
    signatures: Counter[str] = field(default_factory=Counter)

    def add(self, item: Item) -> None:
        day = None
        if isinstance(item, Record):
            day = item.on
            self.kinds[item.kind] += item.counted
        elif isinstance(item, Sample):
            day = item.start.date()
            self.kinds[POINTS] += item.counted
        elif isinstance(item, Reading):
            self.kinds[POINTS] += item.counted
            self._measured(item)
        if day is not None:
            self.first = day if self.first is None else min(self.first, day)
            self.last = day if self.last is None else max(self.last, day)
        if standing := standing_of(item):
            self.signatures[standing.value] += 1

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last civil day that anything in it is of."""
        ends = (self.earliest, self.latest)
        days = [one.start.astimezone(one.series.zone).date() for one in ends if one]
        days += [day for day in (self.first, self.last) if day]
        return (min(days), max(days)) if days else None

    def _measured(self, reading: Reading) -> None:
        if self.earliest is None or reading.start < self.earliest.start:
            self.earliest = reading
        if self.latest is None or reading.start > self.latest.start:
            self.latest = reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A file in which the person said how an export is to be read: its name, where it is kept."""

    filename: str
    media_type: str
    content: bytes
    kept: str

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export as it was read: its bytes in numbers, who gave it, and what an importer made of it.

    `kept` is the path below the storage root where its bytes are kept, `sha256` is in hex, `size`
    in octets. `agent` is the WebID of the person who imports, `said` are the files in which she
    said how it is to be read, and `made` is the civil day on which it says that it was made.
    """

    filename: str
    media_type: str
    sha256: str
    size: int
    kept: str
    format: str
    version: str
    holder: HolderHint
    agent: str
    gist: Gist
    checks: tuple[Check, ...] = ()
    covers: tuple[Covers, ...] = ()
    said: tuple[Said, ...] = ()
    made: date | None = None


def import_path(slug: str, sha256: str, now: datetime) -> str:
    """The path of the document of an import made now of a file: when, which holder, which bytes."""
    moment = utc(now).replace("-", "").replace(":", "")
    return f"{IMPORTS}{now:%Y}/{moment}-{slug}-{sha256[:8]}.ttl"


def activity_of(storage: str, path: str) -> str:
    """The IRI of the import that a document describes."""
    return f"{storage}{path}{_NAMED}"


def import_of(addresses: Iterable[str]) -> str:
    """The IRI of the import among the documents that it wrote, "" where it wrote none."""
    found = (one for one in addresses if _IMPORT.fullmatch(one.rpartition("/")[2]))
    return next((one + _NAMED for one in found if f"/{IMPORTS}" in one), "")


def file_path(filename: str, sha256: str, now: datetime) -> str:
    """Where the bytes of an export are kept: its own name, behind what tells it from its like."""
    return f"{IMPORTS}{now:%Y}/files/{sha256[:16]}-{quote(filename, safe='')}"


def is_import_of(name: str, slug: str) -> bool:
    """Whether a document of this name below imports/ is one that `import_path` names."""
    return _IMPORT.fullmatch(name) is not None and name[_MOMENT:_DIGEST] == slug


def files_of(graph: Graph) -> frozenset[str]:
    """The addresses of the files that an import read."""
    return frozenset(
        t.object.value
        for t in graph
        if t.predicate.value == SCHEMA.contentUrl and isinstance(t.object, NamedNode)
    )


def holder_node(holder: HolderHint) -> Node:
    """Who a holder is, as far as its exports tell."""
    return {
        RDF.type: (NamedNode(SD.Holder), NamedNode(SCHEMA.Organization)),
        SCHEMA.name: (Literal(holder.name),),
        SD.sector: (NamedNode(SDC.NS + holder.sector),),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What there is to tell of an import: its counts, and where something could not be read."""

    counts: Mapping[str, int]
    problems: Sequence[Problem]


def import_nodes(export: Export, naming: Naming, told: Told, now: datetime) -> Nodes:
    """The import, the files it read, and what came of it; never what the files say."""
    document = naming.activity.removesuffix(_NAMED)
    source = NamedNode(document + _FILE)
    beside = [NamedNode(f"{document}#said-{number}") for number, _ in enumerate(export.said, 1)]
    mapping = NamedNode(f"{MAPPING}{export.format}:{export.version}")
    moment = Literal(utc(now), datatype=NamedNode(XSD.dateTime))
    done: Node = {
        RDF.type: (NamedNode(SD.Import), NamedNode(PROV.Activity)),
        PROV.startedAtTime: (moment,),
        PROV.endedAtTime: (moment,),
        PROV.wasAssociatedWith: tuple(map(NamedNode, dict.fromkeys((naming.holder, export.agent)))),
        PROV.used: (source, mapping, *beside),
        SCHEMA.startDate: _date(export.gist.first),
        SCHEMA.endDate: _date(export.gist.last),
        SD.completeExport: (_TRUE,) if export.covers else (),
        SD.report: (Literal(_report(told, export), datatype=NamedNode(RDF.JSON)),),
    }
    nodes: dict[str, Node] = {naming.activity: {n: values for n, values in done.items() if values}}
    file = _file(export, export.size, naming.storage, naming.holder, moment)
    nodes[source.value] = file | ({SCHEMA.dateCreated: _date(export.made)} if export.made else {})
    for name, said in zip(beside, export.said, strict=True):
        size = len(said.content)
        nodes[name.value] = _file(said, size, naming.storage, export.agent, moment)
    return nodes


def _file(
    file: Export | Said, size: int, storage: str, giver: str, moment: Literal
) -> dict[str, Sequence[Term]]:
    return {
        RDF.type: (NamedNode(SD.SourceFile), NamedNode(PROV.Entity)),
        SCHEMA.name: (Literal(file.filename),),
        SCHEMA.encodingFormat: (Literal(file.media_type),),
        SCHEMA.sha256: (Literal(file.sha256),),
        SCHEMA.contentSize: (Literal(str(size)),),
        SCHEMA.contentUrl: (NamedNode(f"{storage}{file.kept}"),),
        PROV.wasAttributedTo: (NamedNode(giver),),
        PROV.generatedAtTime: (moment,),
    }


def _date(day: date | None) -> tuple[Literal, ...]:
    return () if day is None else (Literal(day.isoformat(), datatype=NamedNode(XSD.date)),)


def _report(told: Told, export: Export) -> str:
    """Counts, and the places of what could not be read: never what a file says, not even sums."""
    failed = sum(not check.ok for check in export.checks)
    said = {**told.counts, "checks": len(export.checks), "failed": failed}
    more = {
        "signatures": dict(export.gist.signatures),
        "problems": [{"at": one.locator, "why": one.message} for one in told.problems[:MOST_TOLD]],
    }
    return json.dumps(said | {name: value for name, value in more.items() if value})
