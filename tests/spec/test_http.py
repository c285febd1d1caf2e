"""HTTP itself, as the Solid Protocol asks for it (§2.1, §5.2): methods, statuses, fields."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import pytest
from agents import EVERYONE, exchange, rule
from answers import listed

KINDS = (
    "container",
    "empty container",
    "document",
    "picture",
    "acl",
    "description",
    "root",
    "root acl",
    "storage description",
)
kind_of_resource = pytest.mark.parametrize("kind", KINDS)
reading = pytest.mark.parametrize("method", ["GET", "HEAD"])


@pytest.mark.spec("Solid Protocol §2.1 #server-http-11")
class TestHttp11:
    """RFC 9112: what any HTTP/1.1 server understands."""

    def test_absolute_form_of_the_target_is_understood(self, world, ana, place):
        ana.put(place + "x", b"here", "text/plain")
        ana.grant(place + "x", rule(EVERYONE, "Read", "accessTo"))
        answer = exchange(world, f"GET {place}x HTTP/1.1")
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.endswith(b"\r\n\r\nhere")

    def test_a_body_in_chunks_is_taken_in(self, ana, place):
        answer = ana.put(place + "x", iter([b"one ", b"two"]), "text/plain")
        assert answer.status == 201
        assert ana.get(place + "x").body == b"one two"

    def test_who_waits_for_100_continue_is_told_to_go_on(self, world, ana, place):
        signed = ana.app.headers("PUT", place + "x")
        answer = exchange(
            world,
            f"PUT {place.removeprefix(world.base.rstrip('/'))}x HTTP/1.1",
            "Expect: 100-continue",
            "Content-Type: text/plain",
            "Content-Length: 4",
            *(f"{name}: {value}" for name, value in signed.items()),
            body=b"four",
        )
        assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 ")
        assert ana.get(place + "x").body == b"four"

    def test_who_waits_for_100_continue_and_may_not_write_is_spared_the_upload(self, world, place):
        answer = exchange(
            world,
            f"PUT {place.removeprefix(world.base.rstrip('/'))}x HTTP/1.1",
            "Expect: 100-continue",
            "Content-Type: text/plain",
            "Content-Length: 1000000",
            until=b"\r\n",
        )
        assert answer.startswith(b"HTTP/1.1 401 ")

    @pytest.mark.parametrize(
        "request_line",
        ["GET / HTTP/9.9", "G(T / HTTP/1.1", "GET  HTTP/1.1"],
        ids=["unknown version", "method is no token", "no target"],
    )
    def test_what_is_no_request_is_refused(self, world, request_line):
        answer = exchange(world, request_line)
        assert answer.split(b" ", 2)[1] in {b"400", b"505"}


WRITING = {
    "GET": {},
    "HEAD": {},
    "PUT": {"Content-Type": "text/turtle"},
    "POST": {"Content-Type": "text/turtle"},
    "DELETE": {},
}
each_method = pytest.mark.parametrize("method", list(WRITING))


@pytest.mark.spec("Solid Protocol §2.1 #server-unauthenticated")
@pytest.mark.spec("RFC 9110 §11.6.1")
@each_method
@pytest.mark.parametrize(
    "kind", ["container", "document", "picture", "acl", "description", "root", "root acl"]
)
def test_without_credentials_401_with_a_challenge(kinds, nobody, method, kind):
    answer = nobody.call(method, kinds[kind], WRITING[method])
    assert answer.status == 401
    assert "DPoP" in answer.headers["WWW-Authenticate"]
    assert "Bearer" in answer.headers["WWW-Authenticate"]


@pytest.mark.spec("RFC 9110 §15.5.4")
@each_method
@pytest.mark.parametrize(
    "kind", ["container", "document", "picture", "acl", "description", "root", "root acl"]
)
def test_signed_in_but_not_allowed_403(kinds, bob, method, kind):
    answer = bob.call(method, kinds[kind], WRITING[method])
    assert answer.status == 403
    assert "WWW-Authenticate" not in answer.headers


@pytest.mark.spec("Solid Protocol §2.1 #server-content-type-includes")
@kind_of_resource
def test_content_has_its_type(kinds, ana, kind):
    answer = ana.get(kinds[kind])
    assert answer.status == 200
    assert answer.headers["Content-Type"] == ("image/png" if kind == "picture" else "text/turtle")


@pytest.mark.spec("Solid Protocol §2.1 #server-content-type-missing")
@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        pytest.param("PUT", "x", b"a", 400, id="PUT document with content"),
        pytest.param("PUT", "x", iter([b"a"]), 400, id="PUT document with content in chunks"),
        pytest.param("PUT", "y/", b"<> a <#A> .", 400, id="PUT container with content"),
        pytest.param("POST", "", b"a", 400, id="POST with content"),
        pytest.param("PUT", "x", b"", 201, id="PUT document without content"),
        pytest.param("PUT", "x", iter([]), 201, id="PUT document without content in chunks"),
        pytest.param("PUT", "y/", None, 201, id="PUT container without content"),
        pytest.param("POST", "", None, 201, id="POST without content"),
    ],
)
def test_content_without_a_type_is_refused(ana, place, method, path, body, status):
    ana.put(place)
    answer = ana.call(method, place + path, body=body)
    assert answer.status == status
    assert (len(ana.get(place).text.split("ldp:contains")) > 1) == (status == 201)


@pytest.mark.spec("Solid Protocol §2.1 #server-last-modified-includes")
@reading
@kind_of_resource
def test_last_modified_on_every_kind(kinds, ana, method, kind):
    answer = ana.call(method, kinds[kind])
    assert parsedate_to_datetime(answer.headers["Last-Modified"]).tzinfo is not None


@pytest.mark.spec("Solid Protocol §5.2 #server-safe-methods")
@kind_of_resource
def test_get_head_and_options_on_every_kind(kinds, ana, kind):
    got, told = ana.get(kinds[kind]), ana.head(kinds[kind])
    assert (got.status, told.status) == (200, 200)
    assert told.body == b""
    # RFC 9110 §9.3.2: of a long listing its length is known only once it is made.
    # What is sent in pieces has the name of the server too.
    length = {"Content-Length", "Transfer-Encoding"}
    varying = {"Date", "Server"} | (length - set(told.headers.keys()))
    assert [h for h in told.repeated if h[0] not in varying] == [
        h for h in got.repeated if h[0] not in varying
    ]
    options = ana.options(kinds[kind])
    assert (options.status, options.body) == (204, b"")


READ = {"GET", "HEAD", "OPTIONS"}
ALLOWED: Mapping[str, set[str]] = {
    "container": READ | {"POST", "PUT", "PATCH"},
    "empty container": READ | {"POST", "PUT", "PATCH", "DELETE"},
    "document": READ | {"PUT", "PATCH", "DELETE"},
    "picture": READ | {"PUT", "DELETE"},
    "acl": READ | {"PUT", "PATCH", "DELETE"},
    "description": READ | {"PUT", "PATCH", "DELETE"},
    "root": READ | {"POST", "PUT", "PATCH"},
    "root acl": READ | {"PUT", "PATCH"},
    "storage description": READ,
}


@pytest.mark.spec("Solid Protocol §5.2 #server-allow-methods")
@pytest.mark.spec("Solid Protocol §5.4 #server-disallow-delete")
@reading
@kind_of_resource
def test_allow_lists_what_the_target_supports(kinds, ana, method, kind):
    assert listed(ana.call(method, kinds[kind]), "Allow") == ALLOWED[kind]


@pytest.mark.spec("Solid Protocol §5.2 #server-allow-methods")
@pytest.mark.spec("Solid Protocol §5.4 #server-disallow-delete")
@kind_of_resource
def test_allow_of_options_is_that_of_the_address(kinds, nobody, kind):
    # Anyone may ask, so it does not tell whether a container is empty, nor what a document is.
    more = {"container": {"DELETE"}, "picture": {"PATCH"}}.get(kind, set())
    assert listed(nobody.options(kinds[kind]), "Allow") == ALLOWED[kind] | more


@pytest.mark.spec("Solid Protocol §5.2 #server-allow-methods")
def test_allow_comes_with_every_successful_write(ana, place):
    document = READ | {"PUT", "DELETE"}
    full = READ | {"POST", "PUT", "PATCH"}
    created = ana.put(place + "x", b"a", "text/plain")
    assert listed(created, "Allow") == document
    assert listed(ana.put(place + "x", b"b", "text/plain"), "Allow") == document
    assert listed(ana.post(place, b"c", "text/plain"), "Allow") == full
    assert listed(ana.put(place, b"<> a <#A> ."), "Allow") == full
    assert listed(ana.put(place + "empty/"), "Allow") == full | {"DELETE"}
    assert listed(ana.put(place + "rdf"), "Allow") == document | {"PATCH"}
    # What is gone may come again as anything.
    assert listed(ana.delete(place + "x"), "Allow") == document | {"PATCH"}


@pytest.mark.spec("Solid Protocol §5.2 #server-accept-headers")
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@kind_of_resource
def test_what_bodies_are_taken_is_said_for_each_allowed_method(kinds, ana, method, kind):
    answer = ana.call(method, kinds[kind])
    allowed = listed(answer, "Allow")
    for writing in ("Post", "Put", "Patch"):
        assert (f"Accept-{writing}" in answer.headers) == (writing.upper() in allowed)


@pytest.mark.spec("Practice HTTP-15")
@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("container", "Accept-Post"),
        ("root", "Accept-Post"),
        ("document", "Accept-Put"),
        ("picture", "Accept-Put"),
    ],
)
def test_anything_may_be_stored(kinds, ana, kind, field):
    assert ana.head(kinds[kind]).headers[field] == "*/*"


@pytest.mark.spec("RFC 9110 §15.5.6")
@pytest.mark.parametrize(
    ("method", "kind"),
    [
        pytest.param("POST", "document", id="POST to a document"),
        pytest.param("POST", "picture", id="POST to a picture"),
        pytest.param("POST", "acl", id="POST to an ACL"),
        pytest.param("DELETE", "root", id="DELETE of the root"),
        pytest.param("DELETE", "root acl", id="DELETE of the root's ACL"),
        pytest.param("PUT", "storage description", id="PUT on the storage description"),
        pytest.param("DELETE", "storage description", id="DELETE of the storage description"),
        *(
            pytest.param(method, kind, id=f"{method} on the {kind}")
            for method in ("TRACE", "LOCK", "PROPFIND")
            for kind in ("container", "document", "root", "storage description")
        ),
    ],
)
def test_405_with_what_is_allowed(kinds, ana, method, kind):
    answer = ana.call(method, kinds[kind], WRITING.get(method))
    assert answer.status == 405
    assert method not in listed(answer, "Allow")
    assert READ <= listed(answer, "Allow") <= ALLOWED[kind] | {"PATCH", "DELETE"}


@pytest.mark.spec("RFC 9110 §15.5.6")
@pytest.mark.parametrize("method", ["FROBNICATE", "get", "X-y.z~1"])
def test_405_for_a_method_that_nobody_knows(world, ana, place, method):
    ana.put(place)
    path = place.removeprefix(world.base)
    answer = exchange(world, f"{method} /{path} HTTP/1.1")
    assert answer.split()[1] == b"405"
    assert b"Allow: GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE\r\n" in answer
    assert method.encode() not in answer.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("line", ["\x16\x03\x01 hello", "GET", "FROBNICATE nothing HTTP/1.1"])
def test_400_for_what_is_no_request(world, line):
    assert exchange(world, line).split()[1] == b"400"


class TestOwnEndpoints:
    """The server's own addresses in a storage say which methods they take."""

    @pytest.mark.spec("RFC 9110 §15.5.6")
    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    def test_405(self, ana, method):
        answer = ana.call(method, ana.storage + ".well-known/sparql", WRITING.get(method))
        assert answer.status == 405
        assert listed(answer, "Allow") == READ | {"POST"}

    @pytest.mark.spec("Solid Protocol §5.2 #server-allow-methods")
    @pytest.mark.parametrize(
        ("path", "allowed"),
        [
            (".well-known/sparql", READ | {"POST"}),
            (".well-known/deposit", {"POST", "OPTIONS"}),
            (".well-known/solid", READ),
        ],
    )
    def test_options(self, ana, nobody, path, allowed):
        answer = nobody.options(ana.storage + path)
        assert listed(answer, "Allow") == allowed
        assert ("Accept-Post" in answer.headers) == ("POST" in allowed)


