"""What other issuers publish, and whom a WebID's document lets speak for it."""

import json
from typing import Any

import pytest
from jwcrypto.jwk import JWK

from pod.oidc.issuer import configuration_address, read_configuration, read_keys, vouches
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse

ISSUER = "https://id.example/"
EC = json.loads(JWK.generate(kty="EC", crv="P-256").export_public())
RSA = json.loads(JWK.generate(kty="RSA", size=2048).export_public())
SMALL = json.loads(JWK.generate(kty="RSA", size=1024).export_public())


@pytest.mark.parametrize(
    ("issuer", "address"),
    [
        (ISSUER, "https://id.example/.well-known/openid-configuration"),
        ("https://id.example", "https://id.example/.well-known/openid-configuration"),
        ("https://id.example/a/", "https://id.example/a/.well-known/openid-configuration"),
    ],
)
def test_where_an_issuer_says_what_it_is(issuer: str, address: str) -> None:
    assert configuration_address(issuer) == address


def test_a_configuration_leads_to_the_keys() -> None:
    body = json.dumps({"issuer": ISSUER, "jwks_uri": "https://id.example/keys"}).encode()
    assert read_configuration(body, ISSUER) == "https://id.example/keys"


@pytest.mark.spec("OpenID Connect Discovery §4.3")
@pytest.mark.parametrize(
    "configuration",
    [
        [],
        {},
        {"issuer": "https://id.example", "jwks_uri": "https://id.example/keys"},
        {"issuer": "https://evil.example/", "jwks_uri": "https://evil.example/keys"},
        {"issuer": ISSUER},
        {"issuer": ISSUER, "jwks_uri": ["https://id.example/keys"]},
    ],
    ids=str,
)
def test_a_configuration_of_somebody_else_leads_nowhere(configuration: Any) -> None:
    with pytest.raises(ValueError, match="issuer"):
        read_configuration(json.dumps(configuration).encode(), ISSUER)


@pytest.mark.spec("RFC 7517 §5")
@pytest.mark.parametrize(
    ("jwk", "algorithms"),
    [
        (EC, ["ES256"]),
        (EC | {"alg": "ES256", "use": "sig"}, ["ES256"]),
        (RSA, ["RS256", "PS256"]),
        (RSA | {"alg": "PS256"}, ["PS256"]),
        (EC | {"use": "enc"}, []),
        (EC | {"alg": "RS256"}, []),
        (EC | {"alg": ["ES256"]}, []),
        (EC | {"d": "AA"}, []),
        ({"kty": "oct", "k": "AA", "alg": "HS256"}, []),
        (EC | {"x": "AA"}, []),
        (SMALL, []),
        ("text", []),
    ],
    # The keys are other ones each time, so they name no test.
    ids=[
        *("EC", "EC for ES256", "RSA", "RSA for PS256", "EC to encrypt", "EC for RS256"),
        *("EC for a list", "EC with a secret", "a secret", "half a key", "a small key", "a text"),
    ],
)
def test_a_key_is_for_its_algorithms(jwk: Any, algorithms: list[str]) -> None:
    keys = read_keys(json.dumps({"keys": [jwk]}).encode())
    assert [key.algorithm for key in keys] == algorithms


def test_a_key_is_called_what_its_owner_calls_it() -> None:
    body = json.dumps({"keys": [EC | {"kid": "mine"}, EC]}).encode()
    assert [key.kid for key in read_keys(body)] == ["mine", EC.get("kid", "")]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"keys": {}}', b"\xff"])
def test_what_is_no_key_set_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - several words for it
        read_keys(body)


def test_a_flood_of_keys_is_refused() -> None:
    with pytest.raises(ValueError, match="keys"):
        read_keys(json.dumps({"keys": [EC] * 51}).encode())


@pytest.mark.spec("Practice WID-09")
@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("<#me> solid:oidcIssuer <https://id.example/> .", True),
        ("<#me> solid:oidcIssuer <https://other.example/>, <https://id.example/> .", True),
        ("<#me> solid:oidcIssuer <https://id.example> .", False),
        ('<#me> solid:oidcIssuer "https://id.example/" .', False),
        ("<#you> solid:oidcIssuer <https://id.example/> .", False),
        ("<> solid:oidcIssuer <https://id.example/> .", False),
        ("<#me> <http://www.w3.org/2002/07/owl#sameAs> <#you> .", False),
    ],
)
def test_a_document_vouches_letter_by_letter(text: str, *, does: bool) -> None:
    prefix = "@prefix solid: <http://www.w3.org/ns/solid/terms#> .\n"
    card = "https://pod.example/card"
    profile = parse((prefix + text).encode(), RdfFormat.TURTLE, card)
    assert vouches(profile, card + "#me", ISSUER) == does
