"""The catalogue as a table: a line for each property of each class of each offer."""

import csv
import io
from collections.abc import Iterator
from functools import cache

from pod.catalogue.lines import Line, lines
from vocab import turtle
from vocab.glossary import glossary
from vocab.graph import Graph, nodes_of
from vocab.names import RDF
from vocab.prefixes import shortened
from vocab.shacl import Property, Shape
from vocab.shapes import shapes

HEAD = (
    *("holder", "sector", "offer_fr", "offer_en", "status", "kind", "origin", "sensitivity"),
    *("update_every", "history_depth", "class", "class_fr", "class_en"),
    *("property", "at_least", "at_most", "example", "importable", "imported_by"),
)


@cache
def table() -> bytes:
    """CSV (RFC 4180) in UTF-8, its first line the names of the columns."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for line in lines():
        writer.writerows(_rows(line))
    return text.getvalue().encode()


def _rows(line: Line) -> Iterator[tuple[object, ...]]:
    offer = line.offer
    codes = (offer.status, offer.kind, offer.origin, offer.sensitivity)
    for name in offer.classes:
        word = glossary()[name]
        start = (
            line.holder.name if line.holder else "",
            offer.sector.rpartition("#")[2],
            *(offer.title["fr"], offer.title["en"]),
            *(code.rpartition("#")[2] for code in codes),
            *(offer.every, offer.depth),
            *(shortened(name), word.label["fr"], word.label["en"]),
        )
        end = ("no" if name in line.missing else "yes", " ".join(line.by))
        for rule in fields_of(name):
            many = "*" if rule.at_most is None else rule.at_most
            middle = (shortened(rule.path), rule.at_least, many, _example(name, rule.path))
            yield (*start, *middle, *end)


@cache
def _by_class() -> dict[str, Shape]:
    return {shape.target: shape for shape in shapes()}


def fields_of(name: str) -> tuple[Property, ...]:
    """The properties of a class by its shape, each once."""
    rules = {rule.path: rule for rule in reversed(_by_class()[name].properties)}
    return tuple(reversed(rules.values()))


@cache
def _examples() -> dict[tuple[str, str], str]:
    """A value of each property of each class, from the examples of the vocabulary."""
    found: dict[tuple[str, str], str] = {}
    everything: Graph = turtle.read("examples")
    nodes = sorted(nodes_of(everything).items(), key=str)
    for _, node in nodes:
        for kind in node.get(RDF.type, ()):
            for path, values in node.items():
                found.setdefault((kind.value, path), min(value.value for value in values))
    return found


def _example(name: str, path: str) -> str:
    return _examples().get((name, path), "")
