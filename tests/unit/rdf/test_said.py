"""What a document says is counted and named as the journal notes it, without its values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.rdf.formats import RdfFormat
from pod.rdf.said import ANY, FILE, MOST, fields_of, iri_of, said_by
from vocab.names import RDF, SD

BASE = "https://pod.example/ana/x"
TURTLE = b"""@prefix sd: <https://w3id.org/selfdata/ns#> .
<#a> a sd:BankTransaction ; sd:amount 1.5 ; <https://shop.example/ns#mood> [ sd:date "x" ] .
<#b> sd:amount "another"@fr ."""
GRAPHS = b"<urn:a> <urn:p> 1 . <urn:g> { <urn:b> <urn:q> 2 . <urn:a> <urn:p> 3 }"


def test_subjects_are_counted_and_properties_named():
    said = said_by(TURTLE, RdfFormat.TURTLE, BASE, graphs=True)
    assert said.rows == 3  # the blank node is one of them
    assert said.fields == ("<https://shop.example/ns#mood>", "rdf:type", "sd:amount", "sd:date")


@pytest.mark.parametrize(
    ("graphs", "rows", "fields"),
    [(True, 2, ("<urn:p>", "<urn:q>")), (False, 1, ("<urn:p>",))],
    ids=["all-graphs", "default-graph"],
)
def test_named_graphs_count_where_the_format_has_them(graphs, rows, fields):
    said = said_by(GRAPHS, RdfFormat.TRIG, BASE, graphs=graphs)
    assert said == (rows, fields)


def test_an_empty_document_says_nothing():
    assert said_by(b"", RdfFormat.TURTLE, BASE, graphs=True) == (0, ())


@pytest.mark.parametrize(
    "text",
    [b"<a> <b>", b"\xff", b"<urn:a> <urn:p> 1 .\n" + b" " * (10 * 1024 * 1024)],
    ids=["broken", "not-text", "too-long"],
)
def test_what_cannot_be_read_is_a_file(text):
    assert said_by(text, RdfFormat.TURTLE, BASE, graphs=True) == FILE


def test_of_very_many_fields_the_first_are_named_and_that_there_are_others():
    some = [f"{SD.NS}p{number:03}" for number in range(MOST)]
    assert fields_of(some) == tuple(f"sd:p{number:03}" for number in range(MOST))
    more = fields_of([*some, f"{SD.NS}q"])
    assert more == (ANY, *(f"sd:p{number:03}" for number in range(MOST - 1)))


@pytest.mark.parametrize(
    ("iri", "field"),
    [
        (RDF.type, "rdf:type"),
        (SD.NS + "a b", "<https://w3id.org/selfdata/ns#a b>"),
        (SD.NS, "<https://w3id.org/selfdata/ns#>"),
        ("sd:amount", "<sd:amount>"),
        ("urn:" + "x" * 200, ANY),
    ],
    ids=["known", "no-local-name", "namespace", "scheme", "long"],
)
def test_a_field_is_named(iri, field):
    assert fields_of([iri]) == (field,)


def test_others_have_no_iri():
    assert iri_of(ANY) is None


@given(st.from_regex(r"[a-z]{1,9}:[!-;=?-~]{0,40}", fullmatch=True) | st.just(SD.amount))
def test_the_iri_of_a_field_is_the_one_that_was_named(iri):
    (field,) = fields_of([iri])
    assert iri_of(field) == iri
