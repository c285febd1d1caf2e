import pytest

from pod.ldp.allow import allow_headers, allowed, check_address
from pod.problems import Conflict
from pod.rdf.formats import RdfFormat
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
READ = {"GET", "HEAD", "OPTIONS"}


def at(path):
    return ResourceIri(STORAGE, path)


@pytest.mark.spec("Solid Protocol §5.2 #server-allow-methods")
@pytest.mark.spec("Solid Protocol §5.4 #server-disallow-delete")
@pytest.mark.parametrize(
    ("path", "empty", "more"),
    [
        pytest.param("notes/one", True, {"PUT", "PATCH", "DELETE"}, id="document"),
        pytest.param("notes/", True, {"POST", "PUT", "PATCH", "DELETE"}, id="empty-container"),
        pytest.param("notes/", False, {"POST", "PUT", "PATCH"}, id="container-with-members"),
        pytest.param("", True, {"POST", "PUT", "PATCH"}, id="root"),
        pytest.param("", False, {"POST", "PUT", "PATCH"}, id="root-with-members"),
        pytest.param(".acl", True, {"PUT", "PATCH"}, id="acl-of-the-root"),
        pytest.param("notes/.acl", True, {"PUT", "PATCH", "DELETE"}, id="acl-of-a-container"),
        pytest.param("notes/one.acl", True, {"PUT", "PATCH", "DELETE"}, id="acl-of-a-document"),
        pytest.param("notes/one.meta", True, {"PUT", "PATCH", "DELETE"}, id="description"),
        pytest.param(".meta", True, {"PUT", "PATCH", "DELETE"}, id="description-of-the-root"),
        pytest.param("one.meta.meta", True, set(), id="description-of-a-description"),
        pytest.param("one.acl.meta", True, set(), id="description-of-an-acl"),
        pytest.param("notes/one.acl.acl", True, set(), id="acl-of-an-acl"),
        pytest.param("one.acl/two", True, set(), id="below-a-kept-name"),
        pytest.param(".well-known/solid", True, set(), id="storage-description"),
        pytest.param(".well-known/", True, set(), id="the-servers-own"),
        pytest.param(".well-known/sparql", True, {"POST"}, id="queries"),
        pytest.param(
            "notes/.well-known/x", True, {"PUT", "PATCH", "DELETE"}, id="well-known-further-down"
        ),
    ],
)
def test_a_target_allows_what_it_supports(path, empty, more):
    assert set(allowed(at(path), empty=empty)) == READ | more
    assert len(allowed(at(path), empty=empty)) == len(READ | more)


def test_exports_are_only_taken_in():
    assert allowed(at(".well-known/deposit")) == ("OPTIONS", "POST")


PATCHES = {
    "Accept-Patch": "text/n3, application/sparql-update, application/sparql-update-single-match"
}
RDF = ", ".join(syntax.media_type for syntax in RdfFormat)


@pytest.mark.spec("Solid Protocol §5.2 #server-accept-headers")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("notes/one", {"Accept-Put": "*/*", **PATCHES}, id="document"),
        pytest.param(
            "notes/", {"Accept-Post": "*/*", "Accept-Put": RDF, **PATCHES}, id="container"
        ),
        pytest.param("notes/.acl", {"Accept-Put": RDF, **PATCHES}, id="acl"),
        pytest.param("notes/one.meta", {"Accept-Put": RDF, **PATCHES}, id="description"),
        pytest.param("notes/one.meta.acl", {}, id="acl-of-a-description"),
        pytest.param(
            ".well-known/sparql",
            {"Accept-Post": "application/sparql-query, application/x-www-form-urlencoded"},
            id="queries",
        ),
        pytest.param(".well-known/deposit", {"Accept-Post": "*/*"}, id="exports"),
    ],
)
def test_accept_headers_stand_for_the_methods_in_allow(path, expected):
    headers = dict(allow_headers(at(path)))
    assert headers.pop("Allow").split(", ") == list(allowed(at(path)))
    assert headers == expected


@pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-advertise")
def test_only_rdf_is_patched():
    headers = dict(allow_headers(at("picture"), rdf=False))
    assert "PATCH" not in headers["Allow"]
    assert "Accept-Patch" not in headers


def test_emptiness_shows_in_allow():
    assert "DELETE" not in dict(allow_headers(at("notes/"), empty=False))["Allow"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        pytest.param(".well-known/x", "server's own", id="own"),
        pytest.param(".well-known", "server's own", id="own-without-slash"),
        pytest.param(".well-known/a/b/", "server's own", id="own-container"),
        pytest.param(".well-known/solid.meta", "server's own", id="own-description"),
        pytest.param("x.acl.acl", "kept", id="acl-of-an-acl"),
        pytest.param("x.meta.acl", "kept", id="acl-of-a-description"),
        pytest.param("x.acl.meta", "kept", id="description-of-an-acl"),
        pytest.param("x.meta.meta", "kept", id="description-of-a-description"),
        pytest.param("x.acl/", "kept", id="container-named-like-an-acl"),
        pytest.param("x.meta/y/z", "kept", id="below-one"),
    ],
)
def test_some_addresses_are_nobodys_to_write(path, sentence):
    with pytest.raises(Conflict, match=sentence):
        check_address(at(path))


@pytest.mark.parametrize(
    "path",
    [
        *("", "x", "x/", "x.acl", ".acl", "x/.acl", "acl", "x.acl.txt", "a/.well-known"),
        *("x.meta", ".meta", "x/.meta", "x.meta.txt"),
    ],
)
def test_all_others_are(path):
    assert check_address(at(path)) is None
