"""Texts after a patch, held to what a store of another kind makes of it."""

import pyoxigraph as ox

from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.rdf.patched import patched
from pod.sparql.update import read_update

BASE = "https://pod.example/ana/profile/card"
FOAF = "PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
XSD = "http://www.w3.org/2001/XMLSchema#"
CARD = """# My card. Do not lose this line.
@prefix foaf: <http://xmlns.com/foaf/0.1/>.
@prefix : <#>.

:me a foaf:Person ;   # that is me
  foaf:name "Ana" ; foaf:age 05 ;
  foaf:knows [ foaf:name "Bob"; foaf:nick "b", "bb" ], _:c ;
  :list ( 1 ( "two"@en ) [] ) .

_:c foaf:name "Carol" .
<#x>   foaf:name   "X" .  # a comment
# the end"""


def canonical(triples):
    """A graph as a store of another kind has it, whatever its blank nodes are called."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)


def after(update, text=CARD, syntax=RdfFormat.TURTLE):
    """The text after an update, which says what a store of another kind makes of it."""
    made = patched(text.encode(), syntax, BASE, read_update(update, BASE))
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in parse(text.encode(), syntax, BASE))
    store.update(update, base_iri=BASE)
    expected = canonical(quad.triple for quad in store)
    assert canonical(parse(made.text, syntax, BASE)) == expected
    assert canonical(made.graph) == expected
    return made.text.decode()
