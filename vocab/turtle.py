"""The Turtle files of this package, read as text or as graphs, and graphs written as JSON-LD.

Beside vocab.graph the one module of this package that imports pyoxigraph.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse, serialize

from vocab.graph import Graph

_PREFIX = re.compile(r"^@prefix .+ \.\n", re.MULTILINE)


def sources(folder: str) -> Mapping[str, str]:
    """The text of each Turtle file of a folder of this package, by name, in alphabetical order."""
    texts = {
        entry.name.removesuffix(".ttl"): entry.read_text(encoding="utf-8")
        for entry in files("vocab").joinpath(folder).iterdir()
        if entry.name.endswith(".ttl")
    }
    return dict(sorted(texts.items()))


def graph_of(text: str) -> Graph:
    """The triples of a Turtle text. Raises SyntaxError where it is not Turtle."""
    return frozenset(quad.triple for quad in parse(text, RdfFormat.TURTLE))


@cache
def read(folder: str) -> Graph:
    """All triples of all Turtle files of a folder of this package."""
    return frozenset().union(*(graph_of(text) for text in sources(folder).values()))


def joined(texts: Mapping[str, str]) -> str:
    """Several Turtle texts as one, each prefix declared once, at the top."""
    prefixes = {line: None for text in texts.values() for line in _PREFIX.findall(text)}
    bodies = "\n".join(_PREFIX.sub("", text) for text in texts.values())
    return "".join(prefixes) + "\n" + bodies


def json_ld(graph: Graph) -> bytes:
    """A graph as JSON-LD; always the same bytes, whatever its blank nodes are called."""
    dataset = Dataset(Quad(*triple) for triple in graph)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    output = BytesIO()
    serialize(sorted(dataset, key=str), output, RdfFormat.JSON_LD)
    return output.getvalue()
