"""Relative references: each leads back to what it stands for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.rdf.relative import references

BASE = "https://pod.example/ana/notes/one"


def resolved(reference, base):
    text = f"<{reference}> <http://v.example/p> 1 ."
    (triple,) = parse(text.encode(), RdfFormat.TURTLE, base)
    return triple.subject.value


@pytest.mark.spec("Practice NEG-15")
@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        pytest.param(BASE, ["", "one", "./one", "../notes/one"], id="the document"),
        pytest.param(BASE + "#it", ["#it", "one#it", "./one#it"], id="a part of it"),
        pytest.param(BASE + "?q", ["one?q", "./one?q"], id="with a query"),
        pytest.param("https://pod.example/ana/notes/", ["./", "../notes/"], id="its container"),
        pytest.param("https://pod.example/ana/notes/a/b", ["a/b", "./a/b"], id="below it"),
        pytest.param("https://pod.example/ana/notes/a:b", ["./a:b"], id="like a scheme"),
        pytest.param("https://pod.example/ana/notes/#x", ["./#x"], id="part of the container"),
        pytest.param("https://pod.example/ana/x", ["../x", "../../ana/x", "/ana/x"], id="beside"),
        pytest.param("https://pod.example/", ["../../", "/"], id="root"),
        pytest.param("https://pod.example/ana/a//b", ["../a//b"], id="an empty segment"),
    ],
)
def test_the_nearest_comes_first(iri, expected):
    found = list(references(iri, BASE))
    assert found[: len(expected)] == expected
    assert {resolved(reference, BASE) for reference in found} == {iri}


@pytest.mark.parametrize(
    ("iri", "base"),
    [
        pytest.param("https://other.example/ana/notes/one", BASE, id="another host"),
        pytest.param("http://pod.example/ana/notes/one", BASE, id="another scheme"),
        pytest.param("https://pod.example", BASE, id="no path"),
        pytest.param("https://pod.example/ana/notes/a/../b", BASE, id="dot segments"),
        pytest.param("https://pod.example//x", BASE, id="looks like a host"),
        pytest.param("https://pod.example/x", "https://pod.example", id="a base without a path"),
        pytest.param("urn:a:b", "urn:a:c", id="no path at all"),
    ],
)
def test_some_have_none(iri, base):
    assert list(references(iri, base)) == []


def test_the_same_without_a_path_is_still_the_document():
    assert list(references("urn:a:b#c", "urn:a:b")) == ["#c"]


parts = st.lists(
    st.sampled_from(["a", "b", "a:b", "", ".", "..", "?", "#", "x?y", "/"]), max_size=5
)
iris = parts.map(lambda names: "https://pod.example/" + "/".join(names)).filter(
    lambda iri: iri.count("#") < 2  # with two it is no IRI
)
bases = st.sampled_from(["", "a", "a/", "a/b", "a/b/", "a/b?x=/y", "a:b/c"]).map(
    "https://pod.example/".__add__
)


@settings(deadline=None, max_examples=100)
@given(iris, bases)
def test_every_reference_leads_back(iri, base):
    for reference in references(iri, base):
        assert resolved(reference, base) == iri
