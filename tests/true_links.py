"""The records of a synthetic household without a pod, and which of them truly belong together."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from importers import by_format
from importers.contract import Options, Record
from importers.importer import Told
from importers.naming import Naming
from importers.triples import ranked, to_node
from pod.flows.match import items_of
from pod.matching.item import Item
from pod.people.files.written import HolderFile
from pod.people.made import Made
from vocab.graph import Node, text_of
from vocab.names import RDF, SCHEMA, SD

UNMATCHED = (
    *("vcard", "mesinfos-phone", "load-curve", "data-connect", "marks", "free-bill"),
    *("netflix", "spotify", "gpx", "google-location", "open-badges"),
)
"""Parts of the names of formats in which nothing is to be matched, and much is to be read."""


@dataclass(frozen=True)
class Records:
    """The records of a household by their IRIs, and the IRI of each by its file, class and name.

    `holders` are what holders are called, by their IRIs: as in a pod, by their hosts.
    """

    nodes: Mapping[str, Node]
    named: Mapping[tuple[str, str, str], str]
    holders: Mapping[str, str]

    @property
    def items(self) -> list[Item]:
        return list(items_of(self.nodes, self.holders))

    def true_links(self, sheet: Mapping[str, Any]) -> dict[tuple[str, str], str]:
        """The kind of each link of an answer sheet whose two records are among these."""
        found: dict[tuple[str, str], str] = {}
        for link in sheet["links"]:
            ends = [
                self.named.get((one["file"], one["class"], one["id"]), "")
                for one in (link["from"], link["to"])
            ]
            if all(ends):
                found[ends[0], ends[1]] = f"{link['from']['class']} {link['kind']}"
        return found


def records_of_household(whole: Made, storage: str) -> Records:
    """The records of all files that anything could be matched in."""
    nodes: dict[str, Node] = {}
    named: dict[tuple[str, str, str], str] = {}
    for file in whole.files:
        if by_format(file.format) and not any(part in file.format for part in UNMATCHED):
            for iri, node in _nodes(file, storage):
                nodes[iri] = node
                for kind in node[RDF.type]:
                    for name in _names(iri, node):
                        named[file.path, kind.value.removeprefix(SD.NS), name] = iri
    hosts = {f"{file.holder}#it": file.holder.split("/")[2] for file in whole.files}
    return Records(nodes, named, hosts)


def _nodes(file: HolderFile, storage: str) -> Iterator[tuple[str, Node]]:
    importer = by_format(file.format)
    assert importer is not None
    options = Options(values=file.options)
    importer = importer.told(options) if isinstance(importer, Told) else importer
    naming = Naming(
        storage=storage,
        holder=f"{file.holder}#it",
        slug=file.holder.split("/")[2],
        domain=importer.domain,
        activity=f"{storage}imports/one.ttl#import",
        pseudonym=lambda number: f"p{len(number)}",
    )
    items = importer.parse(io.BytesIO(file.content), options)
    for record, rank in ranked(one for one in items if isinstance(one, Record)):
        iri = naming.iri(record, rank)
        yield iri, to_node(record, iri, naming)


def _names(iri: str, node: Node) -> Iterator[str]:
    for name in (SD.recordId, SD.sourceLocator, f"{SCHEMA.NS}departureTime", SD.date):
        yield text_of(node, name)
    yield iri.partition("#id-")[2]
