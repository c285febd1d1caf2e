"""The server's own pages and documents, outside every pod."""

import pytest
from answers import listed, said

OWN = (
    "",
    ".well-known/openid-configuration",
    ".oidc/jwks",
    ".well-known/solid",
    "ns/constraints",
    "ns/selfdata",
    "ns/selfdata/codes",
    "ns/selfdata/shapes",
    "ns/selfdata/context.jsonld",
)


@pytest.mark.parametrize("path", OWN)
def test_each_is_there_for_anyone_and_says_what_it_allows(world, nobody, path):
    got, told = nobody.get(world.base + path), nobody.head(world.base + path)
    assert (got.status, told.status, told.body) == (200, 200, b"")
    assert got.headers["Content-Length"] == told.headers["Content-Length"] == str(len(got.body))
    options = nobody.options(world.base + path)
    assert (options.status, listed(options, "Allow")) == (204, {"GET", "HEAD", "OPTIONS"})


@pytest.mark.spec("RFC 9110 §15.5.6")
@pytest.mark.parametrize("path", OWN)
def test_none_can_be_written(world, ana, path):
    answer = ana.put(world.base + path)
    assert (answer.status, listed(answer, "Allow")) == (405, {"GET", "HEAD", "OPTIONS"})


@pytest.mark.parametrize(
    "path", ["none", "ana", ".well-known/none", "ns/", ".oidc/", "ns/selfdata/"]
)
def test_what_is_not_there_is_404_in_words(world, nobody, path):
    answer = nobody.get(world.base + path)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_the_vocabulary_is_data(world, nobody, accept):
    answer = nobody.get(world.base + "ns/selfdata", {"Accept": accept})
    assert answer.headers["Content-Type"] == accept
    assert len(said(answer, world.base)) > 100
    known = {"Accept": accept, "If-None-Match": answer.headers["ETag"]}
    assert nobody.get(world.base + "ns/selfdata", known).status == 304


def test_the_vocabulary_is_a_page_for_people(world, nobody):
    answer = nobody.get(world.base + "ns/selfdata", {"Accept": "text/html"})
    assert answer.headers["Content-Type"].startswith("text/html")


def test_the_vocabulary_is_nothing_else(world, nobody):
    assert nobody.get(world.base + "ns/selfdata", {"Accept": "image/png"}).status == 406


def test_the_configuration_says_where_everything_is(world, nobody):
    told = nobody.get(world.base + ".well-known/openid-configuration").json()
    assert told["issuer"] == world.base
    assert nobody.get(told["jwks_uri"]).status == 200
    assert told["jwks_uri"].startswith(world.base)
    assert told["token_endpoint"].startswith(world.base)


def test_no_private_key_is_published(world, nobody):
    keys = nobody.get(world.base + ".oidc/jwks").json()["keys"]
    assert keys
    assert all({"d", "p", "q", "dp", "dq", "qi", "k"}.isdisjoint(key) for key in keys)
