"""A value of each property of each class, taken from the examples of the vocabulary."""

from collections.abc import Mapping
from functools import cache

from vocab import turtle
from vocab.graph import Graph, Node, nodes_of
from vocab.names import RDF


def sample(name: str, path: str) -> str:
    """An example of a property of a class, both by their IRIs, as a text or an IRI; "" for none.

    Where no example of the class has the property, it is one of another class: what every record
    may have (its digest, its place in the file) is shown once.
    """
    found = _samples()
    return found.get((name, path)) or found.get(("", path), "")


def shown(graph: Graph) -> Mapping[tuple[str, str], str]:
    """A value of each property by class and property; by "" and property for any class.

    It is that of the node that says most of those that are of the class and of no narrower one.
    """
    found: dict[tuple[str, str], str] = {}
    for _, node in sorted(nodes_of(graph).items(), key=_first):
        for path, values in node.items():
            value = min(value.value for value in values)
            for kind in ("", *(kind.value for kind in node.get(RDF.type, ()))):
                found.setdefault((kind, path), value)
    return found


def _first(entry: tuple[str, Node]) -> tuple[int, int, str]:
    subject, node = entry
    return len(node.get(RDF.type, ())), -len(node), subject


@cache
def _samples() -> Mapping[tuple[str, str], str]:
    return shown(turtle.read("examples"))
