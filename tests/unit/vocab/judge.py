"""A general SHACL engine, asked what is wrong with a graph: the judge of our own validator."""

import logging

import pyshacl
import rdflib

from vocab.graph import BlankNode, NamedNode
from vocab.names import SH

# It would tell at length of each value that is not well-formed, which here are many.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


def foreign(term):
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    datatype = None if term.language else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def shapes_of(texts):
    """A graph of shapes as the engine takes it, from Turtle."""
    graph = rdflib.Graph()  # noqa: TID251 - pySHACL takes its graphs
    for text in texts:
        graph.parse(data=text, format="turtle")
    return graph


def judged(graph, shapes):
    """What the engine finds: the focus, the path and the kind of constraint of each violation."""
    data = rdflib.Graph()  # noqa: TID251 - pySHACL takes its graphs
    for triple in graph:
        data.add((foreign(triple.subject), foreign(triple.predicate), foreign(triple.object)))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    found = set()
    for result, focus in report.subject_objects(rdflib.URIRef(SH.NS + "focusNode")):
        about = f"_:{focus}" if isinstance(focus, rdflib.BNode) else str(focus)
        path = report.value(result, rdflib.URIRef(SH.NS + "resultPath"))
        kind = report.value(result, rdflib.URIRef(SH.NS + "sourceConstraintComponent"))
        name = str(kind).removeprefix(SH.NS).removesuffix("ConstraintComponent")
        if name != "Node":  # which says once more what the shape within has said
            found.add((about, str(path or ""), name))
    return found
