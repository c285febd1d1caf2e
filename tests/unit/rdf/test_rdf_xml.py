"""RDF/XML: what is refused before it is read, and what cannot be written."""

from contextlib import contextmanager

import pytest
import rdflib.graph
from graphs import canonical, graphs
from hypothesis import assume, given
from pyoxigraph import RdfFormat as Library
from pyoxigraph import parse as parsed

from pod.problems import Malformed, NotAcceptable
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.rdf.rdf_xml import MAX_DEPTH
from pod.rdf.serialise import serialise
from vocab.graph import Literal, NamedNode, Triple

BASE = "https://pod.example/ana/notes/one"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
HEAD = f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:v="http://v.example/">'


def read(inside, head=HEAD):
    return parse(f"{head}{inside}</rdf:RDF>".encode(), RdfFormat.RDF_XML, BASE)


def nested(depth):
    begin = "<rdf:Description><v:p>" * (depth // 2)
    return begin + "x" + "</v:p></rdf:Description>" * (depth // 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("<!DOCTYPE x><x/>", "DOCTYPE", id="doctype"),
        pytest.param('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "DOCTYPE", id="entity"),
        pytest.param('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "DOCTYPE", id="external"),
        pytest.param(
            '<!DOCTYPE x [<!ENTITY a "aaa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]><x>&c;</x>',
            "DOCTYPE",
            id="entities of entities",
        ),
        pytest.param("<rdf:RDF>", "line 1", id="unfinished"),
        pytest.param("<x>&a;</x>", "undefined entity", id="undefined entity"),
        pytest.param("", "no element found", id="nothing"),
        pytest.param(f"{HEAD}<rdf:li/></rdf:RDF>", "RDF/XML is broken", id="no RDF"),
        pytest.param('<?xml version="1.0" encoding="x"?><x/>', "RDF/XML is broken", id="encoding"),
    ],
)
def test_what_is_broken_or_dangerous_is_refused(text, sentence):
    with pytest.raises(Malformed, match=sentence):
        parse(text.encode(), RdfFormat.RDF_XML, BASE)


def test_a_mark_of_a_doctype_in_a_text_is_none():
    (triple,) = read(
        '<rdf:Description rdf:about=""><v:p><![CDATA[<!DOCTYPE x>]]></v:p></rdf:Description>'
    )
    assert triple.object == Literal("<!DOCTYPE x>")


def test_nesting_that_documents_have_is_read_and_more_is_refused():
    assert len(read(nested(MAX_DEPTH - 2))) == MAX_DEPTH // 2 - 1
    with pytest.raises(Malformed, match="nested"):
        read(nested(100_000))


def test_namespaces_that_cost_too_much_are_refused():
    many = " ".join(f'xmlns:n{number}="http://v.example/{number}/"' for number in range(5000))
    elements = "<rdf:Description/>" * 5000
    with pytest.raises(Malformed, match="namespaces"):
        read(elements, HEAD.replace(">", f" {many}>"))
    assert read(f"<rdf:Description {many}/>") == frozenset()


@pytest.mark.parametrize(
    "iri",
    [
        pytest.param("http://v.example/", id="no name"),
        pytest.param("http://v.example/1", id="a digit"),
        pytest.param("urn:1", id="a digit alone"),
        pytest.param(RDF + "li", id="li"),
        pytest.param(RDF + "about", id="about"),
        pytest.param(RDF + "Description", id="Description"),
        pytest.param("http://www.w3.org/2000/xmlns/a", id="of xmlns"),
        pytest.param("a:" + "1" * 100_000, id="very long"),
    ],
)
def test_a_property_that_is_no_name_is_not_acceptable(iri):
    triple = Triple(NamedNode(BASE), NamedNode(iri), Literal("x"))
    with pytest.raises(NotAcceptable, match="properties"):
        serialise(frozenset({triple}), RdfFormat.RDF_XML)


@pytest.mark.parametrize("character", ["\0", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_does_not_have_is_not_acceptable(character):
    triple = Triple(NamedNode(BASE), NamedNode("http://v.example/p"), Literal(character))
    with pytest.raises(NotAcceptable, match="control"):
        serialise(frozenset({triple}), RdfFormat.RDF_XML)


@contextmanager
def literals_as_written():
    """The other reader keeps numbers and booleans as they are spelt."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


@given(graphs())
def test_another_reader_reads_what_is_written(graph):
    # The other reader writes literals of these anew, and takes a last semicolon off an IRI.
    assume(not any(odd in str(graph) for odd in ("XMLLiteral", "HTML", "JSON", ";")))
    try:
        text = serialise(graph, RdfFormat.RDF_XML)
    except NotAcceptable:
        return
    other = rdflib.graph.Graph()
    with literals_as_written():
        other.parse(data=text, format="xml", publicID=BASE)
    lines = other.serialize(format="nt").encode()
    assert canonical(q.triple for q in parsed(lines, Library.N_TRIPLES)) == canonical(graph)
