import pytest

from pod.ldp.operation import must_be_read, read_operation
from pod.model import Blob
from pod.problems import (
    Conflict,
    Malformed,
    TooLarge,
    Unprocessable,
    UnsupportedMediaType,
)
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import LIMIT
from vocab.graph import NamedNode

TURTLE = b"<> <http://v.example/p> <x> ."
CONTAINER = '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"'
ANY_CONTAINER = '<http://www.w3.org/ns/ldp#Container>; rel="type"'
NOT_RDF = '<http://www.w3.org/ns/ldp#NonRDFSource>; rel="type"'
LARGE = Blob("5e" * 32, LIMIT + 1)
FILE = Blob("5e" * 32, 70_000)


@pytest.mark.spec("Solid Protocol §2.1 #server-content-type-missing")
@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "x"), ("PUT", "c/"), ("POST", "c/"), ("PUT", "x.acl"), ("PUT", "x.meta")],
)
@pytest.mark.parametrize("body", [b"<> a <y> .", FILE], ids=["bytes", "file"])
def test_content_without_a_type_is_refused(request_on, method, path, body):
    with pytest.raises(Malformed, match="Content-Type"):
        read_operation(request_on(method, path, body))


@pytest.mark.parametrize(
    ("method", "path", "link", "media_type"),
    [
        pytest.param("PUT", "c/", "", "text/turtle", id="put-container"),
        pytest.param("POST", "c/", CONTAINER, "text/turtle", id="post-container"),
        pytest.param("PUT", "x", "", "application/octet-stream", id="put-document"),
        pytest.param("POST", "c/", "", "application/octet-stream", id="post-document"),
    ],
)
def test_no_content_needs_no_type(request_on, method, path, link, media_type):
    operation = read_operation(request_on(method, path, Link=link))
    assert operation.media_type == media_type


@pytest.mark.spec("Practice NEG-04")
@pytest.mark.parametrize(
    ("method", "path", "link"),
    [("PUT", "c/", ""), ("POST", "c/", CONTAINER), ("PUT", "x.acl", "")],
)
def test_named_graphs_are_refused_where_one_graph_is_meant(request_on, method, path, link):
    def operation(text):
        return read_operation(
            request_on(method, path, text, Link=link, Content_Type="application/trig")
        )

    with pytest.raises(Unprocessable, match="named graph"):
        operation(b"<#g> { <#a> <#b> 1 }")
    assert len(operation(b"{ <#a> <#b> 1 }").graph) == 1


@pytest.mark.parametrize("value", ["turtle", "*/*", "text/*", "text/", "a b/c", "", "text/x, y"])
def test_what_is_no_media_type_is_refused(request_on, value):
    with pytest.raises(Malformed, match="no media type"):
        read_operation(request_on("PUT", "x", b"x", Content_Type=value))


@pytest.mark.parametrize(
    "value",
    ["text/plain; charset=utf-8", "TEXT/Turtle", "application/vnd.x+json", "image/svg+xml;a=b"],
)
def test_a_media_type_is_kept_as_it_was_sent(request_on, value):
    assert read_operation(request_on("PUT", "x", b"", Content_Type=value)).media_type == value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("x", "text/turtle; charset=utf-8", id="document"),
        pytest.param("c/", "text/turtle", id="container"),
    ],
)
def test_rdf_is_read_against_the_address(request_on, path, value):
    operation = read_operation(request_on("PUT", path, TURTLE, Content_Type=value))
    assert operation.syntax is RdfFormat.TURTLE
    assert operation.text == TURTLE
    assert {t.subject for t in operation.graph} == {NamedNode(str(operation.target))}


@pytest.mark.parametrize(
    ("value", "body"),
    [
        pytest.param("text/turtle", b"<> a", id="turtle"),
        pytest.param("application/ld+json", b"{", id="json-ld"),
        pytest.param("application/ld+json", b"", id="nothing-is-no-json-ld"),
        pytest.param("application/n-triples", b"<a> <b> <c> .", id="n-triples"),
        pytest.param(
            "application/ld+json", b'{"@context": "https://x.example/"}', id="remote-context"
        ),
    ],
)
def test_rdf_that_is_broken_is_refused_at_once(request_on, value, body):
    for method, path in (("PUT", "x"), ("POST", "c/"), ("PUT", "x.acl"), ("PUT", "x.meta")):
        with pytest.raises(Malformed):
            read_operation(request_on(method, path, body, Content_Type=value))


