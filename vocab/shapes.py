"""Whether records keep to their shapes: the rules of vocab/shapes/, compiled once.

One truth, two judges: the tests hold every verdict equal to that of a general SHACL engine, which
takes a hundred times longer than an import can wait.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from vocab import turtle
from vocab.checks import Check, compile_check
from vocab.graph import Graph, Node, nodes_of
from vocab.names import RDF
from vocab.shacl import Shape, read_shapes


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong with one node: its IRI, the property's IRI ("" where none), why."""

    focus: str
    path: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    named: bool
    checks: tuple[Check, ...]


@cache
def shapes() -> tuple[Shape, ...]:
    """The shapes of this package."""
    return read_shapes(turtle.read("shapes"))


@cache
def _by_class() -> Mapping[str, Shape]:
    return {shape.target: shape for shape in shapes()}


def shape_of(name: str) -> Shape:
    """The shape of a class of ours, by its IRI; KeyError where it has none."""
    return _by_class()[name]


class Validator:
    """The rules of some shapes, compiled when they are first needed."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._targets = {shape.target: shape for shape in shapes}
        self._compiled: dict[frozenset[str], _Rules] = {}

    def validate(self, graph: Graph) -> tuple[Violation, ...]:
        """What keeps the nodes of a graph from conforming to the shapes of their classes.

        () if nothing does. A node is held to the shape of each class that the graph says it has,
        and to no other: a node of none of these classes conforms.
        """
        nodes = nodes_of(graph).items()
        return tuple(sorted(wrong for name, node in nodes for wrong in self.of_node(name, node)))

    def of_node(self, name: str, node: Node) -> tuple[Violation, ...]:
        """The same for one node alone."""
        types = self._targets.keys() & {term.value for term in node.get(RDF.type, ())}
        return tuple(_violations(name, node, self._rules(frozenset(types)))) if types else ()

    def _rules(self, types: frozenset[str]) -> _Rules:
        """The rules of several shapes together, each once."""
        rules = self._compiled.get(types)
        if rules is None:
            chosen = [self._targets[name] for name in sorted(types)]
            properties = dict.fromkeys(rule for shape in chosen for rule in shape.properties)
            rules = self._compiled[types] = _Rules(
                named=any(shape.named for shape in chosen),
                checks=tuple(map(compile_check, properties)),
            )
        return rules


def validate(graph: Graph) -> tuple[Violation, ...]:
    """What keeps a graph from conforming to the shapes of this package; () if nothing does."""
    return _own().validate(graph)


def violations(name: str, node: Node) -> tuple[Violation, ...]:
    """What keeps one node from conforming to the shapes of this package; () if nothing does."""
    return _own().of_node(name, node)


@cache
def _own() -> Validator:
    return Validator(shapes())


def _violations(focus: str, node: Node, rules: _Rules) -> Iterator[Violation]:
    if rules.named and focus.startswith("_:"):
        yield Violation(focus, "", "give it an IRI of its own")
    for check in rules.checks:
        values = node.get(check.path)
        if values is None and not check.at_least:
            continue
        for message in check.messages(values or ()):
            yield Violation(focus, check.path, message)
