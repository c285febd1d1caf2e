"""In which order triples and graphs are written: the same graph gives the same text."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pyoxigraph import DefaultGraph

from pod.rdf.json_ld import Name
from vocab.graph import Dataset, Quad, Triple
from vocab.names import RDF

_TYPE = f" <{RDF.type}> "


def order(triple: Triple) -> str:
    """What triples are sorted by: subject, and of a subject its types first."""
    return str(triple).replace(_TYPE, "  ", 1)  # a space comes before all that can stand there


def order_of_quad(quad: Quad) -> tuple[str, str]:
    """What quads are sorted by: the default graph first."""
    name = quad.graph_name
    return "" if isinstance(name, DefaultGraph) else str(name), order(quad.triple)


def graphs_of(dataset: Dataset) -> Mapping[Name, Sequence[Triple]]:
    """The graphs of a dataset, and the triples of each, in their order."""
    graphs: defaultdict[Name, list[Triple]] = defaultdict(list)
    for quad in sorted(dataset, key=order_of_quad):
        name = quad.graph_name
        graphs[None if isinstance(name, DefaultGraph) else name].append(quad.triple)
    return graphs
