"""Triples written as statements of a Turtle document, its blank nodes in brackets."""

from collections import Counter
from collections.abc import Iterable, Iterator

from pod.rdf.spelling import Spelling
from vocab.graph import BlankNode, Graph, Literal, NamedNode, Term, Triple
from vocab.names import RDF

MAX_DEPTH = 20  # brackets within brackets; a node further in gets a name

_TYPE = NamedNode(RDF.type)
_FIRST, _REST, _NIL = (NamedNode(RDF.NS + name) for name in ("first", "rest", "nil"))


class Nodes:
    """The blank nodes of a document: `labels` are the names of those that have one."""

    def __init__(self, labels: frozenset[str]) -> None:
        self._labels = labels
        self._names: dict[BlankNode, str] = {}
        self._number = 0
        self._uses: Counter[Term] = Counter()
        self._facts: Counter[Term] = Counter()

    def fresh(self) -> BlankNode:
        """A node that the document does not have."""
        while f"b{self._number}" in self._labels:
            self._number += 1
        self._number += 1
        return BlankNode(f"b{self._number - 1}")

    def count(self, graph: Graph) -> None:
        """Take note of how often each node is an object, and a subject, in all that is said."""
        self._uses = Counter(t.object for t in graph if isinstance(t.object, BlankNode))
        self._facts = Counter(t.subject for t in graph if isinstance(t.subject, BlankNode))

    def is_labelled(self, node: BlankNode) -> bool:
        return node.value in self._labels

    def is_known_by_name(self, node: BlankNode) -> bool:
        """Whether it needs one where it is a subject: it has one, or is an object elsewhere."""
        return self.is_labelled(node) or self._uses[node] > 0

    def fits(self, node: BlankNode, facts: int) -> bool:
        """Whether it can stand in brackets where it is an object, with so many facts in them."""
        once = self._uses[node] == 1 and self._facts[node] == facts
        return once and not self.is_labelled(node)

    def label(self, node: BlankNode) -> str:
        """What a node is called where it does not stand in brackets."""
        if self.is_labelled(node):
            return str(node)
        if node not in self._names:
            self._names[node] = str(self.fresh())
        return self._names[node]


def statements(triples: Iterable[Triple], spelling: Spelling, nodes: Nodes) -> str:
    """The statements that say the triples, subjects and properties in the order given.

    Each ends with a full stop, and there is a line break between two.
    """
    return "\n".join(_Writer(triples, spelling, nodes).statements())


class _Writer:
    def __init__(self, triples: Iterable[Triple], spelling: Spelling, nodes: Nodes) -> None:
        self._spelling = spelling
        self._nodes = nodes
        self._said: dict[Term, dict[NamedNode, list[Term]]] = {}
        counts: Counter[Term] = Counter()
        for subject, predicate, value in triples:
            self._said.setdefault(subject, {}).setdefault(predicate, []).append(value)
            counts[subject] += 1
        values = (v for said in self._said.values() for vs in said.values() for v in vs)
        self._inner = {v for v in values if isinstance(v, BlankNode) and nodes.fits(v, counts[v])}
        self._no_lists: set[Term] = set()
        self._written: set[Term] = set()

    def statements(self) -> Iterator[str]:
        for subject in self._said:
            if subject not in self._inner:
                yield self._statement(subject)
        # What is left stands in brackets of each other, or too deep in those of others.
        for subject in self._said:
            if subject not in self._written:
                self._inner.discard(subject)
                yield self._statement(subject)

    def _statement(self, subject: Term) -> str:
        self._written.add(subject)
        nodes = self._nodes
        is_named = not isinstance(subject, BlankNode) or nodes.is_known_by_name(subject)
        name = self._term(subject, 0) if is_named else "[]"
        return f"{name} {self._properties(subject, 0)} ."

    def _properties(self, subject: Term, depth: int) -> str:
        between = " ;\n    " if depth == 0 else " ; "
        return between.join(
            f"{'a' if predicate == _TYPE else self._spelling.iri(predicate)} "
            + ", ".join(self._term(value, depth) for value in values)
            for predicate, values in self._said[subject].items()
        )

    def _term(self, term: Term, depth: int) -> str:
        if isinstance(term, NamedNode):
            return "()" if term == _NIL else self._spelling.iri(term)
        if isinstance(term, Literal):
            return self._spelling.literal(term)
        if term not in self._inner:
            return self._nodes.label(term)
        if depth == MAX_DEPTH:
            self._inner.discard(term)
            return self._nodes.label(term)
        return self._in_brackets(term, depth + 1)

    def _in_brackets(self, node: BlankNode, depth: int) -> str:
        if node not in self._said:
            return "[]"
        items = self._items(node)
        if items is not None:
            return f"( {' '.join(self._term(item, depth) for item in items)} )"
        self._written.add(node)
        return f"[ {self._properties(node, depth)} ]"

    def _items(self, node: Term) -> list[Term] | None:
        """The items of a list that begins with a node; None where it is none."""
        items, chain = [], []
        while node != _NIL:
            said = self._said.get(node, {})
            firsts, rests = said.get(_FIRST, []), said.get(_REST, [])
            chain.append(node)
            is_link = len(said) == 2 and len(firsts) == len(rests) == 1
            if not is_link or node not in self._inner or node in self._no_lists:
                self._no_lists.update(chain)
                return None
            items.append(firsts[0])
            node = rests[0]
        self._written.update(chain)
        return items
