"""Rows are counted in the bytes of results as anybody would count them."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.store.query_rows import solutions_in, subjects_in

FORMATS = ox.QueryResultsFormat
RESULT = "{http://www.w3.org/2005/sparql-results#}result"

VALUE = st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF) | st.sampled_from('{}",\n'))
CELL = st.none() | VALUE


def select(rows: list[tuple[str | None, ...]]) -> ox.QuerySolutions:
    def cell(text: str | None) -> str:
        return "UNDEF" if text is None else json.dumps(text, ensure_ascii=False)

    values = " ".join(f"({' '.join(map(cell, row))})" for row in rows)
    return ox.Store().query(f"SELECT ?type ?x {{ VALUES (?type ?x) {{ {values} }} }}")


def counted(body: bytes, syntax: FORMATS) -> int:
    if syntax == FORMATS.JSON:
        return len(json.loads(body)["results"]["bindings"])
    if syntax == FORMATS.XML:
        return len(list(ET.fromstring(body).iter(RESULT)))  # noqa: S314 - our own text
    if syntax == FORMATS.CSV:
        return len(list(csv.reader(io.StringIO(body.decode(), newline="")))) - 1
    return len(body.decode().split("\n")) - 2


@pytest.mark.parametrize("syntax", [FORMATS.JSON, FORMATS.XML, FORMATS.CSV, FORMATS.TSV], ids=str)
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=5))
def test_solutions_are_counted(syntax, rows):
    body = select(rows).serialize(format=syntax)
    assert solutions_in(body, syntax) == len(rows) == counted(body, syntax)


@pytest.mark.parametrize("syntax", [FORMATS.JSON, FORMATS.XML, FORMATS.CSV, FORMATS.TSV], ids=str)
def test_a_solution_without_variables_is_one(syntax):
    body = ox.Store().query("SELECT * {}").serialize(format=syntax)
    assert solutions_in(memoryview(body), syntax) == 1


@pytest.mark.parametrize(
    "syntax", [ox.RdfFormat.TURTLE, ox.RdfFormat.JSON_LD, ox.RdfFormat.N_TRIPLES], ids=str
)
def test_subjects_of_a_graph_are_counted(syntax):
    made = ox.Store().query(
        "CONSTRUCT { ?s <urn:p> ?o . ?s <urn:q> [] } "
        "WHERE { VALUES (?s ?o) { (<urn:a> 1) (<urn:a> 2) (<urn:b> 3) } }"
    )
    body = io.BytesIO()
    made.serialize(body, syntax)
    assert subjects_in(body, syntax) == 2
