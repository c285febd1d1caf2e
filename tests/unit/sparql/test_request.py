"""Reading a query from a request."""

from urllib.parse import urlencode

import pytest

from pod.model import Blob, Request
from pod.problems import Malformed, MethodNotAllowed, Problem, TooLarge, UnsupportedMediaType
from pod.sparql.request import LONGEST, read_query
from vocab.iri import ResourceIri

ENDPOINT = ResourceIri("https://ana.example/", "sparql")
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
TEXT = "SELECT * { ?s ?p 'é+&' }"
A, B = "https://ana.example/a", "https://ana.example/b"
DATASET = [("default-graph-uri", A), ("default-graph-uri", B), ("named-graph-uri", B)]


def request(method="GET", url=(), kind="", body=b""):
    return Request(
        method=method,
        target=ENDPOINT,
        headers={"Content-Type": kind},
        url=f"{ENDPOINT}?{urlencode(url)}",
        body=body,
    )


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(
            request(url=[("query", TEXT), *DATASET]),
            marks=pytest.mark.spec("SPARQL 1.1 Protocol §2.1.1 #query-via-get"),
            id="GET",
        ),
        pytest.param(request("HEAD", url=[("query", TEXT), *DATASET]), id="HEAD"),
        pytest.param(
            request("POST", kind=FORM, body=urlencode([("query", TEXT), *DATASET]).encode()),
            marks=pytest.mark.spec("SPARQL 1.1 Protocol §2.1.2 #query-via-post-urlencoded"),
            id="POST-form",
        ),
        pytest.param(
            request("POST", url=DATASET, kind=f"{DIRECT}; charset=utf-8", body=TEXT.encode()),
            marks=pytest.mark.spec("SPARQL 1.1 Protocol §2.1.3 #query-via-post-direct"),
            id="POST-direct",
        ),
    ],
)
def test_every_way_of_sending_gives_the_same_query(sent):
    query = read_query(sent)
    assert query.text == TEXT
    assert query.base == str(ENDPOINT)
    assert query.default_graphs == {A, B}
    assert query.named_graphs == {B}


def test_a_dataset_need_not_be_named():
    query = read_query(request(url=[("query", TEXT)]))
    assert query.default_graphs == query.named_graphs == frozenset()


def form(*pairs):
    return request("POST", kind=FORM, body=urlencode(pairs).encode())


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        pytest.param(request(), Malformed, id="no-query"),
        pytest.param(request(url=[("query", "ASK {}"), ("query", TEXT)]), Malformed, id="two"),
        pytest.param(form(), Malformed, id="no-query-in-form"),
        pytest.param(form(("query", TEXT), ("query", TEXT)), Malformed, id="two-in-form"),
        pytest.param(
            request("POST", url=[("query", TEXT)], kind=DIRECT, body=TEXT.encode()),
            Malformed,
            id="one-in-url-and-one-in-body",
        ),
        pytest.param(
            request("POST", url=DATASET, kind=FORM, body=urlencode({"query": TEXT}).encode()),
            Malformed,
            id="form-with-a-dataset-in-the-url",
        ),
        pytest.param(form(("update", "DROP ALL")), Malformed, id="update-in-form"),
        pytest.param(request(url=[("update", "DROP ALL")]), Malformed, id="update-in-url"),
        pytest.param(
            request("POST", kind="application/sparql-update", body=b"DROP ALL"),
            UnsupportedMediaType,
            id="update-direct",
        ),
        pytest.param(
            request("POST", kind="text/plain", body=b"ASK {}"), UnsupportedMediaType, id="kind"
        ),
        pytest.param(request("POST", body=b"ASK {}"), UnsupportedMediaType, id="no-kind"),
        pytest.param(request("PUT", kind=DIRECT, body=b"ASK {}"), MethodNotAllowed, id="PUT"),
        pytest.param(request("POST", kind=DIRECT, body=b"\xff"), Malformed, id="not-UTF-8"),
        pytest.param(
            request("POST", kind=FORM, body=b"query=%FF"), Malformed, id="escapes-not-UTF-8"
        ),
        pytest.param(
            request("POST", kind=DIRECT, body=b" " * (LONGEST + 1)), TooLarge, id="too-long"
        ),
        pytest.param(
            request("POST", kind=DIRECT, body=Blob("00" * 32, 2**30)), TooLarge, id="blob"
        ),
    ],
)
def test_what_is_not_one_query_is_refused(sent: Request, problem: type[Problem]):
    with pytest.raises(problem):
        read_query(sent)


def test_a_refused_method_is_told_the_others():
    with pytest.raises(MethodNotAllowed) as refusal:
        read_query(request("DELETE"))
    assert {"GET", "POST"} <= set(refusal.value.allow)


def test_a_query_as_long_as_allowed_is_read():
    text = "#" * LONGEST
    assert read_query(request("POST", kind=DIRECT, body=text.encode())).text == text
