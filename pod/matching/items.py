"""The records of a document that may be matched, as matching sees them."""

from collections.abc import Iterator, Mapping

from pod.matching.item import Item, item_of, kind_in
from pod.matching.rules import KINDS
from vocab.graph import Nodes, text_of
from vocab.names import SD


def items_of(nodes: Nodes, names: Mapping[str, str]) -> Iterator[Item]:
    """The records of a document, in which holders are called so. Of a line whose bill stands
    elsewhere, the month is known.
    """
    days = days_of_lines(nodes)
    for iri, node in nodes.items():
        kind = kind_in(node, KINDS)
        if kind and (
            found := item_of(iri, node, kind, names=names, day=days.get(iri) or _month(iri))
        ):
            yield found


def days_of_lines(nodes: Nodes) -> dict[str, str]:
    """The day of each line of a bill or a receipt, by its IRI: that of the whole."""
    return {
        line.value: text_of(node, SD.date)
        for node in nodes.values()
        for line in node.get(SD.line, ())
    }


def _month(iri: str) -> str:
    """The first day of the month of a document that is for one; of others, what is no day."""
    name = iri.partition("#")[0].rpartition("/")[2].removesuffix(".ttl")
    return f"{name}-01"
