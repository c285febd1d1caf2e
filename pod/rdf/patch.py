"""A patch: what must hold in a graph, what goes, and what comes; and what it does to a graph.

N3 Patch and SPARQL Update are read to the same value, so that one rule applies them both.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import Variable

from pod.problems import Conflict
from pod.rdf.match import Effort, Node, Patterns, Way, solutions
from vocab.graph import BlankNode, Graph, NamedNode, Term, Triple

Fresh = Callable[[], BlankNode]
"""Makes a blank node that nothing else is called."""

NOTHING: Patterns = frozenset()
_OF_A_LOOK = 64  # characters that are copied in the time of one look


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do: for each way that `where` matches, `deletes` goes and then `inserts` comes.

    `once`: there must be exactly one way. `strict`: what is deleted must be there. Blank nodes of
    `where` stand for something, those of `inserts` for a new node, and `deletes` has none.
    """

    where: Patterns = NOTHING
    deletes: Patterns = NOTHING
    inserts: Patterns = NOTHING
    once: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Patch:
    """Steps that are done one after the other, all or none."""

    steps: tuple[Step, ...]

    @property
    def reads(self) -> bool:
        return any(step.where for step in self.steps)

    @property
    def deletes(self) -> bool:
        return any(step.deletes for step in self.steps)

    @property
    def inserts(self) -> bool:
        return any(step.inserts for step in self.steps)


NO_PATCH = Patch(())


@dataclass(frozen=True, slots=True)
class Difference:
    """What a patch comes to for a graph: all of `removed` was there, and nothing of `added`."""

    removed: Graph
    added: Graph


def apply_patch(patch: Patch, graph: Graph, fresh: Fresh) -> Difference:
    """What a patch does to a graph. `fresh` gives blank nodes that the graph does not have.

    Raises Conflict where the graph is not as the patch says, and Unprocessable for a patch that
    takes too much to find out.
    """
    effort = Effort()
    after = graph
    for step in patch.steps:
        after = _done(step, after, fresh, effort)
    return Difference(graph - after, after - graph)


def _done(step: Step, graph: Graph, fresh: Fresh, effort: Effort) -> Graph:
    ways = solutions(step.where, graph, effort, most=2 if step.once else None)
    # Solid Protocol §5.3.1 #server-patch-n3-semantics-no-mapping: "If no such mapping exists, or
    # if multiple mappings exist, the server MUST respond with a 409 status code".
    if step.once and len(ways) != 1:
        number = "more than one way" if ways else "no way"
        raise Conflict(f"the conditions of the patch match in {number}; they must in exactly one")
    deleted = _made(step, step.deletes, ways, fresh, effort)
    # #server-patch-n3-semantics-deletions-non-empty-all-triples: "If the set of triples resulting
    # from ?deletions is non-empty and the dataset does not contain all of these triples, the
    # server MUST respond with a 409 status code".
    if step.strict and not deleted <= graph:
        raise Conflict("what the patch deletes is not there; read the document again")
    return (graph - deleted) | _made(step, step.inserts, ways, fresh, effort)


def _made(
    step: Step, patterns: Patterns, ways: Iterable[Way], fresh: Fresh, effort: Effort
) -> Graph:
    """The triples that patterns become, by all the ways, each with blank nodes of its own."""
    made = set()
    for way in ways:
        nodes: dict[BlankNode, BlankNode] = {}
        for pattern in patterns:
            triple = _triple([_value(node, way, nodes, fresh) for node in pattern], effort)
            if triple is not None:
                made.add(triple)
            elif step.once:
                raise Conflict("a literal would have a property; only nodes have any")
    return frozenset(made)


def _value(node: Node, way: Way, nodes: dict[BlankNode, BlankNode], fresh: Fresh) -> Term | None:
    if isinstance(node, Variable):
        return way.get(node)
    if isinstance(node, BlankNode):
        if node not in nodes:
            nodes[node] = fresh()
        return nodes[node]
    return node


def _triple(terms: Iterable[Term | None], effort: Effort) -> Triple | None:
    """The triple of three terms; None where they make none.

    SPARQL 1.1 Update §3.1.3: what has an unbound variable, or a literal where none can be, "is not
    included when updating the store".
    """
    subject, predicate, value = terms
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
        return None
    if value is None:
        return None
    # What is bound to a variable may be long, and is copied each time.
    effort.spend(1 + (len(subject.value) + len(value.value)) // _OF_A_LOOK)
    return Triple(subject, predicate, value)
