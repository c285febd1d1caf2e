import json

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad

from pod.problems import Malformed
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.rdf.serialise import convert, serialise
from vocab.graph import BlankNode, Literal, NamedNode, Triple

BASE = "https://pod.example/ana/notes/one"
TURTLE = pyoxigraph.RdfFormat.TURTLE
XSD = "http://www.w3.org/2001/XMLSchema#"

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


def test_json_ld_has_one_object_a_subject_with_its_types():
    text = (
        b"@prefix v: <http://v.example/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
        b'<#x> v:p "plain", "fr"@fr, "1"^^xsd:integer, <#y> ; a v:T, v:S . <#y> a "odd" .'
    )
    assert json.loads(convert(text, RdfFormat.TURTLE, RdfFormat.JSON_LD, BASE)) == [
        {
            "@id": BASE + "#x",
            "@type": ["http://v.example/S", "http://v.example/T"],
            "http://v.example/p": [
                {"@type": XSD + "integer", "@value": "1"},
                {"@language": "fr", "@value": "fr"},
                {"@value": "plain"},
                {"@id": BASE + "#y"},
            ],
        },
        {
            "@id": BASE + "#y",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"@value": "odd"}],
        },
    ]


def test_json_ld_keeps_the_direction_of_a_text():
    text = b'<> <http://v.example/p> "x"@ar--rtl .'
    (node,) = json.loads(convert(text, RdfFormat.TURTLE, RdfFormat.JSON_LD, BASE))
    assert node["http://v.example/p"] == [{"@direction": "rtl", "@language": "ar", "@value": "x"}]


def test_an_empty_graph_is_a_document_in_each_format():
    assert {f: serialise(frozenset(), f) for f in RdfFormat} == {
        RdfFormat.TURTLE: b"",
        RdfFormat.JSON_LD: b"[]",
        RdfFormat.N_TRIPLES: b"",
    }


def test_what_is_broken_is_not_converted():
    with pytest.raises(Malformed):
        convert(b"<a> <b>", RdfFormat.TURTLE, RdfFormat.JSON_LD, BASE)


iris = st.builds(
    lambda start, path, end: NamedNode(start + path + end),
    st.sampled_from(["http://v.example/", "urn:x:", "http://xmlns.com/foaf/0.1/"]),
    st.text(alphabet="ab/é-.~", max_size=5),
    st.sampled_from(["", "#", "#it", "?q=%20"]),
)
blanks = st.sampled_from(["a", "b0", "c"]).map(BlankNode)
literals = st.one_of(
    st.text(max_size=8).map(Literal),
    st.builds(lambda value: Literal(value, language="fr-be"), st.text(max_size=5)),
    st.builds(lambda value, kind: Literal(value, datatype=kind), st.text(max_size=5), iris),
    st.sampled_from([Literal("01", datatype=NamedNode(XSD + "integer")), Literal(1.5)]),
)
triples = st.builds(
    Triple,
    st.one_of(iris, blanks),
    st.one_of(iris, st.just(NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"))),
    st.one_of(iris, blanks, literals),
)
graphs = st.frozensets(triples, max_size=8)


def canonical(graph):
    dataset = Dataset(Quad(*triple) for triple in graph)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


@pytest.mark.spec("Solid Protocol §5.5 #server-representation-turtle-jsonld")
@settings(deadline=None, max_examples=50)
@given(graphs, st.sampled_from(RdfFormat), st.sampled_from(RdfFormat))
def test_every_graph_comes_back_from_every_format_by_way_of_every_other(graph, first, second):
    there = convert(serialise(graph, first), first, second, BASE)
    assert canonical(parse(there, second, BASE)) == canonical(graph)


@settings(deadline=None, max_examples=50)
@given(graphs, st.sampled_from(RdfFormat), st.randoms(use_true_random=False))
def test_the_same_graph_gives_the_same_bytes(graph, syntax, random):
    shuffled = list(graph)
    random.shuffle(shuffled)
    assert serialise(frozenset(shuffled), syntax) == serialise(graph, syntax)
