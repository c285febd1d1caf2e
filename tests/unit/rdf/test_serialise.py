import pyoxigraph
import pytest
from graphs import graphs
from hypothesis import given
from hypothesis import strategies as st

from pod.problems import Malformed, NotAcceptable
from pod.rdf.formats import FORMS, Form, Profile, RdfFormat
from pod.rdf.serialise import convert, serialise

BASE = "https://pod.example/ana/notes/one"
TURTLE = pyoxigraph.RdfFormat.TURTLE

TEXT = """
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix unused: <http://unused.example/> .
@prefix v: <http://v.example/> .
<#me> foaf:name "Zoé" , "Zoe"@en ; a foaf:Person ; foaf:knows _:b ; v:note 1 . _:b foaf:age 41 .
"""


def test_turtle_has_the_prefixes_that_are_used_and_a_fixed_order():
    graph = frozenset(quad.triple for quad in pyoxigraph.parse(TEXT, TURTLE, base_iri=BASE))
    assert serialise(graph, RdfFormat.TURTLE).decode() == (
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "<https://pod.example/ana/notes/one#me> a foaf:Person ;\n"
        "\t<http://v.example/note> 1 ;\n"
        "\tfoaf:knows _:b ;\n"
        '\tfoaf:name "Zoe"@en , "Zoé" .\n'
        "_:b foaf:age 41 .\n"
    )


EMPTY_XML = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n</rdf:RDF>\n'
)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (Form(RdfFormat.TURTLE), b""),
        (Form(RdfFormat.JSON_LD), b"[]"),
        (Form(RdfFormat.JSON_LD, Profile.COMPACTED), b"{}"),
        (Form(RdfFormat.JSON_LD, Profile.EXPANDED), b"[]"),
        (Form(RdfFormat.JSON_LD, Profile.FLATTENED), b"[]"),
        (Form(RdfFormat.N_TRIPLES), b""),
        (Form(RdfFormat.N_QUADS), b""),
        (Form(RdfFormat.TRIG), b""),
        (Form(RdfFormat.RDF_XML), EMPTY_XML),
    ],
    ids=str,
)
def test_an_empty_graph_is_a_document_in_each_format(form, expected):
    assert convert(b"# nothing", RdfFormat.TURTLE, form, BASE) == expected


def test_a_direction_stays_in_json_ld_and_nowhere_else():
    text = b'{"http://v.example/p": {"@value": "x", "@language": "ar", "@direction": "rtl"}}'
    for form in FORMS:
        assert (b"rtl" in convert(text, RdfFormat.JSON_LD, form, BASE)) is (
            form.syntax is RdfFormat.JSON_LD
        )


def test_trig_has_each_graph_once_with_the_prefixes_that_are_used():
    text = b"""@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix e: <http://e.example/> .
        e:g { e:a foaf:name "A" } e:b a foaf:Person . e:g { e:a foaf:age 5 }"""
    assert convert(text, RdfFormat.TRIG, Form(RdfFormat.TRIG), BASE).decode() == (
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "<http://e.example/b> a foaf:Person .\n"
        "<http://e.example/g> {\n"
        '\t<http://e.example/a> foaf:age 5 ;\n\t\tfoaf:name "A" .\n'
        "}\n"
    )


def test_what_is_broken_is_not_converted():
    with pytest.raises(Malformed):
        convert(b"<a> <b>", RdfFormat.TURTLE, Form(RdfFormat.JSON_LD), BASE)


@given(graphs(), st.sampled_from(RdfFormat), st.randoms(use_true_random=False))
def test_the_same_graph_gives_the_same_bytes(graph, syntax, random):
    shuffled = list(graph)
    random.shuffle(shuffled)
    try:
        assert serialise(frozenset(shuffled), syntax) == serialise(graph, syntax)
    except NotAcceptable:
        assert syntax is RdfFormat.RDF_XML
