"""What is said in one format is said by it in every other, by any way; or the answer is no."""

import pytest
from graphs import canonical, datasets, default_of
from hypothesis import given
from hypothesis import strategies as st

from pod.problems import NotAcceptable
from pod.rdf.formats import FORMS, RdfFormat
from pod.rdf.parse import parse, parse_dataset
from pod.rdf.serialise import convert, serialise, serialise_dataset

BASE = "https://pod.example/ana/notes/one"
WITH_GRAPHS = [syntax for syntax in RdfFormat if syntax.has_graphs]


def written(dataset, syntax):
    if syntax.has_graphs:
        return serialise_dataset(dataset, syntax)
    return serialise(frozenset(quad.triple for quad in default_of(dataset)), syntax)


@pytest.mark.spec("Solid Protocol §5.5 #server-representation-turtle-jsonld")
@given(datasets(), st.sampled_from(RdfFormat), st.sampled_from(FORMS))
def test_every_dataset_comes_back_from_every_form_by_way_of_every_format(dataset, first, second):
    try:
        there = convert(written(dataset, first), first, second, BASE)
    except NotAcceptable:
        assert RdfFormat.RDF_XML in {first, second.syntax}
        return
    back = parse_dataset(there, second.syntax, BASE)
    kept = dataset if first.has_graphs and second.syntax.has_graphs else default_of(dataset)
    assert canonical(back) == canonical(kept)
    assert canonical(parse(there, second.syntax, BASE)) == canonical(default_of(dataset))


@pytest.mark.spec("Practice NEG-04")
@given(datasets(), st.sampled_from(WITH_GRAPHS))
def test_a_dataset_comes_back_at_any_other_address(dataset, syntax):
    text = serialise_dataset(dataset, syntax)
    assert canonical(parse_dataset(text, syntax, "urn:x:elsewhere")) == canonical(dataset)
