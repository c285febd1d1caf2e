"""What the person says of records: apart from them, under /annotations/, on their IRIs."""

from collections.abc import Collection

from vocab.graph import Graph, Triple
from vocab.names import RDF, SD

# How a node of an annotation names the records it is about.
_ABOUT = frozenset({RDF.subject, SD.matches})


def without_notes(
    graph: Graph, *, records: Collection[str] = (), documents: Collection[str] = ()
) -> Graph:
    """A document of annotations without what it says of records, or of all records of documents."""

    def is_gone(term: object) -> bool:
        iri = getattr(term, "value", "")
        return iri in records or iri.partition("#")[0] in documents

    gone = {t.subject for t in graph if t.predicate.value in _ABOUT and is_gone(t.object)}

    def is_about(triple: Triple) -> bool:
        return triple.subject in gone or is_gone(triple.subject)

    return frozenset(triple for triple in graph if not is_about(triple))
