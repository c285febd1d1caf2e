"""Whole answers, field by field: what clients hold on to."""

from collections.abc import Mapping

import pytest
from agents import Person
from client import Answer

# What the HTTP library adds, and what says when.
OTHERS = {"Date", "Server", "Content-Length", "ETag", "Last-Modified", "Connection"}
RDF = (
    "text/turtle, application/ld+json, application/n-triples, application/n-quads,"
    " application/trig, application/rdf+xml"
)
PATCHES = "text/n3, application/sparql-update, application/sparql-update-single-match"
LDP = "http://www.w3.org/ns/ldp#"
STORAGE_DESCRIPTION = "http://www.w3.org/ns/solid/terms#storageDescription"
VARY = "Accept, Authorization, Origin"
CHALLENGE = 'DPoP algs="ES256 ES384 RS256 PS256 EdDSA", Bearer realm="{base}", scope="openid webid"'


def fields(answer: Answer) -> list[tuple[str, str]]:
    return sorted(pair for pair in answer.repeated if pair[0] not in OTHERS)


def links(url: str, storage: str, *types: str) -> list[tuple[str, str]]:
    """The links of a resource that is not auxiliary."""
    found = (
        *((LDP + kind, "type") for kind in types),
        (url + ".acl", "acl"),
        (url + ".meta", "describedby"),
        (storage + ".well-known/solid", STORAGE_DESCRIPTION),
    )
    return [("Link", f'<{target}>; rel="{relation}"') for target, relation in found]


def asking(storage: str) -> tuple[str, str]:
    """Where who was refused can ask."""
    relation = "https://w3id.org/selfdata/ns#accessRequestEndpoint"
    return ("Link", f'<{storage}.well-known/access-requests>; rel="{relation}"')


def updates(storage: str) -> str:
    """Where the older protocol of live updates is spoken."""
    return storage.replace("http", "ws", 1) + ".well-known/updates"


def expected(given: Mapping[str, str], *more: tuple[str, str]) -> list[tuple[str, str]]:
    return sorted([*given.items(), *more])


@pytest.fixture
def container(ana: Person, place: str) -> str:
    ana.put(place + "note", b"<> a <#Note> .")
    return place


def test_get_of_a_container_by_its_owner(ana, container):
    answer = ana.get(container)
    assert answer.status == 200
    assert {"ETag", "Last-Modified", "Content-Length"} <= {name for name, _ in answer.repeated}
    assert fields(answer) == expected(
        {
            "Content-Type": "text/turtle",
            "Updates-Via": updates(ana.storage),
            "Vary": VARY,
            "Cache-Control": "no-cache",
            "Allow": "GET, HEAD, OPTIONS, POST, PUT, PATCH",
            "Accept-Post": "*/*",
            "Accept-Patch": PATCHES,
            "Accept-Put": RDF,
            "X-Content-Type-Options": "nosniff",
            "WAC-Allow": 'user="read write append control",public=""',
        },
        *links(container, ana.storage, "Resource", "Container", "BasicContainer"),
    )


def test_get_of_a_document_by_its_owner(ana, container):
    answer = ana.get(container + "note")
    assert answer.status == 200
    assert fields(answer) == expected(
        {
            "Content-Type": "text/turtle",
            "Updates-Via": updates(ana.storage),
            "Vary": VARY,
            "Cache-Control": "no-cache",
            "Allow": "GET, HEAD, OPTIONS, PUT, PATCH, DELETE",
            "Accept-Put": "*/*",
            "Accept-Patch": PATCHES,
            "Accept-Ranges": "bytes",
            "X-Content-Type-Options": "nosniff",
            "WAC-Allow": 'user="read write append control",public=""',
        },
        *links(container + "note", ana.storage, "Resource"),
    )


