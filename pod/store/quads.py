"""The documents of one pod as queries see them: an index in memory, and nothing that decides.

Every document is a named graph. For the default graph each triple lies a second time, in exactly
one *signature*: the graph of all triples that documents of the same set of access classes hold.
A reader of some classes gets the signatures that have one of these. So her default graph is a
short list however many documents there are, and a triple of two documents is in it once.

What concerns a whole document is left to the engine, which is several times faster than a loop
over triples here; only those that other documents hold too are looked at one by one.

INVARIANT (nothing unreadable): the engine is always given both lists of graphs, made here from
the classes of the reader, so that no text of a query reaches any other graph.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from vocab.graph import Graph, Triple
from vocab.places import HISTORY

"""Former states of documents lie below this path: named graphs, but no part of the default one."""

WORN = 50_000
"""The store keeps removed quads, and walks over them: with this many more than live ones, copy."""

FEW = 256
"""A graph of no more triples than this is added to a larger one rather than looked at beside it."""

_SIGNATURE = "urn:x-signature:"
_MERGED = "urn:x-merged:"

_ELSEWHERE = """
SELECT DISTINCT ?s ?p ?o
{{
  GRAPH {document} {{ ?s ?p ?o }}
  GRAPH ?g {{ ?s ?p ?o }}
  FILTER(?g NOT IN ({document}, {usual}))
}}
"""
_SEVERAL = 2
_MAY_BE_BLANK = re.compile(rb"_:|[\[(]")
_BLANK = "ASK {{ GRAPH {document} {{ ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }} }}"
_ADD = "ADD {document} TO {to}"
_TAKE = "DELETE {{ GRAPH {out} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {document} {{ ?s ?p ?o }} }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Which graphs a query asks for, and the classes that its reader may read.

    None stands for every document, a collection for documents by IRI.
    """

    readable: Collection[int]
    default_graphs: Collection[str] | None
    named_graphs: Collection[str] | None


@dataclass(frozen=True, slots=True)
class Graphs:
    """What the engine is given; `shared` if a triple may be in several of the default graphs."""

    default: Sequence[NamedNode]
    named: Sequence[NamedNode]
    shared: bool


@dataclass(slots=True)
class _Document:
    graph: NamedNode
    access: int
    in_default: bool


@dataclass(frozen=True, slots=True)
class _Signature:
    graph: NamedNode
    classes: frozenset[int]


