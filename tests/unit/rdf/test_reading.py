"""Small texts that would say very much are refused before they do."""

import json

import pytest

from pod.problems import Malformed, TooLarge
from pod.rdf.formats import RdfFormat
from pod.rdf.n3_patch import read_n3_patch
from pod.rdf.parse import parse
from pod.rdf.reading import MAX_BASE, MAX_BASES, MAX_STATEMENTS
from pod.sparql.update import read_update

BASE = "https://pod.example/ana/notes/one"
TURTLE, TRIG, JSON_LD, RDF_XML = (
    RdfFormat.TURTLE,
    RdfFormat.TRIG,
    RdfFormat.JSON_LD,
    RdfFormat.RDF_XML,
)
LONG = "http://v.example/" + "x" * 20_000 + "/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.mark.parametrize("syntax", [TURTLE, TRIG])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("BASE <x/> " * 500_000, id="many, each behind the last"),
        pytest.param("@base <x/> . " * 500_000, id="many of Turtle"),
        pytest.param("base\t#c\n <x/>" * (MAX_BASES + 1), id="with comments"),
        pytest.param(f"BASE <http://v.example/{'x' * MAX_BASE}/> <a> <b> <c> .", id="long"),
    ],
)
def test_bases_that_cost_too_much_are_refused(syntax, text):
    with pytest.raises(Malformed, match="bases"):
        parse(text.encode(), syntax, BASE)


def test_bases_that_documents_have_are_read():
    text = f'BASE <a/> {"BASE <../a/> " * (MAX_BASES - 1)} <b> <c> "{"the base < of it " * 500}" .'
    (triple,) = parse(text.encode(), TURTLE, BASE)
    assert triple.subject.value == "https://pod.example/ana/notes/a/b"


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        pytest.param(
            TURTLE,
            f"@prefix v: <{LONG}> . <> v:p " + ",".join(f"v:{n}" for n in range(100_000)) + " .",
            id="a prefix",
        ),
        pytest.param(
            TRIG,
            f"@prefix v: <{LONG}> . v:g {{ <> v:p "
            + ",".join(f"v:{n}" for n in range(100_000))
            + " }",
            id="a prefix in a graph",
        ),
        pytest.param(
            RDF_XML,
            f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:v="{LONG}"><rdf:Description>'
            + "<v:p/>" * 100_000
            + "</rdf:Description></rdf:RDF>",
            id="a namespace",
        ),
    ],
)
def test_names_that_are_too_long_in_full_are_refused(syntax, text):
    with pytest.raises(TooLarge, match="in full"):
        parse(text.encode(), syntax, BASE)


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            {"@context": {"@vocab": LONG}, **{f"a{n}": 1 for n in range(10_000)}}, id="a vocabulary"
        ),
        pytest.param(
            {
                "@context": {"@base": LONG},
                "http://v.example/p": [{"@id": str(n)} for n in range(10_000)],
            },
            id="a base",
        ),
        pytest.param(
            {
                "@context": {
                    "t0": "http://v.example/",
                    **{f"t{n}": f"t{n - 1}:{'x' * 1000}/" for n in range(1, 20)},
                    "p": {"@id": "t19:p", "@type": "@id"},
                },
                "@graph": [{"p": str(n)} for n in range(10_000)],
            },
            id="prefixes of prefixes",
        ),
        pytest.param(
            {
                "@context": [{"@base": "x" * 1000 + "/"}] * 90,
                "http://v.example/p": [{"@id": str(n)} for n in range(10_000)],
            },
            id="bases behind bases",
        ),
    ],
)
def test_json_ld_that_is_too_long_in_full_is_refused(document):
    with pytest.raises(Malformed, match="in full"):
        parse(json.dumps(document).encode(), JSON_LD, BASE)


def test_more_statements_than_can_be_read_are_refused():
    text = "<> <p> " + ",".join(map(str, range(MAX_STATEMENTS + 1))) + " ."
    with pytest.raises(TooLarge, match="statements"):
        parse(text.encode(), TURTLE, BASE)


def test_a_patch_is_held_to_the_same():
    many = " ".join(f"v:{number} v:p 1 ." for number in range(3000))
    with pytest.raises(TooLarge, match="in full"):
        read_update(f"PREFIX v: <{LONG}> INSERT DATA {{ {many} }}", BASE)
    n3 = (
        f"@prefix v: <{LONG}> . @prefix solid: <http://www.w3.org/ns/solid/terms#> ."
        f" _:p a solid:InsertDeletePatch ; solid:inserts {{ {many} }} ."
    )
    with pytest.raises(TooLarge, match="in full"):
        read_n3_patch(n3, BASE)
    with pytest.raises(Malformed, match="bases"):
        read_n3_patch("@base <x/> . " * 100_000, BASE)


def test_the_blocks_of_an_update_have_one_room_together():
    block = " ".join(f"v:{number} v:p 1 ." for number in range(40))
    with pytest.raises(TooLarge, match="in full"):
        read_update(f"PREFIX v: <{LONG}> " + f"INSERT DATA {{ {block} }} ; " * 90, BASE)
