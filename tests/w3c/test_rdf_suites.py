"""The RDF 1.1 test suites of W3C, by the parser itself and by a PUT and a GET.

A suite is one test, since thousands would take longer to be told apart than to be run.
"""

from functools import partial

import pytest
from graphs import canonical
from w3c.suites import NEWER, WHY_NOT, failing, rdf_cases

from pod.problems import Malformed
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse_dataset

SUITES = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "n-triples": RdfFormat.N_TRIPLES,
    "n-quads": RdfFormat.N_QUADS,
    "rdf-xml": RdfFormat.RDF_XML,
}
# What is known to differ, and why.
DIFFERENT = {
    "xml-canon-test001": "the library writes XML literals as they are, not canonically",
    "xml-canon-test002": "the library writes XML literals as they are, not canonically",
}
if not NEWER:
    # The copy in rdflib; W3C has changed it since.
    DIFFERENT["localName_with_assigned_nfc_PN_CHARS_BASE_character_boundaries"] = (
        "what was expected holds characters that no IRI has; set POD_W3C"
    )

N_QUADS = "application/n-quads"


def cases(suite):
    found = [case for case in rdf_cases(suite) if case.name not in DIFFERENT]
    return found or pytest.skip(WHY_NOT)


by_suite = pytest.mark.parametrize("suite", SUITES)


@by_suite
def test_the_parser_reads_it_as_w3c_says(suite):
    said = ((case.name, partial(is_read, SUITES[suite], case)) for case in cases(suite))
    assert failing(said) == {}


def is_read(syntax, case):
    if case.is_negative:
        with pytest.raises(Malformed):
            parse_dataset(case.document, syntax, case.base)
        return
    found = parse_dataset(case.document, syntax, case.base)
    if case.expected is not None:
        # N-Triples are N-Quads.
        expected = parse_dataset(case.expected, RdfFormat.N_QUADS, case.base)
        assert canonical(found) == canonical(expected)


@pytest.mark.spec("Solid Protocol §5.5 #server-representation-turtle-jsonld")
@by_suite
def test_what_is_put_is_what_is_got(ana, place, suite):
    said = (
        (case.name, partial(is_got, ana, f"{place}{number}", SUITES[suite], case))
        for number, case in enumerate(cases(suite))
    )
    assert failing(said) == {}


def is_got(ana, url, syntax, case):
    put = ana.put(url, case.document, syntax.media_type)
    if case.is_negative:
        assert put.status == 400, put.text
        return
    assert put.status == 201, put.text
    got = ana.get(url, {"Accept": N_QUADS})
    assert got.status == 200, got.text
    wanted = canonical(parse_dataset(case.document, syntax, url))
    assert canonical(parse_dataset(got.body, RdfFormat.N_QUADS, url)) == wanted
    assert ana.get(url, {"Accept": syntax.media_type}).body == case.document
