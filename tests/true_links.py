"""The records of a synthetic household without a pod, and which of them truly belong together."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from importers import by_format
from importers.contract import Options, Record
from importers.naming import Naming
from importers.triples import ranked, to_node
from pod.flows.match import items_of
from pod.matching.item import Item
from pod.people.files.written import HolderFile
from pod.people.made import Made
from vocab.graph import Node, text_of
from vocab.names import RDF, SCHEMA, SD

UNMATCHED = ("vcard", "icalendar", "mesinfos-phone", "load-curve", "marks", "free-bill")
"""Parts of the names of formats in which nothing is to be matched, and much is to be read."""


def nodes_of_household(whole: Made, storage: str) -> dict[str, Node]:
    """The records of all files that anything could be matched in."""
    return {
        iri: node
        for file in whole.files
        if by_format(file.format) and not any(part in file.format for part in UNMATCHED)
        for iri, node in _nodes(file, storage)
    }


def items_of_nodes(nodes: Mapping[str, Node]) -> list[Item]:
    return list(items_of(nodes, {}))


def _nodes(file: HolderFile, storage: str) -> Iterator[tuple[str, Node]]:
    importer = by_format(file.format)
    assert importer is not None
    naming = Naming(
        storage=storage,
        holder=f"{file.holder}#it",
        slug=file.holder.split("/")[2],
        domain=importer.domain,
        activity=f"{storage}imports/one.ttl#import",
        pseudonym=lambda number: f"p{len(number)}",
    )
    items = importer.parse(io.BytesIO(file.content), Options(values=file.options))
    for record, rank in ranked(one for one in items if isinstance(one, Record)):
        iri = naming.iri(record, rank)
        yield iri, to_node(record, iri, naming)


def true_links(sheet: Mapping[str, Any], nodes: Mapping[str, Node]) -> dict[tuple[str, str], str]:
    """The kind of each link of an answer sheet whose two records are among some nodes."""
    holders = {one["path"]: one["holder"] for one in sheet["files"]}
    known = {
        (kind.value.removeprefix(SD.NS), text_of(node, SD.holder), name): iri
        for iri, node in nodes.items()
        for name in _names(iri, node)
        for kind in node[RDF.type]
    }
    found: dict[tuple[str, str], str] = {}
    for link in sheet["links"]:
        ends = [_found(link[end], holders, known) for end in ("from", "to")]
        if all(ends):
            found[ends[0], ends[1]] = f"{link['from']['class']} {link['kind']}"
    return found


def _names(iri: str, node: Node) -> Iterator[str]:
    for name in (SD.recordId, SD.sourceLocator, f"{SCHEMA.NS}departureTime", SD.date):
        yield text_of(node, name)
    yield iri.partition("#id-")[2]


def _found(
    end: Mapping[str, str], holders: Mapping[str, str], known: Mapping[tuple[str, str, str], str]
) -> str:
    return known.get((end["class"], f"{holders[end['file']]}#it", end["id"]), "")
