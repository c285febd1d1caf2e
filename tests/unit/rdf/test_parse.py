import json

import pytest

from pod.problems import Malformed, TooLarge
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import LIMIT, as_it_stands, parse
from vocab.graph import BlankNode, Literal, NamedNode, Triple

BASE = "https://pod.example/ana/notes/one"
XSD = "http://www.w3.org/2001/XMLSchema#"
TURTLE, JSON_LD, N_TRIPLES, N_QUADS, TRIG, RDF_XML = RdfFormat


def iri(text):
    return NamedNode(text)


def nodes(graph):
    return {term for t in graph for term in (t.subject, t.object) if isinstance(term, BlankNode)}


@pytest.mark.spec("Solid Protocol §5.5 #server-representation-turtle-jsonld")
@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        pytest.param(TURTLE, "<#it> <http://v.example/p> <../two> .", id="turtle"),
        pytest.param(
            JSON_LD,
            '{"@id": "#it", "http://v.example/p": {"@id": "../two"}}',
            id="json-ld",
        ),
        pytest.param(
            N_TRIPLES,
            f"<{BASE}#it> <http://v.example/p> <https://pod.example/ana/two> .",
            id="n-triples",
        ),
    ],
)
def test_relative_iris_are_resolved_against_the_resource(syntax, text):
    expected = Triple(
        iri(BASE + "#it"), iri("http://v.example/p"), iri("https://pod.example/ana/two")
    )
    assert parse(text.encode(), syntax, BASE) == {expected}


@pytest.mark.parametrize(
    "lexical",
    [
        pytest.param('"01"^^xsd:integer', id="leading-zero"),
        pytest.param('"1"^^xsd:boolean', id="one-for-true"),
        pytest.param('"2026-01-01T00:00:00Z"^^xsd:dateTime', id="zulu"),
        pytest.param('"+5.10"^^xsd:decimal', id="sign-and-trailing-zero"),
    ],
)
def test_literals_stay_as_they_were_written(lexical):
    text = f"@prefix xsd: <{XSD}> . <> <http://v.example/p> {lexical} ."
    (triple,) = parse(text.encode(), TURTLE, BASE)
    value, _, datatype = lexical.partition("^^xsd:")
    assert triple.object == Literal(value.strip('"'), datatype=iri(XSD + datatype))


def test_each_document_has_blank_nodes_of_its_own():
    text = b"_:a <http://v.example/p> [] ."
    here, there = parse(text, TURTLE, BASE), parse(text, TURTLE, BASE + "/other")
    assert len(nodes(here)) == 2
    assert not nodes(here) & nodes(there)
    assert not nodes(here) & nodes(parse(text + b"\n", TURTLE, BASE))


def test_the_same_document_has_the_same_blank_nodes_again():
    text = (
        b"_:a <http://v.example/p> [ <http://v.example/q> ( 1 2 ) ] . _:a <http://v.example/r> 1."
    )
    assert parse(text, TURTLE, BASE) == parse(text, TURTLE, BASE)


def test_named_graphs_are_left_out():
    document = {
        "@id": "#g",
        "http://v.example/about": "the default graph",
        "@graph": [{"@id": "#x", "http://v.example/p": "inside"}],
    }
    graph = parse(json.dumps(document).encode(), JSON_LD, BASE)
    assert [t.object.value for t in graph] == ["the default graph"]


@pytest.mark.parametrize(
    ("syntax", "text", "sentence"),
    [
        pytest.param(
            TURTLE,
            b"<a> <b> .\n",
            "the Turtle is broken in line 1, column 9: . is not a valid RDF object",
            id="turtle",
        ),
        pytest.param(TURTLE, b'<a> <b> "c" ;\n<d> "e', "in line 2", id="unfinished-text"),
        pytest.param(N_TRIPLES, b"<a> <b> <c> .", "the N-Triples is broken", id="relative"),
        pytest.param(TURTLE, b"<a> <b> <c> . # \xff", "not in UTF-8", id="latin-1-in-a-comment"),
        pytest.param(JSON_LD, b'{"@id": "a",}', "line 1 column 13", id="json"),
        pytest.param(JSON_LD, '{"@id": "a"}'.encode("utf-16"), "not in UTF-8", id="utf-16"),
        pytest.param(JSON_LD, b'"text"', "an object or a list", id="json-text"),
        pytest.param(JSON_LD, b"", "the JSON is broken", id="empty-json"),
        pytest.param(
            JSON_LD,
            b'{"@id": "http://a.example/", "@id": "http://b.example/"}',
            "the JSON-LD is broken: @id is defined twice",
            id="json-ld",
        ),
        pytest.param(JSON_LD, b'{"http://v.example/p": ' + b"9" * 5000 + b"}", "JSON", id="digits"),
        pytest.param(TURTLE, b"<a> <b> <<( <c> <d> <e> )>> .", "RDF 1.2", id="triple-in-a-triple"),
        pytest.param(TURTLE, b'<a> <b> "x"@ar--rtl .', "base direction", id="direction"),
        pytest.param(TRIG, b'<g> { <a> <b> "x"@ar--ltr }', "base direction", id="in-a-graph"),
        pytest.param(JSON_LD, b'{"@id":"a","http://v.example/p":"\\ud800"}', "JSON-LD", id="half"),
        pytest.param(TURTLE, b'<a> <b> "\\uD800" .', "line 1", id="half-a-character"),
        pytest.param(N_QUADS, b"<a> <b> <c> .", "the N-Quads is broken", id="relative-quad"),
    ],
)
def test_what_is_broken_is_refused_with_its_place(syntax, text, sentence):
    with pytest.raises(Malformed, match=sentence.replace("(", r"\(")):
        parse(text, syntax, BASE)