def test_other_bodies_are_not_looked_into(request_on):
    operation = read_operation(request_on("PUT", "x", b"<> a", Content_Type="text/plain"))
    assert (operation.syntax, operation.text, operation.graph) == (None, b"", frozenset())
    assert operation.content == b"<> a"


@pytest.mark.parametrize(
    ("method", "path", "link", "expected"),
    [
        pytest.param("PUT", "c/", "", True, id="put-with-slash"),
        pytest.param("PUT", "x", "", False, id="put"),
        pytest.param("POST", "c/", "", False, id="post"),
        pytest.param("POST", "c/", CONTAINER, True, id="post-basic-container"),
        pytest.param("POST", "c/", ANY_CONTAINER, True, id="post-container"),
        pytest.param("POST", "c/", CONTAINER + ", " + ANY_CONTAINER, True, id="post-both"),
        pytest.param("POST", "c/", CONTAINER.replace("type", "up"), False, id="other-relation"),
        pytest.param("POST", "c/", NOT_RDF, False, id="post-non-rdf"),
    ],
)
def test_a_slash_or_a_link_asks_for_a_container(request_on, method, path, link, expected):
    request = request_on(method, path, Link=link, Content_Type="text/turtle")
    assert read_operation(request).makes_container is expected


@pytest.mark.parametrize(
    ("method", "path", "link"),
    [
        pytest.param("PUT", "c/", NOT_RDF, id="container-that-is-no-rdf"),
        pytest.param("POST", "c/", CONTAINER + ", " + NOT_RDF, id="posted"),
        pytest.param("PUT", "x", CONTAINER, id="container-without-slash"),
    ],
)
def test_a_kind_that_does_not_go_with_the_address_is_a_conflict(request_on, method, path, link):
    with pytest.raises(Conflict):
        read_operation(request_on(method, path, Link=link, Content_Type="text/turtle"))


@pytest.mark.spec("Solid Protocol §4.3 #auxiliary-resources-rdf-document")
@pytest.mark.parametrize(
    ("method", "path", "link", "fields"),
    [
        pytest.param("PUT", "c/", "", {"Content_Type": "text/plain"}, id="container"),
        pytest.param("POST", "c/", CONTAINER, {"Content_Type": "text/html"}, id="posted"),
        pytest.param("PUT", "x.acl", "", {"Content_Type": "text/plain"}, id="acl"),
        pytest.param("PUT", "x.acl", "", {}, id="acl-without-type-or-content"),
        pytest.param("PUT", "c/.meta", "", {"Content_Type": "text/plain"}, id="description"),
    ],
)
def test_where_only_rdf_will_do_nothing_else_is_taken(request_on, method, path, link, fields):
    body = b"x" if fields else b""
    with pytest.raises(UnsupportedMediaType, match="text/turtle"):
        read_operation(request_on(method, path, body, Link=link, **fields))


def test_rdf_in_a_file_has_to_be_read(request_on):
    request = request_on("PUT", "x", FILE, Content_Type="text/turtle")
    assert must_be_read(request)
    operation = read_operation(request, TURTLE)
    assert (operation.content, operation.text) == (FILE, TURTLE)
    assert len(operation.graph) == 1


@pytest.mark.parametrize(
    ("body", "value"),
    [
        pytest.param(TURTLE, "text/turtle", id="in-memory"),
        pytest.param(FILE, "image/png", id="not-rdf"),
        pytest.param(LARGE, "text/turtle", id="too-large"),
    ],
)
def test_nothing_else_has_to_be_read(request_on, body, value):
    assert not must_be_read(request_on("PUT", "x", body, Content_Type=value))


def test_rdf_over_the_limit_is_too_large(request_on):
    with pytest.raises(TooLarge, match="10 MiB"):
        read_operation(request_on("PUT", "x", LARGE, Content_Type="text/turtle"))
    operation = read_operation(request_on("PUT", "x", LARGE, Content_Type="video/mp4"))
    assert operation.content is LARGE


def test_a_delete_is_only_its_target(request_on):
    operation = read_operation(request_on("DELETE", "x", b"ignored"))
    assert (operation.method, operation.target.path) == ("DELETE", "x")
    assert (operation.content, operation.media_type, operation.name) == (b"", "", None)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        pytest.param({"Slug": "a note"}, "a%20note", id="escaped"),
        pytest.param({"Slug": "a/b"}, None, id="two-segments"),
        pytest.param({}, None, id="none"),
    ],
)
def test_a_slug_proposes_a_name(request_on, fields, name):
    request = request_on("POST", "c/", Content_Type="text/turtle", **fields)
    assert read_operation(request).name == name