def test_get_of_a_description_by_its_owner(ana, container):
    note = container + "note"
    ana.put(note + ".meta", f"<{note}> <{LDP}inbox> <{container}> .".encode())
    answer = ana.get(note + ".meta")
    assert answer.status == 200
    assert fields(answer) == expected(
        {
            "Content-Type": "text/turtle",
            "Updates-Via": updates(ana.storage),
            "Vary": VARY,
            "Cache-Control": "no-cache",
            "Allow": "GET, HEAD, OPTIONS, PUT, PATCH, DELETE",
            "Accept-Put": RDF,
            "Accept-Patch": PATCHES,
            "Accept-Ranges": "bytes",
            "X-Content-Type-Options": "nosniff",
            "WAC-Allow": 'user="read write append control",public=""',
        },
        ("Link", f'<{LDP}Resource>; rel="type"'),
        ("Link", f'<{note}.acl>; rel="acl"'),
        ("Link", f'<{note}>; rel="describes"'),
        ("Link", f'<{ana.storage}.well-known/solid>; rel="{STORAGE_DESCRIPTION}"'),
    )
    inbox = ("Link", f'<{container}>; rel="{LDP}inbox"')
    assert set(links(note, ana.storage, "Resource")) | {inbox} == {
        pair for pair in fields(ana.get(note)) if pair[0] == "Link"
    }


def test_get_of_a_private_document_by_anybody(world, ana, nobody, container):
    answer = nobody.get(container + "note")
    assert answer.status == 401
    assert "ETag" not in answer.headers
    assert fields(answer) == expected(
        {
            "Content-Type": "application/problem+json",
            "Vary": VARY,
            "WWW-Authenticate": CHALLENGE.format(base=world.base),
        },
        *links(container + "note", ana.storage),
        asking(ana.storage),
    )


def test_get_of_a_private_document_by_somebody_else(ana, bob, container):
    answer = bob.get(container + "note")
    assert answer.status == 403
    assert fields(answer) == expected(
        {"Content-Type": "application/problem+json", "Vary": VARY},
        *links(container + "note", ana.storage),
        asking(ana.storage),
    )


def test_options_without_an_origin(ana, nobody, container):
    answer = nobody.options(container + "note")
    assert (answer.status, answer.body) == (204, b"")
    assert fields(answer) == expected(
        {
            "Allow": "GET, HEAD, OPTIONS, PUT, PATCH, DELETE",
            "Accept-Put": "*/*",
            "Accept-Patch": PATCHES,
            "Updates-Via": updates(ana.storage),
            "Vary": "Origin",
        },
        *links(container + "note", ana.storage),
    )


CROSS_ORIGIN = {"Origin": "https://app.example"}
CORS = {
    "Access-Control-Allow-Origin": "https://app.example",
    "Access-Control-Allow-Credentials": "true",
    "Access-Control-Allow-Headers": "Authorization, Content-Digest, Content-Disposition, "
    "Content-Type, DPoP, If-Match, If-Modified-Since, If-None-Match, If-Range, "
    "If-Unmodified-Since, Link, Range, Selfdata-Holder, Selfdata-Purpose, Signature, "
    "Signature-Input, Slug",
    "Access-Control-Expose-Headers": "Accept-Encoding, Accept-Patch, Accept-Post, Accept-Put, "
    "Accept-Ranges, Allow, Cache-Control, Content-Disposition, Content-Encoding, "
    "Content-Length, Content-Location, Content-Range, Content-Security-Policy, Content-Type, "
    "DPoP-Nonce, Date, ETag, Last-Modified, Link, Location, "
    "Preference-Applied, Referrer-Policy, Retry-After, Server, Updates-Via, Vary, WAC-Allow, "
    "WWW-Authenticate, X-Content-Type-Options",
}


