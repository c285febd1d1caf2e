"""The format of results."""

import pytest

from pod.problems import NotAcceptable
from pod.sparql.dataset import Form
from pod.sparql.results import OFFERS, result_type

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, JSON_LD, N_TRIPLES = "text/turtle", "application/ld+json", "application/n-triples"


@pytest.mark.spec("SPARQL 1.1 Protocol §2.1.6 #conneg")
@pytest.mark.parametrize(
    ("form", "accept", "expected"),
    [
        pytest.param(Form.SELECT, None, JSON, id="SELECT-anything"),
        pytest.param(Form.SELECT, "*/*", JSON, id="SELECT-wildcard"),
        pytest.param(Form.SELECT, XML, XML, id="SELECT-XML"),
        pytest.param(Form.SELECT, CSV, CSV, id="SELECT-CSV"),
        pytest.param(Form.SELECT, f"{TSV}, {JSON};q=0.5", TSV, id="SELECT-TSV"),
        pytest.param(Form.SELECT, f"{TURTLE}, {JSON}", JSON, id="SELECT-is-no-graph"),
        pytest.param(Form.ASK, None, JSON, id="ASK-anything"),
        pytest.param(Form.ASK, XML, XML, id="ASK-XML"),
        pytest.param(Form.CONSTRUCT, None, TURTLE, id="CONSTRUCT-anything"),
        pytest.param(Form.CONSTRUCT, JSON_LD, JSON_LD, id="CONSTRUCT-JSON-LD"),
        pytest.param(Form.DESCRIBE, N_TRIPLES, N_TRIPLES, id="DESCRIBE-N-Triples"),
        pytest.param(Form.DESCRIBE, f"{JSON}, {TURTLE};q=0.1", TURTLE, id="DESCRIBE-is-no-table"),
    ],
)
def test_the_asker_chooses_among_the_formats_of_the_form(form, accept, expected):
    assert result_type(form, accept) == expected


@pytest.mark.parametrize(
    ("form", "accept"),
    [
        pytest.param(Form.SELECT, TURTLE, id="SELECT-Turtle"),
        pytest.param(Form.ASK, CSV, id="ASK-CSV"),
        pytest.param(Form.CONSTRUCT, JSON, id="CONSTRUCT-rows"),
        pytest.param(Form.DESCRIBE, "image/png", id="DESCRIBE-picture"),
    ],
)
def test_who_accepts_none_of_them_is_told_what_there_is(form, accept):
    with pytest.raises(NotAcceptable) as refusal:
        result_type(form, accept)
    assert all(offer in str(refusal.value) for offer in OFFERS[form])
