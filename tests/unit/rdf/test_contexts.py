import json

import pytest

from pod.problems import Malformed
from pod.rdf.bounds import MAX_CHAIN
from pod.rdf.contexts import written_out
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.contexts import BUNDLED

BASE = "https://pod.example/ana/in/1"
AS = "https://www.w3.org/ns/activitystreams"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def read(document):
    return {
        (t.subject.value, t.predicate.value, t.object.value)
        for t in parse(json.dumps(document).encode(), RdfFormat.JSON_LD, BASE)
    }


@pytest.mark.parametrize(
    "context",
    [
        pytest.param(AS, id="named"),
        pytest.param([AS, {"mine": "http://v.example/mine"}], id="in-a-list"),
        pytest.param([None, AS], id="after-null"),
        pytest.param({"@version": 1.1, "@import": AS}, id="imported"),
        pytest.param([{"@version": 1.1, "@import": AS}], id="imported-in-a-list"),
    ],
)
def test_a_known_context_is_put_in_its_place(context):
    document = {"@context": context, "@id": "", "type": "Announce", "summary": "hello"}
    assert read(document) == {
        (BASE, RDF_TYPE, AS + "#Announce"),
        (BASE, AS + "#summary", "hello"),
    }


def test_a_known_context_is_found_inside_the_document():
    document = {"http://v.example/p": {"@context": AS, "@id": "", "summary": "inner"}}
    assert (BASE, AS + "#summary", "inner") in read(document)


def test_a_known_context_is_found_in_a_scoped_context():
    term = {"@id": "http://v.example/p", "@context": AS}
    document = {"@context": {"p": term}, "@id": "", "p": {"@id": "#x", "summary": "scoped"}}
    assert (BASE + "#x", AS + "#summary", "scoped") in read(document)


def test_own_terms_win_over_imported_ones():
    context = {"@version": 1.1, "@import": AS, "summary": "http://v.example/mine"}
    assert read({"@context": context, "@id": "", "summary": "x"}) == {
        (BASE, "http://v.example/mine", "x")
    }


def test_json_literals_are_left_alone():
    literal = {"@context": "https://elsewhere.example/context"}
    document = {"@id": "", "http://v.example/p": {"@type": "@json", "@value": literal}}
    ((_, _, value),) = read(document)
    assert json.loads(value) == literal


def test_a_document_that_names_no_context_is_not_written_again():
    document = {"@context": {"p": "http://v.example/p"}, "p": [1, {"@value": 2}]}
    assert written_out(document) is document


@pytest.mark.parametrize("url", BUNDLED, ids=BUNDLED)
def test_known_contexts_need_no_other_and_are_valid(url):
    assert read({"@context": url, "@id": "", "http://v.example/p": "x"}) == {
        (BASE, "http://v.example/p", "x")
    }


REMOTE = "https://elsewhere.example/context"


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({"@context": REMOTE}, id="named"),
        pytest.param({"@context": [{}, REMOTE]}, id="in-a-list"),
        pytest.param({"@context": "context.jsonld"}, id="relative"),
        pytest.param({"@context": {"@import": REMOTE}}, id="imported"),
        pytest.param([{"http://v.example/p": [{"@context": REMOTE}]}], id="inside"),
        pytest.param(
            {"@context": {"p": {"@id": "http://v.example/p", "@context": REMOTE}}}, id="scoped"
        ),
        pytest.param({"@context": {"p": {"@context": [AS, REMOTE]}}}, id="scoped-in-a-list"),
        pytest.param({"@context": AS, "@included": [{"@context": AS + "/"}]}, id="nearly-known"),
    ],
)
def test_any_other_context_is_refused(document):
    with pytest.raises(Malformed, match="remote JSON-LD contexts are not fetched"):
        written_out(document)


def test_what_is_imported_must_be_one_object(monkeypatch):
    monkeypatch.setattr("pod.rdf.contexts.BUNDLED", {"urn:list": {"@context": [{}, {}]}})
    with pytest.raises(Malformed, match="one object"):
        written_out({"@context": {"@import": "urn:list"}})


def chain(length):
    terms = {f"t{i}": f"t{i + 1}" for i in range(length)}
    return {**terms, f"t{length}": "http://v.example/p"}


@pytest.mark.parametrize(
    "context",
    [
        pytest.param(chain(5000), id="words"),
        pytest.param(dict(reversed(chain(5000).items())), id="backwards"),
        pytest.param([{}, {"x": {"@context": chain(MAX_CHAIN + 1)}}], id="scoped"),
        pytest.param(
            {f"t{i}": {"@id": "http://v.example/p", "@type": f"t{i + 1}"} for i in range(100)},
            id="types",
        ),
        pytest.param({"a": "b:x", "b": {"@id": "a:x"}}, id="in-a-circle"),
    ],
)
def test_terms_defined_by_each_other_deeply_are_refused(context):
    with pytest.raises(Malformed, match="too deeply"):
        written_out({"@context": context})


def test_terms_defined_by_a_few_others_are_read():
    context = {**chain(10), "schema": "https://schema.org/", "name": {"@id": "schema:name"}}
    document = {"@context": context, "@id": "", "t0": 1, "name": "x"}
    assert read(document) == {
        (BASE, "http://v.example/p", "1"),
        (BASE, "https://schema.org/name", "x"),
    }


MANY = {f"t{i}": f"http://v.example/{i}" for i in range(1000)}
SCOPED = {f"T{i}": {"@id": f"http://v.example/{i}", "@context": {"q": "u:q"}} for i in range(1000)}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(
            {"@context": MANY, "@graph": [{"@context": {"a": "u:a"}}] * 1000}, id="contexts-inside"
        ),
        pytest.param(
            {"@context": SCOPED, "@graph": [{"T1": {"q": 1}}] * 1000}, id="scoped-properties"
        ),
        pytest.param({"@context": SCOPED, "@type": ["T1"] * 1000}, id="scoped-types"),
    ],
)
def test_contexts_that_would_cost_seconds_are_refused(document):
    with pytest.raises(Malformed, match="too many terms"):
        written_out(document)


def test_many_nodes_under_one_large_context_are_read():
    nodes = [{"@id": f"#{i}", "t1": i} for i in range(2000)]
    assert len(read({"@context": MANY, "@graph": nodes})) == 2000


def test_known_contexts_named_again_and_again_are_refused():
    documents = [{"@context": AS}] * 1000
    with pytest.raises(Malformed, match="too often"):
        written_out({"@graph": documents})
    assert written_out({"@graph": documents[:100]}) != {"@graph": documents[:100]}