@pytest.mark.parametrize(
    ("method", "path", "signed"),
    [
        pytest.param("GET", "", True, id="container"),
        pytest.param("GET", "note", True, id="document"),
        pytest.param("GET", "note", False, id="refused"),
        pytest.param("OPTIONS", "note", False, id="OPTIONS"),
        pytest.param("DELETE", "", True, id="conflict"),
    ],
)
def test_for_another_origin_four_fields_more(ana, nobody, container, method, path, signed):
    who = ana if signed else nobody
    own, other = (who.call(method, container + path, h) for h in ({}, CROSS_ORIGIN))
    assert (other.status, other.body) == (own.status, own.body)
    assert fields(other) == sorted([*fields(own), *CORS.items()])


@pytest.mark.parametrize("path", ["", "note", "none", "none/at/all", "note.acl", "%2F"])
def test_preflight(nobody, container, path):
    asked = {
        **CROSS_ORIGIN,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization,content-type,dpop",
    }
    answer = nobody.options(container + path, asked)
    of_the_address = nobody.options(container + path)
    kept = fields(of_the_address) if of_the_address.status == 204 else [("Vary", "Origin")]
    assert (answer.status, answer.body) == (204, b"")
    assert fields(answer) == expected(
        {
            **CORS,
            "Access-Control-Allow-Headers": "authorization,content-type,dpop",
            "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE",
            "Access-Control-Max-Age": "86400",
        },
        *kept,
    )


def test_put_of_a_new_document(ana, container):
    answer = ana.put(container + "new", b"a", "text/plain")
    assert (answer.status, answer.body) == (201, b"")
    assert "ETag" in answer.headers
    assert fields(answer) == expected(
        {
            "Location": container + "new",
            "Allow": "GET, HEAD, OPTIONS, PUT, DELETE",
            "Accept-Put": "*/*",
            "Vary": "Origin",
        },
        *links(container + "new", ana.storage, "Resource"),
    )


def test_post_to_a_container(ana, container):
    answer = ana.post(container, b"a", "text/plain", {"Slug": "new"})
    assert (answer.status, answer.body) == (201, b"")
    assert fields(answer) == expected(
        {
            "Location": container + "new",
            "Allow": "GET, HEAD, OPTIONS, POST, PUT, PATCH",
            "Accept-Post": "*/*",
            "Accept-Patch": PATCHES,
            "Accept-Put": RDF,
            "Vary": "Origin",
        },
        *links(container, ana.storage, "Resource", "Container", "BasicContainer"),
    )


def test_delete(ana, container):
    answer = ana.delete(container + "note")
    assert (answer.status, answer.body) == (205, b"")
    assert fields(answer) == expected(
        {
            "Allow": "GET, HEAD, OPTIONS, PUT, PATCH, DELETE",
            "Accept-Put": "*/*",
            "Accept-Patch": PATCHES,
            "Vary": "Origin",
        },
        *links(container + "note", ana.storage),
    )


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("PUT", "note", {"Content-Type": "text/turtle", "If-None-Match": "*"}, b"", 412),
        ("PUT", "note", {}, b"a", 400),
        ("DELETE", "", {}, None, 409),
        ("POST", "none/", {"Content-Type": "text/turtle"}, b"", 404),
        ("GET", ".acl", {}, None, 404),
        ("GET", ".meta", {}, None, 404),
        ("PUT", "none.meta", {"Content-Type": "text/turtle"}, b"", 409),
        ("PUT", "note.meta", {"Content-Type": "text/turtle"}, b"<> <{ldp}contains> <x> .", 409),
        ("PUT", "", {"Content-Type": "text/turtle"}, b"<> <{ldp}contains> <x> .", 409),
        ("POST", "", {"Content-Type": "text/turtle", "Slug": "x.acl"}, b"", 403),
    ],
)
def test_what_is_not_done(ana, container, method, path, headers, body, status):
    text = None if body is None else body.replace(b"{ldp}", LDP.encode())
    assert ana.call(method, container + path, headers, text).status == status


@pytest.mark.parametrize("path", ["", ".acl"])
def test_the_root_and_its_rules_are_not_deleted(ana, path):
    answer = ana.delete(ana.storage + path)
    assert answer.status == 405
    assert "DELETE" not in answer.headers["Allow"]
