"""Whether records keep to their shapes: the rules of vocab/shapes/, compiled once.

One truth, two judges: the tests hold every verdict equal to that of a general SHACL engine, which
takes a hundred times longer than an import can wait.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from vocab import turtle
from vocab.checks import Check, Test, compile_check
from vocab.graph import Graph, Node, Term, nodes_of
from vocab.names import RDF
from vocab.shacl import Shape, read_shapes

_Outline = tuple[tuple[str, ...], tuple[int, ...]]
"""The properties of a node, and how many values each has."""

_MOST_OUTLINES = 1024
_NONE: Sequence[Term] = ()


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong with one node: its IRI, the property's IRI ("" where none), why."""

    focus: str
    path: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What nodes of some classes are held to.

    `passed` has the tests of the values, each with its property, for nodes that have their
    properties as often as they may: records of one kind say the same things, and that is counted
    once for all of them.
    """

    named: bool
    checks: tuple[Check, ...]
    passed: dict[_Outline, Sequence[tuple[str, Test]]] = field(default_factory=dict)


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
        self._compiled: dict[tuple[str, ...], _Rules] = {}

    def validate(self, graph: Graph) -> tuple[Violation, ...]:
        """What keeps the nodes of a graph from conforming to the shapes of their classes.

        () if nothing does. A node is held to the shape of each class that the graph says it has,
        and to no other: a node of none of these classes conforms.
        """
        nodes = nodes_of(graph).items()
        return tuple(sorted(wrong for name, node in nodes for wrong in self.of_node(name, node)))

    def of_node(self, name: str, node: Node) -> tuple[Violation, ...]:
        """The same for one node alone."""
        known = self._targets
        types = tuple([t.value for t in node.get(RDF.type, _NONE) if t.value in known])
        return _violations(name, node, self._rules(types)) if types else ()

    def _rules(self, types: tuple[str, ...]) -> _Rules:
        """The rules of several shapes together, each once."""
        rules = self._compiled.get(types)
        if rules is None:
            chosen = [self._targets[name] for name in sorted(set(types))]
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


def _violations(focus: str, node: Node, rules: _Rules) -> tuple[Violation, ...]:
    if rules.named and focus.startswith("_:"):
        return (Violation(focus, "", "give it an IRI of its own"), *_of_values(focus, node, rules))
    outline = tuple(node), tuple(map(len, node.values()))
    tested = rules.passed.get(outline)
    if tested is None:
        if not all(check.allows(len(node.get(check.path, _NONE))) for check in rules.checks):
            return _of_values(focus, node, rules)
        checks = [check for check in rules.checks if check.path in node]
        tested = [(check.path, test) for check in checks for test, _ in check.tests]
        if len(rules.passed) < _MOST_OUTLINES:
            rules.passed[outline] = tested
    for path, test in tested:
        for value in node[path]:
            if not test(value):
                return _of_values(focus, node, rules)
    return ()


def _of_values(focus: str, node: Node, rules: _Rules) -> tuple[Violation, ...]:
    found = ((check.path, check.messages(node.get(check.path, _NONE))) for check in rules.checks)
    return tuple(Violation(focus, path, message) for path, wrong in found for message in wrong)