def test_an_echoed_piece_of_the_document_stays_short():
    with pytest.raises(Malformed) as caught:
        parse(b'<a> <b> "c" <' + b"x" * 5000 + b"> .", TURTLE, BASE)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        pytest.param(
            JSON_LD, b'{"http://v.example/p":' * 20_000 + b"1" + b"}" * 20_000, id="objects"
        ),
        pytest.param(JSON_LD, b"[" * 20_000 + b"]" * 20_000, id="lists"),
        pytest.param(JSON_LD, b'{"@graph":' * 20_000 + b"{}" + b"}" * 20_000, id="graphs"),
        pytest.param(
            JSON_LD,
            b'{"http://v.example/p":' * 20_000 + b"1" + b"}" * 20_000 + b'"',
            id="broken-too",
        ),
        pytest.param(
            TURTLE,
            b"<a> <b> " + b"<<( <a> <b> " * 100_000 + b"1" + b" )>>" * 100_000 + b" .",
            id="triples",
        ),
    ],
)
def test_deep_nesting_is_refused_before_it_can_end_the_process(syntax, text):
    with pytest.raises(Malformed, match="deep|RDF 1.2"):
        parse(text, syntax, BASE)


def test_brackets_in_json_text_do_not_count_as_nesting():
    text = json.dumps({"http://v.example/p": "[" * 500 + '"{' + "\\" * 3})
    (triple,) = parse(text.encode(), JSON_LD, BASE)
    assert triple.object.value == "[" * 500 + '"{' + "\\" * 3


def test_nesting_that_documents_really_have_is_read():
    depth = 40
    text = b'{"http://v.example/p":' * depth + b"1" + b"}" * depth
    assert len(parse(text, JSON_LD, BASE)) == depth


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        pytest.param(TURTLE, "<#a> <#b> 1 .", id="turtle"),
        pytest.param(TRIG, "<#a> <#b> 1 .", id="trig"),
        pytest.param(N_TRIPLES, "<urn:a> <urn:b> 'x' .".replace("'", '"'), id="n-triples"),
        pytest.param(JSON_LD, '{"@id": "#a", "http://v.example/p": 1}', id="json-ld"),
        pytest.param(
            RDF_XML,
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:v="urn:v:">'
            '<rdf:Description v:p="1"/></rdf:RDF>',
            id="rdf-xml",
        ),
    ],
)
def test_a_byte_order_mark_before_a_text_is_no_part_of_it(syntax, text):
    assert len(parse(b"\xef\xbb\xbf" + text.encode(), syntax, BASE)) == 1


@pytest.mark.parametrize("tag", ["EN-US", "en-us", "En-Us"])
def test_a_language_tag_is_in_lower_case(tag):
    # RDF 1.1 §3.3: "the value space of language tags is always in lower case".
    (triple,) = parse(f'<a> <b> "x"@{tag} .'.encode(), TURTLE, BASE)
    assert triple.object.language == "en-us"


def test_a_direction_of_json_ld_is_passed_over_in_triples():
    text = b'{"http://v.example/p": {"@value": "x", "@language": "ar", "@direction": "rtl"}}'
    (triple,) = parse(text, JSON_LD, BASE)
    assert triple.object == Literal("x", language="ar")


def test_json_that_only_speaks_of_directions_is_read_as_it_is():
    (triple,) = parse(b'{"@id": "", "http://v.example/direction": "x"}', JSON_LD, BASE)
    assert triple.object == Literal("x")


def test_a_turtle_document_of_more_prefixes_than_anybody_writes_is_read():
    text = "".join(
        f"@prefix p{number}: <urn:{number}:> . p{number}:a a p{number}:b ."
        for number in range(5000)
    )
    assert len(parse(text.encode(), TURTLE, BASE)) == 5000


def test_a_document_over_the_limit_is_too_large():
    with pytest.raises(TooLarge, match="10 MiB"):
        parse(b" " * (LIMIT + 1), TURTLE, BASE)
    assert parse(b" " * LIMIT, TURTLE, BASE) == frozenset()


@pytest.mark.parametrize(
    ("syntax", "text", "alone"),
    [
        pytest.param(TURTLE, b'<> <b> "c" .', True, id="Turtle"),
        pytest.param(N_TRIPLES, b"", True, id="N-Triples"),
        pytest.param(JSON_LD, b"{}", False, id="JSON-LD"),
        pytest.param(TRIG, b"", False, id="graphs"),
        pytest.param(TURTLE, b'<> <b> "c"@en--ltr .', False, id="direction"),
        pytest.param(TURTLE, b"<> <b> <<( <c> <d> <e> )>> .", False, id="quoted"),
        pytest.param(TURTLE, "\ufeff<> <b> 1 .".encode(), False, id="mark"),
        pytest.param(TURTLE, b" " * (LIMIT + 1), False, id="too-large"),
    ],
)
def test_only_a_text_that_the_library_reads_alike_is_left_to_it(syntax, text, alone):
    assert (as_it_stands(text, syntax) is not None) is alone