@pytest.mark.spec("RFC 9110 §9.3.4")
def test_created_201_with_location_replaced_204(ana, place):
    created = ana.put(place + "x", b"a", "text/plain")
    assert (created.status, created.headers["Location"]) == (201, place + "x")
    assert ana.put(place + "x", b"b", "text/plain").status == 204
    posted = ana.post(place, b"c", "text/plain")
    assert posted.status == 201
    assert ana.get(posted.headers["Location"]).body == b"c"


@pytest.mark.spec("Practice HTTP-18")
@reading
@pytest.mark.parametrize("path", ["none", "none/", "none/at/all", "note.acl"])
def test_what_is_not_there_is_404_for_those_who_may_read_only(
    ana, bob, carol, nobody, place, method, path
):
    ana.put(place + "note", b"a", "text/plain")
    ana.grant(place, rule(ana.webid, "Read Write Control"), rule(carol.webid, "Read Control"))
    asked = [who.call(method, place + path).status for who in (ana, carol, bob, nobody)]
    assert asked == [404, 404, 403, 401]


@pytest.mark.spec("RFC 9457 §3")
@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "", {"Accept": "image/png"}, 406),
        ("GET", "none", {}, 404),
        ("POST", "x", {"Content-Type": "text/plain"}, 405),
        ("PUT", "x/y", {"Content-Type": "text/plain"}, 409),
        ("PUT", "x", {"Content-Type": "text/plain", "If-Match": '"no"'}, 412),
        ("GET", "x", {"Range": "bytes=99-"}, 416),
        ("PUT", ".acl", {"Content-Type": "text/plain"}, 415),
        ("GET", "%2F", {}, 400),
    ],
)
def test_a_refusal_is_a_problem_document(ana, place, method, path, headers, status):
    ana.put(place + "x", b"a", "text/plain")
    answer = ana.call(method, place + path, headers)
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"] == HTTPStatus(status).phrase
    # Nothing of who asked, or of what, is in it.
    assert problem["detail"]
    assert not any(text in problem["detail"] for text in (place, ana.webid, "/ana/"))


@pytest.mark.spec("Solid Protocol §2.1 #server-caching")
def test_a_cache_asks_again_and_is_told_what_has_not_changed(kinds, ana):
    # RFC 9111 §4.2.2: without a word of the server, a cache may guess for how long it need not ask.
    for url in kinds.values():
        found = ana.get(url)
        assert "no-cache" in found.headers["Cache-Control"]
        again = ana.get(url, {"If-None-Match": found.headers["ETag"]})
        assert (again.status, again.body) == (304, b"")
        assert again.headers["Cache-Control"] == found.headers["Cache-Control"]
        assert "Authorization" in again.headers["Vary"]