class Quads:
    """Classes of access are plain numbers here: whoever writes knows what they stand for."""

    def __init__(self, storage: str, *, worn: int = WORN) -> None:
        self.storage = storage
        self._worn = worn
        self.clear()

    def clear(self) -> None:
        self._store = Store()
        self._live = 0
        self._removed = 0
        self._documents: dict[str, _Document] = {}
        self._signatures: dict[str, _Signature] = {}
        self._merged = 0

    def __contains__(self, path: str) -> bool:
        return self.storage + path in self._documents

    def load(self, path: str, access: int, text: bytes, syntax: RdfFormat) -> bool:
        """Write a document that is not there yet, from its text in Turtle or N-Triples.

        Tells whether it did: with blank nodes it does not, since the engine would name them anew
        each time. Raises SyntaxError for a text that is broken, and ValueError for a path that is
        no IRI.
        """
        document = _document(self.storage + path, path, access)
        graph = document.graph
        self._store.load(text, syntax, base_iri=graph.value, to_graph=graph)
        if _MAY_BE_BLANK.search(text) and self._store.query(_BLANK.format(document=graph)):
            self._take_out(document)
            return False
        self._documents[graph.value] = document
        self._sign(self._carry(document, None, access))
        self._tidy()
        return True

    def put(self, path: str, access: int, triples: Graph) -> None:
        """Write a document, over what was there. Raises ValueError for a path that is no IRI."""
        iri = self.storage + path
        document = self._documents.get(iri)
        if document is None:
            document = self._documents[iri] = _document(iri, path, access)
        before = self._triples(document)
        moved = document.access != access
        document.access = access
        gone, come = before - triples, triples - before
        self._remove(_in(triple, document.graph) for triple in gone)
        self._add(_in(triple, document.graph) for triple in come)
        self._sign(gone | (triples if moved else come))
        self._tidy()

    def move(self, path: str, access: int) -> None:
        """Put a document, if it is there, into another class."""
        document = self._documents.get(self.storage + path)
        if document is not None and document.access != access:
            before, document.access = document.access, access
            self._sign(self._carry(document, before, access))
            self._tidy()

    def drop(self, path: str) -> None:
        """Remove a document, if it is there."""
        document = self._documents.get(self.storage + path)
        if document is not None:
            others = self._carry(document, document.access, None)
            self._take_out(document)
            del self._documents[document.graph.value]
            self._sign(others)
            self._tidy()

    def graphs(self, dataset: Dataset) -> Graphs:
        """The graphs that a query may see: of those it asks for, the ones that are readable."""
        asked, named, readable = dataset.default_graphs, dataset.named_graphs, dataset.readable
        return Graphs(
            default=self._signed(readable) if asked is None else self._readable(asked, readable),
            named=self._readable(self._documents if named is None else named, readable),
            shared=asked is not None,
        )

    def gathered(self, graphs: Graphs) -> Graphs:
        """The same, with small default graphs added to a large one: the engine looks for each
        pattern of a query in each of them.

        It writes, so that the large graph is good for this reader alone: call it where the index is
        thrown away afterwards, and only for one and the same reader.
        """
        if graphs.shared or len(graphs.default) < _SEVERAL:
            return graphs
        held = {graph: tuple(islice(self._held(graph), FEW + 1)) for graph in graphs.default}
        large = [graph for graph, some in held.items() if len(some) > FEW] or [graphs.default[0]]
        small = [triple for graph in held.keys() - set(large) for triple in held[graph]]
        # No triple is in two signatures, so that none is counted twice.
        self._store.extend(_in(triple, large[0]) for triple in small)
        return Graphs(default=large, named=graphs.named, shared=False)

    def query(
        self, text: str, *, base: str, graphs: Graphs
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Evaluate a query. Raises SyntaxError, or RuntimeError for a function nobody knows.

        Where the default graph is several documents it writes what they hold into a graph of its
        own: call it where the index is thrown away afterwards.
        """
        default = graphs.default
        if graphs.shared and len(default) > 1:
            default = [self._merge(default)]
        return self._store.query(
            text, base_iri=base, default_graph=[*default], named_graphs=[*graphs.named]
        )

    def _signed(self, readable: Collection[int]) -> list[NamedNode]:
        signatures = self._signatures.values()
        return [s.graph for s in signatures if not s.classes.isdisjoint(readable)]

    def _merge(self, graphs: Sequence[NamedNode]) -> NamedNode:
        # SPARQL 1.1 §13.2.1: the default graph is "the RDF merge of the graphs"; the engine
        # would count a triple once for each graph that holds it.
        triples = {triple for graph in graphs for triple in self._held(graph)}
        self._merged += 1
        merged = NamedNode(f"{_MERGED}{self._merged}")
        self._store.extend(_in(triple, merged) for triple in triples)
        return merged

    def _readable(self, asked: Collection[str], readable: Collection[int]) -> list[NamedNode]:
        # Names made one after the other lie close together: the child that counts references to
        # them copies few pages of the index.
        found = ((iri, self._documents.get(iri)) for iri in asked)
        return [NamedNode(iri) for iri, d in found if d is not None and d.access in readable]

    def _carry(self, document: _Document, out: int | None, to: int | None) -> Collection[Triple]:
        """Take a document's triples from the signature of a class alone into that of another.

        Gives those that other graphs hold too: they are in none of both then, and to be signed.
        """
        if not document.in_default:
            return ()
        graph, (source, target) = document.graph, (self._alone(out), self._alone(to))
        names = {"document": graph, "usual": source or target, "out": source, "to": target}
        found = self._store.query(_ELSEWHERE.format_map(names))
        others = [Triple(*row) for row in found]  # type: ignore[union-attr] # a SELECT
        if source is not None:
            self._store.update(_TAKE.format_map(names))
            self._removed += self._length(document)
        if target is not None:
            self._store.update(_ADD.format_map(names))
            self._remove(_in(triple, target) for triple in others)
        return others

    def _take_out(self, document: _Document) -> None:
        self._removed += self._length(document)
        self._store.remove_graph(document.graph)

    def _alone(self, access: int | None) -> NamedNode | None:
        return None if access is None else self._signature(frozenset((access,))).graph

    def _sign(self, triples: Collection[Triple]) -> None:
        """Put triples whose documents changed into the signature that is theirs now."""
        stale: list[Quad] = []
        fresh: list[Quad] = []
        for triple in triples:
            is_in, belongs_in = self._place(triple)
            if is_in != belongs_in:
                if is_in is not None:
                    stale.append(_in(triple, is_in))
                if belongs_in is not None:
                    fresh.append(_in(triple, belongs_in))
        self._remove(stale)
        self._add(fresh)

    def _place(self, triple: Triple) -> tuple[NamedNode | None, NamedNode | None]:
        """The signature that a triple is in, and the one that it belongs in."""
        is_in = None
        classes = set()
        for quad in self._store.quads_for_pattern(
            triple.subject, triple.predicate, triple.object, None
        ):
            name = quad.graph_name.value  # type: ignore[union-attr]  # never blank
            signature = self._signatures.get(name)
            if signature is not None:
                is_in = signature.graph
            elif self._documents[name].in_default:
                classes.add(self._documents[name].access)
        return is_in, self._signature(frozenset(classes)).graph if classes else None

    def _signature(self, classes: frozenset[int]) -> _Signature:
        name = _SIGNATURE + ",".join(map(str, sorted(classes)))
        return self._signatures.setdefault(name, _Signature(NamedNode(name), classes))

    def _triples(self, document: _Document) -> frozenset[Triple]:
        return frozenset(self._held(document.graph))

    def _held(self, graph: NamedNode) -> Iterator[Triple]:
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, graph))

    def _add(self, quads: Iterator[Quad] | Sequence[Quad]) -> None:
        self._store.extend(quads)

    def _remove(self, quads: Iterator[Quad] | Sequence[Quad]) -> None:
        for quad in quads:
            self._store.remove(quad)
            self._removed += 1

    def _length(self, document: _Document) -> int:
        return sum(1 for _ in self._held(document.graph))

    def _tidy(self) -> None:
        if self._removed > self._live + self._worn:
            self._live = len(self._store)  # which counts them all, so it is asked seldom
        if self._removed > self._live + self._worn:
            fresh = Store()
            fresh.bulk_extend(self._store)
            self._store, self._removed = fresh, 0


def _document(iri: str, path: str, access: int) -> _Document:
    return _Document(NamedNode(iri), access, not path.startswith(HISTORY))


def _in(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
