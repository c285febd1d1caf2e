import pytest

from vocab import turtle
from vocab.glossary import glossary, words
from vocab.jsonld import context
from vocab.names import SDC
from vocab.shacl import read_shapes
from vocab.shapes import shapes

OURS = context(glossary(), shapes())


@pytest.mark.parametrize(
    ("term", "definition"),
    [
        ("BankAccount", "sd:BankAccount"),
        ("holder", {"@id": "sd:holder", "@type": "@id"}),
        ("amount", {"@id": "sd:amount", "@type": "xsd:decimal"}),
        ("sourceLabel", "sd:sourceLabel"),
        ("values", {"@id": "sd:values", "@type": "@json"}),
        ("counterparty", {"@id": "sd:counterparty", "@type": "@id"}),
        (
            "sector",
            {
                "@id": "sd:sector",
                "@type": "@vocab",
                "@context": {"@vocab": SDC.NS, "energy": SDC.energy},
            },
        ),
        ("startTime", {"@id": "schema:startTime", "@type": "xsd:dateTime"}),
        ("bestRating", "schema:bestRating"),
        ("given-name", "vcard:given-name"),
    ],
)
def test_how_a_term_is_defined(term, definition):
    assert OURS[term] == definition


def test_a_borrowed_property_never_takes_the_name_of_one_of_ours():
    # schema:amount is used by loans.
    assert OURS["amount"]["@id"] == "sd:amount"


def test_a_property_that_differs_between_shapes_has_no_type():
    text = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <urn:a> a sh:NodeShape ; sh:property [ sh:path schema:x ; sh:datatype xsd:date ] .
    <urn:b> a sh:NodeShape ; sh:property [ sh:path schema:x ; sh:nodeKind sh:IRI ] .
    <urn:c> a sh:NodeShape ; sh:property [ sh:path schema:y ; sh:nodeKind sh:IRI ] ."""
    made = context(words(frozenset()), read_shapes(turtle.graph_of(text)))
    assert made["x"] == "schema:x"
    assert made["y"] == {"@id": "schema:y", "@type": "@id"}
